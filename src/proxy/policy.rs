//! The settings a gate goes by, and whether a role may do an operation.

use http::{HeaderMap, Uri};
use model::{AccountId, Operation, Role};

use crate::{
    access::{Entry, Identity},
    origin::{self, Hosts, Own},
    pace::Pace,
    refusal::Refusal,
    token::ApiToken,
};

/// What a gate goes by.
#[derive(Debug)]
pub struct Policy {
    /// The one account that is served.
    pub account: AccountId,
    pub entry: Entry,
    pub hosts: Hosts,
    pub upstream: Upstream,
    /// Whether a change must say why.
    pub require_reason: bool,
    pub pace: Pace,
}

/// Where requests go, and with what.
#[derive(Clone, Debug)]
pub struct Upstream {
    /// The API's base URL up to and including `/client/v4`; for an upstream in the same process
    /// its path alone.
    pub base: Uri,
    pub token: ApiToken,
}

/// Proof that an identity may do an operation; only [`permit`] makes one, and
/// [`crate::forward`] needs it.
#[derive(Debug)]
pub struct Permit {
    identity: Identity,
    operation: Operation,
}

/// Lets an identity do an operation, if its role is large enough and a change comes from the
/// app's own pages; a service's change only must not come from another site's.
pub(crate) fn permit(
    identity: Identity,
    operation: Operation,
    headers: &HeaderMap,
    own: &Own,
) -> Result<Permit, Refusal> {
    let (needed, held) = (operation.kind().spec().role, identity.role());
    if held < needed {
        return Err(Refusal::Role { needed, held });
    }
    if operation.kind().is_write() {
        if identity.has_browser() {
            origin::same_origin(headers, own)?;
        } else {
            origin::not_foreign(headers, own)?;
        }
    }
    Ok(Permit { identity, operation })
}

/// Lets an identity read the audit log, if its role is large enough.
pub(crate) fn may_audit(identity: &Identity) -> Result<(), Refusal> {
    let (needed, held) = (Role::Admin, identity.role());
    if held < needed { Err(Refusal::Role { needed, held }) } else { Ok(()) }
}

impl Permit {
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    #[must_use]
    pub fn operation(&self) -> &Operation {
        &self.operation
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use http::HeaderValue;
    use model::Role;

    use super::*;
    use crate::{
        access,
        testing::{NoHost, ready},
    };

    const ID: &str = "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10";

    fn own_page() -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-requested-with", HeaderValue::from_static("XMLHttpRequest"));
        headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
        headers
    }

    fn localhost() -> Own {
        let hosts = Hosts::local(([127, 0, 0, 1], 8787).into());
        let headers =
            HeaderMap::from_iter([(http::header::HOST, HeaderValue::from_static("localhost"))]);
        hosts.check(&headers).unwrap()
    }

    fn demo(role: Role) -> Identity {
        let (entry, headers) = (Entry::Demo { role }, HeaderMap::new());
        ready(access::identify(&entry, &NoHost, &headers, DateTime::UNIX_EPOCH)).unwrap()
    }

    #[test]
    fn a_role_may_do_what_the_contract_says() {
        use Role::{Admin, Operator, Viewer};
        let (user, integration) = (ID.parse().unwrap(), ID.parse().unwrap());
        for (operation, least) in [
            (Operation::Summary, Viewer),
            (Operation::User(user), Viewer),
            (Operation::ResetUser(user), Operator),
            (Operation::Behaviors, Viewer),
            (Operation::UpdateBehaviors, Admin),
            (Operation::Integrations, Viewer),
            (Operation::CreateIntegration, Admin),
            (Operation::Integration(integration), Viewer),
            (Operation::IntegrationByReference("x".parse().unwrap()), Viewer),
            (Operation::UpdateIntegration(integration), Admin),
            (Operation::DeleteIntegration(integration), Admin),
        ] {
            for role in Role::ALL {
                let identity = demo(role);
                let host = localhost();
                let verdict = permit(identity, operation.clone(), &own_page(), &host);
                assert_eq!(verdict.is_ok(), role >= least, "{operation:?} as {role}");
            }
        }
    }

    #[test]
    fn only_a_change_must_come_from_our_own_pages() {
        let identity = demo(Role::Admin);
        let host = localhost();
        let check = |operation| permit(identity.clone(), operation, &HeaderMap::new(), &host);
        assert!(check(Operation::Summary).is_ok());
        assert!(check(Operation::UpdateBehaviors).is_err());
    }
}
