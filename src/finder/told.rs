//! What the worker says to the page beside the people: lines of text, which take little code to
//! write and to read.

use std::{fmt::Display, str::FromStr};

/// From the worker to the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// So many bytes of the summary have come, of so many if that is known.
    Progress {
        bytes: u64,
        of: Option<u64>,
    },
    /// Everyone was given, and one order; the tag of the answer, if it had one.
    Read {
        tag: Option<String>,
    },
    /// The answer is still the one with the known tag.
    Unchanged,
    Failed(Failure),
}

/// Why a read failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer came, or it broke off.
    Unreachable { detail: String },
    /// An answer that is not a list of people: as it came, for the client to explain.
    Answer {
        status: u16,
        content_type: Option<String>,
        ray: Option<String>,
        retry_after: Option<u32>,
        body: String,
    },
    /// A success that can't be read.
    Unreadable { status: u16, ray: Option<String>, detail: String },
}

impl Told {
    /// A word for what it is, and a line for each thing that is told.
    pub(crate) fn to_text(&self) -> String {
        let mut lines = Writer::default();
        match self {
            Self::Progress { bytes, of } => {
                lines.text("progress").plain(bytes);
                lines.maybe(of.map(|of| of.to_string()).as_deref());
            }
            Self::Read { tag } => {
                lines.text("read").maybe(tag.as_deref());
            }
            Self::Unchanged => {
                lines.text("unchanged");
            }
            Self::Failed(failure) => {
                lines.text("failed").failure(failure);
            }
        }
        lines.0
    }

    /// Reads what [`to_text`](Self::to_text) wrote.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut lines = Lines(text.split('\n'));
        Some(match lines.text()?.as_str() {
            "progress" => Self::Progress { bytes: lines.plain()?, of: lines.maybe_plain()? },
            "read" => Self::Read { tag: lines.maybe()? },
            "unchanged" => Self::Unchanged,
            "failed" => Self::Failed(lines.failure()?),
            _ => return None,
        })
    }
}

/// Writes lines. What may hold the end of one is escaped.
#[derive(Default)]
struct Writer(String);

impl Writer {
    fn plain(&mut self, value: &dyn Display) -> &mut Self {
        self.text(&value.to_string())
    }

    fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '\\' => self.0.push_str("\\\\"),
                '\n' => self.0.push_str("\\n"),
                c => self.0.push(c),
            }
        }
        self.0.push('\n');
        self
    }

    /// An empty line where there is nothing.
    fn maybe(&mut self, text: Option<&str>) -> &mut Self {
        if let Some(text) = text {
            self.0.push('=');
            self.text(text)
        } else {
            self.text("")
        }
    }

    fn failure(&mut self, failure: &Failure) {
        match failure {
            Failure::Unreachable { detail } => {
                self.text("unreachable").text(detail);
            }
            Failure::Answer { status, content_type, ray, retry_after, body } => {
                self.text("answer").plain(status);
                self.maybe(content_type.as_deref()).maybe(ray.as_deref());
                self.maybe(retry_after.map(|wait| wait.to_string()).as_deref()).text(body);
            }
            Failure::Unreadable { status, ray, detail } => {
                self.text("unreadable").plain(status).maybe(ray.as_deref()).text(detail);
            }
        }
    }
}

/// Reads what a [`Writer`] wrote.
struct Lines<'a>(std::str::Split<'a, char>);

impl Lines<'_> {
    fn text(&mut self) -> Option<String> {
        self.0.next().map(unescape)
    }

    fn plain<T: FromStr>(&mut self) -> Option<T> {
        self.0.next()?.parse().ok()
    }

    fn maybe(&mut self) -> Option<Option<String>> {
        let line = self.0.next()?;
        if line.is_empty() { Some(None) } else { Some(Some(unescape(line.strip_prefix('=')?))) }
    }

    fn maybe_plain<T: FromStr>(&mut self) -> Option<Option<T>> {
        match self.maybe()? {
            None => Some(None),
            Some(text) => text.parse().ok().map(Some),
        }
    }

    fn failure(&mut self) -> Option<Failure> {
        Some(match self.text()?.as_str() {
            "unreachable" => Failure::Unreachable { detail: self.text()? },
            "answer" => Failure::Answer {
                status: self.plain()?,
                content_type: self.maybe()?,
                ray: self.maybe()?,
                retry_after: self.maybe_plain()?,
                body: self.text()?,
            },
            "unreadable" => Failure::Unreadable {
                status: self.plain()?,
                ray: self.maybe()?,
                detail: self.text()?,
            },
            _ => return None,
        })
    }
}

fn unescape(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        text.push(match (c, c == '\\') {
            (_, true) if characters.next() == Some('n') => '\n',
            (c, _) => c,
        });
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::{option, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn what_is_told_comes_through(
            status: u16, kind in option::of(any::<String>()), ray in option::of(any::<String>()),
            retry_after in option::of(any::<u32>()), text: String, bytes: u64, of in option::of(any::<u64>()),
        ) {
            for told in [
                Told::Progress { bytes, of },
                Told::Read { tag: ray.clone() },
                Told::Unchanged,
                Told::Failed(Failure::Unreachable { detail: text.clone() }),
                Told::Failed(Failure::Unreadable { status, ray: ray.clone(), detail: text.clone() }),
                Told::Failed(Failure::Answer { status, content_type: kind, ray, retry_after, body: text }),
            ] {
                prop_assert_eq!(Told::parse(&told.to_text()), Some(told));
            }
        }

        #[test]
        fn odd_lines_say_nothing(text in "(unchanged|read|failed|progress|tell)?(\n[0-9=a-z\\\\]{0,3}){0,9}") {
            let _ = Told::parse(&text);
        }
    }
}
