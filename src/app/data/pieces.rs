//! Everyone who answers a question, a piece at a time: for what goes through all of them.

use columns::{Page, Question, View};
use leptos::prelude::untrack;

use super::{
    Error, Query,
    people::{self, Everyone},
};

/// How many people a piece has: some milliseconds' work, so that the page stays alive in between.
const PIECE: usize = 5_000;

/// How going through everyone ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Through {
    /// Each was there once.
    Whole,
    /// The people were read anew meanwhile: what was seen is of two lists.
    Changed,
    Stopped,
}

/// Shows the people to `each`, in their order, until that says no. There is always a piece, be it
/// an empty one.
///
/// # Errors
/// Nobody was read yet.
pub async fn through(
    people: Query<Everyone>,
    question: &Question,
    mut each: impl AsyncFnMut(&View) -> bool,
) -> Result<Through, Error> {
    let read = untrack(|| people.data());
    for number in 1.. {
        let view = people::ask(question.clone(), Page { number, rows: PIECE }).await?;
        if untrack(|| people.data()) != read {
            return Ok(Through::Changed);
        }
        if !each(&view).await {
            return Ok(Through::Stopped);
        }
        if number * PIECE >= view.total {
            break;
        }
    }
    Ok(Through::Whole)
}
