//! What a page of fields or entries shows, gathered as data.

use serde::Serialize;

use super::entries::entry_title;
use super::field_view::{field_view, of_circle};
use super::layout::{Group, PageKind, PageLayout, layout};
use super::questions::{added, question};
use super::sections::{next_page, section_of};
use super::steps::{Step, paths, step, steps};
use super::task_list::{LinkView, link};
use super::values::shown;
use super::views::{FieldView, FormPage, Remark, element_id, remark};
use crate::problem::Problem;
use crate::record::RecordEditor;
use crate::text::{capitalised, is_at_or_under, join, parent, split_entry};

#[derive(Serialize)]
struct GroupView {
    legend: Option<String>,
    fields: Vec<FieldView>,
    /// What only some children need, and nobody has filled in.
    rare: Vec<FieldView>,
    below_line: Option<bool>,
    is_folded: bool,
}

/// How questions begin that only some children need.
const RARE: [&str; 7] =
    ["If ", "For ", "Must fewer ", "Who may read this?", "Anything else", "In what language", "What does that mean"];

/// Groups that only some children need: they are folded as long as nothing stands in them.
const FOLDED: [&str; 5] = [
    "If the person is not known",
    "Injuries, signs and explanations",
    "If the police told the school",
    "If it was closed",
    "The family's own meeting",
];

impl GroupView {
    fn of(page: &FormPage<'_>, group: &Group) -> Self {
        let views = group.fields.iter().map(|(path, field)| field_view(page, path, field));
        let is_rare = |view: &FieldView| {
            let says_nothing =
                page.record.editor.is_blank(&view.path) && view.unread.is_none() && view.theirs.is_none();
            says_nothing && view.remarks.is_empty() && RARE.iter().any(|begin| view.question.starts_with(begin))
        };
        let is_own = group.table.is_empty();
        let may_fold = group.title.as_deref().is_some_and(|title| FOLDED.contains(&title));
        let (rare, fields): (Vec<FieldView>, Vec<FieldView>) =
            views.partition(|view| is_own && !may_fold && is_rare(view));
        let is_quiet = |view: &FieldView| {
            page.record.editor.is_blank(&view.path)
                && view.unread.is_none()
                && view.theirs.is_none()
                && view.remarks.is_empty()
        };
        let is_folded = may_fold && fields.iter().all(is_quiet);
        let legend = group.title.clone().or_else(|| (!is_own).then(|| question(&group.table)));
        Self { legend, fields, rare, below_line: group.below_line, is_folded }
    }

    /// The questions of one step.
    fn of_step(page: &FormPage<'_>, layout: &PageLayout, step: &Step) -> Self {
        let all: Vec<_> = layout.groups.iter().flat_map(|group| &group.fields).collect();
        let wanted = paths(page.path, step);
        let found = wanted.iter().filter_map(|path| all.iter().find(|(own, _)| own == path));
        let views = found.map(|(path, field)| field_view(page, path, field));
        let fields = match step.circle {
            Some(circle) => views.map(|view| of_circle(view, circle)).collect(),
            None => views.collect(),
        };
        Self { legend: None, fields, rare: Vec::new(), below_line: None, is_folded: false }
    }
}

/// Puts the question whether fewer must read it beside the first text that it is about, and a link to it at the others.
fn narrow_beside_texts(groups: &mut [GroupView]) {
    let fields = groups.iter().flat_map(|group| group.fields.iter().chain(&group.rare));
    let tables: Vec<String> =
        fields.filter(|field| field.path.ends_with(".audience")).map(|field| parent(&field.path).to_owned()).collect();
    for table in tables {
        let is_text = |field: &FieldView| field.readers.is_some() && parent(&field.path) == table;
        let Some(first) = groups.iter().flat_map(|group| &group.fields).find(|field| is_text(field)) else { continue };
        let (first, path) = (first.path.clone(), join(&table, "audience"));
        let Some(narrow) = groups.iter_mut().find_map(|group| {
            let lists = [&mut group.fields, &mut group.rare];
            lists.into_iter().find_map(|list| Some(list.remove(list.iter().position(|field| field.path == path)?)))
        }) else {
            continue;
        };
        for field in groups.iter_mut().flat_map(|group| group.fields.iter_mut().chain(&mut group.rare)) {
            if field.path == first {
                field.narrow = Some(Box::new(narrow.clone()));
            } else if is_text(field) {
                field.narrow_at = Some(narrow.id.clone());
            }
        }
    }
}

/// A step as the page shows it.
#[derive(Serialize)]
struct StepView {
    number: usize,
    of: usize,
    title: &'static str,
    /// The child's words, where they are read back.
    words: Vec<String>,
    /// The step before, seen from the page.
    before: Option<String>,
}

impl StepView {
    fn of(page: &FormPage<'_>, step: &Step, number: usize) -> Self {
        let words = shown(page.record.editor.get(&join(page.path, "verbatim")));
        Self {
            number,
            of: steps(page.path).len(),
            title: step.title,
            words: if step.reads_back { words } else { Vec::new() },
            before: (number > 1).then(|| format!("{}?step={}", page.path, number - 1)),
        }
    }
}

#[derive(Serialize)]
pub(super) struct PageView {
    title: String,
    section: &'static str,
    around: Vec<(String, String)>,
    is_list: bool,
    is_new: bool,
    is_saved: bool,
    groups: Vec<GroupView>,
    /// The step, where the page is gone through one question at a time, and whether it can be.
    step: Option<StepView>,
    has_steps: bool,
    /// Where the page is saved: its path, with the step.
    address: String,
    /// The family as a drawing, on the pages about it.
    drawing: Option<serde_json::Value>,
    entries: Vec<LinkView>,
    /// The words for what is added to this list, and the page of the new entry.
    add: Option<(&'static str, String)>,
    pages: Vec<LinkView>,
    next: String,
    remarks: Vec<Remark>,
    /// The warning that this page answers.
    answered: Option<Remark>,
    conflicts: usize,
    unread: usize,
}

impl PageView {
    pub(super) fn of(page: &FormPage<'_>, layout: &PageLayout) -> Self {
        let record = page.record;
        let at = step(page.path, page.step).zip(page.step);
        let mut groups: Vec<GroupView> = match at {
            Some((step, _)) => vec![GroupView::of_step(page, layout, step)],
            None => layout.groups.iter().map(|group| GroupView::of(page, group)).collect(),
        };
        narrow_beside_texts(&mut groups);
        let on_page = |path: &str| layout.groups.iter().any(|group| group.fields.iter().any(|(own, _)| own == path));
        let own: Vec<&Problem> = record.problems.iter().filter(|it| is_at_or_under(&it.path, page.path)).collect();
        let remarks = own.iter().map(|problem| {
            let link = if on_page(&problem.path) {
                format!("#{}", element_id(&problem.path))
            } else {
                page_of(&problem.path).filter(|other| other != page.path).unwrap_or_default()
            };
            remark(record.editor, problem, link)
        });
        let entries = (0..if layout.kind == PageKind::Entries { record.editor.count(page.path) } else { 0 })
            .map(|number| {
                let title = entry_title(record.editor, page.path, number).unwrap_or_default();
                LinkView { title, number, ..link(record, &format!("{}[{number}]", page.path)) }
            })
            .collect();
        // A warning is answered where it stands, and not out of one's head.
        let add = (layout.kind == PageKind::Entries && page.path != "considered")
            .then(|| (added(page.path), first_step(&format!("{}[{}]", page.path, record.editor.count(page.path)))));
        let is_new = record.editor.get(page.path).is_none() && page.path.ends_with(']');
        let pages: Vec<LinkView> = layout.pages.iter().map(|path| link(record, path)).collect();
        let saved = page.sent.map(|(_, saved)| saved);
        Self {
            title: title(record.editor, page.path),
            section: section_of(page.path).map_or("", |section| section.title),
            around: around(record.editor, page.path),
            is_list: layout.kind == PageKind::Entries,
            is_new,
            is_saved: saved.is_some_and(|saved| saved.unread.is_empty() && saved.conflicts.is_empty()),
            groups,
            step: at.map(|(step, number)| StepView::of(page, step, number)),
            has_steps: !steps(page.path).is_empty(),
            address: at.map_or_else(|| page.path.to_owned(), |(_, number)| format!("{}?step={number}", page.path)),
            drawing: if is_at_or_under(page.path, "household") { (record.genogram)() } else { None },
            entries,
            add,
            pages: if is_new { Vec::new() } else { pages },
            next: next_of(page.path),
            remarks: remarks.collect(),
            answered: answered(page),
            conflicts: saved.map_or(0, |saved| saved.conflicts.len()),
            unread: saved.map_or(0, |saved| saved.unread.len()),
        }
    }
}

/// The warning that an entry of `considered` answers, where it is still told.
fn answered(page: &FormPage<'_>) -> Option<Remark> {
    let (list, _) = split_entry(page.path)?;
    let text = |name: &str| {
        let path = join(page.path, name);
        let filled = page.fill.iter().find(|(known, _)| *known == path).map(|(_, text)| text.clone());
        page.record.editor.get(&path).and_then(toml::Value::as_str).map(str::to_owned).or(filled).unwrap_or_default()
    };
    let (rule, place) = (text("rule"), text("at"));
    let is_meant = |problem: &&Problem| list == "considered" && problem.code == rule && problem.path == place;
    let found = page.record.problems.iter().find(is_meant)?;
    let link = page_of(&found.path).unwrap_or_default();
    Some(Remark { answer: String::new(), ..remark(page.record.editor, found, link) })
}

/// Where a page begins: at its first step, where it has steps.
fn first_step(path: &str) -> String {
    if steps(path).is_empty() { path.to_owned() } else { format!("{path}?step=1") }
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
    let Some((list, number)) = split_entry(path) else { return question(path) };
    entry_title(editor, list, number).unwrap_or_else(|| capitalised(added(list)))
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
