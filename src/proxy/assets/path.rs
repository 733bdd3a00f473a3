//! An address of the app, decoded once and without tricks.

use percent_encoding::percent_decode_str;

use crate::{input::escapes_are_whole, refusal::Refusal};

/// A path below the root, decoded: no empty, hidden or parent segment, nothing that a file
/// system or another server would read in a second way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppPath(String);

impl AppPath {
    pub(crate) fn parse(path: &str) -> Result<Self, Refusal> {
        let rest = path.strip_prefix('/').ok_or(Refusal::Address)?;
        if !rest.is_ascii() || !escapes_are_whole(rest) {
            return Err(Refusal::Address);
        }
        // Slashes that were encoded would move the borders between segments.
        let decoded = rest.split('/').map(|segment| percent_decode_str(segment).decode_utf8());
        let segments = decoded.collect::<Result<Vec<_>, _>>().map_err(|_| Refusal::Address)?;
        let odd = |c: char| c.is_control() || matches!(c, '/' | '\\' | '%' | '?' | '#' | ';');
        let (last, folders) = segments.split_last().ok_or(Refusal::Address)?;
        if segments.iter().any(|segment| segment.contains(odd) || matches!(&**segment, "." | ".."))
            || folders.iter().any(|segment| segment.is_empty())
        {
            return Err(Refusal::Address);
        }
        if folders.iter().chain([last]).any(|segment| segment.starts_with('.')) {
            return Err(Refusal::NotFound);
        }
        Ok(Self(segments.join("/")))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the last segment looks like a file's name.
    pub(crate) fn has_extension(&self) -> bool {
        self.0.rsplit('/').next().is_some_and(|last| last.contains('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_decoded_once() {
        for (path, decoded) in [
            ("/", ""),
            ("/users", "users"),
            ("/users/", "users/"),
            ("/users/a%20b", "users/a b"),
            ("/%C3%BC", "ü"),
            ("/snippets/app-1/inline0.js", "snippets/app-1/inline0.js"),
        ] {
            assert_eq!(AppPath::parse(path).map(|path| path.0), Ok(decoded.to_owned()));
        }
    }

    #[test]
    fn tricks_are_refused() {
        for path in [
            "/..",
            "/../x",
            "/%2e%2e/x",
            "/a/%2E%2e",
            "/a/./b",
            "//x",
            "/a//b",
            "/a%2fb",
            "/a%5cb",
            "/a\\b",
            "/a;x",
            "/a%00",
            "/a%0d%0a",
            "/%252e%252e",
            "/a%23b",
            "/a%3fb",
            "/%c0%ae",
            "/%ff",
            "/ü",
            "/%",
            "/%zz",
            "x",
            "*",
            "",
        ] {
            assert_eq!(AppPath::parse(path), Err(Refusal::Address), "{path}");
        }
        for path in ["/.env", "/.git/config", "/a/.b", "/%2egit/config"] {
            assert_eq!(AppPath::parse(path), Err(Refusal::NotFound), "{path}");
        }
    }
}
