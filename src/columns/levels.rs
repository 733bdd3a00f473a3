//! Counting and filtering by level.

use std::collections::{BTreeMap, BTreeSet};

use model::RiskLevel;

/// The word for people whom the vendor gave no level.
pub const UNSCORED: &str = "unscored";

/// The level's word, as filters and counts name it.
fn word(level: Option<&RiskLevel>) -> &str {
    level.map_or(UNSCORED, RiskLevel::as_str)
}

/// How many people there are at each level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LevelCounts {
    counts: BTreeMap<Option<RiskLevel>, u32>,
}

impl LevelCounts {
    /// Levels with their counts, highest first: levels we don't know, then high, medium and low
    /// (these three even where nobody has them), then unscored people if there are any.
    pub fn iter(&self) -> impl Iterator<Item = (Option<RiskLevel>, u32)> + '_ {
        let known =
            [RiskLevel::Low, RiskLevel::Medium, RiskLevel::High].map(|level| (Some(level), 0));
        let mut all = BTreeMap::new();
        all.extend(known);
        all.extend(self.counts.iter().map(|(level, count)| (level.clone(), *count)));
        all.into_iter().rev()
    }

    /// How many have this level.
    #[must_use]
    pub fn of(&self, level: &Option<RiskLevel>) -> u32 {
        self.counts.get(level).copied().unwrap_or_default()
    }

    #[must_use]
    pub fn total(&self) -> u32 {
        self.counts.values().sum()
    }
}

impl<'a> FromIterator<Option<&'a RiskLevel>> for LevelCounts {
    fn from_iter<I: IntoIterator<Item = Option<&'a RiskLevel>>>(levels: I) -> Self {
        // The three known levels are counted without touching the map.
        let (mut low, mut medium, mut high, mut counts) = (0, 0, 0, BTreeMap::new());
        for level in levels {
            match level {
                Some(RiskLevel::Low) => low += 1,
                Some(RiskLevel::Medium) => medium += 1,
                Some(RiskLevel::High) => high += 1,
                other => *counts.entry(other.cloned()).or_insert(0) += 1,
            }
        }
        for (level, count) in
            [(RiskLevel::Low, low), (RiskLevel::Medium, medium), (RiskLevel::High, high)]
        {
            if count > 0 {
                counts.insert(Some(level), count);
            }
        }
        Self { counts }
    }
}

/// The levels to show, by their words; empty shows all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LevelFilter(BTreeSet<String>);

impl LevelFilter {
    /// Reads `high,medium`; empty words are passed over.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut words = BTreeSet::new();
        words.extend(text.split(',').filter(|word| !word.is_empty()).map(str::to_owned));
        Self(words)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the filter names the level.
    #[must_use]
    pub fn names(&self, level: Option<&RiskLevel>) -> bool {
        self.0.contains(word(level))
    }

    /// Whether people of the level are shown.
    #[must_use]
    pub fn shows(&self, level: Option<&RiskLevel>) -> bool {
        self.is_empty() || self.names(level)
    }

    /// Adds the level, or takes it away.
    pub fn toggle(&mut self, level: Option<&RiskLevel>) {
        if !self.0.remove(word(level)) {
            self.0.insert(word(level).to_owned());
        }
    }

    /// The words, highest level first, as a URL carries them.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut levels = BTreeSet::new();
        levels.extend(self.0.iter().map(|word| RiskLevel::from(word.as_str())));
        levels.iter().rev().map(RiskLevel::as_str).collect::<Vec<_>>().join(",")
    }
}
