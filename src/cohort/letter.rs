//! What the cover letter of a bundle says: who writes to whom, what is enclosed, by when to answer.
use crate::check::{Policy, deadline};
use crate::circle::{Audience, BundleKind};
use crate::document::{Enclosed, LetterData, LetterParty};
use crate::record::{Contact, Day, Record, audience_view, child_name, label};
use crate::school::School;
use crate::sign::Certificate;
use crate::text::{said, say};

/// Within so many days of the start of term a child protection file is transferred (Keeping children safe in education).
const CLOCK: i64 = 5;

/// What the letter says of one child, and of the people who hand it over.
#[derive(Debug)]
pub(super) struct InLetter {
    pub(super) enclosed: Enclosed,
    /// The first day at the receiving school.
    first_day: Option<Day>,
    /// Whom to ask at the sending school.
    sender: Option<String>,
    /// For whom it is at the receiving school.
    receiver: Option<String>,
}

/// The letter of one bundle, in which there is at least one child.
pub(super) fn letter(
    kind: BundleKind,
    transfer: &str,
    (from, to): (&School, &School),
    children: Vec<InLetter>,
    policy: &Policy,
    day: Day,
    certificate: &Certificate,
) -> LetterData {
    // One day for all, or none is printed.
    let first_day = children.first().and_then(|child| child.first_day);
    let first_day = first_day.filter(|day| children.iter().all(|child| child.first_day == Some(*day)));
    let due = first_day.map(|day| deadline(policy.calendar.as_ref(), day, CLOCK));
    let contact = |of: fn(&InLetter) -> &Option<String>| children.first().and_then(|child| of(child).clone());
    let party = |school: &School, contact: Option<String>| LetterParty {
        name: school.name.to_string(),
        laestab: school.laestab.to_string(),
        contact,
    };
    let (from, to) = (party(from, contact(|child| &child.sender)), party(to, contact(|child| &child.receiver)));
    let mut enclosed: Vec<Enclosed> = children.into_iter().map(|child| child.enclosed).collect();
    enclosed.sort_by(|a, b| (&a.name, &a.reference).cmp(&(&b.name, &b.reference)));
    LetterData {
        kind: kind.key().to_owned(),
        readers: said(kind.readers()),
        from,
        to,
        transfer: transfer.to_owned(),
        day: day.long(),
        children: enclosed,
        first_day: first_day.map(Day::long),
        due: due.map(|(day, _)| day.long()),
        counted_in_school_days: due.is_some_and(|(_, in_school)| in_school),
        fingerprint: certificate.fingerprint().in_groups(),
    }
}

/// What the letter says of one child: no more than the readers of this bundle may know.
///
/// # Errors
/// As [`audience_view`].
pub(super) fn in_letter(
    record: &Record,
    kind: BundleKind,
    today: Day,
    reference: String,
    documents: Vec<String>,
) -> serde_json::Result<InLetter> {
    let widest = kind.packs().iter().map(|pack| pack.reader()).max().unwrap_or(Audience::AllStaff);
    let seen = audience_view(record, widest)?.record;
    let open = || seen.plans.iter().filter(|plan| plan.is_open(today));
    let plans: Vec<String> = open().filter_map(|plan| plan.r#type).map(|kind| label(&kind)).collect();
    let transition = seen.transition_plan.as_ref();
    let provision = seen.sen.as_ref().and_then(|sen| sen.provision).map(|provision| label(&provision));
    let plan = match kind {
        BundleKind::General => transition.and_then(|plan| plan.level).map(|level| label(&level)),
        BundleKind::Send if plans.is_empty() => provision,
        BundleKind::Send | BundleKind::Safeguarding => Some(plans.join("; ")),
    };
    let reviews = open().filter_map(|plan| plan.next_review).filter(|day| *day >= today);
    let next = match kind {
        BundleKind::General => {
            transition.and_then(|plan| plan.review_on).map(|day| say!("Plan reviewed on {day}", day = day.long()))
        }
        BundleKind::Send | BundleKind::Safeguarding => {
            reviews.min().map(|day| say!("Review on {day}", day = day.long()))
        }
    };
    let risks = seen.risks.iter().find_map(|risk| risk.before_first_day.clone());
    let first = match kind {
        BundleKind::Safeguarding => risks,
        BundleKind::General | BundleKind::Send => transition.and_then(|plan| plan.day_one_support.clone()),
    };
    Ok(InLetter {
        enclosed: Enclosed {
            reference,
            name: child_name(record),
            plan: plan.unwrap_or_default(),
            next: next.unwrap_or_default(),
            first: first.unwrap_or_default(),
            documents,
        },
        first_day: record.receiving_school.as_ref().and_then(|school| school.start_date),
        sender: sender(record, kind).and_then(Contact::line),
        receiver: receiver(record, kind).and_then(Contact::line),
    })
}

fn sender(record: &Record, kind: BundleKind) -> Option<&Contact> {
    let school = record.sending_school.as_ref()?;
    match kind {
        BundleKind::Send => school.senco.as_ref(),
        BundleKind::General | BundleKind::Safeguarding => school.dsl.as_ref(),
    }
}

fn receiver(record: &Record, kind: BundleKind) -> Option<&Contact> {
    let school = record.receiving_school.as_ref()?;
    match kind {
        BundleKind::General => school.head_of_year.as_ref(),
        BundleKind::Send => school.senco.as_ref(),
        BundleKind::Safeguarding => school.dsl.as_ref(),
    }
}
