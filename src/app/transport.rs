//! The browser's fetch as the client's transport.

use api::{Error, Request, Response, Transport, Unreachable, client::WHOAMI};
use gloo_net::http::{RequestBuilder, Response as Answer};
use js_sys::{Promise, Reflect};
use leptos::prelude::window;
use model::Method;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

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

    fn look(&self, response: &Response) {
        if response.is_sign_in() {
            self.expired.tell();
        }
    }

    /// What failed, of an answer that came to the finder.
    pub fn explain(&self, response: Response) -> Error {
        self.look(&response);
        api::client::failure(response)
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
        if let Some(batch) = request.batch {
            builder = builder.header("X-Riskdesk-Batch", &batch.to_string());
        }
        if let Some(seen) = request.if_match {
            builder = builder.header("If-Match", &seen);
        }
        let built = match request.body {
            Some(json) => builder.header("Content-Type", "application/json").body(json),
            None => builder.build(),
        };
        let built = built.map_err(|error| unreachable(&error.to_string()))?;
        let answer = match early(&request.path) {
            Some(answer) => answer.await,
            None => built.send().await.map_err(|error| unreachable(&error.to_string())),
        };
        let answer = answer?;
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
        self.look(&response);
        Ok(response)
    }
}

/// The answer that the page's start (`public/start.js`) asked for before the app was there. It is
/// taken once.
fn early(path: &str) -> Option<impl Future<Output = Result<Answer, Unreachable>> + use<>> {
    let early = (path == WHOAMI).then(|| Reflect::get(&window(), &"riskdesk".into()).ok())??;
    let key = "whoami".into();
    let answer: Promise = Reflect::get(&early, &key).ok()?.dyn_into().ok()?;
    let _ = Reflect::delete_property(&early.into(), &key);
    Some(async move {
        let answer = JsFuture::from(answer).await.map_err(|_| unreachable("the fetch failed"))?;
        Ok(Answer::from(answer.unchecked_into::<web_sys::Response>()))
    })
}

fn unreachable(detail: &str) -> Unreachable {
    Unreachable { detail: detail.to_owned() }
}
