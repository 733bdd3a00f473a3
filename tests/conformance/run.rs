//! Puts the table to a host.

use std::{collections::BTreeMap, fmt};

use crate::{Answer, Call, Case, ID, RISK, Sent, TOKEN, Verdict};

/// Something that the table can be put to.
pub trait Host {
    /// What comes of sending this; nothing if it can't be sent to this host.
    fn send(&self, sent: &Sent) -> Option<Answer>;

    /// What went upstream since this was last asked.
    fn calls(&self) -> Vec<Call>;

    /// Why an answer that is not the table's is as good, where the host's own HTTP layer answers
    /// first. Calls upstream are counted all the same.
    fn accepts(&self, _: &Case, _: &Answer) -> Option<&'static str> {
        None
    }

    /// The verdict that holds here instead of the table's, and why: where the host's own HTTP layer
    /// leaves another request of what was sent.
    fn instead(&self, _: &Case) -> Option<(Verdict, &'static str)> {
        None
    }

    /// Headers that the host's runtime puts on what goes upstream.
    fn adds(&self) -> &'static [&'static str] {
        &[]
    }

    /// The same host with other keys published.
    fn keyed(&self, jwks: &str) -> Option<Box<dyn Host + '_>>;
}

/// How many cases there were, by the first letter of their IDs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    groups: BTreeMap<char, Group>,
    /// Accepted answers that are not the table's, by their reason.
    accepted: BTreeMap<&'static str, usize>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Group {
    /// Refused or answered by the host: nothing went upstream.
    kept: usize,
    sent: usize,
    skipped: usize,
}

impl Count {
    /// How many cases were run.
    #[must_use]
    pub fn ran(&self) -> usize {
        self.groups.values().map(|group| group.kept + group.sent).sum()
    }

    /// How many could not be sent to this host.
    #[must_use]
    pub fn skipped(&self) -> usize {
        self.groups.values().map(|group| group.skipped).sum()
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (letter, Group { kept, sent, skipped }) in &self.groups {
            writeln!(
                f,
                "{letter}: {kept} without a call upstream, {sent} with the one that is due, \
                 {skipped} not run"
            )?;
        }
        for (why, times) in &self.accepted {
            writeln!(f, "accepted {times} times: {why}")?;
        }
        write!(f, "{} cases run", self.ran())
    }
}

/// Sends each case and holds what comes of it against the table. A refusal is asked for twice: it
/// must not be remembered as anything else.
///
/// # Panics
/// With all that is not as it should be.
pub fn run<'a>(host: &dyn Host, cases: impl IntoIterator<Item = &'a Case>) -> Count {
    let mut count = Count::default();
    let mut wrong = Vec::new();
    host.calls();
    for case in cases {
        let own = case.jwks.as_deref().map(|jwks| host.keyed(jwks));
        let Some(host) = own.as_ref().map_or(Some(host), |own| own.as_deref()) else {
            count.groups.entry(letter(case)).or_default().skipped += 1;
            continue;
        };
        let instead = host.instead(case);
        let put = Case {
            verdict: instead.as_ref().map_or(&case.verdict, |(verdict, _)| verdict).clone(),
            ..case.clone()
        };
        let case = &put;
        let times = if matches!(case.verdict, Verdict::Refused(..)) { 2 } else { 1 };
        for time in 0..times {
            let Some(answer) = host.send(&case.sent) else {
                count.groups.entry(letter(case)).or_default().skipped += 1;
                break;
            };
            let calls = host.calls();
            if let Some((_, why)) = instead {
                *count.accepted.entry(why).or_default() += 1;
            }
            let mut verdict = judge(case, &answer).and_then(|()| of_every_answer(&answer));
            if verdict.is_err()
                && let Some(why) = host.accepts(case, &answer)
            {
                *count.accepted.entry(why).or_default() += 1;
                verdict = Ok(());
            }
            let verdict = verdict.and_then(|()| upstream(case, &calls, host.adds()));
            if time == 0 {
                let group = count.groups.entry(letter(case)).or_default();
                if calls.is_empty() {
                    group.kept += 1;
                } else {
                    group.sent += 1;
                }
            }
            if let Err(why) = verdict {
                let (id, what) = (case.id, &case.what);
                wrong.push(format!("{id}: {what}: {why}, but {answer:?} came, and {calls:?}"));
            }
        }
    }
    let late = host.calls();
    assert!(late.is_empty(), "went upstream after all: {late:?}");
    assert!(wrong.is_empty(), "{} of the cases:\n{}", wrong.len(), wrong.join("\n"));
    count
}

fn letter(case: &Case) -> char {
    case.id.chars().next().unwrap_or('?')
}

fn judge(case: &Case, answer: &Answer) -> Result<(), String> {
    for (name, value) in case.carries {
        if answer.header(name) != *value {
            return Err(format!("{name} must be {value:?}, and is {:?}", answer.header(name)));
        }
    }
    let right = match &case.verdict {
        Verdict::Refused(status, code) => {
            let envelope: Option<serde_json::Value> = serde_json::from_slice(&answer.body).ok();
            let own = envelope.is_some_and(|body| {
                body["success"] == false && body["errors"][0]["code"].as_i64() == Some(*code)
            });
            let plain = answer.header("content-type") == "application/json; charset=utf-8"
                && answer.header("cache-control") == "no-store"
                && answer.header("x-content-type-options") == "nosniff"
                && answer.header("content-security-policy").starts_with("default-src 'none';");
            own && plain && answer.status == *status
        }
        Verdict::Malformed => answer.status == 0 || (400..600).contains(&answer.status),
        Verdict::Harmless | Verdict::Split => true,
        Verdict::Forwarded(_) => answer.status == 200,
        Verdict::Answered(status) => answer.status == *status,
    };
    if right { Ok(()) } else { Err(format!("{:?} was due", case.verdict)) }
}

/// What holds for every answer: no redirect, no word for another site's page, no cookie, no token.
fn of_every_answer(answer: &Answer) -> Result<(), String> {
    if (300..400).contains(&answer.status) {
        return Err("no redirect was due".to_owned());
    }
    for (name, _) in &answer.headers {
        if matches!(name.as_str(), "location" | "refresh" | "set-cookie" | "server" | "via")
            || name.starts_with("access-control-")
        {
            return Err(format!("no {name} was due"));
        }
    }
    let csp = answer.header("content-security-policy");
    if !csp.is_empty() && !csp.contains("frame-ancestors 'none'") {
        return Err("our own policy was due".to_owned());
    }
    if answer.text().contains(TOKEN) { Err("the token is in it".to_owned()) } else { Ok(()) }
}

fn upstream(case: &Case, calls: &[Call], added: &[&str]) -> Result<(), String> {
    if let Some(odd) = calls.iter().find(|call| !is_ours(call, added)) {
        return Err(format!("{} must not go upstream as it did", odd.line));
    }
    let lines: Vec<&str> = calls.iter().map(|call| call.line.as_str()).collect();
    let right = match &case.verdict {
        Verdict::Refused(..) | Verdict::Malformed | Verdict::Answered(_) => lines.is_empty(),
        Verdict::Harmless => lines.len() <= 1 && lines.iter().all(|line| line.starts_with("GET ")),
        Verdict::Split => lines.len() <= 2 && lines.iter().all(|line| line.starts_with("GET ")),
        // Before a change comes a look.
        Verdict::Forwarded(line) => {
            let looks = lines.iter().filter(|other| *other != line);
            let may_look = usize::from(!line.starts_with("GET "));
            lines.contains(&line.as_str())
                && lines.len() <= 1 + may_look
                && looks.into_iter().all(|look| look.starts_with("GET "))
        }
    };
    if right { Ok(()) } else { Err(format!("{:?} was due upstream", case.verdict)) }
}

/// Whether a call is one of the operations on our account, with our own headers and those `added`.
fn is_ours(call: &Call, added: &[&str]) -> bool {
    const NAMES: [&str; 6] =
        ["accept", "authorization", "content-length", "content-type", "host", "user-agent"];
    let plain = call.headers.iter().all(|(name, value)| match name.as_str() {
        "authorization" => *value == format!("Bearer {TOKEN}"),
        name => NAMES.contains(&name) || added.contains(&name),
    });
    let path = call.line.split_once(' ').and_then(|(_, path)| path.strip_prefix(RISK));
    let (path, _) = path.map_or(("", ""), |path| path.split_once('?').unwrap_or((path, "")));
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let is_id = |text: &str| {
        text.len() == ID.len() && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
    };
    let is_text = |text: &str| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte);
        text.bytes().all(fits) && !matches!(text, "" | "." | "..") && !text.contains("%2F")
    };
    plain
        && match *segments.as_slice() {
            ["summary" | "behaviors" | "integrations"] => true,
            ["integrations", id] | [id] | [id, "reset"] => is_id(id),
            ["integrations", "reference_id", reference] => is_text(reference),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use std::{
        cell::{Cell, RefCell},
        panic::{AssertUnwindSafe, catch_unwind},
    };

    use super::*;
    use crate::Request;

    /// A host that answers everything in one way.
    struct Always {
        answer: &'static str,
        asked: Cell<bool>,
        /// What is sent upstream, once.
        call: RefCell<Option<String>>,
    }

    impl Host for Always {
        fn send(&self, _: &Sent) -> Option<Answer> {
            self.asked.set(true);
            Answer::parse(self.answer.as_bytes())
        }

        fn calls(&self) -> Vec<Call> {
            let headers = vec![("authorization".to_owned(), format!("Bearer {TOKEN}"))];
            let call = |line: &String| Call { line: line.clone(), headers, body: String::new() };
            let sent = if self.asked.get() { self.call.take() } else { None };
            sent.as_ref().map(call).into_iter().collect()
        }

        fn keyed(&self, _: &str) -> Option<Box<dyn Host + '_>> {
            None
        }
    }

    const REFUSED: &str = "HTTP/1.1 401 x\r\ncontent-type: application/json; charset=utf-8\r\n\
        cache-control: no-store\r\nx-content-type-options: nosniff\r\n\
        content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n\r\n\
        {\"success\":false,\"errors\":[{\"code\":994011}]}";

    fn passes(answer: &'static str, call: Option<&str>, verdict: Verdict) -> bool {
        let call = call.map(|line| line.replace("{R}", RISK));
        let case = Case {
            id: "J1",
            what: String::new(),
            sent: Sent::Request(Request::new("GET /")),
            jwks: None,
            verdict,
            carries: &[],
        };
        let host = Always { answer, asked: Cell::default(), call: RefCell::new(call) };
        catch_unwind(AssertUnwindSafe(|| run(&host, [&case]))).is_ok()
    }

    #[test]
    fn a_host_that_is_not_as_it_should_be_is_noticed() {
        let refused = || Verdict::Refused(401, 994_011);
        assert!(passes(REFUSED, None, refused()));
        assert!(!passes(REFUSED, None, Verdict::Refused(401, 994_012)));
        assert!(!passes(REFUSED, Some("GET {R}/summary"), refused()));
        assert!(!passes("HTTP/1.1 200 OK\r\n\r\n{}", None, refused()));
        assert!(!passes("HTTP/1.1 302 x\r\nlocation: //evil\r\n\r\n", None, Verdict::Harmless));
        assert!(!passes("HTTP/1.1 200 OK\r\nset-cookie: a\r\n\r\n", None, Verdict::Harmless));
        assert!(!passes("HTTP/1.1 200 OK\r\n\r\ncanary-token-77ab", None, Verdict::Harmless));

        let fine = "HTTP/1.1 200 OK\r\n\r\n{}";
        let read = || Verdict::Forwarded(format!("GET {RISK}/summary"));
        assert!(passes(fine, Some("GET {R}/summary"), read()));
        assert!(!passes(fine, None, read()));
        assert!(!passes(fine, Some("GET {R}/behaviors"), read()));
        assert!(passes(fine, Some("GET {R}/behaviors"), Verdict::Harmless));
        for elsewhere in [
            "GET /client/v4/user/tokens",
            "GET {R}/../user",
            "GET {R}/summary/",
            "PUT {R}/behaviors",
            "GET {R}/integrations/reference_id/..",
        ] {
            assert!(!passes(fine, Some(elsewhere), Verdict::Harmless), "{elsewhere}");
        }
    }
}
