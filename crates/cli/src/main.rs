//! The command line: arguments, files and exit codes, and nothing else.
//!
//! What rules mean, what an audit says and how it is worded is decided in the crates below; a
//! command reads its files, asks one of them, and prints the answer.

use std::process::ExitCode;

use clap::Parser as _;

mod arguments;

mod failure;

mod output;

mod rules;

mod record;

mod subject;

mod command;

fn main() -> ExitCode {
    // clap itself answers `--help` and wrong use, with exit code 2.
    let arguments = arguments::Arguments::parse();
    match command::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::failure(&failure);
            ExitCode::from(failure.exit.code())
        }
    }
}
