//! Values to settings, one after the other: a mistake never keeps the next from being found.

use std::{collections::BTreeMap, net::SocketAddr, num::NonZeroU32};

use http::Uri;

use super::{
    ACCOUNT, ADMINS, AUDIENCES, BASE, CALLER_LIMIT, COMPRESSION, DATABASE, GROUPS_CLAIM, LISTEN,
    METRICS_LISTEN, OPERATORS, PUBLIC_URL, REQUIRE_REASON, Settings, TEAM, TOKEN, TOKEN_FILE,
    VIEWERS,
    mistake::{Mistake, Mistakes},
    url,
};
use crate::{
    access::{Expected, Member, Roles},
    origin::Hosts,
    pace::Pace,
    policy::Upstream,
    token::ApiToken,
};

/// Names as in the environment, and their values.
pub type Values = BTreeMap<String, String>;

/// How much of a wrong value is repeated.
const SHOWN: usize = 60;

/// What is wrong with a value, and what to do.
type Wrong = (String, &'static str);

pub(super) fn settings(
    values: Values,
    file: impl FnOnce(&str) -> Result<String, String>,
) -> Result<Settings, Mistakes> {
    let mut reader = Reader { values, mistakes: Vec::new() };
    let listen = reader.or(LISTEN, "127.0.0.1:8787", address);
    let account = reader.required(ACCOUNT, ACCOUNT_FIX, account);
    let token = reader.token(file);
    let base = reader.or(BASE, "https://api.cloudflare.com/client/v4", base);
    let team = reader.required(TEAM, TEAM_FIX, team);
    let audiences = reader.required(AUDIENCES, AUDIENCES_FIX, audiences);
    let groups_claim = reader.optional(GROUPS_CLAIM, |text| Ok(text.to_owned()));
    let roles = reader.roles(groups_claim.is_some());
    let public = reader.optional(PUBLIC_URL, public);
    let require_reason = reader.or(REQUIRE_REASON, "false", flag);
    let caller_limit = reader.or(CALLER_LIMIT, "120", limit);
    let compression = reader.or(COMPRESSION, "true", flag);
    let database = reader.or(DATABASE, "riskdesk.db", |text| Ok(text.to_owned()));
    let metrics_listen = reader.optional(METRICS_LISTEN, address);

    let mistakes = Mistakes(reader.mistakes);
    if !mistakes.0.is_empty() {
        return Err(mistakes);
    }
    let whole = || {
        let (issuer, certs) = team?;
        Some(Settings {
            listen: listen?,
            account: account?,
            upstream: Upstream { base: base?, token: token? },
            certs,
            expected: Expected { issuer, audiences: audiences?, groups_claim },
            roles,
            hosts: public.map_or_else(Hosts::asserted, |public| Hosts::public(&public)),
            require_reason: require_reason?,
            // Cloudflare's own limit is everybody's.
            pace: Pace { caller: NonZeroU32::new(caller_limit?), back_off: true },
            compression: compression?,
            database: database?,
            metrics_listen,
        })
    };
    whole().ok_or(mistakes)
}

struct Reader {
    values: Values,
    mistakes: Vec<Mistake>,
}

impl Reader {
    /// A setting's value, if there is one: an empty one is none.
    fn take(&mut self, name: &str) -> Option<String> {
        let value = self.values.remove(name)?;
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    fn mistake(&mut self, setting: &str, (problem, fix): Wrong) {
        self.mistakes.push(Mistake { setting: setting.to_owned(), problem, fix: fix.to_owned() });
    }

    fn keep<T>(&mut self, name: &str, parsed: Result<T, Wrong>) -> Option<T> {
        parsed.map_err(|wrong| self.mistake(name, wrong)).ok()
    }

    fn optional<T>(&mut self, name: &str, parse: fn(&str) -> Result<T, Wrong>) -> Option<T> {
        let value = self.take(name)?;
        self.keep(name, parse(&value))
    }

    fn or<T>(
        &mut self,
        name: &str,
        default: &str,
        parse: fn(&str) -> Result<T, Wrong>,
    ) -> Option<T> {
        let value = self.take(name);
        self.keep(name, parse(value.as_deref().unwrap_or(default)))
    }

    fn required<T>(
        &mut self,
        name: &str,
        fix: &'static str,
        parse: fn(&str) -> Result<T, Wrong>,
    ) -> Option<T> {
        let parsed = match self.take(name) {
            Some(value) => parse(&value),
            None => Err(("is missing".to_owned(), fix)),
        };
        self.keep(name, parsed)
    }

    /// The token, from its setting or its file. Neither its text nor the file's is ever repeated.
    fn token(&mut self, file: impl FnOnce(&str) -> Result<String, String>) -> Option<ApiToken> {
        let (name, text) = match (self.take(TOKEN), self.take(TOKEN_FILE)) {
            (Some(_), Some(_)) => {
                (TOKEN, Err((format!("and {TOKEN_FILE} are both set"), "Set one of them.")))
            }
            (None, None) => (TOKEN, Err(("is missing".to_owned(), TOKEN_FIX))),
            (Some(token), None) => (TOKEN, Ok(token)),
            (None, Some(path)) => (TOKEN_FILE, file(&path).map_err(unreadable)),
        };
        let not_a_token = |_| ("is no API token".to_owned(), TOKEN_FORM);
        let token = text.and_then(|text| ApiToken::new(text.trim()).map_err(not_a_token));
        self.keep(name, token)
    }

    fn roles(&mut self, has_groups: bool) -> Roles {
        let before = self.mistakes.len();
        let admins = self.members(ADMINS, has_groups);
        let operators = self.members(OPERATORS, has_groups);
        let viewers = self.members(VIEWERS, has_groups);
        let nobody = admins.is_empty() && operators.is_empty() && viewers.is_empty();
        if nobody && self.mistakes.len() == before {
            let problem =
                format!("is missing, as are {OPERATORS} and {VIEWERS}: nobody could come in");
            self.mistake(ADMINS, (problem, "Set it to an e-mail address, such as your own."));
        }
        Roles { admins, operators, viewers }
    }

    fn members(&mut self, name: &str, has_groups: bool) -> Vec<Member> {
        let list = self.take(name).unwrap_or_default();
        let mut members = Vec::new();
        for text in items(&list) {
            let parsed = match text.parse() {
                Ok(Member::Group(_)) if !has_groups => {
                    Err((format!("has {}, but no claim holds groups", shown(text)), GROUPS_FIX))
                }
                parsed => parsed.map_err(|_| wrong(text, "is no entry", MEMBER_FORM)),
            };
            members.extend(self.keep(name, parsed));
        }
        members
    }
}

const ACCOUNT_FIX: &str =
    "Set it to the account's ID: the dashboard has it in its address, after dash.cloudflare.com/.";
const TOKEN_FIX: &str = "Set it, or CLOUDFLARE_API_TOKEN_FILE to the file that holds it. The token needs the permissions Zero Trust: PII Read and Zero Trust: Write.";
const TOKEN_FORM: &str = "A token is one line of visible ASCII characters without spaces.";
const TEAM_FIX: &str = "Set it to the team domain, such as https://acme.cloudflareaccess.com: Zero Trust, Settings, Custom Pages.";
const AUDIENCES_FIX: &str = "Set it to the application's audience tag: Zero Trust, Access, Applications, your application, Overview.";
const MEMBER_FORM: &str = "An entry is an e-mail address, @DOMAIN, group:NAME, service:CLIENT_ID, or * for whoever Access lets in.";
const GROUPS_FIX: &str =
    "Set RISKDESK_GROUPS_CLAIM to the custom claim that does: an Access token has none by itself.";

fn address(text: &str) -> Result<SocketAddr, Wrong> {
    let fix = "Set it to an IP address and a port, such as 127.0.0.1:8787 or [::1]:8787.";
    text.parse().map_err(|_| wrong(text, "is no address to listen on", fix))
}

fn account(text: &str) -> Result<model::AccountId, Wrong> {
    let fix = "An account's ID has 32 hexadecimal digits, in lower case.";
    text.parse().map_err(|_| wrong(text, "is no account ID", fix))
}

fn base(text: &str) -> Result<Uri, Wrong> {
    let fix = "Leave it out, or set it to a URL such as https://api.cloudflare.com/client/v4.";
    url::parse(text).map_err(|problem| wrong(text, problem, fix))
}

/// The issuer, and where its keys are.
fn team(text: &str) -> Result<(String, Uri), Wrong> {
    let fix = "Set it to a URL such as https://acme.cloudflareaccess.com.";
    let uri = url::origin(text).map_err(|problem| wrong(text, problem, fix))?;
    let issuer = uri.to_string().trim_end_matches('/').to_owned();
    let certs = format!("{issuer}/cdn-cgi/access/certs");
    let certs = certs.parse().map_err(|_| wrong(text, "is no URL", fix))?;
    Ok((issuer, certs))
}

fn audiences(text: &str) -> Result<Vec<String>, Wrong> {
    let is_tag = |tag: &str| tag.len() == 64 && tag.bytes().all(|byte| byte.is_ascii_hexdigit());
    match items(text).find(|tag| !is_tag(tag)) {
        Some(odd) => Err(wrong(odd, "is no audience tag", "A tag has 64 hexadecimal digits.")),
        None => Ok(items(text).map(str::to_owned).collect()),
    }
}

fn public(text: &str) -> Result<Uri, Wrong> {
    let fix = "Set it to the address that people open, such as https://riskdesk.example.com.";
    url::origin(text).map_err(|problem| wrong(text, problem, fix))
}

fn flag(text: &str) -> Result<bool, Wrong> {
    text.parse().map_err(|_| wrong(text, "is neither true nor false", "Set it to true or false."))
}

fn limit(text: &str) -> Result<u32, Wrong> {
    let fix = "Set it to a whole number from 0, which is no limit, to 1000000.";
    let limit = text.parse().ok().filter(|limit| *limit <= 1_000_000);
    limit.ok_or_else(|| wrong(text, "is no number of requests a minute", fix))
}

fn unreadable(error: String) -> Wrong {
    let problem = format!("names a file that can't be read: {error}");
    (problem, "Set it to a file that Riskdesk may read.")
}

fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|item| !item.is_empty())
}

fn wrong(text: &str, problem: &str, fix: &'static str) -> Wrong {
    (format!("has {}, which {problem}", shown(text)), fix)
}

fn shown(text: &str) -> String {
    format!("{:?}", text.chars().take(SHOWN).collect::<String>())
}
