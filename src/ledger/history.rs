//! What happened, one entry after the other, none of which can be changed, taken out or put between unnoticed: each holds
//! the digest of the one before it.

use std::fmt;

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::error::LedgerError;
use crate::text::hex;

/// The tables of the second version, beside those of the first.
pub(super) const TABLES: &str = "
    CREATE TABLE bundle (
        transfer INTEGER NOT NULL REFERENCES transfer (number),
        kind TEXT NOT NULL,
        manifest_sha256 TEXT NOT NULL,
        UNIQUE (transfer, kind, manifest_sha256)
    ) STRICT;
    CREATE INDEX bundle_manifest ON bundle (manifest_sha256);
    CREATE TABLE acknowledged (
        manifest_sha256 TEXT NOT NULL,
        reference TEXT NOT NULL,
        kind TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        outcome TEXT NOT NULL,
        gaps TEXT NOT NULL,
        received_on TEXT NOT NULL,
        read_on TEXT NOT NULL,
        told_on TEXT NOT NULL,
        PRIMARY KEY (manifest_sha256, reference, kind)
    ) STRICT;
    CREATE TABLE history (
        number INTEGER PRIMARY KEY,
        day TEXT NOT NULL,
        event TEXT NOT NULL,
        detail TEXT NOT NULL,
        hash TEXT NOT NULL
    ) STRICT;
";

/// The tables of the third version, beside those before.
pub(super) const LATER_TABLES: &str = "
    CREATE TABLE dispatched (
        transfer INTEGER NOT NULL PRIMARY KEY REFERENCES transfer (number),
        day TEXT NOT NULL
    ) STRICT;
    CREATE TABLE recalled (
        transfer INTEGER NOT NULL REFERENCES transfer (number),
        sha256 TEXT NOT NULL,
        reason TEXT NOT NULL,
        day TEXT NOT NULL,
        PRIMARY KEY (transfer, sha256)
    ) STRICT;
";

/// The hash before the first entry.
const NONE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Where the history ends: the number of its last entry, and its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// How many entries there are.
    pub number: i64,
    /// The hash of the last.
    pub hash: String,
}

/// What is wrong with a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// An entry is missing, or one stands there twice: the number at which it shows.
    Gap(i64),
    /// An entry says something else than when it was written.
    Changed(i64),
    /// It ends before an entry that was there: the number that was.
    CutOff(i64),
    /// It says something else at an entry whose hash is known from elsewhere.
    Other(i64),
    /// What is said of a transfer or receipt outside of the history is not what the history says.
    Table(&'static str),
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gap(number) => write!(f, "an entry is missing or stands there twice, at number {number}"),
            Self::Changed(number) => write!(f, "entry {number} was changed after it was written"),
            Self::CutOff(number) => {
                write!(f, "entry {number} was there and is gone: an older ledger was put in its place")
            }
            Self::Other(number) => write!(f, "entry {number} is another one than the one that was signed"),
            Self::Table(what) => write!(f, "what the ledger says of {what} is not what its history says"),
        }
    }
}

/// The hash of an entry after another.
fn hash_of(before: &str, number: i64, [day, event, detail]: [&str; 3]) -> String {
    let mut digest = Sha256::new();
    for part in [before, &number.to_string(), day, event, detail] {
        // With its length, so that no part can lend letters to the next.
        digest.update(part.len().to_be_bytes());
        digest.update(part);
    }
    hex(&digest.finalize())
}

/// Writes one entry more.
pub(super) fn append(
    work: &Transaction<'_>,
    day: &str,
    event: &'static str,
    detail: &impl Serialize,
) -> Result<(), LedgerError> {
    let head = head(work)?;
    let detail = serde_json::to_string(detail).map_err(|_error| LedgerError::Other)?;
    let number = head.number + 1;
    let hash = hash_of(&head.hash, number, [day, event, &detail]);
    work.execute(
        "INSERT INTO history (number, day, event, detail, hash) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![number, day, event, detail, hash],
    )?;
    Ok(())
}

/// Where the history ends.
pub(super) fn head(connection: &Connection) -> Result<Head, LedgerError> {
    let mut query = connection.prepare_cached("SELECT number, hash FROM history ORDER BY number DESC LIMIT 1")?;
    let found = query.query_row([], |row| Ok(Head { number: row.get(0)?, hash: row.get(1)? })).optional()?;
    Ok(found.unwrap_or_else(|| Head { number: 0, hash: NONE.to_owned() }))
}

/// Every entry: number, day, event, detail, hash.
pub(super) fn entries(connection: &Connection) -> Result<Vec<(i64, [String; 4])>, LedgerError> {
    let mut query =
        connection.prepare_cached("SELECT number, day, event, detail, hash FROM history ORDER BY number")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?])))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Looks at every entry, and at what is known of the history from elsewhere: a head that was signed.
pub(super) fn flaws(connection: &Connection, known: Option<&Head>) -> Result<Vec<Flaw>, LedgerError> {
    let (mut found, mut before, mut last) = (Vec::new(), NONE.to_owned(), 0);
    for (number, [day, event, detail, hash]) in entries(connection)? {
        if number != last + 1 {
            found.push(Flaw::Gap(last + 1));
        }
        if hash != hash_of(&before, number, [&day, &event, &detail]) {
            found.push(Flaw::Changed(number));
        }
        if known.is_some_and(|known| known.number == number && known.hash != hash) {
            found.push(Flaw::Other(number));
        }
        (before, last) = (hash, number);
    }
    found.extend(known.filter(|known| known.number > last).map(|known| Flaw::CutOff(known.number)));
    Ok(found)
}
