//! What facts mean together: patterns that no single entry shows.

use crate::check::context::Context;
use crate::check::example_parts::{event, later};
use crate::check::facts::attendance::{is_accounted, last_two_years};
use crate::check::facts::events::{is_any, signs, signs_in};
use crate::check::facts::missed::is_not_brought;
use crate::check::facts::people::people;
use crate::check::facts::risks::has_risk;
use crate::check::facts::weighed::{is_weighed, is_weighed_entry, unweighed_entries, unweighed_of_the_child};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::says_any;
use crate::problem::Severity::Warning;
use crate::record::{
    AssessmentKind, Circumstance, Entry, EventKind, NeglectSign, PlanType, Risk, RiskKind, YesNoUnknown, YoungCarer,
    blank,
};

pub(in crate::check) const RULES: &[Rule] = &[
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
        ..Rule::USUAL
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
        ..Rule::USUAL
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
        bad: "[[chronology]]\nid = \"c1\"\ndate = 2009-03-01\nfamily_history = true\nevent = \"Mother was sexually exploited as a girl\"\nbasis = \"document\"\nsource = { agency = \"health\" }\naction = \"Noted\"\noutcome = \"Support for mother\"\n",
        good: "[[chronology]]\nid = \"c1\"\ndate = 2009-03-01\nfamily_history = true\nevent = \"Mother was in hospital for a year as a girl\"\nbasis = \"document\"\nsource = { agency = \"health\" }\naction = \"Noted\"\noutcome = \"Support for mother\"\n",
        judge: Judge::Each(history_of_exploitation),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-25",
        severity: Warning,
        title: "Several signs that needs are not met, and no risk speaks of neglect",
        why: "Neglect was a feature in all five reviews. Hunger, smell, thin clothes, tiredness and missed dentists are each explained away alone; together they are a picture.",
        source: Source::Briefing("Neglect", "Neglect was a feature in all of the SCR’s"),
        next: "Record a risk of kind `neglect`; or weigh it with `fact = \"signs_of_neglect\"`.",
        precisely: Some(
            "Three different signs among the chronology and what staff saw (and what they made of it), or two beside persistent absence. Signs are those of `signs`; where an entry has neither `kinds` nor `signs`, its words are looked at.",
        ),
        bad: event!("signs = [\"hunger\", \"hygiene\", \"clothing\"]\n"),
        good: event!("signs = [\"hunger\"]\n"),
        judge: Judge::Each(joined_signs),
        ..Rule::USUAL
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
        next: "Record a risk of the kind that it may be: `exploitation`, `sexual_abuse` (also by somebody of the family), `missing_from_home` or `online`; or weigh each of these entries.",
        precisely: Some("Entries of kind `exploitation_sign`, and those of kind `missing` beside them, not weighed."),
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
            let mut hits = unweighed_of_the_child(c, &[EventKind::ExploitationSign]);
            if !hits.is_empty() {
                hits.extend(unweighed_of_the_child(c, &[EventKind::Missing]));
            }
            hits
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-27",
        severity: Warning,
        title: "The child cares for somebody, and nobody has looked at what that takes",
        why: "A child who cares for a parent or brother is seldom asked what it costs. A young carer has a right to an assessment.",
        source: Source::Law("Children Act 1989, section 17ZA (not checked against the text in force)"),
        next: "Add a risk of kind `young_carer`, an assessment or a plan of that kind; or weigh it with `fact = \"young_carer\"`.",
        precisely: Some(
            "`characteristics.young_carer` is P or S, an early help indicator says so, or an entry is of kind `cares_for_others`; or `young_carer` is N beside such an entry or a risk of that kind. What the child's own words say of it is asked by VC-22.",
        ),
        bad: "[characteristics]\nyoung_carer = \"S\"\n",
        good: "[characteristics]\nyoung_carer = \"N\"\n",
        judge: Judge::Each(young_carer),
        ..Rule::USUAL
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
            let entries = unweighed_entries(c, &[EventKind::DomesticAbuse])
                .filter(|(_, entry)| entry.family_history != Some(true) && recent(entry));
            let hits: Vec<_> = entries.map(|(i, _)| Hit::at(format!("chronology[{i}]"))).collect();
            if hits.len() > 1 { hits } else { Vec::new() }
        }),
        ..Rule::USUAL
    },
];

fn repeated_injuries(c: &Context<'_>) -> Vec<Hit> {
    if has_risk(c, &[RiskKind::PhysicalAbuse]) {
        return Vec::new();
    }
    let unseen = |entry: &Entry| entry.witnessed != Some(true) && entry.family_history != Some(true);
    let injuries: Vec<_> = unweighed_entries(c, &[EventKind::Injury]).filter(|(_, entry)| unseen(entry)).collect();
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
    let near = people(c).filter(|(_, person)| {
        let cares = person.footing.is_some() || person.pr == Some(YesNoUnknown::Yes);
        !person.circumstances.is_empty() && (person.lives_with_child == Some(true) || cares)
    });
    let open = near.filter(|(_, person)| {
        let is_grave = person.circumstances.iter().any(|circumstance| grave.contains(circumstance));
        let supported = !blank(person.support_needs.as_deref()) || (!is_grave && !blank(person.strengths.as_deref()));
        let weighed = is_weighed(c, person.id.as_deref(), None);
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
    let people = people(c).filter(|(_, person)| {
        let weighed = is_weighed(c, person.id.as_deref(), None);
        person.circumstances.contains(&Circumstance::SexuallyExploited) && !weighed
    });
    hits.extend(people.map(|(i, _)| Hit::at(format!("household.people[{i}].circumstances"))));
    hits
}

/// Where the signs of neglect stand, and which: in the chronology, in what staff saw and in what they made of it.
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
    if has_risk(c, &[RiskKind::Neglect]) || is_weighed(c, Some("signs_of_neglect"), None) {
        return Vec::new();
    }
    let found = all_signs(c);
    let mut different: Vec<_> = found.iter().flat_map(|(_, signs)| signs.iter().copied()).collect();
    let missed = c.record.engagement.iter().flat_map(|engagement| &engagement.missed);
    different.extend((missed.filter(|missed| is_not_brought(missed)).count() > 1).then_some(NeglectSign::Appointments));
    different.sort_unstable();
    different.dedup();
    let absent = last_two_years(c).last().is_some_and(|year| year.missed_one_in(10) && !is_accounted(c, year));
    let together = different.len() > 2 || (different.len() == 2 && absent);
    let place = found.into_iter().next().map_or_else(|| "engagement.missed".to_owned(), |(path, _)| path);
    Hit::when(together, place)
}

fn young_carer(c: &Context<'_>) -> Vec<Hit> {
    let record = c.record;
    let assessed = record.assessments.iter().any(|a| a.kind == Some(AssessmentKind::YoungCarer));
    let planned = record.plans.iter().any(|plan| plan.r#type == Some(PlanType::YoungCarer));
    let counted = record.characteristics.as_ref().and_then(|characteristics| characteristics.young_carer);
    let weighed = is_weighed(c, Some("young_carer"), None);
    let told = || record.chronology.iter().any(|entry| is_any(entry, &[EventKind::CaresForOthers]));
    if counted == Some(YoungCarer::N) && !weighed && (has_risk(c, &[RiskKind::YoungCarer]) || told()) {
        let message = "`N` says that the child is no young carer, and the record tells of caring for somebody";
        return vec![Hit::at("characteristics.young_carer").because(message)];
    }
    if assessed || planned || has_risk(c, &[RiskKind::YoungCarer]) || weighed {
        return Vec::new();
    }
    let mut hits = Hit::when(matches!(counted, Some(YoungCarer::P | YoungCarer::S)), "characteristics.young_carer");
    let indicators = record.early_help.iter().flat_map(|help| &help.indicators);
    let indicated =
        indicators.into_iter().any(|line| says_any(&line.replace('_', " "), &["young carer", "caring for"]));
    hits.extend(Hit::when(indicated, "early_help.indicators"));
    hits.extend(unweighed_of_the_child(c, &[EventKind::CaresForOthers]));
    hits
}
