//! Reassurance, weighed fact by fact: what says that all is well is held against everything the record knows.

use crate::check::context::Context;
use crate::check::example_parts::event;
use crate::check::facts::collect::facts;
use crate::check::facts::fact::{Fact, KEYWORDS};
use crate::check::facts::open::unused;
use crate::check::facts::reasons::{SHORTEST_REASON, is_reasoned};
use crate::check::hit::Hit;
use crate::check::record_summary::{RecordSummary, is_meant};
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::{Error, Warning};
use crate::record::{EngagementLevel, ReasonKind, Risk, blank};

/// The statement that no risks are known, then what follows.
macro_rules! nothing_known {
    ($rest:literal) => {
        concat!(
            "[no_known_risks]\nstated_on = 2026-06-22\nstated_by = \"R. Sample\"\nrole = \"DSL\"\nstatement = \"Looked at the file\"\n",
            $rest
        )
    };
}

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "RK-19",
        severity: Error,
        title: "A fact of the record speaks against the statement that no risks are known",
        why: "Most reviews tell of a school that was reassured while the facts lay in its own file. A fact is weighed by naming it and saying why it is no risk; a newer date weighs nothing.",
        source: Source::Briefing(
            "Managing Risk",
            "Recognising and Assessing Risk and Need is a theme across all of the SCR\u{2019}s.",
        ),
        next: "Record a risk; or, if it is none, say why in `[[weighed]]` with `fact` (its `id` or section), `reason`, `by` and `on`.",
        precisely: Some(
            "Facts are: plans of children's services, open, ended or stepped down (one child in need plan that ended over three years ago and says what followed is left out); disclosures, injuries that no member of staff saw happen, police notices, domestic abuse, signs of neglect, alcohol or drugs, signs of exploitation, going missing, self-harm, concerns of relatives or others, referrals made and closed, contact that stopped, not being seen, broken agreements, services that closed because nobody answered, changes of carer, custody, home education; early help indicators other than about learning and health; Early Help that the family left; suspensions; two missed appointments within two years, or one after which the child was discharged; the plan of a brother or sister; what is known of an adult; an earlier school without records; attendance below the Early Help line that is not accounted for by confirmed illness; secure settings; orders; refuges; young carers. What a chronology entry is stands in its `kinds`; only where it has none are its words looked at.",
        ),
        bad: concat!(
            nothing_known!(""),
            event!("kinds = [\"injury\"]\n"),
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2025-01-10\nended_on = 2026-01-10\nstep_down = \"Early Help considered\"\n"
        ),
        good: concat!(
            nothing_known!(""),
            event!("kinds = [\"injury\"]\n"),
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2025-01-10\nended_on = 2026-01-10\nstep_down = \"Early Help considered\"\n",
            "[[weighed]]\nfact = \"c1\"\nreason = \"Fell from a swing; paediatrician agrees with both accounts\"\nby = \"R. Sample, DSL\"\non = 2026-06-22\n",
            "[[weighed]]\nfact = \"pl1\"\nreason = \"All aims met; home visited monthly since, nothing new\"\nby = \"R. Sample, DSL\"\non = 2026-06-22\n"
        ),
        judge: Judge::Each(|c| {
            if c.record.no_known_risks.is_none() {
                return Vec::new();
            }
            let also = if says_no_need(c) { " and “no need”" } else { "" };
            let hit = |fact: &Fact| {
                let message = format!("Speaks against “no risks are known”{also}: {}. {}", fact.what, fact.ask);
                Hit::at(fact.path.as_str()).because(message)
            };
            c.unweighed().iter().map(hit).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-20",
        severity: Error,
        title: "What was weighed is not complete",
        why: "To weigh a fact is to name it, to say why it is no risk, and to put a name and a date to that. Anything less is a reassurance of its own.",
        source: Source::Ours,
        next: "Give `fact` (the `id` of an entry, plan, service, assessment or person, or the name of a section; several with commas), `reason` in a sentence, `by` and `on`.",
        precisely: Some(
            "`fact` names something that is there; `reason` has at least twenty characters and is no placeholder; `on` is not before the fact.",
        ),
        bad: concat!(
            event!(""),
            "[[weighed]]\nfact = \"c9\"\nreason = \"fine\"\nby = \"R. Sample\"\non = 2026-06-22\n"
        ),
        good: concat!(
            event!("kinds = [\"injury\"]\n"),
            "[[weighed]]\nfact = \"c1\"\nreason = \"Fell from a swing; paediatrician agrees with both accounts\"\nby = \"R. Sample, DSL\"\non = 2026-06-22\n"
        ),
        judge: Judge::Each(incomplete),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-28",
        severity: Error,
        title: "A brother's or sister's own record tells of an open plan, and here no risks are known",
        why: "Children of one family live with the same adults. What was found grave enough for a plan for one has to be thought about for the other.",
        source: Source::Briefing(
            "Poor communication and information sharing between agencies",
            "All of the SCR’s identified episodes of poor communication and information sharing between agencies.",
        ),
        next: "Record a risk; or say why it is none in `[[weighed]]` with the `id` of the brother or sister as `fact`.",
        precisely: Some(
            "Judged over all records of one run: a brother or sister who lives with the child is found by name and date of birth, or by name and the number of the school.",
        ),
        bad: concat!(
            nothing_known!(""),
            "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\n[[household.people]]\nid = \"p-brother\"\nrelationship = \"sibling\"\nname = \"Robin Example\"\nborn = 2013-04-05\nschool = \"Example Junior School\"\nplan_status = \"Child in need\"\nlives_with_child = true\n"
        ),
        good: concat!(
            nothing_known!(""),
            "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\n[[household.people]]\nid = \"p-brother\"\nrelationship = \"sibling\"\nname = \"Robin Example\"\nborn = 2013-04-05\nschool = \"Example Junior School\"\nplan_status = \"Child in need\"\nlives_with_child = true\n",
            "[[weighed]]\nfact = \"p-brother\"\nreason = \"The plan is about harm outside the home by older pupils\"\nby = \"R. Sample, DSL\"\non = 2026-06-22\n"
        ),
        judge: Judge::Across(siblings_plans),
        ..Rule::USUAL
    },
    Rule {
        code: "EH-13",
        severity: Error,
        title: "The reason says that no need was found, and the record tells of needs",
        why: "“No need” ends a conversation. Where a risk, a plan or an event says otherwise, the next school will believe the wrong one of the two.",
        source: Source::Briefing("Education", "record the reason if not proceeding with this"),
        next: "Give the real reason; or weigh each fact in `[[weighed]]`.",
        precisely: Some(
            "`reason_kind` is `no_need_identified`, and there is a current risk, or a fact as in RK-19 that was not weighed. Where RK-19 speaks, it speaks for both.",
        ),
        bad: concat!(
            "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R. Sample, DSL\"\ndecision = \"not_proceeding\"\nreason_kind = \"no_need_identified\"\nreason_not_proceeding = \"No need was found by anybody who was asked.\"\n",
            "[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"
        ),
        good: concat!(
            "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R. Sample, DSL\"\ndecision = \"not_proceeding\"\nreason_kind = \"needs_met_by_school_plan\"\nreason_not_proceeding = \"The housing team and the school's own plan meet the need.\"\n",
            "[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"
        ),
        judge: Judge::Each(|c| {
            let told_already = c.record.no_known_risks.is_some();
            let at_risk = c.record.risks.iter().any(Risk::is_current);
            let spoken = at_risk || (!told_already && !c.unweighed().is_empty());
            Hit::when(says_no_need(c) && spoken, "early_help.reason_kind")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "EN-07",
        severity: Error,
        title: "The family is said to take part well, and facts of the record say otherwise",
        why: "The reviews found families described as working well with services that no longer saw the child. What happened counts more than what was agreed.",
        source: Source::Briefing(
            "Lack of engagement from families",
            "Many of the families in these cases had a history of poor engagement with children’s services and other services and included failure to attend medical or other appointments or a lack of take-up of supportive services (Early Help)",
        ),
        next: "Set the level that fits; or weigh each fact in `[[weighed]]`.",
        precisely: Some(
            "The level is good, and one of these was not weighed: missed appointments as in RK-19, contact that stopped, not being seen, a broken agreement, a service that closed because nobody answered, Early Help that the family left.",
        ),
        bad: concat!(
            "[engagement]\nlevel = \"good\"\nparent_view = \"Pleased\"\n[[services]]\nid = \"s1\"\nname = \"Family support\"\nto = 2026-02-01\nended_because = \"no_answer\"\n",
            "[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"
        ),
        good: "[engagement]\nlevel = \"avoidant\"\nimpact_on_child = \"Nobody sees her in the holidays\"\nnext_step = \"Joint visit\"\nparent_view = \"Pleased\"\n[[services]]\nid = \"s1\"\nname = \"Family support\"\nto = 2026-02-01\nended_because = \"no_answer\"\n",
        judge: Judge::Each(|c| {
            let level = c.record.engagement.as_ref().and_then(|engagement| engagement.level);
            let good = level == Some(EngagementLevel::Good);
            Hit::when(good && c.unweighed().iter().any(|fact| fact.about_engagement), "engagement.level")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "RK-22",
        severity: Warning,
        title: "A fact of the record is not used by any risk that fits it",
        why: "A disclosure, an injury or a relative's worry that no risk refers to stands in the file and changes nothing. The reviews found such entries one after the other.",
        source: Source::Briefing("Assessments", "did not always contribute to effective decision-making and action"),
        next: "Add the entry's `id` to the `evidence` of a risk; or weigh it in `[[weighed]]`.",
        precisely: Some(
            "Where risks are recorded; the kinds of events are those of RK-19. What may be harm by somebody (an injury, something the child told, a police notice, domestic abuse, signs of exploitation, going missing, self-harm, locking in) is not answered by a risk of kind health, out of school, housing, bereavement or other alone; and where all risks are of these kinds, what RK-19 knows of household, services, care, health, home education and secure settings is asked about as well.",
        ),
        bad: concat!(
            event!("kinds = [\"concern_of_relative\"]\n"),
            "[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired by noon\"\nevidence = [\"c2\"]\nowner_receiving = \"DSL\"\n"
        ),
        good: concat!(
            event!("kinds = [\"concern_of_relative\"]\n"),
            "[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"
        ),
        judge: Judge::Each(unused),
        ..Rule::USUAL
    },
];

/// Whether the decision about Early Help says that no need was found.
fn says_no_need(c: &Context<'_>) -> bool {
    c.record.early_help.as_ref().is_some_and(|help| help.reason_kind == Some(ReasonKind::NoNeedIdentified))
}

fn incomplete(c: &Context<'_>) -> Vec<Hit> {
    let facts = if c.record.weighed.is_empty() { Vec::new() } else { facts(c) };
    let mut hits = Vec::new();
    for (i, weighed) in c.record.weighed.iter().enumerate() {
        let path = format!("weighed[{i}]");
        let keys: Vec<&str> = weighed.facts().collect();
        let named = facts.iter().filter(|known| keys.contains(&known.key.as_str()));
        let happened = named.filter_map(|known| known.on).max();
        if !keys.iter().all(|fact| KEYWORDS.contains(fact) || is_an_id(c, fact)) {
            let message = "`fact` names nothing that is there: an `id`, or the name of a section";
            hits.push(Hit::at(format!("{path}.fact")).because(message));
        }
        if !is_reasoned(weighed) {
            let field = if blank(weighed.by.as_deref()) { "by" } else { "reason" };
            let message = if field == "by" {
                "It is not said who weighed this".to_owned()
            } else {
                format!("The reason is a placeholder, or has fewer than {SHORTEST_REASON} characters")
            };
            hits.push(Hit::at(format!("{path}.{field}")).because(message));
        }
        let early = weighed.on.zip(happened).is_some_and(|(on, happened)| on < happened);
        if weighed.on.is_none() || early {
            let message =
                if early { "It was weighed before it happened" } else { "It is not said when this was weighed" };
            hits.push(Hit::at(format!("{path}.on")).because(message));
        }
    }
    hits
}

/// Whether something of the record has this `id`.
fn is_an_id(c: &Context<'_>, id: &str) -> bool {
    let record = c.record;
    let is = |other: &Option<String>| !id.is_empty() && other.as_deref().is_some_and(|other| other.trim() == id);
    record.chronology.iter().any(|entry| is(&entry.id))
        || record.plans.iter().any(|plan| is(&plan.id))
        || record.services.iter().any(|service| is(&service.id))
        || record.assessments.iter().any(|assessment| is(&assessment.id))
        || record.household.iter().flat_map(|household| &household.people).any(|person| is(&person.id))
        || record.voice.iter().flat_map(|voice| &voice.entries).any(|entry| is(&entry.id))
}

fn siblings_plans(summaries: &[RecordSummary]) -> Vec<(usize, Hit)> {
    let mut hits = Vec::new();
    for (number, one) in summaries.iter().enumerate().filter(|(_, one)| one.says_no_risk) {
        for sibling in one.siblings.iter().filter(|sibling| sibling.together && !sibling.weighed) {
            let others = summaries.iter().filter(|other| other.names.contains(&sibling.name));
            if others.into_iter().any(|other| other.has_safety_plan && is_meant(one, sibling, other)) {
                hits.push((number, Hit::at(format!("household.people[{}]", sibling.number))));
            }
        }
    }
    hits
}
