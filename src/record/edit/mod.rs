//! A record changed in place: what is not changed stays as it is, byte for byte, with comments, order, blank lines, line
//! ends and byte order mark.
//!
//! Values are put where the schema has them: over the value that is there; where a note of the starter keeps their place
//! (`# sex = "F"`); else after the fields that are asked for before them. Where a new value stands in the text is found
//! with `toml_edit`, and what has become of the text is read again and compared with what was meant, before anybody gets
//! it.

mod layout;
mod rearrange;
mod starter;
mod value;
mod written;

use std::fmt;

use layout::{Row, RowKind, rows};
pub use starter::{Starter, starter};
use toml_edit::{Document, InlineTable, Item};
pub use value::{NewValue, fields_at, shape_at};
pub use written::{to_toml, to_toml_noted};

use crate::text::{entry_number, is_at_or_under, parent, path_steps, without_numbers};

/// Why a record cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// The text is no TOML.
    NotToml,
    /// A record has no such field: its path.
    NoSuchField(String),
    /// The value is not what the field holds: the field's path.
    WrongType(String),
    /// The text is laid out in a way in which the value has no place: the field's path.
    NoPlace(String),
    /// What came out is not what was meant.
    Unexpected,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotToml => f.write_str("the record cannot be read in full"),
            Self::NoSuchField(path) => write!(f, "a record has no field `{path}`"),
            Self::WrongType(path) => write!(f, "this is not what `{path}` holds"),
            Self::NoPlace(path) => write!(f, "`{path}` has to be written by hand here"),
            Self::Unexpected => f.write_str("the record would not say what was meant, so it was left as it is"),
        }
    }
}

impl std::error::Error for EditError {}

/// A record's text while it is changed.
#[derive(Debug, Clone)]
pub struct RecordEditor {
    text: String,
    /// What the text is to say.
    meant: toml::Table,
}

/// The byte order mark that some editors write.
const MARK: char = '\u{feff}';

impl RecordEditor {
    /// Takes up a record's text.
    ///
    /// # Errors
    /// [`EditError::NotToml`] where it cannot be read in full.
    pub fn new(text: &str) -> Result<Self, EditError> {
        let meant = text.trim_start_matches(MARK).parse().map_err(|_error| EditError::NotToml)?;
        Ok(Self { text: text.to_owned(), meant })
    }

    /// The value at a path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&toml::Value> {
        let mut steps = path_steps(path);
        let mut value = self.meant.get(steps.next()?)?;
        for step in steps {
            value = match entry_number(step) {
                Some(number) => value.as_array()?.get(number)?,
                None => value.as_table()?.get(step)?,
            };
        }
        Some(value)
    }

    /// All that is said.
    pub(in crate::record) fn table(&self) -> &toml::Table {
        &self.meant
    }

    /// Whether nothing is said at a path: no value, an empty text or list, or one that only has such in it.
    #[must_use]
    pub fn is_blank(&self, path: &str) -> bool {
        self.get(path).is_none_or(says_nothing)
    }

    /// How many entries a list has.
    #[must_use]
    pub fn count(&self, list: &str) -> usize {
        self.get(list).and_then(toml::Value::as_array).map_or(0, Vec::len)
    }

    /// Puts a value at a path, over one that is there.
    ///
    /// # Errors
    /// [`EditError`] where the value does not belong there or has no place; then nothing is changed.
    pub fn set(&mut self, path: &str, value: &NewValue) -> Result<(), EditError> {
        let shape = shape_at(path).ok_or_else(|| EditError::NoSuchField(path.to_owned()))?;
        if !value.fits(shape) {
            return Err(EditError::WrongType(path.to_owned()));
        }
        let no_place = || EditError::NoPlace(path.to_owned());
        let section = parent(path);
        let name = path_steps(path).last().filter(|name| entry_number(name).is_none()).ok_or_else(no_place)?;
        let document = self.document()?;
        let text = match (item(&document, path), item(&document, section)) {
            (Some(item), _) => {
                let span = item.span().filter(|_| item.is_value()).ok_or_else(no_place)?;
                let words = value.to_toml().to_string();
                let (before, after) = (self.text.get(span.clone()).unwrap_or_default(), self.text.get(span.end..));
                let after = after.unwrap_or_default();
                let gap = gap_before_comment(before, &words, after);
                self.spliced(span.start..span.end + gap.map_or(0, |(old, _)| old), &spaced(words, gap))
            }
            (None, Some(Item::Value(toml_edit::Value::InlineTable(table)))) => {
                let mut changed: InlineTable = table.clone();
                changed.insert(name, value.to_toml());
                changed.decor_mut().clear();
                self.spliced(table.span().ok_or_else(no_place)?, &changed.to_string())
            }
            (None, Some(_)) if self.has_header(section) => self.with_field(section, name, value),
            // A table that is only told of by what stands in it may be given a header, unless its fields stand elsewhere.
            (None, Some(Item::Table(table))) if table.is_dotted() => return Err(no_place()),
            (None, _) => self.with_section(section, false, &[(name, value.clone())]).ok_or_else(no_place)?,
        };
        drop(document);
        self.put(path, value.to_value())?;
        self.text = text;
        Ok(())
    }

    /// Adds an entry to a list of tables, and answers its number.
    ///
    /// # Errors
    /// [`EditError`] where the entry does not belong there or has no place; then nothing is changed.
    pub fn push(&mut self, list: &str, fields: &[(&str, NewValue)]) -> Result<usize, EditError> {
        let number = self.count(list);
        let inside = format!("{list}[{number}]");
        let known = fields_at(&inside).ok_or_else(|| EditError::NoSuchField(list.to_owned()))?;
        for (name, value) in fields {
            let field = known.get(*name).ok_or_else(|| EditError::NoSuchField(format!("{list}.{name}")))?;
            if !value.fits(&field.shape) {
                return Err(EditError::WrongType(format!("{list}.{name}")));
            }
        }
        let no_place = || EditError::NoPlace(list.to_owned());
        let document = self.document()?;
        let text = match item(&document, list) {
            Some(Item::Value(toml_edit::Value::Array(array))) => {
                let empty = if array.is_empty() { self.row_of(list) } else { None };
                match empty {
                    Some(row) => {
                        let without = Self { text: self.spliced(row.span, ""), meant: self.meant.clone() };
                        without.with_section(list, true, fields).ok_or_else(no_place)?
                    }
                    None => {
                        let mut changed = array.clone();
                        let table = fields.iter().map(|(name, value)| (*name, value.to_toml()));
                        changed.push(table.collect::<InlineTable>());
                        changed.decor_mut().clear();
                        self.spliced(array.span().ok_or_else(no_place)?, &changed.to_string())
                    }
                }
            }
            _ => self.with_section(list, true, fields).ok_or_else(no_place)?,
        };
        drop(document);
        let entry = fields.iter().map(|(name, value)| ((*name).to_owned(), value.to_value())).collect();
        self.put(&inside, toml::Value::Table(entry))?;
        self.text = text;
        Ok(number)
    }

    /// The changed text, which says what was meant.
    ///
    /// # Errors
    /// [`EditError::Unexpected`] where it does not.
    pub fn finish(self) -> Result<String, EditError> {
        let said: toml::Table = self.text.trim_start_matches(MARK).parse().map_err(|_error| EditError::Unexpected)?;
        if said == self.meant { Ok(self.text) } else { Err(EditError::Unexpected) }
    }

    fn document(&self) -> Result<Document<String>, EditError> {
        Document::parse(self.without_mark()).map_err(|_error| EditError::NotToml)
    }

    fn rows(&self) -> Vec<Row> {
        rows(&self.without_mark())
    }

    /// The text with blank lines in the place of the mark: every place in it stays as it is.
    fn without_mark(&self) -> String {
        self.text.replacen(MARK, "\n\n\n", usize::from(self.text.starts_with(MARK)))
    }

    /// The text with other words in some place.
    fn spliced(&self, span: std::ops::Range<usize>, words: &str) -> String {
        let mut text = self.text.clone();
        text.replace_range(span, words);
        text
    }

    /// How lines end here.
    fn line_end(&self) -> &'static str {
        let (all, with_return) = (self.text.matches('\n').count(), self.text.matches("\r\n").count());
        if with_return * 2 > all { "\r\n" } else { "\n" }
    }

    fn has_header(&self, section: &str) -> bool {
        section.is_empty() || self.rows().iter().any(|row| row.kind == RowKind::Header && row.section == section)
    }

    /// The row of a field that stands on lines of its own.
    fn row_of(&self, path: &str) -> Option<Row> {
        let (section, name) = (parent(path), path_steps(path).last()?);
        self.rows()
            .into_iter()
            .find(|row| row.section == section && matches!(&row.kind, RowKind::Field(field) if field == name))
    }

    /// The text with one field more in a section that has a header.
    fn with_field(&self, section: &str, name: &str, value: &NewValue) -> String {
        let rows = self.rows();
        let own = || rows.iter().filter(|row| row.section == section && row.noted.is_none());
        let words = value.to_toml().to_string();
        let note = own().find(|row| matches!(&row.kind, RowKind::FieldNote(field) if field == name));
        if let Some(note) = note {
            let line = self.text.get(note.span.clone()).unwrap_or_default();
            if starter::is_note(line) {
                return self.spliced(note.span.clone(), &taken_up(line, name, &words));
            }
        }
        let order = |field: &str| fields_at(section).and_then(|fields| fields.get(field)).map(|field| field.order);
        let before = own().filter(|row| match &row.kind {
            RowKind::Field(field) | RowKind::FieldNote(field) => order(field).is_some_and(|at| Some(at) < order(name)),
            RowKind::Header => true,
            _ => false,
        });
        let first_row = rows.iter().find(|row| !matches!(row.kind, RowKind::Comment | RowKind::Blank));
        let at = before.map(|row| row.span.end).next_back().or_else(|| first_row.map(|row| row.span.start));
        self.with_lines(at.unwrap_or(self.text.len()), &format!("{name} = {words}{}", self.line_end()))
    }

    /// The text with one section more, or one entry more of a list; `None` where it has no place.
    fn with_section(&self, path: &str, is_list: bool, fields: &[(&str, NewValue)]) -> Option<String> {
        let (around, name) = (parent(path), path_steps(path).last()?);
        let (rows, end) = (self.rows(), self.line_end());
        let plain = without_numbers(path);
        let header = if is_list { format!("[[{plain}]]") } else { format!("[{plain}]") };
        let inside = if is_list { format!("{path}[{}]", self.count(path)) } else { path.to_owned() };
        let order = |field: &str| fields_at(&inside).and_then(|fields| fields.get(field)).map(|field| field.order);
        let mut fields: Vec<(&str, String)> =
            fields.iter().map(|(name, value)| (*name, value.to_toml().to_string())).collect();
        fields.sort_by_key(|(name, _)| order(name));
        let is_filled = |row: &Row| matches!(row.kind, RowKind::Header | RowKind::Field(_));
        let last_entry = rows.iter().rposition(|row| is_filled(row) && is_at_or_under(&row.section, path));
        // Where a note of the starter keeps the place.
        let is_kept = |(at, row): &(usize, &Row)| {
            row.kind == RowKind::HeaderNote
                && row.noted.as_deref() == Some(plain.as_str())
                && is_under(&row.section, around)
                && last_entry.is_none_or(|last| *at > last || !is_list)
                && starter::is_note(self.text.get(row.span.clone()).unwrap_or_default())
        };
        // Of several, the one in which the most stands that is to stand there: the year, the relationship.
        let likeness = |at: usize| {
            let block =
                rows.iter().skip(at + 1).take_while(|row| row.noted.is_some() && row.kind != RowKind::HeaderNote);
            let lines: Vec<&str> = block.filter_map(|row| self.text.get(row.span.clone())).collect();
            let is_there = |(name, words): &&(&str, String)| {
                lines.iter().any(|line| line.starts_with(&format!("# {name} = {words}")))
            };
            fields.iter().filter(is_there).count()
        };
        let kept = rows.iter().enumerate().filter(is_kept).map(|(at, _)| at);
        if let Some(at) = kept.rev().max_by_key(|at| likeness(*at)) {
            return Some(self.with_notes_taken_up(&rows, at, &header, fields, order));
        }
        let at = self.place_of(&rows, around, name)?;
        let lines: String = fields.iter().map(|(name, words)| format!("{name} = {words}{end}")).collect();
        let (before, after) = (self.text.get(..at)?, self.text.get(at..)?);
        let is_apart =
            before.trim_end_matches(' ').is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
        let is_followed = !after.is_empty() && !after.starts_with(['\n', '\r']);
        let (gap, next) = (if is_apart { "" } else { end }, if is_followed { end } else { "" });
        Some(self.with_lines(at, &format!("{gap}{header}{end}{lines}{next}")))
    }

    /// The text with a header and fields in place of a block of notes, which begins at a row. What is not given stays a
    /// note.
    fn with_notes_taken_up(
        &self,
        rows: &[Row],
        at: usize,
        header: &str,
        mut fields: Vec<(&str, String)>,
        order: impl Fn(&str) -> Option<usize>,
    ) -> String {
        let end = self.line_end();
        let noted = rows.get(at).and_then(|row| row.noted.clone());
        let in_block = |row: &&Row| row.noted == noted && row.kind != RowKind::HeaderNote;
        let block: Vec<&Row> = rows.iter().skip(at + 1).take_while(in_block).collect();
        let is_noted = |name: &str| block.iter().any(|row| row.kind == RowKind::FieldNote(name.to_owned()));
        let mut lines = vec![format!("{header}{end}")];
        for row in &block {
            let line = self.text.get(row.span.clone()).unwrap_or_default();
            let RowKind::FieldNote(field) = &row.kind else {
                lines.push(line.to_owned());
                continue;
            };
            // What is asked for before this field and has no note.
            let is_before = |(name, _): &mut (&str, String)| order(name) < order(field) && !is_noted(name);
            lines.extend(fields.extract_if(.., is_before).map(|(name, words)| format!("{name} = {words}{end}")));
            let own = fields.extract_if(.., |(name, _)| name == field).next();
            lines.push(own.map_or_else(|| line.to_owned(), |(name, words)| taken_up(line, name, &words)));
        }
        lines.extend(fields.into_iter().map(|(name, words)| format!("{name} = {words}{end}")));
        let span = rows.get(at).map_or(0..0, |first| first.span.start..block.last().unwrap_or(&first).span.end);
        self.spliced(span, &lines.concat())
    }

    /// Where a section or an entry of a list begins that is not there yet: after all that is asked for before it.
    fn place_of(&self, rows: &[Row], around: &str, name: &str) -> Option<usize> {
        let fields = fields_at(around)?;
        let order = fields.get(name)?.order;
        let is_before = |row: &&Row| {
            if matches!(row.kind, RowKind::Blank | RowKind::Comment) || !is_under(&row.section, around) {
                return false;
            }
            let section = row.noted.as_deref().unwrap_or(&row.section);
            let around = if row.noted.is_some() { without_numbers(around) } else { around.to_owned() };
            let inside = section.get(around.len()..).unwrap_or_default().trim_start_matches('.');
            match path_steps(inside).next() {
                // Of the section around it.
                None => true,
                Some(step) => fields.get(step).is_some_and(|field| field.order <= order),
            }
        };
        let before = rows.iter().filter(is_before).map(|row| row.span.end).next_back();
        // A section around it that is only told of by what stands in it begins with its first part.
        let first = rows.iter().find(|row| row.kind == RowKind::Header && is_under(&row.section, around));
        before.or_else(|| first.map(|row| row.span.start)).or(Some(self.text.len()))
    }

    /// The text with whole lines more at a place where a line begins, or at the end.
    fn with_lines(&self, at: usize, lines: &str) -> String {
        let is_open = self.text.get(..at).is_some_and(|before| !before.is_empty() && !before.ends_with('\n'));
        let gap = if is_open { self.line_end() } else { "" };
        self.spliced(at..at, &format!("{gap}{lines}"))
    }

    /// Notes what the text is to say at a path.
    fn put(&mut self, path: &str, value: toml::Value) -> Result<(), EditError> {
        let no_place = || EditError::NoPlace(path.to_owned());
        let steps: Vec<&str> = path_steps(path).collect();
        let (last, around) = steps.split_last().ok_or_else(no_place)?;
        let mut table = toml::Value::Table(self.meant.clone());
        let mut at = &mut table;
        let mut around = around.iter().peekable();
        while let Some(step) = around.next() {
            at = match entry_number(step) {
                Some(number) => at.as_array_mut().and_then(|list| list.get_mut(number)).ok_or_else(no_place)?,
                None => {
                    let next_is_entry = around.peek().or(Some(&last)).is_some_and(|next| entry_number(next).is_some());
                    let empty = if next_is_entry {
                        toml::Value::Array(Vec::new())
                    } else {
                        toml::Value::Table(toml::Table::new())
                    };
                    at.as_table_mut().ok_or_else(no_place)?.entry(*step).or_insert(empty)
                }
            };
        }
        match entry_number(last) {
            Some(_) => at.as_array_mut().ok_or_else(no_place)?.push(value),
            None => {
                at.as_table_mut().ok_or_else(no_place)?.insert((*last).to_owned(), value);
            }
        }
        if let toml::Value::Table(table) = table {
            self.meant = table;
        }
        Ok(())
    }
}

/// The item at a path of a document.
fn item<'d>(document: &'d Document<String>, path: &str) -> Option<&'d Item> {
    path_steps(path).try_fold(document.as_item(), |item, step| match entry_number(step) {
        Some(number) => item.get(number),
        None => item.get(step),
    })
}

/// Whether a section is another or stands in it; all stand in the record itself.
fn is_under(section: &str, around: &str) -> bool {
    around.is_empty() || is_at_or_under(section, around)
}

fn says_nothing(value: &toml::Value) -> bool {
    match value {
        toml::Value::String(text) => text.trim().is_empty(),
        toml::Value::Array(items) => items.iter().all(says_nothing),
        toml::Value::Table(fields) => fields.values().all(says_nothing),
        _ => false,
    }
}

/// A note of the starter as a field: `# sex = "F"   # F, M or U` becomes `sex = "M"   # F, M or U`.
fn taken_up(note: &str, name: &str, words: &str) -> String {
    let inner = note.trim_start().trim_start_matches('#').trim_start();
    let value = inner.find('=').map_or(0, |at| at + 1);
    let rest = inner.get(value..).unwrap_or_default();
    let mut end = 0;
    for (place, piece) in crate::text::pieces(rest) {
        if piece.starts_with('#') {
            break;
        }
        end = place.end;
    }
    let value_end = rest.get(..end).unwrap_or_default().trim_end().len();
    let (before, after) = rest.split_at_checked(value_end).unwrap_or((rest, ""));
    // The mark of the note is gone, and its space.
    let gap = gap_before_comment(&format!("{before} "), words, after);
    let after = after.get(gap.map_or(0, |(old, _)| old)..).unwrap_or_default();
    format!("{name} = {}{after}", spaced(words.to_owned(), gap))
}

/// The spaces between a value and its comment, and how many are to be there so that the comment stays in its column; `None`
/// where no comment stands apart.
fn gap_before_comment(before: &str, words: &str, after: &str) -> Option<(usize, usize)> {
    const LEAST: usize = 2;
    let old = after.len() - after.trim_start_matches(' ').len();
    let is_apart = old >= LEAST && after.trim_start_matches(' ').starts_with('#');
    let (was, is) = (before.chars().count(), words.chars().count());
    is_apart.then(|| (old, (old + was).saturating_sub(is).max(LEAST)))
}

fn spaced(words: String, gap: Option<(usize, usize)>) -> String {
    words + &" ".repeat(gap.map_or(0, |(_, new)| new))
}

#[cfg(test)]
mod tests;
