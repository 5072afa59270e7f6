//! Keeps a row without an end from filling the memory.

use std::io::{self, Read};

use crate::import::RECORD_BYTES_MAX;

/// A file that gives at most so many bytes before it is told that a row is complete.
pub(super) struct Bounded<'a> {
    file: &'a mut dyn Read,
    left: usize,
    is_exceeded: bool,
    /// What it gave last, and where in the file that begins.
    chunk: Vec<u8>,
    chunk_start: u64,
}

impl<'a> Bounded<'a> {
    pub(super) fn new(file: &'a mut dyn Read) -> Bounded<'a> {
        Bounded { file, left: 0, is_exceeded: false, chunk: Vec::new(), chunk_start: 0 }
    }

    /// The row before is complete.
    pub(super) fn begin_row(&mut self) {
        self.left = RECORD_BYTES_MAX;
    }

    /// Whether a row was too long.
    pub(super) fn is_exceeded(&self) -> bool {
        self.is_exceeded
    }

    /// The byte before a place in what it gave last.
    pub(super) fn byte_before(&self, place: u64) -> Option<u8> {
        let offset = place.checked_sub(self.chunk_start + 1)?;
        self.chunk.get(usize::try_from(offset).ok()?).copied()
    }
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            self.is_exceeded = true;
            return Err(io::Error::other("the row is too long"));
        }
        let bound = buffer.len().min(self.left);
        let count = self.file.read(&mut buffer[..bound])?;
        self.left -= count;
        if count > 0 {
            self.chunk_start += self.chunk.len() as u64;
            self.chunk.clear();
            self.chunk.extend_from_slice(&buffer[..count]);
        }
        Ok(count)
    }
}
