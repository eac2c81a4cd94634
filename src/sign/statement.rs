//! Something signed that a person can read and this program can prove: one text file, which may go through a mail.

use std::error::Error;
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::certificate::Certificate;
use super::cms::{read_detached, sign_detached};
use super::identity::Identity;
use super::refusal::Refusal;
use crate::text::{from_hex, hex, json_lines, strikes_out};

/// So many characters stand in a line of the part that machines read.
const WIDTH: usize = 76;
/// What stands before any statement, and after it, up to its name.
const BEGIN: &str = "-----BEGIN HANDOVER ";
const END: &str = "-----END HANDOVER ";
/// What ends such a line.
const DASHES: &str = "-----";
/// What stands between data and signature.
const MIDDLE: &str = "-----SIGNATURE-----";

/// What can be signed as a text: a receipt, a recall, a card.
pub trait Statement: Serialize + DeserializeOwned {
    /// What it is called: `receipt`.
    const NAME: &'static str;

    /// For people, in lines.
    fn words(&self) -> String;

    /// Whether each part has the form it should have, so that nothing in it draws lines of its own.
    fn is_sound(&self) -> bool;
}

/// A statement whose signature is right; whether its signer may say it is for whoever knows the signer.
#[derive(Debug)]
pub struct Stated<T> {
    /// What was said.
    pub said: T,
    /// The signer's certificate.
    pub certificate: Certificate,
}

/// Why a text is no such statement.
#[derive(Debug)]
pub enum StatementError {
    /// It has not the form of one; what it should be.
    Form(&'static str),
    /// What a person reads in it is not what was signed.
    Words,
    /// The signature is not right.
    Signature(Refusal),
}

impl fmt::Display for StatementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(name) => write!(f, "it is no {name} of this program"),
            Self::Words => f.write_str("what stands in it for people is not what was signed"),
            Self::Signature(refusal) => refusal.fmt(f),
        }
    }
}

impl Error for StatementError {}

/// The lines around the part that machines read.
fn marks<T: Statement>() -> [String; 2] {
    [BEGIN, END].map(|mark| format!("{mark}{}{DASHES}", T::NAME.to_uppercase()))
}

/// Whether a text holds a statement of a kind, right or not.
#[must_use]
pub fn holds_statement<T: Statement>(text: &str) -> bool {
    let [begin, _] = marks::<T>();
    text.contains(&begin)
}

/// The statements of any kind in a text, right or not, each with the words before it.
#[must_use]
pub fn statements_in(text: &str) -> Vec<&str> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some(begin) = rest.find(BEGIN) {
        let end = rest.get(begin..).and_then(|from| Some(begin + from.find(END)?));
        let cut = end.and_then(|end| Some(end + rest.get(end + END.len()..)?.find(DASHES)? + END.len() + DASHES.len()));
        let cut = cut.unwrap_or(rest.len());
        found.extend(rest.get(..cut));
        rest = rest.get(cut..).unwrap_or_default();
    }
    found
}

/// A statement as a text, signed; nothing where it is not sound or the key refuses.
#[must_use]
pub fn sign_statement<T: Statement>(said: &T, identity: &Identity) -> Option<String> {
    let bytes = json_lines(said).ok().filter(|_| said.is_sound())?;
    let signature = sign_detached(identity, &bytes)?;
    let lines = |bytes: &[u8]| {
        let text = hex(bytes);
        let lines: Vec<&str> =
            (0..text.len()).step_by(WIDTH).filter_map(|at| text.get(at..(at + WIDTH).min(text.len()))).collect();
        lines.join("\n")
    };
    let [begin, end] = marks::<T>();
    Some(format!("{}\n{begin}\n{}\n{MIDDLE}\n{}\n{end}\n", said.words(), lines(&bytes), lines(&signature)))
}

/// A statement out of a text, which may have gone through a mail: lines may end in another way, and text may stand around
/// it.
///
/// # Errors
/// [`StatementError`].
pub fn read_statement<T: Statement>(text: &str) -> Result<Stated<T>, StatementError> {
    let form = || StatementError::Form(T::NAME);
    let [begin, end] = marks::<T>();
    let (words, rest) = text.split_once(&begin).ok_or_else(form)?;
    let (data, rest) = rest.split_once(MIDDLE).ok_or_else(form)?;
    let (signature, _) = rest.split_once(&end).ok_or_else(form)?;
    let bytes = of_lines(data).ok_or_else(form)?;
    let signature = of_lines(signature).ok_or_else(form)?;
    let signed = read_detached(&signature, &bytes, false).map_err(StatementError::Signature)?;
    let said: T = serde_json::from_slice(&bytes).map_err(|_error| form())?;
    if !said.is_sound() || json_lines(&said).ok().as_deref() != Some(bytes.as_slice()) {
        return Err(form());
    }
    // A mail may break and mark lines; letters it leaves alone.
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let wanted = letters(&said.words());
    if !letters(words).ends_with(&wanted) || is_overdrawn(words, wanted.chars().count()) {
        return Err(StatementError::Words);
    }
    Ok(Stated { said, certificate: signed.certificate })
}

/// Whether something is drawn over the last so many letters of a text, turned round, or spelt between them with flags: then a
/// person reads something else than stands there.
fn is_overdrawn(words: &str, letters: usize) -> bool {
    let mut left = letters;
    let part = words.chars().rev().take_while(|c| {
        left -= usize::from(left > 0 && c.is_alphanumeric());
        left > 0
    });
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{1f1e6}'..='\u{1f1ff}');
    part.into_iter().any(|c| strikes_out(c) || turns(c))
}

/// Who has signed a statement of any kind, if the signature is right; `None` for a text in which there is none.
#[must_use]
pub fn statement_signer(text: &str) -> Option<Certificate> {
    let (_, rest) = text.split_once(BEGIN)?;
    let (_, rest) = rest.split_once(DASHES)?;
    let (data, rest) = rest.split_once(MIDDLE)?;
    let (signature, _) = rest.split_once(END)?;
    let signed = read_detached(&of_lines(signature)?, &of_lines(data)?, false).ok()?;
    Some(signed.certificate)
}

/// Bytes out of hexadecimal, whatever white space or mark of a quotation stands between its lines.
fn of_lines(text: &str) -> Option<Vec<u8>> {
    from_hex(&text.replace(|c: char| c.is_ascii_whitespace() || c == '>', ""))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use zeroize::Zeroizing;

    use super::*;
    use crate::school::{SchoolName, Urn};

    #[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Note {
        line: String,
    }

    impl Statement for Note {
        const NAME: &'static str = "note";

        fn words(&self) -> String {
            format!("It says: {}\n", self.line)
        }

        fn is_sound(&self) -> bool {
            !self.line.contains('\n')
        }
    }

    fn identity() -> Identity {
        let school = SchoolName::parse("Fellview Junior School").unwrap();
        let random = Zeroizing::new([7; 80]);
        let from = "2026-07-10T09:30:00Z".parse().unwrap();
        Identity::generate(&school, &Urn::parse("999201").unwrap(), from, &random).unwrap()
    }

    #[test]
    fn a_statement_comes_through_a_mail_and_no_letter_of_it_can_be_another() {
        let note = Note { line: "All is well".to_owned() };
        let text = sign_statement(&note, &identity()).unwrap();
        assert_eq!(read_statement::<Note>(&text).unwrap().said, note);
        let mail = format!("Dear all,\r\n\r\n{}", text.lines().map(|line| format!("> {line}\r\n")).collect::<String>());
        assert_eq!(read_statement::<Note>(&mail).unwrap().said, note);
        assert!(holds_statement::<Note>(&mail));
        assert_eq!(statement_signer(&mail).unwrap().der(), identity().certificate().der());
        for (at, letter) in text.char_indices().filter(|(_, letter)| letter.is_alphanumeric()) {
            let other = if letter == '0' { '1' } else { '0' };
            let mut changed = text.clone();
            changed.replace_range(at..at + letter.len_utf8(), &other.to_string());
            assert!(read_statement::<Note>(&changed).is_err(), "{at}");
        }
        for over in ["\u{336}", "\u{202e}", "\u{1f1f3}\u{1f1f4}"] {
            let drawn = text.replacen("well", &format!("w{over}ell"), 1);
            assert!(matches!(read_statement::<Note>(&drawn), Err(StatementError::Words)), "{over:?}");
        }
        assert!(matches!(read_statement::<Note>("nothing"), Err(StatementError::Form("note"))));
        assert_eq!(sign_statement(&Note { line: "two\nlines".to_owned() }, &identity()), None);
    }
}
