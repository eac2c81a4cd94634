//! What rests on one account: an illness that only the family has described, a child whose words came through a relative.

use crate::check::facts::one_account::{speaks_for, told_by_family};
use crate::check::facts::weighed::is_weighed;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::Warning;

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "PL-23",
        severity: Warning,
        title: "Several health needs rest on what the family says, and nobody in health is named",
        why: "Most parents describe what they see. Where a child is fed, dosed and kept from games by a description alone, somebody in health has to have seen the child: for the child's safety when it is true, and when it is not.",
        source: Source::Local("NSPCC: over-reliance on one parent for information"),
        next: "Ask the family for leave to hear from the GP, the school nurse or the clinic, and write down who found what, and when; or weigh it in `[[weighed]]` with `fact = \"health\"`.",
        precisely: Some(
            "Two or more conditions, medicines and allergies of which the text names a member of the family and nobody and nothing of health; that a letter is still to come counts as nothing. What any member of staff must do is left out. Not where `health` was weighed.",
        ),
        bad: "[health]\nno_added_risk_reason = \"None\"\n[[health.conditions]]\nname = \"Seizures\"\ndetail = \"Mum describes them, about ten a week\"\n[[health.conditions]]\nname = \"Weak joints\"\ndetail = \"As told by mum\"\n",
        good: "[health]\nno_added_risk_reason = \"None\"\n[[health.conditions]]\nname = \"Seizures\"\ndetail = \"Mum describes them; Dr Example, neurology, June 2026: childhood absences\"\n[[health.conditions]]\nname = \"Weak joints\"\ndetail = \"As told by mum\"\n",
        judge: Judge::Each(|c| {
            let told = told_by_family(c);
            let weighed = is_weighed(c, Some("health"), None);
            if told.len() > 1 && !weighed { told.into_iter().map(Hit::at).collect() } else { Vec::new() }
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-25",
        severity: Warning,
        title: "A relative put the child's words into English, or spoke for the child",
        why: "A child says to a stranger's interpreter what cannot be said through a brother. Whoever interprets also decides what is heard.",
        source: Source::Ours,
        next: "Hear the child again with somebody from outside the family, or in English where the child speaks it; or say in `voice.communication_support` who else helped.",
        precisely: Some(
            "`voice.communication_support` or who was present names a relative and one who interprets, translates or speaks for. Not where it names an interpreter or member of staff as well.",
        ),
        bad: "[voice]\ncommunication_support = \"Her brother interpreted for her\"\n",
        good: "[voice]\ncommunication_support = \"An interpreter from the council, not her brother\"\n",
        judge: Judge::Each(|c| {
            let Some(voice) = &c.record.voice else { return Vec::new() };
            let support = voice.communication_support.as_deref().unwrap_or_default();
            let mut hits = Hit::when(speaks_for(support), "voice.communication_support");
            let entries = voice.entries.iter().enumerate();
            let beside = entries.filter(|(_, entry)| entry.present.iter().any(|line| speaks_for(line)));
            hits.extend(beside.map(|(i, _)| Hit::at(format!("voice.entries[{i}].present"))));
            hits
        }),
        ..Rule::USUAL
    },
];
