//! What goes out, in the vendor's form. These types are the simulator's own: written with the
//! model's, a mistake in the model would not show.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

/// The envelope of a success.
#[derive(Serialize)]
pub(crate) struct Success<T> {
    pub result: T,
    pub success: bool,
    pub errors: [(); 0],
    pub messages: [(); 0],
}

impl<T> Success<T> {
    pub(crate) fn new(result: T) -> Self {
        Self { result, success: true, errors: [], messages: [] }
    }
}

/// The envelope of a failure.
#[derive(Serialize)]
pub(crate) struct Failure<'a> {
    result: (),
    success: bool,
    errors: &'a [Fault],
    messages: [(); 0],
}

impl<'a> Failure<'a> {
    pub(crate) fn new(errors: &'a [Fault]) -> Self {
        Self { result: (), success: false, errors, messages: [] }
    }
}

/// The shorter envelope of a refused token.
#[derive(Serialize)]
pub(crate) struct RefusedToken<'a> {
    success: bool,
    errors: &'a [Fault],
}

impl<'a> RefusedToken<'a> {
    pub(crate) fn new(errors: &'a [Fault]) -> Self {
        Self { success: false, errors }
    }
}

/// One error, and where in the request's body it lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Fault {
    pub code: i64,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Source {
    pointer: String,
}

impl Fault {
    pub(crate) fn new(code: i64, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), source: None }
    }

    /// `pointer` is a JSON pointer (RFC 6901).
    pub(crate) fn at(code: i64, message: impl Into<String>, pointer: impl Into<String>) -> Self {
        Self { code, message: message.into(), source: Some(Source { pointer: pointer.into() }) }
    }
}

#[derive(Serialize)]
pub(crate) struct Summary<'a> {
    pub users: Vec<Row<'a>>,
}

/// A row of the summary.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Row<'a> {
    Regular {
        user_id: Uuid,
        name: &'a str,
        email: &'a str,
        max_risk_level: &'a str,
        event_count: u64,
        last_event: DateTime<Utc>,
    },
    /// A null, a number as text, a time that is none, and no level at all.
    Odd { user_id: Uuid, name: (), email: &'a str, event_count: String, last_event: &'static str },
}

#[derive(Serialize)]
pub(crate) struct User<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub events: Vec<Event>,
    /// Documented as optional and nullable \[D\], so both kinds of nothing are sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_reset_time: Option<Option<DateTime<Utc>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk_level: Option<&'static str>,
}

#[derive(Serialize)]
pub(crate) struct Event {
    pub id: String,
    pub name: &'static str,
    pub risk_level: &'static str,
    pub timestamp: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_details: Option<Box<RawValue>>,
}
