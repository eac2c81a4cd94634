//! The `handover` program: parses its arguments, runs, and ends with an exit code.

use std::process::ExitCode;

use clap::Parser;
use handover::cli::{Cli, run};

fn main() -> ExitCode {
    ExitCode::from(run(Cli::parse()) as u8)
}
