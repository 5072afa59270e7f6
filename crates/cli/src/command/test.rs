//! `cairn test`: all tests that stand beside the rules.

use std::path::PathBuf;

use cairn_core::Severity;
use cairn_report::{TestsReport, text, words};

use crate::{
    arguments::TestFormat,
    failure::{Exit, Failure},
    output,
    rules::Rules,
};

pub(super) fn run(paths: &[PathBuf], format: TestFormat) -> Result<(), Failure> {
    let rules = Rules::read(paths)?;
    rules.all_readable()?;
    let Some(catalog) = &rules.loading.catalog else {
        rules.print(Some(Severity::Error));
        return Err(Failure::said(Exit::Rules).help("`cairn check` shows everything that was found"));
    };
    let outcomes: Vec<_> = catalog.tests().iter().map(|test| cairn_engine::run_test(catalog, test)).collect();
    let report = TestsReport::new(catalog, &rules.files, &outcomes);
    match format {
        TestFormat::Json => output::json(&report)?,
        TestFormat::Junit => output::answer(&text::junit(&report))?,
        TestFormat::Text if report.tests.is_empty() => {}
        TestFormat::Text => output::answer(&text::tests(&report))?,
    }
    if report.tests.is_empty() {
        output::say(&words::no_tests(rules.files.len()));
    }
    if report.failed > 0 { Err(Failure::said(Exit::Rules)) } else { Ok(()) }
}
