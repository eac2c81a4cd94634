//! Text: a source file, its lines, where a value stands in it, and what a plain line is.
//!
//! Floor 0: uses nothing of ours. Typed structs carry no spans; whoever has something to say about a value
//! names its path (`attendance.periods[1].possible`) and [`Locator`] finds the place in the kept document.

mod hidden;
mod letters;
mod line;
mod locator;
mod markup;
mod source;
mod tokens;
mod words;

pub use hidden::{Hidden, is_nothing, is_tag, misleads, strikes_out};
pub use letters::{character_name, has_letter_form, hidden_letter, is_keycap, is_regional_flag};
pub use line::{
    LONGEST_CERTIFICATE_NAME, LONGEST_NOTE, LONGEST_SCHOOL_NAME, LineFlaw, Note, PersonName, PlainLine, is_plain_line,
    is_reference, tidy_line,
};
pub use locator::{
    Locator, NodeId, Step, entry_number, is_at_or_under, join, parent, path_steps, split_entry, without_numbers,
};
pub use markup::markup;
pub use source::{Place, Source};
pub use tokens::{bare_pieces, first_token, pieces};
pub(crate) use words::say;
pub use words::{Language, said, said_with, speaking, spoken};

/// Bytes of an encoding as text; `None` where they are none: bytes that the encoding leaves open become control characters,
/// which nobody types.
#[must_use]
pub fn decoded(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let is_text = !text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    is_text.then(|| text.into_owned())
}

/// Digits and letters that cannot be taken for one another when read aloud (Crockford's base 32).
const SPOKEN: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The first bytes as letters that can be read aloud, five bits each.
#[must_use]
pub fn spoken_letters(bytes: &[u8], length: usize) -> String {
    let letter = |byte: &u8| char::from(SPOKEN.get(usize::from(byte & 31)).copied().unwrap_or(b'0'));
    bytes.iter().take(length).map(letter).collect()
}

/// Bytes in hexadecimal, with small letters.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

/// Bytes out of hexadecimal, with small or capital letters; `None` where it is none.
#[must_use]
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    base16ct::mixed::decode_vec(text).ok()
}

/// A text with a capital at its beginning.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The one way in which JSON is written that is signed, embedded or kept: fields in order, two spaces, a line feed at the end.
///
/// # Errors
/// Only if serialising fails, which plain strings and numbers do not.
pub fn json_lines(value: &impl serde::Serialize) -> serde_json::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}
