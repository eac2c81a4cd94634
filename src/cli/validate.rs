//! `handover validate`

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::records::judged;
use super::{Format, terminal};
use crate::check::Policy;
use crate::problem::{Report, Severity, render_concise, render_human, render_json};
use crate::record::Day;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Records, folders of records, or - for standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Judge as on this day, for example 2026-07-10.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// Print the record's own lines even where nobody is at a terminal. They may hold a child's name.
    #[arg(long)]
    show_values: bool,
}

pub(super) fn run(args: &Args) -> Outcome {
    let outcomes = judged(&args.paths, &Policy::default(), now(args.as_of)?)?;
    let reports: Vec<Report> = outcomes.into_iter().map(|outcome| outcome.report).collect();
    let text = match args.format {
        Format::Human => {
            let show_values = args.show_values || terminal::result_is_seen();
            render_human(&reports, show_values, terminal::result_has_colour())
        }
        Format::Concise => render_concise(&reports),
        Format::Json => render_json(&reports).map_err(|error| Failure::bug(error.to_string()))?,
    };
    terminal::result(&text)?;
    let errors = reports.iter().any(|report| report.count(Severity::Error) > 0);
    Ok(if errors { Exit::Problems } else { Exit::Good })
}
