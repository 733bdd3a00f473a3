//! The API token: known to the upstream request and to nothing else.

use std::fmt;

use http::HeaderValue;

/// Cloudflare's API token, ready to be sent. It can't be read back or printed.
#[derive(Clone)]
pub struct ApiToken(HeaderValue);

/// The text can't be a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an API token is one or more visible ASCII characters without spaces")]
pub struct NotAToken;

impl ApiToken {
    /// # Errors
    /// [`NotAToken`]; the text itself is never part of the error.
    pub fn new(token: &str) -> Result<Self, NotAToken> {
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(NotAToken);
        }
        let mut value = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| NotAToken)?;
        // Keeps the value out of the request's own `Debug`, too.
        value.set_sensitive(true);
        Ok(Self(value))
    }

    /// The `Authorization` header (RFC 6750 §2.1).
    pub(crate) fn authorization(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl fmt::Debug for ApiToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_does_not_print() {
        let token = ApiToken::new("canary-1234").unwrap();
        let headers = [("authorization", token.authorization())];
        assert!(!format!("{token:?} {headers:?}").contains("canary"));
        assert_eq!(token.authorization(), "Bearer canary-1234");
    }

    #[test]
    fn what_can_not_be_a_header_is_no_token() {
        for text in ["", "a b", "a\r\nb", "ü"] {
            assert!(ApiToken::new(text).is_err(), "{text:?}");
        }
    }
}
