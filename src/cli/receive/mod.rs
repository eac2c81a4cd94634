//! `handover receive`: one command takes in whatever arrived, and the receiving school has everybody in one place.

mod decisions;
#[cfg(feature = "pack")]
pub(super) mod expire;
mod filing;
mod intake;
mod keys;
mod outputs;
mod receipts;
mod sources;
#[cfg(feature = "pack")]
mod summaries;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use serde::{Deserialize, Serialize};

use self::decisions::Decisions;
use self::filing::{Filed, one_at_a_time};
use self::intake::{Reception, Tally};
use self::keys::Known;
use self::receipts::Who;
use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::files::read_one;
use super::identity::{OwnIdentity, signatory};
use super::import::count_children;
use super::paths::shown;
use super::unlock::Keys;
use super::{config_dir, terminal};
use crate::check::deadline;
use crate::import::{Proposal, Reading, import};
use crate::problem::count;
use crate::reception::{ExpectedChild, Missing, expected_of, missing};
use crate::record::Day;
use crate::text::json_lines;

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
    /// The reference of a child of whom that was said by mistake.
    #[arg(long, value_name = "REFERENCE")]
    our_child: Vec<String>,
    /// The reference of a child who comes back to your school; the receipt says so.
    #[arg(long, value_name = "REFERENCE")]
    returning: Vec<String>,
    /// Leave the documents about all children out: `cohort.pdf`, `dsl-briefing.pdf`, `voices.pdf`.
    #[cfg(feature = "pack")]
    #[arg(long)]
    no_documents: bool,
    /// Name files, pages and tables by references alone.
    #[arg(long)]
    by_reference: bool,
    #[command(flatten)]
    own: OwnIdentity,
    /// Judge and date as on this day, for example 2026-09-01.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
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
    let expected = args.expected.as_deref().map(listed).transpose()?;
    let _lock = one_at_a_time(&args.into)?;
    let mut filed = Filed::read(&args.into, &trust)?;
    if args.by_reference && !filed.is_by_reference {
        filed.leave_names_out()?;
    }
    let before = filed.all.len();
    let mut reception = Reception {
        trust,
        at: now.at_end_of_day(args.as_of.is_some()),
        day: now.day,
        filed,
        before,
        known: Known::of(&args.keys)?,
        tally: Tally::default(),
        locked: Vec::new(),
        done: BTreeSet::new(),
        inside: BTreeSet::new(),
        parts: BTreeMap::new(),
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
    reception.join()?;
    let decisions = Decisions {
        not_ours: &args.not_our_child,
        ours: &args.our_child,
        returning: &args.returning,
        is_read: args.confirm,
    };
    decisions.note(&mut reception, who.as_ref())?;
    reception.finish(args, who.as_ref(), expected, now.at)
}

fn who(args: &Args) -> Result<Option<Who>, Failure> {
    let (Some(name), Some(role)) = (&args.name, &args.role) else { return Ok(None) };
    let is_lead = |role: &str| {
        let role = role.to_lowercase();
        ["dsl", "safeguarding", "child protection"].iter().any(|word| role.contains(word))
    };
    if args.confirm && !is_lead(role) {
        let next = "Let the safeguarding lead or a deputy say it: --role DSL, or --role \"Deputy DSL\".";
        return Err(Failure::usage("safeguarding files are read by the designated safeguarding lead", next));
    }
    let (name, role) = signatory(name, role)?;
    Ok(Some(Who { name, role, own: args.own.clone() }))
}

impl Reception {
    fn finish(
        &self,
        args: &Args,
        who: Option<&Who>,
        expected: Option<Vec<ExpectedChild>>,
        at: jiff::Timestamp,
    ) -> Outcome {
        let tally = &self.tally;
        let register = outputs::write_all(&self.filed, &tally.waiting, self.day)?;
        let mut told = format!(
            "{} accepted ({}), {} had come before, {} wait, {} not accepted ({} more in an earlier run)\n{} in the register: {}\n",
            count(tally.accepted, "bundle"),
            count(tally.packs, "pack"),
            tally.known,
            tally.waiting.len(),
            tally.quarantined,
            tally.still,
            count_children(register.children.len()),
            shown(&args.into.join("register.xlsx")),
        );
        if tally.other > 0 {
            let files = count(tally.other, "file");
            let named: Vec<&str> = tally.other_names.iter().map(String::as_str).collect();
            let more = if tally.other > named.len() { ", …" } else { "" };
            terminal::say(&format!(
                "note: {files} left alone that no school has sent with handover: {}{more}",
                named.join(", ")
            ));
        }
        let mut lacking = None;
        if let Some(expected) = self.expected(expected)? {
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
                shown(&args.into.join("missing.csv")),
            );
            lacking = Some(found);
        }
        told += &self.signed(args, who, lacking.as_ref(), at)?;
        terminal::result(&told)?;
        Ok(if tally.quarantined > 0 {
            Exit::NotAcceptable
        } else if tally.waiting.is_empty() {
            Exit::Good
        } else {
            Exit::Partly
        })
    }

    /// Writes what is signed here, if somebody puts a name to it: receipts, and the documents about all children. Answers what
    /// is to be told of it.
    fn signed(
        &self,
        args: &Args,
        who: Option<&Who>,
        lacking: Option<&Missing>,
        at: jiff::Timestamp,
    ) -> Result<String, Failure> {
        let is_something = !self.filed.all.is_empty() || self.filed.rejected().next().is_some();
        let Some(who) = who else {
            if is_something {
                terminal::say(
                    "note: no receipts were written. Give --name and --role: the law asks for confirmation of receipt.",
                );
            }
            return Ok(String::new());
        };
        let Some(us) = self.trust.us.as_ref().and_then(|us| us.urn.as_ref()) else {
            terminal::say(
                "note: no receipts were written: say which school you are, once: handover trust us --urn YOUR-URN --laestab \
                 YOUR-DFE-NUMBER",
            );
            return Ok(String::new());
        };
        let Some(identity) = receipts::signer(&self.filed, who, us, at)? else { return Ok(String::new()) };
        let mut told = String::new();
        for name in receipts::write_receipts(&self.filed, who, &identity, self.day)? {
            told += &format!("to send back: {}\n", shown(&args.into.join("receipts").join(name)));
        }
        #[cfg(feature = "pack")]
        if args.no_documents || self.filed.is_by_reference {
            return Ok(told);
        }
        #[cfg(feature = "pack")]
        match summaries::write_summaries(&self.filed, lacking, &identity, (self.day, at)) {
            Ok(names) => {
                for name in names {
                    told += &format!("to read: {}\n", shown(&args.into.join(name)));
                }
            }
            // Everything else is in its place, and can be read without them.
            Err(failure) => terminal::say(&format!("The documents about all children are not made: {failure}")),
        }
        #[cfg(not(feature = "pack"))]
        let _: Option<&Missing> = lacking;
        Ok(told)
    }

    /// The list of the children who are expected: the one that is named now, or the one that was named before.
    fn expected(&self, listed: Option<Vec<ExpectedChild>>) -> Result<Option<Expected>, Failure> {
        let kept = self.filed.into.join("expected.json");
        let before =
            if kept.is_file() { serde_json::from_slice::<Expected>(&read_one(&kept)?.bytes).ok() } else { None };
        let Some(children) = listed else { return Ok(before) };
        let since = before.map_or_else(|| self.day.to_string(), |before| before.since);
        let expected = Expected { since, children };
        outputs::put(&kept, &json_lines(&expected).map_err(|error| Failure::caused(&error))?)?;
        Ok(Some(expected))
    }
}

/// The children of a list, also those without a UPN.
fn listed(list: &Path) -> Result<Vec<ExpectedChild>, Failure> {
    let input = read_one(list)?;
    let how = Reading { map: &[], school: None, year: None, day_first: true };
    let imported = import(&input.bytes, &how).map_err(|error| {
        Failure::files(format!("{} cannot be read: {error}", shown(list)), "Export a list with names and UPNs.")
    })?;
    let child = |proposal: &Proposal| {
        let dob = proposal.dob.map(|dob| dob.to_string()).unwrap_or_default();
        expected_of(&proposal.name, &proposal.upn, &dob, proposal.origin.as_deref().unwrap_or_default())
    };
    let without = imported.without_upn.len();
    if without > 0 {
        let rows = if without == 1 { "1 row has".to_owned() } else { format!("{without} rows have") };
        terminal::say(&format!("note: {rows} no UPN: these children are looked for by name and date of birth."));
    }
    if imported.proposals.iter().chain(&imported.without_upn).all(|child| child.origin.is_none()) {
        terminal::say(
            "note: the list has no column with the present school (“Present school”, “Primary school”), so no message can be \
             written to each.",
        );
    }
    Ok(imported.proposals.iter().chain(&imported.without_upn).map(child).collect())
}

/// The children who are expected, and since when they are known here.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    since: String,
    children: Vec<ExpectedChild>,
}
