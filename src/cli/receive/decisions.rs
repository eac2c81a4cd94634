//! What somebody at the receiving school decides: whose child is not theirs, who comes back, what was read.

use super::intake::Reception;
use super::receipts::Who;
use crate::circle::BundleKind;
use crate::cli::exit::Failure;
use crate::cli::terminal::{self, plain};
use crate::problem::count;
use crate::reception::{Accepted, ReadBy, Received};

/// What was decided in this run, by the references of children.
pub(super) struct Decisions<'a> {
    pub not_ours: &'a [String],
    /// Who is a child of this school after all.
    pub ours: &'a [String],
    pub returning: &'a [String],
    /// Whether every safeguarding file that lies there was read.
    pub is_read: bool,
}

impl Decisions<'_> {
    /// Notes them; a reference that nobody knows is a slip of the hand, and nothing is noted.
    pub(super) fn note(&self, reception: &mut Reception, who: Option<&Who>) -> Result<(), Failure> {
        for said in [self.not_ours, self.ours, self.returning].concat() {
            let is_known = reception.filed.all.iter().any(|bundle| has(&bundle.received, &written(&said)));
            if !is_known {
                let what = format!("no pack of {} was received here", plain(&said));
                return Err(Failure::usage(what, "The register has the references: K7Q2-9M3XA."));
            }
        }
        let mut read = 0;
        for number in 0..reception.filed.all.len() {
            let Some(Accepted { received, manifest, .. }) = reception.filed.all.get(number) else { continue };
            let mut decided = received.clone();
            decided.not_ours = with(&received.not_ours, self.not_ours, &[self.ours, self.returning].concat(), received);
            decided.returning = with(&received.returning, self.returning, self.not_ours, received);
            // Nobody has read what came in this very run.
            let reads = self.is_read
                && number < reception.before
                && manifest.kind == BundleKind::Safeguarding
                && received.read_by.is_none();
            if let Some(who) = who.filter(|_| reads) {
                read += received.packs.len();
                decided.read_by = Some(ReadBy {
                    name: who.name.as_str().to_owned(),
                    role: who.role.as_str().to_owned(),
                    on: reception.day.to_string(),
                });
            }
            if decided != *received {
                reception.filed.change(number, decided)?;
            }
        }
        for (said, words) in
            [(self.not_ours, "is not your child"), (self.ours, "is your child"), (self.returning, "comes back to you")]
        {
            for reference in said {
                terminal::say(&format!("noted: {} {words}", written(reference)));
            }
        }
        if self.is_read {
            terminal::say(&format!(
                "noted: {} of the safeguarding lead read; what came in this run can be confirmed in the next",
                count(read, "pack")
            ));
        }
        Ok(())
    }
}

/// A reference as it is written: somebody may have typed it small, or without its hyphen.
fn written(said: &str) -> String {
    let letters: String = said.trim().to_uppercase().chars().filter(|letter| *letter != '-').collect();
    match letters.split_at_checked(4) {
        Some((begin, end)) if !end.is_empty() => format!("{begin}-{end}"),
        _ => letters,
    }
}

fn has(received: &Received, reference: &str) -> bool {
    received.packs.iter().any(|pack| pack.reference == *reference)
}

/// Those known, without those of whom the contrary was said now, and with those of whom it was said.
fn with(known: &[String], said: &[String], contrary: &[String], received: &Received) -> Vec<String> {
    let contrary: Vec<String> = contrary.iter().map(|reference| written(reference)).collect();
    let mut all: Vec<String> = known.iter().filter(|reference| !contrary.contains(reference)).cloned().collect();
    for reference in said.iter().map(|reference| written(reference)) {
        if has(received, &reference) && !all.contains(&reference) {
            all.push(reference);
        }
    }
    all
}
