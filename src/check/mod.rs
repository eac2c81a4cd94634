//! The rules: what a record must say before a child is handed over with it.
//!
//! Floor 2: may use [`crate::record`], [`crate::text`] and [`crate::problem`]. One file a theme. A rule is one
//! function and one row in its theme's table: it gets the record and answers with hits, and never prints.
//! [`Checked`] can only come from [`check()`]; nothing else can be rendered as a final pack.

mod assessments;
mod attendance;
mod attendance_plan;
mod briefing;
mod calendar;
mod child_words;
mod chronology;
mod chronology_story;
mod construction;
mod copies;
mod early_help;
mod engagement;
mod event_words;
mod events;
mod facts;
mod follow_up;
mod household;
mod household_shape;
mod identity;
mod identity_dates;
mod journey;
mod kin;
mod leaks;
mod lines;
mod moves;
mod names_in_path;
mod nil_returns;
mod notes;
mod one_account;
mod outcome;
mod over_time;
mod own_behaviour;
mod patterns;
mod people;
mod plain_facts;
mod plan_kinds;
mod plans;
mod policy;
mod questions;
mod reading;
mod risk_history;
mod risks;
mod rule;
mod sections;
mod sharing;
mod small_signs;
mod together;
mod transition;
mod voice;
mod voice_evidence;
mod weighing;
mod words;

#[cfg(test)]
mod boundaries;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod more_examples;

use std::sync::LazyLock;

pub use briefing::{BRIEFING, Lesson};
pub use calendar::{Calendar, deadline};
pub use construction::{BY_CONSTRUCTION, ByConstruction};
pub use kin::Kin;
pub use names_in_path::looks_like_a_name;
pub use outcome::{Checked, Outcome, Override, Terms, check, check_one, check_together};
pub use policy::{Policy, REVIEWS_THRESHOLD, is_reason, policy_schema};
pub use rule::{Context, Hit, Judge, Rule, Source};

/// All rules, theme by theme, in the order of their codes.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
        let tables = [
            policy::RULES,
            reading::RULES,
            identity::RULES,
            identity_dates::RULES,
            lines::RULES,
            plain_facts::RULES,
            nil_returns::RULES,
            copies::RULES,
            child_words::RULES,
            assessments::RULES,
            weighing::RULES,
            patterns::RULES,
            follow_up::RULES,
            over_time::RULES,
            notes::RULES,
            sections::RULES,
            one_account::RULES,
            own_behaviour::RULES,
            small_signs::RULES,
            people::RULES,
            leaks::RULES,
            together::RULES,
            voice::RULES,
            voice_evidence::RULES,
            attendance::RULES,
            attendance_plan::RULES,
            early_help::RULES,
            risks::RULES,
            risk_history::RULES,
            chronology::RULES,
            chronology_story::RULES,
            household::RULES,
            household_shape::RULES,
            plans::RULES,
            plan_kinds::RULES,
            engagement::RULES,
            moves::RULES,
            transition::RULES,
            sharing::RULES,
            journey::RULES,
        ];
        let mut all: Vec<_> = tables.into_iter().flatten().collect();
        all.sort_by_key(|rule| (theme_order(rule.code), rule.code));
        all
    });
    ALL.iter().copied()
}

/// The rule of a code, in capitals or not.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.code.eq_ignore_ascii_case(code))
}

/// The themes in the order of the record's sections: the letters before the number, and their name.
pub const THEMES: [(&str, &str); 16] = [
    ("PO", "The school's policy"),
    ("RD", "Reading the file"),
    ("NR", "Nil returns: nothing, or not filled in"),
    ("ID", "Identity"),
    ("VC", "Voice of the child"),
    ("AT", "Attendance"),
    ("EH", "Early Help"),
    ("RK", "Risks"),
    ("AS", "Assessments"),
    ("CH", "Chronology"),
    ("HH", "Household, fathers and other males"),
    ("PL", "Plans and their coordination"),
    ("EN", "Engagement"),
    ("MV", "Moves across areas and services"),
    ("TP", "Transition plan"),
    ("SI", "Information sharing and sign-off"),
];

fn theme_order(code: &str) -> usize {
    THEMES.iter().position(|(letters, _)| code.starts_with(letters)).unwrap_or(THEMES.len())
}
