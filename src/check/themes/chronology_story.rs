//! Chronology: whether it tells a story. Gaps, single voices, loose ends, length, and what went well.

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::check::example_parts::{event, second};
use crate::check::facts::plans::{is_about_safety, is_of_services};
use crate::check::facts::risks::is_about_somebody;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::{fold, says_any};
use crate::problem::Severity::Warning;
use crate::record::{Day, EarlyHelpStatus, Entry, OutcomeState, Precision, blank};

/// The most entries a reader can take in.
const MOST_ENTRIES: usize = 60;

/// The most words of one entry.
const MOST_WORDS: usize = 120;

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "CH-04",
        severity: Warning,
        title: "A significant event does not say what it meant for the child",
        why: "The same event can shake one child and pass another by. The reviews ask for the impact on the child, not only for what adults did.",
        source: Source::Briefing("Learning from Serious Case Reviews", "with a focus on the impact on the child"),
        next: "Add `impact_on_child`: what was seen of the child afterwards.",
        bad: event!("significant = true\n"),
        good: event!("significant = true\nimpact_on_child = \"Stopped bringing drawings of home\"\n"),
        judge: Judge::Each(|c| {
            each(c, "impact_on_child", |entry| {
                entry.significant == Some(true)
                    && entry.family_history != Some(true)
                    && blank(entry.impact_on_child.as_deref())
            })
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "CH-06",
        severity: Warning,
        title: "Over a year without an entry while a concern was open",
        why: "Either nothing happened, or it was not written down. The reader cannot tell which, and the two are very different.",
        source: Source::Ours,
        next: "Add what happened in that time, or one entry that says that nothing did and how that is known.",
        precisely: Some(
            "Between two entries of the child's own life. A concern is open while a plan of children's services or Early Help runs, or while an open risk has evidence from before the gap. Dates known only to the year are left out, and times in which a service began or ended or an assessment was made.",
        ),
        bad: concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2023-01-10\n",
            "[[chronology]]\nid = \"c0\"\ndate = 2023-02-01\nevent = \"Plan began\"\nbasis = \"document\"\nsource = { agency = \"school\" }\naction = \"Met\"\noutcome = \"Agreed\"\n",
            event!("")
        ),
        good: concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2025-01-10\n",
            "[[chronology]]\nid = \"c0\"\ndate = 2025-02-01\nevent = \"Plan began\"\nbasis = \"document\"\nsource = { agency = \"school\" }\naction = \"Met\"\noutcome = \"Agreed\"\n",
            event!("")
        ),
        judge: Judge::Each(long_gap),
        ..Rule::USUAL
    },
    Rule {
        code: "CH-07",
        severity: Warning,
        title: "Several agencies are involved, and every entry comes from one of them",
        why: "Each agency sees another side of the child. The reviews ask for information from all of them, as none saw the whole.",
        source: Source::Briefing(
            "Themes drawn from all of the SCR’s",
            "assessments must be thorough, timely, gather multiagency information",
        ),
        next: "Ask the other agency for its key events, and name it as `source.agency`.",
        precisely: Some(
            "Two or more different agencies among the leads of open plans, the services outside the school and those of missed appointments, at least two entries or assessments, and one and the same agency behind all of them. Clinics, hospitals and therapists count only where there is a plan about safety, a risk by what somebody does, or a fact as in RK-19 that was not weighed.",
        ),
        bad: concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nlead_agency = \"Children's services\"\n[[plans]]\nid = \"pl2\"\ntype = \"camhs\"\nlead_agency = \"CAMHS\"\n",
            event!(""),
            "[[chronology]]\nid = \"c2\"\ndate = 2026-01-14\nevent = \"Moved back in\"\nbasis = \"reported\"\nsource = { agency = \"Family\" }\naction = \"Met\"\noutcome = \"Agreed\"\n"
        ),
        good: concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nlead_agency = \"Children's services\"\n[[plans]]\nid = \"pl2\"\ntype = \"camhs\"\nlead_agency = \"CAMHS\"\n",
            event!(""),
            "[[chronology]]\nid = \"c2\"\ndate = 2026-01-14\nevent = \"Moved back in\"\nbasis = \"document\"\nsource = { agency = \"Health\" }\naction = \"Met\"\noutcome = \"Agreed\"\n"
        ),
        judge: Judge::Each(single_agency),
        ..Rule::USUAL
    },
    Rule {
        code: "CH-08",
        severity: Warning,
        title: "The outcome has been pending for over three months",
        why: "Something was begun, and nobody has written what came of it. At the change of school such loose ends are lost for good.",
        source: Source::Guidance("Keeping children safe in education, records: the outcome is noted"),
        next: "Write what came of it, or who still waits for what.",
        precisely: Some(
            "`outcome_state = \"pending\"`, or an outcome that says no more than “pending” or “ongoing”. What goes on and says how is left alone.",
        ),
        bad: event!("outcome_state = \"pending\"\n"),
        good: event!("outcome_state = \"done\"\n"),
        judge: Judge::Each(|c| {
            let line = c.today.plus_months(-3);
            each(c, "outcome", |entry| {
                let word = entry.outcome.as_deref().map(fold).unwrap_or_default();
                let waits = ["pending", "ongoing", "awaiting", "awaited"].contains(&word.as_str());
                (waits || entry.outcome_state == Some(OutcomeState::Pending))
                    && entry.date.is_some_and(|date| date < line)
            })
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "CH-09",
        severity: Warning,
        title: "The chronology is too long to be read",
        why: "A chronology in which everything stands shows nothing. The full notes belong in the child protection file, which goes with it.",
        source: Source::Local("Darlington: “if every issue/contact is recorded, the chronology loses its value”"),
        next: "Keep what changed something for the child, in a few sentences each.",
        precisely: Some("More than 60 entries, or an entry of more than 120 words over all its texts."),
        bad: concat!(
            "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Met\"\noutcome = \"Agreed\"\n",
            "event = \"\"\"\n",
            "one two three four five six seven eight nine ten one two three four five six seven eight nine ten\n",
            "one two three four five six seven eight nine ten one two three four five six seven eight nine ten\n",
            "one two three four five six seven eight nine ten one two three four five six seven eight nine ten\n",
            "one two three four five six seven eight nine ten one two three four five six seven eight nine ten\n",
            "one two three four five six seven eight nine ten one two three four five six seven eight nine ten\n",
            "one two three four five six seven eight nine ten one two three four five six seven eight nine ten\"\"\"\n"
        ),
        good: event!(""),
        judge: Judge::Each(|c| {
            let many = c.record.chronology.len() > MOST_ENTRIES;
            let mut hits: Vec<_> = Hit::when(many, "chronology");
            hits.extend(
                each(c, "event", |entry| words(entry) > MOST_WORDS)
                    .into_iter()
                    .map(|hit| hit.because(format!("This entry has more than {MOST_WORDS} words"))),
            );
            hits
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "CH-11",
        severity: Warning,
        title: "The chronology shows nothing that went well",
        why: "What helped once is the best guess at what will help again. A child is more than what went wrong.",
        source: Source::Local("Walsall and Rochdale: chronologies include positives"),
        next: "Add at least one entry with `positive = true`.",
        precisely: Some("Where there are three entries or more."),
        bad: concat!(event!(""), second!("c2"), second!("c3")),
        good: concat!(event!("positive = true\n"), second!("c2"), second!("c3")),
        judge: Judge::Each(|c| {
            let chronology = &c.record.chronology;
            let sad = chronology.len() > 2 && !chronology.iter().any(|entry| entry.positive == Some(true));
            Hit::when(sad, "chronology")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "CH-12",
        severity: Warning,
        title: "The same entry stands in the chronology twice",
        why: "One event told twice looks like two. It was probably copied and not changed.",
        source: Source::Ours,
        next: "Take one of them out.",
        precisely: Some("The same date and the same text, apart from case and punctuation."),
        bad: concat!(
            event!(""),
            "[[chronology]]\nid = \"c2\"\ndate = 2025-11-14\nevent = \"Mother's new partner moved in.\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Met\"\noutcome = \"Agreed\"\n"
        ),
        good: event!(""),
        judge: Judge::Each(|c| {
            let mut seen = BTreeSet::new();
            let told = c.record.chronology.iter().enumerate();
            let again = told.filter(|(_, entry)| {
                let text = entry.event.as_deref().map(fold).filter(|text| !text.is_empty());
                entry.date.zip(text).is_some_and(|told| !seen.insert(told))
            });
            again.map(|(i, _)| Hit::at(format!("chronology[{i}].event"))).collect()
        }),
        ..Rule::USUAL
    },
];

/// A hit at a field of each entry of which something is true.
fn each(c: &Context<'_>, field: &str, wrong: impl Fn(&Entry) -> bool) -> Vec<Hit> {
    let hits = c.record.chronology.iter().enumerate().filter(|(_, entry)| wrong(entry));
    hits.map(|(i, _)| Hit::at(format!("chronology[{i}].{field}"))).collect()
}

fn words(entry: &Entry) -> usize {
    let texts = [&entry.event, &entry.action, &entry.outcome, &entry.impact_on_child];
    texts.into_iter().flatten().map(|text| text.split_whitespace().count()).sum()
}

fn long_gap(c: &Context<'_>) -> Vec<Hit> {
    let exact = |entry: &&Entry| entry.precision != Some(Precision::Year) && entry.family_history != Some(true);
    let mut dated: Vec<(Day, usize)> = c
        .record
        .chronology
        .iter()
        .enumerate()
        .filter(|(_, entry)| exact(entry))
        .filter_map(|(i, entry)| Some((entry.date?, i)))
        .collect();
    dated.sort_unstable();
    let gaps = dated.windows(2).filter_map(|pair| match pair {
        [(from, _), (to, i)] if *to > from.plus_months(12) => Some((*from, *to, *i)),
        _ => None,
    });
    let hits = gaps.filter(|(from, to, _)| was_open(c, *from, *to));
    hits.map(|(_, _, i)| Hit::at(format!("chronology[{i}].date"))).collect()
}

/// Whether a concern was open all through a stretch of time.
fn was_open(c: &Context<'_>, from: Day, to: Day) -> bool {
    let spans = |start: Option<Day>, end: Option<Day>| {
        start.is_some_and(|start| start <= from) && end.is_none_or(|end| end >= to)
    };
    let mut plans = c.record.plans.iter().filter(|plan| is_of_services(plan));
    let plan = plans.any(|plan| spans(plan.start, plan.ended_on));
    let help = c.record.early_help.as_ref().is_some_and(|help| {
        help.status.is_some_and(EarlyHelpStatus::is_open) && spans(help.started_on, help.closed_on)
    });
    let began = |ids: &[String]| {
        let cited = c.record.chronology.iter().filter(|entry| entry.id.as_ref().is_some_and(|id| ids.contains(id)));
        cited.filter(|entry| entry.family_history != Some(true)).filter_map(|entry| entry.date).min()
    };
    let risk = c.record.risks.iter().any(|risk| spans(began(&risk.evidence), risk.resolved_on));
    // Where a service worked with the child meanwhile, that is what happened.
    let within = |day: Option<Day>| day.is_some_and(|day| day > from && day < to);
    let served = c.record.services.iter().any(|service| within(service.from) || within(service.to));
    let assessed = c.record.assessments.iter().any(|one| within(one.started_on) || within(one.completed_on));
    (plan || help || risk) && !served && !assessed
}

fn single_agency(c: &Context<'_>) -> Vec<Hit> {
    let leads =
        c.record.plans.iter().filter(|plan| plan.is_open(c.today)).filter_map(|plan| plan.lead_agency.as_deref());
    let missed = c.record.engagement.iter().flat_map(|engagement| &engagement.missed);
    let services = missed.filter_map(|missed| missed.service.as_deref());
    // Where nobody worries, a skin clinic has no events to tell.
    let worried = c.record.risks.iter().any(is_about_somebody)
        || c.record.plans.iter().any(is_about_safety)
        || !c.unweighed().is_empty();
    let outside = c.record.services.iter().filter_map(|service| service.name.as_deref());
    let outside = outside.filter(|name| worried || !is_of_health(name));
    let agencies: BTreeSet<String> =
        leads.chain(services).chain(outside).map(fold).filter(|name| !name.is_empty()).collect();
    let sources: Vec<String> = c
        .record
        .chronology
        .iter()
        .filter_map(|entry| entry.source.as_ref().and_then(|source| source.agency.as_deref()))
        .chain(c.record.assessments.iter().filter_map(|assessment| assessment.led_by.as_deref()))
        .map(fold)
        .collect();
    let one = sources.len() > 1 && sources.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
    Hit::when(agencies.len() > 1 && one, "chronology")
}

/// Whether a service is one that treats an illness or helps with a disability, by its name.
fn is_of_health(name: &str) -> bool {
    const HEALTH: [&str; 22] = [
        "clinic",
        "hospital",
        "surgery",
        "gp",
        "nurse",
        "nurses",
        "nursing",
        "dermatology",
        "allergy",
        "audiology",
        "ent",
        "orthoptist",
        "optician",
        "dentist",
        "orthodontist",
        "physiotherapy",
        "physiotherapist",
        "occupational",
        "speech",
        "paediatrician",
        "paediatrics",
        "teacher of the deaf",
    ];
    says_any(name, &HEALTH)
}
