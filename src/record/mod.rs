//! The record: everything one school knows about one child that the next school needs.
//!
//! Floor 1: may use [`crate::circle`], [`crate::school`], [`crate::text`] and [`crate::problem`]; does not know what a PDF
//! is. One file a section; `edit` changes a record in place. Every field may be absent in the types, because [`read()`] answers with as much as a damaged file allows; which
//! absences are wrong is decided by the rules in [`crate::check`].

mod assessments;
mod attendance;
mod audience_view;
mod background;
mod care;
mod chronology;
mod considered;
mod day;
mod digest;
mod early_help;
mod edit;
mod engagement;
mod field_order;
mod field_text;
mod fix;
mod fix_values;
mod household;
mod identifiers;
mod label_table;
mod labels;
mod limits;
mod moves;
mod nil_return;
mod notes;
mod plans;
mod pupil;
mod read;
mod read_code;
mod risks;
mod schema;
mod schema_violation;
mod school_file;
mod sen;
mod sharing;
mod suggestions;
mod syntax_diagnosis;
mod transition_plan;
mod voice;
mod weighed;
mod written_day;

pub use assessments::{Assessment, AssessmentKind};
pub use attendance::{
    Attendance, AttendanceChange, AttendancePeriod, AttendancePlan, AttendanceReview, AttendanceTerm, Conclusion,
    PartTime, Provider, RegisterClass, SessionCount, Suspension, Term, register_class, register_meaning,
};
pub use audience_view::{AudienceView, Visible, audience_view};
pub use background::{Attainment, Characteristics, Consent, Service, ServiceEnd, YoungCarer};
pub use care::{Care, LeftCareTo, LegalStatus, Order, OrderKind};
pub use chronology::{
    Account, Basis, ChangeKind, Encompass, Entry, EventKind, NeglectSign, OutcomeState, Precision, SourceOf,
};
pub use considered::Considered;
pub use day::Day;
pub use digest::{ContentDigest, PictureDigests, Signature};
pub use early_help::{ClosedReason, Decision, EarlyHelp, EarlyHelpReview, EarlyHelpStatus, FamilyGroup, ReasonKind};
pub use edit::{EditError, NewValue, RecordEditor, Starter, fields_at, shape_at, starter, to_toml, to_toml_noted};
pub use engagement::{Engagement, EngagementLevel, Missed, MissedEnd, MissedOutcome};
pub use field_text::{FieldText, field_texts};
pub use fix::{Fixed, fix};
pub use household::{
    CareFooting, Circumstance, Household, NotAsked, Person, PersonStatus, Relation, RelationKind, RelationState,
    Relationship, YesNoUnknown,
};
pub use identifiers::{NhsNumber, Upn, UpnProblem, plain_upn, upn_check_letter};
pub use labels::{keyword_label, label, labels};
pub use moves::{Address, HomeEducation, Moves, SchoolStay, SecureKind, SecureStay};
pub use nil_return::{NilReturn, NilSection};
pub use notes::{Expected, FolderNotes, Import, RecordNotes, Signed, mark_of};
pub use plans::{AfterTransfer, CpCategory, Plan, PlanCoordination, PlanManager, PlanType};
pub use pupil::{ChildNames, Contact, GuidanceProfile, Pupil, ReceivingSchool, SendingSchool, Sex, child_name};
pub use read::{FILE_LIMIT, Reading, read, read_at_school};
pub use read_code::ReadCode;
pub use risks::{ChildExperience, NoKnownRisks, Risk, RiskKind};
pub use schema::{Field, Reader, Schema, TextKind, ValueType, is_line_field, json_schema, record_schema, schema_of};
use schemars::JsonSchema;
pub use school_file::{FromSchool, SCHOOL_FILE_CODE, SchoolFile, school_schema};
pub use sen::{Allergy, Condition, Health, Medicine, SenNeed, SenProvision, SenSupport, Tried};
use serde::{Deserialize, Serialize};
pub use sharing::{
    AdvanceSharing, Enclosure, LawfulBasis, Receipt, Retention, Sharing, SignOff, SignOffRole, Transfer, TransferKind,
    TransferMethod, Withheld,
};
pub use transition_plan::{Action, Conversation, TransitionLevel, TransitionPlan, Visit};
use validator::Validate;
pub use voice::{Attachment, Observation, Profile, Voice, VoiceEntry, VoiceMethod, Worry};
pub use weighed::Weighed;
pub use written_day::{WrittenDay, written_day};

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
    pub guidance_profile: Option<GuidanceProfile>,
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
    /// Known risks. Required: give at least one, or say in `no_known_risks` that none are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub risks: Vec<Risk>,
    /// The explicit statement that no risks are known, by a named person on a date.
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub no_known_risks: Option<NoKnownRisks>,
    /// Facts that speak against a reassurance and were weighed, each with the reason why it is no risk.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub weighed: Vec<Weighed>,
    /// Warnings that were looked at, each with what came of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub considered: Vec<Considered>,
    /// Sections in which there is nothing to record: who says so, and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "pastoral"))]
    #[validate(nested)]
    pub nil_returns: Vec<NilReturn>,
    /// What happened, in order of date: facts, sources, actions and outcomes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub chronology: Vec<Entry>,
    /// The people around the child: household, parents, other adults, siblings.
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub household: Option<Household>,
    /// Plans for the child, open and ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub plans: Vec<Plan>,
    /// How the managers of several plans work together.
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub plan_coordination: Option<PlanCoordination>,
    /// Assessments of the child and the family, by whomever.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub assessments: Vec<Assessment>,
    /// Services outside the school, now and before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub services: Vec<Service>,
    /// Care and legal status, and court orders.
    #[schemars(extend("x-audience" = "dsl"))]
    #[validate(nested)]
    pub care: Option<Care>,
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
    /// Entitlements and census facts.
    #[schemars(extend("x-audience" = "senco"))]
    #[validate(nested)]
    pub characteristics: Option<Characteristics>,
    /// Results and reading age.
    #[schemars(extend("x-audience" = "pastoral"))]
    #[validate(nested)]
    pub attainment: Option<Attainment>,
    /// Consents that the family gave or refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-audience" = "pastoral"))]
    #[validate(nested)]
    pub consents: Vec<Consent>,
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
