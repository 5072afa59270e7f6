//! Units that no rule can tell apart are counted, not chosen among.
//!
//! Thirty optional units of eight credits are one variable with thirty values instead of thirty
//! variables; this is worth more than any cleverness in the search.

use std::collections::BTreeMap;

use cairn_core::{
    Amount, Catalog, Date, Measure, Scalar,
    catalog::{CredentialIx, Limit, Prerequisite, Qualification, Rule, Sight, Take, Tally},
};

use crate::{Question, eligibility::Unit, model::price, scope::Scopes};

/// Units that are interchangeable in every scope.
#[derive(Debug)]
pub(crate) struct Class {
    /// In canonical order; the first stands for all.
    pub(crate) units: Vec<usize>,
    /// Whether the units are of several credentials.
    is_merged: bool,
}

impl Class {
    pub(crate) fn size(&self) -> i64 {
        i64::try_from(self.units.len()).expect("fewer units than 2⁶³")
    }

    pub(crate) fn is_merged(&self) -> bool {
        self.is_merged
    }
}

/// What the rules see of a unit that counts as one credential.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    credits: i64,
    /// Which requirements accept it, and which limits speak of it, each by a number of its own.
    marks: Vec<u32>,
    /// What those limits see besides.
    details: Vec<Detail>,
}

/// What a limit or a window sees of a unit, besides its number and credits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Detail {
    Number(i64),
    Values(Vec<Scalar>),
    Grade(Option<i64>),
    Day(Option<Date>),
}

/// Sorts the units into classes, and leaves out new ones that nobody would earn; those of `wanted`
/// credentials are classes of their own.
pub(crate) fn classes(
    catalog: &Catalog,
    question: &Question,
    scopes: &Scopes,
    units: &[Unit<'_>],
    wanted: &[CredentialIx],
) -> Vec<Class> {
    let mut apart = kept_apart(catalog, scopes, units);
    wanted.iter().for_each(|credential| apart[credential.index()] = true);
    let is_coupled = !scopes.coupled.is_empty();
    let may_be_used_up = catalog.has_consuming();
    let are_single = is_coupled || are_divided(catalog, scopes);
    let seers = Seers::of(catalog, scopes);
    let mut merged: BTreeMap<(bool, Look, Vec<Amount>), Vec<usize>> = BTreeMap::new();
    let mut classes: Vec<Class> = Vec::new();
    let mut held: BTreeMap<CredentialIx, Vec<Look>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        let look = |face| look(catalog, question, &seers, unit, face);
        let own = look(unit.own);
        if !unit.is_new() {
            // Policies see whence a holding is, and what is recorded of it; awards use up what is held.
            let is_like_new = !may_be_used_up && (!is_coupled || unit.is_plain());
            if unit.is_current && unit.faces.len() == 1 && is_like_new {
                held.entry(unit.own).or_default().push(own.clone());
            }
        } else if catalog.credential(unit.own).times == 1
            && held.get(&unit.own).is_some_and(|looks| unit.faces.len() == 1 && looks.contains(&own))
        {
            // What is held counts wherever this would.
            continue;
        }
        if apart[unit.own.index()] {
            match classes.last_mut() {
                // A new credential that may be had several times. Policies, and what divides units, have
                // to tell its holdings apart.
                Some(last) if unit.is_new() && !are_single && is_again(units, last, unit) => {
                    last.units.push(at)
                }
                _ => classes.push(Class { units: vec![at], is_merged: false }),
            }
        } else {
            let prices = question.measures().map(|measure| price(catalog, unit.own, measure)).collect();
            merged.entry((unit.is_new(), own, prices)).or_default().push(at);
        }
    }
    classes.extend(merged.into_values().map(|units| Class { is_merged: units.len() > 1, units }));
    classes.sort_by_key(|class| class.units[0]);
    classes
}

/// Credentials whose units must not be merged: those that other rules than those of the scopes
/// speak of, or of which there are several units.
fn kept_apart(catalog: &Catalog, scopes: &Scopes, units: &[Unit<'_>]) -> Vec<bool> {
    let all = !scopes.coupled.is_empty() || are_divided(catalog, scopes) || catalog.has_consuming();
    let mut apart = vec![all; catalog.credentials().len()];
    let mut mark = |ix: CredentialIx| apart[ix.index()] = true;
    for exclusion in catalog.exclusions() {
        exclusion.between.iter().for_each(|&ix| mark(ix));
    }
    for ix in catalog.credential_indexes() {
        let credential = catalog.credential(ix);
        if !credential.counts_as.is_empty() {
            mark(ix);
            credential.counts_as.iter().for_each(|one| mark(one.to));
        }
        for prerequisite in credential.requires.iter().flatten() {
            mark(ix);
            if let Prerequisite::Credential(other) = *prerequisite {
                mark(other);
                catalog.graph().counts_as(other).iter().for_each(|&source| mark(source));
            }
        }
    }
    for key in &scopes.keys {
        for requirement in &catalog.qualification(key.qualification).requirements {
            let held = requirement.when.iter().flat_map(|when| &when.held).flatten();
            for one in held {
                if let Prerequisite::Credential(wanted) = *one {
                    mark(wanted);
                    catalog.graph().counts_as(wanted).iter().for_each(|&source| mark(source));
                }
            }
        }
    }
    let mut seen = vec![false; catalog.credentials().len()];
    for unit in units {
        if std::mem::replace(&mut seen[unit.own.index()], true) {
            mark(unit.own);
        }
    }
    apart
}

/// Whether a unit is the same new credential as those of a class.
fn is_again(units: &[Unit<'_>], class: &Class, unit: &Unit<'_>) -> bool {
    let first = &units[class.units[0]];
    first.is_new() && first.own == unit.own
}

/// Whether a unit may be divided between requirements: then each counts for itself.
fn are_divided(catalog: &Catalog, scopes: &Scopes) -> bool {
    scopes.keys.iter().any(|key| {
        let requirements = &catalog.qualification(key.qualification).requirements;
        requirements.iter().any(|one| matches!(&one.rule, Rule::Take(take) if take.divides))
    })
}

/// What may look at a unit.
struct Seers<'c> {
    /// By credential, the takes that may accept what counts as it.
    takes: Vec<Vec<Seer<'c, Take>>>,
    /// Limits over everything counted, which look at everything.
    limits: Vec<Seer<'c, [Limit]>>,
}

/// Something that looks, with the number of its first mark.
struct Seer<'c, T: ?Sized> {
    looks: &'c T,
    qualification: &'c Qualification,
    first: u32,
}

impl<T: ?Sized> Clone for Seer<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Seer<'_, T> {}

impl<'c> Seers<'c> {
    fn of(catalog: &'c Catalog, scopes: &Scopes) -> Seers<'c> {
        let mut seers = Seers { takes: vec![Vec::new(); catalog.credentials().len()], limits: Vec::new() };
        let mut first = 0;
        for key in &scopes.keys {
            let qualification = catalog.qualification(key.qualification);
            for requirement in &qualification.requirements {
                let Rule::Take(looks) = &requirement.rule else { continue };
                let seer = Seer { looks, qualification, first };
                match looks.filter.named(&qualification.pools) {
                    Some(named) => named.iter().for_each(|ix| seers.takes[ix.index()].push(seer)),
                    None => seers.takes.iter_mut().for_each(|takes| takes.push(seer)),
                }
                first += 2 + number(&looks.floors) + number(&looks.caps);
            }
            let looks = &qualification.limits[..];
            seers.limits.push(Seer { looks, qualification, first });
            first += number(looks);
        }
        seers
    }
}

fn number(limits: &[Limit]) -> u32 {
    u32::try_from(limits.len()).expect("fewer limits than 2³²")
}

fn look(
    catalog: &Catalog,
    question: &Question,
    seers: &Seers<'_>,
    unit: &Unit<'_>,
    face: CredentialIx,
) -> Look {
    let credits = unit.value(catalog, face, Measure::Credits);
    let mut look = Look { credits, marks: Vec::new(), details: Vec::new() };
    let mut seen = Seen { catalog, question, unit, face, look: &mut look };
    seers.takes[face.index()].iter().for_each(|seer| seen.by_take(seer));
    seers.limits.iter().for_each(|seer| seen.by_limits(seer.looks, seer.qualification, seer.first));
    look
}

/// Writes down what the rules see of a unit.
struct Seen<'a> {
    catalog: &'a Catalog,
    question: &'a Question,
    unit: &'a Unit<'a>,
    face: CredentialIx,
    look: &'a mut Look,
}

impl Seen<'_> {
    fn by_take(&mut self, seer: &Seer<'_, Take>) {
        let &Seer { looks: take, qualification, first } = seer;
        let as_of = self.question.as_of;
        if !self.unit.accepted(self.catalog, self.face, take, qualification, self.question) {
            return;
        }
        self.look.marks.push(first);
        // An attempt that is still to be made comes on top of those that were.
        if take.sight == Sight::Attempted && self.unit.is_new() {
            self.look.marks.push(first + 1);
        }
        self.by_limits(&take.floors, qualification, first + 2);
        self.by_limits(&take.caps, qualification, first + 2 + number(&take.floors));
        if take.is_narrowed {
            for (_, by) in qualification.sames() {
                self.look.details.push(Detail::Values(self.unit.values(self.catalog, self.face, by)));
            }
        }
        if take.window.is_some() || take.is_ordered {
            self.look.details.push(Detail::Day(self.unit.day(as_of)));
        }
    }

    fn by_limits(&mut self, limits: &[Limit], qualification: &Qualification, first: u32) {
        for (mark, limit) in (first..).zip(limits) {
            let passes = self.unit.passes(self.catalog, self.face, &limit.filter, qualification);
            if passes {
                self.look.marks.push(mark);
            }
            // How much is later counts whether the limit speaks of it or not.
            if limit.last.is_some() {
                self.look.details.push(Detail::Day(self.unit.day(self.question.as_of)));
            }
            if passes || limit.share.is_some() {
                self.details(limit);
            }
        }
    }

    fn details(&mut self, limit: &Limit) {
        let values = |attribute: &str| Detail::Values(self.unit.values(self.catalog, self.face, attribute));
        let tally = match &limit.tally {
            Tally::Count | Tally::Credits => None,
            Tally::Sum { .. } => {
                Some(Detail::Number(self.unit.worth(self.catalog, self.face, &limit.tally, limit.bound)))
            }
            Tally::Distinct { by } => Some(values(by)),
            Tally::Average { weight, best } => {
                let graded = self.unit.graded(self.catalog, self.face, *weight, *best);
                Some(Detail::Grade(graded.map(|(_, grade)| grade)))
            }
        };
        let per = limit.per.as_deref().map(values);
        self.look.details.extend(tally.into_iter().chain(per));
    }
}
