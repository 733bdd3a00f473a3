//! The resets of a person by the audit log, whatever became of them.

use std::sync::Arc;

use leptos::prelude::*;
use model::{AuditQuery, OperationKind, Role, UserId};

use super::{utc, words};
use crate::{
    data::{self, AuditLine, Error},
    session::Session,
    text,
    ui::plain::plain,
};

/// What the log has said.
#[derive(Clone, Debug)]
pub enum Told {
    Lines(Arc<Vec<AuditLine>>),
    /// Why there are none, in a sentence.
    Without(String),
}

#[derive(Clone, Copy)]
pub struct Resets(RwSignal<Option<Told>>);

impl Resets {
    pub fn read(id: UserId) -> Self {
        let told = RwSignal::new(None);
        if Session::expect().may(Role::Admin) {
            leptos::task::spawn_local(async move {
                told.try_set(Some(match lines(id).await {
                    Ok(lines) => Told::Lines(Arc::new(lines)),
                    Err(error) => {
                        let why = text::explain(text::THE_AUDIT_LOG, false, &error);
                        Told::Without(why.sentence())
                    }
                }));
            });
        } else {
            told.set(Some(Told::Without(words::RESETS_NEED_ADMIN.to_owned())));
        }
        Self(told)
    }

    /// Nothing while the log is read.
    pub fn known(self) -> Option<Told> {
        self.0.get()
    }
}

/// All of them, newest first.
async fn lines(id: UserId) -> Result<Vec<AuditLine>, Error> {
    let mut query = AuditQuery {
        limit: AuditQuery::MAX_LIMIT,
        operation: Some(OperationKind::ResetUser),
        target: Some(id.to_string()),
        ..AuditQuery::default()
    };
    let mut lines = Vec::new();
    loop {
        let page = data::audit(&query).await?;
        lines.extend(page.lines);
        match page.next {
            None => return Ok(lines),
            cursor => query.cursor = cursor,
        }
    }
}

#[component]
pub fn ResetsTable(resets: Resets) -> impl IntoView {
    move || match resets.known() {
        None => view! { <p>{words::READING_RESETS}</p> }.into_any(),
        Some(Told::Without(why)) => view! { <p class="notice">{why}</p> }.into_any(),
        Some(Told::Lines(lines)) if lines.is_empty() => {
            view! { <p>{words::NO_RESETS}</p> }.into_any()
        }
        Some(Told::Lines(lines)) => {
            let rows = lines.iter().map(row).collect_view();
            view! {
                <table class="table resets" aria-label=words::RESETS>
                    <thead>
                        <tr>
                            <th scope="col">{words::TIME}</th>
                            <th scope="col">{text::ACTOR}</th>
                            <th scope="col">{text::OUTCOME}</th>
                            <th scope="col">{text::REASON}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        }
    }
}

fn row(line: &AuditLine) -> impl IntoView + use<> {
    let reason = line.reason.as_deref().map_or(words::NO_REASON.to_owned(), plain);
    view! {
        <tr>
            <td class="numbers">{utc(line.at)}</td>
            <td>
                <bdi>{plain(&line.actor)}</bdi>
            </td>
            <td>{text::audit_state(line.state)}</td>
            <td>
                <bdi dir="auto">{reason}</bdi>
            </td>
        </tr>
    }
}
