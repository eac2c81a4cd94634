//! `handover fix`

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::exit::{Exit, Failure, Outcome};
use super::files::{find, read_one};
use super::passed_over::tell_passed_over;
use super::replace::update;
use super::{paths, terminal};
use crate::problem::count;
use crate::record::{Fixed, fix};
use crate::text::misleads;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Records, or folders of records.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Show the difference and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Show the lines even where nobody is at a terminal. They may hold a child's name.
    #[arg(long)]
    show_values: bool,
}

pub(super) fn run(args: &Args) -> Outcome {
    let show_values = args.show_values || terminal::result_is_seen();
    let mut mended = Vec::new();
    let found = find(&args.paths, &["toml"])?;
    tell_passed_over(&found.passed_over, show_values);
    for path in found.files {
        if terminal::is_stdin(&path) {
            return Err(Failure::usage("standard input cannot be mended in place", "Name a file."));
        }
        let input = read_one(&path)?;
        let Some(fixed) = fix(&input.bytes) else {
            let next = "In Notepad, choose File, Save as, Encoding: UTF-8.";
            return Err(Failure::files(format!("{} is not text in UTF-8 or UTF-16", input.name), next));
        };
        if fixed.is_changed() {
            terminal::result(&difference(&input.name, &fixed, show_values))?;
            mended.push((path, fixed));
        }
    }
    if mended.is_empty() {
        terminal::say("Nothing to mend. `handover validate` says what needs a person.");
        return Ok(Exit::Good);
    }
    if args.dry_run {
        terminal::say(&format!("{} could be mended; nothing was written.", count(mended.len(), "file")));
        return Ok(Exit::Good);
    }
    for (path, fixed) in &mended {
        write(path, fixed)?;
    }
    terminal::say(&format!("{} mended. Now: handover validate", count(mended.len(), "file")));
    Ok(Exit::Good)
}

/// Each line before and after; without values, only which lines they are.
fn difference(name: &str, mended: &Fixed, show_values: bool) -> String {
    let mut out = format!("{name}\n");
    // Writing to a string cannot fail.
    if let Some(encoding) = mended.encoding {
        let _ = writeln!(out, "  {encoding}");
    }
    for (number, before, after) in mended.lines() {
        if show_values {
            let _ = writeln!(out, "  {number:>4} - {}\n  {number:>4} + {}", shown(before), shown(after));
        } else {
            let _ = writeln!(out, "  line {number}");
        }
    }
    out
}

/// A line of the record as it may stand on a terminal.
fn shown(line: &str) -> String {
    line.chars().map(|c| if misleads(c) && c != '\t' { '\u{fffd}' } else { c }).collect()
}

/// Writes the mended text in place of the old one, whole or not at all. What somebody has written meanwhile stays.
fn write(path: &Path, mended: &Fixed) -> Result<(), Failure> {
    update(path, |now| {
        let again = now.and_then(fix);
        if again.as_ref() != Some(mended) {
            let what = format!("{} was changed by another program meanwhile; it was left as it is", paths::shown(path));
            return Err(Failure::files(what, "Run `handover fix` again."));
        }
        Ok((mended.after.clone().into_bytes(), ()))
    })
}
