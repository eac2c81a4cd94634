//! How far a long run has come: a bar with an estimate at a terminal, a line of JSON at each step for programs.

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use clap::{Args as ClapArgs, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

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
    bar: ProgressBar,
    /// What is counted, for programs.
    json: Option<&'static str>,
    all: u64,
    done: AtomicU64,
    begun: Instant,
}

impl Progress {
    /// Begins a run of so many steps, each of which makes or reads one of what is counted: `records`.
    pub(super) fn begin(self, what: &'static str, all: usize) -> Steps {
        let all = all as u64;
        let bar = ProgressBar::with_draw_target(Some(all), ProgressDrawTarget::hidden());
        if self.how == How::Auto {
            let style = ProgressStyle::with_template("{pos} of {len} {msg} {bar:30} {eta} left").ok();
            bar.set_style(style.unwrap_or_else(ProgressStyle::default_bar));
            bar.set_message(what);
        }
        let json = (self.how == How::Json).then_some(what);
        Steps { bar, json, all, done: AtomicU64::new(0), begun: Instant::now() }
    }

    /// Whether a bar may be drawn.
    fn may_draw(steps: &Steps) -> bool {
        steps.json.is_none() && !steps.bar.message().is_empty() && steps.begun.elapsed() >= SOON
    }
}

impl Steps {
    /// One step is done.
    pub(super) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(what) = self.json {
            let line = serde_json::json!({
                "format": "handover-progress", "version": 1, "what": what, "done": done, "of": self.all,
            });
            // If nobody reads it, nothing is lost.
            drop(writeln!(std::io::stderr(), "{line}"));
        }
        if Progress::may_draw(self) && self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(done);
    }

    #[cfg(feature = "verify")]
    /// Does something that may say or ask something: no bar stands in its way.
    pub(super) fn suspended<T>(&self, something: impl FnOnce() -> T) -> T {
        self.bar.suspend(something)
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
