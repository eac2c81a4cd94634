//! The rules, one file a theme: each a function and a row in its table.
//!
//! May use what stands below in [`check`](super): words, facts, context. A theme does not use another.

mod assessments;
mod attendance;
mod attendance_plan;
mod child_words;
mod chronology;
mod chronology_story;
mod considered;
mod copies;
mod cross_record;
mod early_help;
mod engagement;
mod follow_up;
mod household;
mod household_shape;
mod identity;
mod identity_dates;
mod journey;
mod leaks;
mod lines;
mod moves;
mod nil_returns;
mod notes;
mod one_account;
mod over_time;
mod own_behaviour;
mod patterns;
mod people;
mod plain_facts;
mod plan_kinds;
mod plans;
mod policy;
mod reading;
mod risk_history;
mod risks;
mod sections;
mod sharing;
mod small_signs;
mod transition;
mod unread_events;
mod voice;
mod voice_evidence;
mod weighing;

use super::rule::Rule;

/// The tables of all themes.
pub(in crate::check) const TABLES: [&[Rule]; 42] = [
    policy::RULES,
    reading::RULES,
    identity::RULES,
    identity_dates::RULES,
    lines::RULES,
    plain_facts::RULES,
    nil_returns::RULES,
    copies::RULES,
    child_words::RULES,
    assessments::RULES,
    weighing::RULES,
    considered::RULES,
    patterns::RULES,
    follow_up::RULES,
    over_time::RULES,
    notes::RULES,
    sections::RULES,
    one_account::RULES,
    own_behaviour::RULES,
    small_signs::RULES,
    people::RULES,
    leaks::RULES,
    cross_record::RULES,
    voice::RULES,
    voice_evidence::RULES,
    attendance::RULES,
    attendance_plan::RULES,
    early_help::RULES,
    risks::RULES,
    risk_history::RULES,
    chronology::RULES,
    chronology_story::RULES,
    unread_events::RULES,
    household::RULES,
    household_shape::RULES,
    plans::RULES,
    plan_kinds::RULES,
    engagement::RULES,
    moves::RULES,
    transition::RULES,
    sharing::RULES,
    journey::RULES,
];
