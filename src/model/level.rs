//! Risk levels and their order.

use std::{cmp::Ordering, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A user's or behavior's risk level as the vendor sent it.
///
/// A level the vendor adds one day is kept as it came and sorts above all others: what nobody
/// can judge must not sink to the bottom of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RiskLevel {
    Low,
    Medium,
    High,
    /// A level outside the documented three, word for word.
    Unknown(Box<str>),
}

/// The three levels that may be written: an unknown one is never sent back as a guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KnownLevel {
    Low,
    Medium,
    High,
}

impl KnownLevel {
    /// All levels, highest first, as people scan them.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

impl fmt::Display for KnownLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is none of `low`, `medium`, `high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the risk level must be low, medium or high")]
pub struct NotALevel;

impl FromStr for KnownLevel {
    type Err = NotALevel;

    fn from_str(text: &str) -> Result<Self, NotALevel> {
        Self::ALL.into_iter().find(|level| level.as_str() == text).ok_or(NotALevel)
    }
}

impl RiskLevel {
    /// The level's own word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Unknown(word) => word,
        }
    }

    /// The level, where it is one of the three that may be written.
    #[must_use]
    pub fn known(&self) -> Option<KnownLevel> {
        match self {
            Self::Low => Some(KnownLevel::Low),
            Self::Medium => Some(KnownLevel::Medium),
            Self::High => Some(KnownLevel::High),
            Self::Unknown(_) => None,
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Low => 1,
            Self::Medium => 2,
            Self::High => 3,
            Self::Unknown(_) => 4,
        }
    }
}

impl From<KnownLevel> for RiskLevel {
    fn from(level: KnownLevel) -> Self {
        match level {
            KnownLevel::Low => Self::Low,
            KnownLevel::Medium => Self::Medium,
            KnownLevel::High => Self::High,
        }
    }
}

impl From<&str> for RiskLevel {
    fn from(word: &str) -> Self {
        match word.parse::<KnownLevel>() {
            Ok(level) => level.into(),
            Err(NotALevel) => Self::Unknown(word.into()),
        }
    }
}

impl Ord for RiskLevel {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank()).then_with(|| self.as_str().cmp(other.as_str()))
    }
}

impl PartialOrd for RiskLevel {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for RiskLevel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for RiskLevel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let level = crate::lenient::optional(deserializer)?;
        level.ok_or_else(|| serde::de::Error::custom("a risk level is a word"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_level_sorts_highest_and_keeps_its_word() {
        let mut levels: Vec<RiskLevel> =
            ["critical", "low", "high", "medium"].map(RiskLevel::from).to_vec();
        levels.sort();
        assert_eq!(
            levels.iter().map(RiskLevel::as_str).collect::<Vec<_>>(),
            ["low", "medium", "high", "critical"]
        );
        assert_eq!(levels[3].known(), None);
        assert_eq!(serde_json::to_string(&levels[3]).unwrap(), "\"critical\"");
    }

    #[test]
    fn levels_are_lower_case_only() {
        assert_eq!(RiskLevel::from("High"), RiskLevel::Unknown("High".into()));
    }
}
