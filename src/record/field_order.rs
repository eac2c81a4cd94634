//! The order in which fields are asked for: that of the Rust structs, which JSON Schema itself does not keep.
//!
//! Every derived `Deserialize` names its struct and its fields in order. A type is read here from a source that says
//! what each place asks for and answers with a blank, so that every struct in it names itself once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::slice::Iter;

use serde::Deserializer;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

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

/// A place that a blank does not fit.
#[derive(Debug)]
struct NoBlank(String);

impl fmt::Display for NoBlank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoBlank {}

impl serde::de::Error for NoBlank {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Kinds of values that one blank answers.
macro_rules! answer {
    ($($method:ident)* => $visit:ident($blank:expr)) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoBlank> {
            visitor.$visit($blank)
        })*
    };
}

impl<'de> Deserializer<'de> for Blank<'_> {
    type Error = NoBlank;

    // Days ask for anything.
    answer!(deserialize_any deserialize_ignored_any => visit_str("2000-01-01"));
    answer!(deserialize_str deserialize_string deserialize_identifier => visit_str(""));
    answer!(deserialize_bool => visit_bool(false));
    answer!(deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 => visit_i64(0));
    answer!(deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 => visit_u64(0));
    answer!(deserialize_f32 deserialize_f64 => visit_f64(0.0));

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoBlank> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, NoBlank> {
        visitor.visit_newtype_struct(self)
    }

    /// A list of one blank.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoBlank> {
        visitor.visit_seq(One { blank: self, is_given: false })
    }

    /// A map with free keys has no order of its own.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoBlank> {
        visitor.visit_map(Fields { blank: self, left: [].iter() })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NoBlank> {
        self.seen.borrow_mut().insert(name, fields);
        visitor.visit_map(Fields { blank: self, left: fields.iter() })
    }

    /// The first keyword.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        keywords: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NoBlank> {
        visitor.visit_enum(Keyword(keywords.first().copied().unwrap_or_default()))
    }

    serde::forward_to_deserialize_any! { i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct }
}

struct One<'s> {
    blank: Blank<'s>,
    is_given: bool,
}

impl<'de> SeqAccess<'de> for One<'_> {
    type Error = NoBlank;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, NoBlank> {
        if std::mem::replace(&mut self.is_given, true) { Ok(None) } else { seed.deserialize(self.blank).map(Some) }
    }
}

struct Fields<'s> {
    blank: Blank<'s>,
    left: Iter<'static, &'static str>,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = NoBlank;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, NoBlank> {
        self.left.next().map(|name| seed.deserialize(StrDeserializer::new(name))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, NoBlank> {
        seed.deserialize(self.blank)
    }
}

struct Keyword(&'static str);

impl<'de> EnumAccess<'de> for Keyword {
    type Error = NoBlank;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), NoBlank> {
        seed.deserialize(StrDeserializer::new(self.0)).map(|keyword| (keyword, self))
    }
}

impl<'de> VariantAccess<'de> for Keyword {
    type Error = NoBlank;

    fn unit_variant(self) -> Result<(), NoBlank> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, NoBlank> {
        Err(serde::de::Error::custom("a keyword holds nothing"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, NoBlank> {
        Err(serde::de::Error::custom("a keyword holds nothing"))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, NoBlank> {
        Err(serde::de::Error::custom("a keyword holds nothing"))
    }
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
