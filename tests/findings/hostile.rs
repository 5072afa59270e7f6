//! Text that nobody writes in good faith: it is refused in words, or read as it stands.

use std::fmt::Write as _;

use cairn_core::{Catalog, load};
use insta::assert_snapshot;

use crate::support::{file, findings, of_one};

fn refused(text: &str) -> String {
    let said = findings(&[("a.toml", text)]);
    assert!(said.contains("error["), "{said}");
    for line in said.lines() {
        assert!(line.chars().count() < 2000, "{line}");
    }
    said
}

fn catalog(text: &str) -> Catalog {
    load(&[file("a.toml", text)]).catalog.unwrap()
}

#[test]
fn a_file_of_bytes_is_refused() {
    assert_snapshot!(findings(&[("a.toml", "")]), @"
    a.toml:1:1 error[format] the file does not say which format it is written in
      help: begin the file with `format = 1`
    ");
    assert!(refused("\0\0\0").contains("[syntax]"));
    assert!(refused("\u{7f}ELF\u{2}\u{1}\u{1}\0\0").contains("[syntax]"));
    assert!(refused("format = 1\n[credential.a]\ntitle = \"a\0b\"").contains("[syntax]"));
    assert!(refused(&"\u{fffd}".repeat(10_000)).contains("[syntax]"));
}

#[test]
fn a_file_of_any_size_is_refused_before_it_is_parsed() {
    assert!(refused(&"#".repeat(1024 * 1024 + 1)).contains("[too-large]"));
    let text = format!("format = 1\n[credential.a]\ntitle = \"{}\"", "x".repeat(100_000_000));
    assert!(refused(&text).contains("[too-large]"));
}

#[test]
fn a_file_of_the_largest_size_is_read() {
    let head = "format = 1\n[credential.a]\ntitle = \"";
    let text = format!("{head}{}\"", "x".repeat(1024 * 1024 - head.len() - 1));
    assert_eq!(catalog(&text).credentials()[0].title.len(), 1024 * 1024 - head.len() - 1);
}

#[test]
fn line_ends_and_byte_order_marks_do_not_matter() {
    let unix = "format = 1\n[credential.a]\ntitle = \"A\"\n";
    for text in [
        unix.replace('\n', "\r\n"),
        format!("\u{feff}{unix}"),
        format!("\u{feff}{}", unix.replace('\n', "\r\n")),
    ] {
        assert_eq!(catalog(&text).credentials()[0].title, "A");
    }
    assert!(refused("format = 1\r[credential.a]\r").contains("[syntax]"));
    assert!(refused("format = 1\n\u{feff}[credential.a]").contains("[syntax]"));
}

#[test]
fn what_cannot_be_seen_is_refused_and_named() {
    for hidden in ['\u{202e}', '\u{2066}', '\u{200b}', '\u{200f}', '\u{2060}', '\u{feff}', '\u{85}'] {
        let code = format!("U+{:04X}", u32::from(hidden));
        let said = refused(&format!("format = 1\n[credential.a]\ntitle = \"A{hidden}B\""));
        assert!(said.contains("[hidden-character]") && said.contains(&code), "{said}");
        let said = refused(&format!("format = 1\n[credential.\"a{hidden}b\"]"));
        assert!(said.contains("[invalid-id]") && said.contains(&code) && !said.contains(hidden), "{said}");
    }
}

#[test]
fn a_name_cannot_break_a_message_into_lines() {
    assert_snapshot!(of_one("[credential.a]\n\"x\\ny\\u2028z\" = 1\n[pool.\"p\\nq\"]"), @"
    r.toml:3:1 error[unknown-key] there is no key `x<U+000A>y<U+2028>z` in `credential.a`
      help: an attribute of your own stands under `attributes = { NAME = … }`, a level under `level = { FRAMEWORK = … }`; the keys are: title, kind, issuer, credits, scheme, level, subject, tags, skills, attributes, valid, renewed_by, renewal_window, renewed_from, requires, offered, retired, valid_after_retirement, repeatable, only_toward, cost, effort
    r.toml:4:7 error[missing-key] a pool belongs to a qualification, and this file defines none
      help: add a `[qualification]` table to the file, or move it to one that has it
    ");
}

#[test]
fn depth_is_limited() {
    let deep = 100_000;
    let array = format!("format = 1\nx = {}{}", "[".repeat(deep), "]".repeat(deep));
    let table = format!("format = 1\nx = {}1{}", "{a=".repeat(deep), "}".repeat(deep));
    let dotted = format!("format = 1\n{}b = 1", "a.".repeat(deep));
    let header = format!("format = 1\n[{}b]", "a.".repeat(deep));
    let open = format!("format = 1\nx = {}", "[".repeat(deep));
    for text in [array, table, dotted, header, open] {
        assert!(refused(&text).contains("a.toml:"));
    }
}

#[test]
fn many_keys_are_told_shortly() {
    let mut text = "format = 1\n".to_owned();
    for number in 0..80_000 {
        writeln!(text, "k{number}=1").unwrap();
    }
    let said = refused(&text);
    assert_eq!(said.matches("[unknown-key]").count(), 21);
    assert!(said.contains("79980 more keys"), "{}", &said[said.len() - 300..]);
}

#[test]
fn long_ids_are_refused_and_cut_in_messages() {
    let long = "x".repeat(10_000);
    let text = format!(
        "format = 1\n[credential.{long}]\n[qualification]\nid = \"Q\"\nall = [\"{long}\", \"y{long}\"]\n{long} = 1\n[requirement.{long}]\nall = \"a\"\n[pool.{long}]\nof = \"{long}\"\nwhere = {{ {long} = \"{long}\" }}\n[issuer.{long}]"
    );
    let said = refused(&text);
    assert!(said.contains("`xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` cannot be an id"), "{said}");
    assert!(said.lines().all(|line| line.len() < 700), "{said}");
}

#[test]
fn things_that_rest_on_themselves_are_refused() {
    for rules in [
        "[credential.a]\nrequires = \"a\"",
        "[credential.a]\n[[equivalence]]\nfrom = \"a\"\nto = \"a\"",
        "[qualification]\nid = \"Q\"\nall = \"Q\"",
        "[qualification]\nid = \"Q\"\nall = \"r\"\n[requirement.r]\naward = \"Q\"",
        "[qualification]\nid = \"Q\"\nall = \"r\"\n[requirement.r]\nall = \"r\"",
        "[qualification]\nid = \"Q\"\nall = \"r\"\n[requirement.r]\ncount = 1\nfrom = \"p\"\n[pool.p]\nnot_in = \"p\"",
        "[qualification]\nid = \"Q\"\nall = \"r\"\n[requirement.r]\nall = \"s\"\n[requirement.s]\nall = \"r\"",
    ] {
        let said = refused(&format!("format = 1\n{rules}"));
        assert!(said.contains("itself"), "{said}");
    }
}
