//! Plans: which are open, and what they are about.

use crate::check::context::Context;
use crate::check::words::says_any;
use crate::record::{Condition, Plan, PlanType};

/// Whether an open plan of a kind is there.
pub(in crate::check) fn has_open(c: &Context<'_>, kinds: &[PlanType]) -> bool {
    c.record.plans.iter().any(|plan| plan.is_open(c.today) && plan.r#type.is_some_and(|kind| kinds.contains(&kind)))
}

/// Plans that mean that somebody feared for the child.
pub(in crate::check) fn is_about_safety(plan: &Plan) -> bool {
    matches!(
        plan.r#type,
        Some(
            PlanType::CpS47
                | PlanType::CinS17
                | PlanType::LookedAfterS20
                | PlanType::LookedAfterS31
                | PlanType::SupervisionOrder
                | PlanType::EducationSupervisionOrder
                | PlanType::YouthJustice
                | PlanType::RiskManagement
                | PlanType::YoungCarer
                | PlanType::Channel
                | PlanType::PrivateFostering
        )
    )
}

/// Plans in which services work with the family: about safety, or to help early.
pub(in crate::check) fn is_of_services(plan: &Plan) -> bool {
    is_about_safety(plan) || matches!(plan.r#type, Some(PlanType::EarlyHelp | PlanType::FamilyHelp))
}

pub(in crate::check) fn plans<'a>(c: &'a Context<'_>) -> impl Iterator<Item = (usize, &'a Plan)> {
    c.record.plans.iter().enumerate()
}

/// The plans that still run, with their numbers.
pub(in crate::check) fn open<'a>(c: &'a Context<'_>) -> impl Iterator<Item = (usize, &'a Plan)> {
    plans(c).filter(|(_, plan)| plan.is_open(c.today))
}

/// Whether a plan is about learning or health alone, and says nothing of a worry about the child's safety.
pub(in crate::check) fn is_about_learning(plan: &Plan) -> bool {
    matches!(plan.r#type, Some(PlanType::Ehcp | PlanType::SenSupport | PlanType::IndividualHealthcare))
}

pub(in crate::check) fn is_looked_after(plan: &Plan) -> bool {
    matches!(plan.r#type, Some(PlanType::LookedAfterS20 | PlanType::LookedAfterS31))
}

/// Whether a condition is one that half a class has, or that is over: no plan is made for it, and nobody is at risk by it.
pub(in crate::check) fn is_slight(condition: &Condition) -> bool {
    const SLIGHT: [&str; 22] = [
        "glasses",
        "short sighted",
        "long sighted",
        "eyesight",
        "colour blind",
        "colour blindness",
        "left handed",
        "verruca",
        "verrucas",
        "wart",
        "warts",
        "brace",
        "braces",
        "travel sickness",
        "hay fever",
        "flat feet",
        "insoles",
        "nits",
        "head lice",
        "chickenpox",
        "chapped lips",
        "nosebleeds",
    ];
    const NOTHING: [&str; 5] = ["nothing special", "nothing to do", "no action", "none needed", "nothing needed"];
    let says = |text: &Option<String>, words: &[&str]| text.as_deref().is_some_and(|text| says_any(text, words));
    says(&condition.name, &SLIGHT) || says(&condition.action, &NOTHING)
}
