//! Event details of every shape, and with content that a careless reader would stumble over.

use std::fmt::Write;

use serde_json::value::RawValue;

use crate::details::Details;

/// How many shapes there are.
pub(crate) const COUNT: u64 = 20;

/// The levels of the deep one.
const DEPTH: usize = 40;
/// The entries of the large one, of some 80 bytes each.
const ENTRIES: usize = 800;

/// The shape of that number: JSON texts rather than values, since a value would lose long
/// numbers, the order of keys and repeated keys.
pub(crate) fn shape(number: u64) -> Details {
    let text: String = match number {
        0 => r#"{"application":"Wiki","device":{"name":"LT-00417","os":{"name":"macOS","version":[15,6,1]}},"tags":["vpn","managed"],"trusted":false,"note":null}"#.into(),
        1 => r#"["first",2,true,null,{"fifth":[]}]"#.into(),
        2 => r#""A text of its own, with “quotes”, a \"backslash \\\" and\na second line""#.into(),
        3 => "-12.5e3".into(),
        4 => "true".into(),
        5 => "false".into(),
        6 => "null".into(),
        7 => return None,
        8 => large(),
        9 => r#"{"beyond_2_53":9007199254740993,"beyond_u64":123456789012345678901234567890,"negative":-9223372036854775809,"tiny":1e-400,"exact":0.1000000000000000055511151231257827}"#.into(),
        10 => deep(),
        11 => r#"{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":"own","hasOwnProperty":1}"#.into(),
        12 => r#"{"link":"javascript:alert(document.domain)","data":"data:text/html,<script>alert(1)</script>","file":"file:///etc/passwd","relative":"//example.net/x"}"#.into(),
        13 => r#"{"html":"<script>alert(1)</script>","attribute":"\" onmouseover=\"alert(1)","entity":"&lt;b&gt;","<b>key</b>":"markup in the key","template":"{{constructor.constructor('alert(1)')()}}"}"#.into(),
        14 => "{\"override\":\"invoice_\u{202e}fdp.exe\",\"isolate\":\"\u{2067}left open\",\"zero_width\":\"pay\u{200b}roll\u{feff}\",\"\u{202e}key\":\"reversed\",\"mixed\":\"חשבונית 42 – facture №7\"}".into(),
        15 => r#"{"controls":"bell \u0007 null \u0000 escape \u001b[31mred","line_separators":"a\u2028b\u2029c","lone_surrogates_escaped":"\\ud800"}"#.into(),
        16 => r#"{"":"empty key"," ":"blank key","a.b[0]":"path-like key","a/b~c":"pointer-like key","1":"number-like key"}"#.into(),
        17 => r#"{"formula":"=HYPERLINK(\"https://example.com\",\"x\")","plus":"+1+1","at":"@SUM(1)","tab":"\t=1"}"#.into(),
        18 => "{}".into(),
        _ => "[]".into(),
    };
    RawValue::from_string(text).ok()
}

fn large() -> String {
    let mut text = String::from("{\"requests\":[");
    for entry in 0..ENTRIES {
        let comma = if entry == 0 { "" } else { "," };
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "{comma}{{\"n\":{entry},\"host\":\"h{}.example.net\",\"path\":\"/files/{}\",\"status\":403}}",
            entry % 37,
            entry * 7919 % 10_007,
        );
    }
    text + "]}"
}

fn deep() -> String {
    let (open, close) = ("{\"in\":[", "]}");
    format!("{}\"the bottom\"{}", open.repeat(DEPTH / 2), close.repeat(DEPTH / 2))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn every_shape_is_json() {
        let texts: Vec<Option<String>> =
            (0..COUNT).map(|number| shape(number).map(|raw| raw.get().to_owned())).collect();
        assert_eq!(texts.iter().filter(|text| text.is_none()).count(), 1);
        for (number, text) in texts.iter().enumerate() {
            let text = text.as_deref().unwrap_or("null");
            assert!(serde_json::from_str::<Value>(text).is_ok(), "{number}: {text}");
        }
        assert!(large().len() > 50_000, "{}", large().len());
    }
}
