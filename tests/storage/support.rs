//! Small words for the tests: stores, learners, facts, child processes.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use cairn_core::quantity::AMOUNT_MAX;
use cairn_core::{Amount, Attestation, Attributes, Date, Holding, Learner, LearnerId, Scalar, Source, State};
use cairn_storage::import::{Format, Input, Options, Outcome, import};
use cairn_storage::{Context, MemoryStore, OpenMode, SqliteStore, Store};
use proptest::prelude::*;
use tempfile::TempDir;

/// A store and the folder that it lies in.
pub(crate) struct Bench {
    pub(crate) store: Box<dyn Store>,
    _folder: Option<TempDir>,
}

pub(crate) fn memory() -> Bench {
    Bench { store: Box::new(MemoryStore::new()), _folder: None }
}

pub(crate) fn sqlite() -> Bench {
    let (folder, store) = sqlite_in_folder();
    Bench { store: Box::new(store), _folder: Some(folder) }
}

pub(crate) fn sqlite_in_folder() -> (TempDir, SqliteStore) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = SqliteStore::open(file_in(&folder), OpenMode::Create).expect("a new store");
    (folder, store)
}

pub(crate) fn file_in(folder: &TempDir) -> PathBuf {
    folder.path().join("learners.sqlite")
}

pub(crate) fn open(path: &Path) -> SqliteStore {
    SqliteStore::open(path, OpenMode::Existing).expect("the store opens")
}

pub(crate) fn at(recorded_at: i64) -> Context {
    Context { recorded_at, actor: "registrar".to_owned(), reason: "test".to_owned() }
}

pub(crate) fn id(text: &str) -> LearnerId {
    text.parse().expect("a learner id")
}

pub(crate) fn holding(credential: &str) -> Holding {
    Holding::of(credential.parse().expect("a credential id"))
}

pub(crate) fn learner(text: &str, credentials: &[&str]) -> Learner {
    let holdings = credentials.iter().map(|credential| holding(credential)).collect();
    Learner { holdings, ..Learner::new(id(text)) }
}

/// A store with some learners whose records have every kind of fact.
pub(crate) fn populate(store: &mut dyn Store, learners: usize) {
    for number in 0..learners {
        let mut additions = learner(&format!("learner-{number:03}"), &["cert.a", "cert.b"]);
        additions.name = Some(format!("Learner Number {number}"));
        additions.holdings[0].awarded = Some("2024-02-29".parse().expect("a day"));
        additions.holdings[0].grade = Some(Amount::from_thousandths(4_500));
        additions.holdings[1].attributes.insert("track".to_owned(), vec![Scalar::Text("infra".to_owned())]);
        additions.attestations.push(Attestation {
            key: "hours".parse().expect("a key"),
            amount: Amount::whole(120),
            on: None,
            evidence: Some("folder 7".to_owned()),
        });
        store.add(&additions, &at(1)).expect("recorded");
    }
    store.revoke(&id("learner-000"), 2, None, &at(2)).expect("revoked");
}

pub(crate) fn import_text(store: &mut dyn Store, format: Format, text: &[u8]) -> Outcome {
    import_with(store, format, text, Options::default())
}

pub(crate) fn import_with(store: &mut dyn Store, format: Format, text: &[u8], options: Options) -> Outcome {
    let mut file = text;
    import(store, Input { format, file: &mut file }, &at(5), options, &mut |_| {}).expect("an import")
}

/// One line a problem, with its help.
pub(crate) fn problems(outcome: &Outcome) -> Vec<String> {
    let help = |help: &Option<String>| help.as_ref().map(|help| format!(" | {help}")).unwrap_or_default();
    outcome.problems.iter().map(|problem| format!("{problem}{}", help(&problem.help))).collect()
}

/// Runs one test of this binary in a process of its own, with the store's path in `CAIRN_CHILD`.
pub(crate) fn child(test: &str, path: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this binary has a path"));
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]).env("CAIRN_CHILD", path);
    command
}

/// The path of the store if this is such a process.
pub(crate) fn child_path() -> Option<PathBuf> {
    std::env::var_os("CAIRN_CHILD").map(PathBuf::from)
}

/// A number from the environment: long runs ask for more than the suite does.
pub(crate) fn number_from(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().expect("a number"))
}

/// Says that a test cannot be done on this machine; where everything must be there, that is a failure.
pub(crate) fn skipped(why: &str) {
    assert!(std::env::var_os("CAIRN_NO_SKIP").is_none(), "{why}");
    writeln!(std::io::stdout(), "skipped: {why}").expect("told");
}

prop_compose! {
    pub(crate) fn any_date()(days in 0i64..3_000_000) -> Date {
        let epoch = "0001-01-01".parse::<Date>().expect("a day");
        epoch.saturating_add(jiff::Span::new().days(days))
    }
}

pub(crate) fn any_amount() -> impl Strategy<Value = Amount> {
    (0..=AMOUNT_MAX * 1000 + 999).prop_map(Amount::from_thousandths)
}

/// Texts with everything that SQL, JSON or CSV could trip over.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("'\"; DROP TABLE learner; --\u{1}\\".to_owned()),
        Just("=cmd()\r\n,;{}[]".to_owned()),
        any::<String>().prop_map(|text| text.replace('\0', "").chars().take(30).collect()),
        "[a-z ]{0,12}",
    ]
}

fn any_scalar() -> impl Strategy<Value = Scalar> {
    prop_oneof![
        any::<bool>().prop_map(Scalar::Flag),
        any_amount().prop_map(Scalar::Number),
        any_text().prop_map(Scalar::Text),
    ]
}

fn any_attributes() -> impl Strategy<Value = Attributes> {
    prop::collection::btree_map("[a-z.'\"é]{1,8}", prop::collection::vec(any_scalar(), 0..3), 0..3)
}

pub(crate) fn any_holding() -> impl Strategy<Value = Holding> {
    let days = (prop::option::of(any_date()), prop::option::of(any_date()));
    let amounts = (prop::option::of(any_amount()), prop::option::of(any_amount()));
    let texts = (prop::option::of(any_text()), prop::option::of(any_text()));
    let scheme = prop::option::of("(ects|cats)".prop_map(|id| id.parse().expect("an id")));
    let words = (prop::sample::select(Source::ALL), prop::sample::select(State::ALL), scheme);
    let facts = (days, amounts, texts, words, any_attributes());
    let full =
        ("cert\\.[a-c]", facts).prop_map(|(credential, (days, amounts, texts, words, attributes))| Holding {
            awarded: days.0,
            expires: days.1,
            grade: amounts.0,
            credits: amounts.1,
            issuer: texts.0,
            evidence: texts.1,
            source: words.0,
            state: words.1,
            scheme: words.2,
            attributes,
            ..holding(&credential)
        });
    prop_oneof!["cert\\.[a-c]".prop_map(|credential| holding(&credential)), full]
}

fn any_attestation() -> impl Strategy<Value = Attestation> {
    let rest = (any_amount(), prop::option::of(any_date()), prop::option::of(any_text()));
    ("[a-c]", rest).prop_map(|(key, (amount, on, evidence))| Attestation {
        key: key.parse().expect("a key"),
        amount,
        on,
        evidence,
    })
}

/// A learner out of a few, so that they meet again.
pub(crate) fn any_learner() -> impl Strategy<Value = Learner> {
    let holdings = prop::collection::vec(any_holding(), 0..4);
    let attestations = prop::collection::vec(any_attestation(), 0..3);
    ("[A-Ea-e][0-1]", prop::option::of(any_text()), holdings, attestations).prop_map(
        |(text, name, holdings, attestations)| Learner {
            name,
            holdings,
            attestations,
            ..Learner::new(id(&text))
        },
    )
}
