//! Where the table's verdict is another on Workers: the runtime's HTTP layer stands before the Worker,
//! and what it leaves of a request is judged.
//!
//! | what is sent | what becomes of it |
//! |---|---|
//! | a head of 1 MB, a method that is none, no host or two, a whole URL | the runtime refuses it |
//! | a header without a value | is dropped |
//! | `..` in an address | is resolved: the address that is left is judged |
//! | `Connection` | is the runtime's: what it names is still there, and counts |
//! | a header twice | comes as one, joined by a comma |
//! | a length beside chunks, or an empty one, before another request | is two requests |
//! | what only one reading makes a request of | is that request |
//! | `Connection: close` | the connection stays open for five more seconds after the answer |
//!
//! The other way it forces these, which `faults` and `updates` hold to:
//!
//! | what the Worker answers | what becomes of it |
//! |---|---|
//! | a large summary that goes wrong halfway (F7) | the runtime ends a stream that fails with a last chunk, as if it were whole: its JSON is never closed, and every reader of it refuses that |
//! | a change, while the upstream closes a connection that lay idle (F2) | the runtime may write to it, and tells only that it broke off: the change's outcome is unknown, and it is sent once at most |
//! | an upstream answer that is packed, and packed badly (F8) | the runtime unpacks it before the Worker sees it: it is an answer that broke off |
//!
//! Cloudflare's edge, which stands before the runtime when it is deployed, is stricter than this.

use conformance::{Case, ID, RISK, Sent, Verdict};

const REFUSES: &str = "the runtime refuses it first, in its own words";
const RESOLVES: &str =
    "the runtime resolves dots and letters in an address before the Worker sees it";
const CONNECTION: &str = "the runtime keeps Connection to itself, and drops nothing that it names";
const JOINS: &str = "the runtime joins a header that comes twice";
const DROPS: &str = "the runtime drops a header without a value: no browser sends such an Origin";
const LENIENT: &str = "the runtime's parser takes it for the one plain request that it also is";

const SPLITS: &str = "the runtime reads two requests, and nobody behind it reads them again";

/// Bytes that the runtime's parser takes for a request, by what the table calls them.
const TAKEN: [&str; 19] = [
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
    "Connection names the host",
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
        "H1" if refused => Some((as_sent(&request.method, &request.target), CONNECTION)),
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

/// As if there were no `Connection`.
fn as_sent(method: &str, target: &str) -> Verdict {
    match target.strip_prefix(RISK) {
        Some(_) => Verdict::Forwarded(format!("{method} {target}")),
        None => Verdict::Answered(200),
    }
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
