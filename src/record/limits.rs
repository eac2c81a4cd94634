//! Limits of single values, as `validator` finds them, told as problems.

use std::collections::BTreeMap;

use validator::{ValidationErrors, ValidationErrorsKind};

use super::read_code::ReadCode;
use crate::problem::{Problem, Severity};
use crate::text::join;

/// Validator's errors as problems. Its parameters hold the offending value and are never printed.
pub(super) fn collect_limits(errors: &ValidationErrors, path: &str, out: &mut Vec<Problem>) {
    // Validator answers in no order of its own.
    let in_order: BTreeMap<_, _> = errors.errors().iter().collect();
    for (field, kind) in in_order {
        let path = join(path, field.trim_start_matches("r#"));
        match kind {
            ValidationErrorsKind::Struct(inner) => collect_limits(inner, &path, out),
            ValidationErrorsKind::List(items) => {
                items.iter().for_each(|(index, inner)| collect_limits(inner, &join(&path, &format!("[{index}]")), out));
            }
            ValidationErrorsKind::Field(errors) => {
                out.extend(errors.iter().map(|error| limit(&error.code, error.params.get("max"), &path)));
            }
        }
    }
}

fn limit(code: &str, max: Option<&serde_json::Value>, path: &str) -> Problem {
    let max = max.map(ToString::to_string).unwrap_or_default();
    let (message, help) = match code {
        "email" => ("This is not an e-mail address".to_owned(), "Write it as name@school.example.".to_owned()),
        "range" => {
            (format!("This number cannot be right: 0 to {max} is possible"), "Look at the figure again.".to_owned())
        }
        _ => (
            format!("This is too long: at most {max} characters, or entries in a list"),
            "Keep to what the next school needs; full notes belong in the file itself.".to_owned(),
        ),
    };
    Problem {
        code: ReadCode::Limit.code(),
        severity: Severity::Error,
        message,
        path: path.to_owned(),
        help,
        hint: None,
    }
}
