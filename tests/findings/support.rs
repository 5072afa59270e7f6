//! The one helper that touches the API.

use std::{fmt::Write as _, fs, path::Path};

use cairn_core::{Loading, Severity, SourceFile, Span, load};

/// What is found in these files, compactly: place, weight, code, message; help; further places.
pub(crate) fn findings(files: &[(&str, &str)]) -> String {
    let files: Vec<_> = files.iter().map(|(path, text)| file(path, text)).collect();
    render(&load(&files), &files)
}

/// What is found in one file of format 1.
pub(crate) fn of_one(text: &str) -> String {
    findings(&[("r.toml", &format!("format = 1\n{text}"))])
}

pub(crate) fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned() }
}

pub(crate) fn render(loading: &Loading, files: &[SourceFile]) -> String {
    let mut text = String::new();
    for finding in &loading.findings {
        let main = finding.labels.first().map_or("the files".to_owned(), |label| place(label.span, files));
        let weight = match finding.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        writeln!(text, "{main} {weight}[{}] {}", finding.code.word(), finding.message).unwrap();
        if let Some(help) = &finding.help {
            writeln!(text, "  help: {help}").unwrap();
        }
        for label in finding.labels.iter().filter(|label| !label.text.is_empty()) {
            writeln!(text, "  {} {}", place(label.span, files), label.text).unwrap();
        }
    }
    if loading.catalog.is_none() && text.is_empty() {
        text.push_str("no catalog and no finding: a fault of Cairn");
    }
    text.trim_end().to_owned()
}

/// `path:line:column` of a place.
fn place(span: Span, files: &[SourceFile]) -> String {
    let file = &files[span.file as usize];
    let before = &file.text[..span.start as usize];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    format!("{}:{line}:{column}", file.path)
}

/// The folders of `pathways/` with their rule files, by name.
pub(crate) fn pathways() -> Vec<(String, Vec<SourceFile>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pathways");
    let within = |folder: &Path| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<_> = within(&root).chain(within(&root.join("conformance"))).collect();
    folders.retain(|folder| folder.is_dir() && !rule_files(folder).is_empty());
    folders.sort();
    folders.iter().map(|folder| (name(folder), rule_files(folder))).collect()
}

fn rule_files(folder: &Path) -> Vec<SourceFile> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    paths.iter().map(|path| file(&name(path), &fs::read_to_string(path).unwrap())).collect()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
