//! Finds where one JSON record ends and the next begins, without holding more than one.
//!
//! It only follows quotes and brackets; whether a record is JSON at all is decided by the parser
//! that gets it. So one broken record does not hide what is wrong with the next.

use std::io::{self, BufRead, BufReader, Read};

use super::{Place, RECORD_BYTES_MAX};
use crate::value::Complaint;

/// One record as it is written.
pub(super) struct Frame {
    pub(super) text: Vec<u8>,
    pub(super) place: Place,
}

/// What comes next in a file.
pub(super) enum Found {
    Frame(Frame),
    /// Something is wrong between the records.
    Broken(Place, Complaint),
}

pub(super) struct Frames<'a> {
    file: BufReader<&'a mut dyn Read>,
    state: State,
    line: u64,
    column: u64,
    bytes: u64,
    records: u64,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    /// Before the first byte.
    Beginning,
    /// After `[`.
    First,
    /// In a list, after a record.
    AfterRecord,
    /// In a list, after a comma.
    AfterComma,
    /// One record after the other, without a list.
    Sequence,
    /// After `]`.
    Closed,
    Over,
}

/// Where in a record the reader is.
#[derive(Default)]
struct Inside {
    depth: usize,
    is_text: bool,
    is_escaped: bool,
}

impl<'a> Frames<'a> {
    pub(super) fn new(file: &'a mut dyn Read) -> Frames<'a> {
        let file = BufReader::with_capacity(1 << 16, file);
        Frames { file, state: State::Beginning, line: 1, column: 1, bytes: 0, records: 0 }
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Found>> {
        if self.state == State::Beginning {
            self.begin()?;
        }
        self.skip_space()?;
        let next = self.peek()?;
        match (self.state, next) {
            (State::Over, _) | (State::Sequence | State::Closed, None) => Ok(None),
            (State::Sequence, Some(_)) => self.frame().map(Some),
            (State::Closed, Some(_)) => {
                self.broken(State::Over, "something follows the closing `]`", "end the file there")
            }
            (_, None) => self.broken(
                State::Over,
                "the list is not closed with `]`",
                "the file may have been cut off: make it again",
            ),
            (state, Some(b']')) => {
                self.advance()?;
                self.state = State::Closed;
                if state == State::AfterComma {
                    return self.broken(State::Closed, "a comma stands before the closing `]`", "remove it");
                }
                self.next()
            }
            (State::AfterRecord, Some(b',')) => {
                self.advance()?;
                self.state = State::AfterComma;
                self.next()
            }
            (State::AfterRecord, Some(_)) => self.broken(
                State::AfterComma,
                "a comma is missing before this record",
                "put a comma between two records",
            ),
            (_, Some(b',')) => {
                self.advance()?;
                self.broken(State::AfterComma, "a record is missing before this comma", "remove the comma")
            }
            (_, Some(_)) => {
                self.state = State::AfterRecord;
                self.frame().map(Some)
            }
        }
    }

    /// Skips a byte order mark and finds out whether the file is a list.
    fn begin(&mut self) -> io::Result<()> {
        if self.file.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
            self.file.consume(3);
            self.bytes += 3;
        }
        self.skip_space()?;
        self.state = State::Sequence;
        if self.peek()? == Some(b'[') {
            self.advance()?;
            self.state = State::First;
        }
        Ok(())
    }

    /// Reads up to the end of the record that begins here.
    fn frame(&mut self) -> io::Result<Found> {
        self.records += 1;
        let (place, mut text, mut inside) = (self.place(), Vec::new(), Inside::default());
        while let Some(byte) = self.peek()? {
            if inside.depth == 0 && !inside.is_text && !text.is_empty() && ends_word(byte) {
                break;
            }
            if text.len() == RECORD_BYTES_MAX {
                self.state = State::Over;
                let complaint = Complaint::new(format!("the record has more than {RECORD_BYTES_MAX} bytes"));
                let help = "look for a quote or bracket that is not closed";
                return Ok(Found::Broken(place, complaint.help(help)));
            }
            self.advance()?;
            text.push(byte);
            if inside.ends_with(byte) || (byte == b'\n' && self.is_at_next_record()?) {
                break;
            }
        }
        Ok(Found::Frame(Frame { text, place }))
    }

    /// In a file of one record a line, a line that begins with `{` begins a record.
    fn is_at_next_record(&mut self) -> io::Result<bool> {
        Ok(self.state == State::Sequence && self.peek()? == Some(b'{'))
    }

    fn broken(&mut self, state: State, message: &str, help: &str) -> io::Result<Option<Found>> {
        self.state = state;
        Ok(Some(Found::Broken(self.place(), Complaint::new(message).help(help))))
    }

    fn place(&self) -> Place {
        let record = (self.records > 0).then_some(self.records);
        Place { line: self.line, column: Some(self.column), record }
    }

    fn skip_space(&mut self) -> io::Result<()> {
        while self.peek()?.is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.advance()?;
        }
        Ok(())
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.file.fill_buf()?.first().copied())
    }

    fn advance(&mut self) -> io::Result<()> {
        if self.peek()? == Some(b'\n') {
            (self.line, self.column) = (self.line + 1, 0);
        }
        self.file.consume(1);
        (self.column, self.bytes) = (self.column + 1, self.bytes + 1);
        Ok(())
    }
}

impl Inside {
    /// Takes one more byte in; whether the record ends with it.
    fn ends_with(&mut self, byte: u8) -> bool {
        if self.is_text {
            let is_quote = byte == b'"' && !self.is_escaped;
            self.is_escaped = byte == b'\\' && !self.is_escaped;
            // No text of JSON goes on in the next line: the quote is missing.
            self.is_text = !is_quote && byte != b'\n';
            return is_quote && self.depth == 0;
        }
        match byte {
            b'"' => self.is_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

fn ends_word(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | b']')
}
