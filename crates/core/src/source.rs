//! Rule text and places in it.

use std::ops::Range;

/// One rule file: its name as a person knows it, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path to show in messages.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl SourceFile {
    /// The line of the beginning of a place, the first being 1.
    #[must_use]
    pub fn line(&self, span: Span) -> usize {
        let start = self.text.floor_char_boundary(self.text.len().min(span.start as usize));
        self.text[..start].matches('\n').count() + 1
    }
}

/// A place in one of the files that a catalog is built from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Index of the file in the list that was given.
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// A place in file number `file`.
    #[must_use]
    pub fn new(file: u32, range: Range<usize>) -> Span {
        let clamp = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Span { file, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The bytes of the place.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value with the place where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T> {
    /// What is written.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// Values by name, each with the place where it is written.
pub type Named<T> = Vec<(At<String>, At<T>)>;
