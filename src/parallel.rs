//! The same work on many items, on several processors at once.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

/// How many processors there are for this process.
#[must_use]
pub(crate) fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// What comes of each item, in their order, on some threads at once. After one that ends the run no other is begun.
pub(crate) fn each<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    ends: impl Fn(&R) -> bool + Sync,
) -> Vec<R> {
    let (next, is_ended) = (AtomicUsize::new(0), AtomicBool::new(false));
    let some = || {
        let mut done = Vec::new();
        while !is_ended.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(number) else { break };
            let result = work(item);
            is_ended.fetch_or(ends(&result), Ordering::Relaxed);
            done.push((number, result));
        }
        done
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(items.len())).map(|_| scope.spawn(some)).collect();
        let mut done = some();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_stop_after_the_last() {
        let items: Vec<usize> = (0..100).collect();
        for threads in [1, 2, 7] {
            assert_eq!(
                each(threads, &items, |item| item * 2, |_| false),
                items.iter().map(|i| i * 2).collect::<Vec<_>>()
            );
            let some = each(threads, &items, |item| *item, |item| *item == 10);
            assert!(some.len() < 100 && some.contains(&10), "{some:?}");
        }
    }
}
