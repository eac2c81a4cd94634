//! What the sending school remembers from run to run: the ledger in its configuration folder, and where the packs lie that
//! were made before.
//!
//! A memory that fails costs time, and never a pack: then all is made anew, and that is said once.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::arrivals::TO_READ;
use super::ledger_file::{LEDGER, open, sign_head};
use super::paths::is_absent;
use super::spool::{SpoolFolder, read_as};
use super::{config_dir, disk, terminal};
use crate::bundle::{FileKind, Manifest, Spooled};
use crate::circle::PackKind;
use crate::cohort::{KnownPack, Memory};
use crate::ledger::{Ledger, LedgerError, Made, Sent, SentBundle};
use crate::school::Laestab;
use crate::sign::Identity;

/// So many packs are kept in one go: each time, the disk is waited for.
const TOGETHER: usize = 32;

/// What one transfer held: its bundles and their packs.
type SentOfTransfer = (Vec<SentBundle>, Vec<Sent>);

/// The memory of one run.
pub(super) struct RunMemory<'a> {
    kept: Mutex<Kept>,
    spool: &'a SpoolFolder,
    /// The packs that the sender has to read from earlier runs, by their file names.
    read_before: BTreeMap<String, Vec<PathBuf>>,
    /// Whether what was made before is to be made anew.
    is_fresh: bool,
    is_told: AtomicBool,
}

/// The ledger, and what is not in it yet.
#[derive(Default)]
struct Kept {
    ledger: Option<Ledger>,
    /// Where it is to be; nowhere where there is no configuration folder, or where it cannot be used.
    path: Option<PathBuf>,
    waiting: Vec<Made>,
}

impl<'a> RunMemory<'a> {
    /// The memory of a school that packs into a folder.
    pub(super) fn open(out: &Path, spool: &'a SpoolFolder, is_fresh: bool) -> Self {
        let path = config_dir::folder().ok().map(|folder| folder.join(LEDGER));
        let kept = Kept { path, ..Kept::default() };
        let read_before = if is_fresh { BTreeMap::new() } else { read_before(out) };
        let (kept, is_told) = (Mutex::new(kept), AtomicBool::new(false));
        let memory = Self { kept, spool, read_before, is_fresh, is_told };
        if memory.kept().path.as_ref().is_some_and(|path| !is_absent(path)) {
            memory.change(|_| Ok(()));
        }
        memory
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says once that something could not be remembered.
    fn tell(&self, error: &str) {
        if !self.is_told.swap(true, Ordering::Relaxed) {
            terminal::say(&format!(
                "warning: what was made and sent cannot be kept in mind, so it may be made anew another time: {error}"
            ));
        }
    }

    /// What the ledger answers; where it cannot, what holds without one.
    fn asked<T: Default>(&self, question: impl FnOnce(&Ledger) -> Result<T, LedgerError>) -> T {
        let answer = self.kept().ledger.as_ref().map(question);
        answer.unwrap_or_else(|| Ok(T::default())).unwrap_or_else(|error| {
            self.tell(&error.to_string());
            T::default()
        })
    }

    /// Changes the ledger, which is made where there is none. What could not be done once is not tried again and again.
    fn change(&self, work: impl FnOnce(&mut Ledger) -> Result<(), LedgerError>) {
        let mut kept = self.kept();
        let Some(path) = kept.path.clone() else { return };
        let changed = || -> Result<(), String> {
            let ledger = match &mut kept.ledger {
                Some(ledger) => ledger,
                none => none.insert(open(&path)?),
            };
            disk::commit(&path).map_err(|error| error.to_string())?;
            work(ledger).map_err(|error| error.to_string())
        };
        if let Err(error) = changed() {
            *kept = Kept::default();
            drop(kept);
            self.tell(&error);
        }
    }

    /// Keeps what still waits to be kept.
    pub(super) fn settle(&self) {
        let waiting = std::mem::take(&mut self.kept().waiting);
        if !waiting.is_empty() {
            self.change(|ledger| ledger.add_packs(&waiting));
        }
    }

    /// Signs where the history ends, so that an older ledger put in its place is noticed.
    pub(super) fn sign_head(&self, identity: &Identity) {
        let Some(path) = self.kept().path.clone() else { return };
        let head = self.asked(|ledger| ledger.head().map(Some));
        if let Some(Err(failure)) = head.map(|head| sign_head(&path, &head, identity)) {
            self.tell(&failure.what);
        }
    }

    /// Keeps what went out: of each transfer, the manifests of its bundles.
    pub(super) fn keep_sent<'m>(&self, manifests: impl Iterator<Item = &'m Manifest>) {
        let mut transfers: BTreeMap<(&str, &Laestab, &str), SentOfTransfer> = BTreeMap::new();
        for manifest in manifests {
            let packs = manifest.files.iter().filter(|file| file.kind == FileKind::Pack);
            let sent = packs.map(|file| Sent {
                bundle: manifest.kind,
                reference: file.reference.clone().unwrap_or_default(),
                sha256: file.sha256.clone(),
            });
            let transfer = (manifest.transfer.as_str(), &manifest.to.laestab, manifest.made_on.as_str());
            let (bundles, packs) = transfers.entry(transfer).or_default();
            packs.extend(sent);
            let bytes = manifest.to_bytes().unwrap_or_default();
            bundles.push(SentBundle { kind: manifest.kind, manifest_sha256: Spooled::of(&bytes).sha256 });
        }
        for (transfer, (bundles, sent)) in transfers {
            self.change(|ledger| ledger.add_transfer(transfer, &bundles, &sent));
        }
    }
}

/// The packs in the folders that earlier runs have left for the sender to read.
fn read_before(out: &Path) -> BTreeMap<String, Vec<PathBuf>> {
    let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut found: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let folders = entries(out).filter(|entry| {
        entry.file_name().to_string_lossy().ends_with(TO_READ) && entry.file_type().is_ok_and(|kind| kind.is_dir())
    });
    for entry in folders.flat_map(|folder| entries(&folder.path())) {
        found.entry(entry.file_name().to_string_lossy().into_owned()).or_default().push(entry.path());
    }
    found
}

impl Memory for RunMemory<'_> {
    fn known(&self, key: &str) -> Option<KnownPack> {
        if self.is_fresh { None } else { self.asked(|ledger| ledger.pack(key)) }
    }

    fn found(&self, pack: &KnownPack, file_name: &str) -> Option<Vec<u8>> {
        let kept = self.read_before.get(file_name).into_iter().flatten();
        self.spool.left(&pack.pdf).or_else(|| kept.clone().find_map(|path| read_as(path, &pack.pdf)))
    }

    fn remember(&self, key: &str, reference: &str, kind: PackKind, pack: &KnownPack) {
        let made = Made { key: key.to_owned(), reference: reference.to_owned(), kind, pack: pack.clone() };
        let waiting = {
            let mut kept = self.kept();
            kept.waiting.push(made);
            kept.waiting.len()
        };
        if waiting >= TOGETHER {
            self.settle();
        }
    }

    fn earlier_transfer(&self, transfer: &str, to: &Laestab, references: &[&str]) -> Option<String> {
        self.asked(|ledger| ledger.transfer_before(transfer, to, references))
    }

    fn was_sent(&self, pdf: &Spooled, transfer: &str, to: &Laestab) -> bool {
        self.asked(|ledger| ledger.was_sent_before(&pdf.sha256, transfer, to))
    }
}
