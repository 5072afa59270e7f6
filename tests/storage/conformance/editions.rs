//! Rules that are kept, and facts that name them.

use cairn_core::SourceFile;
use cairn_storage::edition::{entries, on_entry};
use cairn_storage::{Edition, EditionHash, Entry, Fact, KeptAudit, Store, StoreError};

use crate::support::{at, holding, id, learner};

pub(crate) fn edition(label: &str, from: &str, text: &str) -> Edition {
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
    Edition {
        label: label.to_owned(),
        effective_from: from.parse().expect("a day"),
        files: vec![file("b.toml", text), file("a/a.toml", "format = 1\n# '; DROP TABLE edition; --")],
    }
}

pub(super) fn editions_are_kept_under_the_hash_of_their_files(store: &mut dyn Store) {
    let first = edition("2025-26", "2025-08-01", "format = 1");
    let mut shuffled = first.clone();
    shuffled.files.reverse();
    assert_eq!(shuffled.hash(), first.hash(), "the order of files does not matter");
    assert!(store.publish(&first, &at(1)).expect("published"));
    assert!(!store.publish(&shuffled, &at(2)).expect("published before"));
    let second = edition("2026-27", "2026-08-01", "format = 1\n");
    assert_ne!(second.hash(), first.hash());
    assert!(store.publish(&second, &at(3)).expect("published"));
    let listed = store.editions().expect("a list");
    let labels: Vec<_> = listed.iter().map(|edition| (edition.label.as_str(), edition.recorded_at)).collect();
    assert_eq!(labels, [("2025-26", 1), ("2026-27", 3)]);
    let files = store.edition(first.hash()).expect("read").expect("there");
    assert_eq!(files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["a/a.toml", "b.toml"]);
    assert_eq!(store.edition(EditionHash([7; 32])).expect("read"), None);
    let on = |day: &str| on_entry(&listed, day.parse().expect("a day")).map(|edition| edition.label.as_str());
    assert_eq!(on("2025-07-31"), None);
    assert_eq!(on("2026-07-31"), Some("2025-26"));
    assert_eq!(on("2026-08-01"), Some("2026-27"));
    assert!(store.verify().expect("a verification").is_clean());
}

pub(super) fn entries_and_audits_name_their_edition(store: &mut dyn Store) {
    let rules = edition("2025-26", "2025-08-01", "format = 1");
    store.publish(&rules, &at(1)).expect("published");
    store.add(&learner("ada", &["cert.a"]), &at(2)).expect("recorded");
    let stored = store.learner(&id("ada")).expect("read").expect("there");
    let entry = |edition| {
        let on = "2025-09-01".parse().expect("a day");
        Fact::Entered(Entry { qualification: "diploma".to_owned(), on, edition })
    };
    let error = store.note(&id("ada"), entry(EditionHash([7; 32])), &at(3)).expect_err("no such edition");
    assert!(matches!(error, StoreError::NoEdition { .. }), "{error}");
    store.note(&id("bob"), entry(rules.hash()), &at(3)).expect_err("no such learner");
    let holding = Fact::Awarded(Box::new(holding("cert.b")));
    store.note(&id("ada"), holding, &at(3)).expect_err("what is held is added by other ways");
    assert_eq!(store.note(&id("ada"), entry(rules.hash()), &at(4)).expect("noted").notes, 1);
    assert!(store.note(&id("ada"), entry(rules.hash()), &at(5)).expect("noted before").is_nothing());
    let audit = KeptAudit {
        qualification: "diploma".to_owned(),
        on: "2026-03-01".parse().expect("a day"),
        edition: rules.hash(),
        record: stored.state_hash,
        release: "0.1.0".to_owned(),
        answer: r#"{"verdict":"complete"}"#.to_owned(),
    };
    store.note(&id("ada"), Fact::Audited(Box::new(audit.clone())), &at(6)).expect("noted");
    let events = store.events(&id("ada")).expect("a log");
    assert_eq!(events.last().and_then(cairn_storage::Event::fact), Some(Fact::Audited(Box::new(audit))));
    assert_eq!(entries(&events).iter().map(|entry| entry.edition).collect::<Vec<_>>(), [rules.hash()]);
    let after = store.learner(&id("ada")).expect("read").expect("there");
    assert_eq!((after.learner, after.state_hash), (stored.learner, stored.state_hash));
    store.rebuild().expect("rebuilt");
    assert!(store.verify().expect("a verification").is_clean());
}
