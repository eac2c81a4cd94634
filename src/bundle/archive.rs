//! The ZIP archive in its one canonical form, written by the `zip` crate and read strictly.
//!
//! Stored, no comment, no extra fields, fixed time, sorted plain names, entries back to back from the first byte.
//! Reading walks the local headers, then writes the archive again and compares: whatever differs in any byte, be it a
//! hidden entry, another name in the directory, a prefix, a symlink or a bomb, is not the canonical form.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The largest bundle, in bytes.
pub(super) const LIMIT: usize = 512 << 20;
/// The most files in a bundle.
const MOST_FILES: usize = 4000;
/// The most children in one bundle: more than any school takes in at once, and few enough for every limit of the archive.
/// A larger transfer makes several bundles.
pub const MOST_CHILDREN: usize = 400;
/// At most two packs and two records a child, and some files that are about no single child.
const _: () = assert!(MOST_CHILDREN * 4 + 8 < MOST_FILES);
/// The length of a local header before the name.
const LOCAL_HEADER: usize = 30;

/// Why an archive is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveError {
    /// Too large, or too many files.
    TooLarge,
    /// A name that is not plain.
    Name,
    /// Not in the one canonical form.
    Form,
}

/// An archive that is written file by file, in order of name: only what it has become is held in memory.
pub(super) struct ArchiveWriter {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    /// The names so far in small letters: systems differ in whether `A` and `a` are the same.
    folded: BTreeSet<String>,
    last: String,
    size: usize,
}

impl ArchiveWriter {
    /// An empty archive, with room for so many files of so many bytes together.
    pub(super) fn new(files: usize, size: usize) -> Self {
        // A file's name stands in it twice, each time after some numbers.
        let room = size.min(LIMIT) + files.min(MOST_FILES) * 2 * (2 * LOCAL_HEADER + 40);
        let zip = ZipWriter::new(Cursor::new(Vec::with_capacity(room)));
        Self { zip, folded: BTreeSet::new(), last: String::new(), size: 0 }
    }

    /// Adds a file, whose name comes after all that are there.
    ///
    /// # Errors
    /// As [`write_archive`]; [`ArchiveError::Name`] also for a name that is not in order.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.size = self.size.saturating_add(bytes.len());
        if self.size > LIMIT || self.folded.len() >= MOST_FILES {
            return Err(ArchiveError::TooLarge);
        }
        if !is_plain(name) || *name <= *self.last || !self.folded.insert(name.to_lowercase()) {
            return Err(ArchiveError::Name);
        }
        name.clone_into(&mut self.last);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o600);
        self.zip.start_file(name, options).map_err(|_error| ArchiveError::Form)?;
        self.zip.write_all(bytes).map_err(|_error| ArchiveError::Form)
    }

    /// The archive.
    ///
    /// # Errors
    /// As [`write_archive`].
    pub(super) fn finish(self) -> Result<Vec<u8>, ArchiveError> {
        Ok(self.zip.finish().map_err(|_error| ArchiveError::Form)?.into_inner())
    }
}

/// Writes files as an archive, in order of name.
///
/// # Errors
/// [`ArchiveError::Name`] for a name that reading would refuse, [`ArchiveError::TooLarge`] beyond the limits.
pub fn write_archive(files: &BTreeMap<String, impl AsRef<[u8]>>) -> Result<Vec<u8>, ArchiveError> {
    let size = files.values().map(|bytes| bytes.as_ref().len()).fold(0, usize::saturating_add);
    let mut writer = ArchiveWriter::new(files.len(), size);
    files.iter().try_for_each(|(name, bytes)| writer.add(name, bytes.as_ref()))?;
    writer.finish()
}

/// Reads an archive in the canonical form.
///
/// # Errors
/// Says which of size, name and form is at fault; nothing is unpacked before everything is right.
pub fn read_archive(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, ArchiveError> {
    Ok(entries(bytes)?.into_iter().map(|(name, bytes)| (name, bytes.to_vec())).collect())
}

/// The same, where the files lie in the archive.
///
/// # Errors
/// As [`read_archive`].
pub fn entries(bytes: &[u8]) -> Result<BTreeMap<String, &[u8]>, ArchiveError> {
    if bytes.len() > LIMIT {
        return Err(ArchiveError::TooLarge);
    }
    let mut files = BTreeMap::new();
    let mut at = 0;
    while bytes.get(at..at + 4) == Some(b"PK\x03\x04") {
        let (name, data, next) = entry(bytes, at).ok_or(ArchiveError::Form)?;
        if !is_plain(&name) {
            return Err(ArchiveError::Name);
        }
        if files.len() >= MOST_FILES {
            return Err(ArchiveError::TooLarge);
        }
        if files.insert(name, data).is_some() {
            return Err(ArchiveError::Name);
        }
        at = next;
    }
    if !files.is_empty() && write_archive(&files)? == bytes { Ok(files) } else { Err(ArchiveError::Form) }
}

/// Name, content and end of the entry whose local header stands at an offset.
fn entry(bytes: &[u8], at: usize) -> Option<(String, &[u8], usize)> {
    let header = bytes.get(at..at.checked_add(LOCAL_HEADER)?)?;
    let number = |from: usize, width: usize| {
        let field = header.get(from..from + width)?;
        field.iter().rev().try_fold(0_usize, |sum, byte| sum.checked_mul(256)?.checked_add(usize::from(*byte)))
    };
    let (size, name_length, extra_length) = (number(18, 4)?, number(26, 2)?, number(28, 2)?);
    let name_at = at + LOCAL_HEADER;
    let data_at = name_at.checked_add(name_length)?.checked_add(extra_length)?;
    let end = data_at.checked_add(size)?;
    let name = std::str::from_utf8(bytes.get(name_at..name_at + name_length)?).ok()?;
    Some((name.to_owned(), bytes.get(data_at..end)?, end))
}

/// Letters, digits, `.`, `_` and `-` only, beginning with a letter or digit; no folder, no device of any system.
fn is_plain(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let device = ["con", "prn", "aux", "nul"].contains(&stem.as_str())
        || (stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")));
    (1..=100).contains(&name.len())
        && name.bytes().all(plain)
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && !name.ends_with('.')
        && !device
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Result<Vec<u8>, ArchiveError> {
        write_archive(&files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect())
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = archive(&[("a.pdf", b"one"), ("b.json", b"")]).unwrap();
        let files = read_archive(&bytes).unwrap();
        assert_eq!(
            files.into_iter().map(|(name, data)| (name, data.len())).collect::<Vec<_>>(),
            [("a.pdf".into(), 3), ("b.json".into(), 0)]
        );
    }

    #[test]
    fn every_changed_byte_and_every_truncation_is_refused_or_another_file() {
        let bytes = archive(&[("a.pdf", b"one"), ("b.json", b"two")]).unwrap();
        let original = read_archive(&bytes).unwrap();
        for at in 0..bytes.len() {
            assert!(read_archive(&bytes[..at]).is_err());
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(read_archive(&changed).is_err(), "byte {at}");
        }
        for extra in [&b"x"[..], b"PK\x03\x04"] {
            assert!(read_archive(&[extra, &bytes].concat()).is_err());
            assert!(read_archive(&[&bytes, extra].concat()).is_err());
        }
        assert_eq!(original.len(), 2);
    }

    #[test]
    fn names_that_mislead_are_not_written() {
        for name in
            ["../a", "/a", "a/b", "C:a", "a:b", "con", "CON.pdf", "lpt1.x", ".a", "a.", "a\u{202e}fdp.exe", "", "ä"]
        {
            assert_eq!(archive(&[(name, b"x")]), Err(ArchiveError::Name), "{name}");
        }
        assert_eq!(archive(&[("A.pdf", b"x"), ("a.pdf", b"y")]), Err(ArchiveError::Name));
    }
}
