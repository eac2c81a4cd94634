//! What holds by construction: rules about our own output, which no record can break.

/// A rule that nothing a school writes can break, and the test that would fail if we did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByConstruction {
    /// Its code.
    pub code: &'static str,
    /// What holds.
    pub title: &'static str,
    /// Why it holds.
    pub how: &'static str,
    /// The test that would fail if it did not, by its path under `tests/it`.
    pub test: &'static str,
}

/// All of them.
pub const BY_CONSTRUCTION: [ByConstruction; 5] = [
    ByConstruction {
        code: "SI-06",
        title: "Nothing that only a narrower circle may see is in a wider circle's pack",
        how: "Every field has readers, the record is cut to a pack's readers before anything is typeset, and a field without readers of its own is for the DSL alone.",
        test: "canary::every_word_reaches_its_readers_and_nobody_else",
    },
    ByConstruction {
        code: "SI-07",
        title: "The safeguarding pack travels apart from the general record",
        how: "There are three bundles, each for its own readers; no option joins them.",
        test: "program::the_safeguarding_pack_travels_apart",
    },
    ByConstruction {
        code: "SI-17",
        title: "A pack says that it is a summary, and lists what is enclosed",
        how: "The sentence and the list are part of every pack but the one-page profile.",
        test: "program::every_pack_says_that_it_is_a_summary",
    },
    ByConstruction {
        code: "SI-21",
        title: "No file name, log line or message of ours tells a pupil's name or words",
        how: "Names are made of opaque references, and messages are sentences of ours with paths in them. That a school's own file names tell nothing is rule SI-21 of the record.",
        test: "canary::no_file_name_tells_who_the_child_is",
    },
    ByConstruction {
        code: "SI-22",
        title: "No pack claims a higher legal level for its seal than it has",
        how: "The words about the seal are ours and claim origin and integrity alone.",
        test: "house::no_pack_claims_a_higher_legal_level",
    },
];
