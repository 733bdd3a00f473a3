//! Where the assertion is: the header `Cf-Access-Jwt-Assertion`, and where there is none, the
//! cookie `CF_Authorization`.
//!
//! - The header is what Access asks origins to check; browsers' requests carry the cookie as
//!   well, but not for certain
//!   (<https://developers.cloudflare.com/cloudflare-one/identity/authorization-cookie/validating-json/>).
//! - A bad or empty header is bad: a second try at the cookie would let a page choose.
//! - Two of either are refused: no telling which one another reader would take.

use http::{HeaderMap, HeaderName, header};

use super::doubt::Doubt;

const ASSERTION: HeaderName = HeaderName::from_static("cf-access-jwt-assertion");
const COOKIE: &[u8] = b"CF_Authorization";

/// The one assertion that a request carries.
pub(super) fn find(headers: &HeaderMap) -> Result<&str, Doubt> {
    let header = headers.get_all(ASSERTION).iter().map(http::HeaderValue::as_bytes);
    let text = match one(header)? {
        Some(text) => text,
        None => one(cookies(headers))?.ok_or(Doubt::Missing)?,
    };
    str::from_utf8(text).map_err(|_| Doubt::Form)
}

/// The values of our cookie (RFC 6265 §5.4), in all `Cookie` headers: HTTP/2 may split them.
fn cookies(headers: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    let pairs = headers.get_all(header::COOKIE).iter();
    let pairs = pairs.flat_map(|value| value.as_bytes().split(|byte| *byte == b';'));
    pairs.filter_map(|pair| {
        let equals = pair.iter().position(|byte| *byte == b'=')?;
        (pair[..equals].trim_ascii() == COOKIE).then(|| pair[equals + 1..].trim_ascii())
    })
}

fn one<'a>(mut values: impl Iterator<Item = &'a [u8]>) -> Result<Option<&'a [u8]>, Doubt> {
    let first = values.next();
    if values.next().is_some() { Err(Doubt::Several) } else { Ok(first) }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn look(pairs: &[(&'static str, &'static str)]) -> Result<String, Doubt> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        find(&headers).map(str::to_owned)
    }

    const HEADER: &str = "cf-access-jwt-assertion";

    #[test]
    fn the_header_first_and_the_cookie_only_without_it() {
        assert_eq!(look(&[(HEADER, "a.b.c")]).unwrap(), "a.b.c");
        assert_eq!(look(&[(HEADER, "a.b.c"), ("cookie", "CF_Authorization=x")]).unwrap(), "a.b.c");
        assert_eq!(look(&[(HEADER, ""), ("cookie", "CF_Authorization=x")]).unwrap(), "");
        assert_eq!(look(&[("cookie", "a=b; CF_Authorization=x.y.z ;c=d")]).unwrap(), "x.y.z");
        assert_eq!(look(&[("cookie", "a=b"), ("cookie", "CF_Authorization=x")]).unwrap(), "x");
    }

    #[test]
    fn none_or_several_are_no_assertion() {
        for pairs in [
            &[][..],
            &[("cookie", "cf_authorization=x")],
            &[("cookie", "CF_Authorization")],
            &[("cookie", "CF_AppSession=x; xCF_Authorization=y")],
            &[("authorization", "Bearer a.b.c")],
        ] {
            assert_eq!(look(pairs), Err(Doubt::Missing), "{pairs:?}");
        }
        for pairs in [
            &[(HEADER, "a"), (HEADER, "a")][..],
            &[("cookie", "CF_Authorization=x; CF_Authorization=x")],
            &[("cookie", "CF_Authorization=x"), ("cookie", "CF_Authorization=y")],
        ] {
            assert_eq!(look(pairs), Err(Doubt::Several), "{pairs:?}");
        }
    }
}
