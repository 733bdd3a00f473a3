//! Behaviors: what raises a user's level.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    ids::BehaviorKey,
    lenient,
    level::{KnownLevel, RiskLevel},
};

/// `GET …/behaviors`: every behavior by its key. Keys are open-ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Behaviors {
    #[serde(default, deserialize_with = "lenient::keyed_rows")]
    pub behaviors: BTreeMap<BehaviorKey, Behavior>,
}

/// A behavior's setting. Name and description can't be changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Behavior {
    /// Absent in the answer to an update, which some accounts give without names.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub description: String,
    #[serde(default, deserialize_with = "lenient::optional")]
    pub risk_level: Option<RiskLevel>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub enabled: bool,
}

/// `PUT …/behaviors`: the behaviors to change; those left out stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateBehaviors {
    pub behaviors: BTreeMap<BehaviorKey, BehaviorChange>,
}

/// A behavior's new setting; both fields are required.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BehaviorChange {
    pub enabled: bool,
    pub risk_level: KnownLevel,
}
