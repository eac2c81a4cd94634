//! The form: pages on which a record is filled in, and what comes back from them, as plain data and text.
//!
//! Floor 3: may use [`crate::check`], [`crate::circle`], [`crate::record`], [`crate::school`], [`crate::text`] and
//! [`crate::problem`]. Nothing here opens a socket or a file: a request comes in as its parts, a page goes out as text, and a
//! change is made with [`crate::record::RecordEditor`]. Inside it, from below: `questions` and `sections` (what is asked, in
//! which order), `layout`, `related` and `steps` (what stands on which page), `values` (a field as it is shown and as it is
//! typed), `submitted` (what came back, and what of it is new), `views` and `together` (what pages show, as data), `pages`
//! (the pages), `guard` (whom the form answers).

mod by_hand;
mod entries;
mod field_view;
mod guard;
mod layout;
mod page_view;
mod pages;
mod questions;
mod related;
mod sections;
mod steps;
mod submitted;
mod task_list;
mod together;
mod values;
mod views;

pub use guard::{Own, Refused, Secret, Visitor, admit};
pub use layout::{Group, PageKind, PageLayout, layout};
pub use page_view::next_of;
pub use pages::{
    ChildRow, ClassPage, ImportChild, ImportPage, ImportRow, Message, Told, render_class, render_genogram,
    render_import, render_message, render_pack, render_page, render_sign_off, render_task_list, render_together,
};
pub use questions::{added, question};
pub use sections::{SECTIONS, Section, next_page, section_of};
pub use steps::after_step;
pub use submitted::{Conflict, Saved, Submitted, Unread, apply};
pub use task_list::TaskPage;
pub use values::shown;
pub use views::{FieldView, FormPage, OptionView, RecordPage, Remark, remarks};
