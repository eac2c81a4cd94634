//! The people around the child: who is an adult, a parent, kept out; and whether the child was in care.

use crate::check::context::Context;
use crate::check::words::says_any;
use crate::record::{Day, LegalStatus, NotAsked, Person, PersonStatus, PlanType, Relationship, YesNoUnknown, blank};

/// The people with their numbers.
pub(in crate::check) fn people<'a>(c: &'a Context<'_>) -> impl Iterator<Item = (usize, &'a Person)> {
    c.record.household.iter().flat_map(|household| household.people.iter().enumerate())
}

/// Whether a person is an adult: by date of birth, else unless a brother or sister.
pub(in crate::check) fn is_adult(person: &Person, today: Day) -> bool {
    person.born.map_or(!person.is_sibling(), |born| born <= today.plus_months(-12 * 18))
}

/// Whether an adopter, a guardian or a plan suggests that the child was looked after before.
pub(in crate::check) fn seems_earlier_in_care(c: &Context<'_>) -> bool {
    let home = people(c).any(|(_, person)| {
        matches!(person.relationship, Some(Relationship::Adopter | Relationship::Guardian))
            && person.status != Some(PersonStatus::NotApplicable)
    });
    home || c.record.plans.iter().any(|plan| plan.r#type == Some(PlanType::KinshipSgo))
}

/// Whether the record says that the child was looked after before, or a status shows it.
pub(in crate::check) fn was_in_care(c: &Context<'_>) -> bool {
    c.record.care.as_ref().is_some_and(|care| {
        care.earlier_in_care == Some(YesNoUnknown::Yes)
            || matches!(
                care.legal_status,
                Some(
                    LegalStatus::Section20
                        | LegalStatus::InterimCareOrder
                        | LegalStatus::CareOrder
                        | LegalStatus::PlacementOrder
                        | LegalStatus::Adopted
                        | LegalStatus::SpecialGuardianship
                )
            )
    })
}

pub(in crate::check) fn is_parent(person: &Person) -> bool {
    person.is_second_parent()
        || person.relationship == Some(Relationship::Mother)
        || person.pr == Some(YesNoUnknown::Yes)
}

pub(in crate::check) fn is_kept_out(person: &Person) -> bool {
    const WISH: [&str; 27] = [
        "mother wishes",
        "mother would rather",
        "mum would rather",
        "mum says",
        "mother says",
        "mum said",
        "mum prefers",
        "left alone",
        "not to be contacted",
        "not interested",
        "mother does not wish",
        "mother asked",
        "mum asked",
        "mother does not want",
        "mum does not want",
        "mother did not want",
        "mother said not",
        "mother prefers",
        "mother s wish",
        "mother s request",
        "at mother s",
        "father asked",
        "dad asked",
        "father does not want",
        "father did not want",
        "father s wish",
        "father s request",
    ];
    match person.not_asked {
        Some(NotAsked::OtherParentsWish | NotAsked::NotTried) => true,
        Some(_) => false,
        None => {
            // Who is not known because one parent says no has been looked for elsewhere, if it says what was tried.
            let unknown = if blank(person.tried.as_deref()) { person.unknown_why.as_ref() } else { None };
            [person.views_not_sought_why.as_ref(), unknown].into_iter().flatten().any(|why| says_any(why, &WISH))
        }
    }
}
