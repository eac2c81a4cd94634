//! Records as they were before each save, so that a save can be undone. They lie in the user's configuration folder, and not
//! beside the records: folders of a class are often shared or copied by themselves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::cli::exit::Failure;
use crate::cli::files::find_if_any;
use crate::cli::replace::write_one;
use crate::cli::{config_dir, disk};
use crate::text::hex;

/// So many saves of a record can be undone.
const MOST: usize = 20;

/// So many pages are remembered that went out.
const MOST_VIEWS: usize = 400;

/// The digest of a record's text, by which a button knows whether the record is still the one beside which it stood.
pub(super) fn digest_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// A page that went out.
#[derive(Debug)]
struct View {
    /// The record as this page knows it: as it was when the page was made, with what this page has saved since, and nothing
    /// that somebody else has changed.
    base: String,
    /// The number of the last save of this page that was looked at.
    turn: u64,
}

/// The pages that went out, by the number that each sends back.
#[derive(Debug, Default)]
pub(super) struct Views {
    views: BTreeMap<u64, View>,
    last: u64,
}

impl Views {
    /// The number of a new page over a record's text.
    pub(super) fn begin(&mut self, text: &str) -> u64 {
        self.last += 1;
        self.views.insert(self.last, View { base: text.to_owned(), turn: 0 });
        if self.views.len() > MOST_VIEWS {
            self.views.pop_first();
        }
        self.last
    }

    /// The record as a page knows it; nothing where the page is not known.
    pub(super) fn base(&self, view: u64) -> Option<&str> {
        self.views.get(&view).map(|view| view.base.as_str())
    }

    /// Whether a save is older than one that has been looked at: a slow connection may let them change places.
    pub(super) fn is_late(&mut self, view: u64, turn: u64) -> bool {
        let Some(known) = self.views.get_mut(&view) else { return false };
        let is_late = turn < known.turn;
        known.turn = known.turn.max(turn);
        is_late
    }

    /// What a page knows after it has saved.
    pub(super) fn saved(&mut self, view: u64, base: String) {
        if let Some(known) = self.views.get_mut(&view) {
            known.base = base;
        }
    }
}

/// What is kept of one record.
pub(super) struct Undo {
    folder: PathBuf,
}

impl Undo {
    /// Of the record in a file.
    pub(super) fn of(record: &Path) -> Result<Self, Failure> {
        let whole = record.canonicalize().unwrap_or_else(|_error| record.to_owned());
        let name = digest_of(whole.as_os_str().as_encoded_bytes());
        let name = name.get(..32).unwrap_or(&name);
        Ok(Self { folder: config_dir::folder()?.join("undo").join(name) })
    }

    /// Keeps the text that is about to be written over, unless it is the one that was kept last.
    pub(super) fn keep(&self, bytes: &[u8]) -> Result<(), Failure> {
        let kept = self.kept();
        let last = kept.last();
        if last.and_then(|path| std::fs::read(path).ok()).as_deref() == Some(bytes) {
            return Ok(());
        }
        let number = last.map_or(0, |path| number_of(path)) + 1;
        write_one(&self.folder.join(format!("{number:08}.toml")), bytes, true)?;
        for old in kept.iter().take((kept.len() + 1).saturating_sub(MOST)) {
            drop(disk::remove_file(old));
        }
        Ok(())
    }

    /// How many saves can be undone.
    pub(super) fn count(&self) -> usize {
        self.kept().len()
    }

    /// What was kept last.
    pub(super) fn last(&self) -> Option<Vec<u8>> {
        std::fs::read(self.kept().last()?).ok()
    }

    /// Forgets what was kept last: it is in its place again.
    pub(super) fn forget_last(&self) {
        if let Some(path) = self.kept().last() {
            drop(disk::remove_file(path));
        }
    }

    /// What is kept, the oldest first.
    fn kept(&self) -> Vec<PathBuf> {
        if !self.folder.is_dir() {
            return Vec::new();
        }
        let mut files = find_if_any(&self.folder, &["toml"]).unwrap_or_default();
        files.sort_by_key(|path| number_of(path));
        files
    }
}

fn number_of(path: &Path) -> u64 {
    path.file_stem().and_then(|stem| stem.to_str()?.parse().ok()).unwrap_or_default()
}
