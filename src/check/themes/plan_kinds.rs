//! Plans by their kind: child protection, looked-after children, EHC plans.

use crate::check::context::Context;
use crate::check::example_parts::plan;
use crate::check::facts::plans::{is_looked_after, open, plans};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::{fold, has_words};
use crate::problem::Severity::{Error, Warning};
use crate::record::{CpCategory, Day, Plan, PlanType, SenProvision, TransferKind, blank};

/// While a term is younger than this, in calendar days, the one before counts.
const SIX_WEEKS: i64 = 42;

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "PL-04",
        severity: Error,
        title: "The child protection plan has no category",
        why: "The category says what the child is to be protected from. Without it the next school cannot know what to look for.",
        source: Source::Guidance("Working together to safeguard children; Children Act 1989"),
        next: "Add `category`: neglect, physical, emotional, sexual or multiple.",
        bad: plan!("cp_s47", ""),
        good: plan!("cp_s47", "category = \"neglect\"\n"),
        judge: Judge::Each(|c| each(c, PlanType::CpS47, "category", |plan| plan.category.is_none())),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-05",
        severity: Error,
        title: "An earlier category of child protection has dropped out of sight",
        why: "In one review the category changed from sexual abuse to neglect, and the sexual abuse became almost hidden from those who worked with the children. An earlier concern stays in the record.",
        source: Source::Local("Cumbria LSCB, Children P: it “became almost ‘hidden’ from practitioners”"),
        next: "Add the earlier category and its concern to `category_history` of the present plan.",
        precisely: Some(
            "An earlier child protection plan in the record has another category, and `category_history` of the latest one does not name it.",
        ),
        bad: concat!(
            plan!("cp_s47", "category = \"neglect\"\n"),
            "[[plans]]\nid = \"pl0\"\ntype = \"cp_s47\"\nstart = 2022-01-10\nended_on = 2023-01-10\ncategory = \"sexual\"\n"
        ),
        good: concat!(
            plan!(
                "cp_s47",
                "category = \"neglect\"\ncategory_history = [\"Sexual, 2022: contact with an adult known for offences\"]\n"
            ),
            "[[plans]]\nid = \"pl0\"\ntype = \"cp_s47\"\nstart = 2022-01-10\nended_on = 2023-01-10\ncategory = \"sexual\"\n"
        ),
        judge: Judge::Each(hidden_category),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-06",
        severity: Warning,
        title: "The review of the child protection plan is set too late",
        why: "A first review within three months and then every six keeps a plan from drifting. The date tells the next school when it must be there.",
        source: Source::Guidance(
            "Working together to safeguard children (intervals not checked against the edition in force)",
        ),
        next: "Look up the date with the social worker and write it into `next_review`.",
        precisely: Some(
            "The next review lies more than three months after `start` where there was none yet, else more than six months after `last_review`.",
        ),
        bad: "[[plans]]\nid = \"pl1\"\ntype = \"cp_s47\"\ncategory = \"neglect\"\nstart = 2026-05-20\nnext_review = 2026-11-22\n",
        good: "[[plans]]\nid = \"pl1\"\ntype = \"cp_s47\"\ncategory = \"neglect\"\nstart = 2026-05-20\nnext_review = 2026-08-18\n",
        judge: Judge::Each(|c| {
            each(c, PlanType::CpS47, "next_review", |plan| {
                let due = plan
                    .last_review
                    .map_or_else(|| plan.start.map(|start| start.plus_months(3)), |last| Some(last.plus_months(6)));
                plan.next_review.zip(due).is_some_and(|(next, due)| next > due)
            })
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-07",
        severity: Error,
        title: "Looked-after child: legal status, authority, social worker, PEP or virtual school is missing",
        why: "For a looked-after child the authority acts as a parent. The next school has to know which one, on what footing, and whom to ring.",
        source: Source::Guidance(
            "Promoting the education of looked-after children (list not checked against the edition in force)",
        ),
        next: "Add what is missing to the plan.",
        precisely: Some("`pep_date` is not needed where the PEP stands among the plans with a `last_review`."),
        bad: plan!("looked_after_s20", ""),
        good: plan!(
            "looked_after_s20",
            "legal_status = \"Section 20\"\ncare_authority = \"Exampleshire\"\npep_date = 2026-05-12\nvirtual_school_contact = \"01632 960410\"\n"
        ),
        judge: Judge::Each(|c| {
            open(c).filter(|(_, plan)| is_looked_after(plan)).flat_map(|(i, plan)| looked_after(c, i, plan)).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-08",
        severity: Warning,
        title: "The personal education plan was not reviewed this term",
        why: "A PEP is looked at each term, so that it fits the child of today. At the move it is the one plan both schools share.",
        source: Source::Guidance(
            "Promoting the education of looked-after children (interval not checked against the edition in force)",
        ),
        next: "Hold the PEP meeting and set `pep_date`.",
        precisely: Some(
            "Earlier than the first day of this term; while a term is younger than six weeks, of the one before. Without term dates the terms begin on 1 September, 1 January and 10 April.",
        ),
        bad: plan!(
            "looked_after_s20",
            "legal_status = \"Section 20\"\ncare_authority = \"Exampleshire\"\npep_date = 2026-01-12\nvirtual_school_contact = \"01632 960410\"\n"
        ),
        good: plan!(
            "looked_after_s20",
            "legal_status = \"Section 20\"\ncare_authority = \"Exampleshire\"\npep_date = 2026-05-12\nvirtual_school_contact = \"01632 960410\"\n"
        ),
        judge: Judge::Each(|c| {
            let this = term_start(c, c.today);
            let young = c.today.days_since(this) < SIX_WEEKS;
            let line = if young { term_start(c, this.plus_days(-1)) } else { this };
            let old =
                open(c).filter(|(_, plan)| is_looked_after(plan) && plan.pep_date.is_some_and(|date| date < line));
            old.map(|(i, _)| Hit::at(format!("plans[{i}].pep_date"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-09",
        severity: Error,
        title: "The SEN provision and the EHC plan disagree",
        why: "E means an education, health and care plan, and only that. If the two disagree, the next school either misses a legal duty or plans for one that is not there.",
        source: Source::Law("Special Educational Needs and Disability Regulations 2014; school census"),
        next: "Set `sen.provision = \"E\"` where an EHC plan is open, or add the plan to `[[plans]]`.",
        bad: "[sen]\nprovision = \"E\"\nneeds = [\"SLCN\"]\n",
        good: concat!("[sen]\nprovision = \"E\"\nneeds = [\"SLCN\"]\n", plan!("ehcp", "amended_on = 2026-02-10\n")),
        judge: Judge::Each(|c| {
            let provision = c.record.sen.as_ref().and_then(|sen| sen.provision);
            let ehcp = open(c).find(|(_, plan)| plan.r#type == Some(PlanType::Ehcp));
            match (provision, ehcp) {
                (Some(SenProvision::E), None) => {
                    vec![Hit::at("sen.provision").because("Provision E, and no open EHC plan among the plans")]
                }
                (provision, Some((i, _))) if provision != Some(SenProvision::E) => {
                    vec![
                        Hit::at(format!("plans[{i}].type"))
                            .because("An EHC plan is open, and `sen.provision` is not E"),
                    ]
                }
                _ => Vec::new(),
            }
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-10",
        severity: Warning,
        title: "The EHC plan was not amended by 15 February for the move",
        why: "The law sets that date so that the new school can prepare. A plan that still names the old school leaves the child without a place in law.",
        source: Source::Law("Special Educational Needs and Disability Regulations 2014, regulation 18"),
        next: "Chase the local authority, and set `amended_on` when it is done.",
        precisely: Some(
            "Moves at the start of a school year, from 16 February of that year on. What was amended before the school year in which the child moves does not count.",
        ),
        bad: concat!("[sen]\nprovision = \"E\"\nneeds = [\"SLCN\"]\n", plan!("ehcp", "amended_on = 2026-04-10\n")),
        good: concat!("[sen]\nprovision = \"E\"\nneeds = [\"SLCN\"]\n", plan!("ehcp", "amended_on = 2026-02-10\n")),
        judge: Judge::Each(|c| {
            let start = c.record.receiving_school.as_ref().and_then(|school| school.start_date);
            let in_year =
                c.record.transfer.as_ref().is_some_and(|transfer| transfer.kind == Some(TransferKind::InYear));
            let line = start.filter(|_| !in_year).and_then(|start| Day::new(start.0.year(), 2, 15));
            let Some(line) = line.filter(|line| c.today > *line) else { return Vec::new() };
            let from = Day::new(line.0.year() - 1, 9, 1);
            let in_time = |amended: Day| amended <= line && from.is_none_or(|from| amended >= from);
            each(c, PlanType::Ehcp, "amended_on", |plan| !plan.amended_on.is_some_and(in_time))
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-11",
        severity: Error,
        title: "The EHC plan names another school",
        why: "The school named in the plan is the one that must take the child. If the pack goes to another, one of the two is wrong.",
        source: Source::Law("Special Educational Needs and Disability Regulations 2014, regulation 18"),
        next: "Look up the plan: put right `named_school` or the receiving school, or chase the local authority.",
        precisely: Some("`named_school` is compared as a DfE number where it is one, else by name."),
        bad: concat!(
            "[sen]\nprovision = \"E\"\nneeds = [\"SLCN\"]\n",
            plan!("ehcp", "amended_on = 2026-02-10\nnamed_school = \"9994002\"\n")
        ),
        good: concat!(
            "[sen]\nprovision = \"E\"\nneeds = [\"SLCN\"]\n",
            plan!("ehcp", "amended_on = 2026-02-10\nnamed_school = \"9994001\"\n")
        ),
        judge: Judge::Each(|c| {
            let Some(school) = &c.record.receiving_school else { return Vec::new() };
            let same = |named: &str| {
                let digits: String = named.chars().filter(|c| !c.is_whitespace() && *c != '/').collect();
                if digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    return school.laestab.as_deref().is_some_and(|laestab| laestab.trim() == digits);
                }
                let ours = school.name.as_deref().map(fold).unwrap_or_default();
                ours.is_empty() || has_words(&fold(named), &ours) || has_words(&ours, &fold(named))
            };
            each(c, PlanType::Ehcp, "named_school", |plan| {
                plan.named_school.as_deref().is_some_and(|named| !blank(Some(named)) && !same(named))
            })
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-12",
        severity: Error,
        title: "The type of special educational need is missing",
        why: "K or E says that there is a need; the type says which. A teacher plans differently for hearing, for language and for feelings.",
        source: Source::Guidance("School census: SEN type"),
        next: "Add `needs`, the main one first, for example `needs = [\"SLCN\", \"SEMH\"]`.",
        bad: "[sen]\nprovision = \"K\"\napdr_on = 2026-06-10\n",
        good: "[sen]\nprovision = \"K\"\nneeds = [\"SLCN\"]\napdr_on = 2026-06-10\n",
        judge: Judge::Each(|c| {
            let needs = c.record.sen.as_ref().is_some_and(|sen| {
                matches!(sen.provision, Some(SenProvision::K | SenProvision::E)) && sen.needs.is_empty()
            });
            Hit::when(needs, "sen.needs")
        }),
        ..Rule::USUAL
    },
];

/// A hit at a field of each open plan of a kind of which something is true.
fn each(c: &Context<'_>, kind: PlanType, field: &str, wrong: impl Fn(&Plan) -> bool) -> Vec<Hit> {
    let hits = open(c).filter(|(_, plan)| plan.r#type == Some(kind) && wrong(plan));
    hits.map(|(i, _)| Hit::at(format!("plans[{i}].{field}"))).collect()
}

/// How a category may be named in a sentence.
fn stem(category: CpCategory) -> &'static str {
    match category {
        CpCategory::Neglect => "neglect",
        CpCategory::Physical => "physical",
        CpCategory::Emotional => "emotional",
        CpCategory::Sexual => "sexual",
        CpCategory::Multiple => "multiple",
    }
}

fn hidden_category(c: &Context<'_>) -> Vec<Hit> {
    let protection = || plans(c).filter(|(_, plan)| plan.r#type == Some(PlanType::CpS47));
    let Some((i, latest)) = protection().max_by_key(|(_, plan)| plan.start) else { return Vec::new() };
    let history = fold(&latest.category_history.join(" "));
    let earlier = protection().filter(|(number, _)| *number != i).filter_map(|(_, plan)| plan.category);
    let hidden =
        earlier.filter(|category| latest.category != Some(*category)).any(|category| !history.contains(stem(category)));
    Hit::when(hidden, format!("plans[{i}].category_history"))
}

fn looked_after(c: &Context<'_>, i: usize, plan: &Plan) -> Vec<Hit> {
    let worker = plan.manager.as_ref().and_then(|manager| manager.name.as_deref());
    let pep = plans(c).any(|(_, plan)| plan.r#type == Some(PlanType::Pep) && plan.last_review.is_some());
    let missing = [
        (blank(plan.legal_status.as_deref()), "legal_status"),
        (blank(plan.care_authority.as_deref()), "care_authority"),
        (blank(worker), "manager"),
        (plan.pep_date.is_none() && !pep, "pep_date"),
        (blank(plan.virtual_school_contact.as_deref()), "virtual_school_contact"),
    ];
    Hit::missing(&format!("plans[{i}]"), "The plan of this looked-after child", missing)
}

/// The first day of the term that a day lies in or follows.
fn term_start(c: &Context<'_>, day: Day) -> Day {
    if let Some(start) = c.policy.calendar.as_ref().and_then(|calendar| calendar.term_start(day)) {
        return start;
    }
    let year = day.0.year();
    let usual = [Day::new(year, 9, 1), Day::new(year, 4, 10), Day::new(year, 1, 1)];
    usual.into_iter().flatten().find(|start| *start <= day).unwrap_or(day)
}
