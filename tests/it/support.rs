//! One way to run the program, in a scrubbed environment, and to look at what it made.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use tempfile::TempDir;

/// The day on which the examples are packed.
pub(crate) const DAY: &str = "2026-07-10";

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn examples() -> PathBuf {
    root().join("examples/records")
}

pub(crate) fn example_files() -> Vec<PathBuf> {
    with_ending(&examples(), ".toml")
}

/// The text of the first example without its picture, so that it can lie anywhere.
pub(crate) fn first_example() -> String {
    let record = fs::read_to_string(examples().join("01-nothing-to-worry.toml")).unwrap();
    let (before, after) = record.split_once("[[voice.entries.pictures]]").unwrap();
    format!("{before}\n{}", after.split_once("\n\n").unwrap().1)
}

/// A place to work, with its own configuration folder.
pub(crate) struct Workspace {
    pub(crate) folder: TempDir,
}

/// How a run ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handover"));
        command.args(arguments).current_dir(root()).env_clear().env("HANDOVER_CONFIG_DIR", self.path("config"));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(self.command(arguments).output().unwrap())
    }

    /// Packs records into a folder under this desk; the run must end well.
    pub(crate) fn pack(&self, records: &Path, out: &str) -> PathBuf {
        let folder = self.path(out);
        let run = self.run(&["pack", text(records), "--out", text(&folder), "--as-of", DAY, "--no-encrypt"]);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        folder
    }

    /// A new identity of a school, without a passphrase, in a file under this desk.
    pub(crate) fn identity(&self, name: &str, school: &str, urn: &str, from: &str) -> PathBuf {
        let path = self.path(name);
        let new = ["identity", "new", "--school", school, "--urn", urn, "--out", text(&path), "--no-passphrase"];
        let run = self.run(&[&new[..], &["--as-of", from]].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        path
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }
}

pub(crate) fn ran(output: Output) -> Ran {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// All files under a folder, by their path in it.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, top: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, top, found);
            } else {
                found.insert(text(path.strip_prefix(top).unwrap()).to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    if folder.exists() {
        walk(folder, folder, &mut found);
    }
    found
}

/// All examples packed once, for the tests that only look.
pub(crate) fn packed() -> &'static (Workspace, PathBuf) {
    static PACKED: OnceLock<(Workspace, PathBuf)> = OnceLock::new();
    PACKED.get_or_init(|| {
        let desk = Workspace::new();
        let out = desk.pack(&examples(), "out");
        (desk, out)
    })
}

/// The files of a folder with an ending.
pub(crate) fn with_ending(folder: &Path, ending: &str) -> Vec<PathBuf> {
    tree(folder).keys().filter(|name| name.ends_with(ending)).map(|name| folder.join(name)).collect()
}

/// Runs another program; the test fails where it is missing.
pub(crate) fn tool(program: &str, arguments: &[&str]) -> Ran {
    let local = root().join("target/verifiers/bin").join(program);
    let path = if local.exists() { local } else { PathBuf::from(program) };
    let output = Command::new(path).args(arguments).output();
    ran_lossy(output.unwrap_or_else(|error| panic!("{program} is missing ({error}); tests/run installs it")))
}

fn ran_lossy(output: Output) -> Ran {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// The twelve words in what `identity` printed.
pub(crate) fn words_in(printed: &str) -> String {
    printed.lines().find(|line| line.contains("In words")).unwrap().split_once("words").unwrap().1.to_owned()
}
