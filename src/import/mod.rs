//! What a school's information system knows already, as proposals for records.
//!
//! Floor 2: may use [`crate::record`], [`crate::school`] and [`crate::text`]. From below: `text`
//! (bytes of an unknown encoding become text), `ctf` (Common Transfer Files) and `table`, `headings`, `rows` (lists out of
//! a management information system), `fill` (a proposal goes into a record).
//!
//! A proposal never holds a person's words: it is made of identifiers, numbers, codes, days and the names of people. It
//! fills blanks and nothing else; where record and file differ, that is said. What a file does not say is not made up.

mod ctf;
mod decode;
mod file;
mod fill;
mod headings;
mod meaning;
mod proposal;
mod rows;
mod synonyms;
mod table;
mod values;

pub use file::{IMPORT_LIMIT, ImportError, Imported, Reading};
pub use fill::{Difference, Filled, fill, people_marks};
pub use meaning::{Column, Meaning};
pub use proposal::{Contact, Period, Proposal};
pub use table::Table;

/// Reads a file, whatever it is.
///
/// # Errors
/// [`ImportError`] where it cannot be read in full; then nothing of it is used.
pub fn import(bytes: &[u8], how: &Reading<'_>) -> Result<Imported, ImportError> {
    if bytes.len() > IMPORT_LIMIT {
        return Err(ImportError::TooLarge);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return rows::read(table::xlsx(bytes)?, "Excel workbook", how);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(ImportError::OtherKind(
            "an old Excel file",
            "Open it in Excel and save it as an Excel Workbook (.xlsx) or as CSV",
        ));
    }
    if bytes.starts_with(b"%PDF") {
        return Err(ImportError::OtherKind("a PDF", "Export the list as CSV or Excel instead"));
    }
    let text = decode::decode(bytes)?;
    let beginning: String = text.trim_start().chars().take(200).collect::<String>().to_lowercase();
    if beginning.starts_with("<html") || beginning.starts_with("<!doctype html") || beginning.starts_with("<table") {
        return Err(ImportError::OtherKind(
            "a web page under another name",
            "Open it in Excel and save it as an Excel Workbook (.xlsx)",
        ));
    }
    if beginning.starts_with('<') {
        return ctf::read(&text);
    }
    rows::read(table::csv(&text)?, "list", how)
}
