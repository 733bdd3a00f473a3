//! From a question to the rows of a page.

use std::sync::Arc;

use model::UserRiskInfo;

use crate::{LevelCounts, People, Question};

/// Which page of the rows to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Page {
    /// From 1. One past the end (an old link, a list that shrank) is the last one.
    pub number: usize,
    /// How many rows a page has.
    pub rows: usize,
}

/// The answer to a [`Question`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// The people of the page, in order.
    pub rows: Vec<UserRiskInfo>,
    /// The page that they are.
    pub page: usize,
    /// How many people answer the question, over all pages.
    pub total: usize,
    /// The people that match the text and the period, by level, whatever the level filter says.
    pub matching: LevelCounts,
}

impl People {
    /// Answers the question with one page of people.
    #[must_use]
    pub fn view(&self, question: &Question, page: Page) -> View {
        let mut found = self.search(&question.text);
        if !question.period.is_open() {
            found = Arc::new(self.within(question.period, &found));
        }
        let counts = if found.is_all() {
            self.counts.clone()
        } else {
            let mut counts = vec![0; self.counts.len()];
            found.iter().for_each(|row| counts[self.level(row) as usize] += 1);
            counts
        };
        let shows = self.levels.shown_by(&question.levels);
        let shown = if shows.iter().all(|shows| *shows) {
            found
        } else {
            Arc::new(found.only(|row| shows[self.level(row) as usize]))
        };
        let total = shown.count();
        let rows = page.rows.max(1);
        let number = page.number.clamp(1, total.div_ceil(rows).max(1));
        let sort = question.sort;
        let picked =
            self.order(sort.column).pick(sort.descending, &shown, (number - 1) * rows, rows);
        View {
            rows: picked.into_iter().map(|row| self.person(row)).collect(),
            page: number,
            total,
            matching: self.levels.counts(&counts),
        }
    }
}
