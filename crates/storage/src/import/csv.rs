//! Rows of holdings or of attestations, as spreadsheets write them.

use std::io::{self, Read};

use ::csv::{ByteRecord, ReaderBuilder};

use super::{Place, RECORD_BYTES_MAX, Row, Rows};
use crate::value::Complaint;

// The reading of the bytes.
mod bounded;
use bounded::Bounded;

// What the header says.
mod columns;
use columns::Columns;

// What a row says.
mod fields;

pub(super) struct CsvRows<'a> {
    reader: ::csv::Reader<Bounded<'a>>,
    columns: Option<Columns>,
    row: ByteRecord,
    is_over: bool,
}

impl<'a> CsvRows<'a> {
    pub(super) fn new(file: &'a mut dyn Read) -> CsvRows<'a> {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .from_reader(Bounded::new(file));
        CsvRows { reader, columns: None, row: ByteRecord::new(), is_over: false }
    }

    /// The next row of the file; `None` at its end.
    fn read(&mut self) -> io::Result<Option<Place>> {
        self.reader.get_mut().begin_row();
        let is_read = self.reader.read_byte_record(&mut self.row).map_err(io::Error::from)?;
        Ok(is_read.then(|| Place { line: self.line(), column: None, record: None }))
    }

    /// The line on which the row begins.
    ///
    /// The library's own count begins at the empty lines before a row, so this one goes back
    /// from the row's end.
    fn line(&self) -> u64 {
        let end = self.reader.position();
        let inside = self.row.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let is_line_ended = self.reader.get_ref().byte_before(end.byte()) == Some(b'\n');
        end.line().saturating_sub(inside + u64::from(is_line_ended))
    }

    /// Reads the header; without it there is nothing to be read.
    fn header(&mut self, place: Place) -> Option<Row> {
        let (columns, complaints) = Columns::of_header(&self.row);
        if complaints.is_empty() {
            self.columns = Some(columns);
            return None;
        }
        self.is_over = true;
        Some(Row::Unusable(complaints.into_iter().map(|complaint| place.problem(complaint)).collect()))
    }

    /// Ends with a row that has no end.
    fn too_long(&mut self) -> Row {
        self.is_over = true;
        let place = Place { line: self.reader.position().line(), column: None, record: None };
        let message = format!("the row that begins here has more than {RECORD_BYTES_MAX} bytes");
        let complaint = Complaint::new(message).help("look for a quote that is not closed");
        place.row(None, vec![complaint])
    }
}

impl Rows for CsvRows<'_> {
    fn next_row(&mut self) -> io::Result<Option<Row>> {
        while !self.is_over {
            let place = match self.read() {
                Ok(Some(place)) => place,
                Ok(None) => break,
                Err(_) if self.reader.get_ref().is_exceeded() => return Ok(Some(self.too_long())),
                Err(error) => return Err(error),
            };
            let row = match &self.columns {
                Some(columns) => Some(columns.row(&self.row, place)),
                None => self.header(place),
            };
            if row.is_some() {
                return Ok(row);
            }
        }
        Ok(None)
    }

    fn bytes(&self) -> u64 {
        self.reader.position().byte()
    }
}
