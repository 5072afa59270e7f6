//! Reads files of holdings and attestations into a store, one record at a time.
//!
//! A file is checked to its end, so that all that is wrong with it is told at once. Unless asked
//! to keep going, one bad row keeps the whole file out. Facts that are on record already change
//! nothing, so a file may be imported again.

use std::fmt;
use std::io::{self, Read};
use std::path::Path;

use cairn_core::Learner;

use crate::store::Abandon;
use crate::value::Complaint;
use crate::{Context, Recorded, Store, StoreError};

mod csv;

mod frame;

mod json;

/// How many problems an import keeps; the rest are only counted.
pub const PROBLEMS_KEPT_MAX: usize = 100;

/// The largest row or record, in bytes.
pub const RECORD_BYTES_MAX: usize = 16 << 20;

/// How often the progress is told, in rows.
const PROGRESS_ROWS: u64 = 256;

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Rows of holdings (`learner`, `credential`, …) or of attestations (`learner`,
    /// `attestation`, …); the header says which.
    Csv,
    /// A list of learners, or one learner after the other.
    Json,
}

impl Format {
    /// The format that a file's name tells: `.csv`, `.json`, `.ndjson` or `.jsonl`.
    #[must_use]
    pub fn of_name(name: &Path) -> Option<Format> {
        match name.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Format::Csv),
            "json" | "ndjson" | "jsonl" => Some(Format::Json),
            _ => None,
        }
    }
}

/// A file to import.
pub struct Input<'a> {
    /// What kind of file it is.
    pub format: Format,
    /// Where it is read from; a buffer is not needed.
    pub file: &'a mut dyn Read,
}

/// How to go about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Import the good rows even if there are bad ones.
    pub keep_going: bool,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Rows or records read.
    pub rows: u64,
    /// Bytes read.
    pub bytes: u64,
}

/// How an import ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// What was read.
    pub read: Progress,
    /// What changed; `None` if bad rows kept everything out.
    pub recorded: Option<Recorded>,
    /// The first problems, at most [`PROBLEMS_KEPT_MAX`].
    pub problems: Vec<Problem>,
    /// How many problems there are.
    pub problems_total: u64,
}

/// What is wrong with a row or record, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: u64,
    /// The column, from 1, where it is known.
    pub column: Option<u64>,
    /// Which record of a JSON file, from 1.
    pub record: Option<u64>,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        if let Some(record) = self.record {
            write!(f, " (record {record})")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// Why an import could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file could not be read to its end; nothing was kept.
    #[error("the file cannot be read")]
    Read(#[source] io::Error),
    /// The store could not take it; nothing was kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Imports a file. One transaction: everything is kept, or nothing.
///
/// # Errors
///
/// If the file cannot be read or the store cannot be written. Bad rows are no error but
/// [`Problem`]s of the [`Outcome`].
pub fn import(
    store: &mut dyn Store,
    input: Input<'_>,
    context: &Context,
    options: Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Outcome, ImportError> {
    let rows: Box<dyn Rows + '_> = match input.format {
        Format::Csv => Box::new(csv::CsvRows::new(input.file)),
        Format::Json => Box::new(json::JsonRows::new(input.file)),
    };
    let mut feed =
        Feed { rows, options, progress, outcome: Outcome::default(), is_unusable: false, failure: None };
    let recorded = store.import(&mut feed, context)?;
    match feed.failure {
        Some(error) => Err(ImportError::Read(error)),
        None => Ok(Outcome { recorded, ..feed.outcome }),
    }
}

/// A file of rows, whatever its format.
trait Rows {
    /// The next row, or the end.
    fn next_row(&mut self) -> io::Result<Option<Row>>;

    /// How many bytes were read so far.
    fn bytes(&self) -> u64;
}

/// A row: what it adds to a learner, or what is wrong with it.
enum Row {
    Good(Learner),
    Bad(Vec<Problem>),
    /// Nothing in the file can be understood, so that no good rows are left to keep.
    Unusable(Vec<Problem>),
}

/// Where a row stands, for its problems.
#[derive(Clone, Copy)]
struct Place {
    line: u64,
    column: Option<u64>,
    record: Option<u64>,
}

impl Place {
    fn problem(self, complaint: Complaint) -> Problem {
        let Place { line, column, record } = self;
        Problem { line, column, record, message: complaint.message, help: complaint.help }
    }

    /// The row, unless there are complaints about it.
    fn row(self, learner: Option<Learner>, complaints: Vec<Complaint>) -> Row {
        match learner {
            Some(learner) if complaints.is_empty() => Row::Good(learner),
            _ => Row::Bad(complaints.into_iter().map(|complaint| self.problem(complaint)).collect()),
        }
    }
}

/// Hands good rows on, and keeps what is wrong with the others.
struct Feed<'a> {
    rows: Box<dyn Rows + 'a>,
    options: Options,
    progress: &'a mut dyn FnMut(Progress),
    outcome: Outcome,
    is_unusable: bool,
    failure: Option<io::Error>,
}

impl Feed<'_> {
    fn is_abandoned(&self) -> bool {
        let is_flawed = self.outcome.problems_total > 0 && !self.options.keep_going;
        self.failure.is_some() || self.is_unusable || is_flawed
    }

    fn keep(&mut self, problems: Vec<Problem>) {
        self.outcome.problems_total += problems.len() as u64;
        let room = PROBLEMS_KEPT_MAX.saturating_sub(self.outcome.problems.len());
        self.outcome.problems.extend(problems.into_iter().take(room));
    }

    fn tell_progress(&mut self) {
        self.outcome.read.bytes = self.rows.bytes();
        (self.progress)(self.outcome.read);
    }

    fn next_row(&mut self) -> Option<Row> {
        let row = self.rows.next_row().unwrap_or_else(|error| {
            self.failure = Some(error);
            None
        });
        self.outcome.read.rows += u64::from(row.is_some());
        if row.is_none() || self.outcome.read.rows.is_multiple_of(PROGRESS_ROWS) {
            self.tell_progress();
        }
        row
    }
}

impl Iterator for Feed<'_> {
    type Item = Result<Learner, Abandon>;

    fn next(&mut self) -> Option<Result<Learner, Abandon>> {
        loop {
            match self.next_row() {
                None if self.is_abandoned() => return Some(Err(Abandon)),
                None => return None,
                Some(Row::Bad(problems)) => self.keep(problems),
                Some(Row::Unusable(problems)) => {
                    self.is_unusable = true;
                    self.keep(problems);
                }
                // What follows a bad row is still checked, though it will not be kept.
                Some(Row::Good(_)) if self.is_abandoned() => {}
                Some(Row::Good(learner)) => return Some(Ok(learner)),
            }
        }
    }
}
