//! Addresses in settings: `https`, or plain `http` where nobody is in between.

use std::net::IpAddr;

use http::{Uri, uri::Scheme};

/// A URL without query and user, its host in lower case, and its path without a last slash.
pub(super) fn parse(text: &str) -> Result<Uri, &'static str> {
    let uri: Uri = text.trim_end_matches('/').parse().map_err(|_| "is no URL")?;
    let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
        return Err("is no URL with https:// and a host");
    };
    if authority.as_str().contains('@') || uri.query().is_some() || text.contains('#') {
        return Err("has a user, a query or a fragment");
    }
    let is_local = *scheme == Scheme::HTTP && is_loopback(authority.host());
    if *scheme != Scheme::HTTPS && !is_local {
        return Err("is not https (plain http is for this machine alone)");
    }
    let path = if uri.path() == "/" { "" } else { uri.path() };
    let text = format!("{scheme}://{}{path}", authority.as_str().to_ascii_lowercase());
    text.parse().map_err(|_| "is no URL")
}

/// A URL of a host alone.
pub(super) fn origin(text: &str) -> Result<Uri, &'static str> {
    let uri = parse(text)?;
    if uri.path() == "/" { Ok(uri) } else { Err("has a path") }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}
