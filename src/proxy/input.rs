//! What a request brings along, parsed and written anew: nothing passes as it came.
//!
//! - [`Paging`]: `page` and `per_page` of the two answers that may carry `result_info`
//! - [`body`]: the model's own types, unknown fields refused
//! - [`Reason`]: `X-Riskdesk-Reason`, for the record and never sent upstream

use std::num::NonZeroU32;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, header};
use model::{
    CreateIntegration, OperationKind, UpdateBehaviors, UpdateIntegration, operations::Body,
};
use percent_encoding::percent_decode_str;
use serde::{Serialize, de::DeserializeOwned};
use serde_path_to_error::Segment;

use crate::{origin::single, refusal::Refusal};

const REASON: HeaderName = HeaderName::from_static("x-riskdesk-reason");

/// The longest reason, in characters.
pub(crate) const REASON_LENGTH: usize = 1_000;

/// The longest part of a parser's message that is repeated: it may quote the body.
const ERROR_LENGTH: usize = 200;

/// The page wanted. The vendor documents none today, but an answer may say that there are more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paging {
    page: Option<NonZeroU32>,
    per_page: Option<NonZeroU32>,
}

impl Paging {
    pub(crate) fn parse(operation: OperationKind, query: Option<&str>) -> Result<Self, Refusal> {
        let mut paging = Self::default();
        let pairs = query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        for pair in pairs {
            let refusal = || Refusal::Query(short(pair));
            let (name, value) = pair.split_once('=').ok_or_else(refusal)?;
            let slot = match (operation, name) {
                (OperationKind::Summary | OperationKind::User, "page") => &mut paging.page,
                (OperationKind::Summary | OperationKind::User, "per_page") => &mut paging.per_page,
                _ => return Err(refusal()),
            };
            let number = value.parse().map_err(|_| refusal())?;
            if slot.replace(number).is_some() {
                return Err(refusal());
            }
        }
        Ok(paging)
    }

    /// The query, with its question mark, or nothing.
    pub(crate) fn query(self) -> String {
        let pairs = [("page", self.page), ("per_page", self.per_page)];
        let pairs = pairs.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name}={value}")).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }
}

/// Refuses any query.
pub(crate) fn no_query(query: Option<&str>) -> Result<(), Refusal> {
    match query {
        None | Some("") => Ok(()),
        Some(query) => Err(Refusal::Query(short(query))),
    }
}

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
    if !is_plain_json(headers) {
        return Err(Refusal::BodyType);
    }
    let syntax = |error: &serde_json::Error| Refusal::BodySyntax(short(&error.to_string()));
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
    let written = serde_json::to_vec(&value).map_err(|error| syntax(&error))?;
    Ok(written.into())
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

fn short(text: &str) -> String {
    text.chars().take(ERROR_LENGTH).collect()
}

/// Why somebody makes a change, in their own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn parse(headers: &HeaderMap) -> Result<Option<Self>, Refusal> {
        let value = single(headers, &REASON).map_err(|()| Refusal::Reason)?;
        let Some(value) = value else { return Ok(None) };
        if !escapes_are_whole(value) {
            return Err(Refusal::Reason);
        }
        let text = percent_decode_str(value).decode_utf8().map_err(|_| Refusal::Reason)?;
        let text = text.trim();
        if text.chars().count() > REASON_LENGTH {
            return Err(Refusal::Reason);
        }
        Ok((!text.is_empty()).then(|| Self(text.to_owned())))
    }
}

/// Whether every percent sign starts an escape (RFC 3986 §2.1); a decoder leaves others as they
/// are, so that two texts would be written alike.
pub(crate) fn escapes_are_whole(text: &str) -> bool {
    text.split('%').skip(1).all(|after| {
        let digits = after.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
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

    #[test]
    fn a_query_is_taken_only_where_there_may_be_pages() {
        let parse = |kind, query| Paging::parse(kind, Some(query)).map(Paging::query);
        assert_eq!(
            parse(OperationKind::Summary, "per_page=050&page=2").unwrap(),
            "?page=2&per_page=50"
        );
        assert_eq!(parse(OperationKind::Summary, "").unwrap(), "");
        assert_eq!(Paging::parse(OperationKind::User, None).unwrap().query(), "");
        for query in [
            "page=0",
            "page=-1",
            "page=x",
            "page",
            "page=1&page=2",
            "Page=1",
            "order_by=x",
            "page=1&x=2",
        ] {
            assert!(parse(OperationKind::Summary, query).is_err(), "{query}");
        }
        assert!(parse(OperationKind::Behaviors, "page=1").is_err());
        assert!(no_query(Some("x")).is_err() && no_query(None).is_ok());
    }

    #[test]
    fn a_reason_is_percent_encoded_utf_8() {
        let parse = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(REASON, HeaderValue::from_bytes(value.as_bytes()).unwrap());
            Reason::parse(&headers).map(|reason| reason.map(|reason| reason.0))
        };
        assert_eq!(parse("Laptop%20found%2C%20%F0%9F%8E%89").unwrap().unwrap(), "Laptop found, 🎉");
        assert_eq!(parse("a%0d%0ab").unwrap().unwrap(), "a\r\nb");
        assert_eq!(parse("%20").unwrap(), None);
        assert_eq!(
            parse(&"%C3%BC".repeat(REASON_LENGTH)).unwrap().unwrap(),
            "ü".repeat(REASON_LENGTH)
        );
        let long = "x".repeat(REASON_LENGTH + 1);
        for value in ["%", "%2", "%zz", "100% sure", "%ff", "ü", long.as_str()] {
            assert_eq!(parse(value), Err(Refusal::Reason), "{value}");
        }
        assert_eq!(Reason::parse(&HeaderMap::new()), Ok(None));
    }
}
