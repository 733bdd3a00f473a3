//! A change under way: one at a time, and if it fails, why, beside the button that made it.

use leptos::prelude::*;

use crate::{text::Explained, ui::announcer::Announcer};

/// Whether a change is under way, and why the last one failed.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    busy: RwSignal<bool>,
    failed: RwSignal<Option<Explained>>,
    announcer: Announcer,
}

impl Attempt {
    pub fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            failed: RwSignal::new(None),
            announcer: Announcer::expect(),
        }
    }

    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// Starts; `false` where one is under way: a second click while the first is on its way is
    /// none.
    #[must_use]
    pub fn begin(self) -> bool {
        let free = !self.busy.get_untracked();
        if free {
            self.busy.set(true);
            self.failed.set(None);
        }
        free
    }

    /// Ends well. `true` where the page is still there.
    pub fn succeed(self) -> bool {
        self.busy.try_set(false).is_none()
    }

    /// Ends badly: shown in the page, or announced where the page is gone by now.
    pub fn fail(self, why: Explained) {
        self.busy.try_set(false);
        if let Some(Some(why)) = self.failed.try_set(Some(why)) {
            self.announcer.alert(why.sentence());
        }
    }

    /// Why the last try failed.
    pub fn failed(self) -> Signal<Option<Explained>> {
        self.failed.into()
    }

    /// Forgets the failure.
    pub fn forget(self) {
        self.failed.set(None);
    }
}

/// Why the last try failed, where it did.
#[component]
pub fn Failed(#[prop(into)] why: Signal<Option<Explained>>) -> impl IntoView {
    move || {
        why.get().map(|why| {
            view! {
                <p class="notice failure" role="alert">
                    {why.sentence()}
                </p>
            }
        })
    }
}
