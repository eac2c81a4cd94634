//! Types, unknown keys and unknown words: all of them, with their places, before serde sees the document.
//!
//! Serde stops at the first wrong type. So the document is compared with the compiled schema first; what does not
//! fit is reported and taken out, and the rest is read, so that the rules still have something to judge.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::schema::{Field, ValueType, record_schema};
use crate::problem::{Problem, Severity};
use crate::text::{Locator, NodeId, Step, join};

/// The code for everything that is wrong with the shape of a record.
pub(super) const SHAPE: &str = "ID-14";

/// A problem of shape, where it is, and what the rules should keep quiet about because of it.
pub(super) struct SchemaViolation {
    pub problem: Problem,
    pub span: Range<usize>,
    /// The path of what was taken out or is likely meant.
    pub damaged: Option<String>,
}

/// Compares a document with its shape, takes out what does not fit, and says what that was, and where everything is.
pub(super) fn fit(document: &mut Spanned<DeTable<'_>>, shape: &'static ValueType) -> (Vec<SchemaViolation>, Locator) {
    let span = document.span();
    let mut walker = Walker { violations: Vec::new(), places: Locator::begin(span.clone()) };
    if let ValueType::Table(fields) = shape {
        walker.table(document.get_mut(), fields, Locator::ROOT, &(span.start..span.start));
    }
    (walker.violations, walker.places)
}

struct Walker {
    violations: Vec<SchemaViolation>,
    places: Locator,
}

type Fields = BTreeMap<String, Field>;

impl Walker {
    fn report(&mut self, path: String, span: Range<usize>, damaged: Option<String>, message: String, help: String) {
        let problem = Problem { code: SHAPE, severity: Severity::Error, message, path, help, hint: None };
        self.violations.push(SchemaViolation { problem, span, damaged });
    }

    fn table(&mut self, table: &mut DeTable<'_>, fields: &'static Fields, at: NodeId, header: &Range<usize>) {
        for (name, field) in fields.iter().filter(|(_, field)| field.required) {
            let filled_in =
                |value: &Spanned<DeValue<'_>>| value.get_ref().as_str().is_none_or(|text| !text.trim().is_empty());
            if !table.get(name.as_str()).is_some_and(filled_in) {
                let path = self.places.path(at);
                let missing = join(&path, name);
                let message = format!("`{missing}` is missing");
                // Of a section that is not there, nothing more needs to be said.
                let section = matches!(field.shape, ValueType::Table(_)).then(|| missing.clone());
                self.report(missing, header.clone(), section, message, missing_help(name, &path, &field.shape));
            }
        }
        let (mut violations, mut unknown) = (Vec::new(), Vec::new());
        for (key, value) in table.iter_mut() {
            let typed: &str = key.get_ref();
            let fits = match fields.get_key_value(typed) {
                Some((name, field)) => {
                    let step = Step::Field(Cow::Borrowed(name));
                    let at = self.places.add(at, step, key.span(), value.span());
                    self.value(value, &field.shape, at, &key.span())
                }
                None => {
                    unknown.push((typed.to_owned(), key.span()));
                    false
                }
            };
            if !fits {
                violations.push(typed.to_owned());
            }
        }
        self.unknown_keys(unknown, fields, at);
        take_out(table, &violations);
    }

    /// Fields that nobody knows here. Where there are several and they all belong into one section, its heading is lost.
    fn unknown_keys(&mut self, mut unknown: Vec<(String, Range<usize>)>, fields: &Fields, at: NodeId) {
        const SEVERAL: usize = 3;
        if unknown.is_empty() {
            return;
        }
        unknown.sort_by_key(|(_, span)| span.start);
        let keys: Vec<&str> = unknown.iter().map(|(key, _)| key.as_str()).collect();
        let here = self.places.path(at);
        let section = if keys.len() < SEVERAL { None } else { section_with(&keys, &here) };
        let (Some((path, heading)), Some((_, span))) = (section, unknown.first()) else {
            unknown.into_iter().for_each(|(key, span)| self.unknown_key(&key, span, fields, at));
            return;
        };
        let message = "A heading is missing above this line".to_owned();
        let help = format!("The fields from here on belong into {heading}. Put that heading before them.");
        self.report(path.clone(), span.clone(), Some(path), message, help);
    }

    fn unknown_key(&mut self, key: &str, span: Range<usize>, fields: &Fields, at: NodeId) {
        let path = self.places.path(at);
        let place = if path.is_empty() { "a record".to_owned() } else { format!("`{path}`") };
        let names = || fields.keys().map(String::as_str);
        let meant = closest(key, names()).or_else(|| longer(key, names()));
        let help = match meant {
            Some(meant) => {
                format!("Did you mean `{meant}`? Fields that nobody reads are refused, so that nothing is lost.")
            }
            None => format!("Take it out, or look up the fields of {place} with `handover schema`."),
        };
        let damaged = meant.map(|meant| join(&path, meant));
        self.report(path, span, damaged, format!("This is not a field of {place}"), help);
    }

    /// Whether the value fits; if not, it has been reported.
    fn value(
        &mut self,
        value: &mut Spanned<DeValue<'_>>,
        shape: &'static ValueType,
        at: NodeId,
        key: &Range<usize>,
    ) -> bool {
        let span = value.span();
        match (value.get_mut(), shape) {
            (DeValue::Table(table), ValueType::Table(fields)) => {
                self.table(table, fields, at, key);
                true
            }
            (DeValue::Table(table), ValueType::Map(inner)) => {
                self.map(table, inner, at);
                true
            }
            (DeValue::Array(array), ValueType::List(inner)) => {
                self.list(array, inner, at);
                true
            }
            (DeValue::String(text), ValueType::Choice(words)) if words.iter().any(|word| word == text) => true,
            (DeValue::String(text), ValueType::Choice(words)) => {
                let text = text.to_string();
                self.unknown_word(&text, words, self.places.path(at), span);
                false
            }
            (DeValue::String(_), ValueType::Text) | (DeValue::Boolean(_), ValueType::Boolean) => true,
            (DeValue::Integer(number), ValueType::Integer | ValueType::Number)
                if i64::from_str_radix(number.as_str(), number.radix()).is_ok() =>
            {
                true
            }
            (DeValue::Float(number), ValueType::Number) if number.as_str().parse::<f64>().is_ok_and(f64::is_finite) => {
                true
            }
            (DeValue::Datetime(at), ValueType::Date) if at.date.is_some() && at.time.is_none() => true,
            (found, _) => {
                let (message, help) = wrong_type(found, shape);
                let path = self.places.path(at);
                self.report(path.clone(), span, Some(path), message, help);
                false
            }
        }
    }

    /// The keys of a map are the school's own words: a problem names the map, and points at the value.
    fn map(&mut self, table: &mut DeTable<'_>, inner: &'static ValueType, at: NodeId) {
        let mut violations = Vec::new();
        for (key, value) in table.iter_mut() {
            let span = value.span();
            if !self.value(value, inner, at, &span) {
                violations.push(key.get_ref().to_string());
            }
        }
        take_out(table, &violations);
    }

    fn list(&mut self, array: &mut DeArray<'_>, inner: &'static ValueType, at: NodeId) {
        let items = std::mem::replace(array, DeArray::new()).into_iter().enumerate();
        let kept = items.filter_map(|(index, mut item)| {
            let span = item.span();
            let at = self.places.add(at, Step::Item(index), span.clone(), span.clone());
            let fits = self.value(&mut item, inner, at, &span);
            // An empty table in its place keeps the numbers of those after it.
            let stands_in =
                || matches!(inner, ValueType::Table(_)).then(|| Spanned::new(span, DeValue::Table(DeTable::new())));
            if fits { Some(item) } else { stands_in() }
        });
        let kept: Vec<_> = kept.collect();
        *array = kept.into_iter().collect();
    }

    fn unknown_word(&mut self, text: &str, words: &[String], path: String, span: Range<usize>) {
        let meant = closest(text, words.iter().map(String::as_str));
        let listed = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let help = format!("Use one of: {listed}.");
        self.report(path.clone(), span, Some(path), "This word is not one of the choices".into(), help);
        if let (Some(meant), Some(misfit)) = (meant, self.violations.last_mut()) {
            misfit.problem.hint = Some(format!("Did you mean `{meant}`?"));
        }
    }
}

/// The section whose fields some keys are, and its heading; of several the one nearest to a place.
fn section_with(keys: &[&str], here: &str) -> Option<(String, String)> {
    fn search(fields: &Fields, path: &str, keys: &[&str], found: &mut Vec<(String, bool)>) {
        for (name, field) in fields {
            let path = join(path, name);
            let (inner, is_list) = match &field.shape {
                ValueType::Table(inner) => (inner, false),
                ValueType::List(item) => match item.as_ref() {
                    ValueType::Table(inner) => (inner, true),
                    _ => continue,
                },
                _ => continue,
            };
            if keys.iter().all(|key| inner.contains_key(*key)) {
                found.push((path.clone(), is_list));
            }
            search(inner, &path, keys, found);
        }
    }
    let ValueType::Table(root) = &record_schema().root else { return None };
    let mut found = Vec::new();
    search(root, "", keys, &mut found);
    let shared = |path: &str| path.bytes().zip(here.bytes()).take_while(|(a, b)| a == b).count();
    let (path, is_list) = found.into_iter().max_by_key(|(path, _)| shared(path))?;
    let heading = if is_list { format!("[[{path}]]") } else { format!("[{path}]") };
    Some((path, heading))
}

fn take_out(table: &mut DeTable<'_>, names: &[String]) {
    names.iter().for_each(|name| drop(table.remove(name.as_str())));
}

fn missing_help(name: &str, path: &str, shape: &ValueType) -> String {
    match shape {
        ValueType::Table(_) => format!("Add a section `[{}]`.", join(path, name)),
        ValueType::List(_) => format!("Add at least one `[[{}]]`.", join(path, name)),
        ValueType::Date => format!("Add a line such as `{name} = 2026-09-03`."),
        ValueType::Integer | ValueType::Number => format!("Add a line such as `{name} = 1`."),
        ValueType::Boolean => format!("Add a line `{name} = true` or `{name} = false`."),
        ValueType::Choice(words) => {
            format!("Add a line such as `{name} = \"{}\"`.", words.first().map_or("…", String::as_str))
        }
        ValueType::Text | ValueType::Map(_) => format!("Add a line `{name} = \"…\"`."),
    }
}

fn wrong_type(found: &DeValue<'_>, shape: &ValueType) -> (String, String) {
    let (message, help) = match (shape, found) {
        (ValueType::Date, DeValue::String(_)) => (
            "A date is needed here",
            "Write it as year-month-day without quotation marks: 1 September 2014 is 2014-09-01.",
        ),
        (ValueType::Date, DeValue::Datetime(_)) => {
            ("A date without a time is needed here", "Leave the time away: 2014-09-01.")
        }
        (ValueType::Date, _) => {
            ("A date is needed here", "Write it as year-month-day: 1 September 2014 is 2014-09-01.")
        }
        (ValueType::Integer, DeValue::String(text)) if text.contains('%') => (
            "A whole number is needed here",
            "Give sessions, not a percentage, and leave the quotation marks away: 372.",
        ),
        (ValueType::Integer, DeValue::Float(_)) => {
            ("A whole number is needed here", "Sessions are counted whole: 372, not 372.0 and not a percentage.")
        }
        (ValueType::Integer | ValueType::Number, DeValue::String(_)) => {
            ("A number is needed here", "Leave the quotation marks away: 372.")
        }
        (ValueType::Integer, _) => ("A whole number is needed here", "Write digits only: 372."),
        (ValueType::Number, _) => ("A number is needed here", "Write digits and a point: 94.5."),
        (ValueType::Boolean, _) => {
            ("True or false is needed here", "Write `true` for yes or `false` for no, without quotation marks.")
        }
        (ValueType::Text | ValueType::Choice(_), _) => ("Text is needed here", "Put it in quotation marks: \"…\"."),
        (ValueType::List(inner), DeValue::Table(_)) if matches!(**inner, ValueType::Table(_)) => (
            "A list is needed here",
            "Use double square brackets for the heading, so that there can be several: [[…]].",
        ),
        (ValueType::List(_), _) => ("A list is needed here", "Put it in square brackets: [\"…\", \"…\"]."),
        (ValueType::Table(_) | ValueType::Map(_), DeValue::Array(_)) => {
            ("Only one section can stand here", "Use single square brackets for the heading: […].")
        }
        (ValueType::Table(_) | ValueType::Map(_), _) => {
            ("A section is needed here", "Give it a heading in square brackets and its fields below.")
        }
    };
    (message.to_owned(), help.to_owned())
}

/// The known word nearest to one that was typed, if it is near enough to be meant.
fn closest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = folded(typed);
    known
        .map(|word| (strsim::normalized_damerau_levenshtein(&typed, &word.to_lowercase()), word))
        .filter(|(nearness, _)| *nearness > 0.66)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

/// A known key of which a typed one is a part: `surname` of `legal_surname`.
fn longer<'a>(typed: &str, mut known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = folded(typed);
    known.find(|word| typed.len() > 3 && word.split('_').any(|part| part == typed))
}

fn folded(typed: &str) -> String {
    typed.to_lowercase().replace([' ', '-'], "_")
}
