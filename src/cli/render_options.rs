//! How pages look: the school's branding, and templates of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args as ClapArgs;
use sha2::{Digest, Sha256};

use super::confined::Confined;
use super::exit::{Exit, Failure};
use super::files::read_one;
use super::pictures::read_beside;
use super::records::{nearest, nearest_to_all};
use super::terminal;
use super::translation::{is_translation, language_of};
use crate::document::{Branding, Engine, EngineError, TEMPLATES, TemplateProblem, Typesetter, keep_to_one_processor};
use crate::picture::Picture;
use crate::problem::render_at;
use crate::text::{Language, Source, hex};

/// The branding's file name.
const BRANDING: &str = "branding.toml";

/// The largest template, and the most of them.
const LARGEST: u64 = 256 << 10;

const MOST: usize = 40;

/// Options for how pages look.
#[derive(Debug, Clone, ClapArgs)]
pub(super) struct RenderOptions {
    /// The school's colour and logo; without it, the `branding.toml` beside the records or in a folder above them.
    #[arg(long, value_name = "FILE")]
    branding: Option<PathBuf>,
    /// Replace templates by those of a folder, which run in a process of their own, in bounds of time and memory; and
    /// make the pages in another language by the translation (`cy.po`) in it.
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
}

/// The school's own templates.
#[derive(Debug, Clone, Default)]
pub(super) struct Templates {
    /// By name.
    pub texts: BTreeMap<String, String>,
    /// The language of their translation, where one lies beside them.
    language: Option<Arc<Language>>,
    folder: PathBuf,
}

impl Templates {
    /// The SHA-256 over all names and texts, each with its length.
    pub(super) fn digest(&self) -> Option<String> {
        let mut digest = Sha256::new();
        for part in self.texts.iter().flat_map(|(name, text)| [name, text]) {
            digest.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            digest.update(part);
        }
        (!self.texts.is_empty()).then(|| hex(&digest.finalize()))
    }

    /// The language of the pages; nothing where it is English.
    pub(super) fn language(&self) -> Option<&Arc<Language>> {
        self.language.as_ref()
    }

    /// Whether they are the school's own, and not the built-in ones.
    pub(super) fn are_own(&self) -> bool {
        !self.texts.is_empty()
    }

    /// What the engine could not do, as a failure: a mistake in a template of the school's own, or one of ours.
    pub(super) fn failure(&self, error: &EngineError) -> Failure {
        let next = "Mend the template, or leave --templates out.";
        match error {
            EngineError::Template(problems) if self.are_own() => {
                let said: Vec<String> = problems.iter().map(|problem| self.told(problem)).collect();
                Failure::usage(format!("the templates cannot be used\n\n{}\n", said.join("\n\n")), next)
            }
            EngineError::Stopped(message) | EngineError::NoLetterForm(message) if self.are_own() => {
                Failure::usage(format!("the templates cannot be used: {message}"), next)
            }
            error => Failure::caused(&error),
        }
    }

    fn told(&self, problem: &TemplateProblem) -> String {
        let built_in = TEMPLATES.iter().find(|(name, _)| *name == problem.file).map(|(_, text)| (*text).to_owned());
        let own = self.texts.get(&problem.file).cloned();
        match (own.or(built_in), problem.span.clone()) {
            (Some(text), Some(span)) => {
                let name = self.folder.join(&problem.file).display().to_string();
                let colour = terminal::result_has_colour() && terminal::talk_is_seen();
                render_at(&problem.message, &Source { name, text }, span, &problem.hints, colour)
            }
            _ => format!("error: {}", problem.message),
        }
    }
}

impl RenderOptions {
    /// The branding that holds for some records.
    pub(super) fn branding(&self, files: &[PathBuf]) -> Result<Branding, Failure> {
        let path = match &self.branding {
            Some(path) => Some(path.clone()),
            None => nearest_to_all(files, BRANDING)?,
        };
        path.map_or_else(|| Ok(Branding::default()), |path| branding_file(&path))
    }

    /// The school's own templates; none where the built-in ones are used.
    pub(super) fn templates(&self) -> Result<Templates, Failure> {
        Templates::read(self.templates.as_deref())
    }
}

/// The branding that holds in a folder.
pub(super) fn branding_above(folder: &Path) -> Result<Branding, Failure> {
    nearest(folder, BRANDING).map_or_else(|| Ok(Branding::default()), |path| branding_file(&path))
}

fn branding_file(path: &Path) -> Result<Branding, Failure> {
    let input = read_one(path)?;
    let text = String::from_utf8(input.bytes)
        .map_err(|_error| Failure::files(format!("{} is not UTF-8", input.name), "Save it as UTF-8."))?;
    let source = Source { name: input.name, text };
    let wrong = |message: &str, span, help: String| Failure {
        exit: Exit::Problems,
        what: format!(
            "the branding cannot be used, so nothing was made\n\n{}\n",
            render_at(message, &source, span, &[help], false)
        ),
        next: None,
    };
    let mut branding = Branding::parse(&source.text).map_err(|error| wrong(&error.message, error.span, error.help))?;
    if let Some((file, span)) = branding.logo_file.clone() {
        let folder = path.parent().unwrap_or(Path::new("."));
        let read = read_beside(folder, &file).and_then(|bytes| Picture::read(&bytes).map_err(|e| e.to_string()));
        let help = "Put a PNG or JPEG file beside branding.toml.".to_owned();
        branding.logo = Some(read.map_err(|error| wrong(&format!("The logo {error}"), span, help))?);
    }
    Ok(branding)
}

impl Templates {
    /// The templates of a folder; none without one.
    pub(super) fn read(folder: Option<&Path>) -> Result<Self, Failure> {
        let Some(folder) = folder else { return Ok(Self::default()) };
        let failure = |what: &str| {
            let what = format!("the templates in {} {what}", terminal::plain(&folder.display().to_string()));
            Failure::files(what, "Name a folder with files such as theme.typ, and nothing but files.")
        };
        let unreadable = |error: std::io::Error| failure(&format!("cannot be read: {error}"));
        let mut texts = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !name.ends_with(".typ") && !is_translation(&name) {
                continue;
            }
            // Nothing but what lies in the folder: no link to elsewhere, no folder, no pipe.
            if !entry.file_type().map_err(unreadable)?.is_file() {
                return Err(failure("hold a link or a folder"));
            }
            if entry.metadata().map_err(unreadable)?.len() > LARGEST || texts.len() >= MOST {
                return Err(failure("are too many or too large"));
            }
            let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
            if !plain || name.starts_with(['.', '-', '_']) {
                return Err(failure("have a name with other characters than letters, digits, - and _"));
            }
            let text = String::from_utf8(read_one(&entry.path())?.bytes).map_err(|_error| failure("are not UTF-8"))?;
            texts.insert(name, text);
        }
        if texts.is_empty() {
            return Err(failure("are none: no file ends in .typ or .po"));
        }
        if texts.keys().filter(|name| is_translation(name)).count() > 1 {
            return Err(failure("are in several languages: more than one file ends in .po"));
        }
        let language = language_of(&texts).map_err(|error| failure(&format!("cannot be used: {error}")))?;
        Ok(Self { texts, language, folder: folder.to_owned() })
    }
}

/// Who typesets on so many processors: this process alone with the built-in templates, workers beside it where there are
/// several; processes in bounds with the school's own templates.
pub(super) fn typesetter(templates: &Templates, jobs: usize) -> Box<dyn Typesetter> {
    // A translation holds nothing that runs.
    let is_ours = templates.texts.keys().all(|name| is_translation(name));
    match (is_ours, jobs) {
        (true, ..=1) => {
            keep_to_one_processor();
            Box::new(Engine::default())
        }
        (true, _) => Box::new(Confined::trusted()),
        (false, _) => Box::new(Confined::new(templates.texts.clone())),
    }
}
