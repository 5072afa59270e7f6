//! Work on the project itself: `cargo xtask`.
#![expect(clippy::print_stdout, reason = "a command talks on stdout")]

use std::process::ExitCode;

fn main() -> ExitCode {
    let files: Vec<_> = std::env::args()
        .skip(1)
        .filter_map(|path| Some(cairn_core::SourceFile { text: std::fs::read_to_string(&path).ok()?, path }))
        .collect();
    let loading = cairn_core::load(&files);
    for finding in &loading.findings {
        let place = finding.labels.first().map(|label| {
            let file = &files[label.span.file as usize];
            let line = file.text[..(label.span.start as usize).min(file.text.len())].lines().count();
            format!("{}:{line}", file.path)
        });
        println!("{:?} {} {} {:?}", finding.code, place.unwrap_or_default(), finding.message, finding.help);
    }
    println!("{}", if loading.catalog.is_some() { "fine" } else { "not usable" });
    ExitCode::from(u8::from(loading.catalog.is_none()))
}
