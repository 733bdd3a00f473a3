//! `riskdesk sim`: the simulated Cloudflare alone, at `/client/v4`, for any client.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use axum::{Router, body::Body, extract::State};
use http::{Request, Response};
use sim::Sim;

use crate::{body, cli, clock, failure::Failure, listener, metrics::Metrics, upstream};

pub async fn run(options: cli::Sim) -> Result<(), Failure> {
    let cli::Sim { listen, people, token } = options;
    let socket = listener::bind(listen, "--listen").await?;
    let address = socket.address;

    let users = people.count();
    let cli::People { seed, scenario, .. } = people;
    let settings = sim::Settings { users, seed, scenario, token };
    let open = Metrics::default().connections;
    let sim = Arc::new(Mutex::new(Sim::new(settings, clock::now())));
    let router = Router::new().fallback(answer).with_state(sim);

    let url = listener::url(address);
    writeln!(
        std::io::stdout(),
        "Simulated Cloudflare: {url}/client/v4  (scenario {scenario}, {users} people; Ctrl-C stops it)"
    )?;
    listener::serve(socket, listener::routed(router), open).await;
    Ok(())
}

async fn answer(State(sim): State<Arc<Mutex<Sim>>>, request: Request<Body>) -> Response<Body> {
    let response = match body::read(request).await {
        Ok(request) => upstream::simulate(&sim, &request).await,
        Err(refusal) => refusal.response(),
    };
    response.map(Body::from)
}
