//! Whose account an event is: the family's own, or a professional's.

use crate::check::context::Context;
use crate::check::words::says_any;

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

/// Whether a text tells of a relative who put a child's words into other words.
pub(in crate::check) fn speaks_for(text: &str) -> bool {
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
pub(in crate::check) fn told_by_family(c: &Context<'_>) -> Vec<String> {
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
