//! What a holding may count as besides what it is.

use jiff::civil::Date;

use crate::{
    Amount, QualificationId, Span,
    catalog::{Credential, CredentialIx, Qualification},
};

/// A credential that another may count as: for a time, for a part, or toward some qualifications.
#[derive(Debug, Clone)]
pub struct Equivalence {
    /// The credential that it may count as.
    pub to: CredentialIx,
    /// The first day of award of which it holds.
    pub effective: Option<Date>,
    /// The last day of award of which it holds.
    pub until: Option<Date>,
    /// The credits of the other that it covers, where that is only a part of it.
    pub credits: Option<Amount>,
    /// The qualifications toward which it counts so, sorted; without it, all.
    pub only_toward: Option<Vec<QualificationId>>,
    /// Where it is written.
    pub span: Span,
}

impl Equivalence {
    /// Whether it holds of what was awarded on this day. What must be shown to be in time is not
    /// shown by an award without a day.
    #[must_use]
    pub fn covers(&self, awarded: Option<Date>) -> bool {
        let is_within = |day: Date| {
            self.effective.is_none_or(|first| first <= day) && self.until.is_none_or(|last| day <= last)
        };
        (self.effective.is_none() && self.until.is_none()) || awarded.is_some_and(is_within)
    }

    /// Whether it stands for the whole of the other, whatever it is wanted for.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.credits.is_none() && self.only_toward.is_none()
    }

    /// Whether what counts by it may count toward a qualification.
    #[must_use]
    pub fn counts_toward(&self, qualification: &Qualification) -> bool {
        is_among(self.only_toward.as_deref(), qualification)
    }
}

impl Credential {
    /// The equivalence by which a holding that was awarded on this day counts as another credential;
    /// there is at most one.
    #[must_use]
    pub fn as_other(&self, other: CredentialIx, awarded: Option<Date>) -> Option<&Equivalence> {
        self.counts_as.iter().find(|one| one.to == other && one.covers(awarded))
    }

    /// Whether a holding that was awarded on this day will do where another credential must be had
    /// first.
    #[must_use]
    pub fn will_do_as(&self, other: CredentialIx, awarded: Option<Date>) -> bool {
        self.as_other(other, awarded).is_some_and(Equivalence::is_full)
    }

    /// Whether holdings of it may count toward a qualification.
    #[must_use]
    pub fn counts_toward(&self, qualification: &Qualification) -> bool {
        is_among(self.only_toward.as_deref(), qualification)
    }
}

fn is_among(only: Option<&[QualificationId]>, qualification: &Qualification) -> bool {
    only.is_none_or(|only| only.contains(&qualification.id))
}
