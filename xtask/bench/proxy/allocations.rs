//! How often `riskdesk serve` asks for memory, for one request: by glibc's own count
//! (`libmemusage.so`, in Debian's libc-devtools), which says at a process's end what it asked for.

use anyhow::Result;

use super::{
    WORK, Work,
    servers::Servers,
    wrk::{self, Load},
};

const LIBRARY: &str = "libmemusage.so";

/// What is counted.
const COUNTED: [&str; 4] = ["small, 32", "distinct, 32", "first seen, 32", "200 KB, 32"];

/// Of a work, and how many a request.
pub type Count = (&'static str, f64);

/// Allocations a request, of each work; none where the system can't count.
pub fn count(servers: &Servers, load: impl Fn(&Work, String) -> Load) -> Result<Vec<Count>> {
    let ((), said) = servers.with_library(LIBRARY, "behaviors", |_| Ok(()))?;
    let Some(idle) = calls(&said) else { return Ok(Vec::new()) };
    let mut counts = Vec::new();
    for work in WORK.iter().filter(|work| COUNTED.contains(&work.name)) {
        let ask = |url| wrk::run(&load(work, url));
        let (ran, said) = servers.with_library(LIBRARY, work.path, ask)?;
        if let Some(calls) = calls(&said) {
            counts.push((work.name, (calls - idle) / ran.requests));
        }
    }
    Ok(counts)
}

/// How often it asked, in any way: ` malloc|  1234 …`, with colors in between.
fn calls(said: &str) -> Option<f64> {
    let of = |name: &str| {
        let (_, rest) = said.rsplit_once(&format!("{name}|"))?;
        let digit = |c: char| c.is_ascii_digit();
        let word = rest.split_whitespace().find(|word| word.chars().all(digit))?;
        word.parse::<f64>().ok()
    };
    Some(of(" malloc")? + of("realloc")? + of(" calloc")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_library_says_is_read() {
        let said = "\u{1b}[01;32mMemory usage summary:\u{1b}[0;0m heap total: 9\n\
                    \u{1b}[00;34m malloc|\u{1b}[0m       3253         465536              0\n\
                    \u{1b}[00;34mrealloc|\u{1b}[0m       1024          78776              0\n\
                    \u{1b}[00;34m calloc|\u{1b}[0m         19           2064              0\n";
        assert_eq!(calls(said), Some(4296.0));
        assert_eq!(calls("listening"), None);
    }
}
