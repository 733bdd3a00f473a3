//! What is wrong with the settings, and what to do about it.

use std::fmt;

/// One mistake. A secret's value is never part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The setting's name.
    pub setting: String,
    pub problem: String,
    pub fix: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}. {}", self.setting, self.problem, self.fix)
    }
}

/// All of them, in the order of the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        let noun = if count == 1 { "mistake" } else { "mistakes" };
        write!(f, "{count} {noun} in the settings:")?;
        self.0.iter().try_for_each(|mistake| write!(f, "\n  - {mistake}"))
    }
}

impl std::error::Error for Mistakes {}
