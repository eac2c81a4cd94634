//! One field as it is shown.

use super::entries::{choices, facts, named, references};
use super::questions::question;
use super::steps::Circle;
use super::values::{Named, Widget, shown, shown_as};
use super::views::{FieldView, FormPage, OptionView, element_id, remark};
use crate::circle::Audience;
use crate::record::{Field, Reader, RecordEditor, TextKind, ValueType, field_texts, fields_at, keyword_label};
use crate::text::{capitalised, join, parent, without_numbers};

/// A choice with more words than this is a list to open.
const MOST_BUTTONS: usize = 7;

/// A field of a page, with all that is known about it.
pub(super) fn field_view(page: &FormPage<'_>, path: &str, field: &'static Field) -> FieldView {
    let record = page.record;
    let named = named(path);
    let widget = Widget::of(field, named);
    let plain = without_numbers(path);
    let told = field_texts().iter().find(|text| text.path == plain);
    let saved = page.sent.map(|(_, saved)| saved);
    let unread = saved.and_then(|saved| saved.unread.iter().find(|unread| unread.path == path));
    let conflict = saved.and_then(|saved| saved.conflicts.iter().find(|conflict| conflict.path == path));
    let filled = || page.fill.iter().filter(|(name, _)| name == path).map(|(_, text)| text.clone()).collect();
    let now = if record.editor.is_blank(path) { filled() } else { shown_as(record.editor.get(path), named) };
    // What could not be written stands there as it was typed.
    let texts = match page.sent.filter(|_| unread.is_some() || conflict.is_some()) {
        Some((submitted, _)) => submitted.all(path).unwrap_or_default(),
        None => now,
    };
    let options = options(record.editor, path, field, widget, &texts);
    let is_settled = matches!(plain.as_str(), "considered.rule" | "considered.at") && !texts.concat().is_empty();
    let kind = match widget {
        // Which warning is answered is said above the questions, in its own words.
        _ if is_settled && unread.is_none() && conflict.is_none() => "hidden",
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
        // Where something stands, nobody needs one.
        example: told.filter(|_| text.is_empty()).and_then(|told| example(told.example.as_deref()?, widget)),
        kind,
        rows: rows(&text, is_exact, field),
        readers: is_free.then(|| readers(record.editor, path)),
        written_at: if options.is_empty() { written_at(path) } else { Vec::new() },
        options,
        narrow: None,
        narrow_at: None,
        kept: Vec::new(),
        origin: (record.origin)(path),
        from_school: if record.editor.is_blank(path) { (record.from_school)(path) } else { None },
        suggestions: (record.suggested)(&plain),
        most: field.most.filter(|_| is_text && widget != Widget::Lines),
        is_exact,
        unread: unread.map(|unread| unread.words),
        theirs: conflict.map(|conflict| conflict.theirs.join("\n")),
        remarks: remarks.map(|problem| remark(record.editor, problem, String::new())).collect(),
        path: path.to_owned(),
        text,
    }
}

/// The question about one circle alone, out of the one about all.
pub(super) fn of_circle(field: FieldView, circle: Circle) -> FieldView {
    let key = circle.audience.key();
    let (own, others): (Vec<OptionView>, Vec<OptionView>) =
        field.options.into_iter().partition(|option| option.value == key);
    let kept: Vec<String> = others.into_iter().filter(|option| option.is_on).map(|option| option.value).collect();
    let is_yes = own.iter().any(|option| option.is_on);
    let option =
        |value: &str, label: &str, is_on| OptionView { value: value.to_owned(), label: label.to_owned(), is_on };
    FieldView {
        id: format!("{}{key}", field.id),
        question: circle.question.to_owned(),
        hint: circle.hint.to_owned(),
        kind: "circle",
        options: vec![option(key, "Yes", is_yes), option("", "No", !is_yes && !kept.is_empty())],
        kept,
        ..field
    }
}

/// The lists in which what a field names is written.
fn written_at(path: &str) -> Vec<(String, String)> {
    references(path).unwrap_or_default().iter().map(|list| ((*list).to_owned(), question(list))).collect()
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
        ["`", "quotes", "one line each", "Without it", "Required", "one short line"]
            .iter()
            .any(|words| sentence.contains(words))
    };
    let mut sentences = description.split_inclusive(". ").map(str::trim);
    let first = sentences.next().and_then(|first| first.split_once(": ")).map(|(_, rest)| rest);
    let words: Vec<&str> = first.into_iter().chain(sentences).filter(|sentence| !is_of_files(sentence)).collect();
    let mut words = capitalised(&words.join(" "));
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

fn options(editor: &RecordEditor, path: &str, field: &Field, widget: Widget, texts: &[String]) -> Vec<OptionView> {
    let keywords = |keywords: &[String]| -> Vec<(String, String)> {
        keywords.iter().map(|keyword| (keyword.clone(), keyword_label(keywords, keyword))).collect()
    };
    let mut known = match (&field.shape, references(path)) {
        _ if named(path) == Named::Facts => facts(editor),
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
    // Nothing follows itself.
    if without_numbers(path) == "chronology.follows" {
        let own = editor.get(&join(parent(path), "id")).and_then(toml::Value::as_str).unwrap_or_default();
        known.retain(|(value, _)| value != own || texts.contains(value));
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
