//! The Worker with settings of a small company.

use std::net::SocketAddr;

use conformance::{
    ACCOUNT, ADMIN, Access, PUBLIC_URL, TOKEN,
    mint::{AUD, SERVICE},
};
use riskdesk_worker_tests::Folder;

/// The settings for an Access and an upstream, and a state of its own.
pub fn folder(access: &Access, upstream: SocketAddr, more: &[(&str, &str)]) -> Folder {
    let base = format!("http://{upstream}/client/v4");
    let (team, service) = (access.url(), format!("service:{SERVICE}"));
    let settings = [
        ("CLOUDFLARE_ACCOUNT_ID", ACCOUNT),
        ("CLOUDFLARE_API_TOKEN", TOKEN),
        ("CLOUDFLARE_BASE_URL", &base),
        ("RISKDESK_PUBLIC_URL", PUBLIC_URL),
        ("RISKDESK_ACCESS_TEAM_DOMAIN", &team),
        ("RISKDESK_ACCESS_AUD", AUD),
        ("RISKDESK_ADMINS", ADMIN),
        ("RISKDESK_OPERATORS", &service),
        ("RISKDESK_VIEWERS", "@corp.example"),
        // The whole table is a few callers' within a minute.
        ("RISKDESK_CALLER_LIMIT", "0"),
    ];
    Folder::new(&settings.iter().chain(more).copied().collect::<Vec<_>>())
}
