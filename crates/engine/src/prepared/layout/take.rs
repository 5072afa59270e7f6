//! Requirements that take or look, as needs.

use std::collections::BTreeSet;

use cairn_core::{
    Amount,
    catalog::{Bound, CredentialIx, Limit, RequirementIx, Sight, Take, Tally},
};

use super::{
    Layouter,
    part::{Need, Part, group, leaf},
};

impl<'c> Layouter<'c> {
    pub(super) fn take(&mut self, ix: RequirementIx, take: &'c Take) -> Option<Part<'c>> {
        let Take {
            filter,
            floors,
            caps,
            min_grade,
            max_age,
            window: _,
            after: _,
            is_ordered: _,
            sight,
            advise: _,
            truncates: _,
            divides: _,
            is_narrowed: _,
            // Its holdings are judged one by one, as where a grade is asked.
            excused: _,
        } = take;
        if take.advised(&self.qualification.pools).is_some() || take.counts_parts() {
            return None;
        }
        let lane = match sight {
            Sight::Taking | Sight::Attempted => 0,
            Sight::Counted { layer } | Sight::Held { layer } => self.lane(layer.as_deref()),
        };
        let is_counted = matches!(sight, Sight::Counted { .. });
        let items: BTreeSet<_> = self
            .catalog
            .credential_indexes()
            .filter(|&credential| self.accepts(filter, credential))
            .filter(|credential| !is_counted || self.takers.contains_key(credential))
            .collect();
        let is_judged = min_grade.is_some() || max_age.is_some();
        let part = self.needs(ix, floors, &items, lane, is_judged)?;
        match (&caps[..], &part.needs[..]) {
            (_, []) => Some(part),
            ([], [need]) if lane == 0 => Some(self.capped_with_all(need).unwrap_or(part)),
            ([], _) => Some(part),
            ([cap], [need]) => self.capped(need, cap),
            _ => None,
        }
    }

    /// An upper limit over everything counted binds each need that could go above it. One is laid out
    /// with the need; all of them are looked at in the end.
    fn capped_with_all(&self, need: &Need) -> Option<Part<'c>> {
        let limits = self.qualification.limits.iter().filter(|limit| limit.bound == Bound::AtMost);
        let speaks = |limit: &&Limit| need.items.iter().any(|&ix| self.accepts(&limit.filter, ix));
        limits.filter(speaks).filter_map(|limit| self.capped(need, limit)).find(|part| part.needs.len() > 1)
    }

    /// A need for so many of which at most so many are of some kind: what is above that must be of
    /// another.
    fn capped(&self, need: &Need, cap: &Limit) -> Option<Part<'c>> {
        let of_kind = need.items.iter().copied().filter(|&ix| self.accepts(&cap.filter, ix)).collect();
        let by_credits = !is_number(&cap.tally);
        let unit = Need { amount: Amount::ONE, by_credits, items: of_kind, ..need.clone() };
        let each = match self.in_number(unit.clone()) {
            _ if !by_credits => Amount::ONE,
            one if one.by_credits => return None,
            // Those without credits would slip under the limit.
            one if one.items.len() < unit.items.len() => return None,
            one => one.items.first().map_or(Amount::ONE, |&ix| self.catalog.credential(ix).credits),
        };
        let most = cap.amount.thousandths() / each.thousandths() * Amount::ONE.thousandths();
        if need.by_credits {
            return None;
        }
        if most >= need.amount.thousandths() {
            return Some(leaf(need.clone()));
        }
        let other = need.items.difference(&unit.items).copied().collect();
        let amount = Amount::from_thousandths(need.amount.thousandths() - most);
        let above = Need { amount, items: other, ..need.clone() };
        if most == 0 {
            return Some(leaf(above));
        }
        let below = Need { amount: Amount::from_thousandths(most), ..need.clone() };
        Some(group(2, vec![leaf(above), leaf(below)]))
    }

    pub(super) fn lane(&mut self, layer: Option<&'c str>) -> u32 {
        let next = self.lanes + 1;
        let lane = match layer {
            Some(layer) => *self.layers.entry(layer).or_insert(next),
            None => next,
        };
        self.lanes = self.lanes.max(lane);
        lane
    }

    /// Lower limits on one set of items. Limits of which each lies within the other or beside it are
    /// one need each, for what the limits within it do not bring.
    pub(super) fn needs(
        &self,
        source: RequirementIx,
        floors: &[Limit],
        items: &BTreeSet<CredentialIx>,
        lane: u32,
        is_judged: bool,
    ) -> Option<Part<'c>> {
        let mut needs = Vec::with_capacity(floors.len());
        for floor in floors {
            let Limit { tally, amount, filter, share: _, per: _, last: _, bound: _, span: _ } = floor;
            let items: BTreeSet<_> = items.iter().copied().filter(|&ix| self.accepts(filter, ix)).collect();
            let by_credits = !is_number(tally);
            needs.push(self.in_number(Need { source, amount: *amount, by_credits, lane, items, is_judged }));
        }
        if needs.len() > 1 {
            if needs.iter().any(|need| need.by_credits) {
                return None;
            }
            needs = nested(needs)?;
        }
        let parts: Vec<_> = needs.into_iter().map(leaf).collect();
        Some(match <[_; 1]>::try_from(parts) {
            Ok([one]) => one,
            Err(parts) => group(parts.len(), parts),
        })
    }

    /// Credits of which all items bring the same are a number of items.
    fn in_number(&self, mut need: Need) -> Need {
        if !need.by_credits {
            return need;
        }
        let credits = |ix: &CredentialIx| self.catalog.credential(*ix).credits;
        need.items.retain(|ix| credits(ix) > Amount::ZERO);
        let mut different: Vec<_> = need.items.iter().map(credits).collect();
        different.sort_unstable();
        different.dedup();
        if let [each] = different[..] {
            let (amount, each) = (need.amount.thousandths(), each.thousandths());
            let number = amount / each + i64::from(amount % each != 0);
            need.amount = Amount::from_thousandths(number * Amount::ONE.thousandths());
            need.by_credits = false;
        }
        need
    }
}

/// Lower limits as needs that items fill one at a time. Nothing, if two overlap without one lying in
/// the other.
fn nested(mut needs: Vec<Need>) -> Option<Vec<Need>> {
    needs.sort_by_key(|need| need.items.len());
    let number = |need: &Need| need.amount.thousandths();
    let mut whole: Vec<i64> = Vec::with_capacity(needs.len());
    let mut is_within = vec![false; needs.len()];
    for at in 0..needs.len() {
        let mut within = 0;
        for below in 0..at {
            let (one, other) = (&needs[below].items, &needs[at].items);
            if !is_within[below] && one.is_subset(other) {
                is_within[below] = true;
                within += whole[below];
            } else if !one.is_subset(other) && !one.is_disjoint(other) {
                return None;
            }
        }
        whole.push(number(&needs[at]).max(within));
        needs[at].amount = Amount::from_thousandths(whole[at] - within);
    }
    needs.retain(|need| need.amount > Amount::ZERO);
    Some(needs)
}

/// The measures in which a limit can be laid out.
pub(super) fn is_number(tally: &Tally) -> bool {
    *tally == Tally::Count
}
