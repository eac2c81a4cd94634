//! Words of one child under another child's name: texts that should be a child's or a family's own are compared over
//! all records of a run. What the school says of itself in the same words for all is left alone.

use std::collections::BTreeMap;

use crate::check::copy::{Copy, SHORT};
use crate::check::hit::Hit;
use crate::check::record_summary::RecordSummary;
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::{Error, Warning};

/// From this many words on, two children do not say the same by chance.
const LONG: usize = 12;

/// From this many words on, three children do not.
const OF_MANY: usize = 9;

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "VC-20",
        severity: Error,
        title: "The same words stand under another child's name",
        why: "Words, worries and histories that were copied from another record are nobody's. The next school would act on what this child never said or lived.",
        source: Source::Briefing("Education", "the need for transition plans to record the voice of the child"),
        next: "Find out whose they are, and ask the other child. Where two children did say the same, let one add to it in a talk.",
        precisely: Some(
            "Judged over all records of one run, punctuation and case left aside. Compared are the child's exact words, worries, observations, parents' views, and the events and risks of the history; twelve words or more in two records, or nine or more in three. Events and views may be shared by brothers and sisters. What the school says of itself (statements of no risk, reasons, support) is not compared.",
        ),
        bad: "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R. Sample\"\nrecorder_role = \"ELSA\"\nmethod = \"conversation\"\nverbatim = \"I like drawing and being outside, and I want to keep both.\"\nagreed_to_share_with = [\"all_staff\"]\n",
        good: "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R. Sample\"\nrecorder_role = \"ELSA\"\nmethod = \"conversation\"\nverbatim = \"I like drawing.\"\nagreed_to_share_with = [\"all_staff\"]\n",
        judge: Judge::Across(|summaries| {
            shared(summaries, |count, words| (count == 2 && words >= LONG) || (count > 2 && words >= OF_MANY))
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-21",
        severity: Warning,
        title: "A short sentence stands under another child's name as well",
        why: "Two children may say the same. It also happens that one record was begun as a copy of another, and somebody should look.",
        source: Source::Ours,
        next: "Compare the two records; if both children did say it, nothing has to be changed.",
        precisely: Some("As VC-20, with eight to eleven words in two records."),
        bad: "[[voice.observations]]\ndate = 2026-06-20\nobserved_by = \"R. Sample\"\nwhat = \"Draws with two friends at every single break\"\n",
        good: "[[voice.observations]]\ndate = 2026-06-20\nobserved_by = \"R. Sample\"\nwhat = \"Builds dens with two friends\"\n",
        judge: Judge::Across(|summaries| {
            shared(summaries, |count, words| count == 2 && (SHORT..LONG).contains(&words))
        }),
        ..Rule::USUAL
    },
];

/// Hits at texts that several records share, where enough words are shared by enough of them.
fn shared(summaries: &[RecordSummary], is_too_much: fn(usize, usize) -> bool) -> Vec<(usize, Hit)> {
    let mut places: BTreeMap<u64, Vec<(usize, &Copy)>> = BTreeMap::new();
    for (number, one) in summaries.iter().enumerate() {
        for text in &one.texts {
            places.entry(text.digest).or_default().push((number, text));
        }
    }
    let mut hits = Vec::new();
    for group in places.into_values() {
        for (number, text) in &group {
            let is_other = |(other, of_other): &&(usize, &Copy)| {
                let family = text.of_family && of_other.of_family && are_one_family(summaries, *number, *other);
                other != number && !family
            };
            let mut others: Vec<usize> = group.iter().filter(is_other).map(|(other, _)| *other).collect();
            others.dedup();
            let Some(other) = others.first().and_then(|other| summaries.get(*other)) else { continue };
            if is_too_much(others.len() + 1, text.words) {
                let more = if others.len() > 1 { format!(" and {} more", others.len() - 1) } else { String::new() };
                let message = format!("The same words stand in the record of another child: {}{more}", other.file);
                hits.push((*number, Hit::at(text.path.as_ref()).because(message)));
            }
        }
    }
    hits
}

/// Whether two records are of one family: they name the same adult, or one child as the other's brother or sister.
fn are_one_family(summaries: &[RecordSummary], one: usize, other: usize) -> bool {
    let Some((one, other)) = summaries.get(one).zip(summaries.get(other)) else { return false };
    let names = |a: &RecordSummary, b: &RecordSummary| a.siblings.iter().any(|sibling| b.names.contains(&sibling.name));
    one.adults.iter().any(|adult| other.adults.contains(adult)) || names(one, other) || names(other, one)
}
