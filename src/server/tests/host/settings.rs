//! Settings from flags, environment and file, and `riskdesk check`.

use std::{fs, process::Output};

use conformance::{Access, TOKEN};

use crate::{
    program::{Server, run, run_with},
    serve::{Files, flags},
};

fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn five_mistakes_are_five_messages_and_nothing_starts() {
    let file = Files::new("");
    fs::write(file.path(), "access_aud = ['x']\nadmins = ['*']\nlisten = '127.0.0.1:0'\n").unwrap();
    let path = file.path();
    for command in ["serve", "check"] {
        let output = run_with(
            &[command, "--config", &path, "--account-id", "acme", "--viewers", "ana"],
            &[("RISKDESK_ACCESS_TEAM_DOMAIN", "acme"), ("CLOUDFLARE_API_TOKEN", "canary a b")],
        );
        let text = text(&output);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(text.starts_with("error: 5 mistakes in the settings:\n"), "{text}");
        for name in [
            "CLOUDFLARE_ACCOUNT_ID",
            "CLOUDFLARE_API_TOKEN",
            "RISKDESK_ACCESS_TEAM_DOMAIN",
            "RISKDESK_ACCESS_AUD",
            "RISKDESK_VIEWERS",
        ] {
            assert!(text.contains(&format!("\n  - {name} ")), "{name}: {text}");
        }
        assert!(!text.contains("canary"), "{text}");
    }
}

#[test]
fn flags_come_before_the_environment_and_that_before_the_file() {
    let file = Files::new("");
    fs::write(file.path(), "listen = 'file'\naccount_id = 'file'\nbase_url = 'file'\n").unwrap();
    let path = file.path();
    let output = run_with(
        &["serve", "--config", &path, "--listen", "flag"],
        &[("RISKDESK_LISTEN", "environment"), ("CLOUDFLARE_ACCOUNT_ID", "environment")],
    );
    let text = text(&output);
    for line in ["LISTEN has \"flag\"", "ID has \"environment\"", "BASE_URL has \"file\""] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert_eq!(run(&["serve", "--config", "/nowhere"]).status.code(), Some(2));
}

#[test]
fn a_check_names_the_permission_that_is_missing() {
    let access = Access::start();
    let sim = Server::start(&["sim", "--users", "20"]);
    let check = |token: &str| {
        let files = Files::new(token);
        let flags = flags(&access, sim.address, &files);
        let arguments = ["check"].into_iter().chain(flags.iter().map(String::as_str));
        text(&run(&arguments.collect::<Vec<_>>()))
    };
    let said = check("lacks-pii-read");
    assert!(said.contains("lacks the permission Zero Trust: PII Read"), "{said}");
    assert_eq!(said.matches("BAD:  ").count(), 1, "{said}");
    let said = check("lacks-zt-write");
    assert!(said.contains("only a change can tell") && !said.contains("BAD"), "{said}");
}

#[test]
fn a_check_says_what_works() {
    let access = Access::start();
    let sim = Server::start(&["sim", "--users", "20", "--token", TOKEN]);
    let check = |token: &str| {
        let token = Files::new(token);
        let flags = flags(&access, sim.address, &token);
        let arguments = ["check"].into_iter().chain(flags.iter().map(String::as_str));
        run(&arguments.collect::<Vec<_>>())
    };
    let good = check(TOKEN);
    assert_eq!(good.status.code(), Some(0), "{}", text(&good));
    assert_eq!(text(&good).matches("good: ").count(), 4, "{}", text(&good));
    let bad = check("canary-of-another");
    assert_eq!(bad.status.code(), Some(1), "{}", text(&bad));
    assert_eq!(text(&bad).matches("BAD:  ").count(), 2, "{}", text(&bad));
    assert!(!text(&good).contains("canary") && !text(&bad).contains("canary"));
}
