//! A field as it is shown, and as it is typed.

use std::collections::BTreeMap;

use crate::record::{Day, Field, NewValue, TextKind, ValueType, WrittenDay, written_day};

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Widget {
    /// A text of one line.
    Line,
    /// A text of sentences.
    Area,
    /// A list of texts, one a line.
    Lines,
    /// A day.
    Day,
    /// A number.
    Number,
    /// Yes or no.
    YesNo,
    /// One of some words.
    Choice,
    /// Some of some words.
    Choices,
    /// Numbers by words of the school's own, one a line.
    Counts,
}

/// What a field names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// Nothing.
    Nothing,
    /// Entries of lists, by their `id`s.
    Entries,
    /// Facts of the record, several in one text with commas between them.
    Facts,
}

impl Widget {
    /// Of a field, and what it names.
    pub(super) fn of(field: &Field, named: Named) -> Self {
        let names = named == Named::Entries;
        match &field.shape {
            ValueType::Text if named == Named::Facts => Self::Choices,
            ValueType::Choice(_) => Self::Choice,
            ValueType::List(inner) if names || matches!(**inner, ValueType::Choice(_)) => Self::Choices,
            ValueType::List(_) => Self::Lines,
            ValueType::Text if names => Self::Choice,
            ValueType::Text if field.is_line() => Self::Line,
            ValueType::Date => Self::Day,
            ValueType::Integer | ValueType::Number => Self::Number,
            ValueType::Boolean => Self::YesNo,
            ValueType::Map(_) => Self::Counts,
            ValueType::Text | ValueType::Table(_) => Self::Area,
        }
    }
}

/// Why what was typed could not be kept as a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unreadable {
    Day,
    AmbiguousDay,
    Number,
    Counts,
}

impl Unreadable {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Day => "This is not a day. Write it like 14 November 2025.",
            Self::AmbiguousDay => "This could be two days. Write the month as a word: 3 April 2025.",
            Self::Number => "This is not a number.",
            Self::Counts => "Write one code and its number a line, like: I 12",
        }
    }
}

/// What stands in the fields of a form for a value: one text, or one for each box that is ticked.
#[must_use]
pub fn shown(value: Option<&toml::Value>) -> Vec<String> {
    match value {
        None => Vec::new(),
        Some(toml::Value::Array(items)) => items.iter().map(one).collect(),
        Some(toml::Value::Table(counts)) => {
            counts.iter().map(|(code, count)| format!("{code} {}", one(count))).collect()
        }
        Some(value) => vec![one(value)],
    }
}

/// The same of a field that names something: facts stand in one text.
pub(super) fn shown_as(value: Option<&toml::Value>, named: Named) -> Vec<String> {
    match (value, named) {
        (Some(toml::Value::String(text)), Named::Facts) => {
            text.split(',').map(str::trim).filter(|fact| !fact.is_empty()).map(str::to_owned).collect()
        }
        _ => shown(value),
    }
}

fn one(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Boolean(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        toml::Value::Datetime(written) => {
            let written = written.to_string();
            written.parse::<Day>().map_or(written, Day::long)
        }
        value => value.to_string(),
    }
}

/// Texts as a browser sends them: lines end in one way, and a list of lines has none that is empty.
pub(super) fn as_sent(texts: &[String], widget: Widget) -> Vec<String> {
    let plain = |text: &String| text.replace("\r\n", "\n").replace('\r', "\n");
    match widget {
        Widget::Lines | Widget::Counts => {
            let lines = texts.iter().map(plain).collect::<Vec<_>>().join("\n");
            lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
        }
        _ => texts.iter().map(plain).filter(|text| !text.trim().is_empty()).collect(),
    }
}

/// Whether what was sent is what the form would show for a value.
pub(super) fn is_same_as_typed(value: Option<&toml::Value>, sent: &[String], field: &Field, named: Named) -> bool {
    let widget = Widget::of(field, named);
    let (now, sent) = (as_sent(&shown_as(value, named), widget), as_sent(sent, widget));
    if widget == Widget::Choices {
        // Boxes come in the order of the page.
        let sorted = |mut texts: Vec<String>| {
            texts.sort_unstable();
            texts
        };
        return sorted(now) == sorted(sent);
    }
    now == sent
}

/// The value that was typed; `None` where the field was emptied and is to be taken out.
pub(super) fn typed(
    sent: &[String],
    field: &Field,
    named: Named,
    now: Option<&toml::Value>,
) -> Result<Option<NewValue>, Unreadable> {
    let widget = Widget::of(field, named);
    let sent = as_sent(sent, widget);
    let first = sent.first().cloned().unwrap_or_default();
    let is_exact = matches!(field.text, Some(TextKind::Exact | TextKind::Translation));
    let plain = if is_exact { first.clone() } else { first.trim().to_owned() };
    Ok(match widget {
        Widget::Line | Widget::Area => Some(NewValue::Text(plain)),
        Widget::Choice | Widget::YesNo | Widget::Day | Widget::Number if sent.is_empty() => None,
        Widget::Choice => Some(NewValue::Text(plain)),
        Widget::YesNo => Some(NewValue::YesNo(plain == "yes")),
        Widget::Day => match written_day(&plain) {
            WrittenDay::Day(day) => Some(NewValue::Day(day)),
            WrittenDay::Ambiguous(_) => return Err(Unreadable::AmbiguousDay),
            WrittenDay::Unknown => return Err(Unreadable::Day),
        },
        Widget::Number => {
            let digits: String = plain.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
            Some(match &field.shape {
                ValueType::Integer => NewValue::Whole(digits.parse().map_err(|_error| Unreadable::Number)?),
                _ => NewValue::Number(digits.trim_end_matches('%').parse().map_err(|_error| Unreadable::Number)?),
            })
        }
        Widget::Lines => Some(NewValue::Texts(sent)),
        Widget::Choices => {
            let chosen = in_old_order(&sent, &shown_as(now, named));
            Some(if named == Named::Facts { NewValue::Text(chosen.join(", ")) } else { NewValue::Texts(chosen) })
        }
        Widget::Counts if sent.is_empty() => None,
        Widget::Counts => Some(NewValue::Counts(counts(&sent).ok_or(Unreadable::Counts)?)),
    })
}

/// What is ticked, in the order in which it stood; what is new comes after it.
fn in_old_order(sent: &[String], old: &[String]) -> Vec<String> {
    let kept = old.iter().filter(|text| sent.contains(text)).cloned();
    let new = sent.iter().filter(|text| !old.contains(text)).cloned();
    kept.chain(new).collect()
}

fn counts(lines: &[String]) -> Option<BTreeMap<String, i64>> {
    let count = |line: &String| {
        let (code, number) = line.rsplit_once([' ', '=', ':', '\t'])?;
        let code = code.trim_matches(|c: char| c.is_whitespace() || "=:\"".contains(c));
        let number = number.trim().parse().ok()?;
        (!code.is_empty()).then(|| (code.to_owned(), number))
    };
    lines.iter().map(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::fields_at;

    fn field(table: &str, name: &str) -> &'static Field {
        &fields_at(table).unwrap()[name]
    }

    fn sent(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn days_are_read_as_they_are_written_here() {
        let dob = field("pupil", "dob");
        let typed = |text: &str| typed(&sent(&[text]), dob, Named::Nothing, None);
        let day = Ok(Some(NewValue::Day("2015-04-03".parse().unwrap())));
        assert_eq!(typed("3 April 2015"), day);
        assert_eq!(typed("2015-04-03"), day);
        assert_eq!(typed(" "), Ok(None));
        assert_eq!(typed("3/4/2015"), Err(Unreadable::AmbiguousDay));
        assert_eq!(typed("April"), Err(Unreadable::Day));
    }

    #[test]
    fn a_childs_words_are_kept_to_the_letter_and_other_texts_lose_the_space_around_them() {
        let words =
            |table: &str, name: &str| typed(&sent(&["  I like\r\nit  "]), field(table, name), Named::Nothing, None);
        assert_eq!(words("voice.entries[0]", "verbatim"), Ok(Some(NewValue::Text("  I like\nit  ".to_owned()))));
        assert_eq!(words("voice.entries[0]", "setting"), Ok(Some(NewValue::Text("I like\nit".to_owned()))));
    }

    #[test]
    fn boxes_keep_the_order_of_the_file() {
        let shared = field("voice", "agreed_to_share_with");
        let now: toml::Value = toml::Value::Array(vec!["senco".into(), "pastoral".into()]);
        assert!(is_same_as_typed(Some(&now), &sent(&["pastoral", "senco"]), shared, Named::Nothing));
        let more = typed(&sent(&["pastoral", "senco", "dsl"]), shared, Named::Nothing, Some(&now));
        assert_eq!(more, Ok(Some(NewValue::Texts(sent(&["senco", "pastoral", "dsl"])))));
    }

    #[test]
    fn numbers_and_codes() {
        let possible = field("attendance.periods[0]", "possible");
        assert_eq!(typed(&sent(&["1,380"]), possible, Named::Nothing, None), Ok(Some(NewValue::Whole(1380))));
        assert_eq!(typed(&sent(&["many"]), possible, Named::Nothing, None), Err(Unreadable::Number));
        let codes = field("attendance.periods[0]", "codes");
        let counted = NewValue::Counts([("I".to_owned(), 12), ("M".to_owned(), 4)].into());
        assert_eq!(typed(&sent(&["I 12\r\nM = 4\r\n"]), codes, Named::Nothing, None), Ok(Some(counted)));
        assert_eq!(typed(&sent(&["I"]), codes, Named::Nothing, None), Err(Unreadable::Counts));
    }

    #[test]
    fn facts_stand_in_one_text() {
        let fact = field("weighed[0]", "fact");
        let now: toml::Value = "c2,plans".into();
        assert!(is_same_as_typed(Some(&now), &sent(&["plans", "c2"]), fact, Named::Facts));
        let more = typed(&sent(&["c1", "c2", "plans"]), fact, Named::Facts, Some(&now));
        assert_eq!(more, Ok(Some(NewValue::Text("c2, plans, c1".to_owned()))));
    }
}
