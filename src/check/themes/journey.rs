//! The journey of the files: securely, in time, with a receipt.

use crate::check::context::Context;
use crate::check::facts::sharing::{has_safeguarding_file, is_signed};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::{Error, Warning};
use crate::record::{Day, SignOffRole, Transfer, TransferKind, TransferMethod};

/// The days that national guidance gives, taken as school days.
const FIVE_DAYS: i64 = 5;

/// Days for the Common Transfer File.
const CTF_DAYS: i64 = 15;

/// A sign-off older than this, in school days, is looked at again: thirty calendar days of term.
const SIGN_OFF_DAYS: i64 = 21;

/// A risk, so that there is a child protection file, then what follows.
macro_rules! with_file {
    ($rest:literal) => {
        concat!("[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n", $rest)
    };
}

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "SI-09",
        severity: Error,
        title: "The files would travel by an insecure way",
        why: "Ordinary post, a parent's bag and plain e-mail have lost files before. What stands in them can hurt a child for life.",
        source: Source::Guidance(
            "Keeping children safe in education: secure transit; local practice in North Northamptonshire and Norfolk",
        ),
        next: "Choose another `transfer.method`: your safeguarding platform's transfer, encrypted e-mail, a secure portal, by hand against a signature.",
        precisely: Some(
            "Ordinary post, a parent as courier, e-mail without encryption, a memory stick without encryption.",
        ),
        bad: "[transfer]\nmethod = \"plain_email\"\n",
        good: "[transfer]\nmethod = \"secure_portal\"\n",
        judge: Judge::Each(|c| {
            let insecure = transfer(c).is_some_and(|transfer| {
                matches!(
                    transfer.method,
                    Some(
                        TransferMethod::OrdinaryPost
                            | TransferMethod::ParentCourier
                            | TransferMethod::PlainEmail
                            | TransferMethod::UnencryptedUsb
                    )
                )
            });
            Hit::when(insecure, "transfer.method")
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-10",
        severity: Error,
        title: "The child protection file is late",
        why: "National guidance gives five days, so that support is in place when the child arrives. Each day without it the new school watches without knowing what for.",
        source: Source::Guidance(
            "Keeping children safe in education: within five days, or the first five days of a new term",
        ),
        next: "Send it today, and set `transfer.sent_on`.",
        precisely: Some(
            "Where there is a risk or a plan of children's services. Counted from the first day of term, or for a move within the year from `leaving_on`: five school days, without term dates seven calendar days. It is said, but does not keep the pack back: that would make the file later still.",
        ),
        bad: with_file!("[transfer]\nkind = \"in_year\"\nleaving_on = 2026-06-01\n"),
        good: with_file!(
            "[transfer]\nkind = \"in_year\"\nleaving_on = 2026-06-01\nsent_on = 2026-06-03\nreceipt = { received_by = \"P. Nandakumar\", on = 2026-06-04 }\n"
        ),
        judge: Judge::Each(|c| {
            if !has_safeguarding_file(c) {
                return Vec::new();
            }
            let from = match transfer(c) {
                Some(transfer) if transfer.kind == Some(TransferKind::InYear) => transfer.leaving_on,
                // The first day of term counts as the first of the five.
                _ => c.record.receiving_school.as_ref().and_then(|s| s.start_date).map(|start| start.plus_days(-1)),
            };
            let sent = transfer(c).and_then(|transfer| transfer.sent_on).unwrap_or(c.today);
            late(c, from, sent, FIVE_DAYS, "transfer.sent_on", "The child protection file is late")
        }),
        withholds: false,
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-11",
        severity: Error,
        title: "Sent, and no receipt after five school days",
        why: "A file that was sent and never opened is a file that does not exist. One call finds out.",
        source: Source::Guidance(
            "Keeping children safe in education: confirmation of receipt; local practice in North Northamptonshire: chase after five days",
        ),
        next: "Ring the receiving school, and fill in `transfer.receipt`.",
        precisely: Some("Without term dates seven calendar days. It is said, but does not keep the pack back."),
        bad: "[transfer]\nsent_on = 2026-06-15\n",
        good: "[transfer]\nsent_on = 2026-06-15\nreceipt = { received_by = \"P. Nandakumar\", on = 2026-06-16 }\n",
        judge: Judge::Each(|c| {
            let sent =
                transfer(c).filter(|transfer| transfer.receipt.as_ref().is_none_or(|receipt| receipt.on.is_none()));
            let from = sent.and_then(|transfer| transfer.sent_on);
            late(c, from, c.today, FIVE_DAYS, "transfer.receipt", "Sent, and no receipt after five school days")
        }),
        withholds: false,
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-13",
        severity: Warning,
        title: "The Common Transfer File is overdue",
        why: "Fifteen school days after the child has left, a maintained school has to have sent it; academies are asked to do the same. Until then the new school may not even have the child's numbers.",
        source: Source::Law(
            "Education (Pupil Information) (England) Regulations 2005, regulation 9 (maintained schools)",
        ),
        next: "Send it from your management information system, and set `transfer.ctf_sent_on`.",
        precisely: Some(
            "Fifteen school days after `leaving_on`; without term dates 21 calendar days, the summer holiday left out.",
        ),
        bad: "[transfer]\nleaving_on = 2026-06-01\n",
        good: "[transfer]\nleaving_on = 2026-06-01\nctf_sent_on = 2026-06-03\n",
        judge: Judge::Each(|c| {
            let left = transfer(c).and_then(|transfer| transfer.leaving_on);
            let sent = transfer(c).and_then(|transfer| transfer.ctf_sent_on).unwrap_or(c.today);
            late(c, left, sent, CTF_DAYS, "transfer.ctf_sent_on", "The Common Transfer File is overdue")
        }),
        may_override: false,
        ..Rule::USUAL
    },
    Rule {
        code: "SI-16",
        severity: Warning,
        title: "The sign-off is more than thirty days older than the sending",
        why: "A month is long in a child's life, and things change before the summer. Whoever signed should look once more before it goes.",
        source: Source::Ours,
        next: "Read the record again and sign anew: `handover sign-off RECORD --role dsl --name \"…\"`.",
        precisely: Some(
            "The newest sign-off of the DSL, up to `sent_on`, or to today while it is not sent: 21 school days; without term dates 30 calendar days, the summer holiday left out.",
        ),
        bad: "[[sign_off]]\nrole = \"dsl\"\nname = \"R. Sample\"\non = 2026-04-20\n",
        good: "[[sign_off]]\nrole = \"dsl\"\nname = \"R. Sample\"\non = 2026-07-01\n",
        judge: Judge::Each(|c| {
            let signed = c.record.sign_off.iter().filter(|sign_off| is_signed(sign_off, SignOffRole::Dsl));
            let newest = signed.filter_map(|sign_off| sign_off.on).max();
            let sent = transfer(c).and_then(|transfer| transfer.sent_on).unwrap_or(c.today);
            late(
                c,
                newest,
                sent,
                SIGN_OFF_DAYS,
                "sign_off",
                "The sign-off is more than thirty days older than the sending",
            )
        }),
        may_override: false,
        ..Rule::USUAL
    },
];

fn transfer<'a>(c: &'a Context<'_>) -> Option<&'a Transfer> {
    c.record.transfer.as_ref()
}

/// A hit where more than a number of school days lie between two days; the message says how they were counted.
fn late(c: &Context<'_>, from: Option<Day>, to: Day, days: i64, path: &str, message: &str) -> Vec<Hit> {
    let gone = from.map(|from| c.elapsed(from, to)).filter(|gone| gone.over(days));
    gone.map(|gone| Hit::at(path).because(format!("{message} ({})", gone.counted()))).into_iter().collect()
}
