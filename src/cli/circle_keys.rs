//! The keys with which this school opens what others have encrypted to its card: one file for each circle of readers in the
//! configuration folder, so that each can be given to its reader alone.

use std::path::PathBuf;

use zeroize::Zeroizing;

use super::config_dir;
use super::exit::Failure;
use super::paths::is_absent;
use super::replace::update;
use crate::bundle::AgeKey;
use crate::circle::BundleKind;
use crate::school::Urn;

/// How the files begin.
const BEGIN: &str = "circle-key-";

fn path(urn: &Urn, kind: BundleKind) -> Result<PathBuf, Failure> {
    Ok(config_dir::folder()?.join(format!("{BEGIN}{urn}-{}.txt", kind.key())))
}

/// The recipient of a circle, whose key is made if there is none. `renew` makes another in any case; the earlier ones stay
/// in the file behind it, as bundles may still come that were encrypted to them.
pub(super) fn recipient(urn: &Urn, kind: BundleKind, renew: bool) -> Result<String, Failure> {
    let path = path(urn, kind)?;
    // As long as nothing changes, nothing is written.
    if !renew && !is_absent(&path) {
        let text = config_dir::secret(&path, "the key of a circle", "Restore it from a copy.")?;
        if let Some(key) = AgeKey::first_of(&text) {
            return Ok(key.recipient);
        }
    }
    update(&path, |before| {
        let before = Zeroizing::new(String::from_utf8_lossy(before.unwrap_or_default()).into_owned());
        let known = AgeKey::first_of(&before).filter(|_| !renew);
        if let Some(known) = known {
            return Ok((before.as_bytes().to_vec(), known.recipient));
        }
        let key = AgeKey::new();
        let readers = kind.readers();
        let text = Zeroizing::new(format!(
            "# Opens what is for {readers} at the school with URN {urn}. Whoever has this file can read it.\n\
             # Encrypted to: {}\n{}\n{}",
            key.recipient, *key.secret, *before
        ));
        Ok((text.as_bytes().to_vec(), key.recipient))
    })
}

/// The texts of all keys that are here.
pub(super) fn all() -> Result<Vec<Zeroizing<String>>, Failure> {
    let entries = std::fs::read_dir(config_dir::folder()?).into_iter().flatten().filter_map(Result::ok);
    let is_one = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.starts_with(BEGIN) && name.ends_with(".txt")
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_one).collect();
    files.sort();
    files.iter().map(|path| config_dir::secret(path, "the key of a circle", "Restore it from a copy.")).collect()
}
