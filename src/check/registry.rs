//! All rules, by their codes and in their order.

use std::sync::LazyLock;

use super::rule::Rule;
use super::themes::TABLES;

/// All rules, theme by theme, in the order of their codes.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
        let mut all: Vec<_> = TABLES.into_iter().flatten().collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_all_its_texts() {
        for rule in rules() {
            let texts = [rule.code, rule.title, rule.why, rule.next];
            assert!(texts.iter().all(|text| !text.trim().is_empty()), "{}", rule.code);
        }
    }
}
