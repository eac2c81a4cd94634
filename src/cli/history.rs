//! The ledger of a sending school, opened to be read and written by people's commands: here a ledger that cannot be used is an
//! error. Where its history ends is kept in a second file, signed, so that a ledger of yesterday put in its place is noticed.

use std::path::PathBuf;

use super::exit::Failure;
use super::files::read_one;
use super::ledger_file::{HEAD, LEDGER, open, sign_head};
use super::paths::is_absent;
use super::{config_dir, disk, identity};
use crate::ledger::{Acknowledgement, ChildStatus, Flaw, Head, Kept, Ledger, LedgerError, SentPack};
use crate::sign::{Certificate, read_detached};
use crate::text::from_hex;

/// The ledger and its file.
pub(super) struct HistoryFile {
    ledger: Ledger,
    path: PathBuf,
}

/// What is known of where the history ends.
pub(super) enum KnownHead {
    /// Nothing was signed yet.
    None,
    /// It was signed by the school's own identity.
    Signed(Head),
    /// It is signed; whether by the school's own identity cannot be said without its passphrase.
    NotProven(Head),
    /// The file is there and is not right.
    Broken,
}

impl HistoryFile {
    /// Opens the ledger in the configuration folder; begins it where there is none.
    pub(super) fn open_or_begin() -> Result<Self, Failure> {
        Self::at(config_dir::folder()?.join(LEDGER))
    }

    fn at(path: PathBuf) -> Result<Self, Failure> {
        let ledger = open(&path).map_err(|error| Failure::files(error, "Nothing was changed."))?;
        Ok(Self { ledger, path })
    }

    /// Opens the ledger in the configuration folder.
    pub(super) fn open() -> Result<Self, Failure> {
        let path = config_dir::folder()?.join(LEDGER);
        if is_absent(&path) {
            let next = "The first `handover pack` begins it, in the configuration folder of whoever packs.";
            return Err(Failure::files("nothing is known yet of what was sent from here", next));
        }
        Self::at(path)
    }

    fn failed(error: &LedgerError) -> Failure {
        Failure::files(
            format!("the ledger cannot be used: {error}"),
            "Is the disk full, or is it used by another program?",
        )
    }

    pub(super) fn acknowledge(&mut self, said: &Acknowledgement<'_>) -> Result<Kept, Failure> {
        self.change(|ledger| ledger.acknowledge(said))
    }

    fn change<T>(&mut self, work: impl FnOnce(&mut Ledger) -> Result<T, LedgerError>) -> Result<T, Failure> {
        disk::commit(&self.path).map_err(|error| Failure::files(error.to_string(), "Is the disk full?"))?;
        work(&mut self.ledger).map_err(|error| Self::failed(&error))
    }

    pub(super) fn sent_packs(&self, reference: &str) -> Result<Vec<SentPack>, Failure> {
        self.ledger.sent_packs(reference).map_err(|error| Self::failed(&error))
    }

    pub(super) fn recalled_packs(&self, reference: &str) -> Result<Vec<SentPack>, Failure> {
        self.ledger.recalled_packs(reference).map_err(|error| Self::failed(&error))
    }

    pub(super) fn recall(&mut self, packs: &[SentPack], reason: &'static str, on: &str) -> Result<(), Failure> {
        self.change(|ledger| ledger.recall(packs, reason, on))
    }

    pub(super) fn dispatch(&mut self, ids: &[String], on: &str) -> Result<Vec<(String, String)>, Failure> {
        self.change(|ledger| ledger.dispatch(ids, on))
    }

    pub(super) fn note_deleted(&mut self, pack: (&str, &str, &str), why: &str, on: &str) -> Result<(), Failure> {
        self.change(|ledger| ledger.note_deleted(pack, why, on))
    }

    pub(super) fn status(&self) -> Result<Vec<ChildStatus>, Failure> {
        self.ledger.status().map_err(|error| Self::failed(&error))
    }

    pub(super) fn flaws(&self, known: Option<&Head>) -> Result<Vec<Flaw>, Failure> {
        self.ledger.flaws(known).map_err(|error| Self::failed(&error))
    }

    pub(super) fn history(&self) -> Result<Vec<(i64, [String; 4])>, Failure> {
        self.ledger.history().map_err(|error| Self::failed(&error))
    }

    /// Signs where the history ends, with the first identity that opens without asking; without one it stays as it was.
    pub(super) fn sign_off_head(&self) -> Result<(), Failure> {
        let head = self.ledger.head().map_err(|error| Self::failed(&error))?;
        match identity::open_unasked()?.first() {
            Some(own) => sign_head(&self.path, &head, own),
            None => Ok(()),
        }
    }

    /// Where the history ended when it was signed last.
    pub(super) fn known_head(&self) -> Result<KnownHead, Failure> {
        let path = self.path.with_file_name(HEAD);
        if is_absent(&path) {
            return Ok(KnownHead::None);
        }
        let text = String::from_utf8_lossy(&read_one(&path)?.bytes).into_owned();
        let mut lines = text.lines();
        let (head, signature) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let signed = from_hex(signature).and_then(|bytes| read_detached(&bytes, head.as_bytes(), false).ok());
        let own = identity::certificates()?;
        let is_own = |certificate: &Certificate| own.iter().any(|own| own.der() == certificate.der());
        let parsed = head
            .split_once(' ')
            .and_then(|(number, hash)| Some(Head { number: number.parse().ok()?, hash: hash.to_owned() }));
        Ok(match (parsed, signed) {
            (Some(head), Some(signed)) if is_own(&signed.certificate) => KnownHead::Signed(head),
            // Its own certificate is in a file that does not open without a passphrase.
            (Some(head), Some(_)) if own.is_empty() => KnownHead::NotProven(head),
            _ => KnownHead::Broken,
        })
    }
}
