//! A disk that is full: a typed error, nothing half done, and work goes on once there is room.

use std::io::Write;
use std::process::Command;

use cairn_storage::{OpenMode, SqliteStore, Store, StoreError};

use crate::support::{at, child_path, file_in, id, learner, open, skipped, sqlite_in_folder};

/// Adds learners until the store is full; how many were acknowledged.
fn fill(store: &mut SqliteStore, from: usize) -> usize {
    for number in from.. {
        let mut additions = learner(&format!("learner-{number}"), &["cert.a"]);
        additions.holdings[0].evidence = Some("x".repeat(3000));
        match store.add(&additions, &at(1)) {
            Ok(_) => {}
            Err(StoreError::Full { .. }) => return number,
            Err(error) => panic!("{error:?}"),
        }
    }
    unreachable!("the store is bounded")
}

fn assert_holds(store: &SqliteStore, learners: usize) {
    assert!(store.verify().expect("a verification").is_clean());
    for number in 0..learners {
        assert!(store.learner(&id(&format!("learner-{number}"))).expect("read").is_some());
    }
    assert_eq!(store.learners(None, 1_000_000).expect("a list").len(), learners);
}

#[test]
fn a_full_store_keeps_what_it_acknowledged_and_works_again_with_room() {
    let (_folder, mut store) = sqlite_in_folder();
    store.limit_pages(100).expect("a limit");
    let acknowledged = fill(&mut store, 0);
    assert!(acknowledged > 10);
    assert_holds(&store, acknowledged);
    store.limit_pages(200).expect("a limit");
    let more = fill(&mut store, acknowledged);
    assert!(more > acknowledged);
    assert_holds(&store, more);
}

#[test]
fn an_import_into_a_full_store_keeps_nothing() {
    let (_folder, mut store) = sqlite_in_folder();
    store.limit_pages(60).expect("a limit");
    let learners = (0..5000).map(|number| Ok(learner(&format!("learner-{number}"), &["cert.a"])));
    let error = store.import(&mut { learners }, &at(1)).expect_err("full");
    assert!(matches!(error, StoreError::Full { .. }), "{error:?}");
    assert_holds(&store, 0);
}

/// The system itself refuses to let a file grow.
#[test]
fn a_write_that_the_system_refuses_loses_nothing() {
    let (folder, store) = sqlite_in_folder();
    drop(store);
    let script = "trap '' XFSZ; ulimit -f 512; exec \"$0\" --exact full::child_fills_the_disk --nocapture";
    let output = Command::new("bash")
        .args(["-c", script])
        .arg(std::env::current_exe().expect("this binary has a path"))
        .env("CAIRN_CHILD", file_in(&folder))
        .output()
        .expect("the child runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let acknowledged = text.lines().find_map(|line| line.strip_prefix("acknowledged "));
    let acknowledged: usize = acknowledged.expect(&text).parse().expect("a number");
    assert!(output.status.success() && acknowledged > 10, "{text}");
    assert_holds(&open(&file_in(&folder)), acknowledged);
}

#[test]
fn child_fills_the_disk() {
    let Some(path) = child_path() else { return };
    let mut store = SqliteStore::open(&path, OpenMode::Existing).expect("the store opens");
    let acknowledged = fill(&mut store, 0);
    assert_holds(&store, acknowledged);
    writeln!(std::io::stdout(), "\nacknowledged {acknowledged}").expect("told");
}

/// A file system of one megabyte, in a namespace of its own; with something in the way at first.
#[test]
fn a_full_file_system_loses_nothing_and_goes_on_with_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = "mount -t tmpfs -o size=1m tmpfs \"$1\" && exec \"$0\" --exact full::child_fills_a_file_system --nocapture";
    let output = Command::new("unshare")
        .args(["--mount", "bash", "-c", script])
        .arg(std::env::current_exe().expect("this binary has a path"))
        .arg(folder.path())
        .env("CAIRN_CHILD", file_in(&folder))
        .output();
    let Some(output) = output.ok().filter(|output| output.status.code() != Some(1)) else {
        return skipped("only root may mount a file system");
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && text.contains("filled twice"), "{text}");
}

#[test]
fn child_fills_a_file_system() {
    let Some(path) = child_path() else { return };
    let in_the_way = path.with_file_name("ballast");
    std::fs::write(&in_the_way, vec![0; 300_000]).expect("room for that");
    let mut store = SqliteStore::open(&path, OpenMode::Create).expect("a new store");
    let first = fill(&mut store, 0);
    assert_holds(&store, first);
    std::fs::remove_file(in_the_way).expect("removed");
    let second = fill(&mut store, first);
    assert!(second > first, "{first} {second}");
    assert_holds(&store, second);
    drop(store);
    assert_holds(&open(&path), second);
    writeln!(std::io::stdout(), "\nfilled twice").expect("told");
}
