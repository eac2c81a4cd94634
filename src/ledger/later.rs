//! What happens to a pack after it was made, on this side: it is sent, and it may be recalled.

use rusqlite::{TransactionBehavior, params};
use serde_json::json;

use super::error::LedgerError;
use super::history;
use super::store::Ledger;
use crate::circle::BundleKind;

/// A pack that went out in a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentPack {
    /// The id of the transfer.
    pub transfer: String,
    /// The DfE number of the school that got it.
    pub to: String,
    /// For whom the bundle was.
    pub bundle: BundleKind,
    /// The child's reference.
    pub reference: String,
    /// The SHA-256 of the sealed PDF.
    pub sha256: String,
}

impl Ledger {
    /// Every pack of a child that went out and was not recalled, the latest transfer last.
    ///
    /// # Errors
    /// [`LedgerError::Database`].
    pub fn sent_packs(&self, reference: &str) -> Result<Vec<SentPack>, LedgerError> {
        self.packs_of(reference, false)
    }

    fn packs_of(&self, reference: &str, is_recalled: bool) -> Result<Vec<SentPack>, LedgerError> {
        let mut query = self.connection.prepare_cached(
            "SELECT transfer.id, transfer.laestab, sent.bundle, sent.sha256 FROM sent
             JOIN transfer ON transfer.number = sent.transfer
             WHERE sent.reference = ?1 AND ?2 = EXISTS (
                SELECT 1 FROM recalled WHERE recalled.transfer = sent.transfer AND recalled.sha256 = sent.sha256)
             ORDER BY transfer.number, sent.bundle, sent.sha256",
        )?;
        let mut rows = query.query(params![reference, is_recalled])?;
        let mut packs = Vec::new();
        while let Some(row) = rows.next()? {
            let key: String = row.get(2)?;
            let Some(bundle) = BundleKind::ALL.into_iter().find(|kind| kind.key() == key) else { continue };
            let (transfer, to, sha256) = (row.get(0)?, row.get(1)?, row.get(3)?);
            packs.push(SentPack { transfer, to, bundle, reference: reference.to_owned(), sha256 });
        }
        Ok(packs)
    }

    /// Every pack of a child that was recalled.
    ///
    /// # Errors
    /// [`LedgerError::Database`].
    pub fn recalled_packs(&self, reference: &str) -> Result<Vec<SentPack>, LedgerError> {
        self.packs_of(reference, true)
    }

    /// Notes that packs are recalled, all of them or none. What was recalled before stays as it was.
    ///
    /// # Errors
    /// [`LedgerError::Database`].
    pub fn recall(&mut self, packs: &[SentPack], reason: &'static str, on: &str) -> Result<(), LedgerError> {
        let work = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for pack in packs {
            let is_new = work.execute(
                "INSERT OR IGNORE INTO recalled (transfer, sha256, reason, day)
                 SELECT number, ?3, ?4, ?5 FROM transfer WHERE id = ?1 AND laestab = ?2",
                params![pack.transfer, pack.to, pack.sha256, reason, on],
            )?;
            if is_new == 1 {
                let detail = json!({
                    "transfer": pack.transfer, "to": pack.to, "bundle": pack.bundle.key(),
                    "reference": pack.reference, "sha256": pack.sha256, "reason": reason,
                });
                history::append(&work, on, "recalled", &detail)?;
            }
        }
        Ok(work.commit()?)
    }

    /// Notes that transfers went out on a day: the ones that are named, or every one of which that is not known yet. Answers
    /// their ids, each with the DfE number of the school it went to.
    ///
    /// # Errors
    /// [`LedgerError::Database`].
    pub fn dispatch(&mut self, ids: &[String], on: &str) -> Result<Vec<(String, String)>, LedgerError> {
        let work = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let waiting: Vec<(i64, String, String)> = {
            let mut query = work.prepare_cached(
                "SELECT number, id, laestab FROM transfer
                 WHERE number NOT IN (SELECT transfer FROM dispatched) ORDER BY number",
            )?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            rows.collect::<Result<_, _>>()?
        };
        let mut sent = Vec::new();
        for (number, id, to) in waiting.into_iter().filter(|(_, id, _)| ids.is_empty() || ids.contains(id)) {
            work.execute("INSERT INTO dispatched (transfer, day) VALUES (?1, ?2)", params![number, on])?;
            history::append(&work, on, "sent", &json!({ "transfer": id, "to": to }))?;
            sent.push((id, to));
        }
        work.commit()?;
        Ok(sent)
    }

    /// Notes that a pack was deleted because its time was over, and why; the same pack again is not noted twice.
    ///
    /// # Errors
    /// [`LedgerError::Database`].
    pub fn note_deleted(
        &mut self,
        (reference, kind, sha256): (&str, &str, &str),
        why: &str,
        on: &str,
    ) -> Result<(), LedgerError> {
        let work = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let detail = json!({ "reference": reference, "kind": kind, "sha256": sha256, "why": why });
        let is_known: bool = work.query_row(
            "SELECT EXISTS (SELECT 1 FROM history WHERE event = 'deleted' AND json_extract(detail, '$.sha256') = ?1
             AND json_extract(detail, '$.reference') = ?2 AND json_extract(detail, '$.kind') = ?3)",
            params![sha256, reference, kind],
            |row| row.get(0),
        )?;
        if !is_known {
            history::append(&work, on, "deleted", &detail)?;
        }
        Ok(work.commit()?)
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::ledger::{Sent, SentBundle};
    use crate::school::Laestab;

    fn ledger() -> Ledger {
        let mut ledger = Ledger::new(Connection::open_in_memory().unwrap()).unwrap();
        let to: Laestab = serde_json::from_value("9994001".into()).unwrap();
        let sent = |reference: &str, sha256: &str| Sent {
            bundle: BundleKind::General,
            reference: reference.to_owned(),
            sha256: sha256.to_owned(),
        };
        for (id, day, sha256) in [("FIRST", "2026-07-01", "1"), ("SECOND", "2026-07-02", "2")] {
            let bundle = SentBundle { kind: BundleKind::General, manifest_sha256: id.repeat(4) };
            let packs = [sent("A", sha256), sent("B", "9")];
            ledger.add_transfer((id, &to, day), &[bundle], &packs).unwrap();
        }
        ledger
    }

    #[test]
    fn what_is_recalled_is_recalled_once_and_in_its_own_transfer() {
        let mut ledger = ledger();
        let packs = ledger.sent_packs("B").unwrap();
        assert_eq!(packs.iter().map(|pack| pack.transfer.as_str()).collect::<Vec<_>>(), ["FIRST", "SECOND"]);
        ledger.recall(&packs[..1], "wrong_school", "2026-07-03").unwrap();
        ledger.recall(&packs[..1], "withdrawn", "2026-07-04").unwrap();
        assert_eq!(ledger.sent_packs("B").unwrap(), packs[1..]);
        assert_eq!(ledger.recalled_packs("B").unwrap(), packs[..1]);
        assert_eq!(ledger.recalled_packs("A").unwrap(), []);
        let entries = ledger.history().unwrap();
        assert_eq!(entries.iter().filter(|(_, [_, event, ..])| event == "recalled").count(), 1);
        assert_eq!(ledger.flaws(None).unwrap(), []);
        ledger.connection.execute("UPDATE recalled SET reason = 'replaced'", []).unwrap();
        assert_ne!(ledger.flaws(None).unwrap(), []);
    }

    #[test]
    fn each_transfer_goes_out_once() {
        let mut ledger = ledger();
        assert_eq!(ledger.dispatch(&["SECOND".to_owned()], "2026-07-03").unwrap().len(), 1);
        assert_eq!(ledger.dispatch(&[], "2026-07-04").unwrap(), [("FIRST".to_owned(), "9994001".to_owned())]);
        assert_eq!(ledger.dispatch(&[], "2026-07-05").unwrap(), []);
        assert_eq!(ledger.flaws(None).unwrap(), []);
        ledger.connection.execute("DELETE FROM dispatched WHERE transfer = 1", []).unwrap();
        assert_ne!(ledger.flaws(None).unwrap(), []);
    }

    #[test]
    fn what_was_deleted_is_noted_once() {
        let mut ledger = ledger();
        for day in ["2026-07-03", "2026-07-04"] {
            ledger.note_deleted(("A", "general", "1"), "recalled", day).unwrap();
        }
        assert_eq!(ledger.history().unwrap().last().unwrap().1[0], "2026-07-03");
    }
}
