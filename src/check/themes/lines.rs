//! Names and numbers as plain lines, and characters that have no letter form: found here, with their place, before they
//! can spoil a seal or a page.

use crate::check::context::Context;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::flaws::Flaw;
use crate::problem::Severity::{Error, Info, Warning};
use crate::record::blank;
use crate::text::{LONGEST_SCHOOL_NAME, LineFlaw, character_name};

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "ID-21",
        severity: Error,
        title: "The name of a school is not one plain line",
        why: "The school's name stands in the signed list of every bundle. A space too many, or a character that cannot be seen, would let a forger draw lines of their own, so the receiving school's program refuses such a name.",
        source: Source::Ours,
        next: "Run `handover fix`, or type the name anew.",
        precisely: Some(
            "No space at an end, none doubled, no line break or tab, no character that hides, reorders or strikes out, at most 200 letters.",
        ),
        bad: "[receiving_school]\nname = \"Northgate Example Academy \"\n",
        good: "[receiving_school]\nname = \"Northgate Example Academy\"\n",
        judge: Judge::Each(school_names),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-22",
        severity: Warning,
        title: "A name or number has a space too many, or a character that cannot be seen",
        why: "Such a character comes along when something is copied. Nobody sees it, and a search for the name or number does not find it.",
        source: Source::Ours,
        next: "Run `handover fix`, or type it anew.",
        precisely: Some(
            "Fields of at most 200 letters: a space at an end, two together, a line break or tab, or a character that hides, reorders or strikes out. Joiners and marks of direction, which some scripts need, are left.",
        ),
        bad: "[pupil]\nlegal_surname = \"Example \"\n",
        good: "[pupil]\nlegal_surname = \"Example\"\n",
        judge: Judge::Each(|c| c.texts_with(Flaw::Untidy)),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-23",
        severity: Info,
        title: "A character has no letter form here, so that the pages print its name in brackets",
        why: "Words are never changed to suit a font. Where a character cannot be drawn, its name stands in its place, so that nobody takes the words for shorter than they are.",
        source: Source::Ours,
        next: "Nothing, if that is how it was written. A sign that a word processor has put there may be written as a word.",
        bad: "[pupil]\npronunciation = \"A bird \u{13171}\"\n",
        good: "[pupil]\npronunciation = \"A bird\"\n",
        judge: Judge::Each(without_letter_form),
        may_override: false,
        ..Rule::USUAL
    },
];

fn school_names(c: &Context<'_>) -> Vec<Hit> {
    let sending = c.record.sending_school.as_ref().and_then(|school| school.name.as_deref());
    let receiving = c.record.receiving_school.as_ref().and_then(|school| school.name.as_deref());
    let named = [(sending, "sending_school.name"), (receiving, "receiving_school.name")];
    let hit = |(name, path): (Option<&str>, &str)| {
        let name = name.filter(|name| !blank(Some(name)))?;
        let flaw = LineFlaw::of(name, LONGEST_SCHOOL_NAME)?;
        Some(Hit::at(path).because(format!("The name of a school is not one plain line: {flaw}")))
    };
    named.into_iter().filter_map(hit).collect()
}

/// The texts in which a character has no letter form, each with its first.
fn without_letter_form(c: &Context<'_>) -> Vec<Hit> {
    let hit = |(flaw, path): &(Flaw, String)| {
        let Flaw::NoLetterForm(c) = flaw else { return None };
        let (code, name) = (u32::from(*c), character_name(*c));
        let message = format!("U+{code:04X} has no letter form here, so that the pages print [{name}]");
        Some(Hit::at(path.as_str()).because(message))
    };
    c.flaws().iter().filter_map(hit).collect()
}
