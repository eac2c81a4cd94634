//! More examples of rules whose conditions have several parts: one for each part, and one for each thing that they must
//! leave alone. They are tried like those of the rules themselves.

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

// Below the macros, which these use.
mod events;
mod example;
mod people;
mod plans;
mod risk_patterns;
mod risks;
mod voice_and_sharing;

use self::example::Example;

/// All of them.
pub(in crate::check) fn more_examples() -> impl Iterator<Item = &'static Example> {
    [
        risks::EXAMPLES,
        risk_patterns::EXAMPLES,
        events::EXAMPLES,
        people::EXAMPLES,
        plans::EXAMPLES,
        voice_and_sharing::EXAMPLES,
    ]
    .into_iter()
    .flatten()
}
