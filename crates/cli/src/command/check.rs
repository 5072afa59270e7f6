//! `cairn check`: all findings of all rule files.

use std::path::PathBuf;

use cairn_core::Severity;
use serde::Serialize;

use crate::{
    arguments::FindingFormat,
    failure::{Exit, Failure},
    output,
    rules::Rules,
};

/// A finding for programs.
#[derive(Serialize)]
struct FindingView {
    code: &'static str,
    severity: &'static str,
    path: String,
    line: usize,
    column: usize,
    message: String,
    help: Option<String>,
}

/// All findings for programs.
#[derive(Serialize)]
struct FindingsView {
    format_version: u32,
    findings: Vec<FindingView>,
}

pub(super) fn run(paths: &[PathBuf], format: FindingFormat, is_tour: bool) -> Result<(), Failure> {
    let rules = Rules::read(paths)?;
    let views: Vec<_> = rules.loading.findings.iter().map(|finding| view(&rules, finding)).collect();
    let errors = views.iter().filter(|view| view.severity == "error").count();
    let warnings = views.len() - errors;
    match format {
        FindingFormat::Text => rules.print(None),
        FindingFormat::Concise => {
            let lines = views.iter().map(|view| {
                format!(
                    "{}:{}:{}: {}[{}]: {}\n",
                    view.path, view.line, view.column, view.severity, view.code, view.message
                )
            });
            output::answer(&lines.collect::<String>())?;
        }
        FindingFormat::Json => output::json(&FindingsView { format_version: 1, findings: views })?,
    }
    rules.all_readable()?;
    if let Some(catalog) = &rules.loading.catalog {
        output::say(&format!(
            "{}, {} and {}: {}",
            count(rules.files.len(), "file"),
            count(catalog.qualifications().len(), "qualification"),
            count(catalog.credentials().len(), "credential"),
            if warnings == 0 { "no findings".to_owned() } else { count(warnings, "warning") },
        ));
        let rules = paths.iter().filter(|path| path.as_os_str() != ".");
        let rules: String = rules.map(|path| format!(" --rules {}", path.display())).collect();
        if !is_tour {
            output::follow(&[format!("cairn show{rules}"), format!("cairn graph --output graph.svg{rules}")]);
        }
        return Ok(());
    }
    output::say(&format!(
        "{} and {} in {}",
        count(errors, "error"),
        count(warnings, "warning"),
        count(rules.files.len(), "file")
    ));
    Err(Failure::said(Exit::Rules))
}

fn view(rules: &Rules, finding: &cairn_core::Diagnostic) -> FindingView {
    let (path, line, column) = rules.place(finding);
    let severity = match finding.code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (message, help) = (finding.message.clone(), finding.help.clone());
    FindingView { code: finding.code.word(), severity, path, line, column, message, help }
}

fn count(number: usize, thing: &str) -> String {
    cairn_report::words::count(number as u64, thing)
}
