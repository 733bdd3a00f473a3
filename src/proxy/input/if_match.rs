//! `If-Match` (RFC 9110 §13.1.1): of which state a change is a change.

use http::{HeaderMap, header};
use model::OperationKind;

use crate::{etag::EntityTag, refusal::Refusal};

/// The states that a change may be made to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum IfMatch {
    /// `*`: any, as long as there is one.
    Any,
    /// One of these: tags without their quotes.
    Tags(Vec<Vec<u8>>),
}

impl IfMatch {
    /// Where an operation can't be held to it, the header is refused: whoever sent it relies on it.
    pub(crate) fn parse(kind: OperationKind, headers: &HeaderMap) -> Result<Option<Self>, Refusal> {
        // Several lines are one list (RFC 9110 §5.3).
        let lines: Vec<&[u8]> =
            headers.get_all(header::IF_MATCH).iter().map(|line| line.as_bytes()).collect();
        if lines.is_empty() {
            return Ok(None);
        }
        let taken = matches!(
            kind,
            OperationKind::UpdateBehaviors
                | OperationKind::UpdateIntegration
                | OperationKind::DeleteIntegration
        );
        let list = lines.join(&b',');
        let parsed = match list.trim_ascii() {
            b"*" => Some(Self::Any),
            list => tags(list).map(Self::Tags),
        };
        parsed.filter(|_| taken).map(Some).ok_or(Refusal::IfMatch)
    }

    /// Whether what there is now is what the change is meant for.
    pub(crate) fn holds(&self, now: &EntityTag) -> bool {
        match self {
            Self::Any => true,
            Self::Tags(tags) => tags.iter().any(|tag| tag == now.as_bytes()),
        }
    }
}

/// One strong tag or more, set apart by commas. A tag may hold commas itself.
fn tags(list: &[u8]) -> Option<Vec<Vec<u8>>> {
    let (mut tags, mut rest) = (Vec::new(), list);
    loop {
        rest = rest.trim_ascii_start();
        match rest.split_first() {
            None => break,
            // Empty elements count for nothing (RFC 9110 §5.6.1.2).
            Some((b',', after)) => rest = after,
            Some((b'"', after)) => {
                let end = after.iter().position(|byte| *byte == b'"')?;
                let (tag, after) = after.split_at(end);
                rest = after[1..].trim_ascii_start();
                if !tag.iter().all(|byte| is_tag_char(*byte)) || !matches!(rest, [] | [b',', ..]) {
                    return None;
                }
                tags.push(tag.to_vec());
            }
            Some(_) => return None,
        }
    }
    (!tags.is_empty()).then_some(tags)
}

/// `etagc` (RFC 9110 §8.8.3).
fn is_tag_char(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x7e | 0x80..)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn parse(lines: &[&str]) -> Result<Option<IfMatch>, Refusal> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::IF_MATCH, HeaderValue::from_bytes(line.as_bytes()).unwrap());
        }
        IfMatch::parse(OperationKind::UpdateBehaviors, &headers)
    }

    #[test]
    fn it_is_any_or_a_list_of_strong_tags() {
        let tags = |tags: &[&str]| {
            Ok(Some(IfMatch::Tags(tags.iter().map(|tag| tag.as_bytes().to_vec()).collect())))
        };
        assert_eq!(parse(&[]), Ok(None));
        assert_eq!(parse(&[" * "]), Ok(Some(IfMatch::Any)));
        assert_eq!(parse(&[r#""a""#]), tags(&["a"]));
        assert_eq!(parse(&[r#""a,b" , "","é""#]), tags(&["a,b", "", "é"]));
        assert_eq!(parse(&[r#",, "a""#, r#""b","#]), tags(&["a", "b"]));
    }

    #[test]
    fn what_is_weak_or_malformed_is_refused() {
        for line in [
            "",
            ",",
            "a",
            r#"W/"a""#,
            r#""a", W/"b""#,
            r#""a"#,
            r#"a""#,
            r#""a" "b""#,
            r#""a""b""#,
            r#""a b""#,
            r#"*, "a""#,
            r#""a", *"#,
            "**",
            "\"a\tb\"",
            r#"'a'"#,
        ] {
            assert_eq!(parse(&[line]), Err(Refusal::IfMatch), "{line}");
        }
        assert_eq!(parse(&["*", "*"]), Err(Refusal::IfMatch));
    }

    #[test]
    fn only_what_can_be_held_to_it_takes_it() {
        let any = HeaderMap::from_iter([(header::IF_MATCH, HeaderValue::from_static("*"))]);
        for kind in OperationKind::ALL {
            let taken = matches!(
                kind.spec().name,
                "update_behaviors" | "update_integration" | "delete_integration"
            );
            let verdict = IfMatch::parse(kind, &any);
            assert_eq!(verdict, if taken { Ok(Some(IfMatch::Any)) } else { Err(Refusal::IfMatch) });
            assert_eq!(IfMatch::parse(kind, &HeaderMap::new()), Ok(None));
        }
    }
}
