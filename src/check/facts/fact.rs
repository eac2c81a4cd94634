//! One fact that speaks against a reassurance, and what `weighed.fact` calls it.

use crate::record::Day;

/// One fact that speaks against a reassurance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Fact {
    /// What `weighed.fact` calls it: an `id`, or a keyword of [`KEYWORDS`].
    pub(in crate::check) key: String,
    /// Its path.
    pub(in crate::check) path: String,
    /// What it is, in a few words.
    pub(in crate::check) what: &'static str,
    /// What a safeguarding lead asks about it.
    pub(in crate::check) ask: &'static str,
    /// When it happened or was last so.
    pub(in crate::check) on: Option<Day>,
    /// Whether it led to a plan or came of one, so that whoever weighs the plan weighs it too.
    pub(in crate::check) of_a_plan: bool,
    /// Whether a note tells of it, and no event or risk.
    pub(in crate::check) of_a_note: bool,
    /// Whether it also speaks against the statement that the family takes part well.
    pub(in crate::check) about_engagement: bool,
}

/// What `weighed.fact` may name beside an `id`.
pub const KEYWORDS: [&str; 26] = [
    "attendance",
    "suspensions",
    "part_time",
    "missed_appointments",
    "early_help",
    "indicators",
    "moves",
    "home_education",
    "secure_stays",
    "young_carer",
    "orders",
    "refuge",
    "signs_of_neglect",
    "household",
    "health",
    "engagement",
    "voice",
    "sen",
    "care",
    "services",
    "assessments",
    "plans",
    "risks",
    "transition_plan",
    "sharing",
    "consents",
];

/// What a fact is, in a few words, and what a safeguarding lead asks about it.
pub(in crate::check) type Matter = (&'static str, &'static str);

/// A fact without a date.
pub(in crate::check) fn fact(key: &str, path: impl Into<String>, (what, ask): Matter) -> Fact {
    Fact {
        key: key.to_owned(),
        path: path.into(),
        what,
        ask,
        on: None,
        of_a_plan: false,
        of_a_note: false,
        about_engagement: false,
    }
}

/// A fact that an `id` names.
pub(in crate::check) fn named(id: Option<&String>, path: String, matter: Matter, on: Option<Day>) -> Fact {
    Fact { on, ..fact(id.map(|id| id.trim()).unwrap_or_default(), path, matter) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_names_every_fact_that_can_be_weighed() {
        let schema = crate::record::json_schema();
        let told = schema.pointer("/definitions/Weighed/properties/fact/description").unwrap().as_str().unwrap();
        for keyword in KEYWORDS {
            assert!(told.contains(&format!("`{keyword}`")), "{keyword}: {told}");
        }
    }
}
