//! What goes out comes in again.

use cairn_storage::Store;
use cairn_storage::export::{ExportError, export_all, export_learner, learner_json};
use cairn_storage::import::Format;
use proptest::prelude::*;

use crate::support::{any_learner, at, id, import_text, learner, memory, populate, problems, sqlite};

fn exported(store: &dyn Store) -> String {
    let mut out = Vec::new();
    export_all(store, &mut out).expect("an export");
    String::from_utf8(out).expect("a text")
}

#[test]
fn an_export_reads_like_what_a_person_writes() {
    let mut bench = memory();
    populate(bench.store.as_mut(), 1);
    bench.store.add(&learner("bob", &["cert.a"]), &at(1)).expect("recorded");
    let expected = concat!(
        "[\n",
        r#"{"id":"bob","holdings":["cert.a"]},"#,
        "\n",
        r#"{"id":"learner-000","name":"Learner Number 0","holdings":[{"credential":"cert.a","awarded":"2024-02-29","#,
        r#""grade":4.5},{"credential":"cert.b","state":"revoked","attributes":{"track":"infra"}}],"#,
        r#""attestations":[{"key":"hours","amount":120,"evidence":"folder 7"}]}"#,
        "\n]\n"
    );
    assert_eq!(exported(bench.store.as_ref()), expected);
}

#[test]
fn one_learner_is_a_list_of_one() {
    let mut bench = sqlite();
    bench.store.add(&learner("ada", &["cert.a"]), &at(1)).expect("recorded");
    let mut out = Vec::new();
    export_learner(bench.store.as_ref(), &id("ada"), &mut out).expect("an export");
    assert_eq!(String::from_utf8_lossy(&out), "[\n{\"id\":\"ada\",\"holdings\":[\"cert.a\"]}\n]\n");
    let error = export_learner(bench.store.as_ref(), &id("bob"), &mut out).expect_err("nobody");
    assert!(matches!(error, ExportError::Store(_)));
    assert_eq!(error.to_string(), "no learner `bob` is on record");
}

#[test]
fn an_empty_store_is_an_empty_list() {
    assert_eq!(exported(memory().store.as_ref()), "[\n]\n");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_goes_out_comes_in_again(learners in prop::collection::vec(any_learner(), 0..6)) {
        let (mut from, mut to) = (memory(), sqlite());
        for learner in &learners {
            from.store.add(learner, &at(1)).expect("recorded");
        }
        let text = exported(from.store.as_ref());
        let outcome = import_text(to.store.as_mut(), Format::Json, text.as_bytes());
        prop_assert_eq!(problems(&outcome), Vec::<String>::new());
        prop_assert_eq!(exported(to.store.as_ref()), text.clone());
        for listed in from.store.learners(None, 100).expect("a list") {
            let read = |store: &dyn Store| store.learner(&listed.id).expect("read").map(|stored| stored.learner);
            prop_assert_eq!(read(to.store.as_ref()), read(from.store.as_ref()));
        }
        let again = import_text(from.store.as_mut(), Format::Json, text.as_bytes());
        prop_assert!(again.recorded.is_some_and(|recorded| recorded.is_nothing()));
    }

    #[test]
    fn records_one_a_line_are_read_as_well(learners in prop::collection::vec(any_learner(), 0..4)) {
        let lines: Vec<_> = learners.iter().map(learner_json).collect();
        let outcome = import_text(memory().store.as_mut(), Format::Json, lines.join("\n").as_bytes());
        prop_assert_eq!(problems(&outcome), Vec::<String>::new());
        prop_assert_eq!(outcome.read.rows, learners.len() as u64);
    }
}
