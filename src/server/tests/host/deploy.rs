//! What is under `deploy/` fits the program.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
};

use crate::{program::run, serve::Files};

fn deploy(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy").join(file)
}

fn text(file: &str) -> String {
    fs::read_to_string(deploy(file)).expect("it is there")
}

/// The names of the flags in the help of `riskdesk serve`.
fn flags() -> Vec<String> {
    let help = String::from_utf8(run(&["serve", "--help"]).stdout).expect("help is text");
    let flags = help.lines().filter_map(|line| line.trim_start().strip_prefix("--"));
    flags.filter_map(|flag| Some(flag.split([' ', ',']).next()?.to_owned())).collect()
}

#[test]
fn the_example_settings_are_taken_whole() {
    let files = Files::new("token");
    // It gets as far as listening, which the settings must be good for.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let _taken = TcpListener::bind(taken).unwrap();
    let path = deploy("riskdesk.toml");
    let output = run(&[
        "serve",
        "--config",
        path.to_str().unwrap(),
        "--api-token-file",
        &files.path(),
        "--listen",
        &taken.to_string(),
    ]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with(&format!("error: {taken} is in use")), "{said}");
}

#[test]
fn the_example_settings_name_every_setting() {
    let example = text("riskdesk.toml");
    let settings: Vec<String> = flags()
        .into_iter()
        .filter(|flag| !matches!(&flag[..], "config" | "help" | "version"))
        .collect();
    assert_eq!(settings.len(), 16, "{settings:?}");
    for setting in settings {
        let key = format!("{} = ", setting.replace('-', "_"));
        let is_there = |line: &str| line.trim_start_matches("# ").starts_with(&key);
        assert!(example.lines().any(is_there), "deploy/riskdesk.toml lacks {key}");
    }
}

#[test]
fn the_unit_starts_the_program_with_flags_that_it_has() {
    let unit = text("riskdesk.service");
    let start = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    assert!(
        start.starts_with("/usr/local/bin/riskdesk serve --config /etc/riskdesk/riskdesk.toml ")
    );
    let flags = flags();
    for flag in start.split(' ').filter_map(|word| word.strip_prefix("--")) {
        assert!(flags.iter().any(|known| known == flag), "--{flag}");
    }
    // The credential that is loaded is the one that is used, and its text is in no unit.
    assert!(
        unit.contains("\nLoadCredential=cloudflare-api-token:/etc/riskdesk/cloudflare-api-token\n")
    );
    assert!(start.contains("--api-token-file %d/cloudflare-api-token"));
    for hardening in ["DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict"] {
        assert!(unit.lines().any(|line| line == hardening), "{hardening}");
    }
}

#[test]
fn the_tunnel_and_the_settings_say_the_same() {
    let (tunnel, settings) = (text("cloudflared.yml"), text("riskdesk.toml"));
    let aud = "32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228";
    for (in_tunnel, in_settings) in [
        (format!("- {aud}"), format!("access_aud = [\"{aud}\"]")),
        (
            "hostname: riskdesk.example.com".to_owned(),
            "\"https://riskdesk.example.com\"".to_owned(),
        ),
        ("service: http://127.0.0.1:8787".to_owned(), "listen = \"127.0.0.1:8787\"".to_owned()),
        ("teamName: acme".to_owned(), "\"https://acme.cloudflareaccess.com\"".to_owned()),
    ] {
        assert!(tunnel.contains(&in_tunnel), "{in_tunnel}");
        assert!(settings.contains(&in_settings), "{in_settings}");
    }
    assert!(tunnel.contains("\n        required: true\n"));
}
