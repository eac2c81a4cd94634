//! The order in which fields are asked for: that of the Rust structs, which JSON Schema itself does not keep.
//!
//! Every derived `Deserialize` names its struct and its fields in order. A type is read here from a source that says
//! what each place asks for and answers with a blank, so that every struct in it names itself once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::iter::once;

use serde::Deserializer;
use serde::de::value::{Error, MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer, Visitor};

/// The fields of each struct in order, by the struct's name.
pub(super) type FieldOrder = BTreeMap<&'static str, &'static [&'static str]>;

/// The order of fields in a type and in all that stands in it.
///
/// # Panics
/// Where the type holds a value that is no table, list, keyword, text, day, number or yes and no: a record has none.
pub(super) fn field_order<T: DeserializeOwned>() -> FieldOrder {
    let seen = RefCell::new(FieldOrder::new());
    #[expect(clippy::expect_used, reason = "the types are this program's own; a unit test reads them")]
    T::deserialize(Blank { seen: &seen }).expect("every field of a record can be blank");
    seen.into_inner()
}

/// Answers whatever is asked for with a blank, and notes the structs.
#[derive(Clone, Copy)]
struct Blank<'s> {
    seen: &'s RefCell<FieldOrder>,
}

impl IntoDeserializer<'_> for Blank<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Kinds of values that one blank answers.
macro_rules! answer {
    ($($method:ident)* => $visit:ident($blank:expr)) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit($blank)
        })*
    };
}

impl<'de> Deserializer<'de> for Blank<'_> {
    type Error = Error;

    // Days ask for anything.
    answer!(deserialize_any deserialize_ignored_any => visit_str("2000-01-01"));
    answer!(deserialize_str deserialize_string deserialize_identifier => visit_str(""));
    answer!(deserialize_bool => visit_bool(false));
    answer!(deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 => visit_i64(0));
    answer!(deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 => visit_u64(0));
    answer!(deserialize_f32 deserialize_f64 => visit_f64(0.0));

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    /// A list of one blank.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(once(self)))
    }

    /// A map with free keys has no order of its own, and may be empty.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(MapDeserializer::<_, Error>::new(std::iter::empty::<(&str, Self)>()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.seen.borrow_mut().insert(name, fields);
        visitor.visit_map(MapDeserializer::new(fields.iter().map(|field| (*field, self))))
    }

    /// The first keyword.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        keywords: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(StrDeserializer::new(keywords.first().copied().unwrap_or_default()))
    }

    serde::forward_to_deserialize_any! { i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Record;

    #[test]
    fn fields_come_in_the_order_of_the_structs() {
        let order = field_order::<Record>();
        assert_eq!(order["Record"].first(), Some(&"schema_version"));
        assert_eq!(order["Record"].last(), Some(&"sign_off"));
        assert_eq!(order["Contact"], ["name", "role", "email", "phone"]);
    }
}
