//! Household: the family graph, brothers and sisters, contacts, and what must not be told.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::context::Context;
use crate::check::facts::people::{is_adult, people};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::circle::Audience;
use crate::problem::Severity::{Error, Warning};
use crate::record::{Day, Person, PersonStatus, Relation, RelationKind, Relationship, RiskKind, blank};

/// The word by which a relation names the child of the record.
const CHILD: &str = "child";

/// No parent is younger at a child's birth.
const YOUNGEST_PARENT: i32 = 12;

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "HH-08",
        severity: Error,
        title: "The family does not hold together",
        why: "The family drawing is made from these relations. One that points to nobody, runs in a circle or makes a parent younger than a child would draw a family that does not exist.",
        source: Source::Ours,
        next: "Look at `a` and `b`: each is the `id` of a person of the household, or `child` for the child of this record.",
        precisely: Some(
            "A relation to an unknown `id` or to itself; parents in a circle; more than two birth parents of one person; a parent less than twelve years older than the child.",
        ),
        bad: "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\n[[household.relations]]\na = \"p-mother\"\nb = \"p-nobody\"\nkind = \"parent\"\n",
        good: "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\n[[household.relations]]\na = \"p-mother\"\nb = \"child\"\nkind = \"parent\"\n",
        judge: Judge::Each(family),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-09",
        severity: Warning,
        title: "Neglect, and only two generations are shown",
        why: "In some of the cases neglect went back over generations, and nobody had looked. Grandparents may also be the ones who can help.",
        source: Source::Briefing(
            "Assessments",
            "In some of the cases family history, chronology and genealogy were not considered as part of the assessments.",
        ),
        next: "Add the grandparents, or say in `household.generations_note` what is known or what was asked.",
        bad: concat!(
            "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\n",
            "[[risks]]\nid = \"r1\"\nkind = \"neglect\"\nimpact_on_child = \"Hungry on Mondays\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"
        ),
        good: concat!(
            "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-nan\"\nrelationship = \"grandmother\"\n",
            "[[risks]]\nid = \"r1\"\nkind = \"neglect\"\nimpact_on_child = \"Hungry on Mondays\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"
        ),
        judge: Judge::Each(|c| {
            let neglect = c.record.risks.iter().any(|risk| risk.kind == Some(RiskKind::Neglect));
            let grand = people(c).any(|(_, person)| {
                matches!(person.relationship, Some(Relationship::Grandmother | Relationship::Grandfather))
            });
            let noted =
                c.record.household.as_ref().is_some_and(|household| !blank(household.generations_note.as_deref()));
            Hit::when(neglect && !grand && !noted, "household.generations_note")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-10",
        severity: Warning,
        title: "A brother's or sister's age, school or plan is not recorded",
        why: "What worries one school about a brother or sister may explain what another sees in this child. Schools can only talk if they know of one another.",
        source: Source::Ours,
        next: "Add `born`, `school` and `plan_status` (`none` where there is no plan).",
        precisely: Some("Brothers and sisters who are known and alive. `school` is asked for from the age of 5 to 18."),
        bad: "[[household.people]]\nid = \"p-sister\"\nrelationship = \"sibling\"\nstatus = \"known\"\nborn = 2012-05-02\n",
        good: "[[household.people]]\nid = \"p-sister\"\nrelationship = \"sibling\"\nstatus = \"known\"\nborn = 2012-05-02\nschool = \"Example Secondary School\"\nplan_status = \"none\"\n",
        judge: Judge::Each(|c| {
            let known = people(c).filter(|(_, person)| {
                person.is_sibling()
                    && !matches!(
                        person.status,
                        Some(PersonStatus::Deceased | PersonStatus::Unknown | PersonStatus::NotApplicable)
                    )
            });
            known.flat_map(|(i, person)| missing_of_sibling(i, person, c.today)).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-11",
        severity: Warning,
        title: "It is not said whether this person is safe to contact",
        why: "Where there was violence, a call to the wrong number tells the wrong person where the child is. The record says for each contact whether it is safe.",
        source: Source::Ours,
        next: "Set `safe_to_contact` for every person with a telephone number or marked as an emergency contact.",
        precisely: Some(
            "Where a current risk is domestic abuse, or the family lives in a refuge or emergency accommodation.",
        ),
        bad: "[household]\nrefuge_or_emergency = true\naddress_confidential = true\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nemergency_contact = true\n",
        good: "[household]\nrefuge_or_emergency = true\naddress_confidential = true\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nemergency_contact = true\nsafe_to_contact = \"yes\"\n",
        judge: Judge::Each(|c| {
            let abuse =
                c.record.risks.iter().any(|risk| risk.is_current() && risk.kind == Some(RiskKind::DomesticAbuse));
            let refuge =
                c.record.household.as_ref().is_some_and(|household| household.refuge_or_emergency == Some(true));
            let contact = |person: &Person| person.emergency_contact == Some(true) || !blank(person.phone.as_deref());
            let open = people(c).filter(|(_, person)| contact(person) && person.safe_to_contact.is_none());
            open.filter(|_| abuse || refuge)
                .map(|(i, _)| Hit::at(format!("household.people[{i}].safe_to_contact")))
                .collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-12",
        severity: Error,
        title: "A confidential address could be found out by readers beyond the DSL",
        why: "A relative's school or telephone number leads to a hidden address as surely as the address itself. Such a thing is for the safeguarding lead alone.",
        source: Source::Guidance("Data protection: need to know"),
        next: "Take `audience` off that person, or off `[moves]`, or take the school and number out.",
        precisely: Some(
            "`address_confidential = true`, and a person with a school or telephone number, or the moves, opened to readers beyond the DSL.",
        ),
        bad: "[household]\naddress_confidential = true\n[[household.people]]\nid = \"p-sister\"\nrelationship = \"sibling\"\nschool = \"Example Secondary School\"\naudience = \"senco\"\n",
        good: "[household]\naddress_confidential = true\n[[household.people]]\nid = \"p-sister\"\nrelationship = \"sibling\"\nschool = \"Example Secondary School\"\n",
        judge: Judge::Each(|c| {
            let Some(household) = c.record.household.as_ref().filter(|home| home.address_confidential == Some(true))
            else {
                return Vec::new();
            };
            let wide = |audience: Option<Audience>| audience.is_some_and(|audience| audience < Audience::Dsl);
            let leads = |person: &Person| !blank(person.school.as_deref()) || !blank(person.phone.as_deref());
            let open = people(c).filter(|(_, person)| wide(person.audience.or(household.audience)) && leads(person));
            let mut hits: Vec<_> = open.map(|(i, _)| Hit::at(format!("household.people[{i}].audience"))).collect();
            let moves = c.record.moves.as_ref();
            hits.extend(Hit::when(moves.is_some_and(|moves| wide(moves.audience)), "moves.audience"));
            let stays = moves.iter().flat_map(|moves| moves.schools.iter().enumerate());
            hits.extend(
                stays
                    .filter(|(_, stay)| wide(stay.audience))
                    .map(|(i, _)| Hit::at(format!("moves.schools[{i}].audience"))),
            );
            hits
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "HH-13",
        severity: Warning,
        title: "There are fewer than two emergency contacts, and no reason is given",
        why: "When a child does not arrive, one number that nobody answers is not enough. National guidance asks schools for more than one wherever reasonably possible.",
        source: Source::Guidance("Keeping children safe in education (since 2018)"),
        next: "Set `emergency_contact = true` for a second person, or say why there is none in `emergency_contacts_reason`.",
        bad: "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nemergency_contact = true\n",
        good: "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nemergency_contact = true\n[[household.people]]\nid = \"p-gran\"\nrelationship = \"grandmother\"\nemergency_contact = true\n",
        judge: Judge::Each(|c| {
            let contacts = people(c).filter(|(_, person)| person.emergency_contact == Some(true)).count();
            let explained = c
                .record
                .household
                .as_ref()
                .is_some_and(|household| !blank(household.emergency_contacts_reason.as_deref()));
            Hit::when(contacts < 2 && !explained, "household.people")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-15",
        severity: Warning,
        title: "It is not said when the family was as described, or that is over a year ago",
        why: "Families change. A drawing without a date may show one that is long gone.",
        source: Source::Ours,
        next: "Look through the household again and set `household.as_at`.",
        bad: "[household]\nas_at = 2025-03-01\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\n",
        good: "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\n",
        judge: Judge::Each(|c| {
            let Some(household) = c.record.household.as_ref().filter(|household| !household.people.is_empty()) else {
                return Vec::new();
            };
            let old = household.as_at.is_none_or(|as_at| as_at < c.today.plus_months(-12));
            Hit::when(old, "household.as_at")
        }),
        ..Rule::USUAL
    },
];

fn missing_of_sibling(i: usize, person: &Person, today: Day) -> Vec<Hit> {
    let of_school_age =
        person.born.is_none_or(|born| born <= today.plus_months(-12 * 5) && born > today.plus_months(-12 * 18));
    let missing = [
        (person.born.is_none(), "born"),
        (of_school_age && blank(person.school.as_deref()), "school"),
        (blank(person.plan_status.as_deref()) && !is_adult(person, today), "plan_status"),
    ];
    let absent: Vec<&str> = missing.iter().filter(|(absent, _)| *absent).map(|(_, field)| *field).collect();
    let Some(first) = absent.first() else { return Vec::new() };
    let named: Vec<String> = absent.iter().map(|field| format!("`{field}`")).collect();
    let message = format!("This brother or sister has no {}", named.join(" and no "));
    vec![Hit::at(format!("household.people[{i}].{first}")).because(message)]
}

fn family(c: &Context<'_>) -> Vec<Hit> {
    let Some(household) = &c.record.household else { return Vec::new() };
    let by_id: BTreeMap<&str, &Person> =
        household.people.iter().filter_map(|person| Some((person.id.as_deref()?, person))).collect();
    let known = |id: &Option<String>| id.as_deref().is_some_and(|id| id == CHILD || by_id.contains_key(id));
    let mut hits = Vec::new();
    let mut parents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (i, relation) in household.relations.iter().enumerate() {
        let path = |field: &str| format!("household.relations[{i}].{field}");
        for (id, field) in [(&relation.a, "a"), (&relation.b, "b")] {
            if !known(id) {
                hits.push(
                    Hit::at(path(field))
                        .because("This relation points to nobody in the household")
                        .resting_on("household.people"),
                );
            }
        }
        let Some((a, b)) = relation.a.as_deref().zip(relation.b.as_deref()) else { continue };
        if a == b {
            hits.push(Hit::at(path("b")).because("This relation joins a person to themselves"));
        } else if relation.kind == Some(RelationKind::Parent) {
            parents.entry(b).or_default().push(a);
            if too_young(c, &by_id, a, b) {
                hits.push(Hit::at(path("a")).because("This parent is less than twelve years older than the child"));
            }
            let of_birth = |id: &&&str| by_id.get(**id).is_none_or(|person| is_of_birth(person));
            if parents.get(b).is_some_and(|found| found.iter().filter(of_birth).count() > 2) {
                hits.push(Hit::at(path("b")).because("One person has more than two birth parents here"));
            }
        }
    }
    if let Some(i) = in_circle(&household.relations) {
        let path = format!("household.relations[{i}].b");
        hits.push(Hit::at(path).because("These parents and children run in a circle"));
    }
    let young = household.people.iter().enumerate().filter(|(_, person)| {
        let parent = matches!(person.relationship, Some(Relationship::Mother | Relationship::Father));
        parent && person.born.zip(dob(c)).is_some_and(|(born, dob)| born.plus_months(12 * YOUNGEST_PARENT) > dob)
    });
    hits.extend(young.map(|(i, _)| {
        Hit::at(format!("household.people[{i}].born"))
            .because("This parent is less than twelve years older than the child")
    }));
    hits
}

fn dob(c: &Context<'_>) -> Option<Day> {
    c.record.pupil.as_ref().and_then(|pupil| pupil.dob)
}

fn is_of_birth(person: &Person) -> bool {
    !matches!(
        person.relationship,
        Some(
            Relationship::Adopter
                | Relationship::StepParent
                | Relationship::Guardian
                | Relationship::FosterCarer
                | Relationship::KinshipCarer
        )
    )
}

fn too_young(c: &Context<'_>, by_id: &BTreeMap<&str, &Person>, parent: &str, child: &str) -> bool {
    let born = |id: &str| if id == CHILD { dob(c) } else { by_id.get(id).and_then(|person| person.born) };
    born(parent).zip(born(child)).is_some_and(|(parent, child)| parent.plus_months(12 * YOUNGEST_PARENT) > child)
}

/// A relation of a parent that is part of a circle, if there is one: what is left when everybody without parents, and
/// then those whose parents are gone, are taken away.
fn in_circle(relations: &[Relation]) -> Option<usize> {
    let of_parents = |relation: &&Relation| relation.kind == Some(RelationKind::Parent) && relation.a != relation.b;
    let mut left: Vec<&Relation> = relations.iter().filter(of_parents).collect();
    loop {
        let children: BTreeSet<Option<&str>> = left.iter().map(|relation| relation.b.as_deref()).collect();
        let before = left.len();
        left.retain(|relation| children.contains(&relation.a.as_deref()));
        if left.len() == before {
            break;
        }
    }
    let first = left.first()?;
    relations.iter().position(|relation| std::ptr::eq(relation, *first))
}
