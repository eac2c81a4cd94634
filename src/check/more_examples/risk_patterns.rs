//! Risks (RK) from RK-28 on.

use super::example::Example;

pub(super) const EXAMPLES: &[Example] = &[
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
    ("RK-34", true, concat!(beside_injury!(""), decided!("No need for more than school can give was seen here"))),
    (
        "RK-34",
        false,
        concat!(at!("c1", "2026-02-02", ""), decided!("No need for more than school can give was seen here")),
    ),
];
