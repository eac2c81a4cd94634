//! `school.toml`: what a school says once for all its children, so that no record has to.
//!
//! It lies beside the records or in a folder above them. What a record says wins; what it leaves out is filled from here
//! before anything looks at it, so that the whole record is judged, signed and sealed. A record names the receiving school
//! by its number alone.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use validator::Validate;

use super::day::Day;
use super::edit::NewValue;
use super::limits::collect_limits;
use super::pupil::{GuidanceProfile, ReceivingSchool, SendingSchool};
use super::sharing::{Enclosure, LawfulBasis, Retention, TransferKind, TransferMethod};
use super::suggestions;
use crate::problem::{Finding, Problem, Report, Severity};
use crate::school::{Laestab, Urn, plain_number};
use crate::text::{Locator, Source, join};

/// The code of everything that is wrong with a `school.toml`.
pub const SCHOOL_FILE_CODE: &str = "PO-05";

/// The file `school.toml`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "handover school")]
struct File {
    /// The edition of the national guidance that the school works by, for example `kcsie-2025`.
    guidance_profile: Option<GuidanceProfile>,
    /// The school that hands over: yours.
    #[validate(nested)]
    sending_school: SendingSchool,
    /// The schools your children go to. A record names one by its DfE number.
    #[validate(nested)]
    receiving_schools: Vec<ReceivingSchool>,
    /// The academic years of your register.
    years: Vec<RegisterYear>,
    /// Early Help where you are.
    #[validate(nested)]
    early_help: EarlyHelpHere,
    /// What is the same in every transition plan.
    transition_plan: PlanHere,
    /// Why, and how long, information is shared.
    #[validate(nested)]
    sharing: SharingHere,
    /// How and when the files travel.
    #[validate(nested)]
    transfer: TransferHere,
    /// What new records suggest behind a `#`, to be taken up child by child: who and when, by field.
    /// `"voice.entries.recorded_by" = "Alice Quill"`
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    starter: suggestions::Written,
}

/// One academic year of the register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RegisterYear {
    /// The calendar year in which the academic year began: 2025 for 2025/26.
    academic_year: i64,
    /// First day counted.
    from: Day,
    /// Last day counted.
    to: Day,
}

/// Early Help where the school is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields, default)]
struct EarlyHelpHere {
    /// What an Early Help Assessment is called.
    #[validate(length(max = 120))]
    local_name: Option<String>,
}

/// What is the same in every transition plan.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct PlanHere {
    /// When the plans are reviewed.
    review_on: Option<Day>,
}

/// Why, and how long, information is shared.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields, default)]
struct SharingHere {
    /// The lawful basis.
    lawful_basis: Option<LawfulBasis>,
    /// The condition for special category data, for example `dpa2018_sch1_para18`.
    #[validate(length(max = 200))]
    special_category_condition: Option<String>,
    /// Who keeps what, until when.
    #[validate(nested)]
    retention: Option<Retention>,
}

/// How and when the files travel.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields, default)]
struct TransferHere {
    /// What kind of move.
    kind: Option<TransferKind>,
    /// How the files travel.
    method: Option<TransferMethod>,
    /// The last day of those who leave.
    leaving_on: Option<Day>,
    /// What travels with every pack.
    #[validate(nested)]
    enclosures: Vec<Enclosure>,
}

/// A `school.toml` that holds whole.
#[derive(Debug, Clone)]
pub struct SchoolFile {
    text: String,
    file: File,
}

/// Where a value stands that a record got from `school.toml`: fields of the record, by path.
pub type FromSchool = BTreeSet<String>;

impl SchoolFile {
    /// Reads a `school.toml`. `name` is how the file is shown to people; `bytes` are its content.
    ///
    /// # Errors
    /// A report with every problem, where there is one: it holds whole or not at all.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Report> {
        let text = std::str::from_utf8(bytes).ok().map(|text| text.trim_start_matches('\u{feff}').to_owned());
        let is_text = text.is_some();
        let source = Source { name: name.to_owned(), text: text.unwrap_or_default() };
        let refused = |span: Range<usize>, message: String| {
            Err(Report::new(name, vec![Finding::new(problem("", message), &source, span)]))
        };
        if !is_text {
            return refused(0..0, "The file is not saved as UTF-8".to_owned());
        }
        let document = match DeTable::parse(&source.text) {
            Ok(document) => document,
            Err(error) => return refused(error.span().unwrap_or(0..0), unreadable(&error)),
        };
        let locator = Locator::new(&document);
        let file = match File::deserialize(toml::de::Deserializer::from(document)) {
            Ok(file) => file,
            Err(error) => return refused(error.span().unwrap_or(0..0), unreadable(&error)),
        };
        let place = |(path, message): (String, String)| {
            let span = locator.find(&path);
            Finding::new(problem(&path, message), &source, span)
        };
        let findings: Vec<Finding> = file.problems().into_iter().map(place).collect();
        if findings.is_empty() { Ok(Self { text: source.text, file }) } else { Err(Report::new(name, findings)) }
    }

    /// Whether it says which school hands over.
    #[must_use]
    pub fn has_sending_school(&self) -> bool {
        self.file.sending_school.name.is_some()
    }

    /// The DfE number of the school that hands over.
    #[must_use]
    pub fn sending_number(&self) -> Option<&str> {
        self.file.sending_school.laestab.as_deref()
    }

    /// The schools that children go to: DfE number and name.
    pub fn receiving(&self) -> impl Iterator<Item = (&str, &str)> {
        self.file
            .receiving_schools
            .iter()
            .filter_map(|school| Some((school.laestab.as_deref()?, school.name.as_deref()?)))
    }

    /// The first and the last day of an academic year that the register counts.
    #[must_use]
    pub fn register_year(&self, academic_year: i64) -> Option<(Day, Day)> {
        self.file.years.iter().find(|year| year.academic_year == academic_year).map(|year| (year.from, year.to))
    }

    /// What new records suggest: the path of a field without numbers, and its value.
    #[must_use]
    pub fn suggestions(&self) -> Vec<(String, NewValue)> {
        suggestions::suggestions(&self.file.starter)
    }

    /// Its text, out of which records are filled.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

impl File {
    /// What is wrong with it: path and message.
    fn problems(&self) -> Vec<(String, String)> {
        let mut problems = Vec::new();
        let mut numbers = BTreeSet::new();
        let mut number = |path: String, laestab: Option<&str>, urn: Option<&str>| {
            match laestab.map(Laestab::parse) {
                None => problems.push((path.clone(), "The DfE number of this school is missing".to_owned())),
                Some(Err(_)) => problems.push((join(&path, "laestab"), "A DfE number has seven digits".to_owned())),
                Some(Ok(laestab)) if !numbers.insert(laestab.clone()) => {
                    problems.push((join(&path, "laestab"), "This school stands in the file twice".to_owned()));
                }
                Some(Ok(_)) => {}
            }
            if urn.is_some_and(|urn| Urn::parse(urn).is_err()) {
                problems.push((join(&path, "urn"), "A Unique Reference Number has six digits".to_owned()));
            }
        };
        let own = &self.sending_school;
        if own != &SendingSchool::default() {
            number("sending_school".to_owned(), own.laestab.as_deref(), own.urn.as_deref());
        }
        for (at, school) in self.receiving_schools.iter().enumerate() {
            number(format!("receiving_schools[{at}]"), school.laestab.as_deref(), school.urn.as_deref());
        }
        let mut years = BTreeMap::new();
        for (at, year) in self.years.iter().enumerate() {
            if year.from > year.to || years.insert(year.academic_year, at).is_some() {
                let message = "Each year stands here once, and begins before it ends".to_owned();
                problems.push((format!("years[{at}]"), message));
            }
        }
        problems.extend(suggestions::problems(&self.starter));
        if let Err(errors) = self.validate() {
            let mut limits = Vec::new();
            collect_limits(&errors, "", &mut limits);
            problems.extend(limits.into_iter().map(|problem| (problem.path, problem.message)));
        }
        problems
    }
}

/// The JSON Schema of `school.toml`.
#[must_use]
pub fn school_schema() -> serde_json::Value {
    super::schema::schema_of::<File>()
}

fn problem(path: &str, message: String) -> Problem {
    Problem {
        code: SCHOOL_FILE_CODE,
        severity: Severity::Error,
        message,
        path: path.to_owned(),
        help: "`handover schema school` lists what the file may say.".to_owned(),
        hint: None,
    }
}

/// What the reader of TOML expected, without what it found.
fn unreadable(error: &toml::de::Error) -> String {
    let message = error.message();
    let told = message.split(", found").next().unwrap_or(message).split(" `").next().unwrap_or(message);
    format!("This cannot be read: {told}")
}

/// Fills what a record leaves out from a school's file; answers the paths that were filled.
pub(super) fn fill<'t>(record: &mut Spanned<DeTable<'t>>, school: &DeTable<'t>) -> FromSchool {
    let mut filled = FromSchool::new();
    let top = record.span().start..record.span().start;
    let record = record.get_mut();
    let years = school.get("years").cloned();
    let receiving = receiving_of(record, school);
    if let Some((defaults, place)) = &receiving {
        into_field(record, "receiving_school", defaults, place, &mut filled);
    }
    for (name, defaults) in school.iter().filter(|(name, _)| !is_told_apart(name.get_ref())) {
        into_field(record, name.get_ref(), defaults.get_ref(), &top, &mut filled);
    }
    if let Some(years) = years {
        fill_years(record, years.get_ref(), &mut filled);
    }
    filled
}

/// Whether a part of the file is no part of a record.
fn is_told_apart(name: &str) -> bool {
    ["receiving_schools", "years", "starter"].contains(&name)
}

fn into_field<'t>(
    record: &mut DeTable<'t>,
    name: &str,
    defaults: &DeValue<'t>,
    place: &Range<usize>,
    filled: &mut FromSchool,
) {
    let mut all = DeTable::new();
    all.insert(Spanned::new(place.clone(), name.to_owned().into()), Spanned::new(place.clone(), defaults.clone()));
    fill_table(record, &all, "", place, filled);
}

fn fill_table<'t>(
    table: &mut DeTable<'t>,
    with: &DeTable<'t>,
    path: &str,
    place: &Range<usize>,
    filled: &mut FromSchool,
) {
    for (name, value) in with {
        let inside = join(path, name.get_ref());
        match (table.get_mut(name.get_ref().as_ref()).map(Spanned::get_mut), value.get_ref()) {
            (Some(DeValue::Table(own)), DeValue::Table(with)) => fill_table(own, with, &inside, place, filled),
            (Some(DeValue::String(text)), _) if !text.trim().is_empty() => {}
            (None | Some(DeValue::String(_)), given) => {
                note_filled(given, &inside, filled);
                table.remove(name.get_ref().as_ref());
                table.insert(Spanned::new(place.clone(), name.get_ref().clone()), placed(given, place));
            }
            (Some(_), _) => {}
        }
    }
}

/// The values of what was filled, each by its path.
fn note_filled(value: &DeValue<'_>, path: &str, filled: &mut FromSchool) {
    match value {
        DeValue::Table(fields) => {
            fields.iter().for_each(|(name, value)| note_filled(value.get_ref(), &join(path, name.get_ref()), filled));
        }
        _ => {
            filled.insert(path.to_owned());
        }
    }
}

/// A value of the school's file at a place in the record.
fn placed<'t>(value: &DeValue<'t>, place: &Range<usize>) -> Spanned<DeValue<'t>> {
    let value = match value {
        DeValue::Table(fields) => {
            let mut all = DeTable::new();
            for (name, value) in fields {
                all.insert(Spanned::new(place.clone(), name.get_ref().clone()), placed(value.get_ref(), place));
            }
            DeValue::Table(all)
        }
        DeValue::Array(items) => DeValue::Array(items.iter().map(|item| placed(item.get_ref(), place)).collect()),
        value => value.clone(),
    };
    Spanned::new(place.clone(), value)
}

/// What the school's file says of the school that a record names by its number, and where the record names it.
fn receiving_of<'t>(record: &DeTable<'t>, school: &DeTable<'t>) -> Option<(DeValue<'t>, Range<usize>)> {
    let laestab = |table: &DeTable<'_>| {
        let number = table.get("laestab")?;
        // As it may be typed: `999/4001`.
        Some((Laestab::parse(&plain_number(number.get_ref().as_str()?)).ok()?, number.span()))
    };
    let (wanted, place) = laestab(record.get("receiving_school")?.get_ref().as_table()?)?;
    let known = school.get("receiving_schools")?.get_ref().as_array()?.iter();
    let is_it = |known: &&Spanned<DeValue<'t>>| {
        known.get_ref().as_table().and_then(laestab).is_some_and(|(number, _)| number == wanted)
    };
    known.clone().find(is_it).map(|found| (found.get_ref().clone(), place))
}

/// First and last day of the years that the register counts, where a record leaves them out.
fn fill_years<'t>(record: &mut DeTable<'t>, years: &DeValue<'t>, filled: &mut FromSchool) {
    let own = |record: &DeTable<'t>, field: &str| {
        let school = record.get("sending_school")?.get_ref().as_table()?;
        Some(school.get(field)?.get_ref().as_str()?.to_owned())
    };
    let own = [own(record, "name"), own(record, "laestab")];
    let whole = |value: Option<&Spanned<DeValue<'_>>>| value?.get_ref().as_integer()?.as_str().parse::<i64>().ok();
    let Some(DeValue::Table(attendance)) = record.get_mut("attendance").map(Spanned::get_mut) else { return };
    let Some(DeValue::Array(periods)) = attendance.get_mut("periods").map(Spanned::get_mut) else { return };
    for (at, period) in periods.iter_mut().enumerate() {
        let place = period.span();
        let DeValue::Table(period) = period.get_mut() else { continue };
        let school = period.get("school").and_then(|school| school.get_ref().as_str());
        if school.is_some_and(|school| !own.iter().flatten().any(|own| own == school)) {
            continue;
        }
        let year = whole(period.get("academic_year"));
        let known = years.as_array().into_iter().flat_map(|years| years.iter());
        let is_it = |known: &&DeTable<'t>| year.is_some() && whole(known.get("academic_year")) == year;
        let Some(known) = known.filter_map(|known| known.get_ref().as_table()).find(is_it) else { continue };
        fill_table(period, known, &format!("attendance.periods[{at}]"), &place, filled);
    }
}

#[cfg(test)]
mod tests {
    use crate::record::{SchoolFile, read, read_at_school};

    const SCHOOL: &str = "[sending_school]\nname = \"Millbeck Example Junior School\"\nlaestab = \"9992001\"\nurn = \"999201\"\n[sending_school.dsl]\nname = \"Ruth Halloran\"\nphone = \"01632 960101\"\n[[receiving_schools]]\nname = \"Northgate Example Academy\"\nlaestab = \"9994001\"\nurn = \"999401\"\nstart_date = 2026-09-03\n[[receiving_schools]]\nname = \"Southgate Example School\"\nlaestab = \"9994002\"\nurn = \"999402\"\nstart_date = 2026-09-02\n[[years]]\nacademic_year = 2025\nfrom = 2025-09-03\nto = 2026-07-10\n[sharing]\nlawful_basis = \"public_task\"\n";
    const RECORD: &str = "schema_version = 1\n[sending_school.dsl]\nname = \"Somebody Else\"\n[receiving_school]\nlaestab = \"999/4002\"\nkey_adult = \"Mr X\"\n[[attendance.periods]]\nacademic_year = 2025\npossible = 10\n[[attendance.periods]]\nacademic_year = 2025\nschool = \"Elsewhere School\"\n";

    #[test]
    fn what_a_record_leaves_out_is_filled_and_what_it_says_wins() {
        let school = SchoolFile::read("school.toml", SCHOOL.as_bytes()).unwrap();
        let reading = read_at_school("x", RECORD.as_bytes(), &school);
        let record = &reading.record;
        let sending = record.sending_school.as_ref().unwrap();
        assert_eq!(sending.urn.as_deref(), Some("999201"));
        let dsl = sending.dsl.as_ref().unwrap();
        assert_eq!((dsl.name.as_deref(), dsl.phone.as_deref()), (Some("Somebody Else"), Some("01632 960101")));
        let receiving = record.receiving_school.as_ref().unwrap();
        assert_eq!(receiving.name.as_deref(), Some("Southgate Example School"));
        assert_eq!(receiving.laestab.as_deref(), Some("999/4002"), "as the record says it");
        let periods = &record.attendance.as_ref().unwrap().periods;
        assert_eq!(periods[0].to, "2026-07-10".parse().ok());
        assert_eq!(periods[1].to, None, "another school's register");
        assert!(
            reading.from_school.contains("receiving_school.urn")
                && reading.from_school.contains("attendance.periods[0].to")
        );
        assert!(!reading.from_school.contains("sending_school.dsl.name"));
        let missing = |path: &str| reading.findings.iter().any(|finding| finding.problem.path == path);
        assert!(!missing("sending_school") && !missing("receiving_school.name") && missing("pupil"));
        assert!(read("x", RECORD.as_bytes()).findings.len() > reading.findings.len());
    }

    #[test]
    fn a_school_is_never_guessed() {
        let one = SCHOOL.split("[[receiving_schools]]\nname = \"Southgate").next().unwrap();
        let school = SchoolFile::read("school.toml", one.as_bytes()).unwrap();
        let reading = read_at_school("x", b"schema_version = 1\n", &school);
        assert_eq!(reading.record.receiving_school, None);
        assert!(reading.findings.iter().any(|finding| finding.problem.path == "receiving_school"));
    }

    #[test]
    fn a_file_with_a_mistake_is_refused_whole() {
        for (text, place) in [
            ("[[receiving_schools]]\nname = \"x\"\n", "receiving_schools[0]"),
            ("[[receiving_schools]]\nlaestab = \"12\"\n", "receiving_schools[0].laestab"),
            (
                "[[receiving_schools]]\nlaestab = \"9994001\"\n[[receiving_schools]]\nlaestab = \"9994001\"\n",
                "receiving_schools[1].laestab",
            ),
            ("[sending_school]\nlaestab = \"9992001\"\nurn = \"x\"\n", "sending_school.urn"),
            ("[[years]]\nacademic_year = 2025\nfrom = 2026-07-10\nto = 2025-09-03\n", "years[0]"),
            (
                "[sending_school]\nlaestab = \"9992001\"\n[sending_school.dsl]\nemail = \"nobody\"\n",
                "sending_school.dsl.email",
            ),
            ("colour = 1\n", ""),
            ("[pupil]\nsex = \"F\"\n", ""),
        ] {
            let report = SchoolFile::read("school.toml", text.as_bytes()).unwrap_err();
            assert_eq!(report.findings[0].problem.path, place, "{text}");
            assert_eq!(report.findings[0].problem.code, "PO-05");
        }
        assert!(SchoolFile::read("school.toml", b"").is_ok());
    }
}
