//! RS256 signatures, by aws-lc. What a key needs before it can check one is made once for each key:
//! it takes a quarter as long as the check.

use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::{
    encoding::AsDer,
    rsa::PublicKeyComponents,
    signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256},
};

/// Access has two keys at a time, and never more than some.
const MOST: usize = 8;

/// Keys that have been used, ready to be used again.
#[derive(Clone, Default)]
pub struct Keys(Arc<Mutex<Vec<Ready>>>);

#[derive(Clone)]
struct Ready {
    modulus: Box<[u8]>,
    exponent: Box<[u8]>,
    key: Arc<ParsedPublicKey>,
}

impl Keys {
    /// Whether `signature` is a good one of `message` by the key of `modulus` and `exponent`, both
    /// big-endian and without leading zeros.
    pub fn is_good(
        &self,
        modulus: &[u8],
        exponent: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        let key = self.key(modulus, exponent);
        key.is_some_and(|key| key.verify_sig(message, signature).is_ok())
    }

    fn key(&self, modulus: &[u8], exponent: &[u8]) -> Option<Arc<ParsedPublicKey>> {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |ready: &&Ready| *ready.modulus == *modulus && *ready.exponent == *exponent;
        if let Some(ready) = keys.iter().find(is_it) {
            return Some(ready.key.clone());
        }
        let der = PublicKeyComponents { n: modulus, e: exponent }.as_der().ok()?;
        let key = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der.as_ref()).ok()?;
        let key = Arc::new(key);
        if keys.len() >= MOST {
            keys.remove(0);
        }
        keys.push(Ready { modulus: modulus.into(), exponent: exponent.into(), key: key.clone() });
        Some(key)
    }
}
