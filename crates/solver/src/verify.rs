//! Checks a certificate: no search, no trust, only sums of whole numbers.
//!
//! Nothing of the search is used, so that a mistake there cannot hide here. The text of a
//! certificate may come from anybody: every number is added up in 128 bits with checks, every name
//! is looked up, and the work is proportional to the length of what is read.

use std::collections::BTreeSet;

use crate::{
    Problem, Row, Solution, Var,
    certificate::{Case, Certificate, Cut, Multiplier, Source, Stage, Step},
};

/// The most numbers that the rows cited in one stage may have together.
pub const WORK_MAX: u64 = 4_000_000_000;

/// Why a certificate is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The solution does not satisfy the rows or the bounds.
    #[error("the solution breaks a rule of the problem")]
    NotASolution,
    /// The number of stages does not fit the problem and the answer.
    #[error("there are {found} stages of proof, and {expected} objectives to prove")]
    Stages {
        /// In the certificate.
        found: usize,
        /// In the problem.
        expected: usize,
    },
    /// A stage claims another optimum than the solution has.
    #[error("stage {stage} is about another value than that of the solution")]
    OtherValue {
        /// The stage, from one.
        stage: usize,
    },
    /// A row or variable that is not there, or a negative multiple.
    #[error("case {case} of stage {stage} refers to something that does not exist")]
    Reference {
        /// The stage, from one.
        stage: usize,
        /// The case, from one; zero is the root.
        case: usize,
    },
    /// A case that is said to be closed is not.
    #[error("case {case} of stage {stage} is not closed by what it cites")]
    Open {
        /// The stage, from one.
        stage: usize,
        /// The case, from one.
        case: usize,
    },
    /// Cases are missing, or there are too many.
    #[error("the cases of stage {stage} are not a complete division")]
    Division {
        /// The stage, from one.
        stage: usize,
    },
    /// The certificate asks for more sums than any honest one.
    #[error("stage {stage} cites more than {WORK_MAX} numbers")]
    TooMuch {
        /// The stage, from one.
        stage: usize,
    },
    /// A number outgrew what can be added up safely.
    #[error("a number of stage {stage} is too large")]
    TooLarge {
        /// The stage, from one.
        stage: usize,
    },
}

/// Checks that `solution` is an optimum of `problem`, or, if there is none, that nothing satisfies it.
///
/// # Errors
///
/// Says what does not hold.
pub fn verify(
    problem: &Problem,
    solution: Option<&Solution>,
    certificate: &Certificate,
) -> Result<(), Refusal> {
    let nothing = Vec::new();
    let objectives: Vec<&Vec<(Var, i64)>> = match &problem.objectives[..] {
        [] => vec![&nothing],
        some => some.iter().collect(),
    };
    let expected = if solution.is_some() { objectives.len() } else { 1 };
    if certificate.stages.len() != expected {
        return Err(Refusal::Stages { found: certificate.stages.len(), expected });
    }
    if solution.is_some_and(|solution| !problem.accepts(&solution.values)) {
        return Err(Refusal::NotASolution);
    }
    let mut rows = problem.rows.clone();
    for (number, (objective, stage)) in (1..).zip(objectives.into_iter().zip(&certificate.stages)) {
        let value = match solution {
            Some(solution) => Some(
                objective_value(objective, &solution.values).ok_or(Refusal::TooLarge { stage: number })?,
            ),
            None => None,
        };
        if stage.best != value || (stage.best.is_none() && stage.known.is_some()) {
            return Err(Refusal::OtherValue { stage: number });
        }
        if solution
            .is_some_and(|solution| solution.costs.get(number - 1).is_some_and(|cost| Some(*cost) != value))
        {
            return Err(Refusal::OtherValue { stage: number });
        }
        if let (Some(known), Some(best)) = (stage.known, stage.best)
            && known < best
        {
            return Err(Refusal::OtherValue { stage: number });
        }
        Checker::new(number, &rows, objective, problem.uppers.len()).stage(stage, &problem.uppers)?;
        if let Some(best) = value {
            rows.push(at_most(objective, best));
        }
    }
    Ok(())
}

fn objective_value(objective: &[(Var, i64)], values: &[i64]) -> Option<i64> {
    let terms = objective.iter().map(|&(var, factor)| i128::from(factor) * i128::from(values[var.index()]));
    i64::try_from(terms.sum::<i128>()).ok()
}

fn at_most(objective: &[(Var, i64)], most: i64) -> Row {
    Row { terms: objective.iter().map(|&(var, factor)| (var, -factor)).collect(), least: -most }
}

/// Lower and upper bounds of all variables, with what they were before.
struct Limits {
    now: Vec<(i128, i128)>,
    before: Vec<(usize, (i128, i128))>,
    /// How many variables have no value left.
    impossible: usize,
}

impl Limits {
    fn of(uppers: &[i64]) -> Limits {
        Limits {
            now: uppers.iter().map(|&upper| (0, upper.into())).collect(),
            before: Vec::new(),
            impossible: 0,
        }
    }

    fn narrow(&mut self, var: usize, lower: i128, upper: i128) {
        let old = self.now[var];
        let new = (old.0.max(lower), old.1.min(upper));
        if new != old {
            self.before.push((var, old));
            self.set(var, new);
        }
    }

    fn set(&mut self, var: usize, new: (i128, i128)) {
        let old = std::mem::replace(&mut self.now[var], new);
        self.impossible -= usize::from(old.0 > old.1);
        self.impossible += usize::from(new.0 > new.1);
    }

    fn undo(&mut self, length: usize) {
        while self.before.len() > length {
            if let Some((var, old)) = self.before.pop() {
                self.set(var, old);
            }
        }
    }
}

/// A case still to be shown: how much had been narrowed above it, and what it narrows itself.
struct Open {
    length: usize,
    narrowed: Option<(usize, i128, i128)>,
}

/// One stage under check.
struct Checker<'c> {
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
    fn new(number: usize, rows: &'c [Row], objective: &'c [(Var, i64)], variables: usize) -> Checker<'c> {
        let (strengthened, sums) = (vec![None; rows.len()], vec![0; variables]);
        Checker { number, rows, objective, strengthened, cuts: Vec::new(), sums, used: Vec::new(), work: 0 }
    }

    fn stage(&mut self, stage: &Stage, uppers: &[i64]) -> Result<(), Refusal> {
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

/// The most that terms can come to within limits.
fn most(mut terms: impl Iterator<Item = (Var, i64)>, limits: &Limits) -> Option<i128> {
    terms.try_fold(0i128, |most, (var, factor)| {
        let (lower, upper) = limits.now[var.index()];
        let part = i128::from(factor).checked_mul(if factor > 0 { upper } else { lower })?;
        most.checked_add(part)
    })
}

/// A row over what is open within the root's bounds. Every whole-number point within them that
/// satisfies the row satisfies this one: constants are moved, both sides are divided and the right
/// one rounded up, and a coefficient above the need counts no more than the need.
fn strengthened(row: &Row, root: &[(i128, i128)]) -> Option<Row> {
    let mut least = i128::from(row.least);
    let mut terms: Vec<(Var, i128)> = Vec::with_capacity(row.terms.len());
    for &(var, factor) in &row.terms {
        let (lower, upper) = root[var.index()];
        if lower == upper {
            least = least.checked_sub(i128::from(factor).checked_mul(lower)?)?;
        } else {
            terms.push((var, factor.into()));
        }
    }
    divide(&mut terms, &mut least);
    let mut need = least;
    for (var, factor) in &terms {
        need = need.checked_sub(factor.checked_mul(root[var.index()].0)?)?;
    }
    if need > 0
        && terms.iter().all(|(_, factor)| *factor > 0)
        && terms.iter().any(|(_, factor)| *factor > need)
    {
        for (var, factor) in &mut terms {
            let cut = (*factor).min(need);
            least = least.checked_sub((*factor - cut).checked_mul(root[var.index()].0)?)?;
            *factor = cut;
        }
        divide(&mut terms, &mut least);
    }
    let terms = terms.into_iter().map(|(var, factor)| Some((var, i64::try_from(factor).ok()?)));
    Some(Row { terms: terms.collect::<Option<_>>()?, least: i64::try_from(least).ok()? })
}

fn divide(terms: &mut [(Var, i128)], least: &mut i128) {
    let divisor = terms.iter().fold(0, |divisor, (_, factor)| gcd(divisor, *factor));
    if divisor > 1 {
        terms.iter_mut().for_each(|(_, factor)| *factor /= divisor);
        *least = ceiling(*least, divisor);
    }
}

fn ceiling(number: i128, divisor: i128) -> i128 {
    number.div_euclid(divisor) + i128::from(number.rem_euclid(divisor) != 0)
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.abs()
}

#[cfg(test)]
mod tests;
