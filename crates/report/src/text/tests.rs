//! A run of tests as text, and in the JUnit form that build servers read.

use std::fmt::Write as _;

use crate::{
    report::{FailureView, TestView, TestsReport},
    text::{BAD, DIM, GOOD, heading, styled},
    words,
};

/// So many reasons are shown for one difference.
const BECAUSE_MAX: usize = 12;

/// All tests, by qualification; of those that fail, what was expected, what came, and why.
#[must_use]
pub fn tests(report: &TestsReport) -> String {
    let mut text = String::new();
    for tests in report.tests.chunk_by(|a, b| a.qualification == b.qualification) {
        let _ = writeln!(text, "{}", heading(&tests[0].qualification));
        for test in tests {
            let (icon, style) = if test.passed { ("✓", GOOD) } else { ("✗", BAD) };
            let beside = words::asked_beside(&test.beside);
            let _ = writeln!(text, "  {} {}{}", styled(style, icon), test.name, styled(DIM, &beside));
            for (at, failure) in test.failures.iter().enumerate() {
                // The same reasons are said once.
                let is_said = test.failures[..at].iter().any(|other| other.because == failure.because);
                difference(failure, is_said, &mut text);
            }
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{}", words::tests(report.passed, report.failed));
    text
}

fn difference(failure: &FailureView, is_said: bool, text: &mut String) {
    let FailureView { expected, got, path, line, because } = failure;
    let _ = writeln!(text, "      expected  {expected}  {}", styled(DIM, &format!("{path}:{line}")));
    let _ = writeln!(text, "      got       {got}");
    if is_said {
        return;
    }
    for (at, reason) in because.iter().take(BECAUSE_MAX).enumerate() {
        let label = if at == 0 { "because" } else { "" };
        let _ = write!(text, "      {label:<9} {}", reason.text);
        if let (Some(path), Some(line)) = (&reason.path, reason.line) {
            let _ = write!(text, "  {}", styled(DIM, &format!("{path}:{line}")));
        }
        text.push('\n');
    }
    let unsaid = because.len().saturating_sub(BECAUSE_MAX);
    if unsaid > 0 {
        let _ = writeln!(text, "                and {} more", words::count(unsaid as u64, "reason"));
    }
}

/// All tests in the JUnit form.
#[must_use]
pub fn junit(report: &TestsReport) -> String {
    let TestsReport { passed, failed, tests, .. } = report;
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(text, "<testsuites tests=\"{}\" failures=\"{failed}\">", passed + failed);
    for tests in tests.chunk_by(|a, b| a.qualification == b.qualification) {
        let failed = tests.iter().filter(|test| !test.passed).count();
        let _ = writeln!(
            text,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failed}\">",
            escaped(&tests[0].qualification),
            tests.len()
        );
        tests.iter().for_each(|test| case(test, &mut text));
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

fn case(test: &TestView, text: &mut String) {
    let TestView { name, qualification, path, line, failures, .. } = test;
    let [name, qualification, path] = [name, qualification, path].map(|text| escaped(text));
    let _ = write!(
        text,
        "    <testcase name=\"{name}\" classname=\"{qualification}\" file=\"{path}\" line=\"{line}\""
    );
    if failures.is_empty() {
        text.push_str("/>\n");
        return;
    }
    text.push_str(">\n");
    for failure in failures {
        let message = format!("expected {}, got {}", failure.expected, failure.got);
        let place = format!("{}:{}", failure.path, failure.line);
        let lines = std::iter::once(&place).chain(failure.because.iter().map(|reason| &reason.text));
        let lines: Vec<_> = lines.map(|line| escaped(line)).collect();
        let _ =
            writeln!(text, "      <failure message=\"{}\">{}</failure>", escaped(&message), lines.join("\n"));
    }
    text.push_str("    </testcase>\n");
}

/// Text as XML may hold it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in words::plain(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c => safe.push(c),
        }
    }
    safe
}
