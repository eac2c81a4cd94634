//! The starter: a record to be filled in, with a note for everything that may be.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use minijinja::{Environment, UndefinedBehavior, context};

use crate::record::day::Day;

const TEMPLATE: &str = include_str!("../../../templates/record.toml");

/// What a starter is made for.
#[derive(Debug, Clone, Copy)]
pub struct Starter<'a> {
    /// The day from which the academic years are counted.
    pub today: Day,
    /// Where the schema lies, seen from the record.
    pub schema: &'a str,
    /// Whether a `school.toml` says what is the same for all children, so that the record need not.
    pub has_school: bool,
}

/// The text of a starter.
///
/// # Errors
/// Only where the template is wrong, which is a mistake of this program.
pub fn starter(of: Starter<'_>) -> Result<String, minijinja::Error> {
    let year = of.today.academic_year();
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let values = context! {
        schema => of.schema,
        year => year,
        next => year + 1,
        last => year - 1,
        has_school => of.has_school,
    };
    Ok(environment.render_str(TEMPLATE, values)? + "\n")
}

/// Whether a line is a note of the starter's, and nobody's own.
pub(super) fn is_note(line: &str) -> bool {
    static NOTES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let template: String = TEMPLATE.split("{{").enumerate().fold(String::new(), |text, (at, part)| match at {
            0 => part.to_owned(),
            _ => text + "0" + part.split_once("}}").map_or("", |(_, rest)| rest),
        });
        template.lines().filter(|line| line.starts_with('#')).map(without_numbers).collect()
    });
    NOTES.contains(&without_numbers(line))
}

/// A line with every number as `0`: years differ from starter to starter.
fn without_numbers(line: &str) -> String {
    let mut told = String::new();
    for c in line.trim_end().chars() {
        if !c.is_ascii_digit() {
            told.push(c);
        } else if !told.ends_with('0') {
            told.push('0');
        }
    }
    told
}
