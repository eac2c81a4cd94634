//! The people around the child, how they take part, and where the family has lived.

use super::front;
use super::page::Page;
use crate::document::genogram::genogram;
use crate::document::view::{Block, Rows, Section, cell, joined, list, text};
use crate::record::{
    Day, HomeEducation, Household, Missed, Person, PersonStatus, Relation, RelationKind, Relationship, SecureStay,
    label,
};
use crate::text::{said, say};

pub(super) fn household(page: &Page<'_>) -> Option<Section> {
    Section::new("Family and other adults", blocks(page, page.record.household.as_ref()?))
}

fn blocks(page: &Page<'_>, household: &Household) -> Vec<Block> {
    let facts = Rows::default()
        .day("As known on", household.as_at)
        .text("Address", household.address.as_ref())
        .yes_no("The address must be kept secret", household.address_confidential)
        .yes_no("Refuge or emergency accommodation", household.refuge_or_emergency)
        .day("Private fostering notified on", household.private_fostering_notified_on)
        .text("Nobody with parental responsibility is named because", household.pr_unknown_why.as_ref())
        .text("Fewer than two emergency contacts because", household.emergency_contacts_reason.as_ref());
    let mut blocks: Vec<Block> = facts.facts().into_iter().collect();
    if page.is_compact() {
        blocks.extend(household.people.iter().map(beside_the_front_sheet));
    } else {
        blocks.extend(genogram(page.record, page.name).map(Block::Genogram));
        blocks.extend(by_group(household));
    }
    let relations: Vec<String> = household.relations.iter().map(|relation| related(household, relation)).collect();
    blocks.extend(list("How they are related", &relations));
    blocks.extend(text("Earlier generations", household.generations_note.as_ref()));
    blocks.extend(text("Also", household.note.as_ref()));
    blocks
}

fn by_group(household: &Household) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (heading, group) in GROUPS {
        let of_group = household.people.iter().filter(|person| group_of(person) == group);
        let people: Vec<Block> = of_group.map(person).collect();
        if !people.is_empty() {
            blocks.push(Block::heading(heading));
            blocks.extend(people);
        }
    }
    blocks
}

/// In which group a person is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Parents,
    FathersAndOthers,
    Children,
    Wider,
}

const GROUPS: [(&str, Group); 4] = [
    ("Mother and carers", Group::Parents),
    ("Fathers and other adults", Group::FathersAndOthers),
    ("Brothers and sisters", Group::Children),
    ("Grandparents and wider family", Group::Wider),
];

fn group_of(person: &Person) -> Group {
    match person.relationship {
        Some(
            Relationship::Mother
            | Relationship::Guardian
            | Relationship::FosterCarer
            | Relationship::Adopter
            | Relationship::KinshipCarer,
        ) => Group::Parents,
        Some(Relationship::Sibling | Relationship::HalfSibling) => Group::Children,
        Some(Relationship::Grandmother | Relationship::Grandfather | Relationship::Aunt | Relationship::Uncle) => {
            Group::Wider
        }
        Some(
            Relationship::Father
            | Relationship::SecondParent
            | Relationship::StepParent
            | Relationship::ParentPartner
            | Relationship::Lodger
            | Relationship::Visitor
            | Relationship::Other,
        )
        | None => Group::FathersAndOthers,
    }
}

fn title(person: &Person) -> String {
    let relationship = person.relation();
    let name = person.name.clone().or_else(|| person.status.map(|status| label(&status).to_lowercase()));
    joined([relationship, name], ": ").unwrap_or_default()
}

/// What the front sheet does not say of a person.
fn beside_the_front_sheet(of: &Person) -> Block {
    // The front sheet says these where they are so; that they are not, or not known, is said here.
    const IF_YES: [&str; 3] = ["Parental responsibility", "Lives with the child", "Emergency contact"];
    const ALWAYS: [&str; 2] = ["Telephone", "E-mail"];
    let is_any = |labels: &[&str], label: &str| labels.iter().any(|known| said(known) == label);
    match person(of) {
        Block::Item { title, mut rows } if front::is_at_hand(of) => {
            rows.retain(|(label, text)| {
                let label = label.as_str();
                !(is_any(&ALWAYS, label) || (is_any(&IF_YES, label) && *text == say!("Yes")))
            });
            Block::Item { title, rows }
        }
        block => block,
    }
}

fn person(person: &Person) -> Block {
    let circumstances: Vec<String> = person.circumstances.iter().map(label).collect();
    Rows::default()
        .text("Also called", person.also_known_as.as_ref())
        // Whose name is known is known.
        .word("Status", person.status.filter(|status| *status != PersonStatus::Known || person.name.is_none()))
        .text("Not known because", person.unknown_why.as_ref())
        .text("What was tried", person.tried.as_ref())
        .text("Who tried", person.tried_by.as_ref())
        .day("When", person.tried_on)
        .word("Sex", person.sex)
        .day("Born", person.born)
        .yes_no("Lives with the child", person.lives_with_child)
        .word("Parental responsibility", person.pr)
        .text("Role in the child's care", person.role_in_care.as_ref())
        .day("Since", person.since)
        .day("Last checked", person.checked_on)
        .list("Source of this information", &person.sources)
        .text("In this person's own view", person.views.as_ref())
        .day("Asked on", person.views_sought_on)
        .text("Not asked because", person.views_not_sought_why.as_ref())
        .word("Not asked, in short", person.not_asked)
        .text("Strengths as a parent or carer", person.strengths.as_ref())
        .yes_no("Grew up in care", person.care_leaver)
        .lines("Circumstances of this person", &circumstances)
        .word("Legal basis of the care", person.footing)
        .word("May collect the child", person.may_collect)
        .text("Must not", person.must_not.as_ref())
        .text("Support needed as a parent", person.support_needs.as_ref())
        .word("Safe to contact", person.safe_to_contact)
        .yes_no("Emergency contact", person.emergency_contact)
        .text(if front::must_not_ring(person) { "Telephone: do not ring" } else { "Telephone" }, person.phone.as_ref())
        .text("E-mail", person.email.as_ref())
        .text("School", person.school.as_ref())
        .text("Plans", person.plan_status.as_ref())
        .text("Also", person.note.as_ref())
        .item(title(person))
}

fn related(household: &Household, relation: &Relation) -> String {
    let name = |id: &Option<String>| {
        let person = household.people.iter().find(|person| person.id.is_some() && person.id == *id);
        person.map(title).or_else(|| id.clone()).unwrap_or_default()
    };
    let (a, b) = (name(&relation.a), name(&relation.b));
    let state = relation.state.map(|state| format!(" ({})", label(&state).to_lowercase())).unwrap_or_default();
    match relation.kind {
        Some(RelationKind::Parent) => say!("{a} is a parent of {b}{state}", a, b, state),
        Some(kind) => {
            say!("{a} and {b}: {kind}{state}", a, b, kind = label(&kind).to_lowercase(), state)
        }
        None => say!("{a} and {b}{state}", a, b, state),
    }
}

pub(super) fn engagement(page: &Page<'_>) -> Option<Section> {
    let engagement = page.record.engagement.as_ref()?;
    let facts = Rows::default().word("Working together", engagement.level);
    let mut blocks: Vec<Block> = facts.facts().into_iter().collect();
    blocks.extend(text("What that means for the child", engagement.impact_on_child.as_ref()));
    blocks.extend(text("What happens next", engagement.next_step.as_ref()));
    blocks.extend(text("The parents' or carers' own view", engagement.parent_view.as_ref()));
    blocks.extend(text("There is no parents' view because", engagement.parent_view_missing_why.as_ref()));
    blocks.extend(list("What was seen", &engagement.observed));
    let row = |missed: &Missed| {
        let outcome = missed.outcome.map(|outcome| label(&outcome)).unwrap_or_default();
        let date = missed.date.map(Day::long).unwrap_or_default();
        let (service, reason) = (cell(missed.service.as_ref()), cell(missed.reason_given.as_ref()));
        let ended = missed.ended.map(|ended| label(&ended));
        let followed = joined([missed.followed_up_by.clone(), ended], "\n").unwrap_or_default();
        vec![date, service, outcome, reason, followed]
    };
    let columns = [("Date", 1.2), ("Service", 1.5), ("Outcome", 1.5), ("Reason given", 1.6), ("Follow-up", 1.6)];
    blocks.extend(Block::table("Missed appointments", &columns, engagement.missed.iter().map(row).collect()));
    Section::new("How the family and school work together", blocks)
}

/// Time in a secure setting, of the child or of somebody of the household.
fn secure(page: &Page<'_>, stay: &SecureStay) -> Block {
    let people = page.record.household.iter().flat_map(|household| &household.people);
    let known =
        people.filter(|person| person.id.is_some() && person.id == stay.who).find_map(|person| person.name.clone());
    let child = stay.who.as_deref().is_some_and(|who| who.trim().eq_ignore_ascii_case("child"));
    let who = if child { Some(say!("The child")) } else { known.or_else(|| stay.who.clone()) };
    Rows::default()
        .add("Who", who)
        .word("On what ground", stay.kind)
        .day("From", stay.from)
        .day("To", stay.to)
        .text("Education there", stay.education_contact.as_ref())
        .text("Planned for the return", stay.return_plan.as_ref())
        .item(say!("Secure setting"))
}

fn home_education(time: &HomeEducation) -> Block {
    Rows::default()
        .day("From", time.from)
        .day("To", time.to)
        .text("Decided and agreed by", time.agreed_by.as_ref())
        .day("Local authority told on", time.authority_informed_on)
        .text("What is known of that time", time.known.as_ref())
        .item(say!("Home education"))
}

pub(super) fn moves(page: &Page<'_>) -> Option<Section> {
    let moves = page.record.moves.as_ref()?;
    let facts = Rows::default()
        .text("Home local authority", moves.home_la.as_ref())
        .text("How to reach its children's services", moves.home_la_front_door.as_ref())
        .day("Both authorities told on", moves.both_las_informed);
    let mut blocks: Vec<Block> = facts.facts().into_iter().collect();
    blocks.extend(moves.schools.iter().map(|stay| {
        let number = stay.laestab.as_ref().map(|laestab| format!(" ({laestab})")).unwrap_or_default();
        Rows::default()
            .day("From", stay.from)
            .day("To", stay.to)
            .text("Local authority", stay.la.as_ref())
            .text("Gap before it because", stay.gap_before_reason.as_ref())
            .day("Records asked for on", stay.records_requested_on)
            .word("Records received", stay.records_received)
            .text("Followed up", stay.follow_up.as_ref())
            .text("Not known because", stay.unknown_why.as_ref())
            .item(format!("{}{number}", stay.name.clone().unwrap_or_else(|| say!("School"))))
    }));
    blocks.extend(moves.addresses.iter().map(|address| {
        let title = address.la.clone().unwrap_or_else(|| say!("Area"));
        Rows::default().day("From", address.from).day("To", address.to).text("Note", address.note.as_ref()).item(title)
    }));
    blocks.extend(moves.home_education.iter().map(home_education));
    blocks.extend(moves.secure_stays.iter().map(|stay| secure(page, stay)));
    blocks.extend(text("What the moves have meant for the child", moves.note.as_ref()));
    Section::new("Moves between schools and areas", blocks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::YesNoUnknown;

    /// What one of the two places leaves to the other, the other says.
    #[test]
    fn nothing_known_of_a_person_falls_between_front_sheet_and_family() {
        let unsure = Person {
            phone: Some("01632 960110".into()),
            pr: Some(YesNoUnknown::Unknown),
            lives_with_child: Some(false),
            status: Some(PersonStatus::Known),
            ..Person::default()
        };
        let Block::Item { rows, .. } = beside_the_front_sheet(&unsure) else { panic!("no item") };
        let labels: Vec<&str> = rows.iter().map(|(label, _)| label.as_str()).collect();
        assert_eq!(labels, ["Status", "Lives with the child", "Parental responsibility"]);
        let sure = Person { pr: Some(YesNoUnknown::Yes), name: Some("Jo".into()), ..unsure };
        let Block::Item { rows, .. } = beside_the_front_sheet(&sure) else { panic!("no item") };
        assert_eq!(rows, [("Lives with the child".to_owned(), "No".to_owned())]);
    }
}
