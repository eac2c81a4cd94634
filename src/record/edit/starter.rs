//! The starter: a record to be filled in, with a note for everything that may be.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use minijinja::{Environment, UndefinedBehavior, context};

use super::layout::{Row, RowKind, rows};
use crate::record::day::Day;
use crate::record::school_file::SchoolFile;
use crate::text::parent;

const TEMPLATE: &str = include_str!("../../../templates/record.toml");

/// What a starter is made for.
#[derive(Debug, Clone, Copy)]
pub struct Starter<'a> {
    /// The day from which the academic years are counted.
    pub today: Day,
    /// Where the schema lies, seen from the record.
    pub schema: &'a str,
    /// What the school says for all children, so that the record need not, and what it suggests.
    pub school: Option<&'a SchoolFile>,
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
        has_school => of.school.is_some_and(SchoolFile::has_sending_school),
    };
    let mut text = environment.render_str(TEMPLATE, values)? + "\n";
    for (path, value) in of.school.map(SchoolFile::suggestions).unwrap_or_default() {
        text = with_suggestion(text, &path, &value.to_toml().to_string());
    }
    Ok(text)
}

/// What stands behind a value that the school suggests.
const SUGGESTED: &str = "# suggested in school.toml";

/// A starter with a suggestion in every note of a field; where it has none, at the end of the section's.
fn with_suggestion(text: String, path: &str, words: &str) -> String {
    let (section, name) = (parent(path), path.rsplit('.').next().unwrap_or(path));
    let line = format!("# {name} = {words}   {SUGGESTED}\n");
    let rows = rows(&text);
    let is_in = |row: &&Row| match &row.noted {
        Some(noted) => noted == section,
        None => row.section == section && !matches!(row.kind, RowKind::Blank | RowKind::Comment),
    };
    let is_it = |row: &&Row| matches!(&row.kind, RowKind::Field(field) | RowKind::FieldNote(field) if field == name);
    let mut places: Vec<_> = rows.iter().filter(is_in).filter(is_it).map(|row| row.span.clone()).collect();
    if places.is_empty() {
        places.extend(rows.iter().rfind(is_in).map(|row| row.span.end..row.span.end));
    }
    let mut text = text;
    for place in places.into_iter().rev() {
        text.replace_range(place, &line);
    }
    text
}

/// Whether a line is a note of the starter's, and nobody's own.
pub(super) fn is_note(line: &str) -> bool {
    if line.starts_with('#') && line.trim_end().ends_with(SUGGESTED) {
        return true;
    }
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
