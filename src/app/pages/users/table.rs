//! The table of people: only the shown page is ever in the document.

use columns::{Column, Sort};
use leptos::prelude::*;
use model::{Role, UserRiskInfo};

use super::{
    check::{Boxes, PageBox, PersonBox},
    url::ListUrl,
};
use crate::{
    components::{level::LevelBadge, when::When},
    look::look,
    routes::AppRoute,
    session::Session,
    text,
    ui::{
        history::{self, Step},
        plain::plain,
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
                    // A row of the document shows whoever has its place: texts change, elements stay.
                    <For
                        each=move || 0..rows.with(Vec::len)
                        key=|place| *place
                        children=move |place| {
                            let row = Memo::new(move |before: Option<&UserRiskInfo>| {
                                // One that is about to go has nobody any more.
                                let row = rows.with(|rows| rows.get(place).cloned());
                                row.or_else(|| before.cloned()).unwrap_or_default()
                            });
                            view! { <Row row columns boxes /> }
                        }
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

#[component]
fn Row(
    row: Memo<UserRiskInfo>,
    columns: StoredValue<Vec<Column>>,
    boxes: Option<Boxes>,
) -> impl IntoView {
    let level = Memo::new(move |_| row.with(|row| row.max_risk_level.clone()));
    let name = Memo::new(move |_| row.with(|row| text::name(&row.name)));
    let email = Memo::new(move |_| row.with(|row| plain(&row.email)));
    let id = Memo::new(move |_| row.with(|row| row.user_id));
    let count =
        move || row.with(|row| row.event_count).map_or(text::NOT_KNOWN.to_owned(), text::number);
    let last = Memo::new(move |_| row.with(|row| row.last_event));
    let has_last = Memo::new(move |_| last.with(Option::is_some));
    let time = Signal::derive(move || last.get().unwrap_or_default());
    let cell = move |column: Column| match column {
        Column::Level => {
            view! { <td class="c-level">{move || view! { <LevelBadge level=level.get() /> }}</td> }
                .into_any()
        }
        Column::Name => view! {
            <th scope="row" class="c-name">
                // Without an ID it leads nowhere, and is no link.
                <a
                    class=move || id.with(Option::is_some).then_some("row-link")
                    href=move || id.get().map(|id| AppRoute::User(id).path())
                    title=name
                >
                    <bdi dir="auto">{name}</bdi>
                </a>
                <bdi class="second-line">{email}</bdi>
            </th>
        }
        .into_any(),
        Column::Email => view! {
            <td class="c-email" title=email>
                <bdi>{email}</bdi>
            </td>
        }
        .into_any(),
        Column::EventCount => view! { <td class="c-count">{count}</td> }.into_any(),
        Column::LastEvent => view! {
            <td class="c-last">
                {move || {
                    if has_last.get() {
                        view! { <When time /> }.into_any()
                    } else {
                        text::NOT_KNOWN.into_any()
                    }
                }}
            </td>
        }
        .into_any(),
    };
    let cells = columns.with_value(|columns| columns.iter().copied().map(cell).collect_view());
    view! {
        <tr>
            {boxes.map(|boxes| view! { <PersonBox boxes id name /> })}
            {cells}
        </tr>
    }
}
