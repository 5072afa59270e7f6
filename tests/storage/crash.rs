//! Processes that die in the middle of it, and processes that write at the same time.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::thread;

use cairn_storage::{OpenMode, SqliteStore, Store};

use crate::support::{at, child, child_path, file_in, id, learner, open, sqlite_in_folder};

#[test]
fn what_was_acknowledged_survives_kill_9() {
    let (folder, store) = sqlite_in_folder();
    drop(store);
    let mut acknowledged = Vec::new();
    for round in 0..12 {
        let mut process = child("crash::child_writes_until_it_is_killed", &file_in(&folder))
            .env("CAIRN_ROUND", round.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the child starts");
        let lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
        let acks =
            lines.map_while(Result::ok).filter_map(|line| line.strip_prefix("ack ").map(str::to_owned));
        // A different moment in each round; the child is at its next commit by then.
        let mut acks = acks;
        acknowledged.extend(acks.by_ref().take(3 + round * 5));
        process.kill().expect("killed");
        // What it acknowledged before it died counts as well.
        acknowledged.extend(acks);
        process.wait().expect("gone");
        let store = open(&file_in(&folder));
        let verification = store.verify().expect("a verification");
        assert!(verification.is_clean(), "{:?}", verification.flaws);
        assert_all_there(&store, &acknowledged);
    }
    assert!(acknowledged.len() > 100);
}

/// Each acknowledged holding is there exactly once.
fn assert_all_there(store: &SqliteStore, acknowledged: &[String]) {
    let held: Vec<String> = (0..5)
        .filter_map(|number| store.learner(&id(&format!("learner-{number}"))).expect("read"))
        .flat_map(|stored| stored.learner.holdings)
        .map(|holding| holding.credential.to_string())
        .collect();
    for credential in acknowledged {
        assert_eq!(held.iter().filter(|held| *held == credential).count(), 1, "{credential}");
    }
}

#[test]
fn child_writes_until_it_is_killed() {
    let Some(path) = child_path() else { return };
    let Ok(round) = std::env::var("CAIRN_ROUND") else { return };
    let mut store = SqliteStore::open(&path, OpenMode::Existing).expect("the store opens");
    for number in 0.. {
        let credential = format!("cert.{round}-{number}");
        store
            .add(&learner(&format!("learner-{}", number % 5), &[&credential]), &at(number))
            .expect("recorded");
        // A parent that is gone is the end as well.
        if writeln!(std::io::stdout(), "\nack {credential}").is_err() {
            return;
        }
    }
}

#[test]
fn processes_that_write_at_the_same_time_lose_nothing() {
    let (folder, store) = sqlite_in_folder();
    drop(store);
    let processes: Vec<_> = (0..4)
        .map(|number: i32| {
            let mut child = child("crash::child_writes_its_share", &file_in(&folder));
            child.env("CAIRN_WRITER", number.to_string()).stdout(Stdio::null()).spawn().expect("a child")
        })
        .collect();
    for mut process in processes {
        assert!(process.wait().expect("gone").success());
    }
    let store = open(&file_in(&folder));
    let stored = store.learner(&id("shared")).expect("read").expect("there");
    assert_eq!((stored.learner.holdings.len(), stored.seq), (160, 161));
    assert!(store.verify().expect("a verification").is_clean());
}

#[test]
fn child_writes_its_share() {
    let Some(path) = child_path() else { return };
    let Ok(writer) = std::env::var("CAIRN_WRITER") else { return };
    let mut store = SqliteStore::open(&path, OpenMode::Existing).expect("the store opens");
    for number in 0..40 {
        store.add(&learner("shared", &[&format!("cert.{writer}-{number}")]), &at(number)).expect("recorded");
    }
}

#[test]
fn readers_in_other_threads_see_whole_changes_only() {
    let (_folder, mut store) = sqlite_in_folder();
    let readers: Vec<_> = (0..2).map(|_| store.reader().expect("a reader")).collect();
    thread::scope(|scope| {
        for reader in &mut readers.into_iter() {
            scope.spawn(move || {
                loop {
                    let stored = reader.learner(&id("ada")).expect("read");
                    let held = stored.map_or(0, |stored| stored.learner.holdings.len());
                    assert_eq!(held % 2, 0, "half of a change was seen");
                    if held == 60 {
                        break;
                    }
                }
            });
        }
        for number in 0..30 {
            let pair = [format!("cert.a{number}"), format!("cert.b{number}")];
            store.add(&learner("ada", &[&pair[0], &pair[1]]), &at(number)).expect("recorded");
        }
    });
}
