//! The floors of the house, between modules and inside each: nothing points up, and no files use one another in a circle.

use std::collections::{BTreeMap, BTreeSet};

use super::support::{root, tree};

/// What each module may use of ours.
const FLOORS: [(&str, &[&str]); 19] = [
    ("text", &[]),
    ("school", &["text"]),
    ("picture", &[]),
    ("circle", &[]),
    ("parallel", &[]),
    ("problem", &["text"]),
    ("record", &["circle", "school", "text", "problem"]),
    ("check", &["circle", "record", "school", "text", "problem"]),
    ("import", &["record", "school", "text"]),
    ("embedded_record", &["circle", "record", "school", "text", "problem"]),
    ("document", &["check", "circle", "embedded_record", "picture", "record", "school", "text", "problem"]),
    ("form", &["check", "circle", "record", "school", "text", "problem"]),
    ("sign", &["school", "text", "problem"]),
    ("bundle", &["circle", "school", "text", "sign", "problem"]),
    ("verify", &["bundle", "circle", "embedded_record", "parallel", "school", "sign", "text", "problem"]),
    ("reception", &["bundle", "circle", "embedded_record", "problem", "record", "school", "sign", "text", "verify"]),
    (
        "cohort",
        &["bundle", "check", "circle", "document", "picture", "record", "school", "sign", "verify", "text", "problem"],
    ),
    ("ledger", &["bundle", "circle", "cohort", "school", "text"]),
    (
        "cli",
        &[
            "text",
            "school",
            "picture",
            "parallel",
            "problem",
            "circle",
            "record",
            "check",
            "import",
            "embedded_record",
            "form",
            "document",
            "sign",
            "bundle",
            "verify",
            "reception",
            "cohort",
            "ledger",
        ],
    ),
];

/// Inside a module, from below: what stands in a later row may use what stands in an earlier one, not the other way
/// round. What is not named stands between them, wherever its imports put it.
const INSIDE: [(&str, &[&str]); 3] = [
    ("check", &["words", "facts", "themes"]),
    ("document", &["view", "sections", "pack", "rerender"]),
    ("cli", &["exit", "terminal", "leftovers", "recovery", "staging"]),
];

/// The path of a module: `["check", "themes", "voice"]`.
type Path = Vec<String>;

/// A file of the source.
struct File {
    name: String,
    /// What it imports, as absolute paths; and whether it only passes it on.
    uses: Vec<(Path, bool)>,
}

/// All files of the project but the two roots, by their module.
fn files() -> BTreeMap<Path, File> {
    of(tree(&root().join("src")))
}

fn of(tree: BTreeMap<String, Vec<u8>>) -> BTreeMap<Path, File> {
    let mut sources = BTreeMap::new();
    for (name, bytes) in tree {
        let Some(stem) = name.strip_suffix(".rs").filter(|stem| !["lib", "main"].contains(stem)) else { continue };
        let module: Path = stem.strip_suffix("/mod").unwrap_or(stem).split('/').map(str::to_owned).collect();
        sources.insert(module, (name.clone(), plain(&String::from_utf8(bytes).unwrap())));
    }
    let modules: BTreeSet<Path> = sources.keys().cloned().collect();
    let file = |(module, (name, source)): (Path, (String, String))| {
        let uses = uses(&module, &source, &modules);
        (module, File { name, uses })
    };
    sources.into_iter().map(file).collect()
}

/// A source without comments, and without what is built for tests.
fn plain(source: &str) -> String {
    let code = source.split("#[cfg(test)]\nmod tests").next().unwrap();
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let lines: Vec<&str> = code.lines().filter(is_code).collect();
    lines.join("\n")
}

/// What a file imports or names by its path.
fn uses(module: &Path, source: &str, modules: &BTreeSet<Path>) -> Vec<(Path, bool)> {
    let mut found = Vec::new();
    let mut rest = String::new();
    let mut statement: Option<(String, bool)> = None;
    for line in source.lines() {
        let trimmed = line.trim_start();
        let passes_on = trimmed.starts_with("pub");
        let after_pub = trimmed.split_once("use ").filter(|(before, _)| {
            before.is_empty() || (before.starts_with("pub") && before.trim_end().ends_with([')', 'b']))
        });
        match (&mut statement, after_pub) {
            (None, Some((_, names))) => statement = Some((names.to_owned(), passes_on)),
            (Some((names, _)), _) => names.push_str(trimmed),
            (None, None) => {
                rest.push_str(line);
                rest.push('\n');
            }
        }
        if let Some((names, passes_on)) = statement.take_if(|(names, _)| names.ends_with(';')) {
            let paths = expanded(names.trim_end_matches(';'));
            found.extend(paths.iter().filter_map(|path| Some((absolute(module, path, modules)?, passes_on))));
        }
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    for path in rest.split(|c: char| !is_part(c)).filter(|path| path.contains("::")) {
        let path = path.trim_end_matches(':').to_owned();
        found.extend(absolute(module, &path, modules).map(|path| (path, false)));
    }
    found
}

/// The single paths of an import with braces.
fn expanded(names: &str) -> Vec<String> {
    let names = names.trim();
    let Some((before, inside)) = names.split_once('{') else {
        return vec![names.split(" as ").next().unwrap().trim().to_owned()];
    };
    let inside = inside.rsplit_once('}').unwrap().0;
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in inside.chars() {
        match c {
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        parts.last_mut().unwrap().push(c);
    }
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| expanded(part)).map(|part| format!("{}{part}", before.trim())).collect()
}

/// A path from the root of the crate; nothing where it leads out of it.
fn absolute(module: &Path, path: &str, modules: &BTreeSet<Path>) -> Option<Path> {
    let mut parts = path.split("::").map(str::to_owned).peekable();
    let mut base = match parts.peek()?.as_str() {
        "crate" => Path::new(),
        "self" | "super" => module.clone(),
        child => {
            let inner: Path = module.iter().cloned().chain([child.to_owned()]).collect();
            return modules.contains(&inner).then(|| module.iter().cloned().chain(parts).collect());
        }
    };
    if parts.next_if(|part| part == "crate" || part == "self").is_none() {
        while parts.next_if(|part| part == "super").is_some() {
            base.pop();
        }
    }
    base.extend(parts);
    Some(base)
}

/// The file that an absolute path leads to, through what others pass on.
fn home(path: &Path, files: &BTreeMap<Path, File>) -> Option<Path> {
    let module =
        (1..=path.len()).rev().map(|length| path[..length].to_vec()).find(|start| files.contains_key(start))?;
    let Some(name) = path.get(module.len()) else { return Some(module) };
    let passed_on = files[&module].uses.iter().filter(|(_, passes_on)| *passes_on);
    let mut from = passed_on.filter(|(from, _)| from.last() == Some(name) && from.len() > 1 && from != path);
    match from.next() {
        Some((from, _)) => home(from, files),
        None => Some(module),
    }
}

/// Which files each file uses.
fn graph(files: &BTreeMap<Path, File>) -> BTreeMap<&Path, BTreeSet<Path>> {
    let used = |module: &Path, file: &File| {
        let own = file.uses.iter().filter(|(_, passes_on)| !passes_on);
        own.filter_map(|(path, _)| home(path, files)).filter(|home| home != module).collect()
    };
    files.iter().map(|(module, file)| (module, used(module, file))).collect()
}

#[test]
fn nothing_points_up() {
    for (module, file) in files() {
        let (floor, allowed) = FLOORS.iter().find(|(floor, _)| *floor == module[0]).expect("a file stands on a floor");
        for (used, _) in &file.uses {
            assert!(used[0] == *floor || allowed.contains(&used[0].as_str()), "{} uses {}", file.name, used.join("::"));
        }
    }
}

#[test]
fn nothing_points_up_inside_a_module() {
    let files = files();
    for (module, used) in graph(&files) {
        let Some((_, floors)) = INSIDE.iter().find(|(name, _)| *name == module[0]) else { continue };
        let floor = |path: &Path| path.get(1).and_then(|part| floors.iter().position(|floor| floor == part));
        let Some(own) = floor(module) else { continue };
        for other in used.iter().filter(|other| other[0] == module[0]) {
            assert!(floor(other).is_none_or(|other| other <= own), "{} uses {}", module.join("::"), other.join("::"));
        }
        let of_theme = |path: &&Path| path.len() > 2 && path[1] == "themes";
        if of_theme(&module) {
            assert_eq!(used.iter().find(of_theme), None, "{}: a theme does not use another", module.join("::"));
        }
    }
}

/// The files that go round in circles, or use some that do.
fn circles(files: &BTreeMap<Path, File>) -> Vec<String> {
    let graph = graph(files);
    // Whatever uses nothing that is left is taken away, again and again.
    let mut left: BTreeSet<&Path> = graph.keys().copied().collect();
    loop {
        let free: Vec<&Path> =
            left.iter().copied().filter(|module| !graph[module].iter().any(|used| left.contains(used))).collect();
        if free.is_empty() {
            return left.iter().map(|module| module.join("::")).collect();
        }
        left.retain(|module| !free.contains(module));
    }
}

#[test]
fn no_files_use_one_another_in_a_circle() {
    assert_eq!(circles(&files()), Vec::<String>::new());
}

#[test]
fn a_circle_is_seen_whichever_way_it_is_written() {
    let with = |b: &str| {
        let sources = [
            ("a/mod.rs", "mod b;\nmod c;\npub use b::{One, two};\n"),
            ("a/b.rs", b),
            ("a/c.rs", "use super::{\n    One,\n    other,\n};\n"),
        ];
        circles(&of(sources.map(|(name, source)| (name.to_owned(), source.as_bytes().to_vec())).into()))
    };
    for circle in ["use super::c::X;", "use crate::a::c;", "use crate::{a::c::{X, Y}};", "fn f() { super::c::x() }"] {
        assert_eq!(with(circle), ["a::b", "a::c"], "{circle}");
    }
    for none in ["use std::fmt;", "// use super::c::X;", "#[cfg(test)]\nmod tests {\n    use super::super::c::X;\n}"] {
        assert_eq!(with(none), Vec::<String>::new(), "{none}");
    }
}
