//! What stands on a page though its place in the record is elsewhere: the actions that answer a worry beside the worry, the
//! decision about Early Help under a year in the register that asks for one.

use super::layout::{Group, PageLayout, layout};
use super::values::shown;
use crate::check::REVIEWS_THRESHOLD;
use crate::record::{RecordEditor, fields_at};
use crate::text::{join, split_entry, without_numbers};

/// The list of what will be done.
const ACTIONS: &str = "transition_plan.actions";

/// What is asked of an action beside the worry that it answers.
const OF_ACTION: [&str; 5] = ["what", "owner", "by", "success_criterion", "done_on"];

/// What has to be decided where attendance is low.
const OF_EARLY_HELP: [&str; 5] = ["considered_on", "considered_by", "decision", "reason_kind", "reason_not_proceeding"];

/// What stands on the page of a path in this record; `None` where a record has no such page.
pub(super) fn page_layout(editor: &RecordEditor, path: &str) -> Option<PageLayout> {
    let mut page = layout(path)?;
    match without_numbers(path).as_str() {
        "voice.worries" if path.ends_with(']') => page.groups.extend(actions(editor, path)),
        "attendance.periods" if path.ends_with(']') => page.groups.extend(early_help(editor, path)),
        _ => {}
    }
    Some(page)
}

/// The actions that answer a worry, and one that is not begun.
fn actions(editor: &RecordEditor, worry: &str) -> Vec<Group> {
    let (known, count) = (answering(editor, worry), editor.count(ACTIONS));
    let title = if known.is_empty() { "What will be done about it?" } else { "What more will be done about it?" };
    let known = known.into_iter().map(|number| ("What will be done about it", number));
    known
        .chain([(title, count)])
        .filter_map(|(title, number)| of_elsewhere(title, &format!("{ACTIONS}[{number}]"), &OF_ACTION))
        .collect()
}

/// What will be done about a worry: what, by whom, by when.
pub(super) fn actions_for(editor: &RecordEditor, worry: &str) -> Vec<String> {
    let told = |number: usize| {
        let told =
            ["what", "owner", "by"].map(|name| shown(editor.get(&format!("{ACTIONS}[{number}].{name}"))).join(", "));
        told.into_iter().filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join(" – ")
    };
    answering(editor, worry).into_iter().map(told).filter(|told| !told.is_empty()).collect()
}

/// The numbers of the actions that answer a worry.
fn answering(editor: &RecordEditor, worry: &str) -> Vec<usize> {
    let id = id_of(editor, worry);
    let answers = |number: &usize| id.is_some() && text_at(editor, &format!("{ACTIONS}[{number}].for_worry")) == id;
    (0..editor.count(ACTIONS)).filter(answers).collect()
}

/// The decision about Early Help; not shown while the year does not ask for it.
fn early_help(editor: &RecordEditor, year: &str) -> Option<Group> {
    let figure = |name| editor.get(&join(year, name)).and_then(toml::Value::as_integer);
    let is_low = match (figure("attended"), figure("possible")) {
        (Some(attended), Some(possible)) if possible > 0 => {
            attended.saturating_mul(100) < possible.saturating_mul(REVIEWS_THRESHOLD)
        }
        _ => false,
    };
    let group = of_elsewhere("Below 85 %: what was decided about Early Help?", "early_help", &OF_EARLY_HELP)?;
    Some(Group { below_line: Some(is_low), ..group })
}

fn of_elsewhere(title: &str, table: &str, names: &[&str]) -> Option<Group> {
    let known = fields_at(table)?;
    let fields = names.iter().filter_map(|name| Some((join(table, name), known.get(*name)?)));
    Some(Group { table: String::new(), title: Some(title.to_owned()), fields: fields.collect(), below_line: None })
}

/// An entry outside of a page that something on the page begins, and what joins it to the page: name and value of a field.
pub(super) fn joined(editor: &RecordEditor, page: &str, begun: &str) -> Option<(&'static str, String)> {
    let (list, _) = split_entry(begun)?;
    let is_worry = without_numbers(page) == "voice.worries";
    if is_worry && list == ACTIONS { Some(("for_worry", id_of(editor, page)?)) } else { None }
}

fn id_of(editor: &RecordEditor, path: &str) -> Option<String> {
    text_at(editor, &join(path, "id")).filter(|id| !id.is_empty())
}

fn text_at(editor: &RecordEditor, path: &str) -> Option<String> {
    editor.get(path).and_then(toml::Value::as_str).map(|text| text.trim().to_owned())
}
