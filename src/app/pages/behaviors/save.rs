//! Saving what is staged, once.

use leptos::prelude::*;
use model::Behaviors;

use super::{
    changes::{Change, update},
    drafts::Drafts,
};
use crate::{
    data, text,
    ui::{announcer::Announcer, page::focus_heading},
};

/// What the foot bar and the dialog share.
#[derive(Clone, Copy)]
pub(super) struct Save {
    changes: Memo<Vec<Change>>,
    now: data::Query<data::Tagged<Behaviors>>,
    drafts: Drafts,
    announcer: Announcer,
    pub reviewing: RwSignal<bool>,
    pub failed: RwSignal<Option<text::Explained>>,
}

impl Save {
    pub fn new(changes: Memo<Vec<Change>>, now: data::Query<data::Tagged<Behaviors>>) -> Self {
        Self {
            changes,
            now,
            drafts: Drafts::expect(),
            announcer: Announcer::expect(),
            reviewing: RwSignal::new(false),
            failed: RwSignal::new(None),
        }
    }

    pub fn saving(self) -> RwSignal<bool> {
        self.drafts.saving
    }

    pub fn label(self) -> &'static str {
        if self.drafts.saving.get() { text::SAVING } else { text::SAVE_CHANGES }
    }

    pub fn close(self) {
        self.failed.set(None);
        self.reviewing.set(false);
    }

    pub fn discard(self) {
        if !self.drafts.saving.get_untracked() {
            self.drafts.clear();
            focus_heading();
        }
    }

    /// Sends the changes, on top of what the page shows. A second click while the first is on its
    /// way is none. What somebody else changed too is shown before it is overwritten.
    pub fn run(self) {
        let update = self.changes.with_untracked(|changes| update(changes));
        if self.drafts.saving.get_untracked() || update.behaviors.is_empty() {
            return;
        }
        let theirs =
            self.changes.with_untracked(|changes| changes.iter().any(|c| c.seen.is_some()));
        if theirs && !self.reviewing.get_untracked() {
            self.reviewing.set(true);
            return;
        }
        let seen = untrack(|| self.now.data()).and_then(|now| now.tag.clone());
        self.drafts.saving.set(true);
        self.failed.set(None);
        leptos::task::spawn_local(async move {
            let outcome = data::update_behaviors(update, seen).await;
            self.drafts.saving.set(false);
            // The page may be gone by now; what became of the changes is announced all the same.
            match outcome {
                Ok(()) => {
                    self.drafts.clear();
                    self.announcer.status(text::CHANGES_SAVED);
                    if self.reviewing.try_set(false).is_none() {
                        focus_heading();
                    }
                }
                Err(error) => {
                    let explained = text::explain(text::THE_CHANGES, true, &error);
                    if self.failed.try_set(Some(explained.clone())).is_some() {
                        self.announcer.alert(explained.sentence());
                    } else {
                        // From the foot bar, the failure is shown with what it is about.
                        self.reviewing.set(true);
                    }
                }
            }
        });
    }
}
