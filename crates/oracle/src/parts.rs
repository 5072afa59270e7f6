//! §2, parts: whether some parts of the credits of units satisfy the rules.
//!
//! Each way in which the tree may hold is a list of inequalities over the parts; whether there are
//! parts that satisfy them all is found by eliminating one part after the other (Fourier and
//! Motzkin), in whole numbers.

use std::collections::BTreeSet;

use cairn_core::{
    Measure,
    catalog::{
        Bound, Clause, CredentialIx, Limit, Qualification, QualificationIx, RequirementIx, Rule, Sight, Take,
        Tally,
    },
};

use crate::{
    complete::{Allocation, World, is_visible},
    limit::{Set, bound, thousandths},
    subsets,
};

/// Factors of the parts, and a number: together they are not negative.
type Row = (Vec<i128>, i128);

/// Inequalities of which all must hold.
type Rows = Vec<Row>;

/// Whether less than all of a unit may count toward it.
pub(crate) fn counts_parts(rule: &Rule) -> bool {
    matches!(rule, Rule::Take(take) if take.counts_parts())
}

/// Whether a limit over everything counted is decided with the parts.
pub(crate) fn is_open(qualification: &Qualification, limit: &Limit) -> bool {
    limit.tally == Tally::Credits && qualification.requirements.iter().any(|one| counts_parts(&one.rule))
}

impl World<'_> {
    /// Whether parts of what is allocated can be chosen so that the root and all limits hold.
    pub(crate) fn holds_in_parts(
        &self,
        qualification: &Qualification,
        allocation: &Allocation,
        looked_at: &Allocation,
        coupled: &[QualificationIx],
        claimed: &[QualificationIx],
    ) -> bool {
        let always = self.always(qualification, allocation);
        self.choices(qualification).iter().any(|declined| {
            let ways = self.ways(qualification, allocation, looked_at, declined, coupled, claimed);
            let asked = self.asked_for(qualification);
            let all = all_of(asked.iter().map(|ix| &ways[ix.index()]));
            all.into_iter().any(|way| is_possible([&always[..], &way].concat(), allocation.len()))
        })
    }

    /// The ways in which each requirement may hold.
    fn ways(
        &self,
        qualification: &Qualification,
        allocation: &Allocation,
        looked_at: &Allocation,
        declined: &[RequirementIx],
        coupled: &[QualificationIx],
        claimed: &[QualificationIx],
    ) -> Vec<Vec<Rows>> {
        let mut ways: Vec<Vec<Rows>> = Vec::new();
        for ix in qualification.requirement_indexes() {
            let child = |ix: &RequirementIx| &ways[ix.index()];
            let those = match &qualification.requirement(ix).rule {
                Rule::All(children) | Rule::Same(_, children) => all_of(children.iter().map(child)),
                Rule::Any(children) => children.iter().flat_map(child).cloned().collect(),
                Rule::Choose(chosen, children) => subsets(children)
                    .iter()
                    .filter(|some| some.len() == *chosen as usize)
                    .flat_map(|some| all_of(some.iter().map(child)))
                    .collect(),
                Rule::Take(take) => self.take_ways(qualification, take, ix, allocation, looked_at),
                Rule::Attest(_) | Rule::Award(..) => {
                    if self.is_had(qualification, ix, coupled, claimed) {
                        vec![Rows::new()]
                    } else {
                        Vec::new()
                    }
                }
            };
            ways.push(match () {
                () if declined.contains(&ix) => Vec::new(),
                () if !self.is_asked(qualification, ix, declined) => vec![Rows::new()],
                () => those,
            });
        }
        ways
    }

    /// What holds of the parts whatever is met: something of each unit counts, and no more than there
    /// is; what is divided counts in all; upper limits, and limits over everything counted.
    fn always(&self, qualification: &Qualification, allocation: &Allocation) -> Rows {
        let mut rows = Rows::new();
        let number = allocation.len();
        for (at, &(unit, face, ix)) in allocation.iter().enumerate() {
            let Some(take) = in_parts(qualification, ix) else { continue };
            let credits = self.credits(unit, face);
            rows.push((one(at, 1, number), -credits.min(1)));
            let mine: Vec<usize> = (0..number).filter(|&other| allocation[other].0 == unit).collect();
            let mut sum = vec![0; number];
            mine.iter().for_each(|&other| sum[other] = -1);
            rows.push((sum.clone(), credits));
            let is_cut = |&other: &usize| {
                in_parts(qualification, allocation[other].2).is_some_and(|take| take.truncates)
            };
            if take.divides && !mine.iter().any(is_cut) {
                sum.iter_mut().for_each(|factor| *factor = -*factor);
                rows.push((sum, -credits));
            }
        }
        for ix in qualification.requirement_indexes() {
            let Some(take) = in_parts(qualification, ix) else { continue };
            let mine: Vec<usize> = (0..number).filter(|&at| allocation[at].2 == ix).collect();
            for (at, cap) in take.caps.iter().enumerate().filter(|(_, cap)| cap.tally == Tally::Credits) {
                if self.keeps(qualification, |within| Clause::Cap(within, ix, at)) {
                    rows.extend(self.rows(qualification, cap, allocation, &mine));
                }
            }
        }
        let all: Vec<usize> = (0..number).collect();
        for (at, limit) in qualification.limits.iter().enumerate() {
            if is_open(qualification, limit) && self.keeps(qualification, |within| Clause::Limit(within, at))
            {
                rows.extend(self.rows(qualification, limit, allocation, &all));
            }
        }
        rows
    }

    /// The ways in which a requirement that takes or looks may hold.
    fn take_ways(
        &self,
        qualification: &Qualification,
        take: &Take,
        ix: RequirementIx,
        allocation: &Allocation,
        looked_at: &Allocation,
    ) -> Vec<Rows> {
        let floors = |wanted: fn(&Limit) -> bool| {
            let floors = take.floors.iter().enumerate().filter(move |(_, floor)| wanted(floor));
            floors.filter(|&(at, _)| self.keeps(qualification, |within| Clause::Need(within, ix, at)))
        };
        let in_credits = |floor: &Limit| floor.tally == Tally::Credits;
        let satisfies = |set: Set<'_>, uses: &[usize]| -> Option<Rows> {
            let mut others = floors(|floor| floor.tally != Tally::Credits);
            let holds = others.all(|(_, floor)| self.limit_holds(qualification, floor, set))
                && self.is_in_window(qualification, take, ix, set);
            let rows = || {
                floors(in_credits).flat_map(|(_, floor)| self.rows(qualification, floor, allocation, uses))
            };
            holds.then(|| rows().collect())
        };
        let set = |uses: &[usize]| -> Vec<(usize, CredentialIx)> {
            let mut set: Vec<_> = uses.iter().map(|&at| (allocation[at].0, allocation[at].1)).collect();
            set.dedup();
            set
        };
        match take.sight {
            Sight::Taking if take.counts_parts() => {
                let mine: Vec<usize> = (0..allocation.len()).filter(|&at| allocation[at].2 == ix).collect();
                satisfies(&set(&mine), &mine).into_iter().collect()
            }
            Sight::Counted { layer: None } if take.floors.iter().any(in_credits) => {
                let seen: BTreeSet<(usize, CredentialIx)> = allocation
                    .iter()
                    .filter(|used| self.accepts(qualification, take, used.0, used.1))
                    .filter(|used| is_visible(qualification, &(used.0, used.1, ix), allocation))
                    .map(|used| (used.0, used.1))
                    .collect();
                let sets = subsets(&seen.into_iter().collect::<Vec<_>>());
                let ways = sets.iter().filter_map(|some| {
                    let is_seen = |&at: &usize| some.contains(&(allocation[at].0, allocation[at].1));
                    let uses: Vec<usize> = (0..allocation.len()).filter(is_seen).collect();
                    satisfies(some, &uses)
                });
                ways.collect()
            }
            _ if self.take_holds(qualification, take, ix, allocation, looked_at) => vec![Rows::new()],
            _ => Vec::new(),
        }
    }

    fn credits(&self, unit: usize, face: CredentialIx) -> i128 {
        thousandths(self.units[unit].value(self.catalog, face, Measure::Credits, self.question.as_of))
    }

    /// A limit in credits as inequalities over the parts of what is used; what is no part is a number.
    fn rows(
        &self,
        qualification: &Qualification,
        limit: &Limit,
        allocation: &Allocation,
        uses: &[usize],
    ) -> Rows {
        let passes = |&at: &usize| {
            let (unit, face, _) = allocation[at];
            self.units[unit].passes(self.catalog, face, &limit.filter, &qualification.pools)
        };
        let mine: Vec<usize> = uses.iter().copied().filter(passes).collect();
        let sum = |uses: &[usize]| -> Row {
            let mut row = (vec![0; allocation.len()], 0);
            for &at in uses {
                let (unit, face, ix) = allocation[at];
                match in_parts(qualification, ix) {
                    Some(_) => row.0[at] += 1,
                    None => row.1 += self.credits(unit, face),
                }
            }
            row
        };
        let row = |those: &[usize]| -> Row {
            let is_of_counted = limit.share_of_counted().is_some();
            let (times, bound) = bound(limit, || 0);
            let has = sum(those);
            let whole = if is_of_counted { sum(uses) } else { sum(&[]) };
            let upper = limit.share_of_counted().map_or(0, |share| i128::from(share.numerator()));
            let sign = if limit.bound == Bound::AtLeast { 1 } else { -1 };
            let factors = has.0.iter().zip(&whole.0).map(|(has, whole)| sign * (has * times - whole * upper));
            (factors.collect(), sign * (has.1 * times - whole.1 * upper - bound))
        };
        let Some(per) = &limit.per else { return vec![row(&mine)] };
        let faces: Vec<_> = mine.iter().map(|&at| (allocation[at].0, allocation[at].1)).collect();
        let values = self.values(&faces, per);
        let having = |value| -> Vec<usize> {
            let has = |&at: &usize| {
                self.units[allocation[at].0].attribute(self.catalog, allocation[at].1, per).contains(value)
            };
            mine.iter().copied().filter(has).collect()
        };
        values.iter().map(|value| row(&having(value))).collect()
    }
}

/// The requirement, if it counts parts.
fn in_parts(qualification: &Qualification, ix: RequirementIx) -> Option<&Take> {
    match &qualification.requirement(ix).rule {
        Rule::Take(take) if take.counts_parts() => Some(take),
        _ => None,
    }
}

fn one(at: usize, factor: i128, number: usize) -> Vec<i128> {
    (0..number).map(|other| if other == at { factor } else { 0 }).collect()
}

/// One way of each of several.
fn all_of<'w>(each: impl Iterator<Item = &'w Vec<Rows>>) -> Vec<Rows> {
    each.fold(vec![Rows::new()], |ways, those| {
        ways.iter().flat_map(|way| those.iter().map(move |one| [&way[..], one].concat())).collect()
    })
}

/// Whether numbers satisfy all inequalities.
fn is_possible(rows: Rows, number: usize) -> bool {
    let mut rows: BTreeSet<Row> = rows.into_iter().map(smallest).collect();
    for at in 0..number {
        let (with, mut rest): (Vec<Row>, BTreeSet<Row>) =
            rows.into_iter().fold(Default::default(), |mut parted, row| {
                if row.0[at] == 0 {
                    parted.1.insert(row);
                } else {
                    parted.0.push(row);
                }
                parted
            });
        for low in with.iter().filter(|row| row.0[at] > 0) {
            for high in with.iter().filter(|row| row.0[at] < 0) {
                let (one, other) = (-high.0[at], low.0[at]);
                let factors = low.0.iter().zip(&high.0).map(|(low, high)| low * one + high * other);
                rest.insert(smallest((factors.collect(), low.1 * one + high.1 * other)));
            }
        }
        rows = rest;
    }
    rows.iter().all(|row| row.1 >= 0)
}

/// The same inequality in the smallest numbers.
fn smallest((factors, number): Row) -> Row {
    let gcd = |mut a: i128, mut b: i128| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a.abs()
    };
    let divisor = factors.iter().fold(number, |divisor, &factor| gcd(divisor, factor)).max(1);
    (factors.into_iter().map(|factor| factor / divisor).collect(), number / divisor)
}
