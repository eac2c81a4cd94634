//! One place where a rule strikes.

/// One place where a rule strikes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The path of the value, or of what is missing.
    pub path: String,
    /// What is wrong, where it can be said more exactly than by the rule's title. Never a value of the record.
    pub message: Option<String>,
    /// Another part of the record that must have been read for this to be true.
    pub rests_on: Option<&'static str>,
}

impl Hit {
    /// A hit at a path, with the rule's title as its message.
    pub fn at(path: impl Into<String>) -> Self {
        Self { path: path.into(), message: None, rests_on: None }
    }

    /// The same hit with a more exact message.
    #[must_use]
    pub fn because(self, message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), ..self }
    }

    /// The same hit, true only if another part of the record could be read.
    #[must_use]
    pub fn resting_on(self, part: &'static str) -> Self {
        Self { rests_on: Some(part), ..self }
    }

    /// A hit at each field of something that is absent: the path of the thing, what people call it, and its fields.
    pub(in crate::check) fn missing<const N: usize>(path: &str, what: &str, fields: [(bool, &str); N]) -> Vec<Self> {
        let absent = fields.into_iter().filter(|(absent, _)| *absent);
        let hit = |field: &str| Self::at(format!("{path}.{field}")).because(format!("{what} has no `{field}`"));
        absent.map(|(_, field)| hit(field)).collect()
    }

    /// A hit at a path if something holds.
    pub fn when(holds: bool, path: impl Into<String>) -> Vec<Self> {
        if holds { vec![Self::at(path)] } else { Vec::new() }
    }
}
