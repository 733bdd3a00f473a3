//! The table of people: only the shown page is ever in the document. Its rows are there before those
//! who are shown in them.

use columns::{Column, Sort};
use leptos::prelude::*;
use model::{Role, UserRiskInfo};

use super::{
    check::{Boxes, PageBox},
    person_row::PersonRow,
    url::ListUrl,
};
use crate::{
    look::look,
    session::Session,
    text,
    ui::{
        history::{self, Step},
        pager::PER_PAGE,
        sort_header::SortHeader,
    },
};

#[component]
pub fn UsersTable(
    rows: Memo<Vec<UserRiskInfo>>,
    /// The order that the rows are in.
    sort: Memo<Option<Sort>>,
    url: Memo<ListUrl>,
) -> impl IntoView {
    let look = RwSignal::from(look());
    let columns = Memo::new(move |_| look.with(|look| look.columns.clone()));
    let absolute = Memo::new(move |_| look.with(|look| look.absolute));
    let header = move |column: Column| {
        let sorted = Signal::derive(move || {
            let sort = sort.get().filter(|sort| sort.column == column);
            sort.map(|sort| sort.descending)
        });
        let on_sort = Callback::new(move |()| {
            let url = url.get_untracked().asking(|q| q.sort = q.sort.after_click(column));
            history::go(&url.href(), Step::Add);
        });
        view! { <SortHeader label=label(column) sorted on_sort class=class(column) /> }
    };
    // Only who may do something with a selection gets to make one.
    let boxes = Session::expect().may(Role::Operator).then(|| Boxes::new(rows));
    // As many as the shortest page has, from the start.
    let most = Memo::new(move |most: Option<&usize>| {
        rows.with(Vec::len).max(most.copied().unwrap_or(PER_PAGE[0]))
    });
    // Other columns are another table; what it holds stays.
    let table = move |columns: Vec<Column>| {
        let headers = columns.iter().copied().map(header).collect_view();
        let columns = StoredValue::new(columns);
        view! {
            <table class="table users" class:absolute=absolute aria-label=text::USERS>
                <thead>
                    <tr>
                        {boxes.map(|boxes| view! { <PageBox boxes /> })}
                        {headers}
                    </tr>
                </thead>
                <tbody>
                    // A row of the document shows whoever has its place: texts change, elements stay,
                    // and wait for whoever comes next.
                    <For
                        each=move || 0..most.get()
                        key=|place| *place
                        children=move |place| view! { <PersonRow rows place columns boxes /> }
                    />
                </tbody>
            </table>
        }
    };
    move || table(columns.get())
}

/// A column's heading.
pub fn label(column: Column) -> &'static str {
    match column {
        Column::Level => text::LEVEL,
        Column::Name => text::NAME,
        Column::Email => text::EMAIL,
        Column::EventCount => text::EVENTS,
        Column::LastEvent => text::LAST_EVENT,
    }
}

fn class(column: Column) -> &'static str {
    match column {
        Column::Level => "c-level",
        Column::Name => "c-name",
        Column::Email => "c-email",
        Column::EventCount => "c-count",
        Column::LastEvent => "c-last",
    }
}
