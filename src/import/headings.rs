//! What the headings of lists mean: those of information systems as far as they are public, those that offices type, and
//! those that somebody has said.
//!
//! The systems' own documentation could not be had. What stands here is from one public importer (SIMS, Arbor, Bromcom)
//! and from what offices call their columns; whatever is not known is shown as not known, and can be said with `--map`.

use super::file::ImportError;
use super::meaning::{Column, Meaning, Meaning as M};
use super::synonyms::KNOWN;
use crate::record::register_class;

impl Meaning {
    /// What it is, in words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Code(code) => format!("sessions with the register code {code}"),
            other => {
                let known = KNOWN.iter().find(|(known, ..)| known == other);
                known.map_or_else(String::new, |(_, _, words, _)| (*words).to_owned())
            }
        }
    }

    /// Every name that `--map` knows, with what it is.
    pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
        KNOWN.iter().map(|(_, name, words, _)| (*name, *words))
    }

    fn from_name(name: &str) -> Option<Self> {
        if let Some(code) = name.strip_prefix("code:") {
            return register_class(code).map(|_| Self::Code(code.to_owned()));
        }
        KNOWN.iter().find(|(_, known, ..)| *known == name).map(|(meaning, ..)| meaning.clone())
    }
}

/// A heading without marks and in small letters.
fn plain(heading: &str) -> String {
    let words = heading.trim().to_lowercase().replace(['_', '.', ':', '(', ')', '*'], " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a cell is a heading for the UPN.
pub(super) fn is_upn(cell: &str) -> bool {
    known(cell) == Some(M::Upn)
}

fn known(heading: &str) -> Option<M> {
    let words = plain(heading);
    let by_words = KNOWN.iter().find(|(.., headings)| headings.contains(&words.as_str()));
    by_words.map(|(meaning, ..)| meaning.clone()).or_else(|| {
        let code = heading.trim().trim_start_matches("Code ").trim_start_matches("code ");
        register_class(code).map(|_| M::Code(code.to_owned()))
    })
}

/// What each column is taken for. Of two with the same meaning the first one counts, but for contacts' telephones.
///
/// # Errors
/// [`ImportError`] where a heading was named that is not there, or a field that there is none of.
pub(super) fn columns(headings: &[String], map: &[(String, String)]) -> Result<Vec<Column>, ImportError> {
    for (heading, name) in map {
        if !headings.iter().any(|known| plain(known) == plain(heading)) {
            return Err(ImportError::NoSuchHeading(heading.clone()));
        }
        if name != "-" && M::from_name(name).is_none() {
            return Err(ImportError::NoSuchField(name.clone()));
        }
    }
    let mut columns: Vec<Column> = Vec::new();
    for heading in headings {
        let said = map.iter().find(|(said, _)| plain(said) == plain(heading));
        let meaning = match said {
            Some((_, name)) => M::from_name(name),
            None => known(heading),
        };
        let is_new = |meaning: &M| {
            let stands = columns.iter().any(|column| column.meaning.as_ref() == Some(meaning));
            !stands || matches!(meaning, M::Phone)
        };
        columns.push(Column { heading: heading.clone(), meaning: meaning.filter(is_new) });
    }
    if columns.iter().any(|column| column.meaning == Some(M::Upn)) { Ok(columns) } else { Err(ImportError::NoUpn) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn meanings(headings: &[&str], map: &[(&str, &str)]) -> Result<Vec<Option<M>>, ImportError> {
        let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
        let map: Vec<_> = map.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        Ok(columns(&headings, &map)?.into_iter().map(|column| column.meaning).collect())
    }

    #[test]
    fn headings_of_systems_and_of_offices_are_known() {
        for (headings, wanted) in [
            (vec!["UPN", "Forename", "Surname", "Reg"], vec![M::Upn, M::LegalForename, M::LegalSurname, M::Class]),
            (
                vec!["UPN ", "First name", "Last name", "Registration form"],
                vec![M::Upn, M::LegalForename, M::LegalSurname, M::Class],
            ),
            (vec!["upn", "FirstName", "LastName", "Form"], vec![M::Upn, M::LegalForename, M::LegalSurname, M::Class]),
            (
                vec!["UPN", "/", "\\", "I", "Code M"],
                vec![M::Upn, M::Code("/".into()), M::Code("\\".into()), M::Code("I".into()), M::Code("M".into())],
            ),
        ] {
            let wanted: Vec<Option<M>> = wanted.into_iter().map(Some).collect();
            assert_eq!(meanings(&headings, &[]).unwrap(), wanted);
        }
    }

    #[test]
    fn what_somebody_says_of_a_heading_wins() {
        let told = meanings(&["ID", "Name", "Colour"], &[("ID", "upn"), ("name", "-")]).unwrap();
        assert_eq!(told, [Some(M::Upn), None, None]);
        assert_eq!(meanings(&["UPN"], &[("Nothing", "upn")]), Err(ImportError::NoSuchHeading("Nothing".into())));
        assert_eq!(meanings(&["UPN"], &[("UPN", "age")]), Err(ImportError::NoSuchField("age".into())));
        assert_eq!(meanings(&["Name"], &[]), Err(ImportError::NoUpn));
    }

    #[test]
    fn no_heading_means_two_things() {
        let (mut names, mut headings) = (BTreeSet::new(), BTreeSet::new());
        for (meaning, name, words, known) in &KNOWN {
            assert!(names.insert(*name) && !words.is_empty(), "{name}");
            assert!(known.iter().all(|heading| headings.insert(*heading) && plain(heading) == *heading), "{name}");
            assert_eq!(M::from_name(name).as_ref(), Some(meaning));
        }
    }
}
