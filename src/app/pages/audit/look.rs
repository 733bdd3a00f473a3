//! A change of unknown outcome, settled by a read: whether what was asked for is there now.

use chrono::{DateTime, TimeDelta};
use leptos::prelude::*;
use model::{EventDetails, Operation};

use super::differences::{is_there, leaves};
use crate::{
    data::{self, AuditLine, Error},
    text,
};

/// How far our clock and the vendor's may be apart.
const CLOCKS_APART: TimeDelta = TimeDelta::minutes(1);

/// What to read about the line's target.
fn read(line: &AuditLine) -> Option<Operation> {
    let target = line.target.as_deref().unwrap_or_default();
    Some(match line.operation.as_str() {
        "reset_user" => Operation::User(target.parse().ok()?),
        "update_behaviors" => Operation::Behaviors,
        "create_integration" => Operation::Integrations,
        "update_integration" | "delete_integration" => Operation::Integration(target.parse().ok()?),
        _ => return None,
    })
}

/// Whether the change is there now.
fn is_visible(line: &AuditLine, now: Result<EventDetails, Error>) -> Result<bool, Error> {
    if line.operation == "delete_integration" {
        return match now {
            Err(error) if error.is_missing() => Ok(true),
            now => now.map(|_| false),
        };
    }
    let now = now?;
    if line.operation == "reset_user" {
        let leaves = leaves(&now);
        let reset = leaves.iter().find(|leaf| leaf.path == ["last_reset_time"]);
        let text = reset.map(|leaf| leaf.value.text().trim_matches('"')).unwrap_or_default();
        let time = DateTime::parse_from_rfc3339(text);
        return Ok(time.is_ok_and(|time| time > line.at - CLOCKS_APART));
    }
    Ok(line.after.as_ref().is_some_and(|asked| is_there(asked, &now)))
}

/// Says that nobody knows, and offers to look.
#[component]
pub(super) fn Look(line: StoredValue<AuditLine>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let found = RwSignal::new(String::new());
    let operation = line.with_value(read);
    let look = move |_| {
        let Some(operation) = operation.clone() else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        found.set(String::new());
        leptos::task::spawn_local(async move {
            let now = data::look(&operation).await;
            // The line may be closed by now.
            let Some(visible) = line.try_with_value(|line| is_visible(line, now)) else { return };
            busy.try_set(false);
            found.try_set(match visible {
                Ok(true) => text::CHANGE_IS_THERE.to_owned(),
                Ok(false) => text::CHANGE_IS_NOT_THERE.to_owned(),
                Err(error) => text::explain(text::THE_CURRENT_STATE, false, &error).sentence(),
            });
        });
    };
    view! {
        <div class="stack">
            <p class="prose">{text::OUTCOME_NOTE}</p>
            <div class="line">
                <button
                    type="button"
                    class="button small"
                    aria-disabled=move || busy.get().then_some("true")
                    on:click=look
                >
                    {text::LOOK_NOW}
                </button>
                <span role="status">{found}</span>
            </div>
        </div>
    }
}
