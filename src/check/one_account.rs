//! What rests on one account: an illness that only the family has described, a child whose words came through a relative.

use super::facts::is_weighed;
use super::rule::{Context, Hit, Judge, Rule, Source};
use super::words::says_any;
use crate::problem::Severity::Warning;

/// Members of the family who may tell, or speak for a child.
const RELATIVES: [&str; 19] = [
    "mother",
    "mum",
    "mam",
    "mummy",
    "father",
    "dad",
    "parent",
    "parents",
    "carer",
    "brother",
    "sister",
    "nan",
    "nana",
    "gran",
    "grandmother",
    "grandfather",
    "aunt",
    "uncle",
    "cousin",
];

/// Who, beside the family, could know of an illness, and by what.
const PROFESSIONALS: [&str; 37] = [
    "doctor",
    "dr",
    "gp",
    "hospital",
    "clinic",
    "consultant",
    "nurse",
    "nurses",
    "nursing",
    "specialist",
    "paediatrician",
    "paediatric",
    "neurology",
    "neurologist",
    "dietician",
    "dietitian",
    "physio",
    "physiotherapist",
    "therapist",
    "dermatology",
    "audiology",
    "orthoptist",
    "optician",
    "ophthalmology",
    "dentist",
    "surgeon",
    "prescribed",
    "prescription",
    "pharmacist",
    "pharmacy",
    "chemist",
    "chemists",
    "label",
    "diagnosed",
    "camhs",
    "ambulance",
    "healthcare plan",
];

/// What has not come, whoever it was asked of.
const NOT_COME: [&str; 7] =
    ["to follow", "no letter", "not seen a letter", "no label", "awaiting", "not yet seen", "asked for again"];

pub(super) const RULES: &[Rule] = &[
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
    },
];

/// Whether a text tells of a relative who put a child's words into other words.
fn speaks_for(text: &str) -> bool {
    const SPEAKS: [&str; 13] = [
        "interprets",
        "interpreted",
        "interpreting",
        "translates",
        "translated",
        "translating",
        "spoke for",
        "speaks for",
        "answered for",
        "answers for",
        "put it into english",
        "put her words",
        "put his words",
    ];
    const FROM_OUTSIDE: [&str; 6] =
        ["interpreter", "teaching assistant", "teacher", "member of staff", "therapist", "eal lead"];
    says_any(text, &RELATIVES) && says_any(text, &SPEAKS) && !says_any(text, &FROM_OUTSIDE)
}

/// Health needs, by their paths, that rest on what the family says.
pub(super) fn told_by_family(c: &Context<'_>) -> Vec<String> {
    let Some(health) = &c.record.health else { return Vec::new() };
    let rests = |texts: &[&Option<String>]| {
        let whole: Vec<&str> = texts.iter().filter_map(|text| text.as_deref()).collect();
        let whole = whole.join(". ");
        let seen = says_any(&whole, &PROFESSIONALS) && !says_any(&whole, &NOT_COME);
        says_any(&whole, &RELATIVES) && !seen
    };
    let conditions = health.conditions.iter().enumerate();
    let conditions = conditions.filter(|(_, one)| rests(&[&one.name, &one.detail]));
    let mut paths: Vec<_> = conditions.map(|(i, _)| format!("health.conditions[{i}]")).collect();
    let medicines = health.medicines.iter().enumerate();
    let medicines = medicines.filter(|(_, one)| rests(&[&one.name, &one.purpose, &one.when]));
    paths.extend(medicines.map(|(i, _)| format!("health.medicines[{i}]")));
    let allergies = health.allergies.iter().enumerate().filter(|(_, one)| rests(&[&one.to, &one.reaction]));
    paths.extend(allergies.map(|(i, _)| format!("health.allergies[{i}]")));
    paths
}
