//! What the shipped rules say, in sentences: `sentences.txt` in each folder, to be read aloud.
//!
//! `CAIRN_BLESS=1` writes them anew, to be read before they are committed.

use std::{fs, path::Path};

use cairn_report::words;
use cairn_testkit::folder;

fn said(path: &Path) -> String {
    let catalog = folder::catalog(path);
    let mut text = String::new();
    for ix in catalog.qualification_indexes() {
        text.push_str(&format!("{}\n", words::qualification(&catalog, ix)));
        for sentence in words::sentences(&catalog, ix) {
            text.push_str(&format!("  {sentence}\n"));
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

#[test]
fn every_shipped_pathway_says_what_it_means() {
    for path in folder::all() {
        let said = said(&path);
        let file = path.join("sentences.txt");
        if std::env::var_os("CAIRN_BLESS").is_some() {
            fs::write(&file, &said).expect("written");
        }
        let written = fs::read_to_string(&file).unwrap_or_default();
        assert!(written == said, "{} is stale: `CAIRN_BLESS=1` writes it anew", file.display());
    }
}

#[test]
fn a_sentence_is_one_sentence() {
    for path in folder::all() {
        for line in said(&path).lines().filter(|line| line.starts_with("  ")) {
            let line = line.trim();
            assert!(line.ends_with('.') && !line.contains("  "), "{line}");
            assert!(line.starts_with(|first: char| first == '“' || first.is_uppercase()), "{line}");
        }
    }
}
