//! The command line: the only code that touches terminal, files, clock and environment.
//!
//! Floor 7: may use everything. One file a command.

#[cfg(feature = "verify")]
mod arrivals;
#[cfg(feature = "receive")]
mod believed;
#[cfg(feature = "verify")]
mod card;
#[cfg(feature = "verify")]
mod circle_keys;
mod clock;
mod completions;
#[cfg(feature = "verify")]
mod config_dir;
#[cfg(feature = "pack")]
mod confined;
#[cfg(feature = "pack")]
mod deliver;
#[cfg(feature = "receive")]
mod diff;
mod disk;
#[cfg(feature = "pack")]
mod draft;
#[cfg(feature = "form")]
mod edit;
mod exit;
mod expected;
mod explain;
#[cfg(feature = "verify")]
mod extract;
mod fields;
mod files;
mod fix;
mod folder_notes;
mod help;
#[cfg(feature = "pack")]
mod history;
#[cfg(feature = "verify")]
mod identity;
#[cfg(feature = "import")]
mod import;
mod jobs;
#[cfg(feature = "pack")]
mod ledger;
#[cfg(feature = "pack")]
mod ledger_file;
mod leftovers;
mod lock;
mod man;
#[cfg(feature = "pack")]
mod many_schools;
#[cfg(feature = "pack")]
mod memory;
#[cfg(feature = "pack")]
mod network;
mod new;
#[cfg(feature = "verify")]
mod open;
#[cfg(feature = "pack")]
mod overrides;
#[cfg(feature = "pack")]
mod pack;
mod passed_over;
mod paths;
mod pictures;
#[cfg(feature = "verify")]
mod presented;
#[cfg(feature = "pack")]
mod preview;
mod progress;
#[cfg(feature = "pack")]
mod recall;
#[cfg(feature = "pack")]
mod receipt;
#[cfg(feature = "receive")]
mod receive;
mod records;
mod recovery;
#[cfg(feature = "pack")]
mod render_options;
mod replace;
#[cfg(feature = "pack")]
mod report;
#[cfg(feature = "pack")]
mod rerender;
#[cfg(feature = "pack")]
mod run_report;
mod schema;
#[cfg(feature = "verify")]
mod secret_variables;
mod show;
mod sign_off;
mod signals;
#[cfg(feature = "pack")]
mod signing;
#[cfg(feature = "pack")]
mod spool;
mod staging;
#[cfg(feature = "pack")]
mod standing;
#[cfg(feature = "pack")]
mod status;
mod terminal;
#[cfg(feature = "pack")]
mod translation;
#[cfg(feature = "verify")]
mod trust;
#[cfg(feature = "verify")]
mod trust_add;
mod unfinished;
#[cfg(feature = "verify")]
mod unlock;
mod validate;
#[cfg(feature = "verify")]
mod verify;
#[cfg(feature = "verify")]
mod warning;
#[cfg(feature = "pack")]
mod workers;

use clap::{CommandFactory, Parser, Subcommand};
pub use exit::Exit;
use exit::Failure;

/// Hands a child over from junior to secondary school without losing what is known about the child.
#[derive(Debug, Parser)]
#[command(
    name = "handover",
    version,
    about,
    propagate_version = true,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a starter record to fill in.
    New(new::Args),
    /// Take over what the school's information system knows: a Common Transfer File, or lists as CSV or Excel.
    #[cfg(feature = "import")]
    Import(import::Args),
    /// Open the class in the browser of this computer, to fill it in, check it and sign it there.
    #[cfg(feature = "form")]
    Edit(edit::Args),
    /// Check records: files, folders, or - for standard input.
    Validate(validate::Args),
    /// Say what a rule asks, why, and where it comes from; without a code, list the rules.
    Explain(explain::Args),
    /// Say what a field of a record holds, with an example; without a name, list the sections.
    Fields(fields::Args),
    /// Mend what can mean one thing only: quotation marks, dates, codes, encoding. Shows the difference.
    Fix(fix::Args),
    /// Show a class as a table: how complete each record is, and what is still to ask; or one record, whole, with where
    /// each value comes from.
    Show(show::Args),
    /// Put a name to records as they stand: adds a sign-off that a later change breaks.
    SignOff(sign_off::Args),
    /// Check records, typeset and seal their packs, and bundle them for the receiving schools.
    #[cfg(feature = "pack")]
    Pack(Box<pack::Args>),
    /// Typeset drafts, and again whenever a record is saved.
    #[cfg(feature = "pack")]
    Preview(preview::Args),
    /// Join the reports of many runs of `pack`: what was made, refused and missing, and children who stand with two schools.
    #[cfg(feature = "pack")]
    Report(report::Args),
    /// Judge bundles and sealed PDFs: genuine, not genuine, or cannot tell yet.
    #[cfg(feature = "verify")]
    Verify(verify::Args),
    /// Open bundles that are genuine, and write their packs out by reader.
    #[cfg(feature = "verify")]
    Open(open::Args),
    /// Take in what other schools send: everybody in one place, who is missing, and the receipts that go back.
    #[cfg(feature = "receive")]
    Receive(Box<receive::Args>),
    /// What receiving schools send back: take over their receipts.
    #[cfg(feature = "pack")]
    #[command(subcommand)]
    Receipt(receipt::Command),
    /// How every child stands who was handed over: packed, acknowledged, with gaps, overdue.
    #[cfg(feature = "pack")]
    Status(status::Args),
    /// Say that what was packed is on its way.
    #[cfg(feature = "pack")]
    Sent(ledger::SentArgs),
    /// Take back packs that went to the wrong school or should not have gone: signs what the school is to be told.
    #[cfg(feature = "pack")]
    Recall(recall::Args),
    /// List what may not be kept any longer in a receiving folder and, asked, delete it.
    #[cfg(feature = "pack")]
    Expire(receive::expire::Args),
    /// The history of what went out, without names.
    #[cfg(feature = "pack")]
    #[command(subcommand)]
    Ledger(ledger::Command),
    /// Say what changed between two bundles, packs or records, the gravest first.
    #[cfg(feature = "receive")]
    Diff(diff::Args),
    /// Take the machine-readable record out of a sealed PDF, once its seal is verified.
    #[cfg(feature = "verify")]
    Extract(extract::Args),
    /// Typeset one document in bounds: for `pack --templates` and `verify --rerender`.
    #[cfg(feature = "pack")]
    #[command(name = confined::COMMAND, hide = true)]
    TypesetConfined,
    /// The school's signing identity.
    #[cfg(feature = "verify")]
    #[command(subcommand)]
    Identity(identity::Command),
    /// Write your school's card: what others need so that only you can open what they send you.
    #[cfg(feature = "verify")]
    Card(card::Args),
    /// The schools whose certificates are believed.
    #[cfg(feature = "verify")]
    #[command(subcommand)]
    Trust(trust::Command),
    /// Print a JSON Schema: of the record, of the policy, or of the JSON that `validate` prints.
    Schema(schema::Args),
    /// Say more about a topic (policy, trust, formats, …) or a command; without one, list them.
    Help(help::Args),
    /// Print the completions of this command line for a shell.
    Completions(completions::Args),
    /// Write manual pages into a folder.
    Man(man::Args),
}

/// Runs a command and answers how it ended.
#[must_use]
pub fn run(cli: Cli) -> Exit {
    signals::install();
    // A mistake of ours ends with its own code, and without the values that a panic's message may carry.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!(" ({}:{})", place.file(), place.line())).unwrap_or_default();
        terminal::say(&Failure::bug(format!("handover stopped{place}")).to_string());
    }));
    std::panic::catch_unwind(|| command(cli)).unwrap_or(Exit::Bug)
}

fn command(cli: Cli) -> Exit {
    let outcome = match cli.command {
        Command::New(args) => new::run(&args),
        #[cfg(feature = "import")]
        Command::Import(args) => import::run(&args),
        #[cfg(feature = "form")]
        Command::Edit(args) => edit::run(&args),
        Command::Validate(args) => validate::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Fields(args) => fields::run(&args),
        Command::Fix(args) => fix::run(&args),
        Command::Show(args) => show::run(&args),
        Command::SignOff(args) => sign_off::run(&args),
        #[cfg(feature = "pack")]
        Command::Pack(args) => pack::run(&args),
        #[cfg(feature = "pack")]
        Command::Preview(args) => preview::run(&args),
        #[cfg(feature = "pack")]
        Command::Report(args) => report::run(&args),
        #[cfg(feature = "verify")]
        Command::Verify(args) => verify::run(&args),
        #[cfg(feature = "verify")]
        Command::Open(args) => open::run(&args),
        #[cfg(feature = "receive")]
        Command::Receive(args) => receive::run(&args),
        #[cfg(feature = "pack")]
        Command::Receipt(command) => receipt::run(&command),
        #[cfg(feature = "pack")]
        Command::Status(args) => status::run(&args),
        #[cfg(feature = "pack")]
        Command::Sent(args) => ledger::sent(&args),
        #[cfg(feature = "pack")]
        Command::Recall(args) => recall::run(&args),
        #[cfg(feature = "pack")]
        Command::Expire(args) => receive::expire::run(&args),
        #[cfg(feature = "pack")]
        Command::Ledger(command) => ledger::run(&command),
        #[cfg(feature = "receive")]
        Command::Diff(args) => diff::run(&args),
        #[cfg(feature = "verify")]
        Command::Extract(args) => extract::run(&args),
        #[cfg(feature = "pack")]
        Command::TypesetConfined => confined::run(),
        #[cfg(feature = "verify")]
        Command::Identity(command) => identity::run(&command),
        #[cfg(feature = "verify")]
        Command::Card(args) => card::run(&args),
        #[cfg(feature = "verify")]
        Command::Trust(command) => trust::run(&command),
        Command::Schema(args) => schema::run(&args),
        Command::Help(args) => help::run(&args, Cli::command()),
        Command::Completions(args) => completions::run(&args, &Cli::command()),
        Command::Man(args) => man::run(&args, Cli::command()),
    };
    outcome.unwrap_or_else(|failure| {
        terminal::say(&failure.to_string());
        failure.exit
    })
}
