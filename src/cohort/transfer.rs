//! One transfer: puts the children's sealed packs into three bundles, and judges these as their receiver will.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::documents::{ChildDocuments, PackInput, Part, Storage};
use super::letter::letter;
use super::sender::{Sender, TransferError};
use crate::bundle::{Bundle, BundleError, ChildFile, Contents, FileKind, MOST_CHILDREN, Manifest, Spooled, assemble};
use crate::circle::BundleKind;
use crate::document::render_letter;
use crate::school::{Laestab, School};
use crate::verify::{Answer, NOT_CONFIRMED, Trust, judge};

/// The most bytes of children's files in one transfer: half of what a bundle may hold, so that there is room for letter,
/// lists and the form of the archive.
const MOST_BYTES: usize = 256 << 20;

/// One bundle with its name, and its sealed PDFs for the sender to read.
#[derive(Debug)]
pub struct BundleOutput {
    /// The bundle.
    pub bundle: Bundle,
    /// A name without ending that tells nothing about children: `9994001-general-K7Q29M3X`.
    pub name: String,
    /// The sealed PDFs: their names, and where they lie.
    pub pdfs: Vec<(String, Spooled)>,
    /// The numbers of the records whose profile was shortened to keep to its page.
    pub shortened: Vec<usize>,
}

/// Children by the school that receives them, in the order of its DfE number; more than one bundle can hold become several
/// transfers.
#[must_use]
pub fn group_by_receiver(children: Vec<ChildDocuments<'_>>) -> Vec<Vec<ChildDocuments<'_>>> {
    let mut groups: BTreeMap<Laestab, Vec<ChildDocuments<'_>>> = BTreeMap::new();
    for child in children {
        groups.entry(child.input.record.receiver().laestab.clone()).or_default().push(child);
    }
    groups.into_values().flat_map(in_transfers).collect()
}

/// Children of one receiving school in as many transfers as their number and size ask for.
fn in_transfers(mut children: Vec<ChildDocuments<'_>>) -> Vec<Vec<ChildDocuments<'_>>> {
    let sizes: Vec<usize> = children.iter().map(ChildDocuments::size).collect();
    let mut transfers = Vec::new();
    for count in shares(&sizes, MOST_CHILDREN, MOST_BYTES) {
        let rest = children.split_off(count.min(children.len()));
        transfers.push(std::mem::replace(&mut children, rest));
    }
    transfers
}

/// How many of some sizes go together, one after the other, each share as full as it can be; at least one.
fn shares(sizes: &[usize], most: usize, most_bytes: usize) -> Vec<usize> {
    let mut shares: Vec<usize> = Vec::new();
    let mut bytes: usize = 0;
    for size in sizes {
        match shares.last_mut() {
            Some(last) if *last < most && bytes.saturating_add(*size) <= most_bytes => {
                *last += 1;
                bytes += size;
            }
            _ => {
                shares.push(1);
                bytes = *size;
            }
        }
    }
    shares
}

impl Sender<'_> {
    /// Makes the bundles of one transfer, one after the other: all children go to the same school. Bundles without a child
    /// are left out. Each is judged as its receiver will judge it. Each item is a bundle, or
    /// [`TransferError`] where it cannot be made or would be refused; then nothing of the transfer may be handed out.
    pub fn transfer<'s>(
        &'s self,
        mut children: Vec<ChildDocuments<'s>>,
        storage: Storage<'s>,
    ) -> impl Iterator<Item = Result<BundleOutput, TransferError>> + 's {
        children.sort_by(|a, b| a.reference().cmp(b.reference()));
        let about = children.first().map(|first| {
            let (from, to) = (first.input.record.sender(), first.input.record.receiver());
            let id = self.transfer_id(children.iter().map(|child| &child.input), to);
            let references: Vec<&str> = children.iter().map(ChildDocuments::reference).collect();
            let replaces = storage.memory.earlier_transfer(&id, &to.laestab, &references);
            About { from, to, id, replaces }
        });
        BundleKind::ALL.into_iter().filter_map(move |kind| {
            let about = about.as_ref()?;
            let parts: Vec<(PackInput<'_>, Part)> =
                children.iter_mut().filter_map(|child| Some((child.input, child.parts.remove(&kind)?))).collect();
            (!parts.is_empty()).then(|| {
                let output = self.bundle(kind, about, parts, storage)?;
                self.would_be_genuine(&output.bundle.zip, about.from, about.to)?;
                Ok(output)
            })
        })
    }

    /// The names that the bundles of some children will have, before anything is made: of those who go to the same school
    /// or of each by itself. Where documents turn out too large for one bundle, there will be others.
    #[must_use]
    pub fn bundle_names(&self, inputs: &[PackInput<'_>], per_child: bool) -> Vec<String> {
        let mut groups: BTreeMap<(&Laestab, usize), Vec<&PackInput<'_>>> = BTreeMap::new();
        for (number, input) in inputs.iter().enumerate() {
            let own = if per_child { number } else { 0 };
            groups.entry((&input.record.receiver().laestab, own)).or_default().push(input);
        }
        let mut names = Vec::new();
        for children in groups.values().flat_map(|children| children.chunks(MOST_CHILDREN)) {
            let Some(to) = children.first().map(|first| first.record.receiver()) else { continue };
            let mut children = children.to_vec();
            children.sort_by_cached_key(|child| self.reference(child.record.upn()));
            let transfer = self.transfer_id(children.into_iter(), to);
            names.extend(BundleKind::ALL.map(|kind| bundle_name(to, kind, &transfer)));
        }
        names
    }

    /// Whether a receiver that has confirmed this school, and is the one it is for, would call a bundle genuine.
    fn would_be_genuine(&self, zip: &[u8], from: &School, to: &School) -> Result<(), TransferError> {
        let trust = Trust::of_receiver(self.identity.certificate(), from, to);
        let verdict = judge(zip, &trust, self.at).verdict;
        match verdict.reason {
            None if verdict.answer == Answer::Genuine => Ok(()),
            reason => Err(TransferError::NotGenuine(reason.unwrap_or(NOT_CONFIRMED))),
        }
    }

    fn bundle(
        &self,
        kind: BundleKind,
        about: &About<'_>,
        parts: Vec<(PackInput<'_>, Part)>,
        storage: Storage<'_>,
    ) -> Result<BundleOutput, TransferError> {
        let About { from, to, id, replaces } = about;
        let shortened = parts.iter().filter(|(_, part)| part.is_shortened).map(|(one, _)| one.number).collect();
        let (mut in_letter, mut children) = (Vec::new(), Vec::new());
        for (_, mut part) in parts {
            for file in part.child.files.iter_mut().filter(|file| file.kind == FileKind::Pack) {
                file.unchanged = replaces.is_some() && storage.memory.was_sent(&file.content, id, &to.laestab);
            }
            in_letter.push(part.in_letter);
            children.push(part.child);
        }
        let data = letter(kind, id, (from, to), in_letter, self.policy, self.day, self.identity.certificate());
        let written = render_letter(self.engine, &data, &self.details(id, self.day)).map_err(TransferError::Render)?;
        let sealed = self.sealed(&written.pdf, self.at)?;
        let spooled = storage.spool.put(&sealed).map_err(TransferError::Spool)?;
        let mut pdfs = vec![(Manifest::LETTER_PATH.to_owned(), spooled)];
        let is_pdf = |file: &&ChildFile| file.kind == FileKind::Pack;
        let packs = children.iter().flat_map(|child| child.files.iter().filter(is_pdf));
        pdfs.extend(packs.map(|file| (file.path.clone(), file.content.clone())));
        let contents = Contents {
            kind,
            transfer: id.clone(),
            replaces: replaces.clone(),
            made_on: self.day.to_string(),
            from: (*from).clone(),
            to: (*to).clone(),
            templates: self.templates.clone(),
            letter: (sealed, written.text),
            children,
        };
        let bundle = assemble(self.identity, self.person, contents, storage.spool).map_err(|error| match error {
            BundleError::Spool(error) => TransferError::Spool(error),
            error @ BundleError::Ours(_) => TransferError::Bundle(error),
        })?;
        Ok(BundleOutput { bundle, name: bundle_name(to, kind, id), pdfs, shortened })
    }

    /// The same records on the same day have the same transfer id; a corrected record gives another.
    fn transfer_id<'p>(&self, children: impl Iterator<Item = &'p PackInput<'p>>, to: &School) -> String {
        let mut digest = Sha256::new();
        children.for_each(|one| digest.update(one.digest));
        let (to, day) = (to.laestab.as_str(), self.day.to_string());
        self.references.transfer(&[to.as_bytes(), day.as_bytes(), &digest.finalize()])
    }
}

/// What the bundles of one transfer share.
struct About<'a> {
    from: &'a School,
    to: &'a School,
    id: String,
    replaces: Option<String>,
}

/// A name without ending that tells nothing about children: `9994001-general-K7Q29M3X`.
fn bundle_name(to: &School, kind: BundleKind, transfer: &str) -> String {
    format!("{}-{}-{transfer}", to.laestab, kind.key())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_for_one_bundle_becomes_several() {
        assert_eq!(shares(&[1; 1100], 400, 1 << 20), [400, 400, 300]);
        assert_eq!(shares(&[60, 60, 10, 200, 1], 400, 100), [1, 2, 1, 1], "one that is too large goes by itself");
        assert_eq!(shares(&[], 400, 100), [0; 0]);
    }
}
