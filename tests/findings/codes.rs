//! Every code is shown at least once by a test.

use cairn_core::Code;

const CASES: &str = concat!(
    include_str!("reading.rs"),
    include_str!("linking.rs"),
    include_str!("circles.rs"),
    include_str!("editions.rs"),
    include_str!("impossible.rs"),
    include_str!("without_effect.rs"),
    include_str!("limits.rs"),
    include_str!("sizes.rs"),
    include_str!("schemes.rs"),
);

#[test]
fn every_code_has_a_case() {
    let missing: Vec<_> =
        Code::ALL.iter().filter(|code| !CASES.contains(&format!("[{}]", code.word()))).collect();
    assert_eq!(missing, [] as [&Code; 0]);
}

#[test]
fn codes_are_words_and_no_two_are_alike() {
    let mut words: Vec<_> = Code::ALL.iter().map(|code| code.word()).collect();
    assert!(words.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')));
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), Code::ALL.len());
}
