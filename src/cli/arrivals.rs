//! What arrived: bundles, sealed PDFs, and folders of them. A folder is looked at whole; what is not judged is named.

use std::fs;
use std::path::{Path, PathBuf};

use super::exit::Failure;
use super::files::{Input, PassedOver, Why, entries, has_ending, is_of_system, read_folder, read_one};
use super::paths::shown;
use super::terminal::plain;
use super::warning::{WARNING, warnings};
use crate::bundle::{Manifest, write_archive};
use crate::circle::BundleKind;
use crate::school::{Laestab, Urn};

/// What the name of the folder ends in that the sender reads.
pub(super) const TO_READ: &str = "-to-read";

/// What is judged, by the ending of its name.
const JUDGED: [&str; 3] = ["zip", "age", "pdf"];

/// What arrived.
#[derive(Debug, Default)]
pub(super) struct Arrivals {
    /// What is judged: bundles (a folder that holds an unpacked one counts as one), and single packs.
    pub inputs: Vec<Input>,
    /// What lies beside it and is not judged.
    pub not_judged: Vec<PassedOver>,
    /// Whether single packs lay in a folder: what belongs to them only their bundle says.
    pub has_loose_packs: bool,
}

/// Finds what arrived under some paths.
pub(super) fn arrivals(paths: &[PathBuf]) -> Result<Arrivals, Failure> {
    let mut found = Arrivals::default();
    for path in paths {
        if !path.is_dir() {
            found.inputs.push(read_one(path)?);
            continue;
        }
        let before = found.inputs.len();
        found.folder(path)?;
        if found.inputs.len() == before {
            let what = format!("{} holds no bundle and no pack", shown(path));
            return Err(Failure::files(what, "Name the folder that holds them: they end in .zip, .age or .pdf."));
        }
    }
    Ok(found)
}

impl Arrivals {
    fn folder(&mut self, folder: &Path) -> Result<(), Failure> {
        let entries = entries(folder)?;
        let names: Vec<String> = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        if is_unpacked_bundle(folder, &names) {
            self.inputs.push(unpacked(folder)?);
            return Ok(());
        }
        for (entry, name) in entries.iter().zip(&names) {
            let path = entry.path();
            let kind = entry.file_type().ok();
            let is = |test: fn(&fs::FileType) -> bool| kind.as_ref().is_some_and(test);
            let why = if is_of_system(&path) {
                Why::System
            } else if name.starts_with('.') {
                Why::Hidden
            } else if is(fs::FileType::is_dir) {
                self.folder(&path)?;
                continue;
            } else if is(fs::FileType::is_symlink) {
                Why::Link
            } else if is(fs::FileType::is_file) && has_ending(&path, &JUDGED) {
                self.has_loose_packs |= has_ending(&path, &["pdf"]);
                self.inputs.push(read_one(&path)?);
                continue;
            } else if is(fs::FileType::is_file) {
                Why::Ending
            } else {
                Why::Special
            };
            self.not_judged.push(PassedOver { path, why });
        }
        Ok(())
    }
}

/// Whether a folder holds an unpacked bundle, or what is left of one: where one part of a bundle lies, all of them have to.
fn is_unpacked_bundle(folder: &Path, names: &[String]) -> bool {
    let has = |part: &str| names.iter().any(|name| name == part);
    // A folder may be named by a dot.
    let whole = folder.canonicalize().unwrap_or_else(|_error| folder.to_owned());
    let own = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let is_part = |name: &str| Manifest::OWN_PARTS.contains(&name) || is_record(name);
    // What the sender keeps to read before it is sent is a letter and packs.
    names.iter().any(|name| is_part(name)) || (has(Manifest::LETTER_PATH) && !is_to_read(&own)) || is_opened(&own)
}

/// Whether a folder has the name that `pack` gives: `9994001-general-K7Q29M3X-to-read`.
fn is_to_read(name: &str) -> bool {
    let parts: Vec<&str> = name.strip_suffix(TO_READ).unwrap_or_default().split('-').collect();
    let [laestab, kind, transfer] = parts.as_slice() else { return false };
    Laestab::parse(laestab).is_ok() && is_kind(kind) && is_transfer(transfer)
}

fn is_kind(word: &str) -> bool {
    BundleKind::ALL.iter().any(|kind| kind.key() == word)
}

fn is_transfer(word: &str) -> bool {
    word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

/// Whether a name is that of a record beside a pack: `K7Q2-9M3XA-general.json`.
fn is_record(name: &str) -> bool {
    let stem = name.strip_suffix(".json").unwrap_or_default();
    let packs = BundleKind::ALL.into_iter().flat_map(BundleKind::packs);
    packs.into_iter().any(|pack| stem.strip_suffix(pack.key()).is_some_and(|start| start.ends_with('-')))
}

/// Whether a folder has the name that `open` gives: `safeguarding-999201-K7Q29M3X`.
fn is_opened(name: &str) -> bool {
    let parts: Vec<&str> = name.split('-').collect();
    let [kind, urn, transfer] = parts.as_slice() else { return false };
    is_kind(kind) && Urn::parse(urn).is_ok() && is_transfer(transfer)
}

/// A bundle that was unpacked, put together again.
fn unpacked(folder: &Path) -> Result<Input, Failure> {
    let mut files = read_folder(folder)?;
    // What `open` itself has put there is no part of the bundle; any other text under its name is.
    files.retain(|name, bytes| name != WARNING || !warnings().iter().any(|warning| *bytes == warning.as_bytes()));
    // A name that no bundle has makes it no bundle; so does a file too many.
    let bytes = write_archive(&files).unwrap_or_else(|_error| b"PK".to_vec());
    Ok(Input { name: plain(&folder.display().to_string()), bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_bundle_is_known_by_its_parts_or_its_name() {
        let is = |folder: &str, names: &[&str]| {
            is_unpacked_bundle(Path::new(folder), &names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
        };
        assert!(is("x", &["manifest.json"]) && is("x", &["START-HERE.html", "a.pdf"]));
        assert!(is("x", &["K7Q2-9M3XA-general.json"]) && is("x", &["COVER-LETTER.pdf"]));
        assert!(is("general-999201-K7Q29M3X", &["K7Q2-9M3XA-general.PDF"]) && is("general-999201-K7Q29M3X", &[]));
        assert!(is("x-to-read", &["COVER-LETTER.pdf"]), "not a name that `pack` gives");
        assert!(!is("9994001-general-K7Q29M3X-to-read", &["COVER-LETTER.pdf", "K7Q2-9M3XA-general.pdf"]));
        assert!(!is("packs", &["9994001-general-K7Q29M3X.zip"]) && !is("x", &["notes.json", "a.pdf"]));
    }
}
