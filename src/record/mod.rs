//! The record: everything one school knows about one child that the next school needs.
//!
//! Floor 1: may use [`crate::text`] and [`crate::problem`]; does not know what a PDF is. One file a section.
//! Every field may be absent in the types, because [`read()`] answers with as much as a damaged file allows; which
//! absences are wrong is decided by the rules in [`crate::check`].

mod attendance;
mod audience;
mod chronology;
mod cut;
mod day;
mod digest;
mod early_help;
mod engagement;
mod household;
mod identifiers;
mod labels;
mod mend;
mod moves;
mod plans;
mod pupil;
mod read;
mod risks;
mod schema;
mod sen;
mod shape;
mod sharing;
mod slips;
mod transition_plan;
mod voice;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

pub use attendance::{
    Attendance, AttendanceChange, AttendancePeriod, AttendancePlan, AttendanceReview, AttendanceTerm, Conclusion,
    PartTime, Provider, RegisterClass, SessionCount, Suspension, Term, register_class, register_meaning,
};
pub use audience::Audience;
pub use chronology::{Basis, ChangeKind, Encompass, Entry, OutcomeState, Precision, SourceOf};
pub use cut::{Cut, cut};
pub use day::Day;
pub use digest::{ContentDigest, PictureDigests, Signature};
pub use early_help::{ClosedReason, Decision, EarlyHelp, EarlyHelpReview, EarlyHelpStatus, ReasonKind};
pub use engagement::{Engagement, EngagementLevel, Missed, MissedOutcome};
pub use household::{
    Household, Person, PersonStatus, Relation, RelationKind, RelationState, Relationship, YesNoUnknown,
};
pub use identifiers::{NhsNumber, Upn, UpnProblem, upn_check_letter};
pub use labels::label;
pub use mend::{Mended, mend};
pub use moves::{Address, Moves, SchoolStay, SecureKind, SecureStay};
pub use plans::{AfterTransfer, CpCategory, Plan, PlanCoordination, PlanManager, PlanType};
pub use pupil::{Contact, Pupil, ReceivingSchool, SendingSchool, Sex, child_name, may_be_called};
pub use read::{FILE_LIMIT, ReadCode, Reading, read};
pub use risks::{ChildExperience, NoKnownRisks, Risk, RiskKind};
pub use schema::{Field, Reader, Schema, Shape, is_line_field, json_schema, record_schema, schema_of};
pub use sen::{Condition, Health, SenNeed, SenProvision, SenSupport, Tried};
pub use sharing::{
    AdvanceSharing, Enclosure, LawfulBasis, Receipt, Retention, Sharing, SignOff, SignOffRole, Transfer, TransferKind,
    TransferMethod, Withheld,
};
pub use transition_plan::{Action, Conversation, TransitionLevel, TransitionPlan, Visit};
pub use voice::{Attachment, Observation, Profile, Voice, VoiceEntry, VoiceMethod, Worry};

/// Whether a text is missing or only white space.
#[must_use]
pub fn blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

/// The version of the record format that this program reads.
pub const SCHEMA_VERSION: i64 = 1;

/// One child's transition record. One TOML file holds one record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schemars(title = "handover transition record")]
pub struct Record {
    /// Version of this format. Always 1 today.
    #[schemars(required, extend("const" = 1, "x-audience" = "all_staff"))]
    pub schema_version: Option<i64>,
    /// The edition of the national guidance that the school worked by, for example `kcsie-2025`.
    #[schemars(extend("x-audience" = "all_staff"))]
    #[validate(length(max = 40))]
    pub guidance_profile: Option<String>,
    /// Who the child is.
    #[schemars(required, extend("x-audience" = "pastoral"))]
    #[validate(nested)]
    pub pupil: Option<Pupil>,
    /// The school that hands over.
    #[schemars(required, extend("x-audience" = "all_staff"))]
    #[validate(nested)]
    pub sending_school: Option<SendingSchool>,
    /// The school that receives the child.
    #[schemars(required, extend("x-audience" = "all_staff"))]
    #[validate(nested)]
    pub receiving_school: Option<ReceivingSchool>,
    /// The child's own voice. Required: never left silent.
    #[schemars(required, extend("x-audience" = "pastoral", "x-rule" = "VC-01"))]
    #[validate(nested)]
    pub voice: Option<Voice>,
    /// Attendance by academic year, in sessions. Required: never left silent.
    #[schemars(required, extend("x-audience" = "pastoral", "x-rule" = "AT-20"))]
    #[validate(nested)]
    pub attendance: Option<Attendance>,
    /// Whether Early Help was considered, what was decided, by whom and why. Required: never left silent.
    #[schemars(required, extend("x-audience" = "senco", "x-rule" = "EH-12"))]
    #[validate(nested)]
    pub early_help: Option<EarlyHelp>,
    /// The people around the child: household, parents, other adults, siblings.
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub household: Option<Household>,
    /// What happened, in order of date: facts, sources, actions and outcomes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub chronology: Vec<Entry>,
    /// Known risks. Required: give at least one, or say in `no_known_risks` that none are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub risks: Vec<Risk>,
    /// The explicit statement that no risks are known, by a named person on a date.
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub no_known_risks: Option<NoKnownRisks>,
    /// Plans for the child, open and recently closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub plans: Vec<Plan>,
    /// How the managers of several plans work together.
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub plan_coordination: Option<PlanCoordination>,
    /// How the family takes part, seen from the child.
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub engagement: Option<Engagement>,
    /// Earlier schools and areas.
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub moves: Option<Moves>,
    /// Special educational needs.
    #[schemars(extend("x-audience" = "senco"))]
    #[validate(nested)]
    pub sen: Option<SenSupport>,
    /// Health needs that matter in school.
    #[schemars(extend("x-audience" = "senco"))]
    #[validate(nested)]
    pub health: Option<Health>,
    /// What both schools do so that the move goes well.
    #[schemars(extend("x-audience" = "pastoral"))]
    #[validate(nested)]
    pub transition_plan: Option<TransitionPlan>,
    /// Why, and with whom, the information is shared.
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub sharing: Option<Sharing>,
    /// How and when the files travel.
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub transfer: Option<Transfer>,
    /// Who stands behind this record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "pastoral"))]
    #[validate(nested)]
    pub sign_off: Vec<SignOff>,
}
