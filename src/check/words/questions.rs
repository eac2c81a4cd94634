//! What a safeguarding lead asks about an event that no kind names, by what its words are about.
//!
//! The words choose the question alone; whether anything is asked, the rules decide. Where none fits well, the question
//! is one that fits every event: a stray word must not turn it.

use super::Words;
use super::phrase::{NONE, Phrase, phrases};
use crate::record::{Basis, Entry};

/// What an event may be about, and the question.
struct Topic {
    phrase: Phrase,
    question: &'static str,
}

const fn topic(says: &'static [&'static [&'static str]], question: &'static str) -> Topic {
    Topic { phrase: Phrase { says, with: NONE, unless: NONE }, question }
}

/// What may be grave whatever it is called: looked for also where an event is said to be everyday, or to have gone well.
const GRAVE: &[Topic] = &[
    topic(
        phrases![
            "to" "kill", "will" "kill", "gun", "guns", "shotgun", "air" "rifle", "machete", "carries" "a" "knife", "with" "a" "knife",
            "zombie" "knife", "shoot" "himself", "shoot" "herself", "shoot" "us", "burn" "the" "house", "petrol", "firearms",
            "shooting", "list" "of" "names", "floor" "plan", "attack", "acid"
        ],
        "Who is in danger from whom, of whom is the child afraid, is there a weapon at home, and have the police been asked?",
    ),
    topic(
        phrases![
            "suicide", "took" "his" "own" "life", "took" "her" "own" "life", "want" "to" "die", "wants" "to" "die", "wanted" "to" "die",
            "be" "dead", "not" "wake" "up", "painless", "paracetamol", "overdose", "hanged", "hanging", "cutting" "herself",
            "cutting" "himself", "cuts" "on", "cut" "her" "arm", "cut" "his" "arm", "razor", "gave" "away", "giving" "away",
            "goodbye" "letter", "not" "be" "needing", "won" "t" "be" "needing", "will" "not" "need" "them", "say" "goodbye" "to", "heaven", "can" "t" "go" "on", "cannot" "go" "on", "end" "it" "all", "be" "out" "of" "it", "better" "off" "dead", "better" "off" "without" "me", "engine" "running", "if" "anything" "happens" "to" "me", "if" "owt" "happens"
        ],
        "Who has asked, in plain words, about wanting to die, who in health has seen this person, and who keeps the child safe tonight?",
    ),
    topic(
        phrases![
            "held" "a" "pillow", "pillow" "over", "in" "a" "harness", "restrained", "restrain", "ankle", "cuffs", "held" "down", "plywood", "straps" "on", "strapped", "lock" "on" "her", "lock" "on" "his", "lock" "on" "the" "bedroom", "locks" "him", "locks" "her", "locked" "him", "locked" "her", "locked" "in", "bolt", "bolted",
            "tied", "gate" "on" "the" "bedroom", "in" "his" "room" "all", "in" "her" "room" "all", "in" "the" "cellar", "in" "the" "shed", "kennel"
        ],
        "Who decided that, who has seen it, what has the child done to be kept so, and how long does it go on?",
    ),
    topic(
        phrases![
            "extra" "dose", "double" "dose", "more" "than" "the" "label", "an" "extra" "tablet", "half" "a" "tablet", "calms" "him" "down",
            "calms" "her" "down", "sedated", "sedate", "drowsy", "syringe", "needle", "needles", "methadone", "insulin" "herself",
            "changed" "the" "dose", "stopped" "the" "medicine", "stopped" "his" "medicine", "stopped" "her" "medicine", "feeding" "tube",
            "not" "epileptic", "no" "diagnosis", "no" "cause" "found", "second" "opinion", "wheelchair" "at" "home"
        ],
        "Who decides on the medicine or treatment, does it agree with what the doctor says, and who outside the home has seen the need for it?",
    ),
    topic(
        phrases![
            "choked", "choking", "strangled", "pinned", "slapped", "slapped" "her", "slapped" "him", "punched" "her", "punched" "him",
            "dragged", "threw" "her", "threw" "him", "pushed" "her" "down", "pushed" "him" "down", "the" "belt", "his" "belt", "gets" "belted", "slipper", "wooden" "spoon",
            "smacked", "smacks", "clip" "round", "kicked" "her", "kicked" "him"
        ],
        "Who hurt whom, was it the first time, who has looked at the child, and was the child asked alone?",
    ),
    topic(
        phrases![
            "sole" "escort", "only" "escort", "one" "escort", "second" "escort", "no" "escort", "just" "the" "two" "of" "them",
            "just" "him" "and", "just" "her" "and", "alone" "with" "him", "alone" "with" "her"
        ],
        "Who is alone with the child and since when, who decided that one adult is enough, and what does the child show when this person comes?",
    ),
    topic(
        phrases![
            "in" "their" "pants", "in" "his" "pants", "in" "her" "pants", "private" "parts", "willy", "naked", "no" "clothes", "undressed",
            "kissing" "her", "kissing" "him", "touching" "her", "touching" "him", "touched" "her", "touched" "him", "in" "his" "bed",
            "in" "her" "bed", "shares" "a" "bed" "with", "sleeps" "with" "her", "sleeps" "with" "him", "grown" "ups" "do", "sexual",
            "sexualised", "porn", "nudes", "secret" "game", "our" "game", "special" "game", "sits" "on" "his" "knee", "tickles", "pregnant",
            "sanitary", "is" "the" "father" "of", "fathered", "morning" "after" "pill", "sent" "a" "picture", "send" "a" "picture", "send" "pictures", "sent" "pictures", "picture" "back", "delete" "a" "picture", "own" "camera", "his" "own" "laptop", "her" "own" "laptop", "on" "his" "own" "phone", "on" "her" "own" "phone"
        ],
        "Where may this have been seen, heard or done, with whom is the child alone, and who else may be hurt?",
    ),
    topic(
        phrases![
            "cash", "owes", "debt", "vape", "vapes", "two" "phones", "second" "phone", "burner", "chosen" "boys", "chosen" "girls", "his" "favourites", "her" "favourites", "new" "phone", "won" "the" "money", "in" "her" "sock", "in" "his" "sock", "hotel" "room", "in" "taxis", "paid" "taxi", "county" "line",
            "trap" "house", "older" "boys", "older" "lads", "big" "lads", "older" "man", "older" "men", "new" "trainers", "runs" "for",
            "running" "for", "drop" "off" "a" "parcel", "delivering", "work" "it" "off", "works" "in" "the", "car" "wash", "nail" "bar",
            "restaurant" "kitchen", "no" "passport", "has" "her" "passport", "has" "his" "passport", "strangers", "people" "come" "and" "go",
            "people" "in" "the" "flat", "yot", "youth" "offending", "has" "a" "key", "key" "to" "the" "house", "pay" "it" "back", "pay" "back", "pay" "something" "back"
        ],
        "Who are these people, where does it come from, and what is asked of the child, or of somebody near, in return?",
    ),
    topic(
        phrases![
            "checks" "her" "phone", "not" "allowed" "to" "go", "is" "not" "allowed", "isn" "t" "allowed", "has" "to" "ask" "him", "on" "speaker",
            "listens" "in", "speaks" "for" "her", "answers" "for" "her", "answered" "for" "her", "tracker", "keeps" "the" "money",
            "gives" "her" "money", "waits" "outside", "waiting" "outside", "walks" "on" "eggshells", "on" "eggshells",
            "non" "molestation", "occupation" "order", "restraining" "order", "refuge", "bail", "released"
        ],
        "Who decides in this home, who has spoken with each adult alone and safely, and what does the child do when it begins?",
    ),
    topic(
        phrases![
            "prison", "letter" "from" "him", "in" "custody", "sentence", "probation", "tag", "was" "removed", "were" "removed",
            "adopted" "before", "child" "adopted", "children" "removed", "in" "care" "herself", "in" "care" "himself", "special" "guardian",
            "sgo", "kinship"
        ],
        "What is known of it from a service and not from the family alone, what has it to do with this child, and who decides on contact?",
    ),
    topic(
        phrases![
            "puts" "her" "mother" "to" "bed", "puts" "his" "mother" "to" "bed", "puts" "mum" "to" "bed", "looks" "after" "the" "baby",
            "looks" "after" "mum", "looks" "after" "her" "mum", "looks" "after" "his" "mum", "gives" "mum", "gives" "her" "mum", "her" "mum" "s" "tablets",
            "cooks" "for", "gets" "the" "little" "ones", "gets" "his" "brother", "gets" "her" "brother", "gets" "her" "sister", "gets" "his" "sister",
            "interprets", "translates" "for"
        ],
        "What does it take of the child's day and night, who has assessed that, and what would happen without the child?",
    ),
    topic(
        phrases![
            "drunk", "drink", "wine", "vodka", "cans", "smelt" "of" "alcohol", "cannabis", "weed", "drugs", "slurred", "hung" "over", "hungover",
            "asleep" "on" "the" "sofa", "could" "not" "be" "woken", "couldn" "t" "wake"
        ],
        "Who uses it, how often, who is sober when the child needs somebody, and does the child travel with them?",
    ),
    topic(
        phrases![
            "infidel", "kuffar", "caliphate", "white" "race", "great" "replacement", "swastika", "nazi", "isis", "jihad", "extremist",
            "forced", "promised", "wedding" "in", "married" "off", "cut" "there", "be" "clean", "be" "cleaned", "cleansed", "spirit", "spirits",
            "demon", "demons", "witch", "possessed", "pastor" "says", "family" "honour", "shame" "on"
        ],
        "What is believed or planned, what does the child understand and fear, and who with knowledge of it was asked before the family was?",
    ),
];

/// Kindness of which somebody should ask: who gives it, and what for.
const KINDNESS: Topic = topic(
    phrases![
        "uncle", "coach", "neighbour", "lodger", "cousin", "boyfriend", "girlfriend", "new" "partner", "stepdad", "step" "dad",
        "family" "friend", "friend" "of", "older" "friend", "godfather", "babysitter", "bought", "buys", "paid" "for", "pays" "for",
        "gave" "him", "gave" "her", "gives" "him", "gives" "her", "lift", "lifts", "sleepover", "sleepovers", "stays" "over", "stayed" "over",
        "takes" "him", "takes" "her", "took" "him", "took" "her", "generous", "so" "kind", "like" "a" "dad", "like" "a" "mum",
        "man" "of" "the" "house", "grown" "up" "for", "mature", "such" "a" "help", "so" "helpful", "independent", "resilient",
        "never" "complains", "no" "trouble"
    ],
    "Who is behind it, what is asked of the child, and who else has seen it to be as good as it sounds?",
);

/// Admiration and money that rest on an illness.
const FAME: Topic = Topic {
    phrase: Phrase {
        says: phrases![
            "raised" "money", "raise" "money", "fundraising", "fundraiser", "collection", "collected" "for", "hero", "appeal",
            "newspaper", "on" "the" "radio", "radio" "station", "a" "page" "about", "wish" "granted", "award" "for" "bravery"
        ],
        with: phrases![
            "adapted",
            "wheelchair",
            "hospital",
            "treatment",
            "illness",
            "poorly",
            "brave",
            "bravery",
            "condition",
            "operation",
            "therapy"
        ],
        unless: NONE,
    },
    question: "What rests on the illness being as it is told, who in health has confirmed it, and could anybody here still doubt it?",
};

/// What is plain by words that hardly mislead.
const PLAIN: &[Topic] = &[
    topic(
        phrases![
            "bruise", "bruises", "bruising", "bruised", "a" "mark" "on", "marks" "on", "scratches", "scratched", "burn" "on", "burns" "on", "burnt" "his", "burnt" "her", "burned" "his", "burned" "her",
            "swollen", "split" "lip", "black" "eye", "forearm", "wrist", "limping", "sore" "arm", "sore" "back", "bite" "mark", "grip" "marks"
        ],
        "What does the child say when asked alone, does the explanation fit, and has a doctor or nurse looked at it?",
    ),
    topic(
        phrases![
            "online", "internet", "snapchat", "tiktok", "whatsapp", "instagram", "discord", "roblox", "fortnite", "xbox", "playstation",
            "headset", "livestream", "webcam", "group" "chat", "his" "phone", "her" "phone", "an" "account", "screen" "time"
        ],
        "Who is at the other end, who at home knows of it, and what has been seen or sent?",
    ),
    topic(
        phrases![
            "hungry", "no" "breakfast", "no" "lunch", "no" "coat", "unwashed", "same" "clothes", "smell", "smells", "smelled", "smelt", "grubby",
            "mattress", "sleeps" "on", "slept" "on", "no" "heating", "no" "electric", "no" "electricity", "meter", "damp", "mould", "rats", "mice",
            "hoarding", "clutter", "landlord", "eviction", "evicted", "hostel", "temporary" "accommodation", "food" "bank", "tired", "asleep" "in",
            "fell" "asleep", "nits", "lice", "toothache", "weight", "thin", "thinner", "crusts", "seconds", "trousers" "held"
        ],
        "What is home like by day and by night, who has been inside and seen it, how often is it so, and has a doctor looked at the child?",
    ),
    topic(
        phrases![
            "appointment", "appointments", "hospital", "clinic", "consultant", "gp", "school" "nurse", "diagnosis",
            "symptoms", "seizure", "seizures", "medication", "inhaler", "insulin", "dietician", "continence", "dental", "operation",
            "surgery", "treatment", "allergy", "allergic", "reaction"
        ],
        "Who in health has examined the child, does what they found fit what was said and seen, was anything refused or put off, and who holds it together?",
    ),
    topic(
        phrases![
            "off" "the" "contact", "off" "the" "list", "off" "the" "collection", "collection" "list", "contact" "list",
            "not" "be" "going" "there", "not" "to" "see", "no" "longer" "to" "collect", "not" "allowed" "to" "collect"
        ],
        "Why does this contact end and who decided it, what does the child say, and who outside the home still sees the child?",
    ),
    topic(
        phrases![
            "new" "partner", "boyfriend", "lodger", "babysitter", "mum" "s" "friend", "dad" "s" "friend", "family" "friend",
            "friend" "of" "the" "family", "friend" "of" "mum", "friend" "of" "dad", "moved" "in", "moves" "in", "staying" "with", "stays" "with",
            "stepdad", "step" "dad", "stepfather", "uncle"
        ],
        "Who is this, since when and how often near the child, and what do services know of this person?",
    ),
    topic(
        phrases![
            "refused" "consent", "declined", "withdrew", "withdrawn" "consent", "did" "not" "attend", "cancelled", "no" "reply", "did" "not" "answer",
            "waiting" "list", "threshold", "no" "further" "action", "nfa", "referral", "referred", "social" "worker", "camhs", "early" "help",
            "strategy" "meeting", "closed"
        ],
        "What came of it for the child, who held on where it stopped, and who looked again?",
    ),
];

/// What fits every event.
const WHATEVER: &str = "Who was there and whose account is it, what does the child say alone, had it happened before, and who outside the school should know?";

/// What a safeguarding lead asks about an event that has no kind.
pub(in crate::check) fn about(entry: &Entry) -> &'static str {
    let texts = [&entry.event, &entry.impact_on_child].into_iter().flatten();
    let words: Vec<_> = texts.map(|text| Words::of(text)).collect();
    let fits = |topic: &&Topic| words.iter().any(|words| topic.phrase.is_in(words));
    let found = GRAVE.iter().chain(PLAIN).find(fits);
    found.map_or_else(|| by_basis(entry.basis), |topic| topic.question)
}

/// The question about what a text tells that is grave, whatever it is called.
pub(in crate::check) fn grave(text: &str) -> Option<&'static str> {
    let words = Words::of(text);
    GRAVE.iter().find(|topic| topic.phrase.is_in(&words)).map(|topic| topic.question)
}

/// The question about something that is said to have gone well: what may be grave in it, what rests on it, or whose
/// kindness it was.
pub(in crate::check) fn of_kindness(text: &str) -> Option<&'static str> {
    let words = Words::of(text);
    let told = || [FAME, KINDNESS].into_iter().find(|topic| topic.phrase.is_in(&words));
    grave(text).or_else(|| told().map(|topic| topic.question))
}

/// What is asked where words tell nothing.
fn by_basis(basis: Option<Basis>) -> &'static str {
    match basis {
        Some(Basis::Disclosed) => "Who was told, what was done to make the child safe, and was the child heard again?",
        Some(Basis::Reported) => {
            "Who told it and has anybody asked them more, who else has seen it, what does the child say alone, and who outside the school should know?"
        }
        _ => WHATEVER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(event: &str) -> &'static str {
        about(&Entry { event: Some(event.into()), basis: Some(Basis::Observed), ..Entry::default() })
    }

    #[test]
    fn the_question_is_about_what_the_words_tell() {
        for (event, asks) in [
            ("Up until two on his headset with Danny", "at the other end"),
            ("New trainers, would not say from whom", "in return"),
            ("Mum's boyfriend collects on Fridays now", "Who is this"),
            ("Mattress on the floor, three to a room", "What is home like"),
            ("A third clinic letter", "Who in health"),
            ("Consent declined again", "What came of it"),
            ("Dad answered for her on the telephone", "Who decides in this home"),
            ("Pillow over his head to quieten him", "kept so"),
            ("Brother slapped her at the gate", "Who hurt whom"),
            ("Says he will kill us all if she leaves", "weapon"),
            ("Gives Mum her insulin with the needle", "medicine"),
            ("The grandparents were taken off the collection list", "contact end"),
            ("Thin, with his trousers held up by a belt", "looked at the child"),
            ("One escort in the taxi from now on", "alone with the child"),
        ] {
            assert!(asked(event).contains(asks), "{event}: {}", asked(event));
        }
    }

    #[test]
    fn admiration_that_rests_on_an_illness_is_asked_about() {
        for (event, asks) in [
            ("The appeal for his treatment reached the newspaper", Some(FAME.question)),
            ("A fundraiser for the adapted car", Some(FAME.question)),
            ("Raised money for the donkey sanctuary", None),
            ("In hospital for a day, home again", None),
            ("Her coach gave her boots", Some(KINDNESS.question)),
        ] {
            assert_eq!(of_kindness(event), asks, "{event}");
        }
    }

    #[test]
    fn a_stray_word_does_not_turn_the_question() {
        for event in [
            "Show and tell chat about his gran",
            "Came in a big coat",
            "Mum worried sick",
            "A video of the nativity",
            "The mask bit",
            "Father's e-mail on what the doctors have told us",
            "Off for a wedding",
            "Telephone call from her grandmother",
        ] {
            assert_eq!(asked(event), WHATEVER, "{event}");
        }
    }

    #[test]
    fn every_topic_asks_something_else() {
        let all = || GRAVE.iter().chain(PLAIN);
        let questions: std::collections::BTreeSet<_> = all().map(|topic| topic.question).collect();
        assert_eq!(questions.len(), all().count());
        assert!(questions.iter().all(|question| question.ends_with('?')));
    }
}
