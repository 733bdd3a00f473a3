//! Which of Riskdesk's addresses a request names:
//!
//! - `/healthz`, `/readyz`
//! - `/api/v1/whoami`, `/api/v1/audit`; in the demo, `/api/v1/demo`
//! - `/client/v4/accounts/{account_id}/zt_risk_scoring/**`: the eleven operations
//! - all else under `/api` and `/client`: nothing, and never the app
//! - all else: the app

use http::Method as HttpMethod;
use model::{AccountId, Method, Operation, operations::RouteError};
use percent_encoding::percent_decode_str;

use crate::{assets::AppPath, refusal::Refusal};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Health,
    Ready,
    Whoami,
    Audit,
    Demo,
    Operation(Operation),
    App(AppPath),
}

impl Route {
    /// The name in metrics: one of a few words, whatever the request says.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Health => "healthz",
            Self::Ready => "readyz",
            Self::Whoami => "whoami",
            Self::Audit => "audit",
            Self::Demo => "demo",
            Self::Operation(operation) => operation.kind().spec().name,
            Self::App(_) => "app",
        }
    }
}

/// The route of a request to this account, in the demo or not.
pub(crate) fn find(
    method: &HttpMethod,
    path: &str,
    account: &AccountId,
    is_demo: bool,
) -> Result<Route, Refusal> {
    match path {
        "/healthz" => read_only(method).map(|()| Route::Health),
        "/readyz" => read_only(method).map(|()| Route::Ready),
        "/api/v1/whoami" => read_only(method).map(|()| Route::Whoami),
        "/api/v1/audit" => read_only(method).map(|()| Route::Audit),
        "/api/v1/demo" if is_demo => match *method {
            HttpMethod::GET | HttpMethod::HEAD | HttpMethod::POST => Ok(Route::Demo),
            _ => Err(Refusal::Method(vec![Method::Get, Method::Post])),
        },
        _ if is_data(path) => operation(method, path, account).map(Route::Operation),
        _ => {
            let path = AppPath::parse(path)?;
            read_only(method).map(|()| Route::App(path))
        }
    }
}

fn operation(method: &HttpMethod, path: &str, account: &AccountId) -> Result<Operation, Refusal> {
    let rest = path.strip_prefix("/client/v4/accounts/").ok_or(Refusal::NotFound)?;
    let (tag, rest) = rest.split_once('/').ok_or(Refusal::NotFound)?;
    let rest = rest.strip_prefix("zt_risk_scoring").ok_or(Refusal::NotFound)?;
    if tag != account.as_str() {
        return Err(Refusal::OtherAccount);
    }
    Operation::parse(method.as_str(), rest).map_err(|error| match error {
        RouteError::Unknown => Refusal::NotFound,
        RouteError::BadId => Refusal::BadId,
        RouteError::Method(methods) => Refusal::Method(methods),
    })
}

/// Whether the first segment is `api` or `client`, in any spelling: what looks like data to
/// anything in front of us must not turn out to be the app, nor the other way round.
fn is_data(path: &str) -> bool {
    let first = path.trim_start_matches('/').split(['/', ';', '\\']).next().unwrap_or_default();
    let first = percent_decode_str(first).decode_utf8_lossy().to_ascii_lowercase();
    matches!(first.as_str(), "api" | "client")
}

fn read_only(method: &HttpMethod) -> Result<(), Refusal> {
    match *method {
        HttpMethod::GET | HttpMethod::HEAD => Ok(()),
        _ => Err(Refusal::Method(vec![Method::Get])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";
    const ID: &str = "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10";

    fn get(path: &str) -> Result<Route, Refusal> {
        find(&HttpMethod::GET, path, &ACCOUNT.parse().unwrap(), false)
    }

    #[test]
    fn every_address_has_one_meaning() {
        let risk = format!("/client/v4/accounts/{ACCOUNT}/zt_risk_scoring");
        assert_eq!(get("/healthz"), Ok(Route::Health));
        assert_eq!(get("/readyz"), Ok(Route::Ready));
        assert_eq!(get("/api/v1/whoami"), Ok(Route::Whoami));
        assert_eq!(get("/api/v1/audit"), Ok(Route::Audit));
        assert_eq!(get(&format!("{risk}/summary")), Ok(Route::Operation(Operation::Summary)));
        assert_eq!(
            get(&format!("{risk}/{ID}")),
            Ok(Route::Operation(Operation::User(ID.parse().unwrap())))
        );
        assert_eq!(get(&format!("{risk}/nobody")), Err(Refusal::BadId));
        for path in ["/", "/users", "/clients", "/users/api"] {
            assert!(matches!(get(path), Ok(Route::App(_))), "{path}");
        }
    }

    #[test]
    fn nothing_else_is_reachable() {
        let other = "f".repeat(32);
        for path in [
            format!("/client/v4/accounts/{ACCOUNT}/zt_risk_scoring"),
            format!("/client/v4/accounts/{ACCOUNT}/zt_risk_scoring/summary/"),
            format!("/client/v4/accounts/{ACCOUNT}/zt_risk_scoring_x/summary"),
            format!("/client/v4/accounts/{ACCOUNT}/access/users"),
            format!("/client/v4/accounts/{ACCOUNT}//zt_risk_scoring/summary"),
            format!("/Client/v4/accounts/{ACCOUNT}/zt_risk_scoring/summary"),
            format!("/client/V4/accounts/{ACCOUNT}/zt_risk_scoring/summary"),
            format!("//client/v4/accounts/{ACCOUNT}/zt_risk_scoring/summary"),
            format!("/%63lient/v4/accounts/{ACCOUNT}/zt_risk_scoring/summary"),
            format!("/client;x/v4/accounts/{ACCOUNT}/zt_risk_scoring/summary"),
            "/client/v4/user/tokens".to_owned(),
            "/client".to_owned(),
            "/api".to_owned(),
            "/api/v1/".to_owned(),
            "/API/v1/whoami".to_owned(),
            "/api/v1/whoami.css".to_owned(),
            "/api/v1/demo".to_owned(),
        ] {
            assert_eq!(get(&path), Err(Refusal::NotFound), "{path}");
        }
        for tag in [other.as_str(), "", "..", "0123456789ABCDEF0123456789ABCDEF"] {
            let path = format!("/client/v4/accounts/{tag}/zt_risk_scoring/summary");
            assert_eq!(get(&path), Err(Refusal::OtherAccount), "{path}");
        }
    }

    #[test]
    fn a_method_is_what_the_address_takes() {
        let account: AccountId = ACCOUNT.parse().unwrap();
        let risk = format!("/client/v4/accounts/{ACCOUNT}/zt_risk_scoring");
        for method in ["POST", "TRACE", "OPTIONS", "get"] {
            let method = HttpMethod::from_bytes(method.as_bytes()).unwrap();
            for path in ["/", "/healthz", "/api/v1/whoami", "/api/v1/audit"] {
                let route = find(&method, path, &account, false);
                assert!(matches!(route, Err(Refusal::Method(_))), "{path}");
            }
            let summary = format!("{risk}/summary");
            let route = find(&method, &summary, &account, false);
            assert!(matches!(route, Err(Refusal::Method(_))));
        }
        let reset = format!("{risk}/{ID}/reset");
        assert_eq!(get(&reset), Err(Refusal::Method(vec![Method::Post])));
    }

    #[test]
    fn the_demo_has_an_address_more() {
        let account: AccountId = ACCOUNT.parse().unwrap();
        for (method, found) in [
            ("GET", Ok(Route::Demo)),
            ("HEAD", Ok(Route::Demo)),
            ("POST", Ok(Route::Demo)),
            ("PUT", Err(Refusal::Method(vec![Method::Get, Method::Post]))),
        ] {
            let method = HttpMethod::from_bytes(method.as_bytes()).unwrap();
            assert_eq!(find(&method, "/api/v1/demo", &account, true), found);
            let anywhere_else = find(&method, "/api/v1/demo", &account, false);
            assert_eq!(anywhere_else, Err(Refusal::NotFound));
        }
    }
}
