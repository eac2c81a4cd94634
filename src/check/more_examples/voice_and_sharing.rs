//! Voice, sharing, identity, nil returns and policy (VC, SI, ID, NR, PO).

use super::example::Example;

pub(super) const EXAMPLES: &[Example] = &[
    ("ID-09", false, "[pupil]\ndob = 2016-02-03\n[transfer]\nkind = \"in_year\"\n"),
    ("ID-09", true, "[pupil]\ndob = 2016-02-03\n[transfer]\nkind = \"phase\"\n"),
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
    ("PO-01", true, "[[local_authorities]]\nnumber = \"12a\"\nname = \"Exampleshire\"\n"),
    ("PO-01", true, "[[local_authorities]]\nnumber = \"9999\"\nname = \"Exampleshire\"\n"),
    ("PO-01", false, "[[local_authorities]]\nnumber = \"999\"\nname = \"Exampleshire\"\n"),
];
