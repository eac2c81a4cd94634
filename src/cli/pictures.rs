//! Pictures beside a record: read from its own folder or one below it, from nowhere else.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::files::read_one;
use super::paths::folder_of;
use crate::picture::{PICTURE_LIMIT, PICTURES_LIMIT, Picture, PictureError, Pictures, megabytes};
use crate::record::{Reading, Record, Voice};
use crate::text::hex;

/// Reads a file that is named from a folder; a name that leads out of it is refused, as is a link on the way.
pub(super) fn read_beside(folder: &Path, name: &str) -> Result<Vec<u8>, String> {
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']);
    if !name.split('/').all(plain) {
        return Err("does not lie in the record's folder".to_owned());
    }
    let mut path = folder.to_owned();
    for part in name.split('/') {
        path.push(part);
        match path.symlink_metadata() {
            Ok(about) if about.is_symlink() => return Err("is a link to somewhere else".to_owned()),
            Ok(_) => {}
            Err(_) => return Err("is not there".to_owned()),
        }
    }
    let size = path.metadata().map(|about| about.len()).unwrap_or_default();
    if size > PICTURE_LIMIT as u64 {
        return Err(PictureError::TooLarge(size).to_string());
    }
    read_one(&path).map(|input| input.bytes).map_err(|_failure| "cannot be read".to_owned())
}

/// Looks at the pictures that a record names: their digests, and what is wrong with those that cannot be used.
pub(super) fn look_at_pictures(file: &Path, reading: &mut Reading) {
    let (found, wrong) = pictures(file, &reading.record);
    reading.pictures = Some(digests(file, found.0.keys()));
    wrong.iter().for_each(|(path, why)| reading.refuse_picture(path, why));
}

/// The SHA-256 of the pictures that a record names, by their names.
#[cfg(feature = "pack")]
pub(super) fn picture_digests(file: &Path, record: &Record) -> BTreeMap<String, String> {
    let named = record.voice.iter().flat_map(Voice::pictures).filter_map(|(_, attached)| attached.file.as_ref());
    digests(file, named)
}

fn digests<'a>(file: &Path, names: impl Iterator<Item = &'a String>) -> BTreeMap<String, String> {
    let folder = folder_of(file);
    let digest = |name: &String| {
        let bytes = read_beside(folder, name).unwrap_or_default();
        (name.clone(), hex(&Sha256::digest(bytes)))
    };
    names.map(digest).collect()
}

/// All pictures of a record, and what is wrong with those that cannot be used: their paths in the record, and why.
pub(super) fn pictures(file: &Path, record: &Record) -> (Pictures, Vec<(String, String)>) {
    let folder = folder_of(file);
    let (mut found, mut wrong) = (Pictures::default(), Vec::new());
    for (path, attached) in record.voice.iter().flat_map(Voice::pictures) {
        let Some(name) = &attached.file else { continue };
        let picture =
            read_beside(folder, name).and_then(|bytes| Picture::read(&bytes).map_err(|error| error.to_string()));
        match picture {
            Ok(picture) => {
                found.0.insert(name.clone(), picture);
                if found.size() > PICTURES_LIMIT {
                    let (has, may) = (megabytes(found.size() as u64), megabytes(PICTURES_LIMIT as u64));
                    let why = format!("is too many: with it the pictures have {has} MB, and {may} MB can be used");
                    wrong.push((format!("voice.{path}"), why));
                }
            }
            Err(why) => wrong.push((format!("voice.{path}"), why)),
        }
    }
    (found, wrong)
}
