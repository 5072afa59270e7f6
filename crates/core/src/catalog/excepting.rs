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
    pools.push(Pool {
        id,
        of: Some(of),
        conditions: Vec::new(),
        not_in: Vec::new(),
        advise: true,
        open: None,
        span,
    });
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
    if need.tally == Tally::Count && amount.thousandths() % Amount::ONE.thousandths() != 0 {
        return Err("counts whole credentials");
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
mod tests;
