//! From the finder to the app.

use std::{fmt::Display, str::FromStr};

use model::{RiskLevel, UserId, UserRiskInfo};

use crate::{LevelCounts, View, time::Ticks};

/// From the finder to the app.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// So many bytes of the summary have come, of so many if that is known.
    Progress {
        number: u32,
        bytes: u64,
        of: Option<u64>,
    },
    /// Everyone was read, and questions are answered from them from now on.
    Read {
        number: u32,
        levels: LevelCounts,
    },
    /// The read failed. The people of the last one stay.
    Failed {
        number: u32,
        failure: Failure,
    },
    View {
        number: u32,
        view: View,
    },
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
    /// A word for what it is, the number, and a line for each thing that is told.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut lines = Writer::default();
        match self {
            Self::Progress { number, bytes, of } => {
                lines.text("progress").plain(number).plain(bytes);
                lines.maybe(of.map(|of| of.to_string()).as_deref());
            }
            Self::Read { number, levels } => {
                lines.text("read").plain(number).levels(levels);
            }
            Self::Failed { number, failure } => {
                lines.text("failed").plain(number).failure(failure);
            }
            Self::View { number, view } => {
                lines.text("view").plain(number).view(view);
            }
        }
        lines.0
    }

    /// Reads what [`to_text`](Self::to_text) wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = Lines(text.split('\n'));
        let (kind, number) = (lines.text()?, lines.plain()?);
        Some(match kind.as_str() {
            "progress" => {
                Self::Progress { number, bytes: lines.plain()?, of: lines.maybe_plain()? }
            }
            "read" => Self::Read { number, levels: lines.levels()? },
            "failed" => Self::Failed { number, failure: lines.failure()? },
            "view" => Self::View { number, view: lines.view()? },
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

    fn levels(&mut self, levels: &LevelCounts) -> &mut Self {
        let counts: Vec<_> = levels.iter().collect();
        self.plain(&counts.len());
        for (level, count) in counts {
            self.maybe(level.as_ref().map(RiskLevel::as_str)).plain(&count);
        }
        self
    }

    fn view(&mut self, View { rows, page, total, matching }: &View) {
        self.plain(page).plain(total).levels(matching).plain(&rows.len());
        for row in rows {
            let UserRiskInfo { user_id, name, email, max_risk_level, event_count, last_event } =
                row;
            self.maybe(user_id.map(|id| id.to_string()).as_deref());
            self.text(name).text(email);
            self.maybe(max_risk_level.as_ref().map(RiskLevel::as_str));
            self.maybe(event_count.map(|count| count.to_string()).as_deref());
            self.plain(&last_event.map(Ticks::from).unwrap_or_default().number());
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

    fn level(&mut self) -> Option<Option<RiskLevel>> {
        self.maybe().map(|level| level.map(|word| word.as_str().into()))
    }

    fn levels(&mut self) -> Option<LevelCounts> {
        let count = self.plain()?;
        (0..count).map(|_: usize| Some((self.level()?, self.plain()?))).collect()
    }

    fn view(&mut self) -> Option<View> {
        let (page, total, matching) = (self.plain()?, self.plain()?, self.levels()?);
        let count = self.plain()?;
        let rows = (0..count).map(|_: usize| self.row()).collect::<Option<_>>()?;
        Some(View { rows, page, total, matching })
    }

    fn row(&mut self) -> Option<UserRiskInfo> {
        Some(UserRiskInfo {
            user_id: self.maybe_plain::<UserId>()?,
            name: self.text()?,
            email: self.text()?,
            max_risk_level: self.level()?,
            event_count: self.maybe_plain()?,
            last_event: Ticks::from_number(self.plain()?).time(),
        })
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
    use proptest::{collection::vec, option, prelude::*};

    use super::*;

    fn level() -> impl Strategy<Value = Option<RiskLevel>> {
        option::of(prop_oneof!["low|medium|high", any::<String>()].prop_map(|w| w.as_str().into()))
    }

    prop_compose! {
        fn row()(
            id in option::of(any::<u128>()), name: String, email: String, max_risk_level in level(),
            event_count in option::of(0..u64::MAX), millis in option::of(-60_000_000_000_000_i64..250_000_000_000_000),
        ) -> UserRiskInfo {
            UserRiskInfo {
                user_id: id.map(|id| uuid::Uuid::from_u128(id).into()),
                name,
                email,
                max_risk_level,
                event_count,
                last_event: millis.and_then(chrono::DateTime::from_timestamp_millis),
            }
        }
    }

    proptest! {
        #[test]
        fn a_view_comes_through(
            number: u32, rows in vec(row(), 0..5), page: usize, total: usize,
            counts in vec((level(), 1_u32..9), 0..4),
        ) {
            let view = View { rows, page, total, matching: counts.into_iter().collect() };
            let told = Told::View { number, view };
            prop_assert_eq!(Told::parse(&told.to_text()), Some(told));
        }

        #[test]
        fn a_failure_comes_through(
            number: u32, status: u16, kind in option::of(any::<String>()), ray in option::of(any::<String>()),
            retry_after in option::of(any::<u32>()), text: String,
        ) {
            for failure in [
                Failure::Unreachable { detail: text.clone() },
                Failure::Unreadable { status, ray: ray.clone(), detail: text.clone() },
                Failure::Answer { status, content_type: kind, ray, retry_after, body: text },
            ] {
                let told = Told::Failed { number, failure };
                prop_assert_eq!(Told::parse(&told.to_text()), Some(told));
            }
        }

        #[test]
        fn progress_and_reads_come_through(
            number: u32, bytes: u64, of in option::of(any::<u64>()), count in 1_u32..9, level in level(),
        ) {
            let levels: LevelCounts = [(level, count)].into_iter().collect();
            for told in [Told::Progress { number, bytes, of }, Told::Read { number, levels }] {
                prop_assert_eq!(Told::parse(&told.to_text()), Some(told));
            }
        }

        #[test]
        fn odd_lines_are_no_word_of_the_finders(text in "(view|read|failed|progress|tell)?(\n[0-9=a-z\\\\]{0,3}){0,9}") {
            let _ = Told::parse(&text);
        }
    }
}
