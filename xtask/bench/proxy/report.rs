//! Medians, ratios and what they are held against: a table for people, JSON for the next run.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::Result;
use serde_json::{Value, json};

use super::{
    WORK,
    allocations::Count,
    servers::{Memory, Who},
    wrk::Ran,
};
use crate::progress::say;

type Measured = (&'static str, Who, Ran);

/// What riskdesk is held to, beside somebody else.
struct Goal {
    work: &'static str,
    peer: Who,
    what: &'static str,
    figure: fn(&Ran) -> f64,
    /// The ratio riskdesk ÷ peer.
    is_met: fn(f64) -> bool,
    limit: &'static str,
}

/// Processor time a request: beside a peer's.
const fn cheap(
    work: &'static str,
    peer: Who,
    is_met: fn(f64) -> bool,
    limit: &'static str,
) -> Goal {
    Goal { work, peer, what: "CPU a request", figure: Ran::cost, is_met, limit }
}

/// Requests a second, beside nginx.
const fn fast(work: &'static str, is_met: fn(f64) -> bool, limit: &'static str) -> Goal {
    let figure = |ran: &Ran| ran.per_second;
    Goal { work, peer: Who::Nginx, what: "requests a second", figure, is_met, limit }
}

const GOALS: [Goal; 6] = [
    cheap("small, 32", Who::Haproxy, |ratio| ratio <= 1.3, "at most 1.3"),
    cheap("distinct, 32", Who::Haproxy, |ratio| ratio <= 1.3, "at most 1.3"),
    cheap("first seen, 32", Who::HaproxyVerify, |ratio| ratio <= 1.0, "at most 1.0"),
    fast("200 KB, 32", |ratio| ratio >= 0.9, "at least 0.9"),
    fast("small, 128", |ratio| ratio >= 0.85, "at least 0.85"),
    fast("distinct, 128", |ratio| ratio >= 0.85, "at least 0.85"),
];

pub fn print(all: &[Measured], idle: Memory, memory: &[(Who, Memory)], allocations: &[Count]) {
    println!(
        "\n{:<16} {:<20} {:>9} {:>10} {:>9} {:>9}",
        "work", "", "CPU µs", "requests/s", "p50 µs", "p99 µs"
    );
    for work in &WORK {
        for who in work.who {
            let of = |figure: fn(&Ran) -> f64| median(all, work.name, *who, figure);
            println!(
                "{:<16} {:<20} {:>9.1} {:>10.0} {:>9.0} {:>9.0}",
                work.name,
                who.name(),
                of(Ran::cost),
                of(|ran| ran.per_second),
                of(|ran| ran.median),
                of(|ran| ran.slow)
            );
        }
    }
    println!("\n{:<60} {:>6}  goal", "riskdesk ÷ peer", "ratio");
    for goal in &GOALS {
        let ratio = ratio(all, goal);
        let verdict = if (goal.is_met)(ratio) { "met" } else { "missed" };
        let name = format!("{}, {}, {}", goal.what, goal.work, goal.peer.name());
        println!("{name:<60} {ratio:>6.2}  {}: {verdict}", goal.limit);
    }
    println!("\nmemory, MiB: riskdesk serve idle {:.1}", mebibytes(idle.now));
    for (who, Memory { now, most }) in memory {
        let name = who.name();
        println!("{name:<20} after load {:>5.1}, most {:>5.1}", mebibytes(*now), mebibytes(*most));
    }
    if allocations.is_empty() {
        println!("\nallocations: not counted, libmemusage.so (Debian: libc-devtools) is missing");
    }
    for (work, count) in allocations {
        println!("allocations a request, {work:<16} {count:>6.1}");
    }
}

pub fn write(
    path: &Path,
    all: &[Measured],
    idle: Memory,
    memory: &[(Who, Memory)],
    allocations: &[Count],
) -> Result<()> {
    let runs: Vec<Value> = all
        .iter()
        .map(|(work, who, ran)| {
            json!({
                "work": work, "who": who.name(), "cpu_us": ran.cost(),
                "requests_per_second": ran.per_second, "p50_us": ran.median, "p99_us": ran.slow,
            })
        })
        .collect();
    let ratios: Vec<Value> = GOALS
        .iter()
        .map(|goal| {
            let ratio = ratio(all, goal);
            json!({
                "work": goal.work, "peer": goal.peer.name(), "figure": goal.what, "ratio": ratio,
                "goal": goal.limit, "met": (goal.is_met)(ratio),
            })
        })
        .collect();
    let memory: Vec<Value> = memory
        .iter()
        .map(|(who, memory)| {
            json!({"who": who.name(), "after_load_kib": memory.now, "most_kib": memory.most})
        })
        .collect();
    let all = json!({
        "ratios": ratios, "idle_kib": idle.now, "memory": memory, "runs": runs,
        "allocations_a_request": allocations.iter().copied().collect::<BTreeMap<_, _>>(),
    });
    fs::write(path, format!("{all:#}\n"))?;
    say("Written", &path.display().to_string());
    Ok(())
}

/// The median of the ratios of each round: what else went on came to both of a round.
fn ratio(all: &[Measured], goal: &Goal) -> f64 {
    let of = |who| figures(all, goal.work, who, goal.figure);
    middle(of(Who::Riskdesk).iter().zip(of(goal.peer)).map(|(own, peer)| own / peer).collect())
}

fn median(all: &[Measured], work: &str, who: Who, figure: fn(&Ran) -> f64) -> f64 {
    middle(figures(all, work, who, figure))
}

fn figures(all: &[Measured], work: &str, who: Who, figure: fn(&Ran) -> f64) -> Vec<f64> {
    let runs = all.iter().filter(|(name, of, _)| *name == work && *of == who);
    runs.map(|(_, _, ran)| figure(ran)).collect()
}

fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

fn mebibytes(kibibytes: u64) -> f64 {
    kibibytes as f64 / 1024.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_the_median_of_those_of_each_round() {
        let ran = |ticks| Ran { requests: 1.0, per_second: 1.0, median: 1.0, slow: 1.0, ticks };
        let round = |own, peer| {
            let goal = &GOALS[0];
            [(goal.work, Who::Riskdesk, ran(own)), (goal.work, goal.peer, ran(peer))]
        };
        let all = [round(2.0, 1.0), round(30.0, 10.0), round(4.0, 1.0)].concat();
        assert_eq!(ratio(&all, &GOALS[0]), 3.0);
    }
}
