//! A view as the templates read it: with its texts printable, and with what they would have to search all texts for.

use serde_json::Value;

use super::engine::Typesetter;
use super::printable::{Care, Printer};
use super::view::{Block, Section, View};

/// What the page says where a character was named instead of printed.
const NAMED: &str = "Words in square brackets and capitals name a character that cannot be printed here. \
                     The data that go with these pages have it as it was written.";

/// More than so many bytes of JSON are too much to be kept together with what ends a document.
const LONG_ENDING: usize = 1800;

/// A telephone number has at least so many digits and spaces.
const SHORTEST_NUMBER: usize = 9;

/// A view as JSON, with its texts printable; and a word about it where a character had to be named. Beside the fields of
/// the view stand `plain` (whether the first family of fonts has all of its text), `numbers` (whether a telephone number
/// may be in it, of the view and of each section) and `long_ending`.
pub(super) fn view_data(engine: &dyn Typesetter, view: &View, care: Care) -> serde_json::Result<Vec<u8>> {
    let together = |text: &str| engine.has_together(text);
    let mut printer = Printer::new(care, &together);
    let mut data = serde_json::to_value(view)?;
    printer.value(&mut data);
    let Value::Object(mut fields) = data else { return serde_json::to_vec(&data) };
    let mut sections = match fields.remove("sections") {
        Some(Value::Array(sections)) => sections,
        _ => Vec::new(),
    };
    if printer.has_named {
        sections.push(serde_json::to_value(Section::new("", vec![Block::notice(NAMED)]))?);
    }
    let is_plain = |text: &str| engine.is_plain(text);
    let is_all_plain = all_texts(&sections, &is_plain) && all_texts(fields.values(), &is_plain);
    let has_numbers = !all_texts(fields.values(), &has_no_number);
    let is_long = length_of_ending(&sections, view.compact)? > LONG_ENDING;
    for section in sections.iter_mut().filter_map(Value::as_object_mut) {
        let has_numbers = !all_texts(section.values(), &has_no_number);
        section.insert("numbers".to_owned(), has_numbers.into());
    }
    fields.insert("sections".to_owned(), sections.into());
    let known = [("plain", is_all_plain), ("numbers", has_numbers), ("long_ending", is_long)];
    fields.extend(known.map(|(name, is_so)| (name.to_owned(), is_so.into())));
    serde_json::to_vec(&fields)
}

/// Whether all texts of some values are of a kind.
fn all_texts<'v>(values: impl IntoIterator<Item = &'v Value>, is_so: &impl Fn(&str) -> bool) -> bool {
    values.into_iter().all(|value| match value {
        Value::String(text) => is_so(text),
        Value::Array(items) => all_texts(items, is_so),
        Value::Object(fields) => all_texts(fields.values(), is_so),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    })
}

/// Whether a text surely has no telephone number in it.
fn has_no_number(text: &str) -> bool {
    !text.split(|c: char| !c.is_numeric() && c != ' ').any(|run| run.trim().chars().count() >= SHORTEST_NUMBER)
}

/// How long what goes along with the end of a document is, in bytes of JSON: the last block of the last section but one, or
/// that whole section where it has no other block or text runs on.
fn length_of_ending(sections: &[Value], is_compact: bool) -> serde_json::Result<usize> {
    let Some(section) = sections.len().checked_sub(2).and_then(|number| sections.get(number)) else { return Ok(0) };
    let blocks = section.get("blocks").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let along = if is_compact || blocks.len() < 2 { blocks } else { blocks.split_at(blocks.len() - 1).1 };
    along.iter().map(|block| serde_json::to_vec(block).map(|bytes| bytes.len())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_telephone_number_is_found() {
        for number in ["01539 555 0101", "ring +44 1539 5550101.", "123456789", "1 2 3 4 5", "٠١٢٣٤٥٦٧٨"] {
            assert!(!has_no_number(number), "{number}");
        }
        for none in ["", "10 July 2026", "in 2019 and 2020", "12345678", "        ", "K7Q2-9M3X"] {
            assert!(has_no_number(none), "{none}");
        }
    }

    #[test]
    fn the_ending_is_the_last_block_of_the_last_section_but_one() {
        let section = |blocks: &[&str]| serde_json::json!({ "blocks": blocks });
        let length = |sections: &[Value], is_compact| length_of_ending(sections, is_compact).unwrap();
        assert_eq!(length(&[section(&["one"])], false), 0);
        assert_eq!(length(&[section(&["one", "three"]), section(&["end"])], false), 7);
        assert_eq!(length(&[section(&["one", "three"]), section(&["end"])], true), 12);
        assert_eq!(length(&[section(&["one"]), section(&["end"])], false), 5);
    }
}
