//! Plans: who manages them, how the managers work together, and what becomes of them at the move.

use crate::check::context::Context;
use crate::check::example_parts::plan;
use crate::check::facts::plans::{has_open, is_looked_after, is_slight, open, plans};
use crate::check::facts::weighed::is_weighed;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::{fold, says_any};
use crate::problem::Severity::{Error, Warning};
use crate::record::{Condition, Contact, Plan, PlanType, ReceivingSchool, SecureStay, SenNeed, SenProvision, blank};

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "PL-01",
        severity: Error,
        title: "An open plan has no manager, no beginning or no next review",
        why: "A plan without a name behind it belongs to nobody once the child moves. The next school must know whom to ring on the first day.",
        source: Source::Briefing(
            "Assessments",
            "it is important that the managers of each plan ensure there is effective coordination between each other",
        ),
        next: "Add `type`, `lead_agency`, `manager` (name, role, contact), `start` and `next_review`.",
        bad: "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nlead_agency = \"Children's services\"\n",
        good: plan!("cin_s17", ""),
        judge: Judge::Each(|c| open(c).flat_map(|(i, plan)| unmanaged(i, plan)).collect()),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-02",
        severity: Error,
        title: "More than one statutory plan, and nothing on how their managers work together",
        why: "Two plans whose managers do not talk can pull a child in two directions. The reviews ask that the managers of each plan see to it together.",
        source: Source::Briefing(
            "Assessments",
            "Where a child is subject of more than one statutory plan, it is important that the managers of each plan ensure there is effective coordination between each other and that the identified risks are being managed effectively.",
        ),
        next: "Add `[plan_coordination]` with `plans`, `lead`, `last_contact_on` and `agreed_risk_view`.",
        precisely: Some("A personal education plan is part of the care plan and is not counted beside it."),
        bad: concat!(plan!("cin_s17", ""), "[[plans]]\nid = \"pl2\"\ntype = \"youth_justice\"\n"),
        good: plan!("cin_s17", ""),
        judge: Judge::Each(|c| {
            Hit::when(statutory(c).len() > 1 && c.record.plan_coordination.is_none(), "plan_coordination")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-03",
        severity: Error,
        title: "How the plans are brought together is not complete",
        why: "A lead, a date and one agreed view of the risks show that the managers really spoke. A plan that is left out is a plan that nobody brought in.",
        source: Source::Briefing("Assessments", "that the identified risks are being managed effectively"),
        next: "Name every open statutory plan by its `id`, the `lead`, `last_contact_on` and `agreed_risk_view`.",
        bad: concat!(
            plan!("cin_s17", ""),
            "[[plans]]\nid = \"pl2\"\ntype = \"youth_justice\"\n[plan_coordination]\nplans = [\"pl1\"]\nlead = \"M. Obi\"\nlast_contact_on = 2026-06-09\nagreed_risk_view = \"Nights out are the main worry\"\n"
        ),
        good: concat!(
            plan!("cin_s17", ""),
            "[[plans]]\nid = \"pl2\"\ntype = \"youth_justice\"\n[plan_coordination]\nplans = [\"pl1\", \"pl2\"]\nlead = \"M. Obi\"\nlast_contact_on = 2026-06-09\nagreed_risk_view = \"Nights out are the main worry\"\n"
        ),
        judge: Judge::Each(coordination),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-13",
        severity: Warning,
        title: "SEN support has not been reviewed for over twelve weeks",
        why: "Support that is not looked at again goes on helping with last year's need. The next SENCO starts from the last review.",
        source: Source::Guidance(
            "SEND code of practice: assess, plan, do, review (interval not checked against the edition in force)",
        ),
        next: "Hold the review and set `sen.apdr_on`.",
        precisely: Some(
            "Provision K, and no `apdr_on`, or one more than sixty school days ago; without term dates 84 calendar days, the summer holiday left out.",
        ),
        bad: "[sen]\nprovision = \"K\"\nneeds = [\"SLCN\"]\napdr_on = 2026-01-10\n[transition_plan]\nvoice_ref = [\"v1\"]\n",
        good: "[sen]\nprovision = \"K\"\nneeds = [\"SLCN\"]\napdr_on = 2026-06-10\n[transition_plan]\nvoice_ref = [\"v1\"]\n",
        judge: Judge::Each(|c| {
            let Some(sen) = c.record.sen.as_ref().filter(|sen| sen.provision == Some(SenProvision::K)) else {
                return Vec::new();
            };
            let Some(last) = sen.apdr_on else {
                return vec![Hit::at("sen.apdr_on").because("It is not said when SEN support was last reviewed")];
            };
            let gone = c.elapsed(last, c.today);
            let message =
                format!("SEN support has not been reviewed for over twelve school weeks ({})", gone.counted());
            Hit::when(gone.over(60), "sen.apdr_on").into_iter().map(|hit| hit.because(message.clone())).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-14",
        severity: Warning,
        title: "The next review falls after the move, and the receiving school is not invited",
        why: "A review without the school the child goes to decides about a place it does not know. An invitation now costs nothing.",
        source: Source::Ours,
        next: "Invite the receiving DSL or SENCO, and name them in `invited`.",
        precisely: Some(
            "Open plans whose `next_review` is on or after the child's first day at the receiving school. An entry of `invited` counts if it says DSL, SENCO or receiving, or gives the name of the receiving DSL, SENCO or Head of Year.",
        ),
        bad: "[[plans]]\nid = \"pl1\"\ntype = \"camhs\"\nstart = 2026-01-20\nnext_review = 2026-09-22\n",
        good: "[[plans]]\nid = \"pl1\"\ntype = \"camhs\"\nstart = 2026-01-20\nnext_review = 2026-09-22\ninvited = [\"SENCO, Example Secondary School\"]\n",
        judge: Judge::Each(|c| {
            let Some(school) = &c.record.receiving_school else { return Vec::new() };
            let Some(start) = school.start_date else { return Vec::new() };
            let after = open(c).filter(|(_, plan)| plan.next_review.is_some_and(|next| next >= start));
            let uninvited = after.filter(|(_, plan)| !plan.invited.iter().any(|who| is_of(who, school)));
            uninvited.map(|(i, _)| Hit::at(format!("plans[{i}].invited"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-15",
        severity: Error,
        title: "The review of an open plan is overdue",
        why: "A date that has passed means that nobody knows whether the plan still fits. At the move such a plan falls between two schools.",
        source: Source::Ours,
        next: "Write the new date into `next_review`, or `ended_on` if the plan has ended.",
        bad: "[[plans]]\nid = \"pl1\"\ntype = \"camhs\"\nstart = 2026-01-20\nnext_review = 2026-05-22\n",
        good: "[[plans]]\nid = \"pl1\"\ntype = \"camhs\"\nstart = 2026-01-20\nnext_review = 2026-08-22\n",
        judge: Judge::Each(|c| {
            let late = open(c).filter(|(_, plan)| plan.next_review.is_some_and(|next| next < c.today));
            late.map(|(i, _)| Hit::at(format!("plans[{i}].next_review"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-16",
        severity: Warning,
        title: "A statutory plan ended within the last year, and it is not said what followed",
        why: "The months after a plan ends are when old worries come back. The next school should know what was put in its place.",
        source: Source::Ours,
        next: "Add `step_down`: which support followed, or that none was needed and who decided so.",
        bad: "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2025-01-20\nended_on = 2026-02-22\n",
        good: "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2025-01-20\nended_on = 2026-02-22\nstep_down = \"Early Help with school as lead\"\n",
        judge: Judge::Each(|c| {
            let year = c.today.plus_months(-12);
            let ended = plans(c).filter(|(_, plan)| {
                plan.r#type.is_some_and(PlanType::is_statutory)
                    && plan.ended_on.is_some_and(|ended| ended >= year && ended <= c.today)
                    && blank(plan.step_down.as_deref())
            });
            ended.map(|(i, _)| Hit::at(format!("plans[{i}].step_down"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-17",
        severity: Warning,
        title: "A health need that matters in school has no healthcare plan",
        why: "In an emergency the adult in the room acts from the healthcare plan. Without one, everybody guesses.",
        source: Source::Law("Children and Families Act 2014, section 100 (not checked against the text in force)"),
        next: "Set `health.healthcare_plan_on`, or add a plan of type `individual_healthcare`; where none is needed, say why in `[[weighed]]` with `fact = \"health\"`.",
        precisely: Some(
            "The medical flag is set (where conditions are listed: and `no_added_risk_reason` is empty), or a condition tells staff what to do in `action`. Glasses, braces, hay fever, an illness that is over and the like are left out, as are hearing and sight where the record has that special educational need; and what was weighed as `health`.",
        ),
        bad: "[health]\nmedical_flag = true\nno_added_risk_reason = \"Carries his own inhaler and asks for help\"\n",
        good: "[health]\nmedical_flag = true\nhealthcare_plan_on = 2026-03-02\nno_added_risk_reason = \"Carries his own inhaler and asks for help\"\n",
        judge: Judge::Each(|c| {
            let Some(health) = &c.record.health else { return Vec::new() };
            let action =
                health.conditions.iter().any(|condition| needs_action(condition) && !is_met_by_sen(c, condition));
            let weighed = is_weighed(c, Some("health"), None);
            // Many offices flag whatever is listed: with conditions that need nothing done, and a reason, it says no more.
            let reasoned = !health.conditions.is_empty() && !blank(health.no_added_risk_reason.as_deref());
            let flagged = health.medical_flag == Some(true) && !reasoned;
            let need = (flagged || action) && !weighed;
            let planned = health.healthcare_plan_on.is_some() || has_open(c, &[PlanType::IndividualHealthcare]);
            Hit::when(need && !planned, "health.healthcare_plan_on")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "PL-18",
        severity: Warning,
        title: "A secure setting without an education contact there, or without a plan for the return",
        why: "The reviews name children in secure settings as easily lost between services. Someone there teaches the child and knows what comes next.",
        source: Source::Briefing(
            "Themes drawn from all of the SCR’s",
            "Working with Children and Young People in secure settings",
        ),
        next: "Add `education_contact` and `return_plan` to that `[[moves.secure_stays]]`.",
        precisely: Some("The child, a brother or a sister is there now, or came back within the last twelve months."),
        bad: "[[moves.secure_stays]]\nwho = \"child\"\nkind = \"hospital\"\nfrom = 2026-02-01\nto = 2026-04-20\n",
        good: "[[moves.secure_stays]]\nwho = \"child\"\nkind = \"hospital\"\nfrom = 2026-02-01\nto = 2026-04-20\neducation_contact = \"R. Lane, hospital school, 01632 960500\"\nreturn_plan = \"Mornings first; key adult meets her at the gate\"\n",
        judge: Judge::Each(|c| {
            let year = c.today.plus_months(-12);
            let recent = |stay: &SecureStay| stay.to.is_none_or(|to| to >= year);
            let stays = c.record.moves.iter().flat_map(|moves| moves.secure_stays.iter().enumerate());
            let missing = stays.filter(|(_, stay)| recent(stay)).flat_map(|(i, stay)| {
                let fields = [
                    (blank(stay.education_contact.as_deref()), "education_contact"),
                    (blank(stay.return_plan.as_deref()), "return_plan"),
                ];
                Hit::missing(&format!("moves.secure_stays[{i}]"), "This stay in a secure setting", fields)
            });
            missing.collect()
        }),
        ..Rule::USUAL
    },
];

/// The open statutory plans; a personal education plan is part of a care plan and is not counted beside it.
fn statutory<'a>(c: &'a Context<'_>) -> Vec<&'a Plan> {
    let looked_after = open(c).any(|(_, plan)| is_looked_after(plan));
    let counted =
        |plan: &Plan| plan.r#type.is_some_and(|kind| kind.is_statutory() && !(looked_after && kind == PlanType::Pep));
    open(c).map(|(_, plan)| plan).filter(|plan| counted(plan)).collect()
}

fn unmanaged(i: usize, plan: &Plan) -> Vec<Hit> {
    let manager = plan.manager.as_ref();
    let text = |text: Option<&String>| blank(text.map(String::as_str));
    let missing = [
        (plan.r#type.is_none(), "type"),
        (text(plan.lead_agency.as_ref()), "lead_agency"),
        (text(manager.and_then(|manager| manager.name.as_ref())), "manager.name"),
        (text(manager.and_then(|manager| manager.role.as_ref())), "manager.role"),
        (text(manager.and_then(|manager| manager.contact.as_ref())), "manager.contact"),
        (plan.start.is_none(), "start"),
        (plan.next_review.is_none(), "next_review"),
    ];
    Hit::missing(&format!("plans[{i}]"), "This open plan", missing)
}

fn coordination(c: &Context<'_>) -> Vec<Hit> {
    let statutory = statutory(c);
    let Some(together) = c.record.plan_coordination.as_ref().filter(|_| statutory.len() > 1) else {
        return Vec::new();
    };
    let named = |plan: &&Plan| plan.id.as_ref().is_some_and(|id| together.plans.contains(id));
    let missing = [
        (!statutory.iter().all(named), "plans", "It does not name every open statutory plan by its `id`"),
        (blank(together.lead.as_deref()), "lead", "It is not said who leads over all plans"),
        (together.last_contact_on.is_none(), "last_contact_on", "It is not said when the managers last spoke"),
        (
            blank(together.agreed_risk_view.as_deref()),
            "agreed_risk_view",
            "It is not said what the managers agree about the risks",
        ),
    ];
    let missing = missing.into_iter().filter(|(absent, ..)| *absent);
    missing.map(|(_, field, message)| Hit::at(format!("plan_coordination.{field}")).because(message)).collect()
}

/// Whether an invitation is to somebody of the receiving school.
fn is_of(who: &str, school: &ReceivingSchool) -> bool {
    let people = [&school.dsl, &school.senco, &school.head_of_year];
    let name = |contact: &Contact| contact.name.clone().filter(|name| !blank(Some(name)));
    let named = people.into_iter().flatten().filter_map(name).any(|name| {
        let family = name.split_whitespace().last().unwrap_or_default().to_owned();
        says_any(who, &[fold(&family).as_str()])
    });
    named || says_any(who, &["dsl", "senco", "receiving", "receiving dsl", "receiving senco"])
}

/// Whether staff have to do something about a condition.
fn needs_action(condition: &Condition) -> bool {
    !blank(condition.action.as_deref()) && !is_slight(condition)
}

/// Whether it is of hearing or sight and support for special educational needs cares for it.
fn is_met_by_sen(c: &Context<'_>, condition: &Condition) -> bool {
    const SENSES: [&str; 8] = ["ear", "ears", "hearing", "deaf", "deafness", "sight", "vision", "eye"];
    let of_senses = condition.name.as_deref().is_some_and(|name| says_any(name, &SENSES));
    let mut needs = c.record.sen.iter().flat_map(|sen| &sen.needs);
    of_senses && needs.any(|need| matches!(need, SenNeed::Hi | SenNeed::Vi | SenNeed::Msi))
}
