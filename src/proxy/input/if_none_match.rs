//! `If-None-Match` (RFC 9110 §13.1.2): which contents a reader has already. One that is still what
//! there is need not be sent again.

use http::{HeaderMap, Response, StatusCode, header};

/// Tags that stand for what somebody has, as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen(Vec<Vec<u8>>);

impl Seen {
    /// Of a list that can't be read nothing is seen: the answer is then sent whole, which is always
    /// right.
    pub(crate) fn parse(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(header::IF_NONE_MATCH).iter();
        // Our tags have no commas.
        let tags = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
        // The comparison is the weak one: who compresses on the way makes a weak tag of a strong
        // one, and it is the content that counts.
        let strong = |tag: &[u8]| tag.strip_prefix(b"W/").unwrap_or(tag).to_vec();
        Self(tags.map(|tag| strong(tag.trim_ascii())).collect())
    }

    /// An answer without its content, where that was seen before.
    #[must_use]
    pub fn shorten<B: Default>(&self, mut answer: Response<B>) -> Response<B> {
        let tag = answer.headers().get(header::ETAG).map(|tag| tag.as_bytes());
        let is_seen = tag.is_some_and(|tag| self.0.iter().any(|seen| seen == tag));
        if is_seen && answer.status() == StatusCode::OK {
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            for of_content in [header::CONTENT_TYPE, header::CONTENT_ENCODING] {
                answer.headers_mut().remove(of_content);
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
        let answer = Seen::parse(&headers).shorten(answer.clone());
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
