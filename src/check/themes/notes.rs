//! What stands in a note and in no event: a sentence about a person, the home, the absence or the medicine that tells of
//! more than its place.

use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::Warning;

pub(in crate::check) const RULES: &[Rule] = &[Rule {
    code: "RK-33",
    severity: Warning,
    title: "A note tells of something that stands in no event and in no risk",
    why: "What matters most is often written where nobody looks for it: under a person, a medicine, an absence. The reviews found such sentences years later.",
    source: Source::Briefing(
        "Managing Risk",
        "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
    ),
    next: "Put it into the chronology with its date, and record a risk; or weigh it with the person's `id` or the section's name as `fact`.",
    precisely: Some(
        "Notes and descriptions of household, attendance, health, engagement, moves, plans that are not about safety, what staff saw, how the child speaks with help, and why the child was not heard: their words are looked at as those of events are. Not where an event of that kind is in the chronology, or a current risk is of that kind; where no risks are known, RK-19 names it. In notes on people, beside a fact as in RK-19 that was not weighed, also the words for what is grave as in CH-17. Where facts stand open as in RK-34, these words count in every note, and also in care and its orders, services, assessments, what protects, what is withheld, the transition plan, worries, and what was seen while the child spoke. Of plans about safety, whether somebody who should have seen the child has not. Also weights that fall by a twentieth or more, and words or signs taken from a child who speaks with help.",
    ),
    bad: "[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired by noon\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n[household]\nas_at = 2026-06-01\nnote = \"His cousin carries a burner phone for the older lads.\"\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\n",
    good: "[household]\nas_at = 2026-06-01\nnote = \"His cousin carries the shopping for the older neighbours.\"\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\n",
    judge: Judge::Each(|c| c.notes().to_vec()),
    ..Rule::USUAL
}];
