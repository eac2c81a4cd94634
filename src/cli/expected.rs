//! Who is expected to leave, and has no record.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::exit::Failure;
use super::folder_notes::notes_in;
use super::paths::folder_of;
use super::terminal;
use crate::record::Expected;

/// So many are named.
const MOST_NAMED: usize = 20;

/// The children of the lists that were imported into the folders of some records, who have none of these records: of each
/// record its file and the child's UPN.
pub(super) fn without_record<'a>(
    records: impl Iterator<Item = (&'a PathBuf, String)>,
) -> Result<Vec<Expected>, Failure> {
    let mut folders: BTreeMap<&Path, BTreeSet<String>> = BTreeMap::new();
    for (file, upn) in records {
        folders.entry(folder_of(file)).or_default().insert(upn);
    }
    let mut missing = Vec::new();
    for (folder, there) in folders {
        let expected = notes_in(folder)?.expected.into_iter();
        missing.extend(expected.filter(|(upn, _)| !there.contains(upn)).map(|(_, expected)| expected));
    }
    Ok(missing)
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
