//! A column header that sorts.

use leptos::prelude::*;

use super::icon::Icon;

/// `sorted`: whether the table is sorted by this column, and if so whether downwards.
#[component]
pub fn SortHeader(
    label: &'static str,
    #[prop(into)] sorted: Signal<Option<bool>>,
    on_sort: Callback<()>,
    class: &'static str,
) -> impl IntoView {
    let aria = move || match sorted.get() {
        Some(true) => Some("descending"),
        Some(false) => Some("ascending"),
        None => None,
    };
    view! {
        <th scope="col" class=class aria-sort=aria>
            <button type="button" class="sort" on:click=move |_| on_sort.run(())>
                {label}
                <span class="sort-mark" class:off=move || sorted.get().is_none()>
                    {move || {
                        if sorted.get() == Some(false) {
                            view! { <Icon name="up" /> }
                        } else {
                            view! { <Icon name="down" /> }
                        }
                    }}
                </span>
            </button>
        </th>
    }
}
