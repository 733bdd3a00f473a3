//! `/metrics`, on an address of its own: whoever reaches it needs no identity, so it must never be
//! the address that people use. There is nothing else there.

use std::sync::Arc;

use axum::{Router, extract::State};
use http::{HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header};
use prometheus_client::{encoding::prometheus_text, registry::Registry};

/// The page of a registry.
pub fn router(registry: Registry) -> Router {
    Router::new().fallback(answer).with_state(Arc::new(registry))
}

async fn answer(
    State(registry): State<Arc<Registry>>,
    method: Method,
    uri: Uri,
) -> Response<String> {
    if uri.path() != "/metrics" {
        return plain(StatusCode::NOT_FOUND, "There is nothing here but /metrics.\n");
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "/metrics can only be read.\n");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let mut text = String::new();
    match prometheus_text::encode(&mut text, &registry) {
        Ok(()) => {
            let mut response = Response::new(text);
            let kind = HeaderValue::from_static(prometheus_text::CONTENT_TYPE);
            response.headers_mut().insert(header::CONTENT_TYPE, kind);
            response
        }
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "The metrics can't be written.\n"),
    }
}

fn plain(status: StatusCode, text: &str) -> Response<String> {
    let mut response = Response::new(text.to_owned());
    *response.status_mut() = status;
    let headers: [(HeaderName, &str); 2] = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
