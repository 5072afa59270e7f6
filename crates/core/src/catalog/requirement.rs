//! Requirements: what a qualification asks for.

use crate::{
    Amount, AttestationKey, Period, RequirementId, Span,
    catalog::{
        CredentialIx, Facts, Filter, Limit, Origin, Pool, PoolIx, Prerequisite, QualificationIx,
        RequirementIx, Tally, filter::in_any,
    },
};

/// One node of a qualification's rules.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Its name.
    pub id: RequirementId,
    /// The name to show.
    pub title: String,
    /// What it asks for.
    pub rule: Rule,
    /// Of whom it is asked; without it, of everybody.
    pub when: Option<When>,
    /// What comes before it, as it is written; what that means for each take stands there.
    pub after: Vec<RequirementIx>,
    /// Where it is written.
    pub span: Span,
}

/// Of whom a requirement is asked. All parts that are there must hold.
#[derive(Debug, Clone, Default)]
pub struct When {
    /// Who holds one of these.
    pub held: Option<Vec<Prerequisite>>,
    /// Who has evidence of this.
    pub attested: Option<AttestationKey>,
    /// Who relies on one of these requirements.
    pub met: Option<Vec<RequirementIx>>,
}

impl When {
    /// Of nobody: no holding is one of none.
    #[must_use]
    pub fn nobody() -> When {
        When { held: Some(Vec::new()), ..When::default() }
    }

    /// Whether it is asked of nobody, whatever they hold.
    #[must_use]
    pub fn is_nobody(&self) -> bool {
        self.held.as_ref().is_some_and(Vec::is_empty)
    }
}

/// What a requirement asks for.
#[derive(Debug, Clone)]
pub enum Rule {
    /// All of these.
    All(Vec<RequirementIx>),
    /// One of these.
    Any(Vec<RequirementIx>),
    /// This many of these.
    Choose(u32, Vec<RequirementIx>),
    /// All of these, which accept only what has one value of an attribute.
    Same(String, Vec<RequirementIx>),
    /// Holdings, taken or looked at.
    Take(Take),
    /// Another qualification.
    Award(QualificationIx, AwardMode),
    /// Evidence of at least this amount.
    Attest(Attest),
}

impl Rule {
    /// The requirements that it is made of.
    #[must_use]
    pub fn children(&self) -> &[RequirementIx] {
        match self {
            Rule::All(children)
            | Rule::Any(children)
            | Rule::Choose(_, children)
            | Rule::Same(_, children) => children,
            Rule::Take(_) | Rule::Award(..) | Rule::Attest(_) => &[],
        }
    }
}

/// How another qualification must be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwardMode {
    /// Conferred.
    Held,
    /// Complete in its own scope.
    Earned,
    /// One or the other.
    Either,
}

/// What no credential shows.
#[derive(Debug, Clone)]
pub struct Attest {
    /// What must be confirmed.
    pub key: AttestationKey,
    /// How much of it.
    pub amount: Amount,
    /// The unit, for people.
    pub unit: Option<String>,
}

/// A requirement on a set of holdings.
#[derive(Debug, Clone)]
pub struct Take {
    /// Which holdings it accepts.
    pub filter: Filter,
    /// Lower limits; the first are the requirement's own needs.
    pub floors: Vec<Limit>,
    /// Upper limits.
    pub caps: Vec<Limit>,
    /// Only holdings with at least this grade.
    pub min_grade: Option<Amount>,
    /// Only holdings awarded at most this long before the day of the audit.
    pub max_age: Option<Period>,
    /// All days of award lie within some period of this length.
    pub window: Option<Period>,
    /// Requirements that come before it: nothing that they take was awarded after what it takes.
    pub after: Vec<RequirementIx>,
    /// Whether the days of what it takes are compared with those of another requirement.
    pub is_ordered: bool,
    /// Whether it uses holdings up or looks at them.
    pub sight: Sight,
    /// Whether something new is advised for it; otherwise it accepts only what is held.
    pub advise: bool,
    /// Whether a unit counts for what fits under its upper limits; otherwise whole or not at all.
    pub truncates: bool,
    /// Whether a unit's credits may be divided between this and other such requirements.
    pub divides: bool,
    /// Whether it accepts only what has the value that a requirement above it chooses.
    pub is_narrowed: bool,
    /// Credentials of which, by an exception, neither the grade nor the age is asked; sorted.
    pub excused: Vec<CredentialIx>,
}

impl Take {
    /// Whether less than all the credits of a unit may count toward it.
    #[must_use]
    pub fn counts_parts(&self) -> bool {
        self.truncates || self.divides
    }

    /// The pools from which something new is advised, where those are not all from which it takes.
    #[must_use]
    pub fn advised(&self, pools: &[Pool]) -> Option<Vec<PoolIx>> {
        if !self.advise {
            return Some(Vec::new());
        }
        let from = self.filter.pools.as_ref()?;
        let advised: Vec<_> = from.iter().copied().filter(|pool| pools[pool.index()].advise).collect();
        (advised.len() < from.len()).then_some(advised)
    }

    /// Whether it accepts something with these facts. What no rule file defines is accepted from a pool
    /// that is open to it; what is counted already may be looked at by anybody. `pools` are those of
    /// the qualification.
    #[must_use]
    pub fn accepts(&self, facts: Facts<'_>, pools: &[Pool]) -> bool {
        let is_open = |pool: &&PoolIx| pools[pool.index()].is_open_to(facts);
        let open = || self.filter.pools.iter().flatten().filter(is_open).copied().collect::<Vec<_>>();
        self.filter.accepts(facts, pools)
            && (facts.origin == Origin::Rules
                || matches!(self.sight, Sight::Counted { .. })
                || in_any(&open(), facts, pools))
    }

    /// Whether leaving something out may help: then what an overlay looks at is a choice.
    #[must_use]
    pub fn is_choosy(&self) -> bool {
        let may_fall = |floor: &Limit| floor.share.is_some() || matches!(floor.tally, Tally::Average { .. });
        self.is_narrowed || self.window.is_some() || !self.caps.is_empty() || self.floors.iter().any(may_fall)
    }
}

/// Whether a requirement uses holdings up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// It takes them: a holding counts for at most one taking requirement of a qualification.
    Taking,
    /// It looks at what the taking requirements of the qualification count.
    Counted {
        /// Inside one layer, a holding is looked at once.
        layer: Option<String>,
    },
    /// It looks at everything countable.
    Held {
        /// Inside one layer, a holding is looked at once.
        layer: Option<String>,
    },
    /// It looks at everything that was ever earned, expired or not, and at all of it: nothing can be
    /// left out.
    Attempted,
}

impl Sight {
    /// The layer inside which a holding is used once; taking is one, an overlay alone is none.
    #[must_use]
    pub fn layer(&self) -> Option<&str> {
        match self {
            Sight::Taking | Sight::Attempted => None,
            Sight::Counted { layer } | Sight::Held { layer } => layer.as_deref(),
        }
    }
}
