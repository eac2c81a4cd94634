//! `handover preview`

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use clap::Args as ClapArgs;

use super::clock::now;
use super::draft::Drafts;
use super::exit::{Exit, Failure, Outcome};
use super::files::has_ending;
use super::records::Records;
use super::render_options::RenderOptions;
use super::terminal;
use crate::record::Day;

/// How often the files are looked at. Looking works on every disk; being told of changes does not, on a school's network.
const LOOK: Duration = Duration::from_millis(400);

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    #[command(flatten)]
    records: Records,
    /// The folder for the drafts, which are written anew whenever a file is saved.
    #[arg(long, value_name = "DIR", default_value = "drafts")]
    out: PathBuf,
    /// The page to read together with the child, in large type, instead of the packs.
    #[arg(long)]
    for_child: bool,
    /// Show the first draft in whatever shows PDFs here.
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    render_options: RenderOptions,
    /// Judge and date as on this day, for example 2026-07-10.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let files = args.records.files()?;
    let mut seen = stamps(&files, args.render_options.templates.as_deref());
    let made = once(args)?;
    if args.open {
        made.first().into_iter().for_each(|path| terminal::show(path));
    }
    if made.is_empty() {
        return Ok(Exit::Problems);
    }
    terminal::say("Drafts are made anew whenever a record, a file beside it or a template is saved. Ctrl-C ends this.");
    loop {
        thread::sleep(LOOK);
        let new = stamps(&files, args.render_options.templates.as_deref());
        if new == seen {
            continue;
        }
        seen = new;
        // A file that is half saved is looked at again when it is whole.
        if let Err(failure) = once(args) {
            terminal::say(&failure.to_string());
        }
    }
}

fn once(args: &Args) -> Result<Vec<PathBuf>, Failure> {
    let files = args.records.files()?;
    let policy = args.records.policy(&files)?;
    let school = args.records.school(&files)?;
    let branding = args.render_options.branding(&files)?;
    let templates = args.render_options.templates()?;
    let drafts = Drafts {
        files: &files,
        school: school.as_ref(),
        policy: &policy,
        branding: &branding,
        templates: &templates,
        day: now(args.as_of)?.day,
        for_child: args.for_child,
        show_values: false,
        out: &args.out,
        force: true,
    };
    let made = drafts.make()?;
    let told: String = made.iter().map(|path| format!("{}\n", path.display())).collect();
    terminal::result(&told)?;
    Ok(made)
}

/// Size and time of each record, of whatever lies beside it (pictures, policy, branding; not the drafts themselves) and
/// of the templates.
fn stamps(files: &[PathBuf], templates: Option<&Path>) -> Vec<(PathBuf, Option<(u64, std::time::SystemTime)>)> {
    let mut folders: Vec<&Path> = files.iter().filter_map(|file| file.parent()).chain(templates).collect();
    folders.sort_unstable();
    folders.dedup();
    let beside = folders.into_iter().flat_map(|folder| {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()))
    });
    let mut paths: Vec<PathBuf> =
        files.iter().cloned().chain(beside).filter(|path| !path.is_dir() && !has_ending(path, &["pdf"])).collect();
    paths.sort_unstable();
    paths.dedup();
    let stamp = |path: PathBuf| {
        let about = path.metadata().ok().and_then(|about| Some((about.len(), about.modified().ok()?)));
        (path, about)
    };
    paths.into_iter().map(stamp).collect()
}
