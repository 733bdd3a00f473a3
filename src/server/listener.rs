//! Sockets: listen, serve each connection under its deadlines, and stop without losing a request.
//!
//! Hyper is driven here rather than through `axum::serve`, which sets no deadline on a request's
//! head: half a head would hold its connection for good.

use std::{future::Future, net::SocketAddr, pin::pin, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use proxy::limits;
use tokio::net::{TcpListener, TcpStream};
use tracing::{debug, info, warn};

use crate::failure::Failure;

/// A request's head; the longest reason takes some 12 KiB of it.
const MAX_HEAD: usize = 64 * 1024;

pub async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), Failure> {
    let failure = |error| Failure::listen(address, error);
    let listener = TcpListener::bind(address).await.map_err(failure)?;
    let address = listener.local_addr().map_err(failure)?;
    Ok((listener, address))
}

/// Where a browser on this machine finds an address.
pub fn url(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        format!("http://localhost:{}", address.port())
    } else {
        format!("http://{address}")
    }
}

/// Serves until a signal to stop comes, then until what is under way is done.
pub async fn serve(listener: TcpListener, router: Router) -> Result<(), Failure> {
    let mut stop = pin!(stop_signal()?);
    let under_way = GracefulShutdown::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => connection(stream, router.clone(), &under_way),
                Err(error) => {
                    // Mostly too many open files: others have to close first.
                    warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    info!("stopping");
    tokio::select! {
        () = under_way.shutdown() => {}
        () = tokio::time::sleep(limits::DRAIN_TIME) => warn!("requests were still under way"),
    }
    Ok(())
}

fn connection(stream: TcpStream, router: Router, under_way: &GracefulShutdown) {
    // Answers are written whole; waiting to fill a packet only delays their end.
    if let Err(error) = stream.set_nodelay(true) {
        debug!(%error, "a connection keeps its delay");
    }
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits::REQUEST_HEAD_TIME)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let connection = under_way.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            debug!(%error, "a connection ended early");
        }
    });
}

/// Comes true on SIGTERM, and on Ctrl-C.
#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()>, Failure> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Comes true on Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> Result<impl Future<Output = ()>, Failure> {
    Ok(async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            warn!(%error, "Ctrl-C can't be waited for");
            std::future::pending::<()>().await;
        }
    })
}
