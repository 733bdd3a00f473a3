//! The parsers, over whatever comes: they never panic, and take each assertion in one spelling.

use conformance::mint::encode;
use http::{HeaderMap, HeaderValue};
use proptest::prelude::*;
use serde_json::json;

use super::super::{Expected, claims::Claims, json as strict, jws::Jws, keys::KeySet, token};

fn assertion() -> impl Strategy<Value = String> {
    let header = prop_oneof![
        4 => "[!-~]{1,20}".prop_map(|kid| json!({"alg": "RS256", "kid": kid}).to_string()),
        1 => ".{0,40}",
    ];
    let bytes = || prop::collection::vec(any::<u8>(), 0..60);
    (header, bytes(), bytes()).prop_map(|(header, payload, signature)| {
        format!("{}.{}.{}", encode(header), encode(payload), encode(signature))
    })
}

fn json_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("1e300".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        "[a-c]{0,2}".prop_map(|text| json!(text).to_string()),
    ];
    leaf.prop_recursive(10, 40, 4, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..4);
        let members = prop::collection::vec(("[a-d]", inner), 0..4);
        prop_oneof![
            list.prop_map(|items| format!("[{}]", items.join(","))),
            members.prop_map(|members| {
                let members: Vec<_> =
                    members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn an_assertion_has_one_spelling(
        text in assertion(),
        at in any::<prop::sample::Index>(),
        letter in "[A-Za-z0-9_=+/. -]?",
    ) {
        let at = at.index(text.len());
        for text in [text.clone(), format!("{}{letter}{}", &text[..at], &text[at + 1..])] {
            if let Ok(jws) = Jws::parse(&text) {
                let message = str::from_utf8(jws.message).unwrap();
                let (header, payload) = message.split_once('.').unwrap();
                prop_assert!(!header.contains('.') && !payload.contains('.'));
                let again = format!("{header}.{}.{}", encode(&jws.payload), encode(&jws.signature));
                prop_assert_eq!(again, text);
            }
        }
    }

    #[test]
    fn no_text_makes_the_parsers_panic(text in any::<String>(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let expected = Expected { issuer: String::new(), audiences: vec![], groups_claim: None };
        let _ = Jws::parse(&text);
        for bytes in [text.as_bytes(), &bytes] {
            let _ = Claims::parse(bytes, &expected);
            let _ = KeySet::parse(bytes);
        }
        if let Ok(value) = HeaderValue::from_bytes(&bytes) {
            let mut headers = HeaderMap::new();
            headers.insert("cookie", value);
            let _ = token::find(&headers);
        }
    }

    #[test]
    fn strict_json_is_json_with_every_key_once(text in json_text()) {
        let lax: serde_json::Value = serde_json::from_str(&text).unwrap();
        if let Some(object) = strict::parse(text.as_bytes()) {
            // Whoever keeps the last of two equal keys has fewer members than were written.
            let colons = lax.to_string().matches(':').count();
            prop_assert_eq!(colons, text.matches(':').count());
            prop_assert_eq!(object.len(), lax.as_object().unwrap().len());
        }
    }
}
