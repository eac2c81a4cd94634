//! The child's own voice.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use crate::circle::Audience;

/// How the child's view was gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoiceMethod {
    /// A talk.
    Conversation,
    /// An interview along set questions.
    InterviewTool,
    /// Talk in a group.
    CircleTime,
    /// Questions read aloud to the child.
    QuestionnaireReadAloud,
    /// Something the child wrote.
    OwnWriting,
    /// Questions the child answered in writing.
    Questionnaire,
    /// A drawing.
    Drawing,
    /// Three Houses.
    ThreeHouses,
    /// Widgit symbols.
    WidgitSymbols,
    /// Talking Mats.
    TalkingMats,
    /// A scale from one end to the other.
    Scaling,
    /// Photographs.
    Photo,
    /// Signing.
    Signing,
    /// A communication device.
    AacDevice,
    /// Watching the child play.
    PlayObservation,
    /// Watching what the child does.
    BehaviourObservation,
    /// Somebody who speaks for the child.
    Advocate,
}

impl VoiceMethod {
    /// Whether the child spoke, so that exact words are to be had.
    #[must_use]
    pub fn is_verbal(self) -> bool {
        matches!(self, Self::Conversation | Self::InterviewTool | Self::CircleTime | Self::QuestionnaireReadAloud)
    }
}

/// The child's own voice: entries in the child's words, or why there are none and what staff have seen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Voice {
    /// What the child said, wrote, drew or showed, one entry for each occasion.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "agreed"))]
    #[validate(nested)]
    pub entries: Vec<VoiceEntry>,
    /// Why the child's voice could not be had, if so.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub not_obtained_reason: Option<String>,
    /// What staff have seen, with dates. Required where the voice could not be had.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub observations: Vec<Observation>,
    /// How the child was helped to take part: interpreter, symbols, signing, drawing.
    #[schemars(extend("x-audience" = "all_staff"))]
    #[validate(length(max = 2000))]
    pub communication_support: Option<String>,
    /// For the one-page profile: what the child wants people to know. It goes where the child agreed.
    #[schemars(extend("x-audience" = "agreed"))]
    #[validate(nested)]
    pub profile: Option<Profile>,
    /// The adults the child trusts, in the child's choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-text" = "exact", "x-audience" = "agreed"))]
    #[validate(length(max = 20))]
    pub trusted_adults: Vec<String>,
    /// What the child worries about in the move.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "agreed"))]
    #[validate(nested)]
    pub worries: Vec<Worry>,
    /// Whom the child wants to know about these things.
    #[schemars(extend("x-text" = "exact", "x-audience" = "agreed"))]
    #[validate(length(max = 2000))]
    pub who_should_know: Option<String>,
    /// The readers the child agreed to for trusted adults, worries, who should know and the profile, where nothing
    /// else is said there. Without it: only those whom the child agreed to in every entry; without any entry, the DSL.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 4))]
    #[schemars(extend("x-set" = true, "x-audience" = "pastoral"))]
    pub agreed_to_share_with: Vec<Audience>,
}

/// One occasion on which the child was heard.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct VoiceEntry {
    /// A short name for this entry, to refer to it: `v1`.
    #[validate(length(max = 40))]
    pub id: Option<String>,
    /// The day.
    #[schemars(required, extend("x-rule" = "VC-03"))]
    pub date: Option<Day>,
    /// Who wrote it down.
    #[schemars(required, extend("x-text" = "name", "x-rule" = "VC-03"))]
    #[validate(length(max = 120))]
    pub recorded_by: Option<String>,
    /// That person's role.
    #[schemars(required, extend("x-rule" = "VC-03"))]
    #[validate(length(max = 120))]
    pub recorder_role: Option<String>,
    /// How the child's view was gathered.
    #[schemars(required, extend("x-rule" = "VC-03"))]
    pub method: Option<VoiceMethod>,
    /// Where it was.
    #[validate(length(max = 200))]
    pub setting: Option<String>,
    /// What the child was asked.
    #[schemars(extend("x-text" = "view"))]
    #[validate(length(max = 2000))]
    pub prompt: Option<String>,
    /// The child's exact words, in the child's language. Printed exactly as given here.
    #[schemars(extend("x-text" = "exact"))]
    #[validate(length(max = 10000))]
    pub verbatim: Option<String>,
    /// The language of the words, where it is not English: a code such as `uk`, `ar`, `pl`.
    #[validate(length(max = 20))]
    pub language: Option<String>,
    /// The words in English, where the child used another language.
    #[schemars(extend("x-text" = "translation"))]
    #[validate(length(max = 10000))]
    pub translation: Option<String>,
    /// What could be seen while the child spoke, drew or stayed silent.
    #[validate(length(max = 4000))]
    pub observations: Option<String>,
    /// Pictures that belong to it: a drawing, a photograph of something the child made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 4), nested)]
    pub pictures: Vec<Attachment>,
    /// What an adult makes of it. Kept apart from the child's words.
    #[validate(length(max = 4000))]
    pub adult_interpretation: Option<String>,
    /// What was done about it: by whom, when, and whether the child was asked again.
    #[validate(length(max = 2000))]
    pub followed_up: Option<String>,
    /// Who was present.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 20))]
    pub present: Vec<String>,
    /// Whether a parent or carer was present.
    pub parent_present: Option<bool>,
    /// Whether it was read back to the child.
    pub checked_back: Option<bool>,
    /// The readers the child agreed to. `all_staff` means everyone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 4))]
    #[schemars(extend("x-set" = true))]
    pub agreed_to_share_with: Vec<Audience>,
    /// Who will read this. Without it: exactly those the child agreed to.
    pub audience: Option<Audience>,
    /// The safeguarding reason for showing this to someone the child did not agree to.
    #[schemars(extend("x-text" = "account", "x-audience" = "dsl"))]
    #[validate(length(max = 2000))]
    pub override_reason: Option<String>,
}

/// A picture that lies beside the record: PNG or JPEG.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// The file, in the record's own folder or a folder below it: `drawings/house.png`.
    #[schemars(required)]
    #[validate(length(max = 200))]
    pub file: Option<String>,
    /// What the picture shows, for those who cannot see it.
    #[schemars(required, extend("x-rule" = "VC-16"))]
    #[validate(length(max = 1000))]
    pub alt: Option<String>,
}

impl VoiceEntry {
    /// Whether the child agreed that these readers see the entry.
    #[must_use]
    pub fn child_agreed(&self, reader: Audience) -> bool {
        agreed(&self.agreed_to_share_with, reader)
    }

    /// Whether these readers see the entry: those the child agreed to; others only where the record names them as
    /// its audience and gives the safeguarding reason.
    #[must_use]
    pub fn shown_to(&self, reader: Audience) -> bool {
        let in_audience = self.audience.is_none_or(|audience| audience <= reader);
        let overridden = self.audience.is_some() && !super::blank(self.override_reason.as_deref());
        in_audience && (self.child_agreed(reader) || overridden)
    }
}

/// Whether a child's agreement opens something to these readers.
fn agreed(circles: &[Audience], reader: Audience) -> bool {
    circles.iter().any(|&circle| circle == reader || circle == Audience::AllStaff)
}

impl Voice {
    /// Every picture that is named, with its path inside of the voice: those of the entries, then the photograph.
    pub fn pictures(&self) -> impl Iterator<Item = (String, &Attachment)> {
        let entries = self.entries.iter().enumerate();
        let drawn = entries.flat_map(|(i, entry)| {
            let pictures = entry.pictures.iter().enumerate();
            pictures.map(move |(k, picture)| (format!("entries[{i}].pictures[{k}]"), picture))
        });
        let photograph = self.profile.iter().filter_map(|profile| profile.photograph.as_ref());
        drawn.chain(photograph.map(|picture| ("profile.photograph".to_owned(), picture)))
    }

    /// Whether the child agreed that these readers see what is said beside the entries: by its own agreement where
    /// there is one; else only where the child agreed to them in every entry; without any entry, the DSL alone.
    #[must_use]
    pub fn child_agreed(&self, reader: Audience) -> bool {
        if !self.agreed_to_share_with.is_empty() {
            return agreed(&self.agreed_to_share_with, reader);
        }
        let mut asked = self.entries.iter().map(|entry| &entry.agreed_to_share_with).filter(|all| !all.is_empty());
        let narrowest = asked.clone().all(|circles| agreed(circles, reader));
        if asked.next().is_none() { reader == Audience::Dsl } else { narrowest }
    }

    /// Whether the child agreed to these readers for one thing: by what was said of it, else as for all of the voice.
    #[must_use]
    pub fn child_agreed_to(&self, own: &[Audience], reader: Audience) -> bool {
        if own.is_empty() { self.child_agreed(reader) } else { agreed(own, reader) }
    }

    /// Whether the child was asked about readers, for all of the voice or in any entry.
    #[must_use]
    pub fn child_was_asked(&self) -> bool {
        !self.agreed_to_share_with.is_empty() || self.entries.iter().any(|entry| !entry.agreed_to_share_with.is_empty())
    }

    /// Whether these readers see the adults whom the child trusts, and whom the child wants to know.
    #[must_use]
    pub fn shows(&self, reader: Audience) -> bool {
        let asked = !self.agreed_to_share_with.is_empty();
        self.child_agreed(reader) && (asked || reader >= Audience::Pastoral)
    }

    /// Whether these readers see a worry: with nothing said of its own, never every member of staff.
    #[must_use]
    pub fn shows_worry(&self, worry: &Worry, reader: Audience) -> bool {
        let in_audience = worry.audience.is_none_or(|audience| audience <= reader);
        if !worry.agreed_to_share_with.is_empty() {
            return in_audience && agreed(&worry.agreed_to_share_with, reader);
        }
        in_audience && if worry.audience.is_some() { self.child_agreed(reader) } else { self.shows(reader) }
    }

    /// Whether these readers see the lists of the profile.
    #[must_use]
    pub fn shows_profile(&self, profile: &Profile, reader: Audience) -> bool {
        let in_audience = profile.audience.is_none_or(|audience| audience <= reader);
        in_audience && self.child_agreed_to(&profile.agreed_to_share_with, reader)
    }
}

/// Something staff saw, where the child did not or could not say it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// The day.
    #[schemars(required)]
    pub date: Option<Day>,
    /// Who saw it.
    #[schemars(required, extend("x-text" = "name"))]
    #[validate(length(max = 120))]
    pub observed_by: Option<String>,
    /// That person's role.
    #[schemars(extend("x-text" = "post"))]
    #[validate(length(max = 120))]
    pub role: Option<String>,
    /// Where it was.
    #[validate(length(max = 200))]
    pub setting: Option<String>,
    /// What was seen.
    #[schemars(required, extend("x-text" = "account"))]
    #[validate(length(max = 4000))]
    pub what: Option<String>,
    /// Who may read this. Without it: Head of Year and tutor, SENCO, DSL.
    pub audience: Option<Audience>,
}

/// Content for the one-page profile, written with the child for every member of staff.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What is important to the child.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-text" = "view"))]
    #[validate(length(max = 12))]
    pub important_to_me: Vec<String>,
    /// What the child is good at and what others like about the child.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-text" = "view"))]
    #[validate(length(max = 12))]
    pub good_at: Vec<String>,
    /// How best to support the child.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-text" = "view"))]
    #[validate(length(max = 12))]
    pub best_support: Vec<String>,
    /// Who the child trusts, for every member of staff to know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 12))]
    pub who_i_trust: Vec<String>,
    /// What the child hopes for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-text" = "view"))]
    #[validate(length(max = 12))]
    pub hopes: Vec<String>,
    /// A photograph of the child, printed at the head of the profile. Only with the family's consent, recorded in
    /// `consents`.
    #[schemars(extend("x-rule" = "VC-26"))]
    #[validate(nested)]
    pub photograph: Option<Attachment>,
    /// The language of these lists, where it is not English: a code such as `uk`, `ar`, `pl`.
    #[validate(length(max = 20))]
    pub language: Option<String>,
    /// The readers the child agreed to. Without it: as for all of the voice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 4))]
    #[schemars(extend("x-set" = true))]
    pub agreed_to_share_with: Vec<Audience>,
    /// Who decided for a child who could not be asked: name and role.
    #[validate(length(max = 200))]
    pub decided_for_child_by: Option<String>,
    /// Who may read this: can only be narrower than what the child agreed to.
    pub audience: Option<Audience>,
}

/// Something about the move that the child worries about.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Worry {
    /// A short name, so that an action can refer to it: `w1`.
    #[validate(length(max = 40))]
    pub id: Option<String>,
    /// The worry, in the child's words.
    #[schemars(required, extend("x-text" = "exact"))]
    #[validate(length(max = 2000))]
    pub text: Option<String>,
    /// The language of the words, where it is not English: a code such as `uk`, `ar`, `pl`.
    #[validate(length(max = 20))]
    pub language: Option<String>,
    /// The readers the child agreed to. Without it: as for all of the voice, but not every member of staff.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 4))]
    #[schemars(extend("x-set" = true))]
    pub agreed_to_share_with: Vec<Audience>,
    /// Who may read this: can only be narrower than what the child agreed to.
    pub audience: Option<Audience>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_childs_agreement_decides_who_sees_an_entry() {
        let mut entry = VoiceEntry { agreed_to_share_with: vec![Audience::Pastoral], ..VoiceEntry::default() };
        assert!(entry.shown_to(Audience::Pastoral) && !entry.shown_to(Audience::Senco));
        entry.audience = Some(Audience::Senco);
        assert!(!entry.shown_to(Audience::Pastoral) && !entry.shown_to(Audience::Dsl));
        entry.override_reason = Some("To keep the child safe".into());
        assert!(
            !entry.shown_to(Audience::Pastoral) && entry.shown_to(Audience::Senco) && entry.shown_to(Audience::Dsl)
        );
    }

    #[test]
    fn what_is_said_beside_the_entries_goes_where_every_entry_may_go() {
        let entry = |circle| VoiceEntry { agreed_to_share_with: vec![circle], ..VoiceEntry::default() };
        let mut voice = Voice { entries: vec![entry(Audience::AllStaff)], ..Voice::default() };
        let (worry, profile) = (Worry::default(), Profile::default());
        assert!(voice.shows_profile(&profile, Audience::AllStaff) && voice.shows(Audience::Pastoral));
        assert!(!voice.shows_worry(&worry, Audience::AllStaff) && voice.shows_worry(&worry, Audience::Pastoral));
        voice.entries.push(entry(Audience::Dsl));
        for reader in Audience::ALL {
            let only_dsl = reader == Audience::Dsl;
            assert_eq!(voice.shows_profile(&profile, reader), only_dsl);
            assert_eq!((voice.shows(reader), voice.shows_worry(&worry, reader)), (only_dsl, only_dsl));
        }
        let wide = Worry { audience: Some(Audience::AllStaff), ..Worry::default() };
        assert!(!voice.shows_worry(&wide, Audience::AllStaff), "an adult cannot widen what the child agreed to");
        let agreed = Worry { agreed_to_share_with: vec![Audience::AllStaff], ..Worry::default() };
        assert!(voice.shows_worry(&agreed, Audience::AllStaff));
        voice.entries.clear();
        assert!(!voice.shows_profile(&profile, Audience::Senco) && voice.shows_profile(&profile, Audience::Dsl));
    }

    #[test]
    fn agreeing_to_all_staff_is_agreeing_to_everyone() {
        let entry = VoiceEntry { agreed_to_share_with: vec![Audience::AllStaff], ..VoiceEntry::default() };
        assert!(Audience::ALL.into_iter().all(|reader| entry.shown_to(reader)));
    }
}
