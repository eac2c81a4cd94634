//! What a safeguarding lead asks about an event that no kind names, by what its words are about.
//!
//! The words choose the question alone; whether anything is asked, the rules decide. So they may be wide.

use super::event_words::phrases;
use super::words::Words;
use crate::record::{Basis, Entry};

/// What an event may be about, and the question.
type Topic = (&'static [&'static [&'static str]], &'static str);

/// From the narrow to the wide: the first that fits is asked.
const TOPICS: &[Topic] = &[
    (
        phrases![
            "phone", "mobile", "online", "internet", "app", "snapchat", "tiktok", "whatsapp", "instagram", "discord",
            "roblox", "fortnite", "xbox", "playstation", "gaming", "headset", "ipad", "tablet", "screen", "video",
            "videos", "livestream", "webcam", "messages", "messaging", "chat", "photo", "photos", "photographs",
            "camera", "filmed", "filming", "group" "chat", "username", "account"
        ],
        "Who is at the other end, who knows of it at home, and what has been seen or sent?",
    ),
    (
        phrases![
            "money", "cash", "notes" "in", "trainers", "new" "coat", "jewellery", "vape", "vapes", "sweets", "gift",
            "gifts", "present" "from", "presents" "from", "owes", "debt", "taxi", "train", "bus" "station", "car",
            "van", "moped", "scooter", "older" "boy", "older" "boys", "older" "girl", "older" "girls", "older" "lad",
            "older" "lads", "teenager", "teenagers", "big" "boys", "gang", "friend" "of" "his", "friend" "of" "hers",
            "knife", "hotel", "takeaway", "car" "wash", "nail" "bar", "parcel", "errand", "errands", "sold", "selling"
        ],
        "Where does it come from, who are these people, and what does anybody ask of the child in return?",
    ),
    (
        phrases![
            "school" "leaver", "wedding", "engaged", "married", "marriage", "abroad", "flight", "passport", "visa",
            "home" "office", "asylum", "immigration", "back" "home", "spirits", "spirit", "demon", "witch", "possessed",
            "church", "pastor", "mosque", "prayers", "fasting", "blessing", "cleansing", "honour", "shame", "extremist",
            "flag", "swastika", "infidel"
        ],
        "What does the family mean by it, what does the child understand and fear, and who was asked for advice?",
    ),
    (
        phrases![
            "bruise", "bruises", "mark", "marks", "scratch", "scratches", "cut", "scar", "burn", "blister", "limp",
            "swollen", "pain", "ache", "tummy", "stomach", "headache", "headaches", "sick", "vomiting", "seizure",
            "rash", "eczema", "asthma", "inhaler", "insulin", "medicine", "medication", "tablets", "dose", "feed",
            "weight", "weighed", "bmi", "obese", "overweight", "thin", "thinner", "teeth", "tooth", "toothache",
            "dentist", "nits", "lice", "glasses", "hearing", "gp", "doctor", "nurse", "hospital", "clinic", "ward",
            "consultant", "paediatrician", "a" "e", "appointment", "appointments", "diagnosis", "symptoms", "wheelchair",
            "hoist", "splints", "catheter", "wet", "soiled", "soiling", "toilet", "pads", "periods", "period" "pains"
        ],
        "Who in health has examined the child, does what they found fit what was said, and who holds it together?",
    ),
    (
        phrases![
            "hungry", "food", "lunch", "snack", "snacks", "breakfast", "dinner", "eats", "eating", "ate", "clothes",
            "coat", "shoes", "uniform", "socks", "trousers", "smell", "smells", "smelled", "smelt", "dirty", "grubby",
            "unwashed", "washing", "bath", "shower", "bed", "bedroom", "mattress", "sofa", "sleeps", "slept", "asleep",
            "tired", "heating", "electric", "electricity", "gas", "meter", "cold", "damp", "mould", "rats", "mice",
            "dog", "dogs", "cat", "cats", "rabbit", "hoarding", "clutter", "rubbish", "house", "flat", "caravan",
            "hostel", "temporary", "landlord", "rent", "eviction", "evicted", "fire", "smoke", "food" "bank"
        ],
        "What is home like by day and by night, who has been inside and seen it, and how often is it so?",
    ),
    (
        phrases![
            "uncle", "partner", "boyfriend", "girlfriend", "fiance", "lodger", "babysitter", "childminder", "neighbour",
            "stepdad", "stepfather", "step" "dad", "stepmum", "stepmother", "stepbrother", "cousin", "cousins",
            "family" "friend", "friend" "of" "the" "family", "mum" "s" "friend", "dad" "s" "friend", "friend" "of" "mum",
            "friend" "of" "dad", "coach", "tutor", "man", "men", "gentleman", "woman", "lady", "staying", "moved" "in",
            "moved" "out", "living" "with", "lives" "with", "stays" "with", "collected", "collects", "collecting",
            "picked" "up", "dropped" "off", "brought" "by", "visitor", "visitors", "carer"
        ],
        "Who is this, since when and how often near the child, and what do services know of this person?",
    ),
    (
        phrases![
            "alcohol", "drink", "drinking", "drunk", "wine", "cans", "vodka", "beer", "cannabis", "weed", "drugs",
            "crying" "in" "the" "car", "depressed", "depression", "low" "mood", "anxiety", "mental" "health", "crisis",
            "overdose", "argument", "arguments", "arguing", "argued", "row", "rows", "shouting", "shouted", "screaming",
            "violent", "threw", "smashed", "broke" "the", "police", "arrest", "arrested", "court", "prison", "probation",
            "released", "bail", "solicitor", "separated", "split" "up", "divorce", "pregnant", "new" "baby", "baby",
            "in" "bed" "all", "exhausted", "struggling", "not" "coping", "can" "t" "cope", "cannot" "cope", "lost" "her" "temper",
            "lost" "his" "temper"
        ],
        "What does the child see of it, who looks after the child then, and who has asked each adult alone?",
    ),
    (
        phrases![
            "grandma", "grandmother", "nan", "nana", "gran", "granny", "grandad", "grandfather", "aunt", "auntie",
            "sister", "brother", "half" "sister", "half" "brother", "sibling", "siblings", "twin", "twins"
        ],
        "What does this person see of the child's days, who has asked, and what is known of the others in the family?",
    ),
    (
        phrases![
            "absent", "absence", "absences", "late", "missed", "away", "holiday", "not" "in", "off" "school", "attendance",
            "register", "truanting", "left" "the" "site", "did" "not" "come", "didn" "t" "come", "no" "show", "part" "time",
            "moved" "school", "previous" "school", "last" "school", "off" "rolled", "on" "roll", "tutoring", "home" "schooling"
        ],
        "What do these times have in common, who saw the child meanwhile, and who checked what was said of it?",
    ),
    (
        phrases![
            "rang", "called", "phoned", "left" "a" "message", "voicemail", "letter", "letters", "email", "emailed",
            "meeting", "meetings", "cancelled", "postponed", "rearranged", "did" "not" "attend", "declined", "refused",
            "consent", "visit", "visits", "visited", "referral", "referred", "hub", "mash", "social" "worker", "camhs",
            "early" "help", "support" "worker", "worker", "health" "visitor", "housing" "officer", "strategy", "threshold",
            "closed", "no" "further" "action", "nfa", "assessment", "panel", "waiting" "list", "discharged", "transferred"
        ],
        "What came of it for the child, who held on where it stopped, and who was told that it had?",
    ),
    (
        phrases![
            "hit", "kicked", "bit", "punched", "pushed", "swore", "threw", "hurt", "fight", "fighting", "touched",
            "touching", "kissed", "kissing", "exposed", "pulled" "down", "sexual", "sexualised", "rude", "private" "parts",
            "strangled", "bullied", "bullying", "name" "calling", "racist", "set" "fire", "stole", "stealing", "taken"
        ],
        "What had happened before it, where may the child have met this, and who else may be hurt?",
    ),
    (
        phrases![
            "said", "says", "told", "asked", "wrote", "drew", "drawing", "drawings", "picture", "story", "play", "played",
            "quiet", "quieter", "withdrawn", "cried", "crying", "tearful", "upset", "clingy", "flinched", "flinches",
            "hid", "hides", "hiding", "under" "the" "table", "ran" "off", "ran" "out", "froze", "frozen", "scared",
            "frightened", "anxious", "worried", "refused" "to" "go", "did" "not" "want", "didn" "t" "want", "angry",
            "outburst", "meltdown", "sleepy", "staring", "daydreaming", "different", "changed"
        ],
        "What may the child have wanted to say, who listened without a parent near, and what had happened just before?",
    ),
];

/// What a safeguarding lead asks about an event that has no kind.
pub(super) fn about(entry: &Entry) -> &'static str {
    let texts = [&entry.event, &entry.impact_on_child].into_iter().flatten();
    let words: Vec<_> = texts.map(|text| Words::of(text)).collect();
    let speaks = |phrases: &[&[&str]]| phrases.iter().any(|phrase| words.iter().any(|words| words.say(phrase)));
    let topic = TOPICS.iter().find(|(phrases, _)| speaks(phrases));
    topic.map_or_else(|| by_basis(entry.basis), |(_, question)| question)
}

/// What is asked where words tell nothing.
fn by_basis(basis: Option<Basis>) -> &'static str {
    match basis {
        Some(Basis::Observed) => "Who asked the child about it, alone, and has it been seen before?",
        Some(Basis::Disclosed) => "Who was told, what was done to make the child safe, and was the child heard again?",
        Some(Basis::Document) => "What did those who wrote it do next, and was the school told how it ended?",
        _ => "Who else has seen it, and what does the child say of it?",
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
            ("Uncle Col collects on Fridays now", "Who is this"),
            ("Mattress on the floor, three to a room", "What is home like"),
            ("Tummy ache each Monday", "Who in health"),
            ("Mum said she is exhausted and shouts", "looks after the child then"),
            ("Meeting put off; consent declined", "What came of it"),
            ("Drew the house with no door", "home like"),
            ("Sat under the table", "wanted to say"),
            ("Stood at the window", "Who asked the child"),
        ] {
            assert!(asked(event).contains(asks), "{event}: {}", asked(event));
        }
    }

    #[test]
    fn every_topic_asks_something_else() {
        let questions: std::collections::BTreeSet<_> = TOPICS.iter().map(|(_, question)| question).collect();
        assert_eq!(questions.len(), TOPICS.len());
        assert!(questions.iter().all(|question| question.ends_with('?')));
    }
}
