//! The table of a sharing policy.

use crate::{
    At,
    document::{BoundTable, LimitBoundTable, Name, Number, WhereTable, read::tables},
};

tables! {
    /// `[[sharing]]`: how far qualifications may count the same credentials.
    pub struct SharingTable {
        /// Its id.
        id: Name,
        /// The name to show.
        title: String,
        /// The qualifications; every two of them are bound.
        between: Vec<At<Name>>,
        /// The qualifications that come first, of a policy with a direction.
        from: Vec<At<Name>>,
        /// The qualifications that come after them.
        into: Vec<At<Name>>,
        /// Those of the qualifications whose part is measured.
        only = "for": Vec<At<Name>>,
        /// Whether a qualification that is held counts what is recorded to have earned the award.
        looks_into_awards: bool,
        /// Of what has these attributes.
        conditions = "where": WhereTable,
        /// The scheme of the credits that it states, where it is not that of the qualification of its file.
        scheme: Name,
        /// How much two of them may both count.
        at_most: LimitBoundTable,
        /// Sources of holdings that `at_most` limits together with what is shared.
        jointly_with: Vec<At<String>>,
        /// How much each of them counts that no other counts.
        unique_at_least: LimitBoundTable,
        /// How much each of them counts that no other counts, if it shares anything.
        surplus_above: LimitBoundTable,
        /// In how many of them a credential may count.
        max_purposes: Number,
        /// With how many others each of them may share.
        max_partners: Number,
        /// No two of them may be had.
        banned: bool,
        /// No two of them may be had whose rules ask for more of the same than this.
        banned_above: BoundTable,
    }
}
