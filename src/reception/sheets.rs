//! The register as a table: for a spreadsheet, and as comma-separated values. Text stays text.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::register::{Child, Register};
use crate::circle::PackKind;
use crate::record::Day;

/// The headings of the columns.
const HEADINGS: [&str; 13] = [
    "Name",
    "Legal name",
    "UPN",
    "Date of birth",
    "Reference",
    "From",
    "From URN",
    "Profile",
    "General",
    "SEND",
    "Safeguarding",
    "Received",
    "Also from",
];

/// The kinds of packs that have a column, in order.
const KINDS: [PackKind; 4] = [PackKind::Profile, PackKind::General, PackKind::Send, PackKind::Safeguarding];

/// The rows of the register, with the headings first. `by_reference` leaves names, UPN and date of birth out.
#[must_use]
pub fn sheet_rows(register: &Register, by_reference: bool) -> Vec<Vec<String>> {
    let row = |child: &Child| {
        let own = |text: &str| if by_reference { String::new() } else { text.to_owned() };
        let made = |kind| child.current(kind).map(|pack| pack.made_on.clone()).unwrap_or_default();
        let latest = child.packs.iter().map(|pack| pack.received_on.clone()).max().unwrap_or_default();
        let mut cells = vec![
            own(&child.name),
            own(&child.legal_name),
            own(&child.upn),
            own(&child.dob),
            child.reference.clone(),
            child.from.name.to_string(),
            child.from.urn.to_string(),
        ];
        cells.extend(KINDS.map(made));
        cells.extend([latest, child.also_from.join(", ")]);
        cells
    };
    let headings = HEADINGS.map(str::to_owned).to_vec();
    std::iter::once(headings).chain(register.children.iter().map(row)).collect()
}

/// Rows as a workbook of one sheet, made on a day. The same rows of a day are the same bytes.
///
/// # Errors
/// Where there are more rows than a sheet has, or the day is before 1900.
pub fn xlsx_of(rows: &[Vec<String>], day: Day) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(day.0.year()).unwrap_or_default();
    let made = ExcelDateTime::from_ymd(year, part(day.0.month()), part(day.0.day()))?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    sheet.set_name("Register")?;
    let bold = Format::new().set_bold();
    for (number, row) in (0_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(row) {
            if number == 0 {
                sheet.write_string_with_format(number, column, text, &bold)?;
            } else {
                sheet.write_string(number, column, text)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let last = u32::try_from(rows.len().saturating_sub(1)).unwrap_or(u32::MAX);
    let columns = u16::try_from(rows.first().map_or(1, Vec::len)).unwrap_or(1);
    sheet.autofilter(0, 0, last, columns.saturating_sub(1))?;
    for column in 0..columns {
        sheet.set_column_width(column, 18)?;
    }
    book.save_to_buffer()
}

/// Rows as comma-separated values: every cell in quotation marks, and none that a spreadsheet would take for a formula.
#[must_use]
pub fn csv_of(rows: &[Vec<String>]) -> String {
    let cell = |text: &String| {
        let acts = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        format!("\"{}{}\"", if acts { "'" } else { "" }, text.replace('"', "\"\""))
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(",") + "\r\n";
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text_and_the_same_rows_are_the_same_bytes() {
        let rows = vec![vec!["Name".to_owned()], vec!["=HYPERLINK(\"x\")".to_owned()], vec!["a \"b\"".to_owned()]];
        assert_eq!(csv_of(&rows), "\"Name\"\r\n\"'=HYPERLINK(\"\"x\"\")\"\r\n\"a \"\"b\"\"\"\r\n");
        let day = "2026-09-01".parse().unwrap();
        let one = xlsx_of(&rows, day).unwrap();
        assert!(one == xlsx_of(&rows, day).unwrap() && one.starts_with(b"PK"));
    }
}
