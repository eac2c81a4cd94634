//! Every text of the pages stands in `templates/words.pot`, for translators; and pages in a made-up language hold no
//! English but what the record says.
//!
//! `HANDOVER_WRITE_EXPECTED=1` writes the file anew.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use handover::check::rules;

use super::support::{DAY, Workspace, examples, root, text, tool, with_ending};

const HEADER: &str = r#"# The texts of the pages that handover makes, in English, each to be translated.
# Names in braces stay as they are and may stand in another order. What is left empty stays English.
# Save it as cy.po (or the code of another language) in a folder, and name that folder: handover pack --templates FOLDER
msgid ""
msgstr ""
"Project-Id-Version: handover\n"
"Language: \n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"#;

/// Files in which every literal that reads as words is on a page.
const WORDS_ALONE: [&str; 10] = [
    "src/document/sections",
    "src/document/genogram/mod.rs",
    "src/document/genogram/figure.rs",
    "src/document/view.rs",
    "src/document/other_packs.rs",
    "src/document/already_said.rs",
    "src/record/nil_return.rs",
    "src/record/household.rs",
    "src/record/day.rs",
    "src/record/attendance.rs",
];

/// Files in which only what is marked is.
const MARKED: [&str; 7] = [
    "src/document/timeline.rs",
    "src/document/letter.rs",
    "src/document/pack.rs",
    "src/document/fit.rs",
    "src/cohort/letter.rs",
    "src/cohort/sender.rs",
    "src/cli/draft.rs",
];

/// Literals of the first kind of file that are on no page.
const ON_NO_PAGE: [&str; 4] = ["ENG", "EN", "ENGLISH", "Date"];

fn files(of: &[&str]) -> Vec<PathBuf> {
    let whole = of.iter().map(|name| root().join(name));
    whole.flat_map(|path| if path.is_dir() { with_ending(&path, ".rs") } else { vec![path] }).collect()
}

/// The literals of a source file before its tests, without comments and attributes, each with the 5 characters before it.
fn literals(path: &Path) -> Vec<(String, String)> {
    let source = fs::read_to_string(path).unwrap();
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let is_code = |line: &&str| !line.trim_start().starts_with("//") && !line.trim_start().starts_with("#[");
    let code = code.lines().filter(is_code).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    let mut rest = code.as_str();
    while let Some((before, from)) = rest.split_once('"') {
        let end = from.char_indices().scan(false, |escaped, (at, c)| {
            let is_end = c == '"' && !*escaped;
            *escaped = c == '\\' && !*escaped;
            Some((at, is_end))
        });
        let end = end.into_iter().find(|(_, is_end)| *is_end).map_or(from.len(), |(at, _)| at);
        let literal = from[..end].replace("\\\"", "\"").replace("\\\\", "\\");
        let marker: String = before.trim_end().chars().rev().take(5).collect::<Vec<_>>().into_iter().rev().collect();
        found.push((marker, literal));
        rest = from.get(end + 1..).unwrap_or_default();
    }
    found
}

/// Whether a literal reads as words: more than one, or one that begins with a capital letter.
fn reads_as_words(literal: &str) -> bool {
    let letters = literal.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).count();
    let is_capital = literal.chars().next().is_some_and(char::is_uppercase);
    let is_code = literal.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()) && literal.len() < 4;
    let is_key = !literal.contains(' ') && literal.contains(['_', '-', '.', '/']) && !is_capital;
    letters > 0
        && !is_code
        && !is_key
        && !literal.contains("{}")
        && !literal.starts_with('{')
        && (is_capital || (letters > 1 && literal.contains(' ')))
}

/// The texts that a template says itself.
fn said(template: &str) -> Vec<String> {
    let calls = template.split("say(\"").skip(1);
    calls.filter_map(|call| call.split_once('"')).map(|(text, _)| text.to_owned()).collect()
}

/// Every text of the pages.
fn texts() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in files(&WORDS_ALONE) {
        let all =
            literals(&path).into_iter().filter(|(marker, text)| marker.ends_with("say!(") || reads_as_words(text));
        found.extend(all.map(|(_, text)| text));
    }
    for path in files(&MARKED) {
        found.extend(literals(&path).into_iter().filter(|(marker, _)| marker.ends_with("say!(")).map(|(_, text)| text));
    }
    // What these files say without a mark.
    let kinds = ["One-page profile", "Transition pack", "SEND pack", "Safeguarding pack", "About me"];
    let columns = ["Child", "Plan or support", "Next date", "Before the first day", "Enclosed"];
    found.extend(kinds.into_iter().chain(columns).map(str::to_owned));
    for ending in [".typ", ".txt"] {
        let templates = with_ending(&root().join("templates"), ending);
        found.extend(templates.iter().flat_map(|path| said(&fs::read_to_string(path).unwrap())));
    }
    found.extend(handover::record::labels().map(str::to_owned));
    found.extend(rules().map(|rule| rule.title.to_owned()));
    for name in ON_NO_PAGE {
        found.remove(name);
    }
    found.remove("");
    found
}

#[test]
fn every_text_of_the_pages_can_be_translated() {
    let mut page = HEADER.to_owned();
    for text in texts() {
        let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        write!(page, "\nmsgid \"{text}\"\nmsgstr \"\"\n").unwrap();
    }
    let path = root().join("templates/words.pot");
    if std::env::vars().any(|(name, _)| name == "HANDOVER_WRITE_EXPECTED") {
        fs::write(&path, &page).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap();
    assert!(kept == page, "templates/words.pot is not what the sources say; HANDOVER_WRITE_EXPECTED=1 writes it anew");
}

/// Each text with its vowels accented, and the names in braces as they are.
fn made_up(template: &str) -> String {
    let mut inside = false;
    let accented = |c: char| match c {
        'a' => 'á',
        'e' => 'é',
        'i' => 'í',
        'o' => 'ó',
        'u' => 'ú',
        'y' => 'ý',
        'A' => 'Á',
        'E' => 'É',
        'I' => 'Í',
        'O' => 'Ó',
        'U' => 'Ú',
        'Y' => 'Ý',
        c => c,
    };
    let change = |c: char| {
        inside = (inside || c == '{') && c != '}';
        if inside { c } else { accented(c) }
    };
    template.chars().map(change).collect()
}

/// A translation of everything, out of the file for translators.
fn made_up_translation() -> String {
    let kept = fs::read_to_string(root().join("templates/words.pot")).unwrap();
    let (header, messages) = kept.split_once("\n\n").unwrap();
    let header = header.replace("Language: \\n", "Language: qmi\\n");
    let messages = messages.split("\n\n").map(|message| {
        let english = message.strip_prefix("msgid \"").unwrap().split("\"\nmsgstr").next().unwrap();
        // What stands behind a backslash is no letter.
        let own = made_up(&english.replace("\\n", "\u{1}")).replace('\u{1}', "\\n");
        format!("msgid \"{english}\"\nmsgstr \"{own}\"\n")
    });
    format!("{header}\n\n{}", messages.collect::<Vec<_>>().join("\n"))
}

/// Words of letters, in small letters; without what may be a piece of a fingerprint.
fn words(text: &str) -> BTreeSet<String> {
    let all = text.split(|c: char| !c.is_alphabetic());
    let all = all.filter(|word| word.chars().count() > 2).map(str::to_lowercase);
    all.filter(|word| !word.bytes().all(|byte| byte.is_ascii_hexdigit())).collect()
}

#[test]
fn pages_in_a_made_up_language_hold_no_english_of_ours() {
    let desk = Workspace::new();
    desk.write("words/qmi.po", made_up_translation());
    let translation = desk.path("words");
    let records = examples();
    let out = desk.path("out");
    let options = ["--templates", text(&translation), "--as-of", DAY, "--no-encrypt"];
    let run = desk.run(&[&["pack", text(&records), "--out", text(&out)], &options[..]].concat());
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let sources = with_ending(&records, ".toml");
    let pages = with_ending(&out, ".pdf");
    // The words of the records, of schools and of the certificate stand as they are; a file has the name it has. Long
    // words are broken on the pages, and others joined over the end of a line.
    let letters = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let mut known: String = sources.iter().map(|file| letters(&fs::read_to_string(file).unwrap())).collect();
    known.push_str(&letters("Millbeck Example Junior School, START-HERE.html, handover verify FILE"));
    // References.
    known.extend(pages.iter().map(|pdf| letters(text(pdf))));
    assert!(pages.iter().any(|pdf| text(pdf).contains("COVER-LETTER")), "{pages:?}");
    for pdf in pages {
        let printed = tool("pdftotext", &[text(&pdf), "-"]).out;
        let is_plain = |word: &String| {
            word.contains(['a', 'e', 'i', 'o', 'u', 'y']) && !word.contains(['á', 'é', 'í', 'ó', 'ú', 'ý'])
        };
        let english: Vec<String> =
            words(&printed).into_iter().filter(|word| is_plain(word) && !known.contains(word.as_str())).collect();
        assert!(english.is_empty(), "{}: {english:?}", pdf.display());
        assert!(
            tool("qpdf", &["--json", text(&pdf)]).out.contains("qmi"),
            "{}: its language is not told",
            pdf.display()
        );
    }
    // Who has the translation can make them again, and nobody else.
    let bundle = with_ending(&out, ".zip").remove(0);
    let verify =
        |more: &[&str]| desk.run(&[&["verify", "--rerender", "--as-of", "2026-09-01", text(&bundle)], more].concat());
    let again = "typeset again byte for byte";
    assert!(!verify(&[]).out.contains(again));
    let run = verify(&["--templates", text(&translation)]);
    assert!(run.out.contains(again), "{}{}", run.out, run.err);
}
