//! How every scope and requirement stands in the optimal completion.

use cairn_core::{
    Date,
    catalog::{
        AwardMode, Bound, Limit, Node, Qualification, QualificationIx, RequirementIx, Rule, Sight, Take,
    },
};

use crate::{
    allocation::Allocation,
    audit::{Measured, Placement, ScopeAudit, Standing, Status, Thing, unit_of},
    eligibility::{is_held, recorded},
    model::Model,
    scope::Frame,
    tally::{Counted, reach},
};

/// The view of each scope.
pub(super) fn scopes(model: &Model<'_>, values: &[i64], allocations: &[Allocation]) -> Vec<ScopeAudit> {
    let mut scopes: Vec<ScopeAudit> = (0..model.scopes.len())
        .map(|at| ScopeAudit {
            qualification: model.scopes[at].key.qualification,
            frame: match model.scopes[at].key.frame {
                Frame::Asked => None,
                Frame::Of(qualification) => Some(qualification),
            },
            needed: values[model.scopes[at].complete.index()] > 0,
            is_complete: false,
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
        let (limits, are_met): (Vec<_>, Vec<_>) = limits.into_iter().unzip();
        complete[at] =
            root && are_met.into_iter().all(|is_met| is_met) && all_keep_shares(model, at, &allocations[at]);
        scopes[at].is_complete = complete[at];
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
) -> (Vec<Status>, Vec<(Measured, bool)>) {
    let qualification = model.qualification_of(scope);
    let mut statuses: Vec<Status> = Vec::with_capacity(qualification.requirements.len());
    for ix in qualification.requirement_indexes() {
        let is_met = |child: &&RequirementIx| {
            matches!(statuses[child.index()].standing, Standing::Met | Standing::NotAsked)
        };
        let mut floors = Vec::new();
        let met = match &qualification.requirement(ix).rule {
            Rule::All(children) | Rule::Same(_, children) => children.iter().all(|child| is_met(&child)),
            Rule::Any(children) => children.iter().any(|child| is_met(&child)),
            Rule::Choose(chosen, children) => children.iter().filter(is_met).count() >= *chosen as usize,
            Rule::Take(take) => {
                let applied = applied(model, qualification, ix, take, allocation);
                let measured = |floor| measured(model, qualification, &applied, floor);
                let (all, are_met): (Vec<_>, Vec<_>) = take.floors.iter().map(measured).unzip();
                floors = all;
                are_met.into_iter().all(|is_met| is_met)
                    && is_within_window(model, take, &applied)
                    && is_in_order(model, take, &applied, &allocation.counted)
            }
            Rule::Attest(attest) => {
                recorded(model.learner, attest.key.as_str(), model.question) >= attest.amount
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
            _ if !model.is_asked(scope, ix, values) => Standing::NotAsked,
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
        Sight::Counted { layer: None } if !take.is_choosy() => {
            let sees = |placed: &&Placement| {
                let unit = unit_of(model, placed.thing);
                unit.accepted(model.catalog, placed.face, take, qualification, model.question)
            };
            allocation.counted.iter().filter(sees).copied().collect()
        }
        Sight::Counted { .. } | Sight::Held { .. } | Sight::Attempted => {
            allocation.looked_at.iter().filter(own).copied().collect()
        }
    }
}

/// Whether what is held and applied was awarded within the window of a requirement.
fn is_within_window(model: &Model<'_>, take: &Take, placed: &[Placement]) -> bool {
    let Some(window) = take.window else { return true };
    let held = placed.iter().filter(|placed| matches!(placed.thing, Thing::Held(_)));
    let days: Option<Vec<Date>> =
        held.map(|placed| unit_of(model, placed.thing).day(model.question.as_of)).collect();
    days.is_some_and(|days| match (days.iter().min(), days.iter().max()) {
        (Some(&first), Some(&last)) => last <= window.after(first),
        _ => true,
    })
}

/// Whether what is applied was awarded no earlier than what counts for what comes before it. Something new
/// that counts there may spoil what is held here: then the completion does without it.
fn is_in_order(model: &Model<'_>, take: &Take, placed: &[Placement], counted: &[Placement]) -> bool {
    let day = |placed: &Placement| unit_of(model, placed.thing).day(model.question.as_of);
    let earlier = counted.iter().filter(|placed| take.after.contains(&placed.requirement));
    let mut pairs = earlier.flat_map(|earlier| placed.iter().map(move |later| (earlier, later)));
    pairs.all(|(earlier, later)| day(earlier).zip(day(later)).is_some_and(|(first, next)| first <= next))
}

/// Whether all upper limits of a scope that are a share of what is counted hold of what is held.
fn all_keep_shares(model: &Model<'_>, scope: usize, allocation: &Allocation) -> bool {
    let qualification = model.qualification_of(scope);
    let each_keeps = qualification.requirement_indexes().all(|ix| {
        let Rule::Take(take) = &qualification.requirement(ix).rule else { return true };
        let applied = applied(model, qualification, ix, take, allocation);
        keeps_shares(model, qualification, &applied, &take.caps)
    });
    each_keeps && keeps_shares(model, qualification, &allocation.counted, &qualification.limits)
}

/// Whether upper limits that are a share of what is counted, or on the last of it, hold of what is held:
/// what is new may have made room for it.
fn keeps_shares(
    model: &Model<'_>,
    qualification: &Qualification,
    placed: &[Placement],
    limits: &[Limit],
) -> bool {
    let held: Vec<_> = placed.iter().filter(|placed| matches!(placed.thing, Thing::Held(_))).collect();
    let set: Vec<_> = held.iter().map(|placed| counted(model, placed)).collect();
    let keeps =
        |cap: &Limit| reach(model.catalog, qualification, cap, &set, model.question.as_of).is_within();
    let depends = |cap: &&Limit| cap.share_of_counted().is_some() || cap.last.is_some();
    let shares = limits.iter().filter(|cap| cap.bound == Bound::AtMost).filter(depends);
    { shares }.all(|cap| match &cap.per {
        None => keeps(cap),
        Some(per) => {
            let values =
                |placed: &&Placement| unit_of(model, placed.thing).values(model.catalog, placed.face, per);
            held.iter().flat_map(values).all(|value| keeps(&cap.only(per, &value)))
        }
    })
}

fn counted<'m>(model: &'m Model<'_>, placed: &Placement) -> Counted<'m> {
    Counted {
        unit: unit_of(model, placed.thing),
        face: placed.face,
        times: i64::from(!placed.part.is_some_and(|part| part.is_more)),
        credits: placed.part.map(|part| part.credits.thousandths()),
    }
}

/// How far a lower limit is reached, and whether what is held reaches it by itself.
fn measured(
    model: &Model<'_>,
    qualification: &Qualification,
    placed: &[Placement],
    floor: &Limit,
) -> (Measured, bool) {
    let reach = |set: &mut dyn Iterator<Item = &Placement>| {
        let set: Vec<_> = set.map(|placed| counted(model, placed)).collect();
        reach(model.catalog, qualification, floor, &set, model.question.as_of)
    };
    let held = reach(&mut placed.iter().filter(|placed| matches!(placed.thing, Thing::Held(_))));
    let all = reach(&mut placed.iter());
    let measured = Measured {
        tally: floor.tally.clone(),
        needed: all.needed,
        held: held.has,
        new: all.has.saturating_sub(held.has),
    };
    (measured, held.is_enough())
}
