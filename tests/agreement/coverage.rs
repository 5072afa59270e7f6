//! Which constructs occurred in cases of which outcome.

use std::collections::BTreeMap;

use cairn_core::Catalog;
use cairn_engine::{Audit, Verdict};
use cairn_testkit::random::Case;

/// How often each construct must have occurred with each outcome.
const OCCURRENCES_MIN: usize = 20;

/// Every construct that the generator knows.
const CONSTRUCTS: [&str; 143] = [
    "after",
    "after two",
    "any",
    "attest",
    "attestation",
    "average",
    "average of a qualification",
    "award earned",
    "award either",
    "award held",
    "award maintained",
    "award without a mode",
    "choice of editions",
    "choose",
    "components of an award",
    "credential by name",
    "credential, only toward",
    "distinct",
    "edition",
    "equivalence",
    "equivalence, a part",
    "equivalence, dated",
    "equivalence, only toward",
    "equivalence, two steps",
    "exclusion",
    "exclusion of three",
    "fraction of what is counted",
    "fraction of what is counted, of a qualification",
    "fraction of what is required",
    "fraction of what is required, of a qualification",
    "grace",
    "group of credentials",
    "group of requirements",
    "holding in progress",
    "holding not in the catalog",
    "holding of an award",
    "holding planned",
    "holding recognised",
    "holding revoked",
    "holding transferred",
    "holding without a day",
    "holding, two of one credential",
    "holding.attributes",
    "holding.credits",
    "holding.expires",
    "holding.grade",
    "holding.issuer",
    "holding.scheme",
    "issuer",
    "larger than room",
    "larger than room is refused",
    "larger than room, divided",
    "last in a limit",
    "last in a limit of a qualification",
    "latest attempt",
    "layer",
    "limits",
    "limits in the own measure",
    "limits of a qualification",
    "max_age",
    "max_age on entry",
    "min_grade",
    "no credits",
    "not offered",
    "not_in",
    "on_award",
    "open pool",
    "open pool, several times",
    "open pools, two",
    "optional",
    "outcome",
    "outcome of a credential",
    "outcome of a requirement",
    "outcome of what is counted",
    "over attempted",
    "over attempted, average",
    "over counted",
    "over counted, capped",
    "over counted, two in a layer",
    "over held",
    "over held, capped",
    "over held, two in a layer",
    "overlay in a group",
    "overlay with a window",
    "overlay with an average",
    "overlay with distinct",
    "per in a limit of a qualification",
    "per, at least",
    "per, at most",
    "pool of",
    "pool that is not advised",
    "qualification by name",
    "renewal window",
    "renewed from the end",
    "renewed_by",
    "repeatable",
    "requirement that is not advised",
    "requires",
    "requires a qualification",
    "requires one of",
    "retired credential",
    "retired qualification",
    "same",
    "scheme of a credential",
    "scheme of a qualification",
    "scheme of a requirement",
    "schemes",
    "sharing",
    "sharing of no qualification",
    "sharing of three",
    "sharing of what is asked together",
    "sharing with the whole",
    "sharing: banned",
    "sharing: banned_above",
    "sharing: for",
    "sharing: fraction",
    "sharing: from into",
    "sharing: jointly_with",
    "sharing: looks into awards",
    "sharing: max_partners",
    "sharing: max_purposes",
    "sharing: surplus_above",
    "sharing: unique_at_least",
    "sharing: where",
    "splittable",
    "sum",
    "sum in a limit",
    "take credits",
    "test.all",
    "test.any",
    "test.list",
    "test.max",
    "test.min",
    "test.none",
    "test.one",
    "two needs",
    "valid",
    "valid after retirement",
    "when attested",
    "when held",
    "when met",
    "where source",
    "window",
];

/// Kinds of answers that must occur.
const ANSWERS: [&str; 29] = [
    "Pareto set of several",
    "advised from elsewhere",
    "certain",
    "counted from elsewhere",
    "different completions",
    "every edition may be chosen",
    "exception: allow",
    "exception: amount",
    "exception: count here",
    "exception: extend",
    "exception: substitute",
    "exception: waive",
    "exceptions as if the rules said so",
    "forced by a few rules",
    "forced out of reach",
    "impossible",
    "interchangeable credentials",
    "no edition may be chosen",
    "outcome at a price",
    "outcome out of reach",
    "outcome reached",
    "possible",
    "preference honoured",
    "preference with a price",
    "price of nothing",
    "price of something",
    "some editions may be chosen",
    "stopped between bounds",
    "stopped with nothing found",
];

/// What occurred.
#[derive(Default)]
pub(crate) struct Coverage {
    pub(crate) catalogs: u64,
    /// Answers that a prepared question proves without a search.
    pub(crate) proved_at_once: usize,
    /// Occurrences by construct: complete, remaining, unreachable.
    constructs: BTreeMap<&'static str, [usize; 3]>,
    /// Occurrences of kinds of answers beside the audit itself.
    answers: BTreeMap<&'static str, usize>,
}

impl Coverage {
    /// Counts what an audit went through: the constructs of the qualifications that it allocated.
    pub(crate) fn add(&mut self, catalog: &Catalog, case: &Case, audit: &Audit) {
        let outcome = match audit.verdict {
            Verdict::Complete => 0,
            Verdict::Remaining(_) => 1,
            Verdict::Unreachable => 2,
            Verdict::Stopped(_) => unreachable!("only a search with a bound is stopped"),
        };
        for (within, constructs) in &case.constructs {
            let takes_part = within.as_ref().is_none_or(|id| {
                let is_it = |scope: &cairn_engine::ScopeAudit| {
                    catalog.qualification(scope.qualification).id.as_str() == id
                };
                audit.scopes.iter().any(is_it)
            });
            if takes_part {
                constructs
                    .iter()
                    .for_each(|construct| self.constructs.entry(construct).or_default()[outcome] += 1);
            }
        }
    }

    /// Counts kinds of answers.
    pub(crate) fn count(&mut self, kinds: &[&'static str]) {
        kinds.iter().for_each(|kind| *self.answers.entry(kind).or_default() += 1);
    }

    pub(crate) fn merge(&mut self, other: Coverage) {
        self.catalogs += other.catalogs;
        self.proved_at_once += other.proved_at_once;
        for (kind, seen) in other.answers {
            *self.answers.entry(kind).or_default() += seen;
        }
        for (construct, outcomes) in other.constructs {
            let mine = self.constructs.entry(construct).or_default();
            mine.iter_mut().zip(outcomes).for_each(|(mine, more)| *mine += more);
        }
    }

    /// Fails if a kind of answer is rare.
    pub(crate) fn demand_answers(&self) {
        let rare: Vec<_> = ANSWERS
            .iter()
            .filter(|kind| self.answers.get(*kind).is_none_or(|&seen| seen < OCCURRENCES_MIN))
            .collect();
        assert!(rare.is_empty(), "too rare: {rare:?} of {:?}", self.answers);
    }

    /// Fails if a construct is rare, or unknown to this list.
    pub(crate) fn demand_all(&self) {
        let seen: Vec<_> = self.constructs.keys().copied().collect();
        assert_eq!(seen, CONSTRUCTS, "the constructs that occurred are those that are known");
        let rare: Vec<_> = self
            .constructs
            .iter()
            .filter(|(_, outcomes)| outcomes.iter().min() < Some(&OCCURRENCES_MIN))
            .collect();
        assert!(rare.is_empty(), "too rare (complete, remaining, unreachable): {rare:#?}");
    }
}
