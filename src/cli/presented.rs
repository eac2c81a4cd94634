//! The certificate that a file presents, and the card, where it is one.

use std::path::PathBuf;

use jiff::civil::Date;

use super::arrivals::arrivals;
use super::clock::now;
use super::exit::{Exit, Failure};
use super::unlock::Keys;
use super::{config_dir, terminal};
use crate::sign::{Certificate, Stated, holds_statement, read_statement, statement_signer};
use crate::verify::{Card, Trust, TrustError, signer_of};

/// What a file presents.
pub(super) struct Presented {
    pub certificate: Certificate,
    pub card: Option<Stated<Card>>,
}

impl From<Certificate> for Presented {
    fn from(certificate: Certificate) -> Self {
        Self { certificate, card: None }
    }
}

/// What is not acceptable, where its own words say what to do.
pub(super) fn refused(error: impl std::fmt::Display) -> Failure {
    Failure { exit: Exit::NotAcceptable, what: terminal::plain(&error.to_string()), next: None }
}

/// Out of a card, a certificate, a sealed PDF, a bundle, or anything else that a school has signed.
pub(super) fn presented(file: &PathBuf, keys: &Keys) -> Result<Presented, Failure> {
    let nothing = || {
        Failure::files(
            "there is no pack or bundle in the folder",
            "Name a card, a certificate, a sealed PDF or a bundle.",
        )
    };
    let input = arrivals(std::slice::from_ref(file))?.inputs.into_iter().next().ok_or_else(nothing)?;
    let input = keys.open(input)?;
    if input.bytes.starts_with(b"PK") || input.bytes.starts_with(b"%PDF") {
        // The clock, not --as-of, decides whether a seal lies in the future.
        let at = now(None)?.at;
        return signer_of(&input.bytes, at).map(Presented::from).map_err(refused);
    }
    let text = String::from_utf8_lossy(&input.bytes);
    if holds_statement::<Card>(&text) {
        let card = read_statement::<Card>(&text).map_err(refused)?;
        return Ok(Presented { certificate: card.certificate.clone(), card: Some(card) });
    }
    if let Some(certificate) = statement_signer(&text) {
        return Ok(certificate.into());
    }
    let read = Certificate::from_pem(&input.bytes).or_else(|_problem| Certificate::from_der(&input.bytes));
    read.map(Presented::from).map_err(|_problem| {
        let what = format!("{} holds no certificate", input.name);
        Failure::files(what, "Name a card, a certificate, a sealed PDF or a bundle.")
    })
}

/// Takes a card of a school that is confirmed already; answers whether it was one.
pub(super) fn is_taken(card: &Stated<Card>, today: Date) -> Result<bool, Failure> {
    let take = |trust: &mut Trust| match trust.take_card(card, today) {
        Err(TrustError::NotConfirmed) => Ok(None),
        other => other.map(Some).map_err(refused),
    };
    // Only what changes the list is written.
    let Some(is_new) = take(&mut config_dir::trust()?)? else { return Ok(false) };
    if is_new {
        config_dir::change_trust(take)?;
    }
    let school = terminal::plain(card.said.school.name.as_str());
    terminal::say(&if is_new {
        format!("{school} is confirmed already; from now on, what you pack for it is encrypted to this card.")
    } else {
        format!("This card of {school} is known already.")
    });
    Ok(true)
}
