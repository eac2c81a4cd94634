//! The page for the child: what all staff will read, in large type and plain words, to look through before anyone
//! signs. Of what the child told to fewer people nothing is said, not even that there is something: somebody at home
//! may be reading too.

use super::page::Page;
use super::profile;
use crate::document::view::{Block, Section};
use crate::text::{said, say};

pub(super) fn beginning(page: &Page<'_>) -> Option<Section> {
    let school = page.record.receiving_school.as_ref().and_then(|school| school.name.clone());
    let school = school.unwrap_or_else(|| say!("your new school"));
    let heard = page.record.voice.iter().flat_map(|voice| &voice.entries).any(|entry| entry.verbatim.is_some());
    let whose = if heard {
        say!("They are your words: you can change them, add to them, or say that you do not want them shared.")
    } else {
        say!(
            "Grown-ups who know you have put it together. If something is not right, or you do not want it shared, please say so or show us: it can be changed."
        )
    };
    let text = say!(
        "You are moving to {school}. This is what we would like to tell every grown-up there who will teach you or look after you. Please read it with somebody you like. {whose}",
        school,
        whose
    );
    Section::new("", vec![Block::Text { label: None, text }])
}

pub(super) fn lists(page: &Page<'_>) -> Option<Section> {
    let list = |(label, items): (&str, Vec<String>)| Block::List { label: said(label), items };
    Section::new("About me", profile::lists(page).into_iter().map(list).collect())
}

pub(super) fn worries(page: &Page<'_>) -> Option<Section> {
    let columns = [("What worries me", 1.0), ("What grown-ups will do", 1.0)];
    let table = Block::table("", &columns, profile::answered(page));
    Section::new("My worries", table.into_iter().collect())
}

pub(super) fn noticed(page: &Page<'_>) -> Option<Section> {
    let list = |(label, items): (&str, Vec<String>)| Block::List { label: said(label), items };
    Section::new("What your teachers have noticed", profile::of_staff(page).into_iter().map(list).collect())
}

pub(super) fn ending(_: &Page<'_>) -> Option<Section> {
    let line = |label: &str, count| Block::Lines { label: said(label), count };
    Section::new(
        "Is this right?",
        vec![line("What I would like to change", 3), line("What is missing", 3), line("My name, and the day", 1)],
    )
}
