//! A row of the table. It is made once, and shows whoever has its place, or hides where nobody has:
//! what changes is written by hand, in one effect a row. With an effect for each text and attribute
//! a keystroke would run some four hundred, which takes longer than the browser takes to draw them.

use columns::Column;
use leptos::{html, prelude::*};
use model::UserRiskInfo;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTableRowElement, Node};

use super::check::{Boxes, PersonBox};
use crate::{
    clock,
    components::{
        level::{class, hollow, outline},
        when::Written,
    },
    routes::AppRoute,
    text,
    ui::plain::plain,
};

#[component]
pub fn PersonRow(
    rows: Memo<Vec<UserRiskInfo>>,
    place: usize,
    columns: StoredValue<Vec<Column>>,
    boxes: Option<Boxes>,
) -> impl IntoView {
    let (node, written) = (NodeRef::<html::Tr>::new(), Written::expect());
    Effect::new(move |shown: Option<Option<Shown>>| {
        let mut shown = shown.flatten().or_else(|| Some(Shown::of(node.get()?)))?;
        rows.with(|rows| {
            let person = rows.get(place);
            shown.row.set_hidden(person.is_none());
            if let Some(person) = person {
                let selected = |boxes: Boxes| Some(boxes.is_selected(person.user_id?));
                shown.show(person, written, boxes.and_then(selected).unwrap_or_default());
            }
        });
        Some(shown)
    });
    let cells = columns.with_value(|columns| columns.iter().copied().map(cell).collect_view());
    view! {
        <tr hidden node_ref=node>{boxes.map(|boxes| view! { <PersonBox boxes place /> })} {cells}</tr>
    }
}

/// A cell that still says nothing.
fn cell(column: Column) -> AnyView {
    match column {
        Column::Level => view! {
            <td class="c-level">
                <span>
                    <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
                        <path />
                    </svg>
                    <bdi></bdi>
                </span>
            </td>
        }
        .into_any(),
        Column::Name => view! {
            <th scope="row" class="c-name">
                <a>
                    <bdi dir="auto"></bdi>
                </a>
                <bdi class="second-line"></bdi>
            </th>
        }
        .into_any(),
        Column::Email => view! {
            <td class="c-email">
                <bdi></bdi>
            </td>
        }
        .into_any(),
        Column::EventCount => view! { <td class="c-count"></td> }.into_any(),
        Column::LastEvent => view! {
            <td class="c-last">
                <time></time>
            </td>
        }
        .into_any(),
    }
}

/// What a person says somewhere in a row; nothing takes an attribute away.
type Says = fn(&UserRiskInfo, Written) -> Option<String>;

/// What a row says: the element, its attribute or else its text, and what is there.
const SAYS: [(&str, Option<&str>, Says); 19] = [
    (".c-select input", Some("aria-label"), |user, _| Some(text::select(&text::name(&user.name)))),
    // Who has no ID can't be reset.
    (".c-select input", Some("disabled"), |user, _| user.user_id.is_none().then(String::new)),
    (".c-level span", Some("class"), |user, _| {
        Some(format!("level {}", class(user.max_risk_level.as_ref())))
    }),
    (".c-level svg", Some("class"), |user, _| {
        Some(format!("mark {}", class(user.max_risk_level.as_ref())))
    }),
    (".c-level path", Some("class"), |user, _| {
        hollow(user.max_risk_level.as_ref()).map(str::to_owned)
    }),
    (".c-level path", Some("d"), |user, _| Some(outline(user.max_risk_level.as_ref()).to_owned())),
    (".c-level bdi", None, |user, _| Some(text::level(user.max_risk_level.as_ref()))),
    // Without an ID it leads nowhere, and is no link.
    (".c-name a", Some("class"), |user, _| user.user_id.map(|_| "row-link".to_owned())),
    (".c-name a", Some("href"), |user, _| user.user_id.map(|id| AppRoute::User(id).path())),
    (".c-name a", Some("title"), |user, _| Some(text::name(&user.name))),
    (".c-name a bdi", None, |user, _| Some(text::name(&user.name))),
    (".second-line", None, |user, _| Some(plain(&user.email))),
    (".c-email", Some("title"), |user, _| Some(plain(&user.email))),
    (".c-email bdi", None, |user, _| Some(plain(&user.email))),
    (".c-count", None, |user, _| {
        Some(user.event_count.map_or_else(|| text::NOT_KNOWN.to_owned(), text::number))
    }),
    // As `components::when` has it.
    (".c-last time", Some("class"), |user, _| user.last_event.map(|_| "when".to_owned())),
    (".c-last time", Some("datetime"), |user, _| user.last_event.map(|time| time.to_rfc3339())),
    (".c-last time", Some("data-exact"), |user, _| user.last_event.map(clock::exact)),
    (".c-last time", None, |user, written| {
        let known = user.last_event.map(|time| written.time(time));
        Some(known.unwrap_or_else(|| text::NOT_KNOWN.to_owned()))
    }),
];

/// A place in a row, and what it says by now.
struct Slot {
    element: Element,
    attribute: Option<&'static str>,
    says: Says,
    said: Option<String>,
}

/// What a row shows by now.
struct Shown {
    row: HtmlTableRowElement,
    slots: Vec<Slot>,
    select: Option<HtmlInputElement>,
}

impl Shown {
    /// Of the columns that the row has.
    fn of(row: HtmlTableRowElement) -> Self {
        let find = |selector| row.query_selector(selector).ok().flatten();
        let slot = |(selector, attribute, says)| {
            Some(Slot { element: find(selector)?, attribute, says, said: None })
        };
        let select = find(".c-select input").and_then(|input| input.dyn_into().ok());
        let slots = SAYS.into_iter().filter_map(slot).collect();
        Self { row, slots, select }
    }

    fn show(&mut self, person: &UserRiskInfo, written: Written, selected: bool) {
        for slot in &mut self.slots {
            slot.show(person, written);
        }
        if let Some(select) = &self.select {
            select.set_checked(selected);
        }
    }
}

impl Slot {
    /// What is there already is not written again.
    fn show(&mut self, person: &UserRiskInfo, written: Written) {
        let text = (self.says)(person, written);
        if text == self.said {
            return;
        }
        match (self.attribute, text.as_deref()) {
            // The names of attributes are valid: it does not fail.
            (Some(name), Some(text)) => drop(self.element.set_attribute(name, text)),
            (Some(name), None) => drop(self.element.remove_attribute(name)),
            // The same node with another text is drawn sooner than another node.
            (None, text) => match self.element.first_child() {
                Some(node) if node.node_type() == Node::TEXT_NODE => node.set_node_value(text),
                _ => self.element.set_text_content(text),
            },
        }
        self.said = text;
    }
}
