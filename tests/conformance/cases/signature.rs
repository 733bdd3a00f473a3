//! J1 to J6: no assertion, no signature, or not the one that is asked for.

use aws_lc_rs::{
    hmac,
    signature::{RSA_PKCS1_SHA384, RSA_PSS_SHA256},
};
use serde_json::json;

use super::{Table, admin, good};
use crate::mint::{Issuer, encode, key, other_key};

pub(super) fn nothing_or_no_signature(table: &mut Table, issuer: &Issuer) {
    let claims = admin(issuer).to_string();
    let good = good(issuer);
    let (message, signature) = good.rsplit_once('.').expect("three parts");

    table.sent("J1", "nothing", vec![], 401);
    table.add("J1", "an empty header", String::new());
    table.sent("J1", "in Authorization", vec![("authorization", format!("Bearer {good}"))], 401);
    for alg in ["none", "nOnE", "NONE", ""] {
        let header = json!({"alg": alg, "kid": key().kid, "typ": "JWT"}).to_string();
        let unsigned = format!("{}.{}.", encode(&header), encode(&claims));
        table.add("J2", format!("alg {alg:?}, no signature"), unsigned);
        table.add("J2", format!("alg {alg:?}, a good signature"), key().sign(&header, &claims));
    }
    let with_alg = |alg| json!({"alg": alg, "kid": key().kid}).to_string();
    let unsigned = |alg| format!("{}.{}", encode(with_alg(alg)), encode(&claims));
    for secret in [key().der(), key().modulus(), key().jwk().to_string().into_bytes()] {
        let message = unsigned("HS256");
        let secret = hmac::Key::new(hmac::HMAC_SHA256, &secret);
        let tag = hmac::sign(&secret, message.as_bytes());
        table.add("J3", "HS256 with the public key", format!("{message}.{}", encode(tag)));
    }
    for (alg, encoding) in [
        ("RS384", &RSA_PKCS1_SHA384 as &'static dyn aws_lc_rs::signature::RsaEncoding),
        ("PS256", &RSA_PSS_SHA256),
    ] {
        let message = unsigned(alg);
        let signature = encode(key().signature(encoding, &message));
        table.add("J4", format!("a good {alg}"), format!("{message}.{signature}"));
        let message = unsigned("RS256");
        let signature = encode(key().signature(encoding, &message));
        table.add("J4", format!("{alg} under RS256"), format!("{message}.{signature}"));
    }
    for (alg, zeros) in [("ES256", 64), ("RS256", 256), ("PS256", 256)] {
        let zeros = encode(vec![0; zeros]);
        table.add("J4", format!("zeros for {alg}"), format!("{}.{zeros}", unsigned(alg)));
    }
    table.add("J5", "an empty signature", format!("{message}."));
    table.add("J5", "no signature", message.to_owned());
    table.add("J5", "half a signature", format!("{message}.{}", &signature[..170]));
    table.add("J5", "a byte less", format!("{message}.{}", &signature[..340]));
    table.add("J5", "zeros behind it", format!("{message}.{signature}AAAA"));
    table.add("J5", "another key's", other_key().sign(&with_alg("RS256"), &claims));
    for (at, letter) in good.char_indices().filter(|(at, _)| at % 7 == 0) {
        let flipped = if letter == 'A' { "B" } else { "A" };
        let text = format!("{}{flipped}{}", &good[..at], &good[at + 1..]);
        table.add("J6", format!("letter {at} flipped"), text);
    }
}
