//! Project Wycheproof's vectors (<https://github.com/C2SP/wycheproof>), where they are at hand:
//! `../shared/reference/wycheproof`, beside the repository.
//!
//! Only RSA with RS256 applies here; of the other keys, none is taken (our policy), and an
//! assertion that is good with one of them is refused.

use serde_json::Value;

use super::{
    super::{jws::Jws, keys::KeySet},
    signature,
};

/// A file of vectors, or a line that says it is not there.
fn vectors(name: &str) -> Option<Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference/wycheproof/");
    match std::fs::read(format!("{folder}{name}")) {
        Ok(bytes) => Some(serde_json::from_slice(&bytes).expect("vectors are JSON")),
        Err(_) => {
            eprintln!("NOT RUN: Wycheproof's {name} is not at hand");
            None
        }
    }
}

/// Everything but the claims: form, key and signature.
fn is_taken(jwks: &Value, jws: &Value) -> bool {
    let Ok(keys) = KeySet::parse(jwks.to_string().as_bytes()) else { return false };
    // The JSON form is not even a text.
    let Some(Ok(jws)) = jws.as_str().map(Jws::parse) else { return false };
    let Some(key) = keys.get(&jws.key_id) else { return false };
    signature::Keys::default().is_good(key.modulus(), key.exponent(), jws.message, &jws.signature)
}

/// How many vectors there are in groups that apply, and how many of all are as they should be.
fn count(
    file: &Value,
    jwks: impl Fn(&Value) -> Value,
    applies: impl Fn(&Value) -> bool,
) -> [usize; 3] {
    let [mut applied, mut right, mut all] = [0; 3];
    for group in file["testGroups"].as_array().expect("groups are a list") {
        let key = group.get("public").unwrap_or(&group["private"]);
        for test in group["tests"].as_array().expect("tests are a list") {
            let good = test["result"] == "valid" && applies(key);
            let taken = is_taken(&jwks(key), &test["jws"]);
            assert_eq!(taken, good, "{}: {}", test["tcId"], test["comment"]);
            applied += usize::from(applies(key));
            right += usize::from(taken == good);
            all += 1;
        }
    }
    [applied, right, all]
}

#[test]
fn j7_signatures_that_have_broken_others() {
    let Some(file) = vectors("json_web_signature_test.json") else { return };
    let rs256 =
        |key: &Value| key["kty"] == "RSA" && matches!(key["alg"].as_str(), None | Some("RS256"));
    let set = |key: &Value| serde_json::json!({"keys": [key]});
    assert_eq!(count(&file, set, rs256), [235, 401, 401]);
}

#[test]
fn j20_keys_that_have_broken_others() {
    let Some(file) = vectors("json_web_key_test.json") else { return };
    let rsa = |set: &Value| {
        set["keys"].as_array().is_some_and(|keys| keys.iter().all(|key| key["kty"] == "RSA"))
    };
    assert_eq!(count(&file, Value::clone, rsa), [6, 26, 26]);
}

#[test]
fn j7_paddings_that_have_broken_others() {
    let Some(file) = vectors("rsa_signature_2048_sha256_test.json") else { return };
    let hex = |value: &Value| -> Vec<u8> {
        let digits = value.as_str().expect("hexadecimal").as_bytes();
        let byte = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
        digits.chunks(2).map(byte).collect()
    };
    let mut count = 0;
    for group in file["testGroups"].as_array().expect("groups are a list") {
        let mut modulus = hex(&group["publicKey"]["modulus"]);
        modulus.drain(..modulus.iter().take_while(|byte| **byte == 0).count());
        let exponent = hex(&group["publicKey"]["publicExponent"]);
        let exponent: Vec<u8> = exponent.into_iter().skip_while(|byte| *byte == 0).collect();
        for test in group["tests"].as_array().expect("tests are a list") {
            let good = signature::Keys::default().is_good(
                &modulus,
                &exponent,
                &hex(&test["msg"]),
                &hex(&test["sig"]),
            );
            // "acceptable" is a legacy form without the NULL; and we take one exponent alone.
            let expected = test["result"] == "valid" && exponent == [1, 0, 1];
            assert_eq!(good && exponent == [1, 0, 1], expected, "{}", test["tcId"]);
            count += 1;
        }
    }
    assert_eq!(count, 259);
}
