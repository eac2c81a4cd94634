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

/// Writes files as an archive, in order of name.
///
/// # Errors
/// [`ArchiveError::Name`] for a name that reading would refuse, [`ArchiveError::TooLarge`] beyond the limits.
pub fn write_archive(files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, ArchiveError> {
    let size = files.values().map(Vec::len).try_fold(0_usize, |sum, size| sum.checked_add(size));
    if size.is_none_or(|size| size > LIMIT) || files.len() > MOST_FILES {
        return Err(ArchiveError::TooLarge);
    }
    let folded: BTreeSet<String> = files.keys().map(|name| name.to_lowercase()).collect();
    if folded.len() != files.len() || !files.keys().all(|name| is_plain(name)) {
        return Err(ArchiveError::Name);
    }
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o600);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options).map_err(|_error| ArchiveError::Form)?;
        writer.write_all(bytes).map_err(|_error| ArchiveError::Form)?;
    }
    Ok(writer.finish().map_err(|_error| ArchiveError::Form)?.into_inner())
}

/// Reads an archive in the canonical form.
///
/// # Errors
/// Says which of size, name and form is at fault; nothing is unpacked before everything is right.
pub fn read_archive(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, ArchiveError> {
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
        if files.insert(name, data.to_vec()).is_some() {
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
