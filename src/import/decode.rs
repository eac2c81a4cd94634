//! Bytes of an unknown encoding become text.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::file::ImportError;
use crate::text::decoded;

/// The text of a file: in the encoding that its byte order mark or its XML declaration names, else in UTF-8, else in the
/// encoding that Windows has used in this country.
pub(super) fn decode(bytes: &[u8]) -> Result<String, ImportError> {
    let unreadable = || ImportError::Unreadable("it is not text, or damaged".to_owned());
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decoded(encoding, bytes.get(mark..).unwrap_or_default()).ok_or_else(unreadable);
    }
    if bytes.starts_with(b"<\0") {
        return decoded(UTF_16LE, bytes).ok_or_else(unreadable);
    }
    if bytes.starts_with(b"\0<") {
        return decoded(UTF_16BE, bytes).ok_or_else(unreadable);
    }
    if bytes.contains(&0) {
        return Err(unreadable());
    }
    if let Some(declared) = declared(bytes) {
        let encoding = Encoding::for_label(declared.as_bytes()).ok_or_else(unreadable)?;
        // Some programs declare one encoding and write another; what is not UTF-8 was never written as such.
        return decoded(encoding, bytes).or_else(|| decoded(WINDOWS_1252, bytes)).ok_or_else(unreadable);
    }
    decoded(UTF_8, bytes).or_else(|| decoded(WINDOWS_1252, bytes)).ok_or_else(unreadable)
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let beginning = bytes.get(..bytes.len().min(200))?;
    let text: String = beginning.iter().map(|byte| char::from(*byte)).collect();
    let declaration = text.strip_prefix("<?xml")?.split("?>").next()?.to_owned();
    let after = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start().to_owned();
    let mark = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after.get(1..)?.split(mark).next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_in_its_encoding() {
        let utf16: Vec<u8> = "\u{feff}Zoë".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in ["Zoë".as_bytes(), "\u{feff}Zoë".as_bytes(), b"Zo\xeb", &utf16] {
            assert_eq!(decode(bytes).unwrap(), "Zoë");
        }
        let declared = b"<?xml version='1.0' encoding='windows-1252'?><a>Zo\xeb \x96</a>";
        assert!(decode(declared).unwrap().contains("Zoë –"));
        let wrong = b"<?xml version=\"1.0\" encoding=\"utf-8\"?><a>Zo\xeb</a>";
        assert!(decode(wrong).unwrap().contains("Zoë"));
        for bytes in [&b"a\0b"[..], b"\x81\x8d", b"<?xml encoding=\"klingon\"?>", b"\xff\xfe\x00\xd8"] {
            assert!(decode(bytes).is_err(), "{bytes:?}");
        }
    }
}
