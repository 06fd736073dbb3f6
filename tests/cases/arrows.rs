//! The arrows between the rooms hold.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;
use support::{files_below, repository};

/// What each room may see of the others.
const MAY_SEE: [(&str, &[&str]); 12] = [
    ("pillbox-model", &[]),
    ("pillbox-detect", &["pillbox-model"]),
    ("pillbox-files", &["pillbox-model"]),
    ("pillbox-posture", &["pillbox-model"]),
    ("pillbox-aws", &["pillbox-model"]),
    ("pillbox-store", &["pillbox-model"]),
    ("pillbox-sandbox", &[]),
    (
        "pillbox-app",
        &["pillbox-model", "pillbox-detect", "pillbox-files", "pillbox-posture", "pillbox-aws", "pillbox-store"],
    ),
    ("pillbox-cli", &["pillbox-app", "pillbox-sandbox", "pillbox-model"]),
    ("pillbox-desktop", &["pillbox-app", "pillbox-sandbox", "pillbox-model"]),
    ("pillbox-measure", &["pillbox-model", "pillbox-detect", "pillbox-files", "pillbox-aws"]),
    ("pillbox-tests", &["pillbox-sandbox", "pillbox-model", "pillbox-app", "pillbox-aws", "pillbox-store"]),
];

/// Rooms that take bytes and values and return values.
const PURE: [&str; 3] = ["model", "detect", "posture"];

/// What a pure room must not touch: files, network, clock, environment, processes, threads.
const IMPURE: [&str; 12] = [
    "std::fs",
    "TcpStream",
    "UdpSocket",
    "ToSocketAddrs",
    "std::env::",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "OffsetDateTime::now",
    "tokio",
    "std::io::stdin",
];

/// The direct dependencies of each package of the workspace, those for tests and builds included.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let output = std::process::Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(repository())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let names = |package: &Value| {
        package["dependencies"].as_array().unwrap().iter().map(|d| d["name"].as_str().unwrap().to_owned()).collect()
    };
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| (package["name"].as_str().unwrap().to_owned(), names(package)))
        .collect()
}

#[test]
fn rooms_see_only_what_they_may() {
    let rooms: BTreeMap<_, _> = MAY_SEE.into_iter().collect();
    for (package, dependencies) in dependencies() {
        let allowed = rooms.get(package.as_str()).unwrap_or_else(|| panic!("{package} has no place in the plan"));
        for seen in dependencies.iter().filter(|name| name.starts_with("pillbox-")) {
            assert!(allowed.contains(&seen.as_str()), "{package} must not see {seen}");
        }
    }
}

#[test]
fn only_the_shell_knows_tauri_and_only_aws_the_sdk() {
    for (package, dependencies) in dependencies() {
        for name in dependencies {
            let sdk = name.starts_with("aws-");
            assert!(!name.starts_with("tauri") || package == "pillbox-desktop", "{package} depends on {name}");
            let may_know = ["pillbox-aws", "pillbox-tests"].contains(&package.as_str());
            assert!(!sdk || may_know, "{package} depends on {name}");
        }
    }
}

#[test]
fn pure_rooms_touch_neither_files_nor_network_nor_clock() {
    for room in PURE {
        for file in files_below(&repository().join("crates").join(room).join("src")) {
            let source = fs::read_to_string(&file).unwrap();
            for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
                for word in IMPURE {
                    assert!(!line.contains(word), "{}: {line}", file.display());
                }
            }
        }
    }
}
