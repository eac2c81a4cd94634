//! The chronology and assessments (CH, AS).

use super::example::Example;

pub(super) const EXAMPLES: &[Example] = &[
    (
        "CH-14",
        false,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"disclosure\"]\n"),
            at!("c2", "2026-02-03", "kinds = [\"referral_made\"]\n")
        ),
    ),
    (
        "CH-14",
        true,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"disclosure\"]\n"),
            at!("c2", "2026-06-03", "kinds = [\"referral_made\"]\n")
        ),
    ),
    ("CH-14", false, at!("c1", "2026-02-02", "kinds = [\"disclosure\", \"bullying\"]\n")),
    ("CH-14", false, concat!(at!("c1", "2026-02-02", "kinds = [\"disclosure\"]\n"), weighed!("c1"))),
    (
        "CH-14",
        false,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"disclosure\"]\n"),
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2026-03-01\n"
        ),
    ),
    (
        "CH-14",
        false,
        "[[chronology]]\nid = \"c1\"\ndate = 2026-02-02\nevent = \"Said he was hit\"\nbasis = \"disclosed\"\nsource = { agency = \"school\" }\naction = \"Referred to children's services the same day\"\noutcome = \"Enquiry\"\n",
    ),
    (
        "CH-14",
        true,
        "[[chronology]]\nid = \"c1\"\ndate = 2026-02-02\nevent = \"Said he was hit\"\nbasis = \"disclosed\"\nsource = { agency = \"school\" }\naction = \"Mother asked\"\noutcome = \"Nothing in it\"\n",
    ),
    (
        "CH-15",
        false,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"referral_closed\"]\n"),
            at!("c2", "2026-01-03", "kinds = [\"police_notice\"]\n")
        ),
    ),
    (
        "CH-15",
        true,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"referral_closed\"]\n"),
            at!("c2", "2026-03-03", "kinds = [\"police_notice\"]\n")
        ),
    ),
    (
        "CH-15",
        false,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"referral_closed\"]\n"),
            at!("c2", "2026-03-03", "kinds = [\"police_notice\"]\n"),
            at!("c3", "2026-03-04", "kinds = [\"referral_made\"]\n")
        ),
    ),
    (
        "CH-15",
        false,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"referral_closed\"]\n"),
            at!("c2", "2026-03-03", "kinds = [\"injury\"]\nwitnessed = true\n")
        ),
    ),
    ("CH-16", false, concat!(at!("c1", "2026-02-02", ""), at!("c2", "2026-03-02", ""))),
    ("CH-16", false, concat!(at!("c1", "2026-02-02", ""), at!("c2", "2026-03-02", ""), at!("c3", "2026-04-02", ""))),
    (
        "CH-16",
        true,
        concat!(
            at!("c1", "2026-02-02", ""),
            at!("c2", "2026-03-02", ""),
            at!("c3", "2026-04-02", ""),
            risk!("housing", "\"c9\"",)
        ),
    ),
    (
        "CH-16",
        false,
        concat!(at!("c1", "2026-02-02", ""), at!("c2", "2026-03-02", ""), at!("c3", "2026-04-02", "positive = true\n")),
    ),
    (
        "CH-16",
        false,
        concat!(
            at!("c1", "2026-02-02", ""),
            at!("c2", "2026-03-02", ""),
            at!("c3", "2026-04-02", "change_kind = \"moved_home\"\n")
        ),
    ),
    (
        "CH-16",
        false,
        concat!(
            at!("c1", "2026-02-02", ""),
            at!("c2", "2026-03-02", ""),
            at!("c3", "2026-04-02", ""),
            risk!("housing", "\"c3\"",)
        ),
    ),
    (
        "CH-17",
        false,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"everyday\"]\n"),
            at!("c2", "2026-03-02", "kinds = [\"everyday\"]\n"),
            at!("c3", "2026-04-02", "kinds = [\"everyday\"]\n")
        ),
    ),
    (
        "CH-18",
        true,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"parents_account\"]\n"),
            at!("c2", "2026-03-02", "kinds = [\"parents_account\", \"carers_health\"]\n")
        ),
    ),
    (
        "CH-18",
        false,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"parents_account\"]\n"),
            at!("c2", "2026-03-02", "kinds = [\"parents_account\"]\n"),
            weighed!("c2")
        ),
    ),
    ("CH-19", true, concat!(at!("c1", "2026-02-02", "kinds = [\"retraction\"]\n"), risk!("physical_abuse", "\"c1\"",))),
    ("AS-01", true, concat!("nil_returns = []\n", risk!("neglect", "\"c1\"",))),
    ("AS-01", false, concat!("nil_returns = []\n", risk!("housing", "\"c1\"",))),
    (
        "AS-01",
        true,
        "nil_returns = []\n[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"proceed\"\nstatus = \"open\"\nstarted_on = 2026-02-20\n",
    ),
    (
        "AS-03",
        true,
        "[[assessments]]\nid = \"a1\"\nkind = \"section_17\"\ncompleted_on = 2026-02-20\ncontributors = [\"School\"]\nchild_seen = true\nfamily_history_considered = true\nadults_considered = true\nconclusion = \"x\"\nchanged = \"y\"\n",
    ),
    (
        "AS-03",
        false,
        "[[assessments]]\nid = \"a1\"\nkind = \"specialist\"\ncompleted_on = 2026-02-20\ncontributors = [\"School\"]\nconclusion = \"x\"\nchanged = \"y\"\n",
    ),
    (
        "AS-04",
        false,
        concat!(
            "[[assessments]]\nid = \"a1\"\nkind = \"section_17\"\ncompleted_on = 2026-02-20\n",
            at!("c1", "2026-03-02", "significant = true\nchange_kind = \"plan_changed\"\n")
        ),
    ),
    (
        "AS-04",
        true,
        concat!(
            "[[assessments]]\nid = \"a1\"\nkind = \"section_17\"\ncompleted_on = 2026-02-20\n",
            at!("c1", "2026-03-02", "kinds = [\"injury\"]\n")
        ),
    ),
    (
        "AS-04",
        false,
        concat!(
            "[[assessments]]\nid = \"a1\"\nkind = \"section_17\"\ncompleted_on = 2026-02-20\n[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nlast_review = 2026-05-01\n",
            at!("c1", "2026-03-02", "kinds = [\"injury\"]\n")
        ),
    ),
    (
        "AS-05",
        false,
        "[[services]]\nid = \"s1\"\nname = \"A\"\n[[services]]\nid = \"s2\"\nname = \"B\"\n[[services]]\nid = \"s3\"\nname = \"C\"\nto = 2022-01-01\n",
    ),
    (
        "AS-05",
        false,
        "[[services]]\nid = \"s1\"\nname = \"A\"\n[[services]]\nid = \"s2\"\nname = \"B\"\n[[services]]\nid = \"s3\"\nname = \"C\"\n[[assessments]]\nid = \"a1\"\nkind = \"early_help\"\ncontributors = [\"A\", \"B\", \"C\"]\n",
    ),
    // A service that began on the very day of the earlier entry says nothing of the time between.
    (
        "CH-06",
        true,
        concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2023-01-10\n[[services]]\nid = \"s1\"\nname = \"Family support\"\nfrom = 2024-02-02\n",
            at!("c1", "2024-02-02", ""),
            at!("c2", "2026-02-02", "")
        ),
    ),
    (
        "CH-06",
        false,
        concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2023-01-10\n[[services]]\nid = \"s1\"\nname = \"Family support\"\nfrom = 2024-02-03\n",
            at!("c1", "2024-02-02", ""),
            at!("c2", "2026-02-02", "")
        ),
    ),
    ("CH-01", false, "chronology = []\n"),
    ("CH-01", false, "chronology = []\n[[plans]]\nid = \"pl1\"\ntype = \"ehcp\"\n"),
    ("CH-01", true, concat!("chronology = []\n", risk!("housing", "\"c1\"",))),
    ("CH-03", false, at!("c1", "2015-02-03", "kinds = [\"everyday\"]\n")),
    ("CH-03", true, at!("c1", "2015-02-02", "kinds = [\"everyday\"]\n")),
    ("CH-03", false, at!("c1", "2026-07-10", "kinds = [\"everyday\"]\n")),
    ("CH-03", true, at!("c1", "2026-07-11", "kinds = [\"everyday\"]\n")),
    ("CH-17", true, beside_injury!("kinds = [\"bullying\"]\n")),
    ("CH-17", true, beside_injury!("kinds = [\"referral_closed\"]\n")),
    ("CH-17", false, beside_injury!("kinds = [\"injury\"]\n")),
    ("CH-07", true, concat!(two_clinics!(), risk!("domestic_abuse", "\"c1\"",))),
    ("CH-07", false, concat!(two_clinics!(), risk!("health", "\"c1\"",))),
    ("CH-07", true, concat!(two_clinics!(), plan!("cin_s17", "Support at home"))),
];
