//! What is asked of the people: search, level, last event and order.

use std::str::FromStr;

use crate::{levels::LevelFilter, period::Period};

/// A search, two filters and an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Question {
    /// Words that must all occur in a person's name, e-mail address or ID, in any order and case.
    pub text: String,
    pub levels: LevelFilter,
    /// When the last event was.
    pub period: Period,
    pub sort: Sort,
}

/// A column to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    Level,
    Name,
    Email,
    EventCount,
    LastEvent,
}

impl Column {
    pub const ALL: [Self; 5] =
        [Self::Level, Self::Name, Self::Email, Self::EventCount, Self::LastEvent];

    /// The column's name in URLs: the vendor's field name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Level => "max_risk_level",
            Self::Name => "name",
            Self::Email => "email",
            Self::EventCount => "event_count",
            Self::LastEvent => "last_event",
        }
    }

    /// Texts start with A, everything else with the highest.
    #[must_use]
    pub fn descends_first(self) -> bool {
        !matches!(self, Self::Name | Self::Email)
    }
}

/// An order: a column and a direction. People who tie keep the order of risk: highest level
/// first, then the latest event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    pub column: Column,
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { column: Column::Level, descending: true }
    }
}

impl Sort {
    /// The order after a click on a column's header.
    #[must_use]
    pub fn after_click(self, column: Column) -> Self {
        let descending =
            if self.column == column { !self.descending } else { column.descends_first() };
        Self { column, descending }
    }

    /// `-event_count` or `name`, as a URL carries it.
    #[must_use]
    pub fn to_text(self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.column.as_str())
    }
}

/// The text names no column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASort;

impl FromStr for Sort {
    type Err = NotASort;

    fn from_str(text: &str) -> Result<Self, NotASort> {
        let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
        let column = Column::ALL.into_iter().find(|column| column.as_str() == name);
        Ok(Self { column: column.ok_or(NotASort)?, descending })
    }
}
