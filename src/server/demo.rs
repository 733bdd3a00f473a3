//! `riskdesk demo`: the gate with the demo's identity in front of the simulator, in one process.

use std::{
    io::{self, Write},
    sync::Arc,
};

use http::Uri;
use proxy::{ApiToken, Entry, Gate, Hosts, Pace, Policy};

use crate::{
    audit::{Audit, change::UnderWay},
    cli, clock,
    failure::Failure,
    flights::Flights,
    host::Host,
    ids::Ids,
    listener,
    metrics::Metrics,
    room::Room,
    signature::Keys,
    upstream::Upstream,
};

/// The demo's account; the simulator answers to any.
const ACCOUNT: &str = "de30acc0de30acc0de30acc0de30acc0";

/// The gate puts it in and the simulator asks for it, as with the real one. It opens nothing.
const TOKEN: &str = "demo";

pub async fn run(options: cli::Demo) -> Result<(), Failure> {
    let cli::Demo { listen, people, role, database } = options;
    let socket = listener::bind(listen, "--listen").await?;
    let address = socket.address;

    let token = Some(TOKEN.to_owned());
    let users = people.count();
    let cli::People { seed, scenario, .. } = people;
    let settings = sim::Settings { users, seed, scenario, token };
    let sim = sim::Sim::new(settings, clock::now()).without_rate_limit();

    let policy = Policy {
        account: ACCOUNT.parse().map_err(io::Error::other)?,
        entry: Entry::Demo { role },
        hosts: Hosts::local(address),
        upstream: proxy::Upstream {
            base: Uri::from_static("/client/v4"),
            token: ApiToken::new(TOKEN).map_err(io::Error::other)?,
        },
        require_reason: false,
        pace: Pace::FREE,
    };
    let metrics = Metrics::default();
    let audit = match &database {
        Some(path) => Audit::open(path, metrics.clone(), clock::now())?,
        None => Audit::in_memory(metrics.clone(), clock::now())?,
    };
    let under_way = UnderWay::default();
    let host = Host {
        gate: Arc::new(Gate::new(policy).compressing(true)),
        upstream: Upstream::simulated(sim),
        audit,
        under_way: under_way.clone(),
        metrics: metrics.clone(),
        flights: Flights::default(),
        room: Room::default(),
        ids: Ids::new(),
        keys: Keys::default(),
    };

    let url = listener::url(address);
    writeln!(
        io::stdout(),
        "Riskdesk demo: {url}  (simulated data, scenario {scenario}, {users} people, role {role}; \
         Ctrl-C stops it)"
    )?;
    let end = listener::serve(socket, host.into_service(), metrics.connections).await;
    under_way.finish(end).await;
    Ok(())
}
