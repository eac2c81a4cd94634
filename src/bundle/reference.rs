//! Opaque references: the same for the same child and school, telling nothing without the school's secret.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::text::spoken_letters;

/// Makes references with a school's secret.
pub struct ReferenceMaker {
    secret: Zeroizing<[u8; 32]>,
}

impl ReferenceMaker {
    /// A maker with the secret of a signing identity.
    #[must_use]
    pub fn new(secret: Zeroizing<[u8; 32]>) -> Self {
        Self { secret }
    }

    /// The reference of one child: `K7Q2-9M3XA`, nine characters of 45 bits.
    #[must_use]
    pub fn child(&self, upn: &str) -> String {
        let text = self.make(b"child", &[upn.as_bytes()], 9);
        let (first, rest) = text.split_at(4);
        format!("{first}-{rest}")
    }

    /// The id of one transfer, which its sister bundles share. Each part is of another length or fixed in length, and
    /// its length is part of what is hashed.
    #[must_use]
    pub fn transfer(&self, parts: &[&[u8]]) -> String {
        self.make(b"transfer", parts, 8)
    }

    /// The name of one envelope, which tells nothing: of the manifest of the bundle in it, which names all else by digest.
    #[must_use]
    pub fn envelope(&self, manifest: &[u8]) -> String {
        self.make(b"envelope", &[manifest], 8)
    }

    fn make(&self, purpose: &[u8], parts: &[&[u8]], length: usize) -> String {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&*self.secret).expect("a key of 32 bytes fits HMAC");
        for part in std::iter::once(purpose).chain(parts.iter().copied()) {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part);
        }
        spoken_letters(&mac.finalize().into_bytes(), length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_stable_and_depend_on_the_secret() {
        let (one, two) = (ReferenceMaker::new(Zeroizing::new([1; 32])), ReferenceMaker::new(Zeroizing::new([2; 32])));
        let reference = one.child("G999200126001");
        assert_eq!((reference.len(), reference.find('-')), (10, Some(4)));
        assert_eq!(reference, one.child("G999200126001"));
        assert_ne!(reference, two.child("G999200126001"));
        assert_ne!(reference, one.child("W999200126002"));
        assert_ne!(one.transfer(&[b"ab", b"c"]), one.transfer(&[b"a", b"bc"]));
    }
}
