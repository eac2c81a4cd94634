//! `examples/mistakes`: a typical mistake a file, with the expected output beside it.
//!
//! `HANDOVER_WRITE_EXPECTED=1` writes the outputs anew.

use std::fs;

use super::support::{DAY, Workspace, root};

#[test]
fn every_mistake_gets_the_help_that_stands_beside_it() {
    let desk = Workspace::new();
    let folder = root().join("examples/mistakes");
    let write = std::env::vars().any(|(name, _)| name == "HANDOVER_WRITE_EXPECTED");
    let mut count = 0;
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    names.sort();
    for path in names {
        let name = format!("examples/mistakes/{}", path.file_name().unwrap().to_str().unwrap());
        let run = desk.run(&["validate", &name, "--as-of", DAY, "--show-values"]);
        let beside = path.with_extension("expected");
        if write {
            fs::write(&beside, &run.out).unwrap();
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        assert_eq!(run.out, expected, "{name}");
        assert_eq!(run.code, 1, "{name}");
        count += 1;
    }
    assert!(count >= 12, "{count}");
}
