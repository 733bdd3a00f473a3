//! What was done in a triage, kept in the tab until it ends: it survives a reload, and no other tab
//! sees it.

use chrono::{DateTime, Utc};
use model::{UserId, csv};
use serde_json::{Value, json};

use crate::{kept, text::triage as words};

const KEPT: &str = "triage";

/// What is known of one person; all of it text, as it goes into the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub user_id: String,
    pub name: String,
    pub email: String,
    /// The level when the person was first seen.
    pub level: String,
    /// One of the three words.
    pub outcome: String,
    pub note: String,
    pub at: String,
}

impl Entry {
    const HEADER: [&str; 7] =
        ["user_id", "name", "email", "max_risk_level", "outcome", "note", "at"];

    fn cells(&self) -> [String; 7] {
        [
            self.user_id.clone(),
            self.name.clone(),
            self.email.clone(),
            self.level.clone(),
            self.outcome.clone(),
            self.note.clone(),
            self.at.clone(),
        ]
    }

    fn of(value: &Value) -> Self {
        let text = |at: usize| value[at].as_str().unwrap_or_default().to_owned();
        Self {
            user_id: text(0),
            name: text(1),
            email: text(2),
            level: text(3),
            outcome: text(4),
            note: text(5),
            at: text(6),
        }
    }
}

/// Everyone who was seen, in their order.
pub fn all() -> Vec<Entry> {
    let kept = kept::in_tab(KEPT).and_then(|text| serde_json::from_str::<Vec<Value>>(&text).ok());
    kept.unwrap_or_default().iter().map(Entry::of).collect()
}

/// What is known of a person.
pub fn of(id: UserId) -> Option<Entry> {
    let id = id.to_string();
    all().into_iter().find(|entry| entry.user_id == id)
}

/// Keeps what is known now. A reset stays one, whatever came after.
pub fn keep(mut entry: Entry, now: DateTime<Utc>) {
    let mut all = all();
    entry.at = csv::time(now);
    match all.iter_mut().find(|other| other.user_id == entry.user_id) {
        Some(known) => {
            if known.outcome == words::RESET {
                entry.outcome = words::RESET.to_owned();
            }
            entry.level = if known.level.is_empty() { entry.level } else { known.level.clone() };
            *known = entry;
        }
        None => all.push(entry),
    }
    let all: Vec<_> = all.iter().map(|entry| json!(entry.cells())).collect();
    kept::set_in_tab(KEPT, Some(&Value::from(all).to_string()));
}

pub fn forget() {
    kept::set_in_tab(KEPT, None);
}

/// The record as a file.
pub fn file(entries: &[Entry]) -> String {
    let header = csv::line(Entry::HEADER.map(str::to_owned));
    entries.iter().fold(header, |file, entry| file + &csv::line(entry.cells()))
}

/// What was done, in a sentence.
pub fn sum(entries: &[Entry]) -> String {
    let count = |outcome| entries.iter().filter(|entry| entry.outcome == outcome).count();
    let notes = entries.iter().filter(|entry| !entry.note.is_empty()).count();
    words::sum(entries.len(), count(words::RESET), count(words::SKIPPED), notes)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_note_is_no_formula_and_comes_back_as_it_was() {
        let note = "=1+1, \"said\"\nso".to_owned();
        let entry = Entry { user_id: "a".to_owned(), note, ..Entry::default() };
        assert_eq!(Entry::of(&json!(entry.cells())), entry);
        let file = file(&[entry]);
        assert!(file.ends_with("a,,,,,\"'=1+1, \"\"said\"\"\nso\",\r\n"));
    }
}
