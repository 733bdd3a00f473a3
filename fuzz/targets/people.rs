#![no_main]
//! The list of users as the app reads it, in pieces as long as the first byte says: the same as in one
//! piece, and where the model's types can read it, the people that they have.

use columns::{Next, Page, People, Question, Reader, Unreadable};
use model::{Envelope, RiskSummary, UserRiskInfo};

const ALL: Page = Page { number: 1, rows: 10_000 };

fn read(answer: &[u8], length: usize) -> Result<Option<People>, Unreadable> {
    let mut reader = Reader::new(str::to_lowercase);
    for piece in answer.chunks(length) {
        reader.feed(piece)?;
    }
    // A page of several is no list yet.
    Ok((reader.end()? == Next::Whole).then(|| reader.people()))
}

fn rows(people: &People, question: &Question) -> Vec<UserRiskInfo> {
    people.view(question, ALL).rows
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((length, answer)) = bytes.split_first() else { return };
    let whole = read(answer, answer.len().max(1));
    let pieces = read(answer, usize::from(*length).max(1));
    let (whole, pieces) = match (whole, pieces) {
        (Ok(Some(whole)), Ok(Some(pieces))) => (whole, pieces),
        (whole, pieces) => {
            let outcome =
                |read: Result<Option<People>, Unreadable>| read.map(|people| people.map(drop));
            return assert_eq!(outcome(whole), outcome(pieces));
        }
    };
    let everyone = Question::default();
    let shown = rows(&whole, &everyone);
    assert_eq!(shown, rows(&pieces, &everyone));
    for row in &shown {
        let found = Question { text: row.name.clone(), ..Question::default() };
        assert!(rows(&pieces, &found).contains(row), "{row:?}");
    }
    let Ok(model) = serde_json::from_slice::<Envelope<RiskSummary>>(answer) else { return };
    let mut named = model.result.unwrap_or_default().users;
    for row in shown {
        let place = named.iter().position(|user| *user == row);
        named.swap_remove(place.unwrap_or_else(|| panic!("{row:?} is not there")));
    }
    assert!(named.is_empty(), "{named:?}");
});
