//! Rules that stand in one text.

use cairn_core::SourceFile;

/// The files of a text, in which a line `---` divides them; that they are of format 1 goes without saying.
#[must_use]
pub fn files(rules: &str) -> Vec<SourceFile> {
    let file = |(at, text): (usize, &str)| SourceFile {
        path: format!("{at}.toml"),
        text: format!("format = 1\n{text}"),
    };
    rules.split("---").enumerate().map(file).collect()
}
