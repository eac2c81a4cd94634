//! The founding briefing, sentence by sentence: which rules and which fields of the record carry each lesson.
//!
//! Source: briefing on five serious case reviews (Cumbria LSCB). Where a sentence is for other professionals, it is said
//! what a school can do about it.

/// One lesson of the briefing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lesson {
    /// The section.
    pub section: &'static str,
    /// The words.
    pub words: &'static str,
    /// The rules that carry it.
    pub rules: &'static [&'static str],
    /// The fields of the record that hold it.
    pub fields: &'static [&'static str],
}

const fn lesson(
    section: &'static str,
    words: &'static str,
    rules: &'static [&'static str],
    fields: &'static [&'static str],
) -> Lesson {
    Lesson { section, words, rules, fields }
}

/// All lessons, in the order of the briefing.
pub const BRIEFING: [Lesson; 43] = [
    lesson(
        "Findings",
        "5 out of 5 identify episodes of poor communication and information sharing between agencies",
        &["AS-05", "CH-07", "HH-16", "RK-28", "TP-06"],
        &["services", "chronology.source", "transition_plan.handover_conversation", "assessments.contributors"],
    ),
    lesson(
        "Findings",
        "5 out of 5 noted that ‘assessments’ were either not thorough or comprehensive and did not always contribute to effective decision-making and action",
        &["AS-01", "AS-02", "AS-03", "AS-04", "RK-22", "RK-36", "NR-01", "EH-04"],
        &["assessments", "assessments.changed", "nil_returns"],
    ),
    lesson(
        "Findings",
        "5 out of 5 Neglect was a feature",
        &["RK-25", "RK-06", "AT-09"],
        &["chronology.signs", "risks.kind", "attendance.neglect_considered"],
    ),
    lesson(
        "Findings",
        "3 out of 5 Domestic Abuse was a feature",
        &["RK-07", "RK-08", "CH-10", "RK-19", "RK-29", "RK-31", "HH-25"],
        &["chronology.operation_encompass", "risks.child_experience", "risks.impact_sources"],
    ),
    lesson(
        "Poor communication and information sharing between agencies",
        "This included families moving across geographical boundaries which caused a loss of focus on the child.",
        &["MV-01", "MV-02", "MV-04", "MV-05", "MV-06", "MV-11", "RK-19"],
        &["moves.schools", "moves.addresses", "moves.both_las_informed"],
    ),
    lesson(
        "Poor communication and information sharing between agencies",
        "Agencies that hold a rich mix of information on children should consider how they can store that information in a format that can be shared effectively when there is an appropriate requirement.",
        &["SI-01", "SI-12", "SI-23", "VC-12"],
        &["sharing", "sharing.advance_sharing"],
    ),
    lesson(
        "Assessments",
        "In some of the cases family history, chronology and genealogy were not considered as part of the assessments.",
        &["AS-03", "CH-01", "PL-19", "HH-09", "RK-04"],
        &["assessments.family_history_considered", "chronology.family_history", "household.generations_note"],
    ),
    lesson(
        "Assessments",
        "Where a child is subject of more than one statutory plan, it is important that the managers of each plan ensure there is effective coordination between each other and that the identified risks are being managed effectively.",
        &["PL-01", "PL-02", "PL-03"],
        &["plan_coordination", "plans.manager"],
    ),
    lesson(
        "Neglect",
        "Neglect was a feature in all of the SCR’s, in some cases intergenerational neglect.",
        &["RK-06", "RK-25", "HH-09"],
        &["risks.intergenerational_considered", "risks.duration", "chronology.signs"],
    ),
    lesson(
        "Neglect",
        "For some young people that experience neglect over a long period of time they may present in behaviours which place them at increased risk of harm by engaging in risk-taking behaviour including drug and alcohol misuse and offending.",
        &["RK-26", "RK-09", "RK-10"],
        &["chronology.kinds", "chronology.substance_misuse_suspected", "attendance.suspensions"],
    ),
    lesson(
        "Neglect",
        "Children and young people not in school, due to poor attendance or exclusion, can be especially vulnerable.",
        &["RK-10", "AT-08", "AT-13", "AT-14", "MV-09", "MV-10"],
        &["attendance.part_time", "attendance.suspensions", "moves.home_education"],
    ),
    lesson(
        "Neglect",
        "Neglected children may not speak out or tell anyone what is happening.",
        &["VC-10", "VC-24", "VC-22"],
        &["voice.observations", "voice.entries.adult_interpretation"],
    ),
    lesson(
        "Neglect",
        "They may hide and minimise the abuse they are suffering; they may need to keep quiet to survive.",
        &["VC-09", "CH-19", "VC-22", "VC-07"],
        &["voice.entries.parent_present", "chronology.present"],
    ),
    lesson(
        "Domestic abuse",
        "The impact of all domestic abuse is harmful to children and young people and it can have a serious impact on a child's behaviour and wellbeing.",
        &["RK-01", "RK-07", "CH-04"],
        &["risks.impact_on_child", "chronology.impact_on_child"],
    ),
    lesson(
        "Domestic abuse",
        "Parents or carers may underestimate the effects of the abuse on their children because they don’t see what’s happening.",
        &["RK-08"],
        &["risks.impact_sources"],
    ),
    lesson(
        "Domestic abuse",
        "In one of the cases the child had directly witnessed domestic abuse.",
        &["RK-07", "CH-10"],
        &["risks.child_experience", "chronology.operation_encompass"],
    ),
    lesson(
        "Managing Risk",
        "Recognising and Assessing Risk and Need is a theme across all of the SCR’s.",
        &["RK-17", "RK-18", "RK-19", "RK-20", "RK-30", "RK-33", "RK-34", "RK-35", "RK-37", "EH-13"],
        &["risks", "no_known_risks", "weighed", "considered"],
    ),
    lesson(
        "Managing Risk",
        "Understanding the vulnerability of children and identifying some of the factors that place them at a higher risk of abuse and neglect. For example; children and young people that are not in school due to poor attendance or exclusion, children with a disability or additional health needs.",
        &["RK-10", "RK-11", "RK-27", "TP-01"],
        &["health.no_added_risk_reason", "characteristics.young_carer"],
    ),
    lesson(
        "Managing Risk",
        "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
        &["RK-02", "RK-04", "RK-21", "CH-15", "CH-16", "CH-17", "AT-16", "AT-17"],
        &["risks.evidence", "risks.previous_concerns", "chronology.kinds"],
    ),
    lesson(
        "Learning from Serious Case Reviews",
        "Risk and protective factors in the parent and the wider environment need to be understood, with a focus on the impact on the child.",
        &["RK-01", "RK-03", "RK-23"],
        &["risks.protective_factors", "household.people.circumstances", "household.people.strengths"],
    ),
    lesson(
        "Learning from Serious Case Reviews",
        "In one of the SCR’s the known risks for care leavers and their ability to appropriately parent were not considered.",
        &["RK-12", "RK-23"],
        &["household.people.care_leaver", "household.people.support_needs"],
    ),
    lesson(
        "Learning from Serious Case Reviews",
        "Professionals working with pregnant and new mothers need to consider the long term impact of unresolved childhood trauma and abuse on future parenting capacity.",
        &["RK-16", "RK-23", "RK-24"],
        &["chronology.change_kind", "household.people.circumstances"],
    ),
    lesson(
        "Responding to Risk and Need",
        "In several of the cases there was little professional curiosity and scepticism around fathers and other males.",
        &["HH-02", "HH-03", "HH-04", "HH-05", "HH-07", "HH-18", "HH-19", "HH-23", "ID-16"],
        &["household.people.status", "household.people.sources", "household.people.tried"],
    ),
    lesson(
        "Responding to Risk and Need",
        "Significant change (such as a new partner or non-attendance at appointments) is a cue for reappraisal of risk assessment.",
        &["RK-05", "HH-06", "EN-01", "AS-04"],
        &["risks.reappraised_on", "chronology.significant", "household.people.since"],
    ),
    lesson(
        "Lack of engagement from families",
        "Many of the families in these cases had a history of poor engagement with children’s services and other services and included failure to attend medical or other appointments or a lack of take-up of supportive services (Early Help) lack of engagement with school staff which meant that many of the children were left at risk.",
        &["EN-01", "EN-05", "EN-07", "EN-09", "EN-10", "RK-32", "EH-11", "PL-20"],
        &["engagement.missed", "engagement.missed.ended", "services.ended_because", "early_help.closed_reason"],
    ),
    lesson(
        "Lack of engagement from families",
        "In some of the cases the families were reluctant or resistant to engage, in circumstances such as this the child’s welfare should remain paramount at all times.",
        &["EN-02", "EH-05"],
        &["engagement.impact_on_child", "engagement.next_step"],
    ),
    lesson(
        "Lack of engagement from families",
        "All staff working with families need to be familiar with the Working with Uncooperative Families - Disguised Compliance Policy.",
        &["EN-03", "EN-04", "EN-07", "EN-08"],
        &["engagement.level", "engagement.observed", "chronology.kinds"],
    ),
    lesson(
        "Education",
        "School staff are perhaps best placed to notice how children are because they commonly have contact with the same child on an almost daily basis (but only if children attend school regularly).",
        &["VC-10", "AT-20", "AT-07"],
        &["voice.observations", "attendance.periods"],
    ),
    lesson(
        "Education",
        "Educational establishments need to be aware of the recommendations from the serious case reviews in relation to Attendance Plans and the need to consider an Early Help Assessment when attendance falls below 85% - and record the reason if not proceeding with this.",
        &["EH-01", "EH-02", "EH-03", "EH-12", "EH-13", "EH-14", "EH-15", "EH-16", "PO-03", "AT-10"],
        &["early_help.decision", "early_help.reason_not_proceeding", "attendance.plan"],
    ),
    lesson(
        "Education",
        "One report highlights the need to support vulnerable children throughout their transition from Junior School to Secondary School and outlines the need for transition plans to record the voice of the child.",
        &["VC-01", "VC-02", "VC-13", "TP-01", "TP-09", "VC-20"],
        &["voice.entries", "voice.worries", "transition_plan.voice_ref", "transition_plan.actions"],
    ),
    lesson(
        "Themes drawn from all of the SCR’s",
        "in one of the cases there was very little professional curiosity and scepticism around fathers and other males who associated with changing, high need or complex families particularly where there has been a history of sexual exploitation or abuse",
        &["RK-24", "HH-05", "HH-07", "HH-23"],
        &["household.people.circumstances", "household.people.also_known_as"],
    ),
    lesson(
        "Themes drawn from all of the SCR’s",
        "initial and ongoing assessments must be thorough, timely, gather multiagency information, inform decision-making and take account of historic context of the family",
        &["AS-02", "AS-03", "AS-04", "AS-05", "CH-07", "EH-08"],
        &["assessments.contributors", "assessments.conclusion", "assessments.family_history_considered"],
    ),
    lesson(
        "Themes drawn from all of the SCR’s",
        "in one of the cases the family moved between geographical areas and between service areas, this caused a loss of focus on the child",
        &["MV-03", "MV-05", "MV-07"],
        &["plans.after_transfer", "services.after_transfer", "moves.home_la"],
    ),
    lesson(
        "Themes drawn from all of the SCR’s",
        "in one of the cases the secondary school did not positively embrace the take up and implementation of the Cumbria LSCB Early Help strategy.",
        &["EH-07"],
        &["early_help.receiving_participant"],
    ),
    lesson(
        "Themes drawn from all of the SCR’s",
        "The development of the Early Help panels allow schools to more easily refer ‘stuck’ Early Help Assessments",
        &["EH-08"],
        &["early_help.panel_considered_on", "early_help.reviews"],
    ),
    lesson(
        "Themes drawn from all of the SCR’s",
        "Transition arrangements from Junior School to Secondary School",
        &["TP-01", "TP-02", "TP-03", "TP-05", "TP-09", "SI-08"],
        &["transition_plan", "receiving_school.key_adult"],
    ),
    lesson(
        "Themes drawn from all of the SCR’s",
        "Effectiveness of Attendance plans",
        &["AT-10", "AT-11", "AT-19", "VC-14"],
        &["attendance.plan.success_criteria", "attendance.plan.before", "attendance.plan.since"],
    ),
    lesson(
        "Themes drawn from all of the SCR’s",
        "Recognising persistent absence as a potential indicator of Neglect",
        &["AT-09", "RK-25", "RK-19"],
        &["attendance.neglect_considered"],
    ),
    lesson(
        "Themes drawn from all of the SCR’s",
        "Working with Children and Young People in secure settings",
        &["PL-18", "RK-19"],
        &["moves.secure_stays"],
    ),
    lesson(
        "Themes drawn from all of the SCR’s",
        "professionals who work with children and young people, where there is suspicion of substance misuse, must use this information when considering risk",
        &["RK-09", "RK-22"],
        &["chronology.substance_misuse_suspected", "risks.evidence"],
    ),
    lesson(
        "Themes drawn from all of the SCR’s",
        "Working with resistant families - insufficient professional curiosity",
        &["EN-02", "EN-09", "HH-07", "CH-18", "CH-17"],
        &["engagement.observed", "household.people.sources", "chronology.explained_as"],
    ),
    lesson(
        "Themes drawn from all of the SCR’s",
        "Care leavers possible compromised capacity to parent",
        &["RK-12"],
        &["household.people.care_leaver", "household.people.strengths"],
    ),
    lesson(
        "Themes drawn from all of the SCR’s",
        "Sharing learning from serious case reviews in order to improve safeguarding practice is vital.",
        &[],
        &["guidance_profile"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rule;
    use crate::record::{ValueType, record_schema};

    fn exists(path: &str) -> bool {
        let mut at = &record_schema().root;
        for name in path.split('.') {
            while let ValueType::List(inner) = at {
                at = inner;
            }
            let ValueType::Table(fields) = at else { return false };
            let Some(field) = fields.get(name) else { return false };
            at = &field.shape;
        }
        true
    }

    #[test]
    fn every_lesson_is_carried_by_rules_and_fields_that_are_there() {
        for lesson in BRIEFING {
            for code in lesson.rules {
                assert!(rule(code).is_some(), "{code}: {}", lesson.words);
            }
            for field in lesson.fields {
                assert!(exists(field), "{field}: {}", lesson.words);
            }
            assert!(!lesson.fields.is_empty(), "{}", lesson.words);
        }
    }

    #[test]
    fn every_rule_that_quotes_the_briefing_is_among_its_lessons() {
        let quoting = crate::check::rules().filter(|rule| matches!(rule.source, crate::check::Source::Briefing(..)));
        let missing: Vec<_> = quoting
            .map(|rule| rule.code)
            .filter(|code| !BRIEFING.iter().any(|lesson| lesson.rules.contains(code)))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
