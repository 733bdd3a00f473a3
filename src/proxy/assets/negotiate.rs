//! Which form of a file a client gets: `Accept-Encoding`, RFC 9110 §12.5.3.

use http::{HeaderMap, header};

use super::Asset;

/// The forms, best first: at equal wish the smaller one is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }
}

/// The best form there is that the client takes. Plain where it takes none of them: that answer
/// is of more use than a 406, and the RFC allows it.
pub(super) fn choose(asset: &Asset, request: &HeaderMap) -> (Encoding, &'static [u8]) {
    let values = request.get_all(header::ACCEPT_ENCODING).iter();
    let list: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
    let list = list.join(",");
    let forms = [
        (Encoding::Brotli, asset.br),
        (Encoding::Gzip, asset.gzip),
        (Encoding::Identity, Some(asset.raw)),
    ];
    let mut best = (Encoding::Identity, asset.raw);
    let mut best_weight = 0;
    for (encoding, content) in forms {
        let weight = weight(&list, encoding);
        if let Some(content) = content
            && weight > best_weight
        {
            (best, best_weight) = ((encoding, content), weight);
        }
    }
    best
}

/// The client's wish for a form, in thousandths.
fn weight(list: &str, encoding: Encoding) -> u16 {
    let name = encoding.name().unwrap_or("identity");
    let items = || list.split(',').filter_map(parse);
    let of = |wanted: &str| {
        items().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, weight)| weight)
    };
    match of(name).or_else(|| of("*")) {
        Some(weight) => weight,
        // What isn't listed isn't wanted, but for the plain form, which is the last resort.
        None if encoding == Encoding::Identity => 1,
        None => 0,
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
    use http::HeaderValue;

    use super::*;

    #[test]
    fn the_client_weighs_and_we_break_ties() {
        let asset =
            Asset { name: "a", digest: "d", raw: b"raw", br: Some(b"br"), gzip: Some(b"gz") };
        for (accept, expected) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip", Encoding::Gzip),
            ("GZIP", Encoding::Gzip),
            ("br;q=0.5, gzip;q=0.8", Encoding::Gzip),
            ("br;q=0, gzip", Encoding::Gzip),
            ("br; q=0.9 , gzip;q=0.9", Encoding::Brotli),
            ("*", Encoding::Brotli),
            ("*;q=0", Encoding::Identity),
            ("br;q=0.5, identity", Encoding::Identity),
            ("identity;q=0, br;q=0.1", Encoding::Brotli),
            ("deflate", Encoding::Identity),
            ("br;q=2, gzip", Encoding::Gzip),
            ("br;q=x", Encoding::Identity),
            ("", Encoding::Identity),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accept));
            assert_eq!(choose(&asset, &headers).0, expected, "{accept}");
        }
        assert_eq!(choose(&asset, &HeaderMap::new()), (Encoding::Identity, &b"raw"[..]));
        let plain = Asset { br: None, gzip: None, ..asset };
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("br, gzip"));
        assert_eq!(choose(&plain, &headers).0, Encoding::Identity);
    }
}
