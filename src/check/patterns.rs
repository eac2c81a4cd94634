//! What facts mean together: patterns that no single entry shows.

use super::events::{is_any, kinds, signs, signs_in};
use super::facts::{is_about_safety, is_weighed};
use super::risks::event;
use super::rule::{Context, Hit, Judge, Rule, Source};
use super::words::{Words, says_any};
use crate::problem::Severity::Warning;
use crate::record::{
    Circumstance, ClosedReason, Entry, EventKind, NeglectSign, PlanType, Risk, RiskKind, ServiceEnd, YoungCarer, blank,
};

/// A second event, with what follows.
macro_rules! later {
    ($rest:literal) => {
        concat!(
            "[[chronology]]\nid = \"c2\"\ndate = 2026-03-14\nevent = \"Told the class teacher\"\nbasis = \"observed\"\n",
            "source = { agency = \"school\" }\naction = \"DSL told\"\noutcome = \"Watched\"\n",
            $rest
        )
    };
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "RK-21",
        severity: Warning,
        title: "Injuries repeat or are explained in different ways, and no risk speaks of physical harm",
        why: "One bruise has many harmless reasons. Several, or one that everybody explains differently, have to be thought about together.",
        source: Source::Briefing(
            "Managing Risk",
            "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
        ),
        next: "Record a risk of kind `physical_abuse`, current or resolved; or weigh each of these entries.",
        precisely: Some(
            "Two injuries within two years that no member of staff saw happen, or one with `accounts_agree = false`, or with several accounts and no word on whether they agree; not weighed.",
        ),
        bad: concat!(event!("kinds = [\"injury\"]\n"), later!("kinds = [\"injury\"]\n")),
        good: concat!(event!("kinds = [\"injury\"]\n"), later!("kinds = [\"injury\"]\nwitnessed = true\n")),
        judge: Judge::Each(repeated_injuries),
    },
    Rule {
        code: "RK-23",
        severity: Warning,
        title: "What is known of an adult's own life was not thought through for the child",
        why: "Illness, strong medicines, prison, or a childhood in care or with abuse change what a parent can give. Recorded as support, it helps; left out, the child carries it alone.",
        source: Source::Briefing(
            "Themes drawn from all of the SCR’s",
            "Professionals working with pregnant and new mothers need to consider the long term impact of unresolved childhood trauma and abuse on future parenting capacity",
        ),
        next: "Add `support_needs` or `strengths` to that person, or a risk; or weigh it with the person's `id`.",
        precisely: Some(
            "A person with `circumstances` who lives with the child, has parental responsibility or cares for the child. A risk of abuse, neglect, domestic abuse, a carer's mental health or substance misuse, or of a young carer answers it. For violence, harm to a child, substance misuse and sexual exploitation strengths alone are not enough.",
        ),
        bad: "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo\"\nstatus = \"known\"\nlives_with_child = true\ncircumstances = [\"illness\"]\n",
        good: "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo\"\nstatus = \"known\"\nlives_with_child = true\ncircumstances = [\"illness\"]\nsupport_needs = \"Lifts to the clinic on Mondays; aunt has the children\"\n",
        judge: Judge::Each(adults_lives),
    },
    Rule {
        code: "RK-24",
        severity: Warning,
        title: "Sexual abuse or exploitation in the family's history, and no risk speaks of it",
        why: "One review found little curiosity about males around a family with such a history. It does not say that it will happen again; it says that somebody has to ask.",
        source: Source::Briefing(
            "Themes drawn from all of the SCR’s",
            "particularly where there has been a history of sexual exploitation or abuse",
        ),
        next: "Record a risk of kind `sexual_abuse` or `exploitation` (resolved, if so); or weigh the entry or person.",
        precisely: None,
        bad: "[[chronology]]\nid = \"c1\"\ndate = 2009-03-01\nfamily_history = true\nevent = \"Mother was sexually exploited as a girl\"\nbasis = \"document\"\nsource = { agency = \"health\" }\naction = \"Noted\"\noutcome = \"Support for mother\"\n",
        good: "[[chronology]]\nid = \"c1\"\ndate = 2009-03-01\nfamily_history = true\nevent = \"Mother was in hospital for a year as a girl\"\nbasis = \"document\"\nsource = { agency = \"health\" }\naction = \"Noted\"\noutcome = \"Support for mother\"\n",
        judge: Judge::Each(history_of_exploitation),
    },
    Rule {
        code: "RK-25",
        severity: Warning,
        title: "Several signs that needs are not met, and no risk speaks of neglect",
        why: "Neglect was a feature in all five reviews. Hunger, smell, thin clothes, tiredness and missed dentists are each explained away alone; together they are a picture.",
        source: Source::Briefing("Neglect", "Neglect was a feature in all of the SCR’s"),
        next: "Record a risk of kind `neglect`; or weigh it with `fact = \"signs_of_neglect\"`.",
        precisely: Some(
            "Three different signs among chronology, observations and the child's own words, or two beside persistent absence. Signs are those of `signs`; where an entry has neither `kinds` nor `signs`, its words are looked at.",
        ),
        bad: event!("signs = [\"hunger\", \"hygiene\", \"clothing\"]\n"),
        good: event!("signs = [\"hunger\"]\n"),
        judge: Judge::Each(joined_signs),
    },
    Rule {
        code: "RK-26",
        severity: Warning,
        title: "Signs of exploitation, and no risk speaks of it",
        why: "Goods, money, journeys and older friends are how it begins, and each looks like growing up. It is for adults to put them together.",
        source: Source::Briefing(
            "Neglect",
            "they may present in behaviours which place them at increased risk of harm by engaging in risk-taking behaviour including drug and alcohol misuse and offending",
        ),
        next: "Record a risk of kind `exploitation` (or `missing_from_home`, `online`); or weigh each of these entries.",
        precisely: Some("Entries of kind `exploitation_sign` or `missing`, not weighed."),
        bad: event!("kinds = [\"exploitation_sign\"]\n"),
        good: concat!(
            event!("kinds = [\"exploitation_sign\"]\n"),
            "[[risks]]\nid = \"r1\"\nkind = \"exploitation\"\nimpact_on_child = \"Out late and tired\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"
        ),
        judge: Judge::Each(|c| {
            let of_it = [RiskKind::Exploitation, RiskKind::MissingFromHome, RiskKind::Online, RiskKind::SexualAbuse];
            if has_risk(c, &of_it) {
                return Vec::new();
            }
            unweighed_entries(c, &[EventKind::ExploitationSign, EventKind::Missing])
        }),
    },
    Rule {
        code: "RK-27",
        severity: Warning,
        title: "The child cares for somebody, and nobody has looked at what that takes",
        why: "A child who cares for a parent or brother is seldom asked what it costs. A young carer has a right to an assessment.",
        source: Source::Law("Children Act 1989, section 17ZA (not checked against the text in force)"),
        next: "Add a risk of kind `young_carer`, an assessment or a plan of that kind; or weigh it with `fact = \"young_carer\"`.",
        precisely: Some(
            "`characteristics.young_carer` is P or S, an early help indicator says so, an entry is of kind `cares_for_others`, or the child's own words say so.",
        ),
        bad: "[characteristics]\nyoung_carer = \"S\"\n",
        good: "[characteristics]\nyoung_carer = \"N\"\n",
        judge: Judge::Each(young_carer),
    },
    Rule {
        code: "RK-29",
        severity: Warning,
        title: "Domestic abuse came up more than once, and no current risk speaks of it",
        why: "Each notice is closed for itself; together they show whether it is getting worse. “Resolved” needs evidence that does not come from those concerned.",
        source: Source::Briefing("Findings", "3 out of 5 Domestic Abuse was a feature"),
        next: "Record a current risk of kind `domestic_abuse`; or weigh each entry, with who outside the family knows that it has ended.",
        precisely: Some(
            "Two entries or more of kind `domestic_abuse`, or police notices with Operation Encompass, within three years, not weighed.",
        ),
        bad: concat!(event!("kinds = [\"domestic_abuse\"]\n"), later!("kinds = [\"domestic_abuse\"]\n")),
        good: event!("kinds = [\"domestic_abuse\"]\n"),
        judge: Judge::Each(|c| {
            let current = |risk: &Risk| risk.is_current() && risk.kind == Some(RiskKind::DomesticAbuse);
            if c.record.risks.iter().any(current) {
                return Vec::new();
            }
            let line = c.today.plus_months(-36);
            let recent = |entry: &Entry| entry.date.is_some_and(|date| date >= line);
            let entries = c.record.chronology.iter().enumerate().filter(|(_, entry)| {
                let own = entry.family_history != Some(true) && recent(entry);
                own && is_any(entry, &[EventKind::DomesticAbuse]) && !is_weighed_entry(c, entry)
            });
            let hits: Vec<_> = entries.map(|(i, _)| Hit::at(format!("chronology[{i}]"))).collect();
            if hits.len() > 1 { hits } else { Vec::new() }
        }),
    },
    Rule {
        code: "CH-14",
        severity: Warning,
        title: "The child told something that may be harm, and no referral is recorded",
        why: "A disclosure that was logged and explained away is in almost every review. If it was not referred, somebody decided that, and the record says why.",
        source: Source::Guidance(
            "Keeping children safe in education: what staff should do if a child makes a disclosure",
        ),
        next: "Add the referral to the chronology (`kinds = [\"referral_made\"]`); or weigh the entry, with the reason why none was made.",
        precisely: Some(
            "An entry with `basis = \"disclosed\"` or of kind `disclosure`, not positive, after which no referral, assessment or plan began within three months. Bullying and everyday events are left out.",
        ),
        bad: event!("kinds = [\"disclosure\"]\n"),
        good: concat!(
            event!("kinds = [\"disclosure\"]\n"),
            "[[assessments]]\nid = \"a1\"\nkind = \"section_47\"\nstarted_on = 2025-11-16\n"
        ),
        judge: Judge::Each(undisclosed),
    },
    Rule {
        code: "CH-15",
        severity: Warning,
        title: "Something new came up after a referral was closed, and nobody referred it again",
        why: "A closed referral answers the question of that day. What comes after is new, and is often the thing that the first referral lacked.",
        source: Source::Briefing(
            "Managing Risk",
            "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
        ),
        next: "Refer again and record it; or weigh the later entry.",
        precisely: Some("An event as in RK-19 after the last closing, with no later referral, assessment or plan."),
        bad: concat!(event!("kinds = [\"referral_closed\"]\n"), later!("kinds = [\"neglect_sign\"]\n")),
        good: concat!(event!("kinds = [\"referral_closed\"]\n"), later!("kinds = [\"referral_made\"]\n")),
        judge: Judge::Each(after_closing),
    },
    Rule {
        code: "PL-19",
        severity: Warning,
        title: "Earlier plans stand beside today's risks, and no risk speaks of earlier concerns",
        why: "A plan that ended tells what somebody feared, and what helped or did not. Reviews found it forgotten as soon as it was closed.",
        source: Source::Briefing(
            "Assessments",
            "family history, chronology and genealogy were not considered as part of the assessments",
        ),
        next: "Say in `previous_concerns` of a risk what the earlier plan was about; or weigh the plan.",
        precisely: Some("An ended plan of children's services, and every current risk without `previous_concerns`."),
        bad: concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cp_s47\"\ncategory = \"neglect\"\nstart = 2022-01-10\nended_on = 2023-01-10\n",
            "[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"
        ),
        good: concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cp_s47\"\ncategory = \"neglect\"\nstart = 2022-01-10\nended_on = 2023-01-10\n",
            "[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\nprevious_concerns = \"Plan for neglect in 2022\"\n"
        ),
        judge: Judge::Each(|c| {
            let current = || c.record.risks.iter().filter(|risk| risk.is_current());
            let silent = current().next().is_some() && current().all(|risk| blank(risk.previous_concerns.as_deref()));
            let ended = c.record.plans.iter().enumerate().filter(|(_, plan)| {
                let weighed = is_weighed(c, plan.id.as_deref().unwrap_or_default().trim(), plan.ended_on);
                is_about_safety(plan) && !plan.is_open(c.today) && !weighed
            });
            ended.filter(|_| silent).map(|(i, _)| Hit::at(format!("plans[{i}].ended_on"))).collect()
        }),
    },
    Rule {
        code: "PL-20",
        severity: Warning,
        title: "Help was closed again and again, and the record does not say what that means",
        why: "Cases that open and close look like progress each time. Seen together they show that nothing lasted.",
        source: Source::Briefing("Assessments", "did not always contribute to effective decision-making and action"),
        next: "Add a risk that says what the coming and going means for the child; or weigh the latest closing.",
        precisely: Some(
            "Three or more among: ended plans of children's services, referrals or cases closed, services closed because nobody answered, Early Help closed. A current risk with `previous_concerns` answers it.",
        ),
        bad: concat!(
            event!("kinds = [\"referral_closed\"]\n"),
            later!("kinds = [\"referral_closed\"]\n"),
            "[[services]]\nid = \"s1\"\nname = \"Family support\"\nto = 2026-05-01\nended_because = \"no_answer\"\n"
        ),
        good: concat!(event!("kinds = [\"referral_closed\"]\n"), later!("kinds = [\"referral_made\"]\n")),
        judge: Judge::Each(closed_again),
    },
    Rule {
        code: "EN-08",
        severity: Warning,
        title: "A written agreement was broken, and nothing followed",
        why: "A written agreement that is broken without consequence protects nobody. What happened next is the question every review asked.",
        source: Source::Briefing(
            "Lack of engagement from families",
            "All staff working with families need to be familiar with the Working with Uncooperative Families - Disguised Compliance Policy.",
        ),
        next: "Record what followed: a referral, an assessment, a change of plan; or weigh the entry.",
        precisely: Some("An entry of kind `agreement_broken` with no later referral, assessment or change of plan."),
        bad: event!("kinds = [\"agreement_broken\"]\n"),
        good: concat!(event!("kinds = [\"agreement_broken\"]\n"), later!("kinds = [\"referral_made\"]\n")),
        judge: Judge::Each(|c| {
            let broken = c.record.chronology.iter().enumerate();
            let broken = broken.filter(|(_, entry)| is_any(entry, &[EventKind::AgreementBroken]));
            broken
                .filter(|(_, entry)| !is_followed(c, entry, None) && !is_weighed_entry(c, entry))
                .map(|(i, _)| Hit::at(format!("chronology[{i}]")))
                .collect()
        }),
    },
    Rule {
        code: "EN-09",
        severity: Warning,
        title: "A service closed because nobody answered, and nobody says what happens instead",
        why: "A child does not open the letter or the door. When a service closes for no answer, the need is still there.",
        source: Source::Briefing(
            "Lack of engagement from families",
            "lack of take-up of supportive services (Early Help)",
        ),
        next: "Say in `engagement.next_step` who tries again and how; or weigh it.",
        precisely: None,
        bad: "[[services]]\nid = \"s1\"\nname = \"Family support\"\nto = 2026-05-01\nended_because = \"no_answer\"\n",
        good: "[[services]]\nid = \"s1\"\nname = \"Family support\"\nto = 2026-05-01\nended_because = \"no_answer\"\n[engagement]\nlevel = \"avoidant\"\nimpact_on_child = \"Nobody sees her in the holidays\"\nnext_step = \"Key adult and family worker visit together\"\nparent_view = \"Too busy\"\n",
        judge: Judge::Each(|c| {
            let planned = c.record.engagement.as_ref().is_some_and(|e| !blank(e.next_step.as_deref()));
            if planned {
                return Vec::new();
            }
            let closed = c.record.services.iter().enumerate().filter(|(_, service)| {
                let weighed = is_weighed(c, service.id.as_deref().unwrap_or_default().trim(), service.to);
                service.ended_because == Some(ServiceEnd::NoAnswer) && !weighed
            });
            let mut hits: Vec<_> = closed.map(|(i, _)| Hit::at(format!("services[{i}].ended_because"))).collect();
            hits.extend(unweighed_entries(c, &[EventKind::ServiceClosed]));
            hits
        }),
    },
];

/// Whether there is a risk of one of some kinds, current or resolved.
pub(super) fn has_risk(c: &Context<'_>, of: &[RiskKind]) -> bool {
    c.record.risks.iter().any(|risk| risk.kind.is_some_and(|kind| of.contains(&kind)))
}

pub(super) fn is_weighed_entry(c: &Context<'_>, entry: &Entry) -> bool {
    is_weighed(c, entry.id.as_deref().unwrap_or_default().trim(), entry.date)
}

/// Entries of some kinds of the child's own life that were not weighed.
fn unweighed_entries(c: &Context<'_>, of: &[EventKind]) -> Vec<Hit> {
    let entries = c.record.chronology.iter().enumerate().filter(|(_, entry)| {
        is_any(entry, of)
            && entry.positive != Some(true)
            && entry.family_history != Some(true)
            && !is_weighed_entry(c, entry)
    });
    entries.map(|(i, _)| Hit::at(format!("chronology[{i}]"))).collect()
}

fn repeated_injuries(c: &Context<'_>) -> Vec<Hit> {
    if has_risk(c, &[RiskKind::PhysicalAbuse]) {
        return Vec::new();
    }
    let unseen = |entry: &Entry| {
        is_any(entry, &[EventKind::Injury]) && entry.witnessed != Some(true) && entry.family_history != Some(true)
    };
    let entries = c.record.chronology.iter().enumerate();
    let injuries: Vec<_> = entries.filter(|(_, entry)| unseen(entry) && !is_weighed_entry(c, entry)).collect();
    let mut dates: Vec<_> = injuries.iter().filter_map(|(_, entry)| entry.date).collect();
    dates.sort_unstable();
    let repeat = dates.windows(2).any(|pair| matches!(pair, [a, b] if *b <= a.plus_months(24)));
    let differ = |entry: &Entry| {
        entry.accounts_agree == Some(false) || (entry.accounts.len() > 1 && entry.accounts_agree.is_none())
    };
    injuries
        .into_iter()
        .filter(|(_, entry)| repeat || differ(entry))
        .map(|(i, _)| Hit::at(format!("chronology[{i}]")))
        .collect()
}

/// Risks that speak of what an adult's life means for a child.
const OF_ADULTS: [RiskKind; 8] = [
    RiskKind::Neglect,
    RiskKind::DomesticAbuse,
    RiskKind::PhysicalAbuse,
    RiskKind::SexualAbuse,
    RiskKind::EmotionalAbuse,
    RiskKind::SubstanceMisuseCarer,
    RiskKind::ParentalMentalHealth,
    RiskKind::YoungCarer,
];

fn adults_lives(c: &Context<'_>) -> Vec<Hit> {
    let grave = [
        Circumstance::UsedViolence,
        Circumstance::HarmedAChild,
        Circumstance::SubstanceMisuse,
        Circumstance::SexuallyExploited,
    ];
    let near = super::household::people(c).filter(|(_, person)| {
        let cares = person.footing.is_some() || person.pr == Some(crate::record::YesNoUnknown::Yes);
        !person.circumstances.is_empty() && (person.lives_with_child == Some(true) || cares)
    });
    let open = near.filter(|(_, person)| {
        let is_grave = person.circumstances.iter().any(|circumstance| grave.contains(circumstance));
        let supported = !blank(person.support_needs.as_deref()) || (!is_grave && !blank(person.strengths.as_deref()));
        let weighed = is_weighed(c, person.id.as_deref().unwrap_or_default().trim(), None);
        !supported && !weighed && !has_risk(c, &OF_ADULTS)
    });
    open.map(|(i, _)| Hit::at(format!("household.people[{i}].circumstances"))).collect()
}

fn history_of_exploitation(c: &Context<'_>) -> Vec<Hit> {
    const SAID: [&str; 7] = [
        "sexually exploited",
        "sexual exploitation",
        "sexually abused",
        "sexual abuse",
        "sex offender",
        "sexual offence",
        "sexual offences",
    ];
    if has_risk(c, &[RiskKind::SexualAbuse, RiskKind::Exploitation]) {
        return Vec::new();
    }
    let told = c.record.chronology.iter().enumerate().filter(|(_, entry)| {
        entry.event.as_deref().is_some_and(|event| says_any(event, &SAID)) && !is_weighed_entry(c, entry)
    });
    let mut hits: Vec<_> = told.map(|(i, _)| Hit::at(format!("chronology[{i}].event"))).collect();
    let people = super::household::people(c).filter(|(_, person)| {
        let weighed = is_weighed(c, person.id.as_deref().unwrap_or_default().trim(), None);
        person.circumstances.contains(&Circumstance::SexuallyExploited) && !weighed
    });
    hits.extend(people.map(|(i, _)| Hit::at(format!("household.people[{i}].circumstances"))));
    hits
}

/// Where the signs of neglect stand, and which: chronology, observations, and the child's own words.
fn all_signs(c: &Context<'_>) -> Vec<(String, Vec<NeglectSign>)> {
    let entries = c.record.chronology.iter().enumerate();
    let entries = entries.filter(|(_, entry)| entry.family_history != Some(true) && !is_weighed_entry(c, entry));
    let mut found: Vec<_> = entries.map(|(i, entry)| (format!("chronology[{i}]"), signs(entry))).collect();
    let voice = || c.record.voice.iter();
    let seen = voice().flat_map(|voice| voice.observations.iter().enumerate());
    found.extend(seen.map(|(i, seen)| {
        (format!("voice.observations[{i}].what"), seen.what.as_deref().map(signs_in).unwrap_or_default())
    }));
    let meanwhile = voice().flat_map(|voice| voice.entries.iter().enumerate());
    found.extend(meanwhile.map(|(i, entry)| {
        let texts = [&entry.observations, &entry.adult_interpretation];
        let signs = texts.into_iter().flatten().flat_map(|text| signs_in(text)).collect();
        (format!("voice.entries[{i}].observations"), signs)
    }));
    found.retain(|(_, signs)| !signs.is_empty());
    found
}

fn joined_signs(c: &Context<'_>) -> Vec<Hit> {
    if has_risk(c, &[RiskKind::Neglect]) || is_weighed(c, "signs_of_neglect", None) {
        return Vec::new();
    }
    let found = all_signs(c);
    let mut different: Vec<_> = found.iter().flat_map(|(_, signs)| signs.iter().copied()).collect();
    let missed = c.record.engagement.iter().flat_map(|engagement| &engagement.missed);
    different.extend(
        (missed.filter(|missed| super::facts::is_not_brought(missed)).count() > 1).then_some(NeglectSign::Appointments),
    );
    different.sort_unstable();
    different.dedup();
    let absent = super::attendance::last_two_years(c)
        .last()
        .is_some_and(|year| year.missed_one_in(10) && !super::attendance::is_accounted(c, year));
    let together = different.len() > 2 || (different.len() == 2 && absent);
    let place = found.into_iter().next().map_or_else(|| "engagement.missed".to_owned(), |(path, _)| path);
    Hit::when(together, place)
}

fn young_carer(c: &Context<'_>) -> Vec<Hit> {
    let record = c.record;
    let assessed = record.assessments.iter().any(|a| a.kind == Some(crate::record::AssessmentKind::YoungCarer));
    let planned = record.plans.iter().any(|plan| plan.r#type == Some(PlanType::YoungCarer));
    if assessed || planned || has_risk(c, &[RiskKind::YoungCarer]) || is_weighed(c, "young_carer", None) {
        return Vec::new();
    }
    let counted = record.characteristics.as_ref().and_then(|characteristics| characteristics.young_carer);
    let mut hits = Hit::when(matches!(counted, Some(YoungCarer::P | YoungCarer::S)), "characteristics.young_carer");
    let indicators = record.early_help.iter().flat_map(|help| &help.indicators);
    let indicated =
        indicators.into_iter().any(|line| says_any(&line.replace('_', " "), &["young carer", "caring for"]));
    hits.extend(Hit::when(indicated, "early_help.indicators"));
    hits.extend(unweighed_entries(c, &[EventKind::CaresForOthers]));
    hits
}

/// Whether something followed an entry: a referral, an assessment, a plan; within some months, where given.
fn is_followed(c: &Context<'_>, entry: &Entry, months: Option<i32>) -> bool {
    let Some(date) = entry.date else { return true };
    let after = |day: Option<crate::record::Day>| {
        day.is_some_and(|day| day >= date && months.is_none_or(|months| day <= date.plus_months(months)))
    };
    let record = c.record;
    let referred = |other: &Entry| {
        let itself = std::ptr::eq(other, entry);
        let referral = is_any(other, &[EventKind::ReferralMade]) && after(other.date);
        let plan = other.change_kind == Some(crate::record::ChangeKind::PlanChanged) && after(other.date);
        if itself { referral } else { referral || plan }
    };
    record.chronology.iter().any(referred)
        || record.assessments.iter().any(|a| after(a.started_on) || after(a.completed_on))
        || record.plans.iter().any(|plan| is_about_safety(plan) && after(plan.start))
        || tells_somebody(entry)
}

/// Whether the action of an entry says that another service was told.
fn tells_somebody(entry: &Entry) -> bool {
    const TOLD: [&[&str]; 14] = [
        &["referred"],
        &["referral"],
        &["mash"],
        &["children", "s", "services"],
        &["childrens", "services"],
        &["social", "care"],
        &["social", "worker"],
        &["police"],
        &["strategy"],
        &["safeguarding", "hub"],
        &["front", "door"],
        &["multi", "agency"],
        &["local", "authority"],
        &["nspcc"],
    ];
    let words = Words::of(entry.action.as_deref().unwrap_or_default());
    TOLD.iter().any(|phrase| words.say(phrase))
}

fn undisclosed(c: &Context<'_>) -> Vec<Hit> {
    let told = c.record.chronology.iter().enumerate().filter(|(_, entry)| {
        let of_entry = kinds(entry);
        let harmless = of_entry.contains(&EventKind::Bullying) || of_entry.contains(&EventKind::Everyday);
        of_entry.contains(&EventKind::Disclosure) && !harmless && entry.positive != Some(true)
    });
    told.filter(|(_, entry)| !is_followed(c, entry, Some(3)) && !is_weighed_entry(c, entry))
        .map(|(i, _)| Hit::at(format!("chronology[{i}]")))
        .collect()
}

fn after_closing(c: &Context<'_>) -> Vec<Hit> {
    let closed = c.record.chronology.iter().filter(|entry| is_any(entry, &[EventKind::ReferralClosed]));
    let Some(closed) = closed.filter_map(|entry| entry.date).min() else { return Vec::new() };
    let concerning = |entry: &Entry| {
        let of_entry = kinds(entry);
        let closing = [EventKind::ReferralClosed, EventKind::ReferralMade];
        let grave = of_entry.iter().any(|kind| super::facts::CONCERNING.contains(kind) && !closing.contains(kind));
        let seen = of_entry == [EventKind::Injury] && entry.witnessed == Some(true);
        (grave || !signs(entry).is_empty()) && !seen && !of_entry.iter().any(|kind| closing.contains(kind))
    };
    let later = c.record.chronology.iter().enumerate().filter(|(_, entry)| {
        let after = entry.date.is_some_and(|date| date > closed);
        after && entry.positive != Some(true) && concerning(entry)
    });
    later
        .filter(|(_, entry)| !is_followed(c, entry, None) && !is_weighed_entry(c, entry))
        .map(|(i, _)| Hit::at(format!("chronology[{i}]")))
        .collect()
}

fn closed_again(c: &Context<'_>) -> Vec<Hit> {
    let record = c.record;
    let told = record.risks.iter().any(|risk| risk.is_current() && !blank(risk.previous_concerns.as_deref()));
    if told {
        return Vec::new();
    }
    let mut closings: Vec<(Option<crate::record::Day>, String)> = Vec::new();
    let plans = record.plans.iter().enumerate().filter(|(_, plan)| is_about_safety(plan) && !plan.is_open(c.today));
    closings.extend(
        plans
            .filter(|(_, plan)| !is_weighed(c, plan.id.as_deref().unwrap_or_default().trim(), plan.ended_on))
            .map(|(i, plan)| (plan.ended_on, format!("plans[{i}].ended_on"))),
    );
    let entries = record.chronology.iter().enumerate();
    let closed = [EventKind::ReferralClosed, EventKind::ServiceClosed];
    closings.extend(
        entries
            .filter(|(_, entry)| is_any(entry, &closed) && !is_weighed_entry(c, entry))
            .map(|(i, entry)| (entry.date, format!("chronology[{i}]"))),
    );
    let services = record.services.iter().enumerate();
    closings.extend(
        services
            .filter(|(_, service)| {
                let weighed = is_weighed(c, service.id.as_deref().unwrap_or_default().trim(), service.to);
                service.ended_because == Some(ServiceEnd::NoAnswer) && !weighed
            })
            .map(|(i, service)| (service.to, format!("services[{i}].ended_because"))),
    );
    let help = record
        .early_help
        .as_ref()
        .filter(|help| help.closed_reason.is_some_and(|reason| reason != ClosedReason::NeedsMet));
    closings.extend(help.map(|help| (help.closed_on, "early_help.closed_reason".to_owned())));
    closings.sort();
    if closings.len() < 3 {
        return Vec::new();
    }
    let number = closings.len();
    let message = format!("One of {number} times that help was closed, and the record does not say what that means");
    closings.into_iter().map(|(_, path)| Hit::at(path).because(message.clone())).collect()
}
