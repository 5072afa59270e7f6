//! The engine against the oracle, on random catalogs, along every public path.
//!
//! `CAIRN_AGREEMENT` is the number of catalogs, `CAIRN_SEED` the first seed.

use cairn_core::{Catalog, Learner, Measure, Scenario, catalog::QualificationIx};
use cairn_engine::{
    Audit, Change, Prepared, Question, Record, audit, certify, overview, prepared, remaining, what_if,
};
use cairn_testkit::{
    answer::{cost, oracle},
    random::{AS_OF, Case, Dice, holding},
};

mod advice;

mod joint;

mod editions;

mod certainty;

mod coverage;
use coverage::Coverage;

mod elsewhere;

mod excepted;

mod forced;

mod outcome;

mod price;

mod skills;

mod several;

mod stopped;

mod stored;
use stored::Shelf;

/// Catalogs whose learners go through a store together.
const BATCH: usize = 500;

#[test]
#[expect(clippy::print_stdout, reason = "how many agree, from which seed, is what a long run is for")]
fn every_public_path_agrees_with_the_oracle() {
    let number =
        |name: &str, usual| std::env::var(name).map_or(usual, |text| text.parse().expect("a number"));
    let (wanted, first): (u64, u64) = (number("CAIRN_AGREEMENT", 10_000), number("CAIRN_SEED", 1));
    let started = std::time::Instant::now();
    let workers = std::thread::available_parallelism().map_or(1, |cores| cores.get().min(4)) as u64;
    let shares: Vec<_> = (0..workers).map(|worker| (first + worker, wanted.div_ceil(workers))).collect();
    let found: Vec<Coverage> = std::thread::scope(|scope| {
        let run = |(seed, share)| scope.spawn(move || compare(seed, workers, share));
        let running: Vec<_> = shares.into_iter().map(run).collect();
        running.into_iter().map(|worker| worker.join().expect("no disagreement")).collect()
    });
    let mut coverage = Coverage::default();
    found.into_iter().for_each(|other| coverage.merge(other));
    println!(
        "{} catalogs agree, first seed {first}, in {:?}; {} answers were proved without a search",
        coverage.catalogs,
        started.elapsed(),
        coverage.proved_at_once
    );
    // What is rare does not show in a short run.
    if coverage.catalogs >= 10_000 {
        coverage.demand_all();
        coverage.demand_answers();
    }
}

/// Compares `wanted` catalogs, from every `step`th seed on.
fn compare(first: u64, step: u64, wanted: u64) -> Coverage {
    let mut coverage = Coverage::default();
    let mut shelf = Shelf::default();
    let mut scratch = prepared::Scratch::default();
    let mut seeds = (0..).map(|at| first + at * step);
    while coverage.catalogs < wanted {
        let case = Case::of(seeds.next().expect("seeds do not end"));
        let Some(catalog) = case.catalog() else { continue };
        coverage.catalogs += 1;
        let audits = every_qualification(&catalog, &case);
        audits.iter().for_each(|audit| coverage.add(&catalog, &case, audit));
        coverage.proved_at_once += prepared_answers(&catalog, &case, &audits, &mut scratch);
        if let Some(together) = joint::several_at_once(&catalog, &case) {
            coverage.add(&catalog, &case, &together);
        }
        every_measure_and_scenario(&catalog, &case);
        from_nothing(&catalog, &case, &audits);
        the_overview(&catalog, &case);
        a_change(&catalog, &case);
        coverage.count(editions::the_best_is_chosen(&catalog, &case).as_slice());
        coverage.count(&excepted::are_read_as_written(&catalog, &case));
        coverage.count(certainty::is_that_of_everything_confirmed(&catalog, &case, &audits).as_slice());
        audits.iter().for_each(|audit| coverage.count(&outcome::how_far_each_is(&catalog, &case, audit)));
        audits.iter().for_each(|audit| coverage.count(&elsewhere::what_is_had_there(&catalog, audit)));
        coverage.count(&more_than_one_answer(&catalog, &case, &audits));
        for audit in &audits {
            advice::following_it_completes(&catalog, &case, audit);
        }
        shelf.put(catalog, case, audits);
        if shelf.len() == BATCH {
            std::mem::take(&mut shelf).compare();
        }
    }
    shelf.compare();
    coverage
}

/// An audit that agrees with the oracle.
fn agreed(catalog: &Catalog, case: &Case, learner: &Learner, question: &Question) -> Audit {
    let audit = audit(catalog, learner, question);
    let expected = oracle(catalog, learner, question);
    assert_eq!(cost(audit.verdict), expected, "{question:?}\n{learner:#?}\n{}", case.text());
    audit
}

fn question(catalog: &Catalog, case: &Case, qualification: QualificationIx) -> Question {
    let own = Question::new(catalog, qualification, AS_OF);
    // Half of the cases ask in the qualification's own measure, and a third of the others in an order.
    let question = Question { entry: case.entry, scenario: case.scenario, ..own };
    match (case.seed / 4) % 6 {
        0 | 2 | 4 => question,
        1 => question.by(&order(case)),
        _ => Question { measure: case.measure, ..question },
    }
}

/// Two to four measures in any order.
fn order(case: &Case) -> Vec<Measure> {
    let mut dice = Dice::new(case.seed);
    let mut left = Measure::ALL.to_vec();
    (0..2 + dice.below(3)).map(|_| left.remove(dice.below(left.len()))).collect()
}

fn every_qualification(catalog: &Catalog, case: &Case) -> Vec<Audit> {
    let ask = |qualification| {
        let question = question(catalog, case, qualification);
        let audit = agreed(catalog, case, &case.learner, &question);
        let alone = remaining(catalog, &case.learner, &question);
        assert_eq!(alone, cost(audit.verdict), "`remaining` alone: {}", case.text());
        audit
    };
    catalog.qualification_indexes().map(ask).collect()
}

/// A question prepared for many learners has the same answer for each; says how many were proved
/// without a search.
fn prepared_answers(
    catalog: &Catalog,
    case: &Case,
    audits: &[Audit],
    scratch: &mut prepared::Scratch,
) -> usize {
    let nobody = Learner::new(case.learner.id.clone());
    let mut at_once = 0;
    for audit in audits {
        let prepared = Prepared::new(catalog, &audit.question);
        for (learner, expected) in [(&case.learner, cost(audit.verdict)), (&nobody, audit.from_nothing)] {
            let record = Record::new(catalog, learner);
            if let Some(proved) = prepared.without_search(&record, scratch) {
                assert_eq!(proved, expected, "prepared: {:?}\n{learner:#?}\n{}", audit.question, case.text());
                let verified = prepared.verified(&record, scratch);
                assert_eq!(verified, Ok(Some(proved)), "{:?}\n{learner:#?}\n{}", audit.question, case.text());
                at_once += 1;
            }
        }
    }
    at_once
}

/// Every measure in every scenario, on one case in ten.
fn every_measure_and_scenario(catalog: &Catalog, case: &Case) {
    if !(case.seed / 4).is_multiple_of(10) {
        return;
    }
    let qualification = catalog.qualification_indexes().next().expect("one at least");
    for measure in Measure::ALL {
        for &scenario in Scenario::ALL {
            agreed(
                catalog,
                case,
                &case.learner,
                &Question { scenario, measure, ..Question::new(catalog, qualification, AS_OF) },
            );
        }
    }
}

/// The way from nothing is that of a learner without a record; the oracle is slowest there, so one
/// qualification of each catalog must do.
fn from_nothing(catalog: &Catalog, case: &Case, audits: &[Audit]) {
    let nobody = Learner::new(case.learner.id.clone());
    let audit = Dice::new(case.seed).pick(&audits.iter().collect::<Vec<_>>());
    let expected = oracle(catalog, &nobody, &audit.question);
    assert_eq!(audit.from_nothing, expected, "from nothing: {}", case.text());
}

/// The overview is that of single audits; one case in three.
fn the_overview(catalog: &Catalog, case: &Case) {
    if !(case.seed / 4).is_multiple_of(3) {
        return;
    }
    for entry in overview(catalog, &case.learner, AS_OF, case.entry, case.scenario, None) {
        let own = Question::new(catalog, entry.qualification, AS_OF);
        let question = Question { entry: case.entry, scenario: case.scenario, ..own };
        assert_eq!(entry.audit, audit(catalog, &case.learner, &question), "overview: {}", case.text());
        let rules = catalog.qualification(entry.qualification);
        // Awards have no validity of their own: only what is printed on them ends them.
        let is_award = |held: &&cairn_core::Holding| {
            let last = held.expires.map(|day| match rules.grace {
                cairn_core::catalog::Grace::None => day,
                cairn_core::catalog::Grace::EndOfCalendarYear => {
                    cairn_core::Date::constant(day.year(), 12, 31)
                }
            });
            let is_earned = held.state == cairn_core::State::Earned;
            rules.is_named(&held.credential)
                && case.scenario.admits(held.state)
                && last.is_none_or(|last| AS_OF <= last)
                && !(is_earned && held.awarded.is_some_and(|day| day > AS_OF))
        };
        let is_held = case.learner.holdings.iter().any(|held| is_award(&held));
        assert_eq!(entry.is_held, is_held, "is held: {}", case.text());
    }
}

/// More ways than one, and answers that were stopped early; one case in four.
fn more_than_one_answer(catalog: &Catalog, case: &Case, audits: &[Audit]) -> Vec<&'static str> {
    if !(case.seed / 4).is_multiple_of(4) {
        return Vec::new();
    }
    let audit = Dice::new(case.seed).pick(&audits.iter().collect::<Vec<_>>());
    let (learner, question) = (&case.learner, &audit.question);
    let mut kinds = several::different_completions(catalog, case, learner, question);
    kinds.extend(several::pareto_set(catalog, case, learner, question));
    kinds.extend(stopped::both_bounds_hold(catalog, case, audit));
    if (case.seed / 4).is_multiple_of(12) {
        kinds.extend(price::of_counting_elsewhere(catalog, case, audit));
    }
    // With fewer rules there are far more ways to try.
    if (case.seed / 4).is_multiple_of(24) {
        kinds.extend(forced::the_rules_that_are_named_force_the_same(catalog, case, question));
    }
    // Several measures have a part each in the proof.
    let by_order = question.by(&order(case));
    let (certified, proof) = certify(catalog, learner, &by_order);
    assert_eq!(certified, agreed(catalog, case, learner, &by_order), "a proof changes no answer");
    assert_eq!(proof.verify(), Ok(()), "{}", case.text());
    // Who has nothing has the most ways, and where only their number counts, many are alike.
    let nobody = Learner::new(learner.id.clone());
    let by_number = question.by(&[Measure::Count]);
    kinds.extend(several::different_completions(catalog, case, &nobody, &by_number));
    kinds.extend(several::pareto_set(catalog, case, &nobody, question));
    kinds
}

/// One more holding and one less credential, for the sake of argument and on the record.
fn a_change(catalog: &Catalog, case: &Case) {
    let mut dice = Dice::new(case.seed);
    let credentials = catalog.credentials();
    let added = holding(credentials[dice.below(credentials.len())].id.as_str(), &mut dice);
    let dropped = credentials[dice.below(credentials.len())].id.clone();
    let qualification = catalog.qualification_indexes().last().expect("one at least");
    let question = question(catalog, case, qualification);
    let changes = [Change::Drop(dropped.clone()), Change::Add(added.clone())];
    let mut changed = case.learner.clone();
    changed.holdings.retain(|held| held.credential != dropped);
    changed.holdings.push(added);
    let supposed = what_if(catalog, &case.learner, &question, &changes);
    assert_eq!(supposed, agreed(catalog, case, &changed, &question), "what if: {}", case.text());
}
