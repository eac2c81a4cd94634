//! Who is expected to leave, and has no record.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::exit::Failure;
use super::files::read_one;
use super::folder_notes::notes_beside;
use super::paths::folder_of;
use super::terminal;
use crate::record::{Expected, RecordEditor, plain_upn};

/// So many are named.
const MOST_NAMED: usize = 20;

/// The children of the lists that were imported into the folders of some records, who have none of these records.
pub(super) fn without_record(files: &[PathBuf]) -> Result<Vec<Expected>, Failure> {
    let folders: BTreeSet<&Path> = files.iter().map(|file| folder_of(file)).collect();
    let mut missing = Vec::new();
    for folder in folders {
        let notes = notes_beside(&folder.join("any"))?;
        if notes.expected.is_empty() {
            continue;
        }
        let mut there = BTreeSet::new();
        for file in files.iter().filter(|file| folder_of(file) == folder) {
            there.extend(upn(file)?);
        }
        missing
            .extend(notes.expected.into_iter().filter(|(upn, _)| !there.contains(upn)).map(|(_, expected)| expected));
    }
    Ok(missing)
}

/// The UPN in a record, in capitals and without spaces.
fn upn(file: &Path) -> Result<Option<String>, Failure> {
    let bytes = read_one(file)?.bytes;
    let text = String::from_utf8(bytes).unwrap_or_default();
    let Ok(record) = RecordEditor::new(&text) else { return Ok(None) };
    let upn = record.get("pupil.upn").and_then(toml::Value::as_str).unwrap_or_default();
    Ok(Some(plain_upn(upn)))
}

/// Says who is missing, where anybody is; by name only where somebody looks.
pub(super) fn tell_missing(missing: &[Expected], show_values: bool) {
    if missing.is_empty() {
        return;
    }
    let shows = show_values || terminal::talk_is_seen();
    let line = |child: &Expected| {
        let to = child.to.as_deref().map(|to| format!(" (to {to})")).unwrap_or_default();
        format!("\n  {}", terminal::plain(&format!("{}{to}", child.name)))
    };
    let mut named: String = if shows { missing.iter().take(MOST_NAMED).map(line).collect() } else { String::new() };
    if shows && missing.len() > MOST_NAMED {
        named.push_str(&format!("\n  and {} more", missing.len() - MOST_NAMED));
    }
    let many = if missing.len() == 1 { "1 child is".to_owned() } else { format!("{} children are", missing.len()) };
    terminal::say(&format!("{many} expected to leave and without a record here.{named}"));
}
