//! PDF objects: parsed strictly, written plainly. What is parsed borrows from the file.

use std::borrow::Cow;

/// The number of an object; generations other than 0 are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference(pub u32);

/// One PDF object.
#[derive(Debug, Clone, PartialEq)]
pub enum Object<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A real number, as written.
    Real(&'a str),
    /// A name without its slash.
    Name(Cow<'a, str>),
    /// A literal string, unescaped.
    Literal(Cow<'a, [u8]>),
    /// A hexadecimal string as written, with the byte offsets of `<` and of the byte after `>`.
    Hex {
        /// The digits as they stand in the file.
        digits: &'a [u8],
        /// Offset of `<`.
        start: usize,
        /// Offset of the byte after `>`.
        end: usize,
    },
    /// An array.
    Array(Vec<Self>),
    /// A dictionary.
    Dict(Dict<'a>),
    /// A reference to another object.
    Reference(Reference),
}

/// A dictionary, in the order of the file; no key stands in it twice.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dict<'a>(pub Vec<(Cow<'a, str>, Object<'a>)>);

impl<'a> Dict<'a> {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Object<'a>> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Sets a key, in place where it stands already.
    pub fn set(&mut self, key: &'a str, value: Object<'a>) {
        match self.0.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => *old = value,
            None => self.0.push((key.into(), value)),
        }
    }

    /// Whether the value of a key is a certain name.
    #[must_use]
    pub fn is(&self, key: &str, name: &str) -> bool {
        matches!(self.get(key), Some(Object::Name(found)) if found == name)
    }
}

impl<'a> Object<'a> {
    /// The dictionary, if it is one.
    #[must_use]
    pub fn dict(&self) -> Option<&Dict<'a>> {
        if let Self::Dict(dict) = self { Some(dict) } else { None }
    }

    /// The array, if it is one.
    #[must_use]
    pub fn array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The whole number, if it is one.
    #[must_use]
    pub fn integer(&self) -> Option<i64> {
        if let Self::Integer(number) = self { Some(*number) } else { None }
    }

    /// The reference, if it is one.
    #[must_use]
    pub fn reference(&self) -> Option<Reference> {
        if let Self::Reference(reference) = self { Some(*reference) } else { None }
    }

    /// A name.
    #[must_use]
    pub fn name(name: &'a str) -> Self {
        Self::Name(name.into())
    }

    /// A text string: ASCII as it is, anything else as UTF-16 with its mark.
    #[must_use]
    pub fn text(text: &'a str) -> Self {
        if text.is_ascii() {
            return Self::Literal(text.as_bytes().into());
        }
        let units = text.encode_utf16().flat_map(u16::to_be_bytes);
        Self::Literal([0xFE, 0xFF].into_iter().chain(units).collect())
    }
}

/// The most parts one object may have.
const PARTS: usize = 200_000;
/// The most keys one dictionary may have.
const KEYS: usize = 512;
/// How deep arrays and dictionaries may nest.
const DEPTH: usize = 24;

/// Reads objects from bytes. Every refusal is `None`: the caller knows what it was reading.
pub(super) struct Parser<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    /// How many parts have been read.
    parts: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, parts: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Moves past a word if it stands here.
    pub(super) fn eat(&mut self, word: &[u8]) -> Option<()> {
        let rest = self.bytes.get(self.at..)?;
        rest.starts_with(word).then(|| self.at += word.len())
    }

    pub(super) fn digits(&mut self) -> Option<u64> {
        let start = self.at;
        let mut number: u64 = 0;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            number = number.checked_mul(10)?.checked_add((digit - b'0').into())?;
            self.at += 1;
        }
        (self.at > start).then_some(number)
    }

    pub(super) fn object(&mut self, depth: usize) -> Option<Object<'a>> {
        self.parts += 1;
        if depth > DEPTH || self.parts > PARTS {
            return None;
        }
        self.skip_space();
        match self.peek()? {
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.dict(depth).map(Object::Dict),
            b'<' => self.hex(),
            b'[' => self.array(depth),
            b'(' => self.literal(),
            b'/' => self.name().map(|name| Object::Name(name.into())),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
            _ => self.keyword(),
        }
    }

    fn keyword(&mut self) -> Option<Object<'a>> {
        for (word, object) in
            [(&b"null"[..], Object::Null), (b"true", Object::Boolean(true)), (b"false", Object::Boolean(false))]
        {
            if self.eat(word).is_some() {
                return Some(object);
            }
        }
        None
    }

    fn name(&mut self) -> Option<&'a str> {
        self.eat(b"/")?;
        let start = self.at;
        // An escaped name could hide a key from one reader and show it to another. Only a slash, as in a media type,
        // has no other way to be written.
        loop {
            if self.eat(b"#2F").is_some() {
                continue;
            }
            match self.peek() {
                Some(byte) if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) => self.at += 1,
                _ => break,
            }
        }
        let name = std::str::from_utf8(self.bytes.get(start..self.at)?).ok()?;
        (!name.is_empty() && self.peek() != Some(b'#')).then_some(name)
    }

    fn dict(&mut self, depth: usize) -> Option<Dict<'a>> {
        self.eat(b"<<")?;
        let mut dict = Dict::default();
        loop {
            self.skip_space();
            if self.eat(b">>").is_some() {
                return is_each_once(&dict).then_some(dict);
            }
            let key = self.name()?;
            let value = self.object(depth + 1)?;
            if dict.0.len() >= KEYS {
                return None;
            }
            dict.0.push((key.into(), value));
        }
    }

    fn array(&mut self, depth: usize) -> Option<Object<'a>> {
        self.eat(b"[")?;
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.eat(b"]").is_some() {
                return Some(Object::Array(items));
            }
            items.push(self.object(depth + 1)?);
        }
    }

    fn hex(&mut self) -> Option<Object<'a>> {
        let start = self.at;
        self.eat(b"<")?;
        let length = self.bytes.get(self.at..)?.iter().position(|b| *b == b'>')?;
        let digits = self.bytes.get(self.at..self.at + length)?;
        self.at += length + 1;
        Some(Object::Hex { digits, start, end: self.at })
    }

    fn literal(&mut self) -> Option<Object<'a>> {
        self.eat(b"(")?;
        let start = self.at;
        let mut open = 1;
        // As it stands, as long as nothing in it is escaped.
        loop {
            match self.peek()? {
                b'\\' => return self.escaped(start, open),
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                let text = self.bytes.get(start..self.at)?;
                self.at += 1;
                return Some(Object::Literal(text.into()));
            }
            self.at += 1;
        }
    }

    /// The rest of a literal string that begins at a place and has an escape here, inside of so many brackets.
    fn escaped(&mut self, start: usize, mut open: usize) -> Option<Object<'a>> {
        let mut out = self.bytes.get(start..self.at)?.to_vec();
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'\\' => self.escape(&mut out)?,
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                return Some(Object::Literal(out.into()));
            }
            if byte != b'\\' {
                out.push(byte);
            }
        }
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Option<()> {
        let byte = self.peek()?;
        self.at += 1;
        let plain = match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'(' | b')' | b'\\' => byte,
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                u8::try_from(code).ok()?
            }
            _ => return None,
        };
        out.push(plain);
        Some(())
    }

    fn number(&mut self) -> Option<Object<'a>> {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit() || b"+-.".contains(&b)) {
            self.at += 1;
        }
        let text = std::str::from_utf8(self.bytes.get(start..self.at)?).ok()?;
        let Ok(number) = text.parse::<i64>() else {
            return text.parse::<f64>().ok().map(|_| Object::Real(text));
        };
        let after = self.at;
        // `12 0 R` is a reference.
        if self.eat(b" 0 R").is_some() && !self.peek().is_some_and(|b| b.is_ascii_alphanumeric()) {
            return u32::try_from(number).ok().map(|number| Object::Reference(Reference(number)));
        }
        self.at = after;
        Some(Object::Integer(number))
    }
}

/// Whether no key stands in a dictionary twice.
fn is_each_once(dict: &Dict<'_>) -> bool {
    /// With so few, looking at every pair is quickest.
    const FEW: usize = 16;
    let keys = dict.0.iter().map(|(key, _)| &**key);
    if dict.0.len() <= FEW {
        return keys.clone().enumerate().all(|(number, key)| keys.clone().take(number).all(|before| before != key));
    }
    let mut keys: Vec<&str> = keys.collect();
    keys.sort_unstable();
    keys.windows(2).all(|two| matches!(two, [one, next] if one != next))
}

/// Writes an object in its plainest form.
pub fn write(object: &Object<'_>, out: &mut Vec<u8>) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(true) => out.extend(b"true"),
        Object::Boolean(false) => out.extend(b"false"),
        Object::Integer(number) => out.extend(number.to_string().bytes()),
        Object::Real(text) => out.extend(text.bytes()),
        Object::Name(name) => out.extend(format!("/{name}").bytes()),
        Object::Literal(bytes) => write_literal(bytes, out),
        Object::Hex { digits, .. } => {
            out.push(b'<');
            out.extend(*digits);
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                write(item, out);
            }
            out.push(b']');
        }
        Object::Dict(dict) => {
            out.extend(b"<<");
            for (key, value) in &dict.0 {
                out.extend(format!("/{key} ").bytes());
                write(value, out);
            }
            out.extend(b">>");
        }
        Object::Reference(Reference(number)) => out.extend(format!("{number} 0 R").bytes()),
    }
}

fn write_literal(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'(');
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
            0x20..=0x7e => out.push(*byte),
            _ => out.extend(format!("\\{byte:03o}").bytes()),
        }
    }
    out.push(b')');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &[u8]) -> Option<Object<'_>> {
        let mut parser = Parser::new(text, 0);
        let object = parser.object(0)?;
        parser.skip_space();
        (parser.at == text.len()).then_some(object)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = b"<</A [1 -2 0.5 (a\\)b\\\\\\001) <00ff> 12 0 R]/B <</C true/D null>>>>";
        let object = parse(text).unwrap();
        let mut written = Vec::new();
        write(&object, &mut written);
        assert_eq!(written, text);
    }

    #[test]
    fn what_readers_could_read_differently_is_refused() {
        for wrong in
            [&b"<</A 1/A 2>>"[..], b"/A#42", b"<</A#42 1>>", b"(a", b"<00", b"[1", b"(\\q)", b"12 1 R", b"% x\n1"]
        {
            assert_eq!(parse(wrong), None, "{}", String::from_utf8_lossy(wrong));
        }
        assert_eq!(parse(&[b'['; 100]), None);
    }

    #[test]
    fn text_beyond_ascii_is_utf16() {
        assert_eq!(Object::text("é"), Object::Literal(vec![0xFE, 0xFF, 0, 0xE9].into()));
    }
}
