//! Which editions of a qualification a learner may choose, and which is the best.

use cairn_core::{
    Amount, Catalog, Date, Holding, Learner, Source, State,
    catalog::{Choose, Editions, QualificationIx},
};

use crate::{Audit, Cost, Question, Verdict, audit};

/// The editions of one code for one learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionChoice {
    /// All editions, by the day from which each is in force.
    pub editions: Vec<EditionEntry>,
    /// The position of the best that may be chosen, if one may.
    pub best: Option<usize>,
}

/// One edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionEntry {
    /// The edition.
    pub qualification: QualificationIx,
    /// Whether it may be chosen, and if not, why.
    pub standing: EditionStanding,
    /// The audit by it, if it may be chosen.
    pub audit: Option<Audit>,
}

/// Whether an edition may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditionStanding {
    /// It may.
    Open,
    /// It comes into force on a later day.
    NotYet(Date),
    /// It is no longer awarded from this day on.
    Retired(Date),
    /// It was to be completed by this day, after the next came into force.
    TaughtOut(Date),
    /// So many later ones are in force, or were.
    TooOld(u32),
    /// It was no longer in force on the day of entry.
    BeforeEntry(Date),
    /// It came into force after the day of entry.
    AfterEntry(Date),
    /// It came into force later after entry than is allowed.
    TooLate(Date),
    /// No credit was earned while it was in force.
    NoCredit,
}

impl EditionChoice {
    /// The audit by the best edition.
    #[must_use]
    pub fn audit(&self) -> Option<&Audit> {
        self.editions.get(self.best?)?.audit.as_ref()
    }
}

/// Audits a learner by every edition of a code that they may choose, on the terms of a question; the
/// best is the one by which least remains, and of several the latest.
#[must_use]
pub fn best_edition(
    catalog: &Catalog,
    learner: &Learner,
    editions: &Editions,
    like: &Question,
) -> EditionChoice {
    let entry = |at: usize| {
        let qualification = editions.all[at];
        let standing = standing(catalog, learner, editions, at, like);
        let question = like.about(qualification);
        let audit = (standing == EditionStanding::Open).then(|| audit(catalog, learner, &question));
        EditionEntry { qualification, standing, audit }
    };
    let entries: Vec<_> = (0..editions.all.len()).map(entry).collect();
    let open =
        entries.iter().enumerate().filter_map(|(at, entry)| Some((at, rank(entry.audit.as_ref()?.verdict))));
    let best = open.min_by_key(|&(at, rank)| (rank, std::cmp::Reverse(at))).map(|(at, _)| at);
    EditionChoice { editions: entries, best }
}

/// Less is better: what remains, then what is not settled, then what is out of reach.
fn rank(verdict: Verdict) -> (u8, Cost) {
    match verdict {
        Verdict::Complete => (0, Cost::ZERO),
        Verdict::Remaining(cost) => (1, cost),
        Verdict::Stopped(bounds) => (2, bounds.least),
        Verdict::Unreachable => (3, Cost::ZERO),
    }
}

/// Whether a learner may choose an edition, by its position.
#[must_use]
pub fn standing(
    catalog: &Catalog,
    learner: &Learner,
    editions: &Editions,
    at: usize,
    question: &Question,
) -> EditionStanding {
    let effective =
        |at: usize| Some(catalog.qualification(*editions.all.get(at)?).effective.unwrap_or(Date::MIN));
    let as_of = question.as_of;
    let (first, next) = (effective(at).unwrap_or(Date::MIN), effective(at + 1));
    let entry = question.entered(learner, editions.entry.as_ref());
    if first > as_of {
        return EditionStanding::NotYet(first);
    }
    if let Some(day) = catalog.qualification(editions.all[at]).retired
        && day <= as_of
    {
        return EditionStanding::Retired(day);
    }
    if let (Some(period), Some(next)) = (editions.teach_out, next)
        && next <= as_of
        && period.after(next) < as_of
    {
        return EditionStanding::TaughtOut(period.after(next));
    }
    let later = (at + 1..editions.all.len())
        .filter(|&other| effective(other).is_some_and(|day| day <= as_of))
        .count();
    let later = u32::try_from(later).unwrap_or(u32::MAX);
    if editions.last.is_some_and(|last| later >= last) {
        return EditionStanding::TooOld(later);
    }
    let is_over_by = |day: Date| next.is_some_and(|next| next <= day);
    match editions.choose {
        Choose::Any => EditionStanding::Open,
        Choose::Entry | Choose::Later(_) if is_over_by(entry) => EditionStanding::BeforeEntry(entry),
        Choose::Entry if first > entry => EditionStanding::AfterEntry(entry),
        Choose::Later(Some(within)) if first > within.after(entry) => EditionStanding::TooLate(entry),
        Choose::Entry | Choose::Later(_) => EditionStanding::Open,
        Choose::Credit
            if later == 0 || earned_within(catalog, learner, first, next, as_of) >= Amount::ONE =>
        {
            EditionStanding::Open
        }
        Choose::Credit => EditionStanding::NoCredit,
    }
}

/// The credits earned here, neither transferred nor recognised, from one day on until before another.
fn earned_within(
    catalog: &Catalog,
    learner: &Learner,
    first: Date,
    next: Option<Date>,
    as_of: Date,
) -> Amount {
    let is_within = |holding: &&Holding| {
        let is_its_day = |day: Date| first <= day && day <= as_of && next.is_none_or(|next| day < next);
        holding.state == State::Earned
            && holding.source == Source::Earned
            && holding.awarded.is_some_and(is_its_day)
    };
    let credits = |holding: &Holding| {
        let known = catalog.find_credential(holding.credential.as_str());
        catalog
            .credits_recorded(holding)
            .or_else(|| Some(catalog.credential(known?).credits))
            .unwrap_or(Amount::ZERO)
    };
    learner.holdings.iter().filter(is_within).map(credits).sum()
}
