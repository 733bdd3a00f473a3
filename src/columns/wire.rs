//! What the app and the finder (`src/finder`) tell each other. The finder holds the people, away
//! from the page; the app holds what is shown.
//!
//! Everything that is asked has a number, and what answers it has the same: an answer that comes
//! late is told from the one that is waited for. All of it is lines of text, which take little code
//! to write and to read: this file has what the finder is told, [`told`] what it tells.

mod told;

use model::AccountId;

pub use self::told::{Failure, Told};
use crate::{LevelFilter, Page, Question};

/// From the app to the finder.
#[derive(Clone, Debug, PartialEq)]
pub enum Tell {
    /// Read the account's people; a read under another number ends. Under the same number it is
    /// one read, whoever asked first: the page's start does so before the app is there.
    Read { number: u32, account: AccountId },
    /// Nobody waits for this read any more.
    Stop { number: u32 },
    /// Answer the question from the people that were read last.
    Ask { number: u32, question: Question, page: Page },
}

impl Tell {
    /// `read`, `stop` or `ask`, the number, and a line for each thing that is told; what a person
    /// typed comes last, whatever is in it.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Read { number, account } => format!("read\n{number}\n{account}"),
            Self::Stop { number } => format!("stop\n{number}\n"),
            Self::Ask { number, question: Question { text, levels, sort }, page } => {
                let (sort, levels) = (sort.to_text(), levels.to_text());
                let Page { number: page, rows } = page;
                // A level is a word of the address: it may hold anything, but is no line of its own.
                let levels = levels.replace('\n', " ");
                format!("ask\n{number}\n{page}\n{rows}\n{sort}\n{levels}\n{text}")
            }
        }
    }

    /// Reads what [`to_text`](Self::to_text) wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = text;
        let mut line = || {
            let (line, after) = rest.split_once('\n')?;
            rest = after;
            Some(line)
        };
        let (kind, number) = (line()?, line()?.parse().ok()?);
        match kind {
            "read" => Some(Self::Read { number, account: rest.parse().ok()? }),
            "stop" => Some(Self::Stop { number }),
            "ask" => {
                let page = Page { number: line()?.parse().ok()?, rows: line()?.parse().ok()? };
                let sort = line()?.parse().ok()?;
                let levels = LevelFilter::parse(line()?);
                let question = Question { text: rest.to_owned(), levels, sort };
                Some(Self::Ask { number, question, page })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Column, Sort};

    proptest! {
        #[test]
        fn what_is_asked_comes_through(
            number: u32, page: usize, rows: usize, text: String, descending: bool,
            levels in "[a-zA-Z ]{0,9}(,[a-z]{1,9}){0,3}", column in 0_usize..5,
        ) {
            let question = Question {
                text,
                levels: LevelFilter::parse(&levels),
                sort: Sort { column: Column::ALL[column], descending },
            };
            let told = Tell::Ask { number, question, page: Page { number: page, rows } };
            prop_assert_eq!(Tell::parse(&told.to_text()), Some(told));
        }
    }

    #[test]
    fn reads_and_stops_come_through() {
        let account = "0123456789abcdef0123456789abcdef".parse().unwrap();
        for told in [Tell::Read { number: 1, account }, Tell::Stop { number: 2 }] {
            assert_eq!(Tell::parse(&told.to_text()), Some(told));
        }
        for odd in ["", "read\n1", "read\n1\nx", "ask\n1\n2\n3\nshoe_size\n\n", "tell\n1\n"] {
            assert_eq!(Tell::parse(odd), None, "{odd}");
        }
    }
}
