//! Lists out of an information system: rows of cells, with the row of headings found among titles and footers.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::file::ImportError;

/// The most rows and columns of a list of children.
const MOST_ROWS: usize = 200_000;
const MOST_COLUMNS: usize = 600;

/// So large may a workbook be when it is unpacked.
const MOST_UNPACKED: u64 = 256 << 20;

/// So many rows of titles may stand above the headings.
const MOST_TITLES: usize = 12;

/// A list: its headings, and its rows, each as long as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The headings.
    pub headings: Vec<String>,
    /// The rows below them.
    pub rows: Vec<Vec<String>>,
    /// What a person should know of it.
    pub notices: Vec<String>,
}

/// A list of separated values: with comma, semicolon, tab or bar.
pub(super) fn csv(text: &str) -> Result<Table, ImportError> {
    let separator = separator(text);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| ImportError::Unreadable(format!("a row cannot be read: {error}")))?;
        rows.push(record.iter().map(|cell| cell.trim().to_owned()).collect());
        too_many(&rows)?;
    }
    table(rows, Vec::new())
}

/// The separator that most of the first lines have as often as one another.
fn separator(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(20).collect();
    let count = |separator: u8| {
        let mut counts: Vec<usize> =
            lines.iter().map(|line| line.bytes().filter(|byte| *byte == separator).count()).collect();
        counts.sort_unstable();
        counts.get(counts.len() / 2).copied().unwrap_or_default()
    };
    *[b',', b';', b'\t', b'|'].iter().rev().max_by_key(|separator| count(**separator)).unwrap_or(&b',')
}

/// The first sheet of an Excel workbook that has rows.
pub(super) fn xlsx(bytes: &[u8]) -> Result<Table, ImportError> {
    let unreadable =
        |error: &dyn std::fmt::Display| ImportError::Unreadable(format!("the workbook cannot be read: {error}"));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let mut unpacked: u64 = 0;
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(|error| unreadable(&error))?;
        unpacked = unpacked.saturating_add(part.size());
        if part.encrypted() {
            return Err(ImportError::OtherKind("a workbook with a password", "Save it without one"));
        }
    }
    if unpacked > MOST_UNPACKED {
        return Err(ImportError::TooLarge);
    }
    let mut workbook: Xlsx<Cursor<&[u8]>> = Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let mut notices = Vec::new();
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).map_err(|error| unreadable(&error))?;
        if range.height() < 2 {
            continue;
        }
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut errors = 0;
        for row in range.rows() {
            errors += row.iter().filter(|cell| matches!(cell, Data::Error(_))).count();
            rows.push(row.iter().map(cell).collect());
            too_many(&rows)?;
        }
        if errors > 0 {
            notices.push(format!("{errors} cells hold an error of Excel; they are taken as blank"));
        }
        if workbook.sheet_names().len() > 1 {
            notices.push(format!("the workbook has several sheets; the one called {name:?} was read"));
        }
        return table(rows, notices);
    }
    Err(ImportError::Unreadable("the workbook has no sheet with rows".to_owned()))
}

/// A cell as text: a day as 2015-02-03, a whole number without a point.
fn cell(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.trim().to_owned(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(yes) => yes.to_string(),
        Data::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
    }
}

fn too_many(rows: &[Vec<String>]) -> Result<(), ImportError> {
    let wide = rows.last().is_some_and(|row| row.len() > MOST_COLUMNS);
    if rows.len() > MOST_ROWS || wide { Err(ImportError::TooLarge) } else { Ok(()) }
}

/// The headings, which are the first row that knows a heading for the UPN, else the first row that is as wide as most; what
/// stands above them are titles. Rows that have fewer than two cells are titles and footers, too.
fn table(rows: Vec<Vec<String>>, mut notices: Vec<String>) -> Result<Table, ImportError> {
    let filled = |row: &[String]| row.iter().filter(|cell| !cell.is_empty()).count();
    let is_upn = |cell: &String| super::headings::is_upn(cell);
    let by_upn = rows.iter().take(MOST_TITLES).position(|row| filled(row) > 1 && row.iter().any(is_upn));
    let widest = rows.iter().take(MOST_TITLES).map(|row| filled(row)).max().unwrap_or_default();
    let by_width = || rows.iter().take(MOST_TITLES).position(|row| filled(row) > 1 && filled(row) == widest);
    let at = by_upn.or_else(by_width).ok_or(ImportError::NoUpn)?;
    if at > 0 {
        notices.push(format!("what stands above the headings in its row {} was passed over: titles", at + 1));
    }
    let mut rows = rows.into_iter().skip(at);
    let headings: Vec<String> = rows.next().unwrap_or_default();
    // A second row of headings says what the first one groups: it has the same words in it, and no child.
    let rows: Vec<Vec<String>> = rows.filter(|row| filled(row) > 1 && *row != headings).collect();
    Ok(Table { headings, rows, notices })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_titles_and_footers_are_seen() {
        for (text, headings) in [
            ("UPN,Surname\nA,B\n", vec!["UPN", "Surname"]),
            (
                "Class list\n\n\nCreated by;x\nUPN;Surname;Forename\nA;\"B; C\";D\nCreated on 1/1/2026\n",
                vec!["UPN", "Surname", "Forename"],
            ),
            ("UPN\tSurname \nA\tB\n", vec!["UPN", "Surname"]),
        ] {
            let table = csv(text).unwrap();
            assert_eq!(table.headings, headings, "{text}");
            assert_eq!(table.rows.len(), 1, "{text}");
        }
        assert_eq!(csv("UPN;Surname\nA;\"B; C\"\n").unwrap().rows[0][1], "B; C");
        assert!(csv("").is_err() && csv("word\n").is_err());
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert!(xlsx(b"PK\x03\x04 and no more").is_err());
    }
}
