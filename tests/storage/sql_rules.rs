//! The portable rules of SQL: what runs here must run unchanged on PostgreSQL-wire stores.

use std::fs;
use std::path::{Path, PathBuf};

/// What no statement may contain, and why.
const FORBIDDEN: [(&str, &str); 26] = [
    ("autoincrement", "numbers come from the caller"),
    ("rowid)", "no table has one"),
    ("serial", "numbers come from the caller"),
    ("identity", "numbers come from the caller"),
    ("sequence", "numbers come from the caller"),
    ("trigger", "no stored code"),
    ("create view", "no stored code"),
    ("procedure", "no stored code"),
    ("temp table", "not shared by connections of a pool"),
    ("temporary", "not shared by connections of a pool"),
    ("now(", "time comes from the caller"),
    ("current_timestamp", "time comes from the caller"),
    ("datetime(", "time comes from the caller"),
    ("strftime(", "time comes from the caller"),
    ("random", "ids come from the caller"),
    ("default", "values come from the caller"),
    ("check (", "values are checked in Rust"),
    ("references", "no foreign keys across shards"),
    ("savepoint", "one transaction is one change"),
    ("truncate", "not portable"),
    ("returning", "not portable"),
    ("insert or", "use `on conflict`"),
    ("replace into", "use `on conflict`"),
    ("real", "amounts are thousandths"),
    ("float", "amounts are thousandths"),
    ("collate", "ids are compared by byte"),
];

fn crate_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A text without its comments, in lower case.
fn code_of(path: &Path, comment: &str) -> String {
    let text = fs::read_to_string(path).expect("a file");
    let lines = text.lines().map(|line| line.split(comment).next().unwrap_or("").to_lowercase());
    lines.collect::<Vec<_>>().join("\n")
}

fn files_in(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|e| e == extension)).collect();
    files.sort();
    assert!(!files.is_empty(), "{}", folder.display());
    files
}

fn migrations() -> Vec<PathBuf> {
    files_in(&crate_folder().join("migrations"), "sql")
}

#[test]
fn no_statement_uses_what_is_not_portable() {
    let statements = crate_folder().join("src/sql/statement.rs");
    let sources = migrations().into_iter().map(|path| (path, "--")).chain([(statements, "//")]);
    for (path, comment) in sources {
        let code = code_of(&path, comment);
        for (word, reason) in FORBIDDEN {
            assert!(!code.contains(word), "{}: `{word}` is forbidden: {reason}", path.display());
        }
    }
}

#[test]
fn tables_are_strict_clustered_and_begin_with_the_learner() {
    for path in migrations() {
        let code = code_of(&path, "--");
        for statement in code.split(';').map(str::trim).filter(|text| text.starts_with("create table")) {
            assert!(statement.ends_with(") strict, without rowid"), "{statement}");
            let is_of_learners = statement.contains("learner_id");
            assert!(!is_of_learners || statement.contains("primary key (learner_id"), "{statement}");
            for column in statement.lines().skip(1).map(str::trim) {
                let kind = column.trim_end_matches(',').trim_end_matches(" not null").split(' ').nth(1);
                let is_column = !column.starts_with("primary key") && !column.starts_with(')');
                assert!(!is_column || matches!(kind, Some("integer" | "text" | "blob")), "{column}");
            }
        }
    }
}

fn is_new_index(statement: &str) -> bool {
    statement.starts_with("create index") || statement.starts_with("create unique index")
}

#[test]
fn indexes_are_plain() {
    for path in migrations() {
        let code = code_of(&path, "--");
        for statement in code.split(';').map(str::trim).filter(|text| is_new_index(text)) {
            assert!(!statement.contains(" where "), "no partial index: {statement}");
            assert_eq!(statement.matches('(').count(), 1, "no index on an expression: {statement}");
            let is_unique = statement.starts_with("create unique");
            assert!(!is_unique || statement.contains("(learner_id"), "no index over all shards: {statement}");
        }
    }
}

#[test]
fn migrations_are_numbered_without_a_gap() {
    for (number, path) in (1..).zip(migrations()) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        assert!(name.starts_with(&format!("{number:04}_")), "{name}");
    }
}

#[test]
fn no_sql_is_put_together_from_texts() {
    for path in ["src/sql", "src/sqlite", "src/postgres"]
        .iter()
        .flat_map(|folder| files_in(&crate_folder().join(folder), "rs"))
    {
        let code = code_of(&path, "//");
        let is_address = path.ends_with("address.rs");
        assert!(is_address || !code.contains("format!"), "{}: values are parameters", path.display());
        let is_statements = path.ends_with("statement.rs");
        for word in ["\"select ", "\"insert ", "\"update ", "\"delete "] {
            assert!(is_statements || !code.contains(word), "{}: move it to `statement.rs`", path.display());
        }
    }
}
