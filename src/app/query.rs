//! State in the URL's query: reading it, and going where it changes.

use leptos_router::{NavigateOptions, hooks::use_navigate};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

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

/// How a change of the URL enters the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// A step of its own: a click on a filter, a column, a page.
    Add,
    /// The same step, refined: typing.
    Replace,
}

/// Goes to another state of the same page, without scrolling.
pub fn use_go() -> impl Fn(&str, History) + Clone + Send + Sync + 'static {
    let navigate = use_navigate();
    move |href: &str, history| {
        let options = NavigateOptions {
            replace: history == History::Replace,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(href, options);
    }
}
