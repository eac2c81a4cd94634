//! House rules that no compiler checks: who touches the world, no data as source, and generated files that are up to date.

use std::fs;
use std::path::Path;

use super::support::{Workspace, root};

fn sources(folder: &Path) -> Vec<(String, String)> {
    super::support::tree(folder)
        .into_iter()
        .filter(|(name, _)| name.ends_with(".rs"))
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect()
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
        let touches = ["std::fs", "std::env", "std::net", "Timestamp::now", "SystemTime", "println!", "clap::"];
        let touched: Vec<_> = touches.iter().filter(|word| code.contains(**word)).collect();
        let is_of_cli = name.starts_with("cli/") || (name == "main.rs" && touched == [&"clap::"]);
        assert!(touched.is_empty() || is_of_cli, "{name} touches {touched:?}");
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

/// What no message may tell is looked for in the outputs that `check::examples` lists: in all there are.
#[test]
fn every_output_format_is_looked_through_for_what_it_must_not_tell() {
    let exported = fs::read_to_string(root().join("src/problem/mod.rs")).unwrap();
    let exported: Vec<&str> = exported.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    // The one that shows a place of a text that is no record.
    let formats: Vec<&&str> =
        exported.iter().filter(|name| name.starts_with("render_") && **name != "render_at").collect();
    assert!(formats.len() > 5, "{formats:?}");
    let looked_through = fs::read_to_string(root().join("src/check/examples.rs")).unwrap();
    for format in formats {
        assert!(looked_through.contains(&format!("{format}(")), "{format} is not looked through");
    }
}

#[test]
fn a_starter_asks_in_the_order_of_the_schema() {
    let starter = Workspace::new().run(&["new"]).out;
    let order = handover::record::json_schema()["x-order"].clone();
    let order: Vec<&str> = order.as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
    let headings = starter.lines().filter_map(|line| {
        let heading = line.trim_start_matches("# ").trim_start_matches('[');
        let is_heading = line.trim_start_matches("# ").starts_with('[');
        is_heading.then(|| heading.split([']', '.']).next().unwrap())
    });
    let places: Vec<usize> = headings.filter_map(|name| order.iter().position(|known| *known == name)).collect();
    assert!(places.is_sorted(), "{places:?}");
    let missing: Vec<&str> =
        (0..order.len()).filter(|place| !places.contains(place)).map(|place| order[place]).collect();
    assert_eq!(missing, ["schema_version", "guidance_profile"], "sections that no note of the starter offers");
}

#[test]
fn the_schemas_in_the_project_are_those_the_program_prints() {
    for of in ["record", "policy", "school", "problems"] {
        let printed = Workspace::new().run(&["schema", of]).out;
        let kept = fs::read_to_string(root().join(format!("schemas/{of}.schema.json"))).unwrap();
        assert!(printed == kept, "run: cargo run --release -- schema {of} > schemas/{of}.schema.json");
    }
}

#[test]
fn the_page_of_commands_in_the_project_is_the_one_the_program_prints() {
    let printed = Workspace::new().run(&["help", "commands"]).out;
    let kept = fs::read_to_string(root().join("schemas/commands.md")).unwrap();
    assert!(printed == kept, "run: cargo run --release -- help commands > schemas/commands.md");
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
