//! RS256 signatures, by aws-lc.

use aws_lc_rs::rsa::PublicKeyComponents;
use aws_lc_rs::signature::RSA_PKCS1_2048_8192_SHA256;

/// Whether `signature` is a good one of `message` by the key of `modulus` and `exponent`, both
/// big-endian and without leading zeros.
pub fn is_good(modulus: &[u8], exponent: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let key = PublicKeyComponents { n: modulus, e: exponent };
    key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok()
}
