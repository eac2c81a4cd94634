//! The cover letter of a bundle: one wording, as text and as a page.

use std::collections::BTreeMap;
use std::fmt::Display;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde};
use minijinja::{Environment, UndefinedBehavior, context};
use serde::Serialize;

use super::attachments::brand;
use super::engine::{EngineError, Typesetter};
use super::languages;
use super::layout::Wanted;
use super::pack::{RenderError, nothing, typeset};
use super::subject::PackDetails;
use super::translation::of_the_page;
use super::view::{Block, Lines, Section, View};
use crate::record::Record;
use crate::text::{said_with, say};

const TEMPLATE: &str = include_str!("../../templates/letter.txt");

const NAME: &str = "letter.txt";

/// Under a heading.
const UNDERLINE: &str = "----";

/// Where the template wants the children.
const CHILDREN: &str = "(children)";

/// The longest line of the text form, in characters.
const LONGEST_LINE: usize = 96;

/// A school as the letter names it.
#[derive(Debug, Clone, Serialize)]
pub struct LetterParty {
    /// Its name.
    pub name: String,
    /// Its DfE number.
    pub laestab: String,
    /// Whom to write to or ring there: name, role, telephone, e-mail.
    pub contact: Option<String>,
}

/// What is enclosed for one child.
#[derive(Debug, Clone, Serialize)]
pub struct Enclosed {
    /// The opaque reference.
    pub reference: String,
    /// The child's name.
    pub name: String,
    /// The plan or kind of support, in words; empty where there is none.
    pub plan: String,
    /// The next date that matters, and what it is; empty where none is known.
    pub next: String,
    /// What is to be done first, before the first day; empty where nothing is.
    pub first: String,
    /// The documents, with their pages: `transition pack (6 pages)`.
    pub documents: Vec<String>,
}

/// What a letter says, apart from its wording.
#[derive(Debug, Clone, Serialize)]
pub struct LetterData {
    /// The word for the bundle: `general`, `send`, `safeguarding`.
    pub kind: String,
    /// Who opens it, in words.
    pub readers: String,
    /// The sending school.
    pub from: LetterParty,
    /// The receiving school.
    pub to: LetterParty,
    /// The id of the transfer.
    pub transfer: String,
    /// The day in words.
    pub day: String,
    /// The children, by name.
    pub children: Vec<Enclosed>,
    /// The first day at the receiving school, in words, where it is the same for all.
    pub first_day: Option<String>,
    /// The fifth day after it, in words.
    pub due: Option<String>,
    /// Whether school days were counted; else calendar days.
    pub counted_in_school_days: bool,
    /// The fingerprint of the certificate, in groups of four digits.
    pub fingerprint: String,
}

/// A letter, not yet sealed.
#[derive(Debug, Clone)]
pub struct Letter {
    /// As text: UTF-8, line feeds.
    pub text: String,
    /// As a page.
    pub pdf: Vec<u8>,
}

/// Writes and typesets a letter.
///
/// # Errors
/// As [`super::render`]; a template that does not fit the data is our own mistake.
pub fn render_letter(
    engine: &dyn Typesetter,
    data: &LetterData,
    details: &PackDetails<'_>,
) -> Result<Letter, RenderError> {
    let parts = wording(data)
        .map_err(|error| RenderError::Engine(EngineError::Stopped(format!("the letter cannot be written: {error}"))))?;
    let sheet = Sheet {
        title: say!("Cover letter for transfer {transfer}", transfer = data.transfer),
        what: say!("Cover letter"),
        name: data.to.name.clone(),
        readers: say!("For the {readers}", readers = data.readers),
        school: data.from.name.clone(),
        reference: data.transfer.clone(),
        letters: data.children.iter().map(|child| child.name.as_str()).collect(),
        sections: sections(&parts, &data.children),
    };
    let pdf = sheet.typeset(engine, details, &format!("letter {} {}", data.transfer, data.kind))?;
    Ok(Letter { text: text(&parts, &data.children), pdf })
}

/// What is about no single child and is laid out as a letter.
pub(super) struct Sheet {
    /// The title of the file.
    pub title: String,
    /// What it is, in words that stand over the name.
    pub what: String,
    /// The large line.
    pub name: String,
    /// Who may read it, in words.
    pub readers: String,
    /// The school whose paper it is.
    pub school: String,
    /// The reference at the head.
    pub reference: String,
    /// Texts that may be in other scripts.
    pub letters: String,
    /// What stands on it.
    pub sections: Vec<Section>,
}

impl Sheet {
    /// The PDF, of a document that is known by a name.
    pub(super) fn typeset(
        self,
        engine: &dyn Typesetter,
        details: &PackDetails<'_>,
        ident: &str,
    ) -> Result<Vec<u8>, RenderError> {
        let made = typeset(Wanted::ANY, engine, "letter.typ", &self.view(details), &BTreeMap::new(), details, ident)?;
        made.pdf.ok_or_else(nothing)
    }

    /// As the template reads it.
    fn view(self, details: &PackDetails<'_>) -> View {
        let date = details.day.0;
        let (language, words) = of_the_page();
        View {
            kind: "letter".to_owned(),
            title: self.title,
            what: self.what,
            name: self.name,
            readers: self.readers,
            tab: String::new(),
            tab_place: 0,
            school: self.school,
            about: String::new(),
            reference: self.reference,
            date: [date.year(), date.month().into(), date.day().into()],
            day: details.day.long(),
            summary_note: String::new(),
            seal: details.seal.clone(),
            draft: false,
            // One page for a few children.
            fit: 1,
            compact: false,
            lines: Lines::AtEase,
            spills: false,
            brand: brand(details.branding),
            attached: Vec::new(),
            photograph: None,
            sections: self.sections,
            in_language: Vec::new(),
            in_script: languages::scripts(&Record::default(), &self.letters),
            language,
            words,
        }
    }
}

/// One part of the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Heading(String),
    List(Vec<String>),
    /// The lines that are meant as lines.
    Paragraph(Vec<String>),
    /// Here stands what is enclosed, child by child.
    Children,
}

fn wording(data: &LetterData) -> Result<Vec<Part>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_function("say", |text: &str, values: Kwargs| -> Result<String, minijinja::Error> {
        let named: Vec<(String, String)> = values
            .args()
            .map(|name| Ok((name.to_owned(), values.get(name)?)))
            .collect::<Result<_, minijinja::Error>>()?;
        let named: Vec<(&str, &dyn Display)> =
            named.iter().map(|(name, value)| (name.as_str(), value as &dyn Display)).collect();
        Ok(said_with(text, &named))
    });
    environment.add_template(NAME, TEMPLATE)?;
    let text = environment.get_template(NAME)?.render(context! { letter => Serde(data) })?;
    Ok(text.split("\n\n").filter(|part| !part.trim().is_empty()).map(part).collect())
}

/// Underlined lines are headings, lines with a dash are lists; in the rest two spaces end a line.
fn part(text: &str) -> Part {
    let text = text.trim_matches('\n');
    let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.split_once('\n') {
        Some((heading, line)) if line.starts_with(UNDERLINE) => Part::Heading(heading.to_owned()),
        _ if text.starts_with("- ") => {
            Part::List(text.split("\n- ").map(|item| joined(item.trim_start_matches("- "))).collect())
        }
        _ if text.trim() == CHILDREN => Part::Children,
        _ => Part::Paragraph(text.split("  \n").map(joined).collect()),
    }
}

fn text(parts: &[Part], children: &[Enclosed]) -> String {
    let part = |part: &Part| match part {
        Part::Children => children.iter().map(|child| wrapped(&format!("- {}", in_a_line(child)), "  ")).collect(),
        Part::Heading(heading) => format!("{heading}\n{}\n", "-".repeat(heading.chars().count())),
        Part::List(items) => items.iter().map(|item| wrapped(&format!("- {item}"), "  ")).collect(),
        Part::Paragraph(lines) => lines.iter().map(|line| wrapped(line, "")).collect(),
    };
    parts.iter().map(part).collect::<Vec<_>>().join("\n")
}

/// What is enclosed for one child, on one line.
fn in_a_line(child: &Enclosed) -> String {
    let first = if child.first.is_empty() { String::new() } else { say!("First: {first}", first = child.first) };
    let parts = [child.plan.clone(), child.next.clone(), first, child.documents.join(", ")];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{} ({}): {}", child.name, child.reference, parts.join(". "))
}

/// The same as a table.
fn table(children: &[Enclosed]) -> Option<Block> {
    let row = |child: &Enclosed| {
        let who = format!("{}\n{}", child.name, child.reference);
        vec![who, child.plan.clone(), child.next.clone(), child.first.clone(), child.documents.join("\n")]
    };
    let columns = [
        ("Child", 1.6),
        ("Plan or support", 1.4),
        ("Next date", 1.3),
        ("Before the first day", 2.2),
        ("Enclosed", 1.6),
    ];
    Block::table("", &columns, children.iter().map(row).collect())
}

/// A line broken between words; what follows the first line begins with some spaces.
fn wrapped(text: &str, indent: &str) -> String {
    let lines = textwrap::Options::new(LONGEST_LINE)
        .subsequent_indent(indent)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    textwrap::fill(text, lines) + "\n"
}

fn sections(parts: &[Part], children: &[Enclosed]) -> Vec<Section> {
    let mut sections = vec![Section { anchor: String::new(), heading: String::new(), blocks: Vec::new() }];
    for part in parts {
        let block = match part {
            Part::Heading(heading) => {
                sections.push(Section { anchor: String::new(), heading: heading.clone(), blocks: Vec::new() });
                continue;
            }
            Part::Children => match table(children) {
                Some(table) => table,
                None => continue,
            },
            Part::List(items) => Block::List { label: String::new(), items: items.clone() },
            Part::Paragraph(lines) => Block::Text { label: None, text: lines.join("\n") },
        };
        sections.last_mut().into_iter().for_each(|section| section.blocks.push(block.clone()));
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> LetterData {
        let party = |name: &str| LetterParty { name: name.into(), laestab: "9992001".into(), contact: None };
        LetterData {
            kind: "safeguarding".into(),
            readers: "designated safeguarding lead only".into(),
            from: party("Millbeck"),
            to: party("Northgate {{ 7*7 }}"),
            transfer: "K7Q29M3X".into(),
            day: "10 July 2026".into(),
            children: vec![Enclosed {
                reference: "K7Q2-9M3XA".into(),
                name: "Tilly Marsden".into(),
                plan: "Child protection plan".into(),
                next: "Review on 4 September 2026".into(),
                first: "Meet Nan at the gate".into(),
                documents: vec!["safeguarding pack (9 pages)".into()],
            }],
            first_day: Some("3 September 2026".into()),
            due: Some("10 September 2026".into()),
            counted_in_school_days: false,
            fingerprint: "AB CD".into(),
        }
    }

    #[test]
    fn the_letter_says_what_is_enclosed_and_by_when_to_answer() {
        let text = text(&wording(&data()).unwrap(), &data().children);
        for said in [
            "K7Q29M3X",
            "Tilly Marsden",
            "Child protection plan. Review on 4 September 2026. First: Meet Nan",
            "(9 pages)",
            "10 September 2026",
            "AB CD",
            "7*7",
        ] {
            assert!(text.replace('\n', " ").contains(said), "{said}: {text}");
        }
        assert!(!text.contains("49") && text.lines().all(|line| line.chars().count() <= LONGEST_LINE), "{text}");
        for kind in ["general", "send"] {
            let other = wording(&LetterData { kind: kind.into(), first_day: None, due: None, ..data() }).unwrap();
            assert!(!super::text(&other, &[]).contains("child protection"), "{other:?}");
        }
    }

    #[test]
    fn text_becomes_headings_lists_and_paragraphs() {
        assert_eq!(part("Enclosed\n--------"), Part::Heading("Enclosed".into()));
        assert_eq!(part("- one\n  more\n- two"), Part::List(vec!["one more".into(), "two".into()]));
        assert_eq!(part("Dear\nall,  \nyours"), Part::Paragraph(vec!["Dear all,".into(), "yours".into()]));
        let long = wrapped(&format!("- {}", "word ".repeat(30).trim()), "  ");
        assert!(long.lines().all(|line| line.len() <= LONGEST_LINE) && long.contains("\n  word"), "{long}");
    }
}
