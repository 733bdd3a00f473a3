//! The gate as one table: request in, verdict out, nothing upstream on a refusal.

use http::{HeaderMap, Method, Uri, header};
use model::Role;

use super::*;
use crate::{
    ApiToken, Hosts, Pace, Upstream,
    testing::{NoHost, ready},
};

const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";
const ID: &str = "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10";
const CANARY: &str = "canary-token-5d1c";

fn gate(role: Role) -> Gate {
    Gate::new(Policy {
        account: ACCOUNT.parse().unwrap(),
        entry: Entry::Demo { role },
        hosts: Hosts::local("127.0.0.1:8787".parse().unwrap()),
        upstream: Upstream {
            base: Uri::from_static("https://api.example/client/v4"),
            token: ApiToken::new(CANARY).unwrap(),
        },
        require_reason: false,
        pace: Pace::FREE,
    })
}

/// A request as the app sends it; `{R}` is the service's path, `{ID}` an identifier.
fn request(method: &str, path: &str, extra: &[(&'static str, &str)], body: &str) -> Request<Bytes> {
    let risk = format!("/client/v4/accounts/{ACCOUNT}/zt_risk_scoring");
    let path = path.replace("{R}", &risk).replace("{ID}", ID);
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "127.0.0.1:8787")
        .header("x-requested-with", "XMLHttpRequest")
        .header("sec-fetch-site", "same-origin");
    if !body.is_empty() {
        request = request.header("content-type", "application/json");
    }
    let mut request = request.body(Bytes::copy_from_slice(body.as_bytes())).unwrap();
    for (name, value) in extra {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    request
}

fn judge(role: Role, request: &Request<Bytes>) -> Verdict {
    ready(gate(role).receive(&NoHost, request, DateTime::UNIX_EPOCH))
}

fn forwarded(request: &Request<Bytes>) -> Forward {
    match judge(Role::Admin, request) {
        Verdict::Forward(forward) => *forward,
        other => panic!("{other:?}"),
    }
}

/// The status and code of an answer; a forwarded request has none.
fn refused(role: Role, request: &Request<Bytes>) -> Option<(u16, i64)> {
    let Verdict::Answer(response) = judge(role, request) else { return None };
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert!(response.headers().contains_key("content-security-policy"));
    let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
    assert!(!body.to_string().contains(CANARY));
    Some((response.status().as_u16(), body["errors"][0]["code"].as_i64().unwrap_or_default()))
}

const LEVELS: &str = r#"{"behaviors":{"imp_travel":{"enabled":true,"risk_level":"high"}}}"#;
const CREATE: &str = r#"{"integration_type":"Okta","tenant_url":"https://acme.okta.com"}"#;
const UPDATE: &str = r#"{"tenant_url":"https://acme.okta.com","active":true,"reference_id":null}"#;

#[test]
fn the_eleven_operations_are_forwarded() {
    for (method, path, body) in [
        ("GET", "{R}/summary", ""),
        ("GET", "{R}/{ID}", ""),
        ("POST", "{R}/{ID}/reset", ""),
        ("GET", "{R}/behaviors", ""),
        ("PUT", "{R}/behaviors", LEVELS),
        ("GET", "{R}/integrations", ""),
        ("POST", "{R}/integrations", CREATE),
        ("GET", "{R}/integrations/{ID}", ""),
        ("GET", "{R}/integrations/reference_id/50%25%20sure", ""),
        ("PUT", "{R}/integrations/{ID}", UPDATE),
        ("DELETE", "{R}/integrations/{ID}", ""),
    ] {
        let request = request(method, path, &[], body);
        let forward = forwarded(&request);
        assert_eq!(forward.request.method(), method);
        assert_eq!(
            forward.request.uri().to_string(),
            format!("https://api.example{}", request.uri())
        );
        assert_eq!(forward.change.is_some(), method != "GET", "{method} {path}");
        assert_eq!(forward.request.body().is_empty(), body.is_empty());
        assert_eq!(forward.deadline.as_secs(), if path.ends_with("summary") { 60 } else { 15 });
    }
}

#[test]
fn nothing_of_the_client_goes_upstream_but_what_was_parsed() {
    let extra = [
        ("authorization", "Bearer stolen"),
        ("cookie", "a=b"),
        ("x-forwarded-for", "10.0.0.1"),
        ("x-auth-key", "key"),
        ("user-agent", "curl"),
        ("accept", "text/html"),
        ("x-riskdesk-reason", "because"),
        ("x-riskdesk-batch", "0198c1de-5d2f-7c3a-9f4e-3b1a2c4d5e6f"),
        ("if-match", "*"),
        ("x-http-method-override", "DELETE"),
    ];
    let forward = forwarded(&request("PUT", "{R}/behaviors", &extra, LEVELS));
    let headers: &HeaderMap = forward.request.headers();
    let mut names: Vec<_> = headers.keys().map(http::HeaderName::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "authorization", "content-type", "user-agent"]);
    assert_eq!(headers[header::ACCEPT], "application/json");
    assert_eq!(headers[header::USER_AGENT], concat!("riskdesk/", env!("CARGO_PKG_VERSION")));
    assert_eq!(headers[header::AUTHORIZATION], format!("Bearer {CANARY}"));
    assert!(!format!("{forward:?}").contains(CANARY));
    assert!(!format!("{:?}", gate(Role::Admin)).contains(CANARY));
    assert_eq!(forward.request.method(), Method::PUT);
}

#[test]
fn a_change_is_on_record() {
    let batch = "0198c1de-5d2f-7c3a-9f4e-3b1a2c4d5e6f";
    let extra = [("x-riskdesk-reason", "Laptop%20found"), ("x-riskdesk-batch", batch)];
    let change = forwarded(&request("POST", "{R}/{ID}/reset", &extra, "")).change.unwrap();
    assert_eq!((change.actor.as_str(), change.role), ("Demo", Role::Admin));
    assert_eq!((change.operation, change.target.as_deref()), ("reset_user", Some(ID)));
    assert_eq!(change.reason.as_ref().unwrap().as_str(), "Laptop found");
    let found = change.compare(None).expect("nothing to compare");
    assert_eq!(change.intent("id", found).batch.as_deref(), Some(batch));
    assert_eq!(change.at, DateTime::UNIX_EPOCH);
}

#[test]
fn before_a_change_comes_a_look() {
    let looked = |method, path, body| {
        let change = forwarded(&request(method, path, &[], body)).change.unwrap();
        change.look.map(|look| {
            assert_eq!(look.method(), Method::GET);
            assert_eq!(look.headers()[header::AUTHORIZATION], format!("Bearer {CANARY}"));
            assert!(look.body().is_empty());
            let (_, path) = look.uri().path().split_once("/zt_risk_scoring").unwrap();
            path.replace(ID, "{ID}")
        })
    };
    for (method, path, body, look) in [
        ("POST", "{R}/{ID}/reset", "", Some("/{ID}")),
        ("PUT", "{R}/behaviors", LEVELS, Some("/behaviors")),
        ("POST", "{R}/integrations", CREATE, None),
        ("PUT", "{R}/integrations/{ID}", UPDATE, Some("/integrations/{ID}")),
        ("DELETE", "{R}/integrations/{ID}", "", Some("/integrations/{ID}")),
    ] {
        assert_eq!(looked(method, path, body).as_deref(), look, "{method} {path}");
    }
}

#[test]
fn what_depends_on_the_look_waits_longer_for_it() {
    let look_time = |extra: &[(&'static str, &str)]| {
        forwarded(&request("PUT", "{R}/behaviors", extra, LEVELS)).change.unwrap().look_time()
    };
    assert_eq!(look_time(&[]).as_secs(), 3);
    assert_eq!(look_time(&[("if-match", "\"a\"")]).as_secs(), 10);
}

#[test]
fn the_audit_log_is_asked_for_in_plain_terms() {
    let request = request("GET", "/api/v1/audit?limit=5&state=unknown", &[], "");
    let Verdict::Audit(query) = judge(Role::Admin, &request) else { panic!("a query") };
    assert_eq!((query.limit, query.state), (5, Some(model::AuditState::Unknown)));
}

#[test]
fn anybody_in_the_demo_may_set_it() {
    let asked =
        |method, body| match judge(Role::Viewer, &request(method, "/api/v1/demo", &[], body)) {
            Verdict::Demo(change) => change,
            other => panic!("{other:?}"),
        };
    assert_eq!(asked("GET", ""), DemoChange::default());
    let change = asked("POST", r#"{"scenario":"incident","arrivals":true}"#);
    assert_eq!(change.scenario, Some(model::Scenario::Incident));
    assert_eq!((change.fault, change.arrivals), (None, Some(true)));
    let answer = demo::answer(model::Demo::default());
    let body: serde_json::Value = serde_json::from_slice(answer.body()).unwrap();
    let set = r#"{"scenario":"morning","fault":"none","latency_ms":0,"arrivals":false}"#;
    assert_eq!(body["result"], serde_json::from_str::<serde_json::Value>(set).unwrap());
    assert_eq!(answer.headers()["cache-control"], "no-store");
}

#[test]
fn every_refusal_is_an_answer_and_nothing_more() {
    let foreign: &[(&str, &str)] = &[("host", "evil.example")];
    let cross: &[(&str, &str)] = &[("sec-fetch-site", "cross-site")];
    for (method, path, extra, body, expected) in [
        ("GET", "http://127.0.0.1:8787{R}/summary", &[][..], "", (400, 994_001)),
        ("GET", "/users/..", &[], "", (400, 994_001)),
        ("GET", "{R}/summary?x=1", &[], "", (400, 994_003)),
        ("GET", "/api/v1/whoami?x", &[], "", (400, 994_003)),
        ("GET", "/api/v1/audit?order=asc", &[], "", (400, 994_003)),
        ("POST", "/api/v1/audit", &[], "", (405, 994_051)),
        ("GET", "/api/v1/demo?x", &[], "", (400, 994_003)),
        ("GET", "/api/v1/demo", &[], "{}", (400, 994_004)),
        ("POST", "/api/v1/demo", &[], "{", (400, 994_005)),
        ("POST", "/api/v1/demo", &[("x-requested-with", "x")], "{}", (403, 994_032)),
        ("POST", "/api/v1/demo", cross, "{}", (403, 994_033)),
        ("DELETE", "/api/v1/demo", &[], "", (405, 994_051)),
        ("POST", "/api/v1/demo", &[("content-type", "text/plain")], "{}", (415, 994_151)),
        ("POST", "/api/v1/demo", &[], "{\"users\":1}", (422, 994_221)),
        ("POST", "/api/v1/demo", &[], "{\"latency_ms\":5001}", (422, 994_221)),
        ("GET", "/api/v1/demo", foreign, "", (421, 994_211)),
        ("POST", "{R}/{ID}/reset", &[], "{}", (400, 994_004)),
        ("GET", "{R}/summary", &[], "{}", (400, 994_004)),
        ("PUT", "{R}/behaviors", &[], "{", (400, 994_005)),
        ("POST", "{R}/{ID}/reset", &[("x-riskdesk-reason", "%")], "", (400, 994_006)),
        ("POST", "{R}/{ID}/reset", &[("x-riskdesk-batch", "one")], "", (400, 994_000)),
        ("GET", "{R}/nobody", &[], "", (400, 994_007)),
        ("GET", "{R}/summary", &[("connection", "host")], "", (400, 994_008)),
        ("GET", "/", &[("x_requested_with", "")], "", (400, 994_008)),
        ("PUT", "{R}/behaviors", &[("if-match", "W/\"a\"")], LEVELS, (400, 994_009)),
        ("POST", "{R}/{ID}/reset", &[("if-match", "*")], "", (400, 994_009)),
        ("GET", "{R}/behaviors", &[("if-match", "*")], "", (400, 994_009)),
        ("POST", "{R}/{ID}/reset", &[("x-requested-with", "x")], "", (403, 994_032)),
        ("POST", "{R}/{ID}/reset", cross, "", (403, 994_033)),
        ("PUT", "{R}/behaviors", cross, LEVELS, (403, 994_033)),
        ("GET", "/api/v1/secrets", &[], "", (404, 994_041)),
        ("GET", "/client/v4/zones", &[], "", (404, 994_041)),
        ("GET", "/client/v4/accounts/x/zt_risk_scoring/summary", &[], "", (404, 994_042)),
        ("DELETE", "{R}/summary", &[], "", (405, 994_051)),
        ("HEAD", "{R}/summary", &[], "", (405, 994_051)),
        ("POST", "/users", &[], "", (405, 994_051)),
        ("PUT", "{R}/behaviors", &[("content-type", "text/plain")], LEVELS, (415, 994_151)),
        ("GET", "/healthz", foreign, "", (421, 994_211)),
        ("GET", "/", foreign, "", (421, 994_211)),
        ("GET", "{R}/summary", foreign, "", (421, 994_211)),
        ("PUT", "{R}/behaviors", &[], "{\"behaviors\":{},\"x\":1}", (422, 994_221)),
    ] {
        let request = request(method, path, extra, body);
        assert_eq!(refused(Role::Admin, &request), Some(expected), "{method} {path} {extra:?}");
    }
}

#[test]
fn a_reason_may_be_asked_for() {
    let mut gate = gate(Role::Admin);
    gate.policy.require_reason = true;
    let judge = |request: &Request<Bytes>| match ready(gate.receive(
        &NoHost,
        request,
        DateTime::UNIX_EPOCH,
    )) {
        Verdict::Answer(response) => response.status().as_u16(),
        _ => 0,
    };
    assert_eq!(judge(&request("POST", "{R}/{ID}/reset", &[], "")), 422);
    assert_eq!(judge(&request("POST", "{R}/{ID}/reset", &[("x-riskdesk-reason", "%20")], "")), 422);
    assert_eq!(judge(&request("POST", "{R}/{ID}/reset", &[("x-riskdesk-reason", "x")], "")), 0);
    assert_eq!(judge(&request("GET", "{R}/summary", &[], "")), 0);
}

#[test]
fn too_small_a_role_is_refused_before_the_body_is_looked_at() {
    for (role, method, path, allowed) in [
        (Role::Viewer, "GET", "{R}/summary", true),
        (Role::Operator, "GET", "/api/v1/audit?order=asc", false),
        (Role::Operator, "GET", "/api/v1/audit", false),
        (Role::Admin, "GET", "/api/v1/audit", true),
        (Role::Viewer, "POST", "{R}/{ID}/reset", false),
        (Role::Operator, "POST", "{R}/{ID}/reset", true),
        (Role::Operator, "DELETE", "{R}/integrations/{ID}", false),
        (Role::Admin, "DELETE", "{R}/integrations/{ID}", true),
    ] {
        let verdict = refused(role, &request(method, path, &[], ""));
        assert_eq!(verdict, (!allowed).then_some((403, 994_031)), "{role} {method} {path}");
    }
    let broken = request("PUT", "{R}/behaviors", &[], "{");
    assert_eq!(refused(Role::Viewer, &broken), Some((403, 994_031)));
}

#[test]
fn whoami_and_health_are_answered_here() {
    let Verdict::Answer(response) =
        judge(Role::Operator, &request("GET", "/api/v1/whoami", &[], ""))
    else {
        panic!("whoami is ours to answer")
    };
    let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(
        body["result"],
        serde_json::json!({
            "kind": "demo", "name": "Demo", "role": "operator", "account_id": ACCOUNT,
            "expires_at": null, "logout_url": null, "demo": true,
        })
    );
    for path in ["/healthz", "/readyz"] {
        let Verdict::Answer(response) = judge(Role::Viewer, &request("GET", path, &[], "")) else {
            panic!("{path} is ours to answer")
        };
        assert_eq!(response.status(), 200);
    }
}

#[test]
fn https_is_kept_where_people_come_over_it() {
    let said = |hosts: Hosts| {
        let mut gate = gate(Role::Viewer);
        gate.policy.hosts = hosts;
        let mut headers = HeaderMap::new();
        gate.finish(&mut headers);
        headers.get("strict-transport-security").cloned()
    };
    let public = |url| said(Hosts::public(&Uri::from_static(url)));
    assert_eq!(public("https://riskdesk.example").unwrap(), "max-age=31536000");
    assert_eq!(public("http://localhost:8787"), None);
    assert_eq!(said(Hosts::local("127.0.0.1:8787".parse().unwrap())), None);
}
