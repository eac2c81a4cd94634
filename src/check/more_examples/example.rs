//! What an example is.

/// An example: the rule, whether it has to speak, and the piece of a record.
pub(in crate::check) type Example = (&'static str, bool, &'static str);
