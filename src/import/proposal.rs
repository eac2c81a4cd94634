//! What a file proposes for one child's record.

use std::collections::BTreeMap;

use crate::record::{Day, NewValue};

/// What a file proposes for one child's record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proposal {
    /// The UPN, without spaces and in capitals; empty where the file has none.
    pub upn: String,
    /// An earlier UPN of the same child.
    pub former_upn: Option<String>,
    /// First and last name, as the child is known.
    pub name: String,
    /// Date of birth.
    pub dob: Option<Day>,
    /// The class or registration group.
    pub class: Option<String>,
    /// The DfE number of the school that the child goes to, or why there is none.
    pub to: Option<String>,
    /// The school that the child comes from, as a list of a receiving school says it.
    pub origin: Option<String>,
    /// Single fields: path and value.
    pub values: Vec<(&'static str, NewValue)>,
    /// Attendance, a year each.
    pub periods: Vec<Period>,
    /// Earlier schools: fields of an entry of `moves.schools`.
    pub schools: Vec<Vec<(&'static str, NewValue)>>,
    /// People around the child.
    pub contacts: Vec<Contact>,
    /// What a person has to look at.
    pub notices: Vec<String>,
}

/// The sessions of one academic year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Period {
    /// The year in which the academic year began.
    pub academic_year: i64,
    /// DfE number and name of the school, where the file says them.
    pub school: Option<(String, String)>,
    /// First and last day counted, where the file says them.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
    /// Possible, attended, authorised, unauthorised: all of them, or none is used.
    pub sums: Option<[i64; 4]>,
    /// The same by term (a keyword of the record), in the order of the year.
    pub terms: Vec<(&'static str, [i64; 4])>,
    /// Sessions by register code.
    pub codes: BTreeMap<String, i64>,
    /// Times late before the register closed, where the file counts them.
    pub late_before: Option<i64>,
    /// The percentage that the file prints.
    pub percentage: Option<f64>,
}

/// A person around the child.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// The name.
    pub name: String,
    /// What the person is to the child: a keyword of the record.
    pub relationship: Option<&'static str>,
    /// Whether the file says that the person has parental responsibility.
    pub has_parental_responsibility: bool,
    /// Whether the file says that the person lives where the child lives.
    pub lives_with_child: bool,
    /// Whether the file says that the person is an emergency contact.
    pub is_emergency_contact: bool,
    /// Telephone number.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

impl Proposal {
    /// Takes over what another file, or another row, says of the same child.
    pub(super) fn join(&mut self, other: Self) {
        let Self { upn: _, former_upn, name, dob, class, to, origin, values, periods, schools, contacts, notices } =
            other;
        self.former_upn = self.former_upn.take().or(former_upn);
        self.dob = self.dob.or(dob);
        self.class = self.class.take().or(class);
        self.to = self.to.take().or(to);
        if self.name.is_empty() {
            self.name = name;
        }
        for (path, value) in values {
            if !self.values.iter().any(|(known, _)| *known == path) {
                self.values.push((path, value));
            }
        }
        self.periods.extend(periods);
        self.origin = self.origin.take().or(origin);
        self.schools.extend(schools);
        for contact in contacts {
            if !self.contacts.contains(&contact) {
                self.contacts.push(contact);
            }
        }
        for notice in notices {
            if !self.notices.contains(&notice) {
                self.notices.push(notice);
            }
        }
    }

    /// Proposes a text, unless there is none.
    pub(super) fn text(&mut self, path: &'static str, text: &str) {
        if !text.trim().is_empty() {
            self.values.push((path, NewValue::Text(text.trim().to_owned())));
        }
    }
}
