//! `riskdesk sim`: the simulated Cloudflare alone, at `/client/v4`, for any client.

use std::io::Write;

use axum::{Router, body::Body, extract::State};
use http::{Request, Response};

use crate::{body, cli, clock, failure::Failure, listener, metrics::Metrics, upstream::Upstream};

pub async fn run(options: cli::Sim) -> Result<(), Failure> {
    let cli::Sim { listen, people, token } = options;
    let socket = listener::bind(listen).await?;
    let address = socket.address;

    let settings = sim::Settings { users: people.users, seed: people.seed, token };
    let metrics = Metrics::default();
    let open = metrics.connections.clone();
    let upstream = Upstream::simulated(sim::Sim::new(settings, clock::now()), metrics);
    let router = Router::new().fallback(answer).with_state(upstream);

    let url = listener::url(address);
    writeln!(
        std::io::stdout(),
        "Simulated Cloudflare: {url}/client/v4  ({} people; Ctrl-C stops it)",
        people.users
    )?;
    listener::serve(socket, router, open).await;
    Ok(())
}

async fn answer(State(upstream): State<Upstream>, request: Request<Body>) -> Response<Body> {
    let response = match body::read(request).await {
        Ok(request) => upstream.send(&request).await,
        Err(refusal) => refusal.response(),
    };
    response.map(Body::from)
}
