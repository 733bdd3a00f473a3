//! Who may ask: the bearer token, and what its permissions cover.

use http::{HeaderMap, header::AUTHORIZATION};
use model::OperationKind;

use crate::sentinels;

/// Why a request is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Denied {
    /// No readable `Authorization: Bearer …`.
    Missing,
    /// A token that is not valid, or lacks the permission.
    Wrong,
}

/// The request's token, if it is accepted.
pub(crate) fn token<'a>(headers: &'a HeaderMap, expected: Option<&str>) -> Result<&'a str, Denied> {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, token) = value.and_then(|value| value.split_once(' ')).ok_or(Denied::Missing)?;
    let token = token.trim();
    if !scheme.eq_ignore_ascii_case("bearer") || token.is_empty() {
        return Err(Denied::Missing);
    }
    match expected {
        Some(expected) if expected != token => Err(Denied::Wrong),
        _ => Ok(token),
    }
}

/// Whether the token has the permission the operation needs \[D\]: *Zero Trust: PII Read* for the
/// two reads of users, *Zero Trust Write* for writes. All tokens but two have both.
pub(crate) fn permits(token: &str, operation: OperationKind) -> bool {
    let reads_people = matches!(operation, OperationKind::Summary | OperationKind::User);
    match token {
        sentinels::TOKEN_WITHOUT_PII_READ => !reads_people,
        sentinels::TOKEN_WITHOUT_WRITE => !operation.is_write(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static(value))])
    }

    #[test]
    fn any_token_will_do_unless_one_is_set() {
        assert_eq!(token(&headers("Bearer abc"), None), Ok("abc"));
        assert_eq!(token(&headers("bearer abc"), Some("abc")), Ok("abc"));
        assert_eq!(token(&headers("Bearer abd"), Some("abc")), Err(Denied::Wrong));
        for odd in ["", "Bearer", "Bearer ", "Basic abc", "abc"] {
            assert_eq!(token(&headers(odd), None), Err(Denied::Missing), "{odd}");
        }
        assert_eq!(token(&HeaderMap::new(), None), Err(Denied::Missing));
    }

    #[test]
    fn two_tokens_lack_a_permission() {
        let may = |token| OperationKind::ALL.iter().filter(|kind| permits(token, **kind)).count();
        assert_eq!(may("any"), 11);
        assert_eq!(may(sentinels::TOKEN_WITHOUT_PII_READ), 9);
        assert_eq!(may(sentinels::TOKEN_WITHOUT_WRITE), 6);
    }
}
