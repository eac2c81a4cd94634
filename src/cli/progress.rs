//! How far a long run has come: a bar with an estimate at a terminal, a line of JSON at each step for programs.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::{Args as ClapArgs, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::terminal;

/// Nothing is drawn for what takes less than this.
const SOON: Duration = Duration::from_secs(1);

/// The option of commands that may take long.
#[derive(Debug, Clone, Copy, ClapArgs)]
pub(super) struct Progress {
    /// How progress is told, on standard error: a bar at a terminal, a line of JSON at each step, or nothing.
    #[arg(long = "progress", value_enum, value_name = "HOW", default_value_t = How::Auto)]
    how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum How {
    /// A bar, where a person sees it.
    Auto,
    /// A line of JSON at each step.
    Json,
    /// Nothing.
    None,
}

/// A run with a known number of steps.
pub(super) struct Steps {
    how: How,
    /// What is counted: `records`.
    what: &'static str,
    bar: ProgressBar,
    all: usize,
    done: AtomicUsize,
    begun: Instant,
}

impl Progress {
    /// Begins a run of so many steps, each of which makes or reads one of what is counted.
    pub(super) fn begin(self, what: &'static str, all: usize) -> Steps {
        // Where nobody sees a bar, none is asked for at each step.
        let how = if self.how == How::Auto && !terminal::talk_is_seen() { How::None } else { self.how };
        let bar = ProgressBar::with_draw_target(Some(all as u64), ProgressDrawTarget::hidden()).with_message(what);
        let style = ProgressStyle::with_template("{pos} of {len} {msg} {bar:30} {eta} left");
        bar.set_style(style.unwrap_or_else(|_template| ProgressStyle::default_bar()));
        Steps { how, what, bar, all, done: AtomicUsize::new(0), begun: Instant::now() }
    }
}

impl Steps {
    /// One step is done.
    pub(super) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        match self.how {
            How::None => {}
            How::Json => terminal::say(
                &serde_json::json!({
                    "format": "handover-progress", "version": 1, "what": self.what, "done": done, "of": self.all,
                })
                .to_string(),
            ),
            How::Auto => {
                if self.bar.is_hidden() && self.begun.elapsed() >= SOON {
                    self.bar.set_draw_target(ProgressDrawTarget::stderr());
                }
                self.bar.set_position(done as u64);
            }
        }
    }

    /// Does something that may say or ask something: no bar stands in its way.
    #[cfg(feature = "verify")]
    pub(super) fn suspended<T>(&self, something: impl FnOnce() -> T) -> T {
        self.bar.suspend(something)
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
