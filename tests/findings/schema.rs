//! What the tables of the format say as data is what their reader does.

use std::collections::BTreeMap;

use cairn_core::document::shape::{self, Kind, Shape, Table};

use crate::support::of_one;

/// Every table of the format by the name of its type.
fn tables() -> BTreeMap<&'static str, Table> {
    let mut found = BTreeMap::new();
    let mut open = vec![shape::file()];
    while let Some(table) = open.pop() {
        if found.insert(table.name, table).is_none() {
            (table.keys)().iter().for_each(|key| below(&key.shape, &mut open));
        }
    }
    found
}

fn below(shape: &Shape, open: &mut Vec<Table>) {
    match shape {
        Shape::Table(table) | Shape::Conditions(table) => open.push(*table),
        Shape::List(one) | Shape::Named(one) => below(one, open),
        Shape::Either(several) => several.iter().for_each(|one| below(one, open)),
        Shape::Text | Shape::Flag | Shape::Number | Shape::Scalar => {}
        Shape::Any => panic!("a type of the format does not say its shape: write `Read::shape` for it"),
    }
}

#[test]
fn every_key_has_a_shape_and_a_meaning() {
    for (name, table) in tables() {
        assert!(!table.doc.is_empty(), "{name}");
        for key in (table.keys)() {
            assert!(!key.doc.is_empty(), "{name}: {}", key.name);
        }
    }
}

#[test]
fn what_is_said_of_a_key_of_one_table_is_said_of_a_key_that_is_there() {
    let tables = tables();
    for (table, key) in shape::OF_ONE_TABLE
        .iter()
        .map(|(table, key, _)| (table, key))
        .chain(shape::REQUIRED.iter().map(|(table, key)| (table, key)))
    {
        let keys = (tables[table].keys)();
        assert!(keys.iter().any(|one| one.name == *key), "{table} has no `{key}`");
    }
}

/// A rule file in which a key has the word `WORD`, for each key that takes one of a few words.
const WITH_A_WORD: &[(&str, &str, &str)] = &[
    (
        "QualificationTable",
        "measure",
        "[qualification]\nid = \"q\"\nmeasure = \"WORD\"\nall = \"a\"\n[credential.a]",
    ),
    (
        "QualificationTable",
        "grace",
        "[qualification]\nid = \"q\"\ngrace = \"WORD\"\nall = \"a\"\n[credential.a]",
    ),
    (
        "ProfileTable",
        "measure",
        "[profile.p]\nmeasure = \"WORD\"\nskills = \"s\"\n[skill.s]\n[credential]\na = { skills = \"s\" }",
    ),
    (
        "QualificationTable",
        "attempt",
        "[qualification]\nid = \"q\"\nattempt = \"WORD\"\nall = \"a\"\n[credential.a]",
    ),
    (
        "QualificationTable",
        "max_age_on",
        "[qualification]\nid = \"q\"\nmax_age_on = \"WORD\"\nall = \"a\"\n[credential.a]",
    ),
    (
        "OnAwardTable",
        "credits",
        "[qualification]\nid = \"q\"\nall = \"a\"\n[on_award]\ncredits = \"WORD\"\n[credential.a]",
    ),
    (
        "EditionsTable",
        "choose",
        "[qualification]\nid = \"q\"\neffective = 2026-01-01\nall = \"a\"\n[editions.q]\nchoose = \"WORD\"\n\
         [credential.a]",
    ),
    ("CredentialTable", "renewed_from", "[credential.a]\nrenewed_from = \"WORD\""),
    (
        "RequirementTable",
        "larger_than_room",
        "REQ\ncredits = 1\nfrom = \"p\"\nlarger_than_room = \"WORD\"\nPOOL",
    ),
    (
        "SharingTable",
        "jointly_with",
        "[qualification]\nid = \"q\"\nall = \"a\"\n[[sharing]]\nbetween = [\"q\", \"p\"]\n\
         at_most = { count = 1 }\njointly_with = \"WORD\"\n[credential]\na = { skills = \"s\" }\n[skill.s]\n\
         [profile.p]\nskills = \"s\"",
    ),
    ("RequirementTable", "over", "REQ\ncount = 1\nfrom = \"p\"\nover = \"WORD\"\nPOOL"),
    ("RequirementTable", "as", "REQ\naward = \"q\"\nas = \"WORD\"\n"),
    (
        "AverageTable",
        "measure",
        "REQ\ncount = 1\nfrom = \"p\"\naverage = { grade = 3, best = 4, measure = \"WORD\" }\nPOOL",
    ),
    (
        "MeasuredLimitTable",
        "measure",
        "REQ\ncount = 1\nfrom = \"p\"\nlimits = [{ at_most = { fraction = \"1/2\", of = \"required\", measure = \"WORD\" } }]\nPOOL",
    ),
    (
        "MeasuredLimitTable",
        "rounding",
        "REQ\ncount = 1\nfrom = \"p\"\nlimits = [{ at_most = { fraction = \"1/2\", of = \"required\", rounding = \"WORD\" } }]\nPOOL",
    ),
    ("RuleTestTable", "scenario", "TEST\nscenario = \"WORD\""),
    ("HeldFactsTable", "source", "TEST\nholds = [{ credential = \"a\", source = \"WORD\" }]"),
    ("HeldFactsTable", "state", "TEST\nholds = [{ credential = \"a\", state = \"WORD\" }]"),
];

fn written(template: &str, word: &str) -> String {
    template
        .replace("REQ", "[qualification]\nid = \"q\"\nall = \"r\"\n[requirement.r]")
        .replace("POOL", "[pool.p]\nof = \"a\"\n[credential.a]")
        .replace(
            "TEST",
            "[qualification]\nid = \"q\"\nall = \"a\"\n[credential.a]\n[[test]]\nname = \"t\"\non = 2026-01-01\n\
             expect = { complete = false }",
        )
        .replace("WORD", word)
}

#[test]
fn the_words_of_a_key_are_those_that_its_reader_offers() {
    for (table, key, template) in WITH_A_WORD {
        let Kind::Word { words, .. } = shape::kind(table, key) else { panic!("{table}: {key} takes words") };
        let said = of_one(&written(template, "nonsense"));
        let offered = said.split("it is one of ").nth(1).unwrap_or_else(|| panic!("{table}: {key}: {said}"));
        let mut offered: Vec<_> =
            offered.lines().next().unwrap().split(", ").map(|word| word.trim_matches('`')).collect();
        let mut words = words.to_vec();
        offered.sort_unstable();
        words.sort_unstable();
        assert_eq!(words, offered, "{table}: {key}");
    }
}

/// A rule file that lacks one key, for each key without which its table is refused.
const WITHOUT: &[(&str, &str, &str)] = &[
    ("OnAwardTable", "credits", "[qualification]\nid = \"q\"\nall = \"a\"\n[on_award]\n[credential.a]"),
    (
        "EditionsTable",
        "choose",
        "[qualification]\nid = \"q\"\neffective = 2026-01-01\nall = \"a\"\n[editions.q]\n[credential.a]",
    ),
    ("FrameworkTable", "compare", "[framework.eqf]"),
    (
        "OutcomeTable",
        "id",
        "[qualification]\nid = \"q\"\nall = \"a\"\n[[outcome]]\nall = \"a\"\n[credential.a]",
    ),
    ("ProfileTable", "skills", "[profile.p]"),
];

#[test]
fn a_key_that_its_reader_misses_is_required() {
    for (table, key, text) in WITHOUT {
        let said = of_one(text);
        assert!(said.contains(&format!("error[missing-key] the key `{key}` is missing")), "{table}: {said}");
        assert!(shape::is_required(table, key), "{table}: {key}");
    }
}
