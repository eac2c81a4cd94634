//! Pages that are laid out by hand: those of the talk, of a person, of a risk, of an event, of a year in the register, and of
//! Early Help. What belongs together stands together, in the order in which one asks.

use crate::text::without_numbers;

/// What a group is about, and its fields.
pub(super) type ByHand = (&'static str, &'static [&'static str]);

/// The pages, without numbers, and their groups.
pub(super) const PAGES: [(&str, &[ByHand]); 6] = [
    (
        "voice.entries",
        &[
            (
                "The talk",
                &["date", "recorded_by", "recorder_role", "present", "parent_present", "method", "setting", "prompt"],
            ),
            ("The child's words", &["verbatim", "language", "translation", "checked_back", "agreed_to_share_with"]),
            (
                "What an adult adds",
                &["observations", "adult_interpretation", "followed_up", "audience", "override_reason"],
            ),
        ],
    ),
    (
        "early_help",
        &[
            ("Was it considered?", &["considered_on", "considered_by", "indicators", "panel_considered_on"]),
            ("The decision", &["decision", "reason_kind", "reason_not_proceeding", "status", "next_step"]),
            (
                "The assessment, where there is one",
                &["local_name", "reference", "started_on", "summary", "receiving_participant"],
            ),
            (
                "The lead practitioner",
                &[
                    "lead_practitioner.name",
                    "lead_practitioner.role",
                    "lead_practitioner.email",
                    "lead_practitioner.phone",
                ],
            ),
            ("The family's own meeting", &["family_group.offered_on", "family_group.held_on", "family_group.outcome"]),
            ("If it was closed", &["closed_on", "closed_reason", "closed_note", "audience"]),
        ],
    ),
    (
        "household.people",
        &[
            ("Who it is", &["relationship", "name", "also_known_as", "status", "sex", "born", "since"]),
            ("If the person is not known", &["unknown_why", "tried", "tried_by", "tried_on"]),
            (
                "The person's part in the child's life",
                &["lives_with_child", "pr", "role_in_care", "footing", "strengths", "school", "plan_status"],
            ),
            ("What the person says", &["views", "views_sought_on", "not_asked", "views_not_sought_why"]),
            (
                "Reaching the person, and safety",
                &["emergency_contact", "phone", "email", "may_collect", "safe_to_contact", "must_not"],
            ),
            (
                "What the school knows, and from whom",
                &["checked_on", "sources", "circumstances", "care_leaver", "support_needs", "note", "audience"],
            ),
        ],
    ),
    (
        "risks",
        &[
            ("The risk", &["kind", "description", "evidence", "duration", "previous_concerns"]),
            ("What it means for the child", &["impact_on_child", "impact_sources", "child_experience"]),
            ("What protects the child", &["protective_factors", "none_identified"]),
            ("What the next school needs", &["owner_receiving", "before_first_day"]),
            (
                "Where it stands",
                &[
                    "reappraised_on",
                    "current",
                    "resolved_on",
                    "resolved_basis",
                    "intergenerational_considered",
                    "unknown_why",
                    "audience",
                ],
            ),
        ],
    ),
    (
        "chronology",
        &[
            (
                "What happened",
                &["date", "precision", "event", "kinds", "basis", "source.agency", "source.who", "present"],
            ),
            (
                "What was done, and what came of it",
                &["action", "outcome", "outcome_state", "outcome_reason", "follows"],
            ),
            (
                "What it meant for the child",
                &["impact_on_child", "positive", "significant", "change_kind", "family_history"],
            ),
            (
                "Injuries, signs and explanations",
                &[
                    "signs",
                    "explained_as",
                    "medically_examined",
                    "witnessed",
                    "accounts_agree",
                    "substance_misuse_suspected",
                ],
            ),
            ("More about it", &["learned_on", "closed_by", "audience"]),
            (
                "If the police told the school",
                &[
                    "operation_encompass.police_reference",
                    "operation_encompass.incident_date",
                    "operation_encompass.child_present",
                ],
            ),
        ],
    ),
    (
        "attendance.periods",
        &[
            ("The year", &["academic_year", "from", "to", "school"]),
            ("The four figures of one print-out", &["possible", "attended", "authorised", "unauthorised"]),
            (
                "More from the register",
                &[
                    "codes",
                    "approved_activity",
                    "not_possible",
                    "late_before",
                    "late_after",
                    "most_unauthorised_in_10_weeks",
                    "stated_percentage",
                    "note",
                    "audience",
                ],
            ),
        ],
    ),
];

/// How the page of a path is laid out by hand; `None` for pages that the schema lays out.
pub(super) fn by_hand(path: &str) -> Option<&'static [ByHand]> {
    let plain = without_numbers(path);
    let is_entry = path.ends_with(']') || plain == path;
    PAGES.iter().find(|(known, _)| is_entry && *known == plain).map(|(_, groups)| *groups)
}
