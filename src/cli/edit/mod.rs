//! `handover edit`: the class in the browser of this computer.

mod answers;
mod child;
mod class;
#[cfg(feature = "pack")]
mod packing;
mod saves;
#[cfg(feature = "pack")]
mod sent;
mod server;
mod signing;

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args as ClapArgs;
use tempfile::NamedTempFile;

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::paths::shown;
use super::{signals, terminal};
use crate::form::{Own, Secret};
use crate::record::Day;
use class::Class;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The folder of the class.
    #[arg(default_value = ".", value_name = "DIR")]
    folder: PathBuf,
    /// Only print the address, and open no browser.
    #[arg(long)]
    no_open: bool,
    /// Listen on this port; without it, on any that is free.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// End after so many minutes without use.
    #[arg(long, value_name = "MINUTES", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=600))]
    idle: u64,
    /// Judge and date as on this day, for example 2026-07-10.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

pub(super) fn run(args: &Args) -> Outcome {
    if !args.folder.is_dir() {
        let what = format!("{} is not a folder", shown(&args.folder));
        return Err(Failure::usage(what, "Make a folder for the class, and name it."));
    }
    let class = Class::new(args.folder.clone(), now(args.as_of)?.day, args.as_of)?;
    let unbound = |error: std::io::Error| {
        Failure::files(format!("no address could be had on this computer: {error}"), "Try another --port.")
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, args.port)).map_err(unbound)?;
    listener.set_nonblocking(true).map_err(unbound)?;
    let host = listener.local_addr().map_err(unbound)?.to_string();
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).map_err(|error| Failure::bug(format!("no randomness: {error}")))?;
    let own = Own { host, secret: Secret::new(random) };
    let address = format!("http://{}/{}/", own.host, own.secret.as_str());
    let door = if args.no_open { None } else { Some(door(&address)?) };
    if let Some((file, _)) = &door {
        terminal::show(file.path());
        terminal::say(&format!(
            "The class opens in your browser. If it does not, open this address there:\n  {address}"
        ));
    } else {
        terminal::say(&format!("Open this address in the browser of this computer:\n  {address}"));
    }
    terminal::say("Nobody else may have the address. Ctrl-C ends this; what was saved is in the files.");
    server::serve(listener, own, class, Duration::from_secs(args.idle * 60))?;
    terminal::say("The form has ended. What was saved is in the files; `handover edit` goes on with them.");
    drop(door);
    Ok(Exit::Good)
}

/// A page that leads to the form, in a file that only this user may read: other users see the arguments of a browser.
fn door(address: &str) -> Result<(NamedTempFile, signals::Guard), Failure> {
    let unwritten = |error: std::io::Error| {
        Failure::files(format!("no file could be made to open the browser with: {error}"), "Use --no-open.")
    };
    let mut file = tempfile::Builder::new().prefix("handover-").suffix(".html").tempfile().map_err(unwritten)?;
    let page = format!(
        "<!doctype html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">\
         <meta http-equiv=\"refresh\" content=\"0;url={address}\"><title>handover</title>\
         <p><a href=\"{address}\">Open the class</a></p>\n"
    );
    file.write_all(page.as_bytes()).and_then(|()| file.flush()).map_err(unwritten)?;
    let guard = signals::guard(file.path());
    Ok((file, guard))
}
