//! Templates that are not ours run in a process of their own, in bounds of time and memory.
//!
//! A template is a program: it can read nothing but what it is given, but it can run for ever or take all memory. So
//! the parent hands a document over on standard input and takes the PDF from standard output, both as an archive; the
//! child bounds itself before it looks at a template (on Unix by the system's limits), and the parent stops it when its
//! time is up (everywhere).

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::exit::{Exit, Failure, Outcome};
use super::terminal;
use crate::bundle::{read_archive, write_archive};
use crate::document::{Engine, EngineError, Job, Layout, Typeset, Typesetter};

/// The hidden command that the child runs.
pub(super) const COMMAND: &str = "typeset-confined";
/// How long a document may take: a pack of 76 pages takes less than one second.
const SECONDS: u64 = 20;
/// How much memory the child may ask for, in bytes.
#[cfg(unix)]
const MEMORY: u64 = 2 << 30;
/// The largest request, in bytes.
const LIMIT: usize = 512 << 20;

const JOB: &str = "job.json";
const ANSWER: &str = "answer.json";
const PDF: &str = "document.pdf";

#[derive(Serialize, Deserialize)]
struct Asked {
    main: String,
    ident: String,
}

#[derive(Serialize, Deserialize)]
enum Answered {
    Good(Layout),
    Wrong(EngineError),
}

/// A typesetter with templates that are not ours.
pub(super) struct Confined {
    templates: BTreeMap<String, String>,
    /// Knows the fonts; never sees the templates.
    fonts: Engine,
}

impl Confined {
    pub(super) fn new(templates: BTreeMap<String, String>) -> Self {
        Self { templates, fonts: Engine::default() }
    }

    fn ask(&self, job: &Job) -> Option<Vec<u8>> {
        let asked = Asked { main: job.main.clone(), ident: job.ident.clone() };
        let mut files = BTreeMap::from([(JOB.to_owned(), serde_json::to_vec(&asked).ok()?)]);
        files.extend(job.files.iter().map(|(name, bytes)| (format!("file-{name}"), bytes.clone())));
        files.extend(self.templates.iter().map(|(name, text)| (format!("template-{name}"), text.clone().into_bytes())));
        let request = write_archive(&files).ok()?;
        let mut child = Command::new(std::env::current_exe().ok()?)
            .arg(COMMAND)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let (mut stdin, mut stdout) = (child.stdin.take()?, child.stdout.take()?);
        // A child that does not read, or does not end, must not keep us: it is stopped when its time is up.
        thread::spawn(move || drop(stdin.write_all(&request)));
        let (done, is_done) = channel();
        thread::spawn(move || {
            let mut answer = Vec::new();
            let read = stdout.read_to_end(&mut answer).is_ok();
            drop(done.send(read.then_some(answer)));
        });
        let answer = is_done.recv_timeout(Duration::from_secs(SECONDS + 5)).ok().flatten();
        drop(child.kill());
        let ended = child.wait().ok()?;
        // Killed after it had answered, or ended by itself: the answer is whole, or it is no archive.
        answer.filter(|answer| ended.code().is_none_or(|code| code == 0) && !answer.is_empty())
    }
}

impl Typesetter for Confined {
    fn typeset(&self, job: &Job) -> Result<Typeset, EngineError> {
        let stopped = || {
            let words = "they took more time or memory than any page needs, or ended the program";
            EngineError::Stopped(words.to_owned())
        };
        let mut answer = self.ask(job).and_then(|answer| read_archive(&answer).ok()).ok_or_else(stopped)?;
        let said = answer.get(ANSWER).and_then(|bytes| serde_json::from_slice(bytes).ok()).ok_or_else(stopped)?;
        match said {
            Answered::Good(layout) => Ok(Typeset { pdf: answer.remove(PDF).ok_or_else(stopped)?, layout }),
            Answered::Wrong(error) => Err(error),
        }
    }

    fn covers(&self, c: char) -> bool {
        self.fonts.covers(c)
    }
}

/// The child: bounds itself, typesets one document, answers.
pub(super) fn run() -> Outcome {
    bound()?;
    let files = read_archive(&terminal::read_stdin(LIMIT)?)
        .map_err(|_error| Failure::usage("this is no document to typeset", "Use `handover pack --templates`."))?;
    let asked: Option<Asked> = files.get(JOB).and_then(|bytes| serde_json::from_slice(bytes).ok());
    let asked = asked.ok_or_else(|| Failure::usage("there is no document to typeset", "Use `handover pack`."))?;
    let with = |prefix: &'static str| {
        let named = files.iter().filter_map(move |(name, bytes)| Some((name.strip_prefix(prefix)?, bytes)));
        named.map(|(name, bytes)| (name.to_owned(), bytes.clone()))
    };
    let templates = with("template-").map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned()));
    let engine = Engine::with_templates(&templates.collect());
    let job = Job { main: asked.main, ident: asked.ident, files: with("file-").collect() };
    let mut answer = BTreeMap::new();
    let said = match engine.typeset(&job) {
        Ok(typeset) => {
            answer.insert(PDF.to_owned(), typeset.pdf);
            Answered::Good(typeset.layout)
        }
        Err(error) => Answered::Wrong(error),
    };
    let bug = |error: String| Failure::bug(error);
    answer.insert(ANSWER.to_owned(), serde_json::to_vec(&said).map_err(|error| bug(error.to_string()))?);
    terminal::result_bytes(&write_archive(&answer).map_err(|error| bug(format!("{error:?}")))?)?;
    Ok(Exit::Good)
}

#[cfg(unix)]
fn bound() -> Result<(), Failure> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    // Core dumps would put the record on the disk.
    let bounds = [(Resource::As, MEMORY), (Resource::Cpu, SECONDS), (Resource::Core, 0)];
    for (resource, most) in bounds {
        setrlimit(resource, limit(most)).map_err(|error| {
            Failure::files(format!("the templates cannot be bounded: {error}"), "Leave --templates out.")
        })?;
    }
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
fn bound() -> Result<(), Failure> {
    Ok(())
}
