//! Bits that flip in the file: noticed, or without effect.

use std::fs;
use std::io::Write;
use std::path::Path;

use cairn_storage::{OpenMode, SqliteStore, Store};

use crate::damage::flaws;
use crate::support::{file_in, number_from, open, populate, sqlite_in_folder};

/// What a store shows, or `None` if it refuses or finds itself damaged.
fn shown(path: &Path) -> Option<String> {
    let store = SqliteStore::open(path, OpenMode::Existing).ok()?;
    if !store.verify().ok()?.is_clean() {
        return None;
    }
    let mut text = String::new();
    for listed in store.learners(None, 1000).ok()? {
        let record = store.learner(&listed.id).ok()?;
        text.push_str(&format!("{listed:?} {record:?} {:?}\n", store.events(&listed.id).ok()?));
    }
    Some(text)
}

/// One bit flipped anywhere is noticed, or changes nothing that is shown.
#[test]
fn no_flipped_bit_is_shown_as_a_fact() {
    let (folder, mut store) = sqlite_in_folder();
    populate(&mut store, 12);
    drop(store);
    let path = file_in(&folder);
    let whole = fs::read(&path).expect("the file");
    let before = shown(&path).expect("a clean store");
    let (mut seed, mut noticed) = (7u64, 0);
    let flips = number_from("CAIRN_FLIPS", 220);
    for _ in 0..flips {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bit = usize::try_from(seed >> 20).expect("64 bits") % (whole.len() * 8);
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        fs::write(&path, flipped).expect("written");
        match shown(&path) {
            None => noticed += 1,
            Some(after) => assert_eq!(after, before, "bit {bit} went unnoticed"),
        }
        for suffix in ["-wal", "-shm"] {
            let _ = fs::remove_file(path.with_file_name(["learners.sqlite", suffix].concat()));
        }
    }
    let harmless = flips - noticed;
    writeln!(
        std::io::stdout(),
        "figures: {flips} bits flipped, {noticed} noticed, {harmless} without effect, 0 shown"
    )
    .expect("told");
    assert!(noticed > 20, "{noticed}");
}

/// A flip inside a payload is found, and the learner and the event are named.
#[test]
fn a_bit_flipped_in_a_fact_is_named() {
    let (folder, mut store) = sqlite_in_folder();
    populate(&mut store, 3);
    drop(store);
    let path = file_in(&folder);
    let mut bytes = fs::read(&path).expect("the file");
    let payload = br#"{"id":"learner-002""#;
    let place = bytes.windows(payload.len()).position(|window| window == payload).expect("the payload");
    bytes[place + payload.len() - 2] ^= 1;
    fs::write(&path, bytes).expect("written");
    assert_eq!(flaws(&open(&path)), ["learner `learner-002`, event 1: the event is not what was written"]);
}
