//! `riskdesk serve`: the proxy for real, behind Cloudflare Access.

use std::{
    io::{self, Write},
    path::Path,
    sync::Arc,
};

use prometheus_client::metrics::gauge::Gauge;
use proxy::Gate;
use tracing::warn;

use crate::{
    audit::{Audit, change::UnderWay},
    cli, clock,
    failure::Failure,
    flights::Flights,
    host::Host,
    ids::Ids,
    listener,
    metrics::{Metrics, page},
    room::Room,
    settings,
    signature::Keys,
    upstream::Upstream,
    web::Web,
};

pub async fn run(options: cli::Configured) -> Result<(), Failure> {
    let settings = settings::read(options.given.0, options.config.as_deref())?;
    let socket = listener::bind(settings.listen, "--listen").await?;
    let address = socket.address;
    if !address.ip().is_loopback() {
        warn!(%address, "others can reach this address past Access; only a tunnel should");
    }
    let metrics = Metrics::default();
    let page = match settings.metrics_listen {
        Some(address) => Some(listener::bind(address, "--metrics-listen").await?),
        None => None,
    };
    let under_way = UnderWay::default();
    let host = Host {
        gate: Arc::new(Gate::new(settings.policy()).compressing(settings.compression)),
        upstream: Upstream::cloudflare(Web::new()),
        audit: Audit::open(Path::new(&settings.database), metrics.clone(), clock::now())?,
        under_way: under_way.clone(),
        metrics: metrics.clone(),
        flights: Flights::default(),
        room: Room::default(),
        ids: Ids::new(),
        keys: Keys::default(),
    };
    // Without keys it starts all the same, and lets nobody in until they come.
    host.refresh().await;

    let url = listener::url(address);
    writeln!(io::stdout(), "Riskdesk: {url}  (account {})", settings.account)?;
    if let Some(socket) = page {
        let address = socket.address;
        if !address.ip().is_loopback() {
            warn!(%address, "others can read the metrics at this address");
        }
        let registry = metrics.registry(host.gate.clone(), host.audit.clone());
        let url = listener::url(address);
        writeln!(io::stdout(), "Metrics:  {url}/metrics")?;
        tokio::spawn(listener::serve(
            socket,
            listener::routed(page::router(registry)),
            Gauge::default(),
        ));
    }
    let end = listener::serve(socket, host.into_service(), metrics.connections).await;
    under_way.finish(end).await;
    Ok(())
}
