//! When somebody's last event was: from one time, before another.

use chrono::{DateTime, Utc};

use crate::{LevelCounts, People, bits::Bits, time::Ticks};

/// A span of time, open where an end is not said. Whoever's last event has no time is in none but
/// the one that is open at both ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first moment that is part of it.
    pub from: Option<DateTime<Utc>>,
    /// The first moment that no longer is.
    pub to: Option<DateTime<Utc>>,
}

impl Period {
    /// Whether everyone is in it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

impl People {
    /// Those of the rows whose last event was in the period.
    pub(crate) fn within(&self, period: Period, rows: &Bits) -> Bits {
        let from = period.from.map_or(Ticks::EARLIEST, Ticks::from);
        let to = period.to.map(Ticks::from);
        let holds = |last: Ticks| last >= from && to.is_none_or(|to| last < to);
        rows.only(|row| holds(self.last(row)))
    }

    /// How many people at each level had their last event between each two of these moments, which
    /// ascend: one count less than there are moments.
    #[must_use]
    pub fn counts_between(&self, moments: &[DateTime<Utc>]) -> Vec<LevelCounts> {
        let moments: Vec<Ticks> = moments.iter().map(|moment| Ticks::from(*moment)).collect();
        let mut counts = vec![vec![0; self.levels.len()]; moments.len().saturating_sub(1)];
        for row in 0..self.len() {
            let last = self.last(row);
            let after = moments.partition_point(|moment| *moment <= last);
            let between = after.checked_sub(1).and_then(|between| counts.get_mut(between));
            if let Some(counts) = between {
                counts[self.level(row) as usize] += 1;
            }
        }
        counts.iter().map(|counts| self.levels.counts(counts)).collect()
    }
}
