//! What is said of a list that is taken over, or would be: in lines, and as a page of the form.

use std::fmt::Write;

use super::{Class, Member, count_children};
use crate::cli::terminal;
#[cfg(feature = "form")]
use crate::form::{ImportChild, ImportPage, ImportRow};
use crate::problem::count;

/// So many children are told of one by one.
const MOST_TOLD: usize = 60;

impl Class<'_> {
    /// What is filled, what differs, and who has to be asked about.
    pub(super) fn told(&self, shows: bool) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        for member in self.members.iter().filter(|member| member.is_told()).take(MOST_TOLD) {
            let name = if shows { format!(" ({})", terminal::plain(&member.name_as_written())) } else { String::new() };
            let _ = writeln!(out, "{}{name}: {} filled", member.file, count(member.filled.filled.len(), "field"));
            for difference in &member.filled.differences {
                let path = &difference.path;
                if shows {
                    let (kept, file) = (terminal::plain(&difference.kept), terminal::plain(&difference.file));
                    let _ = writeln!(out, "  {path}: kept {kept}; the file says {file}");
                } else {
                    let _ = writeln!(out, "  {path}: kept; the file says something else");
                }
            }
            for notice in &member.filled.notices {
                let _ = writeln!(out, "  note: {notice}");
            }
        }
        for (name, why) in &self.asked {
            let name = if shows { terminal::plain(name) } else { "a child".to_owned() };
            let _ = writeln!(out, "{}", to_decide(&name, why));
        }
        if !self.without.is_empty() {
            let _ = writeln!(
                out,
                "{} in the file and without a record: import a class list first",
                count_children(self.without.len())
            );
        }
        let not_expected = self.not_expected();
        if not_expected > 0 {
            let _ = writeln!(out, "{} of children whom no class list names", count(not_expected, "record"));
        }
        let _ = writeln!(out, "{}", self.sum());
        out
    }

    /// What the form shows of it: the file in lines, who has to be asked about, and each record of which there is something
    /// to tell.
    #[cfg(feature = "form")]
    pub(super) fn page(&self, about: &str) -> ImportPage {
        let child = |member: &Member| {
            let list = |path: &String| crate::form::shown(member.editor.get(path)).join(", ");
            let differences = member.filled.differences.iter();
            ImportChild {
                name: member.name_as_written(),
                is_new: member.before.is_none(),
                filled: member.filled.filled.iter().map(|path| ImportRow::of(path, None, &list(path))).collect(),
                differences: differences.map(|it| ImportRow::of(&it.path, Some(&it.kept), &it.file)).collect(),
                notices: member.filled.notices.clone(),
            }
        };
        ImportPage {
            about: about.lines().map(|line| line.trim().to_owned()).collect(),
            decide: self.asked.iter().map(|(name, why)| to_decide(&terminal::plain(name), why)).collect(),
            children: self.members.iter().filter(|member| member.is_told()).map(child).collect(),
            sum: self.sum(),
        }
    }

    /// The whole in a line.
    fn sum(&self) -> String {
        let begun = self.members.iter().filter(|member| member.before.is_none()).count();
        let is_filled = |member: &&Member| !member.filled.filled.is_empty() && member.before.is_some();
        let filled = self.members.iter().filter(is_filled).count();
        format!("{} begun, {} filled", count(begun, "record"), count(filled, "record"))
    }
}

/// A child whom somebody has to decide about, in a line.
fn to_decide(name: &str, why: &str) -> String {
    format!("to decide: {name}: {why}")
}
