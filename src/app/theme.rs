//! Light, dark, or as the system has it. `public/start.js` applies the choice before the first
//! paint.

use leptos::prelude::*;

use crate::kept;

const KEPT: &str = "theme";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn from_text(text: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.as_str() == text).unwrap_or(Self::System)
    }

    /// The theme that is chosen, for what shows it.
    pub fn chosen() -> ArcRwSignal<Self> {
        thread_local! {
            static CHOSEN: ArcRwSignal<Theme> = ArcRwSignal::new(Theme::current());
        }
        CHOSEN.with(ArcRwSignal::clone)
    }

    /// The theme that the page has now.
    pub fn current() -> Self {
        let root = document().document_element();
        let set = root.and_then(|root| root.get_attribute("data-theme"));
        set.map_or(Self::System, |text| Self::from_text(&text))
    }

    /// Applies the theme and keeps it, where the browser lets us.
    pub fn apply(self) {
        let Some(root) = document().document_element() else { return };
        let chosen = Some(self.as_str()).filter(|_| self != Self::System);
        let _ = match chosen {
            Some(theme) => root.set_attribute("data-theme", theme),
            None => root.remove_attribute("data-theme"),
        };
        kept::set(KEPT, chosen);
        Self::chosen().set(self);
    }
}
