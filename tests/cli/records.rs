//! What the record says: history, what was known when, seals, rebuilding.

use std::fs;

use cairn_core::{Amount, Attestation, Date, Holding, Learner};
use cairn_storage::{Context, OpenMode, SqliteStore, Store as _};
use insta::assert_snapshot;

use crate::Place;

fn at(day: &str, actor: &str, reason: &str) -> Context {
    let instant: jiff::Timestamp = format!("{day}T10:00:00Z").parse().expect("an instant");
    let recorded_at = instant.as_microsecond();
    Context { recorded_at, actor: actor.to_owned(), reason: reason.to_owned() }
}

/// A certificate of 2026-01-15 that was recorded in February and revoked in April as of March.
fn place() -> Place {
    let place = Place::empty();
    assert_eq!(place.run("init pathway").code, Some(0));
    let mut store = SqliteStore::open(place.path("cairn.db"), OpenMode::Create).expect("a new store");
    let mut ada = Learner::new("ada".parse().expect("an id"));
    ada.name = Some("Ada".to_owned());
    ada.holdings.push(Holding {
        awarded: Some("2026-01-15".parse().expect("a day")),
        grade: Some(Amount::from_thousandths(4_500)),
        evidence: Some("transcript 17".to_owned()),
        ..Holding::of("html-basics".parse().expect("an id"))
    });
    store.add(&ada, &at("2026-02-01", "registrar", "transcripts of January")).expect("recorded");
    let mut more = Learner::new(ada.id.clone());
    more.holdings.push(Holding::of("css-layout".parse().expect("an id")));
    more.attestations.push(Attestation {
        key: "work-placement".parse().expect("a key"),
        amount: Amount::whole(24),
        on: Some("2026-02-20".parse().expect("a day")),
        evidence: None,
    });
    store.add(&more, &at("2026-03-01", "registrar", "import")).expect("recorded");
    let from: Date = "2026-03-10".parse().expect("a day");
    store.revoke(&ada.id, 1, Some(from), &at("2026-04-01", "dean", "plagiarism found")).expect("revoked");
    place
}

#[test]
fn a_history_says_who_recorded_what_when_and_why() {
    let place = place();
    let ran = place.run("history ada --rules pathway");
    assert_snapshot!(ran.stdout, @r"
    Ada (ada)

        1. the record was begun, with the name “Ada”
           2026-02-01T10:00:00Z by registrar: transcripts of January
        2. holding 1 was added: HTML basics (html-basics): of 2026-01-15, grade 4.5, evidence transcript 17
           2026-02-01T10:00:00Z by registrar: transcripts of January
        3. holding 2 was added: CSS layout (css-layout): no evidence named
           2026-03-01T10:00:00Z by registrar: import
        4. an attestation was added: work-placement 24 from 2026-02-20 on, no evidence named
           2026-03-01T10:00:00Z by registrar: import
        5. holding 1 was revoked: it does not count from 2026-03-10 on
           2026-04-01T10:00:00Z by dean: plagiarism found
    ");
    let json: serde_json::Value =
        serde_json::from_str(&place.run("history ada --json").stdout).expect("JSON");
    assert_eq!(json["format_version"], 1);
    assert_eq!(json["events"][4]["kind"], "revoked");
    assert_eq!(json["events"][1]["fact"]["evidence"], "transcript 17", "nothing is left out");
    assert_eq!(json["events"][4]["fact"], serde_json::json!({ "holding": 1, "from": "2026-03-10" }));
    assert_eq!(json["events"][4]["hash"].as_str().map(str::len), Some(64));
    assert_eq!(place.run("history nobody").code, Some(3));
}

#[test]
fn valid_time_and_recorded_time_are_asked_about_apart() {
    let place = place();
    let remaining = |options: &str| {
        let ran = place.run(&format!("audit ada web-certificate --json --rules pathway {options}"));
        assert_eq!(ran.code, Some(0), "{options}: {}", ran.stderr);
        let json: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
        json["audits"][0]["remaining"]["amount"].as_str().expect("an amount").to_owned()
    };
    // The day of the audit: before the revocation took effect, and after.
    assert_eq!(remaining("--on 2026-03-09"), "0");
    assert_eq!(remaining("--on 2026-03-10"), "1");
    // The day of knowing: before the second credential was recorded, and before the revocation was.
    assert_eq!(remaining("--on 2026-03-10 --as-known-on 2026-02-28"), "1");
    assert_eq!(remaining("--on 2026-03-10 --as-known-on 2026-03-31"), "0");
    let ran = place.run("next ada web-certificate --rules pathway --on 2026-03-10 --as-known-on 2026-02-28");
    assert_snapshot!(ran.stdout, @r"
    From the record as it was known on 2026-02-28; what was recorded later takes no part.

    Certificate in Web Pages (web-certificate)
    Ada (ada) · as of 2026-03-10 · counting what is earned

    ○ not complete: 1 of 2 credentials to earn (50 % done)

    What to do next
      1. earn Accessible pages (accessible-pages), for “One unit of your choice”
    ");
    let ran = place.run("audit ada --rules pathway --on 2026-03-10 --as-known-on 2026-01-31");
    assert_snapshot!(ran.said(), @r"
    exit 3
    error: nothing was on record about `ada` on 2026-01-31
     help: `cairn history ada` says what was recorded when
    ");
}

#[test]
fn a_record_is_shown_as_it_was() {
    let place = place();
    let ran = place.run("learner show ada --rules pathway --on 2026-01-01 --as-known-on 2026-02-28");
    assert_snapshot!(ran.stdout, @r"
    From the record as it was known on 2026-02-28; what was recorded later takes no part.

    Ada (ada)

    Holdings
        1. 2026-01-15  HTML basics (html-basics)  grade 4.5, evidence transcript 17, not awarded yet on 2026-01-01
    ");
    let ran = place.run("learner show ada --rules pathway --on 2026-03-10");
    assert_snapshot!(ran.stdout, @r"
    Ada (ada)

    Holdings
        2. no day      CSS layout (css-layout)  valid on 2026-03-10
        1. 2026-01-15  HTML basics (html-basics)  grade 4.5, revoked, evidence transcript 17, does not count on 2026-03-10

    Attestations
      2026-02-20  work-placement 24
    ");
}

#[test]
fn a_seal_that_was_kept_elsewhere_is_looked_for() {
    let place = place();
    let ran = place.run("db seal --reason year-end");
    assert_eq!((ran.code, ran.stdout.trim().len()), (Some(0), 64), "{}", ran.stderr);
    let seal = ran.stdout.trim();
    let ran = place.run(&format!("db verify --seal {seal}"));
    assert_snapshot!(ran.stdout, @"1 learner and 5 events: the chain holds, and every record follows from it; 1 seal, and 1 kept elsewhere among them");
    let ran = place.run(&format!("db verify --seal {}", "0".repeat(64)));
    assert_snapshot!(ran.said(), @r"
    exit 4
    error: no seal of this database is 0000000000000000000000000000000000000000000000000000000000000000
     help: it is another database, an older copy, or somebody has written all of it anew
    ");
    assert_eq!(place.run("db verify --seal 17").code, Some(2));
    assert_snapshot!(place.run("db rebuild").stdout, @"1 record made anew from 5 events: 0 mended, 0 rows that belonged to nobody removed");
}

#[test]
fn the_database_is_looked_at_before_work() {
    use std::os::unix::fs::PermissionsExt as _;

    let place = place();
    let ran = place.run("db check");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let last = ran.stdout.lines().last();
    assert_eq!(last, Some("records  1 learner and 5 events looked at: the chain holds"));
    let folder = fs::read_dir(place.path(".")).expect("a folder");
    let names = folder.map(|entry| entry.expect("an entry").path());
    let file = names.into_iter().find(|name| name.extension().is_some_and(|end| end == "db"));
    let file = file.expect("the database");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("permissions");
    let ran = place.run("db check");
    assert_eq!(ran.code, Some(4));
    assert!(ran.stderr.contains("error: others may use `cairn.db`"), "{}", ran.stderr);
}

/// The rules change in the autumn; who entered before is audited by the old ones, also years later.
#[test]
fn a_learner_is_bound_to_the_edition_of_their_entry() {
    let place = place();
    let refused = place.run("audit ada web-certificate --keep --rules pathway --on 2026-03-09");
    assert_snapshot!(refused.stderr, @r"
    error: only audits by published rules are kept, and these are not published
     help: publish them first: `cairn publish LABEL`
    ");
    assert_eq!(place.run("publish 2025-26 --from 2025-08-01 --rules pathway").code, Some(0));
    let again = place.run("publish again --rules pathway");
    assert!(again.stderr.contains("published already"), "{}", again.stderr);
    let ran = place.run("learner enter ada web-certificate --on 2025-09-01");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(place.run("learner enter ada web-certificate --on 2025-07-01").code, Some(3));

    // The new edition asks for two units of one's choice.
    let rules = fs::read_to_string(place.path("pathway/web-certificate.toml")).expect("rules");
    place.write("pathway/web-certificate.toml", rules.replace("count = 1", "count = 2"));
    assert_eq!(place.run("publish 2026-27 --from 2026-08-01 --rules pathway").code, Some(0));
    let verdict = |options: &str| {
        let ran = place.run(&format!("audit ada web-certificate --json --on 2026-03-09 {options}"));
        let json: serde_json::Value = serde_json::from_str(&ran.stdout).expect(&ran.stderr);
        json["audits"][0]["verdict"].as_str().expect("a verdict").to_owned()
    };
    assert_eq!(verdict("--edition entry --keep"), "complete");
    assert_eq!(verdict("--edition 2025-26"), "complete");
    assert_eq!(verdict("--edition 2026-27"), "remaining");
    assert_eq!(verdict("--rules pathway"), "remaining");
    assert_eq!(place.run("audit ada --edition 2031-32").code, Some(3));
    let history = place.run("history ada").stdout;
    let told: Vec<_> = history
        .lines()
        .filter(|line| line.contains("under edition") || line.contains("by edition"))
        .collect();
    assert_snapshot!(told.join("\n"), @r"
    6. web-certificate was entered on 2025-09-01, under edition 667b3418d669
    7. web-certificate was audited as of 2026-03-09 by edition 667b3418d669: every requirement is met
    ");
    assert_eq!(place.run("db verify").code, Some(0));
    let editions: serde_json::Value =
        serde_json::from_str(&place.run("editions --json").stdout).expect("JSON");
    assert_eq!(editions["editions"][1]["label"], "2026-27");
}

#[cfg(not(feature = "postgres"))]
#[test]
fn a_build_without_servers_says_so_and_shows_no_password() {
    let ran = Place::empty().run("learner list --db postgres://ada:secret@127.0.0.1/records");
    assert_snapshot!(ran.said(), @r"
    exit 4
    error: this build reads no PostgreSQL database: it was made without the feature `postgres`
    ");
}
