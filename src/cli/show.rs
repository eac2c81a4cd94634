//! `handover show`

use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};
use serde::Serialize;
use serde_json::Value;

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::expected::{tell_missing, without_record};
use super::folder_notes::notes_in;
use super::passed_over::tell_passed_over;
use super::paths::{file_name, folder_of};
use super::records::{Records, read_record};
use super::terminal;
use crate::check::{CheckOptions, RecordSummary, check_cross_record, check_one, withholds};
use crate::parallel::{each, processors};
use crate::problem::{Finding, Report, Severity};
use crate::record::{
    Day, FolderNotes, Reading, Record, RecordNotes, SchoolFile, child_name, label, mark_of, to_toml_noted,
};
use crate::text::is_at_or_under;

/// The sections that are asked for every child, and how they are called here.
const ASKED: [(&str, &[&str]); 11] = [
    ("who the child is", &["pupil"]),
    ("the schools", &["sending_school", "receiving_school"]),
    ("the child's voice", &["voice"]),
    ("attendance", &["attendance"]),
    ("Early Help", &["early_help"]),
    ("risks", &["risks", "no_known_risks"]),
    ("the chronology", &["chronology", "nil_returns"]),
    ("the people", &["household"]),
    ("the transition plan", &["transition_plan"]),
    ("sharing", &["sharing"]),
    ("sign-off", &["sign_off"]),
];

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    #[command(flatten)]
    records: Records,
    /// Judge as on this day, for example 2026-07-10.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// How to show a class.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Show the children's names even where nobody is at a terminal.
    #[arg(long)]
    show_values: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table to read.
    Text,
    /// JSON.
    Json,
}

/// One record in the table of a class.
#[derive(Debug, Clone, Serialize)]
struct Row {
    record: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    child: Option<String>,
    /// How many of the sections that are asked for every child are filled in, without an error.
    done: usize,
    of: usize,
    errors: usize,
    warnings: usize,
    signed: Vec<String>,
    still_to_ask: Vec<&'static str>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let found = args.records.found()?;
    let school = args.records.school(&found.files)?;
    let is_one = matches!(args.records.paths.as_slice(), [path] if !path.is_dir());
    match (is_one, found.files.as_slice()) {
        (true, [file]) => one(file, school.as_ref())?,
        _ => {
            let upns = class(args, &found.files, school.as_ref())?;
            if args.records.names_folders() {
                tell_missing(&without_record(found.files.iter().zip(upns))?, args.show_values);
            }
        }
    }
    tell_passed_over(&found.passed_over, args.show_values);
    Ok(Exit::Good)
}

/// One record, filled from the school's file, with where each value comes from that does not stand in it or was imported.
fn one(file: &Path, school: Option<&SchoolFile>) -> Result<(), Failure> {
    let reading = read_record(file, school)?;
    let notes = if terminal::is_stdin(file) { FolderNotes::default() } else { notes_in(folder_of(file))? };
    let own = notes.records.get(&file_name(file));
    let note = |path: &str, value: &Value| origin(&reading, &notes, own, path, value);
    let text = to_toml_noted(&reading.record, &note).map_err(|error| Failure::caused(&error))?;
    terminal::result(&text)?;
    let unread = reading.findings.iter().filter(|found| withholds(&found.problem)).count();
    if unread > 0 {
        terminal::say("Some of the record cannot be read, and is not shown: handover validate");
    }
    Ok(())
}

/// Where a value comes from, in words; `None` where it was written into the record.
pub(super) fn origin(
    reading: &Reading,
    notes: &FolderNotes,
    own: Option<&RecordNotes>,
    path: &str,
    value: &Value,
) -> Option<String> {
    if reading.from_school.iter().any(|filled| is_at_or_under(filled, path)) {
        return Some("school.toml".to_owned());
    }
    let (number, mark) = own?.values.get(path)?;
    let import = notes.imports.get(*number)?;
    let changed = if *mark == mark_of(path, &value.to_string()) { "" } else { ", changed since" };
    Some(format!("{} {} of {}{changed}", import.kind, terminal::plain(&import.file), import.on.long()))
}

/// Shows a class as a table; answers the UPN of each child.
fn class(args: &Args, files: &[PathBuf], school: Option<&SchoolFile>) -> Result<Vec<String>, Failure> {
    let policy = args.records.policy(files)?;
    let options = CheckOptions { policy: &policy, today: now(args.as_of)?.day, overrides: &[] };
    let shows = args.show_values || terminal::result_is_seen();
    let judge = |file: &PathBuf| {
        let reading = read_record(file, school)?;
        let record = reading.record.clone();
        let (outcome, summary) = check_one(reading, &options);
        Ok((row(&record, &outcome.report, shows), summary))
    };
    let judged = each(processors(), files, judge, Result::is_err);
    let judged = judged.into_iter().collect::<Result<Vec<(Row, RecordSummary)>, Failure>>()?;
    let (mut rows, summaries): (Vec<Row>, Vec<RecordSummary>) = judged.into_iter().unzip();
    for (number, problem) in check_cross_record(&summaries, &policy) {
        if let Some(row) = rows.get_mut(number) {
            match problem.severity {
                Severity::Error => row.errors += 1,
                Severity::Warning => row.warnings += 1,
                Severity::Info => {}
            }
        }
    }
    match args.format {
        Format::Json => {
            let text = serde_json::to_string_pretty(&rows).map_err(|error| Failure::caused(&error))?;
            terminal::result(&format!("{text}\n"))?;
        }
        Format::Text => terminal::result(&table(&rows, shows))?,
    }
    Ok(summaries.iter().map(RecordSummary::upn).collect())
}

fn row(record: &Record, report: &Report, shows: bool) -> Row {
    let value = serde_json::to_value(record).unwrap_or_default();
    let is_filled = |section: &&str| !matches!(value.get(*section), None | Some(Value::Null));
    let is_wrong = |section: &str| {
        let is_at = |found: &&Finding| {
            found.problem.severity == Severity::Error && is_at_or_under(&found.problem.path, section)
        };
        report.findings.iter().any(|found| is_at(&found))
    };
    let is_done = |sections: &[&str]| sections.iter().any(is_filled) && !sections.iter().any(|one| is_wrong(one));
    let still_to_ask: Vec<&'static str> =
        ASKED.iter().filter(|(_, sections)| !is_done(sections)).map(|(words, _)| *words).collect();
    let signed =
        record.sign_off.iter().filter_map(|signed| Some(format!("{}, {}", label(&signed.role?), signed.on?.long())));
    Row {
        record: if shows { report.name.clone() } else { report.public_name().to_owned() },
        child: shows.then(|| child_name(record)),
        done: ASKED.len() - still_to_ask.len(),
        of: ASKED.len(),
        errors: report.count(Severity::Error),
        warnings: report.count(Severity::Warning),
        signed: signed.collect(),
        still_to_ask,
    }
}

/// The rows under one another, each column as wide as its widest entry.
fn table(rows: &[Row], shows: bool) -> String {
    let mut lines: Vec<Vec<String>> = vec![
        ["Record", "Child", "Complete", "Errors", "Warnings", "Signed", "Still to ask"].map(str::to_owned).to_vec(),
    ];
    for row in rows {
        let signed = if row.signed.is_empty() { "no".to_owned() } else { row.signed.join("; ") };
        let asked = if row.still_to_ask.is_empty() { "nothing".to_owned() } else { row.still_to_ask.join(", ") };
        lines.push(vec![
            row.record.clone(),
            terminal::plain(row.child.as_deref().unwrap_or_default()),
            format!("{} of {}", row.done, row.of),
            row.errors.to_string(),
            row.warnings.to_string(),
            signed,
            asked,
        ]);
    }
    if !shows {
        lines.iter_mut().for_each(|line| {
            line.remove(1);
        });
    }
    let columns = lines.first().map_or(0, Vec::len);
    let widest = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let line = |cells: &Vec<String>| {
        let cells: Vec<String> =
            cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}", width = *width)).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    lines.iter().map(line).collect()
}
