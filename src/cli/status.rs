//! `handover status`: how every child stands who was handed over.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::history::{HistoryFile, KnownHead};
use super::standing::{Row, State, class, rows};
use super::terminal;
use super::terminal::plain;
use crate::reception::{csv_of, xlsx_of};
use crate::record::Day;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table to read.
    Text,
    /// Comma-separated values.
    Csv,
    /// JSON.
    Json,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The folder of a class: then its children are called by their names, and who was never packed is told.
    folder: Option<PathBuf>,
    /// How to show it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write it as an Excel workbook.
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,
    /// Write a message to each receiving school that is silent into a text file.
    #[arg(long, value_name = "FILE")]
    chase: Option<PathBuf>,
    /// Overwrite files that are there.
    #[arg(long)]
    force: bool,
    /// Look at the ledger itself: whether anything in it was changed, taken out or put back.
    #[arg(long)]
    audit: bool,
    /// Judge as on this day, for example 2026-09-08.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let today = now(args.as_of)?.day;
    let history = HistoryFile::open()?;
    if args.audit {
        return audit(&history);
    }
    let names = args.folder.as_ref().map_or_else(|| Ok(BTreeMap::new()), |folder| class(folder))?;
    let rows = rows(&history.status()?, &names, today);
    if let Some(path) = &args.xlsx {
        let book = xlsx_of(&cells(&rows), today).map_err(|error| Failure::caused(&error))?;
        super::replace::write_one(path, &book, args.force)?;
    }
    if let Some(path) = &args.chase {
        match chasing(&rows) {
            text if text.is_empty() => terminal::say("No school has to be asked yet, so no message was written."),
            text => super::replace::write_one(path, text.as_bytes(), args.force)?,
        }
    }
    let text = match args.format {
        Format::Text => table(&rows),
        Format::Csv => csv_of(&cells(&rows)),
        Format::Json => serde_json::to_string_pretty(&rows).map_err(|error| Failure::caused(&error))? + "\n",
    };
    terminal::result(&text)?;
    let is_calm = rows.iter().all(|row| !row.state.is_urgent());
    Ok(if is_calm { Exit::Good } else { Exit::Partly })
}

/// Whether anything in the ledger is not as it was written.
fn audit(history: &HistoryFile) -> Outcome {
    let known = history.known_head()?;
    let head = match &known {
        KnownHead::Signed(head) | KnownHead::NotProven(head) => Some(head),
        KnownHead::None | KnownHead::Broken => None,
    };
    let mut told: Vec<String> = history.flaws(head)?.iter().map(ToString::to_string).collect();
    if matches!(known, KnownHead::Broken) {
        told.push("the signed end of the history was changed, or is not signed by this school".to_owned());
    }
    if matches!(known, KnownHead::NotProven(_)) {
        terminal::say(
            "note: whether your own identity has signed its end cannot be said without the identity's passphrase.",
        );
    }
    if told.is_empty() {
        let signed = head
            .map_or("nothing of it was signed yet".to_owned(), |head| format!("signed up to entry {}", head.number));
        terminal::result(&format!("The ledger is as it was written: {signed}.\n"))?;
        return Ok(Exit::Good);
    }
    let lines: String = told.iter().map(|line| format!("  {line}\n")).collect();
    terminal::result(&format!("The ledger is NOT as it was written:\n{lines}"))?;
    terminal::say(
        "Pack nothing from here until it is clear what happened. Restore the configuration folder from a copy, and tell whoever looks \
         after data protection at your school.",
    );
    Ok(Exit::NotAcceptable)
}

fn cells(rows: &[Row]) -> Vec<Vec<String>> {
    let headings = [
        "Child",
        "Reference",
        "To",
        "Packed on",
        "Sent on",
        "Due by",
        "State",
        "Gaps",
        "Received on",
        "Safeguarding file read on",
        "Transfer",
    ];
    let row = |row: &Row| {
        vec![
            row.child.clone(),
            row.reference.clone(),
            row.to.clone(),
            row.packed_on.clone(),
            row.sent_on.clone(),
            row.due_by.clone(),
            row.state.words().to_owned(),
            row.gaps.join(" "),
            format!("{}{}", row.received_on, if row.received_late { " (late)" } else { "" }),
            row.safeguarding_read_on.clone(),
            row.transfer.clone(),
        ]
    };
    std::iter::once(headings.map(str::to_owned).to_vec()).chain(rows.iter().map(row)).collect()
}

fn table(rows: &[Row]) -> String {
    let mut out = String::new();
    for row in rows {
        let who = if row.child.is_empty() {
            row.reference.clone()
        } else {
            format!("{} ({})", plain(&row.child), row.reference)
        };
        let to = if row.to.is_empty() {
            String::new()
        } else {
            format!(
                ", to {}, packed on {}{}",
                row.to,
                row.packed_on,
                if row.sent_on.is_empty() { String::new() } else { format!(", sent on {}", row.sent_on) }
            )
        };
        let received =
            if row.received_on.is_empty() { String::new() } else { format!(", received on {}", row.received_on) };
        let late = if row.received_late {
            format!(", which is after {}, the last day of the law", row.due_by)
        } else {
            String::new()
        };
        let recalled = if row.recalled.is_empty() { String::new() } else { format!(" ({})", row.recalled) };
        let read = match row.safeguarding_read_on.as_str() {
            "" => String::new(),
            day => format!(", safeguarding file read on {day}"),
        };
        let gaps = if row.gaps.is_empty() { String::new() } else { format!(" ({})", row.gaps.join(", ")) };
        let again = match row.earlier_transfers {
            0 => String::new(),
            number => format!(", replaces {number} earlier"),
        };
        // Writing to a string cannot fail.
        let silent = if row.silent.is_empty() {
            String::new()
        } else {
            format!(" – nothing heard of the {} packs", row.silent.join(" and "))
        };
        let _ = writeln!(out, "{}{recalled}{gaps}{silent}: {who}{to}{again}{received}{late}{read}", row.state.words());
    }
    let many = |state: State| rows.iter().filter(|row| row.state == state).count();
    let _ = writeln!(
        out,
        "{} in all: {} acknowledged, {} with gaps, {} silent, {} overdue, {} late, {} not their child, {} not accepted, {} recalled, {} not sent, {} not packed",
        rows.len(),
        many(State::Acknowledged),
        many(State::Gaps),
        many(State::Silent),
        many(State::Overdue),
        many(State::Late),
        many(State::NotOurChild),
        many(State::Rejected),
        many(State::Recalled),
        many(State::NotSent),
        many(State::NotPacked)
    );
    out
}

/// A message to each receiving school that is silent; no name goes into a mail.
fn chasing(rows: &[Row]) -> String {
    let mut schools: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|row| matches!(row.state, State::Overdue | State::Late)) {
        schools.entry(&row.to).or_default().push(row);
    }
    let mut out = String::new();
    for (to, rows) in schools {
        let references: Vec<&str> = rows.iter().map(|row| row.reference.as_str()).collect();
        let days: Vec<&str> = rows.iter().map(|row| row.packed_on.as_str()).collect();
        let day = days.iter().min().copied().unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "To the school with the DfE number {to}\n\nOn {day} we handed over to you: {}. We have not had your confirmation of \
             receipt. Please tell us whether it has arrived: `handover receive` writes the receipt to send back. If nothing \
             has arrived, ring us today.\n",
            references.join(", ")
        );
    }
    out
}
