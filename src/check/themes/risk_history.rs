//! Risks: the history behind them, the people around the child, and vulnerabilities that are easily overlooked.

use crate::check::context::Context;
use crate::check::example_parts::event;
use crate::check::facts::attendance::last_two_years;
use crate::check::facts::plans::is_slight;
use crate::check::facts::risks::newest_look;
use crate::check::facts::weighed::is_weighed;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::flaws::Flaw;
use crate::check::words::says_any;
use crate::problem::Severity::Warning;
use crate::record::{ChangeKind, Day, Entry, PartTime, PersonStatus, Relationship, Risk, RiskKind, blank};

/// A neglect risk with what every risk needs, then what follows.
macro_rules! neglect {
    ($rest:literal) => {
        concat!(
            "[[risks]]\nid = \"r1\"\nkind = \"neglect\"\nimpact_on_child = \"Hungry on Mondays\"\nevidence = [\"c1\"]\n",
            "protective_factors = [\"Nan\"]\nreappraised_on = 2026-06-01\nowner_receiving = \"DSL\"\n",
            $rest
        )
    };
}

/// A domestic abuse risk, then what follows.
macro_rules! abuse {
    ($rest:literal) => {
        concat!(
            "[[risks]]\nid = \"r1\"\nkind = \"domestic_abuse\"\nimpact_on_child = \"Watches the door\"\nevidence = [\"c1\"]\n",
            "owner_receiving = \"DSL\"\nchild_experience = [\"heard\"]\n",
            $rest
        )
    };
}

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "RK-04",
        severity: Warning,
        title: "The evidence is a single entry, or all from one short time",
        why: "One incident shows that something happened; several over time show what a child lives with. The reviews ask for the issues beneath, not just the current incident.",
        source: Source::Briefing(
            "Managing Risk",
            "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
        ),
        next: "Add earlier entries to `evidence`, or say in `previous_concerns` what was looked for and found, or that there was nothing.",
        precisely: Some(
            "A current risk whose evidence is one entry, or entries that lie within three months, and that says nothing in `previous_concerns`. Bereavement is left out, and so is health where no fact as in RK-19 stands in the record that was not weighed: a loss or an allergy has no earlier incidents.",
        ),
        bad: concat!(
            event!(""),
            "[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"
        ),
        good: concat!(
            event!(""),
            "[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\nprevious_concerns = \"None in the file since Reception\"\n"
        ),
        judge: Judge::Each(|c| each(c, "evidence", only_the_incident)),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-06",
        severity: Warning,
        title: "Neglect: its history and earlier generations were not considered",
        why: "Neglect was a feature in every one of the five cases, in some over generations. How long it has gone on and what came before show how deep it goes.",
        source: Source::Briefing(
            "Neglect",
            "Neglect was a feature in all of the SCR’s, in some cases intergenerational neglect.",
        ),
        next: "Add `duration`, `previous_concerns` and `intergenerational_considered`; each may say that nothing is known and who was asked.",
        bad: neglect!("duration = \"Since autumn 2024\"\n"),
        good: neglect!(
            "duration = \"Since autumn 2024\"\nprevious_concerns = \"None before Year 5\"\nintergenerational_considered = \"Grandmother asked; nothing known\"\n"
        ),
        judge: Judge::Each(|c| {
            let household = c.record.household.as_ref();
            let generations = household.is_some_and(|household| !blank(household.generations_note.as_deref()));
            let neglect = risks(c).filter(|(_, risk)| risk.kind == Some(RiskKind::Neglect) && risk.is_current());
            let missing = neglect.flat_map(|(i, risk)| {
                let fields = [
                    (blank(risk.duration.as_deref()), "duration"),
                    (blank(risk.previous_concerns.as_deref()), "previous_concerns"),
                    (
                        blank(risk.intergenerational_considered.as_deref()) && !generations,
                        "intergenerational_considered",
                    ),
                ];
                Hit::missing(&format!("risks[{i}]"), "This neglect risk", fields)
            });
            missing.collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-08",
        severity: Warning,
        title: "What domestic abuse means for the child rests on a parent's word alone",
        why: "Parents may not see what the child sees and hears. The child, a teacher or a relative often knows more.",
        source: Source::Briefing(
            "Domestic abuse",
            "Parents or carers may underestimate the effects of the abuse on their children because they don’t see what’s happening.",
        ),
        next: "Add another source to `impact_sources`: the child, a teacher, a relative, another service.",
        precisely: Some("Also where `impact_sources` is empty, as then nobody can tell."),
        bad: abuse!("impact_sources = [\"Mother\"]\n"),
        good: abuse!("impact_sources = [\"Mother\", \"Class teacher\"]\n"),
        judge: Judge::Each(|c| {
            each(c, "impact_sources", |risk, _| {
                risk.kind == Some(RiskKind::DomesticAbuse)
                    && risk.impact_sources.iter().all(|source| says_any(source, PARENTS))
            })
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-09",
        severity: Warning,
        title: "Suspected substance misuse stands in the chronology, and no risk refers to it",
        why: "The reviews say that a suspicion of substance misuse must be used when risk is considered. It may be the child's or a carer's.",
        source: Source::Briefing(
            "Themes drawn from all of the SCR’s",
            "where there is suspicion of substance misuse, must use this information when considering risk",
        ),
        next: "Add the entry's `id` to the `evidence` of a risk, or add a risk of substance misuse.",
        bad: event!("substance_misuse_suspected = true\n"),
        good: concat!(event!("substance_misuse_suspected = true\n"), neglect!("")),
        judge: Judge::Each(|c| {
            let about = |risk: &Risk| {
                matches!(risk.kind, Some(RiskKind::SubstanceMisuseChild | RiskKind::SubstanceMisuseCarer))
            };
            let used = |entry: &Entry| {
                c.record.risks.iter().any(|risk| about(risk) || entry.id.iter().any(|id| risk.evidence.contains(id)))
            };
            let hits = entries(c).filter(|(_, entry)| entry.substance_misuse_suspected == Some(true) && !used(entry));
            hits.map(|(i, _)| Hit::at(format!("chronology[{i}].substance_misuse_suspected"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-10",
        severity: Warning,
        title: "The child was out of school, and no risk speaks of it",
        why: "A child who is not in school is out of sight of those who would notice. The reviews name poor attendance and exclusion as a vulnerability of their own.",
        source: Source::Briefing(
            "Neglect",
            "Children and young people not in school, due to poor attendance or exclusion, can be especially vulnerable.",
        ),
        next: "Say in a risk what lay behind it: of kind `out_of_school`, or of the kind that it was about (exploitation, harmful behaviour); if it is over, give it `resolved_on` and the basis.",
        precisely: Some(
            "In the last two academic years with figures: half of all sessions missed; a suspension or exclusion, however long ago; in the last twelve months a part-time timetable. Not where it was weighed.",
        ),
        bad: "[attendance]\n[[attendance.part_time]]\nstart = 2026-02-02\nend = 2026-05-22\nreview = 2026-03-02\n",
        good: concat!(
            "[attendance]\n[[attendance.part_time]]\nstart = 2026-02-02\nend = 2026-05-22\nreview = 2026-03-02\n",
            "[[risks]]\nid = \"r1\"\nkind = \"out_of_school\"\nimpact_on_child = \"Lost touch with friends\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"
        ),
        judge: Judge::Each(out_of_school),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-11",
        severity: Warning,
        title: "A disability or health need was not considered as a vulnerability",
        why: "Children with a disability or health need are at higher risk of abuse and neglect, and find it harder to tell. Considering it takes a sentence.",
        source: Source::Briefing("Managing Risk", "children with a disability or additional health needs"),
        next: "First ask who outside the family has confirmed it and seen the child well and ill; then add a risk of kind `health`, or say in `health.no_added_risk_reason` why it brings no added risk.",
        bad: "[health]\ndisability = true\n",
        good: "[health]\ndisability = true\nno_added_risk_reason = \"Walks with a frame; tells adults at once when something is wrong\"\n",
        judge: Judge::Each(|c| {
            let Some(health) = &c.record.health else { return Vec::new() };
            // Who has a healthcare plan of this year has been thought about; a disability asks for more.
            let planned = health.healthcare_plan_on.is_some_and(|day| day >= c.today.plus_months(-12));
            let ill = health.conditions.iter().any(|condition| !is_slight(condition));
            let need = health.disability == Some(true) || (!planned && (health.medical_flag == Some(true) || ill));
            let considered = c.record.risks.iter().any(|risk| risk.kind == Some(RiskKind::Health))
                || !blank(health.no_added_risk_reason.as_deref());
            Hit::when(need && !considered, "health.no_added_risk_reason")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-12",
        severity: Warning,
        title: "A parent who grew up in care: neither strengths nor support needs are recorded",
        why: "The reviews found that what is known about care leavers as parents was not considered. It is recorded as support and strengths, never as blame.",
        source: Source::Briefing(
            "Learning from Serious Case Reviews",
            "In one of the SCR’s the known risks for care leavers and their ability to appropriately parent were not considered.",
        ),
        next: "Add `strengths` or `support_needs` to that person.",
        bad: "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nstatus = \"known\"\ncare_leaver = true\n",
        good: "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nstatus = \"known\"\ncare_leaver = true\nstrengths = \"Never misses a school event\"\n",
        judge: Judge::Each(|c| {
            let people = c.record.household.iter().flat_map(|household| household.people.iter().enumerate());
            let parents = people.filter(|(_, person)| {
                matches!(
                    person.relationship,
                    Some(
                        Relationship::Mother
                            | Relationship::Father
                            | Relationship::SecondParent
                            | Relationship::StepParent
                    )
                ) && person.status != Some(PersonStatus::Deceased)
            });
            let silent = parents.filter(|(_, person)| {
                person.care_leaver == Some(true)
                    && blank(person.strengths.as_deref())
                    && blank(person.support_needs.as_deref())
            });
            silent.map(|(i, _)| Hit::at(format!("household.people[{i}].care_leaver"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-15",
        severity: Warning,
        title: "A label stands where behaviour should be described",
        why: "“Attention seeking” or “hard to reach” says what an adult felt, not what the child did or needed. A label travels with a child for years.",
        source: Source::Ours,
        next: "Write what was seen and what it may mean; for a missed appointment write that the child was not brought.",
        precisely: Some(
            "The labels are: attention seeking, manipulative, hard to reach or engage, streetwise, promiscuous, lifestyle choice, and DNA as a word of its own in capitals. The child's own words and a parent's view are not searched.",
        ),
        bad: "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nevent = \"Attention-seeking in assembly\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Talked with him\"\noutcome = \"Calmer\"\n",
        good: "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nevent = \"Called out eleven times in assembly until an adult sat beside him\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Talked with him\"\noutcome = \"Calmer\"\n",
        judge: Judge::Each(|c| c.texts_with(Flaw::Label)),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-16",
        severity: Warning,
        title: "A pregnancy or new baby, and the risks were not looked at again since",
        why: "What a family needs changes with a baby, and a carer's own unhealed childhood may return with it. The reviews ask to think of both.",
        source: Source::Briefing(
            "Themes drawn from all of the SCR’s",
            "Professionals working with pregnant and new mothers need to consider the long term impact of unresolved childhood trauma and abuse on future parenting capacity",
        ),
        next: "Think again about what the family needs, and set `reappraised_on`; where no risks are known, renew `no_known_risks.stated_on`.",
        precisely: Some(
            "A chronology entry of kind `new_baby` or `pregnancy`, or a household child under one, later than every `reappraised_on`.",
        ),
        bad: concat!(
            "[no_known_risks]\nstated_on = 2025-09-30\nstated_by = \"R. Sample\"\nstatement = \"Looked at the file\"\n",
            event!("change_kind = \"new_baby\"\n")
        ),
        good: event!("change_kind = \"new_baby\"\n"),
        judge: Judge::Each(new_baby),
        ..Rule::USUAL
    },
];

/// Words that name a parent or carer as a source.
const PARENTS: &[&str] =
    &["mother", "father", "mum", "dad", "parent", "parents", "mam", "carer", "carers", "stepfather", "stepmother"];

fn risks<'a>(c: &'a Context<'_>) -> impl Iterator<Item = (usize, &'a Risk)> {
    c.record.risks.iter().enumerate()
}

fn entries<'a>(c: &'a Context<'_>) -> impl Iterator<Item = (usize, &'a Entry)> {
    c.record.chronology.iter().enumerate()
}

/// A hit at a field of each risk of which something is true.
fn each(c: &Context<'_>, field: &str, wrong: impl Fn(&Risk, &Context<'_>) -> bool) -> Vec<Hit> {
    risks(c).filter(|(_, risk)| wrong(risk, c)).map(|(i, _)| Hit::at(format!("risks[{i}].{field}"))).collect()
}

fn only_the_incident(risk: &Risk, c: &Context<'_>) -> bool {
    let cited = |entry: &&Entry| entry.id.as_ref().is_some_and(|id| risk.evidence.contains(id));
    let dates: Vec<Day> = c.record.chronology.iter().filter(cited).filter_map(|entry| entry.date).collect();
    let near = dates.iter().min().zip(dates.iter().max()).is_some_and(|(first, last)| *last <= first.plus_months(3));
    let without_history = match risk.kind {
        Some(RiskKind::Bereavement) => true,
        Some(RiskKind::Health) => c.unweighed().is_empty(),
        _ => false,
    };
    risk.is_current() && blank(risk.previous_concerns.as_deref()) && !without_history && near
}

fn out_of_school(c: &Context<'_>) -> Vec<Hit> {
    let spoken = c.record.risks.iter().any(|risk| risk.kind == Some(RiskKind::OutOfSchool));
    let Some(attendance) = c.record.attendance.as_ref().filter(|_| !spoken) else { return Vec::new() };
    let recent = |day: Day| day >= c.today.plus_months(-12);
    let severe = last_two_years(c).iter().any(|year| year.missed_one_in(2));
    let weighed = |fact| is_weighed(c, Some(fact), None);
    let suspended = !attendance.suspensions.is_empty() && !weighed("suspensions");
    // Two half days after a stay in hospital are no time out of school.
    let short = |part: &PartTime| part.start.zip(part.end).is_some_and(|(start, end)| end.days_since(start) <= 14);
    let part_time = attendance.part_time.iter().any(|part| !short(part) && part.end.or(part.start).is_some_and(recent));
    let part_time = part_time && !weighed("part_time");
    let mut hits = Hit::when(severe, "attendance.periods");
    hits.extend(Hit::when(suspended, "attendance.suspensions"));
    hits.extend(Hit::when(part_time, "attendance.part_time"));
    hits
}

fn new_baby(c: &Context<'_>) -> Vec<Hit> {
    let newest = newest_look(c);
    let unseen = |date: Option<Day>| date.is_some_and(|date| newest.is_none_or(|newest| newest < date));
    let of_baby = |entry: &Entry| matches!(entry.change_kind, Some(ChangeKind::NewBaby | ChangeKind::Pregnancy));
    let told =
        entries(c).filter(|(_, entry)| of_baby(entry) && entry.family_history != Some(true) && unseen(entry.date));
    let mut hits: Vec<_> = told.map(|(i, _)| Hit::at(format!("chronology[{i}].change_kind"))).collect();
    let people = c.record.household.iter().flat_map(|household| household.people.iter().enumerate());
    let babies = people.filter(|(_, person)| {
        person.is_sibling() && person.born.is_some_and(|born| born > c.today.plus_months(-12)) && unseen(person.born)
    });
    hits.extend(babies.map(|(i, _)| Hit::at(format!("household.people[{i}].born"))));
    hits
}
