//! Any JSON as a collapsible tree, safe for any content: text is only ever text, isolated from
//! the direction of what surrounds it, clipped when long, and parsed only when it is opened.

use leptos::prelude::*;
use model::{EventDetails, Shape};

use crate::{text, ui::plain::plain};

/// How many entries of one layer are shown at first, and how many more at a time.
const ENTRIES: usize = 50;
/// How many characters of a text are shown at first.
const CHARACTERS: usize = 300;

/// The tree; its first layer is open.
#[component]
pub fn JsonTree(details: EventDetails) -> impl IntoView {
    view! { <div class="json" dir="ltr">{layer(details.shape())}</div> }
}

/// One layer: the entries of an object or array, or a single value.
fn layer(shape: Shape) -> AnyView {
    match shape {
        Shape::Object(entries) if entries.is_empty() => quiet(text::EMPTY_OBJECT),
        Shape::Array(items) if items.is_empty() => quiet(text::EMPTY_LIST),
        Shape::Object(entries) => {
            entries_view(entries.into_iter().map(|(key, value)| (plain(&key), value)).collect())
        }
        Shape::Array(items) => entries_view(
            (0..).zip(items).map(|(i, value): (u32, _)| (i.to_string(), value)).collect(),
        ),
        Shape::Text(text) => view! { <Text text /> }.into_any(),
        Shape::Plain(word) => view! { <code class="json-plain">{word}</code> }.into_any(),
    }
}

fn quiet(words: &'static str) -> AnyView {
    view! { <span class="note">{words}</span> }.into_any()
}

fn entries_view(entries: Vec<(String, EventDetails)>) -> AnyView {
    let total = entries.len();
    let shown = RwSignal::new(ENTRIES);
    let entries = StoredValue::new(entries);
    let rows = move || {
        entries.with_value(|entries| {
            entries.iter().take(shown.get()).cloned().map(entry).collect_view()
        })
    };
    let more = move || {
        let left = total.saturating_sub(shown.get());
        (left > 0).then(|| {
            view! {
                <li>
                    <button
                        type="button"
                        class="button small"
                        on:click=move |_| shown.update(|shown| *shown += ENTRIES)
                    >
                        {text::show_more(left.min(ENTRIES), left)}
                    </button>
                </li>
            }
        })
    };
    view! { <ul class="json-layer">{rows} {more}</ul> }.into_any()
}

fn entry((key, value): (String, EventDetails)) -> AnyView {
    let shape = value.shape();
    let size = match &shape {
        Shape::Object(entries) if !entries.is_empty() => text::keys(entries.len()),
        Shape::Array(items) if !items.is_empty() => text::items(items.len()),
        _ => {
            return view! {
                <li class="json-row">
                    <bdi class="json-key">{key}</bdi>
                    {layer(shape)}
                </li>
            }
            .into_any();
        }
    };
    let open = RwSignal::new(false);
    let shape = StoredValue::new(shape);
    view! {
        <li>
            <details on:toggle=move |event| {
                let details: web_sys::Element = event_target(&event);
                open.set(details.has_attribute("open"));
            }>
                <summary>
                    <bdi class="json-key">{key}</bdi>
                    <span class="note">{size}</span>
                </summary>
                {move || open.get().then(|| layer(shape.get_value()))}
            </details>
        </li>
    }
    .into_any()
}

/// A text, whole or clipped with a button for the rest.
#[component]
fn Text(text: String) -> impl IntoView {
    let text = plain(&text);
    let cut = text.char_indices().nth(CHARACTERS).map(|(index, _)| index);
    let whole = RwSignal::new(cut.is_none());
    let text = StoredValue::new(text);
    let shown = move || {
        text.with_value(|text| match cut.filter(|_| !whole.get()) {
            Some(cut) => format!("{}…", &text[..cut]),
            None => text.clone(),
        })
    };
    view! {
        <span class="json-text">
            <bdi dir="auto">{shown}</bdi>
            {move || {
                (!whole.get())
                    .then(|| {
                        view! {
                            " "
                            <button
                                type="button"
                                class="button small"
                                on:click=move |_| whole.set(true)
                            >
                                {text::SHOW_WHOLE_TEXT}
                            </button>
                        }
                    })
            }}
        </span>
    }
}
