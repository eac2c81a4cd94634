//! The rows of a list as proposals: one row a child, or several of the same child below one another.

use std::collections::BTreeMap;

use super::file::{ImportError, Imported, Reading};
use super::headings::columns;
use super::meaning::{Column, Meaning as M};
use super::proposal::{Contact, Period, Proposal};
use super::table::Table;
use super::values::{is_of_a_service, laestab, name, relationship, sen_need, sen_provision, sex, yes_no};

use crate::record::{Day, NewValue, RegisterClass, SchoolFile, WrittenDay, plain_upn, register_class, written_day};

/// Reads a list.
pub(super) fn read(table: Table, kind: &'static str, how: &Reading<'_>) -> Result<Imported, ImportError> {
    let Table { headings, rows, mut notices } = table;
    let columns = columns(&headings, how.map)?;
    let list = List { columns: &columns, how, days_are_sure: false };
    let order = list.order_of_days(&rows);
    notices.extend(order.notice());
    let list = List { days_are_sure: order != Order::Unsure && order != Order::MonthFirst, ..list };
    let mut children: BTreeMap<String, Proposal> = BTreeMap::new();
    let mut marks = Marks::default();
    let mut without = Vec::new();
    for row in &rows {
        let number = plain_upn(list.cell(row, &M::Upn));
        if number.is_empty() {
            without.push(list.proposal("", row));
            continue;
        }
        let proposal = list.proposal(&number, row);
        list.count_marks(&number, row, &mut marks);
        match children.get_mut(&number) {
            Some(known) => known.join(proposal),
            None => {
                children.insert(number, proposal);
            }
        }
    }
    marks.into_periods(&mut children);
    children.values_mut().for_each(join_terms);
    if !without.is_empty() {
        notices.push(format!("{} rows have no UPN; they are left out", without.len()));
    }
    let has = |meaning: &M| columns.iter().any(|column| column.meaning.as_ref() == Some(meaning));
    let is_class_list = has(&M::LegalSurname) || has(&M::FullName);
    let proposals = children.into_values().collect();
    without.retain(|child| !child.name.trim().is_empty());
    Ok(Imported { kind, proposals, without_upn: without, columns, notices, is_class_list })
}

/// In which order day and month stand in the days of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// As they are written here, or as somebody said.
    DayFirst,
    /// Every day could be read in both ways.
    Unsure,
    /// As they are written in America.
    MonthFirst,
}

impl Order {
    fn notice(self) -> Option<String> {
        match self {
            Self::DayFirst => None,
            Self::Unsure => Some(
                "its days could be read in two ways (03/04/2015), so they are left out: say --day-first if the day stands first"
                    .to_owned(),
            ),
            Self::MonthFirst => Some("its days have the month first, so they are left out: export them as 2015-04-03".to_owned()),
        }
    }
}

/// A list while it is read.
struct List<'a> {
    columns: &'a [Column],
    how: &'a Reading<'a>,
    days_are_sure: bool,
}

impl List<'_> {
    /// What stands in the column of a meaning; nothing where there is none.
    fn cell<'r>(&self, row: &'r [String], meaning: &M) -> &'r str {
        self.cells(row, meaning).find(|cell| !cell.is_empty()).unwrap_or_default()
    }

    fn cells<'r>(&self, row: &'r [String], meaning: &M) -> impl Iterator<Item = &'r str> {
        let of =
            |(column, cell): (&Column, &'r String)| (column.meaning.as_ref() == Some(meaning)).then_some(cell.as_str());
        self.columns.iter().zip(row).filter_map(of).collect::<Vec<_>>().into_iter()
    }

    fn order_of_days(&self, rows: &[Vec<String>]) -> Order {
        let (mut unsure, mut sure, mut month_first) = (false, false, false);
        for row in rows {
            for meaning in [M::Dob, M::From, M::To, M::MarkDay, M::WeekBeginning] {
                let written = self.cell(row, &meaning);
                match written_day(written) {
                    WrittenDay::Day(_) => sure |= written.contains('/'),
                    WrittenDay::Ambiguous(_) => unsure = true,
                    WrittenDay::Unknown => month_first |= is_month_first(written),
                }
            }
        }
        match (month_first, unsure && !sure && !self.how.day_first) {
            (true, _) => Order::MonthFirst,
            (false, true) => Order::Unsure,
            (false, false) => Order::DayFirst,
        }
    }

    fn day(&self, row: &[String], meaning: &M) -> Option<Day> {
        match written_day(self.cell(row, meaning)) {
            WrittenDay::Day(day) => Some(day),
            WrittenDay::Ambiguous(day) => self.days_are_sure.then_some(day),
            WrittenDay::Unknown => None,
        }
    }

    fn proposal(&self, number: &str, row: &[String]) -> Proposal {
        let mut of = Proposal { upn: number.to_owned(), ..Proposal::default() };
        of.text("pupil.upn", number);
        of.former_upn = Some(plain_upn(self.cell(row, &M::FormerUpn))).filter(|upn| !upn.is_empty());
        self.names(row, &mut of);
        of.origin = Some(self.cell(row, &M::Origin).trim().to_owned()).filter(|school| !school.is_empty());
        of.dob = self.day(row, &M::Dob);
        of.values.extend(of.dob.map(|dob| ("pupil.dob", NewValue::Day(dob))));
        of.text("pupil.sex", sex(self.cell(row, &M::Sex)).unwrap_or_default());
        of.text("pupil.first_language", self.cell(row, &M::FirstLanguage));
        of.text("pupil.nhs_number", self.cell(row, &M::NhsNumber));
        of.text("characteristics.ethnicity", self.cell(row, &M::Ethnicity));
        for (meaning, path) in [
            (M::FreeSchoolMeals, "characteristics.free_school_meals"),
            (M::PupilPremium, "characteristics.pupil_premium"),
            (M::ServiceChild, "characteristics.service_child"),
        ] {
            of.values.extend(yes_no(self.cell(row, &meaning)).map(|yes| (path, NewValue::YesNo(yes))));
        }
        for (meaning, path) in [
            (M::Reading, "attainment.reading"),
            (M::Writing, "attainment.writing"),
            (M::Maths, "attainment.maths"),
            (M::Grammar, "attainment.grammar"),
        ] {
            of.text(path, self.cell(row, &meaning));
        }
        self.class(row, &mut of);
        self.needs(row, &mut of);
        self.destination(row, &mut of);
        self.period(row, &mut of);
        self.contact(row, &mut of);
        of
    }

    fn names(&self, row: &[String], of: &mut Proposal) {
        let mut were_capitals = false;
        let mut tidy = |text: &str| {
            let (text, capitals) = name(text);
            were_capitals |= capitals;
            text
        };
        let full = self.cell(row, &M::FullName);
        let (of_full_first, of_full_last) = match full.split_once(',') {
            Some((last, first)) => (first, last),
            // Which of several words is the last name, nobody knows.
            None => match full.split_whitespace().collect::<Vec<_>>().as_slice() {
                [first, last] => (*first, *last),
                _ => ("", ""),
            },
        };
        let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
        let first = tidy(&or(self.cell(row, &M::LegalForename), of_full_first));
        let last = tidy(&or(self.cell(row, &M::LegalSurname), of_full_last));
        let known_first = tidy(self.cell(row, &M::PreferredForename));
        let known_last = tidy(self.cell(row, &M::PreferredSurname));
        of.text("pupil.legal_forename", &first);
        of.text("pupil.legal_surname", &last);
        for (known, legal, path) in
            [(&known_first, &first, "pupil.preferred_forename"), (&known_last, &last, "pupil.preferred_surname")]
        {
            if known.to_lowercase() != legal.to_lowercase() {
                of.text(path, known);
            }
        }
        of.name = format!("{} {}", or(&known_first, &first), or(&known_last, &last)).trim().to_owned();
        if of.name.is_empty() {
            of.name = full.to_owned();
        }
        if were_capitals {
            of.notices.push("names stood in capitals: look whether theirs are right".to_owned());
        }
    }

    fn class(&self, row: &[String], of: &mut Proposal) {
        let class = self.cell(row, &M::Class);
        let is_day = matches!(written_day(class), WrittenDay::Day(_))
            || matches!(class.split_once('-'), Some((number, month))
            if number.parse::<u8>().is_ok() && month.len() == 3 && month.chars().all(char::is_alphabetic));
        if is_day {
            of.notices.push("the class looks like a day that Excel has made of a name such as 5/6".to_owned());
        }
        of.class = Some(class.to_owned()).filter(|class| !class.is_empty());
    }

    fn needs(&self, row: &[String], of: &mut Proposal) {
        let written = self.cell(row, &M::SenProvision);
        match sen_provision(written) {
            Some(provision) => of.text("sen.provision", provision),
            None if written.is_empty() => {}
            None => of.notices.push("the SEN code is none of today (N, K or E): look what holds now".to_owned()),
        }
        let need = sen_need(self.cell(row, &M::SenNeed));
        of.values.extend(need.map(|need| ("sen.needs", NewValue::Texts(vec![need]))));
    }

    fn destination(&self, row: &[String], of: &mut Proposal) {
        let written = self.cell(row, &M::Destination);
        let by_name = || {
            let mut named = self.how.school.into_iter().flat_map(SchoolFile::receiving);
            named.find(|(_, name)| name.to_lowercase() == written.to_lowercase())
        };
        match laestab(written).or_else(|| by_name().map(|(number, _)| number.to_owned())) {
            Some(number) => {
                of.text("receiving_school.laestab", &number);
                of.to = Some(number);
            }
            None => of.to = Some(written.to_owned()).filter(|to| !to.is_empty()),
        }
    }

    /// The sessions that stand in one row.
    fn period(&self, row: &[String], of: &mut Proposal) {
        let number = |meaning: &M| self.cell(row, meaning).parse::<i64>().ok().filter(|number| *number >= 0);
        let mut codes = BTreeMap::new();
        for (column, cell) in self.columns.iter().zip(row) {
            if let (Some(M::Code(code)), Ok(count)) = (&column.meaning, cell.parse::<i64>())
                && count > 0
            {
                *codes.entry(code.clone()).or_default() += count;
            }
        }
        let sums = [number(&M::Possible), number(&M::Attended), number(&M::Authorised), number(&M::Unauthorised)];
        let is_whole = |sums: &[Option<i64>; 4]| sums.iter().all(Option::is_some);
        if !is_whole(&sums) && codes.is_empty() {
            return;
        }
        let (from, to) = (self.day(row, &M::From), self.day(row, &M::To));
        let year = academic_year(self.cell(row, &M::AcademicYear)).or(self.how.year);
        let Some(academic_year) = year.or_else(|| from.map(Day::academic_year)) else {
            of.notices
                .push("it is not said of which academic year the sessions are: say it with --year 2025".to_owned());
            return;
        };
        let percentage = self.cell(row, &M::Percentage).trim_end_matches('%').trim().parse::<f64>().ok();
        let mut period =
            Period { academic_year, from, to, codes, late_before: number(&M::Late), percentage, ..Period::default() };
        if let [Some(possible), Some(attended), Some(authorised), Some(unauthorised)] = sums {
            let elsewhere = number(&M::ApprovedActivity).unwrap_or_default();
            // Approved activity stands beside the sessions present, or is among them: the sum tells.
            let sum = attended + authorised + unauthorised;
            let attended = if sum + elsewhere == possible { attended + elsewhere } else { attended };
            if attended + authorised + unauthorised == possible {
                period.sums = Some([possible, attended, authorised, unauthorised]);
            } else {
                of.notices.push("the sessions do not add up to the possible ones, so they are left out".to_owned());
                return;
            }
        }
        let written = self.cell(row, &M::Term);
        match (term(written), period.sums) {
            (Some(term), Some(sums)) => period.terms.push((term, sums)),
            (Some(_), None) => return,
            (None, _) if !written.is_empty() => {
                of.notices.push("a term is neither autumn, spring nor summer, so its sessions are left out".to_owned());
                return;
            }
            (None, _) => {}
        }
        of.periods.push(period);
    }

    fn contact(&self, row: &[String], of: &mut Proposal) {
        let apart = format!("{} {}", self.cell(row, &M::ContactForename), self.cell(row, &M::ContactSurname));
        let whole = self.cell(row, &M::ContactName);
        let full = name(if whole.is_empty() { &apart } else { whole }).0;
        if full.is_empty() {
            return;
        }
        let written = self.cell(row, &M::Relationship);
        if is_of_a_service(written) {
            of.notices.push("a contact of a service is left out: services stand in [[services]]".to_owned());
            return;
        }
        if full.contains('&') || full.to_lowercase().contains(" and ") {
            of.notices.push("a contact that is several people at once is left out: give each an entry".to_owned());
            return;
        }
        let yes = |meaning: &M| yes_no(self.cell(row, meaning)) == Some(true);
        let phone = self.cell(row, &M::Phone);
        let has_lost_zero =
            phone.len() == 10 && phone.bytes().all(|byte| byte.is_ascii_digit()) && phone.starts_with(['1', '2', '7']);
        if has_lost_zero {
            of.notices
                .push("a telephone number had lost its first 0, which Excel takes away; it was put back".to_owned());
        }
        of.contacts.push(Contact {
            name: full,
            relationship: relationship(written),
            has_parental_responsibility: yes(&M::ParentalResponsibility),
            lives_with_child: false,
            is_emergency_contact: yes(&M::EmergencyContact),
            phone: Some(if has_lost_zero { format!("0{phone}") } else { phone.to_owned() }).filter(|it| !it.is_empty()),
            email: Some(self.cell(row, &M::Email).to_owned()).filter(|email| !email.is_empty()),
        });
    }

    /// The marks that stand in one row: one of a session, or those of a week.
    fn count_marks(&self, number: &str, row: &[String], marks: &mut Marks) {
        let of_day = self.day(row, &M::MarkDay).map(|day| (day, self.cell(row, &M::Mark)));
        let of_week = self.day(row, &M::WeekBeginning).map(|day| (day, self.cell(row, &M::WeekMarks)));
        if let Some((day, mark)) = of_day.filter(|(_, mark)| !mark.is_empty()) {
            marks.add(number, day, mark);
        }
        for mark in of_week.into_iter().flat_map(|(day, all)| all.chars().map(move |mark| (day, mark.to_string()))) {
            marks.add(number, mark.0, &mark.1);
        }
    }
}

/// The keyword of a term: `Autumn Term 2025` is the autumn.
fn term(written: &str) -> Option<&'static str> {
    let written = written.to_lowercase();
    TERMS.into_iter().find(|term| written.contains(term))
}

/// Terms in the order of the year.
const TERMS: [&str; 3] = ["autumn", "spring", "summer"];

/// Puts the terms of a child's years together, each year from its autumn on; a gap or a term twice leaves the year out.
fn join_terms(of: &mut Proposal) {
    let (terms, whole): (Vec<Period>, Vec<Period>) =
        std::mem::take(&mut of.periods).into_iter().partition(|period| !period.terms.is_empty());
    of.periods = whole;
    let mut years: BTreeMap<i64, Vec<Period>> = BTreeMap::new();
    for period in terms {
        years.entry(period.academic_year).or_default().push(period);
    }
    for (academic_year, mut periods) in years {
        let place = |period: &Period| TERMS.iter().position(|term| period.terms.iter().any(|(own, _)| own == term));
        periods.sort_by_key(place);
        let words = format!("{academic_year}/{:02}", (academic_year + 1) % 100);
        if periods.iter().map(place).ne((0..periods.len()).map(Some)) {
            of.notices
                .push(format!("of {words} a term is missing or stands there twice, so its sessions are left out"));
            continue;
        }
        if periods.len() < TERMS.len() {
            let last = TERMS.get(periods.len() - 1).unwrap_or(&"");
            of.notices.push(format!("the sessions of {words} end with the {last} term"));
        }
        let mut year = Period { academic_year, sums: Some([0; 4]), ..Period::default() };
        for period in periods {
            for (sum, more) in year.sums.iter_mut().flatten().zip(period.sums.unwrap_or_default()) {
                *sum += more;
            }
            period.codes.into_iter().for_each(|(code, count)| *year.codes.entry(code).or_default() += count);
            year.late_before = year.late_before.into_iter().chain(period.late_before).reduce(|all, more| all + more);
            (year.from, year.to) = (year.from.or(period.from), period.to);
            year.terms.extend(period.terms);
        }
        of.periods.push(year);
    }
}

/// Whether digits are a day with the month first.
fn is_month_first(text: &str) -> bool {
    let parts: Vec<&str> = text.split('/').collect();
    match parts.as_slice() {
        [month, day, year] => matches!(written_day(&format!("{day}/{month}/{year}")), WrittenDay::Day(_)),
        _ => false,
    }
}

/// `2025`, `2025/26`, `2025-2026`: the year in which it began.
fn academic_year(text: &str) -> Option<i64> {
    let begins = text.trim().split(['/', '-', ' ']).next()?;
    begins.parse::<i64>().ok().filter(|year| (1990..2100).contains(year))
}

/// Marks of the register by child and academic year.
#[derive(Default)]
struct Marks {
    counted: BTreeMap<(String, i64), BTreeMap<String, i64>>,
    unknown: BTreeMap<String, i64>,
}

impl Marks {
    fn add(&mut self, number: &str, day: Day, mark: &str) {
        match register_class(mark) {
            Some(RegisterClass::Administrative) => {}
            Some(_) => {
                let codes = self.counted.entry((number.to_owned(), day.academic_year())).or_default();
                *codes.entry(mark.to_owned()).or_default() += 1;
            }
            None if mark.trim().is_empty() || mark == "-" => {}
            None => *self.unknown.entry(number.to_owned()).or_default() += 1,
        }
    }

    fn into_periods(self, children: &mut BTreeMap<String, Proposal>) {
        for ((number, academic_year), codes) in self.counted {
            let sums = Some(sums_of(&codes));
            let period = Period { academic_year, codes, sums, ..Period::default() };
            if let Some(child) = children.get_mut(&number) {
                child.periods.push(period);
            }
        }
        for (number, count) in self.unknown {
            if let Some(child) = children.get_mut(&number) {
                child.notices.push(format!("{count} marks are no register codes of today, and were not counted"));
                // What is not counted makes the sums wrong.
                child.periods.iter_mut().for_each(|period| period.sums = None);
            }
        }
    }
}

/// Possible, attended, authorised and unauthorised sessions, out of every session's code.
fn sums_of(codes: &BTreeMap<String, i64>) -> [i64; 4] {
    let of = |classes: &[RegisterClass]| -> i64 {
        let is_one = |code: &str| register_class(code).is_some_and(|class| classes.contains(&class));
        codes.iter().filter(|(code, _)| is_one(code)).map(|(_, count)| count).sum()
    };
    let attended = of(&[RegisterClass::Attending, RegisterClass::ApprovedActivity]);
    let (authorised, unauthorised) = (of(&[RegisterClass::Authorised]), of(&[RegisterClass::Unauthorised]));
    [attended + authorised + unauthorised, attended, authorised, unauthorised]
}
