//! What each level of each compression makes of the summary of 100,000 people, and in what time, on
//! one thread and fed as it comes from the upstream. `src/server/pack.rs` uses the levels that are
//! marked. `cargo xtask bench levels [PEOPLE]`.

use std::{io::Write, time::Instant};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::Request;

/// As much as comes at a time.
const PIECE: usize = 64 * 1024;
const RUNS: usize = 5;
const PEOPLE: usize = 100_000;

fn main() {
    let given = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let people = given.unwrap_or(PEOPLE);
    let content = summary(people);
    println!("{people} people, {} bytes; the median of {RUNS} runs", content.len());
    for level in [0, 1, 2, 3, 4, 5] {
        let mark = if level == 1 { "*" } else { " " };
        measure(&format!("brotli {level}{mark}"), &content, |pieces| {
            let mut brotli = brotli::CompressorWriter::new(Vec::new(), PIECE, level, 18);
            feed(&mut brotli, pieces);
            brotli.into_inner()
        });
    }
    for level in [1, 2, 3, 4] {
        let mark = if level == 2 { "*" } else { " " };
        measure(&format!("zstd {level}{mark}"), &content, |pieces| {
            let mut zstd =
                zstd::stream::write::Encoder::new(Vec::new(), level).expect("there is memory");
            zstd.window_log(19).expect("it is a window");
            feed(&mut zstd, pieces);
            zstd.finish().expect("a vector takes all")
        });
    }
    for level in [1, 2, 3, 6] {
        let mark = if level == 1 { "*" } else { " " };
        measure(&format!("gzip {level}{mark}"), &content, |pieces| {
            let mut gzip =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
            feed(&mut gzip, pieces);
            gzip.finish().expect("a vector takes all")
        });
    }
}

fn feed(packer: &mut impl Write, content: &[u8]) {
    for piece in content.chunks(PIECE) {
        packer.write_all(piece).expect("a vector takes all");
    }
}

#[expect(clippy::disallowed_methods, reason = "time is what is measured")]
fn measure(name: &str, content: &[u8], pack: impl Fn(&[u8]) -> Vec<u8>) {
    let mut size = 0;
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let started = Instant::now();
            size = pack(content).len();
            started.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let ratio = size as f64 / content.len() as f64;
    println!("{name:<10} {size:>10} bytes  {ratio:.3}  {:>6.1} ms", times[RUNS / 2]);
}

/// The simulator's own answer.
fn summary(people: usize) -> Bytes {
    let settings =
        sim::Settings { users: people, seed: 7, scenario: sim::Scenario::Morning, token: None };
    let now = DateTime::<Utc>::from_timestamp(1_790_000_000, 0).expect("a time");
    let mut sim = sim::Sim::new(settings, now).without_rate_limit();
    let account = "0123456789abcdef0123456789abcdef";
    let uri = format!("/client/v4/accounts/{account}/zt_risk_scoring/summary");
    let request = Request::get(uri).header("authorization", "Bearer any").body(Bytes::new());
    sim.answer(&request.expect("a request"), now).response.into_body()
}
