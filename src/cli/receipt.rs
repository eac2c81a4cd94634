//! `handover receipt`: what receiving schools send back.

use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Subcommand};

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::files::{entries, read_one};
use super::history::HistoryFile;
use super::terminal::plain;
use super::{config_dir, terminal};
use crate::ledger::{Acknowledgement, Kept};
use crate::problem::count;
use crate::reception::{SignedReceipt, read_receipt};
use crate::record::Day;
use crate::verify::Trust;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Take over receipts: who has received what, with which gaps.
    Import(ImportArgs),
}

#[derive(Debug, ClapArgs)]
pub(super) struct ImportArgs {
    /// Receipts, mails with a receipt in them, or folders of them.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Judge as on this day, for example 2026-09-08.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

pub(super) fn run(command: &Command) -> Outcome {
    match command {
        Command::Import(args) => import(args),
    }
}

fn import(args: &ImportArgs) -> Outcome {
    let today = now(args.as_of)?.day;
    let trust = config_dir::trust()?;
    let mut history = HistoryFile::open()?;
    let (mut good, mut refused) = (0, 0);
    for path in files(&args.paths)? {
        let input = read_one(&path)?;
        let text = String::from_utf8_lossy(&input.bytes);
        let name = plain(&input.name);
        let said = read_receipt(&text).map_err(|error| error.to_string());
        match said.and_then(|signed| believed(&signed, &trust, today).map(|school| (signed, school))) {
            Ok((signed, school)) => {
                good += 1;
                terminal::result(&format!("{name}: from {}\n", plain(&school)))?;
                keep(&signed, &mut history)?;
            }
            Err(why) => {
                refused += 1;
                terminal::say(&format!(
                    "NOT taken over: {name}: {why}.\n  Ring the school on the number that Get Information about Schools gives."
                ));
            }
        }
    }
    if good > 0 {
        history.sign_off_head()?;
    }
    Ok(if refused > 0 { Exit::NotAcceptable } else { Exit::Good })
}

/// The school that has signed a receipt, if it is confirmed here and is the one that the receipt names.
fn believed(signed: &SignedReceipt, trust: &Trust, today: Day) -> Result<String, String> {
    let from = &signed.receipt.from.urn;
    if signed.certificate.urn().is_some_and(|urn| urn != *from) {
        return Err("it names another school than the one that has signed it".to_owned());
    }
    let signer = trust.find(&signed.certificate, None, Some(from.clone()), today.0);
    match signer.map_err(|refusal| refusal.to_string())? {
        Some(signer) => Ok(signer.school.clone()),
        None => Err(format!(
            "it is signed by {}, and nobody here has confirmed that school; run `handover trust add RECEIPT` while it reads out its twelve words",
            plain(&signed.certificate.holder())
        )),
    }
}

/// Fills the ledger with what a receipt says.
fn keep(signed: &SignedReceipt, history: &mut HistoryFile) -> Result<(), Failure> {
    let receipt = &signed.receipt;
    let (mut new, mut known, mut older) = (0, 0, 0);
    for bundle in &receipt.bundles {
        for pack in &bundle.packs {
            let said = Acknowledgement {
                manifest_sha256: &bundle.manifest_sha256,
                reference: &pack.reference,
                kind: pack.kind.key(),
                sha256: &pack.sha256,
                outcome: pack.outcome.key(),
                gaps: pack.gaps.iter().map(|gap| gap.as_str()).collect::<Vec<_>>().join(" "),
                received_on: &bundle.received_on,
                read_on: bundle.read_by.as_ref().map_or("", |read| read.on.as_str()),
                told_on: &receipt.made_on,
            };
            match history.acknowledge(&said)? {
                Kept::New => new += 1,
                Kept::Known => known += 1,
                Kept::Older => older += 1,
                Kept::NotSent => terminal::say(&format!(
                    "note: {} {} of transfer {} did not go out from here, so nothing is noted of it.",
                    pack.reference,
                    pack.kind.key(),
                    bundle.transfer.as_str()
                )),
            }
        }
    }
    terminal::result(&format!(
        "  {} noted, {known} known before, {older} said otherwise by a later receipt\n",
        count(new, "pack")
    ))
}

/// The files under some paths.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() { folder(path, &mut found)? } else { found.push(path.clone()) }
    }
    Ok(found)
}

fn folder(path: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for entry in entries(path)? {
        let path = entry.path();
        let is_text = path
            .extension()
            .is_some_and(|ending| ["txt", "eml"].iter().any(|known| ending.eq_ignore_ascii_case(known)));
        if path.is_dir() {
            folder(&path, found)?;
        } else if is_text {
            found.push(path);
        }
    }
    Ok(())
}
