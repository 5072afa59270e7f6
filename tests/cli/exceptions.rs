//! Exceptions: what they change is shown first, somebody else grants them, another edition asks anew.

use std::fs;

use insta::assert_snapshot;

use crate::Place;

const ASK: &str = "exception ask halfway web-certificate choice --waive --actor tutor --reason abroad";

fn place() -> Place {
    let place = Place::empty();
    for command in ["init pathway", "learner import pathway/learners.json", "publish 2026 --rules pathway"] {
        let ran = place.run(command);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    }
    place
}

fn verdict(place: &Place, options: &str) -> String {
    let ran = place.run(&format!("audit halfway web-certificate --json --on 2026-03-01 {options}"));
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).expect(&ran.stderr);
    json["audits"][0]["verdict"].as_str().expect("a verdict").to_owned()
}

#[test]
fn an_exception_holds_once_somebody_else_grants_it() {
    let place = place();
    let ran = place.run(&format!("{ASK} --rules pathway --on 2026-03-01 --only-show"));
    assert_snapshot!(ran.stdout, @r"
    “One unit of your choice” of web-certificate is waived

      Certificate in Web Pages (web-certificate): 1 of 2 credentials to earn; it would be complete
      Diploma in Web Pages (web-diploma): 15 of 20 credits to earn, in 2 credentials; 1 confirmation open; nothing would change
    ");
    assert_eq!(place.run("exception list --rules pathway").stdout, "", "nothing is recorded");
    assert_eq!(place.run(&format!("{ASK} --rules pathway")).code, Some(0));
    assert_eq!(verdict(&place, "--rules pathway"), "remaining", "it is only asked for");
    let ran = place.run("exception grant halfway 1 --actor tutor --reason ok --rules pathway");
    assert_snapshot!(ran.said(), @r"
    exit 5
    error: `tutor` has asked for exception 1, so somebody else must grant it
     help: say who grants it: `--actor NAME`
    ");
    let ran = place.run("exception grant halfway 1 --actor dean --reason ok --rules pathway");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(verdict(&place, "--rules pathway"), "complete");
    let text = place.run("audit halfway web-certificate --rules pathway --on 2026-03-01 --keep").stdout;
    assert!(
        text.contains("1. “One unit of your choice” of web-certificate is waived: is granted ("),
        "{text}"
    );
    assert_eq!(place.run("db verify").code, Some(0), "the audit that was kept is about the record as it is");

    // Another edition of the rules: it is kept, does not hold, and is listed.
    let rules = fs::read_to_string(place.path("pathway/web-certificate.toml")).expect("rules");
    place.write("pathway/web-certificate.toml", rules.replace("of your choice", "you like"));
    assert_eq!(verdict(&place, "--rules pathway"), "remaining");
    assert_eq!(verdict(&place, "--edition 2026"), "complete");
    let listed = place.run("exception list --rules pathway").stdout;
    assert!(
        listed.starts_with("halfway  1. “One unit you like” of web-certificate is waived: needs review"),
        "{listed}"
    );
    let ran = place.run("exception grant halfway 1 --actor dean --reason still --rules pathway");
    assert_snapshot!(ran.said(), @r"
    exit 3
    error: exceptions are made to published rules only, and these are not published
     help: publish them first: `cairn publish LABEL`
    ");
    assert_eq!(place.run("publish 2027 --rules pathway").code, Some(0));
    assert_eq!(
        place.run("exception grant halfway 1 --actor dean --reason still --rules pathway").code,
        Some(0)
    );
    assert_eq!(verdict(&place, "--rules pathway"), "complete");
    assert_eq!(place.run("exception withdraw halfway 1 --reason found --rules pathway").code, Some(0));
    assert_eq!(verdict(&place, "--rules pathway"), "remaining");
    assert_eq!(verdict(&place, "--edition 2026"), "complete");
}

#[test]
fn what_counts_by_an_exception_says_so() {
    let place = place();
    let rules = fs::read_to_string(place.path("pathway/web-certificate.toml")).expect("rules");
    let strict = rules.replace("from  = \"web-units\"", "from  = \"web-units\"\nmin_grade = 4");
    assert_ne!(rules, strict);
    place.write("pathway/web-certificate.toml", strict);
    place.write("more.csv", "learner,credential,awarded,grade\nhalfway,css-layout,2026-02-01,1\n");
    for command in [
        "learner import more.csv",
        "publish strict --rules pathway",
        "exception ask halfway web-certificate choice --count-here css-layout --reason ill --rules pathway",
        "exception grant halfway 1 --actor dean --reason certificate --rules pathway",
    ] {
        let ran = place.run(command);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    }
    let text = place.run("audit halfway web-certificate --why --on 2026-03-01 --rules pathway").stdout;
    let why = text.split_once("\nWhy\n").expect("reasons").1;
    assert_snapshot!(why, @r"
    [1] HTML basics (html-basics) of 2025-09-15 counts toward “HTML basics” in “Foundations”
    [2] CSS layout (css-layout) of 2026-02-01 counts toward “One unit of your choice”, by exception 1 of dean
    ");
}

#[test]
fn what_cannot_be_granted_is_refused_with_its_reason() {
    let place = place();
    let ask = |what: &str| {
        let ran =
            place.run(&format!("exception ask halfway web-certificate {what} --reason x --rules pathway"));
        let error = ran.stderr.lines().next().unwrap_or_default().to_owned();
        (ran.code, error)
    };
    let said = [
        "nowhere --waive",
        "choice --allow nothing",
        "choice --amount 1",
        "foundations --amount 1",
        "foundations --allow css-layout",
        "--waive",
    ]
    .map(|what| format!("{what}: {:?}", ask(what)));
    assert_snapshot!(said.join("\n"), @r#"
    nowhere --waive: (Some(3), "error: the exception cannot be made to these rules: no requirement is named `nowhere`")
    choice --allow nothing: (Some(3), "error: the exception cannot be made to these rules: no credential is named `nothing`")
    choice --amount 1: (Some(3), "error: the exception cannot be made to these rules: `choice` asks for no more than that")
    foundations --amount 1: (Some(3), "error: the exception cannot be made to these rules: `foundations` asks for no amount of its own")
    foundations --allow css-layout: (Some(3), "error: the exception cannot be made to these rules: `foundations` takes no credentials, so that none can be allowed there")
    --waive: (Some(3), "error: the exception cannot be made to these rules: `web-certificate` is the qualification itself, which is not waived")
    "#);
    assert_eq!(ask("choice").0, Some(2), "it grants nothing");
    assert_eq!(ask("choice --waive --amount 1").0, Some(2), "it grants two things");
    let ran = place.run("exception grant halfway 1 --actor dean --reason x --rules pathway");
    assert_snapshot!(ran.said(), @r"
    exit 3
    error: `halfway` has no exception 1
     help: `cairn exception list halfway` lists them
    ");
}

#[test]
fn the_same_for_another_time_is_another_exception() {
    let place = place();
    for (number, time) in [(1, ""), (2, "--until 2090-12-31")] {
        let ask = || place.run(&format!("{ASK} --rules pathway {time}")).said();
        assert!(ask().contains(&format!("exception {number} of `halfway` is asked for")));
        let grant = format!("exception grant halfway {number} --actor dean --reason ok --rules pathway");
        assert_eq!(place.run(&grant).code, Some(0));
        assert!(
            ask().contains(&format!("exception {number} of `halfway` is the same, and is granted already"))
        );
    }
    let ran = place.run("exception withdraw halfway 2 --reason twice --rules pathway --on 2026-03-01");
    assert!(
        ran.stdout.contains("every requirement is met; nothing would change"),
        "the other still holds: {}",
        ran.stdout
    );
    assert_eq!(verdict(&place, "--rules pathway"), "complete");
}

#[test]
fn the_effect_is_that_of_the_day_on_which_it_begins() {
    let place = place();
    let grant_1 = "exception grant halfway 1 --actor dean --reason ok --rules pathway";
    assert_eq!(place.run(&format!("{ASK} --rules pathway --until 2090-12-31")).code, Some(0));
    assert_eq!(place.run(grant_1).code, Some(0));
    let ran = place.run(&format!("{ASK} --rules pathway --from 2091-01-01 --only-show"));
    assert!(ran.stdout.contains("it would be complete"), "the first has ended: {}", ran.stdout);
}
