//! House rules that no compiler checks: who may use whom, no data as source, and generated files that are up to date.

use std::fs;
use std::path::Path;

use super::support::{Workspace, root};

/// What each module may use of ours. Nothing points up.
const FLOORS: [(&str, &[&str]); 12] = [
    ("text", &[]),
    ("school", &["text"]),
    ("picture", &[]),
    ("problem", &["text"]),
    ("record", &["text", "problem"]),
    ("check", &["record", "school", "text", "problem"]),
    ("document", &["check", "picture", "record", "school", "text", "problem"]),
    ("sign", &["school", "text", "problem"]),
    ("bundle", &["school", "text", "sign", "problem"]),
    ("verify", &["bundle", "school", "sign", "text", "problem"]),
    ("cohort", &["bundle", "check", "document", "picture", "record", "school", "sign", "verify", "text", "problem"]),
    (
        "cli",
        &["text", "school", "picture", "problem", "record", "check", "document", "sign", "bundle", "verify", "cohort"],
    ),
];

fn sources(folder: &Path) -> Vec<(String, String)> {
    super::support::tree(folder)
        .into_iter()
        .filter(|(name, _)| name.ends_with(".rs"))
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect()
}

#[test]
fn nothing_points_up() {
    for (name, source) in sources(&root().join("src")) {
        let module = name.split(['/', '.']).next().unwrap();
        let Some((_, allowed)) = FLOORS.iter().find(|(floor, _)| *floor == module) else {
            assert!(["lib.rs", "main.rs"].contains(&name.as_str()), "{name} stands on no floor");
            continue;
        };
        let code: String = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for used in code.split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            assert!(used == module || allowed.contains(&used.as_str()), "{name} uses {used}");
        }
    }
}

#[test]
fn only_the_command_line_touches_the_world() {
    let all = sources(&root().join("src"));
    // A file that is built for tests alone may write what they keep.
    let of_tests = |name: &str| {
        let Some((folder, file)) = name.rsplit_once('/') else { return false };
        let declared = format!("#[cfg(test)]\nmod {};", file.trim_end_matches(".rs"));
        all.iter().any(|(other, source)| *other == format!("{folder}/mod.rs") && source.contains(&declared))
    };
    for (name, source) in all.iter().filter(|(name, _)| !of_tests(name)) {
        let code = source.split("#[cfg(test)]").next().unwrap();
        let touches = ["std::fs", "std::env", "std::net", "Timestamp::now", "SystemTime", "println!"];
        let touched: Vec<_> = touches.iter().filter(|word| code.contains(**word)).collect();
        assert!(touched.is_empty() || name.starts_with("cli/"), "{name} touches {touched:?}");
    }
}

#[test]
fn templates_take_data_as_data() {
    for (name, bytes) in super::support::tree(&root().join("templates")) {
        if !name.ends_with(".typ") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        for word in ["eval(", "plugin(", "@preview", "sys.inputs", "datetime.today"] {
            assert!(!text.contains(word), "{name} uses {word}");
        }
    }
}

#[test]
fn the_main_function_stays_small() {
    let main = fs::read_to_string(root().join("src/main.rs")).unwrap();
    assert!(main.lines().count() < 40);
}

#[test]
fn the_schemas_in_the_project_are_those_the_program_prints() {
    for of in ["record", "policy", "problems"] {
        let printed = Workspace::new().run(&["schema", of]).out;
        let kept = fs::read_to_string(root().join(format!("schemas/{of}.schema.json"))).unwrap();
        assert!(printed == kept, "run: cargo run --release -- schema {of} > schemas/{of}.schema.json");
    }
}

#[test]
fn no_pack_claims_a_higher_legal_level() {
    for (name, source) in sources(&root().join("src")) {
        assert!(!source.to_lowercase().contains("qualified seal"), "{name}");
    }
    let (_, out) = super::support::packed();
    for pdf in super::support::with_ending(out, ".pdf") {
        let words = super::support::tool("pdftotext", &[super::support::text(&pdf), "-"]).out.to_lowercase();
        assert!(!words.contains("qualified"), "{}", pdf.display());
    }
}
