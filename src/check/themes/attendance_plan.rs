//! Attendance: what was done about absence. Plans that are followed through, support, referrals, part-time timetables.

use crate::check::context::Context;
use crate::check::example_parts::{year, year_before};
use crate::check::facts::attendance::{FIFTEEN_DAYS, is_accounted, is_confirmed, last_two_years, periods};
use crate::check::facts::weighed::is_weighed;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::{Error, Info, Warning};
use crate::record::{Attendance, AttendancePeriod, AttendancePlan, PlanType, blank};

/// Six school weeks, in school days.
const SIX_WEEKS: i64 = 30;

/// Ten school days, in sessions.
const TEN_DAYS: i64 = 20;

/// Ten school weeks, in school days.
const TEN_WEEKS: i64 = 50;

/// Low attendance with everything that follows from it, for the examples.
macro_rules! low {
    ($plan:literal) => {
        concat!(
            "[attendance.neglect_considered]\non = 2026-02-05\nby = \"DSL\"\nsummary = \"Considered; no sign found\"\n",
            $plan,
            year!("possible = 372\nattended = 330\nauthorised = 42\nunauthorised = 0\n"),
            year_before!()
        )
    };
}

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "AT-07",
        severity: Warning,
        title: "Persistently absent, and there is no attendance plan",
        why: "A child who misses one session in ten misses half a day every week. A plan says who does what about it.",
        source: Source::Briefing("Themes", "Effectiveness of Attendance plans"),
        next: "Add `[attendance.plan]`, or an attendance plan among the `[[plans]]`.",
        precisely: Some(
            "One session in ten or more missed in the latest year. Left out is absence that is accounted for: three quarters of it under I and M and confirmed or told to the authority by a sickness return, or with fewer than fifteen days of illness; or under T, C, C1, J1 and R, and C2 where the timetable has an end and a review; or weighed. Statutory guidance (August 2024, paragraphs 365 and 366) does not want medical evidence asked for as a routine.",
        ),
        bad: low!(""),
        good: low!(
            "[attendance.plan]\nowner = \"Head of Year\"\nsuccess_criteria = [\"In by 9 on 9 of 10 days\"]\nnext_review = 2026-09-20\nchild_view_ref = \"v1\"\n"
        ),
        judge: Judge::Each(|c| {
            let persistent =
                last_two_years(c).last().is_some_and(|year| year.missed_one_in(10) && !is_accounted(c, year));
            Hit::when(persistent && !has_plan(c), "attendance.plan")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-08",
        severity: Error,
        title: "Severely absent: the plan and the other agencies must be shown",
        why: "A child who misses half of all sessions is hardly seen by anyone. School alone cannot mend that, so the record shows the plan and who else is involved.",
        source: Source::Guidance("Working together to improve school attendance (August 2024)"),
        next: "Add `[attendance.plan]` and `[attendance.agency_referral]`.",
        bad: concat!(year!("possible = 372\nattended = 180\nauthorised = 100\nunauthorised = 92\n"), year_before!()),
        good: concat!(
            "[attendance.agency_referral]\non = 2026-01-12\nby = \"DSL\"\nsummary = \"Referred to the attendance support team\"\n[attendance.plan]\nowner = \"Head of Year\"\nsuccess_criteria = [\"Two days a week by May\"]\nnext_review = 2026-09-20\n",
            year!("possible = 372\nattended = 180\nauthorised = 100\nunauthorised = 92\n"),
            year_before!()
        ),
        judge: Judge::Each(|c| {
            let severe = last_two_years(c).iter().any(|year| year.missed_one_in(2));
            let referred = c.record.attendance.as_ref().is_some_and(|attendance| attendance.agency_referral.is_some());
            let mut hits = Hit::when(severe && !has_plan(c), "attendance.plan");
            hits.extend(Hit::when(severe && !referred, "attendance.agency_referral"));
            hits
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-09",
        severity: Warning,
        title: "It is not noted that low attendance was thought of as a possible sign of neglect",
        why: "The reviews name persistent absence as a possible sign of neglect. Considering it does not accuse anyone; not considering it has cost children dearly.",
        source: Source::Briefing("Themes", "Recognising persistent absence as a potential indicator of Neglect"),
        next: "Add `[attendance.neglect_considered]` with date, person and conclusion.",
        precisely: Some("Absence that is accounted for, as in AT-07, is left out."),
        bad: concat!(year!("possible = 372\nattended = 330\nauthorised = 42\nunauthorised = 0\n"), year_before!()),
        good: low!(""),
        judge: Judge::Each(|c| {
            let threshold = c.policy.early_help_threshold;
            let is_low = |year: &AttendancePeriod| {
                (year.is_below(threshold) || year.missed_one_in(10)) && !is_accounted(c, year)
            };
            let low = last_two_years(c).iter().any(is_low);
            let considered =
                c.record.attendance.as_ref().is_some_and(|attendance| attendance.neglect_considered.is_some());
            Hit::when(low && !considered, "attendance.neglect_considered")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-10",
        severity: Error,
        title: "The attendance plan has no success criteria, owner or review date",
        why: "A plan that nobody owns and nobody reviews drifts. Cumbria's review of Child R asks for clear criteria, robust follow-up and review.",
        source: Source::Local("Cumbria LSCB, Child R: attendance plans"),
        next: "Add `owner`, `success_criteria` and `next_review` to `[attendance.plan]`.",
        bad: "[attendance.plan]\nowner = \"Head of Year\"\n",
        good: "[attendance.plan]\nowner = \"Head of Year\"\nsuccess_criteria = [\"In by 9 on 9 of 10 days\"]\nnext_review = 2026-09-20\n",
        judge: Judge::Each(|c| {
            let Some(plan) = plan(c) else { return Vec::new() };
            let ended = !blank(plan.outcome.as_deref());
            let mut hits = Hit::when(blank(plan.owner.as_deref()), "attendance.plan.owner");
            hits.extend(Hit::when(plan.success_criteria.is_empty(), "attendance.plan.success_criteria"));
            hits.extend(Hit::when(plan.next_review.is_none() && !ended, "attendance.plan.next_review"));
            hits
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-11",
        severity: Warning,
        title: "The attendance plan has drifted",
        why: "The last review is more than six weeks old, or the next one lies in the past. Cumbria's review of Child R says: drift is avoided.",
        source: Source::Local("Cumbria LSCB, Child R: \u{201c}Drift is avoided\u{201d}"),
        next: "Hold the review, or set a new date.",
        precisely: Some(
            "A plan with an `outcome` has ended and is left alone. Six school weeks are thirty school days; without term dates 42 calendar days, the summer holiday left out.",
        ),
        bad: "[attendance.plan]\nowner = \"Head of Year\"\nsuccess_criteria = [\"In by 9\"]\nnext_review = 2026-05-01\n",
        good: "[attendance.plan]\nowner = \"Head of Year\"\nsuccess_criteria = [\"In by 9\"]\nnext_review = 2026-09-20\n",
        judge: Judge::Each(|c| {
            let Some(plan) = plan(c).filter(|plan| blank(plan.outcome.as_deref())) else { return Vec::new() };
            let last = plan.reviews.iter().filter_map(|review| review.date).max();
            let mut hits =
                Hit::when(plan.next_review.is_some_and(|next| next < c.today), "attendance.plan.next_review");
            if let Some(gone) = last.map(|last| c.elapsed(last, c.today)).filter(|gone| gone.over(SIX_WEEKS)) {
                let message =
                    format!("The last review of the attendance plan is over six school weeks old ({})", gone.counted());
                hits.push(Hit::at("attendance.plan.reviews").because(message));
            }
            hits
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-12",
        severity: Warning,
        title: "Much absence for illness, and nobody has confirmed it",
        why: "Cumbria's review of Child R asks that absence on health grounds is corroborated. Illness that nobody confirmed may be illness, or something else.",
        source: Source::Local(
            "Cumbria LSCB, Child R: \u{201c}Medical/health evidence of absence on health grounds is corroborated\u{201d}",
        ),
        next: "Add `[attendance.medical_corroboration]`: by whom, when, what.",
        precisely: Some(
            "Fifteen days of illness or more in a year, or ten or more in each of the last two years; and nobody has confirmed it, made a sickness return or weighed it. Statutory guidance (August 2024, paragraphs 365 and 366): evidence is not asked for as a routine, but where there is doubt, a pattern or long absence.",
        ),
        bad: concat!(
            year!("possible = 372\nattended = 340\nauthorised = 32\nunauthorised = 0\ncodes = { \"I\" = 32 }\n"),
            year_before!()
        ),
        good: concat!(
            "[attendance.medical_corroboration]\non = 2026-03-02\nby = \"School nurse\"\nsummary = \"Asthma clinic confirms\"\n",
            year!("possible = 372\nattended = 340\nauthorised = 32\nunauthorised = 0\ncodes = { \"I\" = 32 }\n"),
            year_before!()
        ),
        judge: Judge::Each(|c| {
            let confirmed = c
                .record
                .attendance
                .as_ref()
                .is_some_and(|attendance| is_confirmed(attendance) || attendance.sickness_return.is_some());
            let confirmed = confirmed || is_weighed(c, Some("attendance"), None);
            let years = last_two_years(c);
            let pattern = years.len() > 1 && years.iter().all(|year| year.code("I") >= TEN_DAYS);
            let much = |period: &AttendancePeriod| {
                period.code("I") >= FIFTEEN_DAYS || (pattern && period.code("I") >= TEN_DAYS)
            };
            let hits = periods(c).filter(|(_, period)| !confirmed && much(period));
            hits.map(|(i, _)| Hit::at(format!("attendance.periods[{i}].codes"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-13",
        severity: Warning,
        title: "A part-time timetable has no start, end or review date",
        why: "A part-time timetable is meant for a short time. Without an end it becomes a way of being out of school.",
        source: Source::Guidance("Working together to improve school attendance (August 2024)"),
        next: "Add `[[attendance.part_time]]` with `start`, `end` and `review`.",
        bad: concat!(
            year!("possible = 372\nattended = 360\nauthorised = 12\nunauthorised = 0\ncodes = { \"C2\" = 12 }\n"),
            year_before!()
        ),
        good: concat!(
            year!("possible = 372\nattended = 360\nauthorised = 12\nunauthorised = 0\ncodes = { \"C2\" = 12 }\n"),
            year_before!(),
            "[[attendance.part_time]]\nstart = 2026-01-12\nend = 2026-02-13\nreview = 2026-01-30\n"
        ),
        judge: Judge::Each(|c| {
            let timetables =
                || c.record.attendance.iter().flat_map(|attendance| attendance.part_time.iter().enumerate());
            let undated = timetables().flat_map(|(i, timetable)| {
                let missing = [
                    (timetable.start.is_none(), "start"),
                    (timetable.end.is_none(), "end"),
                    (timetable.review.is_none(), "review"),
                ];
                Hit::missing(&format!("attendance.part_time[{i}]"), "This part-time timetable", missing)
            });
            let mut hits: Vec<_> = undated.collect();
            let coded = periods(c).filter(|(_, period)| timetables().next().is_none() && period.code("C2") > 0);
            hits.extend(coded.map(|(i, _)| Hit::at(format!("attendance.periods[{i}].codes"))));
            hits
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-22",
        severity: Info,
        title: "Ill for fifteen school days, and no sickness return is recorded",
        why: "Schools tell the local authority when a child is or will be ill for fifteen school days. The authority can then see to education meanwhile, and somebody outside the school knows.",
        source: Source::Law("School Attendance (Pupil Registration) (England) Regulations 2024: sickness return"),
        next: "Make the return, and set `attendance.sickness_return`.",
        precisely: Some("Thirty sessions or more under I in a year, all schools together."),
        bad: concat!(
            year!("possible = 372\nattended = 332\nauthorised = 40\nunauthorised = 0\ncodes = { \"I\" = 40 }\n"),
            year_before!()
        ),
        good: concat!(
            "[attendance.sickness_return]\non = 2026-02-05\nby = \"School office\"\n",
            year!("possible = 372\nattended = 332\nauthorised = 40\nunauthorised = 0\ncodes = { \"I\" = 40 }\n"),
            year_before!()
        ),
        judge: Judge::Each(|c| {
            let told = c.record.attendance.as_ref().is_some_and(|attendance| attendance.sickness_return.is_some());
            let ill = last_two_years(c).last().is_some_and(|year| year.code("I") >= FIFTEEN_DAYS);
            Hit::when(ill && !told, "attendance.sickness_return")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-18",
        severity: Warning,
        title: "Ten unauthorised sessions in ten school weeks, and no support is recorded",
        why: "That is the national threshold at which a penalty notice is considered. Support comes first, and the record shows what was offered.",
        source: Source::Guidance("National framework for penalty notices, 2024"),
        next: "Say in `attendance.support_offered` what was offered.",
        bad: concat!(
            year!(
                "possible = 372\nattended = 350\nauthorised = 8\nunauthorised = 14\nmost_unauthorised_in_10_weeks = 11\n"
            ),
            year_before!()
        ),
        good: concat!(
            "[attendance]\nsupport_offered = \"Breakfast club and a walking bus\"\n",
            year!(
                "possible = 372\nattended = 350\nauthorised = 8\nunauthorised = 14\nmost_unauthorised_in_10_weeks = 11\n"
            ),
            year_before!()
        ),
        judge: Judge::Each(|c| {
            let supported =
                c.record.attendance.as_ref().is_some_and(|attendance| !blank(attendance.support_offered.as_deref()));
            let short = |period: &AttendancePeriod| {
                period.from.zip(period.to).is_some_and(|(from, to)| !c.elapsed(from, to).over(TEN_WEEKS))
            };
            // Where the most in ten weeks is not given, a whole period of ten weeks or less tells it.
            let met = |period: &AttendancePeriod| {
                let whole = period.unauthorised.filter(|_| short(period));
                period.most_unauthorised_in_10_weeks.or(whole).is_some_and(|sessions| sessions >= 10)
            };
            let hits = periods(c).filter(|(_, period)| !supported && met(period));
            hits.map(|(i, _)| Hit::at(format!("attendance.periods[{i}].unauthorised"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-19",
        severity: Warning,
        title: "The attendance plan has not worked and has not been changed",
        why: "The reviews ask whether attendance plans are effective. A plan of six weeks that changed nothing needs changing itself.",
        source: Source::Briefing("Themes", "Effectiveness of Attendance plans"),
        next: "Change the plan and record it in `[[attendance.plan.changes]]`.",
        precisely: Some(
            "Speaks where `before` and `since` give the sessions, the plan is more than six school weeks old, and the rate since is no better than before, by whole sessions.",
        ),
        bad: "[attendance.plan]\nstarted = 2026-01-12\nbefore = { possible = 60, attended = 48 }\nsince = { possible = 120, attended = 94 }\n",
        good: "[attendance.plan]\nstarted = 2026-01-12\nbefore = { possible = 60, attended = 48 }\nsince = { possible = 120, attended = 94 }\n[[attendance.plan.changes]]\ndate = 2026-03-09\nwhat = \"Taxi from the new address\"\n",
        judge: Judge::Each(|c| {
            let idle = plan(c).is_some_and(|plan| {
                let old = plan.started.is_some_and(|started| c.elapsed(started, c.today).over(SIX_WEEKS));
                old && no_better(plan) && plan.changes.is_empty()
            });
            Hit::when(idle, "attendance.plan.changes")
        }),
        ..Rule::USUAL
    },
];

fn plan<'a>(c: &'a Context<'_>) -> Option<&'a AttendancePlan> {
    c.record.attendance.as_ref().and_then(|attendance: &Attendance| attendance.plan.as_ref())
}

fn has_plan(c: &Context<'_>) -> bool {
    let among_plans = c
        .record
        .plans
        .iter()
        .any(|plan| matches!(plan.r#type, Some(PlanType::AttendancePlan | PlanType::AttendanceContract)));
    plan(c).is_some() || among_plans
}

/// Whether the rate since the plan began is no better than before, by whole sessions.
fn no_better(plan: &AttendancePlan) -> bool {
    let counts = plan.before.as_ref().zip(plan.since.as_ref());
    let sessions =
        counts.and_then(|(before, since)| Some((before.possible?, before.attended?, since.possible?, since.attended?)));
    sessions.is_some_and(|(possible_before, before, possible_since, since)| {
        since * possible_before <= before * possible_since
    })
}
