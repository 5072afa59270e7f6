//! Everything that is printed in the README and the guides, run.
//!
//! A document is a session in a folder of its own. A `toml` or `csv` block that begins with
//! `# file: NAME` writes that file; a `console` block runs its `$` lines with a POSIX shell and
//! compares what they print, where `[..]` stands for any text within a line and `...` for any
//! lines. `CAIRN_BLESS=1` writes what was printed into the document instead, to be read before it
//! is committed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project is there")
}

/// A fenced block: its language, and its lines with the number of the first.
struct Block {
    language: String,
    first: usize,
    lines: Vec<String>,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in text.lines().enumerate() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(language), None) => {
                open = Some(Block { language: language.to_owned(), first: number + 1, lines: Vec::new() });
            }
            (Some(_), Some(block)) => blocks.push(block),
            (None, Some(mut block)) => {
                block.lines.push(line.to_owned());
                open = Some(block);
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

/// Runs one shell command in the session's folder; stdout and stderr as a person sees them.
fn run(command: &str, folder: &Path) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_cairn")).parent().expect("in a folder").to_owned();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(folder)
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .env_remove("CAIRN_RULES")
        .env_remove("CAIRN_DB")
        .output()
        .expect("a shell");
    let mut printed = String::from_utf8(output.stdout).expect("text");
    match output.status.code() {
        Some(0) => {}
        code => {
            printed.push_str(&format!("? {}\n", code.map_or("signal".to_owned(), |code| code.to_string())))
        }
    }
    printed
}

/// Runs a document; what its console blocks should say, where they say something else.
fn session(document: &Path) -> Vec<(usize, String, String)> {
    let text = fs::read_to_string(document).expect("the document is there");
    let folder = tempfile::tempdir().expect("a folder");
    // Documents speak of the shipped pathways by their place in the project.
    std::os::unix::fs::symlink(root().join("pathways"), folder.path().join("pathways")).expect("a link");
    let mut wrong = Vec::new();
    for block in blocks(&text) {
        if let Some(name) = block.lines.first().and_then(|line| line.strip_prefix("# file: ")) {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
            let content = if name.ends_with(".toml") { &block.lines[..] } else { &block.lines[1..] };
            fs::write(path, content.join("\n") + "\n").expect("written");
        }
        if block.language != "console" {
            continue;
        }
        let mut printed = String::new();
        for command in block.lines.iter().filter_map(|line| line.strip_prefix("$ ")) {
            printed.push_str(&format!("$ {command}\n{}", run(command, folder.path())));
        }
        let expected = block.lines.join("\n") + "\n";
        let pattern = snapbox::Data::text(expected.clone());
        let actual = snapbox::Data::text(printed.clone());
        if snapbox::Assert::new().action_env("CAIRN_NEVER").try_eq(Some(&"block"), actual, pattern).is_err() {
            wrong.push((block.first, expected, printed));
        }
    }
    wrong
}

fn check(document: &str) -> Vec<String> {
    let path = root().join(document);
    let wrong = session(&path);
    if !wrong.is_empty() && std::env::var_os("CAIRN_BLESS").is_some() {
        let mut text = fs::read_to_string(&path).expect("the document is there");
        for (_, expected, printed) in &wrong {
            text =
                text.replacen(&format!("```console\n{expected}```"), &format!("```console\n{printed}```"), 1);
        }
        fs::write(&path, text).expect("written");
    }
    let shown = wrong.iter().map(|(line, expected, printed)| {
        format!("{document}:{line}\n--- the document says\n{expected}--- it prints\n{printed}")
    });
    shown.collect()
}

/// All Markdown files that promise that their blocks run.
fn documents() -> Vec<String> {
    let mut found = vec!["README.md".to_owned()];
    for folder in ["docs/guides", "docs/reference", "docs/concepts"] {
        for entry in fs::read_dir(root().join(folder)).expect("docs are there") {
            let path = entry.expect("readable").path();
            if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path.strip_prefix(root()).expect("inside").to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_block_of_every_document_runs() {
    let documents = documents();
    let wrong: Vec<String> = documents.iter().flat_map(|document| check(document)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(documents.len() > 5, "the documents are found");
}

/// Complete rule files in the documents have no findings. A fragment says so: `toml,fragment`.
#[test]
fn every_rule_file_in_a_document_is_sound() {
    for document in documents() {
        let text = fs::read_to_string(root().join(&document)).expect("readable");
        for block in blocks(&text).into_iter().filter(|block| block.language == "toml") {
            let is_session_file = block.lines.first().is_some_and(|line| line.starts_with("# file: "));
            if is_session_file {
                // It may lean on the other files of its session, which `cairn check` there shows.
                continue;
            }
            let file = cairn_core::SourceFile { path: document.clone(), text: block.lines.join("\n") };
            let findings = cairn_core::load(&[file]).findings;
            assert_eq!(findings, [], "{document}:{}", block.first);
        }
    }
}

/// Links between documents lead somewhere.
#[test]
fn every_link_leads_to_a_file() {
    let mut all = documents();
    all.extend(["ARCHITECTURE.md", "CHANGELOG.md", "docs/glossary.md"].map(str::to_owned));
    for document in all {
        let path = root().join(&document);
        let text = fs::read_to_string(&path).expect("readable");
        for part in text.split("](").skip(1) {
            let target = part.split([')', '#']).next().unwrap_or_default();
            let is_ours = !target.is_empty() && !target.contains("://") && !target.contains(' ');
            let linked = path.parent().expect("in a folder").join(target);
            assert!(!is_ours || linked.exists(), "{document} links to {target}");
        }
    }
}

/// The schema in the documents is what the program prints.
#[test]
fn the_schema_of_the_rule_format_is_current() {
    let path = root().join("docs/reference/cairn.schema.json");
    let printed = run("cairn schema", &root());
    if std::env::var_os("CAIRN_BLESS").is_some() {
        fs::write(&path, &printed).expect("written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == printed,
        "`docs/reference/cairn.schema.json` is stale: `CAIRN_BLESS=1` writes it anew"
    );
}

/// What the README tells a new user to type is what CI types.
#[test]
fn the_commands_of_the_readme_are_those_of_ci() {
    let readme = fs::read_to_string(root().join("README.md")).expect("readable");
    let script = fs::read_to_string(root().join(".ci/run")).expect("readable");
    let commands: Vec<String> = blocks(&readme)
        .into_iter()
        .filter(|block| block.language == "sh")
        .flat_map(|block| block.lines)
        .filter(|line| line.starts_with("cargo "))
        .collect();
    assert_eq!(commands, ["cargo run --release -- demo", "cargo test --workspace"]);
    for command in commands {
        assert!(script.contains(&command), "`{command}` is not in .ci/run");
    }
}
