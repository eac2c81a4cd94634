//! Household, engagement and moves (HH, EN, MV).

use super::example::Example;

pub(super) const EXAMPLES: &[Example] = &[
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
    ("EN-03", true, fell_to!("361")),
    ("EN-03", false, fell_to!("362")),
    ("MV-01", false, away!("2024-06-20", "2024-09-05")),
    ("MV-01", false, away!("2024-06-21", "2024-09-10")),
    ("MV-01", true, away!("2024-06-19", "2024-09-05")),
    ("MV-01", true, away!("2024-06-21", "2024-09-30")),
    ("MV-06", true, "[moves]\nhome_la = \"Westmarsh\"\n[receiving_school]\nla = \"Exampleshire\"\n"),
    ("MV-06", true, "[moves]\nhome_la = \"Westmarsh\"\n[receiving_school]\nla = \"\"\n"),
    ("MV-06", false, "[moves]\nhome_la = \"Westmarsh\"\n[receiving_school]\nla = \"Westmarsh\"\n"),
];
