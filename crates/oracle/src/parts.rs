//! §2, parts: whether some parts of the credits of units satisfy the rules.
//!
//! Each way in which the root may be met is a list of inequalities over the parts; whether there are
//! parts that satisfy them all is found by eliminating one part after the other (Fourier and
//! Motzkin), in whole numbers.

use std::collections::{BTreeMap, BTreeSet};

use cairn_core::{
    Measure,
    catalog::{Bound, Clause, CredentialIx, Limit, Qualification, RequirementIx, Rule, Sight, Take, Tally},
};

use crate::{
    limit::{Set, bound, thousandths},
    scope::{Allocation, Scope},
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

impl Scope<'_> {
    /// Whether parts of what is allocated can be chosen so that the root and all limits hold.
    pub(crate) fn holds_in_parts(&self, allocation: &Allocation, looked_at: &Allocation) -> bool {
        let always = self.always(allocation);
        let leaves = self.ways.iter().flatten().map(|&ix| (ix, self.leaf_rows(ix, allocation, looked_at)));
        let leaves: BTreeMap<RequirementIx, Vec<Rows>> = leaves.collect();
        self.ways.iter().any(|way| {
            let all = all_of(way.iter().map(|ix| &leaves[ix]));
            all.into_iter().any(|rows| is_possible([&always[..], &rows].concat(), allocation.len()))
        })
    }

    /// What holds of the parts whatever is met: something of each unit counts, and no more than there
    /// is; what is divided counts in all; upper limits, and limits over everything counted.
    fn always(&self, allocation: &Allocation) -> Rows {
        let mut rows = Rows::new();
        let number = allocation.len();
        for (at, &(unit, face, ix)) in allocation.iter().enumerate() {
            let Some(take) = self.in_parts(ix) else { continue };
            let credits = self.credits(unit, face);
            rows.push((one(at, 1, number), -credits.min(1)));
            let mine: Vec<usize> = (0..number).filter(|&other| allocation[other].0 == unit).collect();
            let mut sum = vec![0; number];
            mine.iter().for_each(|&other| sum[other] = -1);
            rows.push((sum.clone(), credits));
            let is_cut =
                |&other: &usize| self.in_parts(allocation[other].2).is_some_and(|take| take.truncates);
            if take.divides && !mine.iter().any(is_cut) {
                sum.iter_mut().for_each(|factor| *factor = -*factor);
                rows.push((sum, -credits));
            }
        }
        for ix in self.qualification.requirement_indexes() {
            let Some(take) = self.in_parts(ix) else { continue };
            let mine: Vec<usize> = (0..number).filter(|&at| allocation[at].2 == ix).collect();
            for (at, cap) in take.caps.iter().enumerate().filter(|(_, cap)| cap.tally == Tally::Credits) {
                if self.keeps(Clause::Cap(self.ix, ix, at)) {
                    rows.extend(self.rows(cap, allocation, &mine));
                }
            }
        }
        let all: Vec<usize> = (0..number).collect();
        for (at, limit) in self.qualification.limits.iter().enumerate() {
            if is_open(self.qualification, limit) && self.keeps(Clause::Limit(self.ix, at)) {
                rows.extend(self.rows(limit, allocation, &all));
            }
        }
        rows
    }

    /// The ways in which a requirement that is made of no others may hold.
    fn leaf_rows(&self, ix: RequirementIx, allocation: &Allocation, looked_at: &Allocation) -> Vec<Rows> {
        let whole = || match self.is_met(ix, allocation, looked_at) {
            true => vec![Rows::new()],
            false => Vec::new(),
        };
        let Some(take) = self.take(ix) else { return whole() };
        let floors = |wanted: fn(&Limit) -> bool| {
            let floors = take.floors.iter().enumerate().filter(move |(_, floor)| wanted(floor));
            floors.filter(|&(at, _)| self.keeps(Clause::Need(self.ix, ix, at)))
        };
        let in_credits = |floor: &Limit| floor.tally == Tally::Credits;
        let satisfies = |set: Set<'_>, uses: &[usize]| -> Option<Rows> {
            let mut others = floors(|floor| floor.tally != Tally::Credits);
            let holds = others.all(|(_, floor)| self.limit_holds(floor, set))
                && self.is_in_window(take, ix, set)
                && self.is_in_order(take, ix, set, allocation);
            let rows = || floors(in_credits).flat_map(|(_, floor)| self.rows(floor, allocation, uses));
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
                    .filter(|used| self.accepts(ix, take, used.0, used.1))
                    .filter(|used| self.is_visible(&(used.0, used.1, ix), allocation))
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
            _ => whole(),
        }
    }

    /// The requirement, if it counts parts.
    fn in_parts(&self, ix: RequirementIx) -> Option<&Take> {
        self.take(ix).filter(|take| take.counts_parts())
    }

    fn credits(&self, unit: usize, face: CredentialIx) -> i128 {
        thousandths(self.world.units[unit].value(
            self.world.catalog,
            face,
            Measure::Credits,
            self.world.question.as_of,
        ))
    }

    /// A limit in credits as inequalities over the parts of what is used; what is no part is a number.
    fn rows(&self, limit: &Limit, allocation: &Allocation, uses: &[usize]) -> Rows {
        let passes = |&at: &usize| {
            let (unit, face, _) = allocation[at];
            self.world.units[unit].passes(self.world.catalog, face, &limit.filter, &self.qualification.pools)
        };
        let mine: Vec<usize> = uses.iter().copied().filter(passes).collect();
        let sum = |uses: &[usize]| -> Row {
            let mut row = (vec![0; allocation.len()], 0);
            for &at in uses {
                let (unit, face, ix) = allocation[at];
                match self.in_parts(ix) {
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
                self.world.units[allocation[at].0]
                    .attribute(self.world.catalog, allocation[at].1, per)
                    .contains(value)
            };
            mine.iter().copied().filter(has).collect()
        };
        values.iter().map(|value| row(&having(value))).collect()
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
    let mut rows = tightest(rows);
    let mut open: BTreeSet<usize> = (0..number).collect();
    // The one first of which there are the fewest pairs: the order decides only how long it takes.
    while let Some(&at) = open.iter().min_by_key(|&&at| pairs(&rows, at)) {
        open.remove(&at);
        let (with, mut rest): (Rows, Rows) = rows.into_iter().partition(|row| row.0[at] != 0);
        for low in with.iter().filter(|row| row.0[at] > 0) {
            for high in with.iter().filter(|row| row.0[at] < 0) {
                let (one, other) = (-high.0[at], low.0[at]);
                let factors = low.0.iter().zip(&high.0).map(|(low, high)| low * one + high * other);
                rest.push((factors.collect(), low.1 * one + high.1 * other));
            }
        }
        rows = tightest(rest);
    }
    rows.iter().all(|row| row.1 >= 0)
}

/// How many pairs of inequalities bound a part from both sides.
fn pairs(rows: &[Row], at: usize) -> usize {
    let bounding = |sign: i128| rows.iter().filter(|row| row.0[at].signum() == sign).count();
    bounding(1) * bounding(-1)
}

/// Of inequalities with the same factors, but for a multiple, the one that says the most; in the smallest
/// numbers.
fn tightest(rows: Rows) -> Rows {
    let mut by_factors: BTreeMap<Vec<i128>, (i128, i128)> = BTreeMap::new();
    for (factors, number) in rows {
        let common = factors.iter().fold(0, |common, &factor| gcd(common, factor)).max(1);
        let factors = factors.into_iter().map(|factor| factor / common).collect();
        let known = by_factors.entry(factors).or_insert((number, common));
        // number / common < known, by cross-multiplication
        if number * known.1 < known.0 * common {
            *known = (number, common);
        }
    }
    let row = |(factors, (number, common)): (Vec<i128>, (i128, i128))| {
        let shared = gcd(number, common);
        let (number, common) = (number / shared, common / shared);
        (factors.into_iter().map(|factor| factor * common).collect(), number)
    };
    by_factors.into_iter().map(row).collect()
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.abs()
}
