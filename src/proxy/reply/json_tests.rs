//! The check by pieces against serde_json's of the whole.

use proptest::prelude::*;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::*;

/// What is checked of an answer that is read whole.
#[derive(Deserialize)]
struct Outer {
    #[serde(rename = "success")]
    _success: bool,
}

fn is_envelope(text: &[u8]) -> bool {
    let is_object = text.trim_ascii_start().first() == Some(&b'{');
    is_object && str::from_utf8(text).is_ok_and(|text| serde_json::from_str::<Outer>(text).is_ok())
}

/// What is passed on of `text` in pieces of these sizes, if all is good.
fn pass(text: &[u8], sizes: &[usize]) -> Checked<Vec<u8>> {
    let (mut json, mut rest, mut passed) = (Json::default(), text, Vec::new());
    for size in sizes.iter().chain(std::iter::repeat(&text.len())) {
        let (piece, after) = rest.split_at((*size).min(rest.len()));
        let good = json.take(piece)?;
        passed.extend_from_slice(&piece[..good]);
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    if !json.is_whole() {
        return Err(NotAnEnvelope);
    }
    passed.push(b'}');
    Ok(passed)
}

const GOOD: &str = r#" {"result":{"users":[{"name":"Zoë \"Z\" \u00fc","event_count":-1.5e+3,"n":[]}, {}]},
  "success" : true,"errors":[null,false,0,10,0.1,1E5],"messages":[]} "#;

#[test]
fn every_cut_of_a_good_envelope_is_passed_on_and_every_half_is_not() {
    let text = GOOD.as_bytes();
    assert!(is_envelope(text));
    for first in 0..=text.len() {
        let passed = pass(text, &[first]).unwrap();
        assert_eq!(passed, GOOD.trim_end().as_bytes(), "cut at {first}");
    }
    assert!(pass(text, &[1; 1000]).is_ok());
    for end in 0..GOOD.trim_end().len() {
        assert_eq!(pass(&text[..end], &[7; 1000]), Err(NotAnEnvelope), "half of {end}");
    }
}

#[test]
fn the_last_brace_waits_for_the_end() {
    let mut json = Json::default();
    let text = br#"{"success":true}"#;
    assert_eq!(json.take(text), Ok(text.len() - 1));
    assert_eq!(json.take(b" \n "), Ok(0));
    assert!(json.is_whole());
    assert_eq!(json.take(b"{"), Err(NotAnEnvelope));
}

#[test]
fn what_is_no_envelope_is_found() {
    for text in [
        "",
        " ",
        "{}",
        "[true]",
        "true",
        "\"x\"",
        "<html>",
        "{\"success\":1}",
        "{\"success\":null}",
        "{\"success\":true,\"success\":true}",
        "{\"success\":true}}",
        "{\"success\":true} x",
        "{\"success\":true,}",
        "{\"a\":{\"success\":true}}",
        "{\"successful\":true}",
        "{\"succes\":true}",
        "{\"success\":tru}",
        "{\"success\":true,\"a\":01}",
        "{\"success\":true,\"a\":1.}",
        "{\"success\":true,\"a\":-}",
        "{\"success\":true,\"a\":1e}",
        "{\"success\":true,\"a\":[1,]}",
        "{\"success\":true,\"a\":[1}",
        "{\"success\":true,\"a\":{]}",
        "{\"success\":true,\"a\":\"\t\"}",
        "{\"success\":true,\"a\":\"\\x\"}",
        "{\"success\":true,\"a\":\"\\u12g4\"}",
        "{\"success\":true,\"a\" 1}",
        "{\"success\":true a:1}",
        "{\"succ\\u0065ss\":1,\"success\":true}",
        "{success:true}",
        "{\"success\":true,\"a\":[,]}",
        "{\"success\":true,\"a\":}",
    ] {
        assert!(!is_envelope(text.as_bytes()), "{text}");
        assert_eq!(pass(text.as_bytes(), &[]), Err(NotAnEnvelope), "{text}");
    }
    let deep = format!("{{\"success\":true,\"a\":{}{}}}", "[".repeat(500), "]".repeat(500));
    assert_eq!(pass(deep.as_bytes(), &[]), Err(NotAnEnvelope));
    for bytes in [&b"\xff"[..], b"\xc3", b"\xc3(", b"\xed\xa0\x80", b"\xf0\x9f\x98"] {
        let text = [b"{\"success\":true,\"a\":\"", bytes, b"\"}"].concat();
        assert!(!is_envelope(&text));
        for size in 1..4 {
            assert_eq!(pass(&text, &vec![size; text.len()]), Err(NotAnEnvelope), "{bytes:?}");
        }
    }
}

fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof!["\\PC{0,8}", "[\\x00-\\x7f]{0,6}", "[\"\\\\/é漢😀]{0,4}"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((text.clone(), inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

fn envelope() -> impl Strategy<Value = Vec<u8>> {
    (value(), any::<bool>(), any::<bool>()).prop_map(|(result, success, pretty)| {
        let envelope = serde_json::json!({ "result": result, "success": success, "z": 1 });
        let text = if pretty {
            serde_json::to_string_pretty(&envelope)
        } else {
            serde_json::to_string(&envelope)
        };
        text.unwrap().into_bytes()
    })
}

proptest! {
    #[test]
    fn a_good_envelope_is_passed_on_to_the_letter(
        text in envelope(), sizes in prop::collection::vec(0..40_usize, 0..40),
    ) {
        prop_assert_eq!(pass(&text, &sizes), Ok(text));
    }

    /// A byte that is changed, put in or taken out, and anything at all: the same verdict as of
    /// the whole.
    #[test]
    fn the_verdict_is_that_of_the_whole(
        text in envelope(), at in any::<prop::sample::Index>(), byte in any::<u8>(), what in 0..4,
        sizes in prop::collection::vec(1..40_usize, 0..40),
    ) {
        let mut text = text;
        let at = at.index(text.len());
        match what {
            0 => text[at] = byte,
            1 => text.insert(at, byte),
            2 => drop(text.remove(at)),
            _ => text.truncate(at),
        }
        // Of an escape in one of its own keys, more is asked.
        if byte == b'\\' {
            prop_assert!(pass(&text, &sizes).is_err() || is_envelope(&text));
        } else {
            prop_assert_eq!(pass(&text, &sizes).is_ok(), is_envelope(&text));
        }
    }

    #[test]
    fn any_bytes_are_survived(
        text in prop::collection::vec(any::<u8>(), 0..200), sizes in prop::collection::vec(1..9_usize, 0..40),
    ) {
        let is_json = serde_json::from_slice::<IgnoredAny>(&text).is_ok();
        prop_assert!(is_json || pass(&text, &sizes).is_err());
    }
}
