//! One method an operation.

use model::{
    AccountId, Behaviors, CreateIntegration, Envelope, Integration, IntegrationId, Method,
    Operation, ReferenceId, ResultInfo, RiskEvents, RiskSummary, UpdateBehaviors,
    UpdateIntegration, UserId, Whoami,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::{
    error::Error,
    transport::{Request, Response, Transport},
};

/// More pages than any account has; an answer that claims more is not to be trusted.
const MAX_PAGES: u64 = 10_000;

/// A client for one account.
#[derive(Clone, Debug)]
pub struct Client<T> {
    transport: T,
    account: AccountId,
}

/// Who is asking, before an account is known.
///
/// # Errors
/// [`Error`], as any operation.
pub async fn whoami<T: Transport>(transport: &T) -> Result<Whoami, Error> {
    let request = Request {
        method: Method::Get,
        path: "/api/v1/whoami".to_owned(),
        body: None,
        reason: None,
    };
    result(send(transport, request).await?)
}

impl<T: Transport> Client<T> {
    pub fn new(transport: T, account: AccountId) -> Self {
        Self { transport, account }
    }

    /// Every user who has a level. Where the answer says that it is one page of several, the
    /// others are fetched too: a part is never given out as the whole.
    ///
    /// # Errors
    /// [`Error`], from any of the pages.
    pub async fn summary(&self) -> Result<RiskSummary, Error> {
        let (mut summary, mut info) =
            self.get_page::<RiskSummary>(&Operation::Summary, None).await?;
        while let Some(page) = info.and_then(|info| info.next_page()).filter(|p| *p <= MAX_PAGES) {
            let (next, next_info) = self.get_page(&Operation::Summary, Some(page)).await?;
            let next: RiskSummary = next;
            summary.users.extend(next.users);
            // An answer that repeats its page would never end.
            info = next_info.filter(|next| next.page.is_some_and(|p| p >= page));
        }
        Ok(summary)
    }

    /// One user's events, all pages of them.
    ///
    /// # Errors
    /// [`Error`], from any of the pages.
    pub async fn user(&self, id: UserId) -> Result<RiskEvents, Error> {
        let operation = Operation::User(id);
        let (mut user, mut info) = self.get_page::<RiskEvents>(&operation, None).await?;
        while let Some(page) = info.and_then(|info| info.next_page()).filter(|p| *p <= MAX_PAGES) {
            let (next, next_info) = self.get_page::<RiskEvents>(&operation, Some(page)).await?;
            user.events.extend(next.events);
            info = next_info.filter(|next| next.page.is_some_and(|p| p >= page));
        }
        Ok(user)
    }

    /// Takes a user's level away until the next trigger. Can't be undone.
    ///
    /// # Errors
    /// [`Error`]; its [`effect`](Error::effect) says whether the reset may have happened.
    pub async fn reset_user(&self, id: UserId, reason: Option<String>) -> Result<(), Error> {
        let request = self.request(&Operation::ResetUser(id), None::<&()>, reason);
        send(&self.transport, request).await.map(|_| ())
    }

    /// # Errors
    /// [`Error`].
    pub async fn behaviors(&self) -> Result<Behaviors, Error> {
        self.get(&Operation::Behaviors).await
    }

    /// Changes the behaviors named in `changes` and no others.
    ///
    /// # Errors
    /// [`Error`]; its [`effect`](Error::effect) says whether the change may have happened.
    pub async fn update_behaviors(&self, changes: &UpdateBehaviors) -> Result<Behaviors, Error> {
        self.change(&Operation::UpdateBehaviors, Some(changes)).await
    }

    /// # Errors
    /// [`Error`].
    pub async fn integrations(&self) -> Result<Vec<Integration>, Error> {
        self.get(&Operation::Integrations).await
    }

    /// # Errors
    /// [`Error`].
    pub async fn integration(&self, id: IntegrationId) -> Result<Integration, Error> {
        self.get(&Operation::Integration(id)).await
    }

    /// # Errors
    /// [`Error`].
    pub async fn integration_by_reference(&self, id: ReferenceId) -> Result<Integration, Error> {
        self.get(&Operation::IntegrationByReference(id)).await
    }

    /// Makes an integration; it comes up active.
    ///
    /// # Errors
    /// [`Error`]; its [`effect`](Error::effect) says whether it may have been made.
    pub async fn create_integration(&self, new: &CreateIntegration) -> Result<Integration, Error> {
        self.change(&Operation::CreateIntegration, Some(new)).await
    }

    /// Overwrites an integration's three settings.
    ///
    /// # Errors
    /// [`Error`]; its [`effect`](Error::effect) says whether the change may have happened.
    pub async fn update_integration(
        &self,
        id: IntegrationId,
        update: &UpdateIntegration,
    ) -> Result<Integration, Error> {
        self.change(&Operation::UpdateIntegration(id), Some(update)).await
    }

    /// # Errors
    /// [`Error`]; its [`effect`](Error::effect) says whether it may be gone.
    pub async fn delete_integration(&self, id: IntegrationId) -> Result<(), Error> {
        let request = self.request(&Operation::DeleteIntegration(id), None::<&()>, None);
        send(&self.transport, request).await.map(|_| ())
    }

    async fn get<R: DeserializeOwned>(&self, operation: &Operation) -> Result<R, Error> {
        self.change(operation, None::<&()>).await
    }

    async fn change<R: DeserializeOwned>(
        &self,
        operation: &Operation,
        body: Option<&impl Serialize>,
    ) -> Result<R, Error> {
        let request = self.request(operation, body, None);
        result(send(&self.transport, request).await?)
    }

    async fn get_page<R: DeserializeOwned + Default>(
        &self,
        operation: &Operation,
        page: Option<u64>,
    ) -> Result<(R, Option<ResultInfo>), Error> {
        let mut request = self.request(operation, None::<&()>, None);
        if let Some(page) = page {
            request.path = format!("{}?page={page}", request.path);
        }
        let mut raw = send(&self.transport, request).await?;
        let info = raw.info.take();
        // A success without a result is an empty page.
        if raw.result.is_none() {
            return Ok((R::default(), info));
        }
        Ok((result(raw)?, info))
    }

    fn request(
        &self,
        operation: &Operation,
        body: Option<&impl Serialize>,
        reason: Option<String>,
    ) -> Request {
        Request {
            method: operation.kind().spec().method,
            path: format!("/client/v4{}", operation.path(&self.account)),
            // The bodies are plain structs with text keys: they always serialize.
            body: body.and_then(|body| serde_json::to_string(body).ok()),
            reason,
        }
    }
}

async fn send<T: Transport>(transport: &T, request: Request) -> Result<Raw, Error> {
    let sent = transport.send(request).await;
    read(sent.map_err(|unreachable| Error::Network { detail: unreachable.detail })?)
}

/// A success whose result is not read yet: the envelope is the same for every operation, and
/// reading it once keeps it small in the app.
struct Raw {
    status: u16,
    ray: Option<String>,
    result: Option<Box<RawValue>>,
    info: Option<ResultInfo>,
}

/// The envelope of a success, or the error that the answer tells of.
fn read(response: Response) -> Result<Raw, Error> {
    let is_sign_in = response.is_sign_in();
    let Response { status, ray, retry_after, body, .. } = response;
    let envelope = serde_json::from_slice::<Envelope<Box<RawValue>>>(&body);
    match (status, envelope) {
        (_, envelope) if is_sign_in => {
            Err(Error::Refused { errors: envelope.map(|e| e.errors).unwrap_or_default() })
        }
        (200..=299, Ok(Envelope { success: true, result, result_info, .. })) => {
            Ok(Raw { status, ray, result, info: result_info })
        }
        (_, Ok(envelope)) => Err(Error::Api { status, errors: envelope.errors, ray, retry_after }),
        (_, Err(error)) => Err(Error::Decode { status, detail: error.to_string(), ray }),
    }
}

/// The result in its type; it must be there.
fn result<R: DeserializeOwned>(raw: Raw) -> Result<R, Error> {
    let Raw { status, ray, result, .. } = raw;
    let text = result.as_deref().map_or("null", RawValue::get);
    serde_json::from_str(text).map_err(|error| Error::Decode {
        status,
        detail: error.to_string(),
        ray,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(status: u16, content_type: &str, body: &str) -> Error {
        let response = Response {
            status,
            content_type: Some(content_type.to_owned()),
            body: body.as_bytes().to_vec(),
            ..Response::default()
        };
        read(response).err().expect("a failure")
    }

    #[test]
    fn a_sign_in_page_in_place_of_data_is_the_end_of_the_session() {
        let page = "<!doctype html><title>Sign in</title>";
        assert_eq!(failed(200, "text/html", page), Error::Refused { errors: vec![] });
        assert!(matches!(failed(401, "application/json", "{}"), Error::Refused { .. }));
        assert!(matches!(failed(502, "text/html", page), Error::Decode { status: 502, .. }));
    }

    #[test]
    fn only_a_refusal_is_sure_to_have_changed_nothing() {
        use crate::Effect;
        let body = r#"{"success":false,"errors":[{"code":10000,"message":"x"}]}"#;
        for (status, effect) in [
            (400, Effect::None),
            (403, Effect::None),
            (408, Effect::Unknown),
            (429, Effect::None),
            (500, Effect::Unknown),
            (504, Effect::Unknown),
        ] {
            assert_eq!(failed(status, "application/json", body).effect(), effect, "{status}");
        }
        assert_eq!(failed(200, "application/json", "{").effect(), Effect::Unknown);
    }
}
