//! What the databases have in common: the statements, the rows, and what happens in a transaction.
//!
//! A [`Database`] runs transactions, and in each of them it is a [`Driver`]; everything above is
//! written once.

// What a database must be able to do.
mod driver;
pub(crate) use driver::{Columns, Driver, Trouble, Value};

pub(crate) mod schema;

pub(crate) mod statement;

pub(crate) mod row;

// One transaction.
mod session;
pub(crate) use session::Session;

pub(crate) mod bulk;

pub(crate) mod check;

pub(crate) mod seal;

pub(crate) mod edition;

pub(crate) mod rebuild;

// The store in a database, made of all of them.
mod store;
pub(crate) use store::Database;
