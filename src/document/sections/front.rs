//! The front sheet of the safeguarding pack: who the child is, what must not be overlooked, whom to ring and whom not.

use super::page::Page;
use super::{attendance, child, nil, profile};
use crate::check::{Override, rule};
use crate::document::view::{Block, Reachable, Row, Rows, Section, joined};
use crate::record::{Care, Contact, Day, Medicine, NilSection, Person, Plan, YesNoUnknown, label};
use crate::text::{said, say};

pub(super) fn front(page: &Page<'_>) -> Option<Section> {
    let mut blocks = vec![Block::Facts { rows: identity(page) }];
    let alerts = alerts(page);
    blocks.extend((!alerts.is_empty()).then_some(Block::Alerts { rows: alerts }));
    Section::new("", blocks)
}

/// Whom to ring, legal status, plans, health, professionals: what stands under the first tasks.
pub(super) fn at_hand(page: &Page<'_>) -> Vec<Block> {
    let record = page.record;
    let people = record.household.iter().flat_map(|household| &household.people);
    let family: Vec<Reachable> = people.filter(|person| is_at_hand(person)).map(reachable).collect();
    let mut blocks = Vec::new();
    blocks.extend(contacts("Family: who to ring", family));
    let open = record.plans.iter().filter(|plan| plan.is_open(page.details.day));
    let columns = [("Open plan", 1.6), ("Category", 1.2), ("Since", 1.1), ("Next review", 1.1)];
    blocks.extend(Block::table("Open plans", &columns, open.map(open_plan).collect()));
    blocks.extend(contacts("Professionals", professionals(page)));
    let health = Rows::default()
        .add("Legal status", record.care.as_ref().and_then(legal_status))
        .add("Allergies", Some(allergies(page)))
        .add("Medicines", Some(medicines(page)))
        .add("Attendance", attendance::in_a_sentence(page));
    blocks.extend(health.facts());
    blocks
}

fn contacts(caption: &str, rows: Vec<Reachable>) -> Option<Block> {
    (!rows.is_empty()).then(|| Block::Contacts { caption: said(caption), rows })
}

fn identity(page: &Page<'_>) -> Vec<Row> {
    let record = page.record;
    let pupil = record.pupil.as_ref();
    let legal = pupil.and_then(|pupil| joined([&pupil.legal_forename, &pupil.legal_surname], " "));
    let household = record.household.as_ref();
    let (sending, receiving) = (record.sending_school.as_ref(), record.receiving_school.as_ref());
    let ask = sending.and_then(|school| school.dsl.as_ref()).and_then(Contact::line);
    let rows = Rows::default()
        .day("Born", pupil.and_then(|pupil| pupil.dob))
        .add("Legal name", legal.filter(|legal| legal != page.name))
        .text("NHS number", pupil.and_then(|pupil| pupil.nhs_number.as_ref()))
        .text("How to say the name", pupil.and_then(|pupil| pupil.pronunciation.as_ref()))
        .add("First language", pupil.and_then(|pupil| pupil.first_language.as_deref()).and_then(child::other_language))
        .lines("Talking together", pupil.map(|pupil| pupil.communication_needs.as_slice()).unwrap_or_default())
        .text("Address", household.and_then(|household| household.address.as_ref()))
        .text("Present school", sending.and_then(|school| school.name.as_ref()))
        .add("Who to ask there", ask)
        .day("First day", receiving.and_then(|school| school.start_date))
        .text("Key adult", receiving.and_then(|school| school.key_adult.as_ref()));
    rows.0
}

/// What must not be overlooked.
fn alerts(page: &Page<'_>) -> Vec<Row> {
    let record = page.record;
    let mut alerts: Vec<Row> = page.overrides.iter().map(overridden).collect();
    let mut add = |label: String, text: String| alerts.push((label, text));
    let household = record.household.as_ref();
    if household.is_some_and(|household| household.address_confidential == Some(true)) {
        add(say!("The address is secret"), say!("Tell it to nobody, and print it nowhere."));
    }
    if household.is_some_and(|household| household.refuge_or_emergency == Some(true)) {
        add(
            say!("In a refuge or emergency accommodation"),
            say!("Tell nobody where the child lives or goes to school."),
        );
    }
    let people = household.iter().flat_map(|household| &household.people);
    for person in people {
        let who = person.with_relation();
        let forbidden = [
            (person.may_collect == Some(YesNoUnknown::No)).then(|| say!("Must not collect the child.")),
            person.must_not.clone(),
            must_not_ring(person).then(|| say!("Do not ring or write.")),
        ];
        if let Some(forbidden) = joined(forbidden, " ") {
            add(who, forbidden);
        }
    }
    for order in record.care.iter().flat_map(|care| &care.orders) {
        add(
            super::assessments::order_title(order),
            order.says.clone().unwrap_or_else(|| say!("See Care and legal status.")),
        );
    }
    let sharing = record.sharing.as_ref();
    if sharing.is_some_and(|sharing| sharing.parent_informed == Some(false)) {
        let why = sharing.and_then(|sharing| sharing.parent_not_informed_reason.clone());
        add(say!("Parents or carers have not been told of this pack"), why.unwrap_or_default());
    }
    for allergy in record.health.iter().flat_map(|health| &health.allergies) {
        add(say!("Allergy"), profile::allergy(allergy).unwrap_or_default());
    }
    alerts
}

/// An error in spite of which the pack went out: the first thing a safeguarding lead reads.
fn overridden(given: &Override) -> Row {
    let title = rule(given.code).map(|rule| said(rule.title)).unwrap_or_default();
    let by = say!("Decided by {by} on {on}.", by = given.by, on = given.on.long());
    let text = say!(
        "{title} (rule {code}). Why the pack could not wait: {reason}. {by}",
        title,
        code = given.code,
        reason = given.reason,
        by
    );
    (say!("Sent with a point left open"), text)
}

/// Whether it is not safe to contact a person.
pub(super) fn must_not_ring(person: &Person) -> bool {
    person.safe_to_contact == Some(YesNoUnknown::No)
}

/// Whether a person is one to ring, or not to ring, or decides for the child.
pub(super) fn is_at_hand(person: &Person) -> bool {
    person.pr == Some(YesNoUnknown::Yes)
        || person.emergency_contact == Some(true)
        || person.may_collect.is_some()
        || person.must_not.is_some()
        || person.phone.is_some()
        || must_not_ring(person)
}

fn reachable(person: &Person) -> Reachable {
    let so = |is: bool, words: &str| is.then(|| said(words));
    let about = [
        so(person.pr == Some(YesNoUnknown::Yes), "parental responsibility"),
        so(person.lives_with_child == Some(true), "lives with the child"),
        so(person.emergency_contact == Some(true), "emergency contact"),
        so(person.may_collect == Some(YesNoUnknown::Yes), "may collect"),
        so(person.may_collect == Some(YesNoUnknown::No), "must not collect"),
        so(person.safe_to_contact == Some(YesNoUnknown::Unknown), "ask before ringing: not known whether it is safe"),
    ];
    let about = joined(about, "; ").unwrap_or_default();
    let number = joined([&person.phone, &person.email], ", ").unwrap_or_default();
    Reachable { who: person.with_relation(), about, number, must_not_ring: must_not_ring(person) }
}

fn open_plan(plan: &Plan) -> Vec<String> {
    let kind = plan.r#type.map_or_else(|| say!("Plan"), |kind| label(&kind));
    let category = plan.category.map(|category| label(&category)).unwrap_or_default();
    let day = |day: Option<Day>| day.map(Day::long).unwrap_or_default();
    vec![kind, category, day(plan.start), day(plan.next_review)]
}

/// Those outside the school who work with the child, each once, with what they are there for.
fn professionals(page: &Page<'_>) -> Vec<Reachable> {
    let record = page.record;
    let row = |who: Option<String>, about: String, number: Option<String>| {
        let number = number.unwrap_or_default();
        Some(Reachable { who: who?, about, number, must_not_ring: false })
    };
    let plans = record.plans.iter().filter(|plan| plan.is_open(page.details.day));
    let managers = plans.filter_map(|plan| {
        let manager = plan.manager.as_ref()?;
        let kind = plan.r#type.map_or_else(|| say!("Plan"), |kind| label(&kind));
        row(joined([&manager.name, &manager.role], ", "), kind, manager.contact.clone())
    });
    let of = |contact: &Contact, about: String| {
        row(joined([&contact.name, &contact.role], ", "), about, joined([&contact.phone, &contact.email], ", "))
    };
    let help = record.early_help.iter().filter_map(|help| of(help.lead_practitioner.as_ref()?, say!("Early Help")));
    let services =
        record.services.iter().filter(|service| service.to.is_none()).filter_map(|service| {
            of(service.contact.as_ref()?, service.name.clone().unwrap_or_else(|| say!("Service")))
        });
    let mut all: Vec<Reachable> = Vec::new();
    for one in managers.chain(help).chain(services) {
        match all.iter_mut().find(|known| known.who == one.who && known.number == one.number) {
            Some(known) if known.about != one.about => known.about = format!("{}; {}", known.about, one.about),
            Some(_) => {}
            None => all.push(one),
        }
    }
    all
}

fn legal_status(care: &Care) -> Option<String> {
    joined(
        [care.legal_status.map(|status| label(&status)), care.since.map(|day| say!("since {day}", day = day.long()))],
        ", ",
    )
}

fn allergies(page: &Page<'_>) -> String {
    let allergies = page.record.health.iter().flat_map(|health| &health.allergies);
    let named: Vec<String> = allergies.filter_map(|allergy| allergy.to.clone()).collect();
    if named.is_empty() { nil::words(page, NilSection::Allergies) } else { named.join("; ") }
}

fn medicines(page: &Page<'_>) -> String {
    let medicines = page.record.health.iter().flat_map(|health| &health.medicines);
    let medicine = |medicine: &Medicine| {
        joined([medicine.name.clone(), medicine.kept.as_ref().map(|kept| say!("kept: {kept}", kept))], ", ")
    };
    let named: Vec<String> = medicines.filter_map(medicine).collect();
    if named.is_empty() { nil::words(page, NilSection::Medicines) } else { named.join("; ") }
}
