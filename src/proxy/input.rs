//! What a request brings along, parsed and written anew: nothing passes as it came.

mod batch;
mod body;
mod if_match;
mod if_none_match;
mod paging;
mod reason;

pub(crate) use batch::batch;
pub(crate) use body::{body, read};
pub(crate) use if_match::IfMatch;
pub use if_none_match::Seen;
pub(crate) use paging::{Paging, no_query};
pub(crate) use reason::REASON_LENGTH;
pub use reason::Reason;

use model::AuditQuery;

use crate::refusal::Refusal;

/// The query of the audit log.
pub(crate) fn audit(query: Option<&str>) -> Result<AuditQuery, Refusal> {
    let query = AuditQuery::parse(query.unwrap_or_default());
    query.map_err(|error| Refusal::Query(short(&error.to_string())))
}

/// The longest part of a parser's message that is repeated: it may quote the body.
const ERROR_LENGTH: usize = 200;

fn short(text: &str) -> String {
    text.chars().take(ERROR_LENGTH).collect()
}

/// Whether every percent sign starts an escape (RFC 3986 §2.1); a decoder leaves others as they
/// are, so that two texts would be written alike.
pub(crate) fn escapes_are_whole(text: &str) -> bool {
    text.split('%').skip(1).all(|after| {
        let digits = after.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}
