//! The ledger of a sending school, opened to be read and written by people's commands: here a ledger that cannot be used is an
//! error. Where its history ends is kept in a second file, signed, so that a ledger of yesterday put in its place is noticed.

use std::path::PathBuf;

use super::exit::Failure;
use super::files::read_one;
use super::memory::{LEDGER, open};
use super::paths::is_absent;
use super::replace::write_one;
use super::{config_dir, disk, identity};
use crate::ledger::{Acknowledgement, ChildStatus, Flaw, Head, Kept, Ledger, LedgerError};
use crate::sign::{read_detached, sign_detached};
use crate::text::hex;

/// The file with the end of the history, beside the ledger.
const HEAD: &str = "ledger.head";

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
    /// The file is there and is not right.
    Broken,
}

impl HistoryFile {
    /// Opens the ledger in the configuration folder.
    pub(super) fn open() -> Result<Self, Failure> {
        let path = config_dir::folder()?.join(LEDGER);
        if is_absent(&path) {
            let next = "The first `handover pack` begins it, in the configuration folder of whoever packs.";
            return Err(Failure::files("nothing is known yet of what was sent from here", next));
        }
        let ledger = open(&path).map_err(|error| Failure::files(error, "Nothing was changed."))?;
        Ok(Self { ledger, path })
    }

    fn failed(error: &LedgerError) -> Failure {
        Failure::files(
            format!("the ledger cannot be used: {error}"),
            "Is the disk full, or is it used by another program?",
        )
    }

    pub(super) fn acknowledge(&mut self, said: &Acknowledgement<'_>) -> Result<Kept, Failure> {
        disk::commit(&self.path).map_err(|error| Failure::files(error.to_string(), "Is the disk full?"))?;
        self.ledger.acknowledge(said).map_err(|error| Self::failed(&error))
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
        let text = format!("{} {}", head.number, head.hash);
        let Some(signature) = identity::open_unasked()?.iter().find_map(|own| sign_detached(own, text.as_bytes()))
        else {
            return Ok(());
        };
        write_one(&self.path.with_file_name(HEAD), format!("{text}\n{}\n", hex(&signature)).as_bytes(), true)
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
        let bytes: Option<Vec<u8>> = (0..signature.len() / 2)
            .map(|at| signature.get(at * 2..at * 2 + 2).and_then(|two| u8::from_str_radix(two, 16).ok()))
            .collect();
        let signed = bytes.and_then(|bytes| read_detached(&bytes, head.as_bytes(), false).ok());
        let own = identity::certificates()?;
        let is_own = signed.is_some_and(|signed| own.iter().any(|own| own.der() == signed.certificate.der()));
        let parsed = head
            .split_once(' ')
            .and_then(|(number, hash)| Some(Head { number: number.parse().ok()?, hash: hash.to_owned() }));
        Ok(match parsed.filter(|_| is_own) {
            Some(head) => KnownHead::Signed(head),
            None => KnownHead::Broken,
        })
    }
}
