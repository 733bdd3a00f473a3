//! Sockets: listen, serve each connection under its deadlines, and stop without losing a request.
//!
//! - at most [`limits::CONNECTIONS`] at a time; whoever comes then waits in the system's queue
//! - a request's head has its deadline, and so has an idle connection
//! - told to stop ([`signals`]), it takes nobody new; answers say `Connection: close`, so that
//!   whoever keeps a connection open goes; what is under way is answered
//!
//! Hyper is driven here rather than through `axum::serve`, which sets no deadline on a request's
//! head: half a head would hold its connection for good.

mod signals;

use std::{
    convert::Infallible,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{Router, body::Body};
use http::{HeaderValue, Request, Response, header};
use hyper::{
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use prometheus_client::metrics::gauge::Gauge;
use proxy::limits;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, sleep, sleep_until, timeout},
};
use tracing::{debug, info, warn};

use crate::{clock, failure::Failure};
use signals::Signals;

/// A request's head; the longest reason takes some 12 KiB of it.
const MAX_HEAD: usize = 64 * 1024;

/// Open files that are no connection: the log, the keys, the logs, and some to spare.
const OTHER_FILES: u64 = 64;

/// An address that is listened on.
pub struct Socket {
    listener: TcpListener,
    /// From the moment that somebody may know of it, telling it to stop must not break it off.
    signals: Signals,
    pub address: SocketAddr,
}

/// Listens on an address, which `flag` chose.
pub async fn bind(address: SocketAddr, flag: &'static str) -> Result<Socket, Failure> {
    let failure = |error| Failure::listen(address, flag, error);
    let signals = Signals::new()?;
    let listener = TcpListener::bind(address).await.map_err(failure)?;
    let address = listener.local_addr().map_err(failure)?;
    Ok(Socket { listener, signals, address })
}

/// Where a browser on this machine finds an address.
pub fn url(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        format!("http://localhost:{}", address.port())
    } else {
        format!("http://{address}")
    }
}

/// What answers requests. An answer never fails to be one.
pub trait Answers:
    Service<
        Request<Incoming>,
        Response = Response<Body>,
        Error = Infallible,
        Future: Send + 'static,
    > + Clone
    + Send
    + 'static
{
}

impl<S> Answers for S where
    S: Service<
            Request<Incoming>,
            Response = Response<Body>,
            Error = Infallible,
            Future: Send + 'static,
        > + Clone
        + Send
        + 'static
{
}

/// A router, as what answers requests.
pub fn routed(router: Router) -> impl Answers {
    TowerToHyperService::new(router)
}

/// Serves until a signal to stop comes, then until what is under way is done. What goes on
/// elsewhere has until the moment that it gives.
pub async fn serve(socket: Socket, answers: impl Answers, open: Gauge) -> Instant {
    let Socket { listener, mut signals, address } = socket;
    let connections = Connections::new(answers, open);
    loop {
        tokio::select! {
            (stream, place) = connections.accept(&listener) => connections.serve(stream, place),
            () = signals.stop() => break,
        }
    }
    let end = clock::instant() + limits::DRAIN_TIME;
    info!(%address, "stopping");
    connections.stopping.store(true, Ordering::Relaxed);
    connections.last(listener);
    tokio::select! {
        () = connections.finish() => end,
        () = sleep_until(end) => {
            warn!("requests were still under way");
            end
        }
        () = signals.again() => {
            warn!("stopped twice: what was under way is left");
            clock::instant()
        }
    }
}

struct Connections<S> {
    answers: S,
    /// A place for each connection that may be open.
    places: Arc<Semaphore>,
    most: u32,
    open: Gauge,
    under_way: GracefulShutdown,
    stopping: Arc<AtomicBool>,
}

impl<S: Answers> Connections<S> {
    fn new(answers: S, open: Gauge) -> Self {
        let most = most();
        let stopping = Arc::new(AtomicBool::new(false));
        Self {
            answers,
            places: Arc::new(Semaphore::new(most as usize)),
            most,
            open,
            under_way: GracefulShutdown::new(),
            stopping,
        }
    }

    /// The next connection, once there is a place for it.
    async fn accept(&self, listener: &TcpListener) -> (TcpStream, Option<OwnedSemaphorePermit>) {
        let place = match self.places.clone().try_acquire_owned() {
            Ok(place) => Some(place),
            Err(_) => {
                warn!(connections = self.most, "others wait until a connection closes");
                self.places.clone().acquire_owned().await.ok()
            }
        };
        loop {
            match listener.accept().await {
                Ok((stream, _)) => return (stream, place),
                Err(error) => {
                    // Mostly too many open files: others have to close first.
                    warn!(%error, "a connection could not be accepted");
                    sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }

    /// Serves whoever has connected already, which closing the socket would turn away.
    fn last(&self, listener: TcpListener) {
        let waiting = listener.into_std().and_then(|listener| {
            while let Ok((stream, _)) = listener.accept() {
                stream.set_nonblocking(true)?;
                let place = self.places.clone().try_acquire_owned().ok();
                self.serve(TcpStream::from_std(stream)?, place);
            }
            Ok(())
        });
        if let Err(error) = waiting {
            warn!(%error, "connections that waited could not be served");
        }
    }

    fn serve(&self, stream: TcpStream, place: Option<OwnedSemaphorePermit>) {
        // Answers are written whole; waiting to fill a packet only delays their end.
        if let Err(error) = stream.set_nodelay(true) {
            debug!(%error, "a connection keeps its delay");
        }
        let (answers, stopping) = (self.answers.clone(), self.stopping.clone());
        let service = service_fn(move |request| {
            let (answer, stopping) = (answers.call(request), stopping.clone());
            async move {
                let answer = answer.await;
                answer.map(|answer| say_close(answer, stopping.load(Ordering::Relaxed)))
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits::REQUEST_HEAD_TIME)
            .max_buf_size(MAX_HEAD)
            .serve_connection(TokioIo::new(stream), service);
        let connection = self.under_way.watch(connection);
        let open = Open::new(&self.open);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                debug!(%error, "a connection ended early");
            }
            drop((open, place));
        });
    }

    /// Waits until every connection is closed: for a while by their clients, then by us.
    async fn finish(self) {
        // Mostly in vain: somebody has a page open.
        let _ = timeout(limits::LINGER_TIME, self.places.acquire_many(self.most)).await;
        self.under_way.shutdown().await;
    }
}

/// Counts a connection for as long as it is open, however it ends.
struct Open(Gauge);

impl Open {
    fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// How many connections the system lets us have. Each may need another one, upstream.
fn most() -> u32 {
    let files = rlimit::increase_nofile_limit(u64::MAX).unwrap_or(1_024);
    let half = files.saturating_sub(OTHER_FILES) / 2;
    let most = usize::try_from(half).unwrap_or(usize::MAX).clamp(1, limits::CONNECTIONS);
    u32::try_from(most).unwrap_or(u32::MAX)
}

/// Has the client close its connection, once we are stopping.
fn say_close(mut response: Response<Body>, is_stopping: bool) -> Response<Body> {
    if is_stopping {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
