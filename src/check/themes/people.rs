//! People around the child: reachable, named, heard, and on what footing they care.

use crate::check::context::Context;
use crate::check::facts::people::{is_adult, is_kept_out, is_parent, people, seems_earlier_in_care};
use crate::check::facts::plans::{has_open, is_looked_after};
use crate::check::facts::weighed::{is_weighed_entry, unweighed_entries};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::says_any;
use crate::problem::Severity::{Error, Warning};
use crate::record::{
    Circumstance, Entry, EventKind, OrderKind, Person, PersonStatus, PlanType, Relationship, YesNoUnknown, blank,
};

/// A mother, then a second person with what follows.
macro_rules! with {
    ($rest:literal) => {
        concat!(
            "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\nstatus = \"known\"\nlives_with_child = true\n",
            "pr = \"yes\"\nrole_in_care = \"Main carer\"\nchecked_on = 2026-06-01\nemergency_contact = true\nphone = \"01632 960110\"\n[[household.people]]\n",
            $rest
        )
    };
}

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "HH-17",
        severity: Warning,
        title: "An emergency contact has no telephone number",
        why: "On the day it is needed, a name without a number is nobody. The numbers stand in your management information system.",
        source: Source::Guidance("Keeping children safe in education: more than one emergency contact"),
        next: "Add `phone`, or take `emergency_contact` off that person.",
        precisely: Some("A person who is not safe to contact is left out."),
        bad: with!(
            "id = \"p-gran\"\nrelationship = \"grandmother\"\nname = \"Pat Example\"\nemergency_contact = true\n"
        ),
        good: with!(
            "id = \"p-gran\"\nrelationship = \"grandmother\"\nname = \"Pat Example\"\nemergency_contact = true\nphone = \"01632 960111\"\n"
        ),
        judge: Judge::Each(|c| {
            let silent = people(c).filter(|(_, person)| {
                let contact =
                    person.emergency_contact == Some(true) && person.safe_to_contact != Some(YesNoUnknown::No);
                contact && blank(person.phone.as_deref())
            });
            silent.map(|(i, _)| Hit::at(format!("household.people[{i}].phone"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-18",
        severity: Warning,
        title: "A person is called known, and has no name",
        why: "Somebody without a name cannot be rung, looked up or recognised at the gate. If the name is not known, that is what the record should say.",
        source: Source::Briefing(
            "Responding to Risk and Need",
            "In several of the cases there was little professional curiosity and scepticism around fathers and other males.",
        ),
        next: "Add `name`; or set `status = \"unknown\"` with what was tried.",
        bad: with!("id = \"p-father\"\nrelationship = \"father\"\nstatus = \"known\"\nviews_sought_on = 2026-06-01\n"),
        good: with!(
            "id = \"p-father\"\nrelationship = \"father\"\nname = \"Sam Example\"\nstatus = \"known\"\nviews_sought_on = 2026-06-01\n"
        ),
        judge: Judge::Each(|c| {
            let nameless = people(c)
                .filter(|(_, person)| person.status == Some(PersonStatus::Known) && blank(person.name.as_deref()));
            nameless.map(|(i, _)| Hit::at(format!("household.people[{i}].name"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-19",
        severity: Warning,
        title: "A parent was not heard because the other did not wish it, or because nobody tried",
        why: "A parent who is kept out by the other may be a danger, or the one who would have spoken up. Only safety or a court decides that somebody is not asked.",
        source: Source::Briefing(
            "Responding to Risk and Need",
            "In several of the cases there was little professional curiosity and scepticism around fathers and other males.",
        ),
        next: "Ask that parent; or say what makes it unsafe, and set `not_asked`.",
        precisely: Some(
            "A parent or somebody with parental responsibility whose `not_asked` is `other_parents_wish` or `not_tried`; without `not_asked`, a reason that names the other parent's wish.",
        ),
        bad: with!(
            "id = \"p-father\"\nrelationship = \"father\"\nname = \"Sam Example\"\nstatus = \"known\"\nviews_not_sought_why = \"Mother asked us not to\"\n"
        ),
        good: with!(
            "id = \"p-father\"\nrelationship = \"father\"\nname = \"Sam Example\"\nstatus = \"known\"\nviews_not_sought_why = \"A court order forbids contact\"\nnot_asked = \"court_order\"\n"
        ),
        judge: Judge::Each(|c| {
            let unheard = people(c).filter(|(_, person)| is_parent(person) && is_kept_out(person));
            let field = |person: &Person| {
                if blank(person.views_not_sought_why.as_deref()) { "unknown_why" } else { "views_not_sought_why" }
            };
            unheard.map(|(i, person)| Hit::at(format!("household.people[{i}].{}", field(person)))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-20",
        severity: Warning,
        title: "A relative brings the child up, and it is not said on what footing",
        why: "A grandmother under special guardianship can sign and decide; one who simply took the child in cannot, and may be owed help. The next school must know which.",
        source: Source::Guidance("Working together to safeguard children: kinship care"),
        next: "Set `footing` for that person, or `care.legal_status`.",
        precisely: Some(
            "No parent lives with the child; a grandparent, aunt, uncle, adult brother or sister, kinship carer or other adult does; none of them has parental responsibility; and neither `footing`, `care.legal_status` nor a plan tells on what footing.",
        ),
        bad: "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-gran\"\nrelationship = \"grandmother\"\nname = \"Pat Example\"\nstatus = \"known\"\nlives_with_child = true\npr = \"no\"\nrole_in_care = \"Brings the child up\"\nchecked_on = 2026-06-01\n",
        good: "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-gran\"\nrelationship = \"grandmother\"\nname = \"Pat Example\"\nstatus = \"known\"\nlives_with_child = true\npr = \"no\"\nrole_in_care = \"Brings the child up\"\nchecked_on = 2026-06-01\nfooting = \"family_arrangement\"\n",
        judge: Judge::Each(footing),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-21",
        severity: Error,
        title: "The address is kept secret, and stands in the record",
        why: "What stands in a file is read, copied and sent on. An address that must not be known is told by telephone, if at all.",
        source: Source::Guidance("Data protection: information that would cause serious harm"),
        next: "Take `household.address` out.",
        precisely: Some("`address_confidential` or `refuge_or_emergency` is true, and `address` is filled in."),
        bad: "[household]\naddress_confidential = true\naddress = \"1 Example Street, Exampleton\"\n",
        good: "[household]\naddress = \"1 Example Street, Exampleton\"\n",
        judge: Judge::Each(|c| {
            let told = c.record.household.as_ref().is_some_and(|household| {
                let secret =
                    household.address_confidential == Some(true) || household.refuge_or_emergency == Some(true);
                secret && !blank(household.address.as_deref())
            });
            Hit::when(told, "household.address")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-22",
        severity: Error,
        title: "A person may collect the child, and a court order or a warning stands against it",
        why: "Somebody at the gate will read one line of this. The two must not contradict one another.",
        source: Source::Ours,
        next: "Set `may_collect` to no, or put right `must_not`, `safe_to_contact` or the order.",
        precisely: Some(
            "`may_collect` is yes, and the person is not safe to contact, has `must_not`, or is named in a prohibited steps order, a non-molestation order, or a bail or restraint condition.",
        ),
        bad: with!(
            "id = \"p-father\"\nrelationship = \"father\"\nname = \"Sam Example\"\nstatus = \"known\"\nviews_sought_on = 2026-06-01\nmay_collect = \"yes\"\nmust_not = \"Must not be told the address\"\n"
        ),
        good: with!(
            "id = \"p-father\"\nrelationship = \"father\"\nname = \"Sam Example\"\nstatus = \"known\"\nviews_sought_on = 2026-06-01\nmay_collect = \"no\"\nmust_not = \"Must not be told the address\"\n"
        ),
        judge: Judge::Each(|c| {
            use OrderKind as Kind;
            let orders = c.record.care.iter().flat_map(|care| &care.orders);
            let against: Vec<&String> = orders
                .filter(|order| {
                    matches!(order.kind, Some(Kind::ProhibitedSteps | Kind::NonMolestation | Kind::BailOrRestraint))
                })
                .flat_map(|order| &order.about)
                .collect();
            let forbidden = |person: &Person| {
                person.safe_to_contact == Some(YesNoUnknown::No)
                    || !blank(person.must_not.as_deref())
                    || person.id.as_ref().is_some_and(|id| against.contains(&id))
            };
            let both =
                people(c).filter(|(_, person)| person.may_collect == Some(YesNoUnknown::Yes) && forbidden(person));
            both.map(|(i, _)| Hit::at(format!("household.people[{i}].may_collect"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-23",
        severity: Warning,
        title: "Somebody is spoken of who is not among the people around the child",
        why: "A boyfriend, a friend of mum's, a man in a van: the children and the neighbours know him, and the file does not. The reviews ask for curiosity about just these adults.",
        source: Source::Briefing(
            "Themes drawn from all of the SCR’s",
            "very little professional curiosity and scepticism around fathers and other males who associated with changing, high need or complex families",
        ),
        next: "Find out who it is, and add that person to the household, with `status = \"unknown\"` and what was tried if need be.",
        precisely: Some(
            "A chronology entry, an observation or the child's own words speak of a partner, boyfriend, girlfriend, stepfather, lodger, a friend of a parent's or an unnamed man, and the household has no partner, step-parent, lodger, visitor or other adult; or they name an uncle or aunt whom nobody in the household is called. Family history is left out.",
        ),
        bad: "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nevent = \"Mother's boyfriend fetched her twice\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Noted\"\noutcome = \"Fine\"\nkinds = [\"everyday\"]\n",
        good: "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nevent = \"Father fetched her twice\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Noted\"\noutcome = \"Fine\"\nkinds = [\"everyday\"]\n",
        judge: Judge::Each(strangers),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-24",
        severity: Warning,
        title: "Nobody who lives with the child is known to have parental responsibility: who consents?",
        why: "Trips, treatment and the school itself need somebody who may sign. Where nobody at home may, the school must know who does before the first day.",
        source: Source::Law("Children Act 1989, section 3 (not checked against the text in force)"),
        next: "Set `pr` for each adult, and say in `pr_unknown_why` or `care` who decides.",
        precisely: Some(
            "Adults are said to live with the child, none of them with `pr = \"yes\"`; there is no plan for a looked-after child, no `care.authority`, and no `pr_unknown_why` that says more than that somebody cannot be reached.",
        ),
        bad: "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-gran\"\nrelationship = \"grandmother\"\nname = \"Pat Example\"\nstatus = \"known\"\nlives_with_child = true\npr = \"no\"\n",
        good: "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-gran\"\nrelationship = \"grandmother\"\nname = \"Pat Example\"\nstatus = \"known\"\nlives_with_child = true\npr = \"yes\"\n",
        judge: Judge::Each(|c| {
            let at_home = || people(c).filter(|(_, p)| p.lives_with_child == Some(true) && is_adult(p, c.today));
            let household = c.record.household.as_ref();
            // That nobody can be reached is the question, and no answer.
            const OUT_OF_REACH: [&str; 5] = ["not be reached", "not reached", "no contact", "not known", "whereabouts"];
            let why = household.and_then(|household| household.pr_unknown_why.as_deref());
            let told = why.is_some_and(|why| !blank(Some(why)) && !says_any(why, &OUT_OF_REACH))
                || c.record.care.as_ref().is_some_and(|care| !blank(care.authority.as_deref()))
                || has_open(c, &[PlanType::LookedAfterS20, PlanType::LookedAfterS31]);
            let decides = at_home().any(|(_, person)| person.pr == Some(YesNoUnknown::Yes));
            let first = at_home().next().filter(|_| !told && !decides);
            first.map(|(i, _)| Hit::at(format!("household.people[{i}].pr"))).into_iter().collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-25",
        severity: Warning,
        title: "Domestic abuse is on record, and nobody's part in it is",
        why: "“Domestic incident” says that something happened between people. Who frightened whom decides who may collect, who is rung, and who needs help.",
        source: Source::Briefing("Findings", "3 out of 5 Domestic Abuse was a feature"),
        next: "Set `circumstances` of the people concerned (`used_violence`, `suffered_domestic_abuse`); where it is not known, say so in `note`.",
        precisely: Some(
            "An entry of the child's own life of kind `domestic_abuse` or with a police notice of it, not weighed; the household has people, and none has either circumstance.",
        ),
        bad: "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nevent = \"Police came\"\nbasis = \"document\"\nsource = { agency = \"police\" }\naction = \"Met\"\noutcome = \"Quiet\"\nkinds = [\"domestic_abuse\"]\n",
        good: "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nevent = \"Police came\"\nbasis = \"document\"\nsource = { agency = \"police\" }\naction = \"Met\"\noutcome = \"Quiet\"\nkinds = [\"police_notice\"]\n",
        judge: Judge::Each(|c| {
            let part = |person: &Person| {
                let parts = [Circumstance::UsedViolence, Circumstance::SufferedDomesticAbuse];
                person.circumstances.iter().any(|circumstance| parts.contains(circumstance))
            };
            let told = people(c).next().is_none() || people(c).any(|(_, person)| part(person));
            let entries = unweighed_entries(c, &[EventKind::DomesticAbuse]);
            let open = entries.filter(|(_, entry)| !told && entry.family_history != Some(true));
            open.map(|(i, _)| Hit::at(format!("chronology[{i}]"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-21",
        severity: Warning,
        title: "The child was not asked about earlier care: adopted, guardianship, or looked after before",
        why: "Children who were looked after keep their entitlements after adoption or guardianship, and often carry more than the file shows. An old plan alone does not tell; the family does.",
        source: Source::Guidance("Designated teacher for looked-after and previously looked-after children"),
        next: "Ask the family, and set `care.earlier_in_care` and `care.left_care_to`.",
        precisely: Some(
            "An adopter or guardian, a kinship or special guardianship plan, or an ended plan of a looked-after child, or a chronology entry of the child's own life that speaks of foster carers or of being looked after; and `care.earlier_in_care` is not given.",
        ),
        bad: "[[household.people]]\nid = \"p-adopter\"\nrelationship = \"adopter\"\nname = \"Jo Example\"\n",
        good: "[[household.people]]\nid = \"p-adopter\"\nrelationship = \"adopter\"\nname = \"Jo Example\"\n[care]\nlegal_status = \"adopted\"\nearlier_in_care = \"yes\"\nleft_care_to = \"adoption\"\n",
        judge: Judge::Each(|c| {
            let asked = c.record.care.as_ref().is_some_and(|care| care.earlier_in_care.is_some());
            let ended = c.record.plans.iter().any(|plan| is_looked_after(plan) && !plan.is_open(c.today));
            let told = c.record.chronology.iter().any(tells_of_care);
            Hit::when(!asked && (seems_earlier_in_care(c) || ended || told), "care.earlier_in_care")
        }),
        ..Rule::USUAL
    },
];

/// Whether an event tells that the child was looked after.
fn tells_of_care(entry: &Entry) -> bool {
    const TOLD: [&str; 8] = [
        "foster carer",
        "foster carers",
        "foster care",
        "fostered",
        "looked after by the local authority",
        "taken into care",
        "came into care",
        "care proceedings",
    ];
    let own = entry.family_history != Some(true);
    own && entry.event.as_deref().is_some_and(|event| says_any(event, &TOLD))
}

fn footing(c: &Context<'_>) -> Vec<Hit> {
    let at_home = || people(c).filter(|(_, person)| person.lives_with_child == Some(true));
    let own = |person: &Person| {
        matches!(
            person.relationship,
            Some(
                Relationship::Mother
                    | Relationship::Father
                    | Relationship::SecondParent
                    | Relationship::StepParent
                    | Relationship::Adopter
                    | Relationship::FosterCarer
            )
        )
    };
    let told = c.record.care.as_ref().is_some_and(|care| care.legal_status.is_some())
        || c.record.household.as_ref().is_some_and(|household| household.private_fostering_notified_on.is_some())
        || has_open(
            c,
            &[PlanType::LookedAfterS20, PlanType::LookedAfterS31, PlanType::KinshipSgo, PlanType::PrivateFostering],
        );
    let decides = |person: &Person| person.footing.is_some() || person.pr == Some(YesNoUnknown::Yes);
    if told || at_home().any(|(_, person)| own(person) || decides(person)) {
        return Vec::new();
    }
    let carers = at_home().filter(|(_, person)| is_adult(person, c.today) || !person.is_sibling());
    carers.map(|(i, _)| Hit::at(format!("household.people[{i}].footing"))).take(1).collect()
}

/// Words that speak of an adult near the child.
const SPOKEN_OF: [&str; 24] = [
    "mum s friend sleeps",
    "mum s friend stays",
    "mum s friend lives",
    "mum s friend is always",
    "dad s friend sleeps",
    "boyfriend",
    "girlfriend",
    "new partner",
    "mother s partner",
    "mum s partner",
    "dad s partner",
    "stepdad",
    "step dad",
    "stepfather",
    "lodger",
    "mum s mate",
    "dad s mate",
    "unknown man",
    "man in a",
    "men in a",
    "a bloke",
    "mum s new",
    "dad s new",
    "her fella",
];

/// Partners of people who live elsewhere.
const OF_OTHERS: [&str; 8] = [
    "sister s boyfriend",
    "brother s girlfriend",
    "cousin s boyfriend",
    "aunt s boyfriend",
    "auntie s boyfriend",
    "and her boyfriend",
    "and his girlfriend",
    "teacher s boyfriend",
];

/// Texts that speak of an adult whom the household does not tell of.
fn strangers(c: &Context<'_>) -> Vec<Hit> {
    if people(c).next().is_none() {
        return Vec::new();
    }
    let told = people(c).any(|(_, person)| person.is_from_outside());
    let mut texts: Vec<(String, &str)> = Vec::new();
    for (i, entry) in c.record.chronology.iter().enumerate().filter(|(_, entry)| entry.family_history != Some(true)) {
        texts.extend(entry.event.as_deref().map(|text| (format!("chronology[{i}].event"), text)));
    }
    let voice = || c.record.voice.iter();
    for (i, entry) in voice().flat_map(|voice| voice.entries.iter().enumerate()) {
        texts.extend(entry.verbatim.as_deref().map(|text| (format!("voice.entries[{i}].verbatim"), text)));
    }
    for (i, seen) in voice().flat_map(|voice| voice.observations.iter().enumerate()) {
        texts.extend(seen.what.as_deref().map(|text| (format!("voice.observations[{i}].what"), text)));
    }
    let named = |text: &str| names_nobody_of(c, text);
    let weighed = |path: &str| {
        let number = path.strip_prefix("chronology[").and_then(|rest| rest.split(']').next()?.parse::<usize>().ok());
        number.and_then(|i| c.record.chronology.get(i)).is_some_and(|entry| is_weighed_entry(c, entry))
    };
    let strange = |text: &str| (!told && says_any(text, &SPOKEN_OF) && !says_any(text, &OF_OTHERS)) || named(text);
    texts.into_iter().filter(|(path, text)| strange(text) && !weighed(path)).map(|(path, _)| Hit::at(path)).collect()
}

/// Whether a text names an uncle or aunt by a name that nobody in the household has.
fn names_nobody_of(c: &Context<'_>, text: &str) -> bool {
    const TITLES: [&str; 5] = ["uncle", "aunt", "auntie", "aunty", "uncles"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let called = |name: &str| {
        people(c).any(|(_, person)| {
            let names = [&person.name, &person.also_known_as].into_iter().flatten();
            let mut parts = names.flat_map(|names| names.split(' ').map(str::to_lowercase));
            parts.any(|part| !part.is_empty() && (part.starts_with(name) || name.starts_with(&part)))
        })
    };
    words.windows(2).any(|pair| match pair {
        [title, name] => {
            let titled = TITLES.iter().any(|known| title.trim_start_matches(['"', '(']).eq_ignore_ascii_case(known));
            let bare = name.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches("'s").trim_end_matches("’s");
            titled && bare.chars().next().is_some_and(char::is_uppercase) && !called(&bare.to_lowercase())
        }
        _ => false,
    })
}
