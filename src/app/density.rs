//! How high rows are: comfortable or compact. `public/start.js` applies the choice before the first
//! paint.

use leptos::prelude::*;

use crate::kept;

const KEPT: &str = "density";
const COMPACT: &str = "compact";

/// Whether rows are compact now.
pub fn is_compact() -> bool {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute("data-density")).as_deref() == Some(COMPACT)
}

/// Applies the density and keeps it.
pub fn set_compact(compact: bool) {
    let Some(root) = document().document_element() else { return };
    let _ = if compact {
        root.set_attribute("data-density", COMPACT)
    } else {
        root.remove_attribute("data-density")
    };
    kept::set(KEPT, compact.then_some(COMPACT));
    self::compact().set(compact);
}

/// The same as [`is_compact`], for what shows it.
pub fn compact() -> ArcRwSignal<bool> {
    thread_local! {
        static CHOSEN: ArcRwSignal<bool> = ArcRwSignal::new(is_compact());
    }
    CHOSEN.with(ArcRwSignal::clone)
}
