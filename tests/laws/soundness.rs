//! What an audit says counts is admissible: computed again from the rules, in a few plain lines.

use std::collections::{BTreeMap, BTreeSet};

use cairn_core::{
    Catalog, Holding, Scalar, State,
    catalog::{Bound, CredentialIx, Limit, QualificationIx, RequirementIx, Rule, Sight, Tally},
};
use cairn_engine::{Action, Audit, Placement, ScopeAudit, Standing, Thing, Verdict, audit};
use proptest::prelude::*;

use crate::{config, question, sound_cases};

mod placed;
pub(crate) use placed::is_more;
use placed::{credits, equivalence, may_count, own, passes, values};

mod limit;
use limit::{holds, is_in_order, lies_within, sum};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_counts_is_admissible((case, catalog) in sound_cases()) {
        let audit = audit(&catalog, &case.learner, &question(&catalog, &case));
        for scope in &audit.scopes {
            let checked = check(&catalog, &audit, scope).and_then(|()| is_left(&catalog, &audit, scope));
            checked.map_err(|wrong| TestCaseError::fail(format!("{wrong} in {scope:#?}\n{}", case.text())))?;
        }
        let root = audit.scopes[0].requirements.last().expect("a root").standing;
        let is_short = audit.scopes[0].limits.iter().any(|limit| limit.held < limit.needed);
        if audit.verdict == Verdict::Complete {
            prop_assert!(root == Standing::Met && !is_short, "complete without its root\n{}", case.text());
        }
    }
}

type Checked = Result<(), String>;

fn demand(holds: bool, otherwise: impl Fn() -> String) -> Checked {
    if holds { Ok(()) } else { Err(otherwise()) }
}

fn check(catalog: &Catalog, audit: &Audit, scope: &ScopeAudit) -> Checked {
    let rules = catalog.qualification(scope.qualification);
    once(catalog, audit, &scope.counted)?;
    let mut met = Vec::new();
    for (ix, status) in rules.requirement_indexes().zip(&scope.requirements) {
        let is_said = status.standing != Standing::NotNeeded;
        let child = |child: &&RequirementIx| met[child.index()];
        let is_met = match &rules.requirement(ix).rule {
            Rule::All(children) => children.iter().all(|ix| child(&ix)),
            Rule::Same(by, children) => {
                let below = rules.below(ix);
                let mine = scope.counted.iter().filter(|placed| below.contains(&placed.requirement));
                let all: Vec<Vec<Scalar>> = mine.map(|placed| values(catalog, audit, placed, by)).collect();
                let is_common = |value: &Scalar| all.iter().all(|values| values.contains(value));
                let is_one = all.first().is_none_or(|first| first.iter().any(is_common));
                demand(is_one, || format!("{ix:?} has several values"))?;
                children.iter().all(|ix| child(&ix))
            }
            Rule::Any(children) => children.iter().any(|ix| child(&ix)),
            Rule::Choose(least, children) => children.iter().filter(child).count() >= *least as usize,
            Rule::Take(take) if take.sight == Sight::Taking => {
                let own: Vec<_> = scope.counted.iter().filter(|placed| placed.requirement == ix).collect();
                for placed in &own {
                    let is_accepted = passes(catalog, audit, rules, placed, &take.filter)
                        && may_count(catalog, audit, placed, rules);
                    demand(is_accepted, || format!("{placed:?} is not accepted"))?;
                }
                let holds = |limit: &Limit| holds(catalog, audit, rules, &own, limit);
                demand(take.caps.iter().all(holds), || format!("a cap of {ix:?}"))?;
                take.floors.iter().all(holds)
                    && lies_within(audit, take, &own)
                    && is_in_order(audit, take, &own, &scope.counted)
            }
            // What overlays look at, evidence and awards are not in the allocation.
            _ => is_said,
        };
        let is_met = is_met || status.standing == Standing::NotAsked;
        if audit.verdict != Verdict::Unreachable {
            demand(!is_said || is_met, || format!("{ix:?} is said to be met"))?;
        }
        met.push(is_met);
    }
    let all: Vec<_> = scope.counted.iter().collect();
    for limit in &rules.limits {
        let is_open =
            limit.bound == Bound::AtLeast && (!scope.needed || audit.verdict == Verdict::Unreachable);
        let holds = is_open || holds(catalog, audit, rules, &all, limit);
        demand(holds, || format!("a limit of the qualification: {limit:?}"))?;
    }
    let root = met.last().copied().unwrap_or(false);
    demand(!scope.needed || audit.verdict == Verdict::Unreachable || root, || "the root".to_owned())
}

/// A thing counts once, a credential counts once, and of barred credentials one counts.
fn once(catalog: &Catalog, audit: &Audit, counted: &[Placement]) -> Checked {
    let mut things = BTreeSet::new();
    let mut credentials: BTreeMap<CredentialIx, usize> = BTreeMap::new();
    for placed in counted.iter().filter(|placed| is_more(placed)) {
        let twins: Vec<_> = counted.iter().filter(|twin| twin.thing == placed.thing).collect();
        let whole = Placement { part: None, ..*placed };
        let is_divided =
            sum(catalog, audit, &twins, &Tally::Credits, Bound::AtMost) <= credits(catalog, audit, &whole);
        let is_one = twins.iter().filter(|twin| !is_more(twin)).count() == 1;
        demand(is_divided && is_one, || format!("{placed:?} counts for more than it is"))?;
    }
    for placed in counted.iter().filter(|placed| !is_more(placed)) {
        let is_once = things.insert(placed.thing) || matches!(placed.thing, Thing::New(_));
        demand(is_once, || format!("{placed:?} counts twice"))?;
        let own = own(catalog, audit, placed);
        let is_face = placed.face == own || equivalence(catalog, audit, placed).is_some();
        demand(is_face, || format!("{placed:?} counts as another"))?;
        for credential in BTreeSet::from([own, placed.face]) {
            *credentials.entry(credential).or_default() += 1;
        }
        let is_earned = |action: &Action| matches!(action, Action::Earn(new) if *new == own);
        let is_advised = audit.next.iter().any(|step| is_earned(&step.action));
        let is_had = matches!(placed.thing, Thing::Held(_)) || is_advised;
        demand(is_had || audit.verdict == Verdict::Unreachable, || format!("{placed:?} is not advised"))?;
    }
    let is_within = |(&ix, &times): (&CredentialIx, &usize)| times <= catalog.credential(ix).times as usize;
    demand(credentials.iter().all(is_within), || "one credential counts too often".to_owned())?;
    for exclusion in catalog.exclusions() {
        let is_barred = |placed: &&Placement| {
            exclusion.between.contains(&placed.face)
                || exclusion.between.contains(&own(catalog, audit, placed))
        };
        let mut counted = counted.iter().filter(|placed| !is_more(placed));
        demand(counted.by_ref().filter(is_barred).count() <= 1, || "barred credentials count".to_owned())?;
    }
    Ok(())
}

/// What awards of other qualifications have used up does not count. (Of what can be had several times,
/// some may be left.)
fn is_left(catalog: &Catalog, audit: &Audit, scope: &ScopeAudit) -> Checked {
    let as_of = audit.question.as_of;
    let consumes = |ix: &QualificationIx| catalog.qualification(*ix).consumes;
    for placed in &scope.counted {
        let credential = catalog.credential(own(catalog, audit, placed));
        if credential.times > 1 {
            continue;
        }
        let by = |at: usize| audit.holdings[at].awarded.filter(|_| audit.holdings[at].state == State::Earned);
        let is_used = |award: &Holding| {
            let is_other = !catalog.qualification(scope.qualification).is_named(&award.credential);
            let named = catalog.find_qualifications(award.credential.as_str());
            let is_had = award.state == State::Earned && award.awarded.is_none_or(|day| day <= as_of);
            let day = award.awarded.unwrap_or(as_of.yesterday().expect("a day before"));
            let was_had = match placed.thing {
                Thing::Held(at) => by(at).is_none_or(|earned| earned <= day),
                Thing::New(_) => day == as_of,
            };
            is_other
                && is_had
                && was_had
                && named.iter().any(consumes)
                && award.components.contains_key(&credential.id)
        };
        demand(!audit.holdings.iter().any(is_used), || format!("{placed:?} is used up"))?;
        let redeemed = audit.next.iter().filter(|step| match step.action {
            Action::Award(award) => award != scope.qualification && consumes(&award),
            _ => false,
        });
        let ix = catalog.find_credential(credential.id.as_str()).expect("it is in the catalog");
        let mut redeemed = redeemed.filter(|step| step.components.contains(&ix));
        demand(redeemed.next().is_none(), || format!("{placed:?} would be used up"))?;
    }
    Ok(())
}
