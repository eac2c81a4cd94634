//! The `handover` program: parses its arguments, runs, and ends with an exit code.

use std::process::ExitCode;

use clap::Parser;
use handover::cli::{Cli, run};

#[cfg(feature = "pack")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(run(Cli::parse()) as u8)
}
