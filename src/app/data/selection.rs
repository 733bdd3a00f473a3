//! The people that are selected, on whatever page, for what is done to many at once.
//!
//! Who has no ID can't be reset and can't be selected. A refresh keeps the selection; what is kept
//! of a person is how they were when they were selected.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::{RiskLevel, UserId, UserRiskInfo};

/// What is kept of a selected person.
#[derive(Clone, Debug, PartialEq)]
pub struct Selected {
    pub name: String,
    pub level: Option<RiskLevel>,
}

#[derive(Clone, Copy, Debug)]
pub struct Selection(RwSignal<BTreeMap<UserId, Selected>>);

impl Selection {
    pub fn provide() -> Self {
        let selection = Self(RwSignal::new(BTreeMap::new()));
        provide_context(selection);
        selection
    }

    pub fn expect() -> Self {
        expect_context()
    }

    /// Adds the people to the selection, or takes them out.
    pub fn select(self, people: &[UserRiskInfo], on: bool) {
        self.0.update(|selected| {
            for person in people {
                let Some(id) = person.user_id else { continue };
                if on {
                    let (name, level) = (person.name.clone(), person.max_risk_level.clone());
                    selected.insert(id, Selected { name, level });
                } else {
                    selected.remove(&id);
                }
            }
        });
    }

    /// Selects a person who isn't, and the other way round.
    pub fn toggle(self, person: &UserRiskInfo) {
        let on = person.user_id.is_some_and(|id| self.0.with_untracked(|s| !s.contains_key(&id)));
        self.select(std::slice::from_ref(person), on);
    }

    pub fn clear(self) {
        self.0.update(BTreeMap::clear);
    }

    pub fn len(self) -> usize {
        self.0.with(BTreeMap::len)
    }

    pub fn is_selected(self, id: UserId) -> bool {
        self.0.with(|selected| selected.contains_key(&id))
    }

    /// Looks at all of them.
    pub fn with<T>(self, look: impl FnOnce(&BTreeMap<UserId, Selected>) -> T) -> T {
        self.0.with(look)
    }
}
