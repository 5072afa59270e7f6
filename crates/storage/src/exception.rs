//! Exceptions on a record: asked for by one, decided by another, under an edition of the rules.

use cairn_core::{Date, Exception, Relief};
use serde::{Deserialize, Serialize};

use crate::{EditionHash, Event, Fact, unhex, value};

/// An exception that somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedException {
    /// Of what, and what it grants.
    pub exception: Exception,
    /// The edition of the rules that it was asked for under.
    pub edition: EditionHash,
    /// The first day on which it holds; without one, it always did.
    pub from: Option<Date>,
    /// The last day on which it holds.
    pub until: Option<Date>,
}

/// What was decided about an exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedException {
    /// Its number on the record, from 1 in the order in which exceptions were asked for.
    pub number: u32,
    /// What was decided.
    pub decision: Decision,
    /// The edition of the rules under which that holds.
    pub edition: EditionHash,
}

/// A decision about an exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// It holds.
    Granted,
    /// It does not.
    Refused,
    /// It holds no longer.
    Withdrawn,
}

impl Decision {
    /// Every decision.
    pub const ALL: [Decision; 3] = [Decision::Granted, Decision::Refused, Decision::Withdrawn];

    /// The word that the log and reports use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Decision::Granted => "granted",
            Decision::Refused => "refused",
            Decision::Withdrawn => "withdrawn",
        }
    }
}

/// How an exception stands under an edition of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It was asked for, and nobody has decided.
    Asked,
    /// Somebody has decided.
    Decided(Decision),
    /// It was granted under another edition.
    NeedsReview,
}

impl Standing {
    /// The word that reports use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Standing::Asked => "asked",
            Standing::Decided(decision) => decision.word(),
            Standing::NeedsReview => "needs-review",
        }
    }
}

/// Who said something, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Who.
    pub actor: String,
    /// When, in microseconds since 1970-01-01 00:00 UTC.
    pub recorded_at: i64,
    /// Why.
    pub reason: String,
}

/// An exception on a record, with all that was decided about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredException {
    /// Its number on the record, from 1.
    pub number: u32,
    /// What was asked for.
    pub asked: AskedException,
    /// By whom.
    pub by: Signed,
    /// The decisions, the oldest first. A grant by whoever asked is none, and not among them.
    pub decisions: Vec<(DecidedException, Signed)>,
}

impl StoredException {
    /// How it stands under an edition: by the last decision about that, if there is one.
    #[must_use]
    pub fn standing(&self, edition: EditionHash) -> Standing {
        let last = |(decided, _): &&(DecidedException, Signed)| decided.edition == edition;
        if let Some((decided, _)) = self.decisions.iter().rev().find(last) {
            return Standing::Decided(decided.decision);
        }
        match self.decisions.last() {
            Some((decided, _)) if decided.decision == Decision::Granted => Standing::NeedsReview,
            Some((decided, _)) => Standing::Decided(decided.decision),
            None => Standing::Asked,
        }
    }

    /// The last word about it under an edition, or if there is none under any.
    #[must_use]
    pub fn last_word(&self, edition: EditionHash) -> &Signed {
        let of = |(decided, _): &&(DecidedException, Signed)| decided.edition == edition;
        let under_it = self.decisions.iter().rev().find(of);
        under_it.or(self.decisions.last()).map_or(&self.by, |(_, by)| by)
    }

    /// Who granted it under an edition, if it holds under that on a day.
    #[must_use]
    pub fn granted(&self, edition: EditionHash, on: Date) -> Option<&Signed> {
        let is_in_time =
            self.asked.from.is_none_or(|first| first <= on) && self.asked.until.is_none_or(|last| on <= last);
        let of = |(decided, _): &&(DecidedException, Signed)| decided.edition == edition;
        let (decided, by) = self.decisions.iter().rev().find(of)?;
        (is_in_time && decided.decision == Decision::Granted).then_some(by)
    }
}

/// The exceptions on a record, in the order in which they were asked for.
#[must_use]
pub fn exceptions(events: &[Event]) -> Vec<StoredException> {
    let mut all: Vec<StoredException> = Vec::new();
    for event in events {
        let (actor, reason) = (event.actor.clone(), event.reason.clone());
        let signed = Signed { actor, recorded_at: event.recorded_at, reason };
        match event.fact() {
            Some(Fact::ExceptionAsked(asked)) => {
                let number = u32::try_from(all.len() + 1).unwrap_or(u32::MAX);
                all.push(StoredException { number, asked: *asked, by: signed, decisions: Vec::new() });
            }
            Some(Fact::ExceptionDecided(decided)) => {
                let Some(one) = all.iter_mut().find(|one| one.number == decided.number) else { continue };
                // Two people: nobody grants what they have asked for themselves.
                if decided.decision != Decision::Granted || one.by.actor != signed.actor {
                    one.decisions.push((decided, signed));
                }
            }
            _ => {}
        }
    }
    all
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskedShape {
    qualification: String,
    requirement: String,
    relief: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credential: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    instead_of: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    valid_until: Option<String>,
    edition: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecidedShape {
    number: u32,
    decision: String,
    edition: String,
}

impl AskedShape {
    pub(crate) fn of(asked: &AskedException) -> AskedShape {
        let Exception { qualification, requirement, relief } = &asked.exception;
        let (mut instead_of, mut amount, mut valid_until) = (None, None, None);
        match relief {
            Relief::Substitute(_, wanted) => instead_of = Some(wanted.to_string()),
            Relief::Amount(least) => amount = Some(least.to_string()),
            Relief::Extend(_, until) => valid_until = Some(until.to_string()),
            Relief::Allow(_) | Relief::CountHere(_) | Relief::Waive => {}
        }
        AskedShape {
            qualification: qualification.to_string(),
            requirement: requirement.to_string(),
            relief: relief.word().to_owned(),
            credential: relief.credential().map(ToString::to_string),
            instead_of,
            amount,
            valid_until,
            edition: asked.edition.to_string(),
            from: asked.from.map(|day| day.to_string()),
            until: asked.until.map(|day| day.to_string()),
        }
    }

    pub(crate) fn read(self) -> Option<AskedException> {
        let day = |text: Option<String>| text.map(|day| value::date("day", &day)).transpose().ok();
        let credential = || self.credential.as_ref()?.parse().ok();
        let relief = match self.relief.as_str() {
            Relief::ALLOW => Relief::Allow(credential()?),
            Relief::SUBSTITUTE => Relief::Substitute(credential()?, self.instead_of.as_ref()?.parse().ok()?),
            Relief::COUNT_HERE => Relief::CountHere(credential()?),
            Relief::AMOUNT => Relief::Amount(self.amount.as_ref()?.parse().ok()?),
            Relief::WAIVE => Relief::Waive,
            Relief::EXTEND => Relief::Extend(credential()?, day(self.valid_until.clone())??),
            _ => return None,
        };
        let exception = Exception {
            qualification: self.qualification.parse().ok()?,
            requirement: self.requirement.parse().ok()?,
            relief,
        };
        let edition = EditionHash(unhex(&self.edition)?);
        Some(AskedException { exception, edition, from: day(self.from)?, until: day(self.until)? })
    }
}

impl DecidedShape {
    pub(crate) fn of(decided: &DecidedException) -> DecidedShape {
        DecidedShape {
            number: decided.number,
            decision: decided.decision.word().to_owned(),
            edition: decided.edition.to_string(),
        }
    }

    pub(crate) fn read(self) -> Option<DecidedException> {
        let decision = Decision::ALL.into_iter().find(|one| one.word() == self.decision)?;
        Some(DecidedException { number: self.number, decision, edition: EditionHash(unhex(&self.edition)?) })
    }
}
