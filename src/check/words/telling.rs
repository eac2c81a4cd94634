//! Words that tell what not everyone has to know: that a child is in care, that there is a conference, a refuge, a prison.

use super::Words;
use crate::circle::Audience;
use crate::record::TextKind;

/// A word or two that tell what not everyone has to know, and the words beside which they tell nothing.
pub(in crate::check) struct Telling {
    /// The words.
    pub(in crate::check) says: &'static [&'static str],
    /// In this very case: `PEP`, but not `pep`.
    exact: bool,
    unless: &'static [&'static [&'static str]],
    /// The narrowest circle beside the safeguarding lead to which it tells something: to it and all wider ones.
    pub(in crate::check) up_to: Audience,
}

/// A telling word, then what makes it harmless.
macro_rules! tells {
    ($($word:literal)+ $(, unless $($($harmless:literal)+);+)?) => {
        Telling { says: &[$($word),+], exact: false, unless: &[$($(&[$($harmless),+]),+)?], up_to: Audience::Senco }
    };
}

const JOBS_AND_PLAY: &[&[&str]] = &[
    &["police", "officer"],
    &["police", "officers"],
    &["police", "dog"],
    &["police", "dogs"],
    &["police", "car"],
    &["police", "cars"],
    &["police", "station"],
    &["police", "museum"],
    &["police", "cadets"],
    &["police", "talk"],
    &["be", "a", "police"],
    &["join", "the", "police"],
    &["in", "the", "police"],
    &["lego"],
    &["police", "helicopter"],
    &["police", "woman"],
    &["police", "man"],
    &["police", "horse"],
    &["police", "horses"],
    &["fire", "brigade"],
];

/// All of them; tested one by one.
pub(in crate::check) const TELLING: [Telling; 66] = [
    tells!("prison", unless "prison" "officer"; "azkaban"),
    Telling { says: &["police"], exact: false, unless: JOBS_AND_PLAY, up_to: Audience::Senco },
    tells!("custody"),
    tells!("probation"),
    tells!("jail"),
    tells!("arrested"),
    tells!("bail"),
    tells!("social" "worker"),
    tells!("social" "workers"),
    tells!("social" "care"),
    tells!("social" "services"),
    tells!("children" "s" "services"),
    tells!("child" "protection"),
    tells!("child" "in" "need"),
    tells!("core" "group"),
    tells!("case" "conference"),
    tells!("conference", unless "video" "conference"; "conference" "call"; "conference" "league"; "parents" "conference"; "press" "conference"),
    tells!("strategy" "meeting"),
    tells!("section" "47"),
    tells!("section" "17"),
    tells!("section" "20"),
    tells!("marac"),
    tells!("operation" "encompass"),
    tells!("encompass"),
    tells!("foster"),
    tells!("fostered"),
    tells!("fostering"),
    tells!("adopted", unless "adopted" "a"; "adopted" "an"; "adopted" "our"; "dog"; "cat"; "donkey"; "tiger"),
    tells!("adoption"),
    tells!("birth" "mother", unless "after" "the" "birth"; "since" "the" "birth"),
    tells!("birth" "father"),
    tells!("birth" "parents"),
    tells!("special" "guardianship"),
    tells!("guardianship"),
    tells!("kinship"),
    tells!("looked" "after" "child"),
    tells!("children" "in" "care"),
    tells!("in" "care"),
    tells!("care" "order"),
    tells!("virtual" "school"),
    Telling { says: &["PEP"], exact: true, unless: &[&["talk"], &["rally"]], up_to: Audience::Senco },
    Telling { says: &["LAC"], exact: true, unless: &[], up_to: Audience::Senco },
    Telling { says: &["CIN"], exact: true, unless: &[], up_to: Audience::Senco },
    tells!("carer", unless "young" "carer"; "parent" "or" "carer"; "parents" "or" "carer"; "parent" "and" "carer"; "parent" "carer"; "mother" "or" "carer"),
    tells!("carers", unless "young" "carers"; "parents" "or" "carers"; "parents" "and" "carers"; "parents" "carers"; "parent" "or" "carers"; "all" "carers"),
    tells!("supervised" "contact"),
    tells!("contact" "centre"),
    tells!("court" "order"),
    tells!("family" "court"),
    tells!("injunction"),
    tells!("non" "molestation"),
    tells!("refuge", unless "animal"; "wildlife"; "donkey"; "bird"; "cat"; "dog"; "horse"; "mountain"; "hedgehog"; "owl"; "nature"; "wildfowl"),
    tells!("women" "s" "aid"),
    tells!("domestic" "abuse"),
    tells!("domestic" "violence"),
    tells!("neglect"),
    tells!("abuse", unless "abuse" "of" "the" "rules"),
    tells!("abused"),
    tells!("suicide"),
    tells!("self" "harm", unless "self" "harming" "game"),
    tells!("overdose"),
    tells!("drugs", unless "drugs" "education"; "drugs" "talk"),
    tells!("drunk"),
    tells!("homeless", unless "for" "the" "homeless"; "homeless" "shelter" "collection"; "help" "the" "homeless"),
    tells!("exploitation"),
    Telling { says: &["young", "carer"], exact: false, unless: &[], up_to: Audience::AllStaff },
];

impl Telling {
    pub(in crate::check) fn is_in(&self, words: &Words<'_>) -> bool {
        let said = match (self.exact, self.says) {
            (true, [word]) => words.have(word),
            _ => words.say(self.says),
        };
        said && !self.unless.iter().any(|harmless| words.say(harmless))
    }
}

impl Telling {
    /// Whether it is about being adopted or looked after, as `care` tells.
    pub(in crate::check) fn is_about_care(&self) -> bool {
        const CARE: [&str; 14] = [
            "foster",
            "fostered",
            "fostering",
            "adopted",
            "adoption",
            "birth",
            "special",
            "guardianship",
            "kinship",
            "looked",
            "virtual",
            "PEP",
            "LAC",
            "carer",
        ];
        self.says.first().is_some_and(|word| CARE.contains(word))
    }
}

/// Whether a text tells something that not everyone has to know.
pub(in crate::check) fn is_telling(words: &Words<'_>) -> bool {
    TELLING.iter().any(|telling| telling.is_in(words))
}

/// Whether a text is the child's exact words or choice, which go where the child agreed, or what a post is called.
pub(in crate::check) fn is_exact(kind: Option<TextKind>) -> bool {
    matches!(kind, Some(TextKind::Exact | TextKind::Translation | TextKind::Post))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_telling_word_is_found_in_a_sentence() {
        for telling in &TELLING {
            let text = format!("On Mondays {} comes up at noon", telling.says.join(" "));
            assert!(is_telling(&Words::of(&text)), "{text}");
        }
    }

    #[test]
    fn words_that_only_sound_alike_tell_nothing() {
        for text in [
            "To be a police officer like my aunt",
            "Our animal refuge",
            "Parents or carers came to the June evening",
            "We adopted a donkey",
            "Helps with pep in her step",
            "Plays on the tennis court",
            "Collects for the homeless",
            "Cares for others and takes care",
        ] {
            assert!(!is_telling(&Words::of(text)), "{text}");
        }
    }
}
