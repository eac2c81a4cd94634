//! `handover ledger` and `handover sent`: the history of what went out, for an inspector and for whoever sends.

use clap::{Args as ClapArgs, Subcommand};
use serde_json::{Value, json};

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::history::HistoryFile;
use super::terminal;
use crate::record::Day;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print every entry of the history, for an inspector: one line of JSON each, without names.
    Export,
}

pub(super) fn run(command: &Command) -> Outcome {
    match command {
        Command::Export => export(),
    }
}

fn export() -> Outcome {
    let line = |(number, [day, event, detail, hash]): &(i64, [String; 4])| {
        let detail: Value = serde_json::from_str(detail).unwrap_or_default();
        format!("{}\n", json!({ "number": number, "day": day, "event": event, "detail": detail, "hash": hash }))
    };
    terminal::result(&HistoryFile::open()?.history()?.iter().map(line).collect::<String>())?;
    Ok(Exit::Good)
}

#[derive(Debug, ClapArgs)]
pub(super) struct SentArgs {
    /// The transfers, as `handover status` shows them; without any, every one that was packed and not said to be sent.
    #[arg(value_name = "TRANSFER")]
    transfers: Vec<String>,
    /// The day on which they were sent, for example 2026-07-13.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

pub(super) fn sent(args: &SentArgs) -> Outcome {
    let day = now(args.as_of)?.day;
    let mut history = HistoryFile::open()?;
    let sent = history.dispatch(&args.transfers, &day.to_string())?;
    let unknown: Vec<&str> =
        args.transfers.iter().filter(|asked| sent.iter().all(|(id, _)| id != *asked)).map(String::as_str).collect();
    for (id, to) in &sent {
        terminal::result(&format!("{id}: sent to {to} on {day}\n"))?;
    }
    if !sent.is_empty() {
        history.sign_off_head()?;
    }
    if !unknown.is_empty() {
        let what = format!("not known, or said to be sent before: {}", terminal::plain(&unknown.join(", ")));
        return Err(Failure::usage(what, "`handover status` shows the transfers."));
    }
    if sent.is_empty() {
        terminal::say("Nothing waits: every transfer is said to be sent.");
    }
    Ok(Exit::Good)
}
