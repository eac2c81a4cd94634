//! What `pack` leaves behind: bundles in their envelopes, the packs to read, and what is said about them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write;
use std::path::Path;

use clap::Args as ClapArgs;

use super::arrivals::TO_READ;
use super::exit::Failure;
use super::staging::Staging;
use super::{config_dir, terminal};
use crate::bundle::{EnvelopeError, Passphrase, ReferenceMaker, lock, lock_to_age, unlock};
use crate::circle::BundleKind;
use crate::cohort::BundleOutput;
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
struct EncryptedBundle<'a> {
    made: &'a BundleOutput,
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
    made: &[BundleOutput],
) -> Result<Delivery, Failure> {
    let bundles = envelope.bundles(references, made)?;
    let mut staging = Staging::begin(out)?;
    for bundle in &bundles {
        staging.write(Path::new(&bundle.name), &bundle.bytes)?;
        for (name, pdf) in &bundle.made.pdfs {
            staging.write(&Path::new(&to_read(&bundle.made.name)).join(name), pdf)?;
        }
    }
    let has_passphrases = bundles.iter().any(|bundle| bundle.passphrase.is_some());
    Ok(Delivery { staging, told: told(out, &bundles), has_passphrases })
}

/// What is ready to be put into its place, and what is to be said of it.
pub(super) struct Delivery {
    pub staging: Staging,
    pub told: String,
    /// Whether passphrases stand in what is to be said, and nowhere else.
    pub has_passphrases: bool,
}

/// The folder in which the sender reads what a bundle holds.
pub(super) fn to_read(bundle: &str) -> String {
    format!("{bundle}{TO_READ}")
}

impl Envelope {
    fn bundles<'a>(
        &self,
        references: &ReferenceMaker,
        made: &'a [BundleOutput],
    ) -> Result<Vec<EncryptedBundle<'a>>, Failure> {
        let mut passphrases: BTreeMap<(&str, BundleKind), Passphrase> = BTreeMap::new();
        let mut bundles = Vec::new();
        for one in made {
            let (zip, manifest) = (&one.bundle.zip, &one.bundle.manifest);
            let id = references.envelope(zip);
            let failed = |error: EnvelopeError| match error {
                EnvelopeError::Key => Failure::usage("this is not the key of an age recipient", "It begins with age1."),
                error => Failure::caused(&error),
            };
            let bundle = if self.no_encrypt {
                EncryptedBundle { made: one, name: format!("{}.zip", one.name), bytes: zip.clone(), passphrase: None }
            } else if let Some(recipient) = &self.to_age {
                let bytes = lock_to_age(zip, recipient).map_err(failed)?;
                EncryptedBundle { made: one, name: format!("handover-{id}.age"), bytes, passphrase: None }
            } else {
                // One for each receiving school and circle of readers.
                let reader = (manifest.to.laestab.as_str(), manifest.kind);
                let passphrase = match passphrases.entry(reader) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(new) => new.insert(Passphrase::new(&config_dir::random()?)),
                };
                let bytes = lock(zip, passphrase).map_err(failed)?;
                // As the receiver opens it, before it is handed out.
                if unlock(&bytes, passphrase).map_err(failed)? != *zip {
                    return Err(Failure::bug("an encrypted bundle does not open as it was"));
                }
                EncryptedBundle {
                    made: one,
                    name: format!("handover-{id}.zip"),
                    bytes,
                    passphrase: Some(passphrase.clone()),
                }
            };
            bundles.push(bundle);
        }
        if self.no_encrypt && made.iter().any(|one| one.bundle.manifest.kind == BundleKind::Safeguarding) {
            terminal::say(
                "warning: the safeguarding bundle is not encrypted: whoever gets hold of it can read it.\n  \
                 help: Send it only in a way that encrypts by itself, or leave --no-encrypt out.",
            );
        }
        Ok(bundles)
    }
}

/// What was made, for whom, and what opens it.
fn told(out: &Path, bundles: &[EncryptedBundle<'_>]) -> String {
    let mut told = String::new();
    for bundle in bundles {
        let manifest = &bundle.made.bundle.manifest;
        let packs = count(bundle.made.pdfs.len().saturating_sub(1), "pack");
        let path = out.join(&bundle.name);
        // Writing to a string cannot fail.
        let _ = writeln!(told, "{}", path.display());
        let _ = writeln!(told, "    {packs} and a letter for {}, {}", manifest.to.name, manifest.kind.readers());
        let _ = writeln!(told, "    to read before you send it: {}", to_read(&bundle.made.name));
        if let Some(passphrase) = &bundle.passphrase {
            let _ = writeln!(told, "    passphrase: {}", passphrase.words());
        }
    }
    if bundles.iter().any(|bundle| bundle.passphrase.is_some()) {
        told.push_str(
            "The passphrases are kept nowhere else. Read each out over the telephone to the person it is for; never send it\n\
             with the bundle. The bundles open with `handover open`, with 7-Zip and with WinZip.\n",
        );
    }
    told
}
