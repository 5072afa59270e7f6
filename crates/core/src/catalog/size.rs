//! How large a qualification is, in credits: what its rules ask for at the least and at the most.

use std::cmp::Reverse;

use crate::{
    Amount, Span,
    catalog::{
        Bound, Credential, CredentialIx, Facts, Filter, Limit, Qualification, RequirementIx, Rule, Sight,
        Take, Tally,
    },
};

/// How large qualifications of a kind may be.
#[derive(Debug, Clone)]
pub struct SizeBounds {
    /// The kind.
    pub kind: String,
    /// The name to show.
    pub title: String,
    /// The least credits that one may ask for.
    pub least: Option<Amount>,
    /// The most.
    pub most: Option<Amount>,
    /// Where it is written.
    pub span: Span,
}

/// What rules ask for, in credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// No way of meeting them asks for less.
    pub least: Amount,
    /// No way asks for more; nothing where that cannot be told.
    pub most: Option<Amount>,
    /// Whether some way asks for just the least.
    pub is_least_sure: bool,
    /// Whether some way asks for just the most.
    pub is_most_sure: bool,
}

impl Size {
    const NOTHING: Size = Size::of(Amount::ZERO);

    /// What cannot be told.
    const UNKNOWN: Size = Size { least: Amount::ZERO, most: None, is_least_sure: false, is_most_sure: false };

    const fn of(amount: Amount) -> Size {
        Size { least: amount, most: Some(amount), is_least_sure: true, is_most_sure: true }
    }

    fn and(self, other: Size) -> Size {
        Size {
            least: self.least + other.least,
            most: self.most.zip(other.most).map(|(one, other)| one + other),
            is_least_sure: self.is_least_sure && other.is_least_sure,
            is_most_sure: self.is_most_sure && other.is_most_sure,
        }
    }

    /// What is asked for by so many of several, of which it is open which.
    fn chosen(sizes: &[Size], number: usize) -> Size {
        let mut by_least = sizes.to_vec();
        by_least.sort_by_key(|size| (size.least, !size.is_least_sure));
        let mut by_most = sizes.to_vec();
        // What has no bound comes first: it may be larger than any.
        by_most.sort_by_key(|size| (size.most.is_some(), Reverse(size.most), !size.is_most_sure));
        let sum = |sizes: Vec<Size>| sizes.into_iter().take(number).fold(Size::NOTHING, Size::and);
        let (least, most) = (sum(by_least), sum(by_most));
        Size { least: least.least, is_least_sure: least.is_least_sure, ..most }
    }

    /// With a lower limit over the same: it asks for the rest.
    fn at_least(self, least: Amount) -> Size {
        match self.most {
            Some(most) if most <= least => Size::of(least),
            _ => Size { least: self.least.max(least), ..self },
        }
    }

    /// With an upper limit over the same: whether some way comes to it cannot be told.
    fn at_most(self, most: Amount) -> Size {
        match self.most {
            Some(own) if own <= most => self,
            _ => Size { most: Some(most), is_most_sure: false, ..self },
        }
    }

    /// With lower limits on parts of the same, which come to this much at the most. They ask for nothing
    /// more where there is room for them in any case.
    fn of_which(self, parts: Option<Amount>) -> Size {
        match parts {
            Some(parts) if parts <= self.least => self,
            _ => Size {
                most: self.most.zip(parts).map(|(most, parts)| most + parts),
                is_least_sure: false,
                is_most_sure: false,
                ..self
            },
        }
    }
}

/// What a qualification asks for. What another qualification asks for, and what several requirements ask
/// for together, cannot be told.
pub(super) fn size(qualification: &Qualification, credentials: &[Credential]) -> Size {
    if qualification.requirements.is_empty() {
        return Size::UNKNOWN;
    }
    let within = qualification.below(qualification.root());
    let mut parents = vec![0_usize; qualification.requirements.len()];
    for &ix in &within {
        let children = qualification.requirement(ix).rule.children();
        children.iter().for_each(|child| parents[child.index()] += 1);
    }
    let mut sizes: Vec<Size> = Vec::with_capacity(qualification.requirements.len());
    for ix in qualification.requirement_indexes() {
        let requirement = qualification.requirement(ix);
        let child = |child: &RequirementIx| -> Size {
            let size = sizes[child.index()];
            let is_shared = parents[child.index()] > 1 && size != Size::NOTHING;
            if is_shared { Size::UNKNOWN } else { size }
        };
        let children: Vec<Size> = requirement.rule.children().iter().map(child).collect();
        let size = match &requirement.rule {
            _ if !within.contains(&ix) => Size::NOTHING,
            Rule::All(_) | Rule::Same(..) => Size::chosen(&children, children.len()),
            Rule::Any(_) => Size::chosen(&children, 1),
            Rule::Choose(number, _) => Size::chosen(&children, *number as usize),
            Rule::Take(take) if take.sight == Sight::Taking => of_take(take, qualification, credentials),
            Rule::Take(_) | Rule::Attest(_) => Size::NOTHING,
            Rule::Award(..) => Size::UNKNOWN,
        };
        // Of some it is not asked at all; who that is, and what else is asked of them, is open.
        let is_of_some = requirement.when.is_some() && size != Size::NOTHING;
        sizes.push(if is_of_some { Size { most: size.most, ..Size::UNKNOWN } } else { size });
    }
    let root = sizes[qualification.root().index()];
    bounded(root, &qualification.limits, &|limit| {
        demand(limit, &Filter::default(), qualification, credentials)
    })
}

fn of_take(take: &Take, qualification: &Qualification, credentials: &[Credential]) -> Size {
    let number = take.floors.iter().filter(|floor| floor.is_need() && floor.tally == Tally::Count);
    let number = number.map(|floor| floor.amount).max().unwrap_or(Amount::ZERO);
    let size = chosen_from(&[&take.filter], whole(number), qualification, credentials);
    // Which of them it will be is open, and other requirements may take the same.
    let is_sure = size.most == Some(size.least);
    let size = Size { is_least_sure: is_sure, is_most_sure: is_sure, ..size };
    let limits: Vec<Limit> = take.floors.iter().chain(&take.caps).cloned().collect();
    bounded(size, &limits, &|limit| match limit.tally {
        // Some of those that are counted in any case.
        Tally::Count | Tally::Distinct { .. } if limit.amount <= number && limit.per.is_none() => {
            Some(Amount::ZERO)
        }
        _ => demand(limit, &take.filter, qualification, credentials),
    })
}

/// With limits over the same; `demand` says what one on a part of it asks for at the most.
fn bounded(size: Size, limits: &[Limit], demand: &dyn Fn(&Limit) -> Option<Amount>) -> Size {
    let is_of_all = |limit: &&Limit| {
        limit.tally == Tally::Credits
            && limit.filter == Filter::default()
            && limit.per.is_none()
            && limit.last.is_none()
            && limit.share_of_counted().is_none()
    };
    let of = |bound: Bound| limits.iter().filter(move |limit| limit.bound == bound);
    let needs = of(Bound::AtLeast).filter(is_of_all).map(|limit| limit.amount);
    let size = needs.fold(size, Size::at_least);
    let parts = of(Bound::AtLeast).filter(|limit| !is_of_all(limit)).map(demand).sum();
    let size = size.of_which(parts);
    of(Bound::AtMost).filter(is_of_all).map(|limit| limit.amount).fold(size, Size::at_most)
}

/// The most credits that a lower limit asks for; nothing where that cannot be told.
fn demand(
    limit: &Limit,
    within: &Filter,
    qualification: &Qualification,
    credentials: &[Credential],
) -> Option<Amount> {
    if limit.per.is_some() || limit.share_of_counted().is_some() {
        return None;
    }
    match &limit.tally {
        Tally::Credits => Some(limit.amount),
        Tally::Count | Tally::Distinct { .. } => {
            chosen_from(&[within, &limit.filter], whole(limit.amount), qualification, credentials).most
        }
        // What a poor grade needs beside it is no matter of the rules.
        Tally::Average { .. } => Some(Amount::ZERO),
        Tally::Sum { .. } => None,
    }
}

/// So many of all that these filters accept. What no rule file knows has any credits.
fn chosen_from(
    filters: &[&Filter],
    number: usize,
    qualification: &Qualification,
    credentials: &[Credential],
) -> Size {
    let mut pools = filters.iter().flat_map(|filter| filter.pools.iter().flatten());
    if number > 0 && pools.any(|pool| qualification.pools[pool.index()].open.is_some()) {
        return Size::UNKNOWN;
    }
    Size::chosen(&credits(filters, qualification, credentials), number)
}

/// The credits of all that these filters accept.
fn credits(filters: &[&Filter], qualification: &Qualification, credentials: &[Credential]) -> Vec<Size> {
    let accepted = credentials.iter().enumerate().filter(|(at, credential)| {
        let facts = Facts {
            credential: CredentialIx::at(*at),
            origin: credential.origin,
            attributes: &credential.attributes,
            own: None,
            source: None,
        };
        filters.iter().all(|filter| filter.accepts(facts, &qualification.pools))
    });
    accepted
        .flat_map(|(_, credential)| {
            std::iter::repeat_n(Size::of(credential.credits), credential.times as usize)
        })
        .collect()
}

/// How many things a number of them is.
fn whole(number: Amount) -> usize {
    usize::try_from((number.thousandths() + 999) / Amount::ONE.thousandths()).unwrap_or(usize::MAX)
}
