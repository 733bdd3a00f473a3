//! The compact form of a signed assertion (RFC 7515 §7.1), strictly:
//!
//! 1. at most [`MAX_LENGTH`] bytes, exactly three parts
//! 2. each part base64url, without padding, line breaks or stray trailing bits (§2): one
//!    assertion, one spelling
//! 3. a header of `alg`, `kid` and `typ` alone. `crit`, `b64`, `jwk`, `jku`, `x5u`, `x5c`, `zip`
//!    and `enc` ask for something we don't do; so does whatever is invented next
//! 4. one algorithm, RS256: the header doesn't choose, it only may agree (RFC 8725 §3.1)

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use super::{doubt::Doubt, json};

/// The longest assertion. Access's own are some 1 to 2 KiB, a browser's cookie at most 4.
const MAX_LENGTH: usize = 8 * 1024;

/// The longest key ID; Access's have 64 characters.
const MAX_KEY_ID: usize = 128;

/// An assertion in its parts; nothing is verified yet.
#[derive(Debug)]
pub(super) struct Jws<'a> {
    /// Which key it says it is signed with. Only ever compared with the keys at hand.
    pub(super) key_id: String,
    /// What is signed: the first two parts as they came.
    pub(super) message: &'a [u8],
    pub(super) payload: Vec<u8>,
    pub(super) signature: Vec<u8>,
}

impl<'a> Jws<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Self, Doubt> {
        if text.len() > MAX_LENGTH {
            return Err(Doubt::Size);
        }
        let (message, signature) = text.rsplit_once('.').ok_or(Doubt::Form)?;
        let (header, payload) = message.split_once('.').ok_or(Doubt::Form)?;
        let header = decode(header)?;
        let (payload, signature) = (decode(payload)?, decode(signature)?);
        Ok(Self { key_id: key_id(&header)?, message: message.as_bytes(), payload, signature })
    }
}

/// A third dot is no base64url, so that there are three parts for sure.
fn decode(part: &str) -> Result<Vec<u8>, Doubt> {
    BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| Doubt::Form)
}

fn key_id(header: &[u8]) -> Result<String, Doubt> {
    let header = json::parse(header).ok_or(Doubt::Json)?;
    let text = |name| header.get(name).map(json::Json::text);
    if header.keys().any(|name| !matches!(name.as_str(), "alg" | "kid" | "typ")) {
        return Err(Doubt::Parameter);
    }
    if text("alg") != Some(Some("RS256")) {
        return Err(Doubt::Algorithm);
    }
    // RFC 7519 §5.1: "JWT" where present.
    if text("typ").is_some_and(|typ| !typ.is_some_and(|typ| typ.eq_ignore_ascii_case("JWT"))) {
        return Err(Doubt::Parameter);
    }
    let key_id = text("kid").flatten().filter(|id| is_key_id(id)).ok_or(Doubt::KeyId)?;
    Ok(key_id.to_owned())
}

pub(super) fn is_key_id(text: &str) -> bool {
    (1..=MAX_KEY_ID).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_kibibytes_are_read_and_no_more() {
        let doubt = |length| Jws::parse(&"A".repeat(length)).map(|_| ()).unwrap_err();
        assert_eq!(
            (doubt(8_192), doubt(8_193), doubt(8_194)),
            (Doubt::Form, Doubt::Size, Doubt::Size)
        );
    }

    #[test]
    fn a_key_id_is_a_short_word() {
        let longest = "k".repeat(128);
        for id in ["a", "9338abe1", "~!", &longest] {
            assert!(is_key_id(id), "{id}");
        }
        let longer = "k".repeat(129);
        for id in ["", " ", "a b", "a\n", "a\0", "\u{fc}", &longer] {
            assert!(!is_key_id(id), "{id:?}");
        }
    }
}
