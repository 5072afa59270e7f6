//! The rules as they are read for one learner: with exceptions.

use jiff::civil::Date;

use crate::{
    Amount, CredentialId, Exception, Holding, Learner, Misfit, Relief, Span,
    catalog::{
        Bound, Catalog, CredentialIx, Filter, Graph, Limit, Pool, PoolIx, Qualification, QualificationIx,
        RequirementIx, Rule, Share, Sight, Take, Tally, When, Whole, build,
    },
};

impl Catalog {
    /// The rules with exceptions, in whatever order they are given.
    ///
    /// # Errors
    ///
    /// If one of them speaks of what is not there, or grants what the requirement does not ask for.
    pub fn excepting(&self, exceptions: &[Exception]) -> Result<Catalog, Misfit> {
        let mut exceptions: Vec<&Exception> = exceptions.iter().collect();
        exceptions.sort_unstable();
        // Of the same, and of several amounts, the first is the one that grants most.
        exceptions.dedup_by(|later, first| {
            later == first || (is_amount(later) && is_amount(first) && later.place() == first.place())
        });
        let mut catalog = self.clone();
        for exception in exceptions {
            let (qualification, requirement) = self.place_of(exception)?;
            let relief = Found::of(self, &exception.relief)?;
            let rules = &mut catalog.qualifications[qualification.index()];
            relief
                .grant(rules, requirement)
                .map_err(|why| Misfit::Idle(exception.requirement.clone(), why))?;
        }
        catalog.graph =
            Graph::new(&catalog.credentials, &catalog.qualifications).map_err(|_| Misfit::Circle)?;
        build::ban(&mut catalog);
        Ok(catalog)
    }

    /// The requirement that an exception is about.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn place_of(&self, exception: &Exception) -> Result<(QualificationIx, RequirementIx), Misfit> {
        let Exception { qualification: id, requirement, .. } = exception;
        let found = self.qualifications.binary_search_by(|one| one.id.cmp(id));
        let at = found.map_err(|_| Misfit::NoQualification(id.clone()))?;
        let place = self.qualifications[at].find_requirement(requirement);
        let place = place.ok_or_else(|| Misfit::NoRequirement(requirement.clone()))?;
        Ok((QualificationIx::at(at), place))
    }

    /// The record as these rules read it with exceptions: with what is extended.
    #[must_use]
    pub fn extended(&self, learner: &Learner, exceptions: &[Exception]) -> Learner {
        let mut learner = learner.clone();
        for holding in &mut learner.holdings {
            let own = self.find_credential(holding.credential.as_str());
            let until = exceptions.iter().filter_map(|exception| match &exception.relief {
                Relief::Extend(credential, until) if *credential == holding.credential => Some(*until),
                _ => None,
            });
            holding.expires = match (self.end_of(holding, own), until.max()) {
                (Some(end), Some(until)) if end < until => Some(until),
                _ => holding.expires,
            };
        }
        learner
    }

    /// The last day of a holding of this credential without any renewal; nothing if it does not expire.
    #[must_use]
    pub fn end_of(&self, holding: &Holding, own: Option<CredentialIx>) -> Option<Date> {
        let credential = own.map(|own| self.credential(own));
        let computed = || Some(credential?.valid?.after(holding.awarded?));
        let retired = || Some(credential?.valid_after_retirement?.after(credential?.retired?));
        holding.expires.or_else(computed).or_else(retired)
    }
}

fn is_amount(exception: &Exception) -> bool {
    matches!(exception.relief, Relief::Amount(_))
}

/// What is granted, with its credentials found.
enum Found {
    Allow(CredentialIx),
    Substitute(CredentialIx, CredentialIx),
    CountHere(CredentialIx),
    Amount(Amount),
    Waive,
    Nothing,
}

impl Found {
    fn of(catalog: &Catalog, relief: &Relief) -> Result<Found, Misfit> {
        let find = |id: &CredentialId| {
            catalog.find_credential(id.as_str()).ok_or_else(|| Misfit::NoCredential(id.clone()))
        };
        Ok(match relief {
            Relief::Allow(credential) => Found::Allow(find(credential)?),
            Relief::Substitute(held, wanted) => Found::Substitute(find(held)?, find(wanted)?),
            Relief::CountHere(credential) => Found::CountHere(find(credential)?),
            Relief::Amount(amount) => Found::Amount(*amount),
            Relief::Waive => Found::Waive,
            // It is about the record.
            Relief::Extend(credential, _) => find(credential).map(|_| Found::Nothing)?,
        })
    }

    fn grant(&self, rules: &mut Qualification, ix: RequirementIx) -> Result<(), &'static str> {
        match *self {
            Found::Allow(credential) => allow(rules, ix, credential),
            Found::Substitute(held, wanted) => substitute(rules, ix, held, wanted),
            Found::CountHere(credential) => count_here(rules, ix, credential),
            Found::Amount(amount) => lower(rules, ix, amount),
            Found::Waive if ix == rules.root() => Err("is the qualification itself, which is not waived"),
            Found::Waive => {
                rules.requirements[ix.index()].when = Some(When::nobody());
                Ok(())
            }
            Found::Nothing => Ok(()),
        }
    }
}

/// The take of a requirement, and the pools of its qualification.
fn take(rules: &mut Qualification, ix: RequirementIx) -> Result<(&mut Take, &mut Vec<Pool>), &'static str> {
    match &mut rules.requirements[ix.index()].rule {
        Rule::Take(take) => Ok((take, &mut rules.pools)),
        _ => Err("takes no credentials, so that none can be allowed there"),
    }
}

fn pool(pools: &mut Vec<Pool>, of: &[CredentialIx], span: Span) -> PoolIx {
    let mut of = of.to_vec();
    of.sort_unstable();
    of.dedup();
    let id = "exception".parse().expect("an id");
    pools.push(Pool { id, of: Some(of), conditions: Vec::new(), not_in: Vec::new(), advise: true, span });
    PoolIx::at(pools.len() - 1)
}

fn allow(rules: &mut Qualification, ix: RequirementIx, credential: CredentialIx) -> Result<(), &'static str> {
    let span = rules.span;
    let (take, pools) = take(rules, ix)?;
    let Filter { pools: from, credential: only, .. } = &mut take.filter;
    match (from, only.take()) {
        (Some(from), _) => from.push(pool(pools, &[credential], span)),
        (from, Some(only)) => *from = Some(vec![pool(pools, &[only, credential], span)]),
        (None, None) => {}
    }
    Ok(())
}

fn substitute(
    rules: &mut Qualification,
    ix: RequirementIx,
    held: CredentialIx,
    wanted: CredentialIx,
) -> Result<(), &'static str> {
    let span = rules.span;
    allow(rules, ix, held)?;
    let (take, pools) = take(rules, ix)?;
    if take.sight == Sight::Attempted || take.divides {
        return Err("does not take credentials one by one, so that none can stand for another");
    }
    let both = pool(pools, &[held, wanted], span);
    let filter = Filter { pools: Some(vec![both]), ..Filter::default() };
    take.caps.push(Limit { filter, ..Limit::plain(Tally::Count, Amount::ONE, Bound::AtMost, span) });
    Ok(())
}

fn count_here(
    rules: &mut Qualification,
    ix: RequirementIx,
    credential: CredentialIx,
) -> Result<(), &'static str> {
    allow(rules, ix, credential)?;
    let (take, _) = take(rules, ix)?;
    if let Err(at) = take.excused.binary_search(&credential) {
        take.excused.insert(at, credential);
    }
    Ok(())
}

/// Lowers what a requirement needs, and with it whatever is a part of that.
fn lower(rules: &mut Qualification, ix: RequirementIx, amount: Amount) -> Result<(), &'static str> {
    let is_root = ix == rules.root();
    let Qualification { requirements, limits, .. } = rules;
    let (floors, caps) = match &mut requirements[ix.index()].rule {
        _ if is_root => (limits, None),
        Rule::Take(Take { floors, caps, .. }) => (floors, Some(caps)),
        Rule::Attest(attest) if amount < attest.amount => {
            attest.amount = amount;
            return Ok(());
        }
        Rule::Attest(_) => return Err("asks for no more than that"),
        _ => return Err("asks for no amount of its own"),
    };
    let own = |limit: &&mut Limit| limit.is_need() && limit.per.is_none();
    let mut needs: Vec<&mut Limit> = floors.iter_mut().filter(own).collect();
    let [need] = &mut needs[..] else {
        return Err("asks for no amount of its own, or for two of them");
    };
    if need.amount <= amount {
        return Err("asks for no more than that");
    }
    let (before, tally) = (need.amount, need.tally.clone());
    need.amount = amount;
    for limit in floors.iter_mut().chain(caps.into_iter().flatten()) {
        if let Some(share) = limit.share.filter(|share| share.of == Whole::Required(before))
            && limit.tally == tally
        {
            limit.share = Some(Share { of: Whole::Required(amount), ..share });
            limit.amount = share.amount(amount, limit.bound);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::{Exception, Holding, Learner, Misfit, Relief, SourceFile, catalog::Rule};

    use super::*;

    const RULES: &str = r#"
format = 1
[credential.a]
credits = 5
valid = "1 year"
[credential.b]
credits = 5
[credential.c]
credits = 5
requires = ["q"]
[qualification]
id = "q"
all = ["some", "hours"]
limits = [{ at_least = { credits = 20 } }]
[requirement.some]
credits = 10
from = "p"
limits = [{ at_most = { fraction = "1/2", of = "required", measure = "credits" }, from = "few" }]
[requirement.hours]
attest = "hours"
at_least = 40
[pool.p]
of = ["a", "b"]
[pool.few]
of = ["b"]
"#;

    fn catalog() -> Catalog {
        let file = SourceFile { path: "q.toml".to_owned(), text: RULES.to_owned() };
        let loading = crate::load(&[file]);
        loading.catalog.unwrap_or_else(|| panic!("{:#?}", loading.findings))
    }

    fn exception(requirement: &str, relief: Relief) -> Exception {
        let qualification = "q".parse().expect("an id");
        Exception { qualification, requirement: requirement.parse().expect("an id"), relief }
    }

    fn take(catalog: &Catalog) -> &Take {
        let rules = &catalog.qualifications()[0];
        let ix = rules.find_requirement(&"some".parse().expect("an id")).expect("it is there");
        match &rules.requirement(ix).rule {
            Rule::Take(take) => take,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_a_part_of_a_lowered_need_goes_with_it() {
        let six = exception("some", Relief::Amount(Amount::whole(6)));
        let four = exception("some", Relief::Amount(Amount::whole(4)));
        let excepted = catalog().excepting(&[six.clone(), four]).expect("it fits");
        let take = take(&excepted);
        assert_eq!((take.floors[0].amount, take.caps[0].amount), (Amount::whole(4), Amount::whole(2)));
        let root = exception("q", Relief::Amount(Amount::whole(15)));
        let excepted = catalog().excepting(&[root]).expect("it fits");
        assert_eq!(excepted.qualifications()[0].limits[0].amount, Amount::whole(15));
        assert_eq!(catalog().excepting(&[six.clone(), six]).map(drop), Ok(()), "the same once more");
    }

    #[test]
    fn what_the_rules_do_not_ask_for_cannot_be_granted() {
        let refused =
            |requirement: &str, relief| catalog().excepting(&[exception(requirement, relief)]).err();
        let id = |name: &str| name.parse().expect("an id");
        let idle = |refused: Option<Misfit>| matches!(refused, Some(Misfit::Idle(..)));
        assert!(idle(refused("some", Relief::Amount(Amount::whole(10)))));
        assert!(idle(refused("hours", Relief::Amount(Amount::whole(40)))));
        assert!(idle(refused("hours", Relief::Allow(id("b")))));
        assert!(idle(refused("q", Relief::Waive)));
        assert_eq!(
            refused("none", Relief::Waive),
            Some(Misfit::NoRequirement("none".parse().expect("an id")))
        );
        assert_eq!(refused("some", Relief::Allow(id("z"))), Some(Misfit::NoCredential(id("z"))));
        // The award of `q` must be had before `c`.
        assert_eq!(refused("some", Relief::Allow(id("c"))), Some(Misfit::Circle));
        assert_eq!(refused("hours", Relief::Amount(Amount::whole(39))), None);
    }

    #[test]
    fn an_extension_never_cuts() {
        let day = |text: &str| text.parse().expect("a day");
        let mut learner = Learner::new("ada".parse().expect("an id"));
        let held = |name: &str| Holding {
            awarded: Some(day("2026-01-01")),
            ..Holding::of(name.parse().expect("an id"))
        };
        learner.holdings =
            vec![held("a"), held("b"), Holding { expires: Some(day("2026-06-01")), ..held("b") }];
        let until =
            |name: &str, text: &str| exception("q", Relief::Extend(name.parse().expect("an id"), day(text)));
        let ends = |exceptions: &[Exception]| {
            let extended = catalog().extended(&learner, exceptions);
            extended
                .holdings
                .into_iter()
                .map(|holding| holding.expires.map(|day| day.to_string()))
                .collect::<Vec<_>>()
        };
        let later = [until("a", "2028-01-01"), until("a", "2027-06-01"), until("b", "2028-01-01")];
        assert_eq!(ends(&later), [Some("2028-01-01".to_owned()), None, Some("2028-01-01".to_owned())]);
        let earlier = [until("a", "2026-02-01"), until("b", "2026-02-01")];
        assert_eq!(ends(&earlier), [None, None, Some("2026-06-01".to_owned())]);
    }
}
