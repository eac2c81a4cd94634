//! Plans, the transition plan, Early Help and attendance (PL, TP, EH, AT).

use super::example::Example;

pub(super) const EXAMPLES: &[Example] = &[
    (
        "EH-13",
        false,
        "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"not_proceeding\"\nreason_kind = \"no_need_identified\"\nreason_not_proceeding = \"No need was found by anybody who was asked.\"\n",
    ),
    (
        "EH-13",
        false,
        concat!(
            "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"not_proceeding\"\nreason_kind = \"no_need_identified\"\nreason_not_proceeding = \"No need was found by anybody who was asked.\"\n",
            risk!("housing", "\"c1\"", "current = false\nresolved_on = 2026-03-01\nresolved_basis = \"Own bed\"\n")
        ),
    ),
    (
        "PL-19",
        false,
        concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cp_s47\"\nended_on = 2023-01-10\n",
            risk!("housing", "\"c1\"", "current = false\nresolved_on = 2026-03-01\nresolved_basis = \"x\"\n")
        ),
    ),
    (
        "PL-19",
        false,
        concat!("[[plans]]\nid = \"pl1\"\ntype = \"cp_s47\"\nstart = 2023-01-10\n", risk!("housing", "\"c1\"",)),
    ),
    (
        "PL-19",
        false,
        concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"cp_s47\"\nended_on = 2023-01-10\n",
            risk!("housing", "\"c1\"",),
            weighed!("pl1")
        ),
    ),
    (
        "PL-20",
        true,
        concat!(
            at!("c1", "2024-02-02", "kinds = [\"referral_closed\"]\n"),
            at!("c2", "2025-02-02", "kinds = [\"service_closed\"]\n"),
            at!("c3", "2026-02-02", "kinds = [\"referral_closed\"]\n")
        ),
    ),
    (
        "PL-20",
        false,
        concat!(
            at!("c1", "2024-02-02", "kinds = [\"referral_closed\"]\n"),
            at!("c2", "2025-02-02", "kinds = [\"service_closed\"]\n")
        ),
    ),
    (
        "PL-20",
        true,
        "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nended_on = 2022-01-10\n[[plans]]\nid = \"pl2\"\ntype = \"cin_s17\"\nended_on = 2023-01-10\n[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"proceed\"\nstatus = \"closed\"\nclosed_on = 2026-06-01\nclosed_reason = \"disengaged\"\n",
    ),
    (
        "EH-11",
        true,
        "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"proceed\"\nstatus = \"closed\"\nclosed_on = 2026-06-01\nclosed_reason = \"no_consent\"\n",
    ),
    (
        "EH-11",
        false,
        "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"proceed\"\nstatus = \"closed\"\nclosed_on = 2026-06-01\nclosed_reason = \"no_consent\"\nnext_step = \"Key adult rings weekly\"\n",
    ),
    (
        "EH-01",
        true,
        concat!(
            "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"not_yet_decided\"\n",
            year!("attended = 300\nauthorised = 72\nunauthorised = 0\n", "\"I\" = 10")
        ),
    ),
    (
        "EH-01",
        false,
        concat!(
            "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"not_yet_decided\"\nreason_not_proceeding = \"We wait for the paediatrician's letter\"\n",
            year!("attended = 300\nauthorised = 72\nunauthorised = 0\n", "\"I\" = 10")
        ),
    ),
    (
        "EH-01",
        true,
        concat!(
            "[early_help]\nconsidered_on = 2026-02-05\ndecision = \"not_yet_decided\"\nreason_not_proceeding = \"We wait for the paediatrician's letter\"\n",
            year!("attended = 300\nauthorised = 72\nunauthorised = 0\n", "\"I\" = 10")
        ),
    ),
    (
        "EH-08",
        true,
        "[early_help]\nconsidered_on = 2026-01-05\nconsidered_by = \"R\"\ndecision = \"proceed\"\nstatus = \"assessment_in_progress\"\nstarted_on = 2026-02-05\n",
    ),
    (
        "EH-08",
        false,
        "[early_help]\nconsidered_on = 2026-01-05\nconsidered_by = \"R\"\ndecision = \"proceed\"\nstatus = \"assessment_in_progress\"\nstarted_on = 2026-02-05\nreviews = [{ date = 2026-06-05, progress = true }]\n",
    ),
    (
        "EH-08",
        true,
        "[early_help]\nconsidered_on = 2025-01-05\nconsidered_by = \"R\"\ndecision = \"proceed\"\nstatus = \"open\"\nstarted_on = 2025-12-05\n",
    ),
    (
        "EH-08",
        false,
        "[early_help]\nconsidered_on = 2025-01-05\nconsidered_by = \"R\"\ndecision = \"proceed\"\nstatus = \"open\"\nstarted_on = 2026-02-05\n",
    ),
    (
        "EH-14",
        true,
        "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"not_proceeding\"\nreason_kind = \"statutory_plan_in_place\"\nreason_not_proceeding = \"The plan covers attendance.\"\n[[plans]]\nid = \"pl1\"\ntype = \"ehcp\"\n",
    ),
    (
        "EH-14",
        true,
        "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"not_proceeding\"\nreason_kind = \"statutory_plan_in_place\"\nreason_not_proceeding = \"The plan covers attendance.\"\n[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nended_on = 2026-01-01\n",
    ),
    (
        "EH-15",
        true,
        "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"not_proceeding\"\nreason_kind = \"needs_met_by_school_plan\"\nreason_not_proceeding = \"The attendance plan meets the need.\"\n[attendance.plan]\nowner = \"Head\"\nnext_review = 2026-02-01\n",
    ),
    (
        "EH-15",
        false,
        "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"not_proceeding\"\nreason_kind = \"needs_met_by_school_plan\"\nreason_not_proceeding = \"The attendance plan meets the need.\"\n[attendance.plan]\nowner = \"Head\"\nreviews = [{ date = 2026-05-01 }]\n",
    ),
    (
        "EH-15",
        true,
        "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"not_proceeding\"\nreason_kind = \"needs_met_by_school_plan\"\nreason_not_proceeding = \"The attendance plan meets the need.\"\n[attendance.plan]\nowner = \"Head\"\nreviews = [{ date = 2025-05-01 }]\n",
    ),
    ("AT-07", false, year!("attended = 330\nauthorised = 42\nunauthorised = 0\n", "\"T\" = 40")),
    ("AT-07", true, year!("attended = 330\nauthorised = 42\nunauthorised = 0\n", "\"I\" = 40")),
    (
        "AT-07",
        false,
        concat!(
            year!("attended = 330\nauthorised = 42\nunauthorised = 0\n", "\"C2\" = 40"),
            "[[attendance.part_time]]\nstart = 2026-01-12\nend = 2026-02-12\nreview = 2026-01-30\n"
        ),
    ),
    (
        "AT-07",
        true,
        concat!(
            year!("attended = 330\nauthorised = 42\nunauthorised = 0\n", "\"C2\" = 40"),
            "[[attendance.part_time]]\nstart = 2026-01-12\nend = 2026-02-12\n"
        ),
    ),
    (
        "AT-07",
        true,
        concat!(
            year!("attended = 330\nauthorised = 42\nunauthorised = 0\n", "\"C2\" = 40"),
            "[[attendance.part_time]]\nstart = 2026-01-12\nreview = 2026-01-30\n"
        ),
    ),
    (
        "AT-07",
        true,
        concat!(
            year!("attended = 330\nauthorised = 42\nunauthorised = 0\n", "\"C2\" = 40"),
            "[[attendance.part_time]]\nstart = 2025-10-12\nend = 2025-11-12\nreview = 2025-10-30\n",
            "[[attendance.part_time]]\nstart = 2026-01-12\n"
        ),
    ),
    ("AT-07", true, year!("attended = 330\nauthorised = 42\nunauthorised = 0\n", "\"C2\" = 40")),
    (
        "AT-07",
        false,
        concat!(
            "[attendance.sickness_return]\non = 2026-02-02\nby = \"Office\"\n",
            year!("attended = 330\nauthorised = 42\nunauthorised = 0\n", "\"I\" = 40")
        ),
    ),
    ("AT-12", true, year!("attended = 342\nauthorised = 30\nunauthorised = 0\n", "\"I\" = 30")),
    ("AT-12", false, year!("attended = 343\nauthorised = 29\nunauthorised = 0\n", "\"I\" = 29")),
    (
        "AT-12",
        true,
        "[[attendance.periods]]\nacademic_year = 2024\nfrom = 2024-09-03\nto = 2025-07-22\npossible = 380\nattended = 358\nauthorised = 22\nunauthorised = 0\ncodes = { \"I\" = 20 }\n[[attendance.periods]]\nacademic_year = 2025\nfrom = 2025-09-03\nto = 2026-07-10\npossible = 372\nattended = 350\nauthorised = 22\nunauthorised = 0\ncodes = { \"I\" = 20 }\n",
    ),
    ("AT-13", true, "[[attendance.part_time]]\nstart = 2026-01-12\n"),
    ("AT-13", false, "[[attendance.part_time]]\nstart = 2026-01-12\nend = 2026-02-12\nreview = 2026-01-30\n"),
    ("AT-22", false, year!("attended = 343\nauthorised = 29\nunauthorised = 0\n", "\"I\" = 29")),
    ("AT-22", true, year!("attended = 342\nauthorised = 30\nunauthorised = 0\n", "\"I\" = 30")),
    ("PL-10", true, "[sen]\nprovision = \"E\"\n[[plans]]\nid = \"pl1\"\ntype = \"ehcp\"\namended_on = 2025-02-10\n"),
    ("PL-10", false, "[sen]\nprovision = \"E\"\n[[plans]]\nid = \"pl1\"\ntype = \"ehcp\"\namended_on = 2025-11-10\n"),
    ("TP-01", true, "[care]\nearlier_in_care = \"yes\"\n"),
    ("TP-01", true, "[characteristics]\nyoung_carer = \"P\"\n"),
    ("TP-01", false, "[characteristics]\nyoung_carer = \"N\"\n"),
    ("TP-01", true, risk!("young_carer", "\"c1\"", "resolved_on = 2026-02-01\n")),
    ("TP-01", false, risk!("housing", "\"c1\"", "resolved_on = 2026-02-01\n")),
    ("TP-01", true, "[early_help]\nindicators = [\"young_carer\"]\n"),
    ("TP-01", false, "[early_help]\nindicators = [\"housing\"]\n"),
    ("TP-01", true, "[early_help]\nstatus = \"open\"\n"),
    ("TP-01", true, "[sen]\nprovision = \"K\"\n"),
    ("TP-01", false, "[sen]\nprovision = \"N\"\n"),
    (
        "TP-01",
        true,
        "[[plans]]\nid = \"pl1\"\ntype = \"looked_after_s20\"\nstart = 2019-01-10\nended_on = 2020-01-10\n",
    ),
    ("TP-01", false, "[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nstart = 2019-01-10\nended_on = 2020-01-10\n"),
    (
        "TP-01",
        false,
        person!(
            "id = \"p-g\"\nrelationship = \"guardian\"\nname = \"Pat\"\nlives_with_child = true\n[care]\nearlier_in_care = \"no\"\n"
        ),
    ),
    ("TP-01", true, person!("id = \"p-g\"\nrelationship = \"guardian\"\nname = \"Pat\"\nlives_with_child = true\n")),
    (
        "PL-21",
        true,
        at!(
            "c1",
            "2018-02-02",
            "kinds = [\"everyday\"]\n[[plans]]\nid = \"pl1\"\ntype = \"looked_after_s20\"\nended_on = 2019-01-01\n"
        ),
    ),
    (
        "PL-21",
        false,
        "[[plans]]\nid = \"pl1\"\ntype = \"looked_after_s20\"\nended_on = 2019-01-01\n[care]\nearlier_in_care = \"yes\"\n",
    ),
    // Twelve short lines fit on one page, and so do 2,200 letters.
    (
        "TP-13",
        false,
        "[health]\nconditions = [{ action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }]\n",
    ),
    ("AT-01", false, year!("attended = 360\nauthorised = 12\nunauthorised = 0\n", "\"I\" = 12")),
    ("AT-01", true, year!("attended = 360\nauthorised = 12\nunauthorised = 0\n", "\"I\" = 13")),
    ("AT-03", false, year!("attended = 360\nauthorised = 12\nunauthorised = 0\n", "\"I\" = 12")),
    ("EH-09", false, "[early_help]\nindicators = []\ndecision = \"not_yet_decided\"\n"),
];
