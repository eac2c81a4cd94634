//! A whole PDF file: revisions, cross-reference tables, objects. The F rules.

use std::ops::Range;

use super::object::{Dict, Object, Parser, Reference};

/// The largest PDF that is looked at, in bytes.
const LIMIT: usize = 32 << 20;
/// How a file begins: the version, and a line that says that the file is not text.
const HEADER: &[u8] = b"%PDF-1.7\n%\x80\x80\x80\x80\n";
/// The most objects a file may have.
const OBJECTS: u32 = 200_000;

/// Why a file is not of the closed profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileError {
    /// Does not begin with `%PDF-1.7`.
    Header,
    /// Does not end with `%%EOF` and at most one line feed.
    End,
    /// The cross-reference tables are damaged, of another kind, or more than two.
    CrossReference,
    /// The trailer has an unexpected key or lacks one.
    Trailer,
    /// An object is damaged or not where the table says.
    Object,
    /// Larger than 32 mebibytes or more objects than any pack has.
    TooLarge,
}

/// A parsed PDF. Objects are those of the newest revision.
#[derive(Debug)]
pub struct File<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// Each object with its number, in their order, as the newest revision has it.
    objects: Vec<(u32, Parsed<'a>)>,
    /// The trailer of the newest revision.
    pub trailer: Dict<'a>,
    /// Offset of the newest cross-reference table.
    pub newest_table: usize,
    /// How many revisions there are: 1 or 2.
    pub revisions: usize,
    /// Where each revision ends, oldest first.
    ends: Vec<usize>,
    /// Objects that the newest revision brought, if it is the second.
    pub updated: Vec<Reference>,
}

/// An object; of a stream its dictionary, and where its bytes stand.
#[derive(Debug)]
struct Parsed<'a> {
    object: Object<'a>,
    content: Option<Range<usize>>,
}

struct Table<'a> {
    at: usize,
    entries: Vec<(u32, usize)>,
    trailer: Dict<'a>,
    end: usize,
}

impl<'a> File<'a> {
    /// Parses a file of the closed profile.
    ///
    /// # Errors
    /// The first way in which the file is not of the profile.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, FileError> {
        if bytes.len() > LIMIT {
            return Err(FileError::TooLarge);
        }
        if !bytes.starts_with(HEADER) {
            return Err(FileError::Header);
        }
        let tables = tables(bytes)?;
        let newest = tables.last().ok_or(FileError::CrossReference)?;
        let updated = if tables.len() == 2 {
            newest.entries.iter().map(|(number, _)| Reference(*number)).collect()
        } else {
            Vec::new()
        };
        Ok(Self {
            bytes,
            objects: objects(bytes, &tables)?,
            trailer: newest.trailer.clone(),
            newest_table: newest.at,
            revisions: tables.len(),
            ends: tables.iter().map(|table| table.end).collect(),
            updated,
        })
    }

    /// Where the first revision ends.
    #[must_use]
    pub fn first_revision_end(&self) -> usize {
        self.ends.first().copied().unwrap_or(0)
    }

    /// The number of a new object.
    #[must_use]
    pub fn size(&self) -> u32 {
        self.trailer.get("Size").and_then(Object::integer).and_then(|size| u32::try_from(size).ok()).unwrap_or(0)
    }

    /// All objects with their numbers; of a stream its dictionary.
    pub fn objects(&self) -> impl Iterator<Item = (Reference, &Object<'a>)> {
        self.objects.iter().map(|(number, parsed)| (Reference(*number), &parsed.object))
    }

    /// An object; of a stream its dictionary.
    #[must_use]
    pub fn get(&self, reference: Reference) -> Option<&Object<'a>> {
        self.parsed(reference).map(|parsed| &parsed.object)
    }

    fn parsed(&self, Reference(number): Reference) -> Option<&Parsed<'a>> {
        let at = self.objects.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        self.objects.get(at).map(|(_, parsed)| parsed)
    }

    /// The dictionary of a stream, and its bytes as they stand in the file.
    #[must_use]
    pub fn stream(&self, reference: Reference) -> Option<(&Dict<'a>, &'a [u8])> {
        let Parsed { object, content } = self.parsed(reference)?;
        Some((object.dict()?, self.bytes.get(content.clone()?)?))
    }

    /// The dictionary of an object.
    #[must_use]
    pub fn dict(&self, reference: Reference) -> Option<&Dict<'a>> {
        self.get(reference)?.dict()
    }
}

/// The objects that some tables name, oldest table first. Every entry of every table names an object with its own number,
/// inside its own revision; one object stands after another with nothing but white space between, from the header to
/// the table. So every byte has one meaning.
fn objects<'a>(bytes: &'a [u8], tables: &[Table<'a>]) -> Result<Vec<(u32, Parsed<'a>)>, FileError> {
    let is_space =
        |from: usize, to: usize| bytes.get(from..to).is_some_and(|gap| gap.iter().all(u8::is_ascii_whitespace));
    let mut objects = Vec::with_capacity(tables.iter().map(|table| table.entries.len()).sum());
    let mut at = HEADER.len();
    for table in tables {
        let mut entries = table.entries.clone();
        entries.sort_unstable_by_key(|(_, offset)| *offset);
        for (number, offset) in entries {
            if !is_space(at, offset) {
                return Err(FileError::Object);
            }
            let (parsed, end) = object_at(bytes, number, offset).ok_or(FileError::Object)?;
            objects.push((number, parsed));
            at = end;
        }
        if !is_space(at, table.at) {
            return Err(FileError::Object);
        }
        at = table.end;
    }
    // Of an object that stands in two revisions the newer comes first, and is kept.
    objects.reverse();
    objects.sort_by_key(|(number, _)| *number);
    objects.dedup_by_key(|(number, _)| *number);
    Ok(objects)
}

/// An object, and where it ends.
fn object_at(bytes: &[u8], number: u32, offset: usize) -> Option<(Parsed<'_>, usize)> {
    let mut parser = Parser::new(bytes, offset);
    if parser.digits()? != u64::from(number) {
        return None;
    }
    parser.eat(b" 0 obj")?;
    let object = parser.object(0)?;
    parser.skip_space();
    if parser.eat(b"endobj").is_some() {
        return Some((Parsed { object, content: None }, parser.at));
    }
    // A stream: its length is direct, and its end is where the length says.
    parser.eat(b"stream\n")?;
    let length = usize::try_from(object.dict()?.get("Length")?.integer()?).ok()?;
    let content = parser.at..parser.at.checked_add(length)?;
    parser.at = content.end;
    parser.skip_space();
    parser.eat(b"endstream")?;
    parser.skip_space();
    parser.eat(b"endobj")?;
    Some((Parsed { object, content: Some(content) }, parser.at))
}

/// The tables, oldest first, following `startxref` and `/Prev`.
fn tables(bytes: &[u8]) -> Result<Vec<Table<'_>>, FileError> {
    let newest = table_ending(bytes, bytes.len())?;
    let Some(previous) = newest.trailer.get("Prev") else { return Ok(vec![newest]) };
    let previous = previous.integer().and_then(|at| usize::try_from(at).ok()).ok_or(FileError::Trailer)?;
    if previous >= newest.at {
        return Err(FileError::CrossReference);
    }
    let oldest = table(bytes, previous)?;
    let is_first = oldest.trailer.get("Prev").is_none();
    let objects_follow = newest.entries.iter().all(|(_, offset)| *offset >= oldest.end);
    if !is_first || !objects_follow {
        return Err(FileError::CrossReference);
    }
    Ok(vec![oldest, newest])
}

/// The table that the last `startxref` before an end names.
fn table_ending(bytes: &[u8], end: usize) -> Result<Table<'_>, FileError> {
    let body = bytes.get(..end).ok_or(FileError::End)?;
    let body = body.strip_suffix(b"\n").unwrap_or(body);
    let body = body.strip_suffix(b"\n%%EOF").ok_or(FileError::End)?;
    let digits = body.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let (before, digits) = body.split_at(body.len() - digits);
    if !before.ends_with(b"startxref\n") {
        return Err(FileError::End);
    }
    let at = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()).ok_or(FileError::End)?;
    let found = table(bytes, at)?;
    if found.end == end { Ok(found) } else { Err(FileError::CrossReference) }
}

/// A cross-reference table with its trailer, its own `startxref` and `%%EOF`.
fn table(bytes: &[u8], at: usize) -> Result<Table<'_>, FileError> {
    let mut parser = Parser::new(bytes, at);
    let entries = entries(&mut parser).ok_or(FileError::CrossReference)?;
    let trailer = trailer(&mut parser).ok_or(FileError::Trailer)?;
    let own = (|| {
        parser.skip_space();
        parser.eat(b"startxref\n")?;
        (parser.digits()? == u64::try_from(at).ok()?).then_some(())?;
        parser.eat(b"\n%%EOF")
    })();
    own.ok_or(FileError::End)?;
    // A line feed after the mark belongs to the revision.
    if parser.eat(b"\n").is_some() && parser.at < bytes.len() && !bytes.get(parser.at).is_some_and(u8::is_ascii_digit) {
        return Err(FileError::End);
    }
    Ok(Table { at, entries, trailer, end: parser.at })
}

fn entries(parser: &mut Parser<'_>) -> Option<Vec<(u32, usize)>> {
    parser.eat(b"xref\n")?;
    let mut entries = Vec::new();
    let mut next_allowed = 0;
    while parser.eat(b"trailer").is_none() {
        let first = u32::try_from(parser.digits()?).ok()?;
        parser.eat(b" ")?;
        let count = u32::try_from(parser.digits()?).ok()?;
        parser.eat(b"\n")?;
        if first < next_allowed || count == 0 || first.checked_add(count)? > OBJECTS {
            return None;
        }
        for number in first..first + count {
            let offset = usize::try_from(parser.digits()?).ok()?;
            parser.eat(b" ")?;
            let generation = parser.digits()?;
            if parser.eat(b" n\r\n").or_else(|| parser.eat(b" n \n")).is_some() && generation == 0 && number > 0 {
                entries.push((number, offset));
            } else if number == 0 && generation == 65535 {
                parser.eat(b" f\r\n").or_else(|| parser.eat(b" f \n"))?;
            } else {
                return None;
            }
        }
        next_allowed = first + count;
    }
    Some(entries)
}

fn trailer<'a>(parser: &mut Parser<'a>) -> Option<Dict<'a>> {
    const KEYS: [&str; 5] = ["Size", "Root", "Info", "ID", "Prev"];
    let Object::Dict(trailer) = parser.object(0)? else { return None };
    let known = trailer.0.iter().all(|(key, _)| KEYS.contains(&&**key));
    let needed = trailer.get("Size").is_some() && trailer.get("Root").and_then(Object::reference).is_some();
    (known && needed).then_some(trailer)
}
