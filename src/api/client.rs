//! One method an operation.

use model::{
    AccountId, AuditEntry, AuditQuery, BatchId, Behaviors, CreateIntegration, Demo, DemoChange,
    Envelope, EventDetails, Integration, IntegrationId, Method, Operation, ReferenceId, ResultInfo,
    RiskEvents, RiskSummary, UpdateBehaviors, UpdateIntegration, UserId, Whoami,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::{
    error::Error,
    tagged::{Tagged, strong},
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

/// Where it is asked who is asking.
pub const WHOAMI: &str = "/api/v1/whoami";

/// Who is asking, before an account is known.
///
/// # Errors
/// [`Error`], as any operation.
pub async fn whoami<T: Transport>(transport: &T) -> Result<Whoami, Error> {
    let request = Request {
        method: Method::Get,
        path: WHOAMI.to_owned(),
        body: None,
        reason: None,
        batch: None,
        if_match: None,
    };
    result(send(transport, request).await?)
}

/// A line of the audit log; what was and what came stay the text that they came as.
pub type AuditLine = AuditEntry<EventDetails>;

/// A page of the audit log, newest line first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuditPage {
    pub lines: Vec<AuditLine>,
    /// The cursor of the next page, if there is one.
    pub next: Option<u64>,
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
        let all = |all: &mut RiskSummary, next: RiskSummary| all.users.extend(next.users);
        self.get_pages(&Operation::Summary, all).await
    }

    /// One user's events, all pages of them.
    ///
    /// # Errors
    /// [`Error`], from any of the pages.
    pub async fn user(&self, id: UserId) -> Result<RiskEvents, Error> {
        let all = |all: &mut RiskEvents, next: RiskEvents| all.events.extend(next.events);
        self.get_pages(&Operation::User(id), all).await
    }

    /// Takes a user's level away until the next trigger. Can't be undone. Resets that are made
    /// together carry the same `batch`.
    ///
    /// # Errors
    /// [`Error`]; its [`effect`](Error::effect) says whether the reset may have happened.
    pub async fn reset_user(
        &self,
        id: UserId,
        reason: Option<String>,
        batch: Option<BatchId>,
    ) -> Result<(), Error> {
        let request =
            Request { reason, batch, ..self.request(&Operation::ResetUser(id), None::<&()>) };
        send(&self.transport, request).await.map(|_| ())
    }

    /// # Errors
    /// [`Error`].
    pub async fn behaviors(&self) -> Result<Tagged<Behaviors>, Error> {
        self.get(&Operation::Behaviors).await
    }

    /// Changes the behaviors named in `changes` and no others. The answer may hold only those.
    ///
    /// # Errors
    /// [`Error::Stale`] where they are no longer what has the tag `seen`; else [`Error`], whose
    /// [`effect`](Error::effect) says whether the change may have happened.
    pub async fn update_behaviors(
        &self,
        changes: &UpdateBehaviors,
        seen: Option<String>,
    ) -> Result<Behaviors, Error> {
        let changed = self.change(&Operation::UpdateBehaviors, changes, seen).await?;
        Ok(changed.value)
    }

    /// # Errors
    /// [`Error`].
    pub async fn integrations(&self) -> Result<Vec<Integration>, Error> {
        Ok(self.get(&Operation::Integrations).await?.value)
    }

    /// # Errors
    /// [`Error`].
    pub async fn integration(&self, id: IntegrationId) -> Result<Tagged<Integration>, Error> {
        self.get(&Operation::Integration(id)).await
    }

    /// # Errors
    /// [`Error`].
    pub async fn integration_by_reference(
        &self,
        id: ReferenceId,
    ) -> Result<Tagged<Integration>, Error> {
        self.get(&Operation::IntegrationByReference(id)).await
    }

    /// Makes an integration; it comes up active.
    ///
    /// # Errors
    /// [`Error`]; its [`effect`](Error::effect) says whether it may have been made.
    pub async fn create_integration(
        &self,
        new: &CreateIntegration,
    ) -> Result<Tagged<Integration>, Error> {
        self.change(&Operation::CreateIntegration, new, None).await
    }

    /// Overwrites an integration's three settings.
    ///
    /// # Errors
    /// [`Error::Stale`] where it is no longer what has the tag `seen`; else [`Error`], whose
    /// [`effect`](Error::effect) says whether the change may have happened.
    pub async fn update_integration(
        &self,
        id: IntegrationId,
        update: &UpdateIntegration,
        seen: Option<String>,
    ) -> Result<Tagged<Integration>, Error> {
        self.change(&Operation::UpdateIntegration(id), update, seen).await
    }

    /// # Errors
    /// [`Error::Stale`] where it is no longer what has the tag `seen`; else [`Error`], whose
    /// [`effect`](Error::effect) says whether it may be gone.
    pub async fn delete_integration(
        &self,
        id: IntegrationId,
        seen: Option<String>,
    ) -> Result<(), Error> {
        let request = self.request(&Operation::DeleteIntegration(id), None::<&()>);
        let request = Request { if_match: seen, ..request };
        send(&self.transport, request).await.map(|_| ())
    }

    /// A page of the audit log.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, Error> {
        let request = Request {
            method: Method::Get,
            path: format!("/api/v1/audit?{}", query.to_query()),
            body: None,
            reason: None,
            batch: None,
            if_match: None,
        };
        let raw = send(&self.transport, request).await?;
        let cursor = raw.info.as_ref().and_then(|info| info.cursor.as_deref());
        let next = cursor.and_then(|cursor| cursor.parse().ok());
        Ok(AuditPage { lines: result(raw)?, next })
    }

    /// Sets the demo, and says what it is set to; a change of nothing only asks.
    ///
    /// # Errors
    /// [`Error`]; anywhere but in the demo there is nothing to set.
    pub async fn demo(&self, change: DemoChange) -> Result<Demo, Error> {
        let asks = change == DemoChange::default();
        let request = Request {
            method: if asks { Method::Get } else { Method::Post },
            path: "/api/v1/demo".to_owned(),
            body: if asks { None } else { serde_json::to_string(&change).ok() },
            reason: None,
            batch: None,
            if_match: None,
        };
        result(send(&self.transport, request).await?)
    }

    /// What a read answers, as it came: for a look at what there is now, whatever it is.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn look(&self, read: &Operation) -> Result<EventDetails, Error> {
        Ok(self.get(read).await?.value)
    }

    async fn get<R: DeserializeOwned>(&self, operation: &Operation) -> Result<Tagged<R>, Error> {
        tagged(send(&self.transport, self.request(operation, None::<&()>)).await?)
    }

    async fn change<R: DeserializeOwned>(
        &self,
        operation: &Operation,
        body: &impl Serialize,
        seen: Option<String>,
    ) -> Result<Tagged<R>, Error> {
        let request = Request { if_match: seen, ..self.request(operation, Some(body)) };
        tagged(send(&self.transport, request).await?)
    }

    /// All pages of an answer, put together by `extend`. An answer that says there is more and
    /// then gives something else is an error: a part must not pass for the whole.
    async fn get_pages<R: DeserializeOwned + Default>(
        &self,
        operation: &Operation,
        extend: fn(&mut R, R),
    ) -> Result<R, Error> {
        let (mut all, mut info) = self.get_page::<R>(operation, None).await?;
        while let Some(page) = info.as_ref().and_then(ResultInfo::next_page) {
            let (next, next_info) = self.get_page::<R>(operation, Some(page)).await?;
            let got = next_info.as_ref().and_then(|info| info.page);
            if got != Some(page) || page > MAX_PAGES {
                let detail = format!("page {page} was asked for, and another came");
                return Err(Error::Decode { status: 200, detail, ray: None });
            }
            extend(&mut all, next);
            info = next_info;
        }
        Ok(all)
    }

    async fn get_page<R: DeserializeOwned + Default>(
        &self,
        operation: &Operation,
        page: Option<u64>,
    ) -> Result<(R, Option<ResultInfo>), Error> {
        let mut request = self.request(operation, None::<&()>);
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

    fn request(&self, operation: &Operation, body: Option<&impl Serialize>) -> Request {
        Request {
            method: operation.kind().spec().method,
            path: format!("/client/v4{}", operation.path(&self.account)),
            // The bodies are plain structs with text keys: they always serialize.
            body: body.and_then(|body| serde_json::to_string(body).ok()),
            reason: None,
            batch: None,
            if_match: None,
        }
    }
}

/// What failed, of an answer that somebody else asked for and could not use.
#[must_use]
pub fn failure(response: Response) -> Error {
    let Response { status, ray, .. } = response.clone();
    read(response).err().unwrap_or_else(|| {
        let detail = "a success that was taken for a failure".to_owned();
        Error::Decode { status, detail, ray }
    })
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
    tag: Option<String>,
}

/// The envelope of a success, or the error that the answer tells of.
fn read(response: Response) -> Result<Raw, Error> {
    let is_sign_in = response.is_sign_in();
    let Response { status, ray, retry_after, etag, body, .. } = response;
    let tag = etag.map(strong);
    let envelope = serde_json::from_slice::<Envelope<Box<RawValue>>>(&body);
    match (status, envelope) {
        (_, envelope) if is_sign_in => {
            Err(Error::Refused { errors: envelope.map(|e| e.errors).unwrap_or_default() })
        }
        (200..=299, Ok(Envelope { success: true, result, result_info, .. })) => {
            Ok(Raw { status, ray, result, info: result_info, tag })
        }
        // One without a result is of somebody on the way.
        (412, Ok(Envelope { errors, result: Some(now), .. })) => {
            Err(Error::Stale { errors, now: now.get().to_owned(), tag })
        }
        (_, Ok(envelope)) => Err(Error::Api { status, errors: envelope.errors, ray, retry_after }),
        (_, Err(error)) => Err(Error::Decode { status, detail: error.to_string(), ray }),
    }
}

fn tagged<R: DeserializeOwned>(mut raw: Raw) -> Result<Tagged<R>, Error> {
    let tag = raw.tag.take();
    Ok(Tagged { value: result(raw)?, tag })
}

/// The result in its type; it must be there.
fn result<R: DeserializeOwned>(raw: Raw) -> Result<R, Error> {
    let Raw { status, ray, result, .. } = raw;
    let text = result.as_deref().map_or("null", RawValue::get);
    // From bytes, as the list of people is: the app has one reader of JSON, and not two.
    serde_json::from_slice(text.as_bytes()).map_err(|error| Error::Decode {
        status,
        detail: error.to_string(),
        ray,
    })
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

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

    /// Answers with these bodies in their order, then with nothing; keeps what was asked.
    #[derive(Default)]
    struct Script {
        answers: RefCell<Vec<Response>>,
        asked: RefCell<Vec<Request>>,
    }

    impl Transport for Script {
        async fn send(&self, request: Request) -> Result<Response, crate::Unreachable> {
            self.asked.borrow_mut().push(request);
            let mut left = self.answers.borrow_mut();
            if left.is_empty() {
                return Err(crate::Unreachable { detail: String::new() });
            }
            Ok(left.remove(0))
        }
    }

    fn answer(status: u16, etag: Option<&str>, body: &str) -> Response {
        let (etag, body) = (etag.map(str::to_owned), body.as_bytes().to_vec());
        Response { status, etag, body, ..Response::default() }
    }

    fn client(answers: Vec<Response>) -> Client<Script> {
        let script = Script { answers: RefCell::new(answers), ..Script::default() };
        Client::new(script, "0123456789abcdef0123456789abcdef".parse().unwrap())
    }

    /// The script never waits.
    fn ready<T>(future: impl Future<Output = T>) -> T {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match std::pin::pin!(future).poll(&mut context) {
            std::task::Poll::Ready(value) => value,
            std::task::Poll::Pending => panic!("the answer is there"),
        }
    }

    /// The names in the summary that these pages, numbered as they say, make.
    fn names(pages: &[(&str, &str)]) -> Result<Vec<String>, Error> {
        let page = |(name, info): &(&str, &str)| {
            format!(
                r#"{{"success":true,"result":{{"users":[{{"name":"{name}"}}]}},"result_info":{info}}}"#
            )
        };
        let client = client(pages.iter().map(page).map(|body| answer(200, None, &body)).collect());
        Ok(ready(client.summary())?.users.into_iter().map(|user| user.name).collect())
    }

    #[test]
    fn all_pages_are_fetched_and_a_part_is_never_the_whole() {
        let (first, second) = (r#"{"page":1,"total_pages":2}"#, r#"{"page":2,"total_pages":2}"#);
        assert_eq!(names(&[("A", "null")]).unwrap(), ["A"]);
        assert_eq!(names(&[("A", first), ("B", second)]).unwrap(), ["A", "B"]);
        for odd in [first, "null", "{}"] {
            let failed = names(&[("A", first), ("A", odd)]);
            assert!(matches!(failed, Err(Error::Decode { .. })), "{odd}: {failed:?}");
        }
        assert!(matches!(names(&[("A", first)]), Err(Error::Network { .. })));
    }

    /// HTTP may end well where the answer was broken off on its way.
    #[test]
    fn f7_half_an_answer_is_never_the_whole() {
        let whole = r#"{"result":{"users":[{"name":"A"},{"name":"B"}]},"success":true}"#;
        let summary = |body: &str| ready(client(vec![answer(200, None, body)]).summary());
        for end in 0..whole.len() {
            let half = summary(&whole[..end]);
            assert!(matches!(half, Err(Error::Decode { status: 200, .. })), "{end}: {half:?}");
        }
        assert_eq!(summary(whole).unwrap().users.len(), 2);
    }

    const BEHAVIORS: &str =
        r#"{"success":true,"result":{"behaviors":{"a":{"enabled":true,"risk_level":"low"}}}}"#;

    #[test]
    fn d1_a_change_says_what_it_is_a_change_of_and_hears_what_is_there_instead() {
        let stale = BEHAVIORS.replace("true,\"result", "false,\"result").replace("low", "high");
        let client = client(vec![
            // Something on the way has compressed the answer, and weakened its tag.
            answer(200, Some("W/\"one\""), BEHAVIORS),
            answer(412, Some("\"two\""), &stale),
        ]);
        let seen = ready(client.behaviors()).unwrap();
        assert_eq!(seen.tag.as_deref(), Some("\"one\""));
        let failed = ready(client.update_behaviors(&UpdateBehaviors::default(), seen.tag));
        let failed = failed.unwrap_err();
        assert_eq!(client.transport.asked.borrow()[1].if_match.as_deref(), Some("\"one\""));
        assert_eq!(failed.effect(), crate::Effect::None);
        let now = failed.now::<Behaviors>().unwrap();
        assert_eq!(now.tag.as_deref(), Some("\"two\""));
        let level = now.behaviors.values().next().unwrap().risk_level.clone();
        assert_eq!(level, Some(model::RiskLevel::High));

        let elsewhere = answer(412, None, r#"{"success":false,"result":null}"#);
        assert!(matches!(read(elsewhere), Err(Error::Api { status: 412, .. })));
    }

    #[test]
    fn d4_a_write_without_an_answer_is_sent_once_and_its_outcome_is_unknown() {
        let failure = r#"{"success":false,"errors":[{"code":995041,"message":"x"}]}"#;
        let url = "https://acme.okta.com".parse().unwrap();
        let new = CreateIntegration {
            integration_type: model::IntegrationType::Okta,
            tenant_url: url,
            reference_id: None,
        };
        for answers in [vec![], vec![answer(504, None, failure)], vec![answer(503, None, "<html>")]]
        {
            let client = client(answers);
            let failed = ready(client.create_integration(&new)).unwrap_err();
            assert_eq!(failed.effect(), crate::Effect::Unknown, "{failed:?}");
            assert_eq!(client.transport.asked.borrow().len(), 1);
        }
    }

    #[test]
    fn a_sign_in_page_in_place_of_data_is_the_end_of_the_session() {
        let page = "<!doctype html><title>Sign in</title>";
        assert_eq!(failed(200, "text/html", page), Error::Refused { errors: vec![] });
        assert!(matches!(failed(401, "application/json", "{}"), Error::Refused { .. }));
        assert_eq!(failed(302, "", ""), Error::Refused { errors: vec![] });
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
