//! The app's files: which one an address names, and in what form it is answered.
//!
//! - a file by its name; `/` and every other address of the app: `index.html`
//! - an unknown file (a dot in the last segment, or a folder that holds files): 404
//! - names with a hash in them never change and are kept for a year; all else is asked for again
//! - the smallest form the client takes; each form has its own `ETag` (RFC 9110 §8.8.3.3)

mod negotiate;
mod path;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};

pub use path::AppPath;

use crate::{answer, encoding::Encoding, headers};

/// How long a file with a hash in its name may be kept.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";

const INDEX: &str = "index.html";

/// One file of the app.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// The path below the root, without a leading slash.
    pub name: &'static str,
    /// A digest of the content, in hexadecimal.
    pub digest: &'static str,
    pub raw: &'static [u8],
    pub br: Option<&'static [u8]>,
    pub gzip: Option<&'static [u8]>,
}

/// The answer to a GET or HEAD of `path`, from `files` in the order of their names.
#[must_use]
pub fn answer(
    files: &[Asset],
    path: &AppPath,
    method: &Method,
    request: &HeaderMap,
) -> Response<Bytes> {
    if files.is_empty() {
        let line =
            "The app is not built in. Run `cargo xtask build`, then build this program again.\n";
        return answer::text(StatusCode::SERVICE_UNAVAILABLE, line);
    }
    let Some(asset) = find(files, |asset| asset.name, path, request) else {
        return missing();
    };
    let (encoding, content) = negotiate::choose(asset, request);
    let etag = etag(asset, encoding);
    let fresh = is_fresh(request, &etag);

    let mut response = Response::new(Bytes::new());
    let headers = response.headers_mut();
    dress(asset.name, headers);
    if asset.br.is_some() || asset.gzip.is_some() {
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    if let Ok(etag) = HeaderValue::try_from(etag) {
        headers.insert(header::ETAG, etag);
    }
    if fresh {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(asset.name)));
    headers.insert(header::CONTENT_LENGTH, content.len().into());
    if let Some(name) = encoding.name() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    if method != Method::HEAD {
        *response.body_mut() = Bytes::from_static(content);
    }
    response
}

/// The name of the file that answers a request for `path`, of `names` in order: for a host whose
/// files are kept by somebody else.
#[must_use]
pub fn name<'a>(names: &[&'a str], path: &AppPath, request: &HeaderMap) -> Option<&'a str> {
    find(names, |name| name, path, request).copied()
}

/// The answer where there is no such file.
#[must_use]
pub fn missing() -> Response<Bytes> {
    answer::text(StatusCode::NOT_FOUND, "There is no such file.\n")
}

/// Puts on the answer with the file `name` what every host says with it.
pub fn dress(name: &str, headers: &mut HeaderMap) {
    headers::secure(headers);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache(name)));
}

/// The file of `files`, in the order of their names, that answers a request for `path`.
fn find<'a, F>(
    files: &'a [F],
    name: impl Fn(&F) -> &str,
    path: &AppPath,
    request: &HeaderMap,
) -> Option<&'a F> {
    let get = |wanted: &str| {
        let index = files.binary_search_by(|file| name(file).cmp(wanted)).ok()?;
        files.get(index)
    };
    if let Some(file) = get(path.as_str()) {
        return Some(file);
    }
    let folder = path.as_str().split_once('/').map(|(folder, _)| folder);
    let in_folder =
        |file: &F| name(file).split_once('/').is_some_and(|(own, _)| Some(own) == folder);
    let navigation = !path.has_extension() && !files.iter().any(in_folder) && wants_page(request);
    if navigation { get(INDEX) } else { None }
}

/// Whether the client takes HTML. A missing `Accept` takes anything (RFC 9110 §12.5.1).
fn wants_page(request: &HeaderMap) -> bool {
    let Some(accept) = request.get(header::ACCEPT) else { return true };
    let kinds = accept.to_str().unwrap_or_default().split(',');
    kinds
        .map(|kind| kind.split(';').next().unwrap_or_default().trim())
        .any(|kind| matches!(kind, "text/html" | "text/*" | "*/*"))
}

/// RFC 9110 §13.1.2: a list, compared weakly; `*` is any.
fn is_fresh(request: &HeaderMap, etag: &str) -> bool {
    let values = request.get_all(header::IF_NONE_MATCH).iter();
    let tags = values.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    tags.map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

fn etag(asset: &Asset, encoding: Encoding) -> String {
    match encoding.name() {
        Some(name) => format!("\"{}-{name}\"", asset.digest),
        None => format!("\"{}\"", asset.digest),
    }
}

fn cache(name: &str) -> &'static str {
    if is_hashed(name) { IMMUTABLE } else { "no-cache" }
}

/// Whether a file's name holds a hash of its content: `app-0123456789abcdef_bg.wasm`.
pub(crate) fn is_hashed(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let Some((stem, _)) = file.split_once('.') else { return false };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() >= 8 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        // Browsers compile while they load only with this very type.
        "wasm" => "application/wasm",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
#[path = "assets/tests.rs"]
mod tests;
