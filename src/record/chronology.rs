//! The chronology: what happened, who says so, what was done, what came of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use crate::circle::Audience;

/// How exact a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// The day is known.
    Day,
    /// Only the month is known.
    Month,
    /// Only the year is known.
    Year,
}

/// What an entry rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Seen or heard by staff.
    Observed,
    /// Disclosed by the child: something that may be harm.
    Disclosed,
    /// Reported by somebody else.
    Reported,
    /// Professional opinion.
    ProfessionalOpinion,
    /// From a document.
    Document,
}

/// What kind of change it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A new partner.
    NewPartner,
    /// A new adult around the child.
    NewAdult,
    /// Parents separated.
    Separation,
    /// Somebody died.
    Bereavement,
    /// A baby was born.
    NewBaby,
    /// A pregnancy.
    Pregnancy,
    /// The family moved.
    MovedHome,
    /// Another person looks after the child.
    ChangeOfCarer,
    /// Appointments were missed.
    MissedAppointments,
    /// Attendance fell.
    AttendanceFell,
    /// A suspension or exclusion.
    Exclusion,
    /// A plan began, ended or changed.
    PlanChanged,
    /// Somebody went to or came from prison.
    Custody,
    /// An illness.
    Illness,
    /// Another change.
    Other,
}

/// What kind of event, beside a change in the child's life: several may fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// An injury or mark.
    Injury,
    /// The child told of harm.
    Disclosure,
    /// What was told was taken back.
    Retraction,
    /// A referral to children's services, the police or Early Help.
    ReferralMade,
    /// A referral or case was closed or not taken further.
    ReferralClosed,
    /// A notice from the police.
    PoliceNotice,
    /// Domestic abuse, or control and fear between adults.
    DomesticAbuse,
    /// A sign of neglect.
    NeglectSign,
    /// Alcohol or drugs, used by the child or by a carer.
    SubstanceMisuse,
    /// Goods, money, secrets, places, friends or journeys that suggest exploitation or grooming.
    ExploitationSign,
    /// The child went missing.
    Missing,
    /// Self-harm or talk of it.
    SelfHarm,
    /// Restraint, locking in or confinement at home.
    Restriction,
    /// Sexualised or violent behaviour.
    HarmfulBehaviour,
    /// Fear, distress, or a marked change in the child: flinching, wetting, loss of skills.
    FearOrDistress,
    /// A sign of forced marriage, female genital mutilation or so-called honour-based abuse.
    HonourBasedAbuse,
    /// Bullying.
    Bullying,
    /// A relative was concerned.
    ConcernOfRelative,
    /// Somebody else was concerned: a neighbour, a friend, an anonymous caller.
    ConcernOfOthers,
    /// A parent's or carer's account, not seen by anybody else.
    ParentsAccount,
    /// Contact with a parent, relative or professional stopped.
    ContactStopped,
    /// The child was not seen by any professional for weeks.
    NotSeen,
    /// Home education began, ended or was announced.
    HomeEducation,
    /// A written agreement with the family was made.
    AgreementMade,
    /// A written agreement with the family was broken.
    AgreementBroken,
    /// A service closed because nobody answered or the child was not brought.
    ServiceClosed,
    /// A carer's illness, medicines or mental health.
    CarersHealth,
    /// The child cares for somebody.
    CaresForOthers,
    /// Nothing of these: an everyday event.
    Everyday,
}

/// A sign that a child's needs may not be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NeglectSign {
    /// Hungry, or taking food.
    Hunger,
    /// Smell or unwashed.
    Hygiene,
    /// Clothes or shoes that do not fit or are not warm enough.
    Clothing,
    /// Very tired.
    Tiredness,
    /// Teeth.
    Teeth,
    /// Weight or growth.
    Weight,
    /// Infestation or skin that is not treated.
    Untreated,
    /// Appointments that were missed.
    Appointments,
    /// The home: cold, dirty, no bed.
    Home,
    /// Left alone or not fetched.
    LeftAlone,
}

/// What one person said about how something happened.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Who.
    #[schemars(required)]
    #[validate(length(max = 200))]
    pub who: Option<String>,
    /// What that person said.
    #[schemars(required)]
    #[validate(length(max = 2000))]
    pub said: Option<String>,
}

/// Where the outcome stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeState {
    /// It is known what came of it.
    Done,
    /// Waiting for it.
    Pending,
    /// It goes on.
    Ongoing,
    /// Nothing came of it; the reason is given.
    None,
}

/// One event.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// A short name, so that a risk can refer to it: `c1`.
    #[schemars(required, extend("x-rule" = "CH-02"))]
    #[validate(length(max = 40))]
    pub id: Option<String>,
    /// When it happened.
    #[schemars(required, extend("x-rule" = "CH-02"))]
    pub date: Option<Day>,
    /// How exact the date is. Without it: to the day.
    pub precision: Option<Precision>,
    /// What happened, in a few plain sentences.
    #[schemars(required, extend("x-text" = "account", "x-rule" = "CH-02"))]
    #[validate(length(max = 4000))]
    pub event: Option<String>,
    /// Whether it was seen, told, reported, judged or read: fact and opinion apart.
    #[schemars(required, extend("x-rule" = "CH-05"))]
    pub basis: Option<Basis>,
    /// Who says so.
    #[schemars(required, extend("x-rule" = "CH-02"))]
    #[validate(nested)]
    pub source: Option<SourceOf>,
    /// What was done.
    #[schemars(required, extend("x-text" = "account", "x-rule" = "CH-02"))]
    #[validate(length(max = 4000))]
    pub action: Option<String>,
    /// What came of it. `none` where nothing did, with `outcome_reason`.
    #[schemars(required, extend("x-rule" = "CH-02"))]
    #[validate(length(max = 4000))]
    pub outcome: Option<String>,
    /// Where the outcome stands.
    pub outcome_state: Option<OutcomeState>,
    /// Why nothing came of it.
    #[validate(length(max = 2000))]
    pub outcome_reason: Option<String>,
    /// What it meant for the child.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 4000))]
    pub impact_on_child: Option<String>,
    /// Whether it was a significant change for the child.
    pub significant: Option<bool>,
    /// What kind of change.
    pub change_kind: Option<ChangeKind>,
    /// What kind of event: `injury`, `disclosure`, `referral_closed` and others. Rules read these, not the words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-set" = true))]
    #[validate(length(max = 12))]
    pub kinds: Vec<EventKind>,
    /// Signs that needs may not be met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-set" = true))]
    #[validate(length(max = 10))]
    pub signs: Vec<NeglectSign>,
    /// When the school came to know of it, where that was later.
    pub learned_on: Option<Day>,
    /// Who was present when the child spoke or was asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 20))]
    pub present: Vec<String>,
    /// How adults explained it at the time. Kept apart from what happened; an explanation weighs nothing by itself.
    #[validate(length(max = 2000))]
    pub explained_as: Option<String>,
    /// For an injury: whether a doctor or nurse looked at it.
    pub medically_examined: Option<bool>,
    /// For an injury: what each person said about how it happened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 8), nested)]
    pub accounts: Vec<Account>,
    /// Whether these accounts agree with one another, and with what was seen.
    pub accounts_agree: Option<bool>,
    /// Whether a member of staff or another professional saw it happen.
    pub witnessed: Option<bool>,
    /// For a referral or case that was closed: by whom.
    #[validate(length(max = 200))]
    pub closed_by: Option<String>,
    /// The `id` of the earlier entry that this one follows up.
    #[validate(length(max = 40))]
    pub follows: Option<String>,
    /// Whether it was something good or protective.
    pub positive: Option<bool>,
    /// Whether it lies before the child's birth.
    pub family_history: Option<bool>,
    /// Whether substance misuse by the child or a carer was suspected.
    pub substance_misuse_suspected: Option<bool>,
    /// Details of an Operation Encompass notice.
    #[validate(nested)]
    pub operation_encompass: Option<Encompass>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}

/// Who says so.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SourceOf {
    /// School, health, police, children's services, family, child.
    #[schemars(required)]
    #[validate(length(max = 120))]
    pub agency: Option<String>,
    /// Role or name.
    #[validate(length(max = 200))]
    pub who: Option<String>,
}

/// An Operation Encompass notice from the police.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Encompass {
    /// The police reference.
    #[validate(length(max = 80))]
    pub police_reference: Option<String>,
    /// When it happened.
    pub incident_date: Option<Day>,
    /// Whether the child was there.
    pub child_present: Option<bool>,
}
