//! What `pack` leaves behind: bundles in their envelopes, the packs to read, and what is said about them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write;
use std::path::Path;

use clap::Args as ClapArgs;

use super::exit::Failure;
use super::files::Staging;
use super::{settings, terminal};
use crate::bundle::{BundleKind, EnvelopeError, Passphrase, ReferenceMaker, lock, lock_to_age};
use crate::cohort::Made;
use crate::problem::count;

/// How the bundles are kept from strangers on their way.
#[derive(Debug, ClapArgs)]
pub(super) struct Envelope {
    /// Encrypt the bundles to the receiving school's own key (age1…) instead of to a passphrase.
    #[arg(long, value_name = "RECIPIENT", conflicts_with_all = ["no_encrypt", "draft", "for_child"])]
    to_age: Option<String>,
    /// Leave the bundles unencrypted: only for a way that encrypts by itself.
    #[arg(long, conflicts_with_all = ["draft", "for_child"])]
    no_encrypt: bool,
}

/// A bundle as it travels.
struct Parcel<'a> {
    made: &'a Made,
    name: String,
    bytes: Vec<u8>,
    passphrase: Option<Passphrase>,
}

/// Writes bundles and the packs to read, and answers what is to be said of them; with the passphrases, which stand
/// nowhere else.
pub(super) fn deliver(
    out: &Path,
    envelope: &Envelope,
    references: &ReferenceMaker,
    made: &[Made],
) -> Result<(Staging, String), Failure> {
    let parcels = envelope.parcels(references, made)?;
    let mut staging = Staging::begin(out)?;
    for parcel in &parcels {
        staging.write(Path::new(&parcel.name), &parcel.bytes)?;
        for (name, pdf) in &parcel.made.pdfs {
            staging.write(&Path::new(&to_read(parcel.made)).join(name), pdf)?;
        }
    }
    Ok((staging, told(out, &parcels)))
}

/// The folder in which the sender reads what a bundle holds.
pub(super) fn to_read(made: &Made) -> String {
    format!("{}-to-read", made.name)
}

impl Envelope {
    fn parcels<'a>(&self, references: &ReferenceMaker, made: &'a [Made]) -> Result<Vec<Parcel<'a>>, Failure> {
        let mut passphrases: BTreeMap<(&str, BundleKind), Passphrase> = BTreeMap::new();
        let mut parcels = Vec::new();
        for one in made {
            let (zip, manifest) = (&one.bundle.zip, &one.bundle.manifest);
            let id = references.envelope(zip);
            let failed = |error: EnvelopeError| match error {
                EnvelopeError::Key => Failure::usage("this is not the key of an age recipient", "It begins with age1."),
                error => Failure::bug(error.to_string()),
            };
            let parcel = if self.no_encrypt {
                Parcel { made: one, name: format!("{}.zip", one.name), bytes: zip.clone(), passphrase: None }
            } else if let Some(recipient) = &self.to_age {
                let bytes = lock_to_age(zip, recipient).map_err(failed)?;
                Parcel { made: one, name: format!("handover-{id}.age"), bytes, passphrase: None }
            } else {
                // One for each receiving school and circle of readers.
                let reader = (manifest.to.laestab.as_str(), manifest.kind);
                let passphrase = match passphrases.entry(reader) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(new) => new.insert(Passphrase::new(&settings::random()?)),
                };
                let bytes = lock(zip, passphrase).map_err(failed)?;
                Parcel { made: one, name: format!("handover-{id}.zip"), bytes, passphrase: Some(passphrase.clone()) }
            };
            parcels.push(parcel);
        }
        if self.no_encrypt && made.iter().any(|one| one.bundle.manifest.kind == BundleKind::Safeguarding) {
            terminal::say(
                "warning: the safeguarding bundle is not encrypted: whoever gets hold of it can read it.\n  \
                 help: Send it only in a way that encrypts by itself, or leave --no-encrypt out.",
            );
        }
        Ok(parcels)
    }
}

/// What was made, for whom, and what opens it.
fn told(out: &Path, parcels: &[Parcel<'_>]) -> String {
    let mut told = String::new();
    for parcel in parcels {
        let manifest = &parcel.made.bundle.manifest;
        let packs = count(parcel.made.pdfs.len().saturating_sub(1), "pack");
        let path = out.join(&parcel.name);
        // Writing to a string cannot fail.
        let _ = writeln!(told, "{}", path.display());
        let _ = writeln!(told, "    {packs} and a letter for {}, {}", manifest.to.name, manifest.kind.readers());
        let _ = writeln!(told, "    to read before you send it: {}", to_read(parcel.made));
        if let Some(passphrase) = &parcel.passphrase {
            let _ = writeln!(told, "    passphrase: {}", passphrase.words());
        }
    }
    if parcels.iter().any(|parcel| parcel.passphrase.is_some()) {
        told.push_str(
            "The passphrases are kept nowhere else. Read each out over the telephone to the person it is for; never send it\n\
             with the bundle. The bundles open with `handover open`, with 7-Zip and with WinZip.\n",
        );
    }
    told
}
