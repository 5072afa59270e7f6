//! What a database must be able to do, in plain values.

use std::path::Path;

use crate::{FlawKind, StoreError};

/// One open transaction of a database.
pub(crate) trait Driver {
    /// What the database is called in messages: its file, or its address without a password.
    fn place(&self) -> &Path;

    /// Runs a statement; the answer is how many rows it touched.
    fn execute(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, Trouble>;

    /// Hands the rows of a query to `read`, one by one.
    fn each(
        &self,
        sql: &'static str,
        values: &[Value<'_>],
        read: &mut dyn FnMut(&dyn Columns) -> Result<(), Trouble>,
    ) -> Result<(), Trouble>;

    /// Whether the database's own check finds nothing, where it has one.
    fn is_sound(&self) -> Result<bool, StoreError>;
}

impl dyn Driver + '_ {
    /// The rows of a query, each read by `read`.
    pub(crate) fn rows<T>(
        &self,
        sql: &'static str,
        values: &[Value<'_>],
        read: impl Fn(&dyn Columns) -> Result<T, Trouble>,
    ) -> Result<Vec<T>, Trouble> {
        let mut all = Vec::new();
        self.each(sql, values, &mut |row| {
            all.push(read(row)?);
            Ok(())
        })?;
        Ok(all)
    }
}

/// The columns of a row. One that holds something else is a flaw of the row.
pub(crate) trait Columns {
    fn optional_integer(&self, column: usize) -> Result<Option<i64>, Trouble>;

    fn optional_text(&self, column: usize) -> Result<Option<&str>, Trouble>;

    fn bytes(&self, column: usize) -> Result<&[u8], Trouble>;
}

impl dyn Columns + '_ {
    pub(crate) fn integer(&self, column: usize) -> Result<i64, Trouble> {
        self.optional_integer(column)?.ok_or(Trouble::UNREADABLE)
    }

    pub(crate) fn text(&self, column: usize) -> Result<&str, Trouble> {
        self.optional_text(column)?.ok_or(Trouble::UNREADABLE)
    }

    pub(crate) fn array<const N: usize>(&self, column: usize) -> Result<[u8; N], Trouble> {
        self.bytes(column)?.try_into().map_err(|_| Trouble::UNREADABLE)
    }

    /// A count or a number from 1.
    pub(crate) fn number(&self, column: usize) -> Result<u64, Trouble> {
        u64::try_from(self.integer(column)?).map_err(|_| Trouble::UNREADABLE)
    }
}

/// A value on its way into a statement.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    Null,
    Integer(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl Value<'_> {
    /// A count as a column keeps it.
    pub(crate) fn count(count: u64) -> Value<'static> {
        Value::Integer(i64::try_from(count).expect("counts of rows stay far below 2^63"))
    }
}

impl From<i64> for Value<'_> {
    fn from(integer: i64) -> Self {
        Value::Integer(integer)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Text(text)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Value<'a> {
    fn from(bytes: &'a [u8; N]) -> Self {
        Value::Bytes(bytes)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

/// Why rows gave no record.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The database failed.
    Store(StoreError),
    /// The rows are there, and something is wrong with them.
    Flaw(FlawKind),
}

impl Trouble {
    pub(crate) const UNREADABLE: Trouble = Trouble::Flaw(FlawKind::RowUnreadable);

    /// The error of a question about one learner.
    pub(crate) fn about(self, learner: &str, place: &Path) -> StoreError {
        match self {
            Trouble::Store(error) => error,
            Trouble::Flaw(flaw) => {
                StoreError::DamagedRecord { path: place.to_owned(), learner: learner.to_owned(), flaw }
            }
        }
    }

    /// The error of a question about everybody.
    pub(crate) fn about_all(self, place: &Path) -> StoreError {
        match self {
            Trouble::Store(error) => error,
            Trouble::Flaw(_) => StoreError::Damaged { path: place.to_owned() },
        }
    }
}
