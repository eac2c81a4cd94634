//! The page to sit together with the child: what the child said, whom it was for, and what will be done, large and with
//! nothing of what adults think.

use serde::Serialize;

use super::entries::entry_title;
use super::related::actions_for;
use super::views::RecordPage;
use crate::circle::Audience;
use crate::record::RecordEditor;
use crate::text::join;

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
    let mut all = Vec::new();
    for number in 0..editor.count("voice.entries") {
        let path = format!("voice.entries[{number}]");
        let words = texts(editor, &join(&path, "verbatim"));
        let title = entry_title(editor, "voice.entries", number).filter(|_| words.is_empty());
        let day = editor.get(&join(&path, "date")).map(|day| super::values::shown(Some(day)).join(""));
        let title = title
            .unwrap_or_else(|| day.map_or_else(|| "What I said".to_owned(), |day| format!("What I said on {day}")));
        let page = format!("{path}?step=1");
        all.push(Said { title, words, readers: readers(editor, &path), actions: Vec::new(), page });
    }
    for (name, title) in PROFILE {
        let words = texts(editor, &join("voice.profile", name));
        let page = "voice.profile".to_owned();
        all.push(Said {
            title: title.to_owned(),
            words,
            readers: readers(editor, "voice.profile"),
            actions: Vec::new(),
            page,
        });
    }
    for number in 0..editor.count("voice.worries") {
        let path = format!("voice.worries[{number}]");
        let words = texts(editor, &join(&path, "text"));
        let actions = actions_for(editor, &path);
        all.push(Said {
            title: "Something I worry about".to_owned(),
            words,
            readers: readers(editor, &path),
            actions,
            page: path,
        });
    }
    for (name, title) in [("trusted_adults", "Adults I trust"), ("who_should_know", "Whom I want to know")] {
        let words = texts(editor, &join("voice", name));
        all.push(Said {
            title: title.to_owned(),
            words,
            readers: readers(editor, "voice"),
            actions: Vec::new(),
            page: "voice".to_owned(),
        });
    }
    all
}

fn texts(editor: &RecordEditor, path: &str) -> Vec<String> {
    let all = super::values::shown(editor.get(path));
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
