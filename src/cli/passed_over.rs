//! What lies in a folder and was not looked at: named at the end, so that nobody falls out unseen.

use super::files::{PassedOver, Why};
use super::paths::shown;
use super::terminal;
use crate::check::looks_like_a_name;
use crate::problem::count;

/// So many are named.
const MOST: usize = 20;

/// Names what was not looked at; what belongs beside records is left out. Where nobody is at a terminal, a
/// name that looks like a person's is masked.
pub(super) fn tell_passed_over(passed_over: &[PassedOver], show_values: bool) {
    let told: Vec<&PassedOver> = passed_over.iter().filter(|one| !is_expected(one)).collect();
    if told.is_empty() {
        return;
    }
    let show = show_values || terminal::talk_is_seen();
    let line = |one: &&PassedOver| {
        let name = one.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_masked = !show && looks_like_a_name(&name);
        let ending = one.path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
        let path = if is_masked { one.path.with_file_name(format!("(name){ending}")) } else { one.path.clone() };
        format!("  {} ({})", shown(&path), one.why.words())
    };
    let mut lines: Vec<String> = told.iter().take(MOST).map(line).collect();
    if told.len() > MOST {
        lines.push(format!("  and {} more", told.len() - MOST));
    }
    let many = count(told.len(), "file");
    terminal::say(&format!("{many} not looked at, because records end in .toml:\n{}", lines.join("\n")));
}

/// What lies beside records and is none: pictures, schemas, what an operating system or a version control leaves.
fn is_expected(one: &PassedOver) -> bool {
    const BESIDE: [&str; 6] = ["png", "jpg", "jpeg", "json", "md", "p7s"];
    let ending = one.path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match one.why {
        Why::Ending => BESIDE.contains(&ending.as_str()),
        Why::System => true,
        Why::Hidden => ending != "toml",
        Why::Link | Why::Special => false,
    }
}
