//! Sharing and sign-off: whether there is a safeguarding file, and who signed.

use super::plans::has_open;
use crate::check::context::Context;
use crate::record::{PlanType, Sharing, SignOff, SignOffRole, blank};

/// Plans that mean a social worker.
pub(in crate::check) const SOCIAL_WORK: [PlanType; 5] =
    [PlanType::CpS47, PlanType::CinS17, PlanType::LookedAfterS20, PlanType::LookedAfterS31, PlanType::SupervisionOrder];

pub(in crate::check) fn sharing<'a>(c: &'a Context<'_>) -> Option<&'a Sharing> {
    c.record.sharing.as_ref()
}

/// Whether there is something of a child protection file: a risk, or a plan of children's services, now or before.
pub(in crate::check) fn has_safeguarding_file(c: &Context<'_>) -> bool {
    let planned = c.record.plans.iter().any(|plan| plan.r#type.is_some_and(|kind| SOCIAL_WORK.contains(&kind)));
    !c.record.risks.is_empty() || planned
}

pub(in crate::check) fn is_safeguarding(c: &Context<'_>) -> bool {
    !c.record.risks.is_empty() || has_open(c, &SOCIAL_WORK)
}

pub(in crate::check) fn is_signed(sign_off: &SignOff, role: SignOffRole) -> bool {
    sign_off.role == Some(role) && !blank(sign_off.name.as_deref()) && sign_off.on.is_some()
}
