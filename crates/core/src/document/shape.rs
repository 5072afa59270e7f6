//! The tables of the format as data: what editors and other programs are told about them.
//!
//! The keys and their types are those by which files are read. What a text or a number must be
//! beyond that is decided when the catalog is built; [`kind`] repeats it for those who only see the
//! file, and the tests compare the two.

use crate::document::Document;

mod kind;
pub use kind::{Kind, OF_ONE_TABLE, REQUIRED, is_required, kind};

/// What a key takes.
#[derive(Debug, Clone)]
pub enum Shape {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A number, a day or a part, as it is written.
    Number,
    /// A text, a number or a flag.
    Scalar,
    /// One value or a list of values.
    List(Box<Shape>),
    /// Values by names of the author's choosing.
    Named(Box<Shape>),
    /// A table of the format.
    Table(Table),
    /// Conditions by attribute.
    Conditions(Table),
    /// One of these.
    Either(Vec<Shape>),
    /// Something that is not described.
    Any,
}

/// A table of the format.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The name of its type.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its keys.
    pub keys: fn() -> Vec<Key>,
}

/// A key of a table.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// What it takes.
    pub shape: Shape,
}

/// A whole rule file.
#[must_use]
pub fn file() -> Table {
    Document::TABLE
}
