//! The pages as text: what they show is gathered as data, and templates put it into HTML, where nothing in it is markup.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::Serialize;

use super::entries::{choices, entry_title, references};
use super::layout::{Group, PageKind, PageLayout, layout};
use super::questions::{added, question};
use super::sections::{SECTIONS, next_page, section_of};
use super::submitted::{Saved, Submitted};
use super::values::{Widget, shown};
use crate::check::rule;
use crate::circle::Audience;
use crate::problem::{Problem, Severity};
use crate::record::{
    Field, Reader, RecordEditor, TextKind, ValueType, field_texts, fields_at, keyword_label, shape_at,
};
use crate::text::{is_at_or_under, join, parent, without_numbers};

const TEMPLATES: [(&str, &str); 8] = [
    ("base.html", include_str!("../../templates/form/base.html")),
    ("field.html", include_str!("../../templates/form/field.html")),
    ("class.html", include_str!("../../templates/form/class.html")),
    ("tasks.html", include_str!("../../templates/form/tasks.html")),
    ("page.html", include_str!("../../templates/form/page.html")),
    ("sign-off.html", include_str!("../../templates/form/sign-off.html")),
    ("import.html", include_str!("../../templates/form/import.html")),
    ("message.html", include_str!("../../templates/form/message.html")),
];

/// A choice with more words than this is a list to open.
const MOST_BUTTONS: usize = 7;

/// One child in the class list.
#[derive(Debug, Clone, Serialize)]
pub struct ChildRow {
    /// Where the child's pages are, seen from the class list; empty for an expected child without a record.
    pub link: String,
    /// The name.
    pub name: String,
    /// The file of the record.
    pub file: String,
    /// The class, where a list said it.
    pub class: String,
    /// The receiving school.
    pub to: String,
    /// How many sections are filled in and without an error.
    pub done: usize,
    /// Of how many.
    pub of: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Who has signed.
    pub signed: Vec<String>,
    /// The next thing to ask.
    pub next: String,
}

/// The class list.
#[derive(Debug, Clone, Serialize)]
pub struct ClassPage {
    /// The name of the folder.
    pub folder: String,
    /// The children.
    pub children: Vec<ChildRow>,
    /// What was looked for.
    pub search: String,
    /// The class that is shown alone.
    pub class: String,
    /// The receiving school that is shown alone.
    pub to: String,
    /// All classes.
    pub classes: Vec<String>,
    /// All receiving schools.
    pub schools: Vec<String>,
    /// Whether files can be taken over.
    pub can_import: bool,
    /// What has just been done.
    pub told: Option<Told>,
}

/// Something that was done or could not be done.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// Whether it could not be done.
    pub is_wrong: bool,
    /// What it is, in a line.
    pub title: String,
    /// More lines.
    pub lines: Vec<String>,
}

/// What a child's pages share.
pub struct RecordPage<'a> {
    /// The record.
    pub editor: &'a RecordEditor,
    /// What was found in it.
    pub problems: &'a [Problem],
    /// The child's name.
    pub name: &'a str,
    /// Where the pages of this child are: ends with a slash.
    pub base: &'a str,
    /// The digest of the record's text.
    pub digest: &'a str,
    /// Where a value comes from that nobody typed.
    pub origin: &'a dyn Fn(&str) -> Option<String>,
    /// What the school's file says where the record says nothing.
    pub from_school: &'a dyn Fn(&str) -> Option<String>,
    /// What the school suggests for a field.
    pub suggested: &'a dyn Fn(&str) -> Vec<String>,
    /// Which packs can be looked at: key and words.
    pub previews: &'a [(String, String)],
    /// How many saves can be undone.
    pub undo: usize,
}

/// A page of fields or entries.
pub struct FormPage<'a> {
    /// The child.
    pub record: &'a RecordPage<'a>,
    /// The page's path.
    pub path: &'a str,
    /// What was just sent and what became of it.
    pub sent: Option<(&'a Submitted, &'a Saved)>,
}

/// Something that was found.
#[derive(Debug, Clone, Serialize)]
pub struct Remark {
    /// The rule.
    pub code: &'static str,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Why it matters.
    pub why: &'static str,
    /// Where to put it right, seen from the page.
    pub link: String,
}

/// A field as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct FieldView {
    /// Its path: the name under which it is sent.
    pub path: String,
    /// Its `id` on the page.
    pub id: String,
    /// What is asked.
    pub question: String,
    /// More about it.
    pub hint: String,
    /// A value as it may be.
    pub example: Option<String>,
    /// How it is filled in.
    pub kind: &'static str,
    /// What stands in it.
    pub text: String,
    /// Rows of a large field.
    pub rows: usize,
    /// What can be chosen.
    pub options: Vec<OptionView>,
    /// Who will read it.
    pub readers: Option<String>,
    /// Where the value comes from.
    pub origin: Option<String>,
    /// What the school says where this is left empty.
    pub from_school: Option<String>,
    /// What the school suggests.
    pub suggestions: Vec<String>,
    /// The most characters.
    pub most: Option<usize>,
    /// Whether it holds the child's own words.
    pub is_exact: bool,
    /// Why what was typed could not be kept.
    pub unread: Option<&'static str>,
    /// What somebody else has written meanwhile.
    pub theirs: Option<String>,
    /// What was found.
    pub remarks: Vec<Remark>,
}

/// Something that can be chosen.
#[derive(Debug, Clone, Serialize)]
pub struct OptionView {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub is_on: bool,
}

#[derive(Serialize)]
struct GroupView {
    legend: Option<String>,
    fields: Vec<FieldView>,
    /// What only some children need, and nobody has filled in.
    rare: Vec<FieldView>,
}

/// How questions begin that only some children need.
const RARE: [&str; 8] =
    ["If ", "For ", "Must fewer ", "Who may read this?", "Anything else", "In what language", "What does that mean", "In what role"];

impl GroupView {
    fn of(page: &FormPage<'_>, group: &Group) -> Self {
        let views = group.fields.iter().map(|(path, field)| field_view(page, path, field));
        let is_rare = |view: &FieldView| {
            let says_nothing = page.record.editor.is_blank(&view.path) && view.unread.is_none() && view.theirs.is_none();
            says_nothing && view.remarks.is_empty() && RARE.iter().any(|begin| view.question.starts_with(begin))
        };
        let is_own = group.table.is_empty();
        let (rare, fields) = views.partition(|view| is_own && is_rare(view));
        Self { legend: (!is_own).then(|| question(&group.table)), fields, rare }
    }
}

/// A page or an entry that a page leads to.
#[derive(Serialize)]
struct LinkView {
    path: String,
    title: String,
    state: String,
    class: &'static str,
    number: usize,
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_name| AutoEscape::Html);
    for (name, text) in TEMPLATES {
        environment.add_template(name, text)?;
    }
    Ok(environment)
}

/// The class list.
///
/// # Errors
/// Only where a template is wrong, which is a mistake of this program.
pub fn render_class(page: &ClassPage) -> Result<String, minijinja::Error> {
    environment()?.get_template("class.html")?.render(context! { root => "./", page => Serde(page) })
}

/// A page that only says something.
#[derive(Debug, Clone, Serialize)]
pub struct Message {
    /// What it is about.
    pub title: String,
    /// What it says.
    pub lines: Vec<String>,
    /// Where to go on, if anywhere: where, and in words.
    pub next: Option<(String, String)>,
    /// Where the class list is, seen from this page.
    pub root: String,
}

/// A page that only says something.
///
/// # Errors
/// As [`render_class`].
pub fn render_message(page: &Message) -> Result<String, minijinja::Error> {
    environment()?.get_template("message.html")?.render(context! { root => page.root.clone(), page => Serde(page) })
}

/// The task list of a child.
///
/// # Errors
/// As [`render_class`].
pub fn render_task_list(record: &RecordPage<'_>, told: Option<&Told>) -> Result<String, minijinja::Error> {
    let page = TaskPage::of(record);
    environment()?.get_template("tasks.html")?.render(context! {
        root => "../../",
        base => record.base,
        name => record.name,
        digest => record.digest,
        undo => record.undo,
        previews => Serde(record.previews),
        told => Serde(told),
        page => Serde(page),
    })
}

/// The page on which somebody puts a name to a record: what has changed since the last signature, and what stands in the way.
///
/// # Errors
/// As [`render_class`].
pub fn render_sign_off(
    record: &RecordPage<'_>,
    changed: &str,
    refused: &[String],
    told: Option<&Told>,
) -> Result<String, minijinja::Error> {
    environment()?.get_template("sign-off.html")?.render(context! {
        root => "../../",
        name => record.name,
        changed,
        refused => Serde(refused),
        told => Serde(told),
    })
}

/// What a list says, before it is taken over.
///
/// # Errors
/// As [`render_class`].
pub fn render_import(lines: &[String]) -> Result<String, minijinja::Error> {
    environment()?.get_template("import.html")?.render(context! { root => "./", lines => Serde(lines) })
}

/// What was found at the fields of a page, by path.
#[must_use]
pub fn remarks(problems: &[Problem], page: &str) -> Vec<(String, Remark)> {
    let own = problems.iter().filter(|problem| is_at_or_under(&problem.path, page));
    own.map(|problem| (problem.path.clone(), remark(problem, String::new()))).collect()
}

/// The sections of a child with their state.
#[derive(Serialize)]
pub struct TaskPage {
    sections: Vec<TaskSection>,
    /// Sections that are done.
    pub done: usize,
    /// Of how many.
    pub of: usize,
    errors: usize,
    warnings: usize,
    /// The title of the first section that is not done.
    pub next: Option<&'static str>,
    elsewhere: Vec<Remark>,
}

#[derive(Serialize)]
struct TaskSection {
    title: &'static str,
    state: String,
    class: &'static str,
    pages: Vec<LinkView>,
}

impl TaskPage {
    /// Of a child's record.
    #[must_use]
    pub fn of(record: &RecordPage<'_>) -> Self {
        let section = |section: &super::Section| {
            let pages: Vec<LinkView> = section.pages.iter().map(|path| link(record, path, 0)).collect();
            let worst = ["wrong", "look", "empty"];
            let class = worst.into_iter().find(|class| pages.iter().any(|page| page.class == *class)).unwrap_or("done");
            TaskSection { title: section.title, state: state_words(class, 0), class, pages }
        };
        let sections: Vec<TaskSection> = SECTIONS.iter().map(section).collect();
        let count = |severity| record.problems.iter().filter(|problem| problem.severity == severity).count();
        let is_elsewhere = |problem: &&Problem| section_of(&problem.path).is_none();
        Self {
            done: sections.iter().filter(|section| matches!(section.class, "done" | "look")).count(),
            of: sections.len(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            next: sections.iter().find(|section| !matches!(section.class, "done" | "look")).map(|found| found.title),
            elsewhere: record.problems.iter().filter(is_elsewhere).map(|problem| remark(problem, String::new())).collect(),
            sections,
        }
    }
}

fn state_words(class: &str, errors: usize) -> String {
    match class {
        "wrong" if errors == 1 => "1 thing to put right".to_owned(),
        "wrong" if errors > 1 => format!("{errors} things to put right"),
        "wrong" => "To put right".to_owned(),
        "look" => "To look at".to_owned(),
        "done" => "Done".to_owned(),
        "none" => "Nothing here".to_owned(),
        _ => "Not begun".to_owned(),
    }
}

/// A page that another leads to, with its state.
fn link(record: &RecordPage<'_>, path: &str, number: usize) -> LinkView {
    let at = |severity: Severity| {
        record.problems.iter().filter(|it| it.severity == severity && is_at_or_under(&it.path, path)).count()
    };
    let (errors, warnings) = (at(Severity::Error), at(Severity::Warning));
    let class = match (errors, warnings) {
        (0, 0) if record.editor.is_blank(path) && (record.from_school)(path).is_none() => {
            let is_asked = record.problems.iter().any(|problem| is_at_or_under(&problem.path, path));
            if is_asked || !is_begun(record.editor) { "empty" } else { "none" }
        }
        (0, 0) => "done",
        (0, _) => "look",
        _ => "wrong",
    };
    let entries = matches!(shape_at(path), Some(ValueType::List(_))).then(|| record.editor.count(path));
    let state = match (class, entries) {
        ("done", Some(count)) => format!("{count} in the list"),
        _ => state_words(class, errors),
    };
    LinkView { path: path.to_owned(), title: question(path), state, class, number }
}

/// Whether enough is said of a child to know what is still to ask: the rules keep quiet about an empty record's sections.
fn is_begun(editor: &RecordEditor) -> bool {
    !editor.is_blank("pupil")
}

/// A page of fields or entries.
///
/// # Errors
/// As [`render_class`].
pub fn render_page(page: &FormPage<'_>) -> Result<Option<String>, minijinja::Error> {
    let Some(layout) = layout(page.path) else { return Ok(None) };
    let record = page.record;
    let view = PageView::of(page, &layout);
    let html = environment()?.get_template("page.html")?.render(context! {
        root => "../../../",
        base => record.base,
        name => record.name,
        digest => record.digest,
        undo => record.undo,
        previews => Serde(record.previews),
        path => page.path,
        page => Serde(view),
    })?;
    Ok(Some(html))
}

#[derive(Serialize)]
struct PageView {
    title: String,
    section: &'static str,
    around: Vec<(String, String)>,
    is_list: bool,
    is_new: bool,
    is_saved: bool,
    groups: Vec<GroupView>,
    entries: Vec<LinkView>,
    /// The words for what is added to this list, and the page of the new entry.
    add: Option<(&'static str, String)>,
    pages: Vec<LinkView>,
    next: String,
    remarks: Vec<Remark>,
    conflicts: usize,
    unread: usize,
}

impl PageView {
    fn of(page: &FormPage<'_>, layout: &PageLayout) -> Self {
        let record = page.record;
        let groups: Vec<GroupView> = layout.groups.iter().map(|group| GroupView::of(page, group)).collect();
        let on_page = |path: &str| layout.groups.iter().any(|group| group.fields.iter().any(|(own, _)| own == path));
        let own: Vec<&Problem> = record.problems.iter().filter(|it| is_at_or_under(&it.path, page.path)).collect();
        let remarks = own.iter().map(|problem| {
            let link = if on_page(&problem.path) {
                format!("#{}", element_id(&problem.path))
            } else {
                page_of(&problem.path).filter(|other| other != page.path).unwrap_or_default()
            };
            remark(problem, link)
        });
        let entries = (0..if layout.kind == PageKind::Entries { record.editor.count(page.path) } else { 0 })
            .map(|number| {
                let title = entry_title(record.editor, page.path, number).unwrap_or_default();
                LinkView { title, number, ..link(record, &format!("{}[{number}]", page.path), number) }
            })
            .collect();
        let add = (layout.kind == PageKind::Entries)
            .then(|| (added(page.path), format!("{}[{}]", page.path, record.editor.count(page.path))));
        let is_new = record.editor.get(page.path).is_none() && page.path.ends_with(']');
        let pages: Vec<LinkView> = layout.pages.iter().map(|path| link(record, path, 0)).collect();
        let saved = page.sent.map(|(_, saved)| saved);
        Self {
            title: title(record.editor, page.path),
            section: section_of(page.path).map_or("", |section| section.title),
            around: around(record.editor, page.path),
            is_list: layout.kind == PageKind::Entries,
            is_new,
            is_saved: saved.is_some_and(|saved| saved.unread.is_empty() && saved.conflicts.is_empty()),
            groups,
            entries,
            add,
            pages: if is_new { Vec::new() } else { pages },
            next: next_of(page.path),
            remarks: remarks.collect(),
            conflicts: saved.map_or(0, |saved| saved.conflicts.len()),
            unread: saved.map_or(0, |saved| saved.unread.len()),
        }
    }
}

/// Where to go on from a page: to the page around it, or to the next of the record's own; empty after the last.
#[must_use]
pub fn next_of(path: &str) -> String {
    let around = parent(path);
    if around.is_empty() { next_page(path).unwrap_or_default().to_owned() } else { page_of(around).unwrap_or_default() }
}

/// The page on which a path stands.
fn page_of(path: &str) -> Option<String> {
    let mut at = path;
    while !at.is_empty() {
        if let Some(page) = layout(at) {
            // A small table has no page of its own.
            let is_small = !at.ends_with(']')
                && page.kind == PageKind::Fields
                && layout(parent(at)).is_some_and(|around| around.groups.iter().any(|group| group.table == at));
            if !is_small {
                return Some(at.to_owned());
            }
        }
        at = parent(at);
    }
    None
}

fn title(editor: &RecordEditor, path: &str) -> String {
    if !path.ends_with(']') {
        return question(path);
    }
    let list = parent(path);
    let number = path.get(list.len()..).and_then(|rest| rest.trim_matches(['[', ']']).parse().ok()).unwrap_or_default();
    entry_title(editor, list, number).unwrap_or_else(|| {
        let words = added(list);
        let mut letters = words.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    })
}

/// The pages around a page, from the outermost: path and title.
fn around(editor: &RecordEditor, path: &str) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    let mut at = parent(path);
    while !at.is_empty() {
        if page_of(at).as_deref() == Some(at) {
            pages.push((at.to_owned(), title(editor, at)));
        }
        at = parent(at);
    }
    pages.reverse();
    pages
}

fn element_id(path: &str) -> String {
    path.replace(['.', '[', ']'], "-")
}

fn remark(problem: &Problem, link: String) -> Remark {
    Remark {
        code: problem.code,
        severity: problem.severity.word(),
        message: problem.message.clone(),
        help: problem.help.clone(),
        why: rule(problem.code).map_or("", |rule| rule.why),
        link,
    }
}

fn field_view(page: &FormPage<'_>, path: &str, field: &'static Field) -> FieldView {
    let record = page.record;
    let lists = references(path);
    let widget = Widget::of(field, lists.is_some());
    let plain = without_numbers(path);
    let told = field_texts().iter().find(|text| text.path == plain);
    let saved = page.sent.map(|(_, saved)| saved);
    let unread = saved.and_then(|saved| saved.unread.iter().find(|unread| unread.path == path));
    let conflict = saved.and_then(|saved| saved.conflicts.iter().find(|conflict| conflict.path == path));
    let now = shown(record.editor.get(path));
    // What could not be written stands there as it was typed.
    let texts = match page.sent.filter(|_| unread.is_some() || conflict.is_some()) {
        Some((submitted, _)) => submitted.all(path).unwrap_or_default(),
        None => now,
    };
    let options = options(record.editor, path, field, lists, widget, &texts);
    let kind = match widget {
        Widget::Line => "line",
        Widget::Area => "area",
        Widget::Lines | Widget::Counts => "lines",
        Widget::Day => "day",
        Widget::Number => "number",
        Widget::YesNo => "buttons",
        Widget::Choice if options.len() <= MOST_BUTTONS => "buttons",
        Widget::Choice => "list",
        Widget::Choices => "boxes",
    };
    let is_text = matches!(widget, Widget::Line | Widget::Area | Widget::Lines);
    let is_free = matches!(widget, Widget::Area | Widget::Lines);
    let text = if matches!(widget, Widget::Lines | Widget::Counts) { texts.join("\n") } else { texts.join(", ") };
    let remarks = record.problems.iter().filter(|problem| problem.path == path);
    let is_exact = field.text == Some(TextKind::Exact);
    FieldView {
        id: element_id(path),
        question: question(path),
        hint: told.map(|told| hint(&told.description, widget)).unwrap_or_default(),
        example: told.and_then(|told| example(told.example.as_deref()?, widget)),
        kind,
        rows: rows(&text, is_exact, field),
        options,
        readers: is_free.then(|| readers(record.editor, path)),
        origin: (record.origin)(path),
        from_school: if record.editor.is_blank(path) { (record.from_school)(path) } else { None },
        suggestions: (record.suggested)(&plain),
        most: field.most.filter(|_| is_text && widget != Widget::Lines),
        is_exact,
        unread: unread.map(|unread| unread.words),
        theirs: conflict.map(|conflict| conflict.theirs.join("\n")),
        remarks: remarks.map(|problem| remark(problem, String::new())).collect(),
        path: path.to_owned(),
        text,
    }
}

/// Rows that hold a text, and some to go on.
fn rows(text: &str, is_exact: bool, field: &Field) -> usize {
    const LETTERS_IN_A_ROW: usize = 60;
    let used: usize = text.split('\n').map(|line| 1 + line.chars().count() / LETTERS_IN_A_ROW).sum();
    let least = match (is_exact, &field.shape) {
        (true, ValueType::Text) => 6,
        (_, ValueType::Text) => 3,
        _ => 4,
    };
    (used + 1).clamp(least, 20)
}

/// What the schema says of a field beyond the question: without the first sentence, which says the same, unless something
/// stands behind a colon in it; and without what only matters to those who write the file.
fn hint(description: &str, widget: Widget) -> String {
    let is_of_files = |sentence: &str| {
        ["`", "quotes", "one line each", "Without it", "Required", "one short line"].iter().any(|words| sentence.contains(words))
    };
    let mut sentences = description.split_inclusive(". ").map(str::trim);
    let first = sentences.next().and_then(|first| first.split_once(": ")).map(|(_, rest)| rest);
    let words: Vec<&str> = first.into_iter().chain(sentences).filter(|sentence| !is_of_files(sentence)).collect();
    let mut words = words.join(" ");
    let first_letter = words.chars().next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    words = first_letter + words.get(words.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
    if widget == Widget::Lines {
        words = format!("{words} One a line.").trim().to_owned();
    }
    words
}

/// An example as one would type it here.
fn example(example: &str, widget: Widget) -> Option<String> {
    let value = format!("x = {example}").parse::<toml::Table>().ok()?.remove("x")?;
    let texts = shown(Some(&value));
    match widget {
        Widget::Line | Widget::Area | Widget::Day | Widget::Number => texts.first().cloned(),
        Widget::Lines | Widget::Counts => texts.first().cloned(),
        Widget::YesNo | Widget::Choice | Widget::Choices => None,
    }
}

fn options(
    editor: &RecordEditor,
    path: &str,
    field: &Field,
    lists: Option<&[&str]>,
    widget: Widget,
    texts: &[String],
) -> Vec<OptionView> {
    let keywords = |keywords: &[String]| -> Vec<(String, String)> {
        keywords.iter().map(|keyword| (keyword.clone(), keyword_label(keywords, keyword))).collect()
    };
    let mut known = match (&field.shape, lists) {
        (_, Some(lists)) => choices(editor, lists),
        (ValueType::Choice(words), None) => keywords(words),
        (ValueType::List(inner), None) => match &**inner {
            ValueType::Choice(words) => keywords(words),
            _ => Vec::new(),
        },
        (ValueType::Boolean, None) => vec![("yes".to_owned(), "Yes".to_owned()), ("no".to_owned(), "No".to_owned())],
        _ => Vec::new(),
    };
    if !matches!(widget, Widget::YesNo | Widget::Choice | Widget::Choices) {
        return Vec::new();
    }
    // The child itself, for those who may be the child or somebody of the household.
    if without_numbers(path) == "moves.secure_stays.who" {
        known.insert(0, ("child".to_owned(), "The child".to_owned()));
    }
    for text in texts {
        if !text.is_empty() && !known.iter().any(|(value, _)| value == text) {
            known.push((text.clone(), format!("{text} (not known here)")));
        }
    }
    let option = |(value, label): (String, String)| OptionView { is_on: texts.contains(&value), value, label };
    known.into_iter().map(option).collect()
}

/// Who will read what stands at a path, in words.
fn readers(editor: &RecordEditor, path: &str) -> String {
    let circle = |audience: Audience| match audience {
        Audience::AllStaff => "every member of staff",
        Audience::Pastoral => "Head of Year, tutor, SENCO and DSL",
        Audience::Senco => "SENCO and DSL",
        Audience::Dsl => "the DSL alone",
    };
    let mut at = path;
    while !at.is_empty() {
        let own = editor.get(&join(at, "audience")).and_then(toml::Value::as_str).and_then(Audience::from_key);
        if let Some(audience) = own {
            return circle(audience).to_owned();
        }
        let around = parent(at);
        let name = at.rsplit('.').next().unwrap_or(at);
        let reader = fields_at(around).and_then(|fields| fields.get(name)).and_then(|field| field.reader);
        match reader {
            Some(Reader::Circle(audience)) => return circle(audience).to_owned(),
            Some(Reader::Agreed) => return "those the child agrees to".to_owned(),
            Some(Reader::Section) => return "those who may read each section".to_owned(),
            None => at = around,
        }
    }
    circle(Audience::Dsl).to_owned()
}
