//! handover.
pub mod text;
pub mod problem;
pub mod record;
pub mod check;
pub mod document;
pub mod sign;
pub mod bundle;
pub mod verify;
pub mod cohort;
pub mod cli;
