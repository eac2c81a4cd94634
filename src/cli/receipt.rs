//! `handover receipt`: what receiving schools send back.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::believed::believed;
use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::files::{find_if_any, read_one};
use super::history::HistoryFile;
use super::terminal::plain;
use super::{config_dir, terminal};
use crate::ledger::{Acknowledgement, Kept};
use crate::problem::count;
use crate::reception::Receipt;
use crate::record::Day;
use crate::sign::{holds_statement, read_statement};
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
        if !holds_statement::<Receipt>(&text) && !args.paths.contains(&path) {
            terminal::say(&format!("note: {name} is no receipt and was passed over."));
            continue;
        }
        match take_over(&text, &trust, &mut history, today)? {
            Ok(told) => {
                good += 1;
                terminal::result(&format!("{name}: {}\n", told.join("\n  ")))?;
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

/// Fills the ledger with what a receipt says. Answers what is to be told of it, or why it is not believed.
pub(super) fn take_over(
    text: &str,
    trust: &Trust,
    history: &mut HistoryFile,
    today: Day,
) -> Result<Result<Vec<String>, String>, Failure> {
    let said = read_statement::<Receipt>(text).map_err(|error| error.to_string());
    let said = said.and_then(|signed| {
        believed(&signed.certificate, &signed.said.from.urn, trust, today).map(|school| (signed, school))
    });
    let (signed, school) = match said {
        Ok(said) => said,
        Err(why) => return Ok(Err(why)),
    };
    if signed.said.made_on.parse().is_ok_and(|made_on: Day| made_on > today) {
        return Ok(Err("it is dated after today".to_owned()));
    }
    let mut told = vec![format!("from {}", plain(&school))];
    let receipt = &signed.said;
    let (mut new, mut known, mut older) = (0, 0, 0);
    for bundle in &receipt.bundles {
        for pack in &bundle.packs {
            let said = Acknowledgement {
                from: receipt.from.laestab.as_str(),
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
                Kept::NotSent => told.push(format!(
                    "{} {} of transfer {} did not go out from here, so nothing is noted of it",
                    pack.reference,
                    pack.kind.key(),
                    bundle.transfer.as_str()
                )),
            }
        }
    }
    told.push(format!("{} noted, {known} known before, {older} said otherwise by a later receipt", count(new, "pack")));
    Ok(Ok(told))
}

/// The files under some paths.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() { found.extend(find_if_any(path, &["txt", "eml"])?) } else { found.push(path.clone()) }
    }
    Ok(found)
}
