//! What the form shows of packs that went out: how each child stands, what waits to be sent, and receipts that came back.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{Answer, Asked, message};
use super::class::Class;
use crate::bundle::ReferenceMaker;
use crate::cli::exit::Failure;
use crate::cli::history::HistoryFile;
use crate::cli::receipt::take_over;
use crate::cli::standing::{KnownChild, State, standing};
use crate::cli::{config_dir, identity, terminal};
use crate::ledger::ChildStatus;
use crate::record::{Day, Record, plain_upn};

/// How the children stand of whom the ledger knows.
pub(super) struct HandedOver<'a> {
    children: BTreeMap<String, ChildStatus>,
    makers: &'a [ReferenceMaker],
    today: Day,
}

impl HandedOver<'_> {
    /// How a child stands, in words, and whether somebody has to do something; nothing where no pack was made.
    pub(super) fn of(&self, record: &Record) -> Option<(&'static str, bool)> {
        let upn = plain_upn(record.pupil.as_ref()?.upn.as_deref()?);
        let status = self.makers.iter().find_map(|maker| self.children.get(&maker.child(&upn)))?;
        let start = record.receiving_school.as_ref().and_then(|school| school.start_date);
        let known = KnownChild { name: String::new(), start };
        let state: State = standing(status, Some(&known), self.today).state;
        Some((state.words(), state.is_urgent()))
    }
}

impl Class {
    /// What the ledger says, where there is one that can be read.
    pub(super) fn handed_over(&self) -> Option<HandedOver<'_>> {
        let all = HistoryFile::open().ok()?.status().ok()?;
        let opened = || {
            let own = identity::open_unasked().unwrap_or_default();
            own.iter().filter_map(|own| own.reference_secret().map(ReferenceMaker::new)).collect()
        };
        // Opening an identity takes a moment, and the class list is looked at often.
        let makers = self.makers.get_or_init(opened);
        let children = all.into_iter().map(|child| (child.reference.clone(), child)).collect();
        Some(HandedOver { children, makers, today: self.day })
    }

    /// How many transfers are packed of which nobody has said that they were sent.
    pub(super) fn waiting(&self) -> usize {
        let all = HistoryFile::open().and_then(|history| history.status()).unwrap_or_default();
        let waiting = all.iter().filter(|child| child.sent_on.is_empty());
        waiting.map(|child| (&child.transfer, &child.to)).collect::<BTreeSet<_>>().len()
    }

    /// Says of every transfer that waits that it went out today.
    pub(super) fn sent(&self) -> Result<Answer, Failure> {
        let mut history = HistoryFile::open()?;
        if !history.dispatch(&[], &self.day.to_string())?.is_empty() {
            history.sign_off_head()?;
        }
        Ok(Answer::Go("./".to_owned()))
    }

    /// Takes over a receipt that was dropped on the page.
    pub(super) fn receipt(&self, asked: &Asked) -> Result<Answer, Failure> {
        let Some(upload) = &asked.upload else {
            return Err(Failure::usage("no receipt was chosen", "Choose a file on the page of the packs."));
        };
        let mut history = HistoryFile::open()?;
        let text = String::from_utf8_lossy(&upload.bytes);
        let taken = take_over(&text, &config_dir::trust()?, &mut history, self.day)?;
        if taken.is_ok() {
            history.sign_off_head()?;
        }
        let name = terminal::plain(&upload.name);
        let (title, lines) = match taken {
            Ok(lines) => ("The receipt is taken over", lines),
            Err(why) => (
                "This receipt is not believed",
                vec![
                    format!("{name}: {why}."),
                    "Ring the school on the number that Get Information about Schools gives.".to_owned(),
                ],
            ),
        };
        message("./", title, &lines).map(Answer::Page)
    }
}
