//! The pages about commands, from what the program says about itself, and those that tests write.

use std::{
    fs, io,
    path::PathBuf,
    process::{Command, Stdio},
};

/// What stands above the commands.
const INTRODUCTION: &str = include_str!("docs/cli.md");

/// Writes the pages.
pub(crate) fn write() -> io::Result<()> {
    fs::write(path(), page()?)?;
    bless("cairn-cli", "documents", "the_schema_of_the_rule_format_is_current")?;
    bless("cairn-testkit", "pathways", "the_page_about_conformance_is_current")
}

/// Has a test write the page that it compares.
fn bless(package: &str, target: &str, test: &str) -> io::Result<()> {
    let status = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--package", package, "--test", target, test])
        .current_dir(root())
        .env("CAIRN_BLESS", "1")
        .stdout(Stdio::null())
        .status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("`{test}` did not write its page"))) }
}

/// Fails if the page is not what would be written.
pub(crate) fn check() -> io::Result<()> {
    if fs::read_to_string(path())? == page()? {
        return Ok(());
    }
    Err(io::Error::other("`docs/reference/cli.md` is stale; write it anew with `cargo xtask docs`"))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn path() -> PathBuf {
    root().join("docs/reference/cli.md")
}

fn page() -> io::Result<String> {
    let mut page = INTRODUCTION.to_owned();
    // A stack of the commands still to be described, the next one last.
    let mut open = vec![Vec::new()];
    while let Some(command) = open.pop() {
        let help = help(&command)?;
        let level = if command.len() < 2 { "##" } else { "###" };
        let name: Vec<_> = std::iter::once("cairn").chain(command.iter().map(String::as_str)).collect();
        page.push_str(&format!("\n{level} `{}`\n\n```text\n{help}```\n", name.join(" ")));
        let below = subcommands(&help).map(|word| [command.clone(), vec![word.to_owned()]].concat());
        open.extend(below.collect::<Vec<_>>().into_iter().rev());
    }
    Ok(page)
}

/// What a command prints for `--help`, whatever the environment says.
fn help(command: &[String]) -> io::Result<String> {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "cairn-cli", "--"])
        .args(command)
        .arg("--help")
        .current_dir(root())
        .env_remove("CAIRN_RULES")
        .env_remove("CAIRN_DB")
        .env_remove("CAIRN_ACTOR")
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text.trim_end().lines().map(|line| line.trim_end().to_owned() + "\n").collect())
}

/// The commands that a help text lists, except the one that prints help.
fn subcommands(help: &str) -> impl Iterator<Item = &str> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let words = listed.map_while(|line| line.split_whitespace().next());
    words.filter(|word| *word != "help")
}
