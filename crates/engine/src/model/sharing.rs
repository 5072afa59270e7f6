//! Sharing policies: what the scopes of a frame may both count.
//!
//! A variable says for each credential of two scopes whether both count it; it is one whenever they
//! do, and may be one besides. Others say what is surely counted by one scope alone. Every demand
//! of a policy is one row over them, with a term for each claim on which it depends: without the
//! claim, the row demands nothing.

use std::collections::BTreeMap;

use cairn_core::{
    Measure, Source,
    catalog::{Bound, Clause, PolicyBound, PolicyIx, QualificationIx, Sharing, SharingRule},
};
use cairn_solver::Var;

use crate::{
    eligibility::first_day,
    model::{Model, RANK_DETAIL, RANK_SHAPE, RowTag},
    scope::Frame,
};

/// The two classes of each pair that two scopes may share, and whether they do.
type Overlap = Vec<([usize; 2], Var)>;

/// The scopes of a frame by qualification, with the overlaps that are known of them.
struct Frames {
    frame: Frame,
    scopes: BTreeMap<QualificationIx, usize>,
    overlaps: BTreeMap<[usize; 2], Overlap>,
}

/// A policy, and what of it takes part.
struct Policy<'c> {
    ix: PolicyIx,
    rule: &'c Sharing,
    /// The named qualifications of the frame with their scopes.
    named: Vec<(QualificationIx, usize)>,
    /// The claim of the qualification that it belongs to.
    owner: Option<Var>,
}

impl Model<'_> {
    /// Every policy of every frame. With `relaxed`, those stay away that no completion might satisfy.
    pub(super) fn sharing(&mut self, relaxed: bool) {
        for (frame, policies) in self.found.coupled.clone() {
            let mut frames = Frames { frame, scopes: self.scopes_of(frame), overlaps: BTreeMap::new() };
            self.order(&frames, &policies);
            for ix in policies {
                let rule = self.catalog.policy(ix);
                let scope_of = |ix: &QualificationIx| frames.scopes.get(ix).map(|&scope| (*ix, scope));
                let named: Vec<_> = rule.between.iter().filter_map(scope_of).collect();
                let owner = rule.owner.map(|owner| self.scopes[frames.scopes[&owner]].complete);
                let policy = Policy { ix, rule, named, owner };
                match &rule.rule {
                    SharingRule::AtMost(bounds) => self.share_at_most(&policy, bounds, &mut frames),
                    SharingRule::Jointly(bounds, sources) => self.jointly(&policy, bounds, sources),
                    SharingRule::UniqueAtLeast(_) if relaxed => {}
                    SharingRule::UniqueAtLeast(bounds) => self.unique_at_least(&policy, bounds),
                    SharingRule::SurplusAbove(bounds) => self.surplus_above(&policy, bounds, &mut frames),
                    SharingRule::MaxPurposes(most) => self.max_purposes(&policy, *most),
                    SharingRule::MaxPartners(most) => self.max_partners(&policy, *most, &mut frames),
                    SharingRule::Banned { .. } if relaxed => {}
                    SharingRule::Banned { pairs, .. } => self.ban(&policy, pairs),
                }
            }
        }
    }

    /// For each credential that two scopes may both count, in one holding or two, a variable that
    /// is one if they do. Two holdings of one credential are one thing counted twice: otherwise
    /// earning it again would get round every policy.
    fn overlap(&mut self, one: usize, other: usize, frames: &mut Frames) -> Overlap {
        let scopes = [one.min(other), one.max(other)];
        if let Some(known) = frames.overlaps.get(&scopes) {
            return known.clone();
        }
        let [one, other] = scopes;
        let mut units = Overlap::new();
        for class in 0..self.classes.len() {
            let left = self.counts(one, class);
            for twin in 0..self.classes.len() {
                let right = self.counts(other, twin);
                if left.is_empty() || right.is_empty() || !self.is_same(class, twin) {
                    continue;
                }
                let both = self.problem.var(1, RANK_DETAIL);
                self.permits.push(both);
                let terms = left.iter().chain(&right).map(|&(var, _)| (var, -1)).chain([(both, 1)]);
                self.at_least(terms.collect::<Vec<_>>(), -1, RowTag::Raises(both));
                units.push(([class, twin], both));
            }
        }
        frames.overlaps.insert(scopes, units.clone());
        units
    }

    /// What of a class a scope counts: none or one.
    fn counts(&self, scope: usize, class: usize) -> Vec<(Var, i64)> {
        assert!(!self.classes[class].is_merged(), "coupled scopes keep their units apart");
        let counted = self.scopes[scope].counted.iter();
        counted.filter(|one| one.class == class).map(|one| (one.var, 1)).collect()
    }

    /// What a scope counts of the credential of a class, or the same unit of it: none or one.
    fn counts_same(&self, scope: usize, class: usize) -> Vec<(Var, i64)> {
        let counted = self.scopes[scope].counted.iter();
        counted.filter(|one| self.is_same(one.class, class)).map(|one| (one.var, 1)).collect()
    }

    /// Whether two classes are one thing counted twice: units of one credential, but for one that can
    /// be had several times, of which every unit is a thing of its own.
    fn is_same(&self, class: usize, twin: usize) -> bool {
        let own = self.unit_of(class).own;
        let is_repeatable = self.catalog.credential(own).times > 1;
        own == self.unit_of(twin).own && (class == twin || !is_repeatable)
    }

    /// What a unit is worth to a policy: nothing, if the policy does not speak of it.
    fn value_to(&self, policy: &Policy<'_>, class: usize, measure: Measure) -> i64 {
        let unit = self.unit_of(class);
        let (_, scope) = policy.named[0];
        let is_meant = unit.passes(self.catalog, unit.own, &policy.rule.filter, self.qualification_of(scope));
        if is_meant { unit.value(self.catalog, unit.own, measure) } else { 0 }
    }

    /// `terms` are at most `most`, if all of `claims` are made.
    fn most_if(&mut self, mut terms: Vec<(Var, i64)>, most: i64, claims: &[Var], policy: PolicyIx) {
        let all: i64 = terms.iter().map(|(_, worth)| worth).sum();
        if all > most {
            // For each claim that is not made, all of it is allowed.
            terms.extend(claims.iter().map(|&claim| (claim, all - most)));
            let number = i64::try_from(claims.len()).expect("few claims");
            let most = most + (all - most) * number;
            self.say(Clause::Policy(policy), |model| model.at_most(terms, most, RowTag::Sharing(policy)));
        }
    }

    /// `terms` are at least `least`, if all of `claims` are made.
    fn least_if(&mut self, mut terms: Vec<(Var, i64)>, least: i64, claims: &[Var], policy: PolicyIx) {
        terms.extend(claims.iter().map(|&claim| (claim, -least)));
        let number = i64::try_from(claims.len()).expect("few claims");
        let least = least - least * number;
        self.say(Clause::Policy(policy), |model| model.at_least(terms, least, RowTag::Sharing(policy)));
    }

    /// The claims on which a policy about these scopes depends.
    fn claims(&self, policy: &Policy<'_>, scopes: &[usize]) -> Vec<Var> {
        let claimed = scopes.iter().map(|&scope| self.scopes[scope].complete);
        let mut claims: Vec<Var> = policy.owner.into_iter().chain(claimed).collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    fn share_at_most(&mut self, policy: &Policy<'_>, bounds: &[PolicyBound], frames: &mut Frames) {
        for [one, other] in policy.rule.pairs() {
            let (Some(&left), Some(&right)) = (frames.scopes.get(&one), frames.scopes.get(&other)) else {
                continue;
            };
            let units = self.overlap(left, right, frames);
            let mut claims = self.claims(policy, &[]);
            if policy.rule.way.is_some() {
                let Some(first) = self.goes_before(frames.frame, one, other) else { continue };
                claims.extend(first);
            }
            for bound in bounds {
                let least = |&([class, twin], both): &([usize; 2], Var)| {
                    let worth = |class| self.value_to(policy, class, bound.measure);
                    (both, worth(class).min(worth(twin)))
                };
                let terms = units.iter().map(least).collect();
                let most = bound.amount_for(self.catalog, other, Bound::AtMost).thousandths();
                self.most_if(terms, most, &claims, policy.ix);
            }
        }
    }

    fn jointly(&mut self, policy: &Policy<'_>, bounds: &[PolicyBound], sources: &[Source]) {
        for &(one, scope) in policy.named.iter().filter(|(one, _)| policy.rule.only.contains(one)) {
            let others: Vec<usize> = others(policy, scope);
            let mut limited: Vec<(usize, Var)> = Vec::new();
            for class in 0..self.classes.len() {
                let mine = self.counts(scope, class);
                if self.unit_of(class).is_from(sources) {
                    limited.extend(mine.iter().map(|&(var, _)| (class, var)));
                } else if let Some(shared) = self.shared_with_any(&mine, class, &others) {
                    limited.push((class, shared));
                }
            }
            for bound in bounds {
                let most = bound.amount_for(self.catalog, one, Bound::AtMost).thousandths();
                let worth = |&(class, var): &(usize, Var)| (var, self.value_to(policy, class, bound.measure));
                let terms: Vec<_> = limited.iter().map(worth).collect();
                for &other in &others {
                    let claims = self.claims(policy, &[scope, other]);
                    self.most_if(terms.clone(), most, &claims, policy.ix);
                }
            }
        }
    }

    /// A variable that is one if `mine` is counted, and its credential in one of the other scopes.
    fn shared_with_any(&mut self, mine: &[(Var, i64)], class: usize, others: &[usize]) -> Option<Var> {
        let theirs: Vec<_> = others.iter().map(|&other| self.counts_same(other, class)).collect();
        if mine.is_empty() || theirs.iter().all(Vec::is_empty) {
            return None;
        }
        let shared = self.problem.var(1, RANK_DETAIL);
        self.permits.push(shared);
        for counts in theirs.into_iter().filter(|counts| !counts.is_empty()) {
            let terms = mine.iter().chain(&counts).map(|&(var, _)| (var, -1)).chain([(shared, 1)]);
            self.at_least(terms.collect::<Vec<_>>(), -1, RowTag::Raises(shared));
        }
        Some(shared)
    }

    /// For each class that a scope may count, a variable that is one only if the scope counts it and
    /// no other scope counts its credential.
    fn alone(&mut self, policy: &Policy<'_>, scope: usize) -> Vec<(usize, Var)> {
        let mut alone = Vec::new();
        for class in 0..self.classes.len() {
            let mut mine = self.counts(scope, class);
            if mine.is_empty() || self.value_to(policy, class, Measure::Count) == 0 {
                continue;
            }
            let unique = self.problem.var(1, RANK_DETAIL);
            self.unique.push(unique);
            mine.push((unique, -1));
            self.at_least(mine, 0, RowTag::Structure);
            for other in others(policy, scope) {
                let mut terms = self.counts_same(other, class);
                if !terms.is_empty() {
                    terms.push((unique, 1));
                    self.at_most(terms, 1, RowTag::Sharing(policy.ix));
                }
            }
            alone.push((class, unique));
        }
        alone
    }

    fn unique_at_least(&mut self, policy: &Policy<'_>, bounds: &[PolicyBound]) {
        for &(one, scope) in policy.named.iter().filter(|(one, _)| policy.rule.only.contains(one)) {
            let alone = self.alone(policy, scope);
            for bound in bounds {
                let least = bound.amount_for(self.catalog, one, Bound::AtLeast).thousandths();
                let worth = |&(class, var): &(usize, Var)| (var, self.value_to(policy, class, bound.measure));
                let terms: Vec<_> = alone.iter().map(worth).collect();
                for other in others(policy, scope) {
                    let claims = self.claims(policy, &[scope, other]);
                    self.least_if(terms.clone(), least, &claims, policy.ix);
                }
            }
        }
    }

    fn surplus_above(&mut self, policy: &Policy<'_>, bounds: &[PolicyBound], frames: &mut Frames) {
        for &(one, scope) in policy.named.iter().filter(|(one, _)| policy.rule.only.contains(one)) {
            let alone = self.alone(policy, scope);
            let shares = self.problem.var(1, RANK_DETAIL);
            self.permits.push(shares);
            for other in others(policy, scope) {
                for (_, both) in self.overlap(scope, other, frames) {
                    self.at_least([(shares, 1), (both, -1)], 0, RowTag::Raises(shares));
                }
            }
            for bound in bounds {
                let least = bound.amount_for(self.catalog, one, Bound::AtLeast).thousandths();
                let worth = |&(class, var): &(usize, Var)| (var, self.value_to(policy, class, bound.measure));
                let terms: Vec<_> = alone.iter().map(worth).collect();
                let claims: Vec<Var> = policy.owner.into_iter().chain([shares]).collect();
                self.least_if(terms, least, &claims, policy.ix);
            }
        }
    }

    fn max_purposes(&mut self, policy: &Policy<'_>, most: u32) {
        let mut by_thing: BTreeMap<_, Vec<(Var, i64)>> = BTreeMap::new();
        for &(_, scope) in &policy.named {
            for one in &self.scopes[scope].counted {
                if self.value_to(policy, one.class, Measure::Count) > 0 {
                    let own = self.unit_of(one.class).own;
                    let is_repeatable = self.catalog.credential(own).times > 1;
                    let thing = (own, is_repeatable.then_some(one.class));
                    by_thing.entry(thing).or_default().push((one.var, 1));
                }
            }
        }
        let claims = self.claims(policy, &[]);
        for terms in by_thing.into_values() {
            self.most_if(terms, i64::from(most), &claims, policy.ix);
        }
    }

    fn max_partners(&mut self, policy: &Policy<'_>, most: u32, frames: &mut Frames) {
        let mut partners: BTreeMap<usize, Vec<(Var, i64)>> = BTreeMap::new();
        for (at, &(_, one)) in policy.named.iter().enumerate() {
            for &(_, other) in &policy.named[at + 1..] {
                let share = self.problem.var(1, RANK_DETAIL);
                self.permits.push(share);
                for ([class, twin], both) in self.overlap(one, other, frames) {
                    let is_meant = |class| self.value_to(policy, class, Measure::Count) > 0;
                    if is_meant(class) && is_meant(twin) {
                        self.at_least([(share, 1), (both, -1)], 0, RowTag::Raises(share));
                    }
                }
                partners.entry(one).or_default().push((share, 1));
                partners.entry(other).or_default().push((share, 1));
            }
        }
        let claims = self.claims(policy, &[]);
        for terms in partners.into_values() {
            self.most_if(terms, i64::from(most), &claims, policy.ix);
        }
    }

    fn ban(&mut self, policy: &Policy<'_>, pairs: &[[QualificationIx; 2]]) {
        for pair in pairs {
            let scopes: Vec<usize> =
                policy.named.iter().filter(|(one, _)| pair.contains(one)).map(|&(_, scope)| scope).collect();
            if scopes.len() < 2 {
                continue;
            }
            let claims = self.claims(policy, &scopes);
            let most = i64::try_from(claims.len()).expect("three at most") - 1;
            let terms: Vec<_> = claims.into_iter().map(|claim| (claim, 1)).collect();
            let tag = RowTag::Sharing(policy.ix);
            self.say(Clause::Policy(policy.ix), |model| model.at_most(terms, most, tag));
        }
    }

    /// The order in which qualifications are had, as far as policies ask: what was awarded on an
    /// earlier day comes before what was not, and by its day; all else is free.
    fn order(&mut self, frames: &Frames, policies: &[PolicyIx]) {
        let ways = policies.iter().filter(|&&ix| self.catalog.policy(ix).way.is_some());
        let mut ordered: Vec<QualificationIx> =
            ways.flat_map(|&ix| self.catalog.policy(ix).between.iter().copied()).collect();
        ordered.retain(|ix| frames.scopes.contains_key(ix));
        ordered.sort_unstable();
        ordered.dedup();
        let day = |&ix: &QualificationIx| first_day(self.catalog, self.learner, ix, self.question);
        let days: Vec<_> = ordered.iter().map(day).collect();
        for (at, &one) in ordered.iter().enumerate() {
            for (then, &other) in ordered.iter().enumerate().skip(at + 1) {
                let before = self.problem.var(1, RANK_SHAPE);
                self.before.insert((frames.frame, [one, other]), before);
                if days[at] != days[then] {
                    let is_before = i64::from(days[at] < days[then]);
                    self.at_least([(before, 1)], is_before, RowTag::Structure);
                    self.at_most([(before, 1)], is_before, RowTag::Structure);
                }
            }
        }
        // Of three, none comes before itself.
        for (first, &a) in ordered.iter().enumerate() {
            for (second, &b) in ordered.iter().enumerate().skip(first + 1) {
                for &c in &ordered[second + 1..] {
                    let before = |pair| (self.before[&(frames.frame, pair)], 1);
                    let (ab, bc) = (before([a, b]), before([b, c]));
                    let ac = (before([a, c]).0, -1);
                    self.at_most([ab, bc, ac], 1, RowTag::Structure);
                    self.at_least([ab, bc, ac], 0, RowTag::Structure);
                }
            }
        }
    }

    /// What must be so for one qualification to be had before another: a variable that is one. To
    /// come after is not to come before, so a policy of that direction has a variable of its own.
    fn goes_before(
        &mut self,
        frame: Frame,
        one: QualificationIx,
        other: QualificationIx,
    ) -> Option<Vec<Var>> {
        if let Some(&before) = self.before.get(&(frame, [one, other])) {
            return Some(vec![before]);
        }
        let after = *self.before.get(&(frame, [other, one]))?;
        let before = self.problem.var(1, RANK_SHAPE);
        self.at_least([(before, 1), (after, 1)], 1, RowTag::Structure);
        self.at_most([(before, 1), (after, 1)], 1, RowTag::Structure);
        self.before.insert((frame, [one, other]), before);
        Some(vec![before])
    }

    /// The order of the claimed qualifications of the asked frame, where a policy asks for it.
    pub(crate) fn order_of(&self, values: &[i64]) -> Vec<QualificationIx> {
        let scopes = self.scopes_of(Frame::Asked);
        let is_claimed = |ix: &QualificationIx| {
            scopes.get(ix).is_some_and(|&scope| values[self.scopes[scope].complete.index()] > 0)
        };
        let pairs = self.before.iter().filter(|((frame, _), _)| *frame == Frame::Asked);
        let mut earlier: BTreeMap<QualificationIx, usize> = BTreeMap::new();
        for (&(_, [one, other]), before) in pairs {
            let is_before = values[before.index()] > 0;
            let (first, then) = if is_before { (one, other) } else { (other, one) };
            if is_claimed(&first) && is_claimed(&then) {
                earlier.entry(first).or_default();
                *earlier.entry(then).or_default() += 1;
            }
        }
        let mut order: Vec<_> = earlier.into_iter().collect();
        order.sort_by_key(|&(ix, earlier)| (earlier, ix));
        order.into_iter().map(|(ix, _)| ix).collect()
    }
}

/// The other scopes that a policy names.
fn others(policy: &Policy<'_>, scope: usize) -> Vec<usize> {
    policy.named.iter().map(|&(_, other)| other).filter(|&other| other != scope).collect()
}
