//! What commands print, and that programs can rely on it.

use std::{fs, io::Read as _, process::Stdio};

use insta::assert_snapshot;

use crate::{Place, pathways};

#[test]
fn every_shipped_pathway_is_sound() {
    let place = Place::empty();
    let within = |folder| fs::read_dir(folder).expect("pathways are there");
    for entry in within(pathways()).chain(within(pathways().join("conformance"))) {
        let folder = entry.expect("readable").path();
        if folder.ends_with("conformance") {
            continue;
        }
        let ran = place.run(&format!("check {}", folder.display()));
        assert_eq!(ran.code, Some(0), "{}: {}", folder.display(), ran.stderr);
        assert!(ran.stderr.contains("no findings"), "{}", ran.stderr);
    }
}

#[test]
fn the_demo_shows_the_whole_tour() {
    let place = Place::empty();
    let ran = place.run("demo --keep tour");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    for part in
        ["$ cairn check", "$ cairn show", "$ cairn learner import", "$ cairn audit", "What to do next", "Why"]
    {
        assert!(ran.stdout.contains(part), "{part}");
    }
    assert!(place.path("tour/cairn.db").is_file());
    assert_eq!(place.run("demo --keep tour").code, Some(6), "what is there is not overwritten");
}

#[test]
fn json_is_json_and_names_its_version() {
    let place = Place::with_learners();
    let on = "--on 2026-03-01 --json --rules pathway";
    let commands = [
        "show --json --rules pathway".to_owned(),
        "learner list --json".to_owned(),
        "learner show graduate --json --rules pathway".to_owned(),
        "check pathway --format json".to_owned(),
        "test pathway --format json".to_owned(),
        format!("skills certified {on}"),
        "graph --format json --rules pathway".to_owned(),
        format!("audit certified {on}"),
        format!("next certified {on}"),
        format!("progress certified {on}"),
        format!("what-if certified web-diploma --add accessible-pages {on}"),
    ];
    for command in commands {
        let ran = place.run(&command);
        assert_eq!(ran.code, Some(0), "{command}: {}", ran.stderr);
        let json: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!(json["format_version"], 1, "{command}");
        assert_eq!(place.run(&command).stdout, ran.stdout, "the same question gives the same bytes");
    }
}

#[test]
fn a_test_beside_the_rules_can_fail_a_script() {
    let place = Place::with_learners();
    let ran = place.run("test pathway");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let path = place.path("pathway/web-certificate.toml");
    let rules = fs::read_to_string(&path).expect("readable");
    fs::write(&path, rules.replace("count = 1\n", "count = 2\n")).expect("written");
    for format in ["text", "json", "junit"] {
        let ran = place.run(&format!("test pathway --format {format}"));
        assert_eq!(ran.code, Some(1), "{format}");
        assert!(ran.stdout.contains("pathway/web-certificate.toml"), "{format}: {}", ran.stdout);
    }
    place.write("bare/a.toml", "format = 1\n[credential.a]\n");
    let ran = place.run("test bare");
    assert_snapshot!(ran.said(), @"
    exit 0
    no tests in 1 file; write `[[test]]` beside the rules
    ");
}

#[test]
fn an_audit_can_fail_a_script() {
    let place = Place::with_learners();
    let audit = |learner: &str| {
        place
            .run(&format!("audit {learner} web-diploma --require-complete --on 2026-03-01 --rules pathway"))
            .code
    };
    assert_eq!(audit("graduate"), Some(0));
    assert_eq!(audit("certified"), Some(7));
}

#[test]
fn a_stopped_search_has_an_exit_code_of_its_own() {
    let place = Place::with_learners();
    let code =
        |command: &str| place.run(&format!("{command} --budget 0 --on 2026-03-01 --rules pathway")).code;
    assert_eq!(code("audit newcomer web-diploma"), Some(9));
    assert_eq!(code("next newcomer web-diploma"), Some(9));
    assert_eq!(code("next newcomer web-diploma --best 3"), Some(9));
    assert_eq!(code("next newcomer web-diploma --pareto"), Some(9));
    assert_eq!(code("progress newcomer"), Some(9));
    assert_eq!(code("what-if newcomer web-diploma --add css-layout"), Some(9));
    // That something is missing is certain before how much it is.
    assert_eq!(code("audit newcomer web-diploma --require-complete"), Some(7));
}

#[test]
fn the_day_the_scenario_and_the_measure_are_the_askers() {
    let place = Place::with_learners();
    let summary = |options: &str| {
        let ran = place.run(&format!("audit graduate web-diploma --json --rules pathway {options}"));
        let json: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
        json["audits"][0]["summary"].as_str().expect("text").to_owned()
    };
    assert_snapshot!(summary("--on 2026-03-01"), @"every requirement is met");
    assert_snapshot!(summary("--on 2027-11-20"), @"every requirement is met");
    assert_snapshot!(summary("--on 2027-11-21"), @"10 of 20 credits to earn, in 1 credential");
    assert_snapshot!(summary("--on 2027-11-21 --by cost"), @"150 of 270 in cost to earn, in 1 credential");
    assert_snapshot!(summary("--on 2024-04-01"), @"15 of 20 credits to earn, in 2 credentials; 1 confirmation open");
}

#[test]
fn colour_is_for_terminals_and_never_alone() {
    let place = Place::with_learners();
    let audit = "audit certified web-diploma --rules pathway --on 2026-03-01";
    let plain = place.run(audit).stdout;
    assert!(!plain.contains('\u{1b}'));
    let output = place.command(audit).env("CLICOLOR_FORCE", "1").output().expect("cairn runs");
    let coloured = String::from_utf8(output.stdout).expect("text");
    assert!(coloured.contains('\u{1b}'));
    let mut stripped = String::new();
    let mut in_code = false;
    for c in coloured.chars() {
        match (in_code, c) {
            (false, '\u{1b}') => in_code = true,
            (true, 'm') => in_code = false,
            (false, c) => stripped.push(c),
            (true, _) => {}
        }
    }
    assert_eq!(stripped, plain, "the words alone say everything");
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let place = Place::with_learners();
    let mut command = place.command("show --json --rules pathway");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("cairn runs");
    let mut first = [0; 1];
    child.stdout.take().expect("a pipe").read_exact(&mut first).expect("something");
    let output = child.wait_with_output().expect("cairn ends");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}

#[test]
fn an_export_can_be_imported_again() {
    let place = Place::with_learners();
    let exported = place.run("learner export").stdout;
    place.write("copy.ndjson", &exported);
    assert_eq!(place.run("learner import copy.ndjson --db copy.db").code, Some(0));
    assert_eq!(place.run("learner export --db copy.db").stdout, exported);
    assert_eq!(place.run_on("learner import - --db third.db", exported.as_bytes()).code, Some(0));
    assert_eq!(place.run("learner export --db third.db").stdout, exported);
    assert!(place.run("db verify --db third.db").stdout.contains("the chain holds"));
}

#[test]
fn the_program_describes_itself() {
    let place = Place::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = place.run(&format!("completions {shell}"));
        assert!(ran.code == Some(0) && ran.stdout.contains("what-if"), "{shell}");
    }
    assert_eq!(place.run("man pages").code, Some(0));
    assert!(place.path("pages/cairn-audit.1").is_file());
    assert_eq!(place.run("audit").code, Some(2), "wrong use");
}

#[test]
fn the_graph_answers_questions() {
    let place = Place::with_learners();
    let ask = |question: &str| place.run(&format!("graph {question} --rules pathway")).stdout;
    assert_snapshot!(ask("--ladder html-basics web-diploma"), @r"
    HTML basics (html-basics)
      Diploma in Web Pages (web-diploma)
    ");
    assert_snapshot!(ask("--ladder accessible-pages css-layout"), @"Accessible pages (accessible-pages) does not lead to CSS layout (css-layout)");
    assert_snapshot!(ask("--layers"), @r"
      1  Accessible pages (accessible-pages)
         HTML basics (html-basics)
      2  CSS layout (css-layout)
      3  Certificate in Web Pages (web-certificate)
      4  Diploma in Web Pages (web-diploma)
    ");
    assert!(ask("--bottlenecks").contains("cannot be completed without HTML basics"));
    assert!(ask("").starts_with("<svg"));
    assert!(ask("--format dot web-certificate").starts_with("digraph"));
    assert_eq!(place.run("graph --output map.svg --rules pathway").code, Some(0));
    assert!(place.path("map.svg").is_file());
}

#[test]
fn order_of_files_and_of_what_they_contain_does_not_matter() {
    let place = Place::with_learners();
    let audit =
        |rules: &str| place.run(&format!("audit certified --why --on 2026-03-01 --rules {rules}")).stdout;
    for (old, new) in [("credentials", "zz"), ("web-certificate", "mm"), ("web-diploma", "aa")] {
        let text = fs::read_to_string(place.path(&format!("pathway/{old}.toml"))).expect("readable");
        place.write(
            &format!("shuffled/{new}.toml"),
            text.replace(
                r#"["certificate", "credits", "placement"]"#,
                r#"["placement", "certificate", "credits"]"#,
            ),
        );
    }
    assert_eq!(audit("pathway"), audit("shuffled"));
}

#[test]
fn an_audit_without_an_edition_is_by_the_best_that_may_be_chosen() {
    let place = Place::empty();
    let rules = pathways().join("conformance/R48-catalog-choice");
    assert_eq!(place.run(&format!("learner import {}", rules.join("learners.json").display())).code, Some(0));
    let top = |words: &str| {
        let ran = place.run(&format!("{words} --on 2026-01-01 --rules {}", rules.display()));
        let lines: Vec<_> = ran.stdout.lines().take_while(|line| !line.contains("Requirements")).collect();
        format!("{}\n{}", lines.join("\n"), if ran.code == Some(0) { "" } else { &ran.stderr })
    };
    assert_snapshot!(top("audit r48-1 LB-AAS"), @"
    Associate of Applied Science, catalog of 2022 (LB-AAS@2022)
    r48-1 · as of 2026-01-01 · counting what is earned

    ○ not complete: 1 of 3 credentials to earn (66 % done)

    Editions
      · LB-AAS@2020 may not be chosen: there are 5 later editions since
      · LB-AAS@2021 may not be chosen: no credit was earned here while it was in force
      ✓ LB-AAS@2022 is chosen: not complete, 1 of 3 credentials to earn
      · LB-AAS@2023 may not be chosen: no credit was earned here while it was in force
      · LB-AAS@2024 may not be chosen: no credit was earned here while it was in force
      · LB-AAS@2025 may be chosen as well: not complete, 4 of 6 credentials to earn
    ");
    assert_snapshot!(top("audit r48-9 DE-BA --entry 2016-09-01"), @"
    Bachelor of Arts, catalog of 2018 (DE-BA@2018)
    r48-9 · as of 2026-01-01 · counting what is earned

    ✓ complete: every requirement is met

    Editions
      · DE-BA@2015 may be chosen as well: not complete, 1 of 4 credentials to earn
      ✓ DE-BA@2018 is chosen: complete, every requirement is met
      · DE-BA@2021 may be chosen as well: not complete, 1 of 3 credentials to earn
      · DE-BA@2023 may be chosen as well: not complete, 1 of 2 credentials to earn
    ");
    assert_snapshot!(top("audit r48-9 LB-AAS@2020"), @"
    Associate of Applied Science, catalog of 2020 (LB-AAS@2020)
    r48-9 · as of 2026-01-01 · counting what is earned

    ✓ complete: every requirement is met
    ");
}
