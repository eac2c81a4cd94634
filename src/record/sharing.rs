//! Why information is shared, how it travels, who stands behind it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::day::Day;
use crate::circle::Audience;

/// The lawful basis (UK GDPR, article 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LawfulBasis {
    /// Public task.
    PublicTask,
    /// Legal obligation.
    LegalObligation,
    /// Recognised legitimate interest.
    RecognisedLegitimateInterest,
    /// Legitimate interest.
    LegitimateInterest,
    /// Vital interest.
    VitalInterest,
    /// Consent.
    Consent,
}

/// How the files travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TransferMethod {
    /// School to School.
    #[serde(rename = "s2s")]
    S2s,
    /// CPOMS transfer.
    CpomsTransfer,
    /// MyConcern transfer.
    MyconcernTransfer,
    /// Another platform's transfer.
    OtherPlatformTransfer,
    /// Encrypted e-mail.
    EncryptedEmail,
    /// Secure portal.
    SecurePortal,
    /// Handed over against a signature.
    HandDeliveredSigned,
    /// Special delivery, recorded.
    RecordedSpecialDelivery,
    /// Ordinary post.
    OrdinaryPost,
    /// A parent carries it.
    ParentCourier,
    /// E-mail without encryption.
    PlainEmail,
    /// A memory stick without encryption.
    UnencryptedUsb,
}

/// What kind of move it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TransferKind {
    /// From junior to secondary school at the start of a school year.
    Phase,
    /// During the school year.
    InYear,
}

/// In what role somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignOffRole {
    /// Designated safeguarding lead.
    Dsl,
    /// SENCO.
    Senco,
    /// Head teacher.
    HeadTeacher,
    /// Class teacher.
    ClassTeacher,
    /// Another role.
    Other,
}

/// Why, and with whom, information is shared.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Sharing {
    /// The lawful basis.
    pub lawful_basis: Option<LawfulBasis>,
    /// The condition for special category data, for example `dpa2018_sch1_para18`.
    #[validate(length(max = 200))]
    pub special_category_condition: Option<String>,
    /// Whether parents or carers were told.
    pub parent_informed: Option<bool>,
    /// Why not, if so.
    #[validate(length(max = 2000))]
    pub parent_not_informed_reason: Option<String>,
    /// Whether something is shared before the child leaves.
    #[validate(nested)]
    pub advance_sharing: Option<AdvanceSharing>,
    /// Anything that is held back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub withheld: Vec<Withheld>,
    /// Who keeps what, until when.
    #[validate(nested)]
    pub retention: Option<Retention>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}

/// Sharing before the child leaves.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AdvanceSharing {
    /// Whether it was decided.
    pub decided: Option<bool>,
    /// What was decided.
    pub decision: Option<super::YesNoUnknown>,
    /// When.
    pub on: Option<Day>,
    /// Why.
    #[validate(length(max = 2000))]
    pub reason: Option<String>,
    /// Why it is not known.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub unknown_why: Option<String>,
}

/// Something that is held back.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Withheld {
    /// What, without saying it.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub what: Option<String>,
    /// Why.
    #[validate(length(max = 2000))]
    pub reason: Option<String>,
    /// Who decided.
    #[validate(length(max = 200))]
    pub decided_by: Option<String>,
    /// When.
    pub on: Option<Day>,
}

/// Who keeps what, until when.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Who keeps the file.
    #[validate(length(max = 200))]
    pub keeper: Option<String>,
    /// Until when.
    #[validate(length(max = 200))]
    pub until: Option<String>,
    /// What the sending school keeps.
    #[validate(length(max = 200))]
    pub copy_kept: Option<String>,
}

/// How and when the files travel.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// What kind of move.
    pub kind: Option<TransferKind>,
    /// How the files travel.
    pub method: Option<TransferMethod>,
    /// The child's last day.
    pub leaving_on: Option<Day>,
    /// When the files went.
    pub sent_on: Option<Day>,
    /// When the Common Transfer File went.
    pub ctf_sent_on: Option<Day>,
    /// What travels with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(nested)]
    pub enclosures: Vec<Enclosure>,
    /// The receipt.
    #[validate(nested)]
    pub receipt: Option<Receipt>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}

/// Something that travels with the pack.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Enclosure {
    /// What it is.
    #[schemars(required, extend("x-text" = "account"))]
    #[validate(length(max = 400))]
    pub what: Option<String>,
    /// Pages or items.
    #[validate(range(min = 0, max = 10000))]
    pub copies: Option<i64>,
    /// Who may read this. Without it: the DSL alone.
    pub audience: Option<Audience>,
}

/// The receipt.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Who received it.
    #[validate(length(max = 200))]
    pub received_by: Option<String>,
    /// When.
    pub on: Option<Day>,
    /// Where it is kept.
    #[validate(length(max = 400))]
    pub stored: Option<String>,
}

/// Somebody stands behind this record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// In what role.
    #[schemars(required)]
    pub role: Option<SignOffRole>,
    /// Name.
    #[schemars(required, extend("x-text" = "name"))]
    #[validate(length(max = 200))]
    pub name: Option<String>,
    /// When.
    #[schemars(required)]
    pub on: Option<Day>,
    /// What the person says.
    #[schemars(extend("x-text" = "account"))]
    #[validate(length(max = 2000))]
    pub statement: Option<String>,
    /// The digest of what was signed, as `handover sign-off` writes it.
    #[validate(length(max = 80))]
    pub digest: Option<String>,
    /// Who may read this. Without it: Head of Year and tutor, SENCO, DSL.
    pub audience: Option<Audience>,
}
