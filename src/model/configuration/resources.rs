//! The resources of the provider `cloudflare/cloudflare`, version 5, that a configuration is made
//! of, with their documented attributes
//! (<https://registry.terraform.io/providers/cloudflare/cloudflare/latest/docs/resources/zero_trust_risk_behavior>,
//! `…/zero_trust_risk_scoring_integration`).
//!
//! | resource | required | optional | import |
//! |---|---|---|---|
//! | behaviors | `account_id`, `behaviors` (a map: `enabled`, `risk_level`, both required) | | none |
//! | integration | `account_id`, `integration_type`, `tenant_url` | `active`, `reference_id` | `account_id/integration_id` |
//!
//! What the vendor computes (`id`, `well_known_url` …) can't be set, and no more can be asked of a
//! reader that changes nothing by itself: what is not in the table is an error. Blocks of other
//! kinds and resources of other types are passed over.

use std::collections::BTreeMap;

use super::{
    Configuration, ConfiguredIntegration, Problem, Unreadable,
    syntax::{Attribute, Block, Body, Value},
};
use crate::{AccountId, BehaviorChange, BehaviorKey, IntegrationId, KnownLevel};

pub(super) const BEHAVIORS: &str = "cloudflare_zero_trust_risk_behavior";
pub(super) const INTEGRATION: &str = "cloudflare_zero_trust_risk_scoring_integration";

/// What any resource may have beside its own, and what says nothing of the account.
const META: [&str; 2] = ["depends_on", "provider"];

pub(super) fn read(body: Body) -> Result<Configuration, Unreadable> {
    let mut configuration = Configuration::default();
    let mut imports = BTreeMap::new();
    let mut labelled = Vec::new();
    for block in body.blocks {
        let Block { line, kind, labels, body } = block;
        match (kind.as_str(), labels.as_slice()) {
            ("resource", [kind, _]) if kind == BEHAVIORS => {
                behaviors(Fields::new(line, body)?, &mut configuration)?;
            }
            ("resource", [kind, label]) if kind == INTEGRATION => {
                let integration = integration(Fields::new(line, body)?, &mut configuration)?;
                labelled.push((format!("{INTEGRATION}.{label}"), integration));
            }
            ("import", []) => {
                if let Some((address, id)) = import(Fields::new(line, body)?)? {
                    imports.insert(address, id);
                }
            }
            _ => {}
        }
    }
    for (address, mut integration) in labelled {
        integration.id = imports.remove(&address);
        configuration.integrations.push(integration);
    }
    Ok(configuration)
}

fn behaviors(mut fields: Fields, configuration: &mut Configuration) -> Result<(), Unreadable> {
    fields.account(configuration)?;
    let (line, value) = fields.required("behaviors")?;
    let Value::Map(entries) = value else {
        return Err(Problem::at(line, "behaviors must be a map"));
    };
    fields.end()?;
    for Attribute { line, name, value } in entries {
        let Value::Map(attributes) = value else {
            return Err(Problem::at(line, format!("{name} must be a map")));
        };
        let mut fields = Fields::of(line, attributes)?;
        let enabled = fields.required("enabled").and_then(boolean)?;
        let (at, level) = fields.text("risk_level")?;
        let risk_level: KnownLevel =
            level.parse().map_err(|error| Problem::at(at, format!("{error}")))?;
        fields.end()?;
        let key = BehaviorKey(name);
        if configuration.behaviors.contains_key(&key) {
            return Err(Problem::at(line, format!("{key} is there twice")));
        }
        configuration.behaviors.insert(key, BehaviorChange { enabled, risk_level });
    }
    Ok(())
}

fn integration(
    mut fields: Fields,
    configuration: &mut Configuration,
) -> Result<ConfiguredIntegration, Unreadable> {
    fields.account(configuration)?;
    let (_, integration_type) = fields.text("integration_type")?;
    let (_, tenant_url) = fields.text("tenant_url")?;
    let active = fields.optional("active").map(boolean).transpose()?;
    let reference_id = fields.optional("reference_id").map(text).transpose()?.map(|(_, id)| id);
    fields.end()?;
    Ok(ConfiguredIntegration { id: None, integration_type, tenant_url, active, reference_id })
}

/// What is imported to where; nothing for a resource of another type.
fn import(mut fields: Fields) -> Result<Option<(String, IntegrationId)>, Unreadable> {
    let (line, to) = fields.required("to")?;
    let Value::Reference(address) = to else {
        return Err(Problem::at(line, "to must be the address of a resource"));
    };
    if !address.strip_prefix(INTEGRATION).is_some_and(|rest| rest.starts_with('.')) {
        return Ok(None);
    }
    let (line, id) = fields.text("id")?;
    fields.end()?;
    let id = id.split_once('/').and_then(|(account, id)| {
        account.parse::<AccountId>().ok()?;
        id.parse().ok()
    });
    let id = id.ok_or_else(|| Problem::at(line, "id must be account_id/integration_id"))?;
    Ok(Some((address, id)))
}

/// The attributes of a block or a map, each taken once.
struct Fields {
    line: usize,
    left: Vec<Attribute>,
}

impl Fields {
    fn new(line: usize, body: Body) -> Result<Self, Unreadable> {
        // `lifecycle` and its like say how Terraform works, not what holds.
        let mut attributes = body.attributes;
        attributes.retain(|attribute| !META.contains(&attribute.name.as_str()));
        Self::of(line, attributes)
    }

    fn of(line: usize, attributes: Vec<Attribute>) -> Result<Self, Unreadable> {
        for (index, attribute) in attributes.iter().enumerate() {
            if attributes[..index].iter().any(|other| other.name == attribute.name) {
                let what = format!("{} is there twice", attribute.name);
                return Err(Problem::at(attribute.line, what));
            }
        }
        Ok(Self { line, left: attributes })
    }

    /// The attribute's line and value; `null` is as good as not there.
    fn optional(&mut self, name: &str) -> Option<(usize, Value)> {
        let at = self.left.iter().position(|attribute| attribute.name == name)?;
        let Attribute { line, value, .. } = self.left.remove(at);
        (!matches!(value, Value::Null)).then_some((line, value))
    }

    fn required(&mut self, name: &str) -> Result<(usize, Value), Unreadable> {
        let missing = Problem::at(self.line, format!("{name} is missing"));
        self.optional(name).ok_or(missing)
    }

    fn text(&mut self, name: &str) -> Result<(usize, String), Unreadable> {
        self.required(name).and_then(text)
    }

    /// All resources are of one account. Where it is a variable's, it is not known.
    fn account(&mut self, configuration: &mut Configuration) -> Result<(), Unreadable> {
        let (line, value) = self.required("account_id")?;
        if matches!(value, Value::Reference(_)) {
            return Ok(());
        }
        let (_, id) = text((line, value))?;
        let id: AccountId = id.parse().map_err(|error| Problem::at(line, format!("{error}")))?;
        match &configuration.account_id {
            Some(other) if *other != id => Err(Problem::at(line, "this is another account's")),
            _ => {
                configuration.account_id = Some(id);
                Ok(())
            }
        }
    }

    /// Nothing may be left.
    fn end(self) -> Result<(), Unreadable> {
        match self.left.first() {
            Some(Attribute { line, name, .. }) => {
                Err(Problem::at(*line, format!("{name} can't be set here")))
            }
            None => Ok(()),
        }
    }
}

fn text((line, value): (usize, Value)) -> Result<(usize, String), Unreadable> {
    match value {
        Value::Text(text) => Ok((line, text)),
        _ => Err(Problem::at(line, "a text in quotes is needed")),
    }
}

fn boolean((line, value): (usize, Value)) -> Result<bool, Unreadable> {
    match value {
        Value::Bool(value) => Ok(value),
        _ => Err(Problem::at(line, "true or false is needed")),
    }
}
