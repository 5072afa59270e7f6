//! The table of a credit scheme.

use crate::{
    At, Named,
    document::{Number, read::tables},
};

tables! {
    /// `[scheme.ID]`: credits of one kind, and what they are in the scheme that everything is counted in.
    pub struct SchemeTable {
        /// The name to show before the word credits: `ECTS`.
        title: String,
        /// What one of its credits is in the common scheme: `{ ects = "1/2" }`.
        exchange: Named<Number>,
        /// How credits that are had are rounded when they are exchanged: `up`, `down` or `nearest`.
        rounding: String,
        /// To whole multiples of this, in the common scheme.
        multiple_of: Number,
    }
}
