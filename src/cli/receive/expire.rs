//! `handover expire`: lists what may not be kept any longer in a receiving folder and, asked, deletes it.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::filing::{Filed, one_at_a_time, read_json};
use super::outputs;
use super::receipts::acknowledged;
use crate::bundle::Manifest;
use crate::cli::clock::now;
use crate::cli::exit::{Exit, Failure, Outcome};
use crate::cli::history::HistoryFile;
use crate::cli::paths::{is_absent, shown};
use crate::cli::terminal;
use crate::cli::{config_dir, disk};
use crate::problem::count;
use crate::reception::{Accepted, DuePack, LegalHold, Received, due_packs};
use crate::record::Day;
use crate::text::{Note, PersonName, json_lines};

/// What is made of all children together.
const SUMMARIES: [&str; 4] = ["cohort.pdf", "general/voices.pdf", "safeguarding/dsl-briefing.pdf", "summaries.json"];
/// The file with the legal holds of a receiving folder.
const HOLDS: &str = "holds.json";

#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The receiving folder.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Delete what is due and not under a legal hold. Without it, it is only listed.
    #[arg(long)]
    delete: bool,
    /// Until so many years after the child's birth packs are kept. No law says how many; 25 is common practice.
    #[arg(long, value_name = "YEARS", default_value_t = 25, value_parser = clap::value_parser!(i16).range(18..=100))]
    years: i16,
    /// Keep everything about this child, whatever its time: a legal hold.
    #[arg(long, value_name = "REFERENCE", requires_all = ["why", "name"])]
    hold: Vec<String>,
    /// Why it is held, in a line without a name.
    #[arg(long, requires = "hold")]
    why: Option<String>,
    /// Who has decided: first and last name.
    #[arg(long, requires = "hold")]
    name: Option<String>,
    /// End the legal hold of this child.
    #[arg(long, value_name = "REFERENCE", conflicts_with_all = ["hold", "delete"])]
    release: Vec<String>,
    /// Judge as on this day, for example 2040-09-01.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let today = now(args.as_of)?.day;
    if is_absent(&args.folder) {
        return Err(Failure::usage(format!("{} is not there", shown(&args.folder)), "Name the receiving folder."));
    }
    let _lock = one_at_a_time(&args.folder)?;
    let mut filed = Filed::read(&args.folder, &config_dir::trust()?)?;
    let holds = holds(args, &filed, today)?;
    let due = due_packs(&filed.all, &filed.recalls, &holds, args.years, today);
    for pack in &due {
        let held = pack.held.as_ref().map(|why| format!("; HELD: {}", terminal::plain(why))).unwrap_or_default();
        let (reference, kind, day, why) = (&pack.reference, pack.kind.key(), &pack.made_on, pack.why.words());
        terminal::result(&format!("{reference} {kind} of {day}: {why}{held}\n"))?;
    }
    let free: Vec<&DuePack> = due.iter().filter(|pack| pack.held.is_none()).collect();
    let held = due.len() - free.len();
    if !args.delete {
        let next = if free.is_empty() { "" } else { "; --delete deletes them for good" };
        terminal::say(&format!("{} due, {held} more under a legal hold{next}", count(free.len(), "pack")));
        return Ok(Exit::Good);
    }
    let mut history = HistoryFile::open_or_begin()?;
    // First, as a run that is stopped and started again finds nothing due any more that would tell it to: the next `receive`
    // makes them again, without those who are gone.
    for name in SUMMARIES.iter().filter(|_| !free.is_empty()) {
        remove(&args.folder.join(name))?;
    }
    for pack in &free {
        // What is deleted stands in the history before it is gone.
        history.note_deleted((&pack.reference, pack.kind.key(), &pack.sha256), pack.why.words(), &today.to_string())?;
        remove(&args.folder.join(&pack.path))?;
        filed.forget(pack, today)?;
    }
    history.sign_off_head()?;
    filed.clear_empty(today)?;
    outputs::write_registers(&filed, today)?;
    if !free.is_empty() {
        terminal::say(
            "The documents about all children were taken away; `handover receive` makes them again. The files in which the packs \
             came (mails, downloads) are not deleted: delete them wherever they lie.",
        );
    }
    terminal::say(&format!("{} deleted, {held} kept under a legal hold", count(free.len(), "pack")));
    Ok(Exit::Good)
}

fn remove(path: &Path) -> Result<(), Failure> {
    match disk::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            let what = format!("{} cannot be deleted: {error}", shown(path));
            Err(Failure::files(what, "Close whatever shows it, and run it again."))
        }
        _ => Ok(()),
    }
}

/// The legal holds, with those that are added or ended now.
fn holds(args: &Args, filed: &Filed, today: Day) -> Result<Vec<LegalHold>, Failure> {
    let path = args.folder.join(HOLDS);
    let mut holds: Vec<LegalHold> = read_json(&path)?.unwrap_or_default();
    if args.hold.is_empty() && args.release.is_empty() {
        return Ok(holds);
    }
    let is_known = |reference: &String| {
        filed.all.iter().any(|bundle| bundle.received.packs.iter().any(|pack| pack.reference == *reference))
    };
    if let Some(reference) = args.hold.iter().chain(&args.release).find(|reference| !is_known(reference)) {
        let what = format!("nothing was received here of {}", terminal::plain(reference));
        return Err(Failure::usage(what, "The register has the references."));
    }
    let bad = |what: &str| Failure::usage(format!("{what} cannot be used"), "Write it in one plain line.");
    for reference in &args.hold {
        holds.retain(|hold| hold.reference != *reference);
        holds.push(LegalHold {
            reference: reference.clone(),
            why: Note::parse(args.why.as_deref().unwrap_or_default().trim()).map_err(|_flaw| bad("--why"))?,
            by: PersonName::parse(args.name.as_deref().unwrap_or_default().trim()).map_err(|_flaw| bad("--name"))?,
            on: today.to_string(),
        });
    }
    holds.retain(|hold| !args.release.contains(&hold.reference));
    outputs::put(&path, &json_lines(&holds).map_err(|error| Failure::caused(&error))?)?;
    Ok(holds)
}

impl Filed {
    /// Notes that a pack is gone, and forgets whom it was about.
    fn forget(&mut self, due: &DuePack, today: Day) -> Result<(), Failure> {
        let Some(bundle) = self.all.get(due.bundle) else { return Ok(()) };
        let mut received: Received = bundle.received.clone();
        for pack in received
            .packs
            .iter_mut()
            .filter(|pack| pack.sha256 == due.sha256 && pack.kind == due.kind && pack.reference == due.reference)
        {
            pack.deleted_on = Some(today.to_string());
            for words in [&mut pack.child, &mut pack.legal_name, &mut pack.upn, &mut pack.dob] {
                words.clear();
            }
        }
        // Its manifest names the child too.
        let gone = |reference: &str| {
            let own = |pack: &&crate::reception::ReceivedPack| pack.reference == reference;
            received.packs.iter().filter(own).all(|pack| pack.deleted_on.is_some())
        };
        let mut manifest = bundle.manifest.clone();
        for listed in &mut manifest.files {
            if listed.reference.as_deref().is_some_and(gone) {
                listed.child = None;
            }
        }
        let bytes = manifest.to_bytes().map_err(|error| Failure::caused(&error))?;
        received.manifest = String::from_utf8_lossy(&bytes).into_owned();
        self.change(due.bundle, received)
    }

    /// Takes away the folders of bundles of which every pack is gone: their letters name children too. The bundles are still
    /// known, so that they are not taken in again.
    fn clear_empty(&mut self, today: Day) -> Result<(), Failure> {
        let is_empty = |bundle: &Accepted| bundle.received.packs.iter().all(|pack| pack.deleted_on.is_some());
        let empty: Vec<Accepted> = self.all.iter().filter(|bundle| is_empty(bundle)).cloned().collect();
        for bundle in &empty {
            let Some(told) = acknowledged(&[bundle], self).pop() else { continue };
            self.note_gone(bundle, told, today)?;
            let place = self.into.join(&bundle.folder);
            // Before the note by which the folder is found again.
            remove(&place.join(Manifest::LETTER_PATH))?;
            disk::remove_folder(&place).map_err(|error| {
                let what = format!("{} cannot be deleted: {error}", shown(&place));
                Failure::files(what, "Close whatever shows something in it, and run it again.")
            })?;
        }
        self.all.retain(|bundle| !is_empty(bundle));
        Ok(())
    }
}
