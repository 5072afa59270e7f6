//! Choices between the editions of a qualification.

use insta::assert_snapshot;

use crate::support::findings;

#[test]
fn a_choice_of_editions_is_between_editions_with_a_day() {
    let with = |keys: &str, effective: &str| {
        let edition = |id: &str, effective: &str| {
            format!("format = 1\n[qualification]\nid = \"Q\"\nedition = \"{id}\"\n{effective}\nall = \"a\"\n")
        };
        let choice = format!("format = 1\n[editions.Q]\n{keys}\n[credential]\na = {{}}\n");
        findings(&[
            ("1.toml", &edition("1", "effective = 2020-01-01")),
            ("2.toml", &edition("2", effective)),
            ("choice.toml", &choice),
        ])
    };
    assert_eq!(with("choose = \"later\"\nwithin = \"7 years\"", "effective = 2021-01-01"), "");
    assert_snapshot!(with("choose = \"any\"", ""), @"
    2.toml:2:1 error[missing-key] it is not said from when `Q@2` is in force
      help: add `effective = …`: the editions of `Q` are told apart by it
      choice.toml:2:11 what may be chosen
    ");
    assert_snapshot!(with("choose = \"any\"", "effective = 2020-01-01"), @"
    2.toml:2:1 error[conflicting-keys] `Q@1` and `Q@2` are both in force from 2020-01-01 on
      help: correct one of the two days
      1.toml:2:1 the other
    ");
    assert_snapshot!(with("choose = \"entry\"\nwithin = \"7 years\"", "effective = 2021-01-01"), @r#"
    choice.toml:4:10 error[conflicting-keys] `within` says how much later than entry an edition may be
      help: write `choose = "later"`, or take `within` out
    "#);
    assert_snapshot!(with("choose = \"best\"\nlast = 0", "effective = 2021-01-01"), @"
    choice.toml:3:10 error[invalid-value] `choose` cannot be `best`
      help: it is one of `entry`, `later`, `credit`, `any`
    choice.toml:4:8 error[vacuous] `last = 0` asks for nothing, so everybody meets it
      help: ask for at least one, or write `optional = true` without the key
    ");
    assert_snapshot!(with("", "effective = 2021-01-01\n[editions.R]\nchoose = \"any\"\n[pool.x]"), @"
    2.toml:2:1 error[conflicting-keys] it is not said what completes it
      help: write exactly one of `all = [...]`, `any = [...]`, or `choose = k` with `of = [...]`
    2.toml:6:11 error[unknown-name] no qualification has the id `R`
      help: name the id without the edition: `[editions.ID]`
    2.toml:9:1 error[unknown-key] there is no key `all` in `pool.x`
      help: the keys are: of, where, not_in, advise, open
    choice.toml:2:1 error[missing-key] the key `choose` is missing
      help: add `choose = …`
    ");
}
