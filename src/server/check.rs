//! `riskdesk check`: settings, the keys of Access, and what the API token may do, a line each.

use std::io::{self, Write};

use http::StatusCode;
use http_body_util::{BodyExt, Limited};
use proxy::{
    access,
    check::{Probe, Trouble},
    limits,
    refusal::Fault,
    settings::Settings,
};
use tokio::time::timeout;

use crate::{cli, failure::Failure, settings, web::Web};

/// How much of a refusal's body is read.
const BODY: usize = 64 * 1024;

pub async fn run(options: cli::Configured) -> Result<(), Failure> {
    let settings = settings::read(options.given.0, options.config.as_deref())?;
    let mut out = io::stdout();
    writeln!(out, "good: the settings")?;
    let web = Web::new();
    let mut failed = 0;
    let mut tell = |what: &str, result: Result<(), String>| {
        failed += usize::from(result.is_err());
        match result {
            Ok(()) => writeln!(out, "good: {what}"),
            Err(trouble) => writeln!(out, "BAD:  {what}: {trouble}."),
        }
    };
    let keys = web.keys(&settings.certs).await;
    let keys =
        keys.ok_or("no answer with keys. Compare the team domain with the dashboard's".to_owned());
    let keys = keys.and_then(|body| access::count_keys(&body).map_err(|error| error.to_string()));
    tell(&format!("the keys of Access, {}", settings.certs), keys.map(|_| ()))?;
    for probe in Probe::ALL {
        tell(probe.shows(), read(&web, &settings, probe).await)?;
    }
    if failed > 0 { Err(Failure::Check(failed)) } else { Ok(()) }
}

async fn read(web: &Web, settings: &Settings, probe: Probe) -> Result<(), String> {
    let request = probe.request(settings).map_err(|error| error.to_string())?;
    let attempt = async {
        let (head, body) = web.open(&request).await.map_err(text)?.into_parts();
        // The summary is the whole account; that it comes is enough.
        let body = match head.status {
            StatusCode::OK => Default::default(),
            _ => Limited::new(body, BODY)
                .collect()
                .await
                .map(|body| body.to_bytes())
                .unwrap_or_default(),
        };
        probe.judge(head.status, &body).map_err(|trouble: Trouble| trouble.to_string())
    };
    let time = limits::upstream_time(model::OperationKind::Summary);
    timeout(time, attempt).await.unwrap_or_else(|_| Err(text(Fault::Time)))
}

fn text(fault: Fault) -> String {
    fault.to_string().trim_end_matches('.').to_owned()
}
