//! RS256 signatures, by the runtime's own WebCrypto. A key is imported once for each isolate.

use std::cell::RefCell;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use js_sys::{Array, Object, Reflect, Uint8Array};
use proxy::access::RsaKey;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto, WorkerGlobalScope};

/// Access has two keys at a time, and never more than some.
const MOST: usize = 8;

const ALGORITHM: &str = "RSASSA-PKCS1-v1_5";

thread_local! {
    /// Keys that have been used, by their modulus. A key belongs to no request.
    static READY: RefCell<Vec<(Box<[u8]>, CryptoKey)>> = const { RefCell::new(Vec::new()) };
}

/// Whether `signature` is a good one of `message` by this key. What can't be checked is not good.
pub async fn is_good(key: &RsaKey, message: &[u8], signature: &[u8]) -> bool {
    check(key, message, signature).await.unwrap_or(false)
}

async fn check(key: &RsaKey, message: &[u8], signature: &[u8]) -> Result<bool, JsValue> {
    let subtle = subtle()?;
    let ready = READY.with_borrow(|keys| {
        keys.iter().find(|(modulus, _)| **modulus == *key.modulus()).map(|(_, key)| key.clone())
    });
    let key = match ready {
        Some(ready) => ready,
        None => import(&subtle, key).await?,
    };
    let verified = subtle.verify_with_str_and_buffer_source_and_buffer_source(
        ALGORITHM,
        &key,
        &Uint8Array::from(signature),
        &Uint8Array::from(message),
    )?;
    Ok(JsFuture::from(verified).await?.as_bool() == Some(true))
}

async fn import(subtle: &SubtleCrypto, key: &RsaKey) -> Result<CryptoKey, JsValue> {
    let text = |number: &[u8]| JsValue::from(BASE64_URL_SAFE_NO_PAD.encode(number));
    let jwk = object(&[
        ("kty", "RSA".into()),
        ("n", text(key.modulus())),
        ("e", text(key.exponent())),
        ("alg", "RS256".into()),
    ])?;
    let algorithm = object(&[("name", ALGORITHM.into()), ("hash", "SHA-256".into())])?;
    let uses = Array::of1(&"verify".into());
    let imported = subtle.import_key_with_object("jwk", &jwk, &algorithm, false, &uses)?;
    let imported: CryptoKey = JsFuture::from(imported).await?.dyn_into()?;
    READY.with_borrow_mut(|keys| {
        if keys.len() >= MOST {
            keys.remove(0);
        }
        keys.push((key.modulus().into(), imported.clone()));
    });
    Ok(imported)
}

fn subtle() -> Result<SubtleCrypto, JsValue> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    Ok(scope.crypto()?.subtle())
}

fn object(fields: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &JsValue::from(*name), value)?;
    }
    Ok(object)
}
