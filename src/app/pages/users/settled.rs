//! The list reads again by itself, and never moves what a person looks at: an answer that would is
//! held until they ask for it.

use std::time::Duration;

use leptos::prelude::*;
use model::UserId;

use super::url::ListUrl;
use crate::data::{Answer, Everyone, Query, Selection};

/// How often the people are read again while the page is seen.
const EVERY: Duration = Duration::from_secs(60);

/// What is shown, and what waits.
#[derive(Clone, Copy)]
pub struct Settled {
    pub answer: Signal<Option<Answer>>,
    /// How many more people there are in what waits; nothing where nothing waits.
    pub found: Signal<Option<usize>>,
    /// Shows what waits.
    pub show: Callback<()>,
}

/// What is shown after an answer, and for which address.
struct Shown {
    answer: Option<Answer>,
    url: ListUrl,
    shows: u32,
    found: Option<usize>,
}

pub fn settle(
    people: Query<Everyone>,
    answer: Signal<Option<Answer>>,
    url: Memo<ListUrl>,
) -> Settled {
    let shows = RwSignal::new(0);
    let by_itself = read_again(people, shows);
    let shown = Memo::new_with_compare(
        move |before: Option<&Shown>| {
            let (answer, url, shows) = (answer.get(), url.get(), shows.get());
            let same = before.filter(|before| before.url == url && before.shows == shows);
            if same.is_none() {
                // Whatever comes now is what the person asked for.
                by_itself.set_value(false);
            }
            let held = same.filter(|_| by_itself.get_value());
            if let Some(old) = held
                && let (Some(was), Some(is)) = (&old.answer, &answer)
                && ids(was) != ids(is)
            {
                let found = is.view.total.saturating_sub(was.view.total);
                return Shown { answer: old.answer.clone(), url, shows, found: Some(found) };
            }
            Shown { answer, url, shows, found: None }
        },
        |_, _| true,
    );
    Settled {
        answer: Signal::derive(move || shown.with(|shown| shown.answer.clone())),
        found: Signal::derive(move || shown.with(|shown| shown.found)),
        show: Callback::new(move |()| shows.update(|shows| *shows += 1)),
    }
}

fn ids(answer: &Answer) -> Vec<Option<UserId>> {
    answer.view.rows.iter().map(|row| row.user_id).collect()
}

/// Reads again while the page is seen and nobody is selected. Gives whether the last read began by itself; any other shows
/// what waits.
fn read_again(people: Query<Everyone>, shows: RwSignal<u32>) -> StoredValue<bool> {
    let reading = people.reading;
    let (by_itself, begins) = (StoredValue::new(false), StoredValue::new(false));
    Effect::new(move || {
        if reading.fetching.get() {
            by_itself.set_value(begins.get_value());
            begins.set_value(false);
            if !by_itself.get_value() {
                shows.update(|shows| *shows += 1);
            }
        }
    });
    let selection = Selection::expect();
    let read = move || {
        // After a failure it is the person's turn, or the vendor's, who says when.
        let waits = reading.fetching.get_untracked() || untrack(|| reading.error()).is_some();
        if !document().hidden() && !waits && untrack(|| selection.len()) == 0 {
            begins.set_value(true);
            reading.refresh.run(());
        }
    };
    if let Ok(handle) = set_interval_with_handle(read, EVERY) {
        on_cleanup(move || handle.clear());
    }
    by_itself
}
