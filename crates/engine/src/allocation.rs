//! From a solution of the problem to what counts where.

use std::collections::BTreeMap;

use cairn_core::{
    Amount, Measure,
    catalog::{Limit, RequirementIx, Rule, Sight, Take},
};
use cairn_solver::{Solution, Var, Workbench};

use crate::{
    audit::{Part, Placement, Thing},
    model::{Model, RowTag, Scope, Use},
    tally::{Counted, reach},
};

/// What one scope counts, and what its overlays look at.
#[derive(Debug, Default)]
pub(crate) struct Allocation {
    pub(crate) counted: Vec<Placement>,
    pub(crate) looked_at: Vec<Placement>,
}

/// Takes out of a solution what it can do without: requirements that need not be met, and
/// holdings that need not count. What is left is as small as it can be without changing the cost,
/// and the earliest holdings stay. Then what is held counts toward what is still open.
pub(crate) fn trimmed<'m>(model: &'m Model<'_>, solution: &Solution) -> Workbench<'m> {
    let mut bench = Workbench::new(&model.problem, solution.values.clone());
    for scope in &model.scopes {
        bench.lower([scope.complete]);
        bench.lower(scope.met.iter().rev().copied());
    }
    bench.lower(model.conditional.iter().copied());
    // What policies want unshared is as little as will do, so that the rest need not be counted.
    bench.lower(model.unique.iter().copied());
    for scope in &model.scopes {
        bench.lower(latest_first(&scope.looks).into_iter().map(|one| one.var));
        for one in latest_first(&scope.takes) {
            match one.part {
                None => bench.lower([one.var]),
                Some(part) => lower_part(&mut bench, one.var, part),
            }
        }
        lower_divided(model, scope, &mut bench);
    }
    bench.lower(model.permits.iter().copied());
    // An optimum has nothing of these to spare; what was found before the search was stopped may have.
    bench.lower(model.awarded.values().rev().copied());
    bench.lower(model.earned.values().rev().copied());
    bench.lower(model.granted.values().rev().copied());
    for scope in 0..model.scopes.len() {
        count_toward_open(model, scope, &mut bench);
    }
    // Of what counts, as much counts as fits.
    let parts = model.scopes.iter().flat_map(|scope| scope.takes.iter().filter_map(|one| one.part));
    parts.for_each(|part| bench.fill(part));
    bench
}

/// Takes out units of which a part counts: what is left of one may be less, but not nothing.
fn lower_part(bench: &mut Workbench<'_>, var: Var, part: Var) {
    bench.lower([part]);
    while bench.shift(&[(var, -1)]) || bench.shift(&[(var, -1), (part, -1)]) {}
}

/// Takes out units that are divided, with all their parts.
fn lower_divided(model: &Model<'_>, scope: &Scope, bench: &mut Workbench<'_>) {
    for whole in latest_first(&scope.counted).into_iter().filter(|one| model.is_divided(one)) {
        let is_its = |one: &&Use| (one.class, one.face) == (whole.class, whole.face) && one.var != whole.var;
        let vars = scope.takes.iter().filter(is_its).flat_map(|one| [Some(one.var), one.part]).flatten();
        let all = vars.chain([whole.var]).map(|var| (var, -bench.values()[var.index()]));
        let all: Vec<_> = all.collect();
        bench.shift(&all);
    }
}

/// Counts more holdings toward requirements that what is held does not meet: they are not needed
/// beside what is new, but whoever holds them wants to see them count.
fn count_toward_open(model: &Model<'_>, scope: usize, bench: &mut Workbench<'_>) {
    let qualification = model.qualification_of(scope);
    let takes = &model.scopes[scope].takes;
    for requirement in qualification.requirement_indexes() {
        let Rule::Take(take) = &qualification.requirement(requirement).rule else { continue };
        let held = |one: &&Use| one.requirement == requirement && !model.unit_of(one.class).is_new();
        let mine: Vec<&Use> = takes.iter().filter(held).collect();
        for one in &mine {
            let is_open = |bench: &Workbench<'_>| {
                let counted = |other: &&Use| Counted {
                    unit: model.unit_of(other.class),
                    face: other.face,
                    times: bench.values()[other.var.index()],
                    credits: other.part.map(|part| bench.values()[part.index()]),
                };
                let set: Vec<_> = mine.iter().map(counted).collect();
                let is_short = |floor: &Limit| {
                    !reach(model.catalog, qualification, floor, &set, model.question.as_of).is_enough()
                };
                take.floors.iter().any(is_short)
            };
            while is_open(bench) && raise(model, bench, one.var) {
                one.part.into_iter().for_each(|part| bench.fill(part));
            }
        }
    }
}

/// Counts one more, and shares it where policies allow.
fn raise(model: &Model<'_>, bench: &mut Workbench<'_>, var: Var) -> bool {
    match raising(model, bench, var) {
        Ok(vars) => {
            bench.raise(&vars);
            true
        }
        Err(_) => false,
    }
}

/// What must be raised so that a variable can be: itself, and that something is shared by it; or
/// the rows that forbid it.
pub(crate) fn raising(model: &Model<'_>, bench: &Workbench<'_>, var: Var) -> Result<Vec<Var>, Vec<usize>> {
    let mut vars = vec![var];
    loop {
        let broken = bench.broken_by(&vars)?;
        let shared = broken.iter().find_map(|&row| match model.tags[row] {
            RowTag::Raises(shared) if !vars.contains(&shared) => Some(shared),
            _ => None,
        });
        match shared {
            _ if broken.is_empty() => return Ok(vars),
            Some(shared) => vars.push(shared),
            None => return Err(broken),
        }
    }
}

fn latest_first(uses: &[Use]) -> Vec<Use> {
    let mut uses = uses.to_vec();
    uses.sort_by_key(|one| std::cmp::Reverse((one.class, one.requirement, one.face)));
    uses
}

/// Names the units behind the numbers of one scope.
pub(crate) fn allocation(model: &Model<'_>, scope: usize, values: &[i64]) -> Allocation {
    let Scope { takes, looks, .. } = &model.scopes[scope];
    let mut next: BTreeMap<usize, usize> = BTreeMap::new();
    let mut counted = Vec::new();
    for one in takes {
        let begin = next.entry(one.class).or_default();
        // A unit that is divided is placed several times.
        let is_more = *begin > 0 && take_of(model, scope, one.requirement).divides;
        let first = if is_more { 0 } else { *begin };
        let units = &model.classes[one.class].units[first..first + count(one, values)];
        let parts = parts(model, one, units.len(), values, is_more);
        counted.extend(
            units.iter().zip(parts).map(|(&unit, part)| Placement { part, ..placement(model, unit, one) }),
        );
        *begin = (*begin).max(first + units.len());
    }
    let mut used: BTreeMap<(Layer<'_>, usize), usize> = BTreeMap::new();
    let mut looked_at = Vec::new();
    // Of interchangeable units the first are counted; who sees only those chooses before who sees all.
    let sees_all = |one: &&Use| matches!(sight(model, scope, one.requirement), Sight::Held { .. });
    let (later, first): (Vec<_>, Vec<_>) = looks.iter().partition(sees_all);
    for one in first.into_iter().chain(later) {
        let count = count(one, values);
        if count == 0 {
            continue;
        }
        let begin = used.entry((layer(model, scope, one.requirement), one.class)).or_default();
        let visible: Vec<usize> = match sight(model, scope, one.requirement) {
            Sight::Counted { .. } => {
                let members = &model.classes[one.class].units;
                let is_counted = |&&unit: &&usize| {
                    counted.iter().any(|placed| {
                        let looked_at = placement(model, unit, one);
                        (placed.thing, placed.face) == (looked_at.thing, looked_at.face)
                    })
                };
                members.iter().filter(is_counted).copied().collect()
            }
            Sight::Held { .. } | Sight::Taking | Sight::Attempted => model.classes[one.class].units.clone(),
        };
        let end = *begin + count;
        looked_at.extend(visible[*begin..end].iter().map(|&unit| placement(model, unit, one)));
        *begin = end;
    }
    looked_at.extend(attempts(model, scope, values));
    Allocation { counted, looked_at }
}

/// How much of the credits of each of so many units counts, where that may be less than all: as
/// much of the first as can be.
fn parts(model: &Model<'_>, one: &Use, number: usize, values: &[i64], is_more: bool) -> Vec<Option<Part>> {
    let Some(part) = one.part else {
        return vec![is_more.then_some(Part { credits: Amount::ZERO, is_more }); number];
    };
    let each = model.unit_of(one.class).value(model.catalog, one.face, Measure::Credits);
    let mut left = values[part.index()];
    let rest = (0..i64::try_from(number).expect("few units")).rev();
    // Something of each that follows counts as well.
    let parts = rest.map(|after| {
        let credits = (left - after).min(each);
        left -= credits;
        (credits < each).then(|| Part { credits: Amount::from_thousandths(credits), is_more })
    });
    parts.collect()
}

/// What requirements over what was attempted look at: all that is held, and all that is new.
fn attempts(model: &Model<'_>, scope: usize, values: &[i64]) -> Vec<Placement> {
    let mut attempts = Vec::new();
    for requirement in model.qualification_of(scope).requirement_indexes() {
        if !matches!(&model.qualification_of(scope).requirement(requirement).rule, Rule::Take(take) if take.sight == Sight::Attempted)
        {
            continue;
        }
        for class in model.attempted(scope, requirement) {
            let units = &model.classes[class].units;
            let number = model.earned.get(&class).map_or(units.len(), |&earned| {
                usize::try_from(values[earned.index()]).expect("values are not negative")
            });
            attempts.extend(units[..number].iter().map(|&unit| Placement {
                thing: thing(model, unit),
                face: model.units[unit].own,
                requirement,
                part: None,
            }));
        }
    }
    attempts
}

/// The layer of an overlay; an overlay alone is a layer of its own.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Layer<'m> {
    Named(&'m str),
    Own(RequirementIx),
}

fn layer<'m>(model: &'m Model<'_>, scope: usize, requirement: RequirementIx) -> Layer<'m> {
    sight(model, scope, requirement).layer().map_or(Layer::Own(requirement), Layer::Named)
}

fn sight<'m>(model: &'m Model<'_>, scope: usize, requirement: RequirementIx) -> &'m Sight {
    &take_of(model, scope, requirement).sight
}

fn take_of<'m>(model: &'m Model<'_>, scope: usize, requirement: RequirementIx) -> &'m Take {
    match &model.qualification_of(scope).requirement(requirement).rule {
        Rule::Take(take) => take,
        _ => unreachable!("only requirements that take or look have uses"),
    }
}

fn count(one: &Use, values: &[i64]) -> usize {
    usize::try_from(values[one.var.index()]).expect("values are not negative")
}

fn placement(model: &Model<'_>, unit: usize, one: &Use) -> Placement {
    // Interchangeable units count as what they are, not as the one that stands for them.
    let is_merged = model.classes[one.class].is_merged();
    let face = if is_merged { model.units[unit].own } else { one.face };
    Placement { thing: thing(model, unit), face, requirement: one.requirement, part: None }
}

pub(crate) fn thing(model: &Model<'_>, unit: usize) -> Thing {
    let unit = &model.units[unit];
    unit.holding.map_or(Thing::New(unit.own), Thing::Held)
}
