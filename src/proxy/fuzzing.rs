//! What the fuzzers in `fuzz/` feed: everything that reads what a stranger sent, and what must
//! hold whatever that is. The seeds are run in the ordinary tests, too.

use bytes::Bytes;
use chrono::DateTime;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, Uri};
use model::{AccountId, Operation, OperationKind, RiskSummary, operations::Body};

use crate::{
    access::fuzzing as access,
    forward,
    input::{self, IfMatch, Paging, REASON_LENGTH, Reason, Seen},
    origin::{self, Hosts},
    plain,
    reply::Reply,
    route::{self, Route},
};

const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";

/// An assertion, its header, its claims, or the keys to check it with.
pub fn assertion(bytes: &[u8]) {
    access::assertion(bytes, DateTime::UNIX_EPOCH);
}

/// A method and an address, with a blank between them. What goes upstream is on our account, and
/// means the same when it is read again.
pub fn address(bytes: &[u8]) {
    let Some(blank) = bytes.iter().position(|byte| *byte == b' ') else { return };
    let (method, target) = (&bytes[..blank], &bytes[blank + 1..]);
    let (Ok(method), Ok(uri)) = (Method::from_bytes(method), Uri::try_from(target)) else { return };
    let Ok(account) = ACCOUNT.parse::<AccountId>() else { return };
    let _ = input::audit(uri.query());
    for kind in OperationKind::ALL {
        if let Ok(paging) = Paging::parse(kind, uri.query()) {
            let query = paging.query();
            assert_eq!(Paging::parse(kind, query.strip_prefix('?')), Ok(paging));
        }
    }
    match route::find(&method, uri.path(), &account, true) {
        Ok(Route::Operation(operation)) => upstream(&account, &operation),
        Ok(Route::App(path)) => {
            assert!(!path.as_str().split('/').any(|segment| segment.starts_with('.')));
        }
        _ => {}
    }
}

fn upstream(account: &AccountId, operation: &Operation) {
    let path = operation.path(account);
    let service = format!("/accounts/{ACCOUNT}/zt_risk_scoring");
    let rest = path.strip_prefix(&service).expect("it is the service's");
    assert!(path.is_ascii() && !path.contains(['?', '#', ';', '\\', ' ']), "{path}");
    assert!(!path.split('/').skip(1).any(|segment| matches!(segment, "" | "." | "..")), "{path}");
    let method = operation.kind().spec().method.as_str();
    assert_eq!(Operation::parse(method, rest).as_ref(), Ok(operation));
    let base = Uri::from_static("https://api.example/client/v4");
    let uri = forward::address(&base, &path).expect("it is an address");
    assert_eq!((uri.host(), uri.query()), (Some("api.example"), None));
}

/// Header lines, as `name: value`.
pub fn headers(bytes: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        let name = HeaderName::from_bytes(&line[..colon]);
        let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii());
        if let (Ok(name), Ok(value)) = (name, value)
            && headers.try_append(name, value).is_err()
        {
            return;
        }
    }
    let _ = plain::check(&headers);
    access::find(&headers);
    if let Ok(Some(reason)) = Reason::parse(&headers) {
        let length = reason.as_str().chars().count();
        assert!((1..=REASON_LENGTH).contains(&length));
    }
    for kind in OperationKind::ALL {
        let _ = IfMatch::parse(kind, &headers);
        let _ = Seen::parse(&headers, &crate::reply::known::Known::default());
    }
    let public = Hosts::public(&Uri::from_static("https://riskdesk.example"));
    for hosts in [Hosts::local(([127, 0, 0, 1], 8787).into()), Hosts::asserted(), public] {
        if let Ok(own) = hosts.check(&headers) {
            let ours = origin::same_origin(&headers, &own).is_ok();
            // What our own page may, a program that says the same may.
            assert!(!ours || origin::not_foreign(&headers, &own).is_ok());
        }
    }
    let _ = input::body(Body::UpdateBehaviors, &headers, &Bytes::from_static(b"{}"));
}

/// A change's body. What is sent on is read and written in the same way again.
pub fn body(bytes: &[u8]) {
    let json = HeaderValue::from_static("application/json");
    let headers = HeaderMap::from_iter([(http::header::CONTENT_TYPE, json)]);
    let bytes = Bytes::copy_from_slice(bytes);
    for kind in [Body::UpdateBehaviors, Body::CreateIntegration, Body::UpdateIntegration] {
        if let Ok(once) = input::body(kind, &headers, &bytes) {
            assert_eq!(input::body(kind, &headers, &once), Ok(once.clone()));
        }
    }
}

/// The vendor's answer, and the summary that the app reads from it. What is passed on in pieces is
/// what would have been passed on whole.
pub fn answer(bytes: &[u8]) {
    for kind in [OperationKind::Summary, OperationKind::UpdateBehaviors] {
        let upstream = Response::builder().header("content-type", "application/json");
        if let Ok(upstream) = upstream.body(Bytes::copy_from_slice(bytes)) {
            let answer = Reply::to(kind).finish(upstream);
            assert!(answer.status() == 200 || answer.status() == 502);
        }
    }
    if let Some(passed) = in_pieces(bytes) {
        let upstream = Response::builder().header("content-type", "application/json");
        let whole = upstream
            .body(Bytes::copy_from_slice(bytes))
            .map(|upstream| Reply::to(OperationKind::Summary).finish(upstream));
        assert!(whole.is_ok_and(|whole| whole.status() == 200));
        assert_eq!(passed, bytes.trim_ascii_end());
    }
    let _ = serde_json::from_slice::<model::Envelope<RiskSummary>>(bytes);
}

/// What is passed on of an answer that comes seven bytes at a time, if all of it is good.
fn in_pieces(bytes: &[u8]) -> Option<Vec<u8>> {
    let head = Response::builder().header("content-type", "application/json").body(()).ok()?;
    let mut pieces = bytes.chunks(7).map(Bytes::copy_from_slice);
    let start = pieces.next().unwrap_or_default();
    let begun = Reply::to(OperationKind::Summary).begin(head.into_parts().0, &start);
    let (first, mut passing) = begun.ok()?;
    let mut passed = first.into_body().to_vec();
    for piece in pieces {
        passed.extend_from_slice(&passing.take(&piece).ok()?);
    }
    passed.extend_from_slice(&passing.finish().ok()?);
    Some(passed)
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    type Target = fn(&[u8]);

    #[test]
    fn the_seeds_hold() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
        let targets: [(&str, Target); 5] = [
            ("assertion", assertion),
            ("address", address),
            ("headers", headers),
            ("body", body),
            ("answer", answer),
        ];
        for (name, target) in targets {
            let seeds = fs::read_dir(folder.join(name)).unwrap();
            let seeds: Vec<Vec<u8>> =
                seeds.map(|seed| fs::read(seed.unwrap().path()).unwrap()).collect();
            assert!(seeds.len() >= 3, "{name}");
            for seed in seeds {
                for end in 0..=seed.len().min(4_000) {
                    target(&seed[..end]);
                }
                target(&seed);
            }
        }
    }
}
