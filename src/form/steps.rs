//! Pages that can be gone through one question at a time, beside the child: the talk, with whom to share asked one circle
//! after the other.

use super::values::shown;
use crate::circle::Audience;
use crate::record::RecordEditor;
use crate::text::{join, split_entry};

/// One step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    /// What it is about.
    pub title: &'static str,
    /// Its fields, by their names.
    pub fields: &'static [&'static str],
    /// The circle of which it asks, where it asks of one.
    pub circle: Option<Circle>,
    /// Whether the child's words are read back.
    pub reads_back: bool,
}

/// A circle, and how one asks a child about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Circle {
    pub audience: Audience,
    pub question: &'static str,
    pub hint: &'static str,
}

const fn fields(title: &'static str, fields: &'static [&'static str]) -> Step {
    Step { title, fields, circle: None, reads_back: false }
}

const fn circle(audience: Audience, question: &'static str, hint: &'static str) -> Step {
    let circle = Some(Circle { audience, question, hint });
    Step { title: "Who may read this?", fields: &["agreed_to_share_with"], circle, reads_back: true }
}

const TALK: [Step; 9] = [
    fields(
        "How we talked",
        &["date", "recorded_by", "recorder_role", "method", "setting", "present", "parent_present"],
    ),
    fields("What I asked", &["prompt"]),
    fields("The child's own words", &["verbatim", "language", "translation"]),
    Step { title: "Read it back", fields: &["checked_back"], circle: None, reads_back: true },
    circle(Audience::AllStaff, "May every teacher read it?", "Everybody there who teaches or looks after the child."),
    circle(
        Audience::Dsl,
        "May the safeguarding lead of the new school read this?",
        "The person there whose job is to keep children safe. If something makes you fear for the child, tell the \
         safeguarding lead whatever the answer, and tell the child that you must.",
    ),
    circle(Audience::Senco, "May the SENCO read it?", "The person there who looks after extra help."),
    circle(
        Audience::Pastoral,
        "May the Head of Year and the form tutor read it?",
        "The people there whom the child will see every day.",
    ),
    fields(
        "What an adult adds, afterwards",
        &["observations", "adult_interpretation", "followed_up", "audience", "override_reason"],
    ),
];

/// The steps of a page; none for most.
pub(super) fn steps(path: &str) -> &'static [Step] {
    match split_entry(path) {
        Some(("voice.entries", _)) => &TALK,
        _ => &[],
    }
}

/// A step of a page by its number, from one.
pub(super) fn step(path: &str, number: Option<usize>) -> Option<&'static Step> {
    steps(path).get(number?.checked_sub(1)?)
}

/// The paths of a step's fields.
pub(super) fn paths(path: &str, step: &Step) -> Vec<String> {
    step.fields.iter().map(|name| join(path, name)).collect()
}

/// Where to go on after a step, seen from the page: the next one, or the whole page after the last. Whoever may be read by
/// every teacher need not be asked about each of them.
#[must_use]
pub fn after_step(editor: &RecordEditor, path: &str, number: usize) -> String {
    let shared = shown(editor.get(&join(path, "agreed_to_share_with")));
    let is_for_all = shared.iter().any(|key| key == Audience::AllStaff.key());
    let is_settled =
        |step: &Step| is_for_all && step.circle.is_some_and(|circle| circle.audience != Audience::AllStaff);
    let next = steps(path).iter().enumerate().skip(number).find(|(_, step)| !is_settled(step));
    next.map_or_else(|| path.to_owned(), |(at, _)| format!("{path}?step={}", at + 1))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::form::layout::layout;

    #[test]
    fn the_steps_of_a_talk_have_all_its_fields_and_ask_of_every_circle() {
        let path = "voice.entries[0]";
        let page = layout(path).unwrap();
        let all: BTreeSet<String> =
            page.groups.iter().flat_map(|group| group.fields.iter().map(|(path, _)| path.clone())).collect();
        let stepped: BTreeSet<String> = TALK.iter().flat_map(|step| paths(path, step)).collect();
        assert_eq!(all, stepped);
        let circles: BTreeSet<Audience> = TALK.iter().filter_map(|step| Some(step.circle?.audience)).collect();
        assert_eq!(circles.len(), Audience::ALL.len());
        let record = |shared: &str| {
            RecordEditor::new(&format!("[[voice.entries]]\nagreed_to_share_with = [{shared}]\n")).unwrap()
        };
        let some = record("\"pastoral\"");
        assert_eq!(after_step(&some, path, 5), "voice.entries[0]?step=6");
        assert_eq!(after_step(&some, path, 9), path);
        // Who agrees to everybody is not asked about each of them.
        assert_eq!(after_step(&record("\"all_staff\""), path, 5), "voice.entries[0]?step=9");
        assert!(step(path, Some(0)).is_none() && step(path, None).is_none() && step("risks[0]", Some(1)).is_none());
    }
}
