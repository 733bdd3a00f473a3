//! The "View" menu: how the table looks, and views that are kept by name.

mod saved;

use columns::Column;
use leptos::prelude::*;

use super::table;
use crate::{
    density,
    look::{Look, look},
    text::view as words,
    ui::icon::Icon,
};
use saved::SavedViews;

#[component]
pub fn ViewMenu() -> impl IntoView {
    let look = RwSignal::from(look());
    let compact = RwSignal::from(density::compact());
    let set = move |change: fn(&mut Look, bool), to: bool| {
        let mut new = look.get_untracked();
        change(&mut new, to);
        new.apply();
    };
    let absolute = Signal::derive(move || look.with(|look| look.absolute));
    let utc = Signal::derive(move || look.with(|look| look.utc));
    let as_it_was = move |_| {
        Look::default().apply();
        density::set_compact(false);
    };
    view! {
        <div class="stack">
            <Columns look />
            <Either
                title=words::ROWS
                off=words::COMFORTABLE
                on=words::COMPACT
                is_on=compact
                set=Callback::new(density::set_compact)
            />
            <Either
                title=words::TIMES
                off=words::RELATIVE
                on=words::ABSOLUTE
                is_on=absolute
                set=Callback::new(move |on| set(|look, on| look.absolute = on, on))
            />
            {move || {
                absolute
                    .get()
                    .then(|| {
                        view! {
                            <Either
                                title=words::ZONE
                                off=words::LOCAL
                                on=words::UTC
                                is_on=utc
                                set=Callback::new(move |on| set(|look, on| look.utc = on, on))
                            />
                        }
                    })
            }}
            <p>
                <button type="button" class="button small" on:click=as_it_was>
                    {words::AS_IT_WAS}
                </button>
            </p>
            <SavedViews />
        </div>
    }
}

/// Which columns there are, and their order: those that are not shown come last.
#[component]
fn Columns(look: RwSignal<Look>) -> impl IntoView {
    let order = Memo::new(move |_| {
        let mut order = look.with(|look| look.columns.clone());
        let hidden = Column::ALL.into_iter().filter(|column| !order.contains(column));
        order.extend(hidden.collect::<Vec<_>>());
        order
    });
    let change = move |change: &dyn Fn(&mut Vec<Column>)| {
        let mut new = look.get_untracked();
        change(&mut new.columns);
        new.apply();
    };
    let place = move |column| look.with(|look| look.columns.iter().position(|c| *c == column));
    let show = move |column: Column, shown: bool| {
        change(&|columns| {
            columns.retain(|other| *other != column);
            if shown {
                columns.push(column);
            }
        });
    };
    let swap = move |column: Column, by: isize| {
        let Some(at) = untrack(|| place(column)) else { return };
        change(&|columns| {
            let to = at.saturating_add_signed(by).min(columns.len() - 1);
            columns.swap(at, to);
        });
    };
    view! {
        <fieldset>
            <legend class="strong">{words::COLUMNS}</legend>
            <ul>
                <For
                    each=move || order.get()
                    key=|column| column.as_str()
                    children=move |column| {
                        let label = table::label(column);
                        let shown = move || place(column).is_some();
                        let arrow = move |icon, name: String, by: isize| {
                            view! {
                                <button
                                    type="button"
                                    class="icon-button"
                                    aria-label=name
                                    aria-disabled=move || (!shown()).then_some("true")
                                    on:click=move |_| swap(column, by)
                                >
                                    <Icon name=icon />
                                </button>
                            }
                        };
                        view! {
                            <li class="column-choice">
                                <label>
                                    <input
                                        type="checkbox"
                                        prop:checked=shown
                                        disabled=column == Column::Name
                                        on:change=move |event| {
                                            show(column, event_target_checked(&event));
                                        }
                                    />
                                    {label}
                                </label>
                                {arrow("up", words::up(label), -1)}
                                {arrow("down", words::down(label), 1)}
                            </li>
                        }
                    }
                />
            </ul>
        </fieldset>
    }
}

/// A choice of two.
#[component]
fn Either(
    title: &'static str,
    off: &'static str,
    on: &'static str,
    #[prop(into)] is_on: Signal<bool>,
    set: Callback<bool>,
) -> impl IntoView {
    let radio = move |label: &'static str, means: bool| {
        view! {
            <label>
                <input
                    type="radio"
                    name=title
                    prop:checked=move || is_on.get() == means
                    on:change=move |_| set.run(means)
                />
                {label}
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="strong">{title}</legend>
            <div class="line">{radio(off, false)} {radio(on, true)}</div>
        </fieldset>
    }
}
