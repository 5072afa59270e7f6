//! §2 and §3: whether some admissible allocation satisfies the rules.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use cairn_core::{
    Amount, Catalog, Learner, Scalar,
    catalog::{
        Attempt, AwardMode, Clause, CredentialIx, Grace, Limit, Prerequisite, Qualification, QualificationIx,
        RequirementIx, Rule, Sight, Take, Tally,
    },
};

use crate::{Question, Unit, facts, parts, subsets};

/// Everything that is taken to be had.
pub(crate) struct World<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) learner: &'a Learner,
    pub(crate) question: &'a Question,
    pub(crate) units: &'a [Unit<'a>],
    /// Qualifications newly awarded.
    pub(crate) awards: &'a [QualificationIx],
    /// Attestations granted.
    pub(crate) granted: &'a [String],
    /// The values that requirements of a qualification have chosen; without one, nothing has it.
    pub(crate) chosen: RefCell<BTreeMap<QualificationIx, Chosen>>,
    /// New awards that use up what earned them, with what that is: what they count in their own frame.
    pub(crate) redeemed: &'a [(QualificationIx, Vec<CredentialIx>)],
    /// One of these that is asked whether it is complete just so.
    pub(crate) redeeming: Option<QualificationIx>,
}

/// The values that requirements have chosen.
pub(crate) type Chosen = Vec<(RequirementIx, Option<Scalar>)>;

/// A unit counted as a credential for a requirement.
pub(crate) type Use = (usize, CredentialIx, RequirementIx);

/// What one scope counts.
pub(crate) type Allocation = Vec<Use>;

impl World<'_> {
    /// Whether a qualification is complete, together with what its policies couple to it.
    pub(crate) fn is_complete(&self, qualification: QualificationIx) -> bool {
        self.are_complete(&[qualification])
    }

    /// Whether qualifications are complete, all of them at once.
    pub(crate) fn are_complete(&self, wanted: &[QualificationIx]) -> bool {
        let frame = self.frame(wanted);
        let is_bound = self.catalog.policies().iter().any(|policy| {
            policy.owner.is_none_or(|owner| frame.contains(&owner))
                && policy.between.iter().filter(|named| frame.contains(named)).count() > 1
        });
        if !is_bound {
            return wanted.iter().all(|&one| self.allocations(one, &[one], &[one]).next().is_some());
        }
        // Which of the others are claimed to be earned is tried in every way.
        subsets(&frame[wanted.len()..]).into_iter().any(|others| {
            let claimed = [wanted, &others].concat();
            let allocations: Vec<Vec<_>> =
                claimed.iter().map(|&claim| distinct(self.allocations(claim, &frame, &claimed))).collect();
            self.combine(&claimed, &allocations, &mut Vec::new())
        })
    }

    /// Qualifications, and all that they ask to be earned, directly or through others.
    fn frame(&self, wanted: &[QualificationIx]) -> Vec<QualificationIx> {
        let mut frame = wanted.to_vec();
        let mut at = 0;
        while at < frame.len() {
            for requirement in &self.catalog.qualification(frame[at]).requirements {
                if let Rule::Award(other, AwardMode::Earned | AwardMode::Either) = requirement.rule
                    && !frame.contains(&other)
                {
                    frame.push(other);
                }
            }
            at += 1;
        }
        frame
    }

    /// Picks one allocation for each claimed qualification so that every policy holds.
    fn combine<'s>(
        &self,
        claimed: &[QualificationIx],
        allocations: &'s [Vec<Allocation>],
        picked: &mut Vec<&'s Allocation>,
    ) -> bool {
        if picked.len() == claimed.len() {
            return self.policies_hold(&claimed.iter().copied().zip(picked.iter().copied()).collect());
        }
        allocations[picked.len()].iter().any(|allocation| {
            picked.push(allocation);
            let fits = self.combine(claimed, allocations, picked);
            picked.pop();
            fits
        })
    }

    /// All admissible allocations of a scope that satisfy its root and its limits.
    fn allocations(
        &self,
        ix: QualificationIx,
        coupled: &[QualificationIx],
        claimed: &[QualificationIx],
    ) -> impl Iterator<Item = Allocation> {
        let qualification = self.catalog.qualification(ix);
        let placed = self.values_to_choose(qualification).into_iter().flat_map(move |chosen| {
            self.chosen.borrow_mut().insert(ix, chosen);
            let mut open = Vec::new();
            let taking = |take: &Take| take.sight == Sight::Taking;
            self.place(qualification, 0, &taking, &mut Vec::new(), &mut open);
            open
        });
        placed.filter(move |allocation| {
            let counted = counted(allocation);
            let mut limits = qualification.limits.iter().enumerate();
            limits.all(|(at, limit)| {
                !self.question.keeps(Clause::Limit(ix, at))
                    || parts::is_open(qualification, limit)
                    || self.limit_holds(qualification, limit, &counted)
            }) && !self.is_barred(&counted)
                && self.is_left(ix, allocation)
                && self.is_placed(ix, allocation)
                && self.root_holds(qualification, allocation, coupled, claimed)
        })
    }

    /// Gives each unit from number `unit` on to one of the wanted requirements, or to none.
    fn place(
        &self,
        qualification: &Qualification,
        unit: usize,
        wanted: &dyn Fn(&Take) -> bool,
        so_far: &mut Allocation,
        found: &mut Vec<Allocation>,
    ) {
        if unit == self.units.len() {
            if self.caps_hold(qualification, so_far) {
                found.push(so_far.clone());
            }
            return;
        }
        self.place(qualification, unit + 1, wanted, so_far, found);
        let one = &self.units[unit];
        let is_tried_again = qualification.attempt == Attempt::Latest
            && self.catalog.credential(one.own).times == 1
            && one.is_tried_again;
        if !one.is_countable(qualification.grace) || is_tried_again {
            return;
        }
        for face in self.units[unit].faces(self.catalog, self.question.as_of) {
            let accepting: Vec<(RequirementIx, &Take)> = qualification
                .requirement_indexes()
                .filter_map(|requirement| match &qualification.requirement(requirement).rule {
                    Rule::Take(take) if wanted(take) && self.accepts(qualification, take, unit, face) => {
                        Some((requirement, take))
                    }
                    _ => None,
                })
                .collect();
            // To one of them, or to several of those between which it may be divided.
            for places in subsets(&accepting) {
                if places.is_empty() || (places.len() > 1 && !places.iter().all(|(_, take)| take.divides)) {
                    continue;
                }
                let before = so_far.len();
                so_far.extend(places.iter().map(|&(requirement, _)| (unit, face, requirement)));
                let fits = |&(requirement, take): &(RequirementIx, &Take)| {
                    let mine: Vec<_> = so_far
                        .iter()
                        .filter(|used| used.2 == requirement)
                        .map(|used| (used.0, used.1))
                        .collect();
                    // One more holding never mends a broken upper limit, unless it is a part of what counts.
                    self.caps_of(qualification, take, requirement, &mine, |cap| cap.share.is_none())
                };
                if self.counts_once(&counted(so_far)) && places.iter().all(fits) {
                    self.place(qualification, unit + 1, wanted, so_far, found);
                }
                so_far.truncate(before);
            }
        }
    }

    /// Whether what each requirement is given is admissible.
    fn caps_hold(&self, qualification: &Qualification, uses: &Allocation) -> bool {
        qualification.requirement_indexes().all(|ix| {
            let Rule::Take(take) = &qualification.requirement(ix).rule else { return true };
            let mine: Vec<_> =
                uses.iter().filter(|used| used.2 == ix).map(|&(unit, face, _)| (unit, face)).collect();
            self.caps_of(qualification, take, ix, &mine, |_| true)
        })
    }

    pub(crate) fn accepts(
        &self,
        qualification: &Qualification,
        take: &Take,
        unit: usize,
        face: CredentialIx,
    ) -> bool {
        self.units[unit].accepted(self.catalog, face, take, qualification, self.learner, self.question)
            && self.has_chosen(qualification, take, unit, face)
    }

    /// Every way to choose values: for each requirement that does, one that something has.
    fn values_to_choose(&self, qualification: &Qualification) -> Vec<Chosen> {
        let mut ways = vec![Chosen::new()];
        for (same, by) in qualification.sames() {
            let faces = self.units.iter().flat_map(|unit| {
                unit.faces(self.catalog, self.question.as_of)
                    .into_iter()
                    .flat_map(|face| unit.attribute(self.catalog, face, by))
            });
            let mut values: Vec<Option<Scalar>> = faces.map(Some).collect();
            values.sort();
            values.dedup();
            if values.is_empty() {
                values.push(None);
            }
            let with = |way: &Chosen| -> Vec<Chosen> {
                values.iter().map(|value| [&way[..], &[(same, value.clone())]].concat()).collect()
            };
            ways = ways.iter().flat_map(with).collect();
        }
        ways
    }

    /// Whether a unit has the values that are chosen above a requirement.
    fn has_chosen(
        &self,
        qualification: &Qualification,
        take: &Take,
        unit: usize,
        face: CredentialIx,
    ) -> bool {
        let mut all = self.catalog.qualification_indexes();
        let within = all.find(|&ix| std::ptr::eq(self.catalog.qualification(ix), qualification));
        let chosen = self.chosen.borrow();
        let mut chosen = within.and_then(|within| chosen.get(&within)).into_iter().flatten();
        chosen.all(|(same, value)| {
            let is_it = |ix: &RequirementIx| matches!(&qualification.requirement(*ix).rule, Rule::Take(one) if std::ptr::eq(one, take));
            let Rule::Same(by, _) = &qualification.requirement(*same).rule else { return true };
            let has = |value: &Scalar| self.units[unit].attribute(self.catalog, face, by).contains(value);
            !qualification.below(*same).iter().any(is_it) || value.as_ref().is_some_and(has)
        })
    }

    /// Holdings of one credential, or counted as one: at most one counts, or as many as it is repeatable.
    fn counts_once(&self, counted: &[(usize, CredentialIx)]) -> bool {
        self.catalog.credential_indexes().all(|credential| {
            counted
                .iter()
                .filter(|&&(unit, face)| self.units[unit].own == credential || face == credential)
                .count()
                <= self.catalog.credential(credential).times as usize
        })
    }

    fn is_barred(&self, counted: &[(usize, CredentialIx)]) -> bool {
        let exclusions = self.catalog.exclusions().iter().enumerate();
        let mut kept = exclusions.filter(|(at, _)| self.question.keeps(Clause::Exclusion(*at)));
        kept.any(|(_, barred)| {
            let within = |&&(unit, face): &&(usize, CredentialIx)| {
                barred.between.contains(&face) || barred.between.contains(&self.units[unit].own)
            };
            counted.iter().filter(within).count() > 1
        })
    }

    /// Whether the holding that must count somewhere does.
    fn is_placed(&self, ix: QualificationIx, allocation: &Allocation) -> bool {
        let Some((holding, within, requirement)) = self.question.placed else { return true };
        let is_it = |unit: usize| {
            self.units[unit].holding.is_some_and(|one| std::ptr::eq(one, &self.learner.holdings[holding]))
        };
        within != ix || allocation.iter().any(|&(unit, _, place)| is_it(unit) && place == requirement)
    }

    /// Whether a sentence of a qualification is among those that demand or bar anything.
    pub(crate) fn keeps(
        &self,
        qualification: &Qualification,
        clause: impl Fn(QualificationIx) -> Clause,
    ) -> bool {
        self.question.kept.as_ref().is_none_or(|kept| {
            let mut all = self.catalog.qualification_indexes();
            let within = all.find(|&ix| std::ptr::eq(self.catalog.qualification(ix), qualification));
            within.is_some_and(|within| kept.contains(&clause(within)))
        })
    }

    /// Whether those of the upper limits of a take that are asked about hold.
    fn caps_of(
        &self,
        qualification: &Qualification,
        take: &Take,
        ix: RequirementIx,
        set: &[(usize, CredentialIx)],
        asked: impl Fn(&Limit) -> bool,
    ) -> bool {
        take.caps.iter().enumerate().filter(|(_, cap)| asked(cap)).all(|(at, cap)| {
            !self.keeps(qualification, |within| Clause::Cap(within, ix, at))
                || (take.counts_parts() && cap.tally == Tally::Credits)
                || self.limit_holds(qualification, cap, set)
        })
    }

    /// Whether the root holds for what the taking requirements count, whatever overlays look at.
    fn root_holds(
        &self,
        qualification: &Qualification,
        allocation: &Allocation,
        coupled: &[QualificationIx],
        claimed: &[QualificationIx],
    ) -> bool {
        let mut layers: Vec<Option<&str>> = qualification
            .requirements
            .iter()
            .filter_map(|requirement| match &requirement.rule {
                Rule::Take(take) if take.sight.layer().is_some() => Some(take.sight.layer()),
                _ => None,
            })
            .collect();
        layers.sort_unstable();
        layers.dedup();
        self.layers_hold(qualification, &layers, allocation, &mut Vec::new(), coupled, claimed)
    }

    /// Tries every way in which the overlays of each named layer may look at holdings.
    fn layers_hold(
        &self,
        qualification: &Qualification,
        layers: &[Option<&str>],
        allocation: &Allocation,
        looked_at: &mut Allocation,
        coupled: &[QualificationIx],
        claimed: &[QualificationIx],
    ) -> bool {
        let Some((layer, rest)) = layers.split_first() else {
            if qualification.requirements.iter().any(|one| parts::counts_parts(&one.rule)) {
                return self.holds_in_parts(qualification, allocation, looked_at, coupled, claimed);
            }
            return self.tree_holds(qualification, allocation, looked_at, coupled, claimed);
        };
        let mut ways = Vec::new();
        self.place(qualification, 0, &|take| take.sight.layer() == *layer, &mut Vec::new(), &mut ways);
        ways.retain(|way| way.iter().all(|used| is_visible(qualification, used, allocation)));
        ways.iter().any(|way| {
            let before = looked_at.len();
            looked_at.extend(way);
            let holds = self.layers_hold(qualification, rest, allocation, looked_at, coupled, claimed);
            looked_at.truncate(before);
            holds
        })
    }

    fn tree_holds(
        &self,
        qualification: &Qualification,
        allocation: &Allocation,
        looked_at: &Allocation,
        coupled: &[QualificationIx],
        claimed: &[QualificationIx],
    ) -> bool {
        self.choices(qualification).iter().any(|declined| {
            let holds = self.rules_hold(qualification, allocation, looked_at, declined, coupled, claimed);
            self.asked_for(qualification).iter().all(|ix| holds[ix.index()])
        })
    }

    /// What must hold: the root, and the outcome that is asked for.
    pub(crate) fn asked_for(&self, qualification: &Qualification) -> Vec<RequirementIx> {
        let is_it = std::ptr::eq(self.catalog.qualification(self.question.qualification), qualification);
        let outcome = self.question.outcome.filter(|_| is_it);
        outcome.into_iter().chain([qualification.root()]).collect()
    }

    /// Which of the requirements nobody relies on that others are asked beside: every choice.
    pub(crate) fn choices(&self, qualification: &Qualification) -> Vec<Vec<RequirementIx>> {
        let whens = qualification.requirements.iter().filter_map(|requirement| requirement.when.as_ref());
        let mut relied: Vec<RequirementIx> = whens.filter_map(|when| when.met.clone()).flatten().collect();
        relied.sort_unstable();
        relied.dedup();
        subsets(&relied)
    }

    /// Whether a requirement is asked, where these are not relied on.
    pub(crate) fn is_asked(
        &self,
        qualification: &Qualification,
        ix: RequirementIx,
        declined: &[RequirementIx],
    ) -> bool {
        let Some(when) = &qualification.requirement(ix).when else { return true };
        let is_had = |one: &Prerequisite| match *one {
            Prerequisite::Credential(wanted) => self.units.iter().any(|unit| {
                unit.is_countable(qualification.grace)
                    && unit.will_do_as(self.catalog, wanted, self.question.as_of)
            }),
            Prerequisite::Qualification(wanted) => {
                self.is_held(wanted, qualification.grace) || self.awards.contains(&wanted)
            }
        };
        when.held.as_ref().is_none_or(|held| held.iter().any(is_had))
            && when.attested.as_ref().is_none_or(|key| {
                self.shown(key.as_str()) >= Amount::ONE || self.granted.iter().any(|one| one == key.as_str())
            })
            && when.met.as_ref().is_none_or(|met| met.iter().any(|ix| !declined.contains(ix)))
    }

    /// How much evidence there is of something.
    fn shown(&self, key: &str) -> Amount {
        let records = self.learner.attestations.iter().filter(|record| {
            record.key.as_str() == key && record.on.is_none_or(|day| day <= self.question.as_of)
        });
        records.map(|record| record.amount).sum()
    }

    fn rules_hold(
        &self,
        qualification: &Qualification,
        allocation: &Allocation,
        looked_at: &Allocation,
        declined: &[RequirementIx],
        coupled: &[QualificationIx],
        claimed: &[QualificationIx],
    ) -> Vec<bool> {
        let mut holds: Vec<bool> = Vec::new();
        for ix in qualification.requirement_indexes() {
            let child = |child: &&RequirementIx| holds[child.index()];
            let is_met = match &qualification.requirement(ix).rule {
                Rule::All(children) | Rule::Same(_, children) => children.iter().all(|ix| child(&ix)),
                Rule::Any(children) => children.iter().any(|ix| child(&ix)),
                Rule::Choose(chosen, children) => children.iter().filter(child).count() >= *chosen as usize,
                Rule::Take(take) => self.take_holds(qualification, take, ix, allocation, looked_at),
                Rule::Attest(_) | Rule::Award(..) => self.is_had(qualification, ix, coupled, claimed),
            };
            let is_met = is_met || !self.is_asked(qualification, ix, declined);
            holds.push(is_met && !declined.contains(&ix));
        }
        holds
    }

    /// Whether a requirement for evidence or for another qualification holds.
    pub(crate) fn is_had(
        &self,
        qualification: &Qualification,
        ix: RequirementIx,
        coupled: &[QualificationIx],
        claimed: &[QualificationIx],
    ) -> bool {
        match &qualification.requirement(ix).rule {
            Rule::Attest(attest) => {
                self.shown(attest.key.as_str()) >= attest.amount
                    || !self.keeps(qualification, |within| Clause::Asked(within, ix))
                    || self.granted.iter().any(|key| key == attest.key.as_str())
            }
            Rule::Award(other, mode) => {
                let held = self.is_held(*other, qualification.grace);
                let earned = || {
                    if coupled.contains(other) { claimed.contains(other) } else { self.is_complete(*other) }
                };
                let is_had = match mode {
                    AwardMode::Held => held || self.awards.contains(other),
                    AwardMode::Earned => earned(),
                    AwardMode::Either => held || earned(),
                };
                is_had || !self.keeps(qualification, |within| Clause::Asked(within, ix))
            }
            _ => unreachable!("asked of evidence and awards only"),
        }
    }

    pub(crate) fn take_holds(
        &self,
        qualification: &Qualification,
        take: &Take,
        ix: RequirementIx,
        allocation: &Allocation,
        looked_at: &Allocation,
    ) -> bool {
        let satisfied = |set: &[(usize, CredentialIx)]| {
            let mut floors = take.floors.iter().enumerate();
            self.caps_of(qualification, take, ix, set, |_| true)
                && floors.all(|(at, floor)| {
                    !self.keeps(qualification, |within| Clause::Need(within, ix, at))
                        || self.limit_holds(qualification, floor, set)
                })
                && self.is_in_window(qualification, take, ix, set)
        };
        let applied = |uses: &Allocation| -> Vec<_> {
            uses.iter().filter(|used| used.2 == ix).map(|&(unit, face, _)| (unit, face)).collect()
        };
        if take.sight == Sight::Taking {
            return satisfied(&applied(allocation));
        }
        if take.sight == Sight::Attempted {
            let attempts: Vec<_> = (0..self.units.len())
                .filter(|&unit| self.units[unit].is_attempted)
                .map(|unit| (unit, self.units[unit].own))
                .filter(|&(unit, own)| self.accepts(qualification, take, unit, own))
                .collect();
            return satisfied(&attempts);
        }
        if take.sight.layer().is_some() {
            return satisfied(&applied(looked_at));
        }
        // An overlay alone may look at any set of what it sees.
        let mut sets = Vec::new();
        self.place(qualification, 0, &|other| std::ptr::eq(other, take), &mut Vec::new(), &mut sets);
        sets.iter().any(|set| {
            set.iter().all(|used| is_visible(qualification, used, allocation)) && satisfied(&applied(set))
        })
    }

    /// Whether a set lies within the window of a requirement, if that is asked.
    pub(crate) fn is_in_window(
        &self,
        qualification: &Qualification,
        take: &Take,
        ix: RequirementIx,
        set: &[(usize, CredentialIx)],
    ) -> bool {
        take.window.is_none_or(|window| {
            !self.keeps(qualification, |within| Clause::Window(within, ix)) || self.lies_within(set, window)
        })
    }

    /// Whether a countable holding is an award of the qualification.
    pub(crate) fn is_held(&self, ix: QualificationIx, grace: Grace) -> bool {
        let qualification = self.catalog.qualification(ix);
        self.learner.holdings.iter().any(|holding| {
            qualification.is_named(&holding.credential)
                && facts::is_countable(holding, holding.expires, grace, self.question)
        })
    }
}

/// Of allocations that count the same units one, since policies do not see where they count.
fn distinct(allocations: impl Iterator<Item = Allocation>) -> Vec<Allocation> {
    let units = |allocation: &Allocation| allocation.iter().map(|&(unit, ..)| unit).collect::<Vec<_>>();
    let mut seen = BTreeSet::new();
    let once = |mut allocation: Allocation| {
        allocation.dedup_by_key(|used| used.0);
        allocation
    };
    allocations.map(once).filter(|allocation| seen.insert(units(allocation))).collect()
}

/// What an allocation counts: what is divided between requirements counts once.
pub(crate) fn counted(allocation: &Allocation) -> Vec<(usize, CredentialIx)> {
    let mut counted: Vec<_> = allocation.iter().map(|&(unit, face, _)| (unit, face)).collect();
    counted.dedup();
    counted
}

/// An overlay over what is counted sees only that, as what it counts.
pub(crate) fn is_visible(qualification: &Qualification, used: &Use, allocation: &Allocation) -> bool {
    let Rule::Take(take) = &qualification.requirement(used.2).rule else { return false };
    match take.sight {
        Sight::Counted { .. } => allocation.iter().any(|&(unit, face, _)| (unit, face) == (used.0, used.1)),
        Sight::Taking | Sight::Held { .. } | Sight::Attempted => true,
    }
}
