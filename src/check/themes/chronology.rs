//! Chronology: what happened, who says so, what was done and what came of it.

use crate::check::context::Context;
use crate::check::example_parts::event;
use crate::check::facts::plans::is_about_learning;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::Error;
use crate::record::{EarlyHelpStatus, Entry, OutcomeState, blank};

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "CH-01",
        severity: Error,
        title: "There is no chronology",
        why: "In some of the cases family history and chronology were not considered. Where there is a risk, a plan or open Early Help, the story that led to it must be there.",
        source: Source::Briefing(
            "Assessments",
            "In some of the cases family history, chronology and genealogy were not considered as part of the assessments.",
        ),
        next: "Add at least one `[[chronology]]` entry.",
        precisely: Some("Plans about learning and health alone (EHC plan, SEN support, healthcare plan) do not count."),
        bad: "chronology = []\n[[plans]]\ntype = \"cin_s17\"\n",
        good: concat!("[[plans]]\ntype = \"cin_s17\"\n", event!("")),
        judge: Judge::Each(|c| {
            let help = c.record.early_help.as_ref().and_then(|help| help.status);
            let concern = !c.record.risks.is_empty()
                || c.record.plans.iter().any(|plan| !is_about_learning(plan))
                || help.is_some_and(EarlyHelpStatus::is_open);
            Hit::when(concern && c.record.chronology.is_empty(), "chronology")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "CH-02",
        severity: Error,
        title: "The entry must say what happened, who says so, what was done and what came of it",
        why: "National guidance asks for a clear summary, how it was followed up, and the outcome. An entry without an outcome is a worry that nobody closed.",
        source: Source::Guidance("Keeping children safe in education, records"),
        next: "Add the missing field; where nothing came of it, write `outcome = \"none\"` and the reason into `outcome_reason`.",
        bad: "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nevent = \"Mother's new partner moved in\"\nbasis = \"reported\"\nsource = { agency = \"family\" }\naction = \"DSL met mother\"\noutcome = \"none\"\n",
        good: event!(""),
        judge: Judge::Each(|c| {
            c.record.chronology.iter().enumerate().flat_map(|(i, entry)| incomplete(i, entry)).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "CH-03",
        severity: Error,
        title: "The date of the entry is impossible",
        why: "An event cannot lie in the future; one before the child's birth belongs to the family history and is marked so. A wrong date puts the story out of order.",
        source: Source::Ours,
        next: "Look at the date again, or set `family_history = true`.",
        bad: "[[chronology]]\nid = \"c1\"\ndate = 2009-03-01\nevent = \"Grandmother cared for mother\"\nbasis = \"document\"\nsource = { agency = \"health\" }\naction = \"Noted\"\noutcome = \"Mother returned home\"\n",
        good: "[[chronology]]\nid = \"c1\"\ndate = 2009-03-01\nfamily_history = true\nevent = \"Grandmother cared for mother\"\nbasis = \"document\"\nsource = { agency = \"health\" }\naction = \"Noted\"\noutcome = \"Mother returned home\"\n",
        judge: Judge::Each(|c| {
            let dob = c.record.pupil.as_ref().and_then(|pupil| pupil.dob);
            let impossible = |entry: &Entry| {
                let before_birth = |date| dob.is_some_and(|dob| date < dob) && entry.family_history != Some(true);
                entry.date.is_some_and(|date| date > c.today || before_birth(date))
            };
            each(c, "date", impossible)
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "CH-05",
        severity: Error,
        title: "Fact, report and opinion must be told apart",
        why: "\u{201c}He was hit\u{201d}, \u{201c}his sister says he was hit\u{201d} and \u{201c}we think he may have been hit\u{201d} lead to different actions. The entry says which it is.",
        source: Source::Local("Walsall, Rochdale: guides to chronologies"),
        next: "Add `basis`: observed, disclosed, reported, professional_opinion or document.",
        bad: "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nevent = \"Mother's new partner moved in\"\nsource = { agency = \"family\" }\naction = \"DSL met mother\"\noutcome = \"Support offered\"\n",
        good: event!(""),
        judge: Judge::Each(|c| each(c, "basis", |entry| entry.basis.is_none())),
        ..Rule::USUAL
    },
    Rule {
        code: "CH-10",
        severity: Error,
        title: "The Operation Encompass notice is incomplete",
        why: "The police tell the school before the next school day, so that the child is met with care. Reference, date and whether the child was there let the next school follow it up.",
        source: Source::Guidance("Operation Encompass statutory guidance (7 November 2025)"),
        next: "Add `police_reference`, `incident_date` and `child_present`.",
        bad: event!("operation_encompass = { police_reference = \"EX-1\" }\n"),
        good: event!(
            "operation_encompass = { police_reference = \"EX-1\", incident_date = 2025-11-13, child_present = true }\n"
        ),
        judge: Judge::Each(|c| {
            each(c, "operation_encompass", |entry| {
                entry.operation_encompass.as_ref().is_some_and(|notice| {
                    let undated = notice.incident_date.is_none() || notice.child_present.is_none();
                    undated || blank(notice.police_reference.as_deref())
                })
            })
        }),
        ..Rule::USUAL
    },
];

/// A hit at a field of each entry of which something is true.
fn each(c: &Context<'_>, field: &str, wrong: impl Fn(&Entry) -> bool) -> Vec<Hit> {
    let hits = c.record.chronology.iter().enumerate().filter(|(_, entry)| wrong(entry));
    hits.map(|(i, _)| Hit::at(format!("chronology[{i}].{field}"))).collect()
}

fn incomplete(i: usize, entry: &Entry) -> Vec<Hit> {
    let agency = entry.source.as_ref().and_then(|source| source.agency.as_deref());
    let missing = [
        (blank(entry.id.as_deref()), "id"),
        (entry.date.is_none(), "date"),
        (blank(entry.event.as_deref()), "event"),
        (blank(agency), "source"),
        (blank(entry.action.as_deref()), "action"),
        (blank(entry.outcome.as_deref()), "outcome"),
    ];
    let missing = Hit::missing(&format!("chronology[{i}]"), "This chronology entry", missing).into_iter();
    let nothing = entry.outcome.as_deref().is_some_and(|outcome| outcome.trim().eq_ignore_ascii_case("none"));
    let nothing = nothing || entry.outcome_state == Some(OutcomeState::None);
    let unexplained = nothing && blank(entry.outcome_reason.as_deref());
    let path = format!("chronology[{i}].outcome_reason");
    let message = "Nothing came of it, and `outcome_reason` does not say why";
    missing.chain(Hit::when(unexplained, path).into_iter().map(|hit| hit.because(message))).collect()
}
