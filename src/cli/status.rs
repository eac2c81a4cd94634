//! `handover status`: how every child stands who was handed over.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use serde::Serialize;

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::files::find_if_any;
use super::history::{HistoryFile, KnownHead};
use super::records::{SCHOOL, nearest, read_for, read_school_file};
use super::terminal::plain;
use super::{identity, terminal};
use crate::bundle::ReferenceMaker;
use crate::check::deadline;
use crate::ledger::ChildStatus;
use crate::reception::{csv_of, xlsx_of};
use crate::record::{Day, child_name, plain_upn};

/// So many school days of silence, and the receiving school is asked.
const PATIENCE: i64 = 5;

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
    /// Look at the ledger itself: whether anything in it was changed, taken out or put back.
    #[arg(long)]
    audit: bool,
    /// Print every entry of the ledger's history, for an inspector: one line of JSON each.
    #[arg(long, conflicts_with_all = ["audit", "xlsx", "chase"])]
    history: bool,
    /// Judge as on this day, for example 2026-09-08.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

/// How a child stands, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    NotPacked,
    Overdue,
    NotOurChild,
    Rejected,
    Silent,
    Gaps,
    Acknowledged,
}

impl State {
    fn words(self) -> &'static str {
        match self {
            Self::NotPacked => "not packed",
            Self::Overdue => "OVERDUE: silent for more than five school days",
            Self::NotOurChild => "NOT THEIR CHILD",
            Self::Rejected => "NOT ACCEPTED",
            Self::Silent => "not acknowledged yet",
            Self::Gaps => "acknowledged, with gaps",
            Self::Acknowledged => "acknowledged",
        }
    }
}

#[derive(Debug, Serialize)]
struct Row {
    child: String,
    reference: String,
    to: String,
    packed_on: String,
    state: State,
    gaps: Vec<String>,
    received_on: String,
    safeguarding_read_on: String,
    transfer: String,
    earlier_transfers: usize,
}

pub(super) fn run(args: &Args) -> Outcome {
    let today = now(args.as_of)?.day;
    let history = HistoryFile::open()?;
    if args.audit {
        return audit(&history);
    }
    if args.history {
        let line = |(number, [day, event, detail, hash]): &(i64, [String; 4])| {
            let detail: serde_json::Value = serde_json::from_str(detail).unwrap_or_default();
            format!(
                "{}\n",
                serde_json::json!({ "number": number, "day": day, "event": event, "detail": detail, "hash": hash })
            )
        };
        terminal::result(&history.history()?.iter().map(line).collect::<String>())?;
        return Ok(Exit::Good);
    }
    let names = args.folder.as_ref().map_or_else(|| Ok(BTreeMap::new()), |folder| names(folder))?;
    let rows = rows(&history.status()?, &names, today);
    if let Some(path) = &args.xlsx {
        let number = |number: i8| u8::try_from(number).unwrap_or(1);
        let date = (u16::try_from(today.0.year()).unwrap_or(2000), number(today.0.month()), number(today.0.day()));
        let book = xlsx_of(&cells(&rows), date).map_err(|error| Failure::caused(&error))?;
        super::replace::write_one(path, &book, false)?;
    }
    if let Some(path) = &args.chase {
        super::replace::write_one(path, chasing(&rows).as_bytes(), false)?;
    }
    let text = match args.format {
        Format::Text => table(&rows),
        Format::Csv => csv_of(&cells(&rows)),
        Format::Json => serde_json::to_string_pretty(&rows).map_err(|error| Failure::caused(&error))? + "\n",
    };
    terminal::result(&text)?;
    let is_calm = rows.iter().all(|row| row.state >= State::Silent);
    Ok(if is_calm { Exit::Good } else { Exit::Partly })
}

/// Whether anything in the ledger is not as it was written.
fn audit(history: &HistoryFile) -> Outcome {
    let known = history.known_head()?;
    let head = match &known {
        KnownHead::Signed(head) => Some(head),
        KnownHead::None | KnownHead::Broken => None,
    };
    let mut told: Vec<String> = history.flaws(head)?.iter().map(ToString::to_string).collect();
    if matches!(known, KnownHead::Broken) {
        told.push("the signed end of the history was changed, or is not signed by this school".to_owned());
    }
    if told.is_empty() {
        let signed = head
            .map_or("nothing of it was signed yet".to_owned(), |head| format!("signed up to entry {}", head.number));
        terminal::result(&format!("The ledger is as it was written: {signed}.\n"))?;
        return Ok(Exit::Good);
    }
    let lines: String = told.iter().map(|line| format!("  {line}\n")).collect();
    terminal::result(&format!("The ledger is NOT as it was written:\n{lines}"))?;
    Ok(Exit::NotAcceptable)
}

/// The names of a class, by reference.
fn names(folder: &std::path::Path) -> Result<BTreeMap<String, String>, Failure> {
    let identities = identity::open_unasked()?;
    let makers: Vec<ReferenceMaker> =
        identities.iter().filter_map(|own| own.reference_secret().map(ReferenceMaker::new)).collect();
    if makers.is_empty() {
        terminal::say("note: without the identity that made the packs, children are called by their references.");
    }
    let school = nearest(folder, SCHOOL).map(|path| read_school_file(&path)).transpose()?;
    let mut names = BTreeMap::new();
    for path in find_if_any(folder, &["toml"])? {
        let input = super::files::read_one(&path)?;
        let record = read_for(school.as_ref(), &input.name, &input.bytes).record;
        let upn = record.pupil.as_ref().and_then(|pupil| pupil.upn.as_deref()).map(plain_upn).unwrap_or_default();
        if !upn.is_empty() {
            names.extend(makers.iter().map(|maker| (maker.child(&upn), child_name(&record))));
        }
    }
    Ok(names)
}

fn rows(all: &[ChildStatus], names: &BTreeMap<String, String>, today: Day) -> Vec<Row> {
    let mut rows: Vec<Row> = all
        .iter()
        .filter(|child| names.is_empty() || names.contains_key(&child.reference))
        .map(|child| row(child, names, today))
        .collect();
    let there: Vec<&str> = all.iter().map(|child| child.reference.as_str()).collect();
    let missing = names.iter().filter(|(reference, _)| !there.contains(&reference.as_str()));
    rows.extend(missing.map(|(reference, name)| Row {
        child: name.clone(),
        reference: reference.clone(),
        to: String::new(),
        packed_on: String::new(),
        state: State::NotPacked,
        gaps: Vec::new(),
        received_on: String::new(),
        safeguarding_read_on: String::new(),
        transfer: String::new(),
        earlier_transfers: 0,
    }));
    rows.sort_by(|one, other| {
        (one.state, &one.child, &one.reference).cmp(&(other.state, &other.child, &other.reference))
    });
    rows
}

fn row(child: &ChildStatus, names: &BTreeMap<String, String>, today: Day) -> Row {
    let said: Vec<&crate::ledger::Said> = child.bundles.values().collect();
    let is = |word: &str| said.iter().any(|said| said.outcome.as_deref() == Some(word));
    let packed: Option<Day> = child.packed_on.parse().ok();
    let is_late = packed.is_some_and(|packed| today > deadline(None, packed, PATIENCE).0);
    let state = if is("not_our_child") {
        State::NotOurChild
    } else if is("rejected") {
        State::Rejected
    } else if said.iter().any(|said| said.outcome.is_none()) {
        if is_late { State::Overdue } else { State::Silent }
    } else if is("accepted_with_gaps") {
        State::Gaps
    } else {
        State::Acknowledged
    };
    let latest = |pick: fn(&crate::ledger::Said) -> &String| {
        said.iter().map(|said| pick(said).clone()).max().unwrap_or_default()
    };
    Row {
        child: names.get(&child.reference).cloned().unwrap_or_default(),
        reference: child.reference.clone(),
        to: child.to.clone(),
        packed_on: child.packed_on.clone(),
        state,
        gaps: said.iter().flat_map(|said| said.gaps.clone()).collect(),
        received_on: latest(|said| &said.received_on),
        safeguarding_read_on: latest(|said| &said.read_on),
        transfer: child.transfer.clone(),
        earlier_transfers: child.replaces,
    }
}

fn cells(rows: &[Row]) -> Vec<Vec<String>> {
    let headings = [
        "Child",
        "Reference",
        "To",
        "Packed on",
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
            row.state.words().to_owned(),
            row.gaps.join(" "),
            row.received_on.clone(),
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
        let to =
            if row.to.is_empty() { String::new() } else { format!(", to {}, packed on {}", row.to, row.packed_on) };
        let received =
            if row.received_on.is_empty() { String::new() } else { format!(", received on {}", row.received_on) };
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
        let _ = writeln!(out, "{}{gaps}: {who}{to}{again}{received}{read}", row.state.words());
    }
    let many = |state: State| rows.iter().filter(|row| row.state == state).count();
    let _ = writeln!(
        out,
        "{} in all: {} acknowledged, {} with gaps, {} silent, {} overdue, {} not packed",
        rows.len(),
        many(State::Acknowledged),
        many(State::Gaps),
        many(State::Silent),
        many(State::Overdue),
        many(State::NotPacked)
    );
    out
}

/// A message to each receiving school that is silent; no name goes into a mail.
fn chasing(rows: &[Row]) -> String {
    let mut schools: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.state == State::Overdue) {
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
