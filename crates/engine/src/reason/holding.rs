//! Where a holding counts, or what keeps it out.

use cairn_core::catalog::{AwardMode, CredentialIx, Grace, RequirementIx, Rule, Sight};
use cairn_solver::Workbench;

use crate::{
    Countability, Reason, WhyNot,
    allocation::raising,
    audit::{ScopeAudit, Thing},
    eligibility::{Face, Life, Unit, countability, is_had, life},
    model::{Model, RowTag, Scope, Use},
};

/// The reasons about one holding; there is at least one.
pub(super) fn about(
    model: &Model<'_>,
    bench: &Workbench<'_>,
    scopes: &[ScopeAudit],
    holding: usize,
) -> Vec<Reason> {
    let mut counts = Vec::new();
    for scope in scopes {
        let qualification = scope.qualification;
        counts.extend(scope.counted.iter().filter(|placed| placed.thing == Thing::Held(holding)).map(
            |placed| Reason::Counts {
                holding,
                qualification,
                requirement: placed.requirement,
                face: placed.face,
                credits: placed.part.map(|part| part.credits),
            },
        ));
        counts.extend(shown(model, scope, holding));
    }
    if counts.is_empty() {
        counts.extend(scopes.iter().flat_map(|scope| looked_at(scope, holding)));
    }
    if counts.is_empty() {
        counts.push(Reason::LeftOut { holding, why: why_not(model, bench, holding) });
    }
    counts
}

/// What keeps a holding alive that would have expired.
pub(super) fn renewed(model: &Model<'_>, holding: usize) -> Option<Reason> {
    let record = &model.learner.holdings[holding];
    let as_of = model.question.as_of;
    let own = model.catalog.find_credential(record.credential.as_str());
    let Life { first, last, renewals } = life(model.catalog, model.learner, record, own, as_of)?;
    let is_countable = model.units.iter().any(|unit| unit.holding == Some(holding));
    (is_countable && first < as_of && as_of <= last).then_some(Reason::Renewed {
        holding,
        by: renewals,
        last,
    })
}

/// That an award would use up what earned it, if that were recorded.
pub(super) fn unrecorded(model: &Model<'_>, holding: usize) -> Option<Reason> {
    let record = &model.learner.holdings[holding];
    let named = model.catalog.find_qualifications(record.credential.as_str());
    let consumes = named.into_iter().any(|ix| model.catalog.qualification(ix).consumes);
    let is_silent = record.components.is_empty() && is_had(record, model.question.as_of, model.question);
    (consumes && is_silent).then_some(Reason::Unrecorded { holding })
}

/// That its credits are recorded in a scheme that the rules do not know.
pub(super) fn in_unknown_scheme(model: &Model<'_>, holding: usize) -> Option<Reason> {
    let record = &model.learner.holdings[holding];
    let scheme = record.credits.and(record.scheme.as_ref())?;
    let is_unknown = model.catalog.schemes().find(scheme.as_str()).is_none();
    is_unknown.then_some(Reason::UnknownScheme { holding })
}

/// The overlays that look at a holding that no taking requirement counts.
fn looked_at(scope: &ScopeAudit, holding: usize) -> impl Iterator<Item = Reason> {
    let mine = scope.looked_at.iter().filter(move |placed| placed.thing == Thing::Held(holding));
    let qualification = scope.qualification;
    mine.map(move |placed| Reason::Counts {
        holding,
        qualification,
        requirement: placed.requirement,
        face: placed.face,
        credits: placed.part.map(|part| part.credits),
    })
}

/// The award requirements that a held award meets.
fn shown(model: &Model<'_>, scope: &ScopeAudit, holding: usize) -> Vec<Reason> {
    let qualification = model.catalog.qualification(scope.qualification);
    let record = &model.learner.holdings[holding];
    let judged = countability(model.catalog, model.learner, record, qualification.grace, model.question);
    if !matches!(judged, Countability::Countable(_)) {
        return Vec::new();
    }
    let is_award = |ix: &RequirementIx| match &qualification.requirement(*ix).rule {
        Rule::Award(other, mode) => {
            *mode != AwardMode::Earned && model.catalog.qualification(*other).is_named(&record.credential)
        }
        _ => false,
    };
    let found = qualification.requirement_indexes().filter(is_award);
    found
        .map(|requirement| Reason::Shows { holding, qualification: scope.qualification, requirement })
        .collect()
}

fn why_not(model: &Model<'_>, bench: &Workbench<'_>, holding: usize) -> WhyNot {
    let record = &model.learner.holdings[holding];
    // The longest grace of any scope in which it might count.
    let graces = (0..model.scopes.len()).map(|scope| model.qualification_of(scope).grace);
    let grace = if graces.into_iter().any(|grace| grace != Grace::None) {
        Grace::EndOfCalendarYear
    } else {
        Grace::None
    };
    match countability(model.catalog, model.learner, record, grace, model.question) {
        Countability::NotInCatalog => WhyNot::NotInCatalog,
        Countability::NotYet(day) => WhyNot::NotYet(day),
        Countability::Expired(day) => WhyNot::Expired(day),
        Countability::Revoked => WhyNot::Revoked,
        Countability::InProgress => WhyNot::InProgress,
        Countability::Planned => WhyNot::Planned,
        Countability::Countable(_) => {
            let unit = model.units.iter().position(|unit| unit.holding == Some(holding));
            let Some(unit) = unit else { return WhyNot::NotAsked };
            blocked(model, bench, unit).unwrap_or_else(|| filtered(model, &model.units[unit]))
        }
    }
}

/// What keeps a holding out of the requirements that accept it.
fn blocked(model: &Model<'_>, bench: &Workbench<'_>, unit: usize) -> Option<WhyNot> {
    let class = model.classes.iter().position(|class| class.units.contains(&unit))?;
    let mut first = None;
    for (at, scope) in model.scopes.iter().enumerate() {
        for one in scope.takes.iter().filter(|one| one.class == class) {
            let Some(broken) = raising(model, bench, one.var).err() else {
                return Some(WhyNot::NotNeeded((scope.key.qualification, one.requirement)));
            };
            let mut tags: Vec<RowTag> = broken.into_iter().map(|row| model.tags[row]).collect();
            tags.sort_by_key(|tag| rank(model, bench, scope, tag));
            match tags.into_iter().find_map(|tag| named(model, bench, at, one, tag)) {
                None => return Some(WhyNot::NotNeeded((scope.key.qualification, one.requirement))),
                Some(why) => first = first.or(Some(why)),
            }
        }
    }
    first
}

/// Which of several reasons is named. What is used up is gone, and what came too early is late for good;
/// that another may count in its place is no reason, least of all one that is still to be earned.
fn rank(model: &Model<'_>, bench: &Workbench<'_>, scope: &Scope, tag: &RowTag) -> u8 {
    let counts_held = |credential: CredentialIx| {
        let counted = scope.takes.iter().filter(|one| bench.values()[one.var.index()] > 0);
        counted.map(|one| model.unit_of(one.class)).any(|unit| unit.own == credential && !unit.is_new())
    };
    match *tag {
        RowTag::UsedUp(_) | RowTag::After(..) => 0,
        RowTag::SameCredential(credential) | RowTag::Times(credential) if !counts_held(credential) => 2,
        _ => 1,
    }
}

/// The reason that a row stands for, in the words of the rules.
fn named(model: &Model<'_>, bench: &Workbench<'_>, scope: usize, one: &Use, tag: RowTag) -> Option<WhyNot> {
    let qualification = |scope: usize| model.scopes[scope].key.qualification;
    match tag {
        RowTag::SameCredential(credential) | RowTag::Times(credential) => {
            Some(WhyNot::SameCredential(credential))
        }
        RowTag::Excluded(at) => {
            let barred = &model.catalog.exclusions()[at].between;
            let counts = model.scopes[scope].takes.iter().filter(|one| bench.values()[one.var.index()] > 0);
            counts.map(|one| one.face).find(|face| barred.contains(face)).map(WhyNot::Excluded)
        }
        RowTag::Cap(scope, requirement, _) => Some(WhyNot::Capped((qualification(scope), requirement))),
        RowTag::Same(scope, requirement) => Some(WhyNot::OtherValue((qualification(scope), requirement))),
        RowTag::Window(scope, requirement) => Some(WhyNot::Window((qualification(scope), requirement))),
        // The day that was chosen to divide them may leave out what is in order all the same.
        RowTag::After(scope, requirement) => is_out_of_order(model, bench, scope, requirement, one)
            .then(|| WhyNot::Order((qualification(scope), requirement))),
        RowTag::QualificationCap(scope, _) => Some(WhyNot::QualificationCapped(qualification(scope))),
        RowTag::UsedUp(award) => Some(WhyNot::UsedUp(award)),
        RowTag::Sharing(policy) => Some(WhyNot::Sharing(policy, qualification(scope))),
        RowTag::Once | RowTag::Raises(_) | RowTag::Structure => None,
    }
}

/// Whether what counts toward a requirement, or toward those before it, is out of order with one more.
fn is_out_of_order(
    model: &Model<'_>,
    bench: &Workbench<'_>,
    scope: usize,
    requirement: RequirementIx,
    one: &Use,
) -> bool {
    let Rule::Take(take) = &model.qualification_of(scope).requirement(requirement).rule else { return false };
    let counted = model.scopes[scope].takes.iter().filter(|other| bench.values()[other.var.index()] > 0);
    let are_ordered = |earlier: &Use, later: &Use| {
        model.day(earlier).zip(model.day(later)).is_some_and(|(first, next)| first <= next)
    };
    let is_before = |one: &Use| take.after.contains(&one.requirement);
    let is_in_order = |other: &Use| match (one.requirement == requirement, other.requirement == requirement) {
        (true, _) if is_before(other) => are_ordered(other, one),
        (_, true) if is_before(one) => are_ordered(one, other),
        _ => true,
    };
    !{ counted }.all(is_in_order)
}

/// Why no requirement accepts a countable holding, from the first that accepts its credential.
fn filtered(model: &Model<'_>, unit: &Unit<'_>) -> WhyNot {
    let as_of = model.question.as_of;
    let plain = Unit::new(model.catalog, unit.own, as_of);
    let (mut seen, mut refused) = (None, None);
    for scope in &model.scopes {
        let qualification = model.catalog.qualification(scope.key.qualification);
        for ix in qualification.requirement_indexes() {
            let Rule::Take(take) = &qualification.requirement(ix).rule else { continue };
            let place = (scope.key.qualification, ix);
            let is_open = matches!(take.sight, Sight::Held { .. });
            for &Face { credential: face, .. } in &unit.faces {
                let passes = |unit: &Unit<'_>| unit.passes(model.catalog, face, &take.filter, qualification);
                match (passes(unit), passes(&plain)) {
                    (true, _) if !unit.counts_toward(model.catalog, face, qualification) => {
                        return WhyNot::Restricted(place);
                    }
                    (true, _) if !unit.is_good_enough(take) => return WhyNot::Grade(place),
                    (true, _) if !unit.is_right_attempt(model.catalog, qualification) => {
                        return WhyNot::TriedAgain(place);
                    }
                    (true, _) if !unit.is_recent_enough(take, qualification, model.question) => {
                        return WhyNot::Age(place);
                    }
                    (false, true) => refused = refused.or(Some(place)),
                    // An overlay might look at it, and does not have to.
                    (true, _) if is_open && unit.is_countable(qualification.grace) => {
                        seen = seen.or(Some(place));
                    }
                    _ => {}
                }
            }
            let others = model.catalog.credential(unit.own).counts_as.iter();
            let mut untimely = others.filter(|one| unit.faces.iter().all(|face| face.credential != one.to));
            let passes = |face| plain.passes(model.catalog, face, &take.filter, qualification);
            if let Some(one) = untimely.find(|one| one.counts_toward(qualification) && passes(one.to)) {
                return WhyNot::NotEquivalent(one.to);
            }
        }
    }
    seen.map(WhyNot::NotNeeded).or(refused.map(WhyNot::Facts)).unwrap_or(WhyNot::NotAsked)
}
