//! Rules that would be met by everybody are refused.

use insta::assert_snapshot;

use crate::record::findings;

#[test]
fn a_need_of_nothing_is_refused() {
    let rules = |need: &str| {
        format!(
            "[qualification]\nid = \"q\"\nall = [\"r\"]\n[requirement.r]\n{need}\n[pool.p]\nof = [\"a\"]\n[credential]\na = {{}}"
        )
    };
    let needs =
        ["count = 0\nfrom = \"p\"", "credits = 0\nfrom = \"p\"", "all = []", "choose = 0\nof = [\"a\"]"];
    let found: String = needs.iter().map(|need| findings(&rules(need))).collect();
    assert_snapshot!(found, @r"
    vacuous: `count = 0` asks for nothing, so everybody meets it
    vacuous: `credits = 0` asks for nothing, so everybody meets it
    empty-list: `all` names nothing
    vacuous: `choose = 0` asks for nothing, so everybody meets it
    ");
}

#[test]
fn one_credential_twice_in_a_list_is_refused() {
    let rules = "[qualification]\nid = \"q\"\nchoose = 2\nof = [\"a\", \"a\"]\n[credential]\na = {}";
    assert_snapshot!(findings(rules), @r"
    named-twice: `a` is named twice
    ");
}
