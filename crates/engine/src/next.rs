//! What to earn next: the steps of a cheapest completion, prerequisites first.

use cairn_core::{
    Amount, AttestationKey,
    catalog::{CredentialIx, Node, Prerequisite, QualificationIx, RequirementIx, Rule},
};

use crate::{
    audit::{Cost, ScopeAudit, Thing},
    eligibility::recorded,
    model::{Model, price},
};

/// One step of a completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is to be done.
    pub action: Action,
    /// What it adds to the cost of the completion.
    pub cost: Cost,
    /// The requirements that it then counts toward.
    pub fills: Vec<(QualificationIx, RequirementIx)>,
    /// Later steps that require it.
    pub opens: Vec<CredentialIx>,
    /// Of an award: what earns it, as this completion counts; used up by it, if the rules say so.
    pub components: Vec<CredentialIx>,
}

/// What a step is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Earn a credential.
    Earn(CredentialIx),
    /// Have a qualification awarded that is complete by then.
    Award(QualificationIx),
    /// Bring evidence; so much is on record, so much is needed.
    Confirm {
        /// Of what.
        key: AttestationKey,
        /// How much is on record.
        recorded: Amount,
        /// How much is needed.
        needed: Amount,
        /// In which unit, for people.
        unit: Option<String>,
    },
}

/// The steps of the completion that a solution is.
pub(crate) fn steps(model: &Model<'_>, values: &[i64], scopes: &[ScopeAudit]) -> Vec<Step> {
    let mut steps: Vec<Step> = in_order(model, values, scopes)
        .into_iter()
        .map(|action| match action {
            Action::Earn(credential) => Step {
                cost: Cost { new: 1, ..cost_of(model, credential) },
                fills: fills(scopes, credential),
                opens: Vec::new(),
                components: Vec::new(),
                action,
            },
            Action::Award(_) | Action::Confirm { .. } => Step {
                cost: Cost { new: 1, ..Cost::ZERO },
                fills: Vec::new(),
                opens: Vec::new(),
                components: components(model, scopes, &action),
                action,
            },
        })
        .collect();
    for at in 0..steps.len() {
        steps[at].opens = opened_by(model, &steps[at].action, &steps[at + 1..]);
    }
    // Evidence comes last, but before an award: what is awarded may rest on it.
    let is_award = |step: &Step| matches!(step.action, Action::Award(_));
    let place = steps.iter().position(is_award).unwrap_or(steps.len());
    steps.splice(place..place, confirmations(model, values));
    steps
}

/// What a new credential adds to each measure of the question.
fn cost_of(model: &Model<'_>, credential: CredentialIx) -> Cost {
    let prices = model.question.measures().map(|measure| price(model.catalog, credential, measure));
    Cost::measured(prices)
}

/// New credentials and awards: whatever is ready, in the order of the catalog. Of what is ready, what
/// the rules want later waits; prerequisites, which can be checked nowhere else, come first.
fn in_order(model: &Model<'_>, values: &[i64], scopes: &[ScopeAudit]) -> Vec<Action> {
    let mut open: Vec<CredentialIx> = Vec::new();
    for (&class, var) in &model.earned {
        let earned = usize::try_from(values[var.index()]).expect("values are not negative");
        open.extend(model.classes[class].units[..earned].iter().map(|&unit| model.units[unit].own));
    }
    open.sort_unstable();
    let mut awards: Vec<QualificationIx> =
        model.awarded.iter().filter(|(_, var)| values[var.index()] > 0).map(|(&award, _)| award).collect();
    // An award may rest on a credential that requires another award.
    awards.sort_by_cached_key(|&award| {
        model.catalog.graph().topological().position(|node| node == Node::Qualification(award))
    });
    let mut done: Vec<Action> = Vec::new();
    while !open.is_empty() || !awards.is_empty() {
        let ready = |credential: &CredentialIx| {
            let requires = &model.catalog.credential(*credential).requires;
            requires.iter().all(|any| {
                any.iter().any(|one| model.has(one) || done.iter().any(|step| gives(model, step, one)))
            })
        };
        let waits = |credential: &CredentialIx| {
            open.iter().any(|other| other != credential && comes_after(model, scopes, *credential, *other))
        };
        let first = open.iter().position(|credential| ready(credential) && !waits(credential));
        if let Some(at) = first.or_else(|| open.iter().position(ready)) {
            done.push(Action::Earn(open.remove(at)));
        } else if !awards.is_empty() {
            // Awards wait until nothing else is ready: by then what they rest on is had.
            done.push(Action::Award(awards.remove(0)));
        } else {
            unreachable!("prerequisites are acyclic, and a completion has them all");
        }
    }
    done
}

/// Whether a new credential counts toward a requirement that comes after one toward which another counts.
fn comes_after(model: &Model<'_>, scopes: &[ScopeAudit], later: CredentialIx, earlier: CredentialIx) -> bool {
    let fills = |scope: &ScopeAudit, credential: CredentialIx| -> Vec<RequirementIx> {
        let mine = scope.counted.iter().filter(|placed| placed.thing == Thing::New(credential));
        mine.map(|placed| placed.requirement).collect()
    };
    scopes.iter().any(|scope| {
        let before = fills(scope, earlier);
        fills(scope, later).into_iter().any(|ix| {
            let rule = &model.catalog.qualification(scope.qualification).requirement(ix).rule;
            matches!(rule, Rule::Take(take) if take.after.iter().any(|one| before.contains(one)))
        })
    })
}

/// Whether a step provides a prerequisite.
fn gives(model: &Model<'_>, step: &Action, prerequisite: &Prerequisite) -> bool {
    match (step, prerequisite) {
        (Action::Earn(new), Prerequisite::Credential(wanted)) => {
            new == wanted || model.catalog.credential(*new).will_do_as(*wanted, Some(model.question.as_of))
        }
        (Action::Award(new), Prerequisite::Qualification(wanted)) => new == wanted,
        _ => false,
    }
}

fn opened_by(model: &Model<'_>, action: &Action, later: &[Step]) -> Vec<CredentialIx> {
    let requires = |credential: &CredentialIx| {
        model
            .catalog
            .credential(*credential)
            .requires
            .iter()
            .flatten()
            .any(|one| gives(model, action, one) && !model.has(one))
    };
    let earned = later.iter().filter_map(|step| match step.action {
        Action::Earn(credential) => Some(credential),
        _ => None,
    });
    earned.filter(requires).collect()
}

/// What the frame of a new award counts for it.
fn components(model: &Model<'_>, scopes: &[ScopeAudit], action: &Action) -> Vec<CredentialIx> {
    let Action::Award(award) = *action else { return Vec::new() };
    let is_own = |scope: &&ScopeAudit| scope.qualification == award && scope.frame == Some(award);
    let counted = scopes.iter().filter(is_own).flat_map(|scope| &scope.counted);
    let mut components: Vec<_> = counted
        .filter_map(|placed| match placed.thing {
            Thing::New(credential) => Some(credential),
            Thing::Held(at) => model.catalog.find_credential(model.learner.holdings[at].credential.as_str()),
        })
        .collect();
    components.sort_unstable();
    components
}

fn fills(scopes: &[ScopeAudit], credential: CredentialIx) -> Vec<(QualificationIx, RequirementIx)> {
    let mut fills = Vec::new();
    for scope in scopes {
        let placed = scope.counted.iter().chain(&scope.looked_at);
        let mine = placed.filter(|placed| placed.thing == Thing::New(credential));
        fills.extend(mine.map(|placed| (scope.qualification, placed.requirement)));
    }
    fills.sort_unstable();
    fills.dedup();
    fills
}

fn confirmations(model: &Model<'_>, values: &[i64]) -> Vec<Step> {
    let mut steps = Vec::new();
    for (key, var) in &model.granted {
        if values[var.index()] == 0 {
            continue;
        }
        let asked = model.scopes.iter().flat_map(|scope| {
            let qualification = scope.key.qualification;
            let requirements = &model.catalog.qualification(qualification).requirements;
            model.catalog.qualification(qualification).requirement_indexes().zip(requirements).filter_map(
                move |(ix, requirement)| match &requirement.rule {
                    Rule::Attest(attest) if attest.key.as_str() == key => Some((qualification, ix, attest)),
                    _ => None,
                },
            )
        });
        let asked: Vec<_> = asked.collect();
        let Some((_, _, most)) = asked.iter().max_by_key(|(_, _, attest)| attest.amount) else { continue };
        let mut fills: Vec<_> =
            asked.iter().map(|&(qualification, requirement, _)| (qualification, requirement)).collect();
        fills.sort_unstable();
        fills.dedup();
        steps.push(Step {
            action: Action::Confirm {
                key: most.key.clone(),
                recorded: recorded(model.learner, key, model.question),
                needed: most.amount,
                unit: most.unit.clone(),
            },
            cost: Cost { attestations: 1, ..Cost::ZERO },
            fills,
            opens: Vec::new(),
            components: Vec::new(),
        });
    }
    steps
}
