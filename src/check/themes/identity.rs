//! Identity: the right child, the right schools, and nothing that only looks like an answer.

use crate::check::context::Context;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::flaws::Flaw;
use crate::problem::Severity::{Error, Info, Warning};
use crate::record::{
    AfterTransfer, ChildExperience, NhsNumber, PersonStatus, Pupil, Record, TransferKind, Upn, UpnProblem,
    YesNoUnknown, blank,
};
use crate::school::{Laestab, Urn};

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "ID-01",
        severity: Error,
        title: "The UPN is missing or is not 13 characters in the DfE pattern",
        why: "The Unique Pupil Number ties the record to one child, whatever name the child goes by. A letter, then eleven digits, then a digit (or a letter, if it is temporary).",
        source: Source::Guidance("GovTalk GDSC UniquePupilNumber 2.0; DfE, Get information about pupils"),
        next: "Copy the UPN from your management information system.",
        bad: "[pupil]\nupn = \"A12345\"\n",
        good: "[pupil]\nupn = \"G999200126001\"\n",
        judge: Judge::Each(|c| upn(c, UpnProblem::Pattern)),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-02",
        severity: Error,
        title: "The check letter of the UPN is wrong: one character was probably mistyped",
        why: "The first letter is worked out from the other twelve characters, so that a slip shows. A wrong UPN would tie this record to another child.",
        source: Source::Guidance("GovTalk GDSC UniquePupilNumber 2.0"),
        next: "Copy the UPN again from your management information system.",
        bad: "[pupil]\nupn = \"G999200126010\"\n",
        good: "[pupil]\nupn = \"G999200126001\"\n",
        judge: Judge::Each(|c| upn(c, UpnProblem::CheckLetter)),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-03",
        severity: Warning,
        title: "The UPN is a temporary one",
        why: "A temporary UPN ends in a letter and is replaced once the earlier school answers. The next school should get the permanent one.",
        source: Source::Guidance("GovTalk GDSC UniquePupilNumber 2.0"),
        next: "Ask for the permanent UPN before the pack is sent.",
        bad: "[pupil]\nupn = \"G99920012600B\"\n",
        good: "[pupil]\nupn = \"G999200126001\"\n",
        judge: Judge::Each(|c| Hit::when(parsed_upn(c).is_some_and(|upn| upn.is_temporary()), "pupil.upn")),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-04",
        severity: Info,
        title: "The local authority in the UPN is not one of those named in the school's policy",
        why: "A UPN keeps the number of the authority that gave it for life, so a closed or distant authority is quite possible. It is said only where the school's policy lists the usual authorities.",
        source: Source::Ours,
        next: "Nothing, if the child came from elsewhere.",
        bad: "[pupil]\nupn = \"B801200005001\"\n",
        good: "[pupil]\nupn = \"G999200126001\"\n",
        judge: Judge::Each(|c| {
            let usual = &c.policy.local_authorities;
            let elsewhere = parsed_upn(c).is_some_and(|upn| !usual.contains_key(upn.local_authority()));
            Hit::when(!usual.is_empty() && elsewhere, "pupil.upn")
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-06",
        severity: Error,
        title: "The check digit of the NHS number is wrong",
        why: "The last digit is worked out from the other nine, so that a slip shows. A wrong NHS number could join this child to another child's health record.",
        source: Source::Guidance("NHS number, modulus 11"),
        next: "Copy the number again, or leave the line out if it is not known.",
        bad: "[pupil]\nnhs_number = \"999 000 0019\"\n",
        good: "[pupil]\nnhs_number = \"999 000 0018\"\n",
        judge: Judge::Each(|c| {
            let number = c.record.pupil.as_ref().and_then(|pupil| pupil.nhs_number.as_deref());
            Hit::when(number.is_some_and(|number| NhsNumber::parse(number).is_none()), "pupil.nhs_number")
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-07",
        severity: Info,
        title: "No NHS number is recorded",
        why: "The law provides for one identifier by which services recognise the same child. That duty may not be in force yet; a number you know is worth passing on.",
        source: Source::Law(
            "Children Act 2004 s.16LC, inserted by the Children's Wellbeing and Schools Act 2026 s.4; check commencement",
        ),
        next: "Add `nhs_number` if the school knows it.",
        bad: "[pupil]\nnhs_number = \"\"\n",
        good: "[pupil]\nnhs_number = \"999 000 0018\"\n",
        judge: Judge::Each(|c| {
            let absent = |pupil: &Pupil| blank(pupil.nhs_number.as_deref());
            Hit::when(c.record.pupil.as_ref().is_some_and(absent), "pupil.nhs_number")
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-08",
        severity: Error,
        title: "The date of birth is missing or impossible",
        why: "Name and date of birth together tell children of the same name apart. The educational record has to carry it.",
        source: Source::Law("Education (Pupil Information) (England) Regulations 2005, Schedule 2"),
        next: "Write `dob` as year-month-day, without quotation marks.",
        bad: "[pupil]\ndob = 2031-02-03\n",
        good: "[pupil]\ndob = 2015-02-03\n",
        judge: Judge::Each(|c| {
            let dob = c.record.pupil.as_ref().and_then(|pupil| pupil.dob);
            Hit::when(dob.is_none_or(|dob| dob > c.today || c.today.days_since(dob) > 40 * 366), "pupil.dob")
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-09",
        severity: Warning,
        title: "The child's age does not fit entry to Year 7",
        why: "Children enter Year 7 after turning eleven by 31 August. Another age may be right, but then the next school needs to know why.",
        source: Source::Ours,
        next: "Check the date of birth, or give `out_of_cohort_reason`.",
        bad: "[pupil]\ndob = 2016-02-03\n",
        good: "[pupil]\ndob = 2016-02-03\nout_of_cohort_reason = \"Moves a year early by agreement with the authority\"\n",
        judge: Judge::Each(age),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-10",
        severity: Error,
        title: "The child has no legal name",
        why: "The next school must find the child under the name the law uses. A preferred name may stand beside it.",
        source: Source::Law("Education (Pupil Information) (England) Regulations 2005, Schedule 2"),
        next: "Add `legal_surname` and `legal_forename`.",
        precisely: Some("Both are missing. A child may have one name only: that is pointed out by ID-29."),
        bad: "[pupil]\nlegal_surname = \"\"\nlegal_forename = \"\"\n",
        good: "[pupil]\nlegal_surname = \"Example\"\n",
        judge: Judge::Each(|c| {
            let pupil = c.record.pupil.as_ref();
            let surname = pupil.and_then(|p| p.legal_surname.as_deref());
            let forename = pupil.and_then(|p| p.legal_forename.as_deref());
            let nameless = blank(surname) && blank(forename);
            let mut hits = Hit::when(nameless, "pupil.legal_surname");
            hits.extend(Hit::when(nameless, "pupil.legal_forename"));
            hits
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-11",
        severity: Error,
        title: "The DfE number must be 7 digits: 3 for the authority, 4 for the school",
        why: "The bundles are made for one school by this number. A wrong one could send a child's file to the wrong place.",
        source: Source::Guidance("DfE number (LAESTAB), Get Information about Schools"),
        next: "Look the number up on Get Information about Schools and write it in quotation marks, digits only.",
        bad: "[receiving_school]\nlaestab = \"999/4001\"\n",
        good: "[receiving_school]\nlaestab = \"9994001\"\n",
        judge: Judge::Each(|c| {
            let wrong = |text: Option<&str>| text.is_none_or(|text| Laestab::parse(text).is_err());
            let (sending, receiving) = laestabs(c.record);
            let mut hits = Hit::when(wrong(sending), "sending_school.laestab");
            hits.extend(Hit::when(wrong(receiving), "receiving_school.laestab"));
            hits
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-12",
        severity: Error,
        title: "The URN must be 6 digits",
        why: "The Unique Reference Number says which school stands behind a signature, and whom a bundle is for. The receiving school compares it before anything is opened.",
        source: Source::Guidance("URN, Get Information about Schools"),
        next: "Look the number up on Get Information about Schools and write it in quotation marks, digits only.",
        bad: "[sending_school]\nurn = \"10001\"\n",
        good: "[sending_school]\nurn = \"100001\"\n",
        judge: Judge::Each(|c| {
            let wrong = |urn: Option<&str>| urn.is_none_or(|urn| Urn::parse(urn).is_err());
            let sending = c.record.sending_school.as_ref().and_then(|school| school.urn.as_deref());
            let receiving = c.record.receiving_school.as_ref().and_then(|school| school.urn.as_deref());
            let mut hits = Hit::when(wrong(sending), "sending_school.urn");
            hits.extend(Hit::when(wrong(receiving), "receiving_school.urn"));
            hits
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-13",
        severity: Error,
        title: "The sending and the receiving school are the same",
        why: "A hand-over goes from one school to another. The same number twice is a slip of copying.",
        source: Source::Ours,
        next: "Look up the receiving school's DfE number.",
        bad: "[receiving_school]\nlaestab = \"9992001\"\n",
        good: "[receiving_school]\nlaestab = \"9994001\"\n",
        judge: Judge::Each(|c| {
            let (sending, receiving) = laestabs(c.record);
            Hit::when(!blank(sending) && sending == receiving, "receiving_school.laestab")
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-14",
        severity: Error,
        title: "Something is not in the form of a record",
        why: "A field under another name, or a value of another kind, would be lost without a word. So what is not known is refused, and the nearest known word is named.",
        source: Source::Ours,
        next: "Follow the message; `handover schema` lists every field.",
        bad: "[pupil]\nsurname = \"Example\"\n",
        good: "[pupil]\npreferred_surname = \"Example\"\n",
        judge: Judge::Reading,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-15",
        severity: Error,
        title: "A placeholder stands where a fact or a reason is needed",
        why: "\u{201c}TBC\u{201d} or \u{201c}see CPOMS\u{201d} tells the next school nothing, and nobody comes back to it. Not knowing is allowed, if it says what was tried.",
        source: Source::Ours,
        next: "Write the fact or the reason in a sentence; if it is not known, say what was tried.",
        bad: "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nevent = \"see CPOMS\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Talked with the family\"\noutcome = \"Support agreed\"\n",
        good: "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nevent = \"Came to school without a coat for a week\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Talked with the family\"\noutcome = \"Support agreed\"\n",
        judge: Judge::Each(|c| c.texts_with(Flaw::Placeholder)),
        may_override: false,
        // Without it, what other rules ask for could be a placeholder.
        may_lower: false,
        ..Rule::USUAL
    },
    Rule {
        code: "ID-16",
        severity: Error,
        title: "`unknown` needs what was tried, by whom and when",
        why: "Not knowing is honest; not asking is not. The reviews found too little curiosity, so an unknown must show that somebody tried.",
        source: Source::Briefing(
            "Responding to Risk and Need",
            "In several of the cases there was little professional curiosity and scepticism around fathers and other males.",
        ),
        next: "Add `unknown_why` beside it.",
        bad: "[[moves.schools]]\nname = \"Elsewhere School\"\nrecords_received = \"unknown\"\n",
        good: "[[moves.schools]]\nname = \"Elsewhere School\"\nrecords_received = \"unknown\"\nunknown_why = \"Office rang twice in May 2026; the school has closed\"\n",
        judge: Judge::Each(unknowns),
        may_override: false,
        ..Rule::USUAL
    },
];

fn parsed_upn(c: &Context<'_>) -> Option<Upn> {
    Upn::parse(c.record.pupil.as_ref()?.upn.as_deref()?).ok()
}

fn upn(c: &Context<'_>, problem: UpnProblem) -> Vec<Hit> {
    let upn = c.record.pupil.as_ref().and_then(|pupil| pupil.upn.as_deref()).unwrap_or_default();
    Hit::when(Upn::parse(upn).err() == Some(problem), "pupil.upn")
}

fn laestabs(record: &Record) -> (Option<&str>, Option<&str>) {
    let sending = record.sending_school.as_ref().and_then(|school| school.laestab.as_deref());
    let receiving = record.receiving_school.as_ref().and_then(|school| school.laestab.as_deref());
    (sending, receiving)
}

fn age(c: &Context<'_>) -> Vec<Hit> {
    let pupil = c.record.pupil.as_ref();
    let in_year = c.record.transfer.as_ref().is_some_and(|transfer| transfer.kind == Some(TransferKind::InYear));
    let explained = pupil.is_some_and(|pupil| !blank(pupil.out_of_cohort_reason.as_deref()));
    let start = c.record.receiving_school.as_ref().and_then(|school| school.start_date);
    let Some((dob, start)) = pupil.and_then(|pupil| pupil.dob).zip(start) else { return Vec::new() };
    // Age on 31 August is the difference of the academic years, as these begin the day after.
    let age = start.academic_year() - dob.academic_year() - 1;
    Hit::when(!in_year && !explained && age != 11, "pupil.dob")
}

fn unknowns(c: &Context<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut need = |unknown: bool, why: Option<&String>, path: String| {
        if unknown && blank(why.map(String::as_str)) {
            hits.push(Hit::at(path));
        }
    };
    let unknown = Some(YesNoUnknown::Unknown);
    for (i, person) in c.record.household.iter().flat_map(|household| household.people.iter().enumerate()) {
        let path = format!("household.people[{i}]");
        let status = person.status == Some(PersonStatus::Unknown);
        need(status, person.unknown_why.as_ref(), format!("{path}.status"));
        need(!status && person.pr == unknown, person.unknown_why.as_ref(), format!("{path}.pr"));
        need(person.safe_to_contact == unknown, person.unknown_why.as_ref(), format!("{path}.safe_to_contact"));
    }
    for (i, stay) in c.record.moves.iter().flat_map(|moves| moves.schools.iter().enumerate()) {
        let path = format!("moves.schools[{i}].records_received");
        need(stay.records_received == unknown, stay.unknown_why.as_ref(), path);
    }
    for (i, plan) in c.record.plans.iter().enumerate() {
        let not_known = plan.after_transfer == Some(AfterTransfer::Unknown);
        need(not_known, plan.unknown_why.as_ref(), format!("plans[{i}].after_transfer"));
    }
    for (i, risk) in c.record.risks.iter().enumerate() {
        let not_known = risk.child_experience.contains(&ChildExperience::Unknown);
        need(not_known, risk.unknown_why.as_ref(), format!("risks[{i}].child_experience"));
    }
    if let Some(advance) = c.record.sharing.as_ref().and_then(|sharing| sharing.advance_sharing.as_ref()) {
        need(advance.decision == unknown, advance.unknown_why.as_ref(), "sharing.advance_sharing.decision".into());
    }
    hits
}
