//! The envelope around every answer of Cloudflare's API, and around Riskdesk's own.

use serde::{Deserialize, Deserializer, Serialize};

use crate::lenient;

/// The codes of Riskdesk's own refusals; those that are known of the vendor lie below.
pub const RISKDESK_CODES: std::ops::RangeInclusive<i64> = 990_000..=999_999;

/// Whether Riskdesk itself, rather than the vendor, answered with this code.
#[must_use]
pub fn is_riskdesk_code(code: i64) -> bool {
    RISKDESK_CODES.contains(&code)
}

/// Success or failure, with the result where there is one.
///
/// Success: `success: true`, `errors: []`, `messages: []`, `result` formally optional. Failure:
/// `success: false`, at least one error, `result: null`; some real 403 bodies leave `messages`
/// and `result` out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
pub struct Envelope<T> {
    pub success: bool,
    #[serde(default, deserialize_with = "lenient::rows")]
    pub errors: Vec<ApiMessage>,
    #[serde(default, deserialize_with = "lenient::rows")]
    pub messages: Vec<ApiMessage>,
    #[serde(default = "none")]
    pub result: Option<T>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional_row"
    )]
    pub result_info: Option<ResultInfo>,
}

fn none<T>() -> Option<T> {
    None
}

impl<T> Envelope<T> {
    /// A success around `result`.
    pub fn success(result: T) -> Self {
        Self {
            success: true,
            errors: Vec::new(),
            messages: Vec::new(),
            result: Some(result),
            result_info: None,
        }
    }

    /// A success without a result (`"result": null`).
    #[must_use]
    pub fn empty() -> Self {
        Self {
            success: true,
            errors: Vec::new(),
            messages: Vec::new(),
            result: None,
            result_info: None,
        }
    }
}

impl Envelope<()> {
    /// A failure with one error.
    #[must_use]
    pub fn failure(code: i64, message: impl Into<String>) -> Self {
        Self {
            success: false,
            errors: vec![ApiMessage::new(code, message)],
            messages: Vec::new(),
            result: None,
            result_info: None,
        }
    }
}

/// An error or message of the vendor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiMessage {
    /// Documented as 1000 and up; codes above 65,535 exist.
    #[serde(default, deserialize_with = "code")]
    pub code: i64,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub message: String,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional"
    )]
    pub documentation_url: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional_row"
    )]
    pub source: Option<MessageSource>,
}

/// Where in the request the error lies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageSource {
    /// A JSON pointer (RFC 6901) into the request's body.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional"
    )]
    pub pointer: Option<String>,
}

impl ApiMessage {
    pub fn new(code: i64, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), documentation_url: None, source: None }
    }
}

/// Paging. None is documented today; where it appears and says there is more, the rest is fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultInfo {
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional"
    )]
    pub count: Option<u64>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional"
    )]
    pub page: Option<u64>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional"
    )]
    pub per_page: Option<u64>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional"
    )]
    pub total_count: Option<u64>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional"
    )]
    pub total_pages: Option<u64>,
    /// Where the next page begins, of lists that grow while they are read: Riskdesk's own.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional"
    )]
    pub cursor: Option<String>,
}

impl ResultInfo {
    /// The page after this one, if the answer says that there is one.
    #[must_use]
    pub fn next_page(&self) -> Option<u64> {
        let page = self.page.unwrap_or(1).max(1);
        let pages = match (self.total_pages, self.total_count, self.per_page) {
            (Some(pages), _, _) => pages,
            (None, Some(total), Some(per_page)) if per_page > 0 => total.div_ceil(per_page),
            _ => return None,
        };
        (page < pages).then_some(page + 1)
    }
}

/// Reads what an envelope says of paging, or nothing where it is odd: for envelopes that are read
/// in other ways than as [`Envelope`].
///
/// # Errors
/// Those of the format: no value is an error.
pub fn result_info<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<ResultInfo>, D::Error> {
    lenient::optional_row(deserializer)
}

fn code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let number: Option<u64> = lenient::optional(deserializer)?;
    Ok(number.and_then(|number| i64::try_from(number).ok()).unwrap_or_default())
}
