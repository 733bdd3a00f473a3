//! The leading column of the table: a checkbox a person, and one for the page.

use leptos::{ev, html, prelude::*};
use model::{UserId, UserRiskInfo};

use crate::{data::Selection, text};

/// What the boxes of one table share.
#[derive(Clone, Copy)]
pub struct Boxes {
    rows: Memo<Vec<UserRiskInfo>>,
    selection: Selection,
    /// Whose box was clicked last: with Shift, a click goes from there.
    anchor: StoredValue<Option<UserId>>,
}

impl Boxes {
    pub fn new(rows: Memo<Vec<UserRiskInfo>>) -> Self {
        Self { rows, selection: Selection::expect(), anchor: StoredValue::new(None) }
    }

    pub fn is_selected(self, id: UserId) -> bool {
        self.selection.is_selected(id)
    }

    fn click(self, id: UserId, shift: bool, on: bool) {
        self.rows.with_untracked(|rows| {
            let place = |id| rows.iter().position(|row| row.user_id == Some(id));
            let Some(to) = place(id) else { return };
            match self.anchor.get_value().filter(|_| shift).and_then(place) {
                Some(from) => self.selection.select(&rows[from.min(to)..=from.max(to)], on),
                None => self.selection.toggle(&rows[to]),
            }
        });
        self.anchor.set_value(Some(id));
    }
}

/// Selects the shown page; half-way where some of it is selected.
#[component]
pub fn PageBox(boxes: Boxes) -> impl IntoView {
    let Boxes { rows, selection, .. } = boxes;
    let node = NodeRef::<html::Input>::new();
    // How many of those that can be selected are.
    let state = Memo::new(move |_| {
        rows.with(|rows| {
            let mut ids = rows.iter().filter_map(|row| row.user_id).peekable();
            let any = ids.peek().is_some();
            let (on, off): (Vec<_>, Vec<_>) = ids.partition(|id| selection.is_selected(*id));
            (any && off.is_empty(), !on.is_empty() && !off.is_empty())
        })
    });
    Effect::new(move || {
        if let Some(node) = node.get() {
            node.set_indeterminate(state.get().1);
        }
    });
    view! {
        <th scope="col" class="c-select">
            <label class="box">
                <input
                    node_ref=node
                    type="checkbox"
                    aria-label=text::SELECT_PAGE
                    prop:checked=move || state.get().0
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        rows.with_untracked(|rows| selection.select(rows, on));
                    }
                />
            </label>
        </th>
    }
}

/// Selects whoever is in this place of the page; the row says who that is (`person_row.rs`).
#[component]
pub fn PersonBox(boxes: Boxes, place: usize) -> impl IntoView {
    let click = move |event: ev::MouseEvent| {
        let person = boxes.rows.with_untracked(|rows| rows.get(place)?.user_id);
        if let Some(id) = person {
            boxes.click(id, event.shift_key(), event_target_checked(&event));
        }
    };
    view! {
        <td class="c-select">
            <label class="box">
                <input type="checkbox" on:click=click />
            </label>
        </td>
    }
}
