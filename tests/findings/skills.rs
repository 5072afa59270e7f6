//! What is wrong with skills and profiles.

use insta::assert_snapshot;

use crate::support::{file, of_one};

#[test]
fn a_skill_is_defined_or_belongs_to_a_framework() {
    assert_snapshot!(of_one("[skill.python]\n[credential]\na = { skills = [\"pyton\", \"esco:S5.6\", \"es co:x\"] }"), @"
    r.toml:4:17 error[unknown-name] no skill is named `pyton`
      help: did you mean `python`?
    r.toml:4:39 error[invalid-id] `es co:x` cannot be an id: an id may not contain a space (letters a to z, digits and `. _ + - / @` are allowed)
      help: choose a plain id, and put the name as it is in `title`
    ");
}

#[test]
fn a_profile_needs_skills_that_something_shows() {
    assert_snapshot!(of_one("[skill.python]\n[credential.a]\n[profile.analyst]\nskills = [\"python\"]"), @"
    r.toml:5:11 error[unknown-attribute] no credential shows the skill `python`
      help: name it in `skills` of the credentials that show it, or take it out
    ");
    assert_snapshot!(of_one("[profile.analyst]\ntitle = \"Analyst\""), @"
    r.toml:2:1 error[missing-key] the key `skills` is missing
      help: add `skills = …`
    ");
    assert_snapshot!(of_one("[profile.analyst]\nskills = []"), @"
    r.toml:3:10 error[empty-list] `skills` names nothing
      help: name at least one, or take the key out
    ");
    assert_snapshot!(of_one("[skill.s]\n[credential]\na = { skills = \"s\" }\n[profile.a]\nskills = \"s\""), @"
    r.toml:5:10 error[duplicate-id] `a` is the id of a credential and of a qualification
      help: give one of them another id: a name must say which is meant
      r.toml:5:10 the qualification
      r.toml:4:1 the credential
    ");
}

#[test]
fn nothing_is_said_twice_or_at_no_level() {
    assert_snapshot!(of_one("[skill.s]\n[skill.t]\n[credential]\na = { skills = [\"s\", { skill = \"s\", level = 2 }, { level = 3 }, { skill = \"t\", level = \"B\" }] }\n[profile.p]\nskills = [\"s\", \"s\"]"), @"
    r.toml:5:32 error[named-twice] `s` is named twice
      help: take one of them out: once is enough
      r.toml:5:32 named again here
      r.toml:5:17 first named here
    r.toml:5:50 error[missing-key] the key `skill` is missing
      help: add `skill = …`
    r.toml:5:88 error[invalid-value] `level` takes a number, not `B`
      help: write it in digits, like `12` or `4.5`
    r.toml:7:16 error[named-twice] `s` is named twice
      help: take one of them out: once is enough
      r.toml:7:16 named again here
      r.toml:7:11 first named here
    ");
}

#[test]
fn a_skill_is_no_attribute_of_the_authors_own() {
    assert_snapshot!(of_one("[credential]\na = { attributes = { \"skill.s\" = 3 } }"), @r#"
    r.toml:3:22 error[conflicting-keys] `skill.s` is a key of its own, not one of `attributes`
      help: write it directly in the credential: `skills = ["…"]`
    "#);
}

#[test]
fn skills_that_differ_in_a_colon_alone_are_two() {
    let text = "format = 1\n[skill.\"a.b\"]\n[credential]\nc = { skills = [\"a:b\", \"a.b\"] }\n\
                [profile.p]\nskills = [\"a:b\", \"a.b\"]";
    let loading = cairn_core::load(&[file("r.toml", text)]);
    let catalog = loading.catalog.expect("no finding");
    let profile = &catalog.qualifications()[0];
    let asked: Vec<_> = profile.requirements.iter().filter_map(|one| one.skill(&profile.pools)).collect();
    assert_eq!(asked.iter().map(|(skill, _)| *skill).collect::<Vec<_>>(), ["a.b", "a:b"]);
}

#[test]
fn a_skill_has_its_title_wherever_it_is_described() {
    let profile = "format = 1\n[credential]\nc = { skills = \"sql\" }\n[profile.p]\nskills = \"sql\"";
    let skill = "format = 1\n[skill]\nsql = { title = \"Databases\" }";
    let loading = cairn_core::load(&[file("profile.toml", profile), file("skill.toml", skill)]);
    let catalog = loading.catalog.expect("no finding");
    assert_eq!(catalog.qualifications()[0].requirements[0].title, "Databases");
}
