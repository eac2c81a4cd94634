//! Facts that mean more together than each alone, over time: what came after a risk was called resolved, after a new
//! adult came, after treatment was missed.

use crate::check::context::Context;
use crate::check::facts::events::{events_of, is_a_seen_injury, is_any};
use crate::check::facts::missed::is_not_brought;
use crate::check::facts::people::{is_adult, people};
use crate::check::facts::risks::has_risk;
use crate::check::facts::weighed::{is_weighed, is_weighed_entry, open_entries};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::{fold, says_any};
use crate::problem::Severity::Warning;
use crate::record::{
    ChangeKind, Day, Entry, EventKind, Missed, PersonStatus, PlanType, Relationship, Risk, RiskKind, blank,
};

/// An event under a name of its own, on a day.
macro_rules! on {
    ($id:literal, $date:literal, $rest:literal) => {
        concat!(
            "[[chronology]]\nid = \"", $id, "\"\ndate = ", $date,
            "\nevent = \"Came in late\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Talked\"\noutcome = \"Fine\"\n",
            $rest
        )
    };
}

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "RK-30",
        severity: Warning,
        title: "A risk was called resolved, and something of its kind happened since",
        why: "“Resolved” is a judgement of one day. What came afterwards is the only evidence of whether it lasted.",
        source: Source::Briefing(
            "Managing Risk",
            "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
        ),
        next: "Open the risk again with this entry as evidence; or weigh the entry and say who outside the family knows that it is over.",
        precisely: Some(
            "A risk with `resolved_on`, and a later entry of the kind of events that it is about (domestic abuse: also police notices and somebody's concern), not weighed and not evidence of a current risk.",
        ),
        bad: concat!(
            "[[risks]]\nid = \"r1\"\nkind = \"domestic_abuse\"\ncurrent = false\nimpact_on_child = \"Slept badly\"\nevidence = [\"c1\"]\nresolved_on = 2025-09-15\nresolved_basis = \"He has moved out\"\nowner_receiving = \"DSL\"\n",
            on!("c2", "2026-02-10", "kinds = [\"police_notice\"]\n")
        ),
        good: concat!(
            "[[risks]]\nid = \"r1\"\nkind = \"domestic_abuse\"\ncurrent = false\nimpact_on_child = \"Slept badly\"\nevidence = [\"c1\"]\nresolved_on = 2025-09-15\nresolved_basis = \"He has moved out\"\nowner_receiving = \"DSL\"\n",
            on!("c2", "2025-02-10", "kinds = [\"police_notice\"]\n")
        ),
        judge: Judge::Each(after_resolved),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-31",
        severity: Warning,
        title: "A new adult came into the home, and within eighteen months something changed for the worse",
        why: "Each of these has its own explanation. Together they ask who this person is, what the police and children's services know, and what the child thinks.",
        source: Source::Briefing(
            "Domestic abuse",
            "Parents or carers may underestimate the effects of the abuse on their children because they don’t see what’s happening.",
        ),
        next: "Ask for the full name and what the services know of the person; hear the child and the parent alone; record a risk, or weigh the entry.",
        precisely: Some(
            "Somebody in `household.people` with `since` who lives there or is often there and is a parent's partner, step-parent, lodger or visitor, or an entry with `change_kind = \"new_partner\"`; and within eighteen months after it an entry of kind police notice, domestic abuse, injury, contact stopped, not seen, fear or distress, or concern of others, or one that tells of a pregnancy; not weighed, and not evidence of a current risk.",
        ),
        bad: concat!(
            on!("c1", "2025-11-14", "change_kind = \"new_partner\"\n"),
            on!("c2", "2026-02-10", "kinds = [\"contact_stopped\"]\n")
        ),
        good: concat!(
            on!("c1", "2024-01-14", "change_kind = \"new_partner\"\n"),
            on!("c2", "2026-02-10", "kinds = [\"contact_stopped\"]\n")
        ),
        judge: Judge::Each(after_a_new_adult),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-32",
        severity: Warning,
        title: "An emergency, and appointments to which the child was not brought: has anybody put the two together?",
        why: "An illness that is well treated seldom ends in an emergency. Where treatment is missed and emergencies follow, the question is of care and not of medicine alone.",
        source: Source::Briefing("Lack of engagement from families", "failure to attend medical or other appointments"),
        next: "Ask the nurse or doctor whether it could have been prevented, and what was in the family's way; record a risk of kind `neglect`, or weigh it with `fact = \"missed_appointments\"`.",
        precisely: Some(
            "An entry that tells of an admission, an ambulance or intensive care, and an appointment within a year before or after it to which the child was not brought; no risk of kind neglect.",
        ),
        bad: concat!(
            "[[chronology]]\nid = \"c2\"\ndate = 2026-02-10\nevent = \"Admitted to hospital with ketoacidosis\"\nbasis = \"reported\"\nsource = { agency = \"health\" }\naction = \"Card sent\"\noutcome = \"Home after three days\"\n",
            "[[engagement.missed]]\ndate = 2025-10-20\nservice = \"Diabetes clinic\"\noutcome = \"was_not_brought\"\nreason_given = \"No bus\"\nfollowed_up_by = \"Nurse\"\n"
        ),
        good: "[[chronology]]\nid = \"c2\"\ndate = 2026-02-10\nevent = \"Admitted to hospital with ketoacidosis\"\nbasis = \"reported\"\nsource = { agency = \"health\" }\naction = \"Card sent\"\noutcome = \"Home after three days\"\n",
        judge: Judge::Each(emergencies),
        ..Rule::USUAL
    },
    Rule {
        code: "EN-10",
        severity: Warning,
        title: "Three or more times in two years the child was not brought: who added them up?",
        why: "One missed appointment is a late bus. Several are a pattern, whichever service each belongs to, and only the school may see them all.",
        source: Source::Briefing("Lack of engagement from families", "failure to attend medical or other appointments"),
        next: "Say in `engagement.impact_on_child` what the child has gone without, and in `next_step` what would help the family to come; record a risk; or weigh it with `fact = \"missed_appointments\"`.",
        precisely: Some(
            "Three appointments or more with `outcome = \"was_not_brought\"` within the last twenty-four months, no current risk of kind neglect or health that cites an entry about them, and not weighed.",
        ),
        bad: "[[engagement.missed]]\ndate = 2026-01-19\nservice = \"Dentist\"\noutcome = \"was_not_brought\"\nreason_given = \"No bus\"\nfollowed_up_by = \"SENCO\"\n[[engagement.missed]]\ndate = 2026-02-19\nservice = \"Dentist\"\noutcome = \"was_not_brought\"\nreason_given = \"No bus\"\nfollowed_up_by = \"SENCO\"\n[[engagement.missed]]\ndate = 2026-03-19\nservice = \"Optician\"\noutcome = \"was_not_brought\"\nreason_given = \"No bus\"\nfollowed_up_by = \"SENCO\"\n",
        good: "[[engagement.missed]]\ndate = 2026-01-19\nservice = \"Dentist\"\noutcome = \"was_not_brought\"\nreason_given = \"No bus\"\nfollowed_up_by = \"SENCO\"\n[[engagement.missed]]\ndate = 2026-02-19\nservice = \"Dentist\"\noutcome = \"cancelled\"\n[[engagement.missed]]\ndate = 2026-03-19\nservice = \"Optician\"\noutcome = \"was_not_brought\"\nreason_given = \"No bus\"\nfollowed_up_by = \"SENCO\"\n",
        judge: Judge::Each(not_brought_again),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-26",
        severity: Warning,
        title: "Somebody who looked after the child has died: who does now, and what does the child say of the loss?",
        why: "A grandparent who stepped in is often what kept a child safe. When that person dies, the plan that rested on them has gone too.",
        source: Source::Ours,
        next: "Say who has taken over in `role_in_care` of that person's successor, or record a risk of kind `bereavement`; or weigh the person by `id`.",
        precisely: Some(
            "A person with `status = \"deceased\"` whose `role_in_care` tells of looking after the child, no risk of kind bereavement, not weighed.",
        ),
        bad: "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-gran\"\nrelationship = \"grandmother\"\nname = \"Pat Example\"\nstatus = \"deceased\"\nrole_in_care = \"Had her when her mother was in hospital\"\n",
        good: "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-gran\"\nrelationship = \"grandmother\"\nname = \"Pat Example\"\nstatus = \"deceased\"\n",
        judge: Judge::Each(|c| {
            if has_risk(c, &[RiskKind::Bereavement]) {
                return Vec::new();
            }
            let gone = people(c).filter(|(_, person)| {
                let cared =
                    !blank(person.role_in_care.as_deref()) && person.role_in_care.as_deref().is_some_and(is_care);
                cared && person.status == Some(PersonStatus::Deceased) && !is_weighed(c, person.id.as_deref(), None)
            });
            gone.map(|(i, _)| Hit::at(format!("household.people[{i}].role_in_care"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "HH-27",
        severity: Warning,
        title: "A parent's view came by way of somebody else: who has heard that parent alone?",
        why: "A parent who can be reached only through a partner may not be free to speak. The child sees what the telephone does not say.",
        source: Source::Local("NSPCC, hidden men: over-reliance on one person for information"),
        next: "See or ring the parent alone, and write down what was said and when; or weigh the person by `id`.",
        precisely: Some(
            "A parent who lives with the child, and whose `views` say that they came through somebody else, or whose only `sources` are a partner.",
        ),
        bad: "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\nstatus = \"known\"\nlives_with_child = true\npr = \"yes\"\nviews_sought_on = 2026-06-01\nviews = \"By way of her partner: pleased\"\nsources = [\"partner\"]\n",
        good: "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\nstatus = \"known\"\nlives_with_child = true\npr = \"yes\"\nviews_sought_on = 2026-06-01\nviews = \"Pleased with the new school\"\nsources = [\"mother\"]\n",
        judge: Judge::Each(heard_through_another),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-22",
        severity: Warning,
        title: "The individual healthcare plan was last looked at more than a year ago",
        why: "Treatment changes faster than paper. A new school that follows an old plan may give the wrong medicine or none.",
        source: Source::Ours,
        next: "Have it looked at again with the parents and the nurse, and set `health.healthcare_plan_on`.",
        precisely: Some(
            "`health.healthcare_plan_on`, or the last review of an open plan of that type, is more than twelve months before the day of the check.",
        ),
        bad: "[health]\nhealthcare_plan_on = 2024-06-20\nno_added_risk_reason = \"Tells adults at once\"\n",
        good: "[health]\nhealthcare_plan_on = 2026-06-20\nno_added_risk_reason = \"Tells adults at once\"\n",
        judge: Judge::Each(|c| {
            let line = c.today.plus_months(-12);
            let old = |day: Option<Day>| day.is_some_and(|day| day < line);
            let health = c.record.health.as_ref().and_then(|health| health.healthcare_plan_on);
            let mut hits = Hit::when(old(health), "health.healthcare_plan_on");
            let plans = c.record.plans.iter().enumerate().filter(|(_, plan)| {
                let of_health = plan.r#type == Some(PlanType::IndividualHealthcare) && plan.is_open(c.today);
                of_health && health.is_none() && old(plan.last_review.or(plan.start))
            });
            hits.extend(plans.map(|(i, _)| Hit::at(format!("plans[{i}].last_review"))));
            hits
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "MV-11",
        severity: Warning,
        title: "The child has lived in three or more areas, and there were worries: who holds the whole story?",
        why: "Each move began a new file. The reviews found families whose moves followed the visits of services, and nobody in any one area could see that.",
        source: Source::Briefing(
            "Themes drawn from all of the SCR’s",
            "the family moved between geographical areas and between service areas, this caused a loss of focus on the child",
        ),
        next: "Ask each area what it knew and whether a move followed its contact with the family; say so in `moves.note`; or weigh it with `fact = \"moves\"`.",
        precisely: Some(
            "Three different authorities among the schools and addresses of `moves`, no `moves.note`, and a fact as in RK-19 other than the moves themselves, or a current risk.",
        ),
        bad: concat!(
            "[moves]\nhome_la = \"999\"\n[[moves.schools]]\nname = \"A School\"\nla = \"991\"\nfrom = 2019-09-03\nto = 2021-07-20\nrecords_received = \"yes\"\n[[moves.schools]]\nname = \"B School\"\nla = \"992\"\nfrom = 2021-09-03\nto = 2023-07-20\nrecords_received = \"yes\"\n[[moves.schools]]\nname = \"Example Junior School\"\nla = \"999\"\nfrom = 2023-09-03\nrecords_received = \"yes\"\n",
            on!("c2", "2026-02-10", "kinds = [\"concern_of_others\"]\n")
        ),
        good: "[moves]\nhome_la = \"999\"\n[[moves.schools]]\nname = \"A School\"\nla = \"991\"\nfrom = 2019-09-03\nto = 2021-07-20\nrecords_received = \"yes\"\n[[moves.schools]]\nname = \"B School\"\nla = \"992\"\nfrom = 2021-09-03\nto = 2023-07-20\nrecords_received = \"yes\"\n[[moves.schools]]\nname = \"Example Junior School\"\nla = \"999\"\nfrom = 2023-09-03\nrecords_received = \"yes\"\n",
        judge: Judge::Each(many_areas),
        ..Rule::USUAL
    },
];

fn after_resolved(c: &Context<'_>) -> Vec<Hit> {
    let resolved = c.record.risks.iter().filter_map(|risk| Some((events_of(risk.kind?), risk.resolved_on?)));
    let resolved: Vec<_> = resolved.collect();
    let again = |entry: &Entry| {
        let since = |day: &Day| entry.date.is_some_and(|date| date > *day);
        resolved.iter().any(|(of, day)| since(day) && is_any(entry, of))
    };
    open_entries(c, Risk::is_current)
        .filter(|(_, entry)| again(entry))
        .map(|(i, _)| Hit::at(format!("chronology[{i}]")))
        .collect()
}

fn after_a_new_adult(c: &Context<'_>) -> Vec<Hit> {
    const WORSE: [EventKind; 7] = [
        EventKind::PoliceNotice,
        EventKind::DomesticAbuse,
        EventKind::Injury,
        EventKind::ContactStopped,
        EventKind::NotSeen,
        EventKind::FearOrDistress,
        EventKind::ConcernOfOthers,
    ];
    let adults = people(c).filter(|(_, person)| {
        let near = person.lives_with_child == Some(true)
            || (person.lives_with_child.is_none() && person.relationship != Some(Relationship::Other));
        near && person.is_from_outside() && is_adult(person, c.today)
    });
    let mut came: Vec<Day> = adults.filter_map(|(_, person)| person.since).collect();
    let told = c.record.chronology.iter().filter(|entry| entry.change_kind == Some(ChangeKind::NewPartner));
    came.extend(told.filter_map(|entry| entry.date));
    let soon = |entry: &Entry| {
        entry.date.is_some_and(|date| came.iter().any(|day| date >= *day && date <= day.plus_months(18)))
    };
    let worse = |entry: &Entry| {
        let expecting = entry.event.as_deref().is_some_and(|event| says_any(event, &["pregnant", "expecting a baby"]));
        let itself = entry.change_kind == Some(ChangeKind::NewPartner);
        let is_explained = entry.medically_examined == Some(true)
            && entry.accounts_agree == Some(true)
            && entry.accounts.len() > 1
            && entry.kinds == [EventKind::Injury];
        !itself
            && !is_a_seen_injury(entry)
            && !is_explained
            && (is_any(entry, &WORSE) || (expecting && had_violence(c)))
    };
    open_entries(c, Risk::is_current)
        .filter(|(_, entry)| soon(entry) && worse(entry))
        .map(|(i, _)| Hit::at(format!("chronology[{i}]")))
        .collect()
}

/// Whether the record tells of violence between adults, now or earlier.
fn had_violence(c: &Context<'_>) -> bool {
    let of = [EventKind::DomesticAbuse, EventKind::PoliceNotice];
    has_risk(c, &[RiskKind::DomesticAbuse])
        || c.record.chronology.iter().any(|entry| entry.family_history != Some(true) && is_any(entry, &of))
}

/// Appointments to which the child was not brought.
fn not_brought<'a>(c: &'a Context<'_>) -> impl Iterator<Item = &'a Missed> {
    let missed = c.record.engagement.iter().flat_map(|engagement| &engagement.missed);
    missed.filter(|missed| is_not_brought(missed))
}

fn emergencies(c: &Context<'_>) -> Vec<Hit> {
    const EMERGENCY: [&str; 7] = [
        "admitted",
        "admission",
        "ambulance",
        "intensive care",
        "resuscitation",
        "high dependency",
        "accident and emergency",
    ];
    if has_risk(c, &[RiskKind::Neglect]) {
        return Vec::new();
    }
    let near = |entry: &Entry| {
        let year = |missed: &Missed| {
            entry
                .date
                .zip(missed.date)
                .is_some_and(|(date, day)| day >= date.plus_months(-12) && day <= date.plus_months(12))
        };
        let missed: Vec<_> = not_brought(c).filter(|missed| year(missed)).collect();
        let last = missed.iter().filter_map(|missed| missed.date).max();
        !missed.is_empty() && !is_weighed(c, Some("missed_appointments"), last)
    };
    let told = c.record.chronology.iter().enumerate().filter(|(_, entry)| {
        let own = entry.positive != Some(true) && entry.family_history != Some(true);
        let of_a_carer = is_any(entry, &[EventKind::CarersHealth]);
        own && !of_a_carer && entry.event.as_deref().is_some_and(|event| says_any(event, &EMERGENCY))
    });
    told.filter(|(_, entry)| !is_weighed_entry(c, entry) && near(entry))
        .map(|(i, _)| Hit::at(format!("chronology[{i}]")))
        .collect()
}

fn not_brought_again(c: &Context<'_>) -> Vec<Hit> {
    let line = c.today.plus_months(-24);
    let dates: Vec<Day> = not_brought(c).filter_map(|missed| missed.date).filter(|date| *date >= line).collect();
    let neglect = has_risk(c, &[RiskKind::Neglect]);
    let weighed = is_weighed(c, Some("missed_appointments"), dates.iter().max().copied());
    if dates.len() < 3 || neglect || weighed {
        return Vec::new();
    }
    let message = format!(
        "Not brought {} times in two years: what was in the way each time, who added them up, and what has the child gone without?",
        dates.len()
    );
    vec![Hit::at("engagement.missed").because(message)]
}

/// Whether a part in a child's care means that the person looked after the child.
fn is_care(words: &str) -> bool {
    const CARE: [&str; 12] = [
        "looked after",
        "cared for",
        "brought up",
        "had her when",
        "had him when",
        "had them when",
        "took her in",
        "took him in",
        "minded",
        "fetched",
        "collected",
        "stayed with",
    ];
    says_any(words, &CARE)
}

fn heard_through_another(c: &Context<'_>) -> Vec<Hit> {
    const THROUGH: [&str; 9] = [
        "by way of",
        "through her partner",
        "through his partner",
        "through the partner",
        "passed on by",
        "partner says",
        "partner said",
        "partner answers",
        "told us for",
    ];
    const PARTNERS: [&str; 5] = ["partner", "boyfriend", "girlfriend", "husband", "stepfather"];
    let parents = people(c).filter(|(_, person)| person.is_parent() && person.lives_with_child == Some(true));
    let other = parents.filter(|(_, person)| {
        let through = person.views.as_deref().is_some_and(|views| says_any(views, &THROUGH));
        let partner = |source: &String| PARTNERS.contains(&fold(source).as_str());
        let only = !person.sources.is_empty() && person.sources.iter().all(partner);
        (through || only) && !is_weighed(c, person.id.as_deref(), None)
    });
    other.map(|(i, _)| Hit::at(format!("household.people[{i}].views"))).collect()
}

fn many_areas(c: &Context<'_>) -> Vec<Hit> {
    let Some(moves) = &c.record.moves else { return Vec::new() };
    let schools = moves.schools.iter().map(|stay| &stay.la);
    let addresses = moves.addresses.iter().map(|address| &address.la);
    let mut areas: Vec<String> = schools.chain(addresses).flatten().map(|area| fold(area)).collect();
    areas.sort_unstable();
    areas.dedup();
    let worried = c.unweighed().iter().any(|fact| fact.key != "moves") || c.record.risks.iter().any(Risk::is_current);
    let told = !blank(moves.note.as_deref()) || is_weighed(c, Some("moves"), None);
    Hit::when(areas.len() > 2 && worried && !told, "moves.schools")
}
