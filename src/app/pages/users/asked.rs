//! What the list's address asks, for what is done with everyone who answers it.

use columns::{Page, Question};
use leptos::prelude::*;

use super::url::ListUrl;
use crate::{
    data::{self, Everyone, Query},
    query::use_pairs,
};

pub struct Asked {
    pub people: Query<Everyone>,
    pub question: Memo<Question>,
    /// How many answer it.
    pub total: Memo<usize>,
}

impl Asked {
    pub fn here() -> Self {
        let people = data::use_people();
        let pairs = use_pairs();
        let question = Memo::new(move |_| pairs.with(ListUrl::read).question);
        let answer = data::use_view(people, move || (question.get(), Page { number: 1, rows: 1 }));
        let total =
            Memo::new(move |_| answer.with(|answer| answer.as_ref().map_or(0, |a| a.view.total)));
        Self { people, question, total }
    }
}
