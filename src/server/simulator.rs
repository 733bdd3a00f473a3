//! `riskdesk sim`: the simulated Cloudflare alone, at `/client/v4`, for any client.

use std::io::Write;

use axum::{Router, body::Body, extract::State};
use http::{Request, Response};

use crate::{body, cli, clock, failure::Failure, listener, upstream::Upstream};

pub async fn run(options: cli::Sim) -> Result<(), Failure> {
    let cli::Sim { listen, people, token } = options;
    let (socket, address) = listener::bind(listen).await?;

    let settings = sim::Settings { users: people.users, seed: people.seed, token };
    let upstream = Upstream::simulated(sim::Sim::new(settings, clock::now()));
    let router = Router::new().fallback(answer).with_state(upstream);

    let url = listener::url(address);
    writeln!(
        std::io::stdout(),
        "Simulated Cloudflare: {url}/client/v4  ({} people; Ctrl-C stops it)",
        people.users
    )?;
    listener::serve(socket, router).await
}

async fn answer(State(upstream): State<Upstream>, request: Request<Body>) -> Response<Body> {
    let response = match body::read(request).await {
        Ok(request) => upstream.send(&request).await,
        Err(refusal) => refusal.response(),
    };
    response.map(Body::from)
}
