use std::net::TcpListener;

use crate::program::run;

#[test]
fn wrong_usage_is_2_and_says_what_is_right() {
    for (arguments, says) in [
        (&["demo", "--users", "-1"][..], "a whole number from 0 to 1000000"),
        (&["demo", "--users", "many"], "a whole number from 0 to 1000000"),
        (&["demo", "--users", "1000001"], "a whole number from 0 to 1000000"),
        (&["demo", "--seed", "-1"], "a whole number from 0"),
        (&["demo", "--scenario", "busy"], "it must be quiet, morning, incident or outage"),
        (&["sim", "--scenario", "Quiet"], "it must be quiet, morning, incident or outage"),
        (&["demo", "--role", "king"], "the role must be viewer, operator or admin"),
        (&["demo", "--listen", "8787"], "an IP address and a port, such as 127.0.0.1:8787"),
        (&["sim", "--listen", "127.0.0.1:99999"], "an IP address and a port"),
        (&["demo", "--colour"], "unexpected argument '--colour'"),
        (&["sim", "--role", "admin"], "unexpected argument '--role'"),
        (&["audit", "export", "--format", "xml"], "invalid value 'xml'"),
        (&["audit", "verify", "--head", "1:x"], "a hash is 64 lower-case hexadecimal digits"),
        (&["dmeo"], "a similar subcommand exists: 'demo'"),
        (&[], "Usage: riskdesk"),
    ] {
        let output = run(arguments);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {text}");
        assert!(text.contains(says), "{arguments:?}: {text}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn help_and_version_are_everywhere() {
    for command in [&[][..], &["demo"], &["sim"], &["audit", "verify"], &["audit", "export"]] {
        let help = run(&[command, &["--help"]].concat());
        assert_eq!(help.status.code(), Some(0));
        assert!(String::from_utf8_lossy(&help.stdout).contains("Usage: riskdesk"));
        let version = run(&[command, &["--version"]].concat());
        assert_eq!(version.status.code(), Some(0));
        let text = String::from_utf8_lossy(&version.stdout).into_owned();
        assert!(text.contains(env!("CARGO_PKG_VERSION")), "{text}");
    }
}

#[test]
fn a_port_in_use_is_1_and_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for command in ["demo", "sim"] {
        let output = run(&[command, "--listen", &address]);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(text.starts_with(&format!("error: {address} is in use by another program")));
        assert!(text.contains("--listen 127.0.0.1:"), "{text}");
    }
}

#[test]
fn an_address_of_another_machine_is_1() {
    // RFC 5737: an address that belongs to nobody.
    let output = run(&["demo", "--listen", "192.0.2.1:8787"]);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("Choose an address of this machine"), "{text}");
}
