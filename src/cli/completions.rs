//! `handover completions`

use clap::Args as ClapArgs;
use clap_complete::{Shell, generate};

use super::exit::{Exit, Outcome};
use super::terminal;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the completions of a command line for a shell.
pub(super) fn run(args: &Args, mut command: clap::Command) -> Outcome {
    let mut script = Vec::new();
    generate(args.shell, &mut command, "handover", &mut script);
    terminal::result_bytes(&script)?;
    Ok(Exit::Good)
}
