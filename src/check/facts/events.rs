//! What kind of event a chronology entry is: as the record says; where it does not, from its structure and, last, from
//! its words.
//!
//! Words are looked for only in an entry that has no `kinds`. Each phrase has the words that make it harmless.

use crate::check::words::Words;
use crate::check::words::event_words::{CRISIS, SERVICES, SIGNS, WORDS_OF};
use crate::record::{Basis, ChangeKind, Entry, EventKind, NeglectSign, RiskKind};

/// Every kind of event that an entry is.
pub(in crate::check) fn kinds(entry: &Entry) -> Vec<EventKind> {
    if !entry.kinds.is_empty() {
        return entry.kinds.clone();
    }
    let mut kinds = Vec::new();
    let mut add = |holds: bool, kind: EventKind| {
        if holds && !kinds.contains(&kind) {
            kinds.push(kind);
        }
    };
    let agency = entry.source.as_ref().and_then(|source| source.agency.as_deref()).unwrap_or_default();
    let from_police = Words::of(agency).say(&["police"]);
    add(entry.operation_encompass.is_some(), EventKind::DomesticAbuse);
    add(entry.operation_encompass.is_some() || from_police, EventKind::PoliceNotice);
    add(entry.substance_misuse_suspected == Some(true), EventKind::SubstanceMisuse);
    add(!entry.signs.is_empty(), EventKind::NeglectSign);
    if entry.positive == Some(true) {
        return kinds;
    }
    add(entry.basis == Some(Basis::Disclosed), EventKind::Disclosure);
    add(entry.accounts_agree == Some(false), EventKind::Injury);
    let event = Words::of(entry.event.as_deref().unwrap_or_default());
    let after = [&entry.action, &entry.outcome].map(|text| Words::of(text.as_deref().unwrap_or_default()));
    // That nothing more was done closes a case only where there was one.
    let of_services = after.iter().chain([&event]).any(|words| SERVICES.iter().any(|phrase| words.say(phrase)));
    for (kind, phrase) in WORDS_OF {
        let follows = match kind {
            EventKind::ReferralMade | EventKind::ServiceClosed => true,
            EventKind::ReferralClosed => of_services,
            _ => false,
        };
        add(phrase.is_in(&event) || (follows && after.iter().any(|words| phrase.is_in(words))), *kind);
    }
    kinds
}

/// The signs that a child's needs may not be met in an entry: as it says, else by its words.
pub(in crate::check) fn signs(entry: &Entry) -> Vec<NeglectSign> {
    if !entry.signs.is_empty() || !entry.kinds.is_empty() || entry.positive == Some(true) {
        return entry.signs.clone();
    }
    let missed = entry.change_kind == Some(ChangeKind::MissedAppointments);
    let texts = [&entry.event, &entry.impact_on_child];
    let mut signs: Vec<_> = texts.into_iter().flatten().flat_map(|text| signs_in(text)).collect();
    signs.extend(missed.then_some(NeglectSign::Appointments));
    signs
}

/// The kinds of events that a text speaks of.
pub(in crate::check) fn kinds_in(text: &str) -> Vec<EventKind> {
    let words = Words::of(text);
    let mut kinds: Vec<_> = WORDS_OF.iter().filter(|(_, phrase)| phrase.is_in(&words)).map(|(kind, _)| *kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// The signs that a text speaks of.
pub(in crate::check) fn signs_in(text: &str) -> Vec<NeglectSign> {
    let words = Words::of(text);
    SIGNS.iter().filter(|(_, phrase)| phrase.is_in(&words)).map(|(sign, _)| *sign).collect()
}

/// Whether an event was a crisis of a carer's health, of the kind that a child lives through.
pub(in crate::check) fn is_a_crisis(entry: &Entry) -> bool {
    let words = Words::of(entry.event.as_deref().unwrap_or_default());
    CRISIS.is_in(&words)
}

/// Whether an entry is of one of some kinds.
pub(in crate::check) fn is_any(entry: &Entry, of: &[EventKind]) -> bool {
    kinds(entry).iter().any(|kind| of.contains(kind))
}

/// Whether an event is an injury that a member of staff saw happen, and nothing else.
pub(in crate::check) fn is_a_seen_injury(entry: &Entry) -> bool {
    entry.witnessed == Some(true) && kinds(entry) == [EventKind::Injury]
}

/// What an event of a kind is called in a message.
pub(in crate::check) fn name(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Injury => "an injury",
        EventKind::Disclosure => "something the child told",
        EventKind::Retraction => "something the child took back",
        EventKind::ReferralMade => "a referral",
        EventKind::ReferralClosed => "a referral or case that was closed",
        EventKind::PoliceNotice => "a police notice",
        EventKind::DomesticAbuse => "domestic abuse",
        EventKind::NeglectSign => "a sign that needs may not be met",
        EventKind::SubstanceMisuse => "alcohol or drugs",
        EventKind::ExploitationSign => "a sign that somebody may exploit the child",
        EventKind::Missing => "going missing",
        EventKind::SelfHarm => "self-harm",
        EventKind::Restriction => "restraint or locking in",
        EventKind::HarmfulBehaviour => "harmful behaviour",
        EventKind::FearOrDistress => "fear, distress or a change in the child",
        EventKind::HonourBasedAbuse => "a sign of forced marriage or so-called honour-based abuse",
        EventKind::Bullying => "bullying",
        EventKind::ConcernOfRelative => "the concern of a relative",
        EventKind::ConcernOfOthers => "the concern of a neighbour or caller",
        EventKind::ParentsAccount => "a parent's account",
        EventKind::ContactStopped => "contact that stopped",
        EventKind::NotSeen => "a time in which nobody saw the child",
        EventKind::HomeEducation => "home education",
        EventKind::AgreementMade => "a written agreement",
        EventKind::AgreementBroken => "a broken agreement",
        EventKind::ServiceClosed => "a service that closed because nobody answered",
        EventKind::CarersHealth => "a carer's illness",
        EventKind::CaresForOthers => "caring for somebody",
        EventKind::Everyday => "an everyday event",
    }
}

/// What a safeguarding lead asks about an event of a kind.
pub(in crate::check) fn question(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Injury => {
            "Who saw it happen, did a doctor or nurse look at it, and what did each person, the child first, say?"
        }
        EventKind::Disclosure => {
            "Who was told, what was done to make the child safe, and was the child heard again, alone?"
        }
        EventKind::Retraction => "Who was with the child when it was taken back, and who has asked again, alone?",
        EventKind::ReferralMade => "What came of it, and who went back where nothing did?",
        EventKind::ReferralClosed => {
            "On what grounds, was the child seen and heard before, and who looked again later to see that it lasted?"
        }
        EventKind::PoliceNotice => {
            "Who was there, was it the first, who explained it, and what have the police and children's services been asked?"
        }
        EventKind::DomesticAbuse => {
            "Who was hurt, where was the child, who has spoken with each adult alone, and who outside the family knows that it is over?"
        }
        EventKind::NeglectSign => "How often, since when, who has put it beside the other signs, and what changed?",
        EventKind::SubstanceMisuse => "Whose, how often, who looks after the child then, and which service knows?",
        EventKind::ExploitationSign => {
            "Where does it come from, who are these people, and what does anybody ask of the child in return?"
        }
        EventKind::Missing => {
            "Where and with whom was the child, were the police told, and who talked with the child afterwards?"
        }
        EventKind::SelfHarm => {
            "What does the child say it is about, who in health has seen the child, and who has the safety plan?"
        }
        EventKind::Restriction => "Who does it, how often and why, and who has seen where the child sleeps?",
        EventKind::HarmfulBehaviour => {
            "Where may the child have met this, whom does the child fear, who else may be hurt, and who was asked for advice?"
        }
        EventKind::FearOrDistress => "Of whom or what, since when, and what else changed at that time?",
        EventKind::HonourBasedAbuse => {
            "What does the child fear, who in the family must not be told, and have the police or the Forced Marriage Unit been asked before anybody spoke to the family?"
        }
        EventKind::Bullying => "Who does it, where, and does the child say that it has stopped?",
        EventKind::ConcernOfRelative => {
            "What exactly was feared, who rang back, and who else was asked whether it is so?"
        }
        EventKind::ConcernOfOthers => "What exactly was seen or heard, who was told, and who looked?",
        EventKind::ParentsAccount => "Who else saw it?",
        EventKind::ContactStopped => "Who ended it, what else changed at that time, and what does the child wish?",
        EventKind::NotSeen => "Who outside the family has seen the child, and the home, since then, and when?",
        EventKind::HomeEducation => "Why then, who agreed, and who outside the family saw the child in that time?",
        EventKind::AgreementMade => "Was it kept, and who looked?",
        EventKind::AgreementBroken => "What followed, and who decided that?",
        EventKind::ServiceClosed => {
            "What need was left, does the service know what the school knows, and who tries instead?"
        }
        EventKind::CarersHealth => {
            "What did the child see and understand, who looks after the child when the carer cannot, and who has asked the child?"
        }
        EventKind::CaresForOthers => "What does it take of the child's day and night, and who has assessed that?",
        EventKind::Everyday => "What does it mean for the child?",
    }
}

/// The kinds of events that a risk is about.
pub(in crate::check) fn events_of(kind: RiskKind) -> &'static [EventKind] {
    match kind {
        RiskKind::Neglect => &[EventKind::NeglectSign, EventKind::NotSeen, EventKind::ServiceClosed],
        RiskKind::DomesticAbuse => &[EventKind::DomesticAbuse, EventKind::PoliceNotice, EventKind::ConcernOfOthers],
        RiskKind::PhysicalAbuse => &[EventKind::Injury, EventKind::Restriction, EventKind::Disclosure],
        RiskKind::SexualAbuse | RiskKind::EmotionalAbuse => &[EventKind::Disclosure, EventKind::FearOrDistress],
        RiskKind::SubstanceMisuseChild | RiskKind::SubstanceMisuseCarer => &[EventKind::SubstanceMisuse],
        RiskKind::ParentalMentalHealth => &[EventKind::CarersHealth],
        RiskKind::Exploitation | RiskKind::Online => &[EventKind::ExploitationSign, EventKind::Missing],
        RiskKind::HonourBasedAbuse => &[EventKind::HonourBasedAbuse],
        RiskKind::SelfHarm => &[EventKind::SelfHarm],
        RiskKind::MissingFromHome => &[EventKind::Missing],
        RiskKind::YoungCarer => &[EventKind::CaresForOthers],
        RiskKind::HarmfulBehaviour => &[EventKind::HarmfulBehaviour],
        RiskKind::Bullying => &[EventKind::Bullying],
        RiskKind::Radicalisation
        | RiskKind::OutOfSchool
        | RiskKind::Health
        | RiskKind::Bereavement
        | RiskKind::Housing
        | RiskKind::Other => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(event: &str) -> Vec<EventKind> {
        kinds(&Entry { event: Some(event.into()), ..Entry::default() })
    }

    #[test]
    fn what_the_record_says_counts_before_its_words() {
        let entry = Entry { event: Some("Bruise on arm".into()), kinds: vec![EventKind::Everyday], ..Entry::default() };
        assert_eq!(kinds(&entry), [EventKind::Everyday]);
    }

    #[test]
    fn words_tell_where_structure_does_not() {
        for (text, kind) in [
            ("Bruise to the cheek, two accounts", EventKind::Injury),
            ("Grandmother rang the school, worried about weekends", EventKind::ConcernOfRelative),
            ("Mother says they will be home educated", EventKind::HomeEducation),
            ("Family support closed: nobody answered three visits", EventKind::ServiceClosed),
            ("Neighbour reported shouting", EventKind::ConcernOfOthers),
            ("Picked up by older boys in a car", EventKind::ExploitationSign),
        ] {
            assert!(told(text).contains(&kind), "{text}: {:?}", told(text));
        }
    }

    #[test]
    fn words_that_only_sound_alike_tell_nothing() {
        for text in [
            "Bruised knee at football, staff saw it",
            "Home-school book began",
            "New phone for her birthday",
            "Won a prize",
            "Our dog ran away and came back",
            "Police officer came to assembly",
        ] {
            assert!(told(text).is_empty(), "{text}: {:?}", told(text));
        }
    }

    #[test]
    fn signs_are_found_once_each_kind() {
        let signs = signs_in("Came hungry and unwashed, no coat, and fell asleep at noon");
        let wanted = [NeglectSign::Hunger, NeglectSign::Hygiene, NeglectSign::Clothing, NeglectSign::Tiredness];
        assert_eq!(signs, wanted);
        assert!(signs_in("The smell of the lunch hall is hard for him").is_empty());
    }
}
