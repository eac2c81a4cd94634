//! Reason codes: every reason for which a file or signature is not accepted, once.

use std::fmt;

/// What a reason is about; the letter that its code begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// F: the file as a whole.
    File,
    /// S: the field of the seal.
    SealField,
    /// D: certification against later changes.
    Certification,
    /// B: what the seal covers.
    Coverage,
    /// A: active content.
    ActiveContent,
    /// C: signature data.
    Signature,
    /// K: the signer's certificate.
    Certificate,
    /// T: time.
    Time,
    /// I: identity and completeness of a bundle.
    Bundle,
    /// R: pages typeset again.
    Rerender,
    /// Z: the archive.
    Archive,
}

/// The enum of the codes, and what stands beside each: family, what was found, and the standard's term.
macro_rules! reason_codes {
    ($($code:ident $family:ident $words:literal $($term:ident)?;)*) => {
        /// A reason for which a file or signature is not accepted. The codes are stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ReasonCode {
            $(#[doc = $words] $code,)*
        }

        impl ReasonCode {
            /// All codes, family by family.
            pub const ALL: &[Self] = &[$(Self::$code),*];

            /// The code as it is written: `C8`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$code => stringify!($code)),* }
            }

            /// What it is about.
            #[must_use]
            pub const fn family(self) -> Family {
                match self { $(Self::$code => Family::$family),* }
            }

            /// What was found, in a few words.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$code => $words),* }
            }

            /// The nearest subindication of ETSI EN 319 102-1, where that standard knows of such a thing.
            #[must_use]
            pub const fn ades_subindication(self) -> Option<&'static str> {
                match self { $(Self::$code => reason_codes!(@term $($term)?)),* }
            }
        }
    };
    (@term) => { None };
    (@term $term:ident) => { Some(stringify!($term)) };
}

reason_codes! {
    F0 File "Neither a pack nor a bundle" FORMAT_FAILURE;
    F1 File "Something stands before the pack's first byte" FORMAT_FAILURE;
    F2 File "Something stands after the seal, or the end is missing" FORMAT_FAILURE;
    F3 File "The table of contents is damaged or was added to" FORMAT_FAILURE;
    F4 File "The trailer is not that of a pack" FORMAT_FAILURE;
    F5 File "A part of the file is damaged, or one part hides in another" FORMAT_FAILURE;
    F6 File "The file is larger than any pack" FORMAT_FAILURE;
    F7 File "Parts are packed in a form that packs do not use" FORMAT_FAILURE;
    S1 SealField "There is no seal";
    S2 SealField "There is not exactly one seal of our form" FORMAT_FAILURE;
    S3 SealField "There is a second signature" SIG_CONSTRAINTS_FAILURE;
    S4 SealField "There are fields beside the seal" SIG_CONSTRAINTS_FAILURE;
    D1 Certification "The seal does not forbid later changes" SIG_CONSTRAINTS_FAILURE;
    B1 Coverage "The seal does not cover the whole file" FORMAT_FAILURE;
    B2 Coverage "The seal is not written in its one form" FORMAT_FAILURE;
    A1 ActiveContent "The file would do something when opened";
    A2 ActiveContent "Two programs would find different attachments in the file";
    C0 Signature "The signature is larger than any of ours" FORMAT_FAILURE;
    C1 Signature "The signature is damaged" FORMAT_FAILURE;
    C2 Signature "Something stands after the end of the signature" FORMAT_FAILURE;
    C3 Signature "There is not exactly one signer" FORMAT_FAILURE;
    C4 Signature "The signature is of another form than ours" FORMAT_FAILURE;
    C5 Signature "Another digest than SHA-256, or statements that nobody signed" SIG_CONSTRAINTS_FAILURE;
    C6 Signature "The signed statements are not the four of our form" SIG_CONSTRAINTS_FAILURE;
    C7 Signature "The certificates in the signature do not belong together" NO_SIGNING_CERTIFICATE_FOUND;
    C8 Signature "The content was changed after it was signed" HASH_FAILURE;
    C9 Signature "The signature does not fit the signer's key" SIG_CRYPTO_FAILURE;
    C10 Signature "The timestamp in the signature is not right";
    K1 Certificate "The certificate is damaged, or has a condition that is not known here" CHAIN_CONSTRAINTS_FAILURE;
    K2 Certificate "The certificate is not meant for signatures" CHAIN_CONSTRAINTS_FAILURE;
    K3 Certificate "The certificate is meant for another purpose" CHAIN_CONSTRAINTS_FAILURE;
    K4 Certificate "The certificate of an authority has signed" CHAIN_CONSTRAINTS_FAILURE;
    K5 Certificate "The school is not confirmed yet" NO_CERTIFICATE_CHAIN_FOUND;
    K6 Certificate "A school that you have confirmed signs with another key" NO_CERTIFICATE_CHAIN_FOUND;
    K7 Certificate "The certificate was revoked" REVOKED;
    K8 Certificate "The certificate has a name that could mislead" CHAIN_CONSTRAINTS_FAILURE;
    K9 Certificate "The signer's role does not sign for these readers" SIG_CONSTRAINTS_FAILURE;
    K10 Certificate "The signer was confirmed for another time" NO_CERTIFICATE_CHAIN_FOUND;
    T1 Time "The seal does not say when it was made" FORMAT_FAILURE;
    T2 Time "The seal was made outside the certificate's time";
    T3 Time "The seal says it was made in the future";
    T4 Time "The certificate is not valid yet" NOT_YET_VALID;
    T5 Time "The seal and its timestamp do not name the same time" TIMESTAMP_ORDER_FAILURE;
    T6 Time "The certificate has run out since, and nobody confirmed vouches for when it sealed" OUT_OF_BOUNDS_NO_POE;
    I1 Bundle "The school named is not the school that signed";
    I2 Bundle "The bundle has no signed manifest";
    I3 Bundle "The manifest is not in its one form" FORMAT_FAILURE;
    I4 Bundle "A file is missing" SIGNED_DATA_NOT_FOUND;
    I5 Bundle "A file was changed" HASH_FAILURE;
    I6 Bundle "There is a file that the manifest does not list";
    I7 Bundle "A pack is sealed by somebody else than the bundle";
    I8 Bundle "There is no pack in the bundle";
    I9 Bundle "The bundle is addressed to another school";
    I10 Bundle "The second signature is not that of the person whom the manifest names";
    I11 Bundle "A pack is for other readers than its name says";
    I12 Bundle "The record beside a pack is not the record in it";
    I13 Bundle "A pack or page of the bundle does not fit its manifest";
    R1 Rerender "The pages of a pack do not say what the record in it says";
    R2 Rerender "The pages could not be compared with the record";
    Z1 Archive "The file is larger than any bundle" FORMAT_FAILURE;
    Z2 Archive "A file name is one that no bundle has" FORMAT_FAILURE;
    Z3 Archive "The archive is not in its one form" FORMAT_FAILURE;
}

impl fmt::Display for ReasonCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_by_family_and_number() {
        let key = |code: &ReasonCode| (code.family(), code.as_str()[1..].parse::<u32>().unwrap());
        assert!(ReasonCode::ALL.is_sorted_by_key(key));
        let letter = |code: &ReasonCode| (code.family(), code.as_str().chars().next());
        let letters: std::collections::BTreeSet<_> = ReasonCode::ALL.iter().map(letter).collect();
        let families: std::collections::BTreeSet<_> = ReasonCode::ALL.iter().map(|code| code.family()).collect();
        assert_eq!(letters.len(), families.len());
        assert!(ReasonCode::ALL.iter().all(|code| !code.words().ends_with('.')));
    }
}
