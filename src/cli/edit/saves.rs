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

/// So many versions of records are remembered that pages were made of.
const MOST_VERSIONS: usize = 400;

/// The digest of a record's text, by which a page knows which one it was made of.
pub(super) fn digest_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The texts of records that pages were made of, by digest.
#[derive(Debug, Default)]
pub(super) struct Versions {
    texts: BTreeMap<String, (usize, String)>,
    number: usize,
}

impl Versions {
    pub(super) fn note(&mut self, digest: &str, text: &str) {
        self.number += 1;
        let number = self.number;
        self.texts.entry(digest.to_owned()).or_insert_with(|| (number, text.to_owned())).0 = number;
        if self.texts.len() > MOST_VERSIONS {
            let oldest = self.texts.iter().min_by_key(|(_, (number, _))| *number).map(|(digest, _)| digest.clone());
            oldest.and_then(|digest| self.texts.remove(&digest));
        }
    }

    pub(super) fn text(&self, digest: &str) -> Option<&str> {
        self.texts.get(digest).map(|(_, text)| text.as_str())
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
