//! §2: what overlays look at, and whether a requirement that takes or looks holds.

use cairn_core::catalog::{Clause, CredentialIx, RequirementIx, Sight, Take};

use crate::scope::{Allocation, Scope, Use, given};

impl Scope<'_> {
    /// Every way in which the overlays of the layers may look at holdings; those of a layer divide what
    /// they see.
    pub(crate) fn looks(&self, allocation: &Allocation) -> Vec<Allocation> {
        let layered = self.takes(|take| take.sight.layer().is_some());
        let layer = |&ix: &RequirementIx| self.take(ix).and_then(|take| take.sight.layer());
        let mut layers: Vec<_> = layered.iter().map(layer).collect();
        layers.sort_unstable();
        layers.dedup();
        layers.into_iter().fold(vec![Allocation::new()], |looks, layer| {
            let mut ways = self.placed(&self.takes(|take| take.sight.layer() == layer));
            ways.retain(|way| self.are_visible(way, allocation));
            looks.iter().flat_map(|look| ways.iter().map(move |way| [&look[..], way].concat())).collect()
        })
    }

    fn are_visible(&self, uses: &Allocation, allocation: &Allocation) -> bool {
        uses.iter().all(|used| self.is_visible(used, allocation))
    }

    /// An overlay over what is counted sees only that, as what it counts.
    pub(crate) fn is_visible(&self, used: &Use, allocation: &Allocation) -> bool {
        self.take(used.2).is_some_and(|take| match take.sight {
            Sight::Counted { .. } => {
                allocation.iter().any(|&(unit, face, _)| (unit, face) == (used.0, used.1))
            }
            Sight::Taking | Sight::Held { .. } | Sight::Attempted => true,
        })
    }

    pub(crate) fn take_holds(
        &self,
        take: &Take,
        ix: RequirementIx,
        allocation: &Allocation,
        looked_at: &Allocation,
    ) -> bool {
        let satisfied = |set: &[(usize, CredentialIx)]| {
            let mut floors = take.floors.iter().enumerate();
            self.caps_of(take, ix, set, |_| true)
                && floors.all(|(at, floor)| {
                    !self.keeps(Clause::Need(self.ix, ix, at)) || self.limit_holds(floor, set)
                })
                && self.is_in_window(take, ix, set)
                && self.is_in_order(take, ix, set, allocation)
        };
        match &take.sight {
            Sight::Taking => satisfied(&given(allocation, ix)),
            Sight::Attempted => {
                let units = self.world.units.iter().enumerate();
                let attempted = units.filter(|(_, one)| one.is_attempted).map(|(unit, one)| (unit, one.own));
                let seen = attempted.filter(|&(unit, own)| self.accepts(ix, take, unit, own));
                satisfied(&seen.collect::<Vec<_>>())
            }
            sight if sight.layer().is_some() => satisfied(&given(looked_at, ix)),
            // An overlay alone may look at any set of what it sees.
            _ => {
                let sets = self.placed(&[ix]);
                sets.iter().any(|set| self.are_visible(set, allocation) && satisfied(&given(set, ix)))
            }
        }
    }

    /// Whether a set lies within the window of a requirement, if that is asked.
    pub(crate) fn is_in_window(&self, take: &Take, ix: RequirementIx, set: &[(usize, CredentialIx)]) -> bool {
        take.window
            .is_none_or(|window| !self.keeps(Clause::Window(self.ix, ix)) || self.lies_within(set, window))
    }

    /// Whether nothing of a set was awarded before what is counted toward the requirements that come
    /// before this one, if any do.
    pub(crate) fn is_in_order(
        &self,
        take: &Take,
        ix: RequirementIx,
        set: &[(usize, CredentialIx)],
        allocation: &Allocation,
    ) -> bool {
        let is_before = |used: &&Use| take.after.contains(&used.2);
        !self.keeps(Clause::After(self.ix, ix))
            || allocation.iter().filter(is_before).all(|earlier| {
                set.iter().all(|later| match (self.day(earlier.0), self.day(later.0)) {
                    (Some(earlier), Some(later)) => earlier <= later,
                    _ => false,
                })
            })
    }
}
