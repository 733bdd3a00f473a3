//! Results are announced in a `status` region, failures in an `alert`; both are seen as well as
//! heard. A result goes after a while, a failure stays until it is dismissed.

use leptos::prelude::*;

use super::icon::Icon;
use crate::text;

const SHOWN_FOR: std::time::Duration = std::time::Duration::from_secs(8);

/// Says things to the person, wherever on the page they are.
#[derive(Clone, Copy, Debug)]
pub struct Announcer {
    status: RwSignal<String>,
    /// Whether the status is to be seen as well as heard.
    is_seen: RwSignal<bool>,
    alert: RwSignal<String>,
}

impl Announcer {
    pub fn provide() {
        provide_context(Self {
            status: RwSignal::new(String::new()),
            is_seen: RwSignal::new(false),
            alert: RwSignal::new(String::new()),
        });
    }

    pub fn expect() -> Self {
        expect_context()
    }

    /// Announces a result.
    pub fn status(self, message: impl Into<String>) {
        self.say(message.into(), true);
    }

    /// Announces a result that is on the screen already.
    pub fn heard(self, message: impl Into<String>) {
        self.say(message.into(), false);
    }

    fn say(self, message: String, is_seen: bool) {
        self.alert.set(String::new());
        self.is_seen.set(is_seen);
        self.status.set(message.clone());
        set_timeout(
            move || {
                // A later message has its own time.
                if self.status.with_untracked(|now| *now == message) {
                    self.status.set(String::new());
                }
            },
            SHOWN_FOR,
        );
    }

    /// Announces a failure.
    pub fn alert(self, message: impl Into<String>) {
        self.status.set(String::new());
        self.alert.set(message.into());
    }

    pub fn clear_alert(self) {
        self.alert.set(String::new());
    }
}

/// The two regions; in the page from the start, since a region that comes with its text is not
/// announced everywhere.
#[component]
pub fn Regions() -> impl IntoView {
    let announcer = Announcer::expect();
    let is_alert = move || announcer.alert.with(|text| !text.is_empty());
    let is_status =
        move || announcer.is_seen.get() && announcer.status.with(|text| !text.is_empty());
    view! {
        <div class="toasts">
            <div class="toast" class:shown=is_status>
                <div role="status">
                    <bdi>{announcer.status}</bdi>
                </div>
            </div>
            <div class="toast alert" class:shown=is_alert>
                <div role="alert">
                    <bdi>{announcer.alert}</bdi>
                </div>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=text::CLOSE
                    on:click=move |_| announcer.clear_alert()
                >
                    <Icon name="close" />
                </button>
            </div>
        </div>
    }
}
