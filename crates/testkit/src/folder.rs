//! The folders of `pathways/`: rules, learners and expected answers.

use std::{
    fs,
    path::{Path, PathBuf},
};

use cairn_core::{Catalog, Learner, SourceFile};
use cairn_storage::{
    Context, MemoryStore, Store,
    import::{Format, Input, Options, import},
};

/// `pathways/` of this project.
#[must_use]
pub fn pathways() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pathways")
}

/// The folders of `pathways/` and `pathways/conformance/`, by name.
#[must_use]
pub fn all() -> Vec<PathBuf> {
    let within = |folder: PathBuf| {
        let entries = fs::read_dir(folder).expect("the folder is there");
        entries.map(|entry| entry.expect("readable").path())
    };
    let mut folders: Vec<_> = within(pathways())
        .chain(within(pathways().join("conformance")))
        .filter(|path| path.is_dir() && !rule_files(path).is_empty())
        .collect();
    folders.sort();
    folders
}

/// The rule files of a folder, by name.
#[must_use]
pub fn rule_files(folder: &Path) -> Vec<SourceFile> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let read = |path: PathBuf| SourceFile {
        text: fs::read_to_string(&path).expect("readable"),
        path: path.file_name().expect("a file has a name").to_string_lossy().into_owned(),
    };
    paths.into_iter().map(read).collect()
}

/// The catalog of a folder, which has no findings.
#[must_use]
pub fn catalog(folder: &Path) -> Catalog {
    let loading = cairn_core::load(&rule_files(folder));
    assert_eq!(loading.findings, [], "{} has findings", folder.display());
    loading.catalog.expect("without findings there is a catalog")
}

/// One line of `expected.csv`.
#[derive(Debug, Clone)]
pub struct Expected {
    /// The learner.
    pub learner: String,
    /// The qualification; several at once with spaces between them.
    pub qualification: String,
    /// The day.
    pub as_of: cairn_core::Date,
    /// Whether it is complete.
    pub complete: bool,
    /// What remains; nothing where it cannot be reached.
    pub remaining: Option<cairn_core::Amount>,
    /// In this measure.
    pub measure: cairn_core::Measure,
    /// Why.
    pub why: String,
}

/// The expected answers of a folder, which may have none beside the tests in its rules.
#[must_use]
pub fn expected(folder: &Path) -> Vec<Expected> {
    let path = folder.join("expected.csv");
    if !path.is_file() {
        return Vec::new();
    }
    let mut reader = csv::Reader::from_path(path).expect("readable");
    let read = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.expect("well-formed");
        let word = record[5].to_owned();
        Expected {
            learner: record[0].to_owned(),
            qualification: record[1].to_owned(),
            as_of: record[2].parse().expect("a day"),
            complete: record[3].parse().expect("true or false"),
            remaining: (&record[4] != "unreachable").then(|| record[4].parse().expect("an amount")),
            measure: *cairn_core::Measure::ALL
                .iter()
                .find(|measure| measure.word() == word)
                .expect("a measure"),
            why: record[6].to_owned(),
        }
    };
    reader.records().map(read).collect()
}

/// The learners of a folder, read by the importer; none where it has no file of them.
#[must_use]
pub fn learners(folder: &Path) -> Vec<Learner> {
    let path = folder.join("learners.json");
    if !path.is_file() {
        return Vec::new();
    }
    let mut file = fs::File::open(&path).expect("readable");
    let mut store = MemoryStore::new();
    let context = Context { recorded_at: 0, actor: "test".to_owned(), reason: "test".to_owned() };
    let input = Input { format: Format::Json, file: &mut file };
    let outcome =
        import(&mut store, input, &context, Options { keep_going: false }, &mut |_| ()).expect("readable");
    assert_eq!(outcome.problems, [], "{} has bad records", path.display());
    let listed = store.learners(None, u32::MAX).expect("a list");
    let load = |id| store.learner(id).expect("readable").expect("listed").learner;
    listed.iter().map(|listed| load(&listed.id)).collect()
}
