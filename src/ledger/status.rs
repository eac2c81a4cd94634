//! How each child stands who was handed over: packed, acknowledged, with gaps, overdue, replaced.

use std::collections::BTreeMap;

use rusqlite::{TransactionBehavior, params};
use serde::Serialize;
use serde_json::json;

use super::error::LedgerError;
use super::history::{self, Flaw, Head};
use super::store::Ledger;
use crate::circle::BundleKind;

/// How a child stands at one receiving school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChildStatus {
    /// The child's reference.
    pub reference: String,
    /// The DfE number of the receiving school.
    pub to: String,
    /// The latest transfer in which the child was.
    pub transfer: String,
    /// The day it was made.
    pub packed_on: String,
    /// The day it went out; empty as long as nobody has said so.
    pub sent_on: String,
    /// Why its packs are recalled, where all of them are.
    pub recalled: Option<String>,
    /// How many transfers it replaces.
    pub replaces: usize,
    /// For each bundle of it: what the receiving school has said.
    pub bundles: BTreeMap<BundleKind, Said>,
}

/// What a receiving school has said of a child's packs in one bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Its word: nothing as long as it is silent.
    pub outcome: Option<String>,
    /// The codes of the rules that the packs do not keep.
    pub gaps: Vec<String>,
    /// The day it received them.
    pub received_on: String,
    /// The day somebody there said that they were read.
    pub read_on: String,
}

/// What a receipt says of one pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement<'a> {
    /// The DfE number of the school that says it.
    pub from: &'a str,
    /// The SHA-256 of the bundle's manifest.
    pub manifest_sha256: &'a str,
    /// The child's reference.
    pub reference: &'a str,
    /// The key of the kind of pack.
    pub kind: &'static str,
    /// The SHA-256 of the sealed PDF.
    pub sha256: &'a str,
    /// The key of what became of it.
    pub outcome: &'static str,
    /// The codes of rules, with spaces between them.
    pub gaps: String,
    /// The day it was received.
    pub received_on: &'a str,
    /// The day it was read; empty where nobody has said so.
    pub read_on: &'a str,
    /// The day the receipt was made.
    pub told_on: &'a str,
}

/// What became of a pack of a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is new.
    New,
    /// It was known.
    Known,
    /// No such pack went out in such a bundle.
    NotSent,
    /// A later receipt has said something else already.
    Older,
}

impl Ledger {
    /// Keeps what a receipt says of a pack, if that pack went out in that bundle.
    ///
    /// # Errors
    /// [`LedgerError::Database`].
    pub fn acknowledge(&mut self, said: &Acknowledgement<'_>) -> Result<Kept, LedgerError> {
        let work = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let was_sent: bool = work.query_row(
            "SELECT EXISTS (SELECT 1 FROM bundle JOIN sent ON sent.transfer = bundle.transfer AND sent.bundle = bundle.kind
             JOIN transfer ON transfer.number = bundle.transfer
             WHERE bundle.manifest_sha256 = ?1 AND sent.reference = ?2 AND sent.sha256 = ?3 AND transfer.laestab = ?4)",
            params![said.manifest_sha256, said.reference, said.sha256, said.from],
            |row| row.get(0),
        )?;
        if !was_sent {
            return Ok(Kept::NotSent);
        }
        let before: Option<[String; 3]> = {
            let mut query = work.prepare_cached(
                "SELECT outcome || ' ' || gaps || ' ' || received_on, read_on, told_on FROM acknowledged
                 WHERE manifest_sha256 = ?1 AND reference = ?2 AND kind = ?3",
            )?;
            let mut rows = query.query(params![said.manifest_sha256, said.reference, said.kind])?;
            match rows.next()? {
                Some(row) => Some([row.get(0)?, row.get(1)?, row.get(2)?]),
                None => None,
            }
        };
        let words = format!("{} {} {}", said.outcome, said.gaps, said.received_on);
        if let Some([known, read_on, told_on]) = &before {
            if *known == words && (read_on == said.read_on || said.read_on.is_empty()) {
                return Ok(Kept::Known);
            }
            if told_on.as_str() > said.told_on {
                return Ok(Kept::Older);
            }
        }
        work.execute(
            "INSERT OR REPLACE INTO acknowledged
             (manifest_sha256, reference, kind, sha256, outcome, gaps, received_on, read_on, told_on)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                said.manifest_sha256,
                said.reference,
                said.kind,
                said.sha256,
                said.outcome,
                said.gaps,
                said.received_on,
                said.read_on,
                said.told_on
            ],
        )?;
        let detail = json!({
            "manifest": said.manifest_sha256, "reference": said.reference, "kind": said.kind, "sha256": said.sha256,
            "outcome": said.outcome, "gaps": said.gaps, "received_on": said.received_on, "read_on": said.read_on,
        });
        history::append(&work, said.told_on, "acknowledged", &detail)?;
        work.commit()?;
        Ok(Kept::New)
    }

    /// How every child stands, by receiving school and reference.
    ///
    /// # Errors
    /// [`LedgerError::Database`].
    pub fn status(&self) -> Result<Vec<ChildStatus>, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT sent.reference, transfer.laestab, transfer.id, transfer.made_on, sent.bundle,
                    coalesce(acknowledged.outcome, ''), coalesce(acknowledged.gaps, ''),
                    coalesce(acknowledged.received_on, ''), coalesce(acknowledged.read_on, ''),
                    coalesce(dispatched.day, ''), recalled.reason
             FROM sent JOIN transfer ON transfer.number = sent.transfer
             -- A pack that went out again as it was has been received when it was received first.
             LEFT JOIN (
                SELECT acknowledged.*, own.laestab AS said_by FROM acknowledged
                JOIN bundle ON bundle.manifest_sha256 = acknowledged.manifest_sha256
                JOIN transfer AS own ON own.number = bundle.transfer
             ) AS acknowledged ON acknowledged.reference = sent.reference AND acknowledged.sha256 = sent.sha256
                AND acknowledged.said_by = transfer.laestab
             LEFT JOIN dispatched ON dispatched.transfer = sent.transfer
             LEFT JOIN recalled ON recalled.transfer = sent.transfer AND recalled.sha256 = sent.sha256
             ORDER BY transfer.number, acknowledged.told_on",
        )?;
        let mut all: BTreeMap<(String, String), ChildStatus> = BTreeMap::new();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let text = |at: usize| row.get::<_, String>(at);
            let (reference, to, transfer) = (text(0)?, text(1)?, text(2)?);
            let child = all.entry((to.clone(), reference.clone())).or_insert_with(|| ChildStatus {
                reference,
                to,
                transfer: transfer.clone(),
                packed_on: String::new(),
                sent_on: String::new(),
                recalled: None,
                replaces: 0,
                bundles: BTreeMap::new(),
            });
            let recalled: Option<String> = row.get(10)?;
            let is_first = child.packed_on.is_empty() || child.transfer != transfer;
            child.recalled = if is_first { recalled } else { child.recalled.take().and(recalled) };
            child.sent_on = text(9)?;
            if child.transfer != transfer {
                // A later transfer takes the place of the one before.
                child.transfer = transfer;
                child.replaces += 1;
                child.bundles.clear();
            }
            child.packed_on = text(3)?;
            let key = text(4)?;
            let Some(kind) = BundleKind::ALL.into_iter().find(|kind| kind.key() == key) else { continue };
            let said = child.bundles.entry(kind).or_default();
            let outcome = text(5)?;
            if !outcome.is_empty() {
                let gaps = text(6)?;
                said.outcome = Some(outcome);
                said.gaps.extend(gaps.split(' ').filter(|gap| !gap.is_empty()).map(str::to_owned));
                said.gaps.sort();
                said.gaps.dedup();
                said.received_on = text(7)?;
                said.read_on = text(8)?;
            }
        }
        Ok(all.into_values().collect())
    }

    /// Where the history ends.
    ///
    /// # Errors
    /// [`LedgerError::Database`].
    pub fn head(&self) -> Result<Head, LedgerError> {
        history::head(&self.connection)
    }

    /// What is wrong with the ledger: entries that were changed, taken out or put back to what they were, and tables that say
    /// something else than the history. `known` is a head that was signed.
    ///
    /// # Errors
    /// [`LedgerError::Database`].
    pub fn flaws(&self, known: Option<&Head>) -> Result<Vec<Flaw>, LedgerError> {
        let mut found = history::flaws(&self.connection, known)?;
        let count = |sql: &str| self.connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        let packed = count("SELECT count(*) FROM history WHERE event = 'packed'")?;
        if packed != count("SELECT count(*) FROM bundle")? {
            found.push(Flaw::Table("transfers"));
        }
        let differ = count(
            "SELECT count(*) FROM acknowledged WHERE NOT EXISTS (
                SELECT 1 FROM history WHERE event = 'acknowledged'
                 AND json_extract(detail, '$.manifest') = manifest_sha256 AND json_extract(detail, '$.reference') = reference
                 AND json_extract(detail, '$.kind') = kind AND json_extract(detail, '$.outcome') = outcome
                 AND json_extract(detail, '$.received_on') = received_on AND json_extract(detail, '$.read_on') = read_on)",
        )?;
        let told = count(
            "SELECT count(*) FROM (SELECT DISTINCT json_extract(detail, '$.manifest'), json_extract(detail, '$.reference'),
             json_extract(detail, '$.kind') FROM history WHERE event = 'acknowledged')",
        )?;
        if differ > 0 || told != count("SELECT count(*) FROM acknowledged")? {
            found.push(Flaw::Table("receipts"));
        }
        let recalled = count(
            "SELECT count(*) FROM recalled JOIN transfer ON number = recalled.transfer WHERE EXISTS (
                SELECT 1 FROM history WHERE event = 'recalled' AND history.day = recalled.day
                 AND json_extract(detail, '$.transfer') = id AND json_extract(detail, '$.to') = laestab
                 AND json_extract(detail, '$.sha256') = sha256 AND json_extract(detail, '$.reason') = reason)",
        )?;
        let told = count("SELECT count(*) FROM history WHERE event = 'recalled'")?;
        if recalled != told || told != count("SELECT count(*) FROM recalled")? {
            found.push(Flaw::Table("recalls"));
        }
        let sent = count(
            "SELECT count(*) FROM dispatched JOIN transfer ON number = dispatched.transfer WHERE EXISTS (
                SELECT 1 FROM history WHERE event = 'sent' AND history.day = dispatched.day
                 AND json_extract(detail, '$.transfer') = id AND json_extract(detail, '$.to') = laestab)",
        )?;
        let told = count("SELECT count(*) FROM history WHERE event = 'sent'")?;
        if sent != told || told != count("SELECT count(*) FROM dispatched")? {
            found.push(Flaw::Table("what was sent"));
        }
        Ok(found)
    }

    /// Every entry of the history: number, then day, event, detail and hash.
    ///
    /// # Errors
    /// [`LedgerError::Database`].
    pub fn history(&self) -> Result<Vec<(i64, [String; 4])>, LedgerError> {
        history::entries(&self.connection)
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::ledger::{Sent, SentBundle};
    use crate::school::Laestab;

    fn laestab(number: &str) -> Laestab {
        serde_json::from_value(number.into()).unwrap()
    }

    fn sent(reference: &str, sha256: &str) -> Sent {
        Sent { bundle: BundleKind::General, reference: reference.to_owned(), sha256: sha256.to_owned() }
    }

    /// A ledger of which a transfer of one child is known.
    fn with_transfer() -> Ledger {
        let mut ledger = Ledger::new(Connection::open_in_memory().unwrap()).unwrap();
        let bundle = SentBundle { kind: BundleKind::General, manifest_sha256: "m".repeat(64) };
        ledger.add_transfer(("FIRST", &laestab("9994001"), "2026-07-01"), &[bundle], &[sent("A", "1")]).unwrap();
        ledger
    }

    fn said<'a>(manifest: &'a str, outcome: &'static str, told_on: &'a str) -> Acknowledgement<'a> {
        Acknowledgement {
            from: "9994001",
            manifest_sha256: manifest,
            reference: "A",
            kind: "general",
            sha256: "1",
            outcome,
            gaps: String::new(),
            received_on: "2026-07-02",
            read_on: "",
            told_on,
        }
    }

    #[test]
    fn a_receipt_fills_the_status_and_only_for_what_was_sent() {
        let mut ledger = with_transfer();
        let manifest = "m".repeat(64);
        let silent = ledger.status().unwrap();
        assert_eq!((silent.len(), silent[0].bundles[&BundleKind::General].outcome.clone()), (1, None));
        assert_eq!(ledger.acknowledge(&said(&"x".repeat(64), "accepted", "2026-07-03")).unwrap(), Kept::NotSent);
        assert_eq!(ledger.acknowledge(&said(&manifest, "accepted", "2026-07-03")).unwrap(), Kept::New);
        assert_eq!(ledger.acknowledge(&said(&manifest, "accepted", "2026-07-04")).unwrap(), Kept::Known);
        assert_eq!(ledger.acknowledge(&said(&manifest, "rejected", "2026-07-01")).unwrap(), Kept::Older);
        let status = ledger.status().unwrap();
        assert_eq!(status[0].bundles[&BundleKind::General].outcome.as_deref(), Some("accepted"));
        assert_eq!(ledger.flaws(Some(&ledger.head().unwrap())).unwrap(), []);
        // Another school has nothing to say of it.
        let stranger = Acknowledgement { from: "9994002", ..said(&manifest, "not_our_child", "2026-07-05") };
        assert_eq!(ledger.acknowledge(&stranger).unwrap(), Kept::NotSent);
        // Another pack that was not in that bundle.
        let other = Acknowledgement { sha256: "2", ..said(&manifest, "accepted", "2026-07-03") };
        assert_eq!(ledger.acknowledge(&other).unwrap(), Kept::NotSent);
    }

    #[test]
    fn whatever_is_changed_by_hand_is_found() {
        let manifest = "m".repeat(64);
        let tampered = |sql: &str| {
            let mut ledger = with_transfer();
            ledger.acknowledge(&said(&manifest, "accepted", "2026-07-03")).unwrap();
            let head = ledger.head().unwrap();
            assert_eq!(ledger.flaws(Some(&head)).unwrap(), []);
            ledger.connection.execute_batch(sql).unwrap();
            ledger.flaws(Some(&head)).unwrap()
        };
        for sql in [
            "UPDATE history SET day = '2026-07-09' WHERE number = 2",
            "UPDATE history SET detail = replace(detail, 'accepted', 'rejected') WHERE number = 2",
            "UPDATE history SET event = 'recalled' WHERE number = 1",
            "UPDATE history SET hash = replace(hash, 'a', 'b') WHERE number = 1",
            "UPDATE history SET number = 7 WHERE number = 2",
            "DELETE FROM history WHERE number = 1",
            "DELETE FROM history WHERE number = 2",
            "DELETE FROM history; DELETE FROM acknowledged; DELETE FROM bundle",
            "UPDATE acknowledged SET outcome = 'rejected'",
            "UPDATE acknowledged SET received_on = '2026-07-01'",
            "DELETE FROM acknowledged",
            "DELETE FROM bundle",
            "INSERT INTO acknowledged SELECT manifest_sha256, 'B', kind, sha256, outcome, gaps, received_on, read_on, told_on FROM acknowledged",
        ] {
            assert!(!tampered(sql).is_empty(), "{sql}");
        }
    }
}
