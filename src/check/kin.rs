//! What rules across records need to know of each: little, so that ten thousand records fit in a small memory.

use super::copies::{Copy, copies};
use super::words::fold;
use crate::record::{Day, EarlyHelpStatus, NhsNumber, Person, PersonStatus, Record, Relationship, blank};
use crate::school::{Laestab, Urn};

/// What one record tells about the child and the brothers and sisters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kin {
    /// The UPN as written, without spaces around it; empty where there is none.
    pub(super) upn: String,
    /// The names the child goes by, folded: legal and preferred.
    pub(super) names: Vec<String>,
    /// Date of birth.
    pub(super) dob: Option<Day>,
    /// The numbers of the sending and the receiving school.
    pub(super) schools: [Option<(Laestab, Urn)>; 2],
    /// The NHS number, where it is right.
    pub(super) nhs_number: Option<NhsNumber>,
    /// The names of the adults around the child, folded.
    pub(super) adults: Vec<String>,
    /// Whether it says that no risks are known.
    pub(super) says_no_risk: bool,
    /// Whether a plan about the child's safety is open.
    pub(super) has_safety_plan: bool,
    /// Texts that should be this child's own, so that copies show.
    pub(super) texts: Vec<Copy>,
    /// The file, as messages may name it.
    pub(super) file: String,
    /// Brothers and sisters who are named.
    pub(super) siblings: Vec<Sibling>,
    /// Whether a plan or Early Help is open.
    pub(super) has_open_plan: bool,
    /// Whether the address is kept secret.
    pub(super) confidential: bool,
    /// What is known of the father or second parent.
    pub(super) father: Option<PersonStatus>,
}

/// A brother or sister as another child's record tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sibling {
    /// The number of the person in the household.
    pub(super) number: usize,
    /// The name, folded.
    pub(super) name: String,
    /// Date of birth, where given.
    pub(super) born: Option<Day>,
    /// Whether both parents are the same.
    pub(super) full: bool,
    /// Whether both live together.
    pub(super) together: bool,
    /// Whether it says that there is no plan.
    pub(super) no_plan: bool,
    /// Whether what is known of this brother or sister was weighed.
    pub(super) weighed: bool,
}

impl Kin {
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
            has_safety_plan: record.plans.iter().any(|plan| plan.is_open(today) && super::facts::is_about_safety(plan)),
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
    record.weighed.iter().any(|weighed| super::facts::weighs(weighed, id) && super::facts::is_reasoned(weighed))
}

/// The numbers of a school, where both are right.
fn numbers(laestab: &Option<String>, urn: &Option<String>) -> Option<(Laestab, Urn)> {
    Some((Laestab::parse(laestab.as_deref()?).ok()?, Urn::parse(urn.as_deref()?).ok()?))
}

/// Legal and preferred names, forename first, folded; none of which a part is missing.
fn names(pupil: &crate::record::Pupil) -> Vec<String> {
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
