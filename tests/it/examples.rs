//! The example children: sound as they are, refused without any of the four required parts.

use std::fs;

use super::support::{DAY, Workspace, example_files, text};

#[test]
fn all_examples_are_clean() {
    let desk = Workspace::new();
    for file in example_files() {
        let run = desk.run(&["validate", text(&file), "--as-of", DAY, "--format", "concise"]);
        assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", file.display());
    }
    assert!(example_files().len() >= 8);
}

#[test]
fn without_a_required_part_nothing_goes_out() {
    let desk = Workspace::new();
    let parts: [(&[&str], &str); 4] = [
        (&["voice"], "VC-01"),
        (&["attendance"], "AT-20"),
        (&["early_help"], "EH-12"),
        (&["risks", "no_known_risks"], "RK-17"),
    ];
    for file in example_files() {
        let whole: toml::Table = fs::read_to_string(&file).unwrap().parse().unwrap();
        for (part, code) in parts {
            let mut without = whole.clone();
            part.iter().for_each(|section| drop(without.remove(*section)));
            let record = desk.write("without.toml", toml::to_string(&without).unwrap());
            let out = desk.path("out");
            for arguments in [
                vec!["validate", text(&record), "--as-of", DAY],
                vec!["pack", text(&record), "--out", text(&out), "--as-of", DAY],
            ] {
                let run = desk.run(&arguments);
                let said = format!("{}{}", run.out, run.err);
                assert_eq!(run.code, 1, "{} without {part:?}: {said}", file.display());
                assert!(said.contains(&format!("error[{code}]")), "{} without {part:?}: {said}", file.display());
            }
            assert!(!out.exists() && !desk.path("config").exists(), "nothing was written");
        }
    }
}

#[test]
fn examples_use_the_numbers_that_belong_to_nobody() {
    for file in example_files() {
        let text = fs::read_to_string(&file).unwrap();
        let record: toml::Table = text.parse().unwrap();
        let upn = record["pupil"]["upn"].as_str().unwrap();
        let nhs = record["pupil"]["nhs_number"].as_str().unwrap();
        assert!(upn[1..4] == *"999" && nhs.starts_with("999 000"), "{}", file.display());
        assert!(text.starts_with("#:schema "), "{}", file.display());
    }
}
