//! How every scope and requirement stands in the optimal completion.

use cairn_core::{
    Amount,
    catalog::{
        AwardMode, Bound, Limit, Node, Qualification, QualificationIx, RequirementIx, Rule, Sight, Take,
    },
};

use crate::{
    allocation::Allocation,
    audit::{Measured, Placement, ScopeAudit, Standing, Status, unit_of},
    eligibility::is_held,
    model::{self, Model},
};

/// The view of each scope.
pub(super) fn scopes(model: &Model<'_>, values: &[i64], allocations: &[Allocation]) -> Vec<ScopeAudit> {
    let mut scopes: Vec<ScopeAudit> = (0..model.scopes.len())
        .map(|at| ScopeAudit {
            qualification: model.scopes[at].key.qualification,
            frame: model.scopes[at].key.owner,
            needed: values[model.scopes[at].complete.index()] > 0,
            counted: allocations[at].counted.clone(),
            looked_at: allocations[at].looked_at.clone(),
            requirements: Vec::new(),
            limits: Vec::new(),
        })
        .collect();
    // Scopes rest on others, which are found after them; the catalog's order has them before.
    let mut order: Vec<usize> = (0..scopes.len()).collect();
    let rank = |ix: QualificationIx| {
        let node = Node::Qualification(ix);
        model.catalog.graph().topological().position(|other| other == node)
    };
    order.sort_by_cached_key(|&at| rank(scopes[at].qualification));
    let mut complete = vec![false; scopes.len()];
    for at in order {
        let (requirements, limits) = statuses(model, at, values, &allocations[at], &complete);
        let root = requirements.last().is_some_and(|status| status.standing == Standing::Met);
        complete[at] = root && limits.iter().all(|limit| limit.held >= limit.needed);
        scopes[at].requirements = requirements;
        scopes[at].limits = limits;
    }
    scopes
}

fn statuses(
    model: &Model<'_>,
    scope: usize,
    values: &[i64],
    allocation: &Allocation,
    complete: &[bool],
) -> (Vec<Status>, Vec<Measured>) {
    let qualification = model.qualification_of(scope);
    let mut statuses: Vec<Status> = Vec::with_capacity(qualification.requirements.len());
    for ix in qualification.requirement_indexes() {
        let is_met = |child: &&RequirementIx| statuses[child.index()].standing == Standing::Met;
        let mut floors = Vec::new();
        let met = match &qualification.requirement(ix).rule {
            Rule::All(children) => children.iter().all(|child| is_met(&child)),
            Rule::Any(children) => children.iter().any(|child| is_met(&child)),
            Rule::Choose(chosen, children) => children.iter().filter(is_met).count() >= *chosen as usize,
            Rule::Take(take) => {
                let applied = applied(model, qualification, ix, take, allocation);
                floors =
                    take.floors.iter().map(|floor| measured(model, qualification, &applied, floor)).collect();
                floors.iter().all(|floor| floor.held >= floor.needed)
            }
            Rule::Attest(attest) => {
                model::recorded(model.learner, attest.key.as_str(), model.question) >= attest.amount
            }
            Rule::Award(other, mode) => {
                let held = is_held(model.catalog, model.learner, *other, qualification.grace, model.question);
                let earned = || complete[model.earned_scope(scope, *other)];
                match mode {
                    AwardMode::Held => held,
                    AwardMode::Earned => earned(),
                    AwardMode::Either => held || earned(),
                }
            }
        };
        let needed = values[model.scopes[scope].met[ix.index()].index()] > 0;
        let standing = match (met, needed) {
            (true, _) => Standing::Met,
            (false, true) => Standing::Open,
            (false, false) => Standing::NotNeeded,
        };
        statuses.push(Status { standing, floors });
    }
    let lower = qualification.limits.iter().filter(|limit| limit.bound == Bound::AtLeast);
    let limits = lower.map(|limit| measured(model, qualification, &allocation.counted, limit)).collect();
    (statuses, limits)
}

/// What a requirement measures: what it takes, or what it looks at.
fn applied(
    model: &Model<'_>,
    qualification: &Qualification,
    requirement: RequirementIx,
    take: &Take,
    allocation: &Allocation,
) -> Vec<Placement> {
    let own = |placed: &&Placement| placed.requirement == requirement;
    match &take.sight {
        Sight::Taking => allocation.counted.iter().filter(own).copied().collect(),
        Sight::Counted { layer: None } if take.caps.is_empty() => {
            let sees = |placed: &&Placement| {
                let unit = unit_of(model, placed.thing);
                unit.accepted(model.catalog, placed.face, take, qualification, model.question.as_of)
            };
            allocation.counted.iter().filter(sees).copied().collect()
        }
        Sight::Counted { .. } | Sight::Held { .. } => {
            allocation.looked_at.iter().filter(own).copied().collect()
        }
    }
}

fn measured(
    model: &Model<'_>,
    qualification: &Qualification,
    placed: &[Placement],
    floor: &Limit,
) -> Measured {
    let mut measured =
        Measured { measure: floor.measure, needed: floor.amount, held: Amount::ZERO, new: Amount::ZERO };
    for placement in placed {
        let unit = unit_of(model, placement.thing);
        if unit.passes(model.catalog, placement.face, &floor.filter, qualification) {
            let value = Amount::from_thousandths(unit.value(model.catalog, placement.face, floor.measure));
            let sum = if unit.is_new() { &mut measured.new } else { &mut measured.held };
            *sum = *sum + value;
        }
    }
    measured
}
