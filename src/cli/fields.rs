//! `handover fields`

use std::fmt::Write;

use clap::Args as ClapArgs;

use super::exit::{Exit, Failure, Outcome};
use super::terminal;
use crate::record::{FieldText, field_texts};

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// A section, a field, or part of its name: voice, pupil.dob, phone. Without it, the sections are listed.
    name: Option<String>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let is_wanted = |field: &&FieldText| match &args.name {
        None => !field.path.contains('.'),
        Some(name) => {
            let name = name.trim().to_lowercase();
            let is_under = field.path == name || field.path.starts_with(&format!("{name}."));
            let last = field.path.rsplit('.').next().unwrap_or_default();
            is_under || (!name.contains('.') && last.contains(&name))
        }
    };
    let wanted: Vec<&FieldText> = field_texts().iter().filter(is_wanted).collect();
    if wanted.is_empty() {
        let name = terminal::plain(args.name.as_deref().unwrap_or_default());
        return Err(Failure::usage(format!("no field is called {name}"), "`handover fields` lists the sections."));
    }
    let mut out = String::new();
    for field in wanted {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}{}\n  {}", field.path, field.kind, field.description);
        if let Some(example) = &field.example {
            let _ = writeln!(out, "  for example: {example}");
        }
    }
    terminal::result(&out)?;
    Ok(Exit::Good)
}
