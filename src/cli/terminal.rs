//! The rules of the terminal; nobody else prints.
//!
//! Results go to standard output, everything said along the way to standard error. Colour goes away for `NO_COLOR`
//! and for pipes. A reader that closes the pipe early is not an error.

use std::io::{IsTerminal, Read, Write, stderr, stdin, stdout};
use std::path::Path;

#[cfg(feature = "verify")]
use zeroize::Zeroizing;

use super::exit::Failure;
#[cfg(feature = "form")]
use super::secret_variables::SECRET_VARIABLES;
use crate::text::misleads;

/// A text of a stranger (a name in a certificate, a file name) as it may stand in what we say: on one line, not too
/// long, without characters that hide, reorder or colour what stands around it.
pub(super) fn plain(text: &str) -> String {
    const LONGEST: usize = 600;
    let plain: String = text.chars().take(LONGEST).map(|c| if misleads(c) { '\u{fffd}' } else { c }).collect();
    // Runs of spaces would draw a line of their own where a terminal breaks.
    let mut plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.is_empty() {
        plain.push('\u{fffd}');
    }
    // Some logs take these for commands.
    let plain = plain.replace("##[", "# #[");
    if plain.starts_with("::") { format!("./{plain}") } else { plain }
}

/// Prints a result.
pub(super) fn result(text: &str) -> Result<(), Failure> {
    write_all(anstream::AutoStream::auto(stdout()), text.as_bytes())
}

/// Prints a result that is not text, byte for byte.
pub(super) fn result_bytes(bytes: &[u8]) -> Result<(), Failure> {
    write_all(stdout(), bytes)
}

/// Prints a result that stands nowhere else: where nobody can have read it, that is an error too.
#[cfg(feature = "pack")]
pub(super) fn result_for_sure(text: &str) -> Result<(), Failure> {
    let mut out = anstream::AutoStream::auto(stdout());
    let written = if is_thrown_away() {
        Err(std::io::Error::other("standard output is thrown away"))
    } else {
        out.write_all(text.as_bytes()).and_then(|()| out.flush())
    };
    written.map_err(|error| {
        let what = format!("the passphrases cannot be shown: {error}");
        Failure::files(what, "Nothing was put into its place. Run it again where they can be read.")
    })
}

/// Whether standard output goes where nobody can read it; also where it was closed, as then it is opened like this.
#[cfg(all(feature = "pack", unix))]
fn is_thrown_away() -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;
    let device = |about: std::fs::Metadata| about.rdev();
    let nowhere = std::fs::metadata("/dev/null").map(device).ok().filter(|device| *device != 0);
    let here = stdout().as_fd().try_clone_to_owned().ok().and_then(|fd| std::fs::File::from(fd).metadata().ok());
    here.map(device).is_some_and(|here| Some(here) == nowhere)
}

#[cfg(all(feature = "pack", not(unix)))]
fn is_thrown_away() -> bool {
    false
}

fn write_all(mut out: impl Write, bytes: &[u8]) -> Result<(), Failure> {
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::files(format!("standard output cannot be written: {error}"), "Is the disk full?"))
        }
        _ => Ok(()),
    }
}

/// Says something along the way. If nobody can hear it, nothing is lost.
pub(super) fn say(text: &str) {
    let mut err = anstream::AutoStream::auto(stderr());
    drop(writeln!(err, "{text}"));
}

/// Whether a path stands for standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Whether this runs in GitHub Actions.
#[expect(clippy::disallowed_methods, reason = "the command line is where the environment comes in")]
pub(super) fn is_github() -> bool {
    std::env::var("GITHUB_ACTIONS").is_ok_and(|value| value == "true")
}

/// Whether results are read by a person at a terminal.
pub(super) fn result_is_seen() -> bool {
    stdout().is_terminal()
}

/// Whether what is said along the way is read by a person at a terminal.
pub(super) fn talk_is_seen() -> bool {
    stderr().is_terminal()
}

/// Whether results may have colour.
pub(super) fn result_has_colour() -> bool {
    anstream::AutoStream::choice(&stdout()) != anstream::ColorChoice::Never
}

/// Reads all of standard input, at most a byte more than a limit, so that too much can be told.
pub(super) fn read_stdin(limit: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let read = stdin().lock().take(most).read_to_end(&mut bytes);
    read.map_err(|error| Failure::files(format!("standard input cannot be read: {error}"), "Name a file instead."))?;
    Ok(bytes)
}

/// Shows a file in whatever shows such files here, which gets none of our secrets. Where nothing does, that is said and
/// nothing else happens.
#[cfg(feature = "form")]
pub(super) fn show(path: &Path) {
    let started = open::commands(path).into_iter().any(|mut command| {
        for secret in SECRET_VARIABLES {
            command.env_remove(secret);
        }
        let quiet = std::process::Stdio::null;
        command.stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn().is_ok()
    });
    if !started {
        say(&format!("{} could not be shown here; open it yourself.", path.display()));
    }
}

/// Asks for a passphrase without showing it; `None` where nobody is there to answer.
#[cfg(feature = "verify")]
pub(super) fn ask_passphrase(question: &str) -> Option<Zeroizing<String>> {
    if !stdin().is_terminal() {
        return None;
    }
    rpassword::prompt_password(question).ok().map(Zeroizing::new)
}

/// Asks for a line; `None` where nobody is there to answer.
#[cfg(feature = "verify")]
pub(super) fn ask(question: &str) -> Option<String> {
    if !stdin().is_terminal() {
        return None;
    }
    let mut err = stderr();
    write!(err, "{question}").and_then(|()| err.flush()).ok()?;
    let mut line = String::new();
    stdin().read_line(&mut line).ok()?;
    Some(line.trim().to_owned())
}

/// How the terminal was set when the run began: asking for a passphrase hides what is typed.
pub(super) struct State {
    #[cfg(unix)]
    modes: Option<rustix::termios::Termios>,
}

/// How the terminal is set now.
pub(super) fn state() -> State {
    State {
        #[cfg(unix)]
        modes: rustix::termios::tcgetattr(stdin()).ok(),
    }
}

impl State {
    /// Sets the terminal as it was.
    pub(super) fn restore(&self) {
        #[cfg(unix)]
        if let Some(modes) = &self.modes {
            let _ = rustix::termios::tcsetattr(stdin(), rustix::termios::OptionalActions::Now, modes);
        }
    }
}
