//! A host for tests that never waits.

use std::{
    future::Future,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
    time::Duration,
};

use bytes::Bytes;
use http::Uri;

use crate::{Host, access::RsaKey};

/// What a future that waits for nothing gives.
pub(crate) fn ready<T>(future: impl Future<Output = T>) -> T {
    at_once(pin!(future)).expect("it waits for nothing")
}

/// What a future gives now, if it waits for nothing more.
pub(crate) fn at_once<T>(future: Pin<&mut impl Future<Output = T>>) -> Option<T> {
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// A host that is asked for nothing.
pub(crate) struct NoHost;

impl Host for NoHost {
    async fn is_signed(&self, _: &RsaKey, _: &[u8], _: &[u8]) -> bool {
        panic!("no signature is to be checked")
    }

    async fn fetch_keys(&self, _: &Uri) -> Option<Bytes> {
        panic!("no keys are to be fetched")
    }

    fn refresh_soon(&self) {
        panic!("no keys are to be fetched")
    }

    async fn can_record(&self) -> bool {
        true
    }

    async fn pause(&self, _: Duration) {
        panic!("nothing is to be waited for")
    }
}
