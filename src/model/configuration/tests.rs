use proptest::prelude::*;

use super::*;
use crate::{Behavior, KnownLevel};

const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";
const ID: &str = "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10";

fn account() -> Option<AccountId> {
    ACCOUNT.parse().ok()
}

fn setting() -> impl Strategy<Value = BehaviorChange> {
    (any::<bool>(), prop::sample::select(KnownLevel::ALL.to_vec()))
        .prop_map(|(enabled, risk_level)| BehaviorChange { enabled, risk_level })
}

/// Texts of any kind, and those that the language has signs for.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\$%{}\"\\\\n\u{7f}\n\t#/ ]{0,12}",
        "https://[a-z]{1,9}\\.okta\\.com"
    ]
}

fn integration() -> impl Strategy<Value = ConfiguredIntegration> {
    let id = prop::option::of(any::<[u8; 16]>().prop_map(|id| uuid::Uuid::from_bytes(id).into()));
    (id, text(), prop::option::of(any::<bool>()), prop::option::of(text())).prop_map(
        |(id, tenant_url, active, reference_id)| ConfiguredIntegration {
            id,
            integration_type: "Okta".to_owned(),
            tenant_url,
            active,
            reference_id,
        },
    )
}

fn configuration() -> impl Strategy<Value = Configuration> {
    let behaviors = prop::collection::btree_map(text().prop_map(BehaviorKey), setting(), 1..5);
    (behaviors, prop::collection::vec(integration(), 0..4)).prop_map(|(behaviors, integrations)| {
        Configuration { account_id: account(), behaviors, integrations }
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_in_both_forms(configuration in configuration()) {
        let terraform = configuration.to_terraform();
        prop_assert_eq!(&Configuration::read(&terraform).unwrap(), &configuration, "{}", terraform);
        prop_assert_eq!(Configuration::read(&configuration.to_json()).unwrap(), configuration);
    }

    #[test]
    fn no_text_breaks_the_reader(text in text(), cut in any::<prop::sample::Index>()) {
        let _ = Configuration::read(&text);
        let whole = Configuration {
            account_id: account(),
            behaviors: [(BehaviorKey(text), CHANGE)].into(),
            ..Configuration::default()
        };
        let whole = whole.to_terraform();
        let at = cut.index(whole.len());
        if whole.is_char_boundary(at) {
            let _ = Configuration::read(&whole[..at]);
        }
    }
}

const CHANGE: BehaviorChange = BehaviorChange { enabled: true, risk_level: KnownLevel::High };

fn holds() -> (Behaviors, Vec<Integration>) {
    let behavior = |enabled, level: &str| Behavior {
        enabled,
        risk_level: Some(RiskLevel::from(level)),
        ..Behavior::default()
    };
    let behaviors = [
        ("imp_travel", behavior(true, "high")),
        ("high_dlp", behavior(true, "medium")),
        ("odd", behavior(true, "critical")),
    ];
    let behaviors = behaviors.map(|(key, behavior)| (BehaviorKey(key.to_owned()), behavior));
    let integration = Integration {
        id: ID.parse().ok(),
        integration_type: "Okta".to_owned(),
        reference_id: "r-1".to_owned(),
        tenant_url: "https://acme.okta.com".to_owned(),
        active: true,
        ..Integration::default()
    };
    (Behaviors { behaviors: behaviors.into() }, vec![integration])
}

#[test]
fn terraform_is_laid_out_as_its_own_formatter_does_it() {
    let (behaviors, integrations) = holds();
    let written = Configuration::of(account().unwrap(), &behaviors, &integrations).to_terraform();
    let (_, resources) = written.split_once("\n\n").unwrap();
    assert_eq!(
        resources,
        r#"resource "cloudflare_zero_trust_risk_behavior" "behaviors" {
  account_id = "0123456789abcdef0123456789abcdef"
  behaviors = {
    "high_dlp" = {
      enabled    = true
      risk_level = "medium"
    }
    "imp_travel" = {
      enabled    = true
      risk_level = "high"
    }
  }
}

import {
  to = cloudflare_zero_trust_risk_scoring_integration.acme_okta_com
  id = "0123456789abcdef0123456789abcdef/9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10"
}

resource "cloudflare_zero_trust_risk_scoring_integration" "acme_okta_com" {
  account_id       = "0123456789abcdef0123456789abcdef"
  integration_type = "Okta"
  tenant_url       = "https://acme.okta.com"
  active           = true
  reference_id     = "r-1"
}
"#
    );
}

#[test]
fn what_holds_has_no_drift_from_its_own_file() {
    let (behaviors, integrations) = holds();
    let written = Configuration::of(account().unwrap(), &behaviors, &integrations);
    for file in [written.to_terraform(), written.to_json()] {
        let drift = Configuration::read(&file).unwrap().drift(&behaviors, &integrations);
        assert!(drift.is_none(), "{drift:?}");
        // The one with a level that can't be written.
        assert_eq!((drift.unnamed_behaviors, drift.unnamed_integrations), (1, 0));
    }
}

#[test]
fn drift_is_what_the_file_says_otherwise() {
    let (behaviors, integrations) = holds();
    let file = r#"
        # By hand: other layout, other resources, a comment in between.
        terraform { required_version = ">= 1.5" }
        provider "cloudflare" {}
        variable "account_id" { type = string }
        resource "cloudflare_r2_bucket" "b" { tags = ["a", "b"], size = 3 }
    "#;
    assert!(Configuration::read(file).is_err(), "commas don't part attributes");
    let file = r#"
        terraform { required_version = ">= 1.5" }
        provider "cloudflare" {}
        resource "cloudflare_r2_bucket" "b" {
          tags = ["a", "b"] // not ours
          size = 3
        }
        resource "cloudflare_zero_trust_risk_behavior" "all" {
          account_id = var.account_id
          behaviors = {
            imp_travel = { enabled = false, risk_level = "high" }
            high_dlp : { enabled = true, risk_level = "medium" }, /* a
            long comment */ new_one = { risk_level = "low", enabled = true }
          }
          lifecycle {
            prevent_destroy = true
          }
        }
        resource "cloudflare_zero_trust_risk_scoring_integration" "okta" {
          account_id       = var.account_id
          integration_type = "okta"
          tenant_url       = "https://acme.okta.com"
          active           = false
          reference_id     = null
        }
        resource "cloudflare_zero_trust_risk_scoring_integration" "second" {
          account_id       = var.account_id
          integration_type = "Okta"
          tenant_url       = "https://second.okta.com"
        }
    "#;
    let file = Configuration::read(file).unwrap();
    assert_eq!(file.account_id, None);
    let drift = file.drift(&behaviors, &integrations);
    let keys: Vec<_> = drift.behaviors.iter().map(|drift| drift.key.0.as_str()).collect();
    assert_eq!(keys, ["imp_travel", "new_one"]);
    assert!(drift.behaviors[0].now.as_ref().unwrap().enabled && !drift.behaviors[0].file.enabled);
    assert_eq!(drift.behaviors[1].now, None);
    let [IntegrationDrift::Changed { id, fields, .. }, IntegrationDrift::Missing(missing)] =
        drift.integrations.as_slice()
    else {
        panic!("{:?}", drift.integrations);
    };
    assert_eq!(*id, ID.parse().ok());
    let field = FieldDrift { field: "active", now: "true".to_owned(), file: "false".to_owned() };
    assert_eq!(*fields, [field]);
    assert_eq!(missing.tenant_url, "https://second.okta.com");
    assert_eq!((drift.unnamed_behaviors, drift.unnamed_integrations), (1, 0));
}

#[test]
fn what_the_resources_do_not_have_is_refused_with_its_line() {
    let behaviors = |inside: &str| {
        format!("resource \"cloudflare_zero_trust_risk_behavior\" \"b\" {{\n{inside}\n}}\n")
    };
    let integration = |inside: &str| {
        format!(
            "resource \"cloudflare_zero_trust_risk_scoring_integration\" \"i\" {{\n{inside}\n}}"
        )
    };
    let whole =
        "account_id = var.a\nintegration_type = \"Okta\"\ntenant_url = \"https://a.okta.com\"\n";
    let cases = [
        (behaviors("account_id = var.a"), 1, "behaviors is missing"),
        (behaviors("behaviors = {}"), 1, "account_id is missing"),
        (behaviors("account_id = \"x\"\nbehaviors = {}"), 2, "32 hexadecimal digits"),
        (
            behaviors("account_id = var.a\nbehaviors = {\na = { enabled = true }\n}"),
            4,
            "risk_level",
        ),
        (
            behaviors(
                "account_id = var.a\nbehaviors = { a = { enabled = true, risk_level = \"x\" } }",
            ),
            3,
            "low, medium or high",
        ),
        (
            behaviors(
                "account_id = var.a\nbehaviors = { a = { enabled = 1, risk_level = \"low\" } }",
            ),
            3,
            "true or false",
        ),
        (behaviors("account_id = var.a\naccount_id = var.b\nbehaviors = {}"), 3, "twice"),
        (integration(&format!("{whole}well_known_url = \"x\"")), 5, "well_known_url can't be set"),
        (integration(&format!("{whole}active = \"yes\"")), 5, "true or false"),
        (integration("account_id = var.a"), 1, "integration_type is missing"),
        ("a = \"${var.b}\"".to_owned(), 1, "templates"),
        ("a = <<EOT".to_owned(), 1, "“<”"),
        ("\n\na = \"x".to_owned(), 3, "no end"),
        ("resource \"x\" \"y\" {\n".to_owned(), 2, "ends too early"),
        ("/* a\n".to_owned(), 1, "no end"),
        ("a { ".repeat(100), 1, "not expected"),
        (format!("a = {}", "[".repeat(100_000)), 1, "not expected"),
        ("{\n \"behaviours\": {} }".to_owned(), 2, "behaviours"),
        (
            "import {\n to = cloudflare_zero_trust_risk_scoring_integration.i\n id = \"x\"\n}"
                .to_owned(),
            3,
            "account_id/integration_id",
        ),
    ];
    for (text, line, part) in cases {
        let error = Configuration::read(&text).unwrap_err();
        assert_eq!(error.line, line, "{error} in\n{text}");
        assert!(error.to_string().contains(part), "{error} in\n{text}");
    }
}
