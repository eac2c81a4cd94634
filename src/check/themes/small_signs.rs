//! Small signs of several kinds: none of them a fact by itself, and together a reason to read the record in one go.

use crate::check::facts::small_signs::are_many;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::Warning;

pub(in crate::check) const RULES: &[Rule] = &[Rule {
    code: "RK-35",
    severity: Warning,
    title: "Small signs of several kinds stand side by side: who has read them together?",
    why: "In the reviews nothing grave was written down. There was a note here, an explanation there, an absence, a parent nobody asked; each was looked at by somebody else, and alone.",
    source: Source::Briefing(
        "Managing Risk",
        "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
    ),
    next: "Read the whole record in one go with somebody who does not know the family. Put what matters into a risk; or weigh the signs in `[[weighed]]` with `fact = \"household\"`, `\"voice\"`, `\"attendance\"`, … or the `id` of the entry.",
    precisely: Some(
        "Three of these, or four where there is a current risk of what somebody does: four events or more of the child's own life that are not positive, evidence of no such risk and not weighed; an adult's interpretation of the child's words as in VC-24; an event with `explained_as`; a note of nine words or more on a person; attendance below 90% in the last year; a parent whose views are not recorded; a missed appointment; an earlier school without records; a consent refused; something withheld. At least one of them is one of the first four. Not what was weighed by its section's name.",
    ),
    bad: concat!(
        "[attendance]\n[[attendance.periods]]\nacademic_year = 2025\nfrom = 2025-09-03\nto = 2026-07-03\npossible = 360\nattended = 310\nauthorised = 50\nunauthorised = 0\n",
        "[[consents]]\nwhat = \"Talking with the GP\"\ngiven = \"no\"\n",
        "[[chronology]]\nid = \"c1\"\ndate = 2026-02-02\nevent = \"Came in wet\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Dried\"\noutcome = \"Fine\"\nexplained_as = \"Fell into the brook\"\n"
    ),
    good: "[[chronology]]\nid = \"c1\"\ndate = 2026-02-02\nevent = \"Came in wet\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Dried\"\noutcome = \"Fine\"\nexplained_as = \"Fell into the brook\"\n",
    judge: Judge::Each(|c| {
        let found = c.small_signs();
        let message = || {
            format!(
                "Small signs of several kinds stand side by side ({}): who has read them together?",
                found.join("; ")
            )
        };
        if are_many(c) { vec![Hit::at("chronology").because(message())] } else { Vec::new() }
    }),
    ..Rule::USUAL
}];
