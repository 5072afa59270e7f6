//! The rules as an integer problem.
//!
//! For every scope, a variable says how many of a class of interchangeable units count as a
//! credential for a requirement; for every requirement, one says whether it is met; for every new
//! credential, award and attestation, one says whether it is had. Every sentence of the rules is
//! one row. The objectives are the parts of the cost of a completion.

use std::collections::BTreeMap;

use cairn_core::{
    Amount, Catalog, Learner, Measure,
    catalog::{
        AwardMode, CredentialIx, Limit, Prerequisite, Qualification, QualificationIx, RequirementIx, Rule,
        Sight,
    },
};
use cairn_solver::{Problem, Var};

use crate::{
    Question,
    eligibility::{Unit, is_held},
    scope::{ScopeKey, Scopes, coupled},
};

mod class;
use class::Class;

mod sharing;

/// What a row stands for, as far as a person may ask about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowTag {
    /// A holding counts once.
    Once,
    /// Of several holdings of one credential, one counts.
    SameCredential(CredentialIx),
    /// Of barred credentials, one counts.
    Excluded(usize),
    /// An upper limit of a requirement: the scope, the requirement, the position among its caps.
    Cap(usize, RequirementIx, usize),
    /// An upper limit of a qualification: the scope, the position among its limits.
    QualificationCap(usize, usize),
    /// A policy on what two scopes share: the two scopes.
    Sharing(usize, usize),
    /// Anything else.
    Structure,
}

/// Units of a class that count as a credential for a requirement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Use {
    pub(crate) class: usize,
    pub(crate) face: CredentialIx,
    pub(crate) requirement: RequirementIx,
    pub(crate) var: Var,
}

/// One scope of the model.
#[derive(Debug)]
pub(crate) struct Scope {
    pub(crate) key: ScopeKey,
    /// Whether the scope's qualification is complete.
    pub(crate) complete: Var,
    /// Whether each requirement is met.
    pub(crate) met: Vec<Var>,
    /// What taking requirements take.
    pub(crate) takes: Vec<Use>,
    /// What overlays look at, where that is a choice.
    pub(crate) looks: Vec<Use>,
}

/// What an overlay over what is counted looks at: its layer, or itself alone; a class; a face.
type Seen<'l> = (Result<&'l str, RequirementIx>, usize, CredentialIx);

/// The whole problem with the meaning of its variables.
#[derive(Debug)]
pub(crate) struct Model<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) learner: &'a Learner,
    pub(crate) question: &'a Question,
    pub(crate) problem: Problem,
    pub(crate) tags: Vec<RowTag>,
    pub(crate) units: Vec<Unit<'a>>,
    pub(crate) classes: Vec<Class>,
    pub(crate) scopes: Vec<Scope>,
    /// How many of each class of new credentials are earned.
    pub(crate) earned: BTreeMap<usize, Var>,
    /// Whether each qualification that may be newly awarded is.
    pub(crate) awarded: BTreeMap<QualificationIx, Var>,
    /// Whether each attestation is granted.
    pub(crate) granted: BTreeMap<String, Var>,
    /// How much each need falls short, if it may; in which units.
    pub(crate) shortfalls: Vec<Shortfall>,
    found: Scopes,
}

/// A need that falls short when nothing could fill it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shortfall {
    pub(crate) scope: usize,
    /// Nothing where it is a limit of the whole qualification.
    pub(crate) requirement: Option<RequirementIx>,
    /// The measure, or nothing for an award.
    pub(crate) measure: Option<Measure>,
    var: Var,
    /// Thousandths per unit of the variable.
    unit: i64,
}

impl Shortfall {
    pub(crate) fn amount(&self, values: &[i64]) -> Amount {
        Amount::from_thousandths(values[self.var.index()] * self.unit)
    }
}

// The order in which the search decides: the shape of the solution first, then its details.
const RANK_SHAPE: u8 = 0;
const RANK_NEW: u8 = 1;
const RANK_USE: u8 = 2;
const RANK_DETAIL: u8 = 3;

/// Builds the problem. With `relaxed`, needs may fall short, at a price above all others.
pub(crate) fn build<'a>(
    catalog: &'a Catalog,
    learner: &'a Learner,
    question: &'a Question,
    relaxed: bool,
) -> Model<'a> {
    let found = Scopes::find(catalog, learner, question);
    let held = (0..learner.holdings.len()).filter_map(|at| Unit::held(catalog, learner, at, question));
    let new = found.earnable.iter().map(|&ix| Unit::new(catalog, ix));
    let units: Vec<_> = held.chain(new).collect();
    let classes = class::classes(catalog, question, &found, &units);
    let mut model = Model {
        catalog,
        learner,
        question,
        problem: Problem::default(),
        tags: Vec::new(),
        units,
        classes,
        scopes: Vec::new(),
        earned: BTreeMap::new(),
        awarded: BTreeMap::new(),
        granted: BTreeMap::new(),
        shortfalls: Vec::new(),
        found,
    };
    model.declare();
    for scope in 0..model.scopes.len() {
        model.allocate(scope);
        model.requirements(scope, relaxed);
        model.qualification(scope, relaxed);
    }
    model.awards();
    model.prerequisites();
    model.sharing();
    let complete = model.scopes[0].complete;
    model.at_least([(complete, 1)], 1, RowTag::Structure);
    model.objectives(relaxed);
    model
}

impl Model<'_> {
    fn at_least(&mut self, terms: impl IntoIterator<Item = (Var, i64)>, least: i64, tag: RowTag) {
        self.problem.at_least(terms, least);
        self.tags.push(tag);
    }

    fn at_most(&mut self, terms: impl IntoIterator<Item = (Var, i64)>, most: i64, tag: RowTag) {
        self.problem.at_most(terms, most);
        self.tags.push(tag);
    }

    pub(crate) fn qualification_of(&self, scope: usize) -> &Qualification {
        self.catalog.qualification(self.scopes[scope].key.qualification)
    }

    /// The first unit of a class stands for all of them.
    fn unit_of(&self, class: usize) -> &Unit<'_> {
        &self.units[self.classes[class].units[0]]
    }

    /// Makes the variables of scopes, new credentials, awards and attestations.
    fn declare(&mut self) {
        let catalog = self.catalog;
        for &key in &self.found.keys {
            let complete = self.problem.var(1, RANK_SHAPE);
            let requirements = &catalog.qualification(key.qualification).requirements;
            let met = requirements.iter().map(|_| self.problem.var(1, RANK_SHAPE)).collect();
            self.scopes.push(Scope { key, complete, met, takes: Vec::new(), looks: Vec::new() });
            for requirement in requirements {
                if let Rule::Attest(attest) = &requirement.rule {
                    let key = attest.key.as_str();
                    if !self.granted.contains_key(key) {
                        self.granted.insert(key.to_owned(), self.problem.var(1, RANK_SHAPE));
                    }
                }
            }
        }
        for &award in &self.found.awardable {
            self.awarded.insert(award, self.problem.var(1, RANK_NEW));
        }
        for (class, members) in self.classes.iter().enumerate() {
            if self.units[members.units[0]].is_new() {
                self.earned.insert(class, self.problem.var(members.size(), RANK_NEW));
            }
        }
    }

    /// What a class may count at most in one scope, as a term and a constant.
    fn supply(&self, class: usize) -> (Option<(Var, i64)>, i64) {
        match self.earned.get(&class) {
            Some(&earned) => (Some((earned, -1)), 0),
            None => (None, self.classes[class].size()),
        }
    }

    /// Makes the variables of one scope, and the rows that keep one holding from being two.
    fn allocate(&mut self, scope: usize) {
        let catalog = self.catalog;
        let qualification = catalog.qualification(self.scopes[scope].key.qualification);
        for requirement in qualification.requirement_indexes() {
            let Rule::Take(take) = &qualification.requirement(requirement).rule else { continue };
            let chosen = match &take.sight {
                Sight::Taking | Sight::Held { .. } => true,
                Sight::Counted { layer } => layer.is_some() || !take.caps.is_empty(),
            };
            if !chosen {
                continue;
            }
            for class in 0..self.classes.len() {
                for face in self.unit_of(class).faces.clone() {
                    let as_of = self.question.as_of;
                    if self.unit_of(class).accepted(catalog, face, take, qualification, as_of) {
                        let var = self.problem.var(self.classes[class].size(), RANK_USE);
                        let one = Use { class, face, requirement, var };
                        let scope = &mut self.scopes[scope];
                        if take.sight == Sight::Taking {
                            scope.takes.push(one)
                        } else {
                            scope.looks.push(one)
                        }
                    }
                }
            }
        }
        let takes = self.scopes[scope].takes.clone();
        self.count_once(&takes);
        self.exclude(&takes);
        self.look(scope, qualification);
    }

    /// Within `uses`, a holding counts once, and so do several holdings of one credential.
    fn count_once(&mut self, uses: &[Use]) {
        self.supply_rows(uses);
        let mut by_credential: BTreeMap<CredentialIx, Vec<&Use>> = BTreeMap::new();
        for one in uses {
            let own = self.unit_of(one.class).own;
            by_credential.entry(one.face).or_default().push(one);
            if own != one.face {
                by_credential.entry(own).or_default().push(one);
            }
        }
        for (credential, uses) in by_credential {
            if uses.iter().any(|one| one.class != uses[0].class) && !self.classes[uses[0].class].is_merged() {
                let terms: Vec<_> = uses.iter().map(|one| (one.var, 1)).collect();
                self.at_most(terms, 1, RowTag::SameCredential(credential));
            }
        }
    }

    /// Within `uses`, no class counts more units than it has.
    fn supply_rows(&mut self, uses: &[Use]) {
        let mut by_class: BTreeMap<usize, Vec<(Var, i64)>> = BTreeMap::new();
        for one in uses {
            by_class.entry(one.class).or_default().push((one.var, 1));
        }
        for (class, mut terms) in by_class {
            let (term, size) = self.supply(class);
            terms.extend(term);
            self.at_most(terms, size, RowTag::Once);
        }
    }

    fn exclude(&mut self, takes: &[Use]) {
        for (at, exclusion) in self.catalog.exclusions().iter().enumerate() {
            let barred = |one: &&Use| {
                exclusion.between.contains(&one.face)
                    || exclusion.between.contains(&self.unit_of(one.class).own)
            };
            let terms: Vec<_> = takes.iter().filter(barred).map(|one| (one.var, 1)).collect();
            if terms.len() > 1 {
                self.at_most(terms, 1, RowTag::Excluded(at));
            }
        }
    }

    /// Overlays: what they may look at, and, in a layer, that they look at a credential once.
    fn look(&mut self, scope: usize, qualification: &Qualification) {
        let looks = self.scopes[scope].looks.clone();
        let mut layers: BTreeMap<&str, Vec<Use>> = BTreeMap::new();
        // What a layer, or an overlay alone, looks at is together no more than what is counted.
        let mut seen: BTreeMap<Seen<'_>, Vec<(Var, i64)>> = BTreeMap::new();
        for requirement in qualification.requirement_indexes() {
            let Rule::Take(take) = &qualification.requirement(requirement).rule else { continue };
            let mine: Vec<_> = looks.iter().filter(|one| one.requirement == requirement).copied().collect();
            match &take.sight {
                Sight::Taking => {}
                Sight::Held { .. } => self.count_once(&mine),
                Sight::Counted { .. } => {
                    for one in &mine {
                        let layer = take.sight.layer().ok_or(requirement);
                        seen.entry((layer, one.class, one.face)).or_default().push((one.var, -1));
                    }
                }
            }
            if let Some(layer) = take.sight.layer() {
                layers.entry(layer).or_default().extend(mine);
            }
        }
        for ((_, class, face), mut terms) in seen {
            terms.extend(self.counted(scope, class, face));
            self.at_least(terms, 0, RowTag::Structure);
        }
        for uses in layers.into_values() {
            self.count_once(&uses);
        }
    }

    /// How many of a class a scope counts as a credential.
    fn counted(&self, scope: usize, class: usize, face: CredentialIx) -> Vec<(Var, i64)> {
        let takes = self.scopes[scope].takes.iter();
        takes.filter(|one| one.class == class && one.face == face).map(|one| (one.var, 1)).collect()
    }

    /// The units that a take requirement measures.
    fn applied(&self, scope: usize, qualification: &Qualification, requirement: RequirementIx) -> Vec<Use> {
        let Rule::Take(take) = &qualification.requirement(requirement).rule else { return Vec::new() };
        let Scope { takes, looks, .. } = &self.scopes[scope];
        match &take.sight {
            Sight::Taking => takes.iter().filter(|one| one.requirement == requirement).copied().collect(),
            Sight::Counted { layer: None } if take.caps.is_empty() => {
                let as_of = self.question.as_of;
                let sees = |one: &&Use| {
                    self.unit_of(one.class).accepted(self.catalog, one.face, take, qualification, as_of)
                };
                takes.iter().filter(sees).copied().collect()
            }
            Sight::Counted { .. } | Sight::Held { .. } => {
                looks.iter().filter(|one| one.requirement == requirement).copied().collect()
            }
        }
    }

    /// `uses` in the measure of a limit, as far as the limit speaks of them.
    fn measured(&self, uses: &[Use], limit: &Limit, qualification: &Qualification) -> Vec<(Var, i64)> {
        uses.iter()
            .filter(|one| {
                self.unit_of(one.class).passes(self.catalog, one.face, &limit.filter, qualification)
            })
            .map(|one| (one.var, self.unit_of(one.class).value(self.catalog, one.face, limit.measure)))
            .collect()
    }

    fn requirements(&mut self, scope: usize, relaxed: bool) {
        let qualification = self.catalog.qualification(self.scopes[scope].key.qualification);
        for requirement in qualification.requirement_indexes() {
            let met = self.scopes[scope].met[requirement.index()];
            let child = |children: &[RequirementIx]| -> Vec<(Var, i64)> {
                children.iter().map(|child| (self.scopes[scope].met[child.index()], 1)).collect()
            };
            match &qualification.requirement(requirement).rule {
                Rule::All(children) => {
                    for (child, _) in child(children) {
                        self.at_least([(child, 1), (met, -1)], 0, RowTag::Structure);
                    }
                }
                Rule::Any(children) => {
                    let terms = child(children).into_iter().chain([(met, -1)]);
                    self.at_least(terms.collect::<Vec<_>>(), 0, RowTag::Structure);
                }
                Rule::Choose(chosen, children) => {
                    let terms = child(children).into_iter().chain([(met, -i64::from(*chosen))]);
                    self.at_least(terms.collect::<Vec<_>>(), 0, RowTag::Structure);
                }
                Rule::Take(take) => {
                    let applied = self.applied(scope, qualification, requirement);
                    for floor in &take.floors {
                        let terms = self.measured(&applied, floor, qualification);
                        self.need(terms, floor, met, scope, Some(requirement), relaxed);
                    }
                    for (at, cap) in take.caps.iter().enumerate() {
                        let terms = self.measured(&applied, cap, qualification);
                        self.at_most(terms, cap.amount.thousandths(), RowTag::Cap(scope, requirement, at));
                    }
                }
                Rule::Attest(attest) => {
                    if recorded(self.learner, attest.key.as_str(), self.question) < attest.amount {
                        let granted = self.granted[attest.key.as_str()];
                        self.at_least([(granted, 1), (met, -1)], 0, RowTag::Structure);
                    }
                }
                Rule::Award(other, mode) => self.award(scope, requirement, *other, *mode, relaxed),
            }
        }
    }

    /// `terms` must reach the amount of a lower limit if `met` is to be so.
    fn need(
        &mut self,
        mut terms: Vec<(Var, i64)>,
        floor: &Limit,
        met: Var,
        scope: usize,
        requirement: Option<RequirementIx>,
        relaxed: bool,
    ) {
        let amount = floor.amount.thousandths();
        if relaxed {
            let unit = terms.iter().fold(amount, |unit, &(_, value)| gcd(unit, value)).max(1);
            let var = self.problem.var(amount / unit, RANK_DETAIL);
            terms.push((var, unit));
            let measure = Some(floor.measure);
            self.shortfalls.push(Shortfall { scope, requirement, measure, var, unit });
        }
        terms.push((met, -amount));
        self.at_least(terms, 0, RowTag::Structure);
    }

    fn award(
        &mut self,
        scope: usize,
        requirement: RequirementIx,
        other: QualificationIx,
        mode: AwardMode,
        relaxed: bool,
    ) {
        let key = self.scopes[scope].key;
        let met = self.scopes[scope].met[requirement.index()];
        let grace = self.catalog.qualification(key.qualification).grace;
        if mode != AwardMode::Earned && is_held(self.catalog, self.learner, other, grace, self.question) {
            return;
        }
        let mut terms = vec![(met, -1)];
        if mode == AwardMode::Held {
            terms.extend(self.awarded.get(&other).map(|&awarded| (awarded, 1)));
            if relaxed {
                let var = self.problem.var(1, RANK_DETAIL);
                terms.push((var, 1));
                let requirement = Some(requirement);
                self.shortfalls.push(Shortfall { scope, requirement, measure: None, var, unit: 1000 });
            }
        } else {
            let earned = self.earned_scope(scope, other);
            terms.push((self.scopes[earned].complete, 1));
        }
        self.at_least(terms, 0, RowTag::Structure);
    }

    /// A scope is complete if its root is met and the limits over everything counted hold.
    fn qualification(&mut self, scope: usize, relaxed: bool) {
        let qualification = self.catalog.qualification(self.scopes[scope].key.qualification);
        let Scope { complete, ref met, ref takes, .. } = self.scopes[scope];
        let (root, takes) = (met[qualification.root().index()], takes.clone());
        self.at_least([(root, 1), (complete, -1)], 0, RowTag::Structure);
        for (at, limit) in qualification.limits.iter().enumerate() {
            let terms = self.measured(&takes, limit, qualification);
            match limit.bound {
                cairn_core::catalog::Bound::AtLeast => {
                    self.need(terms, limit, complete, scope, None, relaxed)
                }
                cairn_core::catalog::Bound::AtMost => {
                    self.at_most(terms, limit.amount.thousandths(), RowTag::QualificationCap(scope, at));
                }
            }
        }
    }

    /// A new award needs its qualification complete in a frame of its own.
    fn awards(&mut self) {
        for (award, var) in self.awarded.clone() {
            let scope = self.found.position[&ScopeKey { owner: award, qualification: award }];
            let complete = self.scopes[scope].complete;
            self.at_least([(complete, 1), (var, -1)], 0, RowTag::Structure);
        }
    }

    /// A new credential needs one alternative of each of its prerequisites, held or new.
    fn prerequisites(&mut self) {
        let catalog = self.catalog;
        for (class, earned) in self.earned.clone() {
            let own = self.unit_of(class).own;
            for alternatives in &catalog.credential(own).requires {
                if alternatives.iter().any(|one| self.has(one)) {
                    continue;
                }
                let mut terms = vec![(earned, -1)];
                for alternative in alternatives {
                    match alternative {
                        Prerequisite::Credential(wanted) => {
                            let sources = catalog.graph().counts_as(*wanted);
                            let new = self.earned.iter().filter(|(class, _)| {
                                let own = self.unit_of(**class).own;
                                own == *wanted || sources.contains(&own)
                            });
                            terms.extend(new.map(|(_, &var)| (var, 1)));
                        }
                        Prerequisite::Qualification(wanted) => {
                            terms.extend(self.awarded.get(wanted).map(|&var| (var, 1)));
                        }
                    }
                }
                self.at_least(terms, 0, RowTag::Structure);
            }
        }
    }

    /// Whether a prerequisite is held; something equivalent will do.
    pub(crate) fn has(&self, prerequisite: &Prerequisite) -> bool {
        match *prerequisite {
            Prerequisite::Credential(wanted) => {
                let held =
                    |unit: &Unit<'_>| !unit.is_new() && unit.is_current && unit.faces.contains(&wanted);
                self.units.iter().any(held)
            }
            Prerequisite::Qualification(wanted) => {
                let none = cairn_core::catalog::Grace::None;
                is_held(self.catalog, self.learner, wanted, none, self.question)
            }
        }
    }

    fn objectives(&mut self, relaxed: bool) {
        if relaxed {
            self.problem
                .minimise(self.shortfalls.iter().map(|short| (short.var, short.unit)).collect::<Vec<_>>());
        }
        let measure = self.question.measure;
        let price = |class: usize| price(self.catalog, self.unit_of(class).own, measure).thousandths();
        let prices: Vec<_> = self.earned.iter().map(|(&class, &var)| (var, price(class))).collect();
        self.problem.minimise(prices);
        let new: Vec<_> = self.earned.values().chain(self.awarded.values()).map(|&var| (var, 1)).collect();
        self.problem.minimise(new);
        let granted: Vec<_> = self.granted.values().map(|&var| (var, 1)).collect();
        self.problem.minimise(granted);
    }

    /// The scope in which a scope's requirement has another qualification earned.
    pub(crate) fn earned_scope(&self, scope: usize, other: QualificationIx) -> usize {
        self.found.earned_in(self.catalog, self.scopes[scope].key, other)
    }

    /// The frames that couple scopes, with the scopes of each in the order of the qualifications.
    fn frames(&self) -> BTreeMap<QualificationIx, BTreeMap<QualificationIx, usize>> {
        let mut frames: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for (at, scope) in self.scopes.iter().enumerate() {
            frames.entry(scope.key.owner).or_default().insert(scope.key.qualification, at);
        }
        frames.retain(|&owner, _| coupled(self.catalog, owner).len() > 1);
        frames
    }
}

/// What earning a credential adds to the measure.
pub(crate) fn price(catalog: &Catalog, ix: CredentialIx, measure: Measure) -> Amount {
    let credential = catalog.credential(ix);
    match measure {
        Measure::Count => Amount::ONE,
        Measure::Credits => credential.credits,
        Measure::Cost => credential.cost,
        Measure::Effort => credential.effort,
    }
}

/// How much of an attestation is on the record on the day.
pub(crate) fn recorded(learner: &Learner, key: &str, question: &Question) -> Amount {
    let counts = |on: Option<cairn_core::Date>| on.is_none_or(|day| day <= question.as_of);
    let records =
        learner.attestations.iter().filter(|record| record.key.as_str() == key && counts(record.on));
    records.map(|record| record.amount).sum()
}

fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.abs()
}
