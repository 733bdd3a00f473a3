//! Moving through the pages of a list.

use leptos::prelude::*;

use super::icon::Icon;
use crate::text;

/// How many rows a page may have.
pub const PER_PAGE: [usize; 3] = [25, 50, 100];

/// "1–25 of 250", the two buttons, and rows a page. `page` counts from 1.
#[component]
pub fn Pager(
    #[prop(into)] page: Signal<usize>,
    #[prop(into)] per_page: Signal<usize>,
    #[prop(into)] total: Signal<usize>,
    go: Callback<usize>,
    resize: Callback<usize>,
) -> impl IntoView {
    let pages = move || total.get().div_ceil(per_page.get()).max(1);
    let range = move || {
        let first = (page.get() - 1) * per_page.get();
        let last = (first + per_page.get()).min(total.get());
        text::range((first + 1).min(last), last, total.get())
    };
    view! {
        <nav class="pager" aria-label=text::PAGES>
            <label class="line">
                <span class="note">{text::ROWS}</span>
                <select
                    class="select small"
                    on:change=move |event| {
                        resize.run(event_target_value(&event).parse().unwrap_or(PER_PAGE[0]));
                    }
                >
                    {PER_PAGE
                        .map(|rows| {
                            view! {
                                <option value=rows prop:selected=move || per_page.get() == rows>
                                    {rows}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </label>
            <span class="numbers">{range}</span>
            <button
                type="button"
                class="button small"
                disabled=move || { page.get() <= 1 }
                on:click=move |_| go.run(page.get_untracked() - 1)
            >
                <Icon name="previous" />
                {text::PREVIOUS}
            </button>
            <button
                type="button"
                class="button small"
                disabled=move || { page.get() >= pages() }
                on:click=move |_| go.run(page.get_untracked() + 1)
            >
                {text::NEXT}
                <Icon name="next" />
            </button>
        </nav>
    }
}
