//! Processes that die in the middle of it, and processes that write at the same time.
//!
//! `CAIRN_KILLS` is the number of kills, `CAIRN_WRITES` the number of writes of each of eight
//! processes; docs/reference/reliability.md has the figures of long runs.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use std::{fs, thread};

use cairn_storage::{OpenMode, SqliteStore, Store};

use crate::support::{at, child, child_path, file_in, id, learner, number_from, open, sqlite_in_folder};
use crate::workload::{assert_whole, left, work};

/// So many kills happen to one file before the next is begun.
const KILLS_A_FILE: u64 = 40;

#[test]
fn what_was_acknowledged_survives_kill_9() {
    let kills = number_from("CAIRN_KILLS", 44);
    let (mut acknowledged, mut total) = (Vec::new(), 0);
    let (mut folder, _) = sqlite_in_folder();
    let mut seed = 11u64;
    for round in 0..kills {
        if round % KILLS_A_FILE == 0 {
            (folder, _) = sqlite_in_folder();
            acknowledged.clear();
        }
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let before = acknowledged.len();
        acknowledged.extend(killed_after(&file_in(&folder), round, (seed >> 33) % 60, (seed >> 40) % 3000));
        total += acknowledged.len() - before;
        assert_whole(&left(&file_in(&folder)).expect("a sound store"), &acknowledged);
    }
    report(&format!("{kills} kills, {total} facts acknowledged, 0 lost, 0 doubled"));
    assert!(total as u64 > kills * 5, "{total}");
}

/// Kills a writer some time after its so many acknowledgements; everything that it acknowledged.
fn killed_after(path: &Path, round: u64, acknowledgements: u64, microseconds: u64) -> Vec<String> {
    let mut process = child("crash::child_writes_until_it_is_killed", path)
        .env("CAIRN_ROUND", round.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the child starts");
    let lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
    let mut acks = lines
        .map_while(Result::ok)
        .filter_map(|line| line.strip_prefix("ack").map(|rest| rest.trim().to_owned()));
    let mut acknowledged: Vec<String> = acks.by_ref().take(acknowledgements as usize).collect();
    // Somewhere in the middle of the next write: a busy wait is exact enough for that.
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_micros(microseconds) {
        std::hint::spin_loop();
    }
    process.kill().expect("killed");
    // What it acknowledged before it died counts as well.
    acknowledged.extend(acks);
    process.wait().expect("gone");
    let words = acknowledged.iter().flat_map(|line| line.split(' ')).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

#[test]
fn child_writes_until_it_is_killed() {
    let Some(path) = child_path() else { return };
    let Ok(round) = std::env::var("CAIRN_ROUND") else { return };
    let operations = u32::try_from(number_from("CAIRN_OPERATIONS", u64::from(u32::MAX))).expect("a number");
    // A parent that is gone is the end as well.
    let tell = |line: String| writeln!(std::io::stdout(), "\n{line}").is_ok();
    tell("ready".to_owned());
    work(
        &path,
        &round,
        operations,
        |recorded| tell(format!("ack {}", recorded.join(" "))),
        |error| {
            tell(format!("failed {error}"));
        },
    );
}

/// For what takes the place of a disk: one line for each folder that it has left.
#[test]
fn child_looks_at_what_is_left() {
    let Some(folder) = child_path() else { return };
    if std::env::var("CAIRN_ROUND").is_ok() {
        return;
    }
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let found = match left(&entry.path().join("learners.sqlite")) {
            Ok(held) => {
                let held: Vec<_> = held.iter().map(|(name, count)| format!("{name}={count}")).collect();
                format!("sound {}", held.join(" "))
            }
            Err(error) => format!("unsound {error}"),
        };
        writeln!(std::io::stdout(), "\nleft {} {found}", entry.file_name().display()).expect("told");
    }
}

#[test]
fn processes_that_write_at_the_same_time_lose_nothing() {
    let (folder, store) = sqlite_in_folder();
    drop(store);
    let writes = number_from("CAIRN_WRITES", 60);
    let begin = Instant::now();
    let processes: Vec<_> = (0..8)
        .map(|writer: i32| {
            let mut child = child("crash::child_writes_its_share", &file_in(&folder));
            child.env("CAIRN_WRITER", writer.to_string()).stdout(Stdio::piped()).spawn().expect("a child")
        })
        .collect();
    let mut longest = 0;
    for process in processes {
        let output = process.wait_with_output().expect("gone");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let waited = text.lines().find_map(|line| line.strip_prefix("longest ")).expect("its longest write");
        longest = longest.max(waited.parse::<u128>().expect("a number"));
    }
    let taken = begin.elapsed();
    let held = left(&file_in(&folder)).expect("a sound store");
    assert_eq!(held.len() as u64, 8 * writes);
    assert!(held.values().all(|count| *count == 1));
    report(&format!(
        "8 processes, {} writes, 0 lost, 0 doubled, {} ms, longest wait {longest} ms",
        8 * writes,
        taken.as_millis()
    ));
}

#[test]
fn child_writes_its_share() {
    let Some(path) = child_path() else { return };
    let Ok(writer) = std::env::var("CAIRN_WRITER") else { return };
    let mut store = SqliteStore::open(&path, OpenMode::Existing).expect("the store opens");
    let mut longest = Duration::ZERO;
    for number in 0..number_from("CAIRN_WRITES", 60) {
        // Everybody writes about the same learners, in the same order.
        let whom = format!("learner-{}", number % 500);
        let begin = Instant::now();
        store.add(&learner(&whom, &[&format!("cert.{writer}-{number}")]), &at(1)).expect("recorded");
        longest = longest.max(begin.elapsed());
    }
    writeln!(std::io::stdout(), "\nlongest {}", longest.as_millis()).expect("told");
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
    drop(open(store.path()));
}

/// Figures for people; the harness shows them with `--nocapture`.
fn report(line: &str) {
    writeln!(std::io::stdout(), "figures: {line}").expect("told");
}
