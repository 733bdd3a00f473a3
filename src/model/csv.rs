//! CSV (RFC 4180), safe to open in a spreadsheet: a cell that a spreadsheet would take for a
//! formula gets an apostrophe in front (<https://owasp.org/www-community/attacks/CSV_Injection>).

use chrono::{DateTime, SecondsFormat, Utc};

/// A line, with its CRLF.
#[must_use]
pub fn line<const N: usize>(cells: [String; N]) -> String {
    cells.map(cell).join(",") + "\r\n"
}

/// A time as a cell: ISO 8601, UTC, to the millisecond.
#[must_use]
pub fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A cell that is no formula, in quotes where it has to be. The wide forms of the four signs count
/// too: some spreadsheets read them as the narrow ones.
fn cell(mut text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']) {
        text.insert(0, '\'');
    }
    if text.contains([',', '"', '\r', '\n']) {
        text = format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b5_a_cell_is_never_a_formula() {
        for odd in ["=x", "+x", "-x", "@x", "\tx", "\0x", "＝x", "＋x", "－x", "＠x"] {
            assert_eq!(cell(odd.into()), format!("'{odd}"));
        }
        assert_eq!(cell("\rx".into()), "\"'\rx\"");
        assert_eq!(cell("\nx".into()), "\"'\nx\"");
        assert_eq!(cell("x=1".into()), "x=1");
    }

    #[test]
    fn a_cell_with_a_comma_a_quote_or_a_line_end_is_quoted() {
        let cells = ["a", "b,c", "d \"e\"", "f\r\ng", ""].map(str::to_owned);
        assert_eq!(line(cells), "a,\"b,c\",\"d \"\"e\"\"\",\"f\r\ng\",\r\n");
    }
}
