//! Staged edits. They live outside the page: a navigation that could not be held loses nothing.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::{BehaviorKey, Behaviors, KnownLevel};

use super::changes::{self, Change, Draft, Setting};

/// The edits that are not saved yet, and whether they are being saved.
#[derive(Clone, Copy)]
pub struct Drafts {
    staged: RwSignal<BTreeMap<BehaviorKey, Draft>>,
    pub(super) saving: RwSignal<bool>,
}

impl Drafts {
    pub fn provide() {
        let staged = RwSignal::new(BTreeMap::new());
        provide_context(Self { staged, saving: RwSignal::new(false) });
    }

    pub(super) fn expect() -> Self {
        expect_context()
    }

    pub(super) fn of(self, key: &BehaviorKey) -> Draft {
        self.staged.with(|staged| staged.get(key).cloned().unwrap_or_default())
    }

    pub(super) fn changes(self, now: &Behaviors) -> Vec<Change> {
        self.staged.with(|staged| changes::changes(staged, now))
    }

    pub(super) fn set_enabled(self, key: &BehaviorKey, enabled: bool, now: &Setting) {
        self.edit(key, now, |draft| draft.enabled = Some(enabled));
    }

    pub(super) fn set_level(self, key: &BehaviorKey, level: KnownLevel, now: &Setting) {
        self.edit(key, now, |draft| draft.level = Some(level));
    }

    pub(super) fn undo(self, key: &BehaviorKey) {
        self.staged.update(|staged| {
            staged.remove(key);
        });
    }

    pub(super) fn clear(self) {
        self.staged.set(BTreeMap::new());
    }

    /// Drops the edits that `now` has made needless.
    pub(super) fn settle(self, now: &Behaviors) {
        let settled = self.staged.with_untracked(|staged| changes::settle(staged, now));
        if self.staged.with_untracked(|staged| *staged != settled) {
            self.staged.set(settled);
        }
    }

    fn edit(self, key: &BehaviorKey, now: &Setting, edit: impl FnOnce(&mut Draft)) {
        self.staged.update(|staged| {
            let mut draft = staged.get(key).cloned().unwrap_or_default();
            edit(&mut draft);
            draft.seen = now.clone();
            match draft.settled(now) {
                Some(draft) => staged.insert(key.clone(), draft),
                None => staged.remove(key),
            };
        });
    }
}
