//! Files of rows: what is read, and what is said of rows that are wrong.

use cairn_core::{Amount, Scalar, Source, State};
use cairn_storage::Store;
use cairn_storage::import::{Format, Input, Options, Progress, import};

use crate::support::{at, id, import_text, import_with, memory, problems, sqlite};

fn import_csv(store: &mut dyn Store, text: &str) -> Vec<String> {
    problems(&import_text(store, Format::Csv, text.as_bytes()))
}

fn problems_of(text: &[u8]) -> Vec<String> {
    let mut bench = memory();
    let outcome = import_text(bench.store.as_mut(), Format::Csv, text);
    assert_eq!(outcome.recorded.is_none(), outcome.problems_total > 0);
    assert_eq!(bench.store.learners(None, 1).expect("a list").is_empty(), outcome.problems_total > 0);
    problems(&outcome)
}

#[test]
fn every_column_of_a_holding_is_read() {
    let mut bench = sqlite();
    let text = "learner,credential,name,awarded,expires,grade,credits,scheme,issuer,source,state,evidence,attr.track,attr.ce\n\
        ada,cert.a,Ada,2024-02-29,2027-02-28,4.5,12,cats,\"Uni, West\",recognised,in-progress,doc 7,infra; app;3,false\n\
        ada,cert.b,,,,,,,,,,,,\n";
    assert_eq!(import_csv(bench.store.as_mut(), text), [""; 0]);
    let learner = bench.store.learner(&id("ada")).expect("read").expect("there").learner;
    assert_eq!(learner.name.as_deref(), Some("Ada"));
    let held = &learner.holdings[0];
    assert_eq!(held.awarded.map(|day| day.to_string()).as_deref(), Some("2024-02-29"));
    assert_eq!(held.expires.map(|day| day.to_string()).as_deref(), Some("2027-02-28"));
    assert_eq!(held.grade, Some(Amount::from_thousandths(4500)));
    assert_eq!(held.credits, Some(Amount::whole(12)));
    assert_eq!(held.scheme.as_ref().map(ToString::to_string).as_deref(), Some("cats"));
    assert_eq!(held.issuer.as_deref(), Some("Uni, West"));
    assert_eq!((held.source, held.state), (Source::Recognised, State::InProgress));
    assert_eq!(held.evidence.as_deref(), Some("doc 7"));
    let text = |word: &str| Scalar::Text(word.to_owned());
    assert_eq!(held.attributes["track"], [text("infra"), text("app"), Scalar::Number(Amount::whole(3))]);
    assert_eq!(held.attributes["ce"], [Scalar::Flag(false)]);
    assert!(learner.holdings[1].attributes.is_empty());
}

#[test]
fn what_earned_an_award_is_a_list() {
    let mut bench = sqlite();
    let text =
        "learner,credential,components\nada,diploma,cert.b; cert.a; cert.b\nada,cert.a,\nada,cert.b,\n";
    assert_eq!(import_csv(bench.store.as_mut(), text), [""; 0]);
    let learner = bench.store.learner(&id("ada")).expect("read").expect("there").learner;
    let names: Vec<_> =
        learner.holdings[0].components.iter().map(|(id, times)| (id.as_str(), *times)).collect();
    assert_eq!(names, [("cert.a", 1), ("cert.b", 2)]);
    assert!(learner.holdings[1].components.is_empty());
    let mut bench = sqlite();
    assert_eq!(import_csv(bench.store.as_mut(), "learner,credential,components\nada,diploma,a b\n").len(), 1);
}

#[test]
fn attestations_are_told_by_their_header() {
    let mut bench = sqlite();
    let text = "attestation,learner,amount,on,evidence\nhours,ada,12.5,2025-01-31,log\nlicence,ada,,,\n";
    assert_eq!(import_csv(bench.store.as_mut(), text), [""; 0]);
    let attestations = bench.store.learner(&id("ada")).expect("read").expect("there").learner.attestations;
    assert_eq!(attestations[0].amount, Amount::from_thousandths(12_500));
    assert_eq!((attestations[1].key.as_str(), attestations[1].amount), ("licence", Amount::ONE));
}

#[test]
fn marks_and_line_ends_of_other_systems_are_accepted() {
    let mut bench = memory();
    let text = "\u{feff}learner,credential\r\nada,cert.a\r\n\r\nbob,cert.a\r\n";
    assert_eq!(import_csv(bench.store.as_mut(), text), [""; 0]);
    assert_eq!(bench.store.learners(None, 9).expect("a list").len(), 2);
}

#[test]
fn importing_again_changes_nothing() {
    let mut bench = sqlite();
    let text = "learner,credential,awarded\nada,cert.a,2024-01-01\nbob,cert.a,\nada,cert.b,2024-01-01\n";
    let first = import_text(bench.store.as_mut(), Format::Csv, text.as_bytes());
    assert_eq!(first.recorded.map(|recorded| recorded.holdings), Some(3));
    let again = import_text(bench.store.as_mut(), Format::Csv, text.as_bytes());
    assert!(again.recorded.is_some_and(|recorded| recorded.is_nothing() && recorded.unchanged == 3));
}

#[test]
fn all_bad_rows_are_told_with_their_line_and_a_remedy() {
    let text = "learner,credential,awarded,grade,source,attr.x\n\
        ada,cert.a,2025-02-30,,,\n\
        ada,cert.b,20250301,4.12345,,\n\
        ,cert a,,-1,earnt,\n\
        ada,cert.c\n\
        ada,cert.d,,,,\n\
        аda,cert.e,,1e3,,\n";
    assert_eq!(
        problems_of(text.as_bytes()),
        [
            "line 2: `awarded` is `2025-02-30`, which is not a day of the calendar | write a day that exists as \
             YYYY-MM-DD, for example 2025-03-01",
            "line 3: `awarded` is `20250301`, which is not a day of the calendar | write a day that exists as \
             YYYY-MM-DD, for example 2025-03-01",
            "line 3: `grade`: `4.12345` has more than three decimal places | write a plain decimal, for example \
             12 or 4.5",
            "line 4: `learner` is empty | write the id as the institution or the catalog writes it",
            "line 4: `credential` is `cert a`: an id may not contain a space (letters a to z, digits and \
             `. _ + - / @` are allowed) | write the id as the institution or the catalog writes it",
            "line 4: `grade`: `-1` is not a plain decimal number (write it like `12` or `4.5`) | write a plain \
             decimal, for example 12 or 4.5",
            "line 4: no source is called `earnt` | did you mean `earned`?",
            "line 5: the row has 2 fields and the header has 6 | put a value that contains commas in double quotes",
            "line 7: `learner` is `аda`: an id may not contain the character U+0430 (letters a to z, digits and \
             `. _ + - / @` are allowed) | write the id as the institution or the catalog writes it",
            "line 7: `grade`: `1e3` is not a plain decimal number (write it like `12` or `4.5`) | write a plain \
             decimal, for example 12 or 4.5",
        ]
    );
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let text = "learner,credential,evidence\n\nada,cert.a,\"two\nlines\n\"\n\nada,,x\r\nada,,y\r\n\r\nada,,z";
    for mark in ["", "\u{feff}"] {
        let problems = problems_of([mark, text].concat().as_bytes());
        let lines: Vec<_> = problems.iter().map(|line| line[..7].to_owned()).collect();
        assert_eq!(lines, ["line 7:", "line 8:", "line 10"]);
    }
    // The same far into the file, where a line may end just where a buffer does.
    for rows in 700..760 {
        let text =
            ["learner,credential\n".to_owned(), "ada,cert.a\n".repeat(rows), "ada,\n".to_owned()].concat();
        assert!(problems_of(text.as_bytes())[0].starts_with(&format!("line {}:", rows + 2)));
    }
}

#[test]
fn headers_are_checked_and_the_column_that_was_meant_is_named() {
    let cases = [
        ("learner,credental\n", "line 1: no column is called `credental` | did you mean `credential`?"),
        ("Learner,credential\n", "line 1: no column is called `Learner` | did you mean `learner`?"),
        ("learner,attestaton\n", "line 1: no column is called `attestaton` | did you mean `attestation`?"),
        (
            "learner;credential\nada;cert.a\n",
            "line 1: the first line `learner;credential` is only one column | save the file with commas between the columns",
        ),
        ("learner,credential,learner\n", "line 1: there are two columns `learner` | keep one of them"),
        (
            "learner,credential,attr.\n",
            "line 1: `` cannot name an attribute | use one to 96 visible characters, for example `track`",
        ),
        (
            "learner,attestation,colour\n",
            "line 1: no column is called `colour` | the columns are `learner`, `attestation`, `amount`, `on`, `evidence`",
        ),
        (
            "ada,cert.a\n",
            "line 1: there is no column `learner` | the first line names the columns: `learner` and `credential`, or `learner` and `attestation`",
        ),
    ];
    for (text, expected) in cases {
        let problems = problems_of(text.as_bytes());
        assert!(problems.iter().any(|problem| problem == expected), "{text}: {problems:#?}");
    }
}

#[test]
fn bytes_that_are_no_text_are_the_fault_of_their_row() {
    let problems = problems_of(b"learner,credential,name\nada,cert.a,\xff\xfe\nbob,cert.b,\xc3\x28\n");
    let expected =
        |line: u8| format!("line {line}: the row is not UTF-8 text | save the file as `CSV UTF-8`");
    assert_eq!(problems, [expected(2), expected(3)]);
}

#[test]
fn a_quote_that_is_not_closed_does_not_fill_the_memory() {
    let mut text = b"learner,credential\nada,\"cert.a\n".to_vec();
    text.resize(20 << 20, b'x');
    let problems = problems_of(&text);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].contains("16777216 bytes | look for a quote that is not closed"), "{problems:?}");
}

#[test]
fn good_rows_are_kept_if_one_asks_for_it() {
    let mut bench = sqlite();
    let text = b"learner,credential\nada,cert.a\nbob,not valid\ncleo,cert.a\n";
    let outcome = import_with(bench.store.as_mut(), Format::Csv, text, Options { keep_going: true });
    assert_eq!((outcome.problems_total, outcome.recorded.map(|recorded| recorded.learners)), (1, Some(2)));
}

#[test]
fn without_a_header_there_are_no_good_rows_to_keep() {
    let text = b"learner,credental\nada,cert.a\n";
    let outcome = import_with(memory().store.as_mut(), Format::Csv, text, Options { keep_going: true });
    assert_eq!((outcome.recorded, outcome.problems_total), (None, 2));
}

#[test]
fn only_so_many_problems_are_kept_and_the_rest_are_counted() {
    let text = ["learner,credential\n".to_owned(), "ada,\n".repeat(250)].concat();
    let outcome = import_text(memory().store.as_mut(), Format::Csv, text.as_bytes());
    assert_eq!((outcome.problems.len(), outcome.problems_total), (100, 250));
}

#[test]
fn an_empty_file_has_no_rows() {
    for text in ["", "\u{feff}", "learner,credential\n"] {
        assert_eq!(problems_of_nothing(text), 0, "{text:?}");
    }
}

fn problems_of_nothing(text: &str) -> u64 {
    import_text(memory().store.as_mut(), Format::Csv, text.as_bytes()).problems_total
}

#[test]
fn progress_is_told_to_the_end() {
    let text = ["learner,credential\n".to_owned(), "ada,cert.a\n".repeat(1000)].concat();
    let (mut told, mut file) = (Vec::new(), text.as_bytes());
    let mut bench = memory();
    let mut progress = |progress: Progress| told.push(progress);
    let input = Input { format: Format::Csv, file: &mut file };
    import(bench.store.as_mut(), input, &at(1), Options::default(), &mut progress).expect("an import");
    assert_eq!(told.last(), Some(&Progress { rows: 1000, bytes: text.len() as u64 }));
    assert!(told.len() > 2 && told.is_sorted_by_key(|progress| (progress.rows, progress.bytes)));
}
