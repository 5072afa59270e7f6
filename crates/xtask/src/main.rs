//! Work on the project itself: `cargo xtask`.
//!
//! `cargo xtask docs` writes the pages of `docs/reference` that the program knows best;
//! `cargo xtask docs --check` says whether they are as the program would write them now.
#![expect(clippy::print_stderr, reason = "a command talks on stderr")]

use std::{io, process::ExitCode};

mod docs;

const USAGE: &str = "usage: cargo xtask docs [--check]";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["docs"] => docs::write(),
        ["docs", "--check"] => docs::check(),
        _ => Err(io::Error::other(USAGE)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
