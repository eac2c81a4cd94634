//! One walk over every text of a record, without copying it: serde's own order of fields, and paths only on demand.

use std::fmt;

use serde::de::value::Error as Unwalkable;
use serde::ser::{
    Error as _, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer,
};

use crate::record::{Field, Record, TextKind, ValueType, record_schema};

/// What is done with each text or keyword: its path, the name of its field (of the list, for one in a list), itself.
pub(in crate::check) type Visit<'v> = dyn FnMut(&Path, &str, &str) + 'v;

/// What the walk looks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Texts,
    Keywords,
}

/// Visits every text of a record.
pub(in crate::check) fn each_text(record: &Record, visit: &mut Visit<'_>) {
    walk(record, Wanted::Texts, visit);
}

/// Visits every keyword of a record.
pub(in crate::check) fn each_keyword(record: &Record, visit: &mut Visit<'_>) {
    walk(record, Wanted::Keywords, visit);
}

fn walk(record: &Record, wanted: Wanted, visit: &mut Visit<'_>) {
    let mut walker = Walker { path: Path(Vec::new()), shape: Some(&record_schema().root), wanted, visit };
    // Nothing in a record refuses to be walked over; a text that was not reached would only go unjudged.
    drop(record.serialize(&mut walker));
}

/// Where the walk is.
pub(in crate::check) struct Path(Vec<Step>);

enum Step {
    /// A field's name, and what the schema says of it.
    Field(&'static str, Option<&'static Field>),
    Number(usize),
}

impl Path {
    /// The field around the place: its name, and what the schema says of it.
    fn field(&self) -> Option<(&'static str, Option<&'static Field>)> {
        self.0.iter().rev().find_map(|step| match step {
            Step::Field(name, field) => Some((*name, *field)),
            Step::Number(_) => None,
        })
    }

    /// The name of the field around the place.
    fn name(&self) -> &'static str {
        self.field().map(|(name, _)| name).unwrap_or_default()
    }

    /// What the text there is, where the schema says so.
    pub(in crate::check) fn text_kind(&self) -> Option<TextKind> {
        self.field().and_then(|(_, field)| field?.text)
    }

    /// Whether this is the name of one of the two schools, which a rule of its own judges.
    pub(in crate::check) fn is_name_of_school(&self) -> bool {
        matches!(self.0.as_slice(), [Step::Field("sending_school" | "receiving_school", _), Step::Field("name", _)])
    }
}

impl fmt::Display for Path {
    /// The path as problems write it: `chronology[2].event`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name, _) if at == 0 => f.write_str(name)?,
                Step::Field(name, _) => write!(f, ".{name}")?,
                Step::Number(number) => write!(f, "[{number}]")?,
            }
        }
        Ok(())
    }
}

struct Walker<'v, 'w> {
    path: Path,
    /// What the schema says of the value to come.
    shape: Option<&'static ValueType>,
    wanted: Wanted,
    visit: &'v mut Visit<'w>,
}

/// Values that hold no text.
macro_rules! no_text {
    ($($method:ident: $kind:ty),*) => {
        $(fn $method(self, _: $kind) -> Result<(), Unwalkable> {
            Ok(())
        })*
    };
}

impl<'a, 'v, 'w> Serializer for &'a mut Walker<'v, 'w> {
    type Ok = ();
    type Error = Unwalkable;
    type SerializeSeq = List<'a, 'v, 'w>;
    type SerializeTuple = List<'a, 'v, 'w>;
    type SerializeTupleStruct = Impossible<(), Unwalkable>;
    type SerializeTupleVariant = Impossible<(), Unwalkable>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Unwalkable>;

    no_text!(
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_bytes: &[u8], serialize_unit_struct: &'static str
    );

    fn serialize_str(self, text: &str) -> Result<(), Unwalkable> {
        if self.wanted == Wanted::Texts {
            (self.visit)(&self.path, self.path.name(), text);
        }
        Ok(())
    }

    /// Days are shown, not stored, as text; there is nothing to judge in them.
    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Result<(), Unwalkable> {
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Unwalkable> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwalkable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unwalkable> {
        Ok(())
    }

    /// A keyword.
    fn serialize_unit_variant(self, _: &'static str, _: u32, keyword: &'static str) -> Result<(), Unwalkable> {
        if self.wanted == Wanted::Keywords {
            (self.visit)(&self.path, self.path.name(), keyword);
        }
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Unwalkable> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unwalkable> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Unwalkable> {
        Ok(List { walker: self, number: 0 })
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Unwalkable> {
        Ok(List { walker: self, number: 0 })
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Unwalkable> {
        Err(Unwalkable::custom("a record has no tuples"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unwalkable> {
        Err(Unwalkable::custom("a record has no tuples"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Unwalkable> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, Unwalkable> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unwalkable> {
        Err(Unwalkable::custom("a record has no variants with fields"))
    }
}

impl Walker<'_, '_> {
    fn at<T: Serialize + ?Sized>(
        &mut self,
        step: Step,
        shape: Option<&'static ValueType>,
        value: &T,
    ) -> Result<(), Unwalkable> {
        let around = std::mem::replace(&mut self.shape, shape);
        self.path.0.push(step);
        let walked = value.serialize(&mut *self);
        self.path.0.pop();
        self.shape = around;
        walked
    }

    fn at_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unwalkable> {
        let field = match self.shape {
            Some(ValueType::Table(fields)) => fields.get(name),
            _ => None,
        };
        self.at(Step::Field(name, field), field.map(|field| &field.shape), value)
    }

    fn at_number<T: Serialize + ?Sized>(&mut self, number: usize, value: &T) -> Result<(), Unwalkable> {
        let item = match self.shape {
            Some(ValueType::List(item)) => Some(&**item),
            _ => None,
        };
        self.at(Step::Number(number), item, value)
    }
}

/// A list on the way.
struct List<'a, 'v, 'w> {
    walker: &'a mut Walker<'v, 'w>,
    number: usize,
}

impl SerializeSeq for List<'_, '_, '_> {
    type Ok = ();
    type Error = Unwalkable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwalkable> {
        self.number += 1;
        self.walker.at_number(self.number - 1, value)
    }

    fn end(self) -> Result<(), Unwalkable> {
        Ok(())
    }
}

impl SerializeTuple for List<'_, '_, '_> {
    type Ok = ();
    type Error = Unwalkable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwalkable> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<(), Unwalkable> {
        Ok(())
    }
}

impl SerializeStruct for &mut Walker<'_, '_> {
    type Ok = ();
    type Error = Unwalkable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unwalkable> {
        self.at_field(name, value)
    }

    fn end(self) -> Result<(), Unwalkable> {
        Ok(())
    }
}

/// The only map of a record counts sessions by register code: there is no text in it.
impl SerializeMap for &mut Walker<'_, '_> {
    type Ok = ();
    type Error = Unwalkable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), Unwalkable> {
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), Unwalkable> {
        Ok(())
    }

    fn end(self) -> Result<(), Unwalkable> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::read;

    #[test]
    fn every_text_is_visited_under_its_path() {
        let record = read("x", b"[pupil]\ndob = 2015-02-03\ncommunication_needs = [\"a\", \"b\"]\n[[chronology]]\nevent = \"c\"\nbasis = \"observed\"\n").record;
        let mut seen = Vec::new();
        each_text(&record, &mut |path, field, text| seen.push(format!("{path} {field} {text}")));
        let wanted = [
            "pupil.communication_needs[0] communication_needs a",
            "pupil.communication_needs[1] communication_needs b",
            "chronology[0].event event c",
        ];
        assert_eq!(seen, wanted);
    }
}
