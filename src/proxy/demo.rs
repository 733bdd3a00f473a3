//! `/api/v1/demo`: what the simulated Cloudflare is set to. The address is there in the demo alone;
//! anywhere else it is one of those that nobody knows. Whoever is in the demo may set it: nothing
//! of it is anybody's. It is no change of the account, so it doesn't go on record.

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use model::{Demo, DemoChange, Envelope, operations::Body};

use crate::{
    access::Identity,
    answer, input,
    origin::{self, Own},
    refusal::Refusal,
};

/// What a request sets; one that only reads sets nothing.
pub(crate) fn change(
    _: &Identity,
    request: &Request<Bytes>,
    own: &Own,
) -> Result<DemoChange, Refusal> {
    let headers = request.headers();
    input::no_query(request.uri().query())?;
    if request.method() != Method::POST {
        return input::body(Body::None, headers, request.body()).map(|_| DemoChange::default());
    }
    origin::same_origin(headers, own)?;
    input::read(headers, request.body())
}

/// The answer: what is set, after the change.
#[must_use]
pub fn answer(set: Demo) -> Response<Bytes> {
    answer::json(StatusCode::OK, &Envelope::success(set))
}
