//! Answers in a form that can be compared, and advice that can be followed.

use cairn_core::{Amount, Attestation, Catalog, Date, Holding, Learner};
use cairn_engine::{Action, Cost, JointQuestion, Question, Step, Verdict};

/// What a verdict says remains; nothing where it cannot be reached.
#[must_use]
pub fn cost(verdict: Verdict) -> Option<Cost> {
    match verdict {
        Verdict::Complete => Some(Cost::ZERO),
        Verdict::Remaining(cost) => Some(cost),
        Verdict::Unreachable => None,
        Verdict::Stopped(_) => panic!("only a search with a bound is stopped"),
    }
}

/// What the oracle says remains.
#[must_use]
pub fn oracle(catalog: &Catalog, learner: &Learner, question: &Question) -> Option<Cost> {
    cairn_oracle::remaining(catalog, learner, &for_oracle(question)).map(|cost| from_oracle(&cost))
}

/// A question in the oracle's words.
#[must_use]
pub fn for_oracle(question: &Question) -> cairn_oracle::Question {
    cairn_oracle::Question {
        qualification: question.qualification,
        outcome: question.outcome,
        as_of: question.as_of,
        entry: question.entry,
        scenario: question.scenario,
        measures: question.measures().collect(),
        kept: None,
        placed: None,
    }
}

/// A cost in the engine's words.
#[must_use]
pub fn from_oracle(cost: &cairn_oracle::Cost) -> Cost {
    let amount = |at: usize| cost.measures.get(at).copied().unwrap_or(Amount::ZERO);
    Cost {
        measure: amount(0),
        further: std::array::from_fn(|at| amount(at + 1)),
        new: cost.new.into(),
        attestations: cost.attestations.into(),
    }
}

/// What the oracle says remains of several qualifications at once.
#[must_use]
pub fn oracle_jointly(catalog: &Catalog, learner: &Learner, question: &JointQuestion) -> Option<Cost> {
    let asked = for_oracle(&question.alone(question.qualifications()[0]));
    let cost = cairn_oracle::remaining_jointly(catalog, learner, question.qualifications(), &asked)?;
    Some(from_oracle(&cost))
}

/// An award of today with the best grade.
#[must_use]
pub fn plain(credential: &str, as_of: Date) -> Holding {
    let mut holding = Holding::of(credential.parse().expect("an id"));
    holding.awarded = Some(as_of);
    holding.grade = Some(Amount::whole(1_000_000));
    holding
}

/// Does what a step says, on the day.
pub fn follow(catalog: &Catalog, learner: &mut Learner, step: &Step, as_of: Date) {
    match &step.action {
        Action::Earn(credential) => {
            learner.holdings.push(plain(catalog.credential(*credential).id.as_str(), as_of));
        }
        Action::Award(qualification) => {
            let mut award = plain(catalog.qualification(*qualification).id.as_str(), as_of);
            for &component in &step.components {
                *award.components.entry(catalog.credential(component).id.clone()).or_default() += 1;
            }
            learner.holdings.push(award);
        }
        Action::Confirm { key, recorded, needed, .. } => {
            let amount = needed.saturating_sub(*recorded);
            learner.attestations.push(Attestation {
                key: key.clone(),
                amount,
                on: Some(as_of),
                evidence: None,
            });
        }
    }
}
