//! What becomes of each file that arrived.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::filing::Filed;
use super::keys::{Known, Opened};
use super::sources::{self, Arrived, Found};
use crate::bundle::{Lock, Manifest, Part, Spooled, entries, join_parts, lock_of};
use crate::cli::believed::believed;
use crate::cli::exit::Failure;
use crate::cli::terminal::{self, plain};
use crate::cli::unlock;
use crate::embedded_record::NamedSchool;
use crate::problem::count;
use crate::reception::{Quarantined, Recall, Receipt, RejectedBundle};
use crate::record::Day;
use crate::sign::{ReasonCode, holds_statement, read_detached, read_statement, statements_in};
use crate::verify::{Answer, Card, Judgement, Reason, Trust, Verdict, judge};

/// So many bytes of parts are held at once: what one bundle may have, and a little more.
const MOST_OF_PARTS: usize = 640 << 20;
/// So many files that are nothing of ours are named.
const MOST_NAMES: usize = 5;

/// What became of the files of one run.
#[derive(Default)]
pub(super) struct Tally {
    pub accepted: usize,
    pub packs: usize,
    pub known: usize,
    pub quarantined: usize,
    /// Files that were not accepted in an earlier run either.
    pub still: usize,
    /// Files that wait for a passphrase, for a missing part, or for a school to be confirmed.
    pub waiting: Vec<Quarantined>,
    /// Files that are nothing of ours, and the names of the first.
    pub other: usize,
    pub other_names: Vec<String>,
}

/// What is known of a file that is not accepted, beyond the reason.
#[derive(Default)]
struct Judged {
    /// The confirmed school that it comes from.
    from: Option<String>,
    /// What should have been in it.
    rejected: Option<RejectedBundle>,
    /// Whether nothing of it is kept.
    is_dropped: bool,
}

/// The parts of a bundle that came by themselves, each with the name of its file.
type Parts = Vec<(String, Part)>;

pub(super) struct Reception {
    pub trust: Trust,
    pub at: jiff::Timestamp,
    pub day: Day,
    pub filed: Filed,
    /// How many bundles lay there before this run.
    pub before: usize,
    pub known: Known,
    pub tally: Tally,
    /// Files in which something is locked.
    pub locked: Vec<PathBuf>,
    /// Digests of the files that this run has looked at to the end, and of what was in them.
    pub done: BTreeSet<String>,
    pub inside: BTreeSet<String>,
    /// Parts of bundles, by the digest of the whole.
    pub parts: BTreeMap<String, Parts>,
}

impl Reception {
    /// Takes in what a file holds.
    pub(super) fn take(&mut self, path: &Path) -> Result<(), Failure> {
        let looked_into = match sources::look_into(path) {
            Ok(found) => found,
            // One file that cannot be read keeps no other from being taken in.
            Err(failure) => {
                let name = plain(&path.display().to_string());
                self.waits(&name, name.as_bytes(), &failure.what, failure.next.as_deref().unwrap_or_default());
                return Ok(());
            }
        };
        for found in looked_into {
            match found {
                Found::File(arrived) => self.one(path, &arrived)?,
                Found::Unusable(arrived, why, next) => self.quarantine(&arrived, why, next, Judged::default())?,
                Found::Other(name) => {
                    self.tally.other += 1;
                    if self.tally.other_names.len() < MOST_NAMES {
                        self.tally.other_names.push(name);
                    }
                }
            }
        }
        Ok(())
    }

    fn one(&mut self, path: &Path, arrived: &Arrived) -> Result<(), Failure> {
        let sha256 = Spooled::of(&arrived.bytes).sha256;
        if self.done.contains(&sha256) {
            return Ok(());
        }
        let bytes = match self.known.open(&arrived.bytes) {
            Opened::Open => arrived.bytes.clone(),
            Opened::Inside(bytes) => bytes,
            Opened::Locked => {
                if !self.locked.iter().any(|known| known == path) {
                    self.locked.push(path.to_owned());
                }
                return Ok(());
            }
            Opened::Broken(error) => {
                self.done.insert(sha256);
                let next = "Download it again. If it is the same, ask for it to be sent again.";
                return self.quarantine(arrived, unlock::why_closed(&error), next, Judged::default());
            }
        };
        self.done.insert(sha256.clone());
        if let Some(part) = Part::of(&bytes) {
            return self.part(arrived, part);
        }
        if self.is_statement(arrived, &bytes)? {
            return Ok(());
        }
        self.bundle(arrived, &sha256, &bytes)
    }

    /// Keeps a part until the others are there; no more of them than one bundle can be.
    fn part(&mut self, arrived: &Arrived, part: Part) -> Result<(), Failure> {
        let held: usize = self.parts.values().flatten().map(|(_, part)| part.bytes.len()).sum();
        if held + part.bytes.len() > MOST_OF_PARTS {
            let next = "Receive the parts of one bundle at a time.";
            return self.quarantine(arrived, "More parts than can be held at once", next, Judged::default());
        }
        let known = self.parts.entry(part.whole.clone()).or_default();
        if !known.iter().any(|(_, other)| other.number == part.number && other.count == part.count) {
            known.push((arrived.name.clone(), part));
        }
        Ok(())
    }

    /// Joins what came in parts; names what is missing.
    pub(super) fn join(&mut self) -> Result<(), Failure> {
        for (whole, parts) in std::mem::take(&mut self.parts) {
            let (names, found): (Vec<String>, Vec<Part>) = parts.into_iter().unzip();
            let name = names.join(" + ");
            let count = found.first().map_or(0, |part| part.count);
            if let Some(bytes) = join_parts(&found) {
                self.bundle(&Arrived { name, bytes: bytes.clone() }, &whole, &bytes)?;
                continue;
            }
            let is_there = |number: &usize| found.iter().any(|part| part.number == *number && part.count == count);
            let missing: Vec<String> =
                (1..=count).filter(|number| !is_there(number)).map(|number| number.to_string()).collect();
            let why = if missing.is_empty() {
                "Its parts do not belong together".to_owned()
            } else {
                format!("Of its {count} parts, these are missing: {}", missing.join(", "))
            };
            let next = "Look for them where the others came from, or ask for all of them to be sent again; then receive them \
                        together.";
            self.waits(&name, whole.as_bytes(), &why, next);
        }
        Ok(())
    }

    /// What schools have signed as texts, one after the other: recalls are kept; of others it is said where they belong.
    fn is_statement(&mut self, arrived: &Arrived, bytes: &[u8]) -> Result<bool, Failure> {
        let is_text = !bytes.starts_with(b"PK") && !bytes.starts_with(b"%PDF") && bytes.len() < sources::LONGEST_TEXT;
        if !is_text {
            return Ok(false);
        }
        let text = String::from_utf8_lossy(bytes);
        let statements = statements_in(&text);
        for statement in &statements {
            if holds_statement::<Card>(statement) {
                terminal::say(&format!("note: {} is a school's card: handover trust add FILE", arrived.name));
            } else if holds_statement::<Receipt>(statement) {
                terminal::say(&format!("note: {} is a receipt: handover receipt import FILE", arrived.name));
            } else {
                self.recall(arrived, statement)?;
            }
        }
        Ok(!statements.is_empty())
    }

    fn recall(&mut self, arrived: &Arrived, text: &str) -> Result<(), Failure> {
        let ours = |recall: &Recall| {
            self.trust.us.as_ref().and_then(|us| us.laestab.as_ref()).is_some_and(|laestab| *laestab == recall.to)
        };
        let believed = read_statement::<Recall>(text).map_err(|error| error.to_string()).and_then(|signed| {
            let school = believed(&signed.certificate, &signed.said.from, &self.trust, self.day)?;
            if ours(&signed.said) { Ok((signed.said, school)) } else { Err("it is for another school".to_owned()) }
        });
        let (recall, school) = match believed {
            Ok(believed) => believed,
            Err(why) => {
                let why = format!("A recall that is not believed: {why}");
                let next = "Ring the school that it names on the number that Get Information about Schools gives, and receive it again.";
                return self.quarantine(arrived, &why, next, Judged::default());
            }
        };
        if self.filed.keep_recall(&recall, text)? {
            terminal::say(&format!(
                "TAKEN BACK by {}: {} ({}). They no longer count; `handover expire` deletes them. Tell the school what became of \
                 every copy.{}",
                plain(&school),
                recalled_children(&recall).join(", "),
                recall.reason.words(),
                self.whom_to_ring(&school)
            ));
        }
        self.filed.release(&Spooled::of(&arrived.bytes).sha256)
    }

    fn bundle(&mut self, arrived: &Arrived, sha256: &str, bytes: &[u8]) -> Result<(), Failure> {
        let inside = Spooled::of(bytes).sha256;
        if self.filed.has_file(&inside) || !self.inside.insert(inside) {
            self.tally.known += 1;
            return Ok(());
        }
        let judgement = judge(bytes, &self.trust, self.at);
        match judgement.verdict.answer {
            Answer::Genuine if judgement.facts.packs.is_some() => {
                self.filed.release(sha256)?;
                if self.is_known(bytes) {
                    self.tally.known += 1;
                    return Ok(());
                }
                self.accept(bytes, &judgement)
            }
            Answer::Genuine => {
                let from = judgement.facts.confirmed_as.clone();
                self.quarantine(
                    arrived,
                    "A single pack, without the bundle that says what belongs to it",
                    "Ask the sending school for the whole bundle; `handover verify` judges the pack by itself.",
                    Judged { from, ..Judged::default() },
                )
            }
            Answer::CannotTell => {
                self.wait(&arrived.name, &arrived.bytes, &judgement);
                Ok(())
            }
            Answer::NotGenuine => self.refuse(arrived, bytes, &judgement),
        }
    }

    /// Whether a bundle of this manifest lies there already.
    fn is_known(&self, bytes: &[u8]) -> bool {
        let manifest =
            entries(bytes).ok().and_then(|files| files.get(Manifest::PATH).map(|own| Spooled::of(own).sha256));
        manifest.is_some_and(|sha256| self.filed.has(&sha256))
    }

    fn accept(&mut self, bytes: &[u8], judgement: &Judgement) -> Result<(), Failure> {
        let sealed_at = judgement.facts.signed_at.map(|at| at.to_string()).unwrap_or_default();
        let manifest = self.filed.accept(bytes, self.day, &sealed_at)?;
        let packs = judgement.facts.packs.unwrap_or_default();
        self.tally.accepted += 1;
        self.tally.packs += packs;
        let from = judgement.facts.confirmed_as.as_deref().unwrap_or(manifest.from.name.as_str());
        terminal::say(&format!("{}: {} from {}", manifest.kind.key(), count(packs, "pack"), plain(from)));
        Ok(())
    }

    /// Keeps what is not genuine; of what is for another school, nothing but that it came.
    fn refuse(&mut self, arrived: &Arrived, bytes: &[u8], judgement: &Judgement) -> Result<(), Failure> {
        let reason = judgement.verdict.reason;
        if reason.is_some_and(|reason| reason.code == Verdict::MISDIRECTED) {
            return self.misdirected(arrived);
        }
        let why = reason.map_or("It is not genuine", |reason| reason.why);
        let next = reason.map_or("", |reason| Reason::of(reason.code).next.words());
        let is_other = reason.is_some_and(|reason| reason.code == ReasonCode::F0);
        let (why, next) = if is_other {
            ("This is no bundle of handover", "If a school has sent it, ask what it is. Nothing in it was looked at.")
        } else {
            (why, next)
        };
        let code = reason.map(|reason| reason.code.to_string()).unwrap_or_default();
        let promised = self.promised(bytes, &code);
        // Whatever else is wrong with it, what is for another school is not kept.
        if promised.as_ref().is_some_and(|(_, bundle)| !self.is_for_us(bundle)) {
            return self.misdirected(arrived);
        }
        let (from, rejected) = promised.unzip();
        self.quarantine(arrived, why, next, Judged { from, rejected, is_dropped: false })
    }

    fn misdirected(&mut self, arrived: &Arrived) -> Result<(), Failure> {
        self.quarantine(
            arrived,
            "It is addressed to another school, and was not opened further",
            "Do not look into it. Tell the sending school and whoever looks after data protection here, and delete the file wherever it lies.",
            Judged { is_dropped: true, ..Judged::default() },
        )
    }

    fn is_for_us(&self, bundle: &RejectedBundle) -> bool {
        let to = NamedSchool::from(&bundle.to);
        self.trust.us.as_ref().is_some_and(|us| us.is_addressed_by(&to))
    }

    /// What a confirmed school has signed that should be in a bundle of which something is not right, and that school.
    fn promised(&self, bytes: &[u8], code: &str) -> Option<(String, RejectedBundle)> {
        // Whatever is broken in it, what the manifest says is proved by its signature.
        let own = sources::entry(bytes, Manifest::PATH)?;
        let manifest = Manifest::from_bytes(&own)?;
        let signed = read_detached(&sources::entry(bytes, Manifest::SIGNATURE_PATH)?, &own, false).ok()?;
        let school = believed(&signed.certificate, &manifest.from.urn, &self.trust, self.day).ok()?;
        Some((school, RejectedBundle::of(&manifest, &own, code, self.day)))
    }

    fn quarantine(&mut self, arrived: &Arrived, why: &str, next: &str, judged: Judged) -> Result<(), Failure> {
        if self.filed.is_quarantined(&Spooled::of(&arrived.bytes).sha256) {
            self.tally.still += 1;
            return Ok(());
        }
        let Judged { from, rejected, is_dropped } = judged;
        let next = format!("{next}{}", from.as_deref().map(|school| self.whom_to_ring(school)).unwrap_or_default());
        self.tally.quarantined += 1;
        terminal::say(&format!("NOT accepted: {}: {why}.\n  {next}", arrived.name));
        let note = self.note(&arrived.name, &arrived.bytes, why, &next, from);
        self.filed.quarantine(Quarantined { is_kept: !is_dropped, rejected, ..note }, &arrived.bytes)
    }

    /// Whom to ring at a school that is confirmed here, from whoever has confirmed it.
    fn whom_to_ring(&self, school: &str) -> String {
        let known = self.trust.signers.iter().find(|signer| signer.school == school && signer.contact.is_some());
        match known.and_then(|signer| Some((signer.contact.as_deref()?, signer))) {
            Some((contact, signer)) => format!(
                " Ring {}: {} (as {} found out on {}).",
                plain(school),
                plain(contact),
                plain(&signer.confirmed_by),
                signer.confirmed_on
            ),
            None => format!(" It comes from {}.", plain(school)),
        }
    }

    fn note(&self, name: &str, bytes: &[u8], why: &str, next: &str, from: Option<String>) -> Quarantined {
        Quarantined {
            name: name.to_owned(),
            sha256: Spooled::of(bytes).sha256,
            on: self.day.to_string(),
            why: why.to_owned(),
            next: next.to_owned(),
            from,
            rejected: None,
            waits: false,
            is_kept: false,
        }
    }

    /// Something that is whole and whose sender is not confirmed, or whose certificate has run out.
    fn wait(&mut self, name: &str, bytes: &[u8], judgement: &Judgement) {
        let signer = judgement.facts.signer.as_deref().map(plain).unwrap_or_default();
        let why =
            format!("{} (it says it comes from {signer})", judgement.verdict.reason.map_or("", |reason| reason.why));
        let next = "Ring the school on the number that Get Information about Schools gives, have its twelve words read out \
                    while you run `handover trust add FILE`, and receive it again.";
        self.waits(name, bytes, &why, next);
    }

    /// Names something that waits for somebody here, and keeps nothing of it.
    fn waits(&mut self, name: &str, bytes: &[u8], why: &str, next: &str) {
        terminal::say(&format!("waits: {name}: {why}.\n  {next}"));
        let note = self.note(name, bytes, why, next, None);
        self.tally.waiting.push(Quarantined { waits: true, ..note });
    }

    pub(super) fn wait_for_key(&mut self, path: &Path) -> Result<(), Failure> {
        for found in sources::look_into(path)? {
            let Found::File(arrived) = found else { continue };
            let is_told = !self.done.insert(Spooled::of(&arrived.bytes).sha256);
            if is_told {
                continue;
            }
            if let Opened::Locked = self.known.open(&arrived.bytes) {
                let (why, next) = match lock_of(&arrived.bytes) {
                    Some(Lock::Age) => (
                        "It is encrypted to a key that is not here, or it is not complete",
                        "Download it again. If it is the same, it may be for another reader at your school: let that reader receive it. If not, send the school your card again.",
                    ),
                    _ => (
                        "It is locked, and no passphrase that was given opens it",
                        "Ring the school that has sent it for the passphrase, and receive it again.",
                    ),
                };
                self.waits(&arrived.name, &arrived.bytes, why, next);
            }
        }
        Ok(())
    }
}

/// The references of the children whose packs are taken back.
fn recalled_children(recall: &Recall) -> Vec<&str> {
    let mut references: Vec<&str> = recall.packs.iter().map(|pack| pack.reference.as_str()).collect();
    references.sort_unstable();
    references.dedup();
    references
}
