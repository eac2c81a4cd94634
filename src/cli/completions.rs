//! `handover completions`

use clap::{Args as ClapArgs, Command};
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
pub(super) fn run(args: &Args, command: &Command) -> Outcome {
    let mut script = Vec::new();
    generate(args.shell, &mut visible(command), "handover", &mut script);
    terminal::result_bytes(&script)?;
    Ok(Exit::Good)
}

/// A command line without what nobody types.
fn visible(command: &Command) -> Command {
    let shown = command.get_subcommands().filter(|inner| !inner.is_hide_set()).cloned();
    Command::new("handover").disable_help_subcommand(true).version(env!("CARGO_PKG_VERSION")).subcommands(shown)
}
