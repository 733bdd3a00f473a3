//! How long the Worker takes for a request: the first ones after it has started, and
//! later ones. Printed, and held to nothing: docs/scale.md has the figures.

use std::time::{Duration, Instant};

use conformance::{ADMIN, Access, Upstream, wire::Console};
use riskdesk_worker_tests::{Folder, Worker};

use crate::site;

const LATER: usize = 200;

/// In milliseconds.
fn time(ask: impl Fn() -> u16) -> f64 {
    #[expect(clippy::disallowed_methods, reason = "what is measured is time")]
    let begun = Instant::now();
    assert_eq!(ask(), 200);
    begun.elapsed().as_secs_f64() * 1_000.0
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[test]
fn first_and_later_requests() {
    let (access, upstream) = (Access::start(), Upstream::start());
    // A Worker of its own for each: what is first for one is not for the other.
    for (what, path) in [("a health check", "/healthz"), ("a read", "{R}/behaviors")] {
        let first = |folder: &Folder| {
            let worker = Worker::start(folder);
            let admin = Console::of(worker.address, &access, ADMIN);
            let first = time(|| admin.get(path).status);
            // Before this, the runtime goes on with work of its own.
            std::thread::sleep(Duration::from_secs(1));
            let later = (0..LATER).map(|_| time(|| admin.get(path).status)).collect();
            (first, median(later))
        };
        let folder = site::folder(&access, upstream.address, &[]);
        let times: Vec<(f64, f64)> = (0..3).map(|_| first(&folder)).collect();
        let firsts = median(times.iter().map(|(first, _)| *first).collect());
        let later = median(times.iter().map(|(_, later)| *later).collect());
        println!("{what}: the first {firsts:.1} ms, later ones {later:.1} ms");
    }
}
