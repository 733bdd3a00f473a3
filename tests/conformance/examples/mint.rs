//! Writes what a measurement needs of an Access of its own: `mint FOLDER ISSUER COUNT` makes
//! `keys.json` (what Access publishes), `public.pem` (the same key for others) and
//! `assertions.txt` (as many users' assertions, a line each, good for an hour).

use std::{
    env, fs,
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use riskdesk_conformance::mint::{self, Issuer, key};

#[expect(clippy::disallowed_methods, reason = "the program that is measured reads the same clock")]
fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970");
    now.as_secs().try_into().expect("and before 9999")
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, issuer, count] = arguments.as_slice() else {
        panic!("usage: mint FOLDER ISSUER COUNT")
    };
    let count: u32 = count.parse().expect("a count is a whole number");
    let write = |name: &str, text: String| {
        fs::write(Path::new(folder).join(name), text).expect("the folder can be written to");
    };
    write("keys.json", mint::jwks(&[key().jwk()]));
    let der = BASE64_STANDARD.encode(key().der());
    let lines: Vec<&str> =
        der.as_bytes().chunks(64).filter_map(|line| str::from_utf8(line).ok()).collect();
    let pem = lines.join("\n");
    write("public.pem", format!("-----BEGIN PUBLIC KEY-----\n{pem}\n-----END PUBLIC KEY-----\n"));
    let issuer = Issuer { url: issuer.clone(), now: now() };
    let assertions = (0..count).map(|number| {
        key().assertion(&issuer.user(&format!("person{number}@corp.example"))) + "\n"
    });
    write("assertions.txt", assertions.collect());
}
