//! The query of `/api/v1/audit`, read and written in one place.
//!
//! | parameter | |
//! |---|---|
//! | `limit` | 1 to 1000 lines; 100 where it is left out |
//! | `cursor` | the one of the page before: its last line's ID |
//! | `actor` | the name on record, in whatever case |
//! | `operation` | an operation that changes something |
//! | `target` | an ID as it stands, or a name in whatever case |
//! | `state` | one of [`AuditState`] |
//! | `since`, `until` | RFC 3339; `since` is part of the span, `until` isn't |

use chrono::{DateTime, SecondsFormat, Utc};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::AuditState;
use crate::operations::OperationKind;

/// Which lines, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AuditQuery {
    pub limit: u32,
    /// Only lines older than this one.
    pub cursor: Option<u64>,
    pub actor: Option<String>,
    pub operation: Option<OperationKind>,
    pub target: Option<String>,
    pub state: Option<AuditState>,
    pub since: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
}

/// The part of a query that can't be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct AuditQueryError(pub String);

/// The longest name that is looked for, in characters.
const TEXT_LENGTH: usize = 320;

impl Default for AuditQuery {
    fn default() -> Self {
        Self {
            limit: 100,
            cursor: None,
            actor: None,
            operation: None,
            target: None,
            state: None,
            since: None,
            until: None,
        }
    }
}

impl AuditQuery {
    pub const MAX_LIMIT: u32 = 1_000;

    /// Reads a query without its question mark, form-encoded as browsers write it. An unknown,
    /// repeated or odd parameter is refused: a filter that is quietly ignored shows the wrong
    /// lines.
    ///
    /// # Errors
    /// [`AuditQueryError`], with the pair that can't be taken.
    pub fn parse(query: &str) -> Result<Self, AuditQueryError> {
        let mut parsed = Self::default();
        let mut seen = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let taken = pair.split_once('=').and_then(|(name, value)| {
                let new = !seen.contains(&name);
                seen.push(name);
                if new { parsed.take(name, &decoded(value)?) } else { None }
            });
            taken.ok_or_else(|| AuditQueryError(pair.to_owned()))?;
        }
        Ok(parsed)
    }

    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "limit" => {
                let limit = value.parse().ok();
                self.limit = limit.filter(|limit| (1..=Self::MAX_LIMIT).contains(limit))?;
            }
            "cursor" => self.cursor = Some(value.parse().ok()?),
            "actor" => self.actor = Some(text(value)?),
            "operation" => {
                let mut changes = OperationKind::ALL.into_iter().filter(|kind| kind.is_write());
                self.operation = Some(changes.find(|kind| kind.spec().name == value)?);
            }
            "target" => self.target = Some(text(value)?),
            "state" => self.state = Some(value.parse().ok()?),
            "since" => self.since = Some(time(value)?),
            "until" => self.until = Some(time(value)?),
            _ => return None,
        }
        Some(())
    }

    /// The query without its question mark; what is as it is anyway is left out.
    #[must_use]
    pub fn to_query(&self) -> String {
        let time = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Millis, true);
        let pairs = [
            ("limit", (self.limit != Self::default().limit).then(|| self.limit.to_string())),
            ("cursor", self.cursor.map(|cursor| cursor.to_string())),
            ("actor", self.actor.clone()),
            ("operation", self.operation.map(|kind| kind.spec().name.to_owned())),
            ("target", self.target.clone()),
            ("state", self.state.map(|state| state.to_string())),
            ("since", self.since.map(time)),
            ("until", self.until.map(time)),
        ];
        let written = pairs.into_iter().filter_map(|(name, value)| {
            Some(format!("{name}={}", utf8_percent_encode(&value?, NON_ALPHANUMERIC)))
        });
        written.collect::<Vec<_>>().join("&")
    }
}

fn decoded(value: &str) -> Option<String> {
    let value = value.replace('+', " ");
    percent_decode_str(&value).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

fn text(value: &str) -> Option<String> {
    (1..=TEXT_LENGTH).contains(&value.chars().count()).then(|| value.to_owned())
}

/// To the millisecond, as times are stored.
fn time(value: &str) -> Option<DateTime<Utc>> {
    let time = DateTime::parse_from_rfc3339(value).ok()?;
    DateTime::from_timestamp_millis(time.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_the_same() {
        let full = AuditQuery {
            limit: 1_000,
            cursor: Some(41),
            actor: Some("jane@acme.example".into()),
            operation: Some(OperationKind::ResetUser),
            target: Some("Zoë + Co & Söhne".into()),
            state: Some(AuditState::Unknown),
            since: DateTime::from_timestamp_millis(1_790_000_000_123),
            until: DateTime::from_timestamp_millis(1_790_000_000_456),
        };
        assert_eq!(AuditQuery::parse(&full.to_query()), Ok(full));
        assert_eq!(AuditQuery::default().to_query(), "");
        assert_eq!(AuditQuery::parse(""), Ok(AuditQuery::default()));
    }

    #[test]
    fn a_form_or_a_person_may_write_it_too() {
        let query = "target=Jane+Doe&since=2026-10-01T00:00:00%2B02:00&until=2026-10-02T00:00:00Z";
        let query = AuditQuery::parse(query).unwrap();
        assert_eq!(query.target.as_deref(), Some("Jane Doe"));
        assert_eq!(query.since.unwrap().to_rfc3339(), "2026-09-30T22:00:00+00:00");
    }

    #[test]
    fn what_is_odd_is_refused_and_named() {
        let long = format!("actor={}", "x".repeat(TEXT_LENGTH + 1));
        for query in [
            "limit=0",
            "limit=1001",
            "limit=x",
            "limit",
            "cursor=-1",
            "actor=",
            "actor=%ff",
            "operation=summary",
            "operation=Reset_user",
            "state=open",
            "since=yesterday",
            "until=2026-10-01",
            "order=asc",
            "Limit=5",
            "constructor=x",
            long.as_str(),
        ] {
            assert_eq!(AuditQuery::parse(query), Err(AuditQueryError(query.into())), "{query}");
        }
        let twice = AuditQuery::parse("state=failed&state=refused");
        assert_eq!(twice, Err(AuditQueryError("state=refused".into())));
    }
}
