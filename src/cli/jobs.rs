//! Work on several processors at once.

use std::num::NonZeroUsize;

use clap::Args as ClapArgs;

#[cfg(feature = "pack")]
use crate::parallel::processors;

/// What a worker takes in memory at most, for the largest of records, in KiB.
#[cfg(feature = "pack")]
const MEMORY_EACH: usize = 256 << 10;

/// On how many processors.
#[derive(Debug, Clone, Copy, ClapArgs)]
pub(super) struct Jobs {
    /// Work on so many processors at once; without it, on all for which there is memory. What is made is the same.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

impl Jobs {
    /// How many, for so many items.
    #[cfg(feature = "pack")]
    pub(super) fn number(self, items: usize) -> usize {
        let fitting = free_memory().map_or(usize::MAX, |free| free / MEMORY_EACH);
        let number = self.jobs.map_or_else(|| processors().min(fitting), NonZeroUsize::get);
        number.min(items).max(1)
    }
}

/// The memory that may still be used, in KiB, where the system tells it.
#[cfg(feature = "pack")]
fn free_memory() -> Option<usize> {
    let told = std::fs::read_to_string("/proc/meminfo").ok()?;
    let free = told.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    free.trim().strip_suffix("kB")?.trim().parse().ok()
}
