//! A disk that loses its power, and calls to the system that fail.
//!
//! `strace` records what the store really writes and syncs, and makes single calls fail; nothing of
//! it is in the store. Without `strace` and Python these tests say so and do nothing; `.ci/run`
//! installs both. `CAIRN_CUTS` is the number of power cuts, `CAIRN_FAILING_CALLS` which of the
//! calls fail: every so many-th.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use cairn_storage::Store;

use crate::migration::{exported, golden};
use crate::support::{file_in, number_from, open, skipped, sqlite_in_folder};
use crate::workload::{assert_whole, left};

fn is_there(program: &str) -> bool {
    let is_there =
        Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    if !is_there {
        skipped(&format!("there is no `{program}`"));
    }
    is_there
}

fn this_program() -> std::path::PathBuf {
    std::env::current_exe().expect("this binary has a path")
}

#[test]
fn what_was_acknowledged_survives_power_cuts() {
    if !(is_there("strace") && is_there("python3")) {
        return;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/storage/faults/power_cuts.py");
    let (folder, store) = sqlite_in_folder();
    drop(store);
    let cuts = number_from("CAIRN_CUTS", 120).to_string();
    let output = Command::new("python3")
        .arg(script)
        .arg(this_program())
        .arg(file_in(&folder))
        .arg(cuts)
        .output()
        .expect("python runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    writeln!(std::io::stdout(), "{text}").expect("told");
    assert!(output.status.success(), "{text}{talk}");
}

/// One call fails, or it and all that follow.
#[test]
fn a_call_that_fails_loses_nothing_that_was_acknowledged() {
    if !is_there("strace") {
        return;
    }
    let step = number_from("CAIRN_FAILING_CALLS", 61);
    let (mut runs, mut failures) = (0, 0);
    for call in ["pwrite64", "fdatasync", "ftruncate", "unlink"] {
        for error in ["EIO", "ENOSPC"] {
            for onward in ["", "+"] {
                // The file is opened and made ready with the first of them.
                for number in (1..).map(|number| 1 + number * step) {
                    let (is_injected, failed) = with_failing(call, error, &format!("{number}{onward}"));
                    runs += 1;
                    failures += u32::from(failed);
                    if !is_injected {
                        break;
                    }
                }
            }
        }
    }
    writeln!(
        std::io::stdout(),
        "figures: {runs} runs with a failing call, {failures} of them with an error, 0 lost"
    )
    .expect("told");
    assert!(failures > 3, "{failures}");
}

/// Runs the workload with one call failing; whether it came to that, and whether the store said so.
fn with_failing(call: &str, error: &str, when: &str) -> (bool, bool) {
    let (folder, store) = sqlite_in_folder();
    drop(store);
    let path = file_in(&folder);
    let log = path.with_file_name("calls");
    let output = Command::new("strace")
        .args(["-f", "-qq", "-o"])
        .arg(&log)
        .args(["-e", &format!("trace={call}"), "-e", &format!("inject={call}:error={error}:when={when}")])
        .arg(this_program())
        .args(["--exact", "crash::child_writes_until_it_is_killed", "--nocapture", "--test-threads=1"])
        .env("CAIRN_CHILD", &path)
        .env("CAIRN_ROUND", "0")
        .env("CAIRN_OPERATIONS", "60")
        .output()
        .expect("strace runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let about = format!("{call} {error} {when}\n{text}");
    assert!(output.status.success(), "{about}{}", String::from_utf8_lossy(&output.stderr));
    let acks = text.lines().filter_map(|line| line.strip_prefix("ack "));
    let acknowledged: Vec<_> = acks.flat_map(str::split_whitespace).map(str::to_owned).collect();
    assert_whole(&left(&path).unwrap_or_else(|error| panic!("{error}: {about}")), &acknowledged);
    let is_injected = std::fs::read_to_string(&log).expect("a log").contains("(INJECTED)");
    (is_injected, text.contains("\nfailed "))
}

/// A process that migrates a file dies at its first write, its second, and so on to the last.
#[test]
fn a_migration_may_die_at_every_write() {
    if !is_there("strace") {
        return;
    }
    let (_whole, path) = golden(1);
    let expected = exported(&open(&path));
    let mut deaths = 0;
    for number in 1.. {
        let (folder, path) = golden(1);
        let output = Command::new("strace")
            .args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64"])
            .args(["-e", &format!("inject=pwrite64:signal=KILL:when={number}")])
            .arg(this_program())
            .args(["--exact", "migration::child_migrates", "--nocapture", "--test-threads=1"])
            .env("CAIRN_CHILD", &path)
            .output()
            .expect("strace runs");
        let store = open(&path);
        assert!(store.verify().expect("a verification").is_clean(), "killed at write {number}");
        assert_eq!(exported(&store), expected, "killed at write {number}");
        drop(folder);
        if output.status.success() {
            break;
        }
        deaths += 1;
    }
    assert!(deaths > 10, "{deaths}");
}
