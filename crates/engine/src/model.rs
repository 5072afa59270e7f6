//! The rules as an integer problem.
//!
//! For every scope, a variable says how many of a class of interchangeable units count as a
//! credential for a requirement; for every requirement, one says whether it is met; for every new
//! credential, award and attestation, one says whether it is had. Every sentence of the rules is
//! one row. The objectives are the parts of the cost of a completion.

use std::collections::{BTreeMap, BTreeSet};

use cairn_core::{
    Amount, Catalog, Learner,
    catalog::{
        Clause, CredentialIx, PolicyIx, Qualification, QualificationIx, RequirementIx, Rule, Sight, Tally,
    },
};
use cairn_solver::{Problem, Var};

use crate::{
    Preference, Question,
    eligibility::Unit,
    scope::{Frame, Goal, ScopeKey, Scopes},
};

mod class;
use class::Class;

// The sentences of the rules, in the order in which they are written down.
mod placing;

mod part;

mod same;

mod needs;

mod when;

mod limit;
pub(crate) use limit::gcd;

mod window;

mod attempts;

mod completion;
pub(crate) use completion::price;

mod sharing;

mod used_up;

mod names;

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
    /// A requirement's window: the scope, the requirement.
    Window(usize, RequirementIx),
    /// That all has one value: the scope, the requirement that chooses it.
    Same(usize, RequirementIx),
    /// An upper limit of a qualification: the scope, the position among its limits.
    QualificationCap(usize, usize),
    /// A sharing policy.
    Sharing(PolicyIx),
    /// What awards of this qualification use up.
    UsedUp(QualificationIx),
    /// That this variable rises with others: something is shared by it or counts at all, or some of its
    /// credits count.
    Raises(Var),
    /// How often a credential counts where policies bind.
    Times(CredentialIx),
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
    /// How much of their credits counts, in thousandths, where that may be less than all.
    pub(crate) part: Option<Var>,
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
    /// What is counted: the same, but for units that are divided, which are counted once.
    pub(crate) counted: Vec<Use>,
    /// What overlays look at, where that is a choice.
    pub(crate) looks: Vec<Use>,
}

/// The whole problem with the meaning of its variables.
#[derive(Debug)]
pub(crate) struct Model<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) learner: &'a Learner,
    pub(crate) question: &'a Question,
    pub(crate) goal: Goal<'a>,
    pub(crate) problem: Problem,
    pub(crate) tags: Vec<RowTag>,
    /// The sentence that each row is there for, by position; nothing where it is none of the author's.
    pub(crate) clauses: Vec<Option<Clause>>,
    /// The sentence that is being written down.
    clause: Option<Clause>,
    pub(crate) units: Vec<Unit<'a>>,
    pub(crate) classes: Vec<Class>,
    pub(crate) scopes: Vec<Scope>,
    /// How many of each class of new credentials are earned.
    pub(crate) earned: BTreeMap<usize, Var>,
    /// Whether each qualification that may be newly awarded is.
    pub(crate) awarded: BTreeMap<QualificationIx, Var>,
    /// Whether each attestation is granted.
    pub(crate) granted: BTreeMap<String, Var>,
    /// For each unit that may be divided, whether it is counted, and the parts of its credits.
    divided: BTreeMap<Var, Vec<Var>>,
    /// Whether requirements that are asked of some only are asked, and whether their rules hold.
    pub(crate) conditional: Vec<Var>,
    /// How much each need falls short, if it may; in which units.
    pub(crate) shortfalls: Vec<Shortfall>,
    /// Whether something counts toward what a policy wants unshared: as little as will do.
    pub(crate) unique: Vec<Var>,
    /// Whether something is shared, as policies see it: whenever it is, or more often.
    pub(crate) permits: Vec<Var>,
    /// Whether one qualification is had before another, where a policy asks.
    before: BTreeMap<(Frame, [QualificationIx; 2]), Var>,
    found: Scopes,
}

/// A need that falls short when nothing could fill it.
#[derive(Debug, Clone)]
pub(crate) struct Shortfall {
    pub(crate) scope: usize,
    /// Nothing where it is a limit of the whole qualification.
    pub(crate) requirement: Option<RequirementIx>,
    /// What is added up, or nothing for an award.
    pub(crate) tally: Option<Tally>,
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
pub(crate) const RANK_DETAIL: u8 = 3;

/// Builds the problem. With `relaxed`, needs may fall short, at a price above all others.
pub(crate) fn build<'a>(
    catalog: &'a Catalog,
    learner: &'a Learner,
    goal: impl Into<Goal<'a>>,
    relaxed: bool,
) -> Model<'a> {
    build_apart(catalog, learner, goal.into(), relaxed, &[], &[])
}

/// Builds the problem of meeting requirements of the qualification, whether it is complete or not.
pub(crate) fn build_to_meet<'a>(
    catalog: &'a Catalog,
    learner: &'a Learner,
    goal: impl Into<Goal<'a>>,
    requirements: &[RequirementIx],
) -> Model<'a> {
    build_apart(catalog, learner, goal.into(), false, &[], requirements)
}

/// Builds the problem with wishes, which are the last objective if there are any.
pub(crate) fn build_preferring<'a>(
    catalog: &'a Catalog,
    learner: &'a Learner,
    goal: Goal<'a>,
    preferences: &[Preference],
) -> Model<'a> {
    let wanted: Vec<_> = preferences.iter().map(|preference| preference.credential).collect();
    let mut model = build_apart(catalog, learner, goal, false, &wanted, &[]);
    if !preferences.is_empty() {
        model.prefer(preferences);
    }
    model
}

/// Builds the problem; units of the credentials of `apart` are not merged with others. Asked for is
/// that the requirements are met, or, where there are none, that the qualification is complete.
fn build_apart<'a>(
    catalog: &'a Catalog,
    learner: &'a Learner,
    goal: Goal<'a>,
    relaxed: bool,
    apart: &[CredentialIx],
    to_meet: &[RequirementIx],
) -> Model<'a> {
    let question = goal.question;
    let found = Scopes::find(catalog, learner, goal);
    let with_expired =
        found.keys.iter().any(|key| looks_at_attempts(catalog.qualification(key.qualification)));
    let held =
        (0..learner.holdings.len()).filter_map(|at| Unit::held(catalog, learner, at, question, with_expired));
    let times = |ix: CredentialIx| catalog.credential(ix).times as usize;
    let new = found.earnable.iter().flat_map(|&ix| std::iter::repeat_n(ix, times(ix)));
    let new = new.map(|ix| Unit::new(catalog, ix, question.as_of));
    let units: Vec<_> = held.chain(new).collect();
    let classes = class::classes(catalog, question, &found, &units, apart);
    let mut model = Model {
        catalog,
        learner,
        question,
        goal,
        problem: Problem::default(),
        tags: Vec::new(),
        clauses: Vec::new(),
        clause: None,
        units,
        classes,
        scopes: Vec::new(),
        earned: BTreeMap::new(),
        awarded: BTreeMap::new(),
        granted: BTreeMap::new(),
        divided: BTreeMap::new(),
        conditional: Vec::new(),
        shortfalls: Vec::new(),
        unique: Vec::new(),
        permits: Vec::new(),
        before: BTreeMap::new(),
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
    model.sharing(relaxed);
    model.use_up();
    let mut asked: Vec<_> = to_meet.iter().map(|ix| model.scopes[0].met[ix.index()]).collect();
    if asked.is_empty() {
        asked.extend(model.scopes[..goal.targets.len()].iter().map(|scope| scope.complete));
    }
    for goal in asked {
        model.at_least([(goal, 1)], 1, RowTag::Structure);
    }
    if let (Some(outcome), [target]) = (question.outcome, goal.targets)
        && *target == question.qualification
    {
        let met = model.scopes[0].met[outcome.index()];
        model.at_least([(met, 1)], 1, RowTag::Structure);
    }
    model.objectives(relaxed);
    model
}

/// Whether a requirement of the qualification looks at what was attempted.
fn looks_at_attempts(qualification: &Qualification) -> bool {
    let is_it = |rule: &Rule| matches!(rule, Rule::Take(take) if take.sight == Sight::Attempted);
    qualification.requirements.iter().any(|requirement| is_it(&requirement.rule))
}

impl Model<'_> {
    /// Writes down what a sentence says: without the rows that this adds, it would say nothing.
    fn say(&mut self, clause: Clause, write: impl FnOnce(&mut Self)) {
        self.clause = Some(clause);
        write(self);
        self.clause = None;
    }

    pub(crate) fn at_least(&mut self, terms: impl IntoIterator<Item = (Var, i64)>, least: i64, tag: RowTag) {
        self.problem.at_least(terms, least);
        self.tags.push(tag);
        self.clauses.push(self.clause);
    }

    fn at_most(&mut self, terms: impl IntoIterator<Item = (Var, i64)>, most: i64, tag: RowTag) {
        self.problem.at_most(terms, most);
        self.tags.push(tag);
        self.clauses.push(self.clause);
    }

    pub(crate) fn qualification_of(&self, scope: usize) -> &Qualification {
        self.catalog.qualification(self.scopes[scope].key.qualification)
    }

    /// The first unit of a class stands for all of them.
    pub(crate) fn unit_of(&self, class: usize) -> &Unit<'_> {
        &self.units[self.classes[class].units[0]]
    }

    /// Makes the variables of scopes, new credentials, awards and attestations.
    fn declare(&mut self) {
        let catalog = self.catalog;
        for &key in &self.found.keys {
            let complete = self.problem.var(1, RANK_SHAPE);
            let requirements = &catalog.qualification(key.qualification).requirements;
            let met = requirements.iter().map(|_| self.problem.var(1, RANK_SHAPE)).collect();
            let (takes, counted, looks) = Default::default();
            self.scopes.push(Scope { key, complete, met, takes, counted, looks });
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

    /// The scope in which a scope's requirement has another qualification earned.
    pub(crate) fn earned_scope(&self, scope: usize, other: QualificationIx) -> usize {
        self.found.earned_in(self.scopes[scope].key, other)
    }

    /// The policies that bind in some frame, each once.
    pub(crate) fn binding(&self) -> BTreeSet<PolicyIx> {
        self.found.coupled.values().flatten().copied().collect()
    }

    /// The scopes of a frame.
    pub(crate) fn scopes_of(&self, frame: Frame) -> BTreeMap<QualificationIx, usize> {
        let scopes = self.scopes.iter().enumerate().filter(|(_, scope)| scope.key.frame == frame);
        scopes.map(|(at, scope)| (scope.key.qualification, at)).collect()
    }
}

/// How much of an attestation is on the record on the day.
pub(crate) fn recorded(learner: &Learner, key: &str, question: &Question) -> Amount {
    let counts = |on: Option<cairn_core::Date>| on.is_none_or(|day| day <= question.as_of);
    let records =
        learner.attestations.iter().filter(|record| record.key.as_str() == key && counts(record.on));
    records.map(|record| record.amount).sum()
}
