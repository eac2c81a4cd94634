//! What a rule may know of one record.

use std::cell::OnceCell;

use super::calendar::{Elapsed, elapsed};
use super::hit::Hit;
use super::names_in_path::IdentifyingPatterns;
use super::policy::Policy;
use crate::check::facts::fact::Fact;
use crate::check::words::flaws::{Flaw, flaws};
use crate::check::words::walk::each_keyword;
use crate::circle::Audience;
use crate::record::{Day, FromSchool, PictureDigests, Reading, Record};

/// What a rule may know.
#[derive(Debug)]
pub struct Context<'a> {
    /// The record.
    pub record: &'a Record,
    /// The file it was read from, as it was given.
    pub name: &'a str,
    /// The pictures that it names; nothing where they could not be looked at.
    pub pictures: Option<&'a PictureDigests>,
    /// What the record left out and `school.toml` says.
    pub from_school: &'a FromSchool,
    /// The day it is judged.
    pub today: Day,
    /// What a school or area has settled for itself.
    pub policy: &'a Policy,
    flaws: OnceCell<Vec<(Flaw, String)>>,
    told: OnceCell<IdentifyingPatterns>,
    opened: OnceCell<Vec<String>>,
    pub(super) unweighed: OnceCell<Vec<Fact>>,
    pub(super) small_signs: OnceCell<Vec<&'static str>>,
    pub(super) is_open: OnceCell<bool>,
    pub(super) notes: OnceCell<Vec<Hit>>,
}

impl<'a> Context<'a> {
    /// What a rule may know of one record.
    pub(in crate::check) fn new(reading: &'a Reading, today: Day, policy: &'a Policy) -> Self {
        let (record, name, pictures) = (&reading.record, reading.source.name.as_str(), reading.pictures.as_ref());
        Self {
            record,
            name,
            pictures,
            from_school: &reading.from_school,
            today,
            policy,
            flaws: OnceCell::new(),
            told: OnceCell::new(),
            opened: OnceCell::new(),
            unweighed: OnceCell::new(),
            small_signs: OnceCell::new(),
            is_open: OnceCell::new(),
            notes: OnceCell::new(),
        }
    }

    /// A hit at every text with a flaw.
    pub(in crate::check) fn texts_with(&self, flaw: Flaw) -> Vec<Hit> {
        self.flaws().iter().filter(|(found, _)| *found == flaw).map(|(_, path)| Hit::at(path.as_str())).collect()
    }

    /// Every flaw of every text, with the text's path.
    pub(in crate::check) fn flaws(&self) -> &[(Flaw, String)] {
        self.flaws.get_or_init(|| flaws(self.record))
    }

    /// The paths of tables that a person opened to readers beyond the safeguarding lead by an `audience` of their own.
    pub(in crate::check) fn opened(&self) -> &[String] {
        self.opened.get_or_init(|| {
            let mut opened = Vec::new();
            each_keyword(self.record, &mut |path, field, keyword| {
                if field == "audience" && keyword != Audience::Dsl.key() {
                    let path = path.to_string();
                    opened.extend(path.rsplit_once('.').map(|(table, _)| table.to_owned()));
                }
            });
            opened
        })
    }

    /// Whether a person opened anything to readers beyond the safeguarding lead.
    pub(in crate::check) fn is_opened(&self) -> bool {
        !self.opened().is_empty()
    }

    /// What tells in a file name who the child is.
    pub(in crate::check) fn told(&self) -> &IdentifyingPatterns {
        self.told.get_or_init(|| IdentifyingPatterns::by(self.record))
    }

    /// Days after one day, up to and with another: school days where the policy gives term dates.
    pub(in crate::check) fn elapsed(&self, from: Day, to: Day) -> Elapsed {
        elapsed(self.policy.calendar.as_ref(), from, to)
    }
}
