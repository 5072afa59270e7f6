//! Every text of a record may be anything that a person or an attacker writes.

use cairn_core::{Amount, Attestation, Learner, Scalar};
use cairn_storage::export::learner_json;
use cairn_storage::import::Format;
use cairn_storage::{Context, Store};

use crate::support::{holding, id, import_text, memory, problems, sqlite};

/// What trips SQL, JSON, CSV, terminals, shells or people up.
pub(crate) const HOSTILE: [&str; 20] = [
    "",
    " ",
    "'",
    "''; DROP TABLE learner; --",
    "\"); DELETE FROM learner_event; --",
    "$1",
    "?1",
    ":name @name",
    "%s %n {} {0}",
    "\\",
    "\\u0000",
    "NULL",
    "line\r\nbreak\ttab",
    "\u{1b}[2J\u{7}\u{8}",
    "\u{202e}reversed\u{2066}",
    "e\u{301} é \u{fb01}",
    "\u{10ffff}\u{feff}\u{fffd}",
    "=cmd()|' /C calc'!A0",
    "<script>alert(1)</script>&amp;",
    "{\"id\":\"eve\"}",
];

fn every_field(text: &str) -> Learner {
    let mut whole = Learner { name: Some(text.to_owned()), ..Learner::new(id("ada")) };
    let mut held = holding("cert.a");
    held.issuer = Some(text.to_owned());
    held.evidence = Some(text.to_owned());
    held.attributes.insert("plain".to_owned(), vec![Scalar::Text(text.to_owned())]);
    if !text.is_empty() && !text.chars().any(char::is_control) {
        held.attributes.insert(text.to_owned(), vec![Scalar::Flag(true)]);
    }
    whole.holdings.push(held);
    let evidence = Some(text.to_owned());
    let key = "hours".parse().expect("a key");
    whole.attestations.push(Attestation { key, amount: Amount::ONE, on: None, evidence });
    whole
}

pub(crate) fn comes_back(store: &mut dyn Store, text: &str) {
    let learner = every_field(text);
    let context = Context { recorded_at: 1, actor: text.to_owned(), reason: text.to_owned() };
    store.add(&learner, &context).expect(text);
    let stored = store.learner(&learner.id).expect(text).expect("there");
    assert_eq!(stored.learner, learner);
    for event in store.events(&learner.id).expect(text) {
        assert_eq!((event.actor.as_str(), event.reason.as_str()), (text, text));
        assert!(event.fact().is_some(), "{text:?}");
    }
    let exported = learner_json(&learner);
    let again = import_text(store, Format::Json, exported.as_bytes());
    assert_eq!(problems(&again), Vec::<String>::new());
    assert!(again.recorded.expect("kept").is_nothing(), "{text:?}");
    store.rebuild().expect(text);
    assert!(store.verify().expect(text).is_clean(), "{text:?}");
}

#[test]
fn every_text_comes_back_as_it_was() {
    for text in HOSTILE {
        for mut bench in [memory(), sqlite()] {
            comes_back(bench.store.as_mut(), text);
        }
    }
}

#[test]
fn ids_are_looked_up_and_never_run() {
    let ids = ["a'; --", "a\"b", "a$1", "a?1", "%", "a%00", "_", "ada' OR '1'='1"];
    for mut bench in [memory(), sqlite()] {
        for text in ids {
            let Ok(hostile) = text.parse() else { continue };
            assert_eq!(bench.store.learner(&hostile).expect(text), None);
            bench.store.add(&Learner::new(hostile.clone()), &crate::support::at(1)).expect(text);
            let stored = bench.store.learner(&hostile).expect(text).expect("there");
            assert_eq!(stored.learner.id, hostile);
        }
        assert!(bench.store.verify().expect("a verification").is_clean());
    }
}

/// A record that is far longer than any real one costs its own time only.
#[test]
fn a_huge_record_is_kept_and_the_others_go_on() {
    for mut bench in [memory(), sqlite()] {
        let names: Vec<_> = (0..3000).map(|number| format!("cert.{number}")).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        bench.store.add(&crate::support::learner("huge", &names), &crate::support::at(1)).expect("recorded");
        bench
            .store
            .add(&crate::support::learner("ada", &["cert.a"]), &crate::support::at(2))
            .expect("recorded");
        let stored = bench.store.learner(&id("huge")).expect("read").expect("there");
        assert_eq!((stored.learner.holdings.len(), stored.seq), (3000, 3001));
        assert!(bench.store.verify().expect("a verification").is_clean());
    }
}
