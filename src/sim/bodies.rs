//! Reading request bodies, strictly: a field that is missing, of the wrong kind or not known is
//! refused, and all faults are told at once. How strict the vendor is, and with which codes, is
//! unknown \[U\]; a client that is right here sends only what is documented.

use std::collections::BTreeMap;

use model::{KnownLevel, ReferenceId, TenantUrl};
use serde_json::{Map, Value};

use crate::{behaviors::Setting, codes, sentinels, wire::Fault};

type Object = Map<String, Value>;

pub(crate) struct CreateIntegration {
    pub tenant_url: TenantUrl,
    pub reference_id: Option<ReferenceId>,
}

pub(crate) struct UpdateIntegration {
    pub tenant_url: TenantUrl,
    pub active: bool,
    pub reference_id: Option<ReferenceId>,
}

/// `{"behaviors": {key: {"enabled", "risk_level"}}}`; `known` tells which keys there are.
pub(crate) fn behaviors(
    body: &[u8],
    known: impl Fn(&str) -> bool,
) -> Result<BTreeMap<String, Setting>, Vec<Fault>> {
    let fields = object(body)?;
    let mut faults = Faults::default();
    faults.unknown_fields(&fields, &["behaviors"], "");
    let mut changes = BTreeMap::new();
    let Some(entries) = fields.get("behaviors").and_then(Value::as_object) else {
        faults.field("must be an object", "/behaviors");
        return faults.or(None);
    };
    for (key, entry) in entries {
        let pointer = format!("/behaviors/{}", key.replace('~', "~0").replace('/', "~1"));
        if !known(key) {
            let message = format!("There is no behavior {key:?}");
            faults.0.push(Fault::at(codes::NO_SUCH_BEHAVIOR, message, pointer));
        } else if let Some(setting) = faults.setting(entry, &pointer) {
            changes.insert(key.clone(), setting);
        }
    }
    faults.or(Some(changes))
}

/// There is no `active`: an integration is created active \[D\].
pub(crate) fn create_integration(body: &[u8]) -> Result<CreateIntegration, Vec<Fault>> {
    let fields = object(body)?;
    let mut faults = Faults::default();
    faults.unknown_fields(&fields, &["integration_type", "tenant_url", "reference_id"], "");
    if fields.get("integration_type").and_then(Value::as_str) != Some("Okta") {
        faults.field("must be \"Okta\"", "/integration_type");
    }
    let tenant_url = faults.tenant_url(&fields);
    let reference_id = faults.reference_id(&fields);
    faults.or(tenant_url.map(|tenant_url| CreateIntegration { tenant_url, reference_id }))
}

/// There is no `integration_type`: it is immutable \[D\].
pub(crate) fn update_integration(body: &[u8]) -> Result<UpdateIntegration, Vec<Fault>> {
    let fields = object(body)?;
    let mut faults = Faults::default();
    faults.unknown_fields(&fields, &["tenant_url", "active", "reference_id"], "");
    let tenant_url = faults.tenant_url(&fields);
    let active = faults.flag(&fields, "active", "");
    let reference_id = faults.reference_id(&fields);
    let integration = tenant_url.zip(active).map(|(tenant_url, active)| UpdateIntegration {
        tenant_url,
        active,
        reference_id,
    });
    faults.or(integration)
}

fn object(body: &[u8]) -> Result<Object, Vec<Fault>> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(vec![Fault::new(codes::BAD_BODY, "The body must be an object")]),
        Err(_) => Err(vec![Fault::new(codes::BAD_BODY, "The body is not valid JSON")]),
    }
}

/// What is wrong with a body. A field that cannot be read leaves a fault and gives nothing.
#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn field(&mut self, what: &str, pointer: &str) {
        let name = pointer.rsplit('/').next().unwrap_or(pointer);
        self.0.push(Fault::at(codes::BAD_FIELD, format!("{name} {what}"), pointer));
    }

    fn unknown_fields(&mut self, fields: &Object, known: &[&str], pointer: &str) {
        for name in fields.keys().filter(|name| !known.contains(&name.as_str())) {
            self.field("is not a known field", &format!("{pointer}/{name}"));
        }
    }

    fn flag(&mut self, fields: &Object, name: &str, pointer: &str) -> Option<bool> {
        let flag = fields.get(name).and_then(Value::as_bool);
        if flag.is_none() {
            self.field("must be true or false", &format!("{pointer}/{name}"));
        }
        flag
    }

    fn setting(&mut self, entry: &Value, pointer: &str) -> Option<Setting> {
        let Value::Object(entry) = entry else {
            self.field("must be an object", pointer);
            return None;
        };
        self.unknown_fields(entry, &["enabled", "risk_level"], pointer);
        let level = entry.get("risk_level").and_then(Value::as_str);
        let level = level.and_then(|word| word.parse::<KnownLevel>().ok());
        if level.is_none() {
            self.field("must be low, medium or high", &format!("{pointer}/risk_level"));
        }
        let (enabled, risk_level) = self.flag(entry, "enabled", pointer).zip(level)?;
        Some(Setting { enabled, risk_level })
    }

    fn tenant_url(&mut self, fields: &Object) -> Option<TenantUrl> {
        let text = fields.get("tenant_url").and_then(Value::as_str).unwrap_or_default();
        let (code, message) = match text.parse::<TenantUrl>() {
            Ok(url) if url.as_str() != sentinels::TENANT_REFUSED => return Some(url),
            Ok(_) => (codes::TENANT_REFUSED, "There is no Okta tenant at this URL".to_owned()),
            Err(error) => (codes::BAD_FIELD, error.to_string()),
        };
        self.0.push(Fault::at(code, message, "/tenant_url"));
        None
    }

    fn reference_id(&mut self, fields: &Object) -> Option<ReferenceId> {
        let text = match fields.get("reference_id") {
            None | Some(Value::Null) => return None,
            Some(value) => value.as_str().unwrap_or_default(),
        };
        let reference = text.parse().ok();
        if reference.is_none() {
            self.field("must be a text of 1 to 256 characters", "/reference_id");
        }
        reference
    }

    /// The value, unless something is wrong.
    fn or<T>(self, value: Option<T>) -> Result<T, Vec<Fault>> {
        value.filter(|_| self.0.is_empty()).ok_or(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointers<T>(result: Result<T, Vec<Fault>>) -> String {
        let faults = result.err().unwrap_or_default();
        serde_json::to_value(faults)
            .unwrap()
            .as_array()
            .unwrap()
            .iter()
            .map(|fault| fault.pointer("/source/pointer").and_then(Value::as_str).unwrap_or("-"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn behaviors_need_both_fields_and_nothing_else() {
        let read = |body: &str| pointers(behaviors(body.as_bytes(), |key| key != "unknown"));
        assert_eq!(read(r#"{"behaviors":{"a":{"enabled":true,"risk_level":"low"}}}"#), "");
        assert_eq!(read(r#"{"behaviors":{}}"#), "");
        assert_eq!(read("{}"), "/behaviors");
        assert_eq!(read(r#"{"behaviors":[]}"#), "/behaviors");
        assert_eq!(read("[]"), "-");
        assert_eq!(read("{"), "-");
        assert_eq!(
            read(r#"{"behaviors":{"a":{"enabled":1},"unknown":{},"b/c":7}}"#),
            "/behaviors/a/risk_level /behaviors/a/enabled /behaviors/b~1c /behaviors/unknown"
        );
        assert_eq!(
            read(r#"{"behaviors":{"a":{"enabled":true,"risk_level":"critical","name":"x"}}}"#),
            "/behaviors/a/name /behaviors/a/risk_level"
        );
    }

    #[test]
    fn integrations_take_what_is_documented() {
        let create = |body: &str| pointers(create_integration(body.as_bytes()));
        let good = r#"{"integration_type":"Okta","tenant_url":"https://a.okta.com"}"#;
        assert_eq!(create(good), "");
        assert_eq!(create("{}"), "/integration_type /tenant_url");
        assert_eq!(
            create(
                r#"{"integration_type":"Okta","tenant_url":"https://a.okta.com","active":false}"#
            ),
            "/active"
        );
        assert_eq!(
            create(r#"{"integration_type":"Okta","tenant_url":"https://refused.okta.com"}"#),
            "/tenant_url"
        );
        let update = |body: &str| pointers(update_integration(body.as_bytes()));
        assert_eq!(update(r#"{"tenant_url":"https://a.okta.com","active":false}"#), "");
        assert_eq!(update(r#"{"tenant_url":"http://a.okta.com"}"#), "/tenant_url /active");
        assert_eq!(
            update(r#"{"tenant_url":"https://a.okta.com","active":true,"reference_id":""}"#),
            "/reference_id"
        );
    }
}
