//! `handover extract`

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::files::read_one;
use super::replace::write_one;
use super::{config_dir, terminal};
use crate::record::Day;
use crate::sign::attached_source;
use crate::verify::{Answer, judge};

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// A sealed PDF.
    file: PathBuf,
    /// Write the record to a file; without it, to standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Also where the seal is whole and its school is not confirmed yet.
    #[arg(long)]
    unconfirmed: bool,
    /// Overwrite a file that is there.
    #[arg(long)]
    force: bool,
    /// Judge as on this day, for example 2026-09-08.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let input = read_one(&args.file)?;
    let at = now(args.as_of)?.at_end_of_day(args.as_of.is_some());
    let trust = config_dir::trust()?;
    let judgement = judge(&input.bytes, &trust, at);
    match judgement.verdict.answer {
        Answer::Genuine => {}
        Answer::CannotTell if args.unconfirmed => {
            terminal::say(&format!("warning: {}: {}", input.name, judgement.verdict.words()));
        }
        Answer::CannotTell | Answer::NotGenuine => {
            let next = if judgement.verdict.answer == Answer::CannotTell {
                "Confirm the school with `handover trust add`, or use --unconfirmed."
            } else {
                "Do not use this file. Ring the school that it seems to come from."
            };
            let what = format!("nothing was taken out of {}: {}", input.name, judgement.verdict.words());
            return Err(Failure::not_acceptable(what, next));
        }
    }
    let record = attached_source(&input.bytes).ok_or_else(|| {
        let what = format!("there is no record in {}", input.name);
        Failure::not_acceptable(what, "Cover letters have none; the packs beside them do.")
    })?;
    match &args.out {
        Some(path) => write_one(path, &record, args.force)?,
        None => terminal::result_bytes(&record)?,
    }
    Ok(Exit::Good)
}
