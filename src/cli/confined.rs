//! Documents are typeset in processes of their own: all of them on as many as there are processors, and those of templates
//! that are not ours or of records that strangers have enclosed in bounds of time and memory.
//!
//! A template is a program: it can read nothing but what it is given, but it can run for ever or take all memory; and
//! so can a record that nobody has checked. So a document goes to a worker as an archive, and the PDF comes back as one;
//! the worker bounds itself before it looks at a template (on Unix by the system's limits), and is stopped when its time
//! is up (everywhere). A worker never sees a key: what is sealed is sealed here.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::exit::{Exit, Failure, Outcome};
use super::translation::language_of;
use super::workers::{Workers, serve};
use crate::bundle::{read_archive, write_archive};
use crate::cohort::rerender_sealed;
use crate::document::{Engine, EngineError, Job, Layout, Typeset, Typesetter, Wanted, keep_to_one_processor};
use crate::sign::Certificate;
use crate::text::speaking;
use crate::verify::Rerendered;

/// The hidden command that the child runs.
pub(super) const COMMAND: &str = "typeset-confined";

/// How long a document may take: a pack of 76 pages takes less than one second.
const SECONDS: u64 = 20;

/// How long a document with our own templates may take, on a slow machine that does much else.
const TRUSTED_SECONDS: u64 = 300;

/// How much memory the child may ask for, in bytes.
#[cfg(unix)]
const MEMORY: u64 = 2 << 30;

const JOB: &str = "job.json";

const ANSWER: &str = "answer.json";

const PDF: &str = "document.pdf";

const PACK: &str = "pack.pdf";

const CERTIFICATE: &str = "certificate.der";

#[derive(Serialize, Deserialize)]
enum Asked {
    /// A document out of its files.
    Typeset { main: String, ident: String, wanted: Wanted },
    /// A sealed pack again, out of the record in it; the SHA-256 of the templates.
    Rerendered { templates: Option<String> },
}

#[derive(Serialize, Deserialize)]
enum Answered {
    Good(Layout),
    Wrong(EngineError),
    Compared(Rerendered),
}

/// A typesetter that is other processes.
pub(super) struct Confined {
    workers: Workers,
    templates: BTreeMap<String, String>,
    /// How often a document is tried: once where it may be at fault.
    tries: usize,
    /// What is said where no answer comes.
    stopped: &'static str,
    /// Knows the fonts; never sees the templates.
    fonts: Engine,
}

impl Confined {
    /// For templates that are not ours, or data that nobody here has checked.
    pub(super) fn new(templates: BTreeMap<String, String>) -> Self {
        let stopped = "they took more time or memory than any page needs, or ended the program";
        Self { stopped, ..Self::with(templates, SECONDS + 5) }
    }

    /// For our own templates and checked records: a worker that ends is at fault itself, and its document is tried again.
    pub(super) fn trusted() -> Self {
        let stopped = "the process that typesets it was ended twice";
        Self { stopped, tries: 2, ..Self::with(BTreeMap::new(), TRUSTED_SECONDS) }
    }

    fn with(templates: BTreeMap<String, String>, seconds: u64) -> Self {
        let workers = Workers::new(COMMAND, Duration::from_secs(seconds));
        Self { workers, templates, tries: 1, stopped: "", fonts: Engine::default() }
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
        let request = write_archive(&files).ok()?;
        let answer = (0..self.tries).find_map(|_| read_archive(&self.workers.ask(request.clone())?).ok())?;
        Some((serde_json::from_slice(answer.get(ANSWER)?).ok()?, answer))
    }
}

impl Typesetter for Confined {
    fn typeset(&self, job: &Job) -> Result<Typeset, EngineError> {
        let stopped = || EngineError::Stopped(self.stopped.to_owned());
        let asked = Asked::Typeset { main: job.main.clone(), ident: job.ident.clone(), wanted: job.wanted };
        match self.ask(&asked, &job.files).ok_or_else(stopped)? {
            (Answered::Good(layout), mut files) => Ok(Typeset { pdf: files.remove(PDF), layout }),
            (Answered::Wrong(error), _) => Err(error),
            (Answered::Compared(_), _) => Err(stopped()),
        }
    }

    fn has_together(&self, text: &str) -> bool {
        self.fonts.has_together(text)
    }

    fn is_plain(&self, text: &str) -> bool {
        self.fonts.is_plain(text)
    }
}

/// The worker: bounds itself, typesets one document after the other, answers.
pub(super) fn run() -> Outcome {
    // There are as many workers as processors.
    keep_to_one_processor();
    let mut engine: Option<(BTreeMap<String, String>, Engine)> = None;
    serve(io::stdin().lock(), io::stdout().lock(), |request| {
        bound()?;
        answer_archive(request, &mut engine)
    })?;
    Ok(Exit::Good)
}

/// The answer to one request. The engine is made anew only for other templates.
fn answer_archive(request: &[u8], known: &mut Option<(BTreeMap<String, String>, Engine)>) -> Result<Vec<u8>, Failure> {
    let wrong = || Failure::usage("this is no document to typeset", "Use `handover pack`.");
    let files = read_archive(request).map_err(|_error| wrong())?;
    let asked: Asked = files.get(JOB).and_then(|bytes| serde_json::from_slice(bytes).ok()).ok_or_else(wrong)?;
    let with = |prefix: &'static str| {
        let named = files.iter().filter_map(move |(name, bytes)| Some((name.strip_prefix(prefix)?, bytes)));
        named.map(|(name, bytes)| (name.to_owned(), bytes.clone()))
    };
    let texts = with("template-").map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned()));
    let templates: BTreeMap<String, String> = texts.collect();
    let language =
        language_of(&templates).map_err(|error| Failure::usage(error.to_string(), "Mend the translation."))?;
    let (_, engine) = match known.take_if(|(of, _)| *of == templates) {
        Some(made) => known.insert(made),
        None => {
            let engine = Engine::with_templates(&templates);
            known.insert((templates, engine))
        }
    };
    let (said, made) = speaking(language.as_ref(), || answer(engine, asked, with("file-").collect()));
    let said = serde_json::to_vec(&said).map_err(|error| Failure::caused(&error))?;
    let files = made.map(|pdf| (PDF.to_owned(), pdf)).into_iter().chain([(ANSWER.to_owned(), said)]).collect();
    write_archive(&files).map_err(|error| Failure::bug(format!("{error:?}")))
}

/// What the child says, and the document it has made.
fn answer(engine: &Engine, asked: Asked, files: BTreeMap<String, Vec<u8>>) -> (Answered, Option<Vec<u8>>) {
    match asked {
        Asked::Typeset { main, ident, wanted } => match engine.typeset(&Job { main, ident, files, wanted }) {
            Ok(typeset) => (Answered::Good(typeset.layout), typeset.pdf),
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

/// Bounds this process for one document more.
#[cfg(unix)]
fn bound() -> Result<(), Failure> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or_default();
    // Core dumps would put the record on the disk.
    for (resource, most) in [(Resource::As, MEMORY), (Resource::Cpu, used + SECONDS), (Resource::Core, 0)] {
        // Where the system allows less, less it is.
        let own = getrlimit(resource);
        let limit = Rlimit { current: Some(own.maximum.map_or(most, |maximum| maximum.min(most))), ..own };
        setrlimit(resource, limit).map_err(|error| {
            Failure::files(format!("the typesetting cannot be bounded: {error}"), "Leave --templates out.")
        })?;
    }
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
fn bound() -> Result<(), Failure> {
    Ok(())
}
