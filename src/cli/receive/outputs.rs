//! What is made out of the receiving folder after every run: a page, a table and a workbook for each circle, the register of
//! all, the page of what was not accepted, who is missing, and the messages that ask for it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::filing::{Filed, QUARANTINE};
use crate::circle::{BundleKind, PackKind};
use crate::cli::exit::Failure;
use crate::cli::files::read_one;
use crate::cli::import::count_children;
use crate::cli::replace::update;
use crate::embedded_record::EmbeddedRecord;
use crate::problem::count;
use crate::reception::{
    Child, CirclePage, Missing, Quarantined, Register, changes, circle_page, csv_of, in_words, quarantine_page,
    sheet_rows, xlsx_of,
};
use crate::record::Day;
use crate::sign::attached_source;
use crate::text::json_lines;

/// So many changes of a pack are told in a line each.
const MOST_CHANGES: usize = 12;

/// Writes all of it; a file that says the same already is left alone.
pub(super) fn write_all(filed: &Filed, waiting: &[Quarantined], day: Day) -> Result<Register, Failure> {
    let register = write_registers(filed, day)?;
    let mut all: Vec<Quarantined> = waiting.iter().chain(&filed.quarantined).cloned().collect();
    all.sort_by(|one, other| (!one.waits, &one.name, &one.sha256).cmp(&(!other.waits, &other.name, &other.sha256)));
    let html = quarantine_page(&all, &day.to_string()).map_err(|error| Failure::caused(&error))?;
    put(&filed.into.join(QUARANTINE).join("index.html"), html.as_bytes())?;
    Ok(register)
}

/// Writes the page and the tables of each circle, and the register of all.
pub(super) fn write_registers(filed: &Filed, day: Day) -> Result<Register, Failure> {
    let by_reference = filed.is_by_reference;
    let all = Register::of(&filed.all, &filed.recalls, None);
    for kind in BundleKind::ALL {
        let register = Register::of(&filed.all, &filed.recalls, Some(kind));
        let folder = filed.into.join(kind.key());
        let changed = changed(&filed.into, &register);
        // What changed may be a name.
        let lines = |sha256: &str| match changed.get(sha256) {
            Some(lines) if by_reference => vec![format!("{} changed", count(lines.len(), "thing"))],
            Some(lines) => lines.clone(),
            None => Vec::new(),
        };
        let page = CirclePage {
            kind,
            register: &register,
            changed: &lines,
            without: without(&all, kind, by_reference),
            day: day.to_string(),
            by_reference,
        };
        let html = circle_page(&page).map_err(|error| Failure::caused(&error))?;
        put(&folder.join("index.html"), html.as_bytes())?;
        tables(&folder, &register, day, by_reference)?;
    }
    tables(&filed.into, &all, day, by_reference)?;
    let told = if by_reference { &all.without_names() } else { &all };
    put(&filed.into.join("register.json"), &json_lines(told).map_err(|error| Failure::caused(&error))?)?;
    Ok(all)
}

fn tables(folder: &Path, register: &Register, day: Day, by_reference: bool) -> Result<(), Failure> {
    let rows = sheet_rows(register, by_reference);
    put(&folder.join("register.csv"), csv_of(&rows).as_bytes())?;
    let book = xlsx_of(&rows, day).map_err(|error| Failure::caused(&error))?;
    put(&folder.join("register.xlsx"), &book)
}

/// Writes a file of the folder anew, if it says something else than the one that is there.
pub(super) fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    update(path, |_before| Ok((bytes.to_vec(), ())))
}

/// What changed in packs that have taken the place of others: by the digest of the newer one, in lines.
fn changed(into: &Path, register: &Register) -> BTreeMap<String, Vec<String>> {
    let record = |path: &str| embedded(into, path);
    let mut told = BTreeMap::new();
    for child in &register.children {
        for kind in PackKind::SENT {
            let Some((now, before)) = child.current(kind).zip(child.before(kind)) else { continue };
            let Some((new, old)) = record(&now.path).zip(record(&before.path)) else { continue };
            let found = changes(&old.record, &new.record);
            let mut lines: Vec<String> = found.iter().take(MOST_CHANGES).map(in_words).collect();
            if found.len() > MOST_CHANGES {
                lines.push(format!("and {} more", found.len() - MOST_CHANGES));
            }
            told.insert(now.sha256.clone(), lines);
        }
    }
    told
}

/// Writes who is missing, and a message to each school that is to be asked.
pub(super) fn write_missing(into: &Path, missing: &Missing, chase: bool) -> Result<(), Failure> {
    let mut rows = vec![vec!["Name".to_owned(), "UPN".to_owned(), "From".to_owned(), "What is missing".to_owned()]];
    let mut row = |child: &crate::reception::ExpectedChild, what: String| {
        rows.push(vec![child.name.clone(), child.upn.clone(), child.from.clone(), what]);
    };
    for child in &missing.nothing {
        row(child, "everything".to_owned());
    }
    for (child, other) in &missing.possible {
        row(child, format!("everything, unless it is {other}"));
    }
    for (child, kinds) in &missing.partly {
        row(child, kinds.iter().map(|kind| kind.key()).collect::<Vec<_>>().join(", "));
    }
    put(&into.join("missing.csv"), csv_of(&rows).as_bytes())?;
    let mut schools: BTreeMap<String, usize> = BTreeMap::new();
    for child in missing.nothing.iter().chain(missing.partly.iter().map(|(child, _)| child)) {
        *schools.entry(child.from.clone()).or_default() += 1;
    }
    let mut text = String::new();
    for (school, count) in schools.iter().filter(|_| chase) {
        let to = if school.is_empty() { "the school that the children come from" } else { school };
        let children = count_children(*count);
        // Writing to a string cannot fail. No name goes into a mail.
        let _ = writeln!(
            text,
            "To {to}\n\nWe expect {children} from you of whom we have no whole handover yet. The safeguarding file has to \
             be with us within five days of the start of the term or of the child's first day here. Please send it, and ring us \
             so that we can tell you the names. If you have sent it, tell us when and how: it has not arrived.\n\n"
        );
    }
    put(&into.join("chasing.txt"), text.as_bytes())
}

/// Children of whom other packs came and none for the safeguarding lead, for that lead's page: by name and school, or by
/// reference.
fn without(all: &Register, kind: BundleKind, by_reference: bool) -> Vec<String> {
    if kind != BundleKind::Safeguarding {
        return Vec::new();
    }
    let called = |child: &Child| {
        let name = if by_reference { &child.reference } else { &child.name };
        format!("{name}, {}", child.from.name)
    };
    all.without(PackKind::Safeguarding).map(called).collect()
}

/// What is embedded in a pack of the receiving folder.
pub(super) fn embedded(into: &Path, path: &str) -> Option<EmbeddedRecord> {
    EmbeddedRecord::from_bytes(&attached_source(&read_one(&into.join(path)).ok()?.bytes)?)
}
