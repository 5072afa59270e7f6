//! The answer in one word, and what remains.

use cairn_core::Amount;

use crate::FURTHER_MAX;

/// The answer in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Everything is met.
    Complete,
    /// This much remains, and no less.
    Remaining(Cost),
    /// Nothing that can be earned would complete it.
    Unreachable,
    /// The search was stopped before it was settled.
    Stopped(Bounds),
}

/// Whether a qualification is complete as things stand, where evidence may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It is, whatever is still unknown.
    Certain,
    /// It is, if what is unknown is confirmed.
    Possible,
    /// It is not, whatever is confirmed.
    Impossible,
}

/// What is known of what remains where the search was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// No completion costs less. Only its parts up to the first that differs from `most` say
    /// something; zero where it may already be complete.
    pub least: Cost,
    /// The cheapest completion that was found; where there is none, it may be out of reach.
    pub most: Option<Cost>,
    /// How many cases were looked at.
    pub cases: u64,
}

/// The cost of a completion, compared from the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// The measure of the question over all new credentials.
    pub measure: Amount,
    /// Its further measures over the same, in its order; zero where it has none.
    pub further: [Amount; FURTHER_MAX],
    /// How many new credentials and awards.
    pub new: u64,
    /// How many attestations still to be evidenced.
    pub attestations: u64,
}

impl Cost {
    /// Nothing remains.
    pub const ZERO: Cost =
        Cost { measure: Amount::ZERO, further: [Amount::ZERO; FURTHER_MAX], new: 0, attestations: 0 };

    /// So much in each measure of a question.
    pub(crate) fn measured(amounts: impl IntoIterator<Item = Amount>) -> Cost {
        let mut amounts = amounts.into_iter();
        let measure = amounts.next().unwrap_or(Amount::ZERO);
        let further = std::array::from_fn(|_| amounts.next().unwrap_or(Amount::ZERO));
        Cost { measure, further, ..Cost::ZERO }
    }
}
