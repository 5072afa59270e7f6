//! Files of records: what is read, and what is said of records that are wrong.

use std::io::{self, Read};

use cairn_core::{Amount, Scalar, Source, State};
use cairn_storage::import::{Format, ImportError, Input, Options, import};
use proptest::prelude::*;

use crate::support::{at, id, import_text, import_with, memory, problems, sqlite};

fn problems_of(text: &[u8]) -> Vec<String> {
    problems(&import_text(memory().store.as_mut(), Format::Json, text))
}

fn learners_of(text: &str) -> usize {
    let mut bench = memory();
    let outcome = import_text(bench.store.as_mut(), Format::Json, text.as_bytes());
    assert_eq!(problems(&outcome), [""; 0], "{text}");
    bench.store.learners(None, 100).expect("a list").len()
}

#[test]
fn every_field_is_read_and_numbers_are_exact() {
    let text = r#"[{"id": "ada", "name": "Ada", "holdings": ["cert.a", {"credential": "cert.b",
        "awarded": "2024-02-29", "expires": null, "grade": 4.125, "credits": "99999999.999", "scheme": "cats", "issuer": "Uni",
        "source": "transferred", "state": "planned", "evidence": "doc",
        "attributes": {"ce": false, "level": 5.10, "code": "5.10", "track": ["infra", true, 0.1]}}],
        "attestations": [{"key": "hours", "amount": 0.1, "on": "2025-01-01", "evidence": "log"}, {"key": "x"}]}]"#;
    let mut bench = sqlite();
    assert_eq!(problems(&import_text(bench.store.as_mut(), Format::Json, text.as_bytes())), [""; 0]);
    let learner = bench.store.learner(&id("ada")).expect("read").expect("there").learner;
    let held = &learner.holdings[1];
    assert_eq!(held.grade, Some(Amount::from_thousandths(4125)));
    assert_eq!(held.credits, Some(Amount::from_thousandths(99_999_999_999)));
    assert_eq!(held.scheme.as_ref().map(ToString::to_string).as_deref(), Some("cats"));
    assert_eq!((held.source, held.state, held.expires), (Source::Transferred, State::Planned, None));
    let tenth = Scalar::Number(Amount::from_thousandths(100));
    assert_eq!(held.attributes["track"], [Scalar::Text("infra".to_owned()), Scalar::Flag(true), tenth]);
    assert_eq!(held.attributes["level"], [Scalar::Number(Amount::from_thousandths(5100))]);
    assert_eq!(held.attributes["code"], [Scalar::Text("5.10".to_owned())]);
    assert_eq!(learner.attestations[0].amount, Amount::from_thousandths(100));
    assert_eq!(learner.attestations[1].amount, Amount::ONE);
}

#[test]
fn a_list_lines_and_records_over_several_lines_are_read() {
    assert_eq!(learners_of("[]"), 0);
    assert_eq!(learners_of(" \n"), 0);
    assert_eq!(learners_of("\u{feff}[{\"id\":\"a\"} , {\"id\":\"b\"}]\r\n"), 2);
    assert_eq!(learners_of("{\"id\":\"a\"}\n{\"id\":\"b\"}\r\n\n{\"id\":\"c\"}"), 3);
    assert_eq!(
        learners_of("{\n  \"id\": \"a\",\n  \"holdings\": [\n    {\"credential\": \"c\"}\n  ]\n}\n"),
        1
    );
    assert_eq!(learners_of("{\"id\":\"a\",\"name\":\"}\\\"]{[\\\\\"}{\"id\":\"b\"}"), 2);
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_a_remedy() {
    let cases: [(&str, &[&str]); 15] = [
        (
            "[{\"id\": \"a\", \"holdngs\": []},\n {\"id\": \"b\", \"x\": 1}]",
            &[
                "line 1, column 22 (record 1): no field is called `holdngs` | did you mean `holdings`?",
                "line 2, column 16 (record 2): no field is called `x` | the fields are `id`, `name`, `holdings`, `attestations`",
            ],
        ),
        (
            "{\"id\": \"a\", \"holdings\": [{\"credential\": \"c\", \"awarded\": \"2025-02-30\", \"grade\": 1e2}]}",
            &[
                "line 1, column 1 (record 1): `awarded` is `2025-02-30`, which is not a day of the calendar | write a day that exists as YYYY-MM-DD, for example 2025-03-01",
                "line 1, column 1 (record 1): `grade`: `1e2` is not a plain decimal number (write it like `12` or `4.5`) | write a plain decimal, for example 12 or 4.5",
            ],
        ),
        (
            "{\"id\": \"a\"\n{\"id\": \"b\",}\n{\"id\": \"c\"}\n{\"id\": 5}",
            &[
                "line 1, column 10 (record 1): the record is not JSON: EOF while parsing an object | look for a missing quote, comma or bracket just before this place",
                "line 2, column 12 (record 2): the record is not JSON: trailing comma | look for a missing quote, comma or bracket just before this place",
                "line 4, column 8 (record 4): invalid type: integer `5`, expected a string | a record is `{\"id\": …, \"name\": …, \"holdings\": […], \"attestations\": […]}`",
            ],
        ),
        (
            "[{\"id\": \"a\"}",
            &[
                "line 1, column 13 (record 1): the list is not closed with `]` | the file may have been cut off: make it again",
            ],
        ),
        (
            "[{\"id\": \"a\"},]",
            &["line 1, column 15 (record 1): a comma stands before the closing `]` | remove it"],
        ),
        (
            "[{\"id\": \"a\"} {\"id\": \"b\"}]",
            &[
                "line 1, column 14 (record 1): a comma is missing before this record | put a comma between two records",
            ],
        ),
        (
            "[{\"id\": \"a\"},,{\"id\": \"b\"}]",
            &["line 1, column 15 (record 1): a record is missing before this comma | remove the comma"],
        ),
        ("[] x", &["line 1, column 4: something follows the closing `]` | end the file there"]),
        (
            "[{\"name\": \"a\"}]",
            &[
                "line 1, column 14 (record 1): missing field `id` | a record is `{\"id\": …, \"name\": …, \"holdings\": […], \"attestations\": […]}`",
            ],
        ),
        (
            "[{\"id\": \"a\", \"id\": \"b\"}]",
            &[
                "line 1, column 17 (record 1): duplicate field `id` | a record is `{\"id\": …, \"name\": …, \"holdings\": […], \"attestations\": […]}`",
            ],
        ),
        (
            "{\"id\": \"a\", \"holdings\": [{\"credential\": \"c\", \"attributes\": {\"x\": 1, \"x\": 2}}]}",
            &[
                "line 1, column 75 (record 1): duplicate attribute `x` | a record is `{\"id\": …, \"name\": …, \"holdings\": […], \"attestations\": […]}`",
            ],
        ),
        (
            "{\"id\": \"a\", \"holdings\": [{\"credential\": \"c\", \"attributes\": {\"x\": {\"y\": 1}, \"z\": null}}]}",
            &[
                "line 1, column 1 (record 1): `x` is `{\"y\": 1}`, which is not a value | write true, false, a number, a text or a list of these",
                "line 1, column 1 (record 1): `z` is `null`, which is not a value | write true, false, a number, a text or a list of these",
            ],
        ),
        (
            "hello",
            &[
                "line 1, column 1 (record 1): the record is not JSON: expected value | look for a missing quote, comma or bracket just before this place",
            ],
        ),
        (
            "[\"cert.a\"]",
            &[
                "line 1, column 9 (record 1): invalid type: string \"cert.a\", expected a learner | a record is `{\"id\": …, \"name\": …, \"holdings\": […], \"attestations\": […]}`",
            ],
        ),
        (
            "{\"id\": \"a\", \"holdings\": [{\"credential\": \"c\", \"state\": \"revokd\"}]}",
            &["line 1, column 1 (record 1): no state is called `revokd` | did you mean `revoked`?"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(problems_of(text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn bytes_that_are_no_text_are_the_fault_of_their_record() {
    let problems =
        problems_of(b"{\"id\": \"a\", \"name\": \"\xff\"}\n{\"id\": \"\xc3\x28\"}\n{\"id\": \"c\"}\n");
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(
        problems[0].starts_with("line 1, column 2") && problems[1].starts_with("line 2, "),
        "{problems:?}"
    );
}

#[test]
fn depth_and_size_are_bounded() {
    for bomb in [
        "[",
        "{\"a\":",
        "[{\"id\":[",
        "{\"id\":\"a\",\"holdings\":[{\"credential\":\"c\",\"attributes\":{\"x\":[",
    ] {
        let text = bomb.repeat(200_000);
        assert!(!problems_of(text.as_bytes()).is_empty(), "{bomb}");
    }
    let endless = io::repeat(b'x').take(20 << 20);
    let mut file = b"[{\"id\": \"".chain(endless);
    let input = Input { format: Format::Json, file: &mut file };
    let outcome = import(memory().store.as_mut(), input, &at(1), Options::default(), &mut |_| {});
    let problems = problems(&outcome.expect("an import"));
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("line 1, column 2 (record 1): the record has more than 16777216 bytes"));
}

#[test]
fn good_records_are_kept_if_one_asks_for_it() {
    let mut bench = memory();
    let text = b"{\"id\": \"a\"}\n{\"id\": \"b\"\n{\"id\": \"c\"}\n";
    let outcome = import_with(bench.store.as_mut(), Format::Json, text, Options { keep_going: true });
    assert_eq!((outcome.problems_total, outcome.read.rows), (1, 3));
    assert_eq!(bench.store.learners(None, 9).expect("a list").len(), 2);
}

#[test]
fn a_file_that_cannot_be_read_to_its_end_is_not_imported() {
    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the cable is out"))
        }
    }

    for (format, text) in
        [(Format::Json, "[{\"id\": \"a\"},"), (Format::Csv, "learner,credential\nada,cert.a\n")]
    {
        let mut bench = sqlite();
        let mut file = text.as_bytes().chain(Broken);
        let input = Input { format, file: &mut file };
        let result = import(bench.store.as_mut(), input, &at(1), Options { keep_going: true }, &mut |_| {});
        assert!(matches!(result, Err(ImportError::Read(_))));
        assert!(bench.store.learners(None, 9).expect("a list").is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(
        text in "[\\[\\]{},:\"\\\\ \n0-9a-z]{0,60}",
        bytes in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        for format in [Format::Json, Format::Csv] {
            import_text(memory().store.as_mut(), format, text.as_bytes());
            import_text(memory().store.as_mut(), format, &bytes);
            import_text(memory().store.as_mut(), format, &[b"learner,credential\n".as_slice(), &bytes].concat());
            import_text(memory().store.as_mut(), format, &[b"[{\"id\":\"a\",".as_slice(), text.as_bytes()].concat());
        }
    }
}
