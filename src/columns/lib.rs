//! The people of an account: search, filter and sort, without web and I/O.
//!
//! [`People`] is made once from a summary; a [`Question`] gives a [`View`]: which rows, in which
//! order, and how many there are at each level. Only row numbers are moved around.

mod levels;
mod question;
mod view;

pub use levels::{LevelCounts, LevelFilter, UNSCORED};
pub use question::{Column, Question, Sort};
pub use view::{View, sort};

use model::{RiskSummary, UserRiskInfo};

/// Everyone in a summary.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct People {
    rows: Vec<UserRiskInfo>,
    /// Name, e-mail and ID of each row in lower case, for search.
    folded: Vec<Box<str>>,
}

impl People {
    #[must_use]
    pub fn new(summary: RiskSummary) -> Self {
        let fold = |row: &UserRiskInfo| {
            let id = row.user_id.map(|id| id.to_string()).unwrap_or_default();
            // The separator can't be typed, so a search never matches across two fields.
            let text = format!("{}\u{1f}{}\u{1f}{id}", row.name, row.email);
            text.to_lowercase().into_boxed_str()
        };
        Self { folded: summary.users.iter().map(fold).collect(), rows: summary.users }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row by its number, as a [`View`] gives it.
    #[must_use]
    pub fn row(&self, number: u32) -> Option<&UserRiskInfo> {
        self.rows.get(number as usize)
    }

    /// How many people there are at each level.
    #[must_use]
    pub fn levels(&self) -> LevelCounts {
        self.rows.iter().map(|row| row.max_risk_level.as_ref()).collect()
    }
}
