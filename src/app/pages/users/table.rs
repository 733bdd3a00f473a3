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
                {move || rows.get().into_iter().map(|row| view! { <Row row /> }).collect_view()}
            </tbody>
        </table>
    }
}

#[component]
fn Row(row: UserRiskInfo) -> impl IntoView {
    let UserRiskInfo { user_id, name, email, max_risk_level, event_count, last_event } = row;
    let shown = text::name(&name);
    let whole = shown.clone();
    let email = plain(&email);
    let address = email.clone();
    let named = match user_id {
        Some(id) => view! {
            <a class="row-link" href=AppRoute::User(id).path() title=whole>
                <bdi dir="auto">{shown}</bdi>
            </a>
        }
        .into_any(),
        None => view! { <bdi dir="auto">{shown}</bdi> }.into_any(),
    };
    view! {
        <tr>
            <td class="c-level">
                <LevelBadge level=max_risk_level />
            </td>
            <th scope="row" class="c-name">
                {named}
                <bdi class="second-line">{email.clone()}</bdi>
            </th>
            <td class="c-email" title=address>
                <bdi>{email}</bdi>
            </td>
            <td class="c-count">{event_count.map_or(text::NOT_KNOWN.to_owned(), text::number)}</td>
            <td class="c-last">
                {match last_event {
                    Some(time) => view! { <When time /> }.into_any(),
                    None => text::NOT_KNOWN.into_any(),
                }}
            </td>
        </tr>
    }
}
