//! A labeled text field with a hint and an error next to it.

use leptos::{html, prelude::*};

use super::dialog::unique_id;

/// A text field. `error` is shown and read out with it.
#[component]
pub fn TextField(
    label: &'static str,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] autofocus: bool,
    /// For `inputmode` and `type` hints of the keyboard: "url" or "text".
    #[prop(default = "text")]
    inputmode: &'static str,
    #[prop(optional)] multiline: bool,
    /// Told when the person leaves the field.
    #[prop(optional)]
    on_blur: Option<Callback<()>>,
    /// The one-line input itself, for whoever has to move the focus there.
    #[prop(optional)]
    input: NodeRef<html::Input>,
) -> impl IntoView {
    let id = unique_id("field");
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || {
            let hint = hint.get().is_some().then(|| hint_id.clone());
            let error = error.get().is_some().then(|| error_id.clone());
            [error, hint].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    };
    let invalid = move || error.get().is_some().then_some("true");
    let blur = move || {
        if let Some(on_blur) = on_blur {
            on_blur.run(());
        }
    };
    let control = if multiline {
        view! {
            <textarea
                id=id.clone()
                class="input"
                rows="3"
                maxlength="1000"
                dir="auto"
                autofocus=autofocus
                disabled=disabled
                aria-invalid=invalid
                aria-describedby=described
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| blur()
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                node_ref=input
                id=id.clone()
                class="input"
                type="text"
                inputmode=inputmode
                dir="auto"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                autofocus=autofocus
                disabled=disabled
                aria-invalid=invalid
                aria-describedby=described
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| blur()
            />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            {control}
            {move || error.get().map(|error| view! { <p class="field-error" id=error_id.clone()>{error}</p> })}
            {move || hint.get().map(|hint| view! { <p class="note" id=hint_id.clone()>{hint}</p> })}
        </div>
    }
}
