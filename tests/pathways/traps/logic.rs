//! What is true of nothing at all, and of several values at once.

use super::{load, pass, refused, test};

#[test]
fn vacuous_truth() {
    refused("empty-list", "[qualification]\nid = \"q\"\nall = []");
    refused("empty-list", "[qualification]\nid = \"q\"\nany = []");
    refused("vacuous", "[qualification]\nid = \"q\"\nchoose = 0\nof = [\"a\"]\n[credential.a]");
    let counted = |need: &str| {
        format!(
            "[qualification]\nid = \"q\"\nall = \"r\"\n[requirement.r]\n{need}\nfrom = \"p\"\n[pool.p]\nof = \"a\"\n[credential.a]"
        )
    };
    refused("vacuous", &counted("count = 0"));
    refused("vacuous", &counted("credits = 0"));
    // Unless it says so.
    assert_eq!(load(&counted("optional = true")).findings, []);
}

#[test]
fn multi_valued_facts_need_any_all_and_none() {
    let asked = |tags: &str| {
        format!(
            "[qualification]\nid = \"q\"\nall = \"r\"\n[requirement.r]\ncount = 1\nfrom = \"p\"\n[pool.p]\nwhere = {{ tags = {tags} }}\n\
             [credential]\nnone = {{}}\na = {{ tags = \"a\" }}\nab = {{ tags = [\"a\", \"b\"] }}\nc = {{ tags = \"c\" }}\n"
        )
    };
    let all = |expected: [bool; 4]| -> String {
        ["none", "a", "ab", "c"]
            .iter()
            .zip(expected)
            .map(|(held, complete)| test(&format!("\"{held}\""), complete))
            .collect()
    };
    pass(4, &(asked("{ any = [\"a\", \"b\"] }") + &all([false, true, true, false])));
    pass(4, &(asked("{ all = [\"a\", \"b\"] }") + &all([false, false, true, false])));
    // `X <> a OR X <> b` is always true; this is what is meant.
    pass(4, &(asked("{ none = [\"a\", \"b\"] }") + &all([true, false, false, true])));
}
