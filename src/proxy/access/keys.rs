//! The keys that Access signs with, as it publishes them (RFC 7517 §5). A key is taken when it is
//!
//! - RSA of 2,048 to 4,096 bits with the exponent 65537, and none that CVE-2017-15361 broke
//! - for RS256 signatures, as far as `alg`, `use` and `key_ops` say
//! - public: a private key that is published is nobody's own any more
//! - the only one with its `kid`: of two, there is no telling which one is meant
//!
//! Another key is left out, and those beside it are taken. Without any, the set is no set.

use std::{collections::BTreeMap, fmt, sync::Arc};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use super::{
    json::{self, Json, Object},
    jws, roca,
};

/// Access publishes two.
const MAX_KEYS: usize = 16;

const BYTES: std::ops::RangeInclusive<usize> = 256..=512;

/// 65537, as bytes.
const EXPONENT: [u8; 3] = [1, 0, 1];

/// RFC 7518 §6.3.2, and `k` of a symmetric key.
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A public key for RS256 signatures.
#[derive(Clone, PartialEq, Eq)]
pub struct RsaKey {
    modulus: Box<[u8]>,
}

impl RsaKey {
    /// Big-endian, without leading zeros.
    #[must_use]
    pub fn modulus(&self) -> &[u8] {
        &self.modulus
    }

    /// Big-endian, without leading zeros.
    #[must_use]
    pub fn exponent(&self) -> &[u8] {
        &EXPONENT
    }
}

impl fmt::Debug for RsaKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RsaKey({} bytes)", self.modulus.len())
    }
}

/// What was fetched holds no key that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no usable key is in the answer")]
pub struct NoKeys;

/// The keys by their ID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeySet(BTreeMap<String, Arc<RsaKey>>);

impl KeySet {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, NoKeys> {
        let document = json::parse(bytes).ok_or(NoKeys)?;
        let Some(Json::List(published)) = document.get("keys") else { return Err(NoKeys) };
        if published.len() > MAX_KEYS {
            return Err(NoKeys);
        }
        let published: Vec<&Object> = published.iter().filter_map(Json::object).collect();
        let id = |key: &Object| key.get("kid").and_then(Json::text).map(str::to_owned);
        let mut keys = BTreeMap::new();
        for key in &published {
            let Some(own) = id(key).filter(|own| jws::is_key_id(own)) else { continue };
            let is_only =
                published.iter().filter(|key| id(key).as_ref() == Some(&own)).count() == 1;
            if let Some(key) = rsa(key).filter(|_| is_only) {
                keys.insert(own, Arc::new(key));
            }
        }
        if keys.is_empty() { Err(NoKeys) } else { Ok(Self(keys)) }
    }

    pub(super) fn get(&self, id: &str) -> Option<Arc<RsaKey>> {
        self.0.get(id).cloned()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

fn rsa(key: &Object) -> Option<RsaKey> {
    let text = |name| key.get(name).map(Json::text);
    let is_for_signatures = text("kty") == Some(Some("RSA"))
        && matches!(text("alg"), None | Some(Some("RS256")))
        && matches!(text("use"), None | Some(Some("sig")))
        && key.get("key_ops").is_none_or(|operations| {
            operations.texts().is_some_and(|operations| operations.contains(&"verify"))
        });
    if !is_for_signatures || PRIVATE.iter().any(|name| key.contains_key(*name)) {
        return None;
    }
    let (modulus, exponent) = (number(key, "n")?, number(key, "e")?);
    let is_strong = BYTES.contains(&modulus.len())
        // The length counts bytes; a key has all bits of the first one, too.
        && (modulus.len() > *BYTES.start() || modulus[0] >= 0x80)
        && modulus.last().is_some_and(|last| last % 2 == 1)
        && exponent == EXPONENT
        && !roca::is_weak(&modulus);
    is_strong.then(|| RsaKey { modulus: modulus.into() })
}

/// A number's bytes without leading zeros. There should be none (RFC 7518 §2), but some libraries
/// write one, and aws-lc refuses a modulus that has it.
fn number(key: &Object, name: &str) -> Option<Vec<u8>> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(key.get(name)?.text()?).ok()?;
    let first = bytes.iter().position(|byte| *byte != 0)?;
    Some(bytes[first..].to_vec())
}
