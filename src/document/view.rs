//! What stands on the pages, as plain data: the templates decide how it looks, nothing else.

use std::collections::BTreeMap;

use serde::Serialize;

use super::languages::{InLanguage, InScript};
use super::timeline::Timeline;
use crate::document::genogram::figure::Genogram;
use crate::record::Day;
use crate::text::{said, say};

/// How far apart the lines of a document of several pages stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lines {
    /// Closer, so that what is left over needs no page of its own.
    Closer,
    /// As they do where there is room.
    AtEase,
    /// Further, where facts that run on go over to a second page anyhow.
    Wider,
}

/// One document.
#[derive(Debug, Clone, Serialize)]
pub struct View {
    /// `profile`, `general`, `send`, `safeguarding`, `child` or `letter`.
    pub kind: String,
    /// The title of the file, with the child's name.
    pub title: String,
    /// What it is, in words that stand over the name.
    pub what: String,
    /// The child's name as the child goes by it; of a letter, whom it is for.
    pub name: String,
    /// Who may read it, in words.
    pub readers: String,
    /// The readers in a word or two, for the tab at the edge of the page; empty where there is none.
    pub tab: String,
    /// How many tabs stand above it.
    pub tab_place: u8,
    /// The sending school.
    pub school: String,
    /// Whose it is, at the head of every page after the first: name and date of birth, where the readers may know it.
    pub about: String,
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
    /// Whether it may not be sent.
    pub draft: bool,
    /// How tightly the type is set: 0 at ease, 2 as tight as still reads well.
    pub fit: u8,
    /// Whether facts run on in paragraphs: where little is told, it keeps to one page if it can.
    pub compact: bool,
    /// How far apart lines stand.
    pub lines: Lines,
    /// Of a profile: whether it may go on to a second page.
    pub spills: bool,
    /// The school's own colours and logo.
    pub brand: Brand,
    /// The virtual files of pictures and logo: they go along, so that the pages can be typeset again.
    pub attached: Vec<String>,
    /// The child's photograph, at the head of a profile.
    pub photograph: Option<Picture>,
    /// What stands on the pages.
    pub sections: Vec<Section>,
    /// Texts of the pages that are in another language.
    pub in_language: Vec<InLanguage>,
    /// Scripts other than Latin that stand on the pages, with the language each is read in.
    pub in_script: Vec<InScript>,
    /// The language of the page: two or three letters of ISO 639.
    pub language: String,
    /// What the templates say themselves, in that language, by the English text; empty in English.
    pub words: BTreeMap<String, String>,
}

/// How the school's pages look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brand {
    /// The accent colour, `#14505c`.
    pub accent: String,
    /// The virtual file of the logo.
    pub logo: Option<String>,
}

/// A heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// What links and other documents know it by; empty where nothing points to it.
    pub anchor: String,
    /// The heading.
    pub heading: String,
    /// What stands under it, in order.
    pub blocks: Vec<Block>,
}

/// Label and text.
pub(super) type Row = (String, String);

/// One piece of a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
        /// The words; empty where the child spoke in pictures alone.
        text: String,
        /// The language, as a two- or three-letter code.
        lang: Option<String>,
        /// Who wrote them down, when, how.
        by: String,
        /// Pictures that belong to them.
        pictures: Vec<Picture>,
        /// What belongs to it, label and text.
        notes: Vec<Row>,
    },
    /// Labels and texts, one pair a line.
    Facts {
        /// Label and text.
        rows: Vec<Row>,
    },
    /// What matters most, set apart at the head of a document.
    Glance {
        /// Label and text.
        rows: Vec<Row>,
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
    /// Things side by side: one column each, one row a question.
    Compare {
        /// What is compared.
        caption: String,
        /// The heads of the columns.
        heads: Vec<String>,
        /// The question, and each column's answer.
        rows: Vec<(String, Vec<String>)>,
    },
    /// What has to be done, to be ticked off on paper.
    Tasks {
        /// What the list holds.
        caption: String,
        /// The tasks.
        rows: Vec<Task>,
    },
    /// A line that points to another section of the same document.
    More {
        /// What stands there: `and 4 more`.
        text: String,
        /// The section's anchor.
        anchor: String,
    },
    /// What must not be overlooked, in colour or in grey.
    Alerts {
        /// What it is, and the words.
        rows: Vec<Row>,
    },
    /// Whom to ring, and whom not.
    Contacts {
        /// What the list holds.
        caption: String,
        /// A person a row.
        rows: Vec<Reachable>,
    },
    /// What happened, in order of date.
    Chronology {
        /// One row an event.
        rows: Vec<Event>,
    },
    /// When it happened: clusters and gaps.
    Timeline(Timeline),
    /// The family as a drawing.
    Genogram(Genogram),
    /// One thing of a kind (a risk, a person, a plan): a title and its facts, kept together.
    Item {
        /// The title.
        title: String,
        /// Label and text.
        rows: Vec<Row>,
    },
    /// A heading of the second level.
    Heading {
        /// Its words.
        text: String,
    },
    /// Attendance by academic year and term.
    Chart {
        /// What the chart shows, for those who cannot see it.
        alt: String,
        /// One bar a year or term.
        bars: Vec<Bar>,
        /// The line below which Early Help is considered, in percent.
        threshold: i64,
    },
    /// A sentence set apart: a nil statement, or why a section is empty.
    Notice {
        /// The sentence.
        text: String,
    },
    /// Lines to write on.
    Lines {
        /// What to write there.
        label: String,
        /// How many.
        count: u8,
    },
}

/// A picture that the engine finds under a virtual name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture {
    /// The virtual file.
    pub file: String,
    /// What it shows.
    pub alt: String,
}

/// Somebody with a telephone number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reachable {
    /// Who.
    pub who: String,
    /// What the person is allowed, or is there for.
    pub about: String,
    /// The telephone number and e-mail address; empty where none is recorded.
    pub number: String,
    /// Whether the number must not be rung.
    pub must_not_ring: bool,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Task {
    /// What.
    pub what: String,
    /// What it is for.
    pub why: String,
    /// Who does it.
    pub who: String,
    /// By when.
    pub by: String,
}

/// One event of the chronology.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// When, as exactly as it is known.
    pub when: String,
    /// The short name that risks refer to.
    pub id: String,
    /// `fact` or `opinion`.
    pub sign: &'static str,
    /// What happened.
    pub what: String,
    /// What kind of event it was, in words.
    pub marks: String,
    /// What it meant for the child.
    pub impact: String,
    /// What it rests on.
    pub basis: String,
    /// Who says so.
    pub source: String,
    /// What was done.
    pub done: String,
    /// What came of it.
    pub outcome: String,
}

/// One year or term in the attendance chart: shares of the possible sessions, in percent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// The year or term: `2025/26`, `Autumn`.
    pub label: String,
    /// Whether it is a term of the year above it.
    pub is_term: bool,
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
    pub fn new(heading: &'static str, blocks: Vec<Block>) -> Option<Self> {
        (!blocks.is_empty()).then(|| Self { anchor: String::new(), heading: said(heading), blocks })
    }
}

impl Block {
    /// A table from its column headings with their widths, and its rows; without the columns in which nothing stands, and
    /// nothing without a row.
    pub(super) fn table(
        caption: &'static str,
        columns: &[(&'static str, f32)],
        rows: Vec<Vec<String>>,
    ) -> Option<Self> {
        let is_filled =
            |number: &usize| rows.iter().any(|row| row.get(*number).is_some_and(|cell| !cell.trim().is_empty()));
        let filled: Vec<usize> = (0..columns.len()).filter(is_filled).collect();
        let keep = |row: Vec<String>| {
            let cells = row.into_iter().enumerate().filter(|(number, _)| filled.contains(number));
            cells.map(|(_, cell)| cell).collect()
        };
        let rows: Vec<Vec<String>> = rows.into_iter().map(keep).collect();
        let columns = filled.iter().filter_map(|number| columns.get(*number));
        let columns = columns.map(|(name, width)| (said(name), *width)).collect();
        (!rows.is_empty() && !filled.is_empty()).then(|| Self::Table { caption: said(caption), columns, rows })
    }

    /// A sentence set apart.
    pub(super) fn notice(text: &'static str) -> Self {
        Self::Notice { text: said(text) }
    }

    /// A heading of the second level.
    pub(super) fn heading(text: &'static str) -> Self {
        Self::Heading { text: said(text) }
    }
}

/// Collects labels and texts, leaving out what is not there.
#[derive(Debug, Default)]
pub(super) struct Rows(pub Vec<Row>);

impl Rows {
    /// Adds a text if it is there and not blank.
    pub(super) fn text(mut self, label: &'static str, text: Option<&String>) -> Self {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            self.0.push((said(label), text.clone()));
        }
        self
    }

    /// Adds what can be printed, if it is there.
    pub(super) fn add(mut self, label: &'static str, value: Option<String>) -> Self {
        self.0.extend(value.map(|value| (said(label), value)));
        self
    }

    /// Adds a day in words.
    pub(super) fn day(self, label: &'static str, day: Option<Day>) -> Self {
        self.add(label, day.map(Day::long))
    }

    /// Adds a list as one text, items apart by semicolons.
    pub(super) fn list(self, label: &'static str, items: &[String]) -> Self {
        self.add(label, (!items.is_empty()).then(|| items.join("; ")))
    }

    /// Adds a list as one text, an item a line.
    pub(super) fn lines(self, label: &'static str, items: &[String]) -> Self {
        self.add(label, (!items.is_empty()).then(|| items.join("\n")))
    }

    /// Adds yes or no.
    pub(super) fn yes_no(self, label: &'static str, value: Option<bool>) -> Self {
        self.add(label, value.map(|yes| if yes { say!("Yes") } else { say!("No") }))
    }

    /// The words of a keyword.
    pub(super) fn word<T: Serialize + schemars::JsonSchema>(self, label: &'static str, keyword: Option<T>) -> Self {
        self.add(label, keyword.map(|keyword| crate::record::label(&keyword)))
    }

    /// A block of facts, if there is any.
    pub(super) fn facts(self) -> Option<Block> {
        (!self.0.is_empty()).then_some(Block::Facts { rows: self.0 })
    }

    /// What matters most, if there is anything.
    pub(super) fn glance(self) -> Option<Block> {
        (!self.0.is_empty()).then_some(Block::Glance { rows: self.0 })
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

/// A text that may be missing, as a cell.
pub(super) fn cell(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

/// A list block, if it has items.
pub(super) fn list(label: &'static str, items: &[String]) -> Option<Block> {
    (!items.is_empty()).then(|| Block::List { label: said(label), items: items.to_vec() })
}

/// A labelled paragraph, if there is text.
pub(super) fn text(label: &'static str, text: Option<&String>) -> Option<Block> {
    let text = text.filter(|text| !text.trim().is_empty())?;
    Some(Block::Text { label: Some(said(label)), text: text.clone() })
}
