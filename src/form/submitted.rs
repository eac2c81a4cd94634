//! What came back from a page, and what of it is new. Only that is written: a page that comes back as it went out changes
//! nothing.

use std::collections::BTreeSet;

use super::entries::{named, new_id};
use super::layout::PageLayout;
use super::related::{joined, page_layout};
use super::values::{Unreadable, is_same_as_typed, shown, typed};
use crate::record::{EditError, Field, NewValue, RecordEditor};
use crate::text::{join, parent, split_entry};

/// The fields of a page as a browser sends them: names and texts, in order; several of one name where boxes are ticked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Submitted(Vec<(String, String)>);

/// The name under which a page says which fields it has, so that a box that nobody ticked is told from one that is not
/// there.
pub(super) const ASKED: &str = "asked";

impl Submitted {
    /// Out of names and texts.
    #[must_use]
    pub fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The first text of a name.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    /// The same without some fields, as if the page had not had them.
    #[must_use]
    pub fn without<'s>(&self, paths: impl Iterator<Item = &'s str>) -> Self {
        let paths: BTreeSet<&str> = paths.collect();
        let is_kept = |(name, text): &&(String, String)| name != ASKED || !paths.contains(text.as_str());
        Self(self.0.iter().filter(is_kept).cloned().collect())
    }

    /// Names that begin so, without that beginning, and their texts.
    pub fn beginning<'s>(&'s self, begin: &'s str) -> impl Iterator<Item = (&'s str, &'s str)> {
        self.0.iter().filter_map(move |(name, text)| Some((name.strip_prefix(begin)?, text.as_str())))
    }

    /// The texts of a field; `None` where the page did not have it.
    #[must_use]
    pub fn all(&self, path: &str) -> Option<Vec<String>> {
        let was_asked = self.0.iter().any(|(name, text)| name == ASKED && text == path);
        was_asked.then(|| self.0.iter().filter(|(name, _)| name == path).map(|(_, text)| text.clone()).collect())
    }
}

/// A text that is no value of its field. It is shown again as it was typed, and nothing is written there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The field.
    pub path: String,
    /// What to write instead.
    pub words: &'static str,
}

/// A field that somebody else has changed since the page went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The field.
    pub path: String,
    /// What the record says now.
    pub theirs: Vec<String>,
}

/// What became of a page that came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// The fields that were changed.
    pub changed: Vec<String>,
    /// Texts that are no values.
    pub unread: Vec<Unread>,
    /// Fields that say something else by now; nothing is written there.
    pub conflicts: Vec<Conflict>,
    /// The entry that was begun, by its path.
    pub begun: Option<String>,
}

/// Writes what is new on a page into a record. `base` is the record as it was when the page went out, if it has changed
/// since: what somebody else has changed meanwhile is not written over.
///
/// # Errors
/// [`EditError`] where a value has no place in the record's text; then nothing of the page is written.
pub fn apply(
    editor: &mut RecordEditor,
    base: Option<&RecordEditor>,
    page: &str,
    submitted: &Submitted,
) -> Result<Saved, EditError> {
    let page_layout = page_layout(editor, page).ok_or_else(|| EditError::NoSuchField(page.to_owned()))?;
    let mut saved = Saved::default();
    let mut changes: Vec<(String, Option<NewValue>)> = Vec::new();
    for (path, field) in fields(&page_layout) {
        let Some(sent) = submitted.all(path) else { continue };
        let names = named(path);
        let now = editor.get(path);
        let was = base.map_or(now, |base| base.get(path));
        if is_same_as_typed(now, &sent, field, names) || is_same_as_typed(was, &sent, field, names) {
            continue;
        }
        if was != now || base.is_some_and(|base| !is_same_entry(base, editor, path)) {
            saved.conflicts.push(Conflict { path: path.to_owned(), theirs: shown(now) });
            continue;
        }
        match typed(&sent, field, names, now) {
            Ok(value) => changes.push((path.to_owned(), value)),
            Err(error) => saved.unread.push(unread(path, error)),
        }
    }
    saved.conflicts.extend(homeless(&page_layout, editor, submitted));
    let mut changed = editor.clone();
    if changes.iter().any(|(_, value)| value.is_some()) {
        saved.begun = begin(&mut changed, page)?;
    }
    for (path, value) in changes {
        if let Some(entry) = entry_around(&path).filter(|entry| value.is_some() && *entry != page) {
            begin_beside(&mut changed, page, entry)?;
        }
        match value {
            Some(value) => changed.set(&path, &value)?,
            None => changed.remove(&path)?,
        }
        saved.changed.push(path);
    }
    *editor = changed;
    Ok(saved)
}

fn fields(layout: &PageLayout) -> impl Iterator<Item = (&str, &'static Field)> {
    layout.groups.iter().flat_map(|group| group.fields.iter().map(|(path, field)| (path.as_str(), *field)))
}

/// What was typed into fields that the page does not have any more, because somebody took out what it was about.
fn homeless(layout: &PageLayout, editor: &RecordEditor, submitted: &Submitted) -> Vec<Conflict> {
    let asked = submitted.0.iter().filter(|(name, _)| name == ASKED).map(|(_, path)| path);
    let is_gone = |path: &&String| fields(layout).all(|(known, _)| known != path.as_str());
    let is_typed =
        |path: &&String| submitted.all(path).is_some_and(|texts| texts.iter().any(|text| !text.trim().is_empty()));
    let theirs = |path: &String| Conflict { path: path.clone(), theirs: shown(editor.get(path)) };
    asked.filter(is_gone).filter(is_typed).map(theirs).collect()
}

fn unread(path: &str, error: Unreadable) -> Unread {
    Unread { path: path.to_owned(), words: error.words() }
}

/// Begins the entry of a page that stands behind the last one of its list; answers its path.
fn begin(editor: &mut RecordEditor, page: &str) -> Result<Option<String>, EditError> {
    let Some((list, number)) = split_entry(page) else { return Ok(None) };
    let count = editor.count(list);
    if number < count {
        return Ok(None);
    }
    if number > count {
        return Err(EditError::NoPlace(page.to_owned()));
    }
    let id = new_id(editor, list).map(|id| ("id", NewValue::Text(id)));
    editor.push(list, id.as_slice())?;
    Ok(Some(page.to_owned()))
}

/// The entry in which a path stands.
fn entry_around(path: &str) -> Option<&str> {
    std::iter::successors(Some(path), |at| Some(parent(at)).filter(|at| !at.is_empty())).find(|at| at.ends_with(']'))
}

/// Begins an entry of another list than the page's own, and joins it to the page.
fn begin_beside(editor: &mut RecordEditor, page: &str, entry: &str) -> Result<(), EditError> {
    if begin(editor, entry)?.is_none() {
        return Ok(());
    }
    if let Some((list, _)) = split_entry(page).filter(|_| editor.is_blank(&join(page, "id")))
        && let Some(id) = new_id(editor, list)
    {
        editor.set(&join(page, "id"), &NewValue::Text(id))?;
    }
    match joined(editor, page, entry) {
        Some((name, value)) => editor.set(&join(entry, name), &NewValue::Text(value)),
        None => Ok(()),
    }
}

/// Whether the entries around a path are the same in two records: entries may have changed places.
fn is_same_entry(base: &RecordEditor, now: &RecordEditor, path: &str) -> bool {
    let mut around = path;
    while !around.is_empty() {
        if around.ends_with(']') {
            let id = |record: &RecordEditor| record.get(&join(around, "id")).cloned();
            if id(base) != id(now) {
                return false;
            }
        }
        around = parent(around);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::layout::{PageKind, layout};
    use crate::form::sections::SECTIONS;

    const EXAMPLES: [&str; 4] = [
        include_str!("../../examples/records/01-nothing-to-worry.toml"),
        include_str!("../../examples/records/03-cp-plan-and-ehcp.toml"),
        include_str!("../../examples/records/04-looked-after.toml"),
        include_str!("../../examples/records/08-several-scripts.toml"),
    ];

    /// Every page of a record, with those of all its entries.
    fn pages(editor: &RecordEditor) -> Vec<String> {
        let mut pages: Vec<String> =
            SECTIONS.iter().flat_map(|section| section.pages).map(|page| (*page).to_owned()).collect();
        let mut at = 0;
        while let Some(page) = pages.get(at).cloned() {
            at += 1;
            let layout = layout(&page).unwrap();
            if layout.kind == PageKind::Entries {
                pages.extend((0..=editor.count(&page)).map(|number| format!("{page}[{number}]")));
            }
            // A page that is not begun has none that hang on it.
            pages.extend(layout.pages.into_iter().filter(|inner| editor.get(inner).is_some() || !inner.contains('[')));
        }
        pages
    }

    /// A page as it comes back when nobody has touched it, with the ends of lines that a browser sends.
    fn untouched(editor: &RecordEditor, page: &str) -> Vec<(String, String)> {
        let mut sent = Vec::new();
        for (path, field) in fields(&page_layout(editor, page).unwrap()) {
            sent.push((ASKED.to_owned(), path.to_owned()));
            let names = named(path);
            let texts = crate::form::values::shown_as(editor.get(path), names);
            use crate::form::values::Widget;
            match Widget::of(field, names) {
                Widget::Lines | Widget::Counts => sent.push((path.to_owned(), texts.join("\r\n"))),
                Widget::Choices => sent.extend(texts.into_iter().rev().map(|text| (path.to_owned(), text))),
                _ => sent.push((path.to_owned(), texts.first().cloned().unwrap_or_default().replace('\n', "\r\n"))),
            }
        }
        sent
    }

    #[test]
    fn a_page_that_comes_back_as_it_went_out_changes_nothing() {
        let mut number = 0;
        for example in EXAMPLES {
            for text in [example.to_owned(), example.replace('\n', "\r\n")] {
                let editor = RecordEditor::new(&text).unwrap();
                for page in pages(&editor) {
                    let mut after = editor.clone();
                    let saved = apply(&mut after, None, &page, &Submitted::new(untouched(&editor, &page))).unwrap();
                    assert_eq!(saved, Saved::default(), "{page}");
                    assert_eq!(after.finish().unwrap(), text, "{page}");
                    number += 1;
                }
            }
        }
        assert!(number > 800, "{number}");
    }

    #[test]
    fn only_what_was_typed_changes() {
        let mut number = 0;
        for example in EXAMPLES {
            let editor = RecordEditor::new(example).unwrap();
            for page in pages(&editor).into_iter().step_by(3) {
                for (path, field) in fields(&layout(&page).unwrap()) {
                    if !matches!(field.shape, crate::record::ValueType::Text)
                        || named(path) != crate::form::values::Named::Nothing
                    {
                        continue;
                    }
                    let mut sent = untouched(&editor, &page);
                    sent.retain(|(name, _)| name != path);
                    sent.push((path.to_owned(), "Something new".to_owned()));
                    let mut after = editor.clone();
                    let saved = apply(&mut after, None, &page, &Submitted::new(sent)).unwrap();
                    assert_eq!(saved.changed, [path], "{page}");
                    let text = after.finish().unwrap();
                    let after = RecordEditor::new(&text).unwrap();
                    assert_eq!(after.get(path).and_then(toml::Value::as_str), Some("Something new"));
                    let comments = |text: &str| text.lines().filter(|line| line.starts_with('#')).count();
                    assert_eq!(comments(&text), comments(example));
                    number += 1;
                }
            }
        }
        assert!(number > 300, "{number}");
    }

    #[test]
    fn an_entry_is_begun_when_something_is_typed_and_gets_a_name() {
        let mut editor = RecordEditor::new("schema_version = 1\n").unwrap();
        let sent = |text: &str| {
            Submitted::new(vec![
                (ASKED.to_owned(), "risks[0].description".to_owned()),
                ("risks[0].description".to_owned(), text.to_owned()),
            ])
        };
        assert_eq!(apply(&mut editor, None, "risks[0]", &sent(" ")), Ok(Saved::default()));
        assert_eq!(editor.count("risks"), 0);
        let saved = apply(&mut editor, None, "risks[0]", &sent("Hunger")).unwrap();
        assert_eq!(saved.begun.as_deref(), Some("risks[0]"));
        assert_eq!(editor.get("risks[0].id").and_then(toml::Value::as_str), Some("r1"));
        let far = Submitted::new(vec![
            (ASKED.to_owned(), "risks[7].description".to_owned()),
            ("risks[7].description".to_owned(), "x".to_owned()),
        ]);
        assert!(apply(&mut editor, None, "risks[7]", &far).is_err());
    }

    fn text<'e>(editor: &'e RecordEditor, path: &str) -> Option<&'e str> {
        editor.get(path).and_then(toml::Value::as_str)
    }

    #[test]
    fn an_action_typed_beside_a_worry_answers_it() {
        let mut editor = RecordEditor::new("[[voice.worries]]\ntext = \"The bus\"\n").unwrap();
        let action = |number: usize, words: &str| {
            let path = format!("transition_plan.actions[{number}].what");
            Submitted::new(vec![(ASKED.to_owned(), path.clone()), (path, words.to_owned())])
        };
        apply(&mut editor, None, "voice.worries[0]", &action(0, "Ride it once in July")).unwrap();
        assert_eq!(text(&editor, "voice.worries[0].id"), Some("w1"));
        assert_eq!(text(&editor, "transition_plan.actions[0].for_worry"), Some("w1"));
        // What is typed again goes into the same one, and one more is another.
        apply(&mut editor, None, "voice.worries[0]", &action(0, "Ride it twice in July")).unwrap();
        apply(&mut editor, None, "voice.worries[0]", &action(1, "Go with Amir")).unwrap();
        assert_eq!(editor.count("transition_plan.actions"), 2);
        assert_eq!(text(&editor, "transition_plan.actions[0].what"), Some("Ride it twice in July"));
        // One that answers another worry is not the page's to change, and what was typed is not lost unsaid.
        editor.set("transition_plan.actions[1].for_worry", &NewValue::Text("w9".to_owned())).unwrap();
        let saved = apply(&mut editor, None, "voice.worries[0]", &action(1, "x")).unwrap();
        assert!(saved.changed.is_empty() && saved.conflicts.len() == 1, "{saved:?}");
    }

    #[test]
    fn what_somebody_else_has_changed_is_not_written_over() {
        let base = RecordEditor::new(EXAMPLES[0]).unwrap();
        let mut now = base.clone();
        now.set("pupil.legal_surname", &NewValue::Text("Theirs".to_owned())).unwrap();
        let mut sent = untouched(&base, "pupil");
        for (path, words) in [("pupil.legal_surname", "Ours"), ("pupil.legal_forename", "New")] {
            sent.retain(|(name, _)| name != path);
            sent.push((path.to_owned(), words.to_owned()));
        }
        let saved = apply(&mut now, Some(&base), "pupil", &Submitted::new(sent)).unwrap();
        assert_eq!(saved.changed, ["pupil.legal_forename"]);
        let theirs = vec!["Theirs".to_owned()];
        assert_eq!(saved.conflicts, [Conflict { path: "pupil.legal_surname".to_owned(), theirs }]);
        assert_eq!(now.get("pupil.legal_surname").and_then(toml::Value::as_str), Some("Theirs"));
        // Entries that changed places are not taken for one another.
        let base = RecordEditor::new(EXAMPLES[1]).unwrap();
        let mut now = base.clone();
        now.swap_with_next("risks", 0).unwrap();
        let mut sent = untouched(&base, "risks[0]");
        sent.retain(|(name, _)| name != "risks[0].resolved_basis");
        sent.push(("risks[0].resolved_basis".to_owned(), "x".to_owned()));
        let saved = apply(&mut now, Some(&base), "risks[0]", &Submitted::new(sent)).unwrap();
        assert!(saved.changed.is_empty() && saved.conflicts.len() == 1, "{saved:?}");
    }
}
