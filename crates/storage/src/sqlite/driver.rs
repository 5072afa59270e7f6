//! SQLite as a database of the common layer.

use std::path::Path;

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, params_from_iter};

use super::failure::{explain, is_unreadable};
use crate::StoreError;
use crate::sql::{Columns, Driver, Trouble, Value};

/// One transaction on one file.
pub(super) struct SqliteDriver<'a> {
    pub(super) connection: &'a Connection,
    pub(super) path: &'a Path,
}

impl SqliteDriver<'_> {
    fn trouble(&self, error: &rusqlite::Error) -> Trouble {
        if is_unreadable(error) { Trouble::UNREADABLE } else { Trouble::Store(explain(error, self.path)) }
    }
}

impl Driver for SqliteDriver<'_> {
    fn place(&self) -> &Path {
        self.path
    }

    fn execute(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, Trouble> {
        let run = || self.connection.prepare_cached(sql)?.execute(params_from_iter(values));
        run().map(|rows| rows as u64).map_err(|error| self.trouble(&error))
    }

    fn each(
        &self,
        sql: &'static str,
        values: &[Value<'_>],
        read: &mut dyn FnMut(&dyn Columns) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        let of = |error: rusqlite::Error| self.trouble(&error);
        let mut query = self.connection.prepare_cached(sql).map_err(of)?;
        let mut rows = query.query(params_from_iter(values)).map_err(of)?;
        while let Some(row) = rows.next().map_err(of)? {
            read(row)?;
        }
        Ok(())
    }

    fn is_sound(&self) -> Result<bool, StoreError> {
        let check = || -> rusqlite::Result<Vec<String>> {
            let mut query = self.connection.prepare("PRAGMA integrity_check(1)")?;
            query.query_map([], |row| row.get(0))?.collect()
        };
        match check() {
            Ok(lines) => Ok(lines == ["ok"]),
            Err(error) if is_unreadable(&error) => Ok(false),
            Err(error) => match explain(&error, self.path) {
                StoreError::Damaged { .. } => Ok(false),
                error => Err(error),
            },
        }
    }
}

impl Columns for Row<'_> {
    fn optional_integer(&self, column: usize) -> Result<Option<i64>, Trouble> {
        self.get_ref(column).ok().and_then(|value| value.as_i64_or_null().ok()).ok_or(Trouble::UNREADABLE)
    }

    fn optional_text(&self, column: usize) -> Result<Option<&str>, Trouble> {
        self.get_ref(column).ok().and_then(|value| value.as_str_or_null().ok()).ok_or(Trouble::UNREADABLE)
    }

    fn bytes(&self, column: usize) -> Result<&[u8], Trouble> {
        self.get_ref(column).ok().and_then(|value| value.as_blob().ok()).ok_or(Trouble::UNREADABLE)
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Value::Null => ValueRef::Null,
            Value::Integer(integer) => ValueRef::Integer(integer),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
