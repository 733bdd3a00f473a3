//! Reading request bodies, strictly: a field that is missing, of the wrong kind or not known is
//! refused, and all faults are told at once. How strict the vendor is, and with which codes, is
//! unknown \[U\]; a client that is right here sends only what is documented.

use std::collections::BTreeMap;

use model::{KnownLevel, ReferenceId, TenantUrl};
use serde_json::{Map, Value};

use crate::{behaviors::Setting, codes, sentinels, wire::Fault};

type Faults = Vec<Fault>;
type Object = Map<String, Value>;

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CreateIntegration {
    pub tenant_url: TenantUrl,
    pub reference_id: Option<ReferenceId>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct UpdateIntegration {
    pub tenant_url: TenantUrl,
    pub active: bool,
    pub reference_id: Option<ReferenceId>,
}

/// `{"behaviors": {key: {"enabled", "risk_level"}}}`; `known` tells which keys there are.
pub(crate) fn behaviors(
    body: &[u8],
    known: impl Fn(&str) -> bool,
) -> Result<BTreeMap<String, Setting>, Faults> {
    let mut reader = Reader::new(body, &["behaviors"])?;
    let mut changes = BTreeMap::new();
    match reader.fields.remove("behaviors") {
        Some(Value::Object(entries)) => {
            for (key, entry) in entries {
                let pointer = format!("/behaviors/{}", key.replace('~', "~0").replace('/', "~1"));
                if !known(&key) {
                    let message = format!("There is no behavior {key:?}");
                    reader.faults.push(Fault::at(codes::NO_SUCH_BEHAVIOR, message, pointer));
                } else if let Some(setting) = reader.setting(entry, &pointer) {
                    changes.insert(key, setting);
                }
            }
        }
        Some(_) => reader.fault("must be an object", "/behaviors"),
        None => reader.fault("is required", "/behaviors"),
    }
    reader.done(changes)
}

/// There is no `active`: an integration is created active \[D\].
pub(crate) fn create_integration(body: &[u8]) -> Result<CreateIntegration, Faults> {
    let mut reader = Reader::new(body, &["integration_type", "tenant_url", "reference_id"])?;
    if reader.fields.get("integration_type").and_then(Value::as_str) != Some("Okta") {
        reader.fault("must be \"Okta\"", "/integration_type");
    }
    let (tenant_url, reference_id) = (reader.tenant_url(), reader.reference_id());
    let integration = tenant_url.map(|tenant_url| CreateIntegration { tenant_url, reference_id });
    reader.finish(integration)
}

/// There is no `integration_type`: it is immutable \[D\].
pub(crate) fn update_integration(body: &[u8]) -> Result<UpdateIntegration, Faults> {
    let mut reader = Reader::new(body, &["tenant_url", "active", "reference_id"])?;
    let (tenant_url, reference_id) = (reader.tenant_url(), reader.reference_id());
    let active = reader.flag("active", "");
    let fields = tenant_url.zip(active);
    let integration =
        fields.map(|(tenant_url, active)| UpdateIntegration { tenant_url, active, reference_id });
    reader.finish(integration)
}

/// The fields of a body and what is wrong with them.
struct Reader {
    fields: Object,
    faults: Faults,
}

impl Reader {
    fn new(body: &[u8], known: &[&str]) -> Result<Self, Faults> {
        let fields = match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => fields,
            Ok(_) => return Err(vec![Fault::new(codes::BAD_BODY, "The body must be an object")]),
            Err(_) => return Err(vec![Fault::new(codes::BAD_BODY, "The body is not valid JSON")]),
        };
        let mut reader = Self { fields: Object::new(), faults: Faults::new() };
        reader.refuse_unknown(&fields, known, "");
        reader.fields = fields;
        Ok(reader)
    }

    fn fault(&mut self, what: &str, pointer: &str) {
        let name = pointer.rsplit('/').next().unwrap_or(pointer);
        self.faults.push(Fault::at(codes::BAD_FIELD, format!("{name} {what}"), pointer));
    }

    fn refuse_unknown(&mut self, fields: &Object, known: &[&str], pointer: &str) {
        for name in fields.keys().filter(|name| !known.contains(&name.as_str())) {
            self.fault("is not a known field", &format!("{pointer}/{name}"));
        }
    }

    fn flag(&mut self, name: &str, pointer: &str) -> Option<bool> {
        let flag = self.fields.get(name).and_then(Value::as_bool);
        if flag.is_none() {
            self.fault("must be true or false", &format!("{pointer}/{name}"));
        }
        flag
    }

    fn setting(&mut self, entry: Value, pointer: &str) -> Option<Setting> {
        let Value::Object(entry) = entry else {
            self.fault("must be an object", pointer);
            return None;
        };
        self.refuse_unknown(&entry, &["enabled", "risk_level"], pointer);
        let level = entry.get("risk_level").and_then(Value::as_str);
        let level = level.and_then(|word| word.parse::<KnownLevel>().ok());
        if level.is_none() {
            self.fault("must be low, medium or high", &format!("{pointer}/risk_level"));
        }
        let enabled = entry.get("enabled").and_then(Value::as_bool);
        if enabled.is_none() {
            self.fault("must be true or false", &format!("{pointer}/enabled"));
        }
        let (enabled, risk_level) = enabled.zip(level)?;
        Some(Setting { enabled, risk_level })
    }

    fn tenant_url(&mut self) -> Option<TenantUrl> {
        let text = self.fields.get("tenant_url").and_then(Value::as_str).unwrap_or_default();
        match text.parse::<TenantUrl>() {
            Ok(url) if url.as_str() == sentinels::TENANT_REFUSED => {
                let message = "There is no Okta tenant at this URL";
                self.faults.push(Fault::at(codes::TENANT_REFUSED, message, "/tenant_url"));
                None
            }
            Ok(url) => Some(url),
            Err(error) => {
                let message = error.to_string();
                self.faults.push(Fault::at(codes::BAD_FIELD, message, "/tenant_url"));
                None
            }
        }
    }

    fn reference_id(&mut self) -> Option<ReferenceId> {
        let text = match self.fields.get("reference_id") {
            None | Some(Value::Null) => return None,
            Some(value) => value.as_str().unwrap_or_default(),
        };
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.fault("must be a text of 1 to 256 characters", "/reference_id");
        }
        parsed
    }

    fn done<T>(self, value: T) -> Result<T, Faults> {
        if self.faults.is_empty() { Ok(value) } else { Err(self.faults) }
    }

    /// What could not be built has left a fault.
    fn finish<T>(self, value: Option<T>) -> Result<T, Faults> {
        match value {
            Some(value) => self.done(value),
            None => Err(self.faults),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointers<T>(result: Result<T, Faults>) -> String {
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
