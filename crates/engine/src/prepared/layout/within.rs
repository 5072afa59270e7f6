//! What looks only at what one need takes is a need within it.

use cairn_core::Amount;

use super::{
    Layouter,
    part::{All, Need, Part, is_number_of, leaf, one_of},
};

impl<'c> Layouter<'c> {
    /// What looks only at what one need takes is a need within it, as a lower limit of it would be.
    pub(super) fn within(&self, root: All<'c>) -> All<'c> {
        let is_look = |part: &Part<'_>| is_number_of(part) && part.needs[0].lane > 0;
        let (looks, mut root): (Vec<_>, Vec<_>) = root.into_iter().partition(is_look);
        let mut inner: Vec<Vec<Need>> = root.iter().map(|_| Vec::new()).collect();
        for look in looks {
            let need = &look.needs[0];
            let is_alone = need.items.iter().all(|ix| self.takers.get(ix) == Some(&1));
            let holds = |part: &Part<'_>| {
                is_number_of(part) && part.needs[0].lane == 0 && need.items.is_subset(&part.needs[0].items)
            };
            let found = root.iter().position(holds).filter(|&at| {
                let may_share =
                    |other: &Need| other.lane == need.lane || other.items.is_disjoint(&need.items);
                is_alone && inner[at].iter().all(may_share)
            });
            match found {
                Some(at) => inner[at].push(need.clone()),
                None => {
                    root.push(look);
                    inner.push(Vec::new());
                }
            }
        }
        // The looks of a layer compete for what they look at: they are all within, or none is.
        while let Some(back) = apart_from_its_layer(&root, &mut inner) {
            root.push(leaf(back));
            inner.push(Vec::new());
        }
        root.into_iter().zip(inner).map(|(part, inner)| with_inner(part, inner)).collect()
    }
}

/// Takes out a need within another whose layer has needs that are not.
fn apart_from_its_layer(root: &[Part<'_>], inner: &mut [Vec<Need>]) -> Option<Need> {
    let is_outside = |lane: u32| root.iter().flat_map(|part| &part.needs).any(|need| need.lane == lane);
    for needs in inner {
        if let Some(at) = needs.iter().position(|need| is_outside(need.lane)) {
            return Some(needs.remove(at));
        }
    }
    None
}

/// A need with needs within it: each of them, and what they leave of the whole.
fn with_inner(part: Part<'_>, inner: Vec<Need>) -> Part<'_> {
    if inner.is_empty() {
        return part;
    }
    let whole = part.needs[0].clone();
    let within: Amount = inner.iter().map(|need| need.amount).sum();
    let rest = Need { amount: whole.amount.saturating_sub(within), ..whole };
    let mut parts: Vec<_> = inner.into_iter().map(|need| leaf(Need { lane: 0, ..need })).collect();
    if rest.amount > Amount::ZERO {
        parts.push(leaf(rest));
    }
    one_of(parts)
}
