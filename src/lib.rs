//! handover.
pub mod bundle;
pub mod check;
pub mod cli;
pub mod cohort;
pub mod document;
pub mod problem;
pub mod record;
pub mod sign;
pub mod text;
pub mod verify;
