//! Whether an adult's words on what a child said make little of it or take it up.

use super::says_any;
use crate::record::VoiceEntry;

/// Words of adults that make little of what a child said.
const MAKES_LITTLE: [&str; 40] = [
    "typical",
    "imagination",
    "imaginative",
    "silly",
    "joking",
    "joke",
    "jokes",
    "tells tales",
    "telling tales",
    "stories",
    "a story",
    "dramatic",
    "attention",
    "cheeky",
    "growing up",
    "nothing in it",
    "proud of",
    "likes his own",
    "likes her own",
    "boys will",
    "sweet",
    "funny",
    "harmless",
    "no concern",
    "no concerns",
    "not to be taken",
    "melodrama",
    "random",
    "a game",
    "game",
    "film",
    "video",
    "youtube",
    "mixed up",
    "mature",
    "responsible",
    "phase",
    "exploring",
    "consistent with",
    "developmental",
];

/// Words of adults that take what a child said for more than it seems.
const TAKES_SERIOUSLY: [&str; 36] = [
    "worried",
    "worry",
    "worries",
    "worrying",
    "concern",
    "concerned",
    "concerning",
    "afraid",
    "fear",
    "fears",
    "frightened",
    "scared",
    "unsafe",
    "not safe",
    "at risk",
    "risk",
    "hurt",
    "harm",
    "harmed",
    "hides",
    "hiding",
    "shout",
    "shouting",
    "may mean",
    "might mean",
    "could mean",
    "may be",
    "might be",
    "could be",
    "seems to",
    "we think",
    "sign of",
    "misses",
    "grief",
    "lonely",
    "alone",
];

/// Who was told beside the adults at home.
const BEYOND_HOME: [&str; 11] = [
    "dsl",
    "safeguarding",
    "social worker",
    "children s services",
    "referred",
    "referral",
    "elsa",
    "nurse",
    "counsellor",
    "mash",
    "police",
];

/// What was done names somebody who was told or asked, or something that was begun.
const DONE: [&str; 20] = [
    "dsl",
    "safeguarding",
    "asked again",
    "talked",
    "spoke",
    "spoken",
    "told",
    "met",
    "meeting",
    "rang",
    "referred",
    "referral",
    "plan",
    "visit",
    "visited",
    "elsa",
    "nurse",
    "weekly",
    "daily",
    "logged and",
];

/// The words went back to the adults at home, who may be those they are about.
const TOLD_AT_HOME: [&str; 17] = [
    "told dad",
    "told mum",
    "told his dad",
    "told his mum",
    "told her dad",
    "told her mum",
    "told parents",
    "told the parents",
    "rang dad",
    "rang mum",
    "rang home",
    "rang parents",
    "spoke to dad",
    "spoke to mum",
    "dad told",
    "mum told",
    "parents told",
];

/// Whether adults did something about a child's words, or thought about them without making little of them. To pass them
/// on to the adults at home alone is no answer.
pub(in crate::check) fn is_taken_up(entry: &VoiceEntry) -> bool {
    let thought = [&entry.followed_up, &entry.adult_interpretation].into_iter().flatten();
    let mut thought = thought.map(String::as_str);
    if thought.clone().any(|words| says_any(words, &TOLD_AT_HOME))
        && !thought.any(|words| says_any(words, &BEYOND_HOME))
    {
        return false;
    }
    let done =
        entry.followed_up.as_deref().is_some_and(|words| says_any(words, &DONE) && !says_any(words, &MAKES_LITTLE));
    let thought = entry.adult_interpretation.as_deref();
    done || thought.is_some_and(|words| says_any(words, &TAKES_SERIOUSLY) && !says_any(words, &MAKES_LITTLE))
}
