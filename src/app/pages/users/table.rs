//! The table of people: only the shown page is ever in the document.

use columns::{Column, Sort};
use leptos::prelude::*;
use model::UserRiskInfo;

use super::url::ListUrl;
use crate::{
    components::{level::LevelBadge, when::When},
    routes::AppRoute,
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
    let header = move |column: Column, label, class| {
        let sorted = Signal::derive(move || {
            let sort = sort.get().filter(|sort| sort.column == column);
            sort.map(|sort| sort.descending)
        });
        let on_sort = Callback::new(move |()| {
            let url = url.get_untracked().asking(|q| q.sort = q.sort.after_click(column));
            history::go(&url.href(), Step::Add);
        });
        view! { <SortHeader label sorted on_sort class /> }
    };
    view! {
        <table class="table users" aria-label=text::USERS>
            <thead>
                <tr>
                    {header(Column::Level, text::LEVEL, "c-level")}
                    {header(Column::Name, text::NAME, "c-name")}
                    {header(Column::Email, text::EMAIL, "c-email")}
                    {header(Column::EventCount, text::EVENTS, "c-count")}
                    {header(Column::LastEvent, text::LAST_EVENT, "c-last")}
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
                        view! { <Row row /> }
                    }
                />
            </tbody>
        </table>
    }
}

#[component]
fn Row(row: Memo<UserRiskInfo>) -> impl IntoView {
    let level = Memo::new(move |_| row.with(|row| row.max_risk_level.clone()));
    let name = Memo::new(move |_| row.with(|row| text::name(&row.name)));
    let email = Memo::new(move |_| row.with(|row| plain(&row.email)));
    let id = Memo::new(move |_| row.with(|row| row.user_id));
    let count =
        move || row.with(|row| row.event_count).map_or(text::NOT_KNOWN.to_owned(), text::number);
    let last = Memo::new(move |_| row.with(|row| row.last_event));
    let has_last = Memo::new(move |_| last.with(Option::is_some));
    let time = Signal::derive(move || last.get().unwrap_or_default());
    view! {
        <tr>
            <td class="c-level">{move || view! { <LevelBadge level=level.get() /> }}</td>
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
            <td class="c-email" title=email>
                <bdi>{email}</bdi>
            </td>
            <td class="c-count">{count}</td>
            <td class="c-last">
                {move || {
                    if has_last.get() {
                        view! { <When time /> }.into_any()
                    } else {
                        text::NOT_KNOWN.into_any()
                    }
                }}
            </td>
        </tr>
    }
}
