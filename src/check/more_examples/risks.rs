//! Risks (RK) up to RK-27.

use super::example::Example;

pub(super) const EXAMPLES: &[Example] = &[
    // Every kind of fact speaks against "no risks are known".
    (
        "RK-19",
        true,
        calm!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cp_s47\"\nstart = 2019-01-10\nended_on = 2020-01-10\nstep_down = \"Early Help\"\n"
        ),
    ),
    (
        "RK-19",
        false,
        calm!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2019-01-10\nended_on = 2020-01-10\nstep_down = \"Early Help\"\n"
        ),
    ),
    ("RK-19", true, calm!("[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2019-01-10\nended_on = 2020-01-10\n")),
    (
        "RK-19",
        true,
        calm!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2024-01-10\nended_on = 2025-01-10\nstep_down = \"Early Help\"\n"
        ),
    ),
    ("RK-19", true, calm!("[[plans]]\nid = \"pl1\"\ntype = \"youth_justice\"\nstart = 2026-01-10\n")),
    ("RK-19", false, calm!("[[plans]]\nid = \"pl1\"\ntype = \"ehcp\"\nstart = 2026-01-10\n")),
    ("RK-19", false, calm!("[[plans]]\nid = \"pl1\"\ntype = \"kinship_sgo\"\nstart = 2019-01-10\n")),
    ("RK-19", true, calm!(at!("c1", "2026-02-02", "kinds = [\"disclosure\"]\n"))),
    ("RK-19", false, calm!(at!("c1", "2026-02-02", "kinds = [\"disclosure\"]\n"), weighed!("c1"))),
    ("RK-19", true, calm!(at!("c1", "2026-06-30", "kinds = [\"disclosure\"]\n"), weighed!("c1"))),
    ("RK-19", true, calm!(at!("c1", "2026-02-02", "kinds = [\"injury\"]\n"))),
    ("RK-19", false, calm!(at!("c1", "2026-02-02", "kinds = [\"injury\"]\nwitnessed = true\n"))),
    ("RK-19", false, calm!(at!("c1", "2026-02-02", "kinds = [\"injury\"]\naccounts_agree = true\n"))),
    ("RK-19", true, calm!(at!("c1", "2026-02-02", "kinds = [\"injury\"]\naccounts_agree = false\n"))),
    ("RK-19", false, calm!(at!("c1", "2026-02-02", "kinds = [\"injury\"]\npositive = true\n"))),
    ("RK-19", false, calm!(at!("c1", "2026-02-02", "kinds = [\"everyday\"]\n"))),
    ("RK-19", false, calm!(at!("c1", "2026-02-02", "kinds = [\"bullying\"]\n"))),
    ("RK-19", true, calm!(at!("c1", "2026-02-02", "change_kind = \"change_of_carer\"\n"))),
    ("RK-19", true, calm!(at!("c1", "2026-02-02", "change_kind = \"custody\"\n"))),
    ("RK-19", true, calm!(at!("c1", "2026-02-02", "change_kind = \"exclusion\"\n"))),
    ("RK-19", false, calm!(at!("c1", "2026-02-02", "change_kind = \"bereavement\"\n"))),
    ("RK-19", true, calm!(at!("c1", "2026-02-02", "signs = [\"hunger\"]\n"))),
    (
        "RK-19",
        true,
        calm!(at!(
            "c1",
            "2026-02-02",
            "operation_encompass = { police_reference = \"X\", incident_date = 2026-02-01, child_present = false }\n"
        )),
    ),
    (
        "RK-19",
        true,
        calm!(
            "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"not_yet_decided\"\nindicators = [\"Domestic abuse\"]\n"
        ),
    ),
    (
        "RK-19",
        false,
        calm!(
            "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"not_yet_decided\"\nindicators = [\"Speech and language need\"]\n"
        ),
    ),
    (
        "RK-19",
        true,
        calm!(
            "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"proceed\"\nstatus = \"closed\"\nclosed_on = 2026-06-01\nclosed_reason = \"disengaged\"\n"
        ),
    ),
    (
        "RK-19",
        false,
        calm!(
            "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"proceed\"\nstatus = \"closed\"\nclosed_on = 2026-06-01\nclosed_reason = \"needs_met\"\n"
        ),
    ),
    (
        "RK-19",
        true,
        calm!(
            "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"proceed\"\nstatus = \"stepped_down\"\n"
        ),
    ),
    ("RK-19", true, calm!("[[attendance.suspensions]]\ndate = 2023-02-02\nsessions = 2\n")),
    ("RK-19", false, calm!("[[attendance.suspensions]]\ndate = 2023-02-02\nsessions = 2\n", weighed!("suspensions"))),
    ("RK-19", true, calm!(year!("attended = 300\nauthorised = 40\nunauthorised = 32\n", "\"O\" = 32"))),
    (
        "RK-19",
        false,
        calm!(year!("attended = 300\nauthorised = 40\nunauthorised = 32\n", "\"O\" = 32"), weighed!("attendance")),
    ),
    (
        "RK-19",
        false,
        calm!(
            "[attendance.medical_corroboration]\non = 2026-02-02\nby = \"Hospital\"\n",
            year!("attended = 300\nauthorised = 72\nunauthorised = 0\n", "\"I\" = 40, \"M\" = 30")
        ),
    ),
    ("RK-19", false, calm!(year!("attended = 300\nauthorised = 72\nunauthorised = 0\n", "\"T\" = 70"))),
    (
        "RK-19",
        true,
        calm!(
            "[[engagement.missed]]\ndate = 2026-01-19\noutcome = \"was_not_brought\"\n[[engagement.missed]]\ndate = 2026-03-02\noutcome = \"was_not_brought\"\n"
        ),
    ),
    (
        "RK-19",
        false,
        calm!(
            "[[engagement.missed]]\ndate = 2026-01-19\noutcome = \"was_not_brought\"\n[[engagement.missed]]\ndate = 2026-03-02\noutcome = \"rearranged\"\n"
        ),
    ),
    (
        "RK-19",
        false,
        calm!(
            "[[engagement.missed]]\ndate = 2022-01-19\noutcome = \"was_not_brought\"\n[[engagement.missed]]\ndate = 2026-03-02\noutcome = \"was_not_brought\"\n"
        ),
    ),
    (
        "RK-19",
        true,
        calm!("[[engagement.missed]]\ndate = 2026-01-19\noutcome = \"was_not_brought\"\nended = \"discharged\"\n"),
    ),
    (
        "RK-19",
        true,
        calm!(person!("id = \"p-sis\"\nrelationship = \"sibling\"\nname = \"Kim\"\nplan_status = \"Child in need\"\n")),
    ),
    (
        "RK-19",
        false,
        calm!(person!("id = \"p-sis\"\nrelationship = \"sibling\"\nname = \"Kim\"\nplan_status = \"No plan\"\n")),
    ),
    (
        "RK-19",
        false,
        calm!(person!("id = \"p-sis\"\nrelationship = \"sibling\"\nname = \"Kim\"\nplan_status = \"EHC plan\"\n")),
    ),
    (
        "RK-19",
        false,
        calm!(person!(
            "id = \"p-sis\"\nrelationship = \"sibling\"\nname = \"Kim\"\nplan_status = \"Child in need\"\n",
            weighed!("p-sis")
        )),
    ),
    (
        "RK-19",
        true,
        calm!(person!(
            "id = \"p-x\"\nrelationship = \"parent_partner\"\nname = \"Lee\"\ncircumstances = [\"used_violence\"]\n"
        )),
    ),
    (
        "RK-19",
        false,
        calm!(person!(
            "id = \"p-x\"\nrelationship = \"parent_partner\"\nname = \"Lee\"\ncircumstances = [\"illness\"]\n"
        )),
    ),
    (
        "RK-19",
        true,
        calm!("[[moves.schools]]\nname = \"A\"\nto = 2025-01-10\nrecords_received = \"no\"\nfollow_up = \"Rang\"\n"),
    ),
    (
        "RK-19",
        false,
        calm!("[[moves.schools]]\nname = \"A\"\nto = 2021-01-10\nrecords_received = \"no\"\nfollow_up = \"Rang\"\n"),
    ),
    ("RK-19", true, calm!("[[moves.schools]]\nname = \"A\"\nto = 2021-01-10\nrecords_received = \"no\"\n")),
    ("RK-19", false, calm!("[[moves.schools]]\nname = \"A\"\nto = 2025-01-10\nrecords_received = \"yes\"\n")),
    ("RK-19", true, calm!("[[moves.home_education]]\nfrom = 2024-01-10\nto = 2024-06-10\n")),
    ("RK-19", true, calm!("[[moves.secure_stays]]\nwho = \"child\"\nkind = \"welfare\"\n")),
    ("RK-19", true, calm!("[[assessments]]\nid = \"a1\"\nkind = \"section_47\"\ncompleted_on = 2026-02-02\n")),
    ("RK-19", false, calm!("[[assessments]]\nid = \"a1\"\nkind = \"specialist\"\ncompleted_on = 2026-02-02\n")),
    ("RK-19", true, calm!("[[services]]\nid = \"s1\"\nname = \"A\"\nto = 2026-02-02\nended_because = \"no_answer\"\n")),
    (
        "RK-19",
        false,
        calm!("[[services]]\nid = \"s1\"\nname = \"A\"\nto = 2026-02-02\nended_because = \"needs_met\"\n"),
    ),
    ("RK-19", true, calm!("[characteristics]\nyoung_carer = \"S\"\n")),
    ("RK-19", true, calm!("[care]\norders = [{ kind = \"non_molestation\", says = \"x\" }]\n")),
    ("RK-19", false, calm!("[care]\norders = [{ kind = \"child_arrangements\", says = \"x\" }]\n")),
    ("RK-19", true, calm!("[household]\nrefuge_or_emergency = true\naddress_confidential = true\n")),
    // A weighed plan carries the referral and the assessment that led to it; not an injury.
    (
        "RK-19",
        false,
        calm!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2024-03-10\nended_on = 2025-01-10\n[[assessments]]\nid = \"a1\"\nkind = \"section_17\"\ncompleted_on = 2024-02-20\n",
            at!("c1", "2024-02-02", "kinds = [\"referral_made\"]\n"),
            weighed!("pl1")
        ),
    ),
    (
        "RK-19",
        true,
        calm!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2024-03-10\nended_on = 2025-01-10\n",
            at!("c1", "2024-02-02", "kinds = [\"injury\"]\n"),
            weighed!("pl1")
        ),
    ),
    (
        "RK-19",
        true,
        calm!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2024-03-10\nended_on = 2025-01-10\n",
            at!("c1", "2025-06-02", "kinds = [\"referral_made\"]\n"),
            weighed!("pl1")
        ),
    ),
    (
        "RK-19",
        true,
        calm!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2024-03-10\nended_on = 2025-01-10\n",
            at!("c1", "2022-06-02", "kinds = [\"referral_made\"]\n"),
            weighed!("pl1")
        ),
    ),
    // To weigh is to name, to give a reason, and to sign.
    (
        "RK-20",
        true,
        concat!(
            at!("c1", "2026-02-02", ""),
            "[[weighed]]\nfact = \"c1\"\nreason = \"Looked at with the nurse and both parents\"\non = 2026-06-22\n"
        ),
    ),
    (
        "RK-20",
        true,
        concat!(
            at!("c1", "2026-02-02", ""),
            "[[weighed]]\nfact = \"c1\"\nreason = \"Looked at with the nurse and both parents\"\nby = \"R\"\n"
        ),
    ),
    ("RK-20", true, concat!(at!("c1", "2026-06-30", "kinds = [\"injury\"]\n"), weighed!("c1"))),
    ("RK-20", false, concat!(at!("c1", "2026-02-02", ""), weighed!("c1"))),
    ("RK-20", false, weighed!("attendance")),
    ("RK-20", true, weighed!("")),
    ("RK-20", false, concat!("[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\n", weighed!("pl1"))),
    ("RK-20", false, concat!("[[services]]\nid = \"s1\"\nname = \"A\"\n", weighed!("s1"))),
    ("RK-20", false, concat!("[[assessments]]\nid = \"a1\"\nkind = \"school\"\n", weighed!("a1"))),
    ("RK-20", false, concat!(person!("id = \"p-x\"\nname = \"Lee\"\n"), weighed!("p-x"))),
    ("RK-20", false, weighed!("v1")),
    ("RK-22", true, concat!(at!("c1", "2026-02-02", "kinds = [\"police_notice\"]\n"), risk!("housing", "\"c2\"",))),
    ("RK-22", false, concat!(at!("c1", "2026-02-02", "kinds = [\"referral_made\"]\n"), risk!("housing", "\"c2\"",))),
    (
        "RK-22",
        false,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"police_notice\"]\n"),
            at!("c2", "2026-03-02", "kinds = [\"injury\"]\nfollows = \"c1\"\n"),
            risk!("domestic_abuse", "\"c1\"",)
        ),
    ),
    ("RK-22", true, concat!(at!("c1", "2026-02-02", "kinds = [\"police_notice\"]\n"), risk!("housing", "\"c1\"",))),
    (
        "RK-22",
        false,
        concat!(at!("c1", "2026-02-02", "kinds = [\"police_notice\"]\n"), risk!("housing", "\"c2\"",), weighed!("c1")),
    ),
    ("RK-22", false, at!("c1", "2026-02-02", "kinds = [\"police_notice\"]\n")),
    // What facts mean together.
    ("RK-21", true, at!("c1", "2026-02-02", "kinds = [\"injury\"]\naccounts_agree = false\n")),
    ("RK-21", false, at!("c1", "2026-02-02", "kinds = [\"injury\"]\n")),
    (
        "RK-21",
        false,
        concat!(at!("c1", "2022-02-02", "kinds = [\"injury\"]\n"), at!("c2", "2026-02-02", "kinds = [\"injury\"]\n")),
    ),
    (
        "RK-21",
        false,
        concat!(
            at!("c1", "2026-01-02", "kinds = [\"injury\"]\n"),
            at!("c2", "2026-02-02", "kinds = [\"injury\"]\n"),
            risk!("physical_abuse", "\"c1\"",)
        ),
    ),
    (
        "RK-21",
        false,
        concat!(
            at!("c1", "2026-01-02", "kinds = [\"injury\"]\n"),
            at!("c2", "2026-02-02", "kinds = [\"injury\"]\n"),
            weighed!("c1")
        ),
    ),
    (
        "RK-23",
        true,
        person!(
            "id = \"p-x\"\nrelationship = \"grandmother\"\nname = \"Pat\"\nlives_with_child = true\ncircumstances = [\"used_violence\"]\nstrengths = \"Kind\"\n"
        ),
    ),
    (
        "RK-23",
        false,
        person!(
            "id = \"p-x\"\nrelationship = \"grandmother\"\nname = \"Pat\"\nlives_with_child = true\ncircumstances = [\"illness\"]\nstrengths = \"Kind\"\n"
        ),
    ),
    (
        "RK-23",
        false,
        person!(
            "id = \"p-x\"\nrelationship = \"grandmother\"\nname = \"Pat\"\nlives_with_child = false\ncircumstances = [\"illness\"]\n"
        ),
    ),
    (
        "RK-23",
        true,
        person!(
            "id = \"p-x\"\nrelationship = \"father\"\nname = \"Sam\"\nlives_with_child = false\npr = \"yes\"\ncircumstances = [\"custody\"]\n"
        ),
    ),
    (
        "RK-23",
        false,
        concat!(
            person!(
                "id = \"p-x\"\nrelationship = \"father\"\nname = \"Sam\"\nlives_with_child = true\ncircumstances = [\"custody\"]\n"
            ),
            risk!("neglect", "\"c1\"",)
        ),
    ),
    (
        "RK-23",
        true,
        concat!(
            person!(
                "id = \"p-x\"\nrelationship = \"father\"\nname = \"Sam\"\nlives_with_child = true\ncircumstances = [\"custody\"]\n"
            ),
            risk!("housing", "\"c1\"",)
        ),
    ),
    (
        "RK-24",
        true,
        person!("id = \"p-x\"\nrelationship = \"aunt\"\nname = \"Pat\"\ncircumstances = [\"sexually_exploited\"]\n"),
    ),
    (
        "RK-24",
        false,
        concat!(
            person!(
                "id = \"p-x\"\nrelationship = \"aunt\"\nname = \"Pat\"\ncircumstances = [\"sexually_exploited\"]\n"
            ),
            weighed!("p-x")
        ),
    ),
    (
        "RK-24",
        false,
        concat!(
            person!(
                "id = \"p-x\"\nrelationship = \"aunt\"\nname = \"Pat\"\ncircumstances = [\"sexually_exploited\"]\n"
            ),
            risk!("exploitation", "\"c1\"",)
        ),
    ),
    (
        "RK-25",
        true,
        concat!(
            at!("c1", "2026-01-02", "signs = [\"hunger\"]\n"),
            at!("c2", "2026-02-02", "signs = [\"hygiene\", \"teeth\"]\n")
        ),
    ),
    (
        "RK-25",
        false,
        concat!(at!("c1", "2026-01-02", "signs = [\"hunger\"]\n"), at!("c2", "2026-02-02", "signs = [\"hygiene\"]\n")),
    ),
    (
        "RK-25",
        true,
        concat!(
            at!("c1", "2026-01-02", "signs = [\"hunger\", \"hygiene\"]\n"),
            year!("attended = 330\nauthorised = 10\nunauthorised = 32\n", "\"O\" = 32")
        ),
    ),
    (
        "RK-25",
        false,
        concat!(
            at!("c1", "2026-01-02", "signs = [\"hunger\", \"hygiene\", \"teeth\"]\n"),
            weighed!("signs_of_neglect")
        ),
    ),
    (
        "RK-25",
        false,
        concat!(at!("c1", "2026-01-02", "signs = [\"hunger\", \"hygiene\", \"teeth\"]\n"), risk!("neglect", "\"c1\"",)),
    ),
    (
        "RK-25",
        true,
        concat!(
            at!("c1", "2026-01-02", "signs = [\"hunger\", \"hygiene\"]\n"),
            "[[engagement.missed]]\ndate = 2026-01-19\noutcome = \"was_not_brought\"\n[[engagement.missed]]\ndate = 2026-03-02\noutcome = \"was_not_brought\"\n"
        ),
    ),
    ("RK-26", false, at!("c1", "2026-02-02", "kinds = [\"missing\"]\n")),
    ("RK-26", true, at!("c1", "2026-02-02", "kinds = [\"missing\", \"exploitation_sign\"]\n")),
    ("RK-26", false, concat!(at!("c1", "2026-02-02", "kinds = [\"missing\"]\n"), weighed!("c1"))),
    (
        "RK-26",
        false,
        concat!(at!("c1", "2026-02-02", "kinds = [\"missing\"]\n"), risk!("missing_from_home", "\"c1\"",)),
    ),
    ("RK-27", true, at!("c1", "2026-02-02", "kinds = [\"cares_for_others\"]\n")),
    (
        "RK-27",
        true,
        "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"not_yet_decided\"\nindicators = [\"young_carer\"]\n",
    ),
    (
        "RK-27",
        true,
        concat!(
            "[characteristics]\nyoung_carer = \"N\"\n",
            at!("c1", "2026-02-02", "kinds = [\"cares_for_others\"]\n")
        ),
    ),
    ("RK-27", true, concat!("[characteristics]\nyoung_carer = \"N\"\n", risk!("young_carer", "\"c1\"",))),
    (
        "RK-27",
        false,
        concat!("[characteristics]\nyoung_carer = \"N\"\n", risk!("young_carer", "\"c1\"",), weighed!("young_carer")),
    ),
    ("RK-27", false, "[characteristics]\nyoung_carer = \"P\"\n[[assessments]]\nid = \"a1\"\nkind = \"young_carer\"\n"),
    ("RK-27", false, "[characteristics]\nyoung_carer = \"P\"\n[[plans]]\nid = \"pl1\"\ntype = \"young_carer\"\n"),
    ("RK-27", false, concat!("[characteristics]\nyoung_carer = \"P\"\n", weighed!("young_carer"))),
    ("RK-10", false, "[[attendance.part_time]]\nstart = 2025-02-01\nend = 2025-05-01\nreview = 2025-03-01\n"),
    ("RK-10", true, "[[attendance.part_time]]\nstart = 2026-02-01\nend = 2026-05-01\nreview = 2026-03-01\n"),
    (
        "RK-10",
        false,
        concat!(
            "[[attendance.part_time]]\nstart = 2026-02-01\nend = 2026-05-01\nreview = 2026-03-01\n",
            weighed!("part_time")
        ),
    ),
    ("RK-10", true, "[[attendance.suspensions]]\ndate = 2022-02-01\n"),
];
