//! The rules: what a record must say before a child is handed over with it.
//!
//! Floor 2: may use [`crate::record`], [`crate::text`] and [`crate::problem`]. One file a theme. A rule is one
//! function and one row in its theme's table: it gets the record and answers with hits, and never prints.
//! [`Checked`] can only come from [`check()`]; nothing else can be rendered as a final pack.

mod attendance;
mod attendance_plan;
mod chronology;
mod early_help;
mod identity;
mod identity_dates;
mod outcome;
mod reading;
mod risks;
mod rule;
mod voice;
mod voice_evidence;

#[cfg(test)]
mod examples;

use std::sync::LazyLock;

pub use outcome::{Checked, Outcome, check};
pub use rule::{Context, Hit, Judge, Policy, Rule, Source};

/// All rules, theme by theme, in the order of their codes.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
        let tables = [
            reading::RULES,
            identity::RULES,
            identity_dates::RULES,
            voice::RULES,
            voice_evidence::RULES,
            attendance::RULES,
            attendance_plan::RULES,
            early_help::RULES,
            risks::RULES,
            chronology::RULES,
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
pub const THEMES: [(&str, &str); 7] = [
    ("RD", "Reading the file"),
    ("ID", "Identity"),
    ("VC", "Voice of the child"),
    ("AT", "Attendance"),
    ("EH", "Early Help"),
    ("RK", "Risks"),
    ("CH", "Chronology"),
];

fn theme_order(code: &str) -> usize {
    THEMES.iter().position(|(letters, _)| code.starts_with(letters)).unwrap_or(THEMES.len())
}
