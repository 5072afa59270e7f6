//! §3: whether qualifications are complete: claims, each with an allocation, so that every policy holds.

use std::collections::BTreeSet;

use cairn_core::{
    Catalog, Learner,
    catalog::{AwardMode, CredentialIx, QualificationIx, Rule},
};

use crate::{Question, Unit, scope::Allocation, subsets};

/// Everything that is taken to be had.
#[derive(Clone, Copy)]
pub(crate) struct World<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) learner: &'a Learner,
    pub(crate) question: &'a Question,
    pub(crate) units: &'a [Unit<'a>],
    /// Qualifications newly awarded.
    pub(crate) awards: &'a [QualificationIx],
    /// Attestations granted.
    pub(crate) granted: &'a [String],
    /// New awards that use up what earned them, with what that is: what they count in their own frame.
    pub(crate) redeemed: &'a [(QualificationIx, Vec<CredentialIx>)],
    /// One of these that is asked whether it is complete just so.
    pub(crate) redeeming: Option<QualificationIx>,
}

impl World<'_> {
    /// Whether a qualification is complete, together with what its policies couple to it.
    pub(crate) fn is_complete(&self, qualification: QualificationIx) -> bool {
        self.are_complete(&[qualification])
    }

    /// Whether qualifications are complete, all of them at once.
    pub(crate) fn are_complete(&self, wanted: &[QualificationIx]) -> bool {
        let frame = self.frame(wanted);
        let is_bound = self.catalog.policies().iter().any(|policy| {
            policy.owner.is_none_or(|owner| frame.contains(&owner))
                && policy.between.iter().any(|named| frame.contains(named))
                && policy
                    .between
                    .iter()
                    .filter(|&&named| frame.contains(&named) || self.components(policy, named).is_some())
                    .count()
                    > 1
        });
        if !is_bound {
            return wanted.iter().all(|&one| self.allocations(one, &[one], &[one]).next().is_some());
        }
        // Which of the others are claimed to be earned is tried in every way.
        subsets(&frame[wanted.len()..]).into_iter().any(|others| {
            let claimed = [wanted, &others].concat();
            let allocations: Vec<Vec<_>> =
                claimed.iter().map(|&claim| distinct(self.allocations(claim, &frame, &claimed))).collect();
            self.combine(&claimed, &allocations, &mut Vec::new())
        })
    }

    /// Qualifications, and all that they ask to be earned, directly or through others.
    fn frame(&self, wanted: &[QualificationIx]) -> Vec<QualificationIx> {
        let mut frame = wanted.to_vec();
        let mut at = 0;
        while at < frame.len() {
            for requirement in &self.catalog.qualification(frame[at]).requirements {
                if let Rule::Award(other, AwardMode::Earned | AwardMode::Either) = requirement.rule
                    && !frame.contains(&other)
                {
                    frame.push(other);
                }
            }
            at += 1;
        }
        frame
    }

    /// Picks one allocation for each claimed qualification so that every policy holds.
    fn combine<'s>(
        &self,
        claimed: &[QualificationIx],
        allocations: &'s [Vec<Allocation>],
        picked: &mut Vec<&'s Allocation>,
    ) -> bool {
        if picked.len() == claimed.len() {
            return self.policies_hold(&claimed.iter().copied().zip(picked.iter().copied()).collect());
        }
        allocations[picked.len()].iter().any(|allocation| {
            picked.push(allocation);
            let fits = self.combine(claimed, allocations, picked);
            picked.pop();
            fits
        })
    }
}

/// Of allocations that count the same units one, since policies do not see where they count.
fn distinct(allocations: impl Iterator<Item = Allocation>) -> Vec<Allocation> {
    let units = |allocation: &Allocation| allocation.iter().map(|&(unit, ..)| unit).collect::<Vec<_>>();
    let mut seen = BTreeSet::new();
    let once = |mut allocation: Allocation| {
        allocation.dedup_by_key(|used| used.0);
        allocation
    };
    allocations.map(once).filter(|allocation| seen.insert(units(allocation))).collect()
}
