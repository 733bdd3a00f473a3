//! One behavior: its setting, the controls that stage a change, and the change.

use std::sync::Arc;

use leptos::{html, prelude::*};
use model::{BehaviorKey, Behaviors, KnownLevel, RiskLevel};
use wasm_bindgen::JsCast;

use super::{
    changes::{Change, Setting},
    drafts::Drafts,
    page::Head,
    review::sides,
};
use crate::{
    components::level::{LevelBadge, LevelMark, class},
    data::Tagged,
    text,
    ui::{dialog::unique_id, icon::Icon, plain::plain, switch::Switch},
};

#[component]
pub(super) fn Row(
    head: Head,
    now: Signal<Arc<Tagged<Behaviors>>>,
    changes: Memo<Vec<Change>>,
    may_change: bool,
) -> impl IntoView {
    let Head { key, name, description } = head;
    let (name, key_text) = (plain(&name), plain(&key.0));
    let key = StoredValue::new(key);
    let setting = Memo::new(move |_| {
        let of = |now: &Arc<Tagged<Behaviors>>| {
            key.with_value(|key| now.behaviors.get(key).map(Setting::of))
        };
        now.with(of).unwrap_or_default()
    });
    let change = Memo::new(move |_| {
        key.with_value(|key| changes.with(|all| all.iter().find(|c| c.key == *key).cloned()))
    });
    let cells = if may_change {
        view! { <Controls name=name.clone() key setting change /> }.into_any()
    } else {
        let level = move || view! { <LevelBadge level=setting.with(|s| s.level.clone()) /> };
        view! {
            <td class="c-on">{move || text::on_off(setting.with(|s| s.enabled))}</td>
            <td class="c-risk">{level}</td>
        }
        .into_any()
    };
    view! {
        <tr class:changed=move || change.with(Option::is_some)>
            <th scope="row" class="c-behavior">
                <bdi dir="auto" class="strong">
                    {name}
                </bdi>
                <bdi class="mono note">{key_text}</bdi>
            </th>
            <td class="c-description">
                <bdi dir="auto">{plain(&description)}</bdi>
            </td>
            {cells}
        </tr>
    }
}

/// Whose change it is.
fn changed(change: &Change) -> &'static str {
    if change.seen.is_some() { text::CHANGED_BY_BOTH } else { text::CHANGED }
}

/// Without one of the three levels there is nothing to send: the switch waits for one.
#[component]
fn Controls(
    name: String,
    key: StoredValue<BehaviorKey>,
    setting: Memo<Setting>,
    change: Memo<Option<Change>>,
) -> impl IntoView {
    let drafts = Drafts::expect();
    let draft = move || key.with_value(|key| drafts.of(key));
    let wanted = Memo::new(move |_| setting.with(|setting| setting.with(&draft())));
    let undecided = Memo::new(move |_| wanted.with(|wanted| wanted.known_level().is_none()));
    let toggle = Callback::new(move |enabled| {
        key.with_value(|key| drafts.set_enabled(key, enabled, &setting.get_untracked()));
    });
    let note_id = unique_id("level-note");
    let described_by = {
        let note_id = note_id.clone();
        Signal::derive(move || undecided.get().then(|| note_id.clone()))
    };
    let cell = NodeRef::<html::Td>::new();
    let undo_label = text::undo_change(&name);
    let undo = move |_| {
        key.with_value(|key| drafts.undo(key));
        // The button goes with the change: the focus stays in the row.
        if let Some(Ok(Some(select))) = cell.get().map(|cell| cell.query_selector("select")) {
            let _ = select.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    };
    view! {
        <td class="c-on">
            <Switch
                label=name.clone()
                on=Signal::derive(move || wanted.with(|wanted| wanted.enabled))
                set=toggle
                disabled=Signal::derive(move || undecided.get() || drafts.saving.get())
                described_by
            />
        </td>
        <td class="c-risk" node_ref=cell>
            <span class="level-choice">
                {move || view! { <LevelMark level=wanted.with(|wanted| wanted.level.clone()) /> }}
                <LevelSelect name key setting wanted />
            </span>
        </td>
        <td class="c-change">
            {move || {
                undecided
                    .get()
                    .then(|| {
                        view! {
                            <p class="note" id=note_id.clone()>
                                {if wanted.with(|wanted| wanted.level.is_none()) {
                                    text::NO_LEVEL_NOTE
                                } else {
                                    text::UNKNOWN_LEVEL_NOTE
                                }}
                            </p>
                        }
                    })
            }}
            {move || {
                change
                    .get()
                    .map(|change| {
                        let (before, after) = sides(&change);
                        view! {
                            <div class="row-change">
                                <span class="change-before">{before}</span>
                                <Icon name="arrow" />
                                <span class="change-after">{after}</span>
                            </div>
                            <div class="row-change">
                                <span class="note strong">{changed(&change)}</span>
                                <button
                                    type="button"
                                    class="text-button"
                                    aria-label=undo_label.clone()
                                    disabled=drafts.saving
                                    on:click=undo
                                >
                                    {text::UNDO}
                                </button>
                            </div>
                        }
                    })
            }}
        </td>
    }
}

/// The level that is wanted. A level outside the three is shown and can't be chosen.
#[component]
fn LevelSelect(
    name: String,
    key: StoredValue<BehaviorKey>,
    setting: Memo<Setting>,
    wanted: Memo<Setting>,
) -> impl IntoView {
    let drafts = Drafts::expect();
    let choose = move |event| {
        if let Ok(level) = event_target_value(&event).parse::<KnownLevel>() {
            key.with_value(|key| drafts.set_level(key, level, &setting.get_untracked()));
        }
    };
    let level = Memo::new(move |_| wanted.with(Setting::known_level));
    let colored = move || {
        let level = wanted.with(|wanted| class(wanted.level.as_ref()));
        format!("select small level-select {level}")
    };
    let unknown = move || {
        let now = setting.with(|setting| setting.level.clone());
        now.as_ref().and_then(RiskLevel::known).is_none().then(|| {
            view! {
                <option value="" disabled=true prop:selected=move || level.get().is_none()>
                    {plain(&text::setting_level(now.as_ref()))}
                </option>
            }
        })
    };
    view! {
        <select
            class=colored
            aria-label=text::risk_level_of(&name)
            disabled=drafts.saving
            on:change=choose
        >
            {unknown}
            {KnownLevel::ALL
                .map(|choice| {
                    view! {
                        <option
                            value=choice.as_str()
                            prop:selected=move || level.get() == Some(choice)
                        >
                            {text::level(Some(&choice.into()))}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
}
