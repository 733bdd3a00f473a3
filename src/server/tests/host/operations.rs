//! docs/operations.md names what there is: every metric, and every field of the logs.

use conformance::{Access, RISK, TOKEN};
use serde_json::Value;

use crate::{
    program::Server,
    serve::{LEVELS, OWN_PAGE, ask, serve_with, user},
    wire::get,
};

const PAGE: &str = include_str!("../../../../docs/operations.md");

#[test]
fn every_metric_and_every_field_of_the_logs_is_documented() {
    let access = Access::start();
    let sim = Server::start(&["sim", "--users", "20", "--token", TOKEN]);
    let (mut server, _files) =
        serve_with(&access, sim.address, &["--metrics-listen", "127.0.0.1:0"]);
    let metrics = server.next_address();
    let admin = user(&access, "admin@corp.example");
    let change = format!("PUT {RISK}/behaviors");
    assert_eq!(ask(&server, &change, &admin, OWN_PAGE, LEVELS).status, 200);
    assert_eq!(get(server.address, "/api/v1/whoami").status, 401);
    drop(sim);
    assert_eq!(ask(&server, &change, &admin, OWN_PAGE, LEVELS).status, 502);

    let text = get(metrics, "/metrics").text();
    let served: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect();
    assert!(served.len() > 15, "{served:?}");
    for name in &served {
        assert!(PAGE.contains(&format!("| `{name}` |")), "the page lacks {name}");
    }
    let documented = PAGE.lines().filter_map(|line| line.strip_prefix("| `riskdesk_"));
    for name in documented.filter_map(|line| line.split('`').next()) {
        assert!(served.contains(&&*format!("riskdesk_{name}")), "{name} is not served: {served:?}");
    }

    server.terminate();
    let (_, logs) = server.finish();
    let lines: Vec<Value> =
        logs.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert!(lines.len() > 3, "{logs}");
    for line in &lines {
        for field in line.as_object().expect("a line is an object").keys() {
            assert!(PAGE.contains(&format!("`{field}`")), "the page lacks {field}: {line}");
        }
    }
    // What a request did can be followed through the logs.
    for message in ["nobody that Access vouches for", "change"] {
        let line = lines.iter().find(|line| line["message"] == message);
        assert!(line.is_some_and(|line| line["request_id"].is_string()), "{message}: {logs}");
    }
}
