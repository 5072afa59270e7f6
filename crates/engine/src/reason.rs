//! Why: a flat list of coded facts that refer to holdings, requirements and each other's subjects.

use cairn_core::{
    Amount, Date, Measure,
    catalog::{CredentialIx, QualificationIx, RequirementIx, Rule},
};
use cairn_solver::Workbench;

use crate::{
    Countability,
    audit::{ScopeAudit, Standing, Thing},
    eligibility::{Unit, countability},
    model::{Model, RowTag, recorded},
};

/// One fact of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A holding counts toward a requirement that takes it, or is what an overlay looks at.
    Counts {
        /// The holding, by position.
        holding: usize,
        /// The qualification in whose scope it counts.
        qualification: QualificationIx,
        /// The requirement.
        requirement: RequirementIx,
        /// The credential that it counts as.
        face: CredentialIx,
    },
    /// An award is held and meets a requirement; it is not used up.
    Shows {
        /// The holding, by position.
        holding: usize,
        /// The qualification that asks for the award.
        qualification: QualificationIx,
        /// The requirement.
        requirement: RequirementIx,
    },
    /// A holding counts nowhere.
    LeftOut {
        /// The holding, by position.
        holding: usize,
        /// Why.
        why: WhyNot,
    },
    /// A requirement lacks something, and the completion brings it.
    Lacks {
        /// The qualification.
        qualification: QualificationIx,
        /// The requirement, or nothing for a limit of the whole qualification.
        requirement: Option<RequirementIx>,
        /// What is lacking is counted in this.
        measure: Measure,
        /// How much is needed.
        needed: Amount,
        /// How much the holdings that count bring.
        held: Amount,
    },
    /// Evidence is lacking.
    Unconfirmed {
        /// The qualification.
        qualification: QualificationIx,
        /// The requirement.
        requirement: RequirementIx,
        /// How much is on record.
        recorded: Amount,
        /// How much is needed.
        needed: Amount,
    },
    /// Another qualification is lacking.
    NotAwarded {
        /// The qualification that asks.
        qualification: QualificationIx,
        /// The requirement.
        requirement: RequirementIx,
        /// The qualification that is asked for.
        award: QualificationIx,
    },
    /// Nothing that can be earned would meet a need.
    CannotBeMet {
        /// The qualification.
        qualification: QualificationIx,
        /// The requirement, or nothing for a limit of the whole qualification.
        requirement: Option<RequirementIx>,
        /// What is lacking is counted in this; nothing for an award that is no longer made.
        measure: Option<Measure>,
        /// How much would still be lacking at best.
        short: Amount,
    },
}

impl Reason {
    /// The requirement that the reason is about, if it is about one.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        match self {
            Reason::Counts { qualification, requirement, .. }
            | Reason::Shows { qualification, requirement, .. }
            | Reason::Unconfirmed { qualification, requirement, .. }
            | Reason::NotAwarded { qualification, requirement, .. } => Some((*qualification, *requirement)),
            Reason::Lacks { qualification, requirement, .. }
            | Reason::CannotBeMet { qualification, requirement, .. } => {
                Some((*qualification, (*requirement)?))
            }
            Reason::LeftOut { why, .. } => match why {
                WhyNot::Grade(place) | WhyNot::Age(place) | WhyNot::Facts(place) => Some(*place),
                WhyNot::Capped(place) | WhyNot::NotNeeded(place) => Some(*place),
                _ => None,
            },
        }
    }
}

/// A requirement with the qualification that it belongs to.
pub type Place = (QualificationIx, RequirementIx);

/// Why a holding counts nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// Its credential is in no rule file.
    NotInCatalog,
    /// It was awarded after the day of the audit.
    NotYet(Date),
    /// Its last day, grace included, was before the day of the audit.
    Expired(Date),
    /// Its issuer has taken it back.
    Revoked,
    /// It is in progress.
    InProgress,
    /// It is planned.
    Planned,
    /// No requirement accepts its credential.
    NotAsked,
    /// A requirement accepts its credential, but wants a better grade.
    Grade(Place),
    /// A requirement accepts its credential, but not of this age.
    Age(Place),
    /// Its own facts keep it out of a requirement that accepts its credential.
    Facts(Place),
    /// Another holding of the same credential, or counted as the same, counts.
    SameCredential(CredentialIx),
    /// A credential that bars it counts.
    Excluded(CredentialIx),
    /// An upper limit of this requirement, the only one left for it, is reached.
    Capped(Place),
    /// An upper limit over everything that the qualification counts is reached.
    QualificationCapped(QualificationIx),
    /// What may be shared with another qualification is used up.
    Sharing(QualificationIx),
    /// A requirement accepts it, but counting it would not lower what remains.
    NotNeeded(Place),
}

/// All reasons: about every holding in canonical order, then about every requirement.
pub(crate) fn reasons(
    model: &Model<'_>,
    bench: &Workbench<'_>,
    scopes: &[ScopeAudit],
    unreachable: bool,
) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = (0..model.learner.holdings.len())
        .flat_map(|holding| about_holding(model, bench, scopes, holding))
        .collect();
    if unreachable {
        reasons.extend(model.shortfalls.iter().filter_map(|short| {
            let amount = short.amount(bench.values());
            (amount > Amount::ZERO).then(|| Reason::CannotBeMet {
                qualification: model.scopes[short.scope].key.qualification,
                requirement: short.requirement,
                measure: short.measure,
                short: amount,
            })
        }));
    }
    for scope in scopes.iter().filter(|scope| scope.needed) {
        reasons.extend(about_requirements(model, scope));
    }
    reasons
}

fn about_holding(
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

/// The overlays that look at a holding that no taking requirement counts.
fn looked_at(scope: &ScopeAudit, holding: usize) -> impl Iterator<Item = Reason> {
    let mine = scope.looked_at.iter().filter(move |placed| placed.thing == Thing::Held(holding));
    let qualification = scope.qualification;
    mine.map(move |placed| Reason::Counts {
        holding,
        qualification,
        requirement: placed.requirement,
        face: placed.face,
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
            *mode != cairn_core::catalog::AwardMode::Earned
                && model.catalog.qualification(*other).is_named(&record.credential)
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
    let grace = model.qualification_of(0).grace;
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
            let mut tags = bench.broken_by(one.var, 1).map(|row| model.tags[row]);
            match tags.find_map(|tag| named(model, bench, at, tag)) {
                None => return Some(WhyNot::NotNeeded((scope.key.qualification, one.requirement))),
                Some(why) => first = first.or(Some(why)),
            }
        }
    }
    first
}

/// The reason that a row stands for, in the words of the rules.
fn named(model: &Model<'_>, bench: &Workbench<'_>, scope: usize, tag: RowTag) -> Option<WhyNot> {
    let qualification = |scope: usize| model.scopes[scope].key.qualification;
    match tag {
        RowTag::SameCredential(credential) => Some(WhyNot::SameCredential(credential)),
        RowTag::Excluded(at) => {
            let barred = &model.catalog.exclusions()[at].between;
            let counts = model.scopes[scope].takes.iter().filter(|one| bench.values()[one.var.index()] > 0);
            counts.map(|one| one.face).find(|face| barred.contains(face)).map(WhyNot::Excluded)
        }
        RowTag::Cap(scope, requirement, _) => Some(WhyNot::Capped((qualification(scope), requirement))),
        RowTag::QualificationCap(scope, _) => Some(WhyNot::QualificationCapped(qualification(scope))),
        RowTag::Sharing(one, other) => {
            Some(WhyNot::Sharing(qualification(if one == scope { other } else { one })))
        }
        RowTag::Once | RowTag::Structure => None,
    }
}

/// Why no requirement accepts a countable holding, from the first that accepts its credential.
fn filtered(model: &Model<'_>, unit: &Unit<'_>) -> WhyNot {
    let plain = Unit::new(model.catalog, unit.own);
    for scope in &model.scopes {
        let qualification = model.catalog.qualification(scope.key.qualification);
        for ix in qualification.requirement_indexes() {
            let Rule::Take(take) = &qualification.requirement(ix).rule else { continue };
            let place = (scope.key.qualification, ix);
            for &face in &unit.faces {
                let passes = |unit: &Unit<'_>| unit.passes(model.catalog, face, &take.filter, qualification);
                match (passes(unit), passes(&plain)) {
                    (true, _) if !unit.is_good_enough(take) => return WhyNot::Grade(place),
                    (true, _) if !unit.is_recent_enough(take, model.question.as_of) => {
                        return WhyNot::Age(place);
                    }
                    (false, true) => return WhyNot::Facts(place),
                    _ => {}
                }
            }
        }
    }
    WhyNot::NotAsked
}

fn about_requirements(model: &Model<'_>, scope: &ScopeAudit) -> Vec<Reason> {
    let qualification = model.catalog.qualification(scope.qualification);
    let mut reasons = Vec::new();
    for (ix, status) in qualification.requirement_indexes().zip(&scope.requirements) {
        if status.standing != Standing::Open {
            continue;
        }
        match &qualification.requirement(ix).rule {
            Rule::Take(_) => {
                reasons.extend(status.floors.iter().filter(|floor| floor.held < floor.needed).map(|floor| {
                    Reason::Lacks {
                        qualification: scope.qualification,
                        requirement: Some(ix),
                        measure: floor.measure,
                        needed: floor.needed,
                        held: floor.held,
                    }
                }));
            }
            Rule::Attest(attest) => reasons.push(Reason::Unconfirmed {
                qualification: scope.qualification,
                requirement: ix,
                recorded: recorded(model.learner, attest.key.as_str(), model.question),
                needed: attest.amount,
            }),
            Rule::Award(award, _) => {
                reasons.push(Reason::NotAwarded {
                    qualification: scope.qualification,
                    requirement: ix,
                    award: *award,
                });
            }
            Rule::All(_) | Rule::Any(_) | Rule::Choose(..) => {}
        }
    }
    reasons.extend(scope.limits.iter().filter(|limit| limit.held < limit.needed).map(|limit| {
        Reason::Lacks {
            qualification: scope.qualification,
            requirement: None,
            measure: limit.measure,
            needed: limit.needed,
            held: limit.held,
        }
    }));
    reasons
}
