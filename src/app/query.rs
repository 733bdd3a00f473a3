//! State in the URL's query: reading it, and going where it changes.

use leptos::prelude::*;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::ui::history;

/// What may stand in a query without being encoded, for URLs that a person can read.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b',')
    .remove(b'@')
    .remove(b':');

/// `path?key=value&…` from the pairs that have a value.
pub fn href(path: &str, pairs: &[(&str, String)]) -> String {
    let mut href = path.to_owned();
    let set = pairs.iter().filter(|(_, value)| !value.is_empty());
    for (index, (key, value)) in set.enumerate() {
        href.push(if index == 0 { '?' } else { '&' });
        href.push_str(key);
        href.push('=');
        href.extend(utf8_percent_encode(value, QUERY));
    }
    href
}

/// The pairs of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Reads `key=value&…`, as forms write it: a plus is a space.
    pub fn parse(query: &str) -> Self {
        let decode = |text: &str| {
            let spaced = text.replace('+', " ");
            percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
        };
        let pair = |pair: &str| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(key), decode(value))
        };
        Self(query.split('&').map(pair).collect())
    }

    /// The key's value; empty where there is none.
    pub fn text(&self, key: &str) -> &str {
        self.0.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value)
    }
}

/// The query of the current address.
pub fn use_pairs() -> Memo<Pairs> {
    let here = history::here();
    Memo::new(move |_| here.with(|here| Pairs::parse(here.search.trim_start_matches('?'))))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_query_comes_back_as_it_was_written() {
        for text in ["100%", "%41", "a+b", "a&q=b", "#?/", "زينب", " "] {
            let href = href("/users", &[("q", text.to_owned())]);
            let (_, query) = href.split_once('?').unwrap();
            assert_eq!(Pairs::parse(query).text("q"), text);
        }
        assert_eq!(Pairs::parse("q=a+b&level").text("q"), "a b");
        assert_eq!(Pairs::parse("q=a+b&level").text("level"), "");
    }
}
