//! A proposal goes into a record: blanks are filled, and nothing else is touched.

use std::collections::BTreeSet;

use super::proposal::{Contact, Period, Proposal};
use crate::record::{EditError, NewValue, RecordEditor, RecordNotes, SchoolFile, mark_of};

/// Where record and file say different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub path: String,
    /// What the record says, and goes on to say.
    pub kept: String,
    /// What the file says.
    pub file: String,
}

/// What became of a proposal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// The fields that were filled, by path.
    pub filled: Vec<String>,
    /// Where record and file differ.
    pub differences: Vec<Difference>,
    /// What a person has to look at.
    pub notices: Vec<String>,
}

/// Fills a record's blanks from a proposal. `is_new` says that the record is a starter, in which nobody has written.
///
/// # Errors
/// [`EditError`] only where the program proposes what no record holds.
pub fn fill(
    editor: &mut RecordEditor,
    proposal: &Proposal,
    (notes, import): (&mut RecordNotes, usize),
    school: Option<&SchoolFile>,
    is_new: bool,
) -> Result<Filled, EditError> {
    let mut filling = Filling { editor, notes, import, school, is_new, out: Filled::default() };
    for (path, value) in &proposal.values {
        if !filling.school_says(path, proposal) {
            filling.value(path, value)?;
        }
    }
    for period in &proposal.periods {
        filling.period(period)?;
    }
    filling.schools(&proposal.schools)?;
    filling.contacts(&proposal.contacts)?;
    filling.out.notices.extend(proposal.notices.iter().cloned());
    Ok(filling.out)
}

struct Filling<'a> {
    editor: &'a mut RecordEditor,
    notes: &'a mut RecordNotes,
    import: usize,
    school: Option<&'a SchoolFile>,
    is_new: bool,
    out: Filled,
}

impl Filling<'_> {
    /// Whether the school says once for all what a path holds.
    fn school_says(&self, path: &str, proposal: &Proposal) -> bool {
        let Some(school) = self.school else { return false };
        if path.starts_with("sending_school.") {
            return school.has_sending_school();
        }
        let is_known = || proposal.to.as_ref().is_some_and(|to| school.receiving().any(|(number, _)| number == to));
        matches!(path, "receiving_school.name" | "receiving_school.urn") && is_known()
    }

    /// Fills one field where it is blank, and was not blanked by somebody since an import.
    fn value(&mut self, path: &str, value: &NewValue) -> Result<(), EditError> {
        let now = self.editor.get(path).cloned();
        let is_blank = self.editor.is_blank(path);
        if now.as_ref().is_some_and(|now| !is_blank && is_same(now, &value.to_value())) {
            return Ok(());
        }
        let was_imported = self.notes.values.contains_key(path);
        if (!is_blank && !self.is_new) || (is_blank && was_imported) {
            let kept = now.filter(|_| !is_blank).map_or_else(|| "nothing".to_owned(), |now| words(&now));
            self.differs(path, kept, words(&value.to_value()));
            return Ok(());
        }
        match self.editor.set(path, value) {
            Ok(()) => self.filled(path, value),
            Err(EditError::NoPlace(path)) => self.out.notices.push(format!("`{path}` has to be written by hand here")),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn filled(&mut self, path: &str, value: &NewValue) {
        self.notes.values.insert(path.to_owned(), (self.import, mark_of(path, &value.to_json().to_string())));
        self.out.filled.push(path.to_owned());
    }

    fn differs(&mut self, path: &str, kept: String, file: String) {
        self.out.differences.push(Difference { path: path.to_owned(), kept, file });
    }

    /// Adds an entry to a list.
    fn push(&mut self, list: &str, fields: &[(&'static str, NewValue)]) -> Result<(), EditError> {
        match self.editor.push(list, fields) {
            Ok(number) => {
                for (name, value) in fields {
                    self.filled(&format!("{list}[{number}].{name}"), value);
                }
            }
            Err(EditError::NoPlace(path)) => self.out.notices.push(format!("`{path}` has to be written by hand here")),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn text_at(&self, path: &str) -> Option<&str> {
        self.editor.get(path)?.as_str()
    }

    /// The sessions of a year: the four sums go together, or not at all.
    fn period(&mut self, period: &Period) -> Result<(), EditError> {
        const LIST: &str = "attendance.periods";
        let is_own = |school: &Option<(String, String)>| {
            let number = school.as_ref().map(|(number, _)| number.as_str());
            number.is_none() || number == self.school.and_then(SchoolFile::sending_number)
        };
        let knows_days =
            is_own(&period.school) && self.school.is_some_and(|it| it.register_year(period.academic_year).is_some());
        let mut fields: Vec<(&'static str, NewValue)> = vec![("academic_year", NewValue::Whole(period.academic_year))];
        if !knows_days {
            fields.extend(period.from.map(|day| ("from", NewValue::Day(day))));
            fields.extend(period.to.map(|day| ("to", NewValue::Day(day))));
        }
        fields.extend(period.school.as_ref().map(|(number, name)| {
            ("school", NewValue::Text(if name.is_empty() { number.clone() } else { name.clone() }))
        }));
        let sums = period.sums.unwrap_or_default();
        let sums = ["possible", "attended", "authorised", "unauthorised"].into_iter().zip(sums);
        let sums: Vec<(&'static str, NewValue)> = sums.map(|(name, sum)| (name, NewValue::Whole(sum))).collect();
        let mut rest: Vec<(&'static str, NewValue)> = Vec::new();
        if !period.codes.is_empty() {
            rest.push(("codes", NewValue::Counts(period.codes.clone())));
        }
        rest.extend(period.late_before.map(|late| ("late_before", NewValue::Whole(late))));
        rest.extend(period.percentage.map(|percent| ("stated_percentage", NewValue::Number(percent))));
        let number = (0..self.editor.count(LIST)).find(|number| self.is_period(*number, period));
        let Some(number) = number else {
            if period.sums.is_some() {
                fields.extend(sums);
            }
            fields.extend(rest);
            let number = self.editor.count(LIST);
            self.push(LIST, &fields)?;
            self.terms(number, period)?;
            if !knows_days && (period.from.is_none() || period.to.is_none()) {
                let year = period.academic_year;
                self.out.notices.push(format!(
                    "of {year}/{:02} it is not known on which days the sessions begin and end: write `from` and `to`, or say it \
                     for all in school.toml",
                    (year + 1) % 100
                ));
            }
            return Ok(());
        };
        let inside = |name: &str| format!("{LIST}[{number}].{name}");
        // A figure of the file beside three of the school's own would be nobody's.
        let are_blank = sums.iter().all(|(name, _)| self.editor.is_blank(&inside(name)));
        if period.sums.is_some() {
            for (name, value) in sums {
                if are_blank || !self.editor.is_blank(&inside(name)) {
                    self.value(&inside(name), &value)?;
                } else {
                    self.differs(&inside(name), "nothing".to_owned(), words(&value.to_value()));
                }
            }
        }
        for (name, value) in fields.into_iter().skip(1).chain(rest) {
            self.value(&inside(name), &value)?;
        }
        self.terms(number, period)
    }

    /// The same sessions by term, where the record has none.
    fn terms(&mut self, number: usize, period: &Period) -> Result<(), EditError> {
        let list = format!("attendance.periods[{number}].terms");
        if self.editor.count(&list) > 0 || self.notes.values.keys().any(|path| path.starts_with(&list)) {
            return Ok(());
        }
        for (term, sums) in &period.terms {
            let mut fields = vec![("term", NewValue::Text((*term).to_owned()))];
            let names = ["possible", "attended", "authorised", "unauthorised"];
            fields.extend(names.into_iter().zip(sums.map(NewValue::Whole)));
            self.push(&list, &fields)?;
        }
        Ok(())
    }

    /// Whether an entry is about the year and the school of a period.
    fn is_period(&self, number: usize, period: &Period) -> bool {
        let inside = format!("attendance.periods[{number}]");
        let year = self.editor.get(&format!("{inside}.academic_year")).and_then(toml::Value::as_integer);
        let school = self.text_at(&format!("{inside}.school")).map(str::trim).filter(|school| !school.is_empty());
        let is_school = match (school, &period.school) {
            (Some(own), Some((number, name))) => own == number || own.to_lowercase() == name.to_lowercase(),
            _ => true,
        };
        year == Some(period.academic_year) && is_school
    }

    /// Earlier schools: those that are not there are added where there are none at all; else a person decides.
    fn schools(&mut self, schools: &[Vec<(&'static str, NewValue)>]) -> Result<(), EditError> {
        const LIST: &str = "moves.schools";
        let had_none = self.editor.count(LIST) == 0 || self.is_new;
        for fields in schools {
            let text = |wanted: &str| {
                fields.iter().find_map(|(name, value)| match value {
                    NewValue::Text(text) if *name == wanted => Some(text.clone()),
                    _ => None,
                })
            };
            let is_it = |number: &usize| {
                ["laestab", "name"].into_iter().any(|field| {
                    let own = self.text_at(&format!("{LIST}[{number}].{field}"));
                    own.is_some() && own == text(field).as_deref()
                })
            };
            let found = (0..self.editor.count(LIST)).find(is_it);
            match found {
                Some(number) => {
                    for (name, value) in fields {
                        self.value(&format!("{LIST}[{number}].{name}"), value)?;
                    }
                }
                None if had_none => self.push(LIST, fields)?,
                None => {
                    self.differs(LIST, "other schools".to_owned(), text("name").or(text("laestab")).unwrap_or_default())
                }
            }
        }
        Ok(())
    }

    /// The people: those who are there get what is blank; others are added once.
    fn contacts(&mut self, contacts: &[Contact]) -> Result<(), EditError> {
        let is_true = |path: &str| self.editor.get(path).and_then(toml::Value::as_bool) == Some(true);
        if !contacts.is_empty()
            && (is_true("household.address_confidential") || is_true("household.refuge_or_emergency"))
        {
            self.out.notices.push("where the family lives is kept secret, so no contact was taken over".to_owned());
            return Ok(());
        }
        for contact in contacts {
            self.contact(contact)?;
        }
        Ok(())
    }

    fn contact(&mut self, contact: &Contact) -> Result<(), EditError> {
        const LIST: &str = "household.people";
        let text = |text: &str| NewValue::Text(text.to_owned());
        let mut fields: Vec<(&'static str, NewValue)> = Vec::new();
        fields.extend(contact.relationship.map(|it| ("relationship", text(it))));
        fields.push(("name", text(&contact.name)));
        fields.push(("status", text("known")));
        if contact.lives_with_child {
            fields.push(("lives_with_child", NewValue::YesNo(true)));
        }
        if contact.has_parental_responsibility {
            fields.push(("pr", text("yes")));
        }
        if contact.is_emergency_contact {
            fields.push(("emergency_contact", NewValue::YesNo(true)));
        }
        fields.extend(contact.phone.as_ref().map(|phone| ("phone", text(phone))));
        fields.extend(contact.email.as_ref().map(|email| ("email", text(email))));
        let folded = contact.name.to_lowercase();
        let is_it = |number: &usize| {
            self.text_at(&format!("{LIST}[{number}].name")).is_some_and(|name| name.trim().to_lowercase() == folded)
        };
        if let Some(number) = (0..self.editor.count(LIST)).find(is_it) {
            for (name, value) in &fields {
                self.value(&format!("{LIST}[{number}].{name}"), value)?;
            }
            return Ok(());
        }
        // Whom a person has taken out again since, no file brings back.
        let mark = person_mark(&contact.name);
        if self.notes.added.contains(&mark) {
            self.differs(LIST, "not there any more".to_owned(), contact.name.clone());
            return Ok(());
        }
        let id = self.new_id(contact.relationship.unwrap_or("contact"));
        fields.insert(0, ("id", NewValue::Text(id)));
        self.push(LIST, &fields)?;
        self.notes.added.insert(mark);
        Ok(())
    }

    /// An `id` that nobody has: `p-mother`, `p-mother-2`.
    fn new_id(&self, relationship: &str) -> String {
        let base = format!("p-{}", relationship.replace('_', "-"));
        let is_taken = |id: &str| {
            (0..self.editor.count("household.people"))
                .any(|number| self.text_at(&format!("household.people[{number}].id")) == Some(id))
        };
        let numbered = std::iter::once(base.clone()).chain((2_u32..).map(|number| format!("{base}-{number}")));
        numbered.into_iter().find(|id| !is_taken(id)).unwrap_or(base)
    }
}

/// The mark by which it is known that a person was added once.
fn person_mark(name: &str) -> String {
    mark_of("household.people", &name.trim().to_lowercase())
}

/// The marks of all people in a record.
#[must_use]
pub fn people_marks(record: &RecordEditor) -> BTreeSet<String> {
    let people = record.get("household.people").and_then(toml::Value::as_array).into_iter().flatten();
    people.filter_map(|person| person.get("name")?.as_str()).map(person_mark).collect()
}

/// Whether two values say the same: capitals, and spaces around a text, make no difference.
fn is_same(own: &toml::Value, other: &toml::Value) -> bool {
    match (own, other) {
        (toml::Value::String(own), toml::Value::String(other)) => {
            own.trim().to_lowercase() == other.trim().to_lowercase()
        }
        (own, other) => own == other,
    }
}

/// A value as it is told of.
fn words(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
