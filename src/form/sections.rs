//! The sections of a record in the order of the work.

/// A section of the task list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// What it is called.
    pub title: &'static str,
    /// Its pages: fields of the record's own.
    pub pages: &'static [&'static str],
}

/// All sections: the child first, then what is known, then what is done, then who stands behind it.
pub const SECTIONS: [Section; 14] = [
    Section {
        title: "The child and the schools",
        pages: &["pupil", "sending_school", "receiving_school", "characteristics", "attainment", "consents"],
    },
    Section { title: "The child's voice", pages: &["voice"] },
    Section { title: "Attendance", pages: &["attendance"] },
    Section { title: "Early Help", pages: &["early_help"] },
    Section {
        title: "Risks, or that none are known",
        pages: &["risks", "no_known_risks", "weighed", "considered", "nil_returns"],
    },
    Section { title: "Chronology", pages: &["chronology"] },
    Section { title: "The people around the child", pages: &["household"] },
    Section { title: "Plans and services", pages: &["plans", "plan_coordination", "assessments", "services", "care"] },
    Section { title: "How the family takes part", pages: &["engagement"] },
    Section { title: "Moves", pages: &["moves"] },
    Section { title: "Special educational needs and health", pages: &["sen", "health"] },
    Section { title: "The transition plan", pages: &["transition_plan"] },
    Section { title: "Sharing and sending", pages: &["sharing", "transfer"] },
    Section { title: "Sign-off", pages: &["sign_off"] },
];

/// The section in which a path stands.
#[must_use]
pub fn section_of(path: &str) -> Option<&'static Section> {
    let top = path.split(['.', '[']).next()?;
    SECTIONS.iter().find(|section| section.pages.contains(&top))
}

/// The page after one of the record's own; `None` after the last.
#[must_use]
pub fn next_page(page: &str) -> Option<&'static str> {
    let mut pages = SECTIONS.iter().flat_map(|section| section.pages);
    pages.find(|known| **known == page)?;
    pages.next().copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::record::fields_at;

    #[test]
    fn every_field_of_the_record_stands_in_one_section() {
        let pages: Vec<&str> = SECTIONS.iter().flat_map(|section| section.pages).copied().collect();
        let all: BTreeSet<&str> = pages.iter().copied().collect();
        assert_eq!(pages.len(), all.len());
        let fields = fields_at("").unwrap().keys().map(String::as_str);
        let left: Vec<&str> = fields.filter(|name| !all.contains(name)).collect();
        assert_eq!(left, ["guidance_profile", "schema_version"], "what is the same for all records");
        assert_eq!(next_page("pupil"), Some("sending_school"));
        assert_eq!(next_page("sign_off"), None);
    }
}
