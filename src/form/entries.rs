//! Entries of lists: how each is called, and which fields name one of them.

use super::values::Named;
use crate::check::FACTS;
use crate::record::{Day, RecordEditor, ValueType, fields_at, keyword_label};
use crate::text::{capitalised, join, without_numbers};

/// Fields that hold the `id`s of entries, and of which lists.
const REFERENCES: [(&str, &[&str]); 11] = [
    ("risks.evidence", &["chronology"]),
    ("transition_plan.voice_ref", &["voice.entries"]),
    ("transition_plan.actions.for_worry", &["voice.worries"]),
    ("transition_plan.actions.voice_ref", &["voice.entries"]),
    ("attendance.plan.child_view_ref", &["voice.entries"]),
    ("household.relations.a", &["household.people"]),
    ("household.relations.b", &["household.people"]),
    ("plan_coordination.plans", &["plans"]),
    ("chronology.follows", &["chronology"]),
    ("care.orders.about", &["household.people"]),
    ("moves.secure_stays.who", &["household.people"]),
];

/// The beginnings of the `id`s of each list.
const IDS: [(&str, &str); 8] = [
    ("voice.entries", "v"),
    ("voice.worries", "w"),
    ("chronology", "c"),
    ("risks", "r"),
    ("plans", "pl"),
    ("assessments", "a"),
    ("services", "s"),
    ("household.people", "p"),
];

/// So many characters of an entry's own words stand in its title.
const LONGEST: usize = 70;

/// The lists whose entries a field names; `None` for fields that name none.
pub(super) fn references(path: &str) -> Option<&'static [&'static str]> {
    let plain = without_numbers(path);
    REFERENCES.iter().find(|(known, _)| *known == plain).map(|(_, lists)| *lists)
}

/// What a field names.
pub(super) fn named(path: &str) -> Named {
    match without_numbers(path).as_str() {
        "weighed.fact" => Named::Facts,
        _ if references(path).is_some() => Named::Entries,
        _ => Named::Nothing,
    }
}

/// The facts that can be weighed: entries by their `id`s, then what is named by its section.
pub(super) fn facts(editor: &RecordEditor) -> Vec<(String, String)> {
    let mut known = choices(editor, &["chronology", "plans", "services", "assessments"]);
    let people = choices(editor, &["household.people"]);
    known.extend(people.into_iter().map(|(id, title)| (id, format!("Something that is recorded about: {title}"))));
    let words = |name: &str| match KEYWORDS.iter().find(|(known, _)| *known == name) {
        Some((_, words)) => (*words).to_owned(),
        None => capitalised(&name.replace('_', " ")),
    };
    known.extend(FACTS.iter().map(|name| ((*name).to_owned(), words(name))));
    known
}

/// What those facts are called that have no entry of their own, where their key does not say it.
const KEYWORDS: [(&str, &str); 14] = [
    ("part_time", "A part-time timetable"),
    ("early_help", "What was decided about Early Help"),
    ("indicators", "Signs of a need for Early Help"),
    ("secure_stays", "A stay in a secure setting"),
    ("orders", "Court orders"),
    ("refuge", "A refuge, or emergency accommodation"),
    ("household", "The people around the child"),
    ("engagement", "How the family takes part"),
    ("voice", "What the child says"),
    ("sen", "Special educational needs"),
    ("care", "Time in care, and the legal status"),
    ("services", "Services outside the school"),
    ("sharing", "What is held back, and from whom"),
    ("consents", "Consents that were refused"),
];

/// What an entry is called: its day and its first words; `None` where there is no such entry.
pub(super) fn entry_title(editor: &RecordEditor, list: &str, number: usize) -> Option<String> {
    let path = format!("{list}[{number}]");
    let entry = editor.get(&path)?.as_table()?;
    // Who may read it is not what it is called.
    let is_about_it = |name: &str| !["id", "audience", "agreed_to_share_with", "laestab", "urn"].contains(&name);
    let mut fields: Vec<_> = fields_at(&path)?.iter().filter(|(name, _)| is_about_it(name)).collect();
    fields.sort_by_key(|(_, field)| field.order);
    let (mut day, mut words) = (None, Vec::new());
    for (name, field) in fields {
        match (entry.get(name), &field.shape) {
            (Some(toml::Value::Integer(year)), ValueType::Integer) if name == "academic_year" => {
                day = Some(format!("{year}/{:02}", (year + 1) % 100));
            }
            (Some(toml::Value::Datetime(written)), ValueType::Date) if day.is_none() => {
                day = written.to_string().parse::<Day>().ok().map(Day::long);
            }
            (Some(toml::Value::String(key)), ValueType::Choice(keys)) => words.push(keyword_label(keys, key)),
            (Some(toml::Value::String(id)), ValueType::Text) if references(&join(&path, name)).is_some() => {
                let known = choices(editor, references(&join(&path, name)).unwrap_or_default());
                let named = known.into_iter().find(|(other, _)| other == id).map(|(_, title)| title);
                words.push(named.unwrap_or_else(|| id.clone()));
            }
            (Some(toml::Value::String(text)), ValueType::Text) if !text.trim().is_empty() => words.push(text.clone()),
            (Some(toml::Value::Array(items)), ValueType::List(inner)) if words.is_empty() && name == "sections" => {
                if let ValueType::Choice(keys) = &**inner {
                    let labels = items.iter().filter_map(|item| Some(keyword_label(keys, item.as_str()?)));
                    words.push(labels.collect::<Vec<_>>().join(", "));
                }
            }
            (Some(toml::Value::Integer(number)), ValueType::Integer) if words.is_empty() => {
                words.push(number.to_string());
            }
            _ => {}
        }
        if words.len() == 2 {
            break;
        }
    }
    // Sentences speak for themselves; short words need one another.
    let own = words.iter().max_by_key(|words| words.chars().count()).filter(|words| words.chars().count() > 30);
    let words = own.cloned().unwrap_or_else(|| words.join(", "));
    let words = shortened(&words);
    let parts: Vec<String> = day.into_iter().chain(Some(words).filter(|words| !words.trim().is_empty())).collect();
    Some(if parts.is_empty() { "Not filled in yet".to_owned() } else { parts.join(": ") })
}

/// Words that are too many for a title, cut behind the last one that is whole.
fn shortened(words: &str) -> String {
    let Some((end, _)) = words.char_indices().nth(LONGEST) else { return words.to_owned() };
    let begin = words.get(..end).unwrap_or(words);
    let whole = begin.rsplit_once(char::is_whitespace).map_or(begin, |(whole, _)| whole);
    format!("{} …", whole.trim_end_matches([',', ';', ':', ' ']))
}

/// An `id` that no entry of a list has; `None` for lists whose entries have none.
pub(super) fn new_id(editor: &RecordEditor, list: &str) -> Option<String> {
    let plain = without_numbers(list);
    let (_, begin) = IDS.iter().find(|(known, _)| *known == plain)?;
    let taken = |id: &str| {
        (0..editor.count(list))
            .any(|number| editor.get(&format!("{list}[{number}].id")).and_then(toml::Value::as_str) == Some(id))
    };
    (1..).map(|number: usize| format!("{begin}{number}")).find(|id| !taken(id))
}

/// The entries that a field may name: `id` and title.
pub(super) fn choices(editor: &RecordEditor, lists: &[&str]) -> Vec<(String, String)> {
    let of_list = |list: &&str| {
        let list = (*list).to_owned();
        (0..editor.count(&list)).filter_map(move |number| {
            let id = editor.get(&join(&format!("{list}[{number}]"), "id"))?.as_str()?.to_owned();
            Some((id, entry_title(editor, &list, number)?))
        })
    };
    lists.iter().flat_map(of_list).filter(|(id, _)| !id.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{ValueType, shape_at};

    #[test]
    fn references_and_ids_are_fields_of_the_record() {
        for (path, lists) in REFERENCES {
            assert!(crate::record::field_texts().iter().any(|field| field.path == path), "{path}");
            assert!(lists.iter().all(|list| IDS.iter().any(|(known, _)| known == list)), "{path}");
        }
        for (list, _) in IDS {
            assert!(matches!(shape_at(&format!("{list}[0].id")), Some(ValueType::Text)), "{list}");
        }
        // Every list whose entries have an `id` gives new ones.
        let with_id = crate::record::field_texts().iter().filter(|field| field.path.ends_with(".id"));
        assert_eq!(with_id.count(), IDS.len());
    }

    #[test]
    fn an_entry_is_called_by_its_day_and_its_words() {
        let text = "[[chronology]]\nid = \"c1\"\ndate = 2026-06-12\nevent = \"Sang the solo at the spring concert, and was glad.\"\n[[risks]]\nid = \"r1\"\nkind = \"neglect\"\n[[risks]]\n";
        let editor = RecordEditor::new(text).unwrap();
        let title = |list: &str, number| entry_title(&editor, list, number);
        assert_eq!(
            title("chronology", 0).as_deref(),
            Some("12 June 2026: Sang the solo at the spring concert, and was glad.")
        );
        assert_eq!(title("risks", 0).as_deref(), Some("Neglect"));
        assert_eq!(title("risks", 1).as_deref(), Some("Not filled in yet"));
        assert_eq!(title("risks", 2), None);
        assert_eq!(new_id(&editor, "risks").as_deref(), Some("r2"));
        assert_eq!(new_id(&editor, "household.people").as_deref(), Some("p1"));
        assert_eq!(new_id(&editor, "moves.schools"), None);
        assert_eq!(choices(&editor, &["chronology"]).len(), 1);
    }
}
