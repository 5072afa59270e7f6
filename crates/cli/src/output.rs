//! Data goes to stdout, talk to stderr. Colours only where a terminal wants them.

use std::io::{ErrorKind, Write as _};

use serde::Serialize;

use crate::failure::{Exit, Failure};

/// Prints an answer.
pub(crate) fn answer(text: &str) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    match written {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::new(Exit::File, format!("the answer cannot be written: {error}"))),
        Ok(()) => Ok(()),
    }
}

/// Prints an answer as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).expect("reports are plain data");
    answer(&format!("{text}\n"))
}

/// Says something about the work.
pub(crate) fn say(text: &str) {
    // Talk that nobody can hear is no failure.
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Says which commands follow from an answer.
pub(crate) fn follow(commands: &[String]) {
    let (first, rest) = commands.split_first().map_or((None, commands), |(first, rest)| (Some(first), rest));
    if let Some(first) = first {
        say(&format!("\nnext: {first}"));
        rest.iter().for_each(|command| say(&format!("      {command}")));
    }
}

/// Says why a command failed.
pub(crate) fn failure(failure: &Failure) {
    if !failure.message.is_empty() {
        say(&format!("error: {}", failure.message));
    }
    if let Some(help) = &failure.help {
        say(&format!(" help: {help}"));
    }
}
