//! The words for a record's keywords, as pages print them: their descriptions in the schema.

use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;

use crate::text::said;

/// The words for a keyword: `cin_s17` is "Child in need plan". A keyword without words stands for itself.
#[must_use]
pub fn label<T: Serialize + JsonSchema>(keyword: &T) -> String {
    let Ok(Value::String(key)) = serde_json::to_value(keyword) else { return String::new() };
    let schema = T::json_schema(&mut SchemaGenerator::default());
    let options = schema.get("oneOf").and_then(Value::as_array);
    let text = |option: &Value, name: &str| option.get(name).and_then(Value::as_str).map(str::to_owned);
    let option = options.into_iter().flatten().find(|option| text(option, "const").as_ref() == Some(&key));
    option.and_then(|option| text(option, "description")).map_or(key, |words| said(words.trim_end_matches('.')))
}

#[cfg(test)]
mod tests {
    use super::super::PlanType;
    use super::*;
    use crate::circle::Audience;

    #[test]
    fn keywords_have_words() {
        assert_eq!(label(&PlanType::CinS17), "Child in need plan");
        assert_eq!(label(&Audience::AllStaff), "Every member of staff who teaches or looks after the child");
    }
}
