//! The typesetting engine: templates and fonts compiled in, no disk, no packages, no clock.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Coverage, Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::fonts::{FONTS, faces, first_family, is_mark, letter_forms};
use super::layout::{Layout, Wanted, look_over};
use crate::problem::MADE_BY;

/// The built-in templates by name. A folder of templates may replace any of them.
pub const TEMPLATES: [(&str, &str); 9] = [
    ("pack.typ", include_str!("../../templates/pack.typ")),
    ("profile.typ", include_str!("../../templates/profile.typ")),
    ("child.typ", include_str!("../../templates/child.typ")),
    ("letter.typ", include_str!("../../templates/letter.typ")),
    ("theme.typ", include_str!("../../templates/theme.typ")),
    ("blocks.typ", include_str!("../../templates/blocks.typ")),
    ("chart.typ", include_str!("../../templates/chart.typ")),
    ("timeline.typ", include_str!("../../templates/timeline.typ")),
    ("genogram.typ", include_str!("../../templates/genogram.typ")),
];
/// The template that names the families of fonts, made out of the fonts.
const FACES: &str = "faces.typ";
/// The virtual file with what stands on the pages.
pub(super) const VIEW: &str = "view.json";
/// The virtual file with the machine-readable record.
pub(super) const RECORD: &str = "record.json";

/// One document to typeset.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// The template to begin with.
    pub main: String,
    /// What the file is known by: goes into its identifier.
    pub ident: String,
    /// The virtual files it may read. The same few names for every record: the engine never forgets one.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What its layout has to be for a file to be made of it.
    pub wanted: Wanted,
}

/// A typeset document.
#[derive(Debug, Clone, PartialEq)]
pub struct Typeset {
    /// The PDF; none where the layout is not what was wanted. Then the engine keeps it until it makes a file, so that asking
    /// for the same once more costs little.
    pub pdf: Option<Vec<u8>>,
    /// How it is laid out.
    pub layout: Layout,
}

/// What can be wrong at a place of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateProblem {
    /// The template.
    pub file: String,
    /// The bytes it is about; nothing where the engine names none.
    pub span: Option<Range<usize>>,
    /// What is wrong.
    pub message: String,
    /// What may help.
    pub hints: Vec<String>,
}

/// What went wrong inside the engine. With the built-in templates always our own mistake, as the data were checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EngineError {
    /// The templates are wrong.
    Template(Vec<TemplateProblem>),
    /// A letter and its marks have no form together in any font; the engine's own words.
    NoLetterForm(String),
    /// The engine stopped, or was stopped.
    Stopped(String),
}

/// Whoever typesets: this process, or one that is kept in bounds.
pub trait Typesetter: Sync {
    /// Typesets one document.
    ///
    /// # Errors
    /// [`EngineError`] where the templates are wrong or the engine stops.
    fn typeset(&self, job: &Job) -> Result<Typeset, EngineError>;

    /// Whether one font has a letter form for all characters of a text that have any.
    fn has_together(&self, text: &str) -> bool;

    /// Whether the first family of fonts has every character of a text, and none is a mark over or after another.
    fn is_plain(&self, text: &str) -> bool;
}

/// Keeps the engine to one processor, whoever else typesets beside it: what it does on several at once costs more than
/// it wins for documents as small as ours. Has to be called before anything is typeset.
pub fn keep_to_one_processor() {
    // Where it is too late, it is as it was.
    drop(rayon::ThreadPoolBuilder::new().num_threads(1).build_global());
}

/// What all documents of a process share. Costs some milliseconds to make.
#[derive(Debug)]
pub struct Engine {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    /// What all faces of the first family have.
    plain: Coverage,
    templates: HashMap<FileId, Source>,
    laid_out: Mutex<LaidOut>,
}

/// What was laid out and not made into a file yet, the latest last.
type LaidOut = VecDeque<(Job, PagedDocument)>;

/// So many layouts are kept: one, and the one that was tried in its place.
const MOST_LAID_OUT: usize = 2;

impl Default for Engine {
    fn default() -> Self {
        Self::with_templates(&BTreeMap::new())
    }
}

impl Engine {
    /// An engine in which some templates are replaced, or stand beside the built-in ones.
    #[must_use]
    pub fn with_templates(replaced: &BTreeMap<String, String>) -> Self {
        let fonts: Vec<Font> = FONTS.iter().flat_map(|data| Font::iter(Bytes::new(*data))).collect();
        let features = [Feature::A11yExtras].into_iter().collect();
        let faces = faces(&fonts);
        let built_in = TEMPLATES.iter().map(|(name, text)| (*name, *text)).chain([(FACES, faces.as_str())]);
        let replaced = replaced.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let templates = built_in.chain(replaced).filter_map(|(name, text)| {
            let id = file_id(name)?;
            Some((id, Source::new(id, text.to_owned())))
        });
        Self {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            templates: templates.collect(),
            plain: first_family(&fonts),
            fonts,
            laid_out: Mutex::default(),
        }
    }

    /// The templates by name, with the one that names the fonts.
    pub fn templates(&self) -> impl Iterator<Item = (&str, &str)> {
        self.templates.iter().map(|(id, source)| (id.vpath().get_without_slash(), source.text()))
    }

    /// For which characters there is a letter form: ranges in hexadecimal, one a line.
    #[must_use]
    pub fn letter_forms(&self) -> String {
        letter_forms(&self.fonts)
    }

    fn laid_out(&self) -> MutexGuard<'_, LaidOut> {
        self.laid_out.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The layout of a document, where it was kept.
    fn kept(&self, job: &Job) -> Option<PagedDocument> {
        let mut kept = self.laid_out();
        let is_same =
            |(of, _): &(Job, PagedDocument)| (&of.main, &of.ident, &of.files) == (&job.main, &job.ident, &job.files);
        let at = kept.iter().position(is_same)?;
        kept.remove(at).map(|(_, document)| document)
    }

    fn keep(&self, job: &Job, document: PagedDocument) {
        let mut kept = self.laid_out();
        if kept.len() >= MOST_LAID_OUT {
            kept.pop_front();
        }
        kept.push_back((job.clone(), document));
    }

    fn typeset_unguarded(&self, job: &Job) -> Result<Typeset, EngineError> {
        let files = job.files.iter().filter_map(|(name, data)| Some((file_id(name)?, Bytes::new(data.clone()))));
        let Some(main) = file_id(&job.main) else { return Err(EngineError::Stopped("no such template".to_owned())) };
        let desk = JobWorld { engine: self, main, files: files.collect() };
        let document = match self.kept(job) {
            Some(document) => document,
            None => desk.laid_out()?,
        };
        let layout = look_over(&document);
        if !job.wanted.is_met_by(&layout) {
            self.keep(job, document);
            return Ok(Typeset { pdf: None, layout });
        }
        let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
            .map_err(|error| EngineError::Stopped(error.message().to_string()))?;
        let options = PdfOptions {
            ident: Smart::Custom(job.ident.clone()),
            creator: Smart::Custom(Some(MADE_BY.to_owned())),
            standards,
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| desk.explain_export(&errors))?;
        self.laid_out().clear();
        Ok(Typeset { pdf: Some(without_suspects(pdf)), layout })
    }
}

/// The same file without the entry that says that its tags are not suspect: it is so unless said otherwise, and some
/// readers take its form for an error. Blanks keep every offset.
fn without_suspects(mut pdf: Vec<u8>) -> Vec<u8> {
    const MARKED: &[u8] = b"/MarkInfo<</Marked true";
    const SUSPECTS: &[u8] = b"/Suspects false";
    let whole = [MARKED, SUSPECTS].concat();
    let mut places = pdf.windows(whole.len()).enumerate().filter(|(_, window)| *window == whole);
    let (first, second) = (places.next().map(|(at, _)| at), places.next());
    // Where the words stand twice, one of them is somebody's text.
    if let (Some(at), None) = (first, second)
        && let Some(entry) = pdf.get_mut(at + MARKED.len()..at + whole.len())
    {
        entry.fill(b' ');
    }
    pdf
}

impl Typesetter for Engine {
    fn typeset(&self, job: &Job) -> Result<Typeset, EngineError> {
        // One child's pack must not take the others with it, whatever the engine meets.
        let work = std::panic::AssertUnwindSafe(|| self.typeset_unguarded(job));
        let stopped = |_panic| Err(EngineError::Stopped("the engine stopped without a word".to_owned()));
        std::panic::catch_unwind(work).unwrap_or_else(stopped)
    }

    fn has_together(&self, text: &str) -> bool {
        let drawn = |c: &char| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}');
        let has = |font: &Font| text.chars().filter(drawn).all(|c| font.info().coverage.contains(u32::from(c)));
        self.fonts.iter().any(has)
    }

    fn is_plain(&self, text: &str) -> bool {
        let simple = |c: char| c == '\n' || (' '..='~').contains(&c);
        text.chars().all(|c| simple(c) || self.plain.contains(u32::from(c)) && !is_mark(c))
    }
}

impl std::fmt::Display for EngineError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Stopped(message) | Self::NoLetterForm(message) => f.write_str(message),
            Self::Template(problems) => {
                let said: Vec<String> =
                    problems.iter().map(|problem| format!("{}: {}", problem.file, problem.message)).collect();
                f.write_str(&said.join("; "))
            }
        }
    }
}

impl std::error::Error for EngineError {}

fn file_id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The engine with the files of one document before it.
struct JobWorld<'a> {
    engine: &'a Engine,
    main: FileId,
    files: HashMap<FileId, Bytes>,
}

impl JobWorld<'_> {
    /// Lays the document out.
    fn laid_out(&self) -> Result<PagedDocument, EngineError> {
        let compiled = typst::compile::<PagedDocument>(self);
        // The engine's memory is global and grows without bound; different records share nothing in it.
        typst::comemo::evict(0);
        let document = compiled.output.map_err(|errors| self.explain(&errors))?;
        if compiled.warnings.is_empty() { Ok(document) } else { Err(self.explain(&compiled.warnings)) }
    }

    /// Why the pages could not become a file: what has no letter form apart from all else.
    fn explain_export(&self, problems: &[SourceDiagnostic]) -> EngineError {
        const NO_LETTER_FORM: &str = "could not be displayed with";
        match problems.iter().find(|problem| problem.message.contains(NO_LETTER_FORM)) {
            Some(problem) => EngineError::NoLetterForm(problem.message.to_string()),
            None => self.explain(problems),
        }
    }

    fn explain(&self, problems: &[SourceDiagnostic]) -> EngineError {
        let explain = |problem: &SourceDiagnostic| {
            let file = problem.span.id().map(|id| id.vpath().get_without_slash().to_owned());
            TemplateProblem {
                file: file.unwrap_or_default(),
                span: typst::WorldExt::range(self, problem.span),
                message: problem.message.to_string(),
                hints: problem.hints.iter().map(|hint| hint.v.to_string()).collect(),
            }
        };
        EngineError::Template(problems.iter().map(explain).collect())
    }
}

impl World for JobWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.engine.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.engine.templates.get(&id).cloned().ok_or_else(|| absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.engine.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn absent(id: FileId) -> FileError {
    match id.root() {
        VirtualRoot::Project => FileError::NotFound(id.vpath().get_without_slash().into()),
        VirtualRoot::Package(_) => FileError::AccessDenied,
    }
}
