//! Rules that are many, long or tangled: they are read, and nothing is expanded that is shared.

use std::fmt::Write as _;

use cairn_core::{Catalog, Loading, load};

use crate::support::file;

fn loading(text: &str) -> Loading {
    load(&[file("a.toml", text)])
}

fn catalog(text: &str) -> Catalog {
    let loading = loading(text);
    assert_eq!(loading.findings, []);
    loading.catalog.unwrap()
}

/// A chain of requirements in one line each, the last of which asks for `end`.
fn chain(length: usize, end: &str) -> String {
    let mut text =
        "format=1\nqualification={id=\"Q\",all=\"r0\"}\n[credential.end]\n[requirement]\n".to_owned();
    for at in 0..length {
        let next = if at + 1 == length { end.to_owned() } else { format!("r{:x}", at + 1) };
        writeln!(text, "r{at:x}={{all=\"{next}\"}}").unwrap();
    }
    text
}

#[test]
fn a_circle_of_fifty_thousand_requirements_is_told_shortly() {
    let loading = loading(&chain(50_000, "r0"));
    let [finding] = &loading.findings[..] else { panic!("{} findings", loading.findings.len()) };
    assert_eq!(finding.code.word(), "cycle");
    assert!(finding.message.len() < 2000 && finding.message.contains("more"), "{}", finding.message);
    assert!(finding.labels.len() <= 8);
}

#[test]
fn a_chain_of_fifty_thousand_requirements_is_read() {
    let catalog = catalog(&chain(50_000, "end"));
    assert_eq!(catalog.qualifications()[0].requirements.len(), 50_002);
    assert_eq!(catalog.graph().layers().len(), 50_004);
}

#[test]
fn a_circle_of_two_is_told_whole() {
    let loading = loading(&chain(2, "r0"));
    assert_eq!(loading.findings[0].message, "`r0` rests on itself: `r0` → `r1` → `r0`");
}

#[test]
fn shared_requirements_are_not_expanded() {
    let mut text = "format = 1\n[qualification]\nid = \"Q\"\nall = [".to_owned();
    for at in 0..10 {
        write!(text, "\"r0-{at}\",").unwrap();
    }
    text.push_str("]\n[credential.a]\n");
    for level in 0..10 {
        for at in 0..10 {
            let below: Vec<_> = (0..10).map(|other| format!("\"r{}-{other}\"", level + 1)).collect();
            let names = if level == 9 { "\"a\"".to_owned() } else { below.join(",") };
            writeln!(text, "[requirement.r{level}-{at}]\nall = [{names}]").unwrap();
        }
    }
    let catalog = catalog(&text);
    assert_eq!(catalog.qualifications()[0].requirements.len(), 10 * 10 + 10 + 1);
    let qualification = catalog.qualification_indexes().next().unwrap();
    assert_eq!(catalog.unavoidable()[qualification.index()].len(), 1);
}

#[test]
fn two_hundred_pools_of_everything_over_five_thousand_credentials_are_read() {
    let mut units = "format = 1\n[credential]\n".to_owned();
    for at in 0..5_000 {
        writeln!(units, "c{at} = {{ kind = \"unit\" }}").unwrap();
    }
    let mut rules = "format = 1\n[qualification]\nid = \"Q\"\nall = [".to_owned();
    for at in 0..200 {
        write!(rules, "\"r{at}\",").unwrap();
    }
    rules.push_str("]\n");
    for at in 0..200 {
        writeln!(
            rules,
            "[requirement.r{at}]\ncount = 1\nfrom = \"p{at}\"\n[pool.p{at}]\nwhere = {{ kind = \"unit\" }}"
        )
        .unwrap();
    }
    let loading = load(&[file("units.toml", &units), file("q.toml", &rules)]);
    assert_eq!(loading.findings, []);
    let catalog = loading.catalog.unwrap();
    let qualification = catalog.qualification_indexes().next().unwrap();
    assert_eq!(catalog.graph().accepted_by(qualification).len(), 5_000);
}

#[test]
fn names_that_are_all_wrong_are_all_told() {
    let mut text =
        "format=1\nqualification={id=\"Q\",all=\"r0\"}\n[credential.c]\n[requirement]\n".to_owned();
    for at in 0..20_000 {
        writeln!(text, "r{at}={{all=\"s{at}\"}}").unwrap();
    }
    let loading = loading(&text);
    assert_eq!(
        loading.findings.iter().filter(|finding| finding.code.word() == "unknown-name").count(),
        20_000
    );
}

#[test]
fn one_thing_that_everybody_names_is_read() {
    let mut text = "format=1\n[credential.c]\n[credential]\n".to_owned();
    for at in 0..20_000 {
        writeln!(text, "d{at}={{requires=\"c\",renewed_by=\"c\",valid=\"1 year\"}}").unwrap();
    }
    let catalog = catalog(&text);
    let credential = catalog.find_credential("c").unwrap();
    assert_eq!(catalog.graph().leads_to(cairn_core::catalog::Node::Credential(credential)).len(), 20_000);
}
