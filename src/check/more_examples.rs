//! More examples of rules whose conditions have several parts: one for each part, and one for each thing that they must
//! leave alone. They are tried like those of the rules themselves.

/// An example: the rule, whether it has to speak, and the piece of a record.
pub(in crate::check) type Example = (&'static str, bool, &'static str);

/// No risks known, then what follows.
macro_rules! calm {
    ($($rest:expr),* $(,)?) => {
        concat!("[no_known_risks]\nstated_on = 2026-06-22\nstated_by = \"R. Sample\"\nrole = \"DSL\"\nstatement = \"Looked at the file\"\n", $($rest),*)
    };
}

/// An event with an id and a date, then what follows.
macro_rules! at {
    ($id:literal, $date:literal, $($rest:expr),*) => {
        concat!(
            "[[chronology]]\nid = \"", $id, "\"\ndate = ", $date,
            "\nevent = \"Came in late\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Talked\"\noutcome = \"Fine\"\n",
            $($rest),*
        )
    };
}

/// An event that tells of a pregnancy.
macro_rules! expecting {
    ($id:literal, $date:literal) => {
        concat!(
            "[[chronology]]\nid = \"", $id, "\"\ndate = ", $date,
            "\nevent = \"Mother told us that she is pregnant\"\nbasis = \"reported\"\nsource = { agency = \"family\" }\naction = \"Talked\"\noutcome = \"Fine\"\n"
        )
    };
}

/// What was weighed.
macro_rules! weighed {
    ($fact:literal) => {
        concat!("[[weighed]]\nfact = \"", $fact, "\"\nreason = \"Looked at with the nurse and both parents; nothing else found\"\nby = \"R. Sample, DSL\"\non = 2026-06-22\n")
    };
}

/// A risk of a kind with its evidence, then what follows.
macro_rules! risk {
    ($kind:literal, $evidence:literal, $($rest:expr),*) => {
        concat!(
            "[[risks]]\nid = \"r1\"\nkind = \"", $kind, "\"\nimpact_on_child = \"Tired by noon\"\nevidence = [", $evidence,
            "]\nowner_receiving = \"DSL\"\n", $($rest),*
        )
    };
}

/// Somebody of the household beside the mother, then what follows.
macro_rules! person {
    ($($rest:expr),*) => {
        concat!(
            "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\nstatus = \"known\"\nlives_with_child = true\npr = \"yes\"\n",
            "[[household.people]]\n", $($rest),*
        )
    };
}

/// A year of attendance, then its codes.
macro_rules! year {
    ($figures:literal, $codes:literal) => {
        concat!(
            "[[attendance.periods]]\nacademic_year = 2024\nfrom = 2024-09-03\nto = 2025-07-22\npossible = 380\nattended = 372\nauthorised = 8\nunauthorised = 0\n",
            "[[attendance.periods]]\nacademic_year = 2025\nfrom = 2025-09-03\nto = 2026-07-10\npossible = 372\n", $figures, "codes = { ", $codes, " }\n"
        )
    };
}

/// A condition of health and what is known of it.
macro_rules! health {
    ($detail:literal) => {
        concat!(
            "[[health.conditions]]\nname = \"Eczema\"\naction = \"Cream\"\ndetail = \"",
            $detail,
            "\"\n",
            risk!("housing", "\"c2\"",)
        )
    };
}

/// A plan of a kind and its summary.
macro_rules! plan {
    ($kind:literal, $summary:literal) => {
        concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"",
            $kind,
            "\"\nstart = 2025-01-10\nsummary = \"",
            $summary,
            "\"\n",
            risk!("housing", "\"c2\"",)
        )
    };
}

/// An injury, with what follows in it, to which a risk of a kind refers.
macro_rules! put_down_to {
    ($kind:literal, $rest:literal) => {
        concat!(at!("c1", "2026-02-02", $rest), risk!($kind, "\"c1\"",))
    };
}

/// What a child showed without words, then what follows.
macro_rules! shown {
    ($rest:literal) => {
        concat!(
            "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R\"\nrecorder_role = \"ELSA\"\nmethod = \"talking_mats\"\nobservations = \"Put the picture in the bin\"\nagreed_to_share_with = [\"dsl\"]\n",
            $rest
        )
    };
}

/// A child's words beside an injury where no risks are known, then what was made of them.
macro_rules! quiet {
    ($rest:literal) => {
        concat!(
            calm!(at!("c1", "2026-02-02", "kinds = [\"injury\"]\n")),
            "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R\"\nrecorder_role = \"Mentor\"\nmethod = \"conversation\"\nverbatim = \"I can be quiet.\"\nagreed_to_share_with = [\"dsl\"]\n",
            $rest
        )
    };
}

/// An injury that no risk refers to, and another event, with what follows in it.
macro_rules! beside_injury {
    ($rest:literal) => {
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"injury\"]\n"),
            at!("c2", "2026-03-02", $rest),
            "[[risks]]\nid = \"r1\"\nkind = \"housing\"\nimpact_on_child = \"Tired by noon\"\nevidence = [\"c9\"]\nowner_receiving = \"DSL\"\n"
        )
    };
}

/// A decision about Early Help with its reason.
macro_rules! decided {
    ($reason:literal) => {
        concat!(
            "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R. Sample, DSL\"\ndecision = \"not_proceeding\"\nreason_kind = \"needs_met_by_school_plan\"\nreason_not_proceeding = \"",
            $reason, "\"\n"
        )
    };
}

/// Two events that the school tells, and two clinics.
macro_rules! two_clinics {
    () => {
        concat!(
            at!("c1", "2026-02-02", ""),
            at!("c2", "2026-03-02", ""),
            "[[services]]\nid = \"s1\"\nname = \"Skin clinic\"\n[[services]]\nid = \"s2\"\nname = \"Speech therapy\"\n"
        )
    };
}

/// A family that is said to take part well, and attendance that fell from all of 380 sessions.
macro_rules! fell_to {
    ($attended:literal) => {
        concat!(
            "[engagement]\nlevel = \"good\"\nparent_view = \"Pleased\"\n",
            "[[attendance.periods]]\nacademic_year = 2024\nfrom = 2024-09-03\nto = 2025-07-22\npossible = 380\nattended = 380\n",
            "[[attendance.periods]]\nacademic_year = 2025\nfrom = 2025-09-03\nto = 2026-07-10\npossible = 380\nattended = ", $attended, "\n"
        )
    };
}

/// Two schools, the day on which the child left the one, and that on which it came to the other.
macro_rules! away {
    ($to:literal, $from:literal) => {
        concat!(
            "[[moves.schools]]\nname = \"Elsewhere Example Infant School\"\nlaestab = \"9992002\"\nfrom = 2019-09-03\nto = ", $to, "\nrecords_received = \"yes\"\n",
            "[[moves.schools]]\nname = \"Example Junior School\"\nlaestab = \"9992001\"\nfrom = ", $from, "\nrecords_received = \"yes\"\n"
        )
    };
}

/// All of them.
pub(in crate::check) const MORE: &[Example] = &[
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
        "EN-07",
        true,
        concat!(
            "[engagement]\nlevel = \"good\"\nparent_view = \"Pleased\"\n",
            at!("c1", "2026-02-02", "kinds = [\"not_seen\"]\n")
        ),
    ),
    (
        "EN-07",
        true,
        concat!(
            "[engagement]\nlevel = \"good\"\nparent_view = \"Pleased\"\n",
            at!("c1", "2026-02-02", "kinds = [\"contact_stopped\"]\n")
        ),
    ),
    (
        "EN-07",
        true,
        concat!(
            "[engagement]\nlevel = \"good\"\nparent_view = \"Pleased\"\n",
            at!("c1", "2026-02-02", "kinds = [\"agreement_broken\"]\n")
        ),
    ),
    (
        "EN-07",
        false,
        concat!(
            "[engagement]\nlevel = \"good\"\nparent_view = \"Pleased\"\n",
            at!("c1", "2026-02-02", "kinds = [\"injury\"]\n")
        ),
    ),
    (
        "EN-07",
        false,
        concat!(
            "[engagement]\nlevel = \"good\"\nparent_view = \"Pleased\"\n",
            at!("c1", "2026-02-02", "kinds = [\"not_seen\"]\n"),
            weighed!("c1")
        ),
    ),
    (
        "EN-07",
        false,
        concat!(
            "[engagement]\nlevel = \"partial\"\nparent_view = \"Pleased\"\n",
            at!("c1", "2026-02-02", "kinds = [\"not_seen\"]\n")
        ),
    ),
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
        "EN-08",
        false,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"agreement_broken\"]\n"),
            at!("c2", "2026-03-02", "change_kind = \"plan_changed\"\n")
        ),
    ),
    (
        "EN-08",
        true,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"agreement_broken\"]\n"),
            at!("c2", "2026-01-02", "kinds = [\"referral_made\"]\n")
        ),
    ),
    ("EN-08", false, concat!(at!("c1", "2026-02-02", "kinds = [\"agreement_broken\"]\n"), weighed!("c1"))),
    ("EN-09", true, at!("c1", "2026-02-02", "kinds = [\"service_closed\"]\n")),
    (
        "EN-09",
        false,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"service_closed\"]\n"),
            "[engagement]\nlevel = \"partial\"\nnext_step = \"Visit\"\n"
        ),
    ),
    (
        "EN-05",
        true,
        "[[engagement.missed]]\ndate = 2026-01-19\nservice = \"A\"\noutcome = \"was_not_brought\"\nreason_given = \"Work\"\nfollowed_up_by = \"Case closed\"\n",
    ),
    (
        "EN-05",
        false,
        "[[engagement.missed]]\ndate = 2026-01-19\nservice = \"A\"\noutcome = \"was_not_brought\"\nreason_given = \"Work\"\nfollowed_up_by = \"SENCO rang after the discharge; new referral\"\n",
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
    (
        "RK-31",
        true,
        concat!(
            at!("c0", "2024-02-02", "kinds = [\"domestic_abuse\"]\n"),
            at!("c1", "2025-11-14", "change_kind = \"new_partner\"\n"),
            expecting!("c2", "2026-02-10")
        ),
    ),
    (
        "RK-31",
        false,
        concat!(
            at!("c0", "2024-02-02", "kinds = [\"domestic_abuse\"]\nfamily_history = true\n"),
            at!("c1", "2025-11-14", "change_kind = \"new_partner\"\n"),
            expecting!("c2", "2026-02-10")
        ),
    ),
    (
        "RK-31",
        false,
        concat!(at!("c1", "2025-11-14", "change_kind = \"new_partner\"\n"), expecting!("c2", "2026-02-10")),
    ),
    (
        "RK-31",
        true,
        concat!(
            at!("c2", "2026-02-10", "kinds = [\"injury\"]\n"),
            person!(
                "id = \"p-d\"\nrelationship = \"parent_partner\"\nname = \"Dean\"\nlives_with_child = true\nsince = 2025-11-14\n"
            )
        ),
    ),
    (
        "RK-31",
        false,
        concat!(
            at!("c2", "2026-02-10", "kinds = [\"injury\"]\nwitnessed = true\n"),
            person!(
                "id = \"p-d\"\nrelationship = \"parent_partner\"\nname = \"Dean\"\nlives_with_child = true\nsince = 2025-11-14\n"
            )
        ),
    ),
    (
        "RK-31",
        true,
        concat!(
            at!("c2", "2026-02-10", "kinds = [\"not_seen\"]\n"),
            person!("id = \"p-d\"\nrelationship = \"lodger\"\nname = \"Dean\"\nsince = 2025-11-14\n")
        ),
    ),
    (
        "RK-31",
        false,
        concat!(
            at!("c2", "2026-02-10", "kinds = [\"not_seen\"]\n"),
            person!(
                "id = \"p-d\"\nrelationship = \"parent_partner\"\nname = \"Dean\"\nlives_with_child = false\nsince = 2025-11-14\n"
            )
        ),
    ),
    (
        "RK-31",
        false,
        concat!(
            at!("c2", "2025-11-13", "kinds = [\"not_seen\"]\n"),
            person!("id = \"p-d\"\nrelationship = \"lodger\"\nname = \"Dean\"\nsince = 2025-11-14\n")
        ),
    ),
    ("ID-09", false, "[pupil]\ndob = 2016-02-03\n[transfer]\nkind = \"in_year\"\n"),
    ("ID-09", true, "[pupil]\ndob = 2016-02-03\n[transfer]\nkind = \"phase\"\n"),
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
        "MV-02",
        false,
        "[[moves.schools]]\nname = \"A\"\nla = \"X\"\nto = 2025-01-10\nrecords_received = \"yes\"\n[[moves.schools]]\nname = \"B\"\nla = \"Y\"\nfrom = 2025-01-13\n",
    ),
    ("MV-09", true, concat!(at!("c1", "2026-02-02", "kinds = [\"home_education\"]\n"))),
    ("MV-09", false, concat!(at!("c1", "2026-02-02", "kinds = [\"home_education\"]\n"), weighed!("c1"))),
    (
        "MV-10",
        true,
        "[[moves.home_education]]\nfrom = 2026-09-03\nagreed_by = \"Both\"\nauthority_informed_on = 2026-06-10\nknown = \"Visited\"\n[[plans]]\nid = \"pl1\"\ntype = \"cp_s47\"\n",
    ),
    (
        "HH-07",
        true,
        person!(
            "id = \"p-x\"\nrelationship = \"parent_partner\"\nname = \"Kim\"\nsex = \"F\"\nstatus = \"known\"\nsources = [\"father\"]\n"
        ),
    ),
    (
        "HH-07",
        false,
        person!(
            "id = \"p-x\"\nrelationship = \"parent_partner\"\nname = \"Kim\"\nsex = \"F\"\nstatus = \"known\"\nsources = [\"father\", \"mother\"]\n"
        ),
    ),
    (
        "HH-07",
        false,
        person!(
            "id = \"p-x\"\nrelationship = \"parent_partner\"\nname = \"Kim\"\nstatus = \"known\"\nsources = [\"social worker\"]\n"
        ),
    ),
    (
        "HH-17",
        false,
        person!(
            "id = \"p-x\"\nrelationship = \"father\"\nname = \"Sam\"\nemergency_contact = true\nsafe_to_contact = \"no\"\n"
        ),
    ),
    (
        "HH-19",
        true,
        person!(
            "id = \"p-x\"\nrelationship = \"father\"\nname = \"Sam\"\nstatus = \"known\"\nviews_not_sought_why = \"See file\"\nnot_asked = \"not_tried\"\n"
        ),
    ),
    (
        "HH-19",
        false,
        person!(
            "id = \"p-x\"\nrelationship = \"aunt\"\nname = \"Pat\"\nstatus = \"known\"\nviews_not_sought_why = \"Mother asked us not to\"\n"
        ),
    ),
    (
        "HH-19",
        false,
        person!(
            "id = \"p-x\"\nrelationship = \"father\"\nname = \"Sam\"\nstatus = \"known\"\nviews_not_sought_why = \"Mother asked us not to\"\nnot_asked = \"not_safe\"\n"
        ),
    ),
    (
        "HH-20",
        false,
        "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-gran\"\nrelationship = \"grandmother\"\nname = \"Pat\"\nlives_with_child = true\npr = \"yes\"\n",
    ),
    (
        "HH-20",
        false,
        "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-gran\"\nrelationship = \"grandmother\"\nname = \"Pat\"\nlives_with_child = true\n[care]\nlegal_status = \"special_guardianship\"\n",
    ),
    (
        "HH-22",
        true,
        person!(
            "id = \"p-x\"\nrelationship = \"father\"\nname = \"Sam\"\nmay_collect = \"yes\"\nsafe_to_contact = \"no\"\n"
        ),
    ),
    (
        "HH-22",
        true,
        person!(
            "id = \"p-x\"\nrelationship = \"father\"\nname = \"Sam\"\nmay_collect = \"yes\"\n[care]\norders = [{ kind = \"prohibited_steps\", about = [\"p-x\"] }]\n"
        ),
    ),
    (
        "HH-22",
        false,
        person!(
            "id = \"p-x\"\nrelationship = \"father\"\nname = \"Sam\"\nmay_collect = \"yes\"\n[care]\norders = [{ kind = \"prohibited_steps\", about = [\"p-mother\"] }]\n"
        ),
    ),
    (
        "HH-23",
        false,
        concat!(
            "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nevent = \"Mother's boyfriend fetched her\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Noted\"\noutcome = \"Fine\"\nkinds = [\"everyday\"]\n",
            person!("id = \"p-x\"\nrelationship = \"parent_partner\"\nname = \"Lee\"\n")
        ),
    ),
    (
        "HH-23",
        true,
        "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R\"\nrecorder_role = \"ELSA\"\nmethod = \"conversation\"\nverbatim = \"Mum's friend sleeps in my room sometimes.\"\nagreed_to_share_with = [\"dsl\"]\n",
    ),
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
    ("VC-19", true, "[voice]\nprofile = { important_to_me = [\"Alex likes to sit at the front\"] }\n"),
    ("VC-19", false, "[voice]\nprofile = { important_to_me = [\"Being Alex\"] }\n"),
    ("VC-19", false, "[voice]\nworries = [{ id = \"w1\", text = \"They might laugh at my shoes\" }]\n"),
    ("VC-19", false, "[voice]\nprofile = { important_to_me = [\"He is my dog and I love him\"] }\n"),
    ("VC-22", true, "[voice]\nworries = [{ id = \"w1\", text = \"Who will look after mum\" }]\n"),
    (
        "VC-22",
        false,
        concat!(
            "[voice]\nworries = [{ id = \"w1\", text = \"Who will look after mum\" }]\n",
            risk!("young_carer", "\"c1\"",)
        ),
    ),
    ("VC-22", false, "[voice]\nworries = [{ id = \"w1\", text = \"The ball hit me in PE\" }]\n"),
    (
        "SI-18",
        false,
        "[transition_plan]\nkeep_with = [\"Jay Jay\", \"Mary Ann\", \"Sam\"]\nkeep_apart = [\"twin sister Amy\"]\n",
    ),
    ("SI-18", true, "[transition_plan]\nkeep_with = [\"Mary Ann Fielding\"]\n"),
    (
        "SI-19",
        false,
        at!(
            "c1",
            "2026-02-02",
            "kinds = [\"everyday\"]\nimpact_on_child = \"Allegation by another pupil; the class teacher found the phone\"\n"
        ),
    ),
    (
        "SI-19",
        true,
        at!(
            "c1",
            "2026-02-02",
            "kinds = [\"everyday\"]\nimpact_on_child = \"Allegation made against a member of staff\"\n"
        ),
    ),
    (
        "SI-23",
        true,
        "[transition_plan]\nvoice_ref = [\"v1\"]\nparent_involvement = \"Foster carer and social worker came\"\n",
    ),
    (
        "SI-23",
        false,
        "[transition_plan]\nvoice_ref = [\"v1\"]\nparent_involvement = \"Foster carer and social worker came\"\naudience = \"dsl\"\n",
    ),
    (
        "SI-23",
        true,
        "[early_help]\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"not_proceeding\"\nreason_not_proceeding = \"The core group covers what is needed.\"\n",
    ),
    (
        "SI-23",
        false,
        "[early_help]\naudience = \"senco\"\nconsidered_on = 2026-02-05\nconsidered_by = \"R\"\ndecision = \"not_proceeding\"\nreason_not_proceeding = \"The core group covers what is needed.\"\n",
    ),
    (
        "SI-23",
        true,
        "[transition_plan]\nvoice_ref = [\"v1\"]\nhandover_conversation = { on = 2026-06-24, participants = [\"Marcus Obilede\"] }\n[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nmanager = { name = \"Marcus Obilede\" }\n",
    ),
    (
        "SI-23",
        false,
        "[transition_plan]\nvoice_ref = [\"v1\"]\nhandover_conversation = { on = 2026-06-24, participants = [\"R. Sample\"] }\n[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nmanager = { name = \"Marcus Obilede\" }\n",
    ),
    // Of two sign-offs one has a digest.
    (
        "SI-15",
        true,
        "[[sign_off]]\nrole = \"senco\"\nname = \"S. Sample\"\non = 2026-07-01\n[[sign_off]]\nrole = \"dsl\"\nname = \"R. Sample\"\non = 2026-07-01\ndigest = \"0000000000000000000000000000000000000000000000000000000000000000\"\n",
    ),
    // A word for what somebody is, and then a name.
    ("SI-18", false, "[transition_plan]\nkeep_with = [\"Cousin Rose Fielding\"]\n"),
    // Where the address is secret, earlier schools tell where the family was; the present one is known to all.
    (
        "SI-23",
        true,
        "[transition_plan]\nvoice_ref = [\"v1\"]\nfriendships = \"Writes to a friend from Harbour Lane School\"\n[household]\naddress_confidential = true\nas_at = 2026-06-01\n[[moves.schools]]\nname = \"Harbour Lane School\"\nfrom = 2019-09-03\nto = 2024-07-20\n",
    ),
    (
        "SI-23",
        false,
        "[transition_plan]\nvoice_ref = [\"v1\"]\nfriendships = \"Writes to a friend from Harbour Lane School\"\n[household]\naddress_confidential = true\nas_at = 2026-06-01\n[[moves.schools]]\nname = \"Harbour Lane School\"\nfrom = 2024-09-03\n",
    ),
    // Twelve short lines fit on one page, and so do 2,200 letters.
    (
        "TP-13",
        false,
        "[health]\nconditions = [{ action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }, { action = \"Call the nurse\" }]\n",
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
    ("ID-10", false, "[pupil]\nlegal_surname = \"\"\n"),
    ("ID-29", false, "[pupil]\nlegal_surname = \"\"\nlegal_forename = \"\"\n"),
    (
        "ID-25",
        false,
        "[pupil]\nupn = \"B801200005001\"\nupn_note = \"Given to the child's older sister by mistake; the authority is asked\"\n",
    ),
    ("ID-26", true, "[voice]\nworries = [{ id = \"w1\", text = \"I donâ€™t know\" }]\n"),
    ("ID-26", false, "[voice]\nworries = [{ id = \"w1\", text = \"Zoë and I don’t know where\" }]\n"),
    ("ID-27", false, "[pupil]\nfirst_language = \"Kurdish (Sorani)\"\n"),
    (
        "ID-27",
        true,
        "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R\"\nrecorder_role = \"ELSA\"\nmethod = \"conversation\"\nverbatim = \"x\"\nlanguage = \"qzz1\"\nagreed_to_share_with = [\"dsl\"]\n",
    ),
    ("NR-01", true, "nil_returns = []\n"),
    (
        "NR-03",
        true,
        "[[nil_returns]]\nsections = [\"sen\"]\nstated_on = 2026-06-22\nstated_by = \"R\"\n[sen]\nprovision = \"K\"\n",
    ),
    (
        "NR-03",
        false,
        "[[nil_returns]]\nsections = [\"sen\"]\nstated_on = 2026-06-22\nstated_by = \"R\"\n[sen]\nprovision = \"N\"\n",
    ),
    (
        "NR-03",
        true,
        concat!(
            "[[nil_returns]]\nsections = [\"household\"]\nstated_on = 2026-06-22\nstated_by = \"R\"\n",
            person!("id = \"p-x\"\nrelationship = \"lodger\"\nname = \"Lee\"\n")
        ),
    ),
    (
        "NR-03",
        false,
        concat!(
            "[[nil_returns]]\nsections = [\"household\"]\nstated_on = 2026-06-22\nstated_by = \"R\"\n",
            person!("id = \"p-x\"\nrelationship = \"grandmother\"\nname = \"Pat\"\nlives_with_child = false\n")
        ),
    ),
    (
        "NR-03",
        true,
        "[[nil_returns]]\nsections = [\"moves\"]\nstated_on = 2026-06-22\nstated_by = \"R\"\n[[moves.schools]]\nname = \"A\"\n[[moves.schools]]\nname = \"B\"\n",
    ),
    (
        "EN-06",
        false,
        "[engagement]\nlevel = \"partial\"\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo\"\nviews = \"Wants a good start\"\n[[household.people]]\nid = \"p-father\"\nrelationship = \"father\"\nname = \"Sam\"\nstatus = \"known\"\n",
    ),
    (
        "EN-06",
        true,
        "[engagement]\nlevel = \"partial\"\n[[household.people]]\nid = \"p-gran\"\nrelationship = \"grandmother\"\nname = \"Pat\"\nviews = \"Wants a good start\"\n",
    ),
    (
        "RK-28",
        true,
        calm!(
            "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\n[[household.people]]\nid = \"p-brother\"\nrelationship = \"sibling\"\nname = \"Robin Example\"\nborn = 2013-04-05\nlives_with_child = true\n[[weighed]]\nfact = \"p-brother\"\nreason = \"fine\"\nby = \"R\"\non = 2026-06-22\n"
        ),
    ),
    (
        "RK-28",
        true,
        calm!(
            "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\n[[household.people]]\nid = \"p-brother\"\nrelationship = \"sibling\"\nname = \"Robin Example\"\nborn = 2013-04-05\nlives_with_child = true\n",
            weighed!("attendance")
        ),
    ),
    (
        "RK-28",
        false,
        calm!(
            "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\n[[household.people]]\nid = \"p-brother\"\nrelationship = \"sibling\"\nname = \"Robin Example\"\nborn = 2013-04-05\nlives_with_child = false\n"
        ),
    ),
    (
        "RK-28",
        false,
        calm!(
            "[[household.people]]\nid = \"p-brother\"\nrelationship = \"sibling\"\nname = \"Robin Example\"\nborn = 2013-04-05\nlives_with_child = true\n"
        ),
    ),
    (
        "HH-16",
        false,
        "[[household.people]]\nid = \"p-brother\"\nrelationship = \"sibling\"\nname = \"Robin Example\"\nborn = 2013-05-04\nlives_with_child = true\n",
    ),
    (
        "HH-16",
        false,
        "[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo Example\"\n[[household.people]]\nid = \"p-brother\"\nrelationship = \"sibling\"\nname = \"Robin Example\"\nborn = 2008-05-04\nlives_with_child = true\n",
    ),
    (
        "VC-16",
        true,
        "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R\"\nrecorder_role = \"ELSA\"\nmethod = \"drawing\"\nagreed_to_share_with = [\"dsl\"]\npictures = [{ file = \"a:b.png\", alt = \"A house\" }]\n",
    ),
    (
        "VC-16",
        true,
        "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R\"\nrecorder_role = \"ELSA\"\nmethod = \"drawing\"\nagreed_to_share_with = [\"dsl\"]\npictures = [{ file = \"a/./b.png\", alt = \"A house\" }]\n",
    ),
    (
        "VC-02",
        true,
        "[transition_plan]\nreview_on = 2026-10-20\n[voice]\nnot_obtained_reason = \"Was away for most of the term, in hospital\"\n[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R\"\nrecorder_role = \"ELSA\"\nmethod = \"drawing\"\nagreed_to_share_with = [\"dsl\"]\n",
    ),
    (
        "VC-02",
        false,
        "[transition_plan]\nreview_on = 2026-10-20\n[voice]\nnot_obtained_reason = \"Was away for most of the term, in hospital\"\nobservations = [{ date = 2026-06-20, observed_by = \"R\", what = \"Draws\" }]\n",
    ),
    ("CH-01", false, "chronology = []\n"),
    ("CH-01", false, "chronology = []\n[[plans]]\nid = \"pl1\"\ntype = \"ehcp\"\n"),
    ("CH-01", true, concat!("chronology = []\n", risk!("housing", "\"c1\"",))),
    ("CH-03", false, at!("c1", "2015-02-03", "kinds = [\"everyday\"]\n")),
    ("CH-03", true, at!("c1", "2015-02-02", "kinds = [\"everyday\"]\n")),
    ("CH-03", false, at!("c1", "2026-07-10", "kinds = [\"everyday\"]\n")),
    ("CH-03", true, at!("c1", "2026-07-11", "kinds = [\"everyday\"]\n")),
    (
        "SI-23",
        false,
        "[transition_plan]\nvoice_ref = [\"v1\"]\nhandover_conversation = { on = 2026-06-24, participants = [\"Obilede\"] }\n[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\nmanager = { name = \"Obilede\" }\n",
    ),
    (
        "SI-23",
        true,
        concat!(
            "[transition_plan]\nvoice_ref = [\"v1\"]\nfriendships = \"Lee Marchbank takes him to football\"\n",
            person!("id = \"p-x\"\nrelationship = \"parent_partner\"\nname = \"Lee Marchbank\"\n")
        ),
    ),
    (
        "SI-23",
        true,
        concat!(
            "[transition_plan]\nvoice_ref = [\"v1\"]\nfriendships = \"Sam Marchbank takes him to football\"\n",
            person!(
                "id = \"p-x\"\nrelationship = \"father\"\nname = \"Sam Marchbank\"\nmust_not = \"Must not come\"\n"
            )
        ),
    ),
    (
        "SI-23",
        false,
        concat!(
            "[transition_plan]\nvoice_ref = [\"v1\"]\nfriendships = \"Sam Marchbank takes him to football\"\n",
            person!("id = \"p-x\"\nrelationship = \"father\"\nname = \"Sam Marchbank\"\n")
        ),
    ),
    (
        "VC-07",
        true,
        concat!(
            "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R\"\nrecorder_role = \"ELSA\"\nmethod = \"drawing\"\nagreed_to_share_with = [\"dsl\"]\n",
            risk!("housing", "\"c1\"",),
            "[[risks]]\nid = \"r2\"\nkind = \"housing\"\nimpact_on_child = \"x\"\nevidence = [\"c1\"]\ncurrent = false\nresolved_on = 2026-03-01\nresolved_basis = \"x\"\n"
        ),
    ),
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
    (
        "HH-25",
        false,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"domestic_abuse\"]\n"),
            person!("id = \"p-x\"\nrelationship = \"father\"\nname = \"Sam\"\ncircumstances = [\"used_violence\"]\n")
        ),
    ),
    ("HH-25", false, concat!(at!("c1", "2026-02-02", "kinds = [\"domestic_abuse\"]\n"), weighed!("c1"))),
    ("HH-25", false, at!("c1", "2009-02-02", "family_history = true\nkinds = [\"domestic_abuse\"]\n")),
    (
        "RK-29",
        false,
        concat!(
            at!("c1", "2020-02-02", "kinds = [\"domestic_abuse\"]\n"),
            at!("c2", "2026-02-02", "kinds = [\"domestic_abuse\"]\n")
        ),
    ),
    (
        "RK-29",
        true,
        concat!(
            at!("c1", "2025-02-02", "kinds = [\"domestic_abuse\"]\n"),
            at!("c2", "2026-02-02", "kinds = [\"domestic_abuse\"]\n"),
            risk!("domestic_abuse", "\"c1\"", "current = false\nresolved_on = 2026-03-01\nresolved_basis = \"x\"\n")
        ),
    ),
    (
        "RK-29",
        false,
        concat!(
            at!("c1", "2025-02-02", "kinds = [\"domestic_abuse\"]\n"),
            at!("c2", "2026-02-02", "kinds = [\"domestic_abuse\"]\n"),
            risk!("domestic_abuse", "\"c1\"",)
        ),
    ),
    (
        "HH-24",
        false,
        "[household]\nas_at = 2026-06-01\npr_unknown_why = \"The court decides in August; the solicitor was asked in June\"\n[[household.people]]\nid = \"p-gran\"\nrelationship = \"grandmother\"\nname = \"Pat\"\nlives_with_child = true\npr = \"no\"\n",
    ),
    (
        "HH-24",
        false,
        "[household]\nas_at = 2026-06-01\n[[household.people]]\nid = \"p-c\"\nrelationship = \"foster_carer\"\nname = \"Pat\"\nlives_with_child = true\npr = \"no\"\n[[plans]]\nid = \"pl1\"\ntype = \"looked_after_s31\"\n",
    ),
    (
        "HH-08",
        false,
        "[household]\nas_at = 2026-06-01\nrelations = [{ a = \"p-mother\", b = \"p-father\", kind = \"partner\" }, { a = \"p-father\", b = \"p-mother\", kind = \"sibling\" }]\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo\"\n[[household.people]]\nid = \"p-father\"\nrelationship = \"father\"\nname = \"Sam\"\n",
    ),
    (
        "HH-08",
        true,
        "[household]\nas_at = 2026-06-01\nrelations = [{ a = \"p-mother\", b = \"p-gran\", kind = \"parent\" }, { a = \"p-gran\", b = \"p-mother\", kind = \"parent\" }]\n[[household.people]]\nid = \"p-mother\"\nrelationship = \"mother\"\nname = \"Jo\"\n[[household.people]]\nid = \"p-gran\"\nrelationship = \"grandmother\"\nname = \"Pat\"\n",
    ),
    (
        "HH-11",
        false,
        concat!(
            person!("id = \"p-x\"\nrelationship = \"father\"\nname = \"Sam\"\nemergency_contact = true\n"),
            risk!("housing", "\"c1\"",)
        ),
    ),
    (
        "HH-11",
        false,
        concat!(
            person!("id = \"p-x\"\nrelationship = \"father\"\nname = \"Sam\"\nemergency_contact = true\n"),
            risk!("domestic_abuse", "\"c1\"", "current = false\nresolved_on = 2026-03-01\nresolved_basis = \"x\"\n")
        ),
    ),
    (
        "HH-11",
        true,
        concat!(
            person!("id = \"p-x\"\nrelationship = \"father\"\nname = \"Sam\"\nemergency_contact = true\n"),
            risk!("domestic_abuse", "\"c1\"",)
        ),
    ),
    ("AT-01", false, year!("attended = 360\nauthorised = 12\nunauthorised = 0\n", "\"I\" = 12")),
    ("AT-01", true, year!("attended = 360\nauthorised = 12\nunauthorised = 0\n", "\"I\" = 13")),
    ("AT-03", false, year!("attended = 360\nauthorised = 12\nunauthorised = 0\n", "\"I\" = 12")),
    (
        "VC-24",
        false,
        concat!(
            calm!(at!("c1", "2026-02-02", "kinds = [\"injury\"]\n")),
            "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R\"\nrecorder_role = \"ELSA\"\nmethod = \"conversation\"\nverbatim = \"I can be quiet.\"\nfollowed_up = \"Asked again by the ELSA on 3 June\"\nagreed_to_share_with = [\"dsl\"]\n"
        ),
    ),
    (
        "VC-24",
        true,
        concat!(
            calm!(at!("c1", "2026-02-02", "kinds = [\"injury\"]\n")),
            "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R\"\nrecorder_role = \"ELSA\"\nmethod = \"conversation\"\nverbatim = \"I can be quiet.\"\nadult_interpretation = \"Just joking\"\nagreed_to_share_with = [\"dsl\"]\n"
        ),
    ),
    (
        "VC-24",
        false,
        concat!(
            at!("c1", "2026-02-02", "kinds = [\"injury\"]\n"),
            risk!("physical_abuse", "\"c1\", \"v1\"",),
            "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R\"\nrecorder_role = \"ELSA\"\nmethod = \"conversation\"\nverbatim = \"I can be quiet.\"\nagreed_to_share_with = [\"dsl\"]\n"
        ),
    ),
    (
        "VC-23",
        false,
        "[voice]\nworries = [{ id = \"w1\", text = \"Getting lost\", audience = \"dsl\" }]\n[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R\"\nrecorder_role = \"ELSA\"\nmethod = \"drawing\"\nagreed_to_share_with = [\"dsl\"]\n",
    ),
    (
        "VC-23",
        true,
        "[voice]\nprofile = { good_at = [\"Maths\"], audience = \"pastoral\", agreed_to_share_with = [\"dsl\"] }\n",
    ),
    ("VC-18", false, "[voice]\nagreed_to_share_with = [\"all_staff\"]\nprofile = { good_at = [\"Maths\"] }\n"),
    (
        "VC-18",
        false,
        "[voice]\nnot_obtained_reason = \"Was away for most of the term, in hospital\"\nprofile = { decided_for_child_by = \"Mother\" }\n",
    ),
    ("RK-33", true, health!("Weighed 34.2 kg in 2024, 31.5kg in 2025, 28.9 kg now")),
    ("RK-33", true, health!("40 kg, then 38 kg")),
    ("RK-33", false, health!("40 kg, then 38.5 kg")),
    ("RK-33", false, health!("Weighed 28.9 kg in 2024, 31.5 kg in 2025")),
    ("RK-33", false, health!("Takes 5 kg bags with a frame of 40 cm")),
    (
        "RK-33",
        true,
        concat!(
            "[voice]\ncommunication_support = \"Device with twelve cells; HURT and STOP removed\"\n",
            risk!("housing", "\"c2\"",)
        ),
    ),
    (
        "RK-33",
        false,
        concat!("[voice]\ncommunication_support = \"Case removed for cleaning\"\n", risk!("housing", "\"c2\"",)),
    ),
    (
        "RK-33",
        false,
        concat!("[voice]\ncommunication_support = \"Coat taken off before we talk\"\n", risk!("housing", "\"c2\"",)),
    ),
    ("RK-33", true, plan!("cin_s17", "The social worker has not met her")),
    ("RK-33", false, plan!("cin_s17", "Bruises on both arms were looked into and explained")),
    ("RK-33", true, plan!("ehcp", "Bruises on both arms were looked into")),
    ("RK-33", false, concat!(plan!("cin_s17", "The social worker has not met her"), weighed!("pl1"))),
    ("RK-36", true, put_down_to!("harmful_behaviour", "kinds = [\"injury\"]\n")),
    ("RK-36", false, put_down_to!("harmful_behaviour", "kinds = [\"injury\"]\nmedically_examined = true\n")),
    ("RK-36", false, put_down_to!("harmful_behaviour", "kinds = [\"self_harm\"]\n")),
    ("RK-36", false, put_down_to!("physical_abuse", "kinds = [\"injury\"]\n")),
    ("RK-36", false, concat!(put_down_to!("self_harm", "kinds = [\"injury\"]\n"), weighed!("c1"))),
    (
        "RK-36",
        false,
        concat!(
            put_down_to!("self_harm", "kinds = [\"injury\"]\n"),
            "[[risks]]\nid = \"r2\"\nkind = \"neglect\"\nimpact_on_child = \"Hurts\"\nevidence = [\"c1\"]\nowner_receiving = \"DSL\"\n"
        ),
    ),
    (
        "VC-24",
        true,
        concat!(calm!(at!("c1", "2026-02-02", "kinds = [\"injury\"]\n")), shown!("adult_interpretation = \"Tired\"\n")),
    ),
    ("VC-24", false, concat!(calm!(at!("c1", "2026-02-02", "kinds = [\"injury\"]\n")), shown!(""))),
    (
        "VC-24",
        false,
        concat!(
            calm!(at!("c1", "2026-02-02", "kinds = [\"injury\"]\n")),
            shown!("adult_interpretation = \"She may be afraid of the place\"\n")
        ),
    ),
    ("VC-24", true, quiet!("followed_up = \"Spoke to Mum about it\"\n")),
    ("VC-24", true, quiet!("adult_interpretation = \"May be worry; told Dad\"\n")),
    ("VC-24", false, quiet!("followed_up = \"Spoke to Mum about it, and the DSL\"\n")),
    ("CH-17", true, beside_injury!("kinds = [\"bullying\"]\n")),
    ("CH-17", true, beside_injury!("kinds = [\"referral_closed\"]\n")),
    ("CH-17", false, beside_injury!("kinds = [\"injury\"]\n")),
    ("RK-34", true, concat!(beside_injury!(""), decided!("No need for more than school can give was seen here"))),
    (
        "RK-34",
        false,
        concat!(at!("c1", "2026-02-02", ""), decided!("No need for more than school can give was seen here")),
    ),
    ("CH-07", true, concat!(two_clinics!(), risk!("domestic_abuse", "\"c1\"",))),
    ("CH-07", false, concat!(two_clinics!(), risk!("health", "\"c1\"",))),
    ("CH-07", true, concat!(two_clinics!(), plan!("cin_s17", "Support at home"))),
    ("EN-03", true, fell_to!("361")),
    ("EN-03", false, fell_to!("362")),
    ("MV-01", false, away!("2024-06-20", "2024-09-05")),
    ("MV-01", false, away!("2024-06-21", "2024-09-10")),
    ("MV-01", true, away!("2024-06-19", "2024-09-05")),
    ("MV-01", true, away!("2024-06-21", "2024-09-30")),
    ("PO-01", true, "[[local_authorities]]\nnumber = \"12a\"\nname = \"Exampleshire\"\n"),
    ("PO-01", true, "[[local_authorities]]\nnumber = \"9999\"\nname = \"Exampleshire\"\n"),
    ("PO-01", false, "[[local_authorities]]\nnumber = \"999\"\nname = \"Exampleshire\"\n"),
    ("MV-06", true, "[moves]\nhome_la = \"Westmarsh\"\n[receiving_school]\nla = \"Exampleshire\"\n"),
    ("MV-06", true, "[moves]\nhome_la = \"Westmarsh\"\n[receiving_school]\nla = \"\"\n"),
    ("MV-06", false, "[moves]\nhome_la = \"Westmarsh\"\n[receiving_school]\nla = \"Westmarsh\"\n"),
    ("EH-09", false, "[early_help]\nindicators = []\ndecision = \"not_yet_decided\"\n"),
];
