//! What stands on the pages, as plain data: the templates decide how it looks, nothing else.

use serde::Serialize;

/// One document.
#[derive(Debug, Clone, Serialize)]
pub struct View {
    /// `profile`, `general`, `send` or `safeguarding`.
    pub kind: String,
    /// The title, with the child's name.
    pub title: String,
    /// The child's name as the child goes by it.
    pub name: String,
    /// Who may read it, in words.
    pub readers: String,
    /// The sending school.
    pub school: String,
    /// The opaque reference.
    pub reference: String,
    /// The day: year, month, day.
    pub date: [i16; 3],
    /// The day in words.
    pub day: String,
    /// The line every page carries: that this is a summary.
    pub summary_note: String,
    /// Who sealed it, and how to check that.
    pub seal: Vec<String>,
    /// Whether the type is set a little tighter, so that a profile keeps to its page.
    pub compact: bool,
    /// What stands on the pages.
    pub sections: Vec<Section>,
}

/// A heading and what stands under it.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// What stands under it, in order.
    pub blocks: Vec<Block>,
}

/// One piece of a page.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph, with an optional label before it.
    Text {
        /// Set before the text in bold.
        label: Option<String>,
        /// The text.
        text: String,
    },
    /// A child's own words.
    Quote {
        /// The words.
        text: String,
        /// The language, as a two- or three-letter code.
        lang: Option<String>,
        /// Who wrote them down, when, how.
        by: String,
        /// What belongs to it, label and text.
        notes: Vec<(String, String)>,
    },
    /// Labels and texts, one pair a line.
    Facts {
        /// Label and text.
        rows: Vec<(String, String)>,
    },
    /// A list with a label.
    List {
        /// The label.
        label: String,
        /// The items.
        items: Vec<String>,
    },
    /// Several short lists side by side.
    Cards {
        /// The lists: label and items.
        cards: Vec<(String, Vec<String>)>,
    },
    /// A table.
    Table {
        /// What the table holds.
        caption: String,
        /// Column headings and their widths as shares.
        columns: Vec<(String, f32)>,
        /// The cells, row by row.
        rows: Vec<Vec<String>>,
    },
    /// One thing of a kind (a risk, a person, a plan): a title and its facts, kept together.
    Item {
        /// The title.
        title: String,
        /// Label and text.
        rows: Vec<(String, String)>,
    },
    /// Attendance by academic year.
    Chart {
        /// What the chart shows, for those who cannot see it.
        alt: String,
        /// One bar a year.
        bars: Vec<Bar>,
        /// The line below which Early Help is considered, in percent.
        threshold: i64,
    },
    /// A sentence set apart: a nil statement, or why a section is empty.
    Notice {
        /// The sentence.
        text: String,
    },
}

/// One year in the attendance chart: shares of the possible sessions, in percent.
#[derive(Debug, Clone, Serialize)]
pub struct Bar {
    /// The year: `2025/26`.
    pub year: String,
    /// Attended.
    pub attended: f64,
    /// Authorised absence.
    pub authorised: f64,
    /// Unauthorised absence.
    pub unauthorised: f64,
    /// The attended share in words, rounded half up to one decimal for display.
    pub rate: String,
}

impl Section {
    /// A section, or nothing where there is nothing to say.
    #[must_use]
    pub fn new(heading: &str, blocks: Vec<Block>) -> Option<Self> {
        (!blocks.is_empty()).then(|| Self { heading: heading.to_owned(), blocks })
    }
}

/// Collects labels and texts, leaving out what is not there.
#[derive(Debug, Default)]
pub(super) struct Rows(pub Vec<(String, String)>);

impl Rows {
    /// Adds a text if it is there and not blank.
    pub(super) fn text(mut self, label: &str, text: Option<&String>) -> Self {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            self.0.push((label.to_owned(), text.clone()));
        }
        self
    }

    /// Adds what can be printed, if it is there.
    pub(super) fn add(mut self, label: &str, value: Option<String>) -> Self {
        self.0.extend(value.map(|value| (label.to_owned(), value)));
        self
    }

    /// Adds a day in words.
    pub(super) fn day(self, label: &str, day: Option<crate::record::Day>) -> Self {
        self.add(label, day.map(crate::record::Day::long))
    }

    /// Adds a list as one text, items apart by semicolons.
    pub(super) fn list(self, label: &str, items: &[String]) -> Self {
        self.add(label, (!items.is_empty()).then(|| items.join("; ")))
    }

    /// Adds yes or no.
    pub(super) fn yes_no(self, label: &str, value: Option<bool>) -> Self {
        self.add(label, value.map(|yes| if yes { "Yes" } else { "No" }.to_owned()))
    }

    /// The words of a keyword.
    pub(super) fn word<T: Serialize + schemars::JsonSchema>(self, label: &str, keyword: Option<T>) -> Self {
        self.add(label, keyword.map(|keyword| crate::record::label(&keyword)))
    }

    /// A block of facts, if there is any.
    pub(super) fn facts(self) -> Option<Block> {
        (!self.0.is_empty()).then_some(Block::Facts { rows: self.0 })
    }

    /// One titled item.
    pub(super) fn item(self, title: impl Into<String>) -> Block {
        Block::Item { title: title.into(), rows: self.0 }
    }
}

/// The parts that are there, with something between them; nothing where none is.
pub(super) fn joined<S: AsRef<str>>(
    parts: impl IntoIterator<Item = impl IntoIterator<Item = S>>,
    between: &str,
) -> Option<String> {
    let parts: Vec<S> = parts.into_iter().flatten().collect();
    let texts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    (!texts.is_empty()).then(|| texts.join(between))
}

/// A list block, if it has items.
pub(super) fn list(label: &str, items: &[String]) -> Option<Block> {
    (!items.is_empty()).then(|| Block::List { label: label.to_owned(), items: items.to_vec() })
}

/// A labelled paragraph, if there is text.
pub(super) fn text(label: &str, text: Option<&String>) -> Option<Block> {
    let text = text.filter(|text| !text.trim().is_empty())?;
    Some(Block::Text { label: Some(label.to_owned()), text: text.clone() })
}
