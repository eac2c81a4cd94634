//! The typesetting engine: templates and fonts compiled in, no disk, no packages, no clock.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// The fonts, in the order in which they are tried.
const FONTS: [&[u8]; 14] = [
    include_bytes!("../../templates/fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    include_bytes!("../../templates/fonts/AtkinsonHyperlegibleNext-Italic.ttf"),
    include_bytes!("../../templates/fonts/AtkinsonHyperlegibleNext-Bold.ttf"),
    include_bytes!("../../templates/fonts/AtkinsonHyperlegibleNext-BoldItalic.ttf"),
    include_bytes!("../../templates/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../templates/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansDevanagari-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansBengali-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansGurmukhi-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansTamil-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoSansGujarati-Regular.ttf"),
    include_bytes!("../../templates/fonts/NotoEmoji-Regular.ttf"),
];

const MAIN: &str = "pack.typ";
const TEMPLATES: [(&str, &str); 3] = [
    (MAIN, include_str!("../../templates/pack.typ")),
    ("blocks.typ", include_str!("../../templates/blocks.typ")),
    ("chart.typ", include_str!("../../templates/chart.typ")),
];
/// The virtual files that hold the data of one document. The same names for every record: the engine never forgets one.
const VIEW: &str = "view.json";
const RECORD: &str = "record.json";

/// What all documents of a process share. Costs some milliseconds to make.
#[derive(Debug)]
pub struct Engine {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    templates: HashMap<FileId, Source>,
}

/// What went wrong inside the engine: always our own mistake, as the data were checked before.
pub(super) type EngineError = String;

impl Default for Engine {
    fn default() -> Self {
        let fonts: Vec<Font> = FONTS.iter().flat_map(|data| Font::iter(Bytes::new(*data))).collect();
        let features = [Feature::A11yExtras].into_iter().collect();
        let templates = TEMPLATES.iter().filter_map(|(name, text)| {
            let id = file_id(name)?;
            Some((id, Source::new(id, (*text).to_owned())))
        });
        Self {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            templates: templates.collect(),
            fonts,
        }
    }
}

impl Engine {
    /// Whether any font has a glyph for a character.
    pub(super) fn covers(&self, c: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(c)))
    }

    /// Typesets a view. `record` is the machine-readable record that is attached. Answers the PDF and its pages.
    pub(super) fn typeset(&self, view: Vec<u8>, record: Vec<u8>, ident: &str) -> Result<(Vec<u8>, usize), EngineError> {
        // One child's pack must not take the others with it, whatever the engine meets.
        let work = std::panic::AssertUnwindSafe(|| self.typeset_unguarded(view, record, ident));
        std::panic::catch_unwind(work).unwrap_or_else(|_panic| Err("the engine stopped without a word".to_owned()))
    }

    fn typeset_unguarded(&self, view: Vec<u8>, record: Vec<u8>, ident: &str) -> Result<(Vec<u8>, usize), EngineError> {
        let files = [(VIEW, view), (RECORD, record)];
        let files = files.into_iter().filter_map(|(name, data)| Some((file_id(name)?, Bytes::new(data)))).collect();
        let desk = Desk { engine: self, files };
        let compiled = typst::compile::<PagedDocument>(&desk);
        let document = compiled.output.map_err(|errors| desk.explain(&errors))?;
        if let Some(warning) = compiled.warnings.first() {
            return Err(desk.explain(std::slice::from_ref(warning)));
        }
        let standards =
            PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).map_err(|error| error.message().to_string())?;
        let options = PdfOptions {
            ident: Smart::Custom(ident.to_owned()),
            creator: Smart::Custom(Some(concat!("handover ", env!("CARGO_PKG_VERSION")).to_owned())),
            standards,
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| desk.explain(&errors))?;
        // The engine's memory is global and grows without bound; different records share nothing in it.
        typst::comemo::evict(0);
        Ok((pdf, document.pages().len()))
    }
}

fn file_id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The engine with the files of one document before it.
struct Desk<'a> {
    engine: &'a Engine,
    files: HashMap<FileId, Bytes>,
}

impl Desk<'_> {
    fn explain(&self, errors: &[SourceDiagnostic]) -> EngineError {
        let explain = |error: &SourceDiagnostic| {
            let place = error.span.id().and_then(|id| {
                let range = typst::WorldExt::range(self, error.span)?;
                let lines = self.engine.templates.get(&id)?.lines().clone();
                let (line, column) = lines.byte_to_line_column(range.start)?;
                Some(format!("{}:{}:{}: ", id.vpath().get_without_slash(), line + 1, column + 1))
            });
            format!("{}{}", place.unwrap_or_default(), error.message)
        };
        errors.iter().map(explain).collect::<Vec<_>>().join("; ")
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.engine.book
    }

    #[expect(clippy::expect_used, reason = "the name is a constant that the tests use")]
    fn main(&self) -> FileId {
        file_id(MAIN).expect("the main template's name is a valid path")
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
