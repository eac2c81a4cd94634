//! `handover new`

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::paths::folder_of;
use super::records::school_above;
use super::schema::{self, SCHEMA};
use super::staging::Staging;
use super::terminal;
use crate::record::{Day, Starter, starter};

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Where to write it; without a path, to standard output.
    path: Option<PathBuf>,
    /// Begin a record for every child of a list (a Common Transfer File, CSV or Excel, with UPNs): PATH is the folder.
    #[cfg(feature = "import")]
    #[arg(long = "for", value_name = "LIST", requires = "path", conflicts_with = "force")]
    list: Option<PathBuf>,
    /// The day from which the academic years are counted.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// Overwrite a file that is there.
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args) -> Outcome {
    #[cfg(feature = "import")]
    if let (Some(list), Some(folder)) = (&args.list, &args.path) {
        return super::import::begin_class(list, folder, args.as_of);
    }
    let school = match args.path.as_deref().filter(|path| *path != Path::new("-")) {
        Some(path) => school_above(path)?,
        None => None,
    };
    let starter = starter(Starter { today: now(args.as_of)?.day, schema: SCHEMA, school: school.as_ref() });
    let text = starter.map_err(|error| Failure::caused(&error))?;
    let Some(path) = args.path.as_ref().filter(|path| *path != Path::new("-")) else {
        terminal::result(&text)?;
        return Ok(Exit::Good);
    };
    // A folder is where the record goes, not what it is called.
    let folder = path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', '\\']);
    let path = &if folder { path.join("record.toml") } else { path.clone() };
    let Some(name) = path.file_name() else {
        return Err(Failure::usage(format!("{} is not the name of a file", path.display()), "Name a file."));
    };
    let beside = path.with_file_name(SCHEMA);
    let needs_schema = !beside.exists();
    let mut staging = Staging::begin(folder_of(path))?;
    staging.write(Path::new(name), text.as_bytes())?;
    if needs_schema {
        staging.write(Path::new(SCHEMA), schema::of_record()?.as_bytes())?;
    }
    staging.finish(args.force)?;
    terminal::say(&format!("Written: {}", path.display()));
    if needs_schema {
        terminal::say(&format!("Written: {}, so that an editor can complete the fields", beside.display()));
    }
    terminal::say(&format!("Fill in the blanks, then: handover validate {}", path.display()));
    Ok(Exit::Good)
}
