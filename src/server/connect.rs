//! A deadline for connecting, from looking the name up to the end of the TLS handshake.

use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll},
};

use axum::BoxError;
use http::Uri;
use proxy::limits;
use tokio::time::timeout;
use tower::Service;

/// A connector that takes [`limits::CONNECT_TIME`] at most; after that its error is an
/// [`io::ErrorKind::TimedOut`].
#[derive(Clone)]
pub struct InTime<C>(pub C);

impl<C> Service<Uri> for InTime<C>
where
    C: Service<Uri, Error: Into<BoxError>, Future: Send + 'static>,
{
    type Response = C::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<C::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = timeout(limits::CONNECT_TIME, self.0.call(uri));
        Box::pin(async move {
            let connected = connecting.await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut));
            connected?.map_err(Into::into)
        })
    }
}
