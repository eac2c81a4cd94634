//! The page to sit together with the child: what the child said, whom it was for, and what will be done, large and with
//! nothing of what adults think.

use serde::Serialize;

use super::entries::entry_title;
use super::related::actions_for;
use super::values::shown;
use super::views::RecordPage;
use crate::circle::Audience;
use crate::record::RecordEditor;
use crate::text::{join, split_entry};

/// What the child said once, or one list of the profile.
#[derive(Serialize)]
pub(super) struct Said {
    pub title: String,
    pub words: Vec<String>,
    /// Who may read it, as the child has it.
    pub readers: String,
    /// What will be done about it.
    pub actions: Vec<String>,
    /// The page on which it can be changed.
    pub page: String,
}

const PROFILE: [(&str, &str); 5] = [
    ("important_to_me", "What is important to me"),
    ("good_at", "What I am good at"),
    ("best_support", "What helps me"),
    ("who_i_trust", "Whom I trust"),
    ("hopes", "What I hope for"),
];

/// All of it, in the order in which it is read.
pub(super) fn said(record: &RecordPage<'_>) -> Vec<Said> {
    let editor = record.editor;
    let part = |title: &str, table: &str, name: &str| Said {
        title: title.to_owned(),
        words: texts(editor, &join(table, name)),
        readers: readers(editor, table),
        actions: Vec::new(),
        page: table.to_owned(),
    };
    let of_list = |list: &'static str| (0..editor.count(list)).map(move |number| format!("{list}[{number}]"));
    let talks = of_list("voice.entries").map(|talk| {
        let said = part("What I said", &talk, "verbatim");
        let (list, number) = split_entry(&talk).unwrap_or_default();
        let day = shown(editor.get(&join(&talk, "date"))).concat();
        let title = if !said.words.is_empty() {
            if day.is_empty() { said.title.clone() } else { format!("{} on {day}", said.title) }
        } else {
            entry_title(editor, list, number).unwrap_or_else(|| said.title.clone())
        };
        Said { title, page: format!("{talk}?step=1"), ..said }
    });
    let profile = PROFILE.into_iter().map(|(name, title)| part(title, "voice.profile", name));
    let worries = of_list("voice.worries")
        .map(|worry| Said { actions: actions_for(editor, &worry), ..part("Something I worry about", &worry, "text") });
    let whole = [("trusted_adults", "Adults I trust"), ("who_should_know", "Whom I want to know")];
    let whole = whole.into_iter().map(|(name, title)| part(title, "voice", name));
    talks.chain(profile).chain(worries).chain(whole).collect()
}

fn texts(editor: &RecordEditor, path: &str) -> Vec<String> {
    let all = shown(editor.get(path));
    all.into_iter().filter(|text| !text.trim().is_empty()).collect()
}

/// Who may read what stands in a table, in the child's words; empty where the child was not asked about it.
fn readers(editor: &RecordEditor, table: &str) -> String {
    let keys = texts(editor, &join(table, "agreed_to_share_with"));
    let circle = |key: &String| {
        Some(match Audience::from_key(key)? {
            Audience::AllStaff => "every teacher",
            Audience::Pastoral => "my Head of Year and my form tutor",
            Audience::Senco => "the SENCO",
            Audience::Dsl => "the safeguarding lead",
        })
    };
    let names: Vec<&str> = keys.iter().filter_map(circle).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
