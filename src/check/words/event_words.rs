//! The words by which an event is known where its structure does not tell, each with those that make it harmless.

use super::phrase::{NONE, Phrase, phrases};
use crate::record::{EventKind, NeglectSign};

const FAMILY: &[&[&str]] = phrases![
    "grandmother", "grandfather", "grandparents", "grandparent", "nan", "nana", "gran", "granny", "grandma", "grandad",
    "aunt", "auntie", "uncle", "cousin", "relative", "relatives", "sister", "half" "sister", "stepmother", "godmother"
];

const WORRIED: &[&[&str]] = phrases![
    "worried", "worry", "worries", "concerned", "concern", "concerns", "frightened" "for", "reported", "afraid" "for"
];

/// What says that services outside the school had to do with an event.
pub(in crate::check) const SERVICES: &[&[&str]] = phrases![
    "referral", "referred", "referrals", "mash", "children" "s" "services", "children" "s" "social" "care", "social" "care",
    "social" "worker", "social" "services", "hub", "front" "door", "police", "strategy", "assessment", "enquiry", "threshold",
    "case", "section" "47", "section" "17", "early" "help", "family" "help", "nspcc", "health" "visitor", "camhs"
];

/// What tells the kind of an event.
pub(in crate::check) const WORDS_OF: &[(EventKind, Phrase)] = &[
    (
        EventKind::Injury,
        Phrase {
            says: phrases![
                "bruise", "bruises", "bruised", "bruising", "body" "map", "body" "maps", "black" "eye", "bite" "mark", "bite" "marks", "burn" "mark",
                "cigarette" "burn", "burn" "on", "burns" "on", "scald", "scalded", "fracture", "fractured",
                "broken" "arm", "broken" "wrist", "broken" "leg", "split" "lip", "cut" "lip", "swollen",
                "marks" "on", "mark" "on", "red" "mark", "red" "marks", "yellow" "mark", "round" "marks", "mark" "along",
                "marks" "along", "mark" "at" "the", "healing" "mark", "going" "yellow", "injury", "injuries", "handprint",
                "hand" "print", "scratches", "graze", "grazes", "limping", "limps", "cut" "through", "cut" "above", "nail" "black",
                "sore" "arm", "welt", "welts", "purple", "lump" "on", "scratches" "on" "both", "cuts" "on" "his", "cuts" "on" "her", "finger" "marks", "fingertip", "sore" "to" "sit", "broken" "upper", "broken" "collar", "bottom" "was" "sore", "bottom" "was" "bleeding", "sore" "bottom", "blood" "in" "his" "pants", "blood" "in" "her" "pants", "and" "there" "was" "blood", "hold" "her" "down", "hold" "him" "down", "held" "her" "down", "held" "him" "down", "pepper"
            ],
            with: NONE,
            unless: phrases!["make" "up", "makeup", "stage" "blood", "fake" "blood", "face" "paint", "face" "painted", "costume", "in" "pe", "hockey", "rugby", "netball", "cricket", "football", "at" "playtime", "on" "the" "trampoline", "in" "the" "playground", "bumped" "into", "collided", "goalpost", "off" "his" "bike", "off" "her" "bike", "off" "his" "scooter", "off" "her" "scooter", 
                "seen" "by" "staff", "staff" "saw", "seen" "to" "fall", "first" "aider" "saw", "we" "saw", "teacher" "saw",
                "witnessed" "by", "in" "front" "of", "on" "duty" "saw", "insect" "bite", "no" "injury", "no" "injuries", "birth" "mark",
                "birthmark", "pe" "kit", "purple" "hair", "purple" "group", "mark" "on" "the" "wall", "marks" "on" "the" "register",
                "marks" "on" "the" "test", "full" "marks", "question" "marks", "late" "marks", "as" "the" "teacher" "watched", "mum" "had" "a" "bruise", "mother" "had" "a" "bruise", "mum" "had" "bruises", "mother" "had" "bruises", "mum" "had" "a" "black" "eye", "mother" "had" "a" "black" "eye", "bruise" "on" "mum", "bruises" "on" "mum", "bruise" "on" "her" "cheekbone", "mum" "s" "face", "mum" "s" "eye", "mother" "s" "face", "mum" "s" "arm", "mum" "s" "neck"],
        },
    ),
    (
        EventKind::DomesticAbuse,
        Phrase {
            says: phrases!["domestic" "abuse", "domestic" "violence", "domestic" "incident", "mum" "had" "a" "bruise", "mother" "had" "a" "bruise", "mum" "had" "bruises", "mother" "had" "bruises", "mum" "had" "a" "black" "eye", "mother" "had" "a" "black" "eye", "bruise" "on" "mum", "bruises" "on" "mum", "bruise" "on" "her" "cheekbone", "mum" "s" "black" "eye", "hit" "mum", "hits" "mum", "hitting" "mum", "hit" "his" "mum", "hit" "her" "mum", "hit" "his" "mother", "hit" "her" "mother", "hurt" "mum", "threw" "mum", "strangled", "not" "allowed" "to" "go" "out", "controls" "who", "checks" "her" "phone", "will" "not" "let" "her" "out"
            ],
            with: NONE,
            unless: NONE,
        },
    ),
    (
        EventKind::ReferralMade,
        Phrase {
            says: phrases![
                "referred" "to" "children", "referral" "to" "children", "referred" "to" "social", "referral" "to" "social",
                "referral" "made", "made" "a" "referral", "mash", "multi" "agency" "referral", "contacted" "children",
                "safeguarding" "hub"
            ],
            with: NONE,
            unless: phrases!["no" "referral", "not" "referred"],
        },
    ),
    (
        EventKind::ReferralClosed,
        Phrase {
            says: phrases![
                "no" "further" "action", "nfa", "case" "closed", "case" "was" "closed", "closed" "the" "case",
                "referral" "closed", "referral" "was" "closed", "not" "taken" "further", "threshold" "not" "met",
                "not" "meet" "threshold", "not" "meet" "the" "threshold", "below" "threshold", "enquiry" "closed",
                "assessment" "closed", "closed" "by" "children"
            ],
            with: NONE,
            unless: phrases!["lost" "property"],
        },
    ),
    (
        EventKind::NotSeen,
        Phrase {
            says: phrases![
                "not" "seen" "since", "not" "been" "seen", "has" "not" "met", "have" "not" "met", "never" "met", "has" "never" "seen", "yet" "to" "meet", "last" "seen" "by", "nobody" "has" "seen", "no" "one" "has" "seen",
                "could" "not" "be" "seen", "nobody" "saw" "the" "child", "not" "seen" "for", "no" "access" "to" "the" "child", "not" "let" "us" "in", "not" "let" "in", "would" "not" "let" "us" "in", "did" "not" "let" "us" "in", "we" "could" "not" "come" "in", "could" "not" "go" "in", "chain" "on", "refused" "entry", "nobody" "was" "let" "in", "not" "allowed" "upstairs"
            ],
            with: NONE,
            unless: phrases!["bouncy", "trampoline"],
        },
    ),
    (
        EventKind::ContactStopped,
        Phrase {
            says: phrases![
                "contact" "stopped", "stopped" "contact", "stopped" "all" "contact", "no" "longer" "sees",
                "no" "contact" "since", "stopped" "answering", "stopped" "visiting", "stopped" "seeing",
                "no" "longer" "allowed" "to" "see", "not" "allowed" "to" "see", "cut" "off" "contact", "ended" "contact", "not" "heard" "from", "nobody" "has" "heard" "from", "no" "word" "from", "no" "longer" "goes" "to", "not" "allowed" "round", "no" "longer" "visits", "has" "not" "been" "to" "school" "since"
            ],
            with: NONE,
            unless: phrases!["pen" "friend", "childminder" "stopped", "pen" "pal"],
        },
    ),
    (
        EventKind::HomeEducation,
        Phrase {
            says: phrases![
                "home" "education", "home" "educated", "home" "educate", "home" "educating", "educated" "at" "home",
                "electively" "home", "home" "schooled", "home" "schooling", "teach" "at" "home", "taught" "at" "home"
            ],
            with: NONE,
            unless: phrases!["lockdown", "while" "ill", "hospital" "school"],
        },
    ),
    (
        EventKind::FearOrDistress,
        Phrase {
            says: phrases![
                "flinches", "flinched", "flinching", "wets" "himself", "wets" "herself", "wet" "himself", "wet" "herself", "wetting",
                "soils", "soiling", "afraid" "to" "go" "home", "did" "not" "want" "to" "go" "home", "does" "not" "want" "to" "go" "home",
                "cries" "at" "home" "time", "crying" "at" "home" "time", "hid" "under", "hides" "under", "begged", "terrified", "frightened",
                "stopped" "speaking", "stopped" "talking", "stopped" "eating", "shook", "nightmares", "guards" "his" "food",
                "guards" "her" "food", "changes" "in" "the" "toilet", "withdrawn", "sleeps" "badly", "went" "white", "scared" "to" "go" "home", "frightened" "to" "go" "home", "afraid" "of", "scared" "of" "going", "did" "not" "want" "to" "go" "with", "does" "not" "want" "to" "go" "with", "will" "not" "go" "with", "hid" "in" "the", "toilet" "training", "lost" "speech", "stopped" "using", "screams" "when", "wet" "herself", "wet" "himself"
            ],
            with: NONE,
            unless: phrases!["bell", "bells", "alarm", "sensory", "overload", "hand" "dryer", "hand" "driers", "ear" "defenders", "fire" "engine", "clapping", "traffic" "jam", "on" "the" "coach", "guinea" "pig", "hamster", "rabbit", "thunder", "fire" "drill", "fire" "bell", "hide" "and", "spider", "wasp", "fireworks", "bike" "ride", "withdrawn" "from", "afraid" "of" "dogs", "afraid" "of" "heights", "afraid" "of" "the" "dark", "afraid" "of" "water", "afraid" "of" "spiders", "afraid" "of" "wasps", "afraid" "of" "missing", "afraid" "of" "failing", "hid" "in" "the" "game"],
        },
    ),
    (
        EventKind::Restriction,
        Phrase {
            says: phrases![
                "bolt" "on", "bolted", "locked" "in", "locks" "him", "locks" "her", "locked" "him", "locked" "her", "strapped", "tied" "to",
                "shut" "in" "the", "slept" "in" "the" "garage", "sleeps" "in" "the" "garage", "slept" "in" "the" "shed", "sleeps" "in" "the" "shed", "kept" "in" "the" "garage", "kept" "in" "the" "shed", "kept" "in" "his" "room", "kept" "in" "her" "room", "under" "the" "stairs", "outside" "in" "the" "cold", "strap" "her", "strap" "him", "put" "the" "straps", "straps" "on", "lock" "the" "door", "locks" "the" "door", "door" "is" "locked", "not" "have" "water", "no" "water", "not" "let" "out"
            ],
            with: NONE,
            unless: phrases!["car" "seat", "harness", "wheelchair", "locked" "in" "the" "toilet" "at" "school", "bike" "in" "the", "plays" "in"],
        },
    ),
    (
        EventKind::ConcernOfRelative,
        Phrase {
            says: FAMILY,
            with: WORRIED,
            unless: phrases!["cough", "growth" "spurt", "healthy" "weight", "exam", "exams", "worried" "about" "the" "move"],
        },
    ),
    (
        EventKind::ConcernOfOthers,
        Phrase {
            says: phrases!["neighbour", "neighbours", "anonymous", "anonymously", "member" "of" "the" "public", "passer" "by"],
            with: phrases![
                "worried",
                "concerned",
                "concern",
                "concerns",
                "reported",
                "report",
                "call",
                "caller",
                "rang",
                "heard"
            ],
            unless: NONE,
        },
    ),
    (
        EventKind::Retraction,
        Phrase {
            says: phrases![
                "retracted", "took" "it" "back", "taken" "back" "what", "changed" "his" "story", "changed" "her" "story",
                "changed" "his" "account", "changed" "her" "account", "changed" "their" "story", "withdrew" "the",
                "withdrew" "his", "withdrew" "her", "later" "denied", "said" "it" "was" "not" "true",
                "said" "it" "did" "not" "happen", "said" "he" "made" "it" "up", "said" "she" "made" "it" "up"
            ],
            with: NONE,
            unless: NONE,
        },
    ),
    (
        EventKind::AgreementBroken,
        Phrase {
            says: phrases!["agreement", "working" "together" "agreement", "safety" "plan"],
            with: phrases!["broken", "broke", "breach", "breached", "breaches", "not" "kept", "ignored", "not" "followed"],
            unless: NONE,
        },
    ),
    (
        EventKind::ServiceClosed,
        Phrase {
            says: phrases!["closed", "discharged", "ended", "withdrawn", "taken" "off" "the" "list"],
            with: phrases![
                "no" "answer", "nobody" "answered", "not" "engage", "not" "engaging", "non" "engagement", "no" "response",
                "no" "reply", "not" "respond", "unable" "to" "contact", "could" "not" "reach", "not" "brought",
                "missed" "appointments", "did" "not" "attend", "disengaged", "no" "contact", "not" "attended"
            ],
            unless: phrases!["goals" "were" "met", "goals" "met", "all" "goals", "needs" "met", "aims" "met", "discharged" "as" "well", "no" "longer" "needed"],
        },
    ),
    (
        EventKind::Missing,
        Phrase {
            says: phrases![
                "went" "missing", "missing" "from" "home", "ran" "away", "run" "away", "running" "away", "reported" "missing",
                "out" "overnight", "out" "all" "night", "missing" "episode", "did" "not" "come" "home", "not" "come" "home", "did" "not" "come" "in" "until", "stayed" "out", "out" "until", "not" "home" "all" "night", "found" "at" "night", "moved" "on" "by" "the" "police", "gone" "missing", "stopped" "out", "not" "been" "home", "found" "on" "the" "platform", "slept" "somewhere" "else"
            ],
            with: NONE,
            unless: phrases!["sit" "out", "sits" "out", "sat" "out", "cat" "went" "missing", "dog" "went" "missing", "cat" "ran" "away", "dog" "ran" "away", "did" "not" "come" "home" "from" "the" "trip", "stayed" "out" "of", "residential", "school" "trip"],
        },
    ),
    (
        EventKind::ExploitationSign,
        Phrase {
            says: phrases![
                "second" "phone", "two" "phones", "new" "phone", "expensive" "trainers", "designer", "unexplained" "money",
                "amounts" "of" "cash", "older" "boys", "older" "men", "older" "friends", "older" "teenagers",
                "older" "youths", "older" "boyfriend", "older" "males", "county" "lines", "exploitation", "exploited",
                "gang", "gangs", "gifts" "from", "unknown" "adults", "unknown" "man", "unknown" "men", "hotel", "train" "tickets", "big" "lads", "older" "lads", "bigger" "boys", "older" "girls", "electric" "bikes", "train" "ticket", "owes" "money", "in" "debt", "selling" "vapes", "sold" "vapes", "sell" "vapes", "has" "to" "do" "what", "has" "to" "get" "rid" "of", "photo" "of" "himself", "photo" "of" "herself", "picture" "of" "himself", "picture" "of" "herself", "sent" "a" "picture", "sent" "pictures", "nudes", "phone" "rings" "all", "burner" "phone", "burner", "roll" "of" "notes", "ten" "pound" "notes", "wad" "of", "older" "lad", "pound" "trainers", "no" "idea" "where" "from", "goes" "to" "another" "lady", "needs" "her" "there", "papers" "to" "follow", "no" "papers", "passport" "is" "kept", "keeps" "her" "passport", "cleans" "the" "house", "breakfast" "of" "the" "house"
            ],
            with: NONE,
            unless: phrases![
                "birthday", "christmas", "saved" "up", "holiday", "police" "talk", "assembly", "older" "boys" "team",
                "school" "trip", "residential", "reading" "group"
            ],
        },
    ),
    (
        EventKind::SubstanceMisuse,
        Phrase {
            says: phrases![
                "drunk", "smelled" "of" "alcohol", "smelt" "of" "alcohol", "smell" "of" "alcohol", "smelling" "of" "alcohol",
                "cannabis", "drugs", "heroin", "cocaine", "drug" "use", "drug" "misuse", "alcohol" "misuse", "drinking" "heavily",
                "intoxicated", "under" "the" "influence", "methadone", "overdose", "smelled" "of" "drink", "smelt" "of" "drink", "smell" "of" "drink", "smells" "of" "drink", "smelling" "of" "drink", "had" "been" "drinking", "drinking" "wine", "bottle" "of" "vodka", "could" "hardly" "stand", "sleep" "syrup", "limp" "and" "confused", "unlabelled" "bottle", "bought" "abroad", "drinks" "every" "night", "drinks" "most" "nights", "drinks" "heavily", "drinks" "a" "lot", "drinks" "too" "much", "high" "on"
            ],
            with: NONE,
            unless: phrases!["drugs" "education", "drugs" "talk", "lesson", "assembly", "anti" "sickness", "no" "drugs"],
        },
    ),
    (
        EventKind::SelfHarm,
        Phrase {
            says: phrases![
                "self" "harm", "self" "harmed", "self" "harming", "cut" "herself", "cut" "himself", "cutting" "herself",
                "cutting" "himself", "wants" "to" "die", "wanted" "to" "die", "want" "to" "die", "suicidal", "suicide",
                "kill" "herself", "kill" "himself", "cut" "his" "arm", "cut" "her" "arm", "cuts" "his" "arm", "cuts" "her" "arm", "cut" "his" "wrist", "cut" "her" "wrist", "does" "not" "want" "to" "be" "here" "any" "more", "did" "not" "want" "to" "be" "here" "any" "more", "not" "want" "to" "be" "alive", "wishes" "he" "was" "dead", "wishes" "she" "was" "dead", "might" "not" "be" "around", "end" "it" "all", "hurts" "himself", "hurts" "herself", "hurt" "himself" "on" "purpose", "hurt" "herself" "on" "purpose", "sharpener" "blade", "with" "a" "sharpener", "and" "knows" "how", "would" "not" "be" "needing", "gave" "away" "his", "gave" "away" "her", "taken" "tablets", "took" "tablets", "cuts" "on" "his" "thigh", "cuts" "on" "her" "thigh", "rows" "of" "cuts", "thin" "cuts", "cuts" "on" "his" "legs", "cuts" "on" "her" "legs", "lines" "of" "cuts"
            ],
            with: NONE,
            unless: phrases!["father" "s" "suicide", "dad" "s" "suicide", "uncle" "s" "suicide", "brother" "s" "suicide", "mother" "s" "suicide", "father" "died" "by", "dad" "died" "by", "by" "accident", "accidentally", "scissors" "in" "art", "arm" "on" "the", "arm" "on" "a", "fence", "fell", "hurts" "himself" "falling", "gave" "away" "his" "sweets", "gave" "away" "her" "sweets", "cake", "charity"],
        },
    ),
    (
        EventKind::HarmfulBehaviour,
        Phrase {
            says: phrases![
                "sexualised", "sexual" "behaviour", "sexual" "language", "inappropriate" "touching", "brought" "a" "knife",
                "carried" "a" "knife", "weapon", "set" "fire", "private" "parts", "game" "with" "touching", "touching" "game", "touching" "in" "the" "toilets", "rude" "game", "pulled" "down", "knife" "was" "found", "knife" "in" "his", "knife" "in" "her", "blade" "in" "his", "blade" "in" "her", "craft" "knife", "blade" "wrapped", "carrying" "a" "blade"
            ],
            with: NONE,
            unless: phrases!["knife" "and" "fork", "cutlery", "whittling", "scouts", "blade" "of" "grass", "art" "lesson", "pulled" "down" "the" "blind"],
        },
    ),
    (
        EventKind::PoliceNotice,
        Phrase {
            says: phrases![
                "police" "attended", "police" "were" "called", "police" "came" "to" "the" "house", "police" "came" "to" "the" "home",
                "police" "notice", "police" "visited" "the", "officers" "attended", "police" "had" "been" "called", "police" "removed"
            ],
            with: NONE,
            unless: phrases!["assembly", "police" "talk", "car" "accident", "road" "accident", "burglary", "broken" "into", "school" "gate"],
        },
    ),
    (
        EventKind::Disclosure,
        Phrase {
            says: phrases![
                "has" "a" "secret", "keep" "a" "secret", "secret" "with", "our" "secret", "not" "to" "tell" "mum", "not" "to" "tell" "dad",
                "not" "to" "tell" "anybody", "not" "to" "tell" "anyone", "asked" "us" "not" "to" "say", "asked" "us" "not" "to" "tell", "begged" "us" "not",
                "not" "say" "anything" "at" "home", "hits" "him", "hits" "her", "hurts" "him", "hurts" "her", "accused", "made" "up" "stories", "told" "us" "that" "dad", "touches" "her", "touches" "him",
                "touched" "her", "touched" "him", "accusation", "silly" "accusation", "accused" "of", "touched" "a" "cousin", "secret" "game"
            ],
            with: NONE,
            unless: phrases![
                "secret" "santa", "surprise", "birthday", "present" "for", "ball" "hits", "ball" "hit", "her" "knee", "his" "knee", "shoe", "shoes", "touched" "her" "deeply",
                "the" "sun" "hurts", "light" "hurts", "noise" "hurts", "accused" "of" "cheating", "in" "the" "game", "tooth"
            ],
        },
    ),
    (
        EventKind::FearOrDistress,
        Phrase {
            says: phrases![
                "goes" "stiff", "turns" "her" "face", "turns" "his" "face", "pulls" "away", "cowers", "cowered", "is" "a" "witch", "a" "witch",
                "possessed", "bad" "luck" "to", "brings" "the" "bad" "luck", "brings" "bad" "luck", "evil" "spirit", "evil" "spirits", "the" "devil", "demon", "demons",
                "to" "be" "cleansed", "to" "be" "cleaned", "pray" "on" "him", "pray" "on" "her", "pray" "over" "him", "pray" "over" "her"
            ],
            with: NONE,
            unless: phrases!["panto", "pantomime", "play", "costume", "halloween", "book", "story", "film", "game", "teeth", "lion", "macbeth", "wardrobe", "room" "on" "the" "broom"],
        },
    ),
    (
        EventKind::HonourBasedAbuse,
        Phrase {
            says: phrases![
                "forced" "marriage", "arranged" "marriage", "promised" "to" "her" "cousin", "promised" "to" "his" "cousin", "been" "promised", "is" "promised", "promised" "like",
                "promised" "in" "marriage", "about" "being" "promised", "will" "be" "engaged", "is" "engaged", "got" "engaged", "be" "married", "one" "way" "ticket",
                "ticket" "one" "way", "one" "way", "fgm", "female" "genital", "family" "honour", "shame" "on" "the" "family", "brought" "shame"
            ],
            with: phrases![
                "marriage", "promised", "married", "engaged", "ticket", "passport", "abroad", "fgm", "genital",
                "honour", "shame"
            ],
            unless: phrases!["mum" "is" "engaged", "mum" "got" "engaged", "teacher", "wedding" "of", "staff", "fully" "engaged", "is" "engaged" "in", "engaged" "with", "one" "way" "street", "one" "way" "system"],
        },
    ),
    (
        EventKind::CaresForOthers,
        Phrase {
            says: phrases![
                "young" "carer", "looks" "after" "his", "looks" "after" "her", "looking" "after" "his", "looking" "after" "her",
                "cares" "for" "his", "cares" "for" "her", "caring" "for" "his", "caring" "for" "her", "cooks" "for",
                "puts" "the" "little" "ones", "gets" "the" "younger", "gets" "his" "brother", "gets" "her" "brother",
                "gets" "his" "sister", "gets" "her" "sister", "helps" "her" "mother" "wash", "helps" "his" "mother" "wash", "does" "the" "shopping", "does" "the" "tea", "in" "charge" "of" "the" "tablets", "rang" "for" "the" "ambulance", "rung" "for" "the" "ambulance", "rang" "999", "rung" "999", "gets" "them" "all", "gets" "the" "others"
            ],
            with: NONE,
            unless: phrases![
                "after" "his" "things", "after" "her" "things", "after" "his" "rabbit", "after" "her" "rabbit", "his" "pet",
                "her" "pet", "his" "dog", "her" "dog", "his" "cat", "her" "cat", "his" "guinea", "her" "guinea", "his" "friends",
                "her" "friends", "his" "belongings", "her" "belongings", "his" "pony", "her" "pony"
            ],
        },
    ),
    (
        EventKind::CarersHealth,
        Phrase {
            says: phrases!["mother", "mum", "father", "dad", "carer", "stepfather", "grandmother", "parent"],
            with: phrases![
                "overdose", "depression", "depressed", "mental" "health", "sectioned", "psychosis", "in" "crisis", "seizure",
                "seizures", "stroke", "admitted", "tablets", "medication", "unwell", "cancer", "very" "ill", "found" "dead", "too" "many" "tablets", "suicide", "hears" "voices", "unconscious", "would" "not" "wake"
            ],
            unless: NONE,
        },
    ),
];

/// What tells that a carer's illness or death was a crisis.
pub(in crate::check) const CRISIS: Phrase = Phrase {
    says: phrases![
        "overdose", "too" "many" "tablets", "suicide", "suicidal", "took" "her" "own" "life", "took" "his" "own" "life", "tried" "to" "kill",
        "sectioned", "psychosis", "psychotic", "hears" "voices", "hearing" "voices", "unconscious", "would" "not" "wake",
        "could" "not" "wake", "found" "dead", "crisis" "team"
    ],
    with: NONE,
    unless: phrases!["pet", "hamster", "rabbit", "guinea", "goldfish"],
};

/// What tells a sign of neglect.
pub(in crate::check) const SIGNS: &[(NeglectSign, Phrase)] = &[
    (
        NeglectSign::Hunger,
        Phrase {
            says: phrases![
                "hungry", "hunger", "without" "breakfast", "no" "breakfast", "no" "lunch", "without" "lunch",
                "without" "food", "took" "food", "takes" "food", "taking" "food", "stole" "food", "stealing" "food",
                "steals" "food", "asks" "for" "food", "asked" "for" "food", "asking" "for" "food", "from" "the" "bin",
                "from" "bins", "not" "eaten", "nothing" "to" "eat", "leftovers", "hides" "food", "hoards" "food", "no" "tea" "last" "night", "out" "of" "the" "bin"
            ],
            with: NONE,
            unless: phrases!["overslept", "growth" "spurt", "forgot" "his" "lunch", "forgot" "her" "lunch", "ramadan", "fasting"],
        },
    ),
    (
        NeglectSign::Hygiene,
        Phrase {
            says: phrases![
                "smell", "smells", "smelled", "smelt", "smelly", "smelling", "unwashed", "dirty", "unkempt", "grubby", "soiled",
                "body" "odour", "odour", "not" "washed", "unclean", "matted"
            ],
            with: NONE,
            unless: phrases![
                "of" "drink", "smoke" "alarm",
                "of" "alcohol", "of" "smoke", "of" "paint", "lunch" "hall", "sense" "of" "smell", "smell" "of" "the", "gas",
                "of" "cannabis", "noise" "and" "smell", "muddy", "smells" "and" "noise"
            ],
        },
    ),
    (
        NeglectSign::Clothing,
        Phrase {
            says: phrases![
                "no" "coat", "without" "a" "coat", "no" "socks", "no" "warm", "shoes" "too" "small", "too" "small",
                "holes" "in" "his", "holes" "in" "her", "same" "clothes", "ill" "fitting", "thin" "clothes", "summer" "clothes",
                "wet" "clothes", "torn" "clothes", "dirty" "clothes", "broken" "shoes", "shoes" "with" "holes", "not" "dressed" "for"
            ],
            with: NONE,
            unless: phrases!["group" "too" "small", "room" "too" "small", "print" "too" "small", "outgrew", "new" "uniform"],
        },
    ),
    (
        NeglectSign::Tiredness,
        Phrase {
            says: phrases![
                "falls" "asleep", "fell" "asleep", "falling" "asleep", "asleep" "in", "asleep" "at", "very" "tired",
                "always" "tired", "exhausted", "tired"
            ],
            with: NONE,
            unless: phrases!["world" "cup", "cup" "final", "match", "with" "a" "temperature", "jet" "lag", "wedding", "eid", "the" "final", "on" "the" "coach", "school" "trip", "zoo",
                "mum" "exhausted", "mum" "is" "exhausted", "mum" "was" "exhausted", "mother" "exhausted", "mother" "is" "exhausted", "parents" "were" "exhausted", "parents" "are" "exhausted", "parents" "exhausted", "mum" "is" "tired", "mum" "was" "tired", "mother" "was" "tired",
                "tired" "after" "swimming", "tired" "after" "treatment", "residential", "sleepover", "chemotherapy", "hay" "fever",
                "new" "baby", "tired" "of"
            ],
        },
    ),
    (
        NeglectSign::Teeth,
        Phrase {
            says: phrases![
                "tooth" "decay", "decayed", "decay", "bad" "teeth", "rotten", "toothache", "dental" "neglect", "abscess",
                "teeth" "removed", "teeth" "out", "teeth" "taken" "out", "black" "teeth", "pain" "in" "his" "teeth",
                "pain" "in" "her" "teeth"
            ],
            with: NONE,
            unless: phrases!["brace", "braces", "orthodontist"],
        },
    ),
    (
        NeglectSign::Weight,
        Phrase {
            says: phrases![
                "too" "thin", "very" "thin", "so" "thin", "is" "thin", "looks" "thin", "looked" "thin", "thin" "and", "thinner", "lost" "weight", "losing" "weight", "weight" "loss", "underweight", "obese", "overweight", "gained" "weight",
                "not" "growing", "centile", "clothes" "of" "a", "clothes" "for" "a"
            ],
            with: NONE,
            unless: phrases!["growth" "spurt", "healthy" "weight", "thin" "paper", "thin" "line", "thin" "ice"],
        },
    ),
    (
        NeglectSign::Untreated,
        Phrase {
            says: phrases!["head" "lice", "lice", "nits", "scabies", "untreated", "fleas", "flea" "bites", "infected"],
            with: NONE,
            unless: phrases!["in" "the" "class", "the" "class", "going" "round", "letter" "to" "all", "whole" "class", "combing", "has" "been" "treated", "was" "treated", "were" "treated"],
        },
    ),
    (
        NeglectSign::Appointments,
        Phrase {
            says: phrases![
                "not" "brought", "missed" "appointment", "missed" "appointments", "missed" "dental", "missed" "hospital",
                "no" "glasses", "without" "glasses", "without" "his" "glasses", "without" "her" "glasses", "no" "inhaler", "not" "registered" "with" "a" "doctor", "not" "registered" "with" "a" "dentist", "no" "gp", "not" "with" "a" "doctor", "never" "seen" "a" "dentist", "no" "doctor" "here"
            ],
            with: NONE,
            unless: NONE,
        },
    ),
    (
        NeglectSign::Home,
        Phrase {
            says: phrases![
                "no" "bed", "on" "the" "floor", "on" "a" "sofa", "on" "the" "sofa", "no" "heating", "no" "electricity", "no" "gas",
                "cold" "house", "house" "was" "dirty", "home" "conditions", "home" "was" "dirty", "no" "furniture", "mould",
                "flat" "was" "cold", "house" "was" "cold", "sharing" "a" "bed", "shares" "a" "bed", "no" "bedding", "on" "the" "settee", "one" "mattress", "no" "bedroom", "leccy" "had" "gone", "meter" "had" "run" "out", "electric" "had" "run" "out", "no" "bedclothes"
            ],
            with: NONE,
            unless: phrases!["carpet" "time", "sat" "on" "the" "floor", "sits" "on" "the" "floor", "lies" "on" "the" "floor", "sat" "on" "the" "settee"],
        },
    ),
    (
        NeglectSign::LeftAlone,
        Phrase {
            says: phrases![
                "left" "alone", "home" "alone", "not" "collected", "nobody" "collected", "no" "one" "collected", "not" "fetched",
                "collected" "late", "lets" "himself" "in", "lets" "herself" "in", "gets" "himself" "up", "gets" "herself" "up",
                "alone" "in" "the" "house", "alone" "at" "home", "out" "late", "unsupervised"
            ],
            with: NONE,
            unless: phrases!["thought" "it" "was", "traffic", "broke" "down", "mix" "up", "prefers" "to" "be" "left" "alone", "likes" "to" "be" "left" "alone", "film"],
        },
    ),
];
