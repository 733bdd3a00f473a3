//! The fixtures and the model's operations, held against the vendor's OpenAPI document.
//!
//! The document is the vendor's and no part of this repository: where it lies beside the
//! checkout it is used, and where it doesn't these tests say so and check nothing.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{collections::BTreeSet, fs};

use model::operations::OperationKind;
use riskdesk_tests::{fixture, root};
use serde_json::Value;

const BASE: &str = "/accounts/{account_id}/zt_risk_scoring";

/// Well-formed answers, by operation; the odd ones are odd on purpose.
const ANSWERS: [(OperationKind, &[&str]); 11] = [
    (OperationKind::Summary, &["summary", "summary_paged"]),
    (OperationKind::User, &["user", "user_unscored"]),
    (OperationKind::ResetUser, &["reset_user", "reset_user_object"]),
    (OperationKind::Behaviors, &["behaviors"]),
    (OperationKind::UpdateBehaviors, &["update_behaviors", "update_behaviors_named"]),
    (OperationKind::Integrations, &["integrations"]),
    (OperationKind::CreateIntegration, &["integration"]),
    (OperationKind::Integration, &["integration"]),
    (OperationKind::IntegrationByReference, &["integration"]),
    (OperationKind::UpdateIntegration, &["integration"]),
    (OperationKind::DeleteIntegration, &["delete_integration"]),
];

/// Failures; `error_authentication` was observed without two fields that the document requires.
const FAILURES: [&str; 3] = ["error_not_entitled", "error_no_route", "error_validation"];

fn document() -> Option<Value> {
    let path = root().join("../shared/reference/zt_risk_scoring.openapi.json");
    let Ok(text) = fs::read_to_string(path) else {
        eprintln!("NOT CHECKED: the vendor's OpenAPI document is not beside this checkout");
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

#[test]
fn the_operations_are_the_documents() {
    let Some(document) = document() else { return };
    let theirs: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().keys();
            let named =
                methods.filter(|key| ["get", "post", "put", "delete"].contains(&key.as_str()));
            named.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let ours: BTreeSet<String> = OperationKind::ALL
        .iter()
        .map(|kind| format!("{} {BASE}{}", kind.spec().method, kind.spec().path))
        .collect();
    assert_eq!(ours, theirs);
}

#[test]
fn every_well_formed_answer_fits_its_schema() {
    let Some(document) = document() else { return };
    for (kind, names) in ANSWERS {
        let spec = kind.spec();
        let method = spec.method.as_str().to_lowercase();
        let responses = &document["paths"][format!("{BASE}{}", spec.path)][&method]["responses"];
        for name in names {
            check(&document, &responses["200"], name);
        }
        for name in FAILURES {
            check(&document, &responses["4XX"], name);
        }
    }
}

fn check(document: &Value, response: &Value, name: &str) {
    let schema = &response["content"]["application/json"]["schema"];
    assert!(schema.is_object(), "the document has no schema for {name}");
    let answer: Value = serde_json::from_str(&fixture(name).unwrap()).unwrap();
    let mut faults = Vec::new();
    Validator { document, faults: &mut faults }.check(schema, &answer, "");
    assert!(faults.is_empty(), "{name}: {faults:#?}");
}

/// As much of JSON Schema as the document uses.
struct Validator<'a> {
    document: &'a Value,
    faults: &'a mut Vec<String>,
}

impl Validator<'_> {
    fn check(&mut self, schema: &Value, value: &Value, at: &str) {
        if let Some(pointer) = schema["$ref"].as_str() {
            let target = self.document.pointer(pointer.trim_start_matches('#'));
            let target = target.unwrap_or_else(|| panic!("{pointer} leads nowhere")).clone();
            return self.check(&target, value, at);
        }
        if value.is_null() && schema["nullable"] == true {
            return;
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.check(part, value, at);
        }
        self.check_type(schema, value, at);
        if let Some(choices) = schema["enum"].as_array()
            && !choices.contains(value)
        {
            self.fault(at, "is none of the enumerated values");
        }
        for name in schema["required"].as_array().into_iter().flatten() {
            if value.get(name.as_str().unwrap_or_default()).is_none() {
                self.fault(at, &format!("lacks {name}"));
            }
        }
        for (name, member) in value.as_object().into_iter().flatten() {
            let schema = schema["properties"].get(name).or(schema.get("additionalProperties"));
            if let Some(schema) = schema {
                self.check(schema, member, &format!("{at}/{name}"));
            }
        }
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            self.check(&schema["items"], item, &format!("{at}/{index}"));
        }
    }

    fn check_type(&mut self, schema: &Value, value: &Value, at: &str) {
        let fits = match schema["type"].as_str() {
            Some("object") => value.is_object(),
            Some("array") => value.is_array(),
            Some("string") => value.is_string(),
            Some("boolean") => value.is_boolean(),
            Some("integer") => value.is_u64() || value.is_i64(),
            Some("number") => value.is_number(),
            Some(other) => panic!("{at}: the type {other} is not known to this validator"),
            None => true,
        };
        if !fits {
            self.fault(at, &format!("is not of type {}", schema["type"]));
        }
        if let (Some(least), Some(number)) = (schema["minimum"].as_f64(), value.as_f64())
            && number < least
        {
            self.fault(at, &format!("is less than {least}"));
        }
        let text = value.as_str().unwrap_or_default();
        let fits = match schema["format"].as_str() {
            Some("uuid") => text.parse::<model::ids::UserId>().is_ok(),
            // Length and shape; the model's own tests read the times.
            Some("date-time") => text.len() >= 20 && text.as_bytes()[10] == b'T',
            _ => true,
        };
        if !fits {
            self.fault(at, &format!("is no {}", schema["format"]));
        }
    }

    fn fault(&mut self, at: &str, what: &str) {
        self.faults.push(format!("{at} {what}"));
    }
}
