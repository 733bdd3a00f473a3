//! The columns from outside: bytes in, pages of people out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

extern crate riskdesk_columns as columns;

mod answers;
mod hostile;
mod naive;
mod questions;
mod reading;

use columns::{LevelFilter, Next, Page, People, Question, Reader, Unreadable};

/// Everyone in an answer that comes in pieces of these lengths, again and again.
pub fn read(answer: &[u8], lengths: &[usize]) -> Result<People, Unreadable> {
    let mut reader = Reader::new(str::to_lowercase);
    let mut rest = answer;
    let mut lengths = lengths.iter().copied().cycle();
    while !rest.is_empty() {
        let length = lengths.next().unwrap_or(rest.len()).clamp(1, rest.len());
        let (piece, after) = rest.split_at(length);
        reader.feed(piece)?;
        rest = after;
    }
    match reader.end()? {
        Next::Whole => Ok(reader.people()),
        Next::Page(_) => Err(Unreadable::Cut { people: reader.len() }),
    }
}

pub const ALL: Page = Page { number: 1, rows: 10_000 };

pub fn question(text: &str, levels: &str, sort: &str) -> Question {
    Question {
        text: text.to_owned(),
        levels: LevelFilter::parse(levels),
        sort: sort.parse().unwrap_or_default(),
        ..Question::default()
    }
}
