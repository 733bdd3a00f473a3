//! `/`: how many people at each level, what is new, and who to look at first.

mod by_keys;
mod closer;
mod days;
mod glance;
mod incident;
mod incidents;
mod visit;

use columns::{Column, Page, Question, Sort};
use leptos::prelude::*;

use self::{days::Days, glance::Glance, incidents::Incidents};
use crate::{
    components::{
        failure::Loaded, freshness::Freshness, level::LevelBadge, level_bar::LevelBar, when::When,
    },
    data::{self, Everyone},
    pages::users::level_href,
    routes::AppRoute,
    text,
    ui::page::PageTitle,
};

/// How many people each list leads with.
const LEADERS: usize = 8;

#[component]
pub fn OverviewPage() -> impl IntoView {
    let people = data::use_people();
    let counts = Signal::derive(move || {
        people.data().map(|everyone| everyone.levels.clone()).unwrap_or_default()
    });
    // A row whose level can't be read is nobody's verdict.
    let at_risk = move || counts.with(|counts| counts.total() - counts.of(&None));
    view! {
        <header class="page-head">
            <PageTitle title=Signal::stored(text::OVERVIEW.to_owned()) />
            <div class="actions">
                <Freshness query=people />
            </div>
        </header>
        <Loaded
            query=people
            what=text::THE_USERS
            skeleton=|| view! { <div class="skeleton table-skeleton"></div> }.into_any()
            content=move || {
                view! {
                    <div class="stack wide-gap">
                        <p class="lead">
                            <a href=AppRoute::Users.path()>
                                <span class="figure">
                                    {move || text::number(at_risk().into())}
                                </span>
                                " "
                                {move || text::at_risk(at_risk().into())}
                            </a>
                        </p>
                        <LevelBar counts href=level_href />
                        <Glance people />
                        <Incidents people />
                        <Days people />
                        <div class="two-columns">
                            {leaders(people, text::RISKIEST, Column::Level)}
                            {leaders(people, text::LATEST, Column::LastEvent)}
                        </div>
                    </div>
                }
            }
        />
    }
}

/// The first people by a column, as links.
fn leaders(
    people: data::Query<Everyone>,
    title: &'static str,
    column: Column,
) -> impl IntoView + use<> {
    let answer = data::use_view(people, move || {
        let sort = Sort { column, descending: true };
        let page = Page { number: 1, rows: LEADERS };
        (Question { sort, ..Question::default() }, page)
    });
    let first = move || answer.get().map(|answer| answer.view.rows.clone()).unwrap_or_default();
    let all = crate::query::href(
        &AppRoute::Users.path(),
        &[("sort", Sort { column, descending: true }.to_text())],
    );
    view! {
        <section>
            <h2>
                <a href=all>{title}</a>
            </h2>
            <ul class="people">
                {move || {
                    first()
                        .into_iter()
                        .map(|person| {
                            let name = text::name(&person.name);
                            let whole = name.clone();
                            view! {
                                <li>
                                    <LevelBadge level=person.max_risk_level />
                                    <span class="clip" title=whole>
                                        {match person.user_id {
                                            Some(id) => {
                                                view! {
                                                    <a href=AppRoute::User(id).path()>
                                                        <bdi dir="auto">{name}</bdi>
                                                    </a>
                                                }
                                                    .into_any()
                                            }
                                            None => view! { <bdi dir="auto">{name}</bdi> }.into_any(),
                                        }}
                                    </span>
                                    <span class="note">
                                        {person.last_event.map(|time| view! { <When time /> })}
                                    </span>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </section>
    }
}
