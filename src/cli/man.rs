//! `handover man`

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Command};
use clap_mangen::Man;

use super::exit::{Exit, Failure, Outcome};
use super::staging::Staging;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The folder for the pages, for example /usr/local/share/man/man1.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Write over pages that are there.
    #[arg(long)]
    force: bool,
}

/// Writes a manual page for a command line and each of its commands: all of them, or none.
pub(super) fn run(args: &Args, command: Command) -> Outcome {
    let mut pages = Vec::new();
    collect(command, "", &mut pages).map_err(|error| Failure::caused(&error))?;
    let mut staging = Staging::begin(&args.folder)?;
    for (name, page) in &pages {
        staging.write(Path::new(name), page)?;
    }
    staging.finish(args.force)?;
    Ok(Exit::Good)
}

/// The pages of a command and those below it, `handover-trust-add.1` among them.
fn collect(command: Command, above: &str, pages: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    let name = format!("{above}{}", command.get_name());
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        collect(inner.clone(), &format!("{name}-"), pages)?;
    }
    let mut page = Vec::new();
    Man::new(command.name(name.clone()).disable_help_subcommand(true)).render(&mut page)?;
    pages.push((format!("{name}.1"), page));
    Ok(())
}
