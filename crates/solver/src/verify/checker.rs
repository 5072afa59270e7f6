//! The check of one stage: of what it narrows, of its cuts and of its cases.

use std::collections::BTreeSet;

use super::{
    Refusal, WORK_MAX,
    follows::{ceiling, gcd, strengthened},
    limits::{Limits, Open, most},
};
use crate::{
    Row, Var,
    certificate::{Case, Cut, Multiplier, Source, Stage, Step},
    problem::at_most,
};

/// One stage under check.
pub(super) struct Checker<'c> {
    number: usize,
    rows: &'c [Row],
    objective: &'c [(Var, i64)],
    strengthened: Vec<Option<Row>>,
    /// The cuts so far.
    cuts: Vec<Row>,
    sums: Vec<i128>,
    used: Vec<usize>,
    work: u64,
}

impl<'c> Checker<'c> {
    pub(super) fn new(
        number: usize,
        rows: &'c [Row],
        objective: &'c [(Var, i64)],
        variables: usize,
    ) -> Checker<'c> {
        let (strengthened, sums) = (vec![None; rows.len()], vec![0; variables]);
        Checker { number, rows, objective, strengthened, cuts: Vec::new(), sums, used: Vec::new(), work: 0 }
    }

    pub(super) fn stage(&mut self, stage: &Stage, uppers: &[i64]) -> Result<(), Refusal> {
        let division = Refusal::Division { stage: self.number };
        let mut limits = Limits::of(uppers);
        self.replay(&stage.root, self.better_than(stage.known).as_ref(), &mut limits, 0)?;
        let root = limits.now.clone();
        for cut in &stage.cuts {
            let row = self.cut(cut, &root)?;
            self.cuts.push(row);
        }
        let better = self.better_than(stage.best);
        let mut open = vec![Open { length: limits.before.len(), narrowed: None }];
        for (number, case) in (1..).zip(&stage.cases) {
            let Open { length, narrowed } = open.pop().ok_or_else(|| division.clone())?;
            limits.undo(length);
            if let Some((var, lower, upper)) = narrowed {
                limits.narrow(var, lower, upper);
            }
            match case {
                Case::Divided { var, at } => {
                    let var = var.index();
                    let reference = Refusal::Reference { stage: self.number, case: number };
                    let (lower, upper) = *limits.now.get(var).ok_or(reference)?;
                    let (length, at) = (limits.before.len(), i128::from(*at));
                    open.push(Open { length, narrowed: Some((var, lower, at - 1)) });
                    open.push(Open { length, narrowed: Some((var, at, upper)) });
                }
                Case::Closed { steps, rows } => {
                    self.replay(steps, better.as_ref(), &mut limits, number)?;
                    let is_closed = limits.impossible > 0
                        || self.contradicts(rows, better.as_ref(), &root, &limits, number)?;
                    if !is_closed {
                        return Err(Refusal::Open { stage: self.number, case: number });
                    }
                }
            }
        }
        if open.is_empty() { Ok(()) } else { Err(division) }
    }

    /// The demand for a better value: the next one below, in steps of what all costs have in common.
    fn better_than(&self, value: Option<i64>) -> Option<Row> {
        let value = value?;
        let step = self.objective.iter().fold(0, |step, &(_, factor)| gcd(step, i128::from(factor))).max(1);
        let most = i128::from(value) - step;
        i64::try_from(most).ok().map(|most| at_most(self.objective, most))
    }

    fn spend(&mut self, numbers: usize) -> Result<(), Refusal> {
        self.work += numbers as u64 + 1;
        if self.work > WORK_MAX { Err(Refusal::TooMuch { stage: self.number }) } else { Ok(()) }
    }

    /// Repeats tightenings, each of which follows from one row.
    fn replay(
        &mut self,
        steps: &[Step],
        better: Option<&Row>,
        limits: &mut Limits,
        case: usize,
    ) -> Result<(), Refusal> {
        let (rows, stage) = (self.rows, self.number);
        let reference = || Refusal::Reference { stage, case };
        for step in steps {
            let row = match (rows.get(step.row as usize), better) {
                (Some(row), _) => row,
                (None, Some(better)) if step.row as usize == rows.len() => better,
                _ => return Err(reference()),
            };
            let own = row.terms.iter().find(|(var, _)| *var == step.var);
            let &(var, factor) = own.ok_or_else(reference)?;
            // What the others can bring at most leaves this much for the variable.
            let others = row.terms.iter().filter(|(other, _)| *other != var);
            let most = most(others.copied(), limits).ok_or(Refusal::TooLarge { stage })?;
            let need = i128::from(row.least).checked_sub(most).ok_or(Refusal::TooLarge { stage })?;
            let factor = i128::from(factor);
            if factor > 0 {
                limits.narrow(var.index(), ceiling(need, factor), i128::MAX);
            } else {
                let most = need.checked_neg().ok_or(Refusal::TooLarge { stage })?.div_euclid(-factor);
                limits.narrow(var.index(), i128::MIN, most);
            }
            self.spend(row.terms.len())?;
        }
        Ok(())
    }

    /// Whether the sum of these multiples of rows is more than the bounds allow.
    fn contradicts(
        &mut self,
        multipliers: &[Multiplier],
        better: Option<&Row>,
        root: &[(i128, i128)],
        limits: &Limits,
        case: usize,
    ) -> Result<bool, Refusal> {
        let mut least: i128 = 0;
        for multiplier in multipliers {
            self.add(multiplier, better, root, case, &mut least)?;
        }
        let mut most: Option<i128> = Some(0);
        for var in std::mem::take(&mut self.used) {
            let sum = std::mem::take(&mut self.sums[var]);
            let (lower, upper) = limits.now[var];
            let part = sum.checked_mul(if sum > 0 { upper } else { lower });
            most = most.zip(part).and_then(|(most, part)| most.checked_add(part));
        }
        let most = most.ok_or(Refusal::TooLarge { stage: self.number })?;
        Ok(most < least)
    }

    /// The row of a cut: the sum of multiples, divided, with coefficients rounded to the side on which
    /// the variable cannot make it say more.
    fn cut(&mut self, cut: &Cut, root: &[(i128, i128)]) -> Result<Row, Refusal> {
        let reference = Refusal::Reference { stage: self.number, case: 0 };
        let too_large = Refusal::TooLarge { stage: self.number };
        if cut.divisor <= 0 || cut.from_above.iter().any(|var| var.index() >= root.len()) {
            return Err(reference);
        }
        let mut least: i128 = 0;
        for multiplier in &cut.rows {
            self.add(multiplier, None, root, 0, &mut least)?;
        }
        let divisor = i128::from(cut.divisor);
        let from_above: BTreeSet<usize> = cut.from_above.iter().map(|var| var.index()).collect();
        let mut terms = Vec::with_capacity(self.used.len());
        let mut anchored: i128 = 0;
        for var in std::mem::take(&mut self.used) {
            let sum = std::mem::take(&mut self.sums[var]);
            let is_above = from_above.contains(&var);
            let anchor = if is_above { root[var].1 } else { root[var].0 };
            let factor = if is_above { sum.div_euclid(divisor) } else { ceiling(sum, divisor) };
            let moved = sum.checked_mul(anchor).and_then(|moved| least.checked_sub(moved));
            least = moved.ok_or_else(|| too_large.clone())?;
            let part = factor.checked_mul(anchor).and_then(|part| anchored.checked_add(part));
            anchored = part.ok_or_else(|| too_large.clone())?;
            if factor != 0 {
                let var = u32::try_from(var).map_err(|_| too_large.clone())?;
                terms.push((Var(var), i64::try_from(factor).map_err(|_| too_large.clone())?));
            }
        }
        let least = ceiling(least, divisor).checked_add(anchored).and_then(|least| i64::try_from(least).ok());
        Ok(Row { terms, least: least.ok_or(too_large)? })
    }

    /// Adds a multiple of a row to the sums.
    fn add(
        &mut self,
        multiplier: &Multiplier,
        better: Option<&Row>,
        root: &[(i128, i128)],
        case: usize,
        least: &mut i128,
    ) -> Result<(), Refusal> {
        let reference = Refusal::Reference { stage: self.number, case };
        let too_large = Refusal::TooLarge { stage: self.number };
        if multiplier.times < 0 {
            return Err(reference);
        }
        let row = match multiplier.source {
            Source::Row(at) => self.rows.get(at as usize).ok_or(reference)?,
            Source::Better => better.ok_or(reference)?,
            Source::Cut(at) => self.cuts.get(at as usize).ok_or(reference)?,
            Source::Strengthened(at) => {
                let row = self.rows.get(at as usize).ok_or(reference)?;
                let kept = &mut self.strengthened[at as usize];
                if kept.is_none() {
                    *kept = Some(strengthened(row, root).ok_or_else(|| too_large.clone())?);
                }
                kept.as_ref().ok_or_else(|| too_large.clone())?
            }
        };
        let times = i128::from(multiplier.times);
        let part = times.checked_mul(row.least.into());
        *least = part.and_then(|part| least.checked_add(part)).ok_or_else(|| too_large.clone())?;
        for &(var, factor) in &row.terms {
            let sum = &mut self.sums[var.index()];
            if *sum == 0 {
                self.used.push(var.index());
            }
            let part = times.checked_mul(factor.into());
            *sum = part.and_then(|part| sum.checked_add(part)).ok_or_else(|| too_large.clone())?;
        }
        let numbers = row.terms.len();
        self.spend(numbers)
    }
}
