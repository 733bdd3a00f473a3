//! `If-None-Match` (RFC 9110 §13.1.2): which contents a reader has already. One that is still what
//! there is need not be sent again.

use http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use crate::{etag, reply::known::Known};

/// Tags that stand for what somebody has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen(Vec<Tag>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Tag {
    /// As it came, but strong.
    given: Vec<u8>,
    /// That of the content it stands for, where it is the name of a large answer.
    content: Option<Vec<u8>>,
}

impl Tag {
    fn parse(text: &[u8], known: &Known) -> Self {
        // The comparison is the weak one: who compresses on the way makes a weak tag of a strong
        // one, and it is the content that counts.
        let given = text.strip_prefix(b"W/").unwrap_or(text);
        // The quote, the name, and that of the form with another quote.
        let name = given.get(1..=etag::WRITTEN);
        let content = name
            .and_then(|name| known.content(name))
            .map(|content| [&b"\""[..], content.as_bytes(), &given[etag::WRITTEN + 1..]].concat());
        Self { given: given.to_vec(), content }
    }

    fn stands_for(&self, tag: &HeaderValue) -> bool {
        self.content.as_ref().unwrap_or(&self.given) == tag.as_bytes()
    }
}

impl Seen {
    /// Of a list that can't be read nothing is seen: the answer is then sent whole, which is always
    /// right.
    pub(crate) fn parse(headers: &HeaderMap, known: &Known) -> Self {
        let lines = headers.get_all(header::IF_NONE_MATCH).iter();
        // Our tags have no commas.
        let tags = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
        Self(tags.map(|tag| Tag::parse(tag.trim_ascii(), known)).collect())
    }

    /// Whether a large answer is among them: then it is worth reading it to the end before its head
    /// is sent, for it may be the same.
    #[must_use]
    pub fn is_large(&self) -> bool {
        self.0.iter().any(|tag| tag.content.is_some())
    }

    /// An answer without its content, where that was seen before.
    #[must_use]
    pub fn shorten<B: Default>(&self, mut answer: Response<B>) -> Response<B> {
        let tag = answer.headers().get(header::ETAG);
        let seen = tag.and_then(|tag| self.0.iter().find(|seen| seen.stands_for(tag)));
        if let Some(seen) = seen
            && answer.status() == StatusCode::OK
        {
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            for of_content in [header::CONTENT_TYPE, header::CONTENT_ENCODING] {
                answer.headers_mut().remove(of_content);
            }
            // A stored answer is found by the tag that it was stored with (RFC 9111 §4.3.4).
            if let Ok(given) = HeaderValue::from_bytes(&seen.given) {
                answer.headers_mut().insert(header::ETAG, given);
            }
            *answer.body_mut() = B::default();
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(lines: &[&str], answer: &Response<&'static str>) -> (u16, &'static str) {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::IF_NONE_MATCH, line.parse().unwrap());
        }
        let answer = Seen::parse(&headers, &Known::default()).shorten(answer.clone());
        (answer.status().as_u16(), *answer.body())
    }

    #[test]
    fn what_was_seen_is_not_sent_again() {
        let answer = Response::builder().header("etag", "\"abc\"").body("content").unwrap();
        for lines in [&["\"abc\""][..], &["W/\"abc\""], &["\"x\" , \"abc\""], &["\"x\"", "\"abc\""]]
        {
            assert_eq!(status(lines, &answer), (304, ""), "{lines:?}");
        }
        for lines in [&[][..], &[""], &["\"ab\""], &["abc"], &["\"ABC\""], &["w/\"abc\""]] {
            assert_eq!(status(lines, &answer), (200, "content"), "{lines:?}");
        }
    }

    #[test]
    fn what_is_no_success_or_has_no_tag_is_sent_whole() {
        let refused = Response::builder().status(403).header("etag", "\"abc\"").body("no").unwrap();
        assert_eq!(status(&["\"abc\""], &refused), (403, "no"));
        assert_eq!(status(&["\"abc\""], &Response::new("content")), (200, "content"));
    }
}
