//! What people and programs read: every sentence, table, picture and JSON shape.

pub mod drawing;
