//! Events that nobody has asked about: what is grave, called everyday, or was read by nobody.

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::check::example_parts::{event, second};
use crate::check::facts::collect::speaks;
use crate::check::facts::events::{name, question};
use crate::check::facts::people::is_kept_out;
use crate::check::facts::plans::is_of_services;
use crate::check::facts::risks::{is_about_somebody, names_somebody};
use crate::check::facts::small_signs::are_many;
use crate::check::facts::weighed::{is_cited, is_cited_by, is_weighed_entry, open_entries, unweighed_entries};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::questions;
use crate::problem::Severity::Warning;
use crate::record::{ChangeKind, Entry, EventKind, Risk};

/// So many events that nobody has read together are a pattern of their own.
const MANY: usize = 3;

/// An event that is called everyday, under a name of its own.
macro_rules! everyday {
    ($id:literal) => {
        concat!(second!($id), "kinds = [\"everyday\"]\n")
    };
}

/// A parent's account, under a name of its own.
macro_rules! told_by_parent {
    ($id:literal) => {
        concat!(second!($id), "kinds = [\"parents_account\"]\n")
    };
}

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "CH-16",
        severity: Warning,
        title: "Several events stand in the chronology, and nothing says what they mean together",
        why: "Each small event has its explanation; the reviews found that nobody had laid them side by side. Somebody has to say for each what it was.",
        source: Source::Briefing(
            "Managing Risk",
            "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
        ),
        next: "Read them in one go, set `kinds` for each (also `everyday`), and record a risk or weigh them.",
        precisely: Some(
            "Three entries or more of the child's own life that are not positive, have no `kinds` or `signs`, and no kind of change unless their words may tell of what is grave; are cited by no risk and were not weighed (where their words may tell of what is grave, or a fact as in RK-19 of the chronology or of a person was not weighed: by no risk but one of health, school, housing, a loss or another kind); in a record with a risk, a plan of services, a parent who was not asked at the other's wish, a fact as in RK-19 that was not weighed, or two entries whose words may tell of what is grave; beside two such facts that no risk uses one entry is enough, unless a risk speaks of what somebody does or fails to do.",
        ),
        bad: concat!(
            event!(""),
            second!("c2"),
            second!("c3"),
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2025-01-10\n"
        ),
        good: concat!(event!(""), second!("c2"), second!("c3")),
        judge: Judge::Each(|c| {
            let risks = !c.record.risks.is_empty() || c.record.plans.iter().any(is_of_services);
            let mut people = c.record.household.iter().flat_map(|household| &household.people);
            let unheard = people.any(is_kept_out);
            let worried = risks || unheard || !c.unweighed().is_empty() || are_many(c);
            // Beside other facts that nobody weighed, one is enough.
            let answered = names_somebody(c);
            let open = (open_facts(c) > 1 && !answered) || c.is_something_open();
            let enough = if open { 1 } else { MANY };
            // Several that may be grave worry by themselves.
            let grave = || c.record.chronology.iter().filter_map(|entry| questions::grave(entry.event.as_deref()?));
            let unread = if worried || grave().count() > 1 { unread(c) } else { Vec::new() };
            if unread.len() >= enough { unread } else { Vec::new() }
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "CH-17",
        severity: Warning,
        title: "An event is called everyday, and other things in the record worry: why was it written down?",
        why: "A razor in the hall, a van at the gate, a child who goes quiet: each is everyday. Beside other facts it may be the piece that was missing.",
        source: Source::Briefing(
            "Managing Risk",
            "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
        ),
        next: "Read them in one go; say what each was, record a risk, or weigh them.",
        precisely: Some(
            "Entries of kind `everyday` alone that are not positive, cited by no risk and not weighed, where two facts as in RK-19 stand in the record that were not weighed; or whose own words tell of such a fact, where there are two of these or more (three, where all are signs that needs may not be met). Beside one such fact also those, and positive ones, whose words may tell of what is grave: weapons, wanting to die, locking in, medicine, blows, touching, cash and strangers, control, prison, caring for a parent, drink and drugs, forced marriage or belief; of positive ones also those that tell of the kindness of an adult or of a child who is very grown up; and entries whose kinds are all mild (a parent's account, a carer's health, caring for somebody, bullying, an agreement, a referral that was closed) where their words tell of such a fact or of what is grave, or where facts stand open as in RK-34.",
        ),
        bad: concat!(
            everyday!("c1"),
            "[[chronology]]\nid = \"c2\"\ndate = 2026-02-14\nevent = \"Grandmother rang, worried\"\nbasis = \"reported\"\nsource = { agency = \"school\" }\naction = \"Talked\"\noutcome = \"Fine\"\nkinds = [\"concern_of_relative\"]\n",
            "[[chronology]]\nid = \"c3\"\ndate = 2026-03-14\nevent = \"Not seen\"\nbasis = \"reported\"\nsource = { agency = \"school\" }\naction = \"Talked\"\noutcome = \"Fine\"\nkinds = [\"not_seen\"]\n"
        ),
        good: concat!(everyday!("c1"), everyday!("c2"), everyday!("c3"), everyday!("c4"), everyday!("c5")),
        judge: Judge::Each(|c| {
            let open: Vec<_> = open_entries(c, any_risk).collect();
            let everyday: Vec<_> =
                open.iter().copied().filter(|(_, entry)| entry.kinds == [EventKind::Everyday]).collect();
            // A kind that is true and mild says nothing of the rest of the sentence.
            let mild = open.iter().copied().filter(|(_, entry)| is_mild(entry) && entry.kinds != [EventKind::Everyday]);
            // What its words would have told, had nobody called it everyday.
            let by_words = |entry: &Entry| speaks(&Entry { kinds: Vec::new(), ..entry.clone() }).map(|(what, _)| what);
            let sign = name(EventKind::NeglectSign);
            let told: Vec<_> = everyday.iter().filter_map(|(_, entry)| by_words(entry)).collect();
            let grave = told.iter().filter(|what| **what != sign).count();
            let telling = grave > 1 || told.len() > 2;
            let open_facts = open_facts(c);
            let many = are_many(c);
            let worried = open_facts > 1 || many;
            // What went well may hold what is grave, too.
            let well = c.record.chronology.iter().enumerate().filter(|(_, entry)| {
                let own = entry.positive == Some(true) && entry.family_history != Some(true);
                own && !is_cited(c, entry.id.as_deref()) && !is_weighed_entry(c, entry)
            });
            let asks = |entry: &Entry, of: fn(&str) -> Option<&'static str>| {
                entry.event.as_deref().filter(|_| open_facts > 0 || many).and_then(of)
            };
            let well = well.filter_map(|(i, entry)| {
                let message = format!(
                    "This is said to have gone well, and its words may tell of more. {}",
                    asks(entry, questions::of_kindness)?
                );
                Some(Hit::at(format!("chronology[{i}].positive")).because(message))
            });
            let asked = everyday.into_iter().filter_map(|(i, entry)| {
                let hit = Hit::at(format!("chronology[{i}].kinds"));
                match by_words(entry) {
                    Some(what) if worried || telling => {
                        let question = questions::about(entry);
                        Some(hit.because(format!("Called everyday, and its words may tell of {what}. {question}")))
                    }
                    _ if worried || asks(entry, questions::grave).is_some() => {
                        let question = questions::about(entry);
                        Some(hit.because(format!("Called everyday, and other things in the record worry. {question}")))
                    }
                    _ => None,
                }
            });
            let mild = mild.filter_map(|(i, entry)| {
                let told = by_words(entry).filter(|what| *what != sign && (open_facts > 0 || many));
                let kind = entry.kinds.first().filter(|_| c.is_something_open());
                let open = || kind.map(|kind| question(*kind));
                asks(entry, questions::grave).or_else(|| told.map(|_| questions::about(entry))).or_else(open).map(
                    |question| {
                        let message = format!("The kind says little, and the words may tell of more. {question}");
                        Hit::at(format!("chronology[{i}].kinds")).because(message)
                    },
                )
            });
            asked.chain(well).chain(mild).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "CH-18",
        severity: Warning,
        title: "Again and again the record rests on a parent's account that nobody else has seen",
        why: "Parents know their child best, and most accounts are right. Illness, accidents and reasons that only one person ever saw need a second pair of eyes.",
        source: Source::Local("NSPCC: over-reliance on one parent for information"),
        next: "Ask somebody who has seen it (doctor, other parent, relative, staff), and record that; or weigh the entry.",
        precisely: Some(
            "Two entries or more of kind `parents_account`, not weighed, and evidence of no risk but one of health, housing, a loss, out of school or other.",
        ),
        bad: concat!(told_by_parent!("c1"), told_by_parent!("c2")),
        good: told_by_parent!("c1"),
        judge: Judge::Each(|c| {
            let entries = open_entries(c, is_about_somebody)
                .filter(|(_, entry)| entry.kinds.contains(&EventKind::ParentsAccount));
            let hits: Vec<_> = entries.map(|(i, _)| Hit::at(format!("chronology[{i}]"))).collect();
            if hits.len() > 1 { hits } else { Vec::new() }
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "CH-19",
        severity: Warning,
        title: "The child took something back: was it safe to do anything else?",
        why: "Children take back what is true when they see what it costs. Who was there, and who asked, decides what a retraction is worth.",
        source: Source::Briefing(
            "Neglect",
            "They may hide and minimise the abuse they are suffering; they may need to keep quiet to survive.",
        ),
        next: "Say in `present` who was there, and weigh the entry; let somebody the child trusts ask again, alone.",
        precisely: Some("An entry of kind `retraction` that was not weighed, also where a risk refers to it."),
        bad: event!("kinds = [\"retraction\"]\n"),
        good: concat!(
            event!("kinds = [\"retraction\"]\n"),
            "[[weighed]]\nfact = \"c1\"\nreason = \"Asked again alone by the ELSA on two days; the quarrel was with a cousin\"\nby = \"R. Sample, DSL\"\non = 2026-06-22\n"
        ),
        judge: Judge::Each(|c| {
            let taken_back = unweighed_entries(c, &[EventKind::Retraction]);
            taken_back.map(|(i, _)| Hit::at(format!("chronology[{i}]"))).collect()
        }),
        ..Rule::USUAL
    },
];

/// Whether all that an event is said to be is no fact by itself.
fn is_mild(entry: &Entry) -> bool {
    const MILD: [EventKind; 7] = [
        EventKind::Everyday,
        EventKind::ParentsAccount,
        EventKind::CarersHealth,
        EventKind::CaresForOthers,
        EventKind::Bullying,
        EventKind::AgreementMade,
        EventKind::ReferralClosed,
    ];
    !entry.kinds.is_empty() && entry.kinds.iter().all(|kind| MILD.contains(kind))
}

/// How many facts speak against a reassurance, were not weighed, and are used by no risk.
fn open_facts(c: &Context<'_>) -> usize {
    c.unweighed().iter().filter(|fact| !is_cited(c, Some(&fact.key))).count()
}

/// An entry that any risk uses is not open here, resolved or not.
fn any_risk(_: &Risk) -> bool {
    true
}

/// Entries that say nothing of what they mean, and that nothing else speaks of.
fn unread(c: &Context<'_>) -> Vec<Hit> {
    let silent = |entry: &Entry| {
        let told =
            entry.change_kind.is_some_and(|kind| kind != ChangeKind::Other) || entry.operation_encompass.is_some();
        let grave = || entry.event.as_deref().and_then(questions::grave).is_some();
        entry.kinds.is_empty() && entry.signs.is_empty() && (!told || grave())
    };
    // A risk of health or of another mild kind does not answer what may be grave.
    let told = |path: &str| path.starts_with("chronology[") || path.starts_with("household");
    let is_told = c.unweighed().iter().any(|fact| told(&fact.path));
    let is_answered = |entry: &Entry| {
        let strict = is_told || entry.event.as_deref().and_then(questions::grave).is_some();
        let of: fn(&Risk) -> bool = if strict { is_about_somebody } else { any_risk };
        is_cited_by(c, entry.id.as_deref(), of)
    };
    // What is a fact is named by RK-19 and RK-22.
    let facts: BTreeSet<&str> = c.unweighed().iter().map(|fact| fact.path.as_str()).collect();
    let is_fact = |i: usize| facts.contains(format!("chronology[{i}]").as_str());
    let plain = open_entries(c, |_| false).filter(|(i, entry)| !is_answered(entry) && silent(entry) && !is_fact(*i));
    let asked = |(i, entry)| {
        let message = format!("Nothing says what this event means beside the others. {}", questions::about(entry));
        Hit::at(format!("chronology[{i}].kinds")).because(message)
    };
    plain.map(asked).collect()
}
