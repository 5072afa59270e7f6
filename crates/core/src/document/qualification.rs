//! The tables that describe a qualification, apart from its requirements.

use crate::{
    At, Named,
    document::{AverageTable, CredentialTable, LimitTable, Name, Number, WhereTable, read::tables},
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
        /// The kind of award that it is, whose size is bounded: that of a `[size.KIND]`.
        kind: Name,
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
        /// The scheme of the credits that the file asks for, where it is not the one that everything is counted in.
        scheme: Name,
        /// How long after its expiry a holding still counts: `"end of calendar year"`.
        grace: String,
        /// Which of several holdings of one credential may count: `best` or `latest`.
        attempt: String,
        /// The day from which `max_age` reckons: `audit` or `entry`.
        max_age_on: String,
        /// The evidence whose day is that of the learner's entry.
        entry: Name,
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

    /// `[editions.CODE]`: which editions of a qualification a learner may choose.
    pub struct EditionsTable {
        /// `entry`, `later`, `credit` or `any`.
        choose: String,
        /// With `later`: an edition that came into force this long after entry at most.
        within: String,
        /// Only the last so many.
        last: Number,
        /// How long an edition may be completed after the next came into force.
        teach_out: String,
        /// The evidence whose day is that of the learner's entry.
        entry: Name,
    }

    /// `[size.KIND]`: how large a qualification of a kind may be.
    pub struct SizeTable {
        /// The name of the kind to show.
        title: String,
        /// How many credits one may ask for.
        credits: RangeTable,
        /// The scheme of these credits, where it is not the one that everything is counted in.
        scheme: Name,
    }

    /// The least and the most of something, both included.
    pub struct RangeTable {
        /// The least.
        min: Number,
        /// The most.
        max: Number,
    }

    /// `[on_award]`: what becomes of what earned the qualification when it is awarded.
    pub struct OnAwardTable {
        /// Whether the credits go on counting elsewhere: `keep` or `consume`.
        credits: String,
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
        /// What is in no rule file is in the pool as well; this stands for what could be earned of it.
        open: CredentialTable,
    }
}
