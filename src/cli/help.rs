//! `handover help`: topics, and the commands.

use std::fmt::Write;

use clap::{Args as ClapArgs, Command};

use super::exit::{Exit, Failure, Outcome};
use super::terminal;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// A topic, or a command: `policy`, `trust add`. Without one, lists them.
    #[arg(value_name = "TOPIC")]
    words: Vec<String>,
}

/// The topics: name, text. The texts are pages of `templates/help`, too.
const TOPICS: [(&str, &str); 13] = [
    ("records", include_str!("../../templates/help/records.md")),
    ("class", include_str!("../../templates/help/class.md")),
    ("form", include_str!("../../templates/help/form.md")),
    ("policy", include_str!("../../templates/help/policy.md")),
    ("pages", include_str!("../../templates/help/pages.md")),
    ("readers", include_str!("../../templates/help/readers.md")),
    ("receiving", include_str!("../../templates/help/receiving.md")),
    ("receipts", include_str!("../../templates/help/receipts.md")),
    ("signatures", include_str!("../../templates/help/signatures.md")),
    ("ci", include_str!("../../templates/help/ci.md")),
    ("formats", include_str!("../../templates/help/formats.md")),
    ("county", include_str!("../../templates/help/county.md")),
    ("environment", include_str!("../../templates/help/environment.md")),
];

/// The topic that is made of the commands themselves.
const COMMANDS: &str = "commands";

/// Prints a topic, or the help of a command.
pub(super) fn run(args: &Args, command: Command) -> Outcome {
    terminal::result(&text(&args.words, command)?)?;
    Ok(Exit::Good)
}

fn text(words: &[String], mut command: Command) -> Result<String, Failure> {
    command.build();
    let Some(first) = words.first() else { return Ok(overview(&mut command)) };
    if words.len() == 1 && first == COMMANDS {
        return Ok(commands(&command));
    }
    if let (1, Some((_, text))) = (words.len(), TOPICS.iter().find(|(name, _)| name == first)) {
        return Ok((*text).to_owned());
    }
    let mut found = &mut command;
    for word in words {
        found = found.find_subcommand_mut(word).ok_or_else(|| {
            let what = format!("there is no topic or command {}", terminal::plain(&words.join(" ")));
            Failure::usage(what, "`handover help` lists them.")
        })?;
    }
    Ok(found.render_long_help().to_string())
}

fn overview(command: &mut Command) -> String {
    let mut out = command.render_help().to_string();
    out.push_str("\nTopics (`handover help TOPIC`):\n");
    for (name, text) in TOPICS {
        let _ = writeln!(out, "  {name:<12} {}", title(text));
    }
    let _ = writeln!(out, "  {COMMANDS:<12} Every command with its options, on one page");
    out
}

/// The heading of a topic.
fn title(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim_start_matches("# ")
}

/// Every command with its options, as Markdown.
fn commands(command: &Command) -> String {
    let mut out = "# Commands\n".to_owned();
    add_to(&mut out, command);
    out
}

fn add_to(out: &mut String, above: &Command) {
    for command in above.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help") {
        if command.has_subcommands() {
            add_to(out, command);
            continue;
        }
        let name = command.get_bin_name().unwrap_or(command.get_name()).to_owned();
        let help = command.clone().term_width(100).render_help().to_string();
        let _ = write!(out, "\n## {name}\n\n```text\n{}\n```\n", help.trim_end());
    }
}
