//! The address of an Okta tenant: an https URL of a host and nothing else.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A tenant's URL, `https://` and a host name, without user, port, path, query or fragment.
///
/// IP addresses and local names are refused: the vendor's service would be sent to them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct TenantUrl(Box<str>);

/// Why a text is no tenant URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TenantUrlError {
    #[error("the tenant URL is missing")]
    Empty,
    #[error("the tenant URL must start with https://")]
    NotHttps,
    #[error("the tenant URL must not hold a user name or password")]
    UserInfo,
    #[error("the tenant URL must not hold a port")]
    Port,
    #[error("the tenant URL must end after the host name")]
    NotHostOnly,
    #[error("the tenant URL must name a host, not an IP address")]
    IpAddress,
    #[error("the tenant URL must not name a local host")]
    Local,
    #[error("the tenant URL's host name is not valid")]
    Host,
}

/// The domains under which Okta gives out tenants' own addresses; anything else is, as far as
/// can be told, a custom domain, which the integration does not take.
const OKTA_DOMAINS: [&str; 5] =
    [".okta.com", ".oktapreview.com", ".okta-emea.com", ".okta-gov.com", ".okta.mil"];

impl TenantUrl {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn host(&self) -> &str {
        self.0.trim_start_matches("https://")
    }

    /// Whether the host is one of Okta's own domains rather than a custom one.
    #[must_use]
    pub fn is_okta_domain(&self) -> bool {
        OKTA_DOMAINS.iter().any(|domain| self.host().ends_with(domain))
    }
}

impl FromStr for TenantUrl {
    type Err = TenantUrlError;

    fn from_str(text: &str) -> Result<Self, TenantUrlError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TenantUrlError::Empty);
        }
        let scheme = text.get(..8).filter(|scheme| scheme.eq_ignore_ascii_case("https://"));
        let rest = &text[scheme.ok_or(TenantUrlError::NotHttps)?.len()..];
        let (authority, path) = match rest.find(['/', '?', '#', '\\']) {
            Some(end) => rest.split_at(end),
            None => (rest, ""),
        };
        if authority.contains('@') {
            return Err(TenantUrlError::UserInfo);
        }
        if authority.starts_with('[') {
            return Err(TenantUrlError::IpAddress);
        }
        if authority.contains(':') {
            return Err(TenantUrlError::Port);
        }
        if !matches!(path, "" | "/") {
            return Err(TenantUrlError::NotHostOnly);
        }
        let host = authority.to_ascii_lowercase();
        check_host(&host)?;
        Ok(Self(format!("https://{host}").into()))
    }
}

/// A public DNS name (RFC 1035 §2.3.1): two labels or more, the last not a number.
fn check_host(host: &str) -> Result<(), TenantUrlError> {
    let local = |suffix| host == suffix || host.ends_with(&format!(".{suffix}"));
    if ["localhost", "local", "internal", "home.arpa"].into_iter().any(local) {
        return Err(TenantUrlError::Local);
    }
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let mut labels = host.split('.').rev();
    let last = labels.next().unwrap_or_default();
    // WHATWG URL: a host that ends in a number, decimal or 0x-hex, is an IPv4 address.
    if last.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(TenantUrlError::IpAddress);
    }
    if host.len() > 253 || !host.contains('.') || !host.split('.').all(label_ok) {
        return Err(TenantUrlError::Host);
    }
    Ok(())
}

impl fmt::Display for TenantUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for TenantUrl {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_url_is_reduced_to_scheme_and_host() {
        for text in ["https://acme.okta.com", " HTTPS://Acme.Okta.com/ "] {
            let url: TenantUrl = text.parse().unwrap();
            assert_eq!(url.as_str(), "https://acme.okta.com");
            assert_eq!(url.host(), "acme.okta.com");
            assert!(url.is_okta_domain());
        }
        assert!(!"https://login.acme.com".parse::<TenantUrl>().unwrap().is_okta_domain());
        assert!(!"https://evilokta.com".parse::<TenantUrl>().unwrap().is_okta_domain());
    }

    #[test]
    fn all_that_is_not_host_only_https_is_refused_with_its_reason() {
        use TenantUrlError as E;
        for (text, error) in [
            ("", E::Empty),
            ("http://acme.okta.com", E::NotHttps),
            ("acme.okta.com", E::NotHttps),
            ("https:/é", E::NotHttps),
            ("javascript:alert(1)", E::NotHttps),
            ("https://user:pw@acme.okta.com", E::UserInfo),
            ("https://acme.okta.com:8443", E::Port),
            ("https://acme.okta.com/admin", E::NotHostOnly),
            ("https://acme.okta.com?x", E::NotHostOnly),
            ("https://acme.okta.com\\@evil.example", E::NotHostOnly),
            ("https://[::1]", E::IpAddress),
            ("https://127.0.0.1", E::IpAddress),
            ("https://0x7f.1", E::IpAddress),
            ("https://localhost", E::Local),
            ("https://printer.local", E::Local),
            ("https://okta", E::Host),
            ("https://acme..com", E::Host),
            ("https://-acme.com", E::Host),
            ("https://ac me.com", E::Host),
            ("https://аcme.okta.com", E::Host),
            ("https://", E::Host),
        ] {
            assert_eq!(text.parse::<TenantUrl>(), Err(error), "{text}");
        }
    }
}
