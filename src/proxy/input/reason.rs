//! `X-Riskdesk-Reason`: for the record, and never sent upstream.

use http::{HeaderMap, HeaderName};
use percent_encoding::percent_decode_str;

use super::escapes_are_whole;
use crate::{origin::single, refusal::Refusal};

const REASON: HeaderName = HeaderName::from_static("x-riskdesk-reason");

/// The longest reason, in characters.
pub(crate) const REASON_LENGTH: usize = 1_000;

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

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

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
