//! Whether a request is meant for us, and whether a change comes from our own pages.
//!
//! - [`Hosts::check`]: one `Host`, and one of our names. A page of another site whose name is
//!   made to point here (DNS rebinding) still sends its own name. Where we aren't told ours, a
//!   name is taken with an assertion alone: Access puts one on all that comes through it, and a
//!   page that comes past it has none.
//! - [`same_origin`]: `X-Requested-With`, which no form and no cross-origin request without our
//!   consent can set, and a browser's word on where the request comes from
//!   (Fetch Metadata, <https://www.w3.org/TR/fetch-metadata/>, or `Origin`, RFC 6454 §7).
//! - [`not_foreign`]: for a service, which is no browser and has none of these to send.

use std::net::{IpAddr, SocketAddr};

use http::{
    HeaderMap, HeaderName, Uri, header,
    uri::{Authority, Scheme},
};

use crate::{access, refusal::Refusal};

const REQUESTED_WITH: HeaderName = HeaderName::from_static("x-requested-with");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The names the service goes by.
#[derive(Clone, Debug)]
pub struct Hosts {
    names: Vec<String>,
    /// Any IP address: a rebinding attack needs a name to rebind.
    any_address: bool,
    /// Any name, with an assertion.
    any_asserted: bool,
    /// What a page's origin must be, where it is known.
    public: Option<Own>,
}

/// The origin of our own pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Own {
    /// Either, if it isn't known: somebody in front of us may end TLS.
    scheme: Option<Scheme>,
    authority: Authority,
}

impl Hosts {
    /// This machine's own names, and the address listened on.
    #[must_use]
    pub fn local(listen: SocketAddr) -> Self {
        let own = match listen.ip() {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        Self {
            names: this_machine().chain([own]).collect(),
            any_address: listen.ip().is_unspecified(),
            any_asserted: false,
            public: None,
        }
    }

    /// This machine's own names, any address, and any name with an assertion: for a service behind
    /// Access that isn't told its own. Whether the assertion is good is found out where it counts.
    #[must_use]
    pub fn asserted() -> Self {
        let names = this_machine().collect();
        Self { names, any_address: true, any_asserted: true, public: None }
    }

    /// The host of a URL, and this machine's own names for whoever watches over the service.
    #[must_use]
    pub fn public(url: &Uri) -> Self {
        let authority = url.authority().cloned();
        let name = authority.iter().map(|authority| authority.host().to_owned());
        let public = authority.clone();
        Self {
            names: this_machine().chain(name).collect(),
            any_address: false,
            any_asserted: false,
            public: public.map(|authority| Own { scheme: url.scheme().cloned(), authority }),
        }
    }

    /// Whether people come over HTTPS, as far as we are told.
    pub(crate) fn is_secure(&self) -> bool {
        self.public.as_ref().is_some_and(|own| own.scheme == Some(Scheme::HTTPS))
    }

    /// The origin of our own pages, if the request's host is one of ours.
    pub(crate) fn check(&self, headers: &HeaderMap) -> Result<Own, Refusal> {
        let host = single(headers, &header::HOST).map_err(|()| Refusal::HostMissing)?;
        let host = host.filter(|host| !host.is_empty()).ok_or(Refusal::HostMissing)?;
        let host: Authority = host.parse().map_err(|_| Refusal::ForeignHost)?;
        let ours = self.names.iter().any(|name| name.eq_ignore_ascii_case(host.host()));
        let address = host.host().trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
        let plain = !host.as_str().contains('@');
        let asserted = self.any_asserted && access::has_assertion(headers);
        if plain && (ours || asserted || (self.any_address && address)) {
            let own = Own { scheme: None, authority: host };
            Ok(self.public.clone().unwrap_or(own))
        } else {
            Err(Refusal::ForeignHost)
        }
    }
}

fn this_machine() -> impl Iterator<Item = String> {
    ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).into_iter()
}

/// Whether a change comes from the app's own pages. Every doubt refuses.
pub(crate) fn same_origin(headers: &HeaderMap, own: &Own) -> Result<(), Refusal> {
    let header = |name| single(headers, &name).map_err(|()| Refusal::CrossOrigin);
    if header(REQUESTED_WITH)? != Some("XMLHttpRequest") {
        return Err(Refusal::NoRequestedWith);
    }
    let site = header(SEC_FETCH_SITE)?.map(|site| site == "same-origin");
    let origin = header(header::ORIGIN)?.map(|origin| is_origin(origin, own));
    match (site, origin) {
        (Some(false), _) | (_, Some(false)) | (None, None) => Err(Refusal::CrossOrigin),
        _ => Ok(()),
    }
}

/// Whether a service's change comes from no other site's page. A program sends neither header; a
/// browser that was led here with a service's token would.
pub(crate) fn not_foreign(headers: &HeaderMap, own: &Own) -> Result<(), Refusal> {
    let header = |name| single(headers, &name).map_err(|()| Refusal::CrossOrigin);
    let site = header(SEC_FETCH_SITE)?.is_none_or(|site| matches!(site, "same-origin" | "none"));
    let origin = header(header::ORIGIN)?.is_none_or(|origin| is_origin(origin, own));
    if site && origin { Ok(()) } else { Err(Refusal::CrossOrigin) }
}

fn is_origin(origin: &str, own: &Own) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    let known = own.scheme.as_ref().is_none_or(|own| own.as_str() == scheme);
    known && matches!(scheme, "https" | "http") && own.authority == authority
}

/// The header's one value; an error where there are several, or one that isn't visible ASCII.
pub(crate) fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, ()> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| ()),
        (Some(_), Some(_)) => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(*name, HeaderValue::from_str(value).unwrap());
        }
        map
    }

    fn own(authority: &'static str) -> Own {
        Own { scheme: None, authority: Authority::from_static(authority) }
    }

    #[test]
    fn a_public_url_is_the_only_origin() {
        let hosts = Hosts::public(&Uri::from_static("https://riskdesk.example"));
        let own = hosts.check(&headers(&[("host", "Riskdesk.example")])).unwrap();
        assert!(is_origin("https://riskdesk.example", &own));
        for origin in
            ["http://riskdesk.example", "https://localhost", "https://riskdesk.example:8443"]
        {
            assert!(!is_origin(origin, &own), "{origin}");
        }
        assert_eq!(hosts.check(&headers(&[("host", "localhost")])), Ok(own));
        for host in ["evil.example", "10.0.0.1", "riskdesk.example.evil.example"] {
            assert_eq!(hosts.check(&headers(&[("host", host)])), Err(Refusal::ForeignHost));
        }
    }

    #[test]
    fn without_one_a_name_is_taken_with_an_assertion_alone() {
        let hosts = Hosts::asserted();
        let check = |pairs: &[(&'static str, &str)]| hosts.check(&headers(pairs));
        for host in ["localhost:8787", "127.0.0.1", "10.0.0.1:80", "[fe80::1]"] {
            assert!(check(&[("host", host)]).is_ok(), "{host}");
        }
        let named = ("host", "riskdesk.example");
        for pass in [("cf-access-jwt-assertion", "x"), ("cookie", "a=b; CF_Authorization=x")] {
            assert_eq!(check(&[named, pass]), Ok(own("riskdesk.example")));
        }
        assert_eq!(check(&[named]), Err(Refusal::ForeignHost));
        assert_eq!(check(&[named, ("cookie", "a=b")]), Err(Refusal::ForeignHost));
        for odd in ["a@riskdesk.example", "risk desk"] {
            let odd = [("host", odd), ("cf-access-jwt-assertion", "x")];
            assert_eq!(check(&odd), Err(Refusal::ForeignHost), "{odd:?}");
        }
    }

    #[test]
    fn only_our_own_names_are_ours() {
        let hosts = Hosts::local("192.168.1.5:8787".parse().unwrap());
        for host in ["localhost:8787", "LOCALHOST", "127.0.0.1:1", "[::1]:8787", "192.168.1.5"] {
            assert!(hosts.check(&headers(&[("host", host)])).is_ok(), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "localhost.",
            "a@localhost",
            "127.0.0.1.nip.io",
            "127.0.0.2",
            "::1",
            "local host",
        ] {
            let verdict = hosts.check(&headers(&[("host", host)]));
            assert_eq!(verdict, Err(Refusal::ForeignHost), "{host}");
        }
        for pairs in [&[][..], &[("host", "")], &[("host", "localhost"), ("host", "localhost")]] {
            assert_eq!(hosts.check(&headers(pairs)), Err(Refusal::HostMissing));
        }
    }

    #[test]
    fn listening_everywhere_takes_any_address_but_no_name() {
        let hosts = Hosts::local("0.0.0.0:8787".parse().unwrap());
        for host in ["10.1.2.3:8787", "[fe80::1]", "localhost"] {
            assert!(hosts.check(&headers(&[("host", host)])).is_ok(), "{host}");
        }
        assert!(hosts.check(&headers(&[("host", "evil.example")])).is_err());
    }

    #[test]
    fn a_change_comes_from_our_own_pages_or_not_at_all() {
        const XHR: (&str, &str) = ("x-requested-with", "XMLHttpRequest");
        let host = own("localhost:8787");
        let check = |pairs: &[(&'static str, &str)]| same_origin(&headers(pairs), &host);
        let site = |site| ("sec-fetch-site", site);
        let origin = |origin| ("origin", origin);

        assert_eq!(check(&[XHR, site("same-origin")]), Ok(()));
        assert_eq!(check(&[XHR, origin("http://localhost:8787")]), Ok(()));
        assert_eq!(check(&[XHR, site("same-origin"), origin("https://localhost:8787")]), Ok(()));

        assert_eq!(check(&[site("same-origin")]), Err(Refusal::NoRequestedWith));
        assert_eq!(
            check(&[("x-requested-with", "fetch"), site("same-origin")]),
            Err(Refusal::NoRequestedWith)
        );
        for pairs in [
            &[XHR][..],
            &[XHR, site("cross-site")],
            &[XHR, site("same-site")],
            &[XHR, site("none")],
            &[XHR, site("same-origin"), site("same-origin")],
            &[XHR, site("same-origin"), origin("http://evil.example")],
            &[XHR, site("cross-site"), origin("http://localhost:8787")],
            &[XHR, origin("null")],
            &[XHR, origin("http://localhost")],
            &[XHR, origin("http://localhost:8787.evil.example")],
            &[XHR, origin("http://localhost:87870")],
            &[XHR, origin("http://evil@localhost:8787")],
            &[XHR, origin("file://localhost:8787")],
            &[XHR, origin("http://localhost:8787/")],
            &[XHR, XHR, site("same-origin")],
        ] {
            assert_eq!(check(pairs), Err(Refusal::CrossOrigin), "{pairs:?}");
        }
    }

    #[test]
    fn a_service_is_no_browser_but_another_sites_page_is() {
        let host = own("riskdesk.example");
        let check = |pairs: &[(&'static str, &str)]| not_foreign(&headers(pairs), &host);
        for pairs in
            [&[][..], &[("origin", "https://riskdesk.example")], &[("sec-fetch-site", "none")]]
        {
            assert_eq!(check(pairs), Ok(()), "{pairs:?}");
        }
        for pairs in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", "https://riskdesk.example")],
        ] {
            assert_eq!(check(pairs), Err(Refusal::CrossOrigin), "{pairs:?}");
        }
    }
}
