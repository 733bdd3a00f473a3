//! What can be told of an integration from what Cloudflare reports, without a request to anyone:
//! a list of checks, each passed or with its problem.
//!
//! That a tenant answers can't be told from here. Whether its address is one that Cloudflare can
//! reach at all (a public host name and nothing else) can.

use crate::{AccountId, Integration, TenantUrl, TenantUrlError};

/// What is looked at, in the order in which it is mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Check {
    Https,
    /// A public host name and nothing else.
    Address,
    /// The tenant's own address, not a custom domain.
    OktaDomain,
    TenantOnce,
    Reference,
    ReferenceOnce,
    WellKnown,
    /// It has an ID, and belongs to the account that is asked.
    Account,
    Active,
}

/// Why a check did not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    NotHttps,
    Address(TenantUrlError),
    /// The host is none of Okta's own domains, so it is probably a custom one.
    CustomDomain,
    /// So many others send to the same tenant.
    TenantShared(usize),
    NoReference,
    /// By convention it is the UUID of the Okta identity provider in Zero Trust.
    ReferenceNotUuid,
    /// So many others have the same reference ID.
    ReferenceShared(usize),
    NoWellKnown,
    /// Relative, or not https: Okta takes an absolute https URL.
    WellKnownNotAbsolute,
    NoId,
    OtherAccount,
    Paused,
}

impl Problem {
    /// Whether it may be meant so: to be looked at rather than mended.
    #[must_use]
    pub fn may_be_meant(self) -> bool {
        matches!(self, Self::CustomDomain | Self::ReferenceNotUuid | Self::Paused)
    }
}

/// A check and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    pub check: Check,
    pub problem: Option<Problem>,
}

/// Examines one of `all` the integrations of `account`. What can't be told for want of something
/// that failed before (the domain of an address that is none) is left out.
#[must_use]
pub fn examine(one: &Integration, all: &[Integration], account: &AccountId) -> Vec<Checked> {
    let address: Result<TenantUrl, _> = one.tenant_url.parse();
    let https = address != Err(TenantUrlError::NotHttps) && address != Err(TenantUrlError::Empty);
    let mut list = Vec::with_capacity(9);
    let mut add = |check, problem| list.push(Checked { check, problem });

    add(Check::Https, (!https).then_some(Problem::NotHttps));
    if https {
        add(Check::Address, address.as_ref().err().map(|why| Problem::Address(*why)));
    }
    if let Ok(address) = &address {
        add(Check::OktaDomain, (!address.is_okta_domain()).then_some(Problem::CustomDomain));
    }
    let same_tenant = |other: &Integration| match (&address, other.tenant_url.parse()) {
        (Ok(one), Ok(other)) => *one == other,
        _ => !one.tenant_url.is_empty() && one.tenant_url == other.tenant_url,
    };
    add(Check::TenantOnce, others(all, same_tenant).map(Problem::TenantShared));

    let reference = one.reference_id.trim();
    add(
        Check::Reference,
        match reference {
            "" => Some(Problem::NoReference),
            text => (!is_uuid(text)).then_some(Problem::ReferenceNotUuid),
        },
    );
    if !reference.is_empty() {
        // A UUID is the same in whatever case (RFC 9562, section 4).
        let same = |other: &Integration| other.reference_id.trim().eq_ignore_ascii_case(reference);
        add(Check::ReferenceOnce, others(all, same).map(Problem::ReferenceShared));
    }
    add(Check::WellKnown, well_known(&one.well_known_url));
    add(
        Check::Account,
        match (one.id, one.account_tag.as_str()) {
            (None, _) => Some(Problem::NoId),
            (_, tag) => {
                (!tag.is_empty() && tag != account.as_str()).then_some(Problem::OtherAccount)
            }
        },
    );
    add(Check::Active, (!one.active).then_some(Problem::Paused));
    list
}

/// How many besides the one itself, which is among them; nothing if it is alone.
fn others(all: &[Integration], same: impl Fn(&Integration) -> bool) -> Option<usize> {
    all.iter().filter(|other| same(other)).count().checked_sub(1).filter(|others| *others > 0)
}

/// The form with hyphens, in which Cloudflare shows it.
fn is_uuid(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

fn well_known(url: &str) -> Option<Problem> {
    if url.trim().is_empty() {
        return Some(Problem::NoWellKnown);
    }
    let scheme = url.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"));
    let host = scheme && !url[8..].split(['/', '?', '#']).next().unwrap_or_default().is_empty();
    (!host).then_some(Problem::WellKnownNotAbsolute)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";
    const UUID: &str = "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10";

    fn healthy() -> Integration {
        Integration {
            id: UUID.parse().ok(),
            account_tag: ACCOUNT.into(),
            integration_type: "Okta".into(),
            reference_id: UUID.into(),
            tenant_url: "https://acme.okta.com".into(),
            well_known_url: "https://ssf.example/.well-known/sse-configuration/1".into(),
            active: true,
            created_at: None,
        }
    }

    fn problems(one: &Integration, others: &[Integration]) -> Vec<Problem> {
        let mut all = vec![one.clone()];
        all.extend_from_slice(others);
        let list = examine(one, &all, &ACCOUNT.parse().unwrap());
        list.into_iter().filter_map(|checked| checked.problem).collect()
    }

    #[test]
    fn a_healthy_integration_passes_every_check() {
        let one = healthy();
        let list = examine(&one, std::slice::from_ref(&one), &ACCOUNT.parse().unwrap());
        assert_eq!(list.len(), 9);
        assert!(list.iter().all(|checked| checked.problem.is_none()));
    }

    #[test]
    fn each_field_has_its_problem_and_no_other() {
        use Problem as P;
        type Change = fn(&mut Integration);
        let cases: [(Change, P); 14] = [
            (|i| i.tenant_url = "http://acme.okta.com".into(), P::NotHttps),
            (|i| i.tenant_url = String::new(), P::NotHttps),
            (|i| i.tenant_url += "/admin", P::Address(TenantUrlError::NotHostOnly)),
            (|i| i.tenant_url = "https://10.0.0.1".into(), P::Address(TenantUrlError::IpAddress)),
            (|i| i.tenant_url = "https://login.acme.com".into(), P::CustomDomain),
            (|i| i.reference_id = "  ".into(), P::NoReference),
            (|i| i.reference_id = "idp-1".into(), P::ReferenceNotUuid),
            (|i| i.reference_id = UUID.replace('-', ""), P::ReferenceNotUuid),
            (|i| i.well_known_url = String::new(), P::NoWellKnown),
            (|i| i.well_known_url = "/.well-known/x".into(), P::WellKnownNotAbsolute),
            (|i| i.well_known_url = "https:///x".into(), P::WellKnownNotAbsolute),
            (|i| i.id = None, P::NoId),
            (|i| i.account_tag = "f".repeat(32), P::OtherAccount),
            (|i| i.active = false, P::Paused),
        ];
        for (change, problem) in cases {
            let mut one = healthy();
            change(&mut one);
            assert_eq!(problems(&one, &[]), [problem]);
        }
    }

    #[test]
    fn two_of_a_kind_are_found_however_they_are_written() {
        let other = Integration {
            tenant_url: "https://ACME.okta.com/".into(),
            reference_id: UUID.to_uppercase(),
            ..healthy()
        };
        let found = [Problem::TenantShared(1), Problem::ReferenceShared(1)];
        assert_eq!(problems(&healthy(), std::slice::from_ref(&other)), found);
        assert_eq!(problems(&healthy(), &[other.clone(), other])[0], Problem::TenantShared(2));
    }

    #[test]
    fn two_that_say_nothing_are_not_alike() {
        let empty = Integration::default();
        let found = problems(&empty, std::slice::from_ref(&empty));
        assert_eq!(
            found,
            [
                Problem::NotHttps,
                Problem::NoReference,
                Problem::NoWellKnown,
                Problem::NoId,
                Problem::Paused
            ]
        );
    }
}
