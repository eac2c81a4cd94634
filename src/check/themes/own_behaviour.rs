//! Injuries that are put down to what the child does itself.

use crate::check::context::Context;
use crate::check::facts::events::is_any;
use crate::check::facts::weighed::{is_cited_by, is_weighed_entry};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::Warning;
use crate::record::{EventKind, Risk, RiskKind};

/// An injury and a risk of a kind that refers to it, then what follows in the injury.
macro_rules! put_down_to {
    ($kind:literal, $rest:literal) => {
        concat!(
            "[[chronology]]\nid = \"c1\"\ndate = 2026-02-02\nevent = \"Bruises on both upper arms\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Body map\"\noutcome = \"Monitor\"\nkinds = [\"injury\"]\n",
            $rest,
            "[[risks]]\nid = \"r1\"\nkind = \"",
            $kind,
            "\"\nimpact_on_child = \"Hurts\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"
        )
    };
}

pub(in crate::check) const RULES: &[Rule] = &[Rule {
    code: "RK-36",
    severity: Warning,
    title: "An injury that nobody saw happen is put down to what the child does itself",
    why: "Children who hurt themselves, or who cannot say what happened, are also hurt by others. The reviews found marks that came on certain days, and that had been explained before anybody asked.",
    source: Source::Briefing("Assessments", "did not always contribute to effective decision-making and action"),
    next: "Lay the dates beside who was with the child, and have a doctor look; set `witnessed` or `medically_examined`; or weigh the entry in `[[weighed]]`.",
    precisely: Some(
        "An event of kind injury (as it says, or by its words) that no member of staff saw happen and no doctor looked at, that was not weighed, and to which only risks of self-harm or harmful behaviour refer.",
    ),
    bad: put_down_to!("self_harm", ""),
    good: put_down_to!("self_harm", "witnessed = true\n"),
    judge: Judge::Each(|c| {
        let entries = c.record.chronology.iter().enumerate();
        let asked = entries.filter(|(_, entry)| {
            let looked_at = entry.witnessed == Some(true) || entry.medically_examined == Some(true);
            is_any(entry, &[EventKind::Injury])
                && !looked_at
                && is_put_down_to_the_child(c, entry.id.as_deref())
                && !is_weighed_entry(c, entry)
        });
        asked.map(|(i, _)| Hit::at(format!("chronology[{i}]")).because(MESSAGE)).collect()
    }),
    ..Rule::USUAL
}];

const MESSAGE: &str = "This injury is put down to what the child does itself. On which days do such marks come, who was with the child before, does the child show what happened, and has a doctor said that they fit?";

/// Whether risks of what the child does itself, and no others, refer to an event.
fn is_put_down_to_the_child(c: &Context<'_>, id: Option<&str>) -> bool {
    let own = |risk: &Risk| matches!(risk.kind, Some(RiskKind::SelfHarm | RiskKind::HarmfulBehaviour));
    is_cited_by(c, id, own) && !is_cited_by(c, id, |risk| !own(risk))
}
