//! A new integration. It comes up active; one that is to be paused is paused right after.

use leptos::prelude::*;
use model::{CreateIntegration, Integration, IntegrationType, Role};

use super::{
    form::{Fields, Form, Submit, Valid, Values},
    host,
};
use crate::{
    components::attempt::{Attempt, Failed},
    data::{self, Effect, IntegrationChange, NotChanged},
    guard::Guard,
    routes::AppRoute,
    session::Session,
    text,
    ui::{
        announcer::Announcer,
        history::{self, Step},
        icon::Icon,
        page::PageTitle,
    },
};

#[component]
pub fn NewIntegrationPage() -> impl IntoView {
    let may_change = Session::expect().may(Role::Admin);
    view! {
        <a class="back" href=AppRoute::Integrations.path()>
            <Icon name="back" />
            {text::ALL_INTEGRATIONS}
        </a>
        <header class="page-head">
            <PageTitle title=Signal::stored(text::NEW_INTEGRATION.to_owned()) />
        </header>
        {if may_change {
            view! { <NewForm /> }.into_any()
        } else {
            view! { <p class="prose">{text::VIEW_ONLY_INTEGRATIONS}</p> }.into_any()
        }}
    }
}

/// What came of a creation.
enum Created {
    AsWished(Integration),
    /// It exists, but is active.
    NotPaused(Integration, Option<NotChanged>),
}

async fn create(valid: Valid) -> Result<Created, api::Error> {
    let Valid { tenant_url, reference_id, active } = valid;
    let integration_type = IntegrationType::Okta;
    let new = CreateIntegration { integration_type, tenant_url, reference_id };
    let created = data::create_integration(new).await?;
    if active {
        return Ok(Created::AsWished(created));
    }
    let Some(id) = created.id else { return Ok(Created::NotPaused(created, None)) };
    let pause = IntegrationChange { active: Some(false), ..IntegrationChange::default() };
    Ok(match data::change_integration(id, pause, None).await {
        Ok(paused) => Created::AsWished(paused),
        Err(error) => Created::NotPaused(created, Some(error)),
    })
}

#[component]
fn NewForm() -> impl IntoView {
    let announcer = Announcer::expect();
    let form = Form::new(&Values::new(), true);
    let attempt = Attempt::new();
    let busy = attempt.busy();
    let unsaved = move || (form.values() != Values::new()).then(|| text::TYPED.to_owned());
    Guard::expect().hold(unsaved, Callback::new(move |()| form.fill(&Values::new())));
    let submit = move || {
        let Some(valid) = form.check() else { return };
        if !attempt.begin() {
            return;
        }
        leptos::task::spawn_local(async move {
            let tenant = valid.tenant_url.clone();
            let outcome = create(valid).await;
            let there = match outcome {
                Ok(Created::AsWished(created)) => {
                    announcer.status(text::created(&host(&created)));
                    created
                }
                Ok(Created::NotPaused(created, error)) => {
                    announcer.alert(text::created_not_paused(error.as_ref()));
                    created
                }
                Err(error) => {
                    let mut why = text::explain(text::THE_CREATION, true, &error);
                    // Not tried again: whoever sees what there is now can tell.
                    if error.effect() == Effect::Unknown
                        && let Ok(count) = data::count_integrations(&tenant).await
                    {
                        why.advice = text::there_are(count, tenant.host());
                    }
                    attempt.fail(why);
                    return;
                }
            };
            if attempt.succeed() {
                // Nothing typed is lost any more.
                form.fill(&Values::new());
                let page = there.id.map_or(AppRoute::Integrations, AppRoute::Integration);
                history::go(&page.path(), Step::Visit);
            }
        });
    };
    let label =
        Signal::derive(move || if busy.get() { text::CREATING } else { text::CREATE_INTEGRATION });
    view! {
        <form
            class="stack"
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <Fields form reference_hint=text::REFERENCE_HINT busy />
            <Failed why=attempt.failed() />
            <div class="line">
                <Submit label busy ready=true />
            </div>
        </form>
    }
}
