//! Pieces of records that examples of several rules are made of.

/// One chronology entry, for the examples to refer to.
macro_rules! event {
    ($rest:literal) => {
        concat!(
            "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nevent = \"Mother's new partner moved in\"\nbasis = \"reported\"\n",
            "source = { agency = \"family\", who = \"mother\" }\naction = \"DSL met mother\"\noutcome = \"Support offered\"\n",
            $rest
        )
    };
}

/// A plan with what every open plan needs, then what follows.
macro_rules! plan {
    ($kind:literal, $rest:literal) => {
        concat!(
            "[[plans]]\nid = \"pl1\"\ntype = \"",
            $kind,
            "\"\nlead_agency = \"Children's services\"\nmanager = { name = \"M. Obi\", role = \"social worker\", contact = \"01632 960401\" }\n",
            "start = 2026-01-20\nnext_review = 2026-08-20\nlast_review = 2026-04-10\nafter_transfer = \"continues\"\n",
            $rest
        )
    };
}

/// An entry as it should be, for the examples of rules about entries.
macro_rules! entry {
    ($rest:literal) => {
        concat!(
            "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R. Sample\"\nrecorder_role = \"ELSA\"\n",
            "agreed_to_share_with = [\"all_staff\"]\n",
            $rest
        )
    };
}

/// A year of figures as it should be, for the examples, with what follows it.
macro_rules! year {
    ($figures:literal) => {
        concat!("[[attendance.periods]]\nacademic_year = 2025\nfrom = 2025-09-03\nto = 2026-07-10\n", $figures)
    };
}

/// The year before, unremarkable.
macro_rules! year_before {
    () => {
        "[[attendance.periods]]\nacademic_year = 2024\nfrom = 2024-09-03\nto = 2025-07-22\npossible = 380\nattended = 372\nauthorised = 8\nunauthorised = 0\n"
    };
}

/// A second event, with what follows.
macro_rules! later {
    ($rest:literal) => {
        concat!(
            "[[chronology]]\nid = \"c2\"\ndate = 2026-03-14\nevent = \"Told the class teacher\"\nbasis = \"observed\"\n",
            "source = { agency = \"school\" }\naction = \"DSL told\"\noutcome = \"Watched\"\n",
            $rest
        )
    };
}

/// Another event, under a name of its own.
macro_rules! second {
    ($id:literal) => {
        concat!(
            "[[chronology]]\nid = \"",
            $id,
            "\"\ndate = 2026-01-14\nevent = \"Came in late with her brother\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Talked\"\noutcome = \"Fine\"\n"
        )
    };
}

pub(in crate::check) use {entry, event, later, plan, second, year, year_before};
