//! Every fact that speaks against a reassurance and was not weighed.

use super::collect::facts;
use super::fact::Fact;
use super::weighed::is_weighed;
use crate::check::context::Context;
use crate::record::{Day, Plan};

impl Context<'_> {
    /// Every fact that speaks against a reassurance and was not weighed.
    pub(in crate::check) fn unweighed(&self) -> &[Fact] {
        self.unweighed.get_or_init(|| unweighed(self))
    }
}

/// Every fact of a record that speaks against a reassurance and was not weighed. [`Context::unweighed`] keeps them.
fn unweighed(c: &Context<'_>) -> Vec<Fact> {
    let open = facts(c).into_iter().filter(|fact| !is_weighed(c, Some(&fact.key), fact.on));
    open.filter(|fact| !(fact.of_a_plan && is_of_a_weighed_plan(c, fact.on))).collect()
}

/// Whether a plan that ended later, and so took up what came before it, was weighed.
fn is_of_a_weighed_plan(c: &Context<'_>, happened: Option<Day>) -> bool {
    let ended = c.record.plans.iter().filter_map(|plan| Some((plan, plan.ended_on?)));
    let took_up = |plan: &Plan, ended: Day| {
        let before = plan.start.is_none_or(|start| happened.is_some_and(|day| day >= start.plus_months(-12)));
        before && happened.is_some_and(|day| day <= ended)
    };
    ended.into_iter().any(|(plan, ended)| took_up(plan, ended) && is_weighed(c, plan.id.as_deref(), Some(ended)))
}
