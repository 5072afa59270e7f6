//! `docs/reference/diagnostics.md`: every code has a section, and its examples are true.

use std::{collections::BTreeMap, fs, path::Path};

use cairn_core::{Code, Severity, SourceFile, load};

use crate::support::{file, render};

/// A page of the reference.
fn page(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference");
    fs::read_to_string(folder.join(name)).unwrap()
}

/// The sections of the page by code.
fn sections() -> BTreeMap<String, String> {
    let page = page("diagnostics.md");
    let sections = page.split("\n### `").skip(1).map(|section| {
        let (code, text) = section.split_once('`').unwrap();
        let text = text.split("\n## ").next().unwrap();
        (code.to_owned(), text.to_owned())
    });
    sections.collect()
}

/// The blocks of a section that are marked in this way: the files of one folder.
fn example(section: &str, mark: &str) -> Vec<SourceFile> {
    let fence = format!("```{mark}\n");
    let blocks = section.split(fence.as_str()).skip(1).map(|block| block.split("```").next().unwrap());
    blocks.enumerate().map(|(at, text)| file(&format!("{at}.toml"), text)).collect()
}

#[test]
fn every_code_has_a_section_and_every_section_a_code() {
    let sections: Vec<_> = sections().into_keys().collect();
    let mut codes: Vec<_> = Code::ALL.iter().map(|code| code.word().to_owned()).collect();
    codes.sort();
    assert_eq!(sections, codes);
}

#[test]
fn a_section_says_what_the_code_weighs_and_means() {
    let sections = sections();
    for code in Code::ALL {
        let weight = match code.severity() {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
        };
        let first = format!("\n\n{weight}. {}\n", code.meaning());
        assert!(sections[code.word()].starts_with(&first), "{} begins with {first}", code.word());
    }
}

#[test]
fn the_wrong_examples_give_that_finding_and_the_right_ones_none() {
    for (code, section) in sections() {
        let (wrong, right) = (example(&section, "toml,wrong"), example(&section, "toml,right"));
        // A file that is too large would fill the page.
        if code == "too-large" {
            continue;
        }
        let loading = load(&wrong);
        let found: Vec<_> = loading.findings.iter().map(|finding| finding.code.word()).collect();
        let said = render(&loading, &wrong);
        assert!(!found.is_empty() && found.iter().all(|&found| found == code), "{code}: {said}");
        assert!(!right.is_empty(), "{code} has a right example");
        assert_eq!(render(&load(&right), &right), "", "{code}");
    }
}

#[test]
fn the_whole_files_of_the_format_page_are_free_of_findings() {
    let examples = example(&page("format.md"), "toml");
    assert!(examples.len() >= 7);
    for example in examples {
        let files = [example];
        assert_eq!(render(&load(&files), &files), "", "{}", files[0].text);
    }
}
