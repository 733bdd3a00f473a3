//! The fields of an integration, for a new one and for a change: what is typed, what is wrong
//! with it, and when that is said.

use leptos::{html, prelude::*};
use model::{Integration, ReferenceId, TenantUrl};

use crate::{
    text,
    ui::{dialog::unique_id, field::TextField, switch::Switch},
};

/// What the fields hold, by name.
pub(super) const FIELDS: [&str; 3] = [text::OKTA_TENANT_URL, text::REFERENCE_ID, text::STATUS];

/// What the fields hold, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Values {
    pub url: String,
    pub reference: String,
    pub active: bool,
}

impl Values {
    /// An empty form: an integration starts out active.
    pub fn new() -> Self {
        Self { url: String::new(), reference: String::new(), active: true }
    }

    pub fn of(integration: &Integration) -> Self {
        Self {
            url: integration.tenant_url.clone(),
            reference: integration.reference_id.clone(),
            active: integration.active,
        }
    }

    /// The values of [`FIELDS`], as people read them.
    pub fn shown(&self) -> [String; FIELDS.len()] {
        [self.url.clone(), self.reference.clone(), text::status(self.active).to_owned()]
    }

    /// In how many fields the two differ.
    pub fn differences(&self, other: &Self) -> usize {
        usize::from(self.url != other.url)
            + usize::from(self.reference != other.reference)
            + usize::from(self.active != other.active)
    }
}

/// What the fields hold, valid.
#[derive(Clone, Debug)]
pub(super) struct Valid {
    pub tenant_url: TenantUrl,
    /// Absent where it may be, and is, left empty.
    pub reference_id: Option<ReferenceId>,
    pub active: bool,
}

/// A field, and whether what is wrong with it is said by now: from the first time it is left.
#[derive(Clone, Copy)]
struct Text {
    value: RwSignal<String>,
    judged: RwSignal<bool>,
    input: NodeRef<html::Input>,
}

impl Text {
    fn new(value: &str) -> Self {
        Self {
            value: RwSignal::new(value.to_owned()),
            judged: RwSignal::new(false),
            input: NodeRef::new(),
        }
    }

    /// Leaving it empty on the way through is no mistake yet.
    fn leave(self) {
        if self.value.with_untracked(|value| !value.is_empty()) {
            self.judged.set(true);
        }
    }
}

#[derive(Clone, Copy)]
pub(super) struct Form {
    url: Text,
    reference: Text,
    active: RwSignal<bool>,
    /// Whether an empty reference ID is none at all, which the vendor then makes up.
    reference_optional: bool,
}

impl Form {
    pub fn new(values: &Values, reference_optional: bool) -> Self {
        Self {
            url: Text::new(&values.url),
            reference: Text::new(&values.reference),
            active: RwSignal::new(values.active),
            reference_optional,
        }
    }

    pub fn values(self) -> Values {
        Values {
            url: self.url.value.get(),
            reference: self.reference.value.get(),
            active: self.active.get(),
        }
    }

    pub fn fill(self, values: &Values) {
        self.url.value.set(values.url.clone());
        self.reference.value.set(values.reference.clone());
        self.active.set(values.active);
        self.url.judged.set(false);
        self.reference.judged.set(false);
    }

    /// Takes over what changed elsewhere, in the fields that the person left as they were.
    pub fn rebase(self, before: &Values, now: &Values) {
        let typed = untrack(|| self.values());
        let take = |field: RwSignal<String>, typed: &str, before: &str, now: &str| {
            if typed == before && before != now {
                field.set(now.to_owned());
            }
        };
        take(self.url.value, &typed.url, &before.url, &now.url);
        take(self.reference.value, &typed.reference, &before.reference, &now.reference);
        if typed.active == before.active && before.active != now.active {
            self.active.set(now.active);
        }
    }

    fn url_error(self) -> Option<&'static str> {
        let wrong = self.url.value.with(|url| url.parse::<TenantUrl>().err());
        wrong.map(text::tenant_url)
    }

    fn reference_error(self) -> Option<&'static str> {
        self.reference.value.with(|typed| {
            let typed = typed.trim();
            let fine = self.reference_optional && typed.is_empty();
            (!fine && typed.parse::<ReferenceId>().is_err()).then_some(text::BAD_REFERENCE)
        })
    }

    /// What the fields hold; or says everything that is wrong and goes to the first of it.
    pub fn check(self) -> Option<Valid> {
        self.url.judged.set(true);
        self.reference.judged.set(true);
        let tenant_url = self.url.value.with_untracked(|url| url.parse());
        let reference_id = self.reference.value.with_untracked(|typed| typed.trim().parse().ok());
        let reference_wrong = untrack(|| self.reference_error()).is_some();
        match tenant_url {
            Ok(tenant_url) if !reference_wrong => {
                Some(Valid { tenant_url, reference_id, active: self.active.get_untracked() })
            }
            tenant_url => {
                let first = if tenant_url.is_err() { self.url } else { self.reference };
                if let Some(input) = first.input.get_untracked() {
                    let _ = input.focus();
                }
                None
            }
        }
    }
}

/// The three fields.
#[component]
pub(super) fn Fields(
    form: Form,
    reference_hint: &'static str,
    busy: Signal<bool>,
) -> impl IntoView {
    let url_error = Signal::derive(move || {
        form.url.judged.get().then(|| form.url_error()).flatten().map(str::to_owned)
    });
    let reference_error = Signal::derive(move || {
        form.reference.judged.get().then(|| form.reference_error()).flatten().map(str::to_owned)
    });
    // A custom domain is told of, not refused: what Okta gives out is not known for good.
    let custom = move || {
        let url = form.url.value.with(|url| url.parse::<TenantUrl>());
        form.url.judged.get() && url.is_ok_and(|url| !url.is_okta_domain())
    };
    let url_hint = Signal::derive(move || {
        let hint = if custom() { text::CUSTOM_DOMAIN_HINT } else { text::OKTA_TENANT_HINT };
        url_error.get().is_none().then(|| hint.to_owned())
    });
    let active_hint = unique_id("active-hint");
    view! {
        <TextField
            label=text::OKTA_TENANT_URL
            value=form.url.value
            input=form.url.input
            hint=url_hint
            error=url_error
            disabled=busy
            inputmode="url"
            on_blur=Callback::new(move |()| form.url.leave())
        />
        <TextField
            label=text::REFERENCE_ID
            value=form.reference.value
            input=form.reference.input
            hint=reference_hint.to_owned()
            error=reference_error
            disabled=busy
            on_blur=Callback::new(move |()| form.reference.leave())
        />
        <div class="field">
            <label class="line switch-line">
                <Switch
                    label=text::ACTIVE.to_owned()
                    on=form.active
                    set=Callback::new(move |on| form.active.set(on))
                    disabled=busy
                    described_by=active_hint.clone()
                />
                <span aria-hidden="true">{text::ACTIVE}</span>
            </label>
            <p class="note" id=active_hint>
                {text::ACTIVE_HINT}
            </p>
        </div>
    }
}

/// A form's button. Pressing it leaves the focus where it is until the form is judged: what is
/// wrong with the field would otherwise appear, and move the button away, in mid-click.
#[component]
pub(super) fn Submit(
    #[prop(into)] label: Signal<&'static str>,
    busy: Signal<bool>,
    /// Whether there is something to do: without it, the button does not call for a click.
    #[prop(into)]
    ready: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="submit"
            class="button"
            class:primary=ready
            aria-disabled=move || busy.get().then_some("true")
            on:mousedown=|event| event.prevent_default()
        >
            {label}
        </button>
    }
}
