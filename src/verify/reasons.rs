//! Every reason for which something is not accepted: what it means, how it comes about, what to do. A test compares the
//! list with the refusals in the source, and another has an attack for each.

/// What one reason code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// The stable code.
    pub code: &'static str,
    /// What was found.
    pub found: &'static str,
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

/// The reason of a code, in capitals or not.
#[must_use]
pub fn reason(code: &str) -> Option<&'static Reason> {
    REASONS.iter().find(|reason| reason.code.eq_ignore_ascii_case(code))
}

const fn new(code: &'static str, found: &'static str, why: &'static str, next: Next) -> Reason {
    Reason { code, found, why, next }
}

/// All of them, by family: F file, S field of the seal, D certification, B what is covered, A active content, C signature
/// data, K certificate, T time, I identity and completeness of a bundle, R typeset again, Z archive.
pub const REASONS: &[Reason] = &[
    new("F0", "Neither a pack nor a bundle", "Another file was sent, or the file was renamed.", Next::AskAgain),
    new(
        "F1",
        "Something stands before the pack's first byte",
        "A download or mail gateway added to it, or somebody hid another document in front.",
        Next::AskAgain,
    ),
    new(
        "F2",
        "Something stands after the seal, or the end is missing",
        "The download broke off, or something was saved into the file after it was sealed.",
        Next::AskAgain,
    ),
    new(
        "F3",
        "The table of contents is damaged or was added to",
        "A PDF program saved the file again, or a further revision shows other content: the classic attack on signed PDFs.",
        Next::Ring,
    ),
    new(
        "F4",
        "The trailer is not that of a pack",
        "The file was made or rewritten by another program.",
        Next::AskAgain,
    ),
    new(
        "F5",
        "A part of the file is damaged, or one part hides in another",
        "The file was damaged, or built so that two programs read it differently.",
        Next::AskAgain,
    ),
    new("F6", "The file is larger than any pack", "It was padded, or is another file.", Next::AskAgain),
    new(
        "F7",
        "Parts are packed in a form that packs do not use",
        "The file was rewritten by another program, or hides objects from simple readers.",
        Next::Ring,
    ),
    new("S1", "There is no seal", "A draft, a print or an export was sent instead of the sealed pack.", Next::AskAgain),
    new(
        "S2",
        "There is not exactly one seal of our form",
        "Somebody else's signature, none, or one that was rebuilt.",
        Next::Ring,
    ),
    new(
        "S3",
        "There is a second signature",
        "Somebody signed the pack again; the first seal forbids that.",
        Next::Ring,
    ),
    new(
        "S4",
        "There are fields beside the seal",
        "A form field was added, which can cover what is printed.",
        Next::Ring,
    ),
    new(
        "D1",
        "The seal does not forbid later changes",
        "The certification was weakened or points to another signature.",
        Next::Ring,
    ),
    new(
        "B1",
        "The seal does not cover the whole file",
        "Something was left outside what is signed: signature wrapping.",
        Next::Ring,
    ),
    new("B2", "The seal is not written in its one form", "It was written again by another program.", Next::Ring),
    new(
        "A1",
        "The file would do something when opened",
        "A script, a launch action or hidden layers were put in.",
        Next::Ring,
    ),
    new(
        "A2",
        "Two programs would find different attachments in the file",
        "A file was attached under the name of another.",
        Next::Ring,
    ),
    new("C0", "The signature is larger than any of ours", "It was padded to exhaust whoever reads it.", Next::Ring),
    new("C1", "The signature is damaged", "The file was damaged, or the signature was rebuilt.", Next::AskAgain),
    new("C2", "Something stands after the end of the signature", "Data were hidden behind it.", Next::Ring),
    new("C3", "There is not exactly one signer", "Signatures were merged.", Next::Ring),
    new("C4", "The signature is of another form than ours", "Another program made it.", Next::Ring),
    new(
        "C5",
        "Another digest than SHA-256, or statements that nobody signed",
        "A weaker signature was put in its place, or something was added to it.",
        Next::Ring,
    ),
    new(
        "C6",
        "The signed statements are not the four of our form",
        "Another program made it, or it was made for another purpose.",
        Next::Ring,
    ),
    new(
        "C7",
        "The certificates in the signature do not belong together",
        "A certificate was exchanged or added.",
        Next::Ring,
    ),
    new(
        "C8",
        "The content was changed after it was signed",
        "Something in the file is not what the school signed.",
        Next::Ring,
    ),
    new("C9", "The signature does not fit the signer's key", "It was made with another key.", Next::Ring),
    new(
        "C10",
        "The timestamp in the signature is not right",
        "It is damaged, was made for another signature, or by somebody who is no timestamp service.",
        Next::Ring,
    ),
    new(
        "K1",
        "The certificate is damaged, or has a condition that is not known here",
        "It was made by another program.",
        Next::Sender,
    ),
    new(
        "K2",
        "The certificate is not meant for signatures",
        "The school used a certificate for another purpose.",
        Next::Sender,
    ),
    new("K3", "The certificate is meant for another purpose", "For example that of a web server.", Next::Sender),
    new(
        "K4",
        "The certificate of an authority has signed",
        "Only a school or a person in it may sign packs.",
        Next::Sender,
    ),
    new(
        "K5",
        "The school is not confirmed yet",
        "Everything is in order but one thing: nobody here has made sure that this certificate is that school's.",
        Next::Confirm,
    ),
    new(
        "K6",
        "A school that you have confirmed signs with another key",
        "The school changed its key, or somebody signs in its name.",
        Next::Ring,
    ),
    new("K7", "The certificate was revoked", "Its key was lost, stolen or replaced.", Next::Ring),
    new(
        "K8",
        "The certificate has a name that could mislead",
        "Hidden or reordering characters stand in it.",
        Next::Ring,
    ),
    new(
        "K9",
        "The signer's role does not sign for these readers",
        "For example a SENCO's certificate on a safeguarding pack.",
        Next::Confirm,
    ),
    new(
        "K10",
        "The signer was confirmed for another time",
        "The confirmation has begun later, or run out.",
        Next::Confirm,
    ),
    new("T1", "The seal does not say when it was made", "It was rebuilt.", Next::Ring),
    new(
        "T2",
        "The seal was made outside the certificate's time",
        "The certificate had run out, or the sender's clock was wrong.",
        Next::Sender,
    ),
    new("T3", "The seal says it was made in the future", "The sender's clock is wrong, or yours.", Next::Sender),
    new(
        "T5",
        "The seal and its timestamp do not name the same time",
        "The sender's clock was wrong, or the seal was dated back.",
        Next::Ring,
    ),
    new(
        "T6",
        "The certificate has run out since, and nobody confirmed vouches for when it sealed",
        "The pack is old, or whoever found an old key has made it now. A certificate is valid for two years.",
        Next::Confirm,
    ),
    new("T4", "The certificate is not valid yet", "The sender's clock is wrong, or yours.", Next::Sender),
    new(
        "I1",
        "The school named is not the school that signed",
        "Packs of one school were put into another's bundle, or the list here has another number for it.",
        Next::Ring,
    ),
    new(
        "I2",
        "The bundle has no signed manifest",
        "Files were taken out, or it was made by another program.",
        Next::AskAgain,
    ),
    new("I3", "The manifest is not in its one form", "It was written by another program.", Next::Ring),
    new("I4", "A file is missing", "It was taken out, or the copy broke off.", Next::AskAgain),
    new("I5", "A file was changed", "It is not the one that the manifest lists.", Next::Ring),
    new("I6", "There is a file that the manifest does not list", "Something was put in.", Next::Ring),
    new("I7", "A pack is sealed by somebody else than the bundle", "Packs were exchanged.", Next::Ring),
    new("I8", "There is no pack in the bundle", "It was emptied, or made by another program.", Next::AskAgain),
    new(
        "I9",
        "The bundle is addressed to another school",
        "It was sent to the wrong school, or passed on. What is in it is not for you.",
        Next::Ring,
    ),
    new(
        "I11",
        "A pack is for other readers than its name says",
        "Packs were put into a bundle for a wider circle.",
        Next::Ring,
    ),
    new(
        "I10",
        "The second signature is not that of the person whom the manifest names",
        "A second signature was put in or exchanged, to look like somebody who stands behind the bundle.",
        Next::Ring,
    ),
    new(
        "I12",
        "The record beside a pack is not the record in it",
        "The two were exchanged, so that people and machines would read different things.",
        Next::Ring,
    ),
    new(
        "I13",
        "A pack or page of the bundle does not fit its manifest",
        "It is about another child, day or school than the manifest says, or the page to begin with was replaced.",
        Next::Ring,
    ),
    new(
        "R1",
        "The pages of a pack do not say what the record in it says",
        "Typeset again from the record in it, the pack comes out otherwise: somebody with the school's key made the pages by hand.",
        Next::Ring,
    ),
    new(
        "R2",
        "The pages could not be compared with the record",
        "The pack was made by another version of handover, or with templates of the school's own (`--templates` names them); or it is a cover letter, in which no record is.",
        Next::Version,
    ),
    new(
        "Z1",
        "The file is larger than any bundle",
        "It was padded, or unpacks into far more than it seems.",
        Next::Ring,
    ),
    new(
        "Z2",
        "A file name is one that no bundle has",
        "It would be written elsewhere, or looks like another.",
        Next::Ring,
    ),
    new(
        "Z3",
        "The archive is not in its one form",
        "It was packed again by another program, or built so that two programs unpack different files.",
        Next::AskAgain,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_once_and_is_explained() {
        for (number, reason) in REASONS.iter().enumerate() {
            assert!(REASONS[number + 1..].iter().all(|other| other.code != reason.code), "{}", reason.code);
            assert!(reason.why.ends_with('.') && !reason.found.ends_with('.'), "{}", reason.code);
        }
        assert_eq!(reason("c8").map(|reason| reason.code), Some("C8"));
    }
}
