//! The account's integrations, oldest first.

use chrono::{DateTime, Duration, SubsecRound, Utc};
use http::StatusCode;
use model::{IntegrationId, ReferenceId};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    bodies::{CreateIntegration, UpdateIntegration},
    codes,
    random::Random,
    reply::Reply,
    sentinels,
};

struct Integration {
    id: Uuid,
    tenant_url: String,
    reference_id: String,
    active: bool,
    created_at: DateTime<Utc>,
}

/// An integration as the account that asks sees it.
#[derive(Serialize)]
struct Entry<'a> {
    id: Uuid,
    account_tag: &'a str,
    integration_type: &'static str,
    reference_id: &'a str,
    tenant_url: &'a str,
    /// Absolute, as observed \[O\]; the vendor's example is relative.
    well_known_url: String,
    active: bool,
    created_at: DateTime<Utc>,
}

pub(crate) struct Integrations(Vec<Integration>);

impl Integrations {
    /// One that is active and one that is paused.
    pub(crate) fn new(random: &mut Random, now: DateTime<Utc>) -> Self {
        let mut integration = |tenant_url: &str, active, days| Integration {
            id: random.uuid(),
            tenant_url: tenant_url.to_owned(),
            reference_id: random.uuid().to_string(),
            active,
            created_at: now.trunc_subsecs(0) - Duration::days(days),
        };
        Self(vec![
            integration("https://acme.okta.com", true, 203),
            integration("https://acme-preview.oktapreview.com", false, 41),
        ])
    }

    pub(crate) fn list(&self, account: &str) -> Reply {
        Reply::success(self.0.iter().map(|found| found.entry(account)).collect::<Vec<_>>())
    }

    pub(crate) fn get(&self, id: IntegrationId, account: &str) -> Reply {
        self.one(account, |integration| integration.id == id.as_uuid())
    }

    /// Nothing says that a reference ID is given once only \[U\]; the oldest with it is found.
    pub(crate) fn by_reference(&self, reference: &ReferenceId, account: &str) -> Reply {
        self.one(account, |integration| integration.reference_id == reference.as_str())
    }

    fn one(&self, account: &str, wanted: impl Fn(&Integration) -> bool) -> Reply {
        match self.0.iter().find(|integration| wanted(integration)) {
            Some(found) => Reply::success(found.entry(account)),
            None => missing(),
        }
    }

    pub(crate) fn create(
        &mut self,
        body: CreateIntegration,
        account: &str,
        random: &mut Random,
        now: DateTime<Utc>,
    ) -> Reply {
        let created = Integration {
            id: random.uuid(),
            tenant_url: body.tenant_url.as_str().to_owned(),
            reference_id: reference(body.reference_id, random),
            active: true,
            created_at: now,
        };
        let reply = created.written(account);
        self.0.push(created);
        reply
    }

    /// Overwrites all three fields \[D\]. What an absent reference ID is overwritten with is
    /// unknown \[U\]; here, as on creation, with a random one, so that the loss shows.
    pub(crate) fn update(
        &mut self,
        id: IntegrationId,
        body: UpdateIntegration,
        account: &str,
        random: &mut Random,
    ) -> Reply {
        let Some(found) = self.0.iter_mut().find(|found| found.id == id.as_uuid()) else {
            return missing();
        };
        if found.tenant_url == sentinels::TENANT_UPDATE_FAILS {
            return Reply::internal();
        }
        if found.tenant_url == sentinels::TENANT_STUCK && found.active != body.active {
            let message = "The service is not available at the moment";
            return Reply::fault(StatusCode::SERVICE_UNAVAILABLE, codes::INTERNAL, message);
        }
        body.tenant_url.as_str().clone_into(&mut found.tenant_url);
        found.active = body.active;
        found.reference_id = reference(body.reference_id, random);
        found.written(account)
    }

    pub(crate) fn delete(&mut self, id: IntegrationId) -> Reply {
        let Some(index) = self.0.iter().position(|found| found.id == id.as_uuid()) else {
            return missing();
        };
        if self.0[index].tenant_url == sentinels::TENANT_DELETE_FAILS {
            return Reply::internal();
        }
        self.0.remove(index);
        Reply::success(()).written()
    }
}

impl Integration {
    /// The answer to whoever wrote it.
    fn written(&self, account: &str) -> Reply {
        let reply = Reply::success(self.entry(account)).written();
        match self.tenant_url.as_str() {
            sentinels::TENANT_TIMES_OUT => reply.after(sentinels::HANG),
            _ => reply,
        }
    }

    fn entry<'a>(&'a self, account: &'a str) -> Entry<'a> {
        Entry {
            id: self.id,
            account_tag: account,
            integration_type: "Okta",
            reference_id: &self.reference_id,
            tenant_url: &self.tenant_url,
            well_known_url: format!(
                "https://ssf.risk-score.teams.cloudflare.com/.well-known/sse-configuration/{}",
                self.id
            ),
            active: self.active,
            created_at: self.created_at,
        }
    }
}

fn reference(given: Option<ReferenceId>, random: &mut Random) -> String {
    given.map_or_else(|| random.uuid().to_string(), |given| given.to_string())
}

fn missing() -> Reply {
    let message = "There is no such integration";
    Reply::fault(StatusCode::NOT_FOUND, codes::NO_SUCH_INTEGRATION, message)
}
