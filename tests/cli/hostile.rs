//! Bad input: a clear word, the right exit code, nothing lost, no panic.

use std::{fs, process::Stdio};

use insta::assert_snapshot;

use crate::{Place, pathways};

#[test]
fn a_folder_without_rules_says_so() {
    let place = Place::empty();
    place.write("rules/notes.txt", "nothing");
    assert_snapshot!(place.run("check rules").said(), @r"
    exit 1
    error: there is no rule file in `rules`
     help: rule files end in `.toml`; name their folder with `--rules`, or make one with `cairn init`
    ");
    assert_eq!(place.run("check nowhere").code, Some(6));
    assert_eq!(place.run("check /dev/zero").code, Some(6));
}

#[test]
fn what_is_not_text_is_not_rules() {
    let place = Place::empty();
    place.write("rules.toml", b"format = 1\ntitle = \"\xff\xfe\"\n");
    assert_snapshot!(place.run("check rules.toml").said(), @r"
    exit 6
    error: `rules.toml` is not text: line 2 has bytes that are not UTF-8
    ");
    place.write("rules.toml", b"format = 1\x00\n");
    assert_eq!(place.run("check rules.toml").code, Some(1));
    place.write("rules.toml", "");
    assert_eq!(place.run("check rules.toml").code, Some(1));
}

#[test]
fn an_enormous_file_is_refused_unread() {
    let place = Place::empty();
    let mut text = "format = 1\n# ".to_owned();
    text.push_str(&"é".repeat(50_000_000));
    place.write("rules.toml", text);
    let ran = place.run("check rules.toml");
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("error[too-large]"), "{}", ran.stderr);
}

#[test]
fn a_hundred_thousand_brackets_are_refused() {
    let place = Place::empty();
    for nested in ["[", "{a=", "[{a="] {
        let text = format!("format = 1\nx = {}", nested.repeat(100_000));
        place.write("rules.toml", text);
        let ran = place.run("check rules.toml");
        assert_eq!(ran.code, Some(1));
        assert!(ran.stderr.contains("error[syntax]") && ran.stderr.len() < 10_000);
    }
}

#[test]
fn a_database_that_is_not_one_is_left_alone() {
    let place = Place::with_learners();
    let random: Vec<u8> = (0..5000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    place.write("noise.db", &random);
    place.write("empty.db", "");
    for (file, content) in [("noise.db", &random[..]), ("empty.db", &[])] {
        for command in ["learner list", "learner import pathway/learners.json", "db verify"] {
            let ran = place.run(&format!("{command} --db {file}"));
            assert_eq!(ran.code, Some(4), "{command} {file}: {}", ran.stderr);
            assert!(ran.stderr.contains(file), "{}", ran.stderr);
        }
        assert_eq!(fs::read(place.path(file)).expect("readable"), content, "nothing was written over it");
    }
    assert_eq!(place.run("learner list --db none.db").code, Some(4));
    assert!(!place.path("none.db").exists(), "asking makes no database");
}

#[test]
fn a_cut_off_database_is_noticed() {
    let place = Place::with_learners();
    let whole = fs::read(place.path("cairn.db")).expect("readable");
    place.write("cut.db", &whole[..whole.len() / 2]);
    let ran = place.run("audit graduate web-diploma --db cut.db --rules pathway");
    assert_eq!(ran.code, Some(4), "{}", ran.stderr);
}

#[test]
fn bad_records_are_all_named_and_none_is_kept() {
    let place = Place::empty();
    place.write("h.csv", "learner,credential,awarded\nada,x,2025-02-30\n,y,2025-01-01\nada,d d,2025-01-01\nada,ok,2025-01-01\n");
    assert_snapshot!(place.run("learner import h.csv").said(), @r"
    exit 5
    error: `h.csv` line 2: `awarded` is `2025-02-30`, which is not a day of the calendar
     help: write a day that exists as YYYY-MM-DD, for example 2025-03-01
    error: `h.csv` line 3: `learner` is empty
     help: write the id as the institution or the catalog writes it
    error: `h.csv` line 4: `credential` is `d d`: an id may not contain a space (letters a to z, digits and `. _ + - / @` are allowed)
     help: write the id as the institution or the catalog writes it
    `h.csv`: nothing was recorded, because 3 records cannot be read; mend them, or keep the good ones with `--keep-going`
    ");
    assert_eq!(place.run("learner list").stdout, "");
    assert_eq!(place.run("learner import h.csv --keep-going").code, Some(5));
    assert_eq!(place.run("learner list").stdout, "ada  1 holding\n");
}

#[test]
fn names_that_are_not_there_have_neighbours() {
    let place = Place::with_learners();
    assert_snapshot!(place.run("audit certified web-dipoma --rules pathway").said(), @r"
    exit 3
    error: no qualification is named `web-dipoma`
     help: did you mean `web-diploma`?
    ");
    assert_eq!(place.run("audit nobody web-diploma --rules pathway").code, Some(3));
    assert_eq!(place.run("show html-basic --rules pathway").code, Some(3));
    assert_eq!(place.run("what-if halfway web-diploma --drop css-layout --rules pathway").code, Some(3));
    assert_eq!(place.run("audit certified web-diploma --why=plce --rules pathway").code, Some(3));
    assert_eq!(place.run("audit certified web-diploma --on 2025-02-30").code, Some(2));
}

#[test]
fn catalogs_that_do_not_belong_together_are_told_apart() {
    let ran = Place::empty().run(&format!("check {}", pathways().display()));
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("is defined twice"), "{}", ran.stderr);
}

#[test]
fn several_imports_at_once_lose_nothing() {
    let place = Place::with_learners();
    let files: Vec<String> = (0..6).map(|file| format!("part{file}.csv")).collect();
    for (number, file) in files.iter().enumerate() {
        let rows = (0..200).map(|row| format!("learner-{row},credential-{number},2025-01-01\n"));
        place.write(file, format!("learner,credential,awarded\n{}", rows.collect::<String>()));
    }
    let children: Vec<_> = files
        .iter()
        .map(|file| {
            place
                .command(&format!("learner import {file}"))
                .stderr(Stdio::null())
                .spawn()
                .expect("cairn runs")
        })
        .collect();
    for mut child in children {
        assert_eq!(child.wait().expect("cairn ends").code(), Some(0));
    }
    let listed = place.run("learner list").stdout;
    assert_eq!(listed.lines().filter(|line| line.ends_with("6 holdings")).count(), 200, "{listed}");
    assert!(place.run("db verify").stdout.contains("the chain holds"));
}

#[test]
fn a_full_disk_keeps_what_was_there() {
    let place = Place::with_learners();
    let before = place.run("learner export").stdout;
    let rows = (0..40_000).map(|row| format!("learner-{row},credential,2025-01-01\n"));
    place.write("many.csv", format!("learner,credential,awarded\n{}", rows.collect::<String>()));
    let script = format!("ulimit -f 2000; {} learner import many.csv", env!("CARGO_BIN_EXE_cairn"));
    let mut command = std::process::Command::new("bash");
    // The shell would be told of the limit by a signal; the program is to see an error.
    command.args(["-c", &format!("trap '' XFSZ; {script}")]).current_dir(place.path(""));
    let output = command.output().expect("bash runs");
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(4), "{stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
    assert_eq!(place.run("learner export").stdout, before, "all that was acknowledged is there");
    assert!(place.run("db verify").stdout.contains("the chain holds"));
}

#[test]
fn nothing_is_written_over() {
    let place = Place::empty();
    place.write("pathway/credentials.toml", "mine");
    let ran = place.run("init pathway");
    assert_eq!(ran.code, Some(6));
    assert_eq!(fs::read_to_string(place.path("pathway/credentials.toml")).expect("readable"), "mine");
    assert!(!place.path("pathway/web-diploma.toml").exists(), "all or nothing");
}

#[test]
fn a_certificate_from_somebody_hostile_proves_nothing() {
    let place = Place::empty();
    let least = i64::MIN;
    for text in [
        "",
        "cairn certificate 1\n",
        "cairn certificate 1\nvar 1 x\nminimise 1*v0\nsolution 1\nstage 1 none\nroot\nend\n",
        "cairn certificate 1\nvar 1 x\nrow 1 1*v7\nsolution none\nend\n",
        "cairn certificate 1\nvar 1 x\nminimise 1*v0\nsolution 1\nstage 1 none\nroot\nclose : 1*better\nend\n",
        &format!(
            "cairn certificate 1\nvar 0 a\nrow 0 {least}*v0\nsolution 0\nstage 0 none\nclose : 1*better\nend\n"
        ),
        &format!("cairn certificate 1\n{}", "divide v0 1\n".repeat(100_000)),
    ] {
        place.write("proof.txt", text);
        let ran = place.run("verify proof.txt");
        assert_eq!(ran.code, Some(8), "{text:.80}: {}", ran.stderr);
        assert!(ran.stderr.contains("proves nothing"), "{}", ran.stderr);
    }
}

#[test]
fn a_proof_cannot_be_improved_by_hand() {
    let place = Place::with_learners();
    let audit = "audit halfway web-diploma --on 2026-03-01 --rules pathway --certificate proof.txt";
    assert_eq!(place.run(audit).code, Some(0));
    assert_eq!(place.run("verify proof.txt").code, Some(0));
    let proof = fs::read_to_string(place.path("proof.txt")).expect("readable");
    let lines: Vec<&str> = proof.lines().collect();
    for cut in 1..lines.len() {
        place.write("cut.txt", [&lines[..cut], &lines[cut + 1..]].concat().join("\n"));
        let ran = place.run("verify cut.txt");
        // A line of the problem that the proof does not need may be gone; everything else is missed.
        let is_problem = ["row", "minimise"].iter().any(|word| lines[cut].starts_with(word));
        assert!(ran.code == Some(8) || is_problem, "without line {cut}, `{}`: {}", lines[cut], ran.stdout);
    }
}

#[test]
fn two_first_imports_at_once_share_the_new_database() {
    for _ in 0..3 {
        let place = Place::empty();
        assert_eq!(place.run("init pathway").code, Some(0));
        let import = || place.command("learner import pathway/learners.json").stderr(Stdio::null()).spawn();
        let (mut one, mut other) = (import().expect("cairn runs"), import().expect("cairn runs"));
        assert_eq!(one.wait().expect("cairn ends").code(), Some(0));
        assert_eq!(other.wait().expect("cairn ends").code(), Some(0));
        assert_eq!(place.run("learner list").stdout.lines().count(), 4);
    }
}

#[test]
fn a_record_cannot_command_the_terminal() {
    let place = Place::empty();
    place.write(
        "h.csv",
        "learner,credential,name,evidence,attr.kind\na,c,\u{1b}[31mevil,\u{1b}[2J,\u{1b}]0;x\u{7}\n",
    );
    assert_eq!(place.run("learner import h.csv").code, Some(0));
    for command in ["learner show a", "learner list"] {
        let stdout = place.run(command).stdout;
        assert!(!stdout.contains(['\u{1b}', '\u{7}']), "{stdout:?}");
    }
}

#[test]
fn a_holding_can_be_revoked() {
    let place = Place::with_learners();
    let complete = "audit graduate web-certificate --require-complete --on 2026-03-01 --rules pathway";
    assert_eq!(place.run(complete).code, Some(0));
    assert_eq!(place.run("learner revoke graduate 1 --reason fraud").code, Some(0));
    assert_eq!(place.run(complete).code, Some(7));
    assert_eq!(place.run("learner revoke graduate 9").code, Some(3));
    assert_eq!(place.run("learner revoke graduate 0").code, Some(3));
    assert!(place.run("db verify").stdout.contains("the chain holds"));
}

/// Two editions take turns behind a link; each is sound, and half of each would not be.
#[test]
fn half_of_one_edition_and_half_of_the_next_is_never_read() {
    let place = Place::empty();
    for edition in ["one", "two"] {
        place.write(
            &format!("{edition}/a.toml"),
            format!("format = 1\n[credential]\n\"unit-{edition}\" = {{ title = \"U\", credits = 5 }}\n"),
        );
        place.write(
            &format!("{edition}/z.toml"),
            format!("format = 1\n[qualification]\nid = \"q\"\ntitle = \"Q\"\nall = [\"unit-{edition}\"]\n"),
        );
    }
    let (now, next) = (place.path("now"), place.path("next"));
    std::os::unix::fs::symlink("one", &now).expect("a link");
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for edition in ["two", "one"].into_iter().cycle() {
                std::os::unix::fs::symlink(edition, &next).expect("a link");
                fs::rename(&next, &now).expect("swapped");
                if is_over.load(std::sync::atomic::Ordering::Relaxed) {
                    return;
                }
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
        });
        let runs: Vec<_> = (0..30).map(|_| place.run("show q --rules now")).collect();
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
        let is_sound = |ran: &crate::Ran| ran.code == Some(0) || ran.stderr.contains("are being changed");
        for ran in &runs {
            assert!(is_sound(ran), "{}", ran.stderr);
        }
        assert!(runs.iter().filter(|ran| ran.code == Some(0)).count() > 10);
    });
}
