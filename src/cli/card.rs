//! `handover card`: what another school needs in order to encrypt to this one, in a file to be mailed once.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::identity::OwnIdentity;
use super::replace::write_one;
use super::{circle_keys, config_dir, identity, terminal};
use crate::circle::BundleKind;
use crate::record::Day;
use crate::school::{Laestab, School, SchoolName, Urn};
use crate::sign::sign_statement;
use crate::verify::{Card, LocalSchool};

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Your school's name, as on Get Information about Schools; without it, the one in your signing identity.
    #[arg(long)]
    school: Option<String>,
    /// Your URN, six digits; without it, the one that `trust us` was told.
    #[arg(long)]
    urn: Option<Urn>,
    /// Your DfE number, seven digits; without it, the one that `trust us` was told.
    #[arg(long)]
    laestab: Option<Laestab>,
    /// Where to write the card; without it, in this folder, named by your DfE number.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Make new keys: the old ones were seen by somebody. Bundles that were encrypted to them still open.
    #[arg(long)]
    renew: bool,
    #[command(flatten)]
    own: OwnIdentity,
    /// Overwrite a card that is there.
    #[arg(long)]
    force: bool,
    /// Date as on this day, for example 2026-06-01.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let now = now(args.as_of)?;
    let us = config_dir::trust()?.us;
    let known = |what: &str, option: &str| {
        Failure::usage(
            format!("it is not known here what your school's {what} is"),
            format!("Give it with {option}; Get Information about Schools has it."),
        )
    };
    let urn = args.urn.clone().or_else(|| us.as_ref()?.urn.clone()).ok_or_else(|| known("URN", "--urn"))?;
    let laestab = args
        .laestab
        .clone()
        .or_else(|| us.as_ref()?.laestab.clone())
        .ok_or_else(|| known("DfE number", "--laestab"))?;
    let named = args.school.as_deref().map(identity::school_name).transpose()?;
    let identity = args.own.open_or_make(named.as_ref(), &urn, now.at)?;
    let name: SchoolName = match named {
        Some(name) => name,
        None => identity::school_name(&identity.certificate().holder())?,
    };
    if identity.certificate().urn().is_some_and(|own| own != urn) {
        let next = "Name the right identity with --identity.";
        return Err(Failure::usage("your signing identity belongs to a school with another URN", next));
    }
    let mut recipients = BTreeMap::new();
    for kind in BundleKind::ALL {
        recipients.insert(kind, circle_keys::recipient(&urn, kind, args.renew)?);
    }
    let school = School { name, urn: urn.clone(), laestab: laestab.clone() };
    let card = Card::new(school, now.at, recipients);
    let text = sign_statement(&card, &identity).ok_or_else(|| Failure::bug("the card could not be signed"))?;
    let path = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("card-{laestab}.txt")));
    write_one(&path, text.as_bytes(), args.force)?;
    if us.is_none() {
        config_dir::change_trust(|trust| {
            trust.us.get_or_insert_with(|| LocalSchool { urn: Some(urn.clone()), laestab: Some(laestab.clone()) });
            Ok(())
        })?;
    }
    let words = identity::numbered(&identity.certificate().fingerprint().words());
    terminal::result(&format!(
        "{}\n    send it to the schools that hand children over to you; it holds no secret\n    they add it with: handover \
         trust add {0}\n    and ring you for three of these words: {words}\n",
        path.display()
    ))?;
    terminal::say(
        "The keys are kept in your configuration folder, one file for each circle of readers (circle-key-…). Give each to its \
         reader, keep a copy where the safeguarding files are kept, and show them to nobody else.",
    );
    Ok(Exit::Good)
}
