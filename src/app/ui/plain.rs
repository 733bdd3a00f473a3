//! Text from outside, made plain: characters that reorder or hide text are shown by their names.

/// Replaces controls of direction, zero-width and other invisible controls by `⟨U+202E⟩`. A text
/// that starts with a combining mark gets a dotted circle to stand on: by itself it has no width.
///
/// The joiners U+200C and U+200D stay: names in Persian and in scripts of India need them.
pub fn plain(text: &str) -> String {
    let without_base = text.starts_with(is_combining);
    if !text.contains(is_hidden) && !without_base {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len() + 16);
    if without_base {
        plain.push('◌');
    }
    for c in text.chars() {
        if is_hidden(c) {
            plain.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
        } else {
            plain.push(c);
        }
    }
    plain
}

fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || (c.is_control() && !matches!(c, '\n' | '\t'))
}

fn is_combining(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn what_hides_or_reorders_is_named() {
        assert_eq!(plain("a\u{202e}b\0"), "a⟨U+202E⟩b⟨U+0000⟩");
        assert_eq!(plain("\u{301}a"), "◌\u{301}a");
        assert_eq!(plain("علی\u{200c}رضا"), "علی\u{200c}رضا");
    }
}
