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
    EnvelopeError, FileKind, Manifest, Passphrase, ReferenceMaker, Spooled, lock, lock_to_age, split_into_parts,
    unlocks_as,
};
use crate::circle::BundleKind;
use crate::cohort::{BundleOutput, BundleReport};
use crate::problem::count;
use crate::record::Day;
use crate::verify::Trust;

/// How the bundles are kept from strangers on their way.
#[derive(Debug, Clone, ClapArgs)]
pub(super) struct Envelope {
    /// Encrypt the bundles to the receiving school's own key (age1…) instead of to a passphrase.
    #[arg(long, value_name = "RECIPIENT", conflicts_with_all = ["no_encrypt", "draft", "for_child"])]
    to_age: Option<String>,
    /// Encrypt to passphrases, also for a school whose card is known here.
    #[arg(long, conflicts_with_all = ["to_age", "no_encrypt", "draft", "for_child"])]
    passphrases: bool,
    /// Make files for the DfE's School to School service: named as it asks for, of at most 4 MB each, encrypted to a
    /// passphrase.
    #[arg(long, conflicts_with_all = ["to_age", "no_encrypt", "draft", "for_child"])]
    s2s: bool,
    /// Leave the bundles unencrypted: only for a way that encrypts by itself.
    #[arg(long, conflicts_with_all = ["draft", "for_child"])]
    no_encrypt: bool,
}

/// The most bytes of a file in the School to School service.
const MOST_S2S: usize = 4_000_000;

/// The longest name in it behind sender and receiver and before the ending.
const S2S_NAME: usize = 11;
/// How many more parts than their size asks for are tried: what is inside is not shortened evenly.
const SPARE_PARTS: usize = 6;

/// A bundle as it travels: one file, or several where it is too large for its way.
struct EncryptedBundle {
    files: Vec<(String, Vec<u8>)>,
    passphrase: Option<Passphrase>,
    /// The day of the card to whose key it is encrypted.
    card: Option<String>,
}

/// What `pack` hands out, bundle by bundle: each is written and let go before the next is made. Nothing of it is in its
/// place before all of it is.
pub(super) struct Delivery<'a> {
    out: &'a Path,
    envelope: &'a Envelope,
    references: &'a ReferenceMaker,
    /// The schools whose cards are known, on a day.
    trust: Trust,
    day: Day,
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
        day: Day,
    ) -> Result<Self, Failure> {
        Ok(Self {
            out,
            envelope,
            references,
            trust: config_dir::trust()?,
            day,
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
        for (name, bytes) in &bundle.files {
            self.staging.write(Path::new(name), bytes)?;
        }
        for (name, pdf) in &made.pdfs {
            self.staging.take(&Path::new(&folder).join(name), &spool.path(pdf))?;
        }
        self.tell(&made, &bundle);
        self.shortened.extend(&made.shortened);
        self.first_to_read.get_or_insert_with(|| self.out.join(folder));
        self.is_in_the_open |= self.envelope.no_encrypt && made.bundle.manifest.kind == BundleKind::Safeguarding;
        let manifest = made.bundle.manifest;
        let packs = manifest.files.iter().filter(|file| file.kind == FileKind::Pack);
        let mut files = bundle.files.iter().map(|(name, bytes)| (name.clone(), Spooled::of(bytes).sha256));
        let (file, sha256) = files.next().unwrap_or_default();
        let report = BundleReport {
            file,
            sha256,
            more_parts: files.map(|(name, _)| name).collect(),
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
        let id = self.references.envelope(&manifest.to_bytes().map_err(|error| Failure::caused(&error))?);
        let failed = |error: EnvelopeError| match error {
            EnvelopeError::Key => Failure::usage("this is not the key of an age recipient", "It begins with age1."),
            error => Failure::caused(&error),
        };
        if self.envelope.no_encrypt {
            let (name, bytes) = (format!("{}.zip", made.name), zip.clone());
            return Ok(EncryptedBundle { files: vec![(name, bytes)], passphrase: None, card: None });
        }
        let card = if self.envelope.passphrases || self.envelope.s2s {
            None
        } else {
            self.trust.recipient(&manifest.to, manifest.kind, self.day.0)
        };
        let named = self.envelope.to_age.as_deref().map(|recipient| (recipient, None));
        if let Some((recipient, card)) = named.or(card.map(|(recipient, day)| (recipient, Some(day.to_owned())))) {
            let bytes = lock_to_age(zip, recipient).map_err(failed)?;
            return Ok(EncryptedBundle { files: vec![(format!("handover-{id}.age"), bytes)], passphrase: None, card });
        }
        let passphrase = match self.passphrases.entry((manifest.to.laestab.as_str().to_owned(), manifest.kind)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Passphrase::new(&config_dir::random()?)),
        };
        let most = if self.envelope.s2s { MOST_S2S } else { usize::MAX };
        let parts = locked(zip, passphrase, most)?;
        let count = parts.len();
        let name = |number: usize| {
            let part = if count == 1 { String::new() } else { format!("-{number}of{count}") };
            if self.envelope.s2s {
                // As the service asks: sender, receiver, and at most 15 characters, here with the ending.
                let id = id.get(..S2S_NAME.saturating_sub(part.len())).unwrap_or(&id);
                format!("{}_{}_{id}{part}.zip", manifest.from.laestab, manifest.to.laestab)
            } else {
                format!("handover-{id}{part}.zip")
            }
        };
        let files = (1..).map(name).zip(parts).collect();
        Ok(EncryptedBundle { files, passphrase: Some(passphrase.clone()), card: None })
    }

    /// What was made, for whom, and what opens it.
    fn tell(&mut self, made: &BundleOutput, bundle: &EncryptedBundle) {
        let manifest = &made.bundle.manifest;
        let packs = count(made.pdfs.len().saturating_sub(1), "pack");
        let packs = match manifest.files.iter().filter(|file| file.unchanged).count() {
            0 => packs,
            unchanged => format!("{packs} ({unchanged} as sent before)"),
        };
        // Writing to a string cannot fail.
        for (name, _) in &bundle.files {
            let _ = writeln!(self.told, "{}", self.out.join(name).display());
        }
        let _ = writeln!(self.told, "    {packs} and a letter for {}, {}", manifest.to.name, manifest.kind.readers());
        let _ = writeln!(self.told, "    to read before you send it: {}", to_read(&made.name));
        if let Some(passphrase) = &bundle.passphrase {
            let _ = writeln!(self.told, "    passphrase: {}", passphrase.words());
        }
        if let Some(day) = &bundle.card {
            let _ = writeln!(self.told, "    encrypted to the school's card of {day}: no passphrase is needed");
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

/// A bundle in an envelope, or in the envelopes of as many parts as no file is larger than so many bytes. Each is opened again
/// as its receiver opens it, before it is handed out.
fn locked(zip: &[u8], passphrase: &Passphrase, most: usize) -> Result<Vec<Vec<u8>>, Failure> {
    let failed = |error: EnvelopeError| Failure::caused(&error);
    let one = |inside: &[u8]| {
        let bytes = lock(inside, passphrase).map_err(failed)?;
        if unlocks_as(&bytes, passphrase, inside).map_err(failed)? {
            return Ok(bytes);
        }
        Err(Failure::bug("an encrypted bundle does not open as it was"))
    };
    let whole = one(zip)?;
    if whole.len() <= most {
        return Ok(vec![whole]);
    }
    let fewest = whole.len().div_ceil(most);
    for count in fewest..=fewest + SPARE_PARTS {
        let parts = split_into_parts(zip, count);
        let made: Vec<Vec<u8>> = parts.iter().map(|part| one(&part.to_bytes())).collect::<Result<_, _>>()?;
        if !made.is_empty() && made.iter().all(|bytes| bytes.len() <= most) {
            return Ok(made);
        }
    }
    Err(Failure::files(
        "a bundle is too large for this way, also in parts",
        "Pack fewer children at a time, or with --per-child.",
    ))
}
