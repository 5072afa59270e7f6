//! The tables that describe a qualification, apart from its requirements.

use crate::{
    At, Named,
    document::{AverageTable, LimitTable, Name, Number, WhereTable, read::tables},
};

tables! {
    /// `[qualification]`: what the file defines.
    pub struct QualificationTable {
        /// Its id.
        id: Name,
        /// The name to show.
        title: String,
        /// Who awards it.
        issuer: Name,
        /// Level in each framework.
        level: Named<Number>,
        /// The edition that these rules are.
        edition: Name,
        /// The first day of the edition.
        effective: Number,
        /// The day from which it is no longer awarded.
        retired: Number,
        /// Where the rules are published.
        source: Vec<At<String>>,
        /// What remains is counted in this: `count`, `credits`, `cost` or `effort`.
        measure: String,
        /// How long after its expiry a holding still counts: `"end of calendar year"`.
        grace: String,
        /// Complete when all of these are met.
        all: Vec<At<Name>>,
        /// Complete when one of these is met.
        any: Vec<At<Name>>,
        /// Complete when this many of `of` are met.
        choose: Number,
        /// What `choose` chooses from.
        of: Vec<At<Name>>,
        /// Limits over everything that is counted.
        limits: Vec<At<LimitTable>>,
        /// The least average of the grades of everything that is counted.
        average: AverageTable,
    }

    /// `[pool.NAME]`: the credentials that a requirement or a limit speaks of.
    pub struct PoolTable {
        /// Only these.
        of: Vec<At<Name>>,
        /// Only those with these attributes.
        conditions = "where": WhereTable,
        /// Not those of these pools.
        not_in: Vec<At<Name>>,
        /// Whether they are advised, not only accepted.
        advise: bool,
    }

}
