//! The tables of the ledger, and what `pack` asks of them.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, named_params, params};
use serde_json::json;

use super::error::LedgerError;
use super::history;
use crate::bundle::Spooled;
use crate::circle::{BundleKind, PackKind};
use crate::cohort::KnownPack;
use crate::school::Laestab;

/// What marks a database as ours: `HDOV`.
const APPLICATION: i32 = 0x4844_4F56;
/// The version of the tables that is written and read here.
const VERSION: i32 = 3;
/// How long another run that is writing is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// Schools keep folders on network shares, where a write-ahead log does not work: so the journal is a file of its own that
/// is taken away again.
const SETTINGS: &str = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

const TABLES: &str = "
    CREATE TABLE pack (
        key TEXT NOT NULL PRIMARY KEY,
        reference TEXT NOT NULL,
        kind TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        made_on TEXT NOT NULL,
        sealed_at TEXT NOT NULL,
        pages INTEGER NOT NULL,
        sections TEXT NOT NULL,
        is_shortened INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE transfer (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL,
        laestab TEXT NOT NULL,
        made_on TEXT NOT NULL,
        UNIQUE (id, laestab)
    ) STRICT;
    CREATE TABLE sent (
        transfer INTEGER NOT NULL REFERENCES transfer (number),
        bundle TEXT NOT NULL,
        reference TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        UNIQUE (transfer, bundle, reference, sha256)
    ) STRICT;
    CREATE INDEX sent_reference ON sent (reference);
    CREATE INDEX sent_sha256 ON sent (sha256);
";

/// A pack that was sealed, by the key of what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The key.
    pub key: String,
    /// The child's opaque reference.
    pub reference: String,
    /// Which pack.
    pub kind: PackKind,
    /// The pack.
    pub pack: KnownPack,
}

/// A pack that went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// For whom the bundle is.
    pub bundle: BundleKind,
    /// The child's opaque reference.
    pub reference: String,
    /// The SHA-256 of the sealed PDF.
    pub sha256: String,
}

/// A bundle that went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentBundle {
    /// For whom.
    pub kind: BundleKind,
    /// The SHA-256 of its manifest: what a receipt is bound to.
    pub manifest_sha256: String,
}

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    pub(super) connection: Connection,
}

impl Ledger {
    /// A ledger in a database, which is made one if it is empty.
    ///
    /// # Errors
    /// [`LedgerError`] where the database is another program's, or cannot be read or written.
    pub fn new(mut connection: Connection) -> Result<Self, LedgerError> {
        connection.busy_timeout(PATIENCE)?;
        connection.execute_batch(SETTINGS)?;
        let begin = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let number = |name: &str| begin.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i32>(0));
        match (number("application_id")?, number("user_version")?) {
            (APPLICATION, VERSION) => {}
            // The first version had no history, and the second did not know what happens after packing.
            (APPLICATION, before @ (1 | 2)) => {
                if before == 1 {
                    begin.execute_batch(history::TABLES)?;
                }
                begin.execute_batch(history::LATER_TABLES)?;
                begin.pragma_update(None, "user_version", VERSION)?;
            }
            (0, 0) => {
                let tables: i64 = begin.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
                if tables != 0 {
                    return Err(LedgerError::Other);
                }
                begin.execute_batch(TABLES)?;
                begin.execute_batch(history::TABLES)?;
                begin.execute_batch(history::LATER_TABLES)?;
                begin.pragma_update(None, "application_id", APPLICATION)?;
                begin.pragma_update(None, "user_version", VERSION)?;
            }
            _ => return Err(LedgerError::Other),
        }
        begin.commit()?;
        Ok(Self { connection })
    }

    /// The pack that was sealed of some content, by its key.
    ///
    /// # Errors
    /// [`LedgerError::Database`].
    pub fn pack(&self, key: &str) -> Result<Option<KnownPack>, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT sha256, size, made_on, sealed_at, pages, sections, is_shortened FROM pack WHERE key = ?1",
        )?;
        Ok(query.query_row([key], |row| Ok(known(row))).optional()?.flatten())
    }

    /// Keeps packs that were sealed, all of them or none; one of the same key is replaced.
    ///
    /// # Errors
    /// [`LedgerError::Database`].
    pub fn add_packs(&mut self, packs: &[Made]) -> Result<(), LedgerError> {
        let work = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut insert = work.prepare_cached(
                "INSERT OR REPLACE INTO pack
                 (key, reference, kind, sha256, size, made_on, sealed_at, pages, sections, is_shortened)
                 VALUES (:key, :reference, :kind, :sha256, :size, :made_on, :sealed_at, :pages, :sections, :is_shortened)",
            )?;
            for made in packs {
                let KnownPack { pdf, made_on, sealed_at, pages, sections, is_shortened } = &made.pack;
                insert.execute(named_params! {
                    ":key": made.key,
                    ":reference": made.reference,
                    ":kind": made.kind.key(),
                    ":sha256": pdf.sha256,
                    ":size": pdf.size,
                    ":made_on": made_on.to_string(),
                    ":sealed_at": sealed_at.to_string(),
                    ":pages": pages,
                    ":sections": serde_json::to_string(sections).unwrap_or_default(),
                    ":is_shortened": is_shortened,
                })?;
            }
        }
        Ok(work.commit()?)
    }

    /// Keeps what one transfer to a school held, all of it or nothing. The same transfer again adds nothing.
    ///
    /// # Errors
    /// [`LedgerError::Database`].
    pub fn add_transfer(
        &mut self,
        (id, to, made_on): (&str, &Laestab, &str),
        bundles: &[SentBundle],
        sent: &[Sent],
    ) -> Result<(), LedgerError> {
        let work = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let laestab = to.as_str();
            work.execute(
                "INSERT OR IGNORE INTO transfer (id, laestab, made_on) VALUES (?1, ?2, ?3)",
                params![id, laestab, made_on],
            )?;
            let find = "SELECT number FROM transfer WHERE id = ?1 AND laestab = ?2";
            let number: i64 = work.query_row(find, params![id, laestab], |row| row.get(0))?;
            let mut insert = work.prepare_cached(
                "INSERT OR IGNORE INTO sent (transfer, bundle, reference, sha256) VALUES (?1, ?2, ?3, ?4)",
            )?;
            for one in sent {
                insert.execute(params![number, one.bundle.key(), one.reference, one.sha256])?;
            }
            let mut insert = work
                .prepare_cached("INSERT OR IGNORE INTO bundle (transfer, kind, manifest_sha256) VALUES (?1, ?2, ?3)")?;
            for one in bundles {
                let (kind, manifest) = (one.kind.key(), &one.manifest_sha256);
                if insert.execute(params![number, kind, manifest])? == 1 {
                    let detail = json!({ "transfer": id, "to": laestab, "bundle": kind, "manifest": manifest });
                    history::append(&work, made_on, "packed", &detail)?;
                }
            }
        }
        Ok(work.commit()?)
    }

    /// The latest transfer before this one to a school in which any of some children were; before now, where this one is
    /// not known yet.
    ///
    /// # Errors
    /// [`LedgerError::Database`].
    pub fn transfer_before(&self, id: &str, to: &Laestab, references: &[&str]) -> Result<Option<String>, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT max(transfer.number), transfer.id FROM sent JOIN transfer ON transfer.number = sent.transfer
             WHERE sent.reference = ?1 AND transfer.laestab = ?2 AND transfer.id <> ?3
               AND transfer.number < coalesce((SELECT number FROM transfer WHERE id = ?3 AND laestab = ?2), 9e18)",
        )?;
        let mut latest: Option<(i64, String)> = None;
        for reference in references {
            let found = query.query_row(params![reference, to.as_str(), id], |row| {
                Ok(row.get::<_, Option<i64>>(0)?.zip(row.get::<_, Option<String>>(1)?))
            })?;
            latest = latest.max(found);
        }
        Ok(latest.map(|(_, id)| id))
    }

    /// Whether a school got a file in a transfer before this one; before now, where this one is not known yet.
    ///
    /// # Errors
    /// [`LedgerError::Database`].
    pub fn was_sent_before(&self, sha256: &str, id: &str, to: &Laestab) -> Result<bool, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM sent JOIN transfer ON transfer.number = sent.transfer
             WHERE sent.sha256 = ?1 AND transfer.laestab = ?2 AND transfer.id <> ?3
               AND transfer.number < coalesce((SELECT number FROM transfer WHERE id = ?3 AND laestab = ?2), 9e18))",
        )?;
        Ok(query.query_row(params![sha256, to.as_str(), id], |row| row.get(0))?)
    }
}

/// A pack out of its row; nothing where the row is not one that this program writes.
fn known(row: &Row<'_>) -> Option<KnownPack> {
    let text = |at: usize| row.get::<_, String>(at).ok();
    let sections: BTreeMap<String, usize> = serde_json::from_str(&text(5)?).ok()?;
    Some(KnownPack {
        pdf: Spooled { sha256: text(0)?, size: row.get(1).ok()? },
        made_on: text(2)?.parse().ok()?,
        sealed_at: text(3)?.parse::<Timestamp>().ok()?,
        pages: row.get(4).ok()?,
        sections,
        is_shortened: row.get(6).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger() -> Ledger {
        Ledger::new(Connection::open_in_memory().unwrap()).unwrap()
    }

    fn laestab(number: &str) -> Laestab {
        serde_json::from_value(number.into()).unwrap()
    }

    fn made(key: &str, sha256: &str) -> Made {
        let pack = KnownPack {
            pdf: Spooled { sha256: sha256.repeat(64), size: 70_000 },
            made_on: "2026-07-10".parse().unwrap(),
            sealed_at: "2026-07-10T09:30:00Z".parse().unwrap(),
            pages: 3,
            sections: BTreeMap::from([("voice".to_owned(), 2)]),
            is_shortened: true,
        };
        Made { key: key.to_owned(), reference: "K7Q2-9M3XA".to_owned(), kind: PackKind::General, pack }
    }

    fn sent(reference: &str, sha256: &str) -> Sent {
        Sent { bundle: BundleKind::General, reference: reference.to_owned(), sha256: sha256.to_owned() }
    }

    #[test]
    fn what_was_sealed_is_found_by_its_key() {
        let mut ledger = ledger();
        assert_eq!(ledger.pack("one").unwrap(), None);
        ledger.add_packs(&[made("one", "a"), made("two", "b")]).unwrap();
        ledger.add_packs(&[made("two", "c")]).unwrap();
        assert_eq!(ledger.pack("one").unwrap(), Some(made("one", "a").pack));
        assert_eq!(ledger.pack("two").unwrap(), Some(made("two", "c").pack));
        // A row that is not ours remembers nothing.
        ledger.connection.execute("UPDATE pack SET made_on = 'July' WHERE key = 'one'", []).unwrap();
        assert_eq!(ledger.pack("one").unwrap(), None);
    }

    #[test]
    fn a_transfer_knows_the_one_before_it_also_when_it_is_made_again() {
        let mut ledger = ledger();
        let (here, there) = (laestab("9994001"), laestab("9994002"));
        ledger.add_transfer(("FIRST", &here, "2026-07-01"), &[], &[sent("A", "1"), sent("B", "2")]).unwrap();
        let before = |ledger: &Ledger, id, to, children: &[&str]| ledger.transfer_before(id, to, children).unwrap();
        assert_eq!(before(&ledger, "FIRST", &here, &["A"]), None, "no transfer replaces itself");
        assert_eq!(before(&ledger, "SECOND", &here, &["C", "B"]).as_deref(), Some("FIRST"));
        assert_eq!(before(&ledger, "SECOND", &here, &["C"]), None, "another child");
        assert_eq!(before(&ledger, "SECOND", &there, &["A"]), None, "another school");
        ledger.add_transfer(("SECOND", &here, "2026-07-02"), &[], &[sent("A", "1"), sent("B", "3")]).unwrap();
        ledger.add_transfer(("SECOND", &here, "2026-07-02"), &[], &[sent("A", "1"), sent("B", "3")]).unwrap();
        assert_eq!(before(&ledger, "FIRST", &here, &["A"]), None, "what came later is not before it");
        assert_eq!(before(&ledger, "THIRD", &here, &["A", "B"]).as_deref(), Some("SECOND"));
        let was = |file, id| ledger.was_sent_before(file, id, &here).unwrap();
        assert!(was("1", "SECOND") && !was("3", "SECOND") && was("3", "THIRD") && !was("1", "FIRST"));
        assert!(!ledger.was_sent_before("1", "THIRD", &there).unwrap());
    }

    #[test]
    fn only_a_ledger_of_this_version_is_used() {
        let other = |sql: &str| {
            let connection = Connection::open_in_memory().unwrap();
            connection.execute_batch(sql).unwrap();
            matches!(Ledger::new(connection), Err(LedgerError::Other))
        };
        assert!(other("CREATE TABLE pupils (name TEXT)"), "somebody else's tables");
        assert!(other("PRAGMA application_id = 1212436310; PRAGMA user_version = 4"), "a later version");
        assert!(other("PRAGMA application_id = 7; PRAGMA user_version = 1"));
    }

    #[test]
    fn a_ledger_of_an_earlier_version_is_taken_on() {
        let second = Connection::open_in_memory().unwrap();
        second.execute_batch(&format!("{TABLES}{}", history::TABLES)).unwrap();
        second.pragma_update(None, "application_id", APPLICATION).unwrap();
        second.pragma_update(None, "user_version", 2).unwrap();
        assert_eq!(Ledger::new(second).unwrap().status().unwrap(), []);
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(TABLES).unwrap();
        connection.pragma_update(None, "application_id", APPLICATION).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        connection
            .execute("INSERT INTO transfer (id, laestab, made_on) VALUES ('OLD', '9994001', '2026-06-01')", [])
            .unwrap();
        connection.execute("INSERT INTO sent VALUES (1, 'general', 'A', '1')", []).unwrap();
        let ledger = Ledger::new(connection).unwrap();
        assert_eq!(ledger.status().unwrap()[0].transfer, "OLD");
        assert_eq!(ledger.flaws(None).unwrap(), []);
    }
}
