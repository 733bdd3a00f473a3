//! Which form of a file a client gets.

use http::HeaderMap;

use super::Asset;
use crate::encoding::{Encoding, Wishes};

/// The best form there is that the client takes.
pub(super) fn choose(asset: &Asset, request: &HeaderMap) -> (Encoding, &'static [u8]) {
    let forms = [
        (Encoding::Brotli, asset.br),
        (Encoding::Gzip, asset.gzip),
        (Encoding::Identity, Some(asset.raw)),
    ];
    let there = forms.iter().filter(|(_, content)| content.is_some()).map(|(form, _)| *form);
    let best = Wishes::of(request).best(there);
    let content = forms.iter().find(|(form, _)| *form == best).and_then(|(_, content)| *content);
    (best, content.unwrap_or(asset.raw))
}

#[cfg(test)]
mod tests {
    use http::{HeaderValue, header};

    use super::*;

    #[test]
    fn a_form_that_is_not_there_is_not_chosen() {
        let asset =
            Asset { name: "a", digest: "d", raw: b"raw", br: Some(b"br"), gzip: Some(b"gz") };
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("zstd, gzip, br"));
        assert_eq!(choose(&asset, &headers), (Encoding::Brotli, &b"br"[..]));
        assert_eq!(choose(&Asset { br: None, ..asset }, &headers), (Encoding::Gzip, &b"gz"[..]));
        let plain = Asset { br: None, gzip: None, ..asset };
        assert_eq!(choose(&plain, &headers), (Encoding::Identity, &b"raw"[..]));
        assert_eq!(choose(&asset, &HeaderMap::new()), (Encoding::Identity, &b"raw"[..]));
    }
}
