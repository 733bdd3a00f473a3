//! The eleven operations of the vendor's service, as data: the one list that the client, the
//! proxy and the simulator share.
//!
//! | kind | method and path under `/accounts/{account_id}/zt_risk_scoring` | role |
//! |---|---|---|
//! | `Summary` | GET `/summary` | viewer |
//! | `User` | GET `/{user_id}` | viewer |
//! | `ResetUser` | POST `/{user_id}/reset` | operator |
//! | `Behaviors` | GET `/behaviors` | viewer |
//! | `UpdateBehaviors` | PUT `/behaviors` | admin |
//! | `Integrations` | GET `/integrations` | viewer |
//! | `CreateIntegration` | POST `/integrations` | admin |
//! | `Integration` | GET `/integrations/{id}` | viewer |
//! | `IntegrationByReference` | GET `/integrations/reference_id/{reference_id}` | viewer |
//! | `UpdateIntegration` | PUT `/integrations/{id}` | admin |
//! | `DeleteIntegration` | DELETE `/integrations/{id}` | admin |

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::{
    identity::Role,
    ids::{AccountId, IntegrationId, ReferenceId, UserId},
};

/// The methods the operations use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

impl Method {
    pub const ALL: [Self; 4] = [Self::Get, Self::Post, Self::Put, Self::Delete];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// The method of that name; names are case-sensitive (RFC 9110 §9.1).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == name)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An operation without its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperationKind {
    Summary,
    User,
    ResetUser,
    Behaviors,
    UpdateBehaviors,
    Integrations,
    CreateIntegration,
    Integration,
    IntegrationByReference,
    UpdateIntegration,
    DeleteIntegration,
}

/// What a request's body holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    None,
    UpdateBehaviors,
    CreateIntegration,
    UpdateIntegration,
}

/// What there is to know about an operation.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// The name in audit entries, metrics and logs.
    pub name: &'static str,
    pub method: Method,
    /// The path under the service, with its parameters in braces as the vendor's page has them.
    pub path: &'static str,
    /// The least role that may do it.
    pub role: Role,
    pub body: Body,
}

impl OperationKind {
    pub const ALL: [Self; 11] = [
        Self::Summary,
        Self::User,
        Self::ResetUser,
        Self::Behaviors,
        Self::UpdateBehaviors,
        Self::Integrations,
        Self::CreateIntegration,
        Self::Integration,
        Self::IntegrationByReference,
        Self::UpdateIntegration,
        Self::DeleteIntegration,
    ];

    #[must_use]
    pub const fn spec(self) -> Spec {
        use Role::{Admin, Operator, Viewer};
        let (name, method, path, role, body) = match self {
            Self::Summary => ("summary", Method::Get, "/summary", Viewer, Body::None),
            Self::User => ("user", Method::Get, "/{user_id}", Viewer, Body::None),
            Self::ResetUser => {
                ("reset_user", Method::Post, "/{user_id}/reset", Operator, Body::None)
            }
            Self::Behaviors => ("behaviors", Method::Get, "/behaviors", Viewer, Body::None),
            Self::UpdateBehaviors => {
                ("update_behaviors", Method::Put, "/behaviors", Admin, Body::UpdateBehaviors)
            }
            Self::Integrations => {
                ("integrations", Method::Get, "/integrations", Viewer, Body::None)
            }
            Self::CreateIntegration => (
                "create_integration",
                Method::Post,
                "/integrations",
                Admin,
                Body::CreateIntegration,
            ),
            Self::Integration => {
                ("integration", Method::Get, "/integrations/{integration_id}", Viewer, Body::None)
            }
            Self::IntegrationByReference => (
                "integration_by_reference",
                Method::Get,
                "/integrations/reference_id/{reference_id}",
                Viewer,
                Body::None,
            ),
            Self::UpdateIntegration => (
                "update_integration",
                Method::Put,
                "/integrations/{integration_id}",
                Admin,
                Body::UpdateIntegration,
            ),
            Self::DeleteIntegration => (
                "delete_integration",
                Method::Delete,
                "/integrations/{integration_id}",
                Admin,
                Body::None,
            ),
        };
        Spec { name, method, path, role, body }
    }

    /// Whether the operation changes something.
    #[must_use]
    pub fn is_write(self) -> bool {
        self.spec().method != Method::Get
    }
}

/// An operation with its parameters: all that a path can say, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    Summary,
    User(UserId),
    ResetUser(UserId),
    Behaviors,
    UpdateBehaviors,
    Integrations,
    CreateIntegration,
    Integration(IntegrationId),
    IntegrationByReference(ReferenceId),
    UpdateIntegration(IntegrationId),
    DeleteIntegration(IntegrationId),
}

/// Why a method and path name no operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteError {
    /// No operation has this path.
    Unknown,
    /// The path has the form of an operation's, its identifier doesn't.
    BadId,
    /// The path is right, the method isn't; these are.
    Method(Vec<Method>),
}

/// RFC 3986 §2.3: all but the unreserved characters are encoded.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl Operation {
    #[must_use]
    pub fn kind(&self) -> OperationKind {
        match self {
            Self::Summary => OperationKind::Summary,
            Self::User(_) => OperationKind::User,
            Self::ResetUser(_) => OperationKind::ResetUser,
            Self::Behaviors => OperationKind::Behaviors,
            Self::UpdateBehaviors => OperationKind::UpdateBehaviors,
            Self::Integrations => OperationKind::Integrations,
            Self::CreateIntegration => OperationKind::CreateIntegration,
            Self::Integration(_) => OperationKind::Integration,
            Self::IntegrationByReference(_) => OperationKind::IntegrationByReference,
            Self::UpdateIntegration(_) => OperationKind::UpdateIntegration,
            Self::DeleteIntegration(_) => OperationKind::DeleteIntegration,
        }
    }

    /// The path below the API's base URL, built from nothing but the parsed parameters.
    #[must_use]
    pub fn path(&self, account: &AccountId) -> String {
        let base = format!("/accounts/{account}/zt_risk_scoring");
        match self {
            Self::Summary => format!("{base}/summary"),
            Self::User(id) => format!("{base}/{id}"),
            Self::ResetUser(id) => format!("{base}/{id}/reset"),
            Self::Behaviors | Self::UpdateBehaviors => format!("{base}/behaviors"),
            Self::Integrations | Self::CreateIntegration => format!("{base}/integrations"),
            Self::Integration(id) | Self::UpdateIntegration(id) | Self::DeleteIntegration(id) => {
                format!("{base}/integrations/{id}")
            }
            Self::IntegrationByReference(reference) => {
                let reference = utf8_percent_encode(reference.as_str(), SEGMENT);
                format!("{base}/integrations/reference_id/{reference}")
            }
        }
    }

    /// The operation that `method` on `path` names; `path` is what follows
    /// `/zt_risk_scoring`, still percent-encoded.
    ///
    /// Only a reference ID may be percent-encoded, and it is decoded once. Static segments win
    /// over `{user_id}`, which is a UUID and so never one of them.
    ///
    /// # Errors
    /// [`RouteError`], telling an unknown path from a bad identifier and a wrong method.
    pub fn parse(method: &str, path: &str) -> Result<Self, RouteError> {
        let mut segments = path.split('/');
        if segments.next() != Some("") {
            return Err(RouteError::Unknown);
        }
        let segments: Vec<&str> = segments.collect();
        let method = Method::from_name(method);
        let choose = |choices: &[(Method, Self)]| {
            let found = choices.iter().find(|(allowed, _)| Some(*allowed) == method);
            found
                .map(|(_, operation)| operation.clone())
                .ok_or_else(|| RouteError::Method(choices.iter().map(|(m, _)| *m).collect()))
        };
        match *segments.as_slice() {
            ["summary"] => choose(&[(Method::Get, Self::Summary)]),
            ["behaviors"] => {
                choose(&[(Method::Get, Self::Behaviors), (Method::Put, Self::UpdateBehaviors)])
            }
            ["integrations"] => choose(&[
                (Method::Get, Self::Integrations),
                (Method::Post, Self::CreateIntegration),
            ]),
            ["integrations", id] => {
                let id: IntegrationId = id.parse().map_err(|_| RouteError::BadId)?;
                choose(&[
                    (Method::Get, Self::Integration(id)),
                    (Method::Put, Self::UpdateIntegration(id)),
                    (Method::Delete, Self::DeleteIntegration(id)),
                ])
            }
            ["integrations", "reference_id", reference] => {
                let reference =
                    percent_decode_str(reference).decode_utf8().map_err(|_| RouteError::BadId)?;
                let reference: ReferenceId = reference.parse().map_err(|_| RouteError::BadId)?;
                choose(&[(Method::Get, Self::IntegrationByReference(reference))])
            }
            [id] => {
                let id: UserId = id.parse().map_err(|_| RouteError::BadId)?;
                choose(&[(Method::Get, Self::User(id))])
            }
            [id, "reset"] => {
                let id: UserId = id.parse().map_err(|_| RouteError::BadId)?;
                choose(&[(Method::Post, Self::ResetUser(id))])
            }
            _ => Err(RouteError::Unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10";

    fn every_operation() -> Vec<Operation> {
        let user: UserId = ID.parse().unwrap();
        let integration: IntegrationId = ID.parse().unwrap();
        vec![
            Operation::Summary,
            Operation::User(user),
            Operation::ResetUser(user),
            Operation::Behaviors,
            Operation::UpdateBehaviors,
            Operation::Integrations,
            Operation::CreateIntegration,
            Operation::Integration(integration),
            Operation::IntegrationByReference("50% Zürich?#".parse().unwrap()),
            Operation::UpdateIntegration(integration),
            Operation::DeleteIntegration(integration),
        ]
    }

    #[test]
    fn what_path_builds_parse_reads() {
        let account: AccountId = "0123456789abcdef0123456789abcdef".parse().unwrap();
        let operations = every_operation();
        assert_eq!(operations.iter().map(Operation::kind).collect::<Vec<_>>(), OperationKind::ALL);
        for operation in operations {
            let path = operation.path(&account);
            let (_, rest) = path.split_once("/zt_risk_scoring").unwrap();
            let method = operation.kind().spec().method.as_str();
            assert_eq!(Operation::parse(method, rest), Ok(operation), "{path}");
        }
    }

    #[test]
    fn what_is_not_an_operation_is_refused() {
        for path in ["", "/", "summary", "//summary", "/summary/", "/a/b/c", "/Summary/x/y"] {
            assert!(
                matches!(
                    Operation::parse("GET", path),
                    Err(RouteError::Unknown | RouteError::BadId)
                ),
                "{path}"
            );
        }
        for path in ["/Summary", "/%73ummary", "/summary;x", "/summary/reset", "/..", "/%2e%2e"] {
            assert_eq!(Operation::parse("GET", path), Err(RouteError::BadId), "{path}");
        }
        for reference in ["%2f", "a%5cb", "%00", "%0d%0a", "%ff", "..", "%2e%2e"] {
            let path = format!("/integrations/reference_id/{reference}");
            assert_eq!(Operation::parse("GET", &path), Err(RouteError::BadId), "{path}");
        }
    }

    #[test]
    fn a_wrong_method_names_the_right_ones() {
        assert_eq!(
            Operation::parse("DELETE", "/behaviors"),
            Err(RouteError::Method(vec![Method::Get, Method::Put]))
        );
        for method in ["get", "TRACE", "HEAD", ""] {
            assert_eq!(
                Operation::parse(method, "/summary"),
                Err(RouteError::Method(vec![Method::Get])),
                "{method}"
            );
        }
    }
}
