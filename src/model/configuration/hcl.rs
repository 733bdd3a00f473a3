//! Writing Terraform's language, as `terraform fmt` lays it out
//! (<https://developer.hashicorp.com/terraform/language/syntax/configuration>).

use std::{collections::BTreeSet, fmt::Write as _};

use super::{
    Configuration,
    resources::{BEHAVIORS, INTEGRATION},
};

/// What stands above: what the file needs, and what it can't do.
const HEAD: &str = "\
# Needs the provider cloudflare/cloudflare, version 5.
#
# The provider can't import behaviors: the first apply writes the settings below, which are those
# that hold. Integrations are imported.
";

pub(super) fn write(configuration: &Configuration) -> String {
    let Configuration { account_id, behaviors, integrations } = configuration;
    let account = account_id.as_ref().map_or("var.account_id".to_owned(), |id| text(id.as_str()));
    let mut out = HEAD.to_owned();
    if !behaviors.is_empty() {
        let _ = write!(out, "\nresource \"{BEHAVIORS}\" \"behaviors\" {{\n");
        let _ = write!(out, "  account_id = {account}\n  behaviors = {{\n");
        for (key, setting) in behaviors {
            let _ = writeln!(out, "    {} = {{", text(&key.0));
            let _ = writeln!(out, "      enabled    = {}", setting.enabled);
            let _ = writeln!(out, "      risk_level = {}", text(setting.risk_level.as_str()));
            out.push_str("    }\n");
        }
        out.push_str("  }\n}\n");
    }
    let mut labels = BTreeSet::new();
    for integration in integrations {
        let label = label(&integration.tenant_url, &mut labels);
        if let (Some(account), Some(id)) = (account_id, integration.id) {
            let import = text(&format!("{account}/{id}"));
            let _ = write!(out, "\nimport {{\n  to = {INTEGRATION}.{label}\n");
            let _ = write!(out, "  id = {import}\n}}\n");
        }
        let _ = write!(out, "\nresource \"{INTEGRATION}\" \"{label}\" {{\n");
        let mut line = |name: &str, value: String| {
            let _ = writeln!(out, "  {name:<16} = {value}");
        };
        line("account_id", account.clone());
        line("integration_type", text(&integration.integration_type));
        line("tenant_url", text(&integration.tenant_url));
        if let Some(active) = integration.active {
            line("active", active.to_string());
        }
        if let Some(reference) = &integration.reference_id {
            line("reference_id", text(reference));
        }
        out.push_str("}\n");
    }
    out
}

/// A text in quotes. `${` and `%{` would begin a template.
fn text(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '$' | '%' if rest.peek() == Some(&'{') => quoted.extend([c, c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A name for the resource, made of the tenant's host: letters, digits and underscores, each name
/// once.
fn label(tenant_url: &str, taken: &mut BTreeSet<String>) -> String {
    let host = tenant_url.trim_start_matches("https://");
    let safe = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let mut label: String = host.chars().take(60).map(safe).collect();
    if !label.starts_with(|c: char| c.is_ascii_lowercase()) {
        label.insert_str(0, "okta_");
    }
    let mut number = 1;
    let mut unique = label.clone();
    while !taken.insert(unique.clone()) {
        number += 1;
        unique = format!("{label}_{number}");
    }
    unique
}
