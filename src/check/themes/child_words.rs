//! The child's own words: in the first person, where the child agreed, and set beside what adults say.
use crate::check::context::Context;
use crate::check::facts::fact::Fact;
use crate::check::facts::weighed::{is_cited, is_weighed};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::phrase::{NONE, Phrase, phrases};
use crate::check::words::taken_up::is_taken_up;
use crate::check::words::{Words, fold, has_words};
use crate::circle::Audience;
use crate::problem::Severity::Warning;
use crate::record::{Profile, Risk, RiskKind, Voice, VoiceEntry, Worry, blank};

/// Some words of a child.
struct Said {
    /// What they may tell of, in a message that does not repeat them.
    about: &'static str,
    phrase: Phrase,
    /// Risks that answer them.
    answered_by: &'static [RiskKind],
}

/// What a child says that an adult has to think about. Figures of speech and games are left out as far as they go.
const TELLING: &[Said] = &[
    Said {
        about: "being hit or hurt",
        phrase: Phrase {
            says: phrases![
                "hits" "me", "hit" "me", "hitting" "me", "hurts" "me", "hurt" "me", "when" "it" "hurts", "not" "making" "a" "noise", "hurting" "me", "kicks" "me", "kicked" "me",
                "smacks" "me", "smacked" "me", "slaps" "me", "slapped" "me", "punched" "me", "punches" "me", "grabs" "me",
                "grabbed" "me", "pushes" "me", "throws" "things", "belt", "locks" "me", "locked" "me", "chokes" "me", "choked", "strangled"
            ],
            with: NONE,
            unless: phrases!["my" "brother", "my" "sister", "my" "cousin", "my" "little", "her" "paw", "his" "paw", "teddy", "balloon", "lightsaber", "pillow", "both" "laugh", "xbox", "out" "of" "the", "of" "fun", "in" "football", "in" "rugby", "in" "pe", "ball", "seat" "belt", "when" "it" "hurts" "my" "knee", "knee" "hurts", "wobbly" "tooth", "the" "ball" "hit" "me", "black" "belt", "karate", "judo", "in" "the" "game", "minecraft", "fortnite"],
        },
        answered_by: &[RiskKind::PhysicalAbuse, RiskKind::DomesticAbuse, RiskKind::Bullying],
    },
    Said {
        about: "fear at home, or something that may not be told",
        phrase: Phrase {
            says: phrases![
                "don" "t" "want" "to" "go" "home", "do" "not" "want" "to" "go" "home", "scared" "of" "dad", "scared" "of" "my" "dad",
                "scared" "of" "mum", "scared" "of" "my" "mum", "scared" "of" "him", "scared" "of" "her", "scared" "at" "home",
                "scared" "at" "night", "check" "the" "knives", "sleep" "with" "my" "door", "sleep" "in" "my" "shoes", "sleep" "in" "my" "clothes", "against" "the" "door", "secret" "club", "work" "it" "off", "then" "you" "are" "clean", "door" "locked", "lock" "my" "door", "don" "t" "write" "that", "don" "t" "write" "it", "don" "t" "tell" "my" "dad", "don" "t" "tell" "my" "mum", "don" "t" "tell" "dad", "don" "t" "tell" "mum", "please" "don" "t" "tell", "if" "i" "come" "back", "might" "not" "come" "back", "scared" "when" "he", "scared" "when" "they", "scared" "when" "mum", "scared" "when" "dad",
                "they" "fight", "they" "shout", "shouting" "at" "night", "shouts" "at" "mum", "hits" "mum", "hit" "mum",
                "hits" "my" "mum", "hit" "my" "mum", "i" "hide" "when", "i" "hide" "under", "i" "go" "under" "the", "when" "he" "s" "drunk", "when" "she" "s" "drunk",
                "when" "they" "drink", "not" "allowed" "to" "tell", "not" "allowed" "to" "say", "must" "not" "say", "mustn" "t" "say", "can" "t" "tell" "anyone", "can" "t" "tell" "you", "can" "t" "tell" "miss", "get" "in" "trouble" "if" "i" "tell",
                "keep" "it" "secret", "our" "secret", "a" "secret"
            ],
            with: NONE,
            unless: phrases!["bell", "bells", "the" "den", "hand" "dryer", "ear" "defenders", "handshake", "agent", "recipe", "birthday", "surprise", "wished", "party", "drives", "roundabout", "rollercoaster", "horror", "film", "films", "jumps" "out", "ghost", "spider", "spiders", "christmas", "present", "club", "base", "ingredient", "hide" "and" "seek", "secret" "santa", "secret" "garden", "secret" "den", "secret" "seven", "top" "secret"],
        },
        answered_by: &[
            RiskKind::DomesticAbuse,
            RiskKind::PhysicalAbuse,
            RiskKind::EmotionalAbuse,
            RiskKind::SexualAbuse,
            RiskKind::SubstanceMisuseCarer,
        ],
    },
    Said {
        about: "hunger, cold or no bed of one's own",
        phrase: Phrase {
            says: phrases![
                "hungry", "nothing" "to" "eat", "no" "food", "no" "breakfast", "don" "t" "have" "breakfast", "no" "dinner", "no" "tea",
                "i" "smell", "i" "stink", "say" "i" "smell", "said" "i" "smell", "says" "i" "smell", "smelly", "no" "bed", "share" "a" "bed",
                "sleep" "on" "the" "floor", "sleep" "on" "the" "sofa", "sleep" "on" "the" "settee", "sleep" "downstairs", "no" "tea" "last" "night", "cold" "at" "home", "no" "heating", "same" "clothes", "on" "my" "own" "at" "night",
                "by" "myself" "at" "night", "on" "my" "own" "in" "the" "house"
            ],
            with: NONE,
            unless: phrases!["of" "beer", "of" "chips", "of" "lavender", "of" "chocolate", "of" "flowers", "of" "soap", "of" "perfume", "of" "shampoo", "of" "horses", "of" "horse", "of" "hay", "of" "sawdust", "of" "onions", "of" "garlic", "of" "paint", "of" "chlorine", "of" "bread", "of" "cooking", "of" "curry", "of" "popcorn", "of" "bonfire", "of" "coffee", "of" "cake", "of" "cookies", "never" "hungry", "not" "hungry", "hamster", "the" "baby", "baby" "is", "cat" "is", "dog" "is", "food" "bank", "museum", "ramadan", "fasting", "swimming", "football", "training", "at" "nan" "s", "at" "gran" "s", "sleepover", "sleepovers", "holiday", "camping", "boiler", "caravan", "tent", "lunch" "is" "at", "in" "the" "morning" "i" "m", "trip", "stink" "after", "after" "football", "after" "pe", "hungry" "caterpillar", "hungry" "before" "lunch", "hungry" "by" "lunch", "too" "hungry" "to", "hungry" "at" "lunch", "always" "hungry" "after", "lunch" "hall", "hungry" "for"],
        },
        answered_by: &[RiskKind::Neglect, RiskKind::Housing],
    },
    Said {
        about: "being alone, or not wanting to live",
        phrase: Phrase {
            says: phrases![
                "won" "t" "need" "a", "sad" "for" "two", "be" "sad" "for", "better" "off" "without", "nobody" "likes" "me", "nobody" "believes", "no" "one" "believes", "not" "allowed" "to" "cry", "no" "one" "likes" "me", "nobody" "cares", "no" "one" "cares", "hate" "myself", "might" "not" "be" "around", "won" "t" "be" "around", "not" "be" "here" "any" "more", "don" "t" "want" "to" "be" "here", "want" "to" "be" "with" "dad" "in", "be" "in" "heaven", "no" "point", "want" "to" "die",
                "wish" "i" "was" "dead", "wish" "i" "were" "dead", "kill" "myself", "hurt" "myself", "cut" "myself", "better" "off" "without" "me", "finish" "me" "off", "get" "rid" "of" "me"
            ],
            with: NONE,
            unless: phrases!["when" "i" "win", "at" "uno", "in" "the" "game", "at" "cards", "in" "goal", "by" "accident", "cut" "myself" "on", "no" "point" "in", "at" "break", "phone" "signal"],
        },
        answered_by: &[RiskKind::EmotionalAbuse, RiskKind::SelfHarm, RiskKind::Neglect, RiskKind::Bullying],
    },
    Said {
        about: "looking after somebody",
        phrase: Phrase {
            says: phrases![
                "i" "look" "after" "my" "mum", "i" "mind" "my" "brother", "i" "mind" "my" "sister", "i" "mind" "the" "baby", "her" "tablets", "his" "tablets", "mum" "s" "tablets", "mum" "s" "medicine", "i" "get" "up" "for" "the", "i" "wake" "up" "for", "i" "stay" "up", "i" "look" "after" "my" "dad", "i" "look" "after" "mum", "i" "look" "after" "dad",
                "look" "after" "my" "brother", "look" "after" "my" "sister", "look" "after" "my" "brothers", "look" "after" "the" "little",
                "look" "after" "the" "baby", "i" "make" "the" "tea", "i" "do" "the" "tea", "i" "do" "the" "dinner", "the" "baby" "s" "bottle", "i" "feed" "the" "baby", "i" "change" "the" "baby", "i" "rang" "for" "the" "ambulance", "i" "rang" "999", "i" "check" "on" "mum", "i" "check" "mum", "i" "give" "mum", "i" "do" "my" "own" "injections", "i" "make" "tea" "for", "i" "cook" "for", "i" "do" "the" "cooking",
                "get" "my" "brother" "ready", "get" "my" "sister" "ready", "put" "my" "brother" "to" "bed", "put" "my" "sister" "to" "bed",
                "mum" "can" "t" "manage", "who" "will" "look" "after" "mum", "who" "looks" "after" "mum", "who" "will" "look" "after" "my"
            ],
            with: NONE,
            unless: phrases!["bus" "stop", "at" "the" "park", "at" "school", "in" "the" "playground"],
        },
        answered_by: &[RiskKind::YoungCarer, RiskKind::ParentalMentalHealth],
    },
    Said {
        about: "money, pictures or touch that somebody asks for",
        phrase: Phrase {
            says: phrases![
                "touches" "me", "secret" "with" "pops", "secret" "with" "grandad", "secret" "with" "uncle", "our" "special", "touched" "me", "in" "my" "bed", "in" "his" "bed", "our" "thing", "checks" "me", "special" "game", "sends" "me" "pictures", "send" "him" "pictures", "send" "pictures", "send" "a" "picture",
                "older" "boys", "gives" "me" "money", "gave" "me" "money", "give" "me" "money", "gave" "me" "a" "phone", "buys" "me" "things",
                "met" "him" "online", "met" "her" "online", "friend" "online" "who", "drop" "things" "off", "deliver" "things"
            ],
            with: NONE,
            unless: phrases!["birthday", "pocket" "money", "christmas", "nan" "gives" "me", "grandad" "gives" "me"],
        },
        answered_by: &[RiskKind::Exploitation, RiskKind::SexualAbuse, RiskKind::Online],
    },
];

/// An occasion on which the child was heard, then what follows.
macro_rules! heard {
    ($rest:literal) => {
        concat!(
            "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R. Sample\"\nrecorder_role = \"ELSA\"\nmethod = \"conversation\"\nagreed_to_share_with = [\"all_staff\"]\n",
            $rest
        )
    };
}

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "VC-18",
        severity: Warning,
        title: "The one-page profile would be empty: nobody asked the child who may read it",
        why: "What the child wants people to know goes only where the child agreed. A child who was asked usually wants the teachers to know a good deal.",
        source: Source::Guidance("Three Houses (Weld and Greening): the child is asked before others are shown"),
        next: "Ask the child, and set `agreed_to_share_with` for the profile; for a child who could not be asked, decide with those who know the child best, and say who in `decided_for_child_by`.",
        precisely: Some("There is a profile, and neither it nor the voice nor any entry has `agreed_to_share_with`."),
        bad: "[voice]\nnot_obtained_reason = \"Was in hospital all term and could not be seen\"\nobservations = [{ date = 2026-06-20, observed_by = \"R. Sample\", what = \"Draws\" }]\nprofile = { good_at = [\"Drawing\"] }\n",
        good: "[voice]\nnot_obtained_reason = \"Was in hospital all term and could not be seen\"\nobservations = [{ date = 2026-06-20, observed_by = \"R. Sample\", what = \"Draws\" }]\nprofile = { good_at = [\"Drawing\"], agreed_to_share_with = [\"all_staff\"], decided_for_child_by = \"Mother and R. Sample\" }\n",
        judge: Judge::Each(|c| {
            let Some(voice) = &c.record.voice else { return Vec::new() };
            let asked = voice.child_was_asked();
            let empty = voice
                .profile
                .as_ref()
                .is_some_and(|profile| profile.agreed_to_share_with.is_empty() && !asked && has_lists(profile));
            Hit::when(empty, "voice.profile.agreed_to_share_with")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-19",
        severity: Warning,
        title: "This speaks about the child, where the child should speak",
        why: "“He likes football” under “What is important to me” is an adult's sentence in the child's mouth. The child would see at once that somebody else wrote it.",
        source: Source::Guidance("Three Houses (Weld and Greening): use the child's own words, do not paraphrase"),
        next: "Write what the child said, or move it to `transition_plan.what_works`, `triggers` or `voice.observations`.",
        precisely: Some(
            "In the profile's lists, worries, trusted adults, who should know and exact words: a text without I, me, my or we that begins with he, she, his or her, or says of the child by name what the child is, likes or needs.",
        ),
        bad: "[voice]\ntrusted_adults = [\"R. Sample\"]\nwho_should_know = \"My tutor\"\nworries = [{ id = \"w1\", text = \"She worries about lunch\" }]\n",
        good: "[voice]\ntrusted_adults = [\"R. Sample\"]\nwho_should_know = \"My tutor\"\nworries = [{ id = \"w1\", text = \"Lunch, and where I sit\" }]\n",
        judge: Judge::Each(third_person),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-22",
        severity: Warning,
        title: "The child's own words tell of something that no risk speaks of",
        why: "Neglected and frightened children seldom tell; when they do, it is in passing. What the child said is set beside what adults say before anybody is reassured.",
        source: Source::Briefing(
            "Neglect",
            "They may hide and minimise the abuse they are suffering; they may need to keep quiet to survive.",
        ),
        next: "Record a risk of the kind that the words tell of; or weigh the voice entry by its `id` in `[[weighed]]`, with what the child meant.",
        precisely: Some(
            "Words of the child about being hit, hurt or frightened at home, secrets, hunger, smell or no bed, nobody caring, wanting to die, looking after family, money or pictures. Games and figures of speech are left out as far as they can be told; a risk of a fitting kind answers it.",
        ),
        bad: heard!("verbatim = \"I get scared when dad comes in late. I hide under the bed.\"\n"),
        good: heard!("verbatim = \"I like hide and seek and I was starving before lunch.\"\n"),
        judge: Judge::Each(telling_words),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-23",
        severity: Warning,
        title: "An adult opened this wider than the child agreed; it is kept narrower",
        why: "A worry or a profile goes only where the child agreed, whatever an adult sets as its readers. If the child did agree, the record should say so.",
        source: Source::Guidance("Three Houses (Weld and Greening): the child is asked before others are shown"),
        next: "Ask the child, and write the answer into `agreed_to_share_with` of the worry or the profile; or take `audience` out.",
        precisely: Some(
            "`audience` of a worry or the profile names readers to whom the child did not agree there, for all of the voice, or in every entry.",
        ),
        bad: concat!(
            "[voice]\nworries = [{ id = \"w1\", text = \"Getting lost\", audience = \"all_staff\" }]\n",
            "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R. Sample\"\nrecorder_role = \"ELSA\"\nmethod = \"drawing\"\nagreed_to_share_with = [\"dsl\"]\n"
        ),
        good: concat!(
            "[voice]\nworries = [{ id = \"w1\", text = \"Getting lost\", agreed_to_share_with = [\"all_staff\"] }]\n",
            "[[voice.entries]]\nid = \"v1\"\ndate = 2026-06-12\nrecorded_by = \"R. Sample\"\nrecorder_role = \"ELSA\"\nmethod = \"drawing\"\nagreed_to_share_with = [\"dsl\"]\n"
        ),
        judge: Judge::Each(opened_beyond_agreement),
        ..Rule::USUAL
    },
    Rule {
        code: "VC-24",
        severity: Warning,
        title: "The child's words stand beside worrying facts. Who was in the room, has the child been asked alone, and what do adults make of the words?",
        why: "A sentence that means nothing alone may mean a great deal beside what the file knows. Somebody has to lay the two side by side.",
        source: Source::Briefing("Neglect", "Neglected children may not speak out or tell anyone what is happening."),
        next: "Say in `adult_interpretation` what the words may mean beside the other facts, and in `followed_up` what was done; or put the entry's `id` into the `evidence` of a risk.",
        precisely: Some(
            "A voice entry with words, or with what was seen and an adult's interpretation of it, cited by no risk, without a `followed_up` that names what was done, and without an `adult_interpretation`, or with one that makes little of them (typical, imagination, silly, joking, growing up and the like) or does not ask what they may mean (worried, afraid, may be, seems to and the like); in a record that says that no risks are known beside a fact as in RK-19 that was not weighed, or that has an event of that kind which no risk refers to, or in which facts stand open as in RK-34.",
        ),
        bad: concat!(
            heard!("verbatim = \"I can be very quiet when I want to.\"\n"),
            "[[chronology]]\nid = \"c1\"\ndate = 2025-11-14\nevent = \"Mark on his arm\"\nbasis = \"observed\"\nsource = { agency = \"school\" }\naction = \"Asked him\"\noutcome = \"Fine\"\nkinds = [\"injury\"]\n"
        ),
        good: heard!("verbatim = \"I can be very quiet when I want to.\"\n"),
        judge: Judge::Each(|c| {
            let reassured = c.record.no_known_risks.is_some();
            let unused = |fact: &Fact| {
                let event = reassured || fact.path.starts_with("chronology[");
                event && !fact.of_a_plan && !is_cited(c, Some(&fact.key))
            };
            if !c.unweighed().iter().any(unused) && !c.is_something_open() {
                return Vec::new();
            }
            let used = |id: Option<&str>, date| is_cited(c, id) || is_weighed(c, id, date);
            let voice = c.record.voice.iter();
            let heard = voice.flat_map(|voice| voice.entries.iter().enumerate()).filter(|(_, entry)| {
                // What a child showed, who speaks with signs or pictures, is its word too.
                let shown = !blank(entry.observations.as_deref()) && !blank(entry.adult_interpretation.as_deref());
                (!blank(entry.verbatim.as_deref()) || shown)
                    && !is_taken_up(entry)
                    && !used(entry.id.as_deref(), entry.date)
            });
            let hit = |(i, entry): (usize, &VoiceEntry)| {
                let hit = Hit::at(format!("voice.entries[{i}].adult_interpretation"));
                if blank(entry.adult_interpretation.as_deref()) {
                    hit
                } else {
                    hit.because("One adult explains the child's words, and other facts in the record worry. Who was in the room, who else reads the words so, what speaks against it, and has the child been asked again, alone?")
                }
            };
            heard.map(hit).collect()
        }),
        ..Rule::USUAL
    },
];

fn has_lists(profile: &Profile) -> bool {
    let lists =
        [&profile.important_to_me, &profile.good_at, &profile.best_support, &profile.who_i_trust, &profile.hopes];
    lists.iter().any(|list| !list.is_empty())
}

/// Every text in the child's own voice, with its path.
fn own_texts(voice: &Voice) -> Vec<(String, &str)> {
    let mut texts = Vec::new();
    for (i, entry) in voice.entries.iter().enumerate() {
        texts.extend(entry.verbatim.as_deref().map(|text| (format!("voice.entries[{i}].verbatim"), text)));
    }
    for (i, worry) in voice.worries.iter().enumerate() {
        texts.extend(worry.text.as_deref().map(|text| (format!("voice.worries[{i}].text"), text)));
    }
    texts.extend(voice.who_should_know.as_deref().map(|text| ("voice.who_should_know".to_owned(), text)));
    if let Some(profile) = &voice.profile {
        let lists = [
            (&profile.important_to_me, "important_to_me"),
            (&profile.good_at, "good_at"),
            (&profile.best_support, "best_support"),
            (&profile.hopes, "hopes"),
        ];
        for (list, field) in lists {
            let items = list.iter().enumerate();
            texts.extend(items.map(|(i, text)| (format!("voice.profile.{field}[{i}]"), text.as_str())));
        }
    }
    texts
}

fn third_person(c: &Context<'_>) -> Vec<Hit> {
    const FIRST: [&str; 14] =
        ["i", "me", "my", "mine", "myself", "we", "us", "our", "im", "ive", "id", "ill", "lets", "ours"];
    const THIRD: [&str; 6] = ["he", "she", "his", "her", "him", "hers"];
    const VERBS: [&str; 20] = [
        "is", "was", "has", "does", "can", "will", "likes", "loves", "needs", "wants", "finds", "gets", "feels",
        "said", "says", "enjoys", "would", "worries", "thinks", "hates",
    ];
    let Some(voice) = &c.record.voice else { return Vec::new() };
    let pupil = c.record.pupil.as_ref();
    let forenames: Vec<String> = pupil
        .into_iter()
        .flat_map(|pupil| [&pupil.preferred_forename, &pupil.legal_forename])
        .flatten()
        .map(|name| fold(name))
        .filter(|name| name.chars().count() > 2)
        .collect();
    let speaks_about = |text: &str| {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').collect();
        let own = words.iter().any(|word| FIRST.contains(word));
        let about = words.first().is_some_and(|word| THIRD.contains(word))
            || folded.starts_with("the child ")
            || forenames.iter().any(|name| VERBS.iter().any(|verb| has_words(&folded, &format!("{name} {verb}"))));
        about && !own && is_plain_english(text)
    };
    let texts = own_texts(voice).into_iter();
    texts.filter(|(_, text)| speaks_about(text)).map(|(path, _)| Hit::at(path)).collect()
}

/// Whether a text can be in English at all: a sentence in another script says nothing to these rules.
fn is_plain_english(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).all(|c| c.is_ascii() || "éèêëáàâäöüïçñ’".contains(c))
}

fn telling_words(c: &Context<'_>) -> Vec<Hit> {
    let Some(voice) = &c.record.voice else { return Vec::new() };
    let mut hits = Vec::new();
    let heard = voice.entries.iter().enumerate().flat_map(|(i, entry)| {
        let texts = [(&entry.verbatim, "verbatim"), (&entry.translation, "translation")];
        let texts = texts.into_iter().filter_map(|(text, field)| Some((text.as_deref()?, field)));
        texts.map(move |(text, field)| (entry.id.as_deref(), entry.date, format!("voice.entries[{i}].{field}"), text))
    });
    for (id, date, path, text) in heard {
        hits.extend(unanswered(c, text).filter(|_| !is_weighed(c, id, date)).map(|about| asks(path, about)));
    }
    let worries = voice.worries.iter().enumerate().filter_map(|(i, worry)| Some((i, worry, worry.text.as_deref()?)));
    for (i, worry, text) in worries {
        let open = unanswered(c, text).filter(|_| !is_weighed(c, worry.id.as_deref(), None));
        hits.extend(open.map(|about| asks(format!("voice.worries[{i}].text"), about)));
    }
    hits
}

fn asks(path: String, about: &str) -> Hit {
    let message = format!(
        "The child's own words may tell of {about}. What did the child mean, who has asked again, alone, and what was done?"
    );
    Hit::at(path).because(message)
}

/// What a child said that has to be thought about, where no risk shows that somebody did. What makes words harmless has
/// to stand in the same sentence or in the one before.
fn unanswered(c: &Context<'_>, text: &str) -> Option<&'static str> {
    let sentences: Vec<&str> = text.split_inclusive(['.', '!', '?', ';', '\n']).collect();
    let is_told = |said: &Said| {
        let mut before = "";
        sentences.iter().any(|sentence| {
            let around = format!("{before} {sentence}");
            before = sentence;
            said.phrase.is_in_beside(&Words::of(sentence), &Words::of(&around))
        })
    };
    let risk = |said: &Said| {
        let fits = |risk: &Risk| risk.kind.is_some_and(|kind| said.answered_by.contains(&kind));
        c.record.risks.iter().any(fits)
    };
    TELLING.iter().find(|said| is_told(said) && !risk(said)).map(|said| said.about)
}

/// The readers beyond whom an adult opened a worry or the profile: the child did not agree to these.
fn opened_beyond_agreement(c: &Context<'_>) -> Vec<Hit> {
    let Some(voice) = &c.record.voice else { return Vec::new() };
    let beyond = |audience: Option<Audience>, own: &[Audience]| {
        let asked = !own.is_empty() || voice.child_was_asked();
        let unagreed = |reader: Audience| reader < Audience::Dsl && !voice.child_agreed_to(own, reader);
        asked && audience.is_some_and(unagreed)
    };
    let wide = |(i, worry): (usize, &Worry)| {
        let wide = beyond(worry.audience, &worry.agreed_to_share_with);
        wide.then(|| Hit::at(format!("voice.worries[{i}].audience")))
    };
    let mut hits: Vec<_> = voice.worries.iter().enumerate().filter_map(wide).collect();
    let profile = voice.profile.as_ref();
    let wide = profile.is_some_and(|profile| beyond(profile.audience, &profile.agreed_to_share_with));
    hits.extend(Hit::when(wide, "voice.profile.audience"));
    hits
}
