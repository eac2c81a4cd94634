//! The folder of a class, as the form works on it: every look reads the files, and every change goes into them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::saves::{Undo, Views, digest_of};
use crate::check::{CheckOptions, Policy, RecordSummary, check_cross_record, check_one};
use crate::cli::exit::Failure;
use crate::cli::files::{find_if_any, read_one};
use crate::cli::folder_notes::notes_in;
use crate::cli::paths::{file_name, folder_of};
use crate::cli::pictures::look_at_pictures;
use crate::cli::records::{POLICY, SCHOOL, nearest, policy_file, read_for, read_school_file};
use crate::cli::show::origin;
use crate::form::{ChildRow, RecordPage, TaskPage, shown};
use crate::parallel::{each, processors};
use crate::problem::{Problem, Severity};
use crate::record::{
    Day, Expected, FolderNotes, NewValue, Reading, RecordEditor, SchoolFile, child_name, label, plain_upn,
};
use crate::text::{entry_number, is_at_or_under, path_steps};

/// A class while the form is open.
pub(super) struct Class {
    pub folder: PathBuf,
    pub day: Day,
    /// The day as which it was asked to judge, where it was.
    #[cfg_attr(not(feature = "pack"), expect(dead_code, reason = "only packs are dated"))]
    pub as_of: Option<Day>,
    pub views: Views,
    /// The pack that is shown beside the pages, by its key.
    pub beside: Option<String>,
    /// What makes the references of packs, once it was opened.
    #[cfg(feature = "pack")]
    pub makers: std::sync::OnceLock<Vec<crate::bundle::ReferenceMaker>>,
    /// A list that was looked at and waits to be taken over.
    pub upload: Option<Upload>,
}

/// A file that was handed in.
#[derive(Debug, Clone)]
pub(super) struct Upload {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What holds for all records of a class, read anew for every answer.
pub(super) struct Rules {
    pub policy: Policy,
    pub school: Option<SchoolFile>,
}

/// A record as a page shows it.
pub(super) struct Child {
    pub path: PathBuf,
    pub file: String,
    pub reading: Reading,
    pub text: String,
    pub digest: String,
    /// `None` where the record cannot be read in full.
    pub editor: Option<RecordEditor>,
    pub problems: Vec<Problem>,
    pub summary: RecordSummary,
    /// The reading's record as JSON, for what the school's file says.
    pub json: Value,
}

impl Class {
    pub(super) fn new(folder: PathBuf, day: Day, as_of: Option<Day>) -> Result<Self, Failure> {
        let class = Self {
            folder,
            day,
            as_of,
            views: Views::default(),
            beside: None,
            #[cfg(feature = "pack")]
            makers: std::sync::OnceLock::new(),
            upload: None,
        };
        class.rules()?;
        Ok(class)
    }

    pub(super) fn rules(&self) -> Result<Rules, Failure> {
        Ok(Rules {
            policy: nearest(&self.folder, POLICY).map_or_else(|| Ok(Policy::default()), |path| policy_file(&path))?,
            school: nearest(&self.folder, SCHOOL).map(|path| read_school_file(&path)).transpose()?,
        })
    }

    /// The records of the class, in order of name.
    pub(super) fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        find_if_any(&self.folder, &["toml"])
    }

    /// By what a record is called in addresses: nothing of the child, and nothing of the folder.
    pub(super) fn key_of(path: &Path) -> String {
        let digest = digest_of(path.as_os_str().as_encoded_bytes());
        digest.get(..16).unwrap_or(&digest).to_owned()
    }

    /// The record that is called so.
    pub(super) fn file(&self, key: &str) -> Result<Option<PathBuf>, Failure> {
        Ok(self.files()?.into_iter().find(|path| Self::key_of(path) == key))
    }

    /// A record as it is now.
    pub(super) fn child(&self, path: &Path, rules: &Rules) -> Result<Child, Failure> {
        let bytes = &read_one(path)?.bytes;
        let file = file_name(path);
        let mut reading = read_for(rules.school.as_ref(), &file, bytes);
        look_at_pictures(path, &mut reading);
        let text = std::str::from_utf8(bytes).unwrap_or_default().to_owned();
        let options = CheckOptions { policy: &rules.policy, today: self.day, overrides: &[] };
        let (outcome, summary) = check_one(reading.clone(), &options);
        let editor = if std::str::from_utf8(bytes).is_ok() { RecordEditor::new(&text).ok() } else { None };
        let is_filled = !reading.from_school.is_empty();
        let json = if is_filled { serde_json::to_value(&reading.record).unwrap_or_default() } else { Value::Null };
        Ok(Child {
            path: path.to_owned(),
            file,
            digest: digest_of(bytes),
            editor,
            problems: outcome.report.findings.into_iter().map(|finding| finding.problem).collect(),
            summary,
            json,
            reading,
            text,
        })
    }

    /// All children of the class: those with a record, then those who are expected and have none.
    pub(super) fn rows(&self, rules: &Rules) -> Result<Vec<ChildRow>, Failure> {
        let notes = notes_in(&self.folder)?;
        let files = self.files()?;
        #[cfg(feature = "pack")]
        let handed_over = self.handed_over();
        let row = |path: &PathBuf| {
            let child = self.child(path, rules)?;
            let row = self.row(&child, &notes);
            #[cfg(feature = "pack")]
            let row =
                ChildRow { handed_over: handed_over.as_ref().and_then(|known| known.of(&child.reading.record)), ..row };
            Ok((row, child.summary))
        };
        let rows = each(processors(), &files, row, Result::is_err);
        let rows: Vec<(ChildRow, RecordSummary)> = rows.into_iter().collect::<Result<_, Failure>>()?;
        let (mut rows, summaries): (Vec<ChildRow>, Vec<RecordSummary>) = rows.into_iter().unzip();
        for (number, problem) in check_cross_record(&summaries, &rules.policy) {
            match (rows.get_mut(number), problem.severity) {
                (Some(row), Severity::Error) => row.errors += 1,
                (Some(row), Severity::Warning) => row.warnings += 1,
                _ => {}
            }
        }
        let upns: BTreeSet<String> = summaries.iter().map(RecordSummary::upn).collect();
        let missing = notes.expected.iter().filter(|(upn, _)| !upns.contains(*upn));
        rows.extend(missing.map(|(_, expected)| expected_row(expected, rules)));
        rows.sort_by_key(|row| (row.link.is_empty(), row.name.to_lowercase()));
        Ok(rows)
    }

    /// What is wrong with a record beside the others of the class: somebody else's UPN, a brother who is told of otherwise.
    pub(super) fn beside_others(&self, path: &Path, rules: &Rules) -> Result<Vec<Problem>, Failure> {
        let files = self.files()?;
        let summary = |path: &PathBuf| Ok(self.child(path, rules)?.summary);
        let summaries = each(processors(), &files, summary, Result::is_err);
        let summaries = summaries.into_iter().collect::<Result<Vec<_>, Failure>>()?;
        let own = files.iter().position(|file| file == path);
        let found = check_cross_record(&summaries, &rules.policy).into_iter();
        Ok(found.filter(|(number, _)| Some(*number) == own).map(|(_, problem)| problem).collect())
    }

    fn row(&self, child: &Child, notes: &FolderNotes) -> ChildRow {
        let record = &child.reading.record;
        let upn = record.pupil.as_ref().and_then(|pupil| pupil.upn.as_deref()).map(plain_upn).unwrap_or_default();
        let expected = notes.expected.get(&upn);
        let nothing = |_: &str| None;
        let task = child.editor.as_ref().map(|editor| {
            TaskPage::of(&RecordPage {
                editor,
                problems: &child.problems,
                name: "",
                base: "",
                digest: "",
                view: 0,
                origin: &nothing,
                from_school: &|path| child.said_by_school(path),
                suggested: &|_| Vec::new(),
                genogram: &|| None,
                undo: 0,
            })
        });
        let count = |severity| child.problems.iter().filter(|problem| problem.severity == severity).count();
        let signed = record
            .sign_off
            .iter()
            .filter_map(|signed| Some(format!("{}, {}", label(&signed.role?), signed.on?.long())));
        let to = record.receiving_school.as_ref().and_then(|school| school.name.clone());
        let name = child.name();
        ChildRow {
            link: format!("c/{}/", Self::key_of(&child.path)),
            name: if name.is_empty() { format!("No name yet ({})", child.file) } else { name },
            file: child.file.clone(),
            class: expected.and_then(|expected| expected.class.clone()).unwrap_or_default(),
            to: to.or_else(|| expected.and_then(|expected| expected.to.clone())).unwrap_or_default(),
            done: task.as_ref().map_or(0, |task| task.done),
            of: task.as_ref().map_or(0, |task| task.of),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            signed: signed.collect(),
            handed_over: None,
            next: match &task {
                None => "The file cannot be read in full".to_owned(),
                Some(task) => task.next.unwrap_or_default().to_owned(),
            },
        }
    }

    /// What can be undone in a record.
    pub(super) fn undo(path: &Path) -> usize {
        Undo::of(path).map_or(0, |undo| undo.count())
    }
}

impl Child {
    /// The child's name; empty where the record has none.
    pub(super) fn name(&self) -> String {
        let pupil = self.reading.record.pupil.as_ref();
        let is_named = pupil.is_some_and(|pupil| {
            [&pupil.legal_forename, &pupil.legal_surname, &pupil.preferred_forename]
                .into_iter()
                .any(|name| name.as_deref().is_some_and(|name| !name.trim().is_empty()))
        });
        if is_named { child_name(&self.reading.record) } else { String::new() }
    }

    /// What the school's file says at a path, in words.
    pub(super) fn said_by_school(&self, path: &str) -> Option<String> {
        if !self.reading.from_school.iter().any(|filled| is_at_or_under(filled, path)) {
            return None;
        }
        let mut at = &self.json;
        for step in path_steps(path) {
            at = match entry_number(step) {
                Some(number) => at.get(number)?,
                None => at.get(step)?,
            };
        }
        Some(match at {
            Value::String(text) => text.parse::<Day>().map_or_else(|_no_day| text.clone(), Day::long),
            Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => "more".to_owned(),
        })
    }

    /// Where the value at a path came from, in words.
    pub(super) fn origin(&self, notes: &FolderNotes, path: &str) -> Option<String> {
        let value = self.editor.as_ref()?.get(path)?;
        let value = NewValue::of(value)?.to_json();
        let own = notes.records.get(&self.file);
        origin(&self.reading, notes, own, path, &value).map(|words| format!("From {words}"))
    }

    /// The notes of the folder it lies in.
    pub(super) fn notes(&self) -> Result<FolderNotes, Failure> {
        notes_in(folder_of(&self.path))
    }
}

/// What the school suggests for a field without numbers.
pub(super) fn suggested(school: Option<&SchoolFile>, plain: &str) -> Vec<String> {
    let suggestions = school.map(SchoolFile::suggestions).unwrap_or_default();
    let own = suggestions.into_iter().filter(|(path, _)| path == plain);
    own.map(|(_, value)| shown(Some(&value.to_value())).join(", ")).collect()
}

fn expected_row(expected: &Expected, rules: &Rules) -> ChildRow {
    let to = expected.to.clone().unwrap_or_default();
    let named = rules.school.as_ref().and_then(|school| school.receiving().find(|(number, _)| *number == to));
    ChildRow {
        link: String::new(),
        name: expected.name.clone(),
        file: String::new(),
        class: expected.class.clone().unwrap_or_default(),
        to: named.map_or(to, |(_, name)| name.to_owned()),
        done: 0,
        of: 0,
        errors: 0,
        warnings: 0,
        signed: Vec::new(),
        handed_over: None,
        next: String::new(),
    }
}
