//! Large rules.

use std::fmt::Write as _;

use cairn_core::SourceFile;
use cairn_report::drawing::{Detail, Picture, layout, svg};

use crate::{laws::check, rules::catalog};

fn file(path: &str, text: String) -> SourceFile {
    SourceFile { path: path.to_owned(), text }
}

/// Six hundred credentials in chains of six; thirty qualifications, each with fifteen named
/// credentials, a narrow pool, a broad one, and one of the qualifications before it.
fn institution() -> Vec<SourceFile> {
    let mut text = "format = 1\n".to_owned();
    for at in 0..600_usize {
        let requires = if at % 6 == 0 { String::new() } else { format!("\"c{:03}\"", at - 1) };
        let field = at / 10;
        writeln!(
            text,
            "[credential.c{at:03}]\ntitle = \"Unit {at} of the field {field}\"\ncredits = 5\nrequires = [{requires}]\nsubject = \"f{field}\""
        )
        .unwrap();
    }
    let mut files = vec![file("credentials.toml", text)];
    for at in 0..30_usize {
        let named: Vec<_> = (0..15).map(|step| format!("\"c{:03}\"", (at * 97 + step * 41) % 600)).collect();
        let before = if at % 5 == 0 { String::new() } else { format!(", \"q{:02}\"", at - 1) };
        let text = format!(
            "format = 1\n[qualification]\nid = \"q{at:02}\"\ntitle = \"Diploma number {at}\"\nall = [\"core\", \"field\", \"free\"{before}]\n\
             [requirement.core]\nall = [{}]\n\
             [requirement.field]\ncount = 3\nfrom = \"field\"\n[pool.field]\nwhere = {{ subject = \"f{}\" }}\n\
             [requirement.free]\ncredits = 60\nfrom = \"any\"\n[pool.any]\nwhere = {{ credits = {{ min = 1 }} }}\n",
            named.join(", "),
            at * 2
        );
        files.push(file(&format!("q{at:02}.toml"), text));
    }
    files
}

#[test]
fn an_institution_is_drawn() {
    let catalog = catalog(&institution());
    for detail in [Detail::Credentials, Detail::Requirements] {
        let picture = Picture::of_catalog(&catalog, None, detail);
        check(&picture, &layout(&picture).unwrap());
    }
}

/// `length` credentials, each the prerequisite of the next, all asked for by two qualifications.
fn chain(length: usize) -> Vec<SourceFile> {
    let mut credentials = "format = 1\n[credential.c0]\ntitle = \"Unit\"\n".to_owned();
    for at in 1..length {
        writeln!(credentials, "[credential.c{at}]\ntitle = \"Unit\"\nrequires = [\"c{}\"]", at - 1).unwrap();
    }
    let names: Vec<_> = (0..length).map(|at| format!("\"c{at}\"")).collect();
    let qualification = |id: &str| {
        let all = names.join(", ");
        file(id, format!("format = 1\n[qualification]\nid = \"{id}\"\ntitle = \"Q\"\nall = [{all}]\n"))
    };
    vec![file("chain", credentials), qualification("q1"), qualification("q2")]
}

#[test]
fn a_long_chain_is_drawn_without_recursion() {
    let picture = Picture::of_catalog(&catalog(&chain(150)), None, Detail::Credentials);
    check(&picture, &layout(&picture).unwrap());
}

#[test]
fn a_picture_that_nobody_could_read_is_a_sentence() {
    let picture = Picture::of_catalog(&catalog(&chain(1200)), None, Detail::Credentials);
    assert!(layout(&picture).is_none());
    let text = svg(&picture);
    let document = roxmltree::Document::parse(&text).unwrap();
    let lines: Vec<_> = document.descendants().filter(|node| node.has_tag_name("text")).collect();
    let words: Vec<_> = lines.iter().filter_map(|line| line.text()).collect();
    assert_eq!(
        words.join(" "),
        "This map of 1202 boxes and 3599 lines is too large to be drawn. Draw the part under one qualification."
    );
}
