//! Text as it goes on record: what can't be seen, or moves what is seen, is written out. A line
//! break in a reason must not look like another line of the log, wherever it is read.

/// The longest text that is kept; a reason is at most 1,000 characters.
const LENGTH: usize = 1_000;

/// Control characters become `\n` and the like, or `\u{1b}`, and so do line separators and the
/// characters that turn the direction of text (Unicode UAX #9 §2).
pub(super) fn visible(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars().take(LENGTH) {
        match c {
            '\n' | '\r' | '\t' => written.extend(c.escape_default()),
            c if c.is_control() || moves(c) => written.extend(c.escape_unicode()),
            c => written.push(c),
        }
    }
    written
}

fn moves(c: char) -> bool {
    matches!(
        c,
        '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h11_what_can_not_be_seen_is_written_out() {
        for (text, written) in [
            ("Laptop found, 🎉", "Laptop found, 🎉"),
            ("a\r\nb\tc", r"a\r\nb\tc"),
            ("\u{1b}[2J\0\u{7f}\u{85}", r"\u{1b}[2J\u{0}\u{7f}\u{85}"),
            ("x\u{202e}y\u{2066}z\u{2028}", r"x\u{202e}y\u{2066}z\u{2028}"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            (r"C:\new", r"C:\new"),
        ] {
            assert_eq!(visible(text), written);
        }
        assert_eq!(visible(&"ü".repeat(2_000)).chars().count(), LENGTH);
    }
}
