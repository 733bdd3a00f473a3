//! Published keys, by their size and their number. J20 has those that are bad in other ways.

use conformance::mint::{encode, jwks};
use serde_json::{Value, json};

use super::super::keys::{KeySet, NoKeys};

/// A key whose modulus has so many bytes, the first of them this one.
fn jwk(kid: usize, bytes: usize, first: u8) -> Value {
    let mut modulus = vec![0x55; bytes];
    modulus[0] = first;
    json!({"kid": kid.to_string(), "kty": "RSA", "e": "AQAB", "n": encode(modulus)})
}

fn count(keys: &[Value]) -> Result<usize, NoKeys> {
    KeySet::parse(jwks(keys).as_bytes()).map(|keys| keys.len())
}

#[test]
fn a_key_has_2048_to_4096_bits() {
    for (bytes, first) in [(256, 0x80), (256, 0xff), (257, 0x01), (384, 0x7f), (512, 0xff)] {
        assert_eq!(count(&[jwk(1, bytes, first)]), Ok(1), "{bytes} bytes from {first}");
    }
    for (bytes, first) in [(255, 0xff), (256, 0x7f), (256, 0x01), (513, 0x01)] {
        assert_eq!(count(&[jwk(1, bytes, first)]), Err(NoKeys), "{bytes} bytes from {first}");
    }
    // A zero before the number says nothing.
    assert_eq!(count(&[jwk(1, 257, 0)]), Err(NoKeys), "2,047 bits");
}

#[test]
fn sixteen_keys_are_taken_and_no_more() {
    let keys = |number| (0..number).map(|kid| jwk(kid, 256, 0x80)).collect::<Vec<_>>();
    assert_eq!((count(&keys(15)), count(&keys(16))), (Ok(15), Ok(16)));
    assert_eq!((count(&keys(17)), count(&keys(18))), (Err(NoKeys), Err(NoKeys)));
}

#[test]
fn a_key_shows_its_size_alone() {
    let keys = KeySet::parse(jwks(&[jwk(1, 256, 0x80)]).as_bytes()).unwrap();
    assert_eq!(format!("{:?}", keys.get("1").unwrap()), "RsaKey(256 bytes)");
}
