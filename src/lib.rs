//! handover: a junior school hands a child over to a secondary school without losing what is known about the child.
//!
//! # The house
//!
//! One crate, floor upon floor; nothing points up, and a test compares the `use` lines with this picture.
//!
//! | floor | module | holds |
//! |---|---|---|
//! | 0 | [`text`] | places in text: a source, its lines, from a path (`attendance.periods[1].possible`) to a place; what a plain line is |
//! | 0 | [`school`] | the numbers and the name of a school, right by construction; writer and reader share them |
//! | 0 | [`picture`] | a child's drawing, read within bounds and written anew |
//! | 0 | [`circle`] | who reads what: circles of readers, packs, bundles |
//! | 0 | `parallel` | the same work on many items, on several processors at once |
//! | 0 | [`problem`] | what we tell people about a record, as plain data, and the ways to show it |
//! | 1 | [`record`] | the domain: one file a section; reading TOML into it, the JSON Schema out of it, the cut for readers |
//! | 2 | [`check`] | the rules, one file a theme, and the school's policy; `Checked` comes only from here |
//! | 2 | [`import`] | what a school's information system knows already, as proposals for records |
//! | 2 | [`embedded_record`] | the record inside a sealed pack: one format for those who write, typeset again and judge |
//! | 3 | [`document`] | a checked record becomes a PDF for one circle of readers |
//! | 3 | [`sign`] | bytes in, bytes out: keys, signatures, seals, and reading them back; knows nothing of pupils |
//! | 3 | [`form`] | the pages on which a record is filled in, and what comes back from them; opens no socket and no file |
//! | 4 | [`bundle`] | the envelopes: manifest, opaque references, the one canonical ZIP |
//! | 4 | [`verify`] | facts about what arrived, and one bottom line |
//! | 5 | [`cohort`] | many records: from checked records to the bundles of one transfer |
//! | 5 | [`reception`] | what a receiving school has got: register, versions, who is missing, receipts |
//! | 6 | [`ledger`] | what was made and sent, beyond one run: an embedded database without names |
//! | 7 | [`cli`] | one file a command; the only code that touches terminal, files, clock and environment |
//!
//! # The way of the data
//!
//! ```text
//! TOML text ── record::read ──► Reading (as much as the text allows, and problems)
//!                                  │ check::check
//!                 problems ◄── Outcome ──► Checked
//!                                             │ record::audience_view, document::render
//!                                             ▼
//!                                   PDF for one circle of readers
//!                                             │ sign::seal_pdf
//!                                             ▼
//!          general.zip · send.zip · safeguarding.zip ── verify::judge ──► Judgement
//! ```
//!
//! # Invariants, each an absence
//!
//! 1. Below [`cli`] nothing reads the clock, the environment, the file system or the terminal.
//! 2. [`sign`] does not know what a pupil is; [`record`] does not know what a PDF is.
//! 3. Nothing but a `Checked` record becomes a final pack, and only [`check::check`] makes one. Any record can become a
//!    draft, which says so on every page and is never sealed.
//! 4. Reading a record never fails as a whole.
//! 5. A rule returns problems; it never prints.
//! 6. Templates get data as data: a pupil called `#import "x"` is just a name.
//! 7. Same records, same identity, same day: same bytes.
//! 8. Nothing that only a narrower circle may see is in a wider circle's file: not in the text, the metadata, the
//!    attachment, the tags or the name. A new field without readers of its own is for the safeguarding lead alone.
//! 9. No message, log line or file name carries a pupil's name or words unless somebody asks for it.
//! 10. Nothing can be written that its reader refuses: what travels is of types that both share, and [`cohort`] judges each
//!     bundle as its receiver will before anybody gets it.
//! 11. There is no moment without a file, and none in which it is half written; nobody's change is lost to another's.

pub mod text;

pub mod school;

pub mod picture;

pub mod circle;

mod parallel;

pub mod problem;

pub mod record;

pub mod check;

#[cfg(feature = "import")]
pub mod import;

#[cfg(feature = "verify")]
pub mod embedded_record;

#[cfg(feature = "pack")]
pub mod document;

#[cfg(feature = "verify")]
pub mod sign;

#[cfg(feature = "verify")]
pub mod bundle;

#[cfg(feature = "verify")]
pub mod verify;

#[cfg(feature = "receive")]
pub mod reception;

#[cfg(feature = "pack")]
pub mod cohort;

#[cfg(feature = "pack")]
pub mod ledger;

#[cfg(feature = "form")]
pub mod form;

pub mod cli;
