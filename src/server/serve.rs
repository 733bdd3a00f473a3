//! `riskdesk serve`: the proxy for real, behind Cloudflare Access.

use std::{
    io::{self, Write},
    path::Path,
    sync::Arc,
};

use proxy::Gate;
use tracing::warn;

use crate::{
    audit::{Audit, change::UnderWay},
    cli, clock,
    failure::Failure,
    host::Host,
    listener, settings,
    upstream::Upstream,
    web::Web,
};

pub async fn run(options: cli::Configured) -> Result<(), Failure> {
    let settings = settings::read(options.given.0, options.config.as_deref())?;
    let (socket, address) = listener::bind(settings.listen).await?;
    if !address.ip().is_loopback() {
        warn!(%address, "others can reach this address past Access; only a tunnel should");
    }
    let under_way = UnderWay::default();
    let host = Host {
        gate: Arc::new(Gate::new(settings.policy())),
        upstream: Upstream::Cloudflare(Web::new()),
        audit: Audit::open(Path::new(&settings.database), clock::now())?,
        under_way: under_way.clone(),
    };
    // Without keys it starts all the same, and lets nobody in until they come.
    host.refresh().await;

    let url = listener::url(address);
    writeln!(io::stdout(), "Riskdesk: {url}  (account {})", settings.account)?;
    listener::serve(socket, host.into_router()).await?;
    under_way.finish().await;
    Ok(())
}
