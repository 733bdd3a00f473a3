//! Who may know whom, and other rules of the repository, checked from cargo's metadata and the
//! files. A rule here is the rule: change it where the code shows a better one.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Node, PackageId};
use riskdesk_tests::{files, root};

/// What each crate may depend on, of the project's own.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("riskdesk-model", &[]),
    ("riskdesk-api", &["riskdesk-model"]),
    ("riskdesk-columns", &["riskdesk-model"]),
    ("riskdesk-incidents", &["riskdesk-model"]),
    ("riskdesk-proxy", &["riskdesk-model"]),
    ("riskdesk-sim", &["riskdesk-model"]),
    ("riskdesk-store", &["riskdesk-model"]),
    ("riskdesk-conformance", &[]),
    (
        "riskdesk-app",
        &[
            "riskdesk-api",
            "riskdesk-columns",
            "riskdesk-finder",
            "riskdesk-incidents",
            "riskdesk-model",
        ],
    ),
    ("riskdesk-finder", &["riskdesk-columns", "riskdesk-model"]),
    ("riskdesk", &["riskdesk-model", "riskdesk-proxy", "riskdesk-sim", "riskdesk-store"]),
    ("riskdesk-tab", &["riskdesk-model", "riskdesk-proxy", "riskdesk-sim", "riskdesk-store"]),
    ("riskdesk-worker-tests", &["riskdesk-conformance"]),
    ("riskdesk-worker", &["riskdesk-model", "riskdesk-proxy", "riskdesk-sim", "riskdesk-store"]),
    ("xtask", &["riskdesk-proxy"]),
    ("xtask-split", &[]),
];

/// Crates without I/O, runtime, driver or browser, neither directly nor through another.
const PURE: [&str; 7] = [
    "riskdesk-api",
    "riskdesk-columns",
    "riskdesk-incidents",
    "riskdesk-model",
    "riskdesk-proxy",
    "riskdesk-sim",
    "riskdesk-store",
];
const IMPURE: [&str; 11] = [
    "axum",
    "gloo-net",
    "hyper",
    "hyper-util",
    "leptos",
    "mio",
    "reqwest",
    "rusqlite",
    "tokio",
    "web-sys",
    "worker",
];

fn metadata() -> Metadata {
    MetadataCommand::new().current_dir(root()).exec().unwrap()
}

/// The packages a node needs to be built and run: not what only its tests need.
fn needs(node: &Node) -> impl Iterator<Item = &PackageId> {
    let needed = |kind: DependencyKind| kind != DependencyKind::Development;
    node.deps
        .iter()
        .filter(move |dep| dep.dep_kinds.iter().any(|info| needed(info.kind)))
        .map(|dep| &dep.pkg)
}

#[test]
fn crates_know_only_whom_they_may() {
    let metadata = metadata();
    let members: BTreeSet<&str> =
        metadata.workspace_packages().iter().map(|package| package.name.as_str()).collect();
    for package in metadata.workspace_packages() {
        let name = package.name.as_str();
        if name == "riskdesk-tests" {
            continue;
        }
        let rule = MAY_KNOW.iter().find(|(known, _)| *known == name);
        let (_, allowed) = rule.unwrap_or_else(|| panic!("say in MAY_KNOW whom {name} may know"));
        for dependency in &package.dependencies {
            let other = dependency.name.as_str();
            let checked = dependency.kind != DependencyKind::Development && members.contains(other);
            assert!(!checked || allowed.contains(&other), "{name} must not know {other}");
        }
    }
}

/// Everything that each workspace member needs, directly or not, by name.
fn closures(metadata: &Metadata) -> BTreeMap<&str, BTreeSet<&str>> {
    let nodes: BTreeMap<&PackageId, &Node> =
        metadata.resolve.iter().flat_map(|graph| &graph.nodes).map(|n| (&n.id, n)).collect();
    let closure = |start: &PackageId| {
        let mut seen = BTreeSet::new();
        let mut next = vec![nodes[start]];
        while let Some(node) = next.pop() {
            next.extend(needs(node).filter(|id| seen.insert(*id)).map(|id| nodes[id]));
        }
        seen.into_iter().map(|id| metadata[id].name.as_str()).collect()
    };
    let members = metadata.workspace_packages();
    members.iter().map(|package| (package.name.as_str(), closure(&package.id))).collect()
}

#[test]
fn the_core_is_pure() {
    let metadata = metadata();
    let closures = closures(&metadata);
    for name in PURE {
        for impure in IMPURE {
            assert!(!closures[name].contains(impure), "{name} must not need {impure}");
        }
    }
}

#[test]
fn app_and_proxy_never_meet() {
    let metadata = metadata();
    let closures = closures(&metadata);
    assert!(!closures["riskdesk-app"].contains("riskdesk-proxy"));
    assert!(!closures["riskdesk-app"].contains("riskdesk-sim"));
    assert!(!closures["riskdesk-proxy"].contains("riskdesk-app"));
    assert!(
        !closures["riskdesk"].contains("riskdesk-app"),
        "the server holds the app's files only"
    );
}

#[test]
fn clippy_refuses_ambient_clocks() {
    let rules = std::fs::read_to_string(root().join("clippy.toml")).unwrap();
    for clock in [
        "chrono::Utc::now",
        "chrono::Local::now",
        "std::time::SystemTime::now",
        "std::time::Instant::now",
    ] {
        assert!(rules.contains(&format!("\"{clock}\"")), "clippy.toml must refuse {clock}");
    }
    let lints = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(lints.contains("disallowed_methods = \"deny\""));
    assert!(lints.contains("unsafe_code = \"forbid\""));
    for crate_name in PURE {
        let folder = crate_name.trim_start_matches("riskdesk-");
        for (path, text) in files(&format!("src/{folder}"), "rs").unwrap() {
            assert!(!text.contains("disallowed_methods"), "{path} must not allow itself a clock");
        }
    }
}

#[test]
fn every_crate_takes_the_workspaces_lints() {
    for package in metadata().workspace_packages() {
        let manifest = std::fs::read_to_string(&package.manifest_path).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true"), "{}", package.manifest_path);
    }
}

/// In the app: pages → components → ui, and who may talk to the service.
#[test]
fn the_apps_layers_point_one_way() {
    for (path, text) in files("src/app", "rs").unwrap() {
        let inside = path.trim_start_matches("src/app/");
        let layer = inside.split(['/', '.']).next().unwrap_or_default();
        let forbidden: &[&str] = match layer {
            "ui" => &["crate::pages", "crate::components", "model::"],
            "components" => &["crate::pages"],
            _ => &[],
        };
        for name in forbidden {
            assert_eq!(naming(&text, name), None, "{path} must not name {name}");
        }
        // `text.rs` turns the client's errors into sentences.
        if !matches!(layer, "pages" | "data" | "transport" | "text") {
            assert_eq!(naming(&text, "api::"), None, "{path} must not name the client");
        }
    }
}

/// The first line of code that holds `name` as a path of its own.
fn naming<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut code = code.map(|line| line.split(" // ").next().unwrap_or(line));
    code.find(|line| {
        line.match_indices(name).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '"'))
        })
    })
}

#[test]
fn naming_tells_a_path_from_a_word_and_from_a_comment() {
    assert!(naming("use api::Client;", "api::").is_some());
    assert!(naming("    let x = &crate::pages::users();", "crate::pages").is_some());
    for innocent in ["// api::Client", "use my_api::X;", "let url = \"api::\";", "x(); // api::y"] {
        assert_eq!(naming(innocent, "api::"), None, "{innocent}");
    }
}

#[test]
fn the_readmes_code_map_is_the_tree() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("there is a README.md");
    for entry in std::fs::read_dir(root().join("src")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let in_map = readme.lines().any(|line| line.starts_with(&format!("  {name}/")));
        assert!(
            in_map || readme.contains(&format!("src/{name}")),
            "the README's code map lacks src/{name}"
        );
    }
    let ends = |c: char| c.is_whitespace() || "`()[]|,;:*\"'".contains(c);
    for word in readme.split(ends).filter(|word| word.starts_with("src/")) {
        let path = word.trim_end_matches(['/', '.']);
        assert!(root().join(path).exists(), "the README names {word}, which is not there");
    }
}

/// A lock file that names the hosts it was made with is of no use where those can't be reached.
#[test]
fn npms_lock_files_name_no_host() {
    for folder in ["tests/e2e", "tests/observatory", "xtask/npm", "xtask/wrangler"] {
        let lock = std::fs::read_to_string(root().join(folder).join("package-lock.json")).unwrap();
        assert!(!lock.contains("\"resolved\""), "{folder}/package-lock.json names hosts");
        let settings = std::fs::read_to_string(root().join(folder).join(".npmrc")).unwrap();
        assert!(settings.contains("omit-lockfile-registry-resolved=true"), "{folder}/.npmrc");
    }
}

/// A promise whose test is gone is no promise any more.
#[test]
fn every_promise_in_security_md_has_its_test() {
    let page = std::fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let promises = page.lines().filter(|line| line.starts_with("| ") && line.contains("::"));
    let mut named = 0;
    for promise in promises {
        let tests = promise.split('`').filter_map(|quoted| quoted.split_once("::"));
        for (file, test) in tests {
            let text = std::fs::read_to_string(root().join(file)).unwrap_or_default();
            let there = [format!("fn {test}("), format!("test(\"{test}\"")]
                .iter()
                .any(|is| text.contains(is));
            assert!(there, "{file} has no test {test:?}");
            named += 1;
        }
    }
    assert!(named > 20, "{named}");
}
