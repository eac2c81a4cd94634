//! `START-HERE.html`: what this is, how to check it, whom to ring. For people who never heard of this program.

use minijinja::context;
use minijinja::value::Serde;
use serde::Serialize;

use super::manifest::{FileKind, Manifest};
use crate::circle::PackKind;
use crate::problem::MADE_BY;
use crate::sign::Certificate;
use crate::text::markup;

const TEMPLATE: &str = include_str!("../../templates/start-here.html");

/// Whether a page is the one that a bundle with a manifest and certificate has. Of another version of this program only
/// that it does nothing when it is opened can be said.
#[must_use]
pub fn is_start_here(page: &[u8], manifest: &Manifest, certificate: &Certificate) -> bool {
    if manifest.made_by == MADE_BY {
        return start_here(manifest, certificate).is_ok_and(|expected| expected == page);
    }
    let text = String::from_utf8_lossy(page).to_lowercase();
    let acts =
        ["<script", "<iframe", "<object", "<embed", "<form", "<link", "<base", "http-equiv", "javascript:", "url("];
    let handlers = |text: &str| text.split_whitespace().any(|word| word.starts_with("on") && word.contains('='));
    !acts.iter().any(|act| text.contains(act)) && !handlers(&text.replace(['/', '"', '\''], " "))
}

/// The page for a bundle whose files are listed in a manifest (without the page itself).
///
/// # Errors
/// Where the template and the data do not fit, which is our own mistake.
pub(super) fn start_here(manifest: &Manifest, certificate: &Certificate) -> Result<Vec<u8>, minijinja::Error> {
    let page = markup(&[("start-here.html", TEMPLATE)])?.get_template("start-here.html")?.render(context! {
        kind => manifest.kind.key(),
        transfer => manifest.transfer.as_str(),
        replaces => manifest.replaces.as_deref(),
        made_on => manifest.day().map(|day| day.strftime("%-d %B %Y").to_string()),
        sender => Serde(&manifest.from),
        receiver => Serde(&manifest.to),
        children => Serde(&children(manifest)),
        fingerprint => certificate.fingerprint().in_groups(),
        holder => certificate.holder(),
    })?;
    Ok(page.into_bytes())
}

/// A child and its packs, as the page lists them.
#[derive(Serialize)]
struct ChildRow<'a> {
    /// The name; in a bundle of an earlier version of this program there is none, and the reference stands for it.
    name: &'a str,
    reference: &'a str,
    packs: Vec<PackLink<'a>>,
}

#[derive(Serialize)]
struct PackLink<'a> {
    path: &'a str,
    words: &'static str,
    unchanged: bool,
}

/// The children of a bundle by name, each with the packs about it.
fn children(manifest: &Manifest) -> Vec<ChildRow<'_>> {
    let mut rows: Vec<ChildRow<'_>> = Vec::new();
    for file in manifest.files.iter().filter(|file| file.kind == FileKind::Pack) {
        let reference = file.reference.as_deref().unwrap_or_default();
        let pack =
            PackLink { path: &file.path, words: file.pack().map_or("", PackKind::words), unchanged: file.unchanged };
        match rows.last_mut().filter(|row| row.reference == reference) {
            Some(row) => row.packs.push(pack),
            None => {
                let name = file.child.as_ref().map_or(reference, |child| child.as_str());
                rows.push(ChildRow { name, reference, packs: vec![pack] });
            }
        }
    }
    rows.sort_by_key(|row| (row.name, row.reference));
    rows
}
