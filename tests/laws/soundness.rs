//! What an audit says counts is admissible: computed again from the rules, in a few plain lines.

use std::collections::{BTreeMap, BTreeSet};

use cairn_core::{
    Amount, Attributes, Catalog, Holding, Scalar, State,
    catalog::{
        Bound, CredentialIx, Equivalence, Facts, Limit, Qualification, QualificationIx, Rule, Sight, Take,
        Tally, Weight, number,
    },
};
use cairn_engine::{Action, Audit, Placement, ScopeAudit, Standing, Thing, Verdict, audit};
use proptest::prelude::*;

use crate::{config, question, sound_cases};

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
        let child = |child: &&cairn_core::catalog::RequirementIx| met[child.index()];
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
                take.floors.iter().all(holds) && lies_within(audit, take, &own)
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

/// Whether another part of the same thing counts already.
fn is_more(placed: &Placement) -> bool {
    placed.part.is_some_and(|part| part.is_more)
}

fn own(catalog: &Catalog, audit: &Audit, placed: &Placement) -> CredentialIx {
    match placed.thing {
        Thing::New(credential) => credential,
        Thing::Held(at) => {
            catalog.find_credential(audit.holdings[at].credential.as_str()).expect("what counts is known")
        }
    }
}

/// The equivalence by which something counts, on the day of its award.
fn equivalence<'c>(catalog: &'c Catalog, audit: &Audit, placed: &Placement) -> Option<&'c Equivalence> {
    let day = match placed.thing {
        Thing::New(_) => Some(audit.question.as_of),
        Thing::Held(at) => audit.holdings[at].awarded,
    };
    catalog.credential(own(catalog, audit, placed)).as_other(placed.face, day)
}

/// Whether it counts toward a qualification, as what it is and as what it counts as.
fn may_count(catalog: &Catalog, audit: &Audit, placed: &Placement, rules: &Qualification) -> bool {
    let both = [own(catalog, audit, placed), placed.face];
    both.iter().all(|&ix| catalog.credential(ix).counts_toward(rules))
        && equivalence(catalog, audit, placed).is_none_or(|one| one.counts_toward(rules))
}

fn facts<'a>(catalog: &'a Catalog, audit: &Audit, placed: &Placement, own: &'a mut Attributes) -> Facts<'a> {
    let mut source = None;
    if let Thing::Held(at) = placed.thing {
        let holding = &audit.holdings[at];
        source = Some(holding.source);
        own.clone_from(&holding.attributes);
        own.extend(
            holding.issuer.iter().map(|issuer| ("issuer".to_owned(), vec![Scalar::Text(issuer.clone())])),
        );
        own.extend(
            holding.credits.iter().map(|&credits| ("credits".to_owned(), vec![Scalar::Number(credits)])),
        );
    }
    let attributes = &catalog.credential(placed.face).attributes;
    Facts { credential: placed.face, attributes, own: Some(own), source }
}

fn passes(
    catalog: &Catalog,
    audit: &Audit,
    rules: &Qualification,
    placed: &Placement,
    filter: &cairn_core::catalog::Filter,
) -> bool {
    filter.accepts(facts(catalog, audit, placed, &mut Attributes::new()), &rules.pools)
}

fn values(catalog: &Catalog, audit: &Audit, placed: &Placement, attribute: &str) -> Vec<Scalar> {
    facts(catalog, audit, placed, &mut Attributes::new()).values(attribute).into_owned()
}

/// Whether a limit holds of what is placed.
fn holds(
    catalog: &Catalog,
    audit: &Audit,
    rules: &Qualification,
    placed: &[&Placement],
    limit: &Limit,
) -> bool {
    let mine: Vec<_> = placed
        .iter()
        .copied()
        .filter(|placed| passes(catalog, audit, rules, placed, &limit.filter))
        .collect();
    let Some(per) = &limit.per else { return holds_of(catalog, audit, &mine, placed, limit) };
    let all: BTreeSet<_> = mine.iter().flat_map(|placed| values(catalog, audit, placed, per)).collect();
    all.iter().all(|value| {
        let has = |placed: &&Placement| values(catalog, audit, placed, per).contains(value);
        let having: Vec<_> = mine.iter().copied().filter(has).collect();
        holds_of(catalog, audit, &having, placed, limit)
    })
}

fn holds_of(
    catalog: &Catalog,
    audit: &Audit,
    mine: &[&Placement],
    all: &[&Placement],
    limit: &Limit,
) -> bool {
    if let Tally::Average { weight, best } = limit.tally {
        let balance = mine
            .iter()
            .filter(|placed| !is_more(placed))
            .map(|placed| balance(catalog, audit, placed, limit.amount, weight, best));
        return balance.sum::<i64>() >= 0;
    }
    let sum = |set: &[&Placement]| sum(catalog, audit, set, &limit.tally, limit.bound).thousandths();
    let (has, bound) = match limit.share_of_counted() {
        Some(share) => (sum(mine) * share.denominator(), sum(all) * share.numerator()),
        None => (sum(mine), limit.amount.thousandths()),
    };
    match limit.bound {
        Bound::AtLeast => has >= bound,
        Bound::AtMost => has <= bound,
    }
}

fn credits(catalog: &Catalog, audit: &Audit, placed: &Placement) -> Amount {
    if let Some(credits) = equivalence(catalog, audit, placed).and_then(|one| one.credits) {
        return credits;
    }
    match placed.thing {
        Thing::Held(at) => audit.holdings[at].credits.unwrap_or(catalog.credential(placed.face).credits),
        Thing::New(_) => catalog.credential(placed.face).credits,
    }
}

fn sum(catalog: &Catalog, audit: &Audit, placed: &[&Placement], tally: &Tally, bound: Bound) -> Amount {
    let is_part =
        |placed: &Placement| equivalence(catalog, audit, placed).is_some_and(|one| one.credits.is_some());
    let worth = |placed: &&Placement| match tally {
        Tally::Count if bound == Bound::AtLeast && is_part(placed) => Amount::ZERO,
        Tally::Credits => match placed.part {
            Some(part) => part.credits,
            None => credits(catalog, audit, placed),
        },
        _ if is_more(placed) => Amount::ZERO,
        Tally::Sum { of } => number(&values(catalog, audit, placed, of)),
        Tally::Count | Tally::Distinct { .. } | Tally::Average { .. } => Amount::ONE,
    };
    if let Tally::Distinct { by } = tally {
        let all: BTreeSet<_> = placed.iter().flat_map(|placed| values(catalog, audit, placed, by)).collect();
        return Amount::whole(u32::try_from(all.len()).expect("few"));
    }
    placed.iter().map(worth).sum()
}

/// By how much a grade lifts an average above the least, or pulls it below.
fn balance(
    catalog: &Catalog,
    audit: &Audit,
    placed: &Placement,
    least: Amount,
    weight: Weight,
    best: Amount,
) -> i64 {
    let grade = match placed.thing {
        Thing::New(_) => Some(best),
        Thing::Held(at) => audit.holdings[at].grade.map(|grade| grade.min(best)),
    };
    let weight = match weight {
        Weight::Count => Amount::ONE,
        Weight::Credits => credits(catalog, audit, placed).min(Weight::MAX),
    };
    let above = |grade: Amount| grade.thousandths() - least.thousandths();
    grade.map_or(0, |grade| weight.thousandths() * above(grade))
}

fn lies_within(audit: &Audit, take: &Take, placed: &[&Placement]) -> bool {
    let Some(window) = take.window else { return true };
    let day = |placed: &&Placement| match placed.thing {
        Thing::New(_) => Some(audit.question.as_of),
        Thing::Held(at) => audit.holdings[at].awarded,
    };
    let days: Option<Vec<_>> = placed.iter().map(day).collect();
    days.is_some_and(|days| days.iter().all(|day| days.iter().all(|other| *other <= window.after(*day))))
}
