//! The policy itself: what it may say.

use crate::check::rule::{Judge, Rule, Source as Origin};
use crate::problem::Severity;

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "PO-01",
        severity: Severity::Error,
        title: "The policy cannot be read",
        why: "A policy that is read only in part would let through what the school meant to stop. So nothing is judged until it can be read whole.",
        source: Origin::Ours,
        next: "Look at the marked place; `handover schema policy` lists what a policy may say.",
        bad: "[early_help]\nthreshhold = 90\n",
        good: "[early_help]\nthreshold = 90\n",
        judge: Judge::Policy,
        ..Rule::USUAL
    },
    Rule {
        code: "PO-02",
        severity: Severity::Error,
        title: "This rule cannot be made gentler or switched off",
        why: "What children died of not being said stays a rule in every school. Only one area's practice and our own proposals are a school's to change.",
        source: Origin::Ours,
        next: "Take the line out. `handover explain CODE` says where a rule comes from.",
        precisely: Some(
            "Rules of one area's practice and our own proposals may get any severity or `off`; any other rule, and every error about sharing and sign-off, may only be made stricter. Nothing that is found while a file is read can be changed.",
        ),
        bad: "[severity]\nVC-01 = \"off\"\n",
        good: "[severity]\nTP-04 = \"info\"\nVC-07 = \"error\"\n",
        judge: Judge::Policy,
        ..Rule::USUAL
    },
    Rule {
        code: "PO-03",
        severity: Severity::Error,
        title: "The Early Help line lies below 85%, and the policy gives no reason",
        why: "The reviews ask for an Early Help decision below 85%. A school may ask earlier; asking later needs a reason that others can read.",
        source: Origin::Briefing(
            "Education",
            "the need to consider an Early Help Assessment when attendance falls below 85%",
        ),
        next: "Raise `threshold`, or add `reason` with at least twenty characters. The reason is printed.",
        bad: "[early_help]\nthreshold = 80\n",
        good: "[early_help]\nthreshold = 80\nreason = \"Agreed with the safeguarding partnership in May 2026 for one year\"\n",
        judge: Judge::Policy,
        ..Rule::USUAL
    },
    Rule {
        code: "PO-04",
        severity: Severity::Error,
        title: "These are no term dates by which days can be counted",
        why: "Days are counted along the term dates. A term that ends before it begins, or that overlaps another, would count wrong days.",
        source: Origin::Ours,
        next: "Give each term with its first and last day, the earliest first.",
        precisely: Some(
            "Each term ends after it begins, the next one begins after it and within sixty days, and at least three of five weekdays from first to last are school days.",
        ),
        bad: "[calendar]\nterms = [{ from = 2026-04-13, to = 2026-03-22 }]\n",
        good: "[calendar]\nterms = [{ from = 2026-04-13, to = 2026-05-22 }, { from = 2026-06-01, to = 2026-07-21 }]\n",
        judge: Judge::Policy,
        ..Rule::USUAL
    },
    Rule {
        code: "PO-05",
        severity: Severity::Error,
        title: "What the school says once for all children cannot be read",
        why: "Every record is filled from `school.toml`. A mistake in it would stand in every child's pack, so nothing is judged until it can be read whole.",
        source: Origin::Ours,
        next: "Look at the marked place; `handover schema school` lists what the file may say.",
        bad: "[[receiving_schools]]\nname = \"Northgate Example Academy\"\n",
        good: "[[receiving_schools]]\nname = \"Northgate Example Academy\"\nlaestab = \"9994001\"\n",
        judge: Judge::School,
        ..Rule::USUAL
    },
];
