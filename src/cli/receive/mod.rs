//! `handover receive`: one command takes in whatever arrived, and the receiving school has everybody in one place.

mod filing;
mod keys;
mod outputs;
mod receipts;
mod sources;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use serde::{Deserialize, Serialize};

use self::filing::Filed;
use self::keys::{Known, Opened};
use self::receipts::Who;
use self::sources::{Arrived, Found};
use super::clock::now;
use super::disk;
use super::exit::{Exit, Failure, Outcome};
use super::files::read_one;
use super::lock::Lock;
use super::paths::shown;
use super::terminal::{self, plain};
use super::unlock::Keys;
use super::{config_dir, unlock};
use crate::bundle::{Manifest, Spooled, entries};
use crate::check::deadline;
use crate::import::{Reading, import};
use crate::problem::count;
use crate::reception::{ExpectedChild, Quarantined, ReadBy, expected_of, missing};
use crate::record::Day;
use crate::sign::ReasonCode;
use crate::text::{PersonName, PlainLine, json_lines};
use crate::verify::{Answer, Judgement, Reason, Trust, Verdict, judge};

/// So many school days without a bundle, and its sender is asked.
const PATIENCE: i64 = 5;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// What arrived: bundles, e-mails with them, ZIP files of them, and folders of all that. Without any, what lies in the
    /// receiving folder is only looked at anew.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The receiving folder. It is made if it is not there.
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    #[command(flatten)]
    keys: Keys,
    /// The list of the children who are expected: CSV or Excel out of your information system, with their UPNs.
    #[arg(long, value_name = "FILE")]
    expected: Option<PathBuf>,
    /// Your first and last name, for the receipts.
    #[arg(long, value_name = "NAME", requires = "role")]
    name: Option<String>,
    /// Your role, for the receipts.
    #[arg(long, value_name = "ROLE", requires = "name")]
    role: Option<String>,
    /// Say that you have read every safeguarding file that lies there; the receipts tell it.
    #[arg(long, requires = "name")]
    confirm: bool,
    /// The reference of a child who does not come to your school; the receipt says so.
    #[arg(long, value_name = "REFERENCE")]
    not_our_child: Vec<String>,
    /// The reference of a child who comes back to your school; the receipt says so.
    #[arg(long, value_name = "REFERENCE")]
    returning: Vec<String>,
    /// Name files, pages and tables by references alone.
    #[arg(long)]
    by_reference: bool,
    /// Sign receipts with this PKCS#12 file; without it, with the school's identity in the configuration folder.
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// Read the identity's passphrase from the first line of a file.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Judge and date as on this day, for example 2026-09-01.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

/// What became of the files of one run.
#[derive(Default)]
struct Tally {
    accepted: usize,
    packs: usize,
    known: usize,
    quarantined: usize,
    /// Files that were not accepted in an earlier run either.
    still: usize,
    /// Files that wait for a passphrase or for a school to be confirmed.
    waiting: Vec<Quarantined>,
}

struct Reception<'a> {
    args: &'a Args,
    trust: Trust,
    at: jiff::Timestamp,
    day: Day,
    filed: Filed,
    known: Known,
    tally: Tally,
    /// Files in which something is locked.
    locked: Vec<PathBuf>,
    /// Digests of what this run has looked at to the end.
    done: BTreeSet<String>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let now = now(args.as_of)?;
    let trust = config_dir::trust()?;
    if trust.us.is_none() {
        return Err(Failure::usage(
            "it is not known here which school you are, so a bundle for another school would not be noticed",
            "Say it once: handover trust us --laestab YOUR-DFE-NUMBER --urn YOUR-URN",
        ));
    }
    let who = who(args)?;
    let _lock = one_at_a_time(&args.into)?;
    let mut reception = Reception {
        args,
        trust,
        at: now.at_end_of_day(args.as_of.is_some()),
        day: now.day,
        filed: Filed::read(&args.into)?,
        known: Known::of(&args.keys)?,
        tally: Tally::default(),
        locked: Vec::new(),
        done: BTreeSet::new(),
    };
    reception.known.add_from_environment();
    for path in sources::files(&args.paths)? {
        reception.take(&path)?;
    }
    while !reception.locked.is_empty() && reception.known.ask(reception.locked.len()) {
        let before = reception.tally.accepted;
        for path in std::mem::take(&mut reception.locked) {
            reception.take(&path)?;
        }
        if reception.tally.accepted == before {
            terminal::say("This passphrase opened nothing. Have it read out again, or press Enter to go on without.");
        }
    }
    for path in std::mem::take(&mut reception.locked) {
        reception.wait_for_key(&path)?;
    }
    reception.decide(who.as_ref())?;
    reception.finish(who.as_ref(), now.at)
}

fn who(args: &Args) -> Result<Option<Who>, Failure> {
    let (Some(name), Some(role)) = (&args.name, &args.role) else { return Ok(None) };
    let bad = || {
        Failure::usage("this name or role cannot be used", "Write first and last name, and the role, in plain words.")
    };
    Ok(Some(Who {
        name: PersonName::parse(name.trim()).map_err(|_flaw| bad())?,
        role: PlainLine::parse(role.trim()).map_err(|_flaw| bad())?,
        identity: args.identity.clone(),
        passphrase_file: args.passphrase_file.clone(),
    }))
}

/// Two runs into one folder wait for one another.
fn one_at_a_time(into: &Path) -> Result<Lock, Failure> {
    let folder = into.join(".receiving");
    disk::create_private_folders(&folder).map_err(|error| {
        Failure::files(format!("{} cannot be made: {error}", shown(into)), "Name another folder with --into.")
    })?;
    Lock::of(&folder)
}

impl Reception<'_> {
    /// Takes in what a file holds.
    fn take(&mut self, path: &Path) -> Result<(), Failure> {
        for found in sources::look_into(path)? {
            match found {
                Found::File(arrived) => self.one(path, &arrived)?,
                Found::Unusable(arrived, why, next) => self.quarantine(&arrived, why, next, None, true)?,
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
                let why = unlock::why_closed(&error);
                return self.quarantine(
                    arrived,
                    why,
                    "Download it again. If it is the same, ask for it to be sent again.",
                    None,
                    true,
                );
            }
        };
        self.done.insert(sha256.clone());
        let inside = Spooled::of(&bytes).sha256;
        if self.filed.has_file(&inside) || !self.done.insert(format!("inside {inside}")) {
            self.tally.known += 1;
            return Ok(());
        }
        let judgement = judge(&bytes, &self.trust, self.at);
        match judgement.verdict.answer {
            Answer::Genuine if judgement.facts.packs.is_some() => {
                self.filed.release(&sha256)?;
                if self.is_known(&bytes) {
                    self.tally.known += 1;
                    return Ok(());
                }
                self.accept(&bytes, &judgement)
            }
            Answer::Genuine => self.quarantine(
                arrived,
                "A single pack, without the bundle that says what belongs to it",
                "Ask the sending school for the whole bundle; `handover verify` judges the pack by itself.",
                judgement.facts.confirmed_as.as_deref(),
                true,
            ),
            Answer::CannotTell => {
                self.wait(&arrived.name, &arrived.bytes, &judgement);
                Ok(())
            }
            Answer::NotGenuine => self.refuse(arrived, &judgement),
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
        let manifest = self.filed.accept(bytes, self.day, &sealed_at, self.args.by_reference)?;
        let packs = judgement.facts.packs.unwrap_or_default();
        self.tally.accepted += 1;
        self.tally.packs += packs;
        let from = judgement.facts.confirmed_as.as_deref().unwrap_or(manifest.from.name.as_str());
        terminal::say(&format!("{}: {} from {}", manifest.kind.key(), count(packs, "pack"), plain(from)));
        Ok(())
    }

    /// Keeps what is not genuine; of what is for another school, nothing but that it came.
    fn refuse(&mut self, arrived: &Arrived, judgement: &Judgement) -> Result<(), Failure> {
        let reason = judgement.verdict.reason;
        if reason.is_some_and(|reason| reason.code == Verdict::MISDIRECTED) {
            return self.quarantine(
                arrived,
                "It is addressed to another school, and was not opened further",
                "Do not look into it. Tell the sending school and whoever looks after data protection here, and delete the file wherever it lies.",
                None,
                false,
            );
        }
        let why = reason.map_or("It is not genuine", |reason| reason.why);
        let next = reason.map_or("", |reason| Reason::of(reason.code).next.words());
        let is_other = reason.is_some_and(|reason| reason.code == ReasonCode::F0);
        let (why, next) = if is_other {
            ("This is no bundle of handover", "If a school has sent it, ask what it is. Nothing in it was looked at.")
        } else {
            (why, next)
        };
        self.quarantine(arrived, why, next, None, true)
    }

    fn quarantine(
        &mut self,
        arrived: &Arrived,
        why: &str,
        next: &str,
        from: Option<&str>,
        is_kept: bool,
    ) -> Result<(), Failure> {
        if self.filed.is_quarantined(&Spooled::of(&arrived.bytes).sha256) {
            self.tally.still += 1;
            return Ok(());
        }
        self.tally.quarantined += 1;
        terminal::say(&format!("NOT accepted: {}: {why}.\n  {next}", arrived.name));
        let note = self.note(&arrived.name, &arrived.bytes, why, next, from);
        self.filed.quarantine(Quarantined { is_kept, ..note }, &arrived.bytes)
    }

    fn note(&self, name: &str, bytes: &[u8], why: &str, next: &str, from: Option<&str>) -> Quarantined {
        Quarantined {
            name: name.to_owned(),
            sha256: Spooled::of(bytes).sha256,
            on: self.day.to_string(),
            why: why.to_owned(),
            next: next.to_owned(),
            from: from.map(str::to_owned),
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
        terminal::say(&format!("waits: {name}: {why}.\n  {next}"));
        let note = self.note(name, bytes, &why, next, None);
        self.tally.waiting.push(Quarantined { waits: true, ..note });
    }

    fn wait_for_key(&mut self, path: &Path) -> Result<(), Failure> {
        for found in sources::look_into(path)? {
            let Found::File(arrived) = found else { continue };
            let is_told = !self.done.insert(Spooled::of(&arrived.bytes).sha256);
            if is_told {
                continue;
            }
            if let Opened::Locked = self.known.open(&arrived.bytes) {
                let why = "It is locked, and no passphrase or key that was given opens it";
                let next = "Ring the school that has sent it for the passphrase, and receive it again.";
                terminal::say(&format!("waits: {}: {why}.\n  {next}", arrived.name));
                let note = self.note(&arrived.name, &arrived.bytes, why, next, None);
                self.tally.waiting.push(Quarantined { waits: true, ..note });
            }
        }
        Ok(())
    }

    /// Notes what somebody here has decided: who is not ours, who comes back, who has read what.
    fn decide(&mut self, who: Option<&Who>) -> Result<(), Failure> {
        for number in 0..self.filed.all.len() {
            let Some((_, received)) = self.filed.all.get(number) else { continue };
            let has = |reference: &&String| received.packs.iter().any(|pack| pack.reference == **reference);
            let ours = |known: &[String]| known.to_vec();
            let add = |mut known: Vec<String>, new: &[String]| {
                for reference in new.iter().filter(has) {
                    if !known.contains(reference) {
                        known.push(reference.clone());
                    }
                }
                known
            };
            let not_ours = add(ours(&received.not_ours), &self.args.not_our_child);
            let returning = add(ours(&received.returning), &self.args.returning);
            let is_safeguarding = received.kind() == Some(crate::circle::BundleKind::Safeguarding);
            let reads = self.args.confirm && is_safeguarding && received.read_by.is_none();
            let read_by = who.filter(|_| reads).map(|who| ReadBy {
                name: who.name.as_str().to_owned(),
                role: who.role.as_str().to_owned(),
                on: self.day.to_string(),
            });
            if not_ours == received.not_ours && returning == received.returning && read_by.is_none() {
                continue;
            }
            self.filed.change(number, |received| {
                received.not_ours = not_ours;
                received.returning = returning;
                received.read_by = read_by.or_else(|| received.read_by.take());
            })?;
        }
        Ok(())
    }

    fn finish(&self, who: Option<&Who>, at: jiff::Timestamp) -> Outcome {
        let tally = &self.tally;
        let register = outputs::write_all(&self.filed, &tally.waiting, self.day, self.args.by_reference)?;
        let mut told = format!(
            "{} accepted ({}), {} had come before, {} wait, {} not accepted ({} more in an earlier run)\n{} in the register: {}\n",
            count(tally.accepted, "bundle"),
            count(tally.packs, "pack"),
            tally.known,
            tally.waiting.len(),
            tally.quarantined,
            tally.still,
            count(register.children.len(), "child").replace("childs", "children"),
            shown(&self.args.into.join("register.xlsx")),
        );
        if let Some(expected) = self.expected()? {
            let found = missing(&expected.children, &register);
            let from: Day = expected.since.parse().unwrap_or(self.day);
            let (last, _) = deadline(None, from, PATIENCE);
            outputs::write_missing(&self.filed.into, &found, self.day > last)?;
            told += &format!(
                "expected: {} with nothing, {} in part, {} possible, {} not expected: {}\n",
                found.nothing.len(),
                found.partly.len(),
                found.possible.len(),
                found.unexpected.len(),
                shown(&self.args.into.join("missing.csv")),
            );
        }
        match who {
            Some(who) => {
                for name in receipts::write_receipts(&self.filed, who, self.day, at)? {
                    told += &format!("to send back: {}\n", shown(&self.args.into.join("receipts").join(name)));
                }
            }
            None if !self.filed.all.is_empty() => {
                terminal::say(
                    "note: no receipts were written. Give --name and --role: the law asks for confirmation of receipt.",
                );
            }
            None => {}
        }
        terminal::result(&told)?;
        Ok(if tally.quarantined > 0 {
            Exit::NotAcceptable
        } else if tally.waiting.is_empty() {
            Exit::Good
        } else {
            Exit::Partly
        })
    }

    /// The list of the children who are expected: the one that is named now, or the one that was named before.
    fn expected(&self) -> Result<Option<Expected>, Failure> {
        let kept = self.filed.into.join("expected.json");
        let before =
            if kept.is_file() { serde_json::from_slice::<Expected>(&read_one(&kept)?.bytes).ok() } else { None };
        let Some(list) = &self.args.expected else { return Ok(before) };
        let input = read_one(list)?;
        let how = Reading { map: &[], school: None, year: None, day_first: false };
        let imported = import(&input.bytes, &how).map_err(|error| {
            Failure::files(format!("{} cannot be read: {error}", shown(list)), "Export a list with names and UPNs.")
        })?;
        let child = |proposal: &crate::import::Proposal| {
            let dob = proposal.dob.map(|dob| dob.to_string()).unwrap_or_default();
            let from =
                proposal.schools.iter().flatten().find(|(name, _)| *name == "name").map(|(_, value)| value.to_value());
            let from = from.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
            expected_of(&proposal.name, &proposal.upn, &dob, &from)
        };
        let children = imported.proposals.iter().map(child).collect();
        let since = before.map_or_else(|| self.day.to_string(), |before| before.since);
        let expected = Expected { since, children };
        outputs::put(&kept, &json_lines(&expected).map_err(|error| Failure::caused(&error))?)?;
        Ok(Some(expected))
    }
}

/// The children who are expected, and since when they are known here.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    since: String,
    children: Vec<ExpectedChild>,
}
