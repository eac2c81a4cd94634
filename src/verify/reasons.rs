//! What every reason code means: how it comes about, what to do. A test has an attack for each.

use crate::sign::ReasonCode;

/// What one reason code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// The stable code; it says what was found.
    pub code: ReasonCode,
    /// How it comes about, harmlessly or not.
    pub why: &'static str,
    /// Who should do what.
    pub next: Next,
}

/// What to do about a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// The file is no good: it has to be sent again.
    AskAgain,
    /// Somebody may be forging: ring before anything else.
    Ring,
    /// The sender has to change something about the certificate.
    Sender,
    /// The receiver has to confirm, or to look at the own list.
    Confirm,
    /// Another version of the program is needed.
    Version,
}

impl Next {
    /// The advice in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::AskAgain => {
                "Keep the file as it is and do not use it. Ring the sending school and ask for it to be sent again."
            }
            Self::Ring => {
                "Do not use the file, and do not answer the message it came with. Ring the sending school on the number that Get Information about Schools gives, and tell your IT lead."
            }
            Self::Sender => {
                "Ring the sending school: it needs another certificate (`handover identity new`), and has to make the packs again."
            }
            Self::Version => {
                "Run `handover verify` without `--rerender` for everything else, or take the version that the manifest names as `made_by`."
            }
            Self::Confirm => {
                "Look at `handover trust list`, and ring the sending school on the number that Get Information about Schools gives."
            }
        }
    }
}

impl Reason {
    /// What a code means.
    #[must_use]
    pub fn of(code: ReasonCode) -> Self {
        #[expect(clippy::expect_used, reason = "the table has every code; a unit test looks")]
        let found = EXPLAINED.iter().find(|(known, ..)| *known == code).expect("every code is explained");
        let (code, why, next) = *found;
        Self { code, why, next }
    }
}

/// The reason of a code, in capitals or not.
#[must_use]
pub fn reason(code: &str) -> Option<Reason> {
    ReasonCode::ALL.iter().find(|known| known.as_str().eq_ignore_ascii_case(code)).map(|code| Reason::of(*code))
}

/// How each reason comes about, and what to do, in the order of the codes.
const EXPLAINED: [(ReasonCode, &str, Next); 62] = {
    use ReasonCode as R;
    [
        (R::F0, "Another file was sent, or the file was renamed.", Next::AskAgain),
        (R::F1, "A download or mail gateway added to it, or somebody hid another document in front.", Next::AskAgain),
        (R::F2, "The download broke off, or something was saved into the file after it was sealed.", Next::AskAgain),
        (
            R::F3,
            "A PDF program saved the file again, or a further revision shows other content: the classic attack on signed PDFs.",
            Next::Ring,
        ),
        (R::F4, "The file was made or rewritten by another program.", Next::AskAgain),
        (R::F5, "The file was damaged, or built so that two programs read it differently.", Next::AskAgain),
        (R::F6, "It was padded, or is another file.", Next::AskAgain),
        (R::F7, "The file was rewritten by another program, or hides objects from simple readers.", Next::Ring),
        (R::S1, "A draft, a print or an export was sent instead of the sealed pack.", Next::AskAgain),
        (R::S2, "Somebody else's signature, none, or one that was rebuilt.", Next::Ring),
        (R::S3, "Somebody signed the pack again; the first seal forbids that.", Next::Ring),
        (R::S4, "A form field was added, which can cover what is printed.", Next::Ring),
        (R::D1, "The certification was weakened or points to another signature.", Next::Ring),
        (R::B1, "Something was left outside what is signed: signature wrapping.", Next::Ring),
        (R::B2, "It was written again by another program.", Next::Ring),
        (R::A1, "A script, a launch action or hidden layers were put in.", Next::Ring),
        (R::A2, "A file was attached under the name of another.", Next::Ring),
        (R::C0, "It was padded to exhaust whoever reads it.", Next::Ring),
        (R::C1, "The file was damaged, or the signature was rebuilt.", Next::AskAgain),
        (R::C2, "Data were hidden behind it.", Next::Ring),
        (R::C3, "Signatures were merged.", Next::Ring),
        (R::C4, "Another program made it.", Next::Ring),
        (R::C5, "A weaker signature was put in its place, or something was added to it.", Next::Ring),
        (R::C6, "Another program made it, or it was made for another purpose.", Next::Ring),
        (R::C7, "A certificate was exchanged or added.", Next::Ring),
        (R::C8, "Something in the file is not what the school signed.", Next::Ring),
        (R::C9, "It was made with another key.", Next::Ring),
        (
            R::C10,
            "It is damaged, was made for another signature, or by somebody who is no timestamp service.",
            Next::Ring,
        ),
        (R::K1, "It was made by another program.", Next::Sender),
        (R::K2, "The school used a certificate for another purpose.", Next::Sender),
        (R::K3, "For example that of a web server.", Next::Sender),
        (R::K4, "Only a school or a person in it may sign packs.", Next::Sender),
        (
            R::K5,
            "Everything is in order but one thing: nobody here has made sure that this certificate is that school's.",
            Next::Confirm,
        ),
        (R::K6, "The school changed its key, or somebody signs in its name.", Next::Ring),
        (R::K7, "Its key was lost, stolen or replaced.", Next::Ring),
        (R::K8, "Hidden or reordering characters stand in it.", Next::Ring),
        (R::K9, "For example a SENCO's certificate on a safeguarding pack.", Next::Confirm),
        (R::K10, "The confirmation has begun later, or run out.", Next::Confirm),
        (R::T1, "It was rebuilt.", Next::Ring),
        (R::T2, "The certificate had run out, or the sender's clock was wrong.", Next::Sender),
        (R::T3, "The sender's clock is wrong, or yours.", Next::Sender),
        (R::T4, "The sender's clock is wrong, or yours.", Next::Sender),
        (R::T5, "The sender's clock was wrong, or the seal was dated back.", Next::Ring),
        (
            R::T6,
            "The pack is old, or whoever found an old key has made it now. A certificate is valid for two years.",
            Next::Confirm,
        ),
        (
            R::I1,
            "Packs of one school were put into another's bundle, or the list here has another number for it.",
            Next::Ring,
        ),
        (R::I2, "Files were taken out, or it was made by another program.", Next::AskAgain),
        (R::I3, "It was written by another program.", Next::Ring),
        (R::I4, "It was taken out, or the copy broke off.", Next::AskAgain),
        (R::I5, "It is not the one that the manifest lists.", Next::Ring),
        (R::I6, "Something was put in.", Next::Ring),
        (R::I7, "Packs were exchanged.", Next::Ring),
        (R::I8, "It was emptied, or made by another program.", Next::AskAgain),
        (R::I9, "It was sent to the wrong school, or passed on. What is in it is not for you.", Next::Ring),
        (
            R::I10,
            "A second signature was put in or exchanged, to look like somebody who stands behind the bundle.",
            Next::Ring,
        ),
        (R::I11, "Packs were put into a bundle for a wider circle.", Next::Ring),
        (R::I12, "The two were exchanged, so that people and machines would read different things.", Next::Ring),
        (
            R::I13,
            "It is about another child, day or school than the manifest says, or the page to begin with was replaced.",
            Next::Ring,
        ),
        (
            R::R1,
            "Typeset again from the record in it, the pack comes out otherwise: somebody with the school's key made the pages by hand.",
            Next::Ring,
        ),
        (
            R::R2,
            "The pack was made by another version of handover, or with templates of the school's own (`--templates` names them); or it is a cover letter, in which no record is.",
            Next::Version,
        ),
        (R::Z1, "It was padded, or unpacks into far more than it seems.", Next::Ring),
        (R::Z2, "It would be written elsewhere, or looks like another.", Next::Ring),
        (
            R::Z3,
            "It was packed again by another program, or built so that two programs unpack different files.",
            Next::AskAgain,
        ),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_and_found_by_its_name() {
        for code in ReasonCode::ALL {
            assert!(Reason::of(*code).why.ends_with('.'), "{code}");
            assert_eq!(reason(&code.as_str().to_lowercase()).map(|reason| reason.code), Some(*code));
        }
    }
}
