//! Keys and assertions, as Access makes them and as it never would.

use std::sync::OnceLock;

use aws_lc_rs::{
    encoding::AsDer,
    rand::SystemRandom,
    rsa::{KeyPair, KeySize},
    signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaEncoding},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};

pub const KID: &str = "9338abe1baf2fe492f646a736f25afbf7b025e35c627be4f60c414d4c73069b8";
pub const AUD: &str = "32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228";
pub const SERVICE: &str = "e367826f93b8d71185e03fe518aff3b4.access";

/// A key pair with the name it is published by.
#[derive(Debug)]
pub struct Key {
    pub kid: &'static str,
    pair: KeyPair,
}

/// The key that Access signs with.
pub fn key() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(|| Key::new(KID))
}

/// The key after the next rotation, or an attacker's.
pub fn other_key() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(|| Key::new("after-the-rotation"))
}

pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

impl Key {
    fn new(kid: &'static str) -> Self {
        Self { kid, pair: KeyPair::generate(KeySize::Rsa2048).expect("a key can be made") }
    }

    /// The attacker's key under a name that Access never published.
    pub fn unpublished() -> Self {
        let pair =
            KeyPair::from_pkcs8(other_key().pair.as_der().expect("a key has a form").as_ref());
        Self { kid: "unpublished", pair: pair.expect("a key is a key") }
    }

    pub fn modulus(&self) -> Vec<u8> {
        self.pair.public_key().modulus().big_endian_without_leading_zero().to_vec()
    }

    /// The public key as most programs hold it.
    pub fn der(&self) -> Vec<u8> {
        self.pair.public_key().as_der().expect("a key has a form").as_ref().to_vec()
    }

    pub fn jwk(&self) -> Value {
        json!({"kid": self.kid, "kty": "RSA", "alg": "RS256", "use": "sig", "e": "AQAB", "n": encode(self.modulus())})
    }

    pub fn signature(&self, encoding: &'static dyn RsaEncoding, message: &str) -> Vec<u8> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(encoding, &SystemRandom::new(), message.as_bytes(), &mut signature)
            .expect("a key signs");
        signature
    }

    /// Signs any two texts as header and payload.
    pub fn sign(&self, header: &str, payload: &str) -> String {
        let message = format!("{}.{}", encode(header), encode(payload));
        let signature = self.signature(&RSA_PKCS1_SHA256, &message);
        format!("{message}.{}", encode(signature))
    }

    /// An assertion with these claims.
    pub fn assertion(&self, claims: &Value) -> String {
        let header = json!({"alg": "RS256", "kid": self.kid, "typ": "JWT"});
        self.sign(&header.to_string(), &claims.to_string())
    }
}

/// What Access publishes.
pub fn jwks(keys: &[Value]) -> String {
    json!({"keys": keys, "public_cert": {"kid": KID, "cert": "…"}, "public_certs": []}).to_string()
}

/// Who issues assertions, and when.
#[derive(Clone, Debug)]
pub struct Issuer {
    pub url: String,
    /// In seconds.
    pub now: i64,
}

impl Issuer {
    pub fn user(&self, email: &str) -> Value {
        json!({
            "aud": [AUD], "email": email, "exp": self.now + 3600, "iat": self.now - 60,
            "nbf": self.now - 60, "iss": self.url, "type": "app", "identity_nonce": "6ei69kawdKzMIAPF",
            "sub": "7335d417-61da-459d-899c-0a01c76a2f94", "country": "US",
        })
    }

    pub fn service(&self, name: &str) -> Value {
        json!({
            "type": "app", "aud": [AUD], "exp": self.now + 3600, "iss": self.url,
            "common_name": name, "iat": self.now - 60, "sub": "",
        })
    }
}

/// Claims with some of them replaced, or taken out by `null`.
pub fn with(mut claims: Value, changes: Value) -> Value {
    let (Some(all), Value::Object(changes)) = (claims.as_object_mut(), changes) else {
        panic!("claims are objects")
    };
    for (name, value) in changes {
        if value.is_null() {
            all.remove(&name);
        } else {
            all.insert(name, value);
        }
    }
    claims
}
