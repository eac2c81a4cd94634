//! Worker processes: this program executed again, fed by pipes, so that all processors are used and nothing that happens
//! while a document is typeset can harm the run.
//!
//! A request and its answer are bytes, each after its length. A worker answers one request after the other until its
//! input ends. One that does not answer in time, answers nothing or ends is stopped; whoever asked decides what then.

use std::io::{self, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, ThreadId};
use std::time::Duration;

use super::exit::Failure;
use super::secret_variables::SECRET_VARIABLES;

/// The largest request or answer, in bytes.
const LARGEST: usize = 512 << 20;

/// Workers that are waiting for work. As many as are asked at once; one that has answered is asked again.
pub(super) struct Workers {
    command: &'static str,
    /// How long an answer may take.
    patience: Duration,
    /// Each with the thread whose request it has answered last: what it remembers of that is of use to that thread.
    idle: Mutex<Vec<(ThreadId, Worker)>>,
}

impl Workers {
    /// Workers that run a hidden command of this program.
    pub(super) fn new(command: &'static str, patience: Duration) -> Self {
        Self { command, patience, idle: Mutex::new(Vec::new()) }
    }

    /// The answer to a request; none where the worker does not give one in time.
    pub(super) fn ask(&self, request: Vec<u8>) -> Option<Vec<u8>> {
        let own = thread::current().id();
        let idle = {
            let mut idle = self.idle.lock().ok()?;
            let of_own = idle.iter().position(|(thread, _)| *thread == own);
            of_own.map(|at| idle.swap_remove(at)).or_else(|| idle.pop())
        };
        let mut worker = idle.map_or_else(|| Worker::start(self.command), |(_, worker)| Some(worker))?;
        let answer = worker.ask(request, self.patience)?;
        self.idle.lock().ok()?.push((own, worker));
        Some(answer)
    }
}

/// A process that answers. Stopped when it is let go.
struct Worker {
    process: Child,
    requests: Sender<Vec<u8>>,
    answers: Receiver<Vec<u8>>,
}

impl Worker {
    fn start(command: &str) -> Option<Self> {
        let mut program = Command::new(std::env::current_exe().ok()?);
        // It needs none of our secrets.
        for secret in SECRET_VARIABLES {
            program.env_remove(secret);
        }
        // Memory that was used for one document is kept for the next.
        program.env("MIMALLOC_PURGE_DELAY", "-1");
        let pipes = program.arg(command).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = pipes.spawn().ok()?;
        let (mut input, mut output) = (process.stdin.take()?, process.stdout.take()?);
        let (requests, to_write) = channel::<Vec<u8>>();
        // A worker that does not read, or does not end, must not keep us.
        thread::spawn(move || {
            while let Ok(request) = to_write.recv() {
                if write_frame(&mut input, &request).is_err() {
                    break;
                }
            }
        });
        let (read, answers) = channel();
        thread::spawn(move || {
            while let Ok(Some(answer)) = read_frame(&mut output) {
                if read.send(answer).is_err() {
                    break;
                }
            }
        });
        Some(Self { process, requests, answers })
    }

    fn ask(&mut self, request: Vec<u8>, patience: Duration) -> Option<Vec<u8>> {
        self.requests.send(request).ok()?;
        self.answers.recv_timeout(patience).ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// The worker's side: answers every request of an input until it ends.
pub(super) fn serve(
    mut input: impl Read,
    mut output: impl Write,
    mut answer: impl FnMut(&[u8]) -> Result<Vec<u8>, Failure>,
) -> Result<(), Failure> {
    let broken = |error: io::Error| Failure::files(format!("the pipe is broken: {error}"), "Use `handover pack`.");
    while let Some(request) = read_frame(&mut input).map_err(broken)? {
        write_frame(&mut output, &answer(&request)?).map_err(broken)?;
    }
    Ok(())
}

fn write_frame(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

/// The next bytes; none where the other side has ended between two.
fn read_frame(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    let begun = from.read(&mut length)?;
    if begun == 0 {
        return Ok(None);
    }
    from.read_exact(length.get_mut(begun..).unwrap_or_default())?;
    let length = u64::from_le_bytes(length);
    if !usize::try_from(length).is_ok_and(|length| length <= LARGEST) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    if from.take(length).read_to_end(&mut bytes)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_answered_until_they_end() {
        let mut requests = Vec::new();
        for request in ["one", "", "three"] {
            write_frame(&mut requests, request.as_bytes()).unwrap();
        }
        let mut answers = Vec::new();
        let twice = |request: &[u8]| Ok([request, request].concat());
        serve(requests.as_slice(), &mut answers, twice).unwrap();
        let mut answers = answers.as_slice();
        for answer in ["oneone", "", "threethree"] {
            assert_eq!(read_frame(&mut answers).unwrap().unwrap(), answer.as_bytes());
        }
        assert!(read_frame(&mut answers).unwrap().is_none());
    }

    #[test]
    fn what_is_cut_short_or_too_long_is_an_error() {
        let mut whole = Vec::new();
        write_frame(&mut whole, b"whole").unwrap();
        for end in 1..whole.len() {
            assert!(read_frame(&mut &whole[..end]).is_err(), "{end}");
        }
        assert!(read_frame(&mut u64::MAX.to_le_bytes().as_slice()).is_err());
    }
}
