//! PostgreSQL as a database of the common layer.

use std::cell::RefCell;
use std::error::Error;
use std::path::Path;

use ::postgres::fallible_iterator::FallibleIterator as _;
use ::postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use ::postgres::{Row, Statement, Transaction};

use super::connection::Prepared;
use super::failure::explain;
use crate::StoreError;
use crate::sql::{Columns, Driver, Trouble, Value};

/// One transaction on one database.
pub(super) struct PostgresDriver<'a, 't> {
    pub(super) transaction: RefCell<Transaction<'t>>,
    pub(super) prepared: RefCell<&'a mut Prepared>,
    pub(super) place: &'a Path,
}

impl PostgresDriver<'_, '_> {
    fn trouble(&self, error: ::postgres::Error) -> Trouble {
        Trouble::Store(explain(&error, self.place))
    }

    fn statement(&self, sql: &'static str) -> Result<Statement, ::postgres::Error> {
        if let Some(known) = self.prepared.borrow().get(sql) {
            return Ok(known.clone());
        }
        let statement = self.transaction.borrow_mut().prepare(sql)?;
        self.prepared.borrow_mut().insert(sql, statement.clone());
        Ok(statement)
    }
}

impl Driver for PostgresDriver<'_, '_> {
    fn place(&self) -> &Path {
        self.place
    }

    fn execute(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, Trouble> {
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        let run = || {
            let statement = self.statement(sql)?;
            self.transaction.borrow_mut().execute(&statement, &values)
        };
        run().map_err(|error| self.trouble(error))
    }

    fn each(
        &self,
        sql: &'static str,
        values: &[Value<'_>],
        read: &mut dyn FnMut(&dyn Columns) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        let of = |error| self.trouble(error);
        let statement = self.statement(sql).map_err(of)?;
        let mut transaction = self.transaction.borrow_mut();
        let mut rows = transaction.query_raw(&statement, values).map_err(of)?;
        while let Some(row) = rows.next().map_err(of)? {
            read(&row)?;
        }
        Ok(())
    }

    // The server checks its own pages; what it says about them comes as an error of the reading.
    fn is_sound(&self) -> Result<bool, StoreError> {
        Ok(true)
    }
}

impl Columns for Row {
    fn optional_integer(&self, column: usize) -> Result<Option<i64>, Trouble> {
        self.try_get(column).map_err(|_| Trouble::UNREADABLE)
    }

    fn optional_text(&self, column: usize) -> Result<Option<&str>, Trouble> {
        self.try_get(column).map_err(|_| Trouble::UNREADABLE)
    }

    fn bytes(&self, column: usize) -> Result<&[u8], Trouble> {
        self.try_get(column).map_err(|_| Trouble::UNREADABLE)
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Integer(integer) => integer.to_sql(ty, out),
            Value::Text(text) => text.to_sql(ty, out),
            Value::Bytes(bytes) => bytes.to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        [Type::INT8, Type::TEXT, Type::BYTEA].contains(ty)
    }

    to_sql_checked!();
}
