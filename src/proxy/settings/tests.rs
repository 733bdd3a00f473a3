use std::num::NonZeroU32;

use super::*;

const AUD: &str = "32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228";

fn good() -> Values {
    [
        (ACCOUNT, "0123456789abcdef0123456789abcdef"),
        (TOKEN, "canary-5d1c"),
        (TEAM, "https://Acme.cloudflareaccess.com/"),
        (AUDIENCES, AUD),
        (ADMINS, "ana@corp.example, @ops.example"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

fn read(changes: &[(&str, &str)]) -> Result<Settings, Mistakes> {
    let mut values = good();
    values.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    Settings::read(values, |path| match path {
        "/run/token" => Ok("canary-from-file\n".to_owned()),
        "/run/odd" => Ok("canary and more".to_owned()),
        _ => Err("no such file".to_owned()),
    })
}

fn mistakes(changes: &[(&str, &str)]) -> Vec<Mistake> {
    read(changes).map(|_| ()).unwrap_err().0
}

#[test]
fn the_least_there_must_be() {
    let settings = read(&[]).unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8787");
    assert_eq!(settings.upstream.base, "https://api.cloudflare.com/client/v4");
    assert_eq!(settings.expected.issuer, "https://acme.cloudflareaccess.com");
    assert_eq!(settings.certs, "https://acme.cloudflareaccess.com/cdn-cgi/access/certs");
    assert_eq!(settings.expected.audiences, [AUD]);
    assert_eq!((settings.roles.admins.len(), settings.roles.viewers.len()), (2, 0));
    assert_eq!((settings.require_reason, settings.database.as_str()), (false, "riskdesk.db"));
    assert!(settings.compression);
    assert_eq!(settings.pace, Pace { caller: NonZeroU32::new(120), back_off: true });
    let policy = format!("{:?}", settings.policy());
    assert!(policy.contains("cdn-cgi/access/certs"), "{policy}");
    assert!(!format!("{settings:?} {policy}").contains("canary"));
}

#[test]
fn five_mistakes_are_five_messages() {
    let text = read(&[
        (LISTEN, "8787"),
        (ACCOUNT, "acme"),
        (TOKEN, "canary with blanks"),
        (TEAM, "http://acme.cloudflareaccess.com"),
        (ADMINS, "ana"),
    ])
    .unwrap_err()
    .to_string();
    assert_eq!(
        text,
        "5 mistakes in the settings:\n  \
         - RISKDESK_LISTEN has \"8787\", which is no address to listen on. Set it to an IP address \
         and a port, such as 127.0.0.1:8787 or [::1]:8787.\n  \
         - CLOUDFLARE_ACCOUNT_ID has \"acme\", which is no account ID. An account's ID has 32 \
         hexadecimal digits, in lower case.\n  \
         - CLOUDFLARE_API_TOKEN is no API token. A token is one line of visible ASCII characters \
         without spaces.\n  \
         - RISKDESK_ACCESS_TEAM_DOMAIN has \"http://acme.cloudflareaccess.com\", which is not https \
         (plain http is for this machine alone). Set it to a URL such as \
         https://acme.cloudflareaccess.com.\n  \
         - RISKDESK_ADMINS has \"ana\", which is no entry. An entry is an e-mail address, @DOMAIN, \
         group:NAME, service:CLIENT_ID, or * for whoever Access lets in."
    );
}

#[test]
fn nothing_at_all_is_every_missing_setting() {
    let Mistakes(mistakes) = Settings::read(Values::new(), |_| Err(String::new())).unwrap_err();
    let names: Vec<&str> = mistakes.iter().map(|mistake| mistake.setting.as_str()).collect();
    assert_eq!(names, [ACCOUNT, TOKEN, TEAM, AUDIENCES, ADMINS]);
    assert!(mistakes.iter().all(|mistake| mistake.problem.starts_with("is missing")));
    assert!(mistakes.iter().all(|mistake| mistake.fix.ends_with('.')));
}

#[test]
fn each_value_is_looked_at() {
    for (name, value, problem) in [
        (METRICS_LISTEN, "localhost:9000", "no address"),
        (BASE, "api.cloudflare.com", "no URL"),
        (BASE, "http://api.cloudflare.com/client/v4", "not https"),
        (BASE, "https://a:b@api.cloudflare.com", "a user"),
        (BASE, "https://api.cloudflare.com/?x=1", "a query"),
        (BASE, "ftp://127.0.0.1/", "not https"),
        (TEAM, "acme", "no URL"),
        (TEAM, "https://acme.cloudflareaccess.com/x", "a path"),
        (TEAM, "http://127.0.0.1.evil.example", "not https"),
        (AUDIENCES, "abc", "no audience tag"),
        (VIEWERS, "*@corp.example", "no entry"),
        (VIEWERS, "group:SecOps", "no claim holds groups"),
        (PUBLIC_URL, "riskdesk.example.com", "no URL"),
        (PUBLIC_URL, "https://riskdesk.example.com/app", "a path"),
        (REQUIRE_REASON, "yes", "neither true nor false"),
        (COMPRESSION, "zstd", "neither true nor false"),
        (CALLER_LIMIT, "-1", "no number of requests"),
        (CALLER_LIMIT, "1000001", "no number of requests"),
        (CALLER_LIMIT, "600/min", "no number of requests"),
        (TOKEN, " ", "missing"),
    ] {
        let found = mistakes(&[(name, value)]);
        assert_eq!(found.len(), 1, "{name}={value}: {found:?}");
        assert_eq!(found[0].setting, name);
        assert!(found[0].problem.contains(problem), "{name}={value}: {}", found[0]);
    }
}

#[test]
fn what_is_set_is_taken() {
    let settings = read(&[
        (LISTEN, "[::1]:80"),
        (BASE, "http://127.0.0.1:4010/client/v4/"),
        (TEAM, "http://localhost:4011"),
        (GROUPS_CLAIM, "groups"),
        (OPERATORS, "group:SecOps,service:e367826f93b8d71185e03fe518aff3b4.access,"),
        (VIEWERS, "*"),
        (REQUIRE_REASON, "true"),
        (CALLER_LIMIT, "0"),
        (DATABASE, "/var/lib/riskdesk/audit.db"),
        (METRICS_LISTEN, "127.0.0.1:9090"),
    ])
    .unwrap();
    assert_eq!(settings.upstream.base, "http://127.0.0.1:4010/client/v4");
    assert_eq!(settings.expected.issuer, "http://localhost:4011");
    assert_eq!((settings.roles.operators.len(), settings.roles.viewers.len()), (2, 1));
    assert_eq!(settings.policy().pace.caller, None);
    assert!(settings.require_reason && settings.metrics_listen.is_some());
}

#[test]
fn the_token_may_be_in_a_file() {
    let settings = read(&[(TOKEN, ""), (TOKEN_FILE, "/run/token")]).unwrap();
    assert_eq!(settings.upstream.token.authorization(), "Bearer canary-from-file");
    for (changes, problem) in [
        (&[(TOKEN_FILE, "/run/token")][..], "both set"),
        (&[(TOKEN, ""), (TOKEN_FILE, "/run/none")], "no such file"),
        (&[(TOKEN, ""), (TOKEN_FILE, "/run/odd")], "no API token"),
    ] {
        let found = mistakes(changes);
        assert_eq!(found.len(), 1);
        assert!(found[0].problem.contains(problem), "{}", found[0]);
        assert!(!found[0].to_string().contains("canary"));
    }
}

#[test]
fn a_name_is_one_in_three_places() {
    let keys: Vec<String> = NAMES.iter().map(Name::key).collect();
    for name in NAMES {
        let env = name.key().to_ascii_uppercase();
        assert!(name.env == format!("RISKDESK_{env}") || name.env == format!("CLOUDFLARE_{env}"));
    }
    assert_eq!(keys[..4], ["listen", "account_id", "api_token", "api_token_file"]);
    let unique: std::collections::BTreeSet<&String> = keys.iter().collect();
    assert_eq!(unique.len(), NAMES.len());
    assert_eq!(NAMES.iter().filter(|name| !name.is_public()).count(), 1);
}
