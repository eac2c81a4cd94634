//! What is said is taken out again, or entries of a list change places.

use std::ops::Range;

use toml_edit::{InlineTable, Item, Value};

use super::layout::{Row, RowKind};
use super::{EditError, RecordEditor, item};
use crate::text::{entry_number, is_at_or_under, parent, path_steps};

impl RecordEditor {
    /// Takes out a value, a section or an entry of a list, with the notes about its fields; nothing is done where nothing
    /// is said there.
    ///
    /// # Errors
    /// [`EditError::NoPlace`] where it is laid out in a way in which it cannot be taken out; then nothing is changed.
    pub fn remove(&mut self, path: &str) -> Result<(), EditError> {
        if self.get(path).is_none() {
            return Ok(());
        }
        let no_place = || EditError::NoPlace(path.to_owned());
        let document = self.document()?;
        let last = path_steps(path).last().ok_or_else(no_place)?;
        let text = match item(&document, parent(path)) {
            Some(Item::Value(Value::InlineTable(table))) => {
                let mut changed: InlineTable = table.clone();
                changed.remove(last);
                changed.decor_mut().clear();
                self.spliced(table.span().ok_or_else(no_place)?, &changed.to_string())
            }
            Some(Item::Value(Value::Array(array))) => {
                let mut changed = array.clone();
                changed.remove(entry_number(last).ok_or_else(no_place)?);
                changed.decor_mut().clear();
                self.spliced(array.span().ok_or_else(no_place)?, &changed.to_string())
            }
            _ => match self.row_of(path) {
                Some(row) => self.spliced(row.span, ""),
                None => self.without_section(path).ok_or_else(no_place)?,
            },
        };
        drop(document);
        let mut intended = toml::Value::Table(self.meant.clone());
        take_out(&mut intended, path);
        self.rearranged(path, text, intended)
    }

    /// Lets an entry of a list change places with the one after it.
    ///
    /// # Errors
    /// [`EditError::NoPlace`] where there are no two such entries, or their places in the text cannot be told apart.
    pub fn swap_with_next(&mut self, list: &str, first: usize) -> Result<(), EditError> {
        let no_place = || EditError::NoPlace(list.to_owned());
        let second = first + 1;
        if second >= self.count(list) {
            return Err(no_place());
        }
        let document = self.document()?;
        let text = match item(&document, list) {
            Some(Item::Value(Value::Array(array))) => {
                let span = |number: usize| array.get(number).and_then(Value::span).ok_or_else(no_place);
                self.swapped(span(first)?, span(second)?).ok_or_else(no_place)?
            }
            _ => {
                let block = |number: usize| self.block_of(&format!("{list}[{number}]")).ok_or_else(no_place);
                self.swapped(block(first)?, block(second)?).ok_or_else(no_place)?
            }
        };
        drop(document);
        let mut intended = toml::Value::Table(self.meant.clone());
        if let Some(toml::Value::Array(entries)) = value_at(&mut intended, list) {
            entries.swap(first, second);
        }
        self.rearranged(list, text, intended)
    }

    /// Takes over a text that says what is intended, whether or not empty tables and lists are left in it.
    fn rearranged(&mut self, path: &str, text: String, intended: toml::Value) -> Result<(), EditError> {
        let no_place = || EditError::NoPlace(path.to_owned());
        let said: toml::Table = text.trim_start_matches(super::MARK).parse().map_err(|_error| no_place())?;
        if pruned(toml::Value::Table(said.clone())) != pruned(intended) {
            return Err(no_place());
        }
        (self.text, self.meant) = (text, said);
        Ok(())
    }

    /// The text without the rows of a section.
    fn without_section(&self, path: &str) -> Option<String> {
        let span = self.block_of(path)?;
        let after = self.text.get(span.end..)?;
        // One blank line is left of two.
        let is_apart =
            self.text.get(..span.start)?.ends_with("\n\n") || self.text.get(..span.start)?.ends_with("\r\n\r\n");
        let gap = if is_apart { after.len() - after.trim_start_matches(['\r', '\n']).len() } else { 0 };
        Some(self.spliced(span.start..span.end + gap, ""))
    }

    /// Where a section stands: its header with the comments right above it, to its last field or note about one; `None`
    /// where other sections stand in between, or comments that are about something else.
    fn block_of(&self, path: &str) -> Option<Range<usize>> {
        let rows = self.rows();
        let is_own = |row: &Row| is_at_or_under(&row.section, path);
        let first = rows.iter().position(|row| row.kind == RowKind::Header && is_own(row))?;
        let is_said = |row: &Row| matches!(row.kind, RowKind::Header | RowKind::Field(_)) && is_own(row);
        let is_note = |row: &Row| {
            let about = row.noted.as_deref().unwrap_or(&row.section);
            matches!(row.kind, RowKind::FieldNote(_))
                && is_own(row)
                && row.noted.is_none()
                && is_at_or_under(about, path)
        };
        let last = rows.iter().rposition(|row| is_said(row) || is_note(row))?;
        let inside = rows.get(first..=last)?;
        if inside.iter().any(|row| matches!(row.kind, RowKind::Header | RowKind::Field(_)) && !is_own(row)) {
            return None;
        }
        let above =
            rows.get(..first)?.iter().rev().take_while(|row| row.kind == RowKind::Comment && row.noted.is_none());
        let start = above.last().or_else(|| rows.get(first))?.span.start;
        Some(start..rows.get(last)?.span.end)
    }

    /// The text with what stands in two places the other way round. The last line of a text may have no end.
    fn swapped(&self, one: Range<usize>, other: Range<usize>) -> Option<String> {
        let between = self.text.get(one.end..other.start)?;
        let (first, second) = (self.text.get(one.clone())?, self.text.get(other.clone())?);
        let is_open = first.ends_with('\n') && !second.ends_with('\n');
        let gap = if is_open { self.line_end() } else { "" };
        Some(self.spliced(one.start..other.end, &format!("{second}{gap}{between}{first}")))
    }
}

/// Takes the value at a path out of what is meant.
fn take_out(meant: &mut toml::Value, path: &str) {
    let Some(last) = path_steps(path).last() else { return };
    match (value_at(meant, parent(path)), entry_number(last)) {
        (Some(toml::Value::Array(items)), Some(number)) if number < items.len() => {
            items.remove(number);
        }
        (Some(toml::Value::Table(fields)), None) => {
            fields.remove(last);
        }
        _ => {}
    }
}

/// The value at a path, to be changed.
fn value_at<'v>(value: &'v mut toml::Value, path: &str) -> Option<&'v mut toml::Value> {
    path_steps(path).try_fold(value, |value, step| match entry_number(step) {
        Some(number) => value.as_array_mut()?.get_mut(number),
        None => value.as_table_mut()?.get_mut(step),
    })
}

/// A value without the tables and lists in it that hold nothing; entries of a list stay.
fn pruned(value: toml::Value) -> toml::Value {
    let is_empty = |value: &toml::Value| {
        value.as_array().is_some_and(Vec::is_empty) || value.as_table().is_some_and(toml::Table::is_empty)
    };
    match value {
        toml::Value::Table(fields) => toml::Value::Table(
            fields
                .into_iter()
                .map(|(name, value)| (name, pruned(value)))
                .filter(|(_, value)| !is_empty(value))
                .collect(),
        ),
        toml::Value::Array(items) => toml::Value::Array(items.into_iter().map(pruned).collect()),
        value => value,
    }
}
