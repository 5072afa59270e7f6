//! The storage crate from outside: all stores, real files, real faults.

mod support;

mod conformance;

mod agreement;

#[cfg(feature = "postgres")]
mod postgres;

mod opening;

mod full;

mod workload;

mod crash;

mod disk;

mod damage;

mod rebuilding;

mod bits;

mod migration;

mod backup;

mod hostile;

mod sql_rules;

mod import_csv;

mod import_json;

mod export;
