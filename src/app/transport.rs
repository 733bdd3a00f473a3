//! The browser's fetch as the client's transport.

use api::{Request, Response, Transport, Unreachable};
use gloo_net::http::RequestBuilder;
use model::Method;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::session::Expired;

/// Sends requests to the app's own origin.
#[derive(Clone, Copy, Debug)]
pub struct Browser {
    expired: Expired,
}

impl Browser {
    /// A transport that tells `expired` when an answer shows that the session has ended.
    pub fn new(expired: Expired) -> Self {
        Self { expired }
    }
}

/// Aborts the request when the future that waits for it is dropped.
struct AbortOnDrop(web_sys::AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Transport for Browser {
    async fn send(&self, request: Request) -> Result<Response, Unreachable> {
        let controller = web_sys::AbortController::new().map_err(|_| unreachable("no abort"))?;
        let signal = controller.signal();
        let _abort = AbortOnDrop(controller);
        let method = match request.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
            Method::Put => gloo_net::http::Method::PUT,
            Method::Delete => gloo_net::http::Method::DELETE,
        };
        let mut builder = RequestBuilder::new(&request.path)
            .method(method)
            .abort_signal(Some(&signal))
            // Data is never elsewhere: a redirect leads to a sign-in, and following it would look
            // like a lost connection.
            .redirect(web_sys::RequestRedirect::Manual)
            .header("Accept", "application/json")
            // Access answers 401 to this, rather than redirect to its login page.
            .header("X-Requested-With", "XMLHttpRequest");
        if let Some(reason) = request.reason {
            let reason = utf8_percent_encode(&reason, NON_ALPHANUMERIC).to_string();
            builder = builder.header("X-Riskdesk-Reason", &reason);
        }
        if let Some(seen) = request.if_match {
            builder = builder.header("If-Match", &seen);
        }
        let built = match request.body {
            Some(json) => builder.header("Content-Type", "application/json").body(json),
            None => builder.build(),
        };
        let built = built.map_err(|error| unreachable(&error.to_string()))?;
        let answer = built.send().await.map_err(|error| unreachable(&error.to_string()))?;
        let headers = answer.headers();
        let body = answer.binary().await.map_err(|error| unreachable(&error.to_string()))?;
        let response = Response {
            // A redirect that is not followed shows no status
            // (https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect).
            status: if answer.status() == 0 { 302 } else { answer.status() },
            content_type: headers.get("content-type"),
            ray: headers.get("cf-ray"),
            retry_after: headers.get("retry-after").and_then(|value| value.parse().ok()),
            etag: headers.get("etag"),
            body,
        };
        if response.is_sign_in() {
            self.expired.tell();
        }
        Ok(response)
    }
}

fn unreachable(detail: &str) -> Unreachable {
    Unreachable { detail: detail.to_owned() }
}
