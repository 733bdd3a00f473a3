//! An element of the list as the vendor writes it: an object of the fields that are known, without space
//! between them, texts without escapes and whole numbers. Several times as fast as what takes all of
//! JSON, above all before a browser has optimized either.

use super::row::{Row, id};
use crate::time::Ticks;

/// Reads the element at the start of `bytes`; says how long it is. Nothing where it is any other, or where
/// it goes on behind them. A function of its own, for browsers optimize one the sooner the smaller it is.
#[inline(never)]
pub(super) fn read(bytes: &[u8]) -> Option<(Row<'_>, usize)> {
    let mut rest = Rest(bytes);
    let mut row = Row::default();
    rest.mark(b'{')?;
    loop {
        let key = rest.text()?;
        rest.mark(b':')?;
        match key {
            "user_id" => row.id = rest.maybe_text()?.and_then(id),
            "name" => row.name = rest.maybe_text()?.unwrap_or_default().into(),
            "email" => row.email = rest.maybe_text()?.unwrap_or_default().into(),
            "max_risk_level" => row.level = rest.maybe_text()?.map(Into::into),
            "event_count" => row.count = Some(rest.number()?),
            "last_event" => row.last = rest.maybe_text()?.map(Ticks::read).unwrap_or_default(),
            _ => return None,
        }
        if rest.mark(b',').is_none() {
            rest.mark(b'}')?;
            return Some((row, bytes.len() - rest.0.len()));
        }
    }
}

/// What is left of the bytes.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn mark(&mut self, mark: u8) -> Option<()> {
        self.0 = self.0.strip_prefix(&[mark])?;
        Some(())
    }

    fn text(&mut self) -> Option<&'a str> {
        self.mark(b'"')?;
        let (text, rest) = self.0.split_at(plain(self.0)?);
        self.0 = rest;
        self.mark(b'"')?;
        str::from_utf8(text).ok()
    }

    /// A text, or null.
    fn maybe_text(&mut self) -> Option<Option<&'a str>> {
        if let Some(rest) = self.0.strip_prefix(b"null") {
            self.0 = rest;
            return Some(None);
        }
        self.text().map(Some)
    }

    /// A whole number that has no sign, and another mark behind it.
    fn number(&mut self) -> Option<u64> {
        let digits = self.0.iter().position(|byte| !byte.is_ascii_digit())?;
        let (number, rest) = self.0.split_at(digits);
        // No more are within 64 bits for certain; and a zero begins no number but itself.
        if !(1..=19).contains(&digits) || (digits > 1 && number[0] == b'0') {
            return None;
        }
        self.0 = rest;
        let sum = |sum, digit: &u8| sum * 10 + u64::from(digit - b'0');
        Some(number.iter().fold(0, sum))
    }
}

/// How many bytes there are before one that a text can't have as it is: its end, the start of an escape,
/// or a control character ([RFC 8259, section 7](https://www.rfc-editor.org/rfc/rfc8259#section-7)).
fn plain(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    // Eight at a time.
    while let Some(eight) = bytes[at..].first_chunk() {
        let ends = ends(u64::from_le_bytes(*eight));
        if ends != 0 {
            return Some(at + ends.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let rest = bytes[at..].iter().position(|byte| matches!(byte, b'"' | b'\\' | ..0x20))?;
    Some(at + rest)
}

/// The highest bit of each byte that ends what is plain. Only the lowest of them is certain: what is
/// taken from a byte that is too small comes from the one above it.
fn ends(bytes: u64) -> u64 {
    const EACH: u64 = u64::MAX / 0xff;
    let below = |bytes: u64, limit: u64| bytes.wrapping_sub(EACH * limit) & !bytes & (EACH << 7);
    let is = |byte: u8| below(bytes ^ (EACH * u64::from(byte)), 1);
    below(bytes, 0x20) | is(b'"') | is(b'\\')
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    #[test]
    fn what_the_vendor_writes_is_usual() {
        let id = "00000000-0000-4000-8000-00000000000a";
        let text = format!(
            r#"{{"user_id":"{id}","name":"Ünal","email":"u@example.com","event_count":17,"last_event":"2026-11-01T00:00:00Z","max_risk_level":null}}"#
        );
        let with_more = format!("{text},");
        let (row, length) = read(with_more.as_bytes()).unwrap();
        assert_eq!(length, text.len());
        assert_eq!(row.id, Some(id.parse().unwrap()));
        assert_eq!((&*row.name, &*row.email, row.level), ("Ünal", "u@example.com", None));
        assert_eq!((row.count, row.last), (Some(17), Ticks::read("2026-11-01T00:00:00Z")));
        for end in 0..text.len() {
            assert!(read(&text.as_bytes()[..end]).is_none(), "{end}");
        }
    }

    #[test]
    fn what_is_odd_is_not() {
        for odd in [
            "{}",
            r#"{"name":"A",}"#,
            r#"{"name" :"A"}"#,
            r#"{"name":"\u0041"}"#,
            "{\"name\":\"a\nb\"}",
            r#"{"name":7}"#,
            r#"{"name":"A","new":"B"}"#,
            r#"{"event_count":007}"#,
            r#"{"event_count":7.0}"#,
            r#"{"event_count":7e1}"#,
            r#"{"event_count":-7}"#,
            r#"{"event_count":"7"}"#,
            r#"{"event_count":99999999999999999999}"#,
        ] {
            assert!(read(format!("{odd},").as_bytes()).is_none(), "{odd}");
        }
        assert!(read(b"{\"name\":\"\xff\"},").is_none());
    }

    proptest! {
        #[test]
        fn the_end_of_what_is_plain_is_found(bytes in vec(prop_oneof![any::<u8>(), Just(b'"'), 0x1e_u8..0x24], 0..40)) {
            let end = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..0x20));
            prop_assert_eq!(plain(&bytes), end);
        }
    }
}
