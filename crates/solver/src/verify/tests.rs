//! Every certificate is accepted, and every one that was tampered with is refused.

use proptest::prelude::*;

use crate::{
    Certificate, Problem, Proof, Var,
    certificate::{Case, Source},
    certify,
    proof::read,
    search::tests::{problems, sized},
    verify::verify,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// Larger ones need long divisions.
    #[test]
    fn every_long_certificate_is_accepted(problem in sized(26, 22)) {
        let (solution, certificate) = certify(&problem);
        prop_assert_eq!(verify(&problem, solution.as_ref(), &certificate), Ok(()));
    }

    #[test]
    fn every_certificate_is_accepted(problem in problems()) {
        let (solution, certificate) = certify(&problem);
        prop_assert_eq!(verify(&problem, solution.as_ref(), &certificate), Ok(()));
    }

    /// What is written is read again, and proves the same.
    #[test]
    fn a_proof_survives_its_text(problem in problems()) {
        let (solution, certificate) = certify(&problem);
        let names = (0..problem.variables()).map(|at| format!("x{at}")).collect();
        let proof = Proof { problem, names, solution, certificate };
        let text = proof.write();
        let again = read(&text).expect("our own text");
        prop_assert_eq!(again.write(), text);
        prop_assert_eq!(again.verify(), Ok(()));
    }

    /// Any text is read or refused, and whatever is read is checked or refused.
    #[test]
    fn a_hostile_text_is_refused_or_true(problem in problems(), from in any::<prop::sample::Index>(), what in "[0-9 rsv:*\\-a-z\n]{0,12}") {
        let (solution, certificate) = certify(&problem);
        let names = (0..problem.variables()).map(|at| format!("x{at}")).collect();
        let mut text = Proof { problem, names, solution, certificate }.write();
        let at = from.index(text.len());
        let end = (at + what.len()).min(text.len());
        text.replace_range(at..end, &what);
        if let Ok(proof) = read(&text)
            && proof.verify().is_ok()
        {
            let truly = certify(&proof.problem).0.map(|solution| solution.costs);
            prop_assert_eq!(proof.solution.map(|solution| solution.costs), truly);
        }
    }

    /// A better value than the optimum cannot be proved, whatever the proof says.
    #[test]
    fn a_false_claim_is_refused(problem in problems(), seed in any::<u64>()) {
        let (solution, certificate) = certify(&problem);
        let Some(mut claimed) = solution else { return Ok(()) };
        prop_assume!(!claimed.costs.is_empty());
        // Another solution that is worse, with the same proof.
        let var = usize::try_from(seed % claimed.values.len() as u64).expect("small");
        claimed.values[var] += 1;
        claimed.costs = (0..claimed.costs.len()).map(|at| problem.cost(at, &claimed.values)).collect();
        let truly = certify(&problem).0.expect("solvable").costs;
        prop_assume!(claimed.costs != truly);
        let mut tampered = certificate;
        for (stage, cost) in tampered.stages.iter_mut().zip(&claimed.costs) {
            stage.best = Some(*cost);
            stage.known = stage.known.map(|known| known.max(*cost));
        }
        prop_assert!(verify(&problem, Some(&claimed), &tampered).is_err());
    }

    /// Dropping a case, a multiple or a step, or changing a number, never lets something false through.
    #[test]
    fn a_mutated_certificate_never_proves_what_is_false(problem in problems(), at in any::<prop::sample::Index>(), how in 0..5u8) {
        let (solution, certificate) = certify(&problem);
        let Some(solution) = solution else { return Ok(()) };
        let mutated = mutate(certificate.clone(), at, how);
        // The claim is still true, so a mutation may be harmless; it must never panic, and what
        // is accepted must be a division that is complete.
        if verify(&problem, Some(&solution), &mutated).is_ok() {
            for stage in &mutated.stages {
                let divided = stage.cases.iter().filter(|case| matches!(case, Case::Divided { .. })).count();
                prop_assert_eq!(stage.cases.len(), 2 * divided + 1);
            }
        }
    }
}

fn mutate(mut certificate: Certificate, at: prop::sample::Index, how: u8) -> Certificate {
    let Some(stage) = certificate.stages.last_mut() else { return certificate };
    let case = at.index(stage.cases.len().max(1));
    match (how, stage.cases.get_mut(case)) {
        (0, Some(_)) => drop(stage.cases.remove(case)),
        (1, Some(Case::Closed { rows, .. })) => drop(rows.pop()),
        (2, Some(Case::Closed { steps, .. })) => steps.clear(),
        (3, Some(Case::Closed { rows, .. })) => {
            if let Some(row) = rows.first_mut() {
                row.times = row.times.wrapping_mul(-3);
                row.source = Source::Row(u32::MAX);
            }
        }
        (4, Some(Case::Divided { at, .. })) => *at = at.wrapping_add(1),
        (_, _) => stage.best = stage.best.map(|best| best.wrapping_sub(1)),
    }
    certificate
}

#[test]
fn the_proof_of_a_pigeon_too_few_is_one_case() {
    let mut problem = Problem::default();
    let cells: Vec<Vec<Var>> = (0..12).map(|_| (0..13).map(|_| problem.var(1, 1)).collect()).collect();
    for row in &cells {
        problem.at_most(row.iter().map(|&var| (var, 1)), 1);
    }
    for slot in 0..13 {
        problem.at_least(cells.iter().map(|row| (row[slot], 1)), 1);
    }
    let (solution, certificate) = certify(&problem);
    assert_eq!(solution, None);
    assert_eq!(certificate.stages[0].cases.len(), 1, "a Hall violator needs no division");
    assert_eq!(verify(&problem, None, &certificate), Ok(()));
}
