//! The profile of our seals: what the writer writes and the reader takes, in one place.

use jiff::Timestamp;

use super::timestamp::Token;

/// The signature handler that every reader of PDF knows.
pub(super) const FILTER: &str = "Adobe.PPKLite";

/// PAdES baseline (ETSI EN 319 142-1).
pub(super) const SUB_FILTER: &str = "ETSI.CAdES.detached";

/// Certificates and attributes of a seal take about this much beside the certificates themselves.
const ROOM: usize = 2048;

/// A timestamp takes so much at most.
const TIMESTAMP_ROOM: usize = 12 << 10;

/// The room that a seal leaves for its signature, in bytes. As the seal covers everything around that room, nobody can
/// put a timestamp into a seal that was made without, or take one out unnoticed.
pub(super) fn room(certificates: usize, with_timestamp: bool) -> usize {
    ROOM + certificates + if with_timestamp { TIMESTAMP_ROOM } else { 0 }
}

/// How far the sender's clock may be ahead of ours, in seconds.
pub(super) const CLOCK_SKEW: i64 = 600;

/// How long after the seal its timestamp may come, in seconds: a day.
const MOST_APART: i64 = 86_400;

/// The keys a signature dictionary of ours has.
pub(super) const SIGNATURE_KEYS: [&str; 8] =
    ["Type", "Filter", "SubFilter", "M", "Name", "Reference", "ByteRange", "Contents"];

/// The keys the seal's field has.
pub(super) const WIDGET_KEYS: [&str; 11] =
    ["Type", "Subtype", "FT", "T", "TU", "V", "Rect", "P", "F", "StructParent", "AP"];

/// Whether a timestamp was given when the seal says it was made, or within a day after it.
pub(super) fn is_near(claimed_at: Timestamp, token: &Token) -> bool {
    (-CLOCK_SKEW..=MOST_APART).contains(&(token.at.as_second() - claimed_at.as_second()))
}
