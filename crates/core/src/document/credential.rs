//! The tables that describe credentials.

use crate::{
    At, Named, Scalar,
    document::{Name, Number, SkilledTable, read::tables},
};

tables! {
    /// `[credential.ID]`: something that can be earned.
    pub struct CredentialTable {
        /// The name to show.
        title: String,
        /// What kind of thing it is: `unit`, `course`, `exam`, …
        kind: String,
        /// Who awards it.
        issuer: Name,
        /// Credits; none where it has none.
        credits: Number,
        /// The scheme of its credits, where it is not the one that everything is counted in.
        scheme: Name,
        /// Level in each framework: `{ aqf = 5 }`.
        level: Named<Number>,
        /// Subject or subjects.
        subject: Vec<At<String>>,
        /// Free words.
        tags: Vec<At<String>>,
        /// The skills that it shows, perhaps each with a level.
        skills: Vec<At<SkilledTable>>,
        /// Attributes of the author's own choosing.
        attributes: Named<Vec<At<Scalar>>>,
        /// How long an award is valid: `"3 years"`.
        valid: String,
        /// Credentials that, earned while this one is valid, renew it.
        renewed_by: Vec<At<Name>>,
        /// How long before its end a renewal may be earned: `"6 months"`.
        renewal_window: String,
        /// From when a renewal reckons: `renewal` or `end`.
        renewed_from: String,
        /// What must be held before it can be earned; a list inside means one of these.
        requires: Vec<At<Vec<At<Name>>>>,
        /// Whether it can be earned now.
        offered: bool,
        /// The day from which it is no longer awarded.
        retired: Number,
        /// How long after its retirement it is valid where it has no end: `"2 years"`.
        valid_after_retirement: String,
        /// How many holdings of it may count together.
        repeatable: Number,
        /// The qualifications toward which it counts; without it, all.
        only_toward: Vec<At<Name>>,
        /// What it costs, in units of the institution's currency.
        cost: Number,
        /// The effort it takes, in hours.
        effort: Number,
    }

    /// `[[equivalence]]`: a credential that may count as another.
    pub struct EquivalenceTable {
        /// The credential that is held.
        from: Name,
        /// The credential it may count as.
        to: Name,
        /// The first day of award of which it holds.
        effective: Number,
        /// The last day of award of which it holds.
        until: Number,
        /// The credits of the other that it covers, where that is only a part of it.
        credits: Number,
        /// The scheme of these credits, where it is not that of the other.
        scheme: Name,
        /// The qualifications toward which it counts so; without it, all.
        only_toward: Vec<At<Name>>,
    }

    /// `[[exclusion]]`: credentials of which at most one is counted in a qualification.
    pub struct ExclusionTable {
        /// The credentials.
        between: Vec<At<Name>>,
    }

    /// `[framework.ID]`: how the levels of a framework compare with those of others.
    pub struct FrameworkTable {
        /// For each other framework, which level of it each level of this one is: `{ eqf = { 5 = 4 } }`.
        compare: Named<Named<Number>>,
    }

    /// `[issuer.ID]`: an awarding body.
    pub struct IssuerTable {
        /// The name to show.
        title: String,
        /// Where it can be reached.
        url: String,
    }
}
