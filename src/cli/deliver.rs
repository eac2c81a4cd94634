//! What `pack` leaves behind: bundles in their envelopes, the packs to read, and what is said about them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::arrivals::TO_READ;
use super::exit::Failure;
use super::spool::SpoolFolder;
use super::staging::Staging;
use super::{config_dir, terminal};
use crate::bundle::{
    EnvelopeError, FileKind, Manifest, Passphrase, ReferenceMaker, Spooled, lock, lock_to_age, unlocks_as,
};
use crate::circle::BundleKind;
use crate::cohort::{BundleOutput, BundleReport};
use crate::problem::count;

/// How the bundles are kept from strangers on their way.
#[derive(Debug, Clone, ClapArgs)]
pub(super) struct Envelope {
    /// Encrypt the bundles to the receiving school's own key (age1…) instead of to a passphrase.
    #[arg(long, value_name = "RECIPIENT", conflicts_with_all = ["no_encrypt", "draft", "for_child"])]
    to_age: Option<String>,
    /// Leave the bundles unencrypted: only for a way that encrypts by itself.
    #[arg(long, conflicts_with_all = ["draft", "for_child"])]
    no_encrypt: bool,
}

/// A bundle as it travels.
struct EncryptedBundle {
    name: String,
    bytes: Vec<u8>,
    passphrase: Option<Passphrase>,
}

/// What `pack` hands out, bundle by bundle: each is written and let go before the next is made. Nothing of it is in its
/// place before all of it is.
pub(super) struct Delivery<'a> {
    out: &'a Path,
    envelope: &'a Envelope,
    references: &'a ReferenceMaker,
    pub staging: Staging,
    /// One for each receiving school and circle of readers. They stand in what is said, and nowhere else.
    passphrases: BTreeMap<(String, BundleKind), Passphrase>,
    told: String,
    /// The numbers of the records whose profile was shortened.
    pub shortened: Vec<usize>,
    /// The folder in which the sender reads what the first bundle holds.
    pub first_to_read: Option<PathBuf>,
    /// What is handed out: each bundle as it lies there, and what it says of itself.
    pub handed_out: Vec<(BundleReport, Manifest)>,
    is_in_the_open: bool,
}

/// The folder in which the sender reads what a bundle holds.
pub(super) fn to_read(bundle: &str) -> String {
    format!("{bundle}{TO_READ}")
}

impl<'a> Delivery<'a> {
    pub(super) fn begin(
        out: &'a Path,
        envelope: &'a Envelope,
        references: &'a ReferenceMaker,
    ) -> Result<Self, Failure> {
        Ok(Self {
            out,
            envelope,
            references,
            staging: Staging::begin(out)?,
            passphrases: BTreeMap::new(),
            told: String::new(),
            shortened: Vec::new(),
            first_to_read: None,
            handed_out: Vec::new(),
            is_in_the_open: false,
        })
    }

    /// Writes a bundle and the packs to read in it, which lie in a spool.
    pub(super) fn add(&mut self, made: BundleOutput, spool: &SpoolFolder) -> Result<(), Failure> {
        let bundle = self.encrypted(&made)?;
        let folder = to_read(&made.name);
        self.staging.write(Path::new(&bundle.name), &bundle.bytes)?;
        for (name, pdf) in &made.pdfs {
            self.staging.take(&Path::new(&folder).join(name), &spool.path(pdf))?;
        }
        self.tell(&made, &bundle);
        self.shortened.extend(&made.shortened);
        self.first_to_read.get_or_insert_with(|| self.out.join(folder));
        self.is_in_the_open |= self.envelope.no_encrypt && made.bundle.manifest.kind == BundleKind::Safeguarding;
        let manifest = made.bundle.manifest;
        let packs = manifest.files.iter().filter(|file| file.kind == FileKind::Pack);
        let report = BundleReport {
            file: bundle.name,
            sha256: Spooled::of(&bundle.bytes).sha256,
            kind: manifest.kind,
            transfer: manifest.transfer.clone(),
            replaces: manifest.replaces.clone(),
            to: manifest.to.clone(),
            packs: packs.clone().count(),
            unchanged: packs.filter(|file| file.unchanged).count(),
        };
        self.handed_out.push((report, manifest));
        Ok(())
    }

    fn encrypted(&mut self, made: &BundleOutput) -> Result<EncryptedBundle, Failure> {
        let (zip, manifest) = (&made.bundle.zip, &made.bundle.manifest);
        let id = self.references.envelope(zip);
        let failed = |error: EnvelopeError| match error {
            EnvelopeError::Key => Failure::usage("this is not the key of an age recipient", "It begins with age1."),
            error => Failure::caused(&error),
        };
        if self.envelope.no_encrypt {
            return Ok(EncryptedBundle { name: format!("{}.zip", made.name), bytes: zip.clone(), passphrase: None });
        }
        if let Some(recipient) = &self.envelope.to_age {
            let bytes = lock_to_age(zip, recipient).map_err(failed)?;
            return Ok(EncryptedBundle { name: format!("handover-{id}.age"), bytes, passphrase: None });
        }
        let passphrase = match self.passphrases.entry((manifest.to.laestab.as_str().to_owned(), manifest.kind)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Passphrase::new(&config_dir::random()?)),
        };
        let bytes = lock(zip, passphrase).map_err(failed)?;
        // As the receiver opens it, before it is handed out.
        if !unlocks_as(&bytes, passphrase, zip).map_err(failed)? {
            return Err(Failure::bug("an encrypted bundle does not open as it was"));
        }
        Ok(EncryptedBundle { name: format!("handover-{id}.zip"), bytes, passphrase: Some(passphrase.clone()) })
    }

    /// What was made, for whom, and what opens it.
    fn tell(&mut self, made: &BundleOutput, bundle: &EncryptedBundle) {
        let manifest = &made.bundle.manifest;
        let packs = count(made.pdfs.len().saturating_sub(1), "pack");
        let packs = match manifest.files.iter().filter(|file| file.unchanged).count() {
            0 => packs,
            unchanged => format!("{packs} ({unchanged} as sent before)"),
        };
        let path = self.out.join(&bundle.name);
        // Writing to a string cannot fail.
        let _ = writeln!(self.told, "{}", path.display());
        let _ = writeln!(self.told, "    {packs} and a letter for {}, {}", manifest.to.name, manifest.kind.readers());
        let _ = writeln!(self.told, "    to read before you send it: {}", to_read(&made.name));
        if let Some(passphrase) = &bundle.passphrase {
            let _ = writeln!(self.told, "    passphrase: {}", passphrase.words());
        }
    }

    /// Says what is ready. Where passphrases are among it, they must have been shown, or nothing is handed out.
    pub(super) fn say(&mut self) -> Result<(), Failure> {
        if self.is_in_the_open {
            terminal::say(
                "warning: the safeguarding bundle is not encrypted: whoever gets hold of it can read it.\n  \
                 help: Send it only in a way that encrypts by itself, or leave --no-encrypt out.",
            );
        }
        if self.passphrases.is_empty() {
            return terminal::result(&self.told);
        }
        self.told.push_str(
            "The passphrases are kept nowhere else. Read each out over the telephone to the person it is for; never send it\n\
             with the bundle. The bundles open with `handover open`, with 7-Zip and with WinZip.\n",
        );
        terminal::result_for_sure(&self.told)
    }
}
