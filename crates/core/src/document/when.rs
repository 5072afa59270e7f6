//! The tables of what is asked of some only, and of what has a name of its own when it is chosen.

use crate::{
    At,
    document::{Name, Number, read::tables},
};

tables! {
    /// `when` of a requirement: of whom it is asked. What is written in several keys must all hold.
    pub struct WhenTable {
        /// Who holds one of these credentials or qualifications.
        held: Vec<At<Name>>,
        /// Who has evidence of this.
        attested: Name,
        /// Who relies on one of these requirements.
        met: Vec<At<Name>>,
    }

    /// `[[outcome]]`: a title of its own for those who meet more than the whole.
    pub struct OutcomeTable {
        /// Its name.
        id: Name,
        /// The name to show.
        title: String,
        /// Reached when all of these are met.
        all: Vec<At<Name>>,
        /// Reached when one of these is met.
        any: Vec<At<Name>>,
        /// Reached when this many of `of` are met.
        choose: Number,
        /// What `choose` chooses from.
        of: Vec<At<Name>>,
    }
}
