//! Where the table's verdict is another on Workers: the runtime's HTTP layer stands before the Worker,
//! and what it leaves of a request is judged. docs/conformance.md lists these, and what else it makes
//! another.

use conformance::{Case, ID, RISK, Sent, Verdict};

const REFUSES: &str = "the runtime refuses it first, in its own words";
const RESOLVES: &str =
    "the runtime resolves dots and letters in an address before the Worker sees it";
const JOINS: &str = "the runtime joins a header that comes twice";
const DROPS: &str = "the runtime drops a header without a value: no browser sends such an Origin";
const LENIENT: &str = "the runtime's parser takes it for the one plain request that it also is";
const SPLITS: &str = "the runtime reads two requests, and nobody behind it reads them again";

/// Bytes that the runtime's parser takes for a request, by what the table calls them.
const TAKEN: [&str; 18] = [
    "no coding",
    "a chunk of size -1",
    "a chunk of size 0x1",
    "a chunk's size past 64 bits",
    "a chunk without a size",
    "a chunk's size in letters",
    "a chunk that ends in a bare LF",
    "a chunk's extension of 70 KB",
    "a folded header",
    "a header folded by a tab",
    "a blank before the colon",
    "HTTP/1.2",
    "HTTP/2.0",
    "HTTP/1.10",
    "http/1.1",
    "a version and more",
    "tabs for blanks",
    "a blank in the address",
];
/// Bytes that it takes for two requests, each with an assertion of its own.
const SPLIT: [&str; 3] = ["no length", "a length and chunks", "chunks and a length"];

/// The verdict that holds here instead of the table's, and why.
pub fn of(case: &Case) -> Option<(Verdict, &'static str)> {
    let what = case.what.as_str();
    let Sent::Request(request) = &case.sent else {
        if SPLIT.contains(&what) {
            return Some((Verdict::Split, SPLITS));
        }
        return TAKEN.contains(&what).then_some((Verdict::Harmless, LENIENT));
    };
    let refused = matches!(case.verdict, Verdict::Refused(..));
    match case.id {
        "J19" if what.starts_with("1 MB") => Some((Verdict::Malformed, REFUSES)),
        "P11" if refused && request.target.contains("://") => Some((Verdict::Malformed, REFUSES)),
        "P15" if matches!(&*request.method, "get" | "GeT") => Some((Verdict::Malformed, REFUSES)),
        "H6" if refused && is_no_host(request) => Some((Verdict::Malformed, REFUSES)),
        "H11" if what == "two reasons" => Some((reset(), JOINS)),
        "C3" if what.starts_with("origin \"\", said") => Some((reset(), DROPS)),
        "C4" if what == "the custom header twice" => Some((Verdict::Refused(403, 994_032), JOINS)),
        "P8" if request.target.contains('#') => Some((Verdict::Harmless, RESOLVES)),
        _ if refused && is_resolved(&request.target) => Some((Verdict::Harmless, RESOLVES)),
        _ => None,
    }
}

fn reset() -> Verdict {
    Verdict::Forwarded(format!("POST {RISK}/{ID}/reset"))
}

/// Whether there is no one host that is a host's name and no more.
fn is_no_host(request: &conformance::Request) -> bool {
    let mut hosts = request.headers.iter().filter(|(name, _)| *name == "host");
    let odd = |host: &[u8]| host.is_empty() || host.iter().any(|byte| b"@,/".contains(byte));
    match (hosts.next(), hosts.next()) {
        (Some((_, host)), None) => odd(host),
        _ => true,
    }
}

/// Whether a URL of this target has another path than it (WHATWG URL §4.4).
fn is_resolved(target: &str) -> bool {
    let plain = target.to_ascii_lowercase().replace("%2e", ".");
    let dots = plain.split(['/', '\\', '?']).any(|segment| matches!(segment, "." | ".."));
    dots || !target.is_ascii()
}
