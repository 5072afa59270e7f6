//! The floors of the house: who may import whom, and what each crate must never contain.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project is there")
}

/// What each crate may import of ours in its product code. A new crate is a new line, and a decision.
const FLOORS: [(&str, &[&str]); 10] = [
    ("cairn-core", &[]),
    ("cairn-relaxation", &[]),
    ("cairn-solver", &["cairn-relaxation"]),
    ("cairn-oracle", &["cairn-core"]),
    ("cairn-engine", &["cairn-core", "cairn-solver"]),
    ("cairn-storage", &["cairn-core"]),
    ("cairn-report", &["cairn-core", "cairn-engine"]),
    ("cairn-cli", &["cairn-core", "cairn-engine", "cairn-report", "cairn-solver", "cairn-storage"]),
    (
        "cairn-testkit",
        &["cairn-core", "cairn-engine", "cairn-oracle", "cairn-report", "cairn-solver", "cairn-storage"],
    ),
    ("cairn-xtask", &["cairn-cli", "cairn-core"]),
];

/// Words that must not occur in a crate's product code, with the reason.
const ABSENT: [(&str, &[&str], &str); 6] = [
    ("core", &["std::fs", "std::env", "::now(", "rusqlite", "serde_json", "async "], "core is pure"),
    ("relaxation", &["credential", "learner", "qualification"], "guesses know no domain"),
    ("solver", &["credential", "learner", "qualification"], "the solver knows no domain"),
    ("engine", &["toml::", "rusqlite", "std::fs", "::now("], "the engine does no input or output"),
    ("oracle", &["cairn_engine", "cairn_solver"], "the oracle is independent"),
    ("report", &["rusqlite", "std::fs", "::now("], "reports are functions of their arguments"),
];

/// Crates in which a verdict is decided: no float may be seen there.
const EXACT: [&str; 4] = ["core", "solver", "engine", "oracle"];

fn metadata() -> serde_json::Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    serde_json::from_slice(&output.stdout).expect("cargo prints JSON")
}

#[test]
fn each_crate_imports_only_lower_floors() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages");
    let floors: BTreeMap<&str, &[&str]> = FLOORS.into_iter().collect();
    assert_eq!(packages.len(), floors.len(), "every crate has its line in FLOORS");
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        let allowed = floors.get(name).unwrap_or_else(|| panic!("`{name}` has no line in FLOORS"));
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let other = dependency["name"].as_str().expect("a name");
            let is_product = dependency["kind"].is_null();
            assert!(
                !(is_product && other.starts_with("cairn-")) || allowed.contains(&other),
                "`{name}` imports `{other}`, which is not on a lower floor"
            );
        }
    }
}

/// The Rust files of a crate's `src`, with their texts.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut open = vec![root().join("crates").join(folder).join("src")];
    let mut sources = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).expect("readable").map(|entry| entry.expect("readable").path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("text");
            sources.push((path, text));
        }
    }
    assert!(!sources.is_empty(), "`{folder}` has code");
    sources
}

/// Code without its comments: invariants are spoken of there by name.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| line.split("//").next().unwrap_or_default())
}

#[test]
fn what_must_be_absent_is_absent() {
    for (folder, words, reason) in ABSENT {
        for (path, text) in sources(folder) {
            for line in code(&text) {
                let found = words.iter().find(|word| line.contains(**word));
                assert_eq!(found, None, "{}: {reason}: {line}", path.display());
            }
        }
    }
}

#[test]
fn no_float_can_be_seen_by_a_verdict() {
    for folder in EXACT {
        for (path, text) in sources(folder) {
            for line in code(&text) {
                let words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                let float = words.into_iter().find(|word| matches!(*word, "f32" | "f64"));
                assert_eq!(float, None, "{}: {line}", path.display());
            }
        }
    }
}

/// Guesses are made in floats, in a crate of their own, and handed out as whole numbers.
#[test]
fn no_float_leaves_the_crate_that_guesses() {
    let all = sources("relaxation");
    let (_, interface) = all.iter().find(|(path, _)| path.ends_with("lib.rs")).expect("the crate has a root");
    // A public item from its first word to its body or its end, over all its lines.
    let lines: Vec<_> = code(interface).collect();
    let public = lines.iter().enumerate().filter(|(_, line)| line.trim_start().starts_with("pub "));
    let mut items = 0;
    for (at, _) in public {
        let end = lines[at..].iter().position(|line| line.ends_with(['{', ';', ','])).unwrap_or(0);
        let signature = lines[at..=at + end].join(" ");
        assert!(!signature.contains("f64") && !signature.contains("f32"), "{signature}");
        items += 1;
    }
    assert!(items > 20, "only {items} public items were found");
}
