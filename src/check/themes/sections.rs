//! What stands outside the chronology, read once more where other facts worry: one question a section.

use crate::check::context::Context;
use crate::check::facts::weighed::{is_cited, is_weighed};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::Warning;
use crate::record::{Person, Record, Risk, YesNoUnknown};
use crate::text::is_at_or_under;

/// Words below which a text tells nothing that could be asked about.
const FEWEST_WORDS: usize = 4;

pub(in crate::check) const RULES: &[Rule] = &[Rule {
    code: "RK-34",
    severity: Warning,
    title: "Other facts worry: what is told in this section has to be read beside them",
    why: "The reviews found what mattered under a visitor's name, in a note on the bus or in the story of the absences. Each sentence was harmless by itself; nobody had read it beside the others.",
    source: Source::Briefing(
        "Managing Risk",
        "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
    ),
    next: "Read the section in one go. Put what matters into the chronology and a risk; or weigh the section in `[[weighed]]` with its name as `fact`.",
    precisely: Some(
        "Two facts or more as in RK-19 were not weighed, and no risk is recorded; or RK-22 asks about a fact, or a note tells of one as in RK-33; or RK-35 asks. One finding for each section with a text of four words or more that was not weighed, is evidence of no risk, and about which RK-33 asks nothing: `household`, `care`, `attendance`, `health`, `early_help`, `engagement`, `moves`, `services`, `assessments`, `plans`, `risks`, `sen`, `consents`, `transition_plan`, `sharing`, `voice`.",
    ),
    bad: concat!(
        "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2025-01-10\n",
        "[[plans]]\nid = \"pl2\"\ntype = \"cp_s47\"\nstart = 2024-01-10\nended_on = 2024-11-10\n",
        "[transition_plan]\ntransport = \"Her stepbrother brings her home every day\"\n"
    ),
    good: concat!(
        "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2025-01-10\n",
        "[[plans]]\nid = \"pl2\"\ntype = \"cp_s47\"\nstart = 2024-01-10\nended_on = 2024-11-10\n",
        "[transition_plan]\ntransport = \"Her stepbrother brings her home every day\"\n",
        "[[weighed]]\nfact = \"pl1, pl2\"\nreason = \"The social worker has met everybody in the home and closed both\"\nby = \"R. Sample, DSL\"\non = 2026-06-22\n"
    ),
    judge: Judge::Each(sections),
    ..Rule::USUAL
}];

/// A section, and what a safeguarding lead asks of what it tells.
struct Section {
    /// Where the finding stands.
    at: &'static str,
    /// What `weighed.fact` calls it.
    key: &'static str,
    question: &'static str,
    told: fn(&Record) -> Vec<IdentifyingPatterns<'_>>,
}

/// Something that a section tells.
struct IdentifyingPatterns<'a> {
    path: String,
    /// Its `id`, by which it can be weighed or be evidence.
    id: Option<&'a str>,
    words: usize,
}

/// One thing of a section: its path, its `id` and its texts.
fn told<'a>(path: impl Into<String>, id: Option<&'a String>, texts: &[&Option<String>]) -> IdentifyingPatterns<'a> {
    let words = |text: &String| text.split_whitespace().count();
    IdentifyingPatterns {
        path: path.into(),
        id: id.map(|id| id.trim()),
        words: texts.iter().copied().flatten().map(words).sum(),
    }
}

/// Each thing of a list, numbered, with its texts.
fn each<'a, T, const N: usize>(
    list: &str,
    things: &'a [T],
    texts: impl Fn(&'a T) -> [&'a Option<String>; N],
) -> impl Iterator<Item = IdentifyingPatterns<'a>> {
    things.iter().enumerate().map(move |(i, thing)| told(format!("{list}[{i}]"), None, &texts(thing)))
}

/// The same of things that have an `id`.
fn each_named<'a, T, const N: usize>(
    list: &str,
    things: &'a [T],
    id: fn(&T) -> &Option<String>,
    texts: impl Fn(&'a T) -> [&'a Option<String>; N],
) -> impl Iterator<Item = IdentifyingPatterns<'a>> {
    let named = move |(one, thing): (IdentifyingPatterns<'a>, &'a T)| IdentifyingPatterns {
        id: id(thing).as_deref().map(str::trim),
        ..one
    };
    each(list, things, texts).zip(things).map(named)
}

/// One thing of a section that is a list of lines.
fn lines(path: &str, lines: &[String]) -> IdentifyingPatterns<'static> {
    IdentifyingPatterns {
        path: path.to_owned(),
        id: None,
        words: lines.iter().map(|line| line.split_whitespace().count()).sum(),
    }
}

const SECTIONS: [Section; 19] = [
    Section {
        at: "household.people",
        key: "household",
        question: "What do services, and not the family, say of this parent's past; what are their own day, health and money like; what have they told or asked of anybody and was it heard; and who has spoken with them alone?",
        told: |record| people(record, Around::Parent),
    },
    Section {
        at: "household.people",
        key: "household",
        question: "What is this brother's or sister's own story, what became of them, and has anybody asked whether it is this child's as well?",
        told: |record| people(record, Around::Sibling),
    },
    Section {
        at: "household.people",
        key: "household",
        question: "Who is this, since when and how often alone with the child, what do services know of them, and has anybody asked what they have seen or heard of the child?",
        told: |record| people(record, Around::Other),
    },
    Section {
        at: "household.note",
        key: "household",
        question: "Who is in the home by day and by night, who sleeps where, what became of those who left, and who has seen it?",
        told: |record| {
            let household = record.household.iter();
            household.map(|home| told("household.note", None, &[&home.note, &home.generations_note])).collect()
        },
    },
    Section {
        at: "care",
        key: "care",
        question: "What was decided exactly and until when, who has read the paper itself, and what keeps everybody safe after it?",
        told: care,
    },
    Section {
        at: "attendance",
        key: "attendance",
        question: "What do the days away have in common, what else happened on those days, and who outside the family has confirmed the reasons?",
        told: attendance,
    },
    Section {
        at: "health",
        key: "health",
        question: "Who in health found or prescribed it, when did it begin and what else began then, who outside the home has seen it, what makes it better or worse, and what does the child say?",
        told: health,
    },
    Section {
        at: "early_help",
        key: "early_help",
        question: "Who has added up all that was known when this was decided, one thing beside the other, and what would have to happen for it to be decided again?",
        told: |record| {
            let help = record.early_help.iter();
            help.map(|help| told("early_help.reason_not_proceeding", None, &[&help.reason_not_proceeding])).collect()
        },
    },
    Section {
        at: "engagement",
        key: "engagement",
        question: "What would somebody make of it who did not know this family, whose word is it, what was never done although it was agreed, and who has not been heard?",
        told: engagement,
    },
    Section {
        at: "moves",
        key: "moves",
        question: "Where was the child in between, who saw the child there, and who has spoken with the school and authority before this one?",
        told: moves,
    },
    Section {
        at: "services",
        key: "services",
        question: "Whom did it see and was the child seen alone, what did it find and not know of what others know, why did it end, and what was left undone?",
        told: services,
    },
    Section {
        at: "assessments",
        key: "assessments",
        question: "Whom did it hear and whose word did it rest on, was what it says done, and if not, why does the child's day go on as before?",
        told: assessments,
    },
    Section {
        at: "plans",
        key: "plans",
        question: "When did the person who leads it last see the child alone, what has changed for the child since it began, and who would notice if nothing had?",
        told: |record| each_named("plans", &record.plans, |one| &one.id, |one| [&one.summary]).collect(),
    },
    Section {
        at: "risks",
        key: "risks",
        question: "What shows that this still protects the child or that it is over, and what would be left without it?",
        told: risks,
    },
    Section {
        at: "transition_plan",
        key: "transition_plan",
        question: "Whose wish is it, who will be alone with the child or bring and fetch it, what is behind what the child avoids or cannot bear, and was the child asked alone?",
        told: transition_plan,
    },
    Section {
        at: "sharing.withheld",
        key: "sharing",
        question: "What was it and who asked for it to be left out, and can the child be kept safe by somebody who does not know it?",
        told: |record| {
            let withheld = record.sharing.iter().flat_map(|sharing| &sharing.withheld).enumerate();
            withheld
                .map(|(i, part)| told(format!("sharing.withheld[{i}]"), None, &[&part.what, &part.reason]))
                .collect()
        },
    },
    Section {
        at: "sen",
        key: "sen",
        question: "Was what helped gone on with, and if not, who decided that and why?",
        told: sen,
    },
    Section {
        at: "consents",
        key: "consents",
        question: "Who refused it or took it back and why, whom does that keep from seeing the child or speaking with whom, and is it needed where a child may be harmed?",
        told: consents,
    },
    Section {
        at: "voice",
        key: "voice",
        question: "Who was there when the child spoke or showed it, who put it into words, what was the child telling, who was told of it, and what has not been asked?",
        told: voice,
    },
];

/// What somebody is to the child, as far as the question goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Parent,
    Sibling,
    Other,
}

fn people(record: &Record, around: Around) -> Vec<IdentifyingPatterns<'_>> {
    let is = |person: &Person| match around {
        Around::Parent => person.is_parent(),
        Around::Sibling => person.is_sibling(),
        Around::Other => !person.is_parent() && !person.is_sibling(),
    };
    let people = record.household.iter().flat_map(|household| &household.people).enumerate();
    people
        .filter(|(_, person)| is(person))
        .map(|(i, person)| {
            let texts = [
                &person.note,
                &person.role_in_care,
                &person.views_not_sought_why,
                &person.support_needs,
                &person.unknown_why,
                &person.plan_status,
            ];
            told(format!("household.people[{i}]"), person.id.as_ref(), &texts)
        })
        .collect()
}

fn care(record: &Record) -> Vec<IdentifyingPatterns<'_>> {
    let Some(care) = &record.care else { return Vec::new() };
    let mut all = vec![told("care.note", None, &[&care.note, &care.unknown_why])];
    all.extend(each("care.orders", &care.orders, |order| [&order.says]));
    all
}

fn attendance(record: &Record) -> Vec<IdentifyingPatterns<'_>> {
    let Some(attendance) = &record.attendance else { return Vec::new() };
    let confirmed = attendance.medical_corroboration.iter().map(|found| &found.summary);
    let mut all = vec![told("attendance.story", None, &[&attendance.story])];
    all.extend(confirmed.map(|summary| told("attendance.medical_corroboration", None, &[summary])));
    let periods = attendance.periods.iter().enumerate();
    all.extend(periods.map(|(i, period)| told(format!("attendance.periods[{i}].note"), None, &[&period.note])));
    all.extend(each("attendance.part_time", &attendance.part_time, |time| [&time.reason]));
    all.extend(each("attendance.suspensions", &attendance.suspensions, |time| [&time.reason]));
    all
}

fn health(record: &Record) -> Vec<IdentifyingPatterns<'_>> {
    let Some(health) = &record.health else { return Vec::new() };
    let conditions = each("health.conditions", &health.conditions, |one| [&one.name, &one.action, &one.detail]);
    let medicines = each("health.medicines", &health.medicines, |one| [&one.name, &one.purpose, &one.when, &one.kept]);
    conditions.chain(medicines).collect()
}

fn engagement(record: &Record) -> Vec<IdentifyingPatterns<'_>> {
    let Some(engagement) = &record.engagement else { return Vec::new() };
    let mut all = vec![lines("engagement.observed", &engagement.observed)];
    all.extend(each("engagement.missed", &engagement.missed, |one| [&one.service, &one.reason_given]));
    all
}

fn moves(record: &Record) -> Vec<IdentifyingPatterns<'_>> {
    let Some(moves) = &record.moves else { return Vec::new() };
    let mut all = vec![told("moves.note", None, &[&moves.note])];
    all.extend(each("moves.schools", &moves.schools, |stay| {
        [&stay.gap_before_reason, &stay.follow_up, &stay.unknown_why]
    }));
    all.extend(each("moves.addresses", &moves.addresses, |address| [&address.note]));
    all.extend(each("moves.home_education", &moves.home_education, |time| [&time.known]));
    all
}

fn services(record: &Record) -> Vec<IdentifyingPatterns<'_>> {
    each_named("services", &record.services, |one| &one.id, |one| [&one.name, &one.purpose]).collect()
}

fn assessments(record: &Record) -> Vec<IdentifyingPatterns<'_>> {
    each_named("assessments", &record.assessments, |one| &one.id, |one| [&one.conclusion, &one.changed]).collect()
}

fn risks(record: &Record) -> Vec<IdentifyingPatterns<'_>> {
    let risks = record.risks.iter().enumerate();
    let over = |(i, risk): (usize, &Risk)| {
        let protects = lines(&format!("risks[{i}].protective_factors"), &risk.protective_factors);
        [protects, told(format!("risks[{i}].resolved_basis"), None, &[&risk.resolved_basis])]
    };
    risks.flat_map(over).collect()
}

fn sen(record: &Record) -> Vec<IdentifyingPatterns<'_>> {
    let Some(sen) = &record.sen else { return Vec::new() };
    each("sen.tried", &sen.tried, |one| [&one.what, &one.outcome]).collect()
}

/// Consents that were not given, or taken back.
fn consents(record: &Record) -> Vec<IdentifyingPatterns<'_>> {
    let refused = record.consents.iter().enumerate().filter(|(_, consent)| consent.given == Some(YesNoUnknown::No));
    refused
        .map(|(i, _)| IdentifyingPatterns { words: FEWEST_WORDS, ..told(format!("consents[{i}]"), None, &[]) })
        .collect()
}

fn transition_plan(record: &Record) -> Vec<IdentifyingPatterns<'_>> {
    let Some(plan) = &record.transition_plan else { return Vec::new() };
    let mut all = vec![
        told("transition_plan.transport", None, &[&plan.transport]),
        told("transition_plan.friendships", None, &[&plan.friendships]),
        // A name is enough.
        IdentifyingPatterns { words: plan.keep_with.len() * FEWEST_WORDS, ..lines("transition_plan.keep_with", &[]) },
        lines("transition_plan.triggers", &plan.triggers),
        lines("transition_plan.discuss_verbally", &plan.discuss_verbally),
        told("transition_plan.day_one_support", None, &[&plan.day_one_support, &plan.first_week]),
        told("transition_plan.parent_involvement", None, &[&plan.parent_involvement]),
    ];
    let talk = plan.handover_conversation.iter().map(|talk| &talk.note);
    all.extend(talk.map(|note| told("transition_plan.handover_conversation", None, &[note])));
    all
}

fn voice(record: &Record) -> Vec<IdentifyingPatterns<'_>> {
    let Some(voice) = &record.voice else { return Vec::new() };
    let mut all = vec![
        told("voice.communication_support", None, &[&voice.communication_support]),
        told("voice.not_obtained_reason", None, &[&voice.not_obtained_reason]),
    ];
    all.extend(each_named("voice.worries", &voice.worries, |worry| &worry.id, |worry| [&worry.text]));
    all.extend(each("voice.observations", &voice.observations, |one| [&one.what]));
    all
}

fn sections(c: &Context<'_>) -> Vec<Hit> {
    if !c.is_something_open() {
        return Vec::new();
    }
    // A question about a person's kind of life may be another than that about one word of it.
    let open = |one: &IdentifyingPatterns<'_>| {
        let is_asked = || {
            !one.path.starts_with("household.people")
                && c.notes().iter().any(|hit| is_at_or_under(&hit.path, &one.path))
        };
        one.words >= FEWEST_WORDS && !is_cited(c, one.id) && !is_weighed(c, one.id, None) && !is_asked()
    };
    let mut hits = Vec::new();
    for section in SECTIONS.iter().filter(|section| !is_weighed(c, Some(section.key), None)) {
        let told: Vec<_> = (section.told)(c.record).into_iter().filter(open).collect();
        if let Some(first) = told.first() {
            let names: Vec<_> = told.iter().map(|one| name(one)).collect();
            let message = format!("Read beside the other facts ({}): {}", names.join(", "), section.question);
            hits.push(Hit::at(if told.len() == 1 { first.path.as_str() } else { section.at }).because(message));
        }
    }
    hits
}

/// How the message calls one thing of a section: by its `id`, else by its place.
fn name(one: &IdentifyingPatterns<'_>) -> String {
    one.id.filter(|id| !id.is_empty()).map_or_else(|| one.path.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::facts::fact::KEYWORDS;

    #[test]
    fn every_section_can_be_weighed() {
        for section in &SECTIONS {
            assert!(KEYWORDS.contains(&section.key), "{}", section.key);
        }
    }
}
