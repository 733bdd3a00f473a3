//! The access modules' part of [`crate::fuzzing`].

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use http::HeaderMap;

use super::{
    claims::{Claims, Expected},
    jws::Jws,
    keys::KeySet,
    roles::{Member, Roles},
    token,
};

const HEADER: &str = r#"{"alg":"RS256","kid":"a"}"#;

/// Reads the bytes as an assertion, as a header, as claims, as keys and as a list of members. An
/// assertion that is taken has one spelling.
pub(crate) fn assertion(bytes: &[u8], now: DateTime<Utc>) {
    let encode = |part: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(part);
    let whole = str::from_utf8(bytes).unwrap_or_default().to_owned();
    let as_header = format!("{}.e30.AAAA", encode(bytes));
    let as_claims = format!("{}.{}.AAAA", encode(HEADER.as_bytes()), encode(bytes));
    for text in [whole.as_str(), &as_header, &as_claims] {
        if let Ok(jws) = Jws::parse(text) {
            let message = str::from_utf8(jws.message).expect("it is part of a text");
            let (header, _) = message.split_once('.').expect("it has two parts");
            let again = format!("{header}.{}.{}", encode(&jws.payload), encode(&jws.signature));
            assert_eq!(again, text);
            claims(&jws.payload, now);
        }
    }
    claims(bytes, now);
    let _ = KeySet::parse(bytes);
    let _ = whole.parse::<Member>();
}

/// Nobody comes in but by the lists, whatever is claimed.
fn claims(payload: &[u8], now: DateTime<Utc>) {
    let expected = Expected {
        issuer: "https://a.example".to_owned(),
        audiences: vec!["a".to_owned()],
        groups_claim: Some("g".to_owned()),
    };
    if let Ok(claims) = Claims::parse(payload, &expected) {
        let _ = claims.check(now);
        assert!(claims.expires_at().is_some());
        assert_eq!(Roles::default().role(&claims.subject), None);
    }
}

pub(crate) fn find(headers: &HeaderMap) {
    let _ = token::find(headers);
}
