//! Templates that are not ours, and records that strangers have enclosed, are typeset in a process of their own, in bounds
//! of time and memory.
//!
//! A template is a program: it can read nothing but what it is given, but it can run for ever or take all memory; and
//! so can a record that nobody has checked. So the parent hands a document over on standard input and takes the PDF
//! from standard output, both as an archive; the child bounds itself before it looks at a template (on Unix by the
//! system's limits), and the parent stops it when its time is up (everywhere).

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::exit::{Exit, Failure, Outcome};
use super::secret_variables::SECRET_VARIABLES;
use super::terminal;
use super::translation::language_of;
use crate::bundle::{read_archive, write_archive};
use crate::cohort::rerender_sealed;
use crate::document::{Engine, EngineError, Job, Layout, Typeset, Typesetter};
use crate::sign::Certificate;
use crate::text::speaking;
use crate::verify::Rerendered;

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

const PACK: &str = "pack.pdf";

const CERTIFICATE: &str = "certificate.der";

#[derive(Serialize, Deserialize)]
enum Asked {
    /// A document out of its files.
    Typeset { main: String, ident: String },
    /// A sealed pack again, out of the record in it; the SHA-256 of the templates.
    Rerendered { templates: Option<String> },
}

#[derive(Serialize, Deserialize)]
enum Answered {
    Good(Layout),
    Wrong(EngineError),
    Compared(Rerendered),
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

    /// Typesets a sealed pack again from the record in it, and compares. What takes too long is not compared.
    pub(super) fn rerender(&self, templates: Option<&str>, sealed: &[u8], certificate: &Certificate) -> Rerendered {
        let files =
            BTreeMap::from([(PACK.to_owned(), sealed.to_vec()), (CERTIFICATE.to_owned(), certificate.der().to_vec())]);
        match self.ask(&Asked::Rerendered { templates: templates.map(str::to_owned) }, &files) {
            Some((Answered::Compared(rerendered), _)) => rerendered,
            _ => Rerendered::NotCompared,
        }
    }

    /// What the child answers, with the files that belong to it.
    fn ask(&self, asked: &Asked, with: &BTreeMap<String, Vec<u8>>) -> Option<(Answered, BTreeMap<String, Vec<u8>>)> {
        let mut files = BTreeMap::from([(JOB.to_owned(), serde_json::to_vec(asked).ok()?)]);
        files.extend(with.iter().map(|(name, bytes)| (format!("file-{name}"), bytes.clone())));
        files.extend(self.templates.iter().map(|(name, text)| (format!("template-{name}"), text.clone().into_bytes())));
        let answer = read_archive(&run_child(write_archive(&files).ok()?)?).ok()?;
        Some((serde_json::from_slice(answer.get(ANSWER)?).ok()?, answer))
    }
}

/// Hands a request to the child, and takes its answer if it comes in time.
fn run_child(request: Vec<u8>) -> Option<Vec<u8>> {
    let mut command = Command::new(std::env::current_exe().ok()?);
    // It needs none of our secrets.
    for secret in SECRET_VARIABLES {
        command.env_remove(secret);
    }
    let mut child =
        command.arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
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

impl Typesetter for Confined {
    fn typeset(&self, job: &Job) -> Result<Typeset, EngineError> {
        let stopped = || {
            let words = "they took more time or memory than any page needs, or ended the program";
            EngineError::Stopped(words.to_owned())
        };
        let asked = Asked::Typeset { main: job.main.clone(), ident: job.ident.clone() };
        match self.ask(&asked, &job.files).ok_or_else(stopped)? {
            (Answered::Good(layout), mut files) => Ok(Typeset { pdf: files.remove(PDF).ok_or_else(stopped)?, layout }),
            (Answered::Wrong(error), _) => Err(error),
            (Answered::Compared(_), _) => Err(stopped()),
        }
    }

    fn has_together(&self, text: &str) -> bool {
        self.fonts.has_together(text)
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
    let templates = templates.collect();
    let language =
        language_of(&templates).map_err(|error| Failure::usage(error.to_string(), "Mend the translation."))?;
    let engine = Engine::with_templates(&templates);
    let (said, made) = speaking(language.as_ref(), || answer(&engine, asked, with("file-").collect()));
    let bug = |error: String| Failure::bug(error);
    let said = serde_json::to_vec(&said).map_err(|error| bug(error.to_string()))?;
    let files = made.map(|pdf| (PDF.to_owned(), pdf)).into_iter().chain([(ANSWER.to_owned(), said)]).collect();
    terminal::result_bytes(&write_archive(&files).map_err(|error| bug(format!("{error:?}")))?)?;
    Ok(Exit::Good)
}

/// What the child says, and the document it has made.
fn answer(engine: &Engine, asked: Asked, files: BTreeMap<String, Vec<u8>>) -> (Answered, Option<Vec<u8>>) {
    match asked {
        Asked::Typeset { main, ident } => match engine.typeset(&Job { main, ident, files }) {
            Ok(typeset) => (Answered::Good(typeset.layout), Some(typeset.pdf)),
            Err(error) => (Answered::Wrong(error), None),
        },
        Asked::Rerendered { templates } => {
            let certificate = files.get(CERTIFICATE).and_then(|der| Certificate::from_der(der).ok());
            let rerendered =
                files.get(PACK).zip(certificate).map_or(Rerendered::NotCompared, |(sealed, certificate)| {
                    rerender_sealed(engine, templates.as_deref(), sealed, &certificate)
                });
            (Answered::Compared(rerendered), None)
        }
    }
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
