//! `handover explain`

use std::fmt::Write;

use clap::Args as ClapArgs;

use super::exit::{Exit, Failure, Outcome};
use super::terminal;
use crate::check::{Rule, THEMES, rule, rules};

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The code of a rule, for example VC-01.
    code: Option<String>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let text = match &args.code {
        None => list(),
        Some(code) => match rule(code) {
            Some(rule) => explain(rule),
            None => return Err(Failure::usage(format!("there is no rule {code}"), nearest(code))),
        },
    };
    terminal::result(&text)?;
    Ok(Exit::Good)
}

fn nearest(code: &str) -> String {
    let code = code.to_uppercase();
    let near = rules().max_by(|a, b| strsim::jaro(&code, a.code).total_cmp(&strsim::jaro(&code, b.code)));
    let near = near.map_or("VC-01", |rule| rule.code);
    format!("Did you mean {near}? `handover explain` lists them all.")
}

// Writing to a string cannot fail, so the results of the `writeln!`s below say nothing.

fn list() -> String {
    let mut out = String::new();
    for (letters, theme) in THEMES {
        let _ = writeln!(out, "{theme}");
        for rule in rules().filter(|rule| rule.code.starts_with(letters)) {
            let _ = writeln!(out, "  {}  {:<7}  {}", rule.code, rule.severity.word(), rule.title);
        }
        out.push('\n');
    }
    out.push_str("`handover explain CODE` says more about one.\n");
    out
}

fn explain(rule: &Rule) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{} ({}): {}\n", rule.code, rule.severity.word(), rule.title);
    let _ = writeln!(out, "Why\n  {}\n", rule.why);
    let _ = writeln!(out, "Where it comes from\n  {}\n", rule.source.words());
    let _ = writeln!(out, "What to do\n  {}\n", rule.next);
    let _ = writeln!(out, "Not like this\n{}", indented(rule.bad));
    let _ = writeln!(out, "But like this\n{}", indented(rule.good));
    out
}

/// An example as it stands on a page; characters that cannot be seen are shown as dots.
fn indented(example: &str) -> String {
    let visible = |c: char| if c.is_control() && c != '\n' { '·' } else { c };
    example.lines().map(|line| format!("  {}\n", line.chars().map(visible).collect::<String>())).collect()
}
