//! Common Transfer Files (DfE): XML of one or several pupils. Element names as in public code of the DfE and of suppliers;
//! its schema could not be had, so unknown elements are passed over, and what is not there is not missed.

use std::collections::BTreeMap;

use roxmltree::{Document, Node, ParsingOptions};

use super::file::{ImportError, Imported};
use super::proposal::{Contact, Period, Proposal};
use super::values::{is_of_a_service, laestab, name, relationship, sen_need, sen_provision, sex, yes_no};

use crate::record::{NewValue, WrittenDay, plain_upn, register_class, written_day};

/// The most elements, attributes and texts of one file.
const MOST_NODES: u32 = 4_000_000;

/// So many needs a record holds.
const MOST_NEEDS: usize = 14;

/// The destination of those who leave for a school outside the maintained sector, and of those whose is not known.
const INDEPENDENT: &str = "MMMMMMM";
const UNKNOWN: &str = "XXXXXXX";

/// Reads a Common Transfer File.
pub(super) fn read(text: &str) -> Result<Imported, ImportError> {
    // Elements within elements without end would take the stack of whoever walks them.
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| ImportError::Unreadable(format!("it is no XML that can be read: {error}")))?;
    let root = document.root_element();
    if !root.tag_name().name().eq_ignore_ascii_case("CTfile") {
        return Err(ImportError::OtherKind(
            "XML, but no Common Transfer File",
            "Export the pupils as a CTF, or as CSV",
        ));
    }
    let header = child(root, "Header");
    let (source, destination) = (
        header.and_then(|header| child(header, "SourceSchool")),
        header.and_then(|header| child(header, "DestSchool")),
    );
    let pupils = descend(root, &["CTFpupilData"]).into_iter().flat_map(|data| children(data, "Pupil"));
    let proposals: Vec<Proposal> = pupils.map(|pupil| proposal(pupil, source, destination)).collect();
    if proposals.is_empty() {
        return Err(ImportError::Unreadable("there is no pupil in it".to_owned()));
    }
    let without = proposals.iter().filter(|proposal| proposal.upn.is_empty()).count();
    let mut notices = Vec::new();
    if without > 0 {
        notices.push(format!("{without} of its pupils have no UPN; they are left out"));
    }
    let is_partial = header.and_then(|header| text_of(header, "DocumentQualifier")) == Some("partial");
    if is_partial {
        notices.push("it calls itself partial: other parts of it may be in another file".to_owned());
    }
    Ok(Imported {
        kind: "Common Transfer File",
        proposals,
        without_upn: Vec::new(),
        columns: Vec::new(),
        notices,
        is_class_list: true,
    })
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    // Older files have a namespace of their own.
    node.children().filter(move |inner| inner.is_element() && inner.tag_name().name() == name)
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &'a str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

fn descend<'a, 'i>(node: Node<'a, 'i>, names: &[&'a str]) -> Option<Node<'a, 'i>> {
    names.iter().try_fold(node, |node, name| child(node, name))
}

/// The text of an element, unless it is blank.
fn text_of<'a>(node: Node<'a, '_>, name: &'a str) -> Option<&'a str> {
    child(node, name)?.text().map(str::trim).filter(|text| !text.is_empty())
}

fn whole(node: Node<'_, '_>, name: &str) -> Option<i64> {
    text_of(node, name)?.parse().ok()
}

/// The DfE number of a school: local authority and establishment.
fn number(school: Node<'_, '_>) -> Option<String> {
    laestab(&format!("{}{}", text_of(school, "LEA")?, text_of(school, "Estab")?))
}

fn proposal(pupil: Node<'_, '_>, source: Option<Node<'_, '_>>, destination: Option<Node<'_, '_>>) -> Proposal {
    let mut of = Proposal { upn: plain_upn(text_of(pupil, "UPN").unwrap_or_default()), ..Proposal::default() };
    identity(pupil, &mut of);
    schools(source, destination, &mut of);
    needs(pupil, &mut of);
    attendance(pupil, &mut of);
    contacts(pupil, &mut of);
    stays(pupil, &mut of);
    of
}

/// UPN and names.
fn identity(pupil: Node<'_, '_>, of: &mut Proposal) {
    let basic = child(pupil, "BasicDetails");
    let in_basic = |name| basic.and_then(|basic| text_of(basic, name));
    let mut names = BTreeMap::new();
    let mut were_capitals = false;
    for (element, text) in [
        ("Surname", text_of(pupil, "Surname")),
        ("Forename", text_of(pupil, "Forename")),
        ("PreferredSurname", in_basic("PreferredSurname")),
        ("PreferredForename", in_basic("PreferredForename")),
    ] {
        let (text, capitals) = name(text.unwrap_or_default());
        were_capitals |= capitals;
        names.insert(element, text);
    }
    let named = |element: &str| names.get(element).cloned().unwrap_or_default();
    for (legal, preferred, legal_path, preferred_path) in [
        ("Surname", "PreferredSurname", "pupil.legal_surname", "pupil.preferred_surname"),
        ("Forename", "PreferredForename", "pupil.legal_forename", "pupil.preferred_forename"),
    ] {
        let (legal, preferred) = (named(legal), named(preferred));
        // The same name in other letters: the one that somebody typed with care.
        let is_same = legal.to_lowercase() == preferred.to_lowercase();
        of.text(legal_path, if is_same { &preferred } else { &legal });
        if !is_same {
            of.text(preferred_path, &preferred);
        }
    }
    let goes_by = |preferred: &str, legal: &str| {
        Some(named(preferred)).filter(|name| !name.is_empty()).unwrap_or_else(|| named(legal))
    };
    of.name = format!("{} {}", goes_by("PreferredForename", "Forename"), goes_by("PreferredSurname", "Surname"))
        .trim()
        .to_owned();
    if were_capitals {
        of.notices.push("names stood in capitals: look whether theirs are right".to_owned());
    }
    let upn = of.upn.clone();
    of.text("pupil.upn", &upn);
    about(pupil, basic, of);
}

/// Day of birth, sex, language, census facts.
fn about(pupil: Node<'_, '_>, basic: Option<Node<'_, '_>>, of: &mut Proposal) {
    let in_basic = |name| basic.and_then(|basic| text_of(basic, name));
    of.former_upn = in_basic("FormerUPN").map(plain_upn);
    if let Some(WrittenDay::Day(dob)) = text_of(pupil, "DOB").map(written_day) {
        of.dob = Some(dob);
        of.values.push(("pupil.dob", NewValue::Day(dob)));
    }
    let written = text_of(pupil, "Sex").or_else(|| text_of(pupil, "Gender"));
    of.text("pupil.sex", written.and_then(sex).unwrap_or_default());
    let languages = basic.and_then(|basic| child(basic, "Languages"));
    let first = languages
        .into_iter()
        .flat_map(|all| children(all, "Type"))
        .find(|language| text_of(*language, "LanguageType") == Some("F"));
    of.text("pupil.first_language", first.and_then(|first| text_of(first, "Language")).unwrap_or_default());
    of.text("characteristics.ethnicity", in_basic("Ethnicity").unwrap_or_default());
    if let Some(serves) = in_basic("ServiceChild").and_then(yes_no) {
        of.values.push(("characteristics.service_child", NewValue::YesNo(serves)));
    }
    let meals = descend(pupil, &["FSMhistory"]);
    let mut instances = meals.into_iter().flat_map(|meals| children(meals, "FSMinstance"));
    if instances.any(|one| text_of(one, "FSMstartDate").is_some() && text_of(one, "FSMendDate").is_none()) {
        of.values.push(("characteristics.free_school_meals", NewValue::YesNo(true)));
    }
    if descend(pupil, &["LookedAfter"]).and_then(|care| text_of(care, "InCare")).and_then(yes_no) == Some(true) {
        of.notices.push("the file says that the child is looked after: record it in [care]".to_owned());
    }
    if in_basic("MedicalFlag").and_then(yes_no) == Some(true) {
        of.notices.push("the file has the medical flag: record what it stands for in [health]".to_owned());
    }
}

/// The sending and the receiving school.
fn schools(source: Option<Node<'_, '_>>, destination: Option<Node<'_, '_>>, of: &mut Proposal) {
    if let Some(source) = source {
        of.text("sending_school.name", text_of(source, "SchoolName").unwrap_or_default());
        of.text("sending_school.laestab", &number(source).unwrap_or_default());
        of.text("sending_school.urn", text_of(source, "URN").unwrap_or_default());
    }
    let Some(destination) = destination else { return };
    let written = format!(
        "{}{}",
        text_of(destination, "LEA").unwrap_or_default(),
        text_of(destination, "Estab").unwrap_or_default()
    );
    match written.as_str() {
        INDEPENDENT => of.to = Some("a school outside the maintained sector".to_owned()),
        UNKNOWN => of.to = Some("not known".to_owned()),
        _ => {
            if let Some(number) = number(destination) {
                of.text("receiving_school.laestab", &number);
                of.to = Some(number);
            }
            of.text("receiving_school.urn", text_of(destination, "URN").unwrap_or_default());
            of.text("receiving_school.name", text_of(destination, "SchoolName").unwrap_or_default());
        }
    }
}

/// Special educational needs: what holds now.
fn needs(pupil: Node<'_, '_>, of: &mut Proposal) {
    let Some(history) = child(pupil, "SENhistory") else { return };
    // The latest: its day is first in order, then its place in the file.
    let latest = children(history, "SEN").max_by_key(|sen| text_of(*sen, "StartDate").unwrap_or_default().to_owned());
    if let Some(written) = latest.and_then(|latest| text_of(latest, "SENprovision")) {
        match sen_provision(written) {
            Some(provision) => of.text("sen.provision", provision),
            None => of.notices.push("the SEN code is none of today (N, K or E): look what holds now".to_owned()),
        }
    }
    let listed = child(history, "SENneeds").into_iter().flat_map(|all| children(all, "SENneed"));
    let mut needs: Vec<(i64, String)> = listed
        .filter(|need| text_of(*need, "NeedEndDate").is_none())
        .filter_map(|need| Some((whole(need, "SENtypeRank").unwrap_or(i64::MAX), sen_need(text_of(need, "SENtype")?)?)))
        .collect();
    needs.sort_by_key(|(rank, _)| *rank);
    let mut needs: Vec<String> = needs.into_iter().map(|(_, need)| need).collect();
    needs.dedup();
    needs.truncate(MOST_NEEDS);
    if !needs.is_empty() {
        of.values.push(("sen.needs", NewValue::Texts(needs)));
    }
}

fn attendance(pupil: Node<'_, '_>, of: &mut Proposal) {
    let years = child(pupil, "Attendance").into_iter().flat_map(|all| children(all, "YearData"));
    for year in years {
        let Some(academic_year) = whole(year, "Year") else { continue };
        let sums = || {
            Some([
                whole(year, "SessionsPossible")?,
                whole(year, "SessionsAttended")?,
                whole(year, "SessionsAuthorised")?,
                whole(year, "SessionsUnauthorised")?,
            ])
        };
        let sessions = child(year, "AttendSessions");
        let codes = sessions.and_then(|sessions| text_of(sessions, "AttendanceMarks")).map(counted).unwrap_or_default();
        let begins = sessions.and_then(|sessions| text_of(sessions, "AttendanceStartDate")).map(written_day);
        of.periods.push(Period {
            academic_year,
            school: number(year).map(|number| (number, text_of(year, "SchoolName").unwrap_or_default().to_owned())),
            from: begins.and_then(|begins| if let WrittenDay::Day(day) = begins { Some(day) } else { None }),
            sums: sums(),
            codes,
            ..Period::default()
        });
    }
}

/// Marks of the register, one letter a session, as sessions by code. What is no session of the child is left out.
fn counted(marks: &str) -> BTreeMap<String, i64> {
    let mut codes = BTreeMap::new();
    for mark in marks.chars() {
        let code = mark.to_string();
        if mark != '#' && mark != '-' && register_class(&code).is_some() {
            *codes.entry(code).or_default() += 1;
        }
    }
    codes
}

fn contacts(pupil: Node<'_, '_>, of: &mut Proposal) {
    let mut listed: Vec<Node<'_, '_>> =
        child(pupil, "Contacts").into_iter().flat_map(|all| children(all, "Contact")).collect();
    listed.sort_by_key(|contact| whole(*contact, "Order").unwrap_or(i64::MAX));
    for contact in listed {
        let written = text_of(contact, "Relationship").unwrap_or_default();
        if is_of_a_service(written) {
            of.notices.push("a contact of a service is left out: services stand in [[services]]".to_owned());
            continue;
        }
        let part = |element| name(text_of(contact, element).unwrap_or_default()).0;
        let full = format!("{} {}", part("Forename"), part("Surname")).trim().to_owned();
        let title = text_of(contact, "Title").unwrap_or_default().to_lowercase();
        if full.is_empty() || title.contains('&') || title.contains(" and ") {
            of.notices.push("a contact that is several people at once is left out: give each an entry".to_owned());
            continue;
        }
        let phones = child(contact, "Phones").into_iter().flat_map(|all| children(all, "Phone"));
        let mobile = |phone: &Node<'_, '_>| text_of(*phone, "TelephoneType") != Some("M");
        let mut phones: Vec<Node<'_, '_>> = phones.collect();
        phones.sort_by_key(mobile);
        of.contacts.push(Contact {
            name: full,
            relationship: relationship(written),
            has_parental_responsibility: text_of(contact, "Responsibility").and_then(yes_no) == Some(true),
            lives_with_child: descend(contact, &["Address"])
                .and_then(|at| text_of(at, "AddressAsPupil"))
                .and_then(yes_no)
                == Some(true),
            is_emergency_contact: false,
            phone: phones.first().and_then(|phone| text_of(*phone, "PhoneNo")).map(str::to_owned),
            email: text_of(contact, "Email").map(str::to_owned),
        });
    }
}

/// Earlier schools and the present one.
fn stays(pupil: Node<'_, '_>, of: &mut Proposal) {
    let listed = child(pupil, "SchoolHistory").into_iter().flat_map(|all| children(all, "School"));
    let mut stays: Vec<(String, Vec<(&'static str, NewValue)>)> = Vec::new();
    for school in listed {
        let mut fields = Vec::new();
        let text = |text: &str| NewValue::Text(text.to_owned());
        fields.extend(text_of(school, "SchoolName").map(|name| ("name", text(name))));
        fields.extend(number(school).map(|number| ("laestab", text(&number))));
        let entry = text_of(school, "EntryDate").unwrap_or_default();
        for (field, element) in [("from", "EntryDate"), ("to", "LeavingDate")] {
            if let Some(WrittenDay::Day(day)) = text_of(school, element).map(written_day) {
                // The day on which the child is to leave is no day on which it has left.
                let is_present = field == "to" && text_of(school, "LastSchool").and_then(yes_no) == Some(true);
                if !is_present {
                    fields.push((field, NewValue::Day(day)));
                }
            }
        }
        if !fields.is_empty() {
            stays.push((entry.to_owned(), fields));
        }
    }
    stays.sort_by(|(a, _), (b, _)| a.cmp(b));
    of.schools = stays.into_iter().map(|(_, fields)| fields).collect();
}
