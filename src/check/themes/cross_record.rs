//! Records of one run compared: one child once, and brothers and sisters who agree.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::hit::Hit;
use crate::check::record_summary::{RecordSummary, Sibling, is_meant};
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::{Error, Warning};
use crate::record::PersonStatus;
use crate::school::{Laestab, Urn};

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "ID-05",
        severity: Error,
        title: "Two records carry the same UPN",
        why: "Two records for one number are either one child twice or two children mixed up. Either way the next school would not know which to believe.",
        source: Source::Guidance("Common Transfer File checks"),
        next: "Keep one record for each child, and look up both UPNs again.",
        precisely: Some("Judged over all records of one run."),
        bad: "[pupil]\nupn = \"P207000016049\"\n",
        good: "[pupil]\nupn = \"G999200126001\"\n",
        judge: Judge::Across(|summaries| {
            twice(summaries, "pupil.upn", |one| Some(one.upn.clone()).filter(|upn| !upn.is_empty()))
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-19",
        severity: Error,
        title: "Two records look like the same child",
        why: "The same name and date of birth under two UPNs is usually one child whose record was begun twice. What stands in only one of them would be lost.",
        source: Source::Ours,
        next: "Join the two records under the right UPN. If they are two children (a rare chance), give both NHS numbers.",
        precisely: Some(
            "Judged over all records of one run: a legal or preferred name and the date of birth are the same, the UPN is not. Where both have an NHS number and these differ, they are two children, and ID-28 only points it out.",
        ),
        bad: "[pupil]\nupn = \"G999200126001\"\nlegal_forename = \"Robin\"\ndob = 2013-04-05\n",
        good: "[pupil]\nupn = \"G999200126001\"\nlegal_forename = \"Alex\"\ndob = 2013-04-05\n",
        judge: Judge::Across(|summaries| same_name(summaries, false)),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-28",
        severity: Warning,
        title: "Two children have the same name and date of birth",
        why: "Two children whom only a number tells apart are easily taken for one another: in a list, on the telephone, at the gate. Both schools should know.",
        source: Source::Ours,
        next: "Nothing has to be changed; tell the receiving school that there are two.",
        precisely: Some(
            "Judged over all records of one run: a legal or preferred name and the date of birth are the same, the UPNs and the NHS numbers are not.",
        ),
        bad: "[pupil]\nupn = \"G999200126001\"\nnhs_number = \"999 000 0026\"\nlegal_forename = \"Robin\"\ndob = 2013-04-05\n",
        good: "[pupil]\nupn = \"G999200126001\"\nlegal_forename = \"Alex\"\ndob = 2013-04-05\n",
        judge: Judge::Across(|summaries| same_name(summaries, true)),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-24",
        severity: Error,
        title: "Two records give one school two URNs",
        why: "All children who go from one school to another travel in one bundle, which names both schools once. Where two records do not agree, one of them would be sealed under a number that is not the school's.",
        source: Source::Ours,
        next: "Look both numbers up on Get Information about Schools, and put right the record that is wrong.",
        precisely: Some("Judged over all records of one run: the DfE number is the same, the URN is not."),
        bad: "[receiving_school]\nurn = \"100003\"\n",
        good: "[receiving_school]\nurn = \"100002\"\n",
        judge: Judge::Across(other_urns),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "HH-16",
        severity: Warning,
        title: "The records of two children of one family contradict one another",
        why: "Brothers and sisters live the same family history, and what one record knows may protect the other child. Where two records differ, one of them is wrong or has not been told.",
        source: Source::Briefing(
            "Poor communication and information sharing between agencies",
            "All of the SCR’s identified episodes of poor communication and information sharing between agencies.",
        ),
        next: "Lay the two records side by side, and put right the one that is wrong.",
        precisely: Some(
            "Judged over all records of one run. A brother or sister is found by name. It speaks where the dates of birth differ by less than a year, where one record says `none` for a child whose own record has an open plan, where only one of two children who live together has a secret address, and where the father of full brothers and sisters is known in one record and unknown in the other.",
        ),
        bad: "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\n[[household.people]]\nid = \"p-brother\"\nrelationship = \"sibling\"\nname = \"Robin Example\"\nborn = 2013-05-04\nschool = \"Example Junior School\"\nplan_status = \"none\"\nlives_with_child = true\n",
        good: "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\n[[household.people]]\nid = \"p-brother\"\nrelationship = \"sibling\"\nname = \"Robin Example\"\nborn = 2013-04-05\nschool = \"Example Junior School\"\nplan_status = \"none\"\nlives_with_child = true\n",
        judge: Judge::Across(contradictions),
        ..Rule::USUAL
    },
];

/// Hits at a path of every record that shares something with another.
fn twice(
    summaries: &[RecordSummary],
    path: &str,
    shared: impl Fn(&RecordSummary) -> Option<String>,
) -> Vec<(usize, Hit)> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, one) in summaries.iter().enumerate() {
        if let Some(shared) = shared(one) {
            groups.entry(shared).or_default().push(number);
        }
    }
    let doubled = groups.into_values().filter(|group| group.len() > 1);
    doubled.flatten().map(|number| (number, Hit::at(path))).collect()
}

fn other_urns(summaries: &[RecordSummary]) -> Vec<(usize, Hit)> {
    let mut hits = Vec::new();
    for (which, path) in ["sending_school.urn", "receiving_school.urn"].into_iter().enumerate() {
        let mut urns: BTreeMap<&Laestab, BTreeSet<&Urn>> = BTreeMap::new();
        let schools = || {
            summaries.iter().enumerate().filter_map(|(number, one)| Some((number, one.schools.get(which)?.as_ref()?)))
        };
        for (_, (laestab, urn)) in schools() {
            urns.entry(laestab).or_default().insert(urn);
        }
        let differs = |laestab: &Laestab| urns.get(laestab).is_some_and(|urns| urns.len() > 1);
        hits.extend(schools().filter(|(_, (laestab, _))| differs(laestab)).map(|(number, _)| (number, Hit::at(path))));
    }
    hits
}

/// Records of one name and date of birth under several UPNs: those that NHS numbers show to be two children, or the
/// others.
fn same_name(summaries: &[RecordSummary], told_apart: bool) -> Vec<(usize, Hit)> {
    let mut groups: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (number, one) in summaries.iter().enumerate() {
        let Some(dob) = one.dob else { continue };
        for name in &one.names {
            groups.entry((name.clone(), dob.to_string())).or_default().push(number);
        }
    }
    let mut numbers: Vec<usize> = groups
        .into_values()
        .filter(|group| {
            let other = group
                .iter()
                .any(|number| upn(summaries, *number) != group.first().and_then(|first| upn(summaries, *first)));
            other && are_apart(summaries, group) == told_apart
        })
        .flatten()
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().map(|number| (number, Hit::at("pupil"))).collect()
}

/// Whether each of some records has an NHS number of its own.
fn are_apart(summaries: &[RecordSummary], group: &[usize]) -> bool {
    let mut numbers: Vec<_> = group.iter().filter_map(|number| summaries.get(*number)?.nhs_number.as_ref()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.len() == group.len()
}

fn upn(summaries: &[RecordSummary], number: usize) -> Option<&str> {
    summaries.get(number).map(|one| one.upn.as_str())
}

fn contradictions(summaries: &[RecordSummary]) -> Vec<(usize, Hit)> {
    let mut by_name: BTreeMap<&str, Vec<&RecordSummary>> = BTreeMap::new();
    for one in summaries {
        one.names.iter().for_each(|name| by_name.entry(name).or_default().push(one));
    }
    let mut hits = Vec::new();
    for (number, one) in summaries.iter().enumerate() {
        for sibling in &one.siblings {
            let others = by_name.get(sibling.name.as_str()).into_iter().flatten();
            for other in others.filter(|other| is_meant(one, sibling, other)) {
                let found = differences(one, sibling, other).into_iter();
                hits.extend(found.map(|(path, message)| (number, Hit::at(path).because(message))));
            }
        }
    }
    hits
}

fn differences(one: &RecordSummary, sibling: &Sibling, other: &RecordSummary) -> Vec<(String, &'static str)> {
    let path = |field: &str| format!("household.people[{}].{field}", sibling.number);
    let mut found = Vec::new();
    if sibling.born.zip(other.dob).is_some_and(|(born, dob)| born != dob) {
        found.push((path("born"), "The date of birth of this brother or sister differs from that child's own record"));
    }
    if sibling.no_plan && other.has_open_plan {
        let message = "This brother or sister has an open plan in that child's own record, and none here";
        found.push((path("plan_status"), message));
    }
    if sibling.together && one.confidential != other.confidential {
        let message = "Only one of two children who live together has a confidential address in the record";
        found.push(("household.address_confidential".to_owned(), message));
    }
    let known = |status| matches!(status, Some(PersonStatus::Known | PersonStatus::Deceased));
    let unknown = |status| status == Some(PersonStatus::Unknown);
    if sibling.full && (unknown(one.father) && known(other.father)) {
        let message = "The father is unknown here and known in the record of a brother or sister";
        found.push((path("relationship"), message));
    }
    found
}
