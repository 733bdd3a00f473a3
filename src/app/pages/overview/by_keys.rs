//! Incidents by the keyboard: `j` and `k` go from one to the next, and what is done with an incident
//! is done with the one that has the focus.

use std::time::Duration;

use leptos::prelude::*;
use model::{Role, UserRiskInfo};
use web_sys::HtmlElement;

use super::incident;
use crate::{data::Selection, keys, session::Session, ui::announcer::Announcer};

/// Takes the keys while the incidents are there. `people` gives those of the incident at a place.
pub fn take(
    people: impl Fn(usize) -> Option<Vec<UserRiskInfo>> + Copy + 'static,
    look_closer: impl Fn() + 'static,
) {
    let (selection, announcer) = (Selection::expect(), Announcer::expect());
    let may_select = Session::expect().may(Role::Operator);
    let current = move || current().and_then(people);
    keys::on("j", || go(1));
    keys::on("k", || go(-1));
    keys::on("l", look_closer);
    keys::on("x", move || {
        if let Some(people) = current().filter(|_| may_select) {
            let all =
                people.iter().filter_map(|one| one.user_id).all(|id| selection.is_selected(id));
            selection.select(&people, !all);
        }
    });
    keys::on("e", move || {
        if let Some(people) = current() {
            incident::export(&people, announcer);
        }
    });
}

/// The incidents are about to be made anew: whichever has the focus shall have it then too.
pub fn keep_focus() {
    if let Some(at) = current() {
        set_timeout(move || focus(at), Duration::ZERO);
    }
}

fn go(by: isize) {
    let last = items().len().saturating_sub(1);
    focus(current().map_or(0, |at| at.saturating_add_signed(by).min(last)));
}

fn focus(at: usize) {
    if let Some(item) = items().get(at) {
        // It does not fail: where it can't be focused, nothing happens.
        let _ = item.focus();
    }
}

/// The place of the incident that has the focus, from 0.
fn current() -> Option<usize> {
    let focused = document().active_element()?;
    items().iter().position(|item| item.contains(Some(&focused)))
}

fn items() -> Vec<HtmlElement> {
    keys::elements(".incidents > ul > li")
}
