//! What may count where: the variables of a scope, and the rows that keep one holding from being two.

use std::collections::{BTreeMap, BTreeSet};

use cairn_core::catalog::{Clause, CredentialIx, Qualification, RequirementIx, Rule, Sight};
use cairn_solver::Var;

use crate::{
    eligibility::has_attempts,
    model::{Model, RANK_USE, RowTag, Scope, Use},
};

/// What an overlay over what is counted looks at: its layer, or itself alone; a class; a face.
type Seen<'l> = (Result<&'l str, RequirementIx>, usize, CredentialIx);

impl Model<'_> {
    /// What a class may count at most in one scope, as a term and a constant.
    fn supply(&self, class: usize) -> (Option<(Var, i64)>, i64) {
        match self.earned.get(&class) {
            Some(&earned) => (Some((earned, -1)), 0),
            None => (None, self.classes[class].size()),
        }
    }

    /// Makes the variables of one scope, and the rows that keep one holding from being two.
    pub(super) fn allocate(&mut self, scope: usize) {
        let catalog = self.catalog;
        let qualification = catalog.qualification(self.scopes[scope].key.qualification);
        for requirement in qualification.requirement_indexes() {
            let Rule::Take(take) = &qualification.requirement(requirement).rule else { continue };
            let chosen = match &take.sight {
                Sight::Taking | Sight::Held { .. } => true,
                Sight::Attempted => false,
                Sight::Counted { layer } => layer.is_some() || take.is_choosy(),
            };
            if !chosen {
                continue;
            }
            for class in 0..self.classes.len() {
                let faces = self.unit_of(class).faces.iter().map(|face| face.credential);
                for face in faces.collect::<Vec<_>>() {
                    if self.unit_of(class).accepted(catalog, face, take, qualification, self.question) {
                        let var = self.problem.var(self.classes[class].size(), RANK_USE);
                        let part = self.part(class, face, take, var);
                        let one = Use { class, face, requirement, var, part };
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
        self.choose_values(scope, qualification);
        self.divide(scope, qualification);
        let counted = self.scopes[scope].counted.clone();
        self.count_once(&counted);
        self.exclude(&counted);
        self.look(scope, qualification);
        self.try_again(scope, qualification);
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
            let times = i64::from(self.catalog.credential(credential).times);
            let classes: BTreeSet<usize> = uses.iter().map(|one| one.class).collect();
            let units: i64 = classes.into_iter().map(|class| self.classes[class].size()).sum();
            if units > times && !self.classes[uses[0].class].is_merged() {
                let terms: Vec<_> = uses.iter().map(|one| (one.var, 1)).collect();
                self.at_most(terms, times, RowTag::SameCredential(credential));
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

    fn exclude(&mut self, counted: &[Use]) {
        for (at, exclusion) in self.catalog.exclusions().iter().enumerate() {
            let barred = |one: &&Use| {
                exclusion.between.contains(&one.face)
                    || exclusion.between.contains(&self.unit_of(one.class).own)
            };
            let uses: Vec<_> = counted.iter().filter(barred).collect();
            let may_be_two = uses.len() > 1 || uses.iter().any(|one| self.classes[one.class].size() > 1);
            let terms: Vec<_> = uses.into_iter().map(|one| (one.var, 1)).collect();
            if may_be_two {
                self.say(Clause::Exclusion(at), |model| model.at_most(terms, 1, RowTag::Excluded(at)));
            }
        }
    }

    /// Where only the latest attempt counts, one that is newly made keeps out those before it.
    fn try_again(&mut self, scope: usize, qualification: &Qualification) {
        let as_of = self.question.as_of;
        let again: Vec<_> =
            self.earned.iter().map(|(&class, &earned)| (self.unit_of(class).own, earned)).collect();
        for (own, earned) in again {
            if !has_attempts(self.catalog, own, qualification) {
                continue;
            }
            let Scope { takes, looks, .. } = &self.scopes[scope];
            let is_before = |one: &&Use| {
                let unit = self.unit_of(one.class);
                unit.own == own && unit.is_before(as_of)
            };
            let before: Vec<_> = takes.iter().chain(looks).filter(is_before).copied().collect();
            for one in before {
                let size = self.classes[one.class].size();
                self.at_most([(one.var, 1), (earned, size)], size, RowTag::SameCredential(own));
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
                Sight::Taking | Sight::Attempted => {}
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
        let counted = self.scopes[scope].counted.iter();
        counted.filter(|one| one.class == class && one.face == face).map(|one| (one.var, 1)).collect()
    }
}
