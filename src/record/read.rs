//! From bytes to a record: never fails as a whole, answers what could be read and the problems.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, Deserializer};
use validator::Validate;

use super::digest::PictureDigests;
use super::limits::collect_limits;
use super::read_code::ReadCode;
use super::schema::record_schema;
use super::schema_violation::{SHAPE, fit};
use super::school_file::{self, FromSchool, SchoolFile};
use super::syntax_diagnosis::{explain, explain_open, lost_heading, open_list, unclosed};
use super::{Record, SCHEMA_VERSION};
use crate::problem::{Finding, Problem, Severity};
use crate::text::{Locator, Source, is_at_or_under, join};

/// So many lines that cannot be read are told.
const MOST_ERRORS: usize = 200;

/// The largest file that is read, in bytes. A long record is some tens of thousands.
pub const FILE_LIMIT: usize = 1 << 20;

/// What reading one file gave.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The text.
    pub source: Source,
    /// As much of the record as the text allows.
    pub record: Record,
    /// The pictures that it names, where they were looked at.
    pub pictures: Option<PictureDigests>,
    /// The paths of what the record left out and `school.toml` says.
    pub from_school: FromSchool,
    /// Where each value stands.
    locator: Locator,
    /// What is wrong with the text, the shape and single values.
    pub findings: Vec<Finding>,
    /// Paths about which the rules should keep quiet, because their values could not be read.
    damaged: Vec<String>,
    /// Whether so much is damaged that the rules have nothing to judge.
    is_unrecoverable: bool,
}

impl Reading {
    /// Whether a rule's problem at this path only repeats what reading has said already.
    #[must_use]
    pub fn suppresses(&self, path: &str) -> bool {
        self.is_unrecoverable || self.damaged.iter().any(|damaged| is_at_or_under(path, damaged))
    }

    /// Whether something in a part of the record could not be read.
    #[must_use]
    pub fn is_damaged(&self, part: &str) -> bool {
        self.suppresses(part) || self.damaged.iter().any(|damaged| is_at_or_under(damaged, part))
    }

    /// Takes in what is wrong with a picture that the record names: the path of its entry, and why in words that follow
    /// "This picture".
    pub fn refuse_picture(&mut self, path: &str, why: &str) {
        let problem = Problem {
            code: ReadCode::Picture.code(),
            severity: Severity::Error,
            message: format!("This picture {why}"),
            path: path.to_owned(),
            help: "Put it right, or take the picture out of the record.".to_owned(),
            hint: None,
        };
        let finding = self.place(problem);
        self.findings.push(finding);
    }

    /// A finding for a problem, placed in the text.
    #[must_use]
    pub fn place(&self, mut problem: Problem) -> Finding {
        let span = self.locator.find(&problem.path);
        if self.from_school.contains(&problem.path) {
            problem.help.push_str(" It stands in `school.toml`.");
        }
        Finding::new(problem, &self.source, span)
    }
}

/// Reads a record. `name` is how the file is shown to people; `bytes` are its content.
#[must_use]
pub fn read(name: &str, bytes: &[u8]) -> Reading {
    read_with(name, bytes, None)
}

/// Reads a record of a school that says in `school.toml` what is the same for all: what the record leaves out is filled
/// from there.
#[must_use]
pub fn read_at_school(name: &str, bytes: &[u8], school: &SchoolFile) -> Reading {
    read_with(name, bytes, Some(school))
}

fn read_with(name: &str, bytes: &[u8], school: Option<&SchoolFile>) -> Reading {
    match decode(bytes) {
        Ok(text) => read_text(Source { name: name.to_owned(), text }, school),
        Err((message, help)) => {
            let mut reading = empty(Source { name: name.to_owned(), text: String::new() });
            reading.is_unrecoverable = true;
            reading.push(ReadCode::Encoding, 0..0, message.to_owned(), help.to_owned());
            reading
        }
    }
}

fn decode(bytes: &[u8]) -> Result<String, (&'static str, &'static str)> {
    const SAVE: &str = "Save it as UTF-8: in Notepad, choose File, Save as, Encoding: UTF-8.";
    if bytes.len() > FILE_LIMIT {
        return Err((
            "The file is too large for a record",
            "A record is text of at most one mebibyte. Is it another file?",
        ));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || bytes.contains(&0) {
        return Err(("The file is saved as UTF-16 or is not text", SAVE));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_not_utf8| ("The file is not saved as UTF-8", SAVE))?;
    if text.trim().is_empty() {
        return Err(("The file is empty", "Start with `handover new FILE`, which writes a record to fill in."));
    }
    Ok(text.to_owned())
}

fn empty(source: Source) -> Reading {
    Reading {
        source,
        record: Record::default(),
        pictures: None,
        from_school: FromSchool::new(),
        locator: Locator::default(),
        findings: Vec::new(),
        damaged: Vec::new(),
        is_unrecoverable: false,
    }
}

fn read_text(source: Source, school: Option<&SchoolFile>) -> Reading {
    let text = source.text.clone();
    let (mut document, errors) = DeTable::parse_recoverable(&text);
    let mut reading = empty(source);
    let syntax = errors.iter().map(|error| (error.span().unwrap_or(0..0), error.message().to_owned())).collect();
    if !errors.is_empty() {
        reading.locator = Locator::new(&document);
    }
    let lost = reading.syntax(syntax);
    if reading.is_unrecoverable {
        return reading;
    }
    // A file that holds whole can be read again.
    if let Some(school) = school.and_then(|school| DeTable::parse(school.text()).ok()) {
        reading.from_school = school_file::fill(&mut document, school.get_ref());
    }
    let (violations, places) = fit(&mut document, &record_schema().root);
    reading.locator = places;
    for misfit in violations.into_iter().take(MOST_ERRORS) {
        let covered =
            reading.suppresses(&misfit.problem.path) || lost.iter().any(|range| range.contains(&misfit.span.start));
        reading.damaged.extend(misfit.damaged);
        if !covered {
            reading.findings.push(Finding::new(misfit.problem, &reading.source, misfit.span));
        }
    }
    reading.fill(document);
    reading
}

impl Reading {
    fn push(&mut self, code: ReadCode, span: Range<usize>, message: String, help: String) {
        let problem =
            Problem { code: code.code(), severity: Severity::Error, message, path: String::new(), help, hint: None };
        self.findings.push(Finding::new(problem, &self.source, span));
    }

    /// Reports the first syntax error of each line; answers the stretches of text whose section is not known.
    fn syntax(&mut self, mut errors: Vec<(Range<usize>, String)>) -> Vec<Range<usize>> {
        errors.sort_by_key(|(span, _)| span.start);
        let open = if errors.is_empty() { None } else { open_list(&self.source.text) };
        if let Some(at) = open {
            // What follows an open list is read as part of it; nothing sensible can be said about it.
            self.is_unrecoverable = true;
            let (at, diagnosis) = explain_open(&self.source.text, at);
            self.push(ReadCode::Syntax, at..at + 1, diagnosis.message.to_owned(), diagnosis.help.to_owned());
            return Vec::new();
        }
        let mut lost = Vec::new();
        let mut last_line = None;
        let lost_headings = self.fields_without_heading(&errors);
        if errors.len() > MOST_ERRORS {
            // Hardly a record. The first errors show what it is, and nothing sensible can be said about the rest.
            self.is_unrecoverable = true;
            errors.truncate(MOST_ERRORS);
        }
        for (span, message) in errors {
            let line = self.source.line_around(span.start);
            if let Some(first) = lost_headings.get(&line.start) {
                if *first && last_line.replace(line.start) != Some(line.start) {
                    let diagnosis = lost_heading();
                    self.push(ReadCode::Syntax, span, diagnosis.message.to_owned(), diagnosis.help.to_owned());
                }
                // Whose fields these are is not known, so nothing is said about the whole section.
                let path = damaged_path(&self.source.text, &line);
                self.damaged.push(path.split(['.', '[']).next().unwrap_or_default().to_owned());
                continue;
            }
            if last_line.replace(line.start) == Some(line.start) {
                continue;
            }
            let diagnosis = explain(&self.source, &span, &message);
            // A section that stands twice repeats its fields too; once is enough to say it.
            if lost.iter().any(|range: &Range<usize>| range.contains(&span.start)) && message.contains("duplicate") {
                continue;
            }
            // A text without an end is noticed at the end of the file; its beginning is the place to look.
            let span = if diagnosis.fatal { unclosed(&self.source.text).map_or(span, |at| at..at + 3) } else { span };
            self.push(ReadCode::Syntax, span, diagnosis.message.to_owned(), diagnosis.help.to_owned());
            self.is_unrecoverable |= diagnosis.fatal;
            let text = self.source.text.get(line.clone()).unwrap_or_default();
            if text.trim_start().starts_with('[') {
                lost.push(line.start..section_end(&self.source.text, line.end));
                self.damaged.push(heading_name(text).to_owned());
            } else {
                let path = damaged_path(&self.source.text, &line);
                self.damaged.push(path);
            }
        }
        if last_line.is_some() {
            self.damaged.extend(lost_sections(&self.source.text, &self.locator));
        }
        lost
    }

    /// Lines whose fields come a second time, three or more in a row: a heading is missing above the first of them.
    fn fields_without_heading(&self, errors: &[(Range<usize>, String)]) -> BTreeMap<usize, bool> {
        const RUN: usize = 3;
        let again = |error: &(Range<usize>, String)| {
            let line = self.source.line_around(error.0.start);
            let is_field = self.source.text.get(line.clone()).is_some_and(|line| !line.trim_start().starts_with('['));
            (error.1.contains("duplicate") && is_field).then_some(line.start)
        };
        let mut found = BTreeMap::new();
        for run in errors.chunk_by(|a, b| again(a).is_some() && again(b).is_some()) {
            let lines: Vec<usize> = run.iter().filter_map(again).collect();
            if lines.len() >= RUN {
                found.extend(lines.iter().enumerate().map(|(i, line)| (*line, i == 0)));
            }
        }
        found
    }

    fn fill(&mut self, document: Spanned<DeTable<'_>>) {
        match Record::deserialize(Deserializer::from(document)) {
            Ok(record) => self.record = record,
            Err(error) => {
                // The shape was checked, so serde can only stop at something the two disagree about.
                self.is_unrecoverable = true;
                let span = error.span().unwrap_or(0..0);
                let help = "Compare the place with `handover schema`.".to_owned();
                self.push(ReadCode::ValueType, span, "This part of the record cannot be read".into(), help);
                return;
            }
        }
        if let Some(version) = self.record.schema_version.filter(|version| *version != SCHEMA_VERSION) {
            let message = format!("This program reads version {SCHEMA_VERSION} of the record, not version {version}");
            let problem = Problem {
                code: SHAPE,
                severity: Severity::Error,
                message,
                path: "schema_version".into(),
                help: format!("Write `schema_version = {SCHEMA_VERSION}`, or use a newer handover."),
                hint: None,
            };
            let finding = self.place(problem);
            self.findings.push(finding);
        }
        if let Err(errors) = self.record.validate() {
            let mut limits = Vec::new();
            collect_limits(&errors, "", &mut limits);
            let placed: Vec<_> = limits.into_iter().map(|problem| self.place(problem)).collect();
            self.findings.extend(placed);
        }
    }
}

/// Where the section around a byte ends: at the next heading.
fn section_end(text: &str, from: usize) -> usize {
    text.get(from..).and_then(|rest| rest.find("\n[")).map_or(text.len(), |at| from + at)
}

fn heading_name(line: &str) -> &str {
    line.trim().trim_matches(['[', ']', ' '])
}

/// Sections whose heading stands in the text, but which the parser lost on its way past an error.
fn lost_sections(text: &str, locator: &Locator) -> Vec<String> {
    let headings = text.lines().map(|line| line.trim_start_matches(['#', ' '])).filter(|line| line.starts_with('['));
    let names = headings.map(|line| heading_name(line).split([']', ' ']).next().unwrap_or_default().to_owned());
    let mut lost: Vec<String> = names.filter(|name| !name.is_empty() && !locator.has(name)).collect();
    // The statement that no risks are known stands for the risks.
    if lost.iter().any(|name| name == "no_known_risks") {
        lost.push("risks".to_owned());
    }
    lost
}

/// The path of the field on a line, from its own name and the headings above it.
fn damaged_path(text: &str, line: &Range<usize>) -> String {
    let mut heading = String::new();
    let mut seen: Vec<&str> = Vec::new();
    for above in text.get(..line.start).unwrap_or_default().lines() {
        let above = above.split('#').next().unwrap_or_default().trim();
        if above.starts_with("[[") {
            let name = heading_name(above);
            seen.push(name);
            let index = seen.iter().filter(|earlier| **earlier == name).count() - 1;
            heading = format!("{name}[{index}]");
        } else if above.starts_with('[') && above.ends_with(']') {
            heading = heading_name(above).to_owned();
        }
    }
    let field = text.get(line.clone()).and_then(|line| line.split('=').next()).unwrap_or_default().trim();
    // A line that has no field of its own damages what it stands in.
    let is_name = !field.is_empty() && field.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let has_value = text.get(line.clone()).is_some_and(|line| line.contains('='));
    if is_name && has_value { join(&heading, field) } else { heading }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(&'static str, usize, String)> {
        let reading = read("x.toml", text.as_bytes());
        let mut told: Vec<_> =
            reading.findings.iter().map(|f| (f.problem.code, f.place.line, f.problem.message.clone())).collect();
        told.retain(|(_, _, message)| !message.ends_with("is missing"));
        told
    }

    #[test]
    fn a_date_as_teachers_write_it_gets_its_own_help() {
        let told = told("[pupil]\ndob = 01/09/2014\n");
        assert_eq!(told, [("RD-01", 2, "Dates are written the other way round here".to_owned())]);
    }

    #[test]
    fn all_problems_are_found_in_one_run() {
        let text = "schema_version = 1\n[pupil]\nupn = 12\nsurname = \"x\"\nsex = \"X\"\ndob = 95%\n[attendance]\nperiods = 3\n";
        let lines: Vec<_> = told(text).into_iter().map(|(code, line, _)| (code, line)).collect();
        assert_eq!(lines.len(), 5, "{lines:?}");
        for expected in [("ID-14", 3), ("ID-14", 4), ("ID-14", 5), ("RD-01", 6), ("ID-14", 8)] {
            assert!(lines.contains(&expected), "{expected:?} in {lines:?}");
        }
    }

    #[test]
    fn rules_keep_quiet_about_what_could_not_be_read() {
        let reading = read("x", b"[pupil]\ndob = 01/09/2014\n[[attendance.periods]]\nto = 2026-01-01\n[[attendance.periods]]\nfrom = 1/2/2026\n");
        assert!(reading.suppresses("pupil.dob") && !reading.suppresses("pupil.upn"));
        assert!(reading.suppresses("attendance.periods[1].from") && !reading.suppresses("attendance.periods[0].from"));
    }

    #[test]
    fn what_the_parser_lost_on_its_way_is_not_called_missing() {
        let text =
            "[voice]\nrecorded by = \"x\"\n[[voice.worries]]\nid = \"w1\"\n[no_known_risks]\nstated_by = \"y\"\n";
        let reading = read("x", text.as_bytes());
        for path in ["risks", "no_known_risks"] {
            assert!(reading.suppresses(path) || reading.record.no_known_risks.is_some(), "{path}");
        }
        let bare = read("x", b"schema_version = 1\n");
        assert!(bare.suppresses("pupil.upn") && !bare.suppresses("voice.entries"));
    }

    #[test]
    fn a_lost_heading_is_one_problem() {
        let people = "[[household.people]]\nid = \"a\"\nname = \"x\"\nstatus = \"known\"\nid = \"b\"\nname = \"y\"\nstatus = \"known\"\n";
        let plan = "[attendance]\nstory = \"x\"\nstarted = 2026-02-02\nowner = \"x\"\nsuccess_criteria = [\"x\"]\n";
        for (text, code, line) in [(people, "RD-01", 5), (plan, "ID-14", 3)] {
            let told: Vec<_> = told(text).into_iter().filter(|(told, ..)| *told == code).collect();
            let heading = "A heading is missing above this line".to_owned();
            assert_eq!(told, [(code, line, heading)]);
        }
    }

    #[test]
    fn files_that_are_not_utf8_text_are_named() {
        for (bytes, word) in [(&b"\xff\xfea\0"[..], "UTF-16"), (b"caf\xe9 = 1", "UTF-8"), (b" \n", "empty")] {
            let reading = read("x", bytes);
            assert_eq!(reading.findings.len(), 1);
            assert!(reading.findings[0].problem.message.contains(word) && reading.suppresses("anything"));
        }
        assert!(read("x", "\u{feff}schema_version = 1\n".as_bytes()).record.schema_version == Some(1));
    }

    #[test]
    fn limits_never_print_the_value() {
        let text =
            format!("[pupil]\nlegal_surname = \"{}\"\n[sending_school.dsl]\nemail = \"zq1\"\n", "zq2".repeat(200));
        let reading = read("x", text.as_bytes());
        let limits: Vec<_> = reading.findings.iter().filter(|f| f.problem.code == "RD-03").collect();
        assert_eq!(limits.len(), 2, "{limits:?}");
        assert!(limits.iter().all(|f| !format!("{:?}", f.problem).contains("zq")));
    }

    #[test]
    fn the_usual_slips_are_told_apart() {
        let diagnoses = [
            ("a = yes", "Yes or no"),
            ("a = “x”", "Curly"),
            ("a = some text", "Text needs"),
            ("a = \"C:\\Users\"", "backslash"),
            ("a = 95%", "percent"),
            ("a =", "no value"),
            ("a", "no `=`"),
            ("a = 1.9.2014", "Dates"),
            ("a = \"x", "closing quotation mark"),
            ("a = \"x \"y\" z\"", "inside the text"),
            ("a = [\"x\"\nb = 1", "This list has no end"),
            ("a = [\"x\", \"y]\nb = 1", "A quotation mark is missing"),
            ("a = { b = 1\nc = 2", "This bracket { has no end"),
            ("next_review = end of May", "A date is needed"),
            ("a = 2015-02-30", "no such day"),
            ("a = 2015-2-3", "not written quite right"),
            ("a = 3 Feb 2015", "in digits"),
            ("a = 01632 960100", "with spaces"),
            ("a = 1,370", "no comma"),
            ("a = 2025/26", "One year"),
            ("a = 350 sessions", "Only digits"),
            ("recorded by = \"x\"", "no spaces"),
            ("\u{a0}a = 1", "cannot be seen"),
            ("a = 1\na = 2", "twice"),
            ("[pupil]\n[pupil]", "twice"),
            ("a = \"\"\"x\n[b]\nc = 1", "\"\"\" has no end"),
        ];
        for (text, word) in diagnoses {
            let told = told(&format!("{text}\n"));
            assert!(
                told.iter().any(|(code, _, message)| *code == "RD-01" && message.contains(word)),
                "{text}: {told:?}"
            );
        }
    }
}
