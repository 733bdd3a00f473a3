//! Content codings (RFC 9110 §8.4.1): which one a client gets, and what that does to an answer's
//! head. Compressing itself is the host's.
//!
//! - an answer in JSON of [`SMALLEST`] bytes and more is compressed, in the form that its client
//!   likes best; one whose tag is for `If-Match` is left as it is (`no-transform`, [`crate::etag`])
//! - each form has a strong tag of its own (§8.8.3.3): that of the content, and the form's name
//! - what depends on the form says so in `Vary`, in the plain form as well
//!
//! BREACH guesses a secret from the length of a page that holds it beside what the attacker chose.
//! No answer of ours holds a secret: neither the API token nor an assertion is in a body, and what
//! keeps other sites' changes out is a header.

use http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use crate::etag;

/// What is smaller fits into one packet as it is.
pub const SMALLEST: usize = 1024;

const VARY: HeaderValue = HeaderValue::from_static("accept-encoding");

/// A form of an answer, best first: at equal wish the first is sent. What each costs is measured
/// (docs/performance.md).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Encoding {
    Zstd,
    Brotli,
    Gzip,
    #[default]
    Identity,
}

impl Encoding {
    /// The forms that an answer made just now can have.
    const ALL: [Self; 4] = [Self::Zstd, Self::Brotli, Self::Gzip, Self::Identity];

    /// The name in `Content-Encoding`.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Zstd => Some("zstd"),
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    /// The form that a client likes best.
    pub(crate) fn of(request: &HeaderMap) -> Self {
        Wishes::of(request).best(Self::ALL)
    }

    /// Dresses an answer of `length` bytes, where that is known, for this form; whether it is to be
    /// compressed.
    pub fn dress<B>(self, answer: &mut Response<B>, length: Option<usize>) -> bool {
        let is_small = length.is_some_and(|length| length < SMALLEST);
        if is_small || !may_be_compressed(answer) {
            return false;
        }
        let headers = answer.headers_mut();
        headers.insert(header::VARY, VARY);
        let Some(name) = self.name() else { return false };
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        etag::name_form(headers, name);
        true
    }
}

fn may_be_compressed<B>(answer: &Response<B>) -> bool {
    let headers = answer.headers();
    let says = |name, part: &str| {
        let value = headers.get(name).map(HeaderValue::as_bytes).unwrap_or_default();
        str::from_utf8(value).is_ok_and(|value| value.contains(part))
    };
    answer.status() != StatusCode::NOT_MODIFIED
        && says(header::CONTENT_TYPE, "json")
        && !says(header::CACHE_CONTROL, "no-transform")
        && !headers.contains_key(header::CONTENT_ENCODING)
}

/// What a client takes (`Accept-Encoding`, RFC 9110 §12.5.3).
pub(crate) struct Wishes(String);

impl Wishes {
    pub(crate) fn of(request: &HeaderMap) -> Self {
        let values = request.get_all(header::ACCEPT_ENCODING).iter();
        let list: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
        Self(list.join(","))
    }

    /// The best form of those there are. Plain where the client takes none of them: that answer is
    /// of more use than a 406, and the RFC allows it.
    pub(crate) fn best(&self, forms: impl IntoIterator<Item = Encoding>) -> Encoding {
        let mut best = (Encoding::Identity, 0);
        if self.0.is_empty() {
            return best.0;
        }
        for form in forms {
            let weight = self.weight(form);
            if weight > best.1 {
                best = (form, weight);
            }
        }
        best.0
    }

    /// The client's wish for a form, in thousandths.
    fn weight(&self, form: Encoding) -> u16 {
        let name = form.name().unwrap_or("identity");
        let items = || self.0.split(',').filter_map(parse);
        let of = |wanted: &str| {
            items().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, weight)| weight)
        };
        match of(name).or_else(|| of("*")) {
            Some(weight) => weight,
            // What isn't listed isn't wanted, but for the plain form, which is the last resort.
            None if form == Encoding::Identity => 1,
            None => 0,
        }
    }
}

fn parse(item: &str) -> Option<(&str, u16)> {
    let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
    let name = name.trim();
    let weight = match parameters.trim().strip_prefix(['q', 'Q']).map(str::trim_start) {
        Some(value) => quality(value.strip_prefix('=')?.trim())?,
        None => 1000,
    };
    (!name.is_empty()).then_some((name, weight))
}

/// RFC 9110 §12.4.2: 0 to 1 with up to three digits.
fn quality(text: &str) -> Option<u16> {
    let value: f32 = text.parse().ok()?;
    // In range, so the cast only cuts off what a weight doesn't have.
    (0.0..=1.0).contains(&value).then_some((value * 1000.0).round() as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wishing(accept: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accept))])
    }

    #[test]
    fn the_client_weighs_and_we_break_ties() {
        for (accept, expected) in [
            ("gzip, deflate, br, zstd", Encoding::Zstd),
            ("gzip, deflate, br", Encoding::Brotli),
            ("gzip", Encoding::Gzip),
            ("GZIP", Encoding::Gzip),
            ("br;q=0.5, gzip;q=0.8", Encoding::Gzip),
            ("br;q=0, gzip", Encoding::Gzip),
            ("br; q=0.9 , gzip;q=0.9", Encoding::Brotli),
            ("*", Encoding::Zstd),
            ("*;q=0", Encoding::Identity),
            ("br;q=0.5, identity", Encoding::Identity),
            ("identity;q=0, br;q=0.1", Encoding::Brotli),
            ("deflate", Encoding::Identity),
            ("br;q=2, gzip", Encoding::Gzip),
            ("br;q=x", Encoding::Identity),
            ("", Encoding::Identity),
        ] {
            assert_eq!(Encoding::of(&wishing(accept)), expected, "{accept}");
        }
        assert_eq!(Encoding::of(&HeaderMap::new()), Encoding::Identity);
    }

    fn answer(headers: &[(&str, &str)]) -> Response<()> {
        let mut answer = Response::builder().header("content-type", "application/json");
        for (name, value) in headers {
            answer = answer.header(*name, *value);
        }
        answer.body(()).unwrap()
    }

    #[test]
    fn each_form_has_its_tag_and_the_plain_one_varies_too() {
        let dressed = |form: Encoding| {
            let mut answer = answer(&[("etag", "\"abc\"")]);
            let is_packed = form.dress(&mut answer, Some(SMALLEST));
            let text = |name| answer.headers().get(name).map(|value| value.to_str().unwrap());
            assert_eq!(text("vary"), Some("accept-encoding"));
            assert_eq!((text("content-encoding"), is_packed), (form.name(), form.name().is_some()));
            text("etag").unwrap().to_owned()
        };
        let tags: Vec<String> = Encoding::ALL.into_iter().map(dressed).collect();
        assert_eq!(tags, ["\"abc-zstd\"", "\"abc-br\"", "\"abc-gzip\"", "\"abc\""]);
    }

    #[test]
    fn what_is_small_or_to_be_left_alone_is() {
        for (headers, length) in [
            (&[][..], Some(SMALLEST - 1)),
            (&[("cache-control", "no-store, no-transform")], None),
            (&[("content-encoding", "gzip")], None),
        ] {
            let mut dressed = answer(headers);
            let before = format!("{dressed:?}");
            assert!(!Encoding::Zstd.dress(&mut dressed, length));
            assert_eq!(format!("{dressed:?}"), before);
        }
        let mut text = Response::builder().header("content-type", "text/plain").body(()).unwrap();
        assert!(!Encoding::Zstd.dress(&mut text, None));
        assert!(Encoding::Zstd.dress(&mut answer(&[]), None));
    }
}
