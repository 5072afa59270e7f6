//! Why: a flat list of coded facts that refer to holdings, requirements and each other's subjects.

use cairn_core::{
    Amount, Date,
    catalog::{CredentialIx, PolicyIx, QualificationIx, RequirementIx, Tally},
};
use cairn_solver::Workbench;

use crate::{
    audit::{Cost, ScopeAudit},
    model::Model,
};

mod holding;

mod requirement;

mod policy;
pub(crate) use policy::policies;

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
        /// How much of its credits counts there, where that is less than all.
        credits: Option<Amount>,
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
    /// A holding would have expired by the day of the audit, had it not been renewed.
    Renewed {
        /// The holding, by position.
        holding: usize,
        /// Holdings that renewed it, by position, each before the end that the one before it had set.
        by: Vec<usize>,
        /// Its last day now.
        last: Date,
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
        /// Which of its lower limits, in the order of the rules.
        limit: usize,
        /// What is added up or compared.
        tally: Tally,
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
    /// Without these sharing policies less would remain; with any one of them left, where there are
    /// several, no less.
    Policies {
        /// The policies.
        policies: Vec<PolicyIx>,
        /// What would remain.
        without: Cost,
    },
    /// It is not recorded what earned this award, so nothing is taken to be used up by it.
    Unrecorded {
        /// The award, by its position among the holdings.
        holding: usize,
    },
    /// The credits of this holding are recorded in a scheme that the rules do not know, so they count
    /// for nothing.
    UnknownScheme {
        /// The holding, by position.
        holding: usize,
    },
    /// Nothing that can be earned would meet a need.
    CannotBeMet {
        /// The qualification.
        qualification: QualificationIx,
        /// The requirement, or nothing for a limit of the whole qualification.
        requirement: Option<RequirementIx>,
        /// What is lacking is counted in this; nothing for an award that is no longer made.
        tally: Option<Tally>,
        /// How much would still be lacking at best.
        short: Amount,
        /// Whether that is proved to be the best; otherwise it is the best that was found.
        is_proved: bool,
    },
}

impl Reason {
    /// The holding that the reason is about, by position, if it is about one.
    #[must_use]
    pub fn holding(&self) -> Option<usize> {
        match self {
            Reason::Counts { holding, .. }
            | Reason::Shows { holding, .. }
            | Reason::Renewed { holding, .. }
            | Reason::Unrecorded { holding }
            | Reason::UnknownScheme { holding }
            | Reason::LeftOut { holding, .. } => Some(*holding),
            Reason::Lacks { .. }
            | Reason::Unconfirmed { .. }
            | Reason::NotAwarded { .. }
            | Reason::Policies { .. }
            | Reason::CannotBeMet { .. } => None,
        }
    }

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
            Reason::Policies { .. }
            | Reason::Renewed { .. }
            | Reason::Unrecorded { .. }
            | Reason::UnknownScheme { .. } => None,
            Reason::LeftOut { why, .. } => match why {
                WhyNot::Grade(place) | WhyNot::Age(place) | WhyNot::Facts(place) => Some(*place),
                WhyNot::Restricted(place) | WhyNot::TriedAgain(place) => Some(*place),
                WhyNot::Capped(place)
                | WhyNot::Window(place)
                | WhyNot::Order(place)
                | WhyNot::OtherValue(place)
                | WhyNot::NotNeeded(place) => Some(*place),
                _ => None,
            },
        }
    }
}

impl Reason {
    /// The sharing policies that the reason is about.
    #[must_use]
    pub fn policies(&self) -> Vec<PolicyIx> {
        match self {
            Reason::Policies { policies, .. } => policies.clone(),
            Reason::LeftOut { why: WhyNot::Sharing(policy, _), .. } => vec![*policy],
            _ => Vec::new(),
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
    /// It would be accepted as this credential, had it been awarded while that equivalence holds.
    NotEquivalent(CredentialIx),
    /// The credential was tried again, and only the latest attempt counts.
    TriedAgain(Place),
    /// It counts only toward other qualifications.
    Restricted(Place),
    /// Another holding of the same credential, or counted as the same, counts.
    SameCredential(CredentialIx),
    /// A credential that bars it counts.
    Excluded(CredentialIx),
    /// An upper limit of this requirement, the only one left for it, is reached.
    Capped(Place),
    /// Its day lies outside of the window in which all that counts toward this requirement lies.
    Window(Place),
    /// It is out of the order in which this requirement comes after others.
    Order(Place),
    /// It has another value than what counts toward the requirements of this one.
    OtherValue(Place),
    /// An upper limit over everything that the qualification counts is reached.
    QualificationCapped(QualificationIx),
    /// An award of this qualification has used it up.
    UsedUp(QualificationIx),
    /// A sharing policy forbids it to count in this qualification as well.
    Sharing(PolicyIx, QualificationIx),
    /// A requirement accepts it, but counting it would not lower what remains.
    NotNeeded(Place),
}

/// All reasons, `unreachable` if nothing completes it, with whether the shortfall is proved to be the
/// least: about every holding in canonical order, then about every requirement.
pub(crate) fn reasons(
    model: &Model<'_>,
    bench: &Workbench<'_>,
    scopes: &[ScopeAudit],
    unreachable: Option<bool>,
) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = (0..model.learner.holdings.len())
        .flat_map(|holding| {
            let mut about = holding::about(model, bench, scopes, holding);
            about.extend(holding::renewed(model, holding));
            about.extend(holding::unrecorded(model, holding));
            about.extend(holding::in_unknown_scheme(model, holding));
            about
        })
        .collect();
    if let Some(is_proved) = unreachable {
        reasons.extend(model.shortfalls.iter().filter_map(|short| {
            let amount = short.amount(bench.values());
            (amount > Amount::ZERO).then(|| Reason::CannotBeMet {
                qualification: model.scopes[short.scope].key.qualification,
                requirement: short.requirement,
                tally: short.tally.clone(),
                short: amount,
                is_proved,
            })
        }));
    }
    for scope in scopes.iter().filter(|scope| scope.needed) {
        reasons.extend(requirement::about(model, scope));
    }
    reasons
}
