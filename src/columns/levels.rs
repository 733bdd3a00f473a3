//! Counting and filtering by level.

use std::collections::BTreeMap;

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

impl FromIterator<(Option<RiskLevel>, u32)> for LevelCounts {
    /// Levels with their counts, each once; one that nobody has is as good as not there.
    fn from_iter<I: IntoIterator<Item = (Option<RiskLevel>, u32)>>(counts: I) -> Self {
        let mut kept = BTreeMap::new();
        kept.extend(counts.into_iter().filter(|(_, count)| *count > 0));
        Self { counts: kept }
    }
}

/// The levels that occur, each with a number: 0 for none, 1 to 3 for low, medium and high, then
/// those we don't know in the order they came.
#[derive(Clone, Debug)]
pub(crate) struct LevelTable {
    levels: Vec<Option<RiskLevel>>,
    numbers: BTreeMap<Option<RiskLevel>, u32>,
}

impl Default for LevelTable {
    fn default() -> Self {
        let mut table = Self { levels: Vec::new(), numbers: BTreeMap::new() };
        let known = [RiskLevel::Low, RiskLevel::Medium, RiskLevel::High].map(Some);
        for level in [None].into_iter().chain(known) {
            table.add(level);
        }
        table
    }
}

impl LevelTable {
    fn add(&mut self, level: Option<RiskLevel>) -> u32 {
        let number = self.levels.len() as u32;
        self.levels.push(level.clone());
        self.numbers.insert(level, number);
        number
    }

    pub(crate) fn len(&self) -> usize {
        self.levels.len()
    }

    /// The number of the level with this word.
    pub(crate) fn number(&mut self, word: Option<&str>) -> u32 {
        match word {
            None => 0,
            Some("low") => 1,
            Some("medium") => 2,
            Some("high") => 3,
            Some(word) => {
                let level = Some(RiskLevel::from(word));
                let known = self.numbers.get(&level).copied();
                known.unwrap_or_else(|| self.add(level))
            }
        }
    }

    /// All levels, by their numbers.
    pub(crate) fn all(&self) -> impl Iterator<Item = &RiskLevel> {
        self.levels.iter().flatten()
    }

    pub(crate) fn level(&self, number: u32) -> Option<&RiskLevel> {
        self.levels[number as usize].as_ref()
    }

    /// All numbers, the highest level first.
    pub(crate) fn highest_first(&self) -> impl Iterator<Item = usize> + '_ {
        self.numbers.values().rev().map(|number| *number as usize)
    }

    /// Which levels the filter shows, by their numbers.
    pub(crate) fn shown_by(&self, filter: &LevelFilter) -> Vec<bool> {
        self.levels.iter().map(|level| filter.shows(level.as_ref())).collect()
    }

    /// Counts by number as counts by level.
    pub(crate) fn counts(&self, counts: &[u32]) -> LevelCounts {
        self.levels.iter().cloned().zip(counts.iter().copied()).collect()
    }
}

/// The levels to show, by their words in order; empty shows all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LevelFilter(Vec<String>);

impl LevelFilter {
    /// Reads `high,medium`; empty words are passed over.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut filter = Self::default();
        for word in text.split(',').filter(|word| !word.is_empty()) {
            if let Err(place) = filter.place(word) {
                filter.0.insert(place, word.to_owned());
            }
        }
        filter
    }

    /// Where the word is, or else belongs.
    fn place(&self, word: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|other| other.as_str().cmp(word))
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the filter names the level.
    #[must_use]
    pub fn names(&self, level: Option<&RiskLevel>) -> bool {
        self.place(word(level)).is_ok()
    }

    /// Whether people of the level are shown.
    #[must_use]
    pub fn shows(&self, level: Option<&RiskLevel>) -> bool {
        self.is_empty() || self.names(level)
    }

    /// Adds the level, or takes it away.
    pub fn toggle(&mut self, level: Option<&RiskLevel>) {
        let word = word(level);
        match self.place(word) {
            Ok(place) => drop(self.0.remove(place)),
            Err(place) => self.0.insert(place, word.to_owned()),
        }
    }

    /// The words, highest level first, as a URL carries them.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut levels: Vec<RiskLevel> = Vec::new();
        for level in self.0.iter().map(|word| RiskLevel::from(word.as_str())) {
            let place = levels.partition_point(|other| *other > level);
            levels.insert(place, level);
        }
        levels.iter().map(RiskLevel::as_str).collect::<Vec<_>>().join(",")
    }
}
