//! Headers that would be seen by one of us and not by another. We go by [`READ`]; a request is
//! refused when it
//!
//! - names one of them in `Connection`, which has proxies take it out on the way (RFC 9110 §7.6.1)
//! - carries one written with underscores, which CGI and its heirs read as the same name

use http::{HeaderMap, HeaderName, header};

use crate::refusal::Refusal;

/// The request headers that decide anything.
const READ: [HeaderName; 14] = [
    header::CONTENT_ENCODING,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::COOKIE,
    header::HOST,
    header::IF_MATCH,
    header::IF_NONE_MATCH,
    header::ORIGIN,
    header::TRANSFER_ENCODING,
    HeaderName::from_static("cf-access-jwt-assertion"),
    HeaderName::from_static("sec-fetch-site"),
    HeaderName::from_static("x-requested-with"),
    HeaderName::from_static("x-riskdesk-batch"),
    HeaderName::from_static("x-riskdesk-reason"),
];

pub(crate) fn check(headers: &HeaderMap) -> Result<(), Refusal> {
    let is_read = |name: &str| READ.iter().any(|read| read.as_str().eq_ignore_ascii_case(name));
    let doubled = headers
        .keys()
        .map(HeaderName::as_str)
        .any(|name| name.contains('_') && is_read(&name.replace('_', "-")));
    let connection = headers
        .get_all(header::CONNECTION)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii));
    let mut named = connection.filter_map(|name| str::from_utf8(name).ok());
    if doubled || named.any(is_read) { Err(Refusal::HiddenHeader) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_header_is_there_for_everybody_or_for_nobody() {
        let verdict = |name: &str, value: &str| {
            let mut headers = HeaderMap::new();
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            headers.insert(name, HeaderValue::from_str(value).unwrap());
            check(&headers)
        };
        for (name, value) in [
            ("connection", "keep-alive"),
            ("connection", "close, te"),
            ("cf-access-jwt-assertion", "x"),
            ("my_header", "x"),
        ] {
            assert_eq!(verdict(name, value), Ok(()), "{name}: {value}");
        }
        for (name, value) in [
            ("connection", "Cf-Access-Jwt-Assertion"),
            ("connection", "close ,\tCF-ACCESS-JWT-ASSERTION"),
            ("connection", "host"),
            ("cf_access_jwt_assertion", "x"),
            ("cf-access_jwt-assertion", "x"),
            ("x_requested_with", "x"),
        ] {
            assert_eq!(verdict(name, value), Err(Refusal::HiddenHeader), "{name}: {value}");
        }
    }
}
