//! The files beside the pages: pictures and the logo, by their virtual names.

use std::collections::BTreeMap;

use super::branding::Branding;
use super::view::Brand;
use crate::picture::{Picture, Pictures};
use crate::record::{Record, Voice};

/// What a view says of a school's branding.
pub(super) fn brand(branding: &Branding) -> Brand {
    let logo = branding.logo.as_ref().map(|logo| logo.virtual_name(LOGO));
    Brand { accent: branding.accent().to_owned(), logo }
}

/// The pictures that these readers may see, under the virtual names of [`shown`].
pub(super) fn pictures(pictures: &Pictures, record: &Record) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for (name, (_, picture)) in shown(pictures, record) {
        files.insert(name, picture.bytes().to_vec());
    }
    files
}

/// The pictures of a record by their virtual names, each with the name the record gives it.
pub(super) fn shown<'a>(pictures: &'a Pictures, record: &Record) -> BTreeMap<String, (String, &'a Picture)> {
    let found = named_pictures(record).zip(1..).filter_map(|(file, number)| {
        let picture = pictures.0.get(file)?;
        Some((picture.virtual_name(&format!("{PICTURE}{number}")), (file.clone(), picture)))
    });
    found.collect()
}

/// The names of pictures in a record, in its order.
pub(super) fn named_pictures(record: &Record) -> impl Iterator<Item = &String> {
    record.voice.iter().flat_map(Voice::pictures).filter_map(|(_, picture)| picture.file.as_ref())
}

/// What pictures are called among the attachments, before their number, and the logo.
pub(super) const PICTURE: &str = "picture-";

pub(super) const LOGO: &str = "logo";
