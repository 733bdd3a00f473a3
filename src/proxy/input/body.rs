//! A body, read into the model's own types: unknown fields are refused, nothing passes as it came.

use bytes::Bytes;
use http::{HeaderMap, header};
use model::{CreateIntegration, UpdateBehaviors, UpdateIntegration, operations::Body};
use serde::{Serialize, de::DeserializeOwned};
use serde_path_to_error::Segment;

use super::short;
use crate::{origin::single, refusal::Refusal};

/// The body to send: the one that came, read into the operation's type and written again.
pub(crate) fn body(kind: Body, headers: &HeaderMap, bytes: &Bytes) -> Result<Bytes, Refusal> {
    match kind {
        Body::None if bytes.is_empty() => Ok(Bytes::new()),
        Body::None => Err(Refusal::UnexpectedBody),
        Body::UpdateBehaviors => rewrite::<UpdateBehaviors>(headers, bytes),
        Body::CreateIntegration => rewrite::<CreateIntegration>(headers, bytes),
        Body::UpdateIntegration => rewrite::<UpdateIntegration>(headers, bytes),
    }
}

fn rewrite<T: DeserializeOwned + Serialize>(
    headers: &HeaderMap,
    bytes: &Bytes,
) -> Result<Bytes, Refusal> {
    let value: T = read(headers, bytes)?;
    let written = serde_json::to_vec(&value);
    written.map(Bytes::from).map_err(|error| syntax(&error))
}

/// The body as a type of the model's own.
pub(crate) fn read<T: DeserializeOwned>(headers: &HeaderMap, bytes: &Bytes) -> Result<T, Refusal> {
    if !is_plain_json(headers) {
        return Err(Refusal::BodyType);
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        match error.inner().classify() {
            serde_json::error::Category::Data => {
                let text = error.inner().to_string();
                // Where in the text it is says less than the pointer does.
                let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
                Refusal::BodyValue { pointer: pointer(error.path()), reason: short(reason) }
            }
            _ => syntax(error.inner()),
        }
    })?;
    reader.end().map_err(|error| syntax(&error))?;
    Ok(value)
}

fn syntax(error: &serde_json::Error) -> Refusal {
    Refusal::BodySyntax(short(&error.to_string()))
}

fn is_plain_json(headers: &HeaderMap) -> bool {
    let Ok(Some(kind)) = single(headers, &header::CONTENT_TYPE) else { return false };
    let (essence, parameters) = kind.split_once(';').unwrap_or((kind, ""));
    let parameters = parameters.trim().to_ascii_lowercase().replace('"', "");
    essence.trim().eq_ignore_ascii_case("application/json")
        && matches!(parameters.as_str(), "" | "charset=utf-8")
        && !headers.contains_key(header::CONTENT_ENCODING)
}

/// A JSON pointer (RFC 6901 §3).
fn pointer(path: &serde_path_to_error::Path) -> String {
    let escaped = path.iter().map(|segment| match segment {
        Segment::Seq { index } => index.to_string(),
        Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
        Segment::Enum { variant } => variant.clone(),
        Segment::Unknown => "-".to_owned(),
    });
    short(&escaped.fold(String::new(), |pointer, segment| pointer + "/" + &segment))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn json(kind: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        headers
    }

    fn sent(kind: Body, text: &str) -> Result<String, Refusal> {
        let body = body(kind, &json("application/json"), &Bytes::copy_from_slice(text.as_bytes()));
        body.map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[test]
    fn a_body_is_written_anew() {
        let text = " {\"behaviors\" : {\"imp_travel\":{\"risk_level\":\"high\", \"enabled\":true},\
                    \"__proto__\":{\"enabled\":false,\"risk_level\":\"low\"}}} ";
        assert_eq!(
            sent(Body::UpdateBehaviors, text).unwrap(),
            r#"{"behaviors":{"__proto__":{"enabled":false,"risk_level":"low"},"imp_travel":{"enabled":true,"risk_level":"high"}}}"#
        );
        let text = r#"{"tenant_url":"HTTPS://Acme.okta.com/","integration_type":"Okta"}"#;
        assert_eq!(
            sent(Body::CreateIntegration, text).unwrap(),
            r#"{"integration_type":"Okta","tenant_url":"https://acme.okta.com"}"#
        );
    }

    #[test]
    fn a_refused_value_is_pointed_at() {
        for (kind, text, at) in [
            (
                Body::UpdateBehaviors,
                r#"{"behaviors":{"a/b":{"enabled":true,"risk_level":"critical"}}}"#,
                "/behaviors/a~1b/risk_level",
            ),
            (Body::UpdateBehaviors, r#"{"behaviors":{},"extra":1}"#, "/extra"),
            (
                Body::UpdateIntegration,
                r#"{"tenant_url":"http://a.okta.com","active":true}"#,
                "/tenant_url",
            ),
            (Body::UpdateIntegration, r#"{"tenant_url":"https://a.okta.com"}"#, ""),
            (
                Body::CreateIntegration,
                r#"{"integration_type":"Okta","tenant_url":"https://a.okta.com","active":true}"#,
                "/active",
            ),
        ] {
            match sent(kind, text) {
                Err(Refusal::BodyValue { pointer, reason }) => {
                    assert_eq!(pointer, at);
                    assert!(!reason.contains("at line"), "{reason}");
                }
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn what_is_not_one_json_value_is_refused() {
        for text in ["", "{", "null x", "{} {}", "\u{feff}{}"] {
            let verdict = sent(Body::UpdateBehaviors, text);
            assert!(
                matches!(verdict, Err(Refusal::BodySyntax(_) | Refusal::BodyValue { .. })),
                "{text}: {verdict:?}"
            );
        }
        assert_eq!(sent(Body::None, "{}"), Err(Refusal::UnexpectedBody));
        assert_eq!(sent(Body::None, ""), Ok(String::new()));
    }

    #[test]
    fn only_json_in_utf_8_is_taken() {
        let empty = Bytes::from_static(b"{\"behaviors\":{}}");
        let verdict = |headers: &HeaderMap| body(Body::UpdateBehaviors, headers, &empty).is_ok();
        for kind in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/json;charset=\"UTF-8\"",
        ] {
            assert!(verdict(&json(kind)), "{kind}");
        }
        for kind in [
            "text/plain",
            "application/json; charset=utf-16",
            "application/json, text/plain",
            "application/jsonx",
        ] {
            assert!(!verdict(&json(kind)), "{kind}");
        }
        assert!(!verdict(&HeaderMap::new()));
        let mut packed = json("application/json");
        packed.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        assert!(!verdict(&packed));
    }
}
