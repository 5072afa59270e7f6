//! What a learner holds, as recorded.
//!
//! Nothing is ever left out because it has expired: a registrar may extend validity afterwards,
//! and an audit as of an earlier day must still see it. Whether a holding is countable on a day is
//! the engine's question.

use std::{collections::BTreeMap, fmt};

use jiff::civil::Date;

use crate::{Amount, AttestationKey, Attributes, CredentialId, LearnerId, SchemeId};

/// A learner with everything on their record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learner {
    /// The institution's id of the learner.
    pub id: LearnerId,
    /// The name to show, if one is kept.
    pub name: Option<String>,
    /// Credentials held, in any order.
    pub holdings: Vec<Holding>,
    /// Evidence for what no credential shows, in any order.
    pub attestations: Vec<Attestation>,
}

impl Learner {
    /// A learner with an empty record.
    #[must_use]
    pub fn new(id: LearnerId) -> Learner {
        Learner { id, name: None, holdings: Vec::new(), attestations: Vec::new() }
    }
}

/// One credential of one learner, with the facts of its award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The credential, or the qualification that was awarded. It need not be in any catalog.
    pub credential: CredentialId,
    /// The day it was awarded; a holding without one counts as awarded before every day.
    pub awarded: Option<Date>,
    /// The last day it is valid; it beats the validity that the catalog states.
    pub expires: Option<Date>,
    /// The grade, on the institution's numeric scale.
    pub grade: Option<Amount>,
    /// Credits, where they differ from the catalog's.
    pub credits: Option<Amount>,
    /// The scheme of these credits, where it is not that in which the credential states its own.
    pub scheme: Option<SchemeId>,
    /// The issuer, where it differs from the catalog's.
    pub issuer: Option<String>,
    /// How it came to be on the record.
    pub source: Source,
    /// Where it stands.
    pub state: State,
    /// Where the evidence is: a document number or an address.
    pub evidence: Option<String>,
    /// Facts of this award that beat the credential's attributes (`ce = false`).
    pub attributes: Attributes,
    /// Of an awarded qualification: the credentials that earned it, and how often each counted; empty
    /// where that was not recorded.
    pub components: BTreeMap<CredentialId, u32>,
}

impl Holding {
    /// A holding with nothing but its credential, earned on a day not recorded.
    #[must_use]
    pub fn of(credential: CredentialId) -> Holding {
        Holding {
            credential,
            awarded: None,
            expires: None,
            grade: None,
            credits: None,
            scheme: None,
            issuer: None,
            source: Source::Earned,
            state: State::Earned,
            evidence: None,
            attributes: Attributes::new(),
            components: BTreeMap::new(),
        }
    }
}

/// How a holding came to be on the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Earned by study or examination.
    Earned,
    /// Granted by recognition of prior learning.
    Recognised,
    /// Transferred from another institution.
    Transferred,
}

/// Where a holding stands. Expiry is not a state: it follows from the day asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Awarded.
    Earned,
    /// Being studied for.
    InProgress,
    /// Intended.
    Planned,
    /// Taken back by its issuer.
    Revoked,
}

macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal,)* }) => {
        impl $type {
            /// Every value, in the order of the documentation.
            pub const ALL: &[$type] = &[$($type::$variant),*];

            /// The word that files, options and reports use.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $($type::$variant => $word,)*
                }
            }

            /// The value that a word stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<$type> {
                $type::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.word())
            }
        }
    };
}

words!(Source { Earned = "earned", Recognised = "recognised", Transferred = "transferred", });
words!(State { Earned = "earned", InProgress = "in-progress", Planned = "planned", Revoked = "revoked", });

/// Evidence for what no credential shows: hours of practice, a licence, an approval.
///
/// Several attestations of one key add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attestation {
    /// What is confirmed.
    pub key: AttestationKey,
    /// How much of it; one where it is a plain fact.
    pub amount: Amount,
    /// The day from which it counts; without one it counts on every day.
    pub on: Option<Date>,
    /// Where the evidence is.
    pub evidence: Option<String>,
}

/// What an audit takes to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scenario {
    /// Only what is earned.
    Earned,
    /// Also what is in progress, as if it were earned.
    InProgress,
    /// Also what is planned.
    Planned,
}

words!(Scenario { Earned = "earned", InProgress = "in-progress", Planned = "planned", });

impl Scenario {
    /// Whether a holding in this state may count in the scenario.
    #[must_use]
    pub fn admits(self, state: State) -> bool {
        match state {
            State::Earned => true,
            State::InProgress => self >= Scenario::InProgress,
            State::Planned => self >= Scenario::Planned,
            State::Revoked => false,
        }
    }
}
