//! Household: parents and others with a part in the child's care, fathers and other males among them.

use crate::check::context::Context;
use crate::check::facts::people::{is_adult, people};
use crate::check::facts::plans::has_open;
use crate::check::facts::risks::newest_look;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::{fold, says_any};
use crate::problem::Severity::{Error, Warning};
use crate::record::{Person, PersonStatus, PlanType, Relationship, YesNoUnknown, blank};

/// A mother as she should be described, for the examples; then another person.
macro_rules! with_mother {
    ($rest:literal) => {
        concat!(
            "[household]\nas_at = 2026-06-01\nemergency_contacts_reason = \"Only mother is near\"\n",
            "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nstatus = \"known\"\nlives_with_child = true\n",
            "pr = \"yes\"\nrole_in_care = \"Main carer\"\nchecked_on = 2026-06-01\nemergency_contact = true\n",
            "[[household.people]]\n",
            $rest
        )
    };
}

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "HH-01",
        severity: Error,
        title: "Nobody with parental responsibility is recorded",
        why: "The next school must know who may decide for the child and who must be asked. If nobody knows, that is itself a reason to find out.",
        source: Source::Ours,
        next: "Set `pr = \"yes\"` for each person who has parental responsibility, or say in `household.pr_unknown_why` what was tried.",
        bad: "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nstatus = \"known\"\n",
        good: with_mother!("id = \"p-father\"\nrelationship = \"father\"\nstatus = \"deceased\"\n"),
        judge: Judge::Each(|c| {
            let responsible =
                |person: &Person| person.pr == Some(YesNoUnknown::Yes) && person.status != Some(PersonStatus::Deceased);
            let explained =
                c.record.household.as_ref().is_some_and(|household| !blank(household.pr_unknown_why.as_deref()));
            let found = people(c).any(|(_, person)| responsible(person));
            Hit::when(!found && !explained, "household.people")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-02",
        severity: Error,
        title: "The father, or second parent, is missing from the record",
        why: "The reviews found too little curiosity about fathers and other males. Known, unknown, dead or a donor: each is an answer, and leaving the question out is not.",
        source: Source::Briefing(
            "Responding to Risk and Need",
            "In several of the cases there was little professional curiosity and scepticism around fathers and other males.",
        ),
        next: "Add an entry with `relationship = \"father\"` or `\"second_parent\"` and a `status`.",
        precisely: Some(
            "Two parents are to be accounted for: mother, father, second parent, adopter. A father or second parent needs a `status`; where the child has one legal parent, `status = \"not_applicable\"` or `\"donor\"` says so. A mother who is missing is asked for in the same way.",
        ),
        bad: "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nstatus = \"known\"\npr = \"yes\"\n",
        good: with_mother!("id = \"p-father\"\nrelationship = \"father\"\nstatus = \"donor\"\n"),
        judge: Judge::Each(|c| {
            let parents = people(c).filter(|(_, person)| person.is_parent()).count();
            let second: Vec<_> = people(c).filter(|(_, person)| person.is_second_parent()).collect();
            if parents < 2 {
                let message = "The mother, or other parent, is missing from the record";
                let hits = Hit::when(true, "household.people").into_iter();
                return hits.map(|hit| if second.is_empty() { hit } else { hit.because(message) }).collect();
            }
            let open = second.into_iter().filter(|(_, person)| person.status.is_none());
            open.map(|(i, _)| {
                Hit::at(format!("household.people[{i}].status")).because(
                    "The father or second parent has no `status`: known, unknown, deceased, donor or not_applicable",
                )
            })
            .collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-03",
        severity: Error,
        title: "The father is unknown, and it is not said what was tried, by whom and when",
        why: "Not knowing is honest once somebody has asked. The next school should not have to begin again, or take an unasked question for an answer.",
        source: Source::Briefing(
            "Responding to Risk and Need",
            "In several of the cases there was little professional curiosity and scepticism around fathers and other males.",
        ),
        next: "Add `tried`, `tried_by` and `tried_on`.",
        bad: with_mother!(
            "id = \"p-father\"\nrelationship = \"father\"\nstatus = \"unknown\"\nunknown_why = \"Not named\"\n"
        ),
        good: with_mother!(
            "id = \"p-father\"\nrelationship = \"father\"\nstatus = \"unknown\"\nunknown_why = \"Not named\"\ntried = \"Mother asked twice\"\ntried_by = \"DSL\"\ntried_on = 2026-05-01\n"
        ),
        judge: Judge::Each(|c| {
            let unknown = people(c)
                .filter(|(_, person)| person.is_second_parent() && person.status == Some(PersonStatus::Unknown));
            unknown
                .flat_map(|(i, person)| {
                    [
                        (blank(person.tried.as_deref()), "tried"),
                        (blank(person.tried_by.as_deref()), "tried_by"),
                        (person.tried_on.is_none(), "tried_on"),
                    ]
                    .into_iter()
                    .filter(|(absent, _)| *absent)
                    .map(move |(_, field)| {
                        Hit::at(format!("household.people[{i}].{field}"))
                            .because(format!("The father is unknown, and `{field}` is missing"))
                    })
                })
                .collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-04",
        severity: Warning,
        title: "The father's views were not sought, and no reason is given",
        why: "A father may be a worry, a support, or both; nobody knows until he is asked. Where asking would not be safe, the record says so.",
        source: Source::Briefing(
            "Responding to Risk and Need",
            "In several of the cases there was little professional curiosity and scepticism around fathers and other males.",
        ),
        next: "Set `views_sought_on`, or say why not in `views_not_sought_why`.",
        bad: with_mother!("id = \"p-father\"\nrelationship = \"father\"\nstatus = \"known\"\n"),
        good: with_mother!(
            "id = \"p-father\"\nrelationship = \"father\"\nstatus = \"known\"\nviews_not_sought_why = \"A court order forbids contact\"\n"
        ),
        judge: Judge::Each(|c| {
            let known =
                people(c).filter(|(_, person)| person.is_second_parent() && person.status == Some(PersonStatus::Known));
            let unasked = known.filter(|(_, person)| {
                person.views_sought_on.is_none() && blank(person.views_not_sought_why.as_deref())
            });
            unasked.map(|(i, _)| Hit::at(format!("household.people[{i}].views_sought_on"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-05",
        severity: Warning,
        title: "An adult around the child is not described",
        why: "Someone who lives with a child or is often there shapes the child's day. Who it is, what part they take and when that was last checked tell the next school whom it may meet at the gate.",
        source: Source::Briefing(
            "Themes drawn from all of the SCR’s",
            "very little professional curiosity and scepticism around fathers and other males who associated with changing, high need or complex families",
        ),
        next: "Add `relationship`, `role_in_care` and `checked_on`.",
        precisely: Some(
            "Adults who live with the child, lodgers, frequent visitors and a parent's partner. Brothers and sisters count from the age of 18, where their date of birth is given.",
        ),
        bad: with_mother!("id = \"p-lodger\"\nrelationship = \"lodger\"\nlives_with_child = true\n"),
        good: with_mother!(
            "id = \"p-lodger\"\nrelationship = \"lodger\"\nlives_with_child = true\nrole_in_care = \"None\"\nchecked_on = 2026-06-01\n"
        ),
        judge: Judge::Each(|c| {
            let around = people(c).filter(|(_, person)| is_around(person) && is_adult(person, c.today));
            around
                .flat_map(|(i, person)| {
                    let missing = [
                        (person.relationship.is_none(), "relationship"),
                        (blank(person.role_in_care.as_deref()), "role_in_care"),
                        (person.checked_on.is_none(), "checked_on"),
                    ];
                    Hit::missing(&format!("household.people[{i}]"), "This adult around the child", missing)
                })
                .collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-06",
        severity: Error,
        title: "A new partner or adult since the risks were last looked at",
        why: "A new adult changes what a child lives with, for better or worse. The reviews call a new partner a cue to look at the risks again.",
        source: Source::Briefing(
            "Responding to Risk and Need",
            "Significant change (such as a new partner or non-attendance at appointments) is a cue for reappraisal of risk assessment.",
        ),
        next: "Look at the risks again and set `reappraised_on`; where none are known, renew `no_known_risks.stated_on`.",
        precisely: Some(
            "Any living adult whose `since` is later than every `reappraised_on` and than `no_known_risks.stated_on`.",
        ),
        bad: with_mother!(
            "id = \"p-partner\"\nrelationship = \"parent_partner\"\nstatus = \"known\"\nrole_in_care = \"Lives there\"\nchecked_on = 2026-07-01\nsince = 2026-07-01\n"
        ),
        good: with_mother!(
            "id = \"p-partner\"\nrelationship = \"parent_partner\"\nstatus = \"known\"\nrole_in_care = \"Lives there\"\nchecked_on = 2026-06-01\nsince = 2026-03-01\n"
        ),
        judge: Judge::Each(|c| {
            let newest = newest_look(c);
            let new = people(c).filter(|(_, person)| {
                is_adult(person, c.today)
                    && person.status != Some(PersonStatus::Deceased)
                    && person.since.is_some_and(|since| newest.is_none_or(|newest| newest < since))
            });
            new.map(|(i, _)| Hit::at(format!("household.people[{i}].since"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-07",
        severity: Warning,
        title: "What is known of an adult in the child's life rests on the word of one person of the family alone",
        why: "Men and women who are a danger, and those who could help, both stay hidden where only one person is asked. A second source costs one telephone call.",
        source: Source::Local("NSPCC, hidden men: over-reliance on mothers for information"),
        next: "Ask somebody else as well, and add them to `sources`.",
        precisely: Some(
            "Known adults other than foster carers who live with the child or are often there, and second parents, who were not asked for their views, with at least one source, all of which are one of the family, the child, a partner, or that person; a parent's own word about that parent is left alone, and two of the family who each say so count as two.",
        ),
        bad: with_mother!(
            "id = \"p-father\"\nrelationship = \"father\"\nstatus = \"known\"\nviews_not_sought_why = \"Works abroad\"\nsources = [\"mother\"]\n"
        ),
        good: with_mother!(
            "id = \"p-father\"\nrelationship = \"father\"\nstatus = \"known\"\nviews_not_sought_why = \"Works abroad\"\nsources = [\"mother\", \"his employer\"]\n"
        ),
        judge: Judge::Each(|c| {
            let adults = people(c).filter(|(_, person)| {
                let near = is_around(person) || person.is_second_parent();
                let approved = person.relationship == Some(Relationship::FosterCarer);
                near && !approved && person.status == Some(PersonStatus::Known) && is_adult(person, c.today)
            });
            let alone = adults.filter(|(_, person)| {
                // Who was asked is a source too; and a parent's own word about that parent is no hearsay.
                let asked = person.views_sought_on.is_some() || !blank(person.views.as_deref());
                let outside = |source: &String| !is_interested(c, person, source);
                !asked && !person.sources.is_empty() && !person.sources.iter().any(outside)
            });
            alone.map(|(i, _)| Hit::at(format!("household.people[{i}].sources"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-14",
        severity: Error,
        title: "The child may be privately fostered, and the local authority was not told",
        why: "A child who lives for four weeks or more with someone who is not a close relative must be made known to the local authority. The child may be well cared for; nobody can know until somebody looks.",
        source: Source::Law("Children Act 1989, section 66 (not checked against the text in force)"),
        next: "Tell the local authority and set `household.private_fostering_notified_on`; if it is a relative or the child is looked after, say so in `relationship` or `[[plans]]`.",
        precisely: Some(
            "Somebody is said to live with the child, but no parent, step-parent, grandparent, aunt, uncle, adult brother or sister, guardian, adopter or foster carer and nobody with parental responsibility does; there is no plan for a looked-after child, kinship or private fostering; and `since`, where given, is 28 days ago or more.",
        ),
        bad: "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-friend\"\nrelationship = \"other\"\nstatus = \"known\"\nlives_with_child = true\nrole_in_care = \"Looks after the child\"\nchecked_on = 2026-06-01\nsince = 2026-02-01\n[[household.people]]\nid = \"p-father\"\nrelationship = \"father\"\nstatus = \"known\"\npr = \"yes\"\n",
        good: "[household]\nas_at = 2026-06-01\nprivate_fostering_notified_on = 2026-02-10\n[[household.people]]\nid = \"p-friend\"\nrelationship = \"other\"\nstatus = \"known\"\nlives_with_child = true\nrole_in_care = \"Looks after the child\"\nchecked_on = 2026-06-01\nsince = 2026-02-01\n[[household.people]]\nid = \"p-father\"\nrelationship = \"father\"\nstatus = \"known\"\npr = \"yes\"\n",
        judge: Judge::Each(private_fostering),
        ..Rule::USUAL
    },
];

/// Whether a source is somebody of the household, the child or the person concerned: nobody from outside.
fn is_interested(c: &Context<'_>, person: &Person, source: &str) -> bool {
    const FAMILY: [&str; 16] = [
        "mother",
        "mum",
        "mam",
        "father",
        "dad",
        "partner",
        "stepfather",
        "stepmother",
        "boyfriend",
        "girlfriend",
        "child",
        "pupil",
        "himself",
        "herself",
        "self",
        "sister",
    ];
    let own_word = says_any(source, &["mother", "mum", "mam"]) && person.relationship == Some(Relationship::Mother)
        || says_any(source, &["father", "dad"]) && person.is_second_parent();
    let first_name = |name: &Option<String>| {
        let folded = name.as_deref().map(fold).unwrap_or_default();
        folded.split(' ').next().map(str::to_owned).filter(|name| name.chars().count() > 1)
    };
    let pupil = c.record.pupil.as_ref();
    let child =
        pupil.and_then(|pupil| first_name(&pupil.preferred_forename).or_else(|| first_name(&pupil.legal_forename)));
    let mut names = people(c).filter_map(|(_, other)| first_name(&other.name)).chain(child);
    let one_voice = person.sources.len() == 1;
    !own_word && one_voice && (says_any(source, &FAMILY) || names.any(|name| says_any(source, &[name.as_str()])))
}

/// Whether a person lives with the child or is often there.
fn is_around(person: &Person) -> bool {
    let often =
        matches!(person.relationship, Some(Relationship::Lodger | Relationship::Visitor | Relationship::ParentPartner));
    let there = person.lives_with_child == Some(true) || (often && person.lives_with_child != Some(false));
    there && !matches!(person.status, Some(PersonStatus::Deceased | PersonStatus::NotApplicable))
}

fn private_fostering(c: &Context<'_>) -> Vec<Hit> {
    const FOUR_WEEKS: i64 = 28;
    let Some(household) = &c.record.household else { return Vec::new() };
    let close = |person: &Person| {
        let kind = person.relationship;
        let far = matches!(
            kind,
            None | Some(
                Relationship::ParentPartner
                    | Relationship::Lodger
                    | Relationship::Visitor
                    | Relationship::KinshipCarer
                    | Relationship::Other
            )
        );
        let child = person.is_sibling() && !is_adult(person, c.today);
        (!far && !child) || person.pr == Some(YesNoUnknown::Yes)
    };
    let at_home = || people(c).filter(|(_, person)| person.lives_with_child == Some(true));
    let long = |person: &Person| person.since.is_none_or(|since| c.today.days_since(since) >= FOUR_WEEKS);
    let covered = has_open(
        c,
        &[PlanType::LookedAfterS20, PlanType::LookedAfterS31, PlanType::KinshipSgo, PlanType::PrivateFostering],
    );
    if covered || household.private_fostering_notified_on.is_some() || at_home().any(|(_, person)| close(person)) {
        return Vec::new();
    }
    let carer = at_home().find(|(_, person)| is_adult(person, c.today) && long(person));
    carer.map(|(i, _)| Hit::at(format!("household.people[{i}].lives_with_child"))).into_iter().collect()
}
