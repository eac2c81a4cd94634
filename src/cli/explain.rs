//! `handover explain`

use std::fmt::Write;

use clap::{Args as ClapArgs, ValueEnum};

use super::exit::{Exit, Failure, Outcome};
use super::terminal;
use crate::check::{BRIEFING, BY_CONSTRUCTION, ByConstruction, Judge, Rule, THEMES, rule, rules};

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The code of a rule, for example VC-01, or the letters of a theme, for example VC.
    code: Option<String>,
    /// How it is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal.
    Text,
    /// Markdown: all rules, or the one that is named.
    Markdown,
}

pub(super) fn run(args: &Args) -> Outcome {
    let markdown = args.format == Format::Markdown;
    let text = match &args.code {
        None if markdown => page(),
        None => {
            THEMES.iter().map(|theme| list(*theme)).collect::<String>()
                + "`handover explain CODE` says more about one.\n"
        }
        Some(code) => one(&with_noughts(code), markdown)?,
    };
    terminal::result(&text)?;
    Ok(Exit::Good)
}

/// A code as rules have it: `vc-1` is `vc-01`.
fn with_noughts(code: &str) -> String {
    let of_two_digits = |(theme, number): (&str, &str)| format!("{theme}-{number:0>2}");
    code.split_once('-').map_or_else(|| code.to_owned(), of_two_digits)
}

fn one(code: &str, markdown: bool) -> Result<String, Failure> {
    if let Some(theme) = THEMES.iter().find(|(letters, _)| letters.eq_ignore_ascii_case(code)) {
        return Ok(list(*theme));
    }
    match (rule(code), BY_CONSTRUCTION.iter().find(|rule| rule.code.eq_ignore_ascii_case(code))) {
        (Some(rule), _) if markdown => Ok(markdown_of(rule)),
        (Some(rule), _) => Ok(explain(rule)),
        (None, Some(built)) => {
            Ok(format!("{} (always so): {}\n\nWhy it holds\n  {}\n", built.code, built.title, built.how))
        }
        (None, None) => of_verification(code)
            .ok_or_else(|| Failure::usage(format!("there is no rule {}", terminal::plain(code)), nearest(code))),
    }
}

/// What `verify` means by a reason code.
#[cfg(feature = "verify")]
fn of_verification(code: &str) -> Option<String> {
    let reason = crate::verify::reason(code)?;
    let term = reason.code.ades_subindication();
    let standard = term.map(|term| format!("\nIn ETSI EN 319 102-1, nearest\n  {term}\n")).unwrap_or_default();
    Some(format!(
        "{} (of a pack or bundle): {}\n\nHow it comes about\n  {}\n\nWhat to do\n  {}\n{}",
        reason.code,
        reason.code.words(),
        reason.why,
        reason.next.words(),
        standard
    ))
}

#[cfg(not(feature = "verify"))]
fn of_verification(_code: &str) -> Option<String> {
    None
}

/// The rule that was probably meant, or those that have the word in them.
fn nearest(code: &str) -> String {
    const ALL: &str = "`handover explain` lists them all.";
    const NEAR: f64 = 0.8;
    let wanted = code.to_uppercase();
    let near = rules().map(|rule| (strsim::jaro(&wanted, rule.code), rule.code)).max_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((_, near)) = near.filter(|(nearness, _)| *nearness >= NEAR) {
        return format!("Did you mean {near}? {ALL}");
    }
    let word = code.to_lowercase();
    let about: Vec<&str> = rules()
        .filter(|rule| rule.title.to_lowercase().contains(&word) || rule.next.to_lowercase().contains(&word))
        .map(|rule| rule.code)
        .collect();
    if about.is_empty() { ALL.to_owned() } else { format!("These speak of it: {}. {ALL}", about.join(", ")) }
}

// Writing to a string cannot fail, so the results of the `writeln!`s below say nothing.

fn list((letters, theme): (&str, &str)) -> String {
    let mut out = format!("{theme}\n");
    for rule in rules().filter(|rule| rule.theme() == letters) {
        let _ = writeln!(out, "  {}  {:<7}  {}", rule.code, rule.severity.word(), rule.title);
    }
    for built in built_of(letters) {
        let _ = writeln!(out, "  {}  always   {}", built.code, built.title);
    }
    out.push('\n');
    out
}

fn built_of(letters: &str) -> impl Iterator<Item = &'static ByConstruction> {
    let has_rule = |built: &ByConstruction| rule(built.code).is_some();
    BY_CONSTRUCTION.iter().filter(move |built| built.code.starts_with(letters) && !has_rule(built))
}

fn explain(rule: &Rule) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{} ({}): {}\n", rule.code, rule.severity.word(), rule.title);
    let _ = writeln!(out, "Why\n  {}\n", rule.why);
    let _ = writeln!(out, "Where it comes from\n  {}\n", rule.source.words());
    if let Some(precisely) = rule.precisely {
        let _ = writeln!(out, "When exactly\n  {precisely}\n");
    }
    let _ = writeln!(out, "What to do\n  {}\n", rule.next);
    let _ = writeln!(out, "May a school change it?\n  {}\n", freedom(rule));
    let _ = writeln!(out, "Not like this\n{}", indented(rule.bad));
    let _ = writeln!(out, "But like this\n{}", indented(rule.good));
    out
}

/// What a policy and an override may do to a rule.
fn freedom(rule: &Rule) -> String {
    let policy = if rule.may_be_lowered() {
        "A policy may give it another severity or switch it off."
    } else if matches!(rule.judge, Judge::Reading | Judge::Beside | Judge::Policy | Judge::School) {
        "No: what cannot be read cannot be judged."
    } else {
        "A policy may make it stricter, not gentler."
    };
    let errs = rule.severity == crate::problem::Severity::Error;
    let single = match (errs, rule.may_be_overridden()) {
        (true, true) => " One child's pack may go out in spite of it with `pack --override`.",
        (true, false) => " It cannot be overridden.",
        (false, _) => "",
    };
    format!("{policy}{single}")
}

/// An example as it stands on a page; characters that cannot be seen are shown as dots.
fn shown(line: &str) -> String {
    line.chars().map(|c| if c.is_control() { '·' } else { c }).collect()
}

fn indented(example: &str) -> String {
    example.lines().map(|line| format!("  {}\n", shown(line))).collect()
}

/// The page `schemas/rules.md`: every code with what became of it.
fn page() -> String {
    let mut out = "# The rules\n\nMade by `handover explain --format markdown`; a test keeps it true.\n\n\
        An error keeps the pack back, a warning should be looked at, a note is worth knowing. Rules marked *always* are \
        about what handover itself writes: they hold by construction, and a test would fail if they did not.\n\n"
        .to_owned();
    for (letters, theme) in THEMES {
        let _ = writeln!(out, "## {theme}\n\n| code | severity | what is wrong | source |\n|---|---|---|---|");
        let cell = |text: &str| text.replace('|', "\\|");
        for rule in rules().filter(|rule| rule.theme() == letters) {
            let source = cell(&rule.source.words());
            let _ = writeln!(out, "| {} | {} | {} | {source} |", rule.code, rule.severity.word(), cell(rule.title));
        }
        for built in BY_CONSTRUCTION.iter().filter(|built| built.code.starts_with(letters)) {
            let _ = writeln!(
                out,
                "| {} | always | {} | by construction; test `{}` |",
                built.code,
                cell(built.title),
                built.test
            );
        }
        out.push('\n');
        rules().filter(|rule| rule.theme() == letters).for_each(|rule| out.push_str(&markdown_of(rule)));
    }
    out.push_str(&lessons());
    out.trim_end().to_owned() + "\n"
}

/// The founding briefing, sentence by sentence, with the rules and fields that carry each.
fn lessons() -> String {
    let mut out = "## The briefing, sentence by sentence\n\n\
        What the briefing on five serious case reviews (Cumbria LSCB) asks, and what carries it here.\n\n\
        | section | words | rules | fields |\n|---|---|---|---|\n"
        .to_owned();
    for lesson in BRIEFING {
        let rules = if lesson.rules.is_empty() { "the whole of this page".to_owned() } else { lesson.rules.join(", ") };
        let fields: Vec<_> = lesson.fields.iter().map(|field| format!("`{field}`")).collect();
        let _ = writeln!(out, "| {} | {} | {rules} | {} |", lesson.section, lesson.words, fields.join(", "));
    }
    out
}

fn markdown_of(rule: &Rule) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "### {}: {}\n\n*{}.* {}\n", rule.code, rule.title, rule.severity.word(), rule.why);
    let _ = writeln!(out, "- **Source.** {}", rule.source.words());
    if let Some(precisely) = rule.precisely {
        let _ = writeln!(out, "- **When exactly.** {precisely}");
    }
    let _ = writeln!(out, "- **What to do.** {}", rule.next);
    let _ = writeln!(out, "- **May a school change it?** {}\n", freedom(rule));
    let example = |text: &str| text.lines().map(|line| shown(line) + "\n").collect::<String>();
    let _ = writeln!(out, "Not like this:\n\n```toml\n{}```\n", example(rule.bad));
    let _ = writeln!(out, "But like this:\n\n```toml\n{}```\n", example(rule.good));
    out
}
