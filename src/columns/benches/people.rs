//! What reading, searching and sorting cost: `cargo bench -p riskdesk-columns`.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::{fmt::Write as _, hint::black_box, time::Duration};

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use riskdesk_columns::{Column, LevelFilter, Page, People, Question, Reader, Sort};

const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 250_000];

/// As much as comes at a time from a browser's fetch.
const PIECE: usize = 64 << 10;

const PAGE: Page = Page { number: 1, rows: 25 };

/// A summary in which names, addresses and counts are as unequal as real ones.
fn summary(people: usize) -> Vec<u8> {
    const SYLLABLES: [&str; 16] = [
        "an", "bel", "cor", "da", "el", "fre", "gio", "har", "is", "jo", "ka", "lu", "mar", "no",
        "ro", "zed",
    ];
    let mut state = 7_u64;
    let mut random = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) % below
    };
    let mut json = String::from(r#"{"success":true,"errors":[],"messages":[],"result":{"users":["#);
    for number in 0..people {
        let mut word = || -> String { (0..3).map(|_| SYLLABLES[random(16) as usize]).collect() };
        let (first, last) = (word(), word());
        let level = ["high", "medium", "low", "low"][random(4) as usize];
        let comma = if number == 0 { "" } else { "," };
        write!(
            json,
            r#"{comma}{{"user_id":"{:08x}-0000-4000-a000-{number:012x}","name":"{} {last}","email":"{first}.{last}{number}@example.com","event_count":{},"last_event":"2026-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z","max_risk_level":"{level}"}}"#,
            random(1 << 32), first.to_uppercase(), random(10_000), random(12) + 1, random(28) + 1,
            random(24), random(60), random(60), random(1000),
        )
        .unwrap();
    }
    json.push_str("]}}");
    json.into_bytes()
}

fn read(json: &[u8]) -> People {
    let mut reader = Reader::new(str::to_lowercase);
    json.chunks(PIECE).for_each(|piece| reader.feed(piece).unwrap());
    reader.end().unwrap();
    reader.people()
}

fn question(text: &str) -> Question {
    Question { text: text.to_owned(), ..Question::default() }
}

fn all(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("people");
    group.sample_size(10).measurement_time(Duration::from_secs(2));
    group.warm_up_time(Duration::from_millis(500));
    for size in SIZES {
        let json = summary(size);
        group.throughput(Throughput::Elements(size as u64));
        group.bench_function(BenchmarkId::new("read", size), |bench| bench.iter(|| read(&json)));
        let people = read(&json);
        for column in Column::ALL {
            // The other orders stand on the order of risk, which the first page has made.
            let fresh = || {
                let people = read(&json);
                if column != Column::Level {
                    people.prepare(Column::Level);
                }
                people
            };
            let name = format!("order by {}", column.as_str());
            group.bench_function(BenchmarkId::new(name, size), |bench| {
                bench.iter_batched_ref(
                    fresh,
                    |people| people.prepare(column),
                    BatchSize::LargeInput,
                );
            });
            people.prepare(column);
        }
        // A letter that most people have, a word, one that few have, and one that may be an ID.
        for text in ["r", "rolu", "anbel cor", "bad"] {
            group.bench_function(BenchmarkId::new(format!("search {text}"), size), |bench| {
                bench.iter(|| {
                    // Another search between them: the same again would cost nothing.
                    black_box(people.view(&question("zzz"), PAGE));
                    black_box(people.view(&question(text), PAGE))
                });
            });
        }
        group.bench_function(BenchmarkId::new("last page, backwards, by level", size), |bench| {
            let question = Question {
                levels: LevelFilter::parse("high,low"),
                sort: Sort { column: Column::Name, descending: true },
                ..Question::default()
            };
            let page = Page { number: usize::MAX, rows: 100 };
            bench.iter(|| black_box(people.view(&question, page)));
        });
    }
    group.finish();
}

criterion_group!(benches, all);
criterion_main!(benches);
