//! A software bill of materials of what is shipped, the server and the app inside it: CycloneDX 1.6
//! in JSON (<https://cyclonedx.org/docs/1.6/json/>), from what cargo itself knows. Tests' and tools'
//! dependencies are not in it; what runs while it is built is. The same lock file gives the same
//! bill: it has no time and no serial number.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use crate::{run, tools::WASM, workspace};

/// What is shipped, and the target that it is built for; the server is built for this machine.
const SHIPPED: [(&str, Option<&str>); 2] = [("riskdesk", None), ("riskdesk-app", Some(WASM))];

pub fn command(arguments: &[String]) -> Result<()> {
    let path = workspace::root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).context("reading Cargo.lock")?;
    let mut bill = Bill::default();
    for (name, target) in SHIPPED {
        let target = target.map_or_else(host, |target| Ok(target.to_owned()))?;
        let mut metadata = run::cargo();
        metadata.args(["metadata", "--format-version=1", "--locked", "--filter-platform", &target]);
        let metadata = run::read(&mut metadata).context("`cargo metadata` failed")?;
        bill.add(&serde_json::from_str(&metadata)?, name, &lock)?;
    }
    let text = format!("{:#}\n", bill.document());
    match arguments {
        [] => print!("{text}"),
        [file] => std::fs::write(std::env::current_dir()?.join(file), text)
            .with_context(|| format!("writing {file}"))?,
        _ => bail!("usage: cargo xtask sbom [FILE]"),
    }
    Ok(())
}

/// The target that rustc builds for by itself.
fn host() -> Result<String> {
    let version = run::read(run::command("rustc").arg("-vV")).context("`rustc -vV` failed")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc doesn't say its host")?.to_owned())
}

/// Components and whom each needs, by package URL.
#[derive(Default)]
struct Bill {
    components: BTreeMap<String, Value>,
    needs: BTreeMap<String, BTreeSet<String>>,
}

impl Bill {
    /// Adds a package of `metadata` and all that it needs, to run and to be built.
    fn add(&mut self, metadata: &Value, name: &str, lock: &str) -> Result<()> {
        let by_id = |list: &str| -> BTreeMap<String, &Value> {
            let items = metadata.pointer(list).and_then(Value::as_array).into_iter().flatten();
            items.map(|item| (text(item, "id"), item)).collect()
        };
        let (packages, nodes) = (by_id("/packages"), by_id("/resolve/nodes"));
        let own = packages
            .iter()
            .find(|(_, package)| text(package, "name") == name && package["source"].is_null());
        let mut next = vec![own.with_context(|| format!("there is no package {name}"))?.0.clone()];
        while let Some(id) = next.pop() {
            let package = packages.get(&id).with_context(|| format!("{id} is unknown"))?;
            let url = url(package);
            let needed: Vec<String> = nodes.get(&id).map(|node| needs(node)).unwrap_or_default();
            let needs = self.needs.entry(url.clone()).or_default();
            needs.extend(
                needed.iter().filter_map(|id| packages.get(id)).map(|other| self::url(other)),
            );
            if self.components.insert(url.clone(), component(package, url, lock)).is_none() {
                next.extend(needed);
            }
        }
        Ok(())
    }

    fn document(&self) -> Value {
        let needs = self.needs.iter();
        json!({
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "version": 1,
            "metadata": {"component": {
                "type": "application",
                "bom-ref": "riskdesk",
                "name": "riskdesk",
                "version": env!("CARGO_PKG_VERSION"),
            }},
            "components": self.components.values().collect::<Vec<_>>(),
            "dependencies": needs.map(|(url, needs)| json!({"ref": url, "dependsOn": needs}))
                .collect::<Vec<_>>(),
        })
    }
}

/// The packages that a node needs, but for its tests.
fn needs(node: &Value) -> Vec<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let is_needed = |dependency: &Value| {
        list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev")
    };
    list(&node["deps"]).iter().filter(|dep| is_needed(dep)).map(|dep| text(dep, "pkg")).collect()
}

/// A package of crates.io has a hash; our own have none.
fn component(package: &Value, url: String, lock: &str) -> Value {
    let (name, version) = (text(package, "name"), text(package, "version"));
    let mut component = json!({
        "type": "library",
        "bom-ref": url,
        "name": name,
        "version": version,
        "purl": url,
    });
    if let Some(license) = package["license"].as_str() {
        // Older manifests say "or" with a slash, which SPDX doesn't know.
        let expression = license.replace('/', " OR ");
        component["licenses"] = json!([{"expression": expression}]);
    }
    if let Some(hash) = workspace::checksum_in(lock, &name, &version) {
        component["hashes"] = json!([{"alg": "SHA-256", "content": hash}]);
    }
    component
}

/// A package URL (<https://github.com/package-url/purl-spec>).
fn url(package: &Value) -> String {
    // A plus sign in a version stands for itself there only when encoded.
    let version = text(package, "version").replace('+', "%2B");
    format!("pkg:cargo/{}@{version}", text(package, "name"))
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_is_in_the_bill_and_what_only_tests_need_is_not() {
        let package = |name: &str, source: Value| json!({"id": name, "name": name, "version": "1.0.0+x", "license": "MIT/ISC", "source": source});
        let needs = |name: &str, kind: Value| json!({"pkg": name, "dep_kinds": [{"kind": kind}]});
        let metadata = json!({
            "packages": [
                package("riskdesk", Value::Null), package("a", "crates".into()),
                package("b", "crates".into()), package("c", "crates".into()),
            ],
            "resolve": {"nodes": [
                {"id": "riskdesk", "deps": [needs("a", Value::Null), needs("c", "dev".into())]},
                {"id": "a", "deps": [needs("b", "build".into())]},
                {"id": "b", "deps": []},
            ]},
        });
        let lock = "name = \"a\"\nversion = \"1.0.0+x\"\nsource = \"s\"\nchecksum = \"ab12\"\n";
        let mut bill = Bill::default();
        bill.add(&metadata, "riskdesk", lock).unwrap();
        let document = bill.document();
        let names: Vec<&Value> = document["components"]
            .as_array()
            .unwrap()
            .iter()
            .map(|component| &component["name"])
            .collect();
        assert_eq!(names, ["a", "b", "riskdesk"]);
        let a = &document["components"][0];
        assert_eq!(a["purl"], "pkg:cargo/a@1.0.0%2Bx");
        assert_eq!(a["licenses"][0]["expression"], "MIT OR ISC");
        assert_eq!(a["hashes"][0]["content"], "ab12");
        assert_eq!(document["dependencies"][0]["dependsOn"], json!(["pkg:cargo/b@1.0.0%2Bx"]));
        assert!(bill.add(&metadata, "another", lock).is_err());
    }
}
