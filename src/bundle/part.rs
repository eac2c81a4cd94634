//! A bundle that is too large for the way it goes: cut into parts, each of which travels in an envelope of its own and says
//! which one it is.

use super::spool::Spooled;

/// What a part begins with.
const MARK: &str = "handover-part 1";
/// So many parts a bundle has at most.
const MOST: usize = 99;

/// A part of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which one, from one.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// The SHA-256 of the whole bundle, in lower-case hexadecimal.
    pub whole: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Part {
    /// A part out of what was in an envelope; `None` where that is no part.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let end = bytes.iter().take(120).position(|byte| *byte == b'\n')?;
        let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
        let mut words = head.strip_prefix(MARK)?.strip_prefix(' ')?.split(' ');
        let (number, count, whole) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?, words.next()?);
        let is_digest = whole.len() == 64 && whole.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_one =
            (1..=count).contains(&number) && (2..=MOST).contains(&count) && is_digest && words.next().is_none();
        let part = Self { number, count, whole: whole.to_owned(), bytes: bytes.get(end + 1..)?.to_vec() };
        (is_one && part.head() == head).then_some(part)
    }

    /// What is put into an envelope.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        [self.head().as_bytes(), b"\n", &self.bytes].concat()
    }

    fn head(&self) -> String {
        format!("{MARK} {} {} {}", self.number, self.count, self.whole)
    }
}

/// A bundle in so many parts of nearly one size; none where that is no number of parts.
#[must_use]
pub fn split_into_parts(bundle: &[u8], count: usize) -> Vec<Part> {
    if !(2..=MOST).contains(&count) || bundle.len() < count {
        return Vec::new();
    }
    let whole = Spooled::of(bundle).sha256;
    let cut = |number: usize| bundle.len() * number / count;
    let part = |number: usize| {
        let bytes = bundle.get(cut(number - 1)..cut(number)).unwrap_or_default().to_vec();
        Part { number, count, whole: whole.clone(), bytes }
    };
    (1..=count).map(part).collect()
}

/// The bundle out of its parts, in any order; `None` where one is missing, or they do not make the bundle that each names.
#[must_use]
pub fn join_parts(parts: &[Part]) -> Option<Vec<u8>> {
    let first = parts.first()?;
    let part = |number: usize| {
        parts.iter().find(|part| part.number == number && part.count == first.count && part.whole == first.whole)
    };
    let found: Vec<&[u8]> =
        (1..=first.count).map(|number| part(number).map(|it| it.bytes.as_slice())).collect::<Option<_>>()?;
    let bundle = found.concat();
    (Spooled::of(&bundle).sha256 == first.whole).then_some(bundle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_the_bundle_again_in_any_order_and_nothing_else() {
        let bundle: Vec<u8> = (0..=255).cycle().take(10_007).collect();
        for count in [2, 3, 7, 99] {
            let mut parts: Vec<Part> =
                split_into_parts(&bundle, count).iter().map(|part| Part::of(&part.to_bytes()).unwrap()).collect();
            assert_eq!(parts.len(), count);
            parts.reverse();
            assert_eq!(join_parts(&parts).as_deref(), Some(&*bundle));
            let lost = parts.pop().unwrap();
            assert_eq!(join_parts(&parts), None);
            parts.push(Part { bytes: lost.bytes.iter().map(|byte| byte ^ 1).collect(), ..lost });
            assert_eq!(join_parts(&parts), None, "a part of something else");
        }
        assert!(split_into_parts(&bundle, 1).is_empty() && split_into_parts(&bundle, 100).is_empty());
    }

    #[test]
    fn only_what_says_in_one_way_that_it_is_a_part_is_one() {
        let digest = "a".repeat(64);
        for wrong in [
            "PK".to_owned(),
            format!("handover-part 1 0 2 {digest}\nx"),
            format!("handover-part 1 3 2 {digest}\nx"),
            format!("handover-part 1 1 1 {digest}\nx"),
            format!("handover-part 1 01 2 {digest}\nx"),
            format!("handover-part 1 1 2 {digest} x\nx"),
            format!("handover-part 2 1 2 {digest}\nx"),
            format!("handover-part 1 1 2 {digest}"),
        ] {
            assert_eq!(Part::of(wrong.as_bytes()), None, "{wrong}");
        }
        assert!(Part::of(format!("handover-part 1 1 2 {digest}\nx").as_bytes()).is_some());
    }
}
