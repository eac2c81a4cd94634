//! What rules across records need to know of each: little, so that ten thousand records fit in a small memory.

use super::copy::{Copy, copies};
use super::words::fold;
use crate::check::facts::plans::is_about_safety;
use crate::check::facts::reasons::{is_reasoned, weighs};
use crate::record::{
    Day, EarlyHelpStatus, NhsNumber, Person, PersonStatus, Pupil, Record, Relationship, blank, plain_upn,
};
use crate::school::{Laestab, Urn};

/// What one record tells about the child and the brothers and sisters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordSummary {
    /// The UPN as written, without spaces around it; empty where there is none.
    pub(in crate::check) upn: String,
    /// The names the child goes by, folded: legal and preferred.
    pub(in crate::check) names: Vec<String>,
    /// Date of birth.
    pub(in crate::check) dob: Option<Day>,
    /// The numbers of the sending and the receiving school.
    pub(in crate::check) schools: [Option<(Laestab, Urn)>; 2],
    /// The NHS number, where it is right.
    pub(in crate::check) nhs_number: Option<NhsNumber>,
    /// The names of the adults around the child, folded.
    pub(in crate::check) adults: Vec<String>,
    /// Whether it says that no risks are known.
    pub(in crate::check) says_no_risk: bool,
    /// Whether a plan about the child's safety is open.
    pub(in crate::check) has_safety_plan: bool,
    /// Texts that should be this child's own, so that copies show.
    pub(in crate::check) texts: Vec<Copy>,
    /// The file, as messages may name it.
    pub(in crate::check) file: String,
    /// Brothers and sisters who are named.
    pub(in crate::check) siblings: Vec<Sibling>,
    /// Whether a plan or Early Help is open.
    pub(in crate::check) has_open_plan: bool,
    /// Whether the address is kept secret.
    pub(in crate::check) confidential: bool,
    /// What is known of the father or second parent.
    pub(in crate::check) father: Option<PersonStatus>,
}

/// A brother or sister as another child's record tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Sibling {
    /// The number of the person in the household.
    pub(in crate::check) number: usize,
    /// The name, folded.
    pub(in crate::check) name: String,
    /// Date of birth, where given.
    pub(in crate::check) born: Option<Day>,
    /// Whether both parents are the same.
    pub(in crate::check) full: bool,
    /// Whether both live together.
    pub(in crate::check) together: bool,
    /// Whether it says that there is no plan.
    pub(in crate::check) no_plan: bool,
    /// Whether what is known of this brother or sister was weighed.
    pub(in crate::check) weighed: bool,
}

impl RecordSummary {
    /// The UPN, without what is typed between its letters; empty where there is none.
    #[must_use]
    pub fn upn(&self) -> String {
        plain_upn(&self.upn)
    }

    /// What a record tells.
    #[must_use]
    pub fn of(record: &Record, today: Day, file: &str) -> Self {
        let pupil = record.pupil.as_ref();
        let household = record.household.as_ref();
        let people = || household.iter().flat_map(|household| &household.people);
        let help = record.early_help.as_ref().and_then(|help| help.status);
        Self {
            upn: pupil.and_then(|pupil| pupil.upn.as_deref()).unwrap_or_default().trim().to_owned(),
            names: pupil.map(names).unwrap_or_default(),
            dob: pupil.and_then(|pupil| pupil.dob),
            schools: [
                record.sending_school.as_ref().and_then(|school| numbers(&school.laestab, &school.urn)),
                record.receiving_school.as_ref().and_then(|school| numbers(&school.laestab, &school.urn)),
            ],
            nhs_number: pupil.and_then(|pupil| pupil.nhs_number.as_deref()).and_then(NhsNumber::parse),
            adults: people()
                .filter(|person| !person.is_sibling())
                .filter_map(|person| person.name.as_deref().map(fold))
                .filter(|name| !name.is_empty())
                .collect(),
            says_no_risk: record.no_known_risks.is_some(),
            has_safety_plan: record.plans.iter().any(|plan| plan.is_open(today) && is_about_safety(plan)),
            texts: copies(record),
            file: file.to_owned(),
            siblings: people()
                .enumerate()
                .filter_map(|(number, person)| Sibling::of(number, person))
                .map(|(sibling, id)| Sibling { weighed: is_weighed(record, id), ..sibling })
                .collect(),
            has_open_plan: record.plans.iter().any(|plan| plan.is_open(today))
                || help.is_some_and(EarlyHelpStatus::is_open),
            confidential: household.is_some_and(|household| household.address_confidential == Some(true)),
            father: people().find(|person| person.is_second_parent()).and_then(|person| person.status),
        }
    }
}

/// Whether a person of the household was weighed.
fn is_weighed(record: &Record, id: Option<&str>) -> bool {
    record.weighed.iter().any(|weighed| weighs(weighed, id) && is_reasoned(weighed))
}

/// The numbers of a school, where both are right.
fn numbers(laestab: &Option<String>, urn: &Option<String>) -> Option<(Laestab, Urn)> {
    Some((Laestab::parse(laestab.as_deref()?).ok()?, Urn::parse(urn.as_deref()?).ok()?))
}

/// Legal and preferred names, forename first, folded; none of which a part is missing.
fn names(pupil: &Pupil) -> Vec<String> {
    let forenames = [&pupil.legal_forename, &pupil.preferred_forename];
    let surnames = [&pupil.legal_surname, &pupil.preferred_surname];
    let mut names = Vec::new();
    for forename in forenames.into_iter().flatten().filter(|name| !blank(Some(name))) {
        for surname in surnames.into_iter().flatten().filter(|name| !blank(Some(name))) {
            let name = fold(&format!("{forename} {surname}"));
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

impl Sibling {
    fn of(number: usize, person: &Person) -> Option<(Self, Option<&str>)> {
        let full = match person.relationship? {
            Relationship::Sibling => true,
            Relationship::HalfSibling => false,
            _ => return None,
        };
        let name = fold(person.name.as_deref()?);
        let no_plan = person
            .plan_status
            .as_deref()
            .is_some_and(|status| ["none", "no", "no plan"].contains(&fold(status).as_str()));
        let together = person.lives_with_child == Some(true);
        let one = Self { number, name, born: person.born, full, together, no_plan, weighed: false };
        (!one.name.is_empty()).then_some((one, person.id.as_deref()))
    }
}

/// Whether a record is that of a brother or sister: the name fits, the date of birth is not another person's, and the
/// two families are one. A stranger with the same name is nobody's brother, and nothing is told of one family to
/// another.
pub(in crate::check) fn is_meant(one: &RecordSummary, sibling: &Sibling, other: &RecordSummary) -> bool {
    let apart = sibling.born.zip(other.dob).map(|(born, dob)| born.days_since(dob).abs());
    let back = || other.siblings.iter().any(|of_other| one.names.contains(&of_other.name));
    let share = || one.adults.iter().any(|adult| other.adults.contains(adult));
    let alone = other.adults.is_empty() && apart == Some(0);
    apart.is_none_or(|days| days < 366) && (back() || share() || alone)
}
