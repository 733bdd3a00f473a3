//! Whether bytes that come piece by piece are a JSON envelope (RFC 8259): UTF-8, an object with
//! one `success` that is true or false, complete, and nothing after it.
//!
//! Nothing of it is kept but where in it we are, so it takes any amount of it. The grammar is
//! checked to the letter; what the values mean is for whoever reads them.

/// Deeper than any answer is; serde_json, which reads it next, stops here too.
const DEPTH: usize = 128;

const SUCCESS: &[u8] = b"success";

/// It is no envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotAnEnvelope;

type Checked<T> = Result<T, NotAnEnvelope>;

#[derive(Debug, Default)]
pub(super) struct Json {
    at: At,
    /// What we are in, outermost first: whether it is an object.
    inside: Vec<bool>,
    /// The start of a character whose end is still to come.
    cut: Vec<u8>,
    /// How far the envelope's current key is like [`SUCCESS`].
    key: Option<usize>,
    has_success: bool,
}

/// What comes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum At {
    #[default]
    Start,
    Value,
    FirstItem,
    FirstKey,
    Key,
    Colon,
    Comma,
    Text(Text),
    Escape(Text),
    /// So many hexadecimal digits.
    Hex(Text, u8),
    /// The rest of `true`, `false` or `null`.
    Word(&'static [u8]),
    Number(Number),
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Text {
    Key,
    Value,
}

/// What a number has had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    Minus,
    Zero,
    Whole,
    Point,
    Fraction,
    E,
    ESign,
    Exponent,
}

impl Json {
    /// How many of the next bytes come before the envelope's last brace.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Checked<usize> {
        self.utf8(bytes)?;
        let mut good = if self.at == At::End { 0 } else { bytes.len() };
        let mut next = 0;
        while let Some(byte) = bytes.get(next) {
            if let At::Text(text) = self.at {
                next += self.text(text, &bytes[next..])?;
                continue;
            }
            let was_end = self.at == At::End;
            self.step(*byte)?;
            if !was_end && self.at == At::End {
                good = next;
            }
            next += 1;
        }
        Ok(good)
    }

    /// Whether the envelope has ended, and said whether it is a success.
    pub(super) fn is_whole(&self) -> bool {
        self.at == At::End && self.cut.is_empty() && self.has_success
    }

    fn utf8(&mut self, mut bytes: &[u8]) -> Checked<()> {
        while !self.cut.is_empty() {
            let Some((first, rest)) = bytes.split_first() else { return Ok(()) };
            self.cut.push(*first);
            bytes = rest;
            match str::from_utf8(&self.cut) {
                Ok(_) => self.cut.clear(),
                Err(error) if error.error_len().is_none() => {}
                Err(_) => return Err(NotAnEnvelope),
            }
        }
        match str::from_utf8(bytes) {
            Ok(_) => Ok(()),
            Err(error) if error.error_len().is_none() => {
                self.cut.extend_from_slice(&bytes[error.valid_up_to()..]);
                Ok(())
            }
            Err(_) => Err(NotAnEnvelope),
        }
    }

    /// Goes to the end of a text, or to its next escape; how many bytes that takes.
    fn text(&mut self, text: Text, bytes: &[u8]) -> Checked<usize> {
        let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
        let plain = bytes.iter().position(special);
        if text == Text::Key {
            self.compare(&bytes[..plain.unwrap_or(bytes.len())]);
        }
        let Some(plain) = plain else { return Ok(bytes.len()) };
        self.at = match (bytes[plain], text) {
            (b'"', Text::Key) => At::Colon,
            (b'"', Text::Value) => At::Comma,
            // It may spell the key that is looked for, and no envelope's has any.
            (b'\\', Text::Key) if self.inside.len() == 1 => return Err(NotAnEnvelope),
            (b'\\', text) => At::Escape(text),
            _ => return Err(NotAnEnvelope),
        };
        Ok(plain + 1)
    }

    fn compare(&mut self, part: &[u8]) {
        self.key = self.key.filter(|so_far| SUCCESS[*so_far..].starts_with(part));
        self.key = self.key.map(|so_far| so_far + part.len());
    }

    fn step(&mut self, byte: u8) -> Checked<()> {
        if let At::Number(number) = self.at {
            if let Some(number) = digit(number, byte) {
                self.at = At::Number(number);
                return Ok(());
            }
            if !is_number(number) {
                return Err(NotAnEnvelope);
            }
            self.at = At::Comma;
        }
        let is_space = matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        self.at = match (self.at, byte) {
            (At::Escape(text), b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                At::Text(text)
            }
            (At::Escape(text), b'u') => At::Hex(text, 4),
            (At::Hex(text, 1), _) if byte.is_ascii_hexdigit() => At::Text(text),
            (At::Hex(text, left), _) if byte.is_ascii_hexdigit() => At::Hex(text, left - 1),
            (At::Word([last]), _) if byte == *last => At::Comma,
            (At::Word([first, rest @ ..]), _) if byte == *first => At::Word(rest),
            (At::Escape(_) | At::Hex(..) | At::Word(_), _) => return Err(NotAnEnvelope),
            (at, _) if is_space => at,
            (At::Start, b'{') => self.open(true)?,
            (At::FirstKey | At::Key, b'"') => {
                self.key = (self.inside.len() == 1).then_some(0);
                At::Text(Text::Key)
            }
            (At::Colon, b':') => At::Value,
            (At::Value | At::FirstItem, _) if byte != b']' => self.value(byte)?,
            (At::FirstKey, b'}') | (At::FirstItem, b']') => self.close(),
            (At::Comma, b'}') if self.inside.last() == Some(&true) => self.close(),
            (At::Comma, b']') if self.inside.last() == Some(&false) => self.close(),
            (At::Comma, b',') if self.inside.last() == Some(&true) => At::Key,
            (At::Comma, b',') => At::Value,
            _ => return Err(NotAnEnvelope),
        };
        Ok(())
    }

    fn value(&mut self, first: u8) -> Checked<At> {
        if self.inside.len() == 1 && self.key.take() == Some(SUCCESS.len()) {
            if self.has_success || !matches!(first, b't' | b'f') {
                return Err(NotAnEnvelope);
            }
            self.has_success = true;
        }
        Ok(match first {
            b'{' => self.open(true)?,
            b'[' => self.open(false)?,
            b'"' => At::Text(Text::Value),
            b't' => At::Word(b"rue"),
            b'f' => At::Word(b"alse"),
            b'n' => At::Word(b"ull"),
            b'-' => At::Number(Number::Minus),
            b'0' => At::Number(Number::Zero),
            b'1'..=b'9' => At::Number(Number::Whole),
            _ => return Err(NotAnEnvelope),
        })
    }

    fn open(&mut self, is_object: bool) -> Checked<At> {
        if self.inside.len() == DEPTH {
            return Err(NotAnEnvelope);
        }
        self.inside.push(is_object);
        Ok(if is_object { At::FirstKey } else { At::FirstItem })
    }

    fn close(&mut self) -> At {
        self.inside.pop();
        if self.inside.is_empty() { At::End } else { At::Comma }
    }
}

/// What a number has had after one more byte, if that can be part of it.
fn digit(number: Number, byte: u8) -> Option<Number> {
    use Number::{E, ESign, Exponent, Fraction, Minus, Point, Whole, Zero};
    match (number, byte) {
        (Minus, b'0') => Some(Zero),
        (Minus, b'1'..=b'9') | (Whole, b'0'..=b'9') => Some(Whole),
        (Zero | Whole, b'.') => Some(Point),
        (Point | Fraction, b'0'..=b'9') => Some(Fraction),
        (Zero | Whole | Fraction, b'e' | b'E') => Some(E),
        (E, b'+' | b'-') => Some(ESign),
        (E | ESign | Exponent, b'0'..=b'9') => Some(Exponent),
        _ => None,
    }
}

/// Whether a number may end here.
fn is_number(number: Number) -> bool {
    matches!(number, Number::Zero | Number::Whole | Number::Fraction | Number::Exponent)
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
