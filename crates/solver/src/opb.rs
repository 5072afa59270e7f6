//! The problem in the standard pseudo-Boolean format, so that anybody's solver can confirm it.
//!
//! Source: the OPB format of the Pseudo-Boolean Competitions (Roussel and Manquinho, 2012). A
//! variable with more than two values becomes several Boolean ones, weighted by powers of two; the
//! objectives become one, each weighted above all that follow it.

use std::fmt::Write as _;

use crate::{Problem, Var};

/// Writes a problem as OPB. `None` where the joint objective does not fit in 64 bits.
#[must_use]
pub fn opb(problem: &Problem) -> Option<String> {
    let mut bits: Vec<Vec<(usize, i64)>> = Vec::with_capacity(problem.uppers.len());
    let mut count = 0;
    for &upper in &problem.uppers {
        let length = i64::BITS - upper.leading_zeros();
        bits.push((0..length).map(|bit| (count + 1 + bit as usize, 1i64 << bit)).collect());
        count += length as usize;
    }
    let written = |terms: &[(Var, i64)]| -> String {
        let terms = terms.iter().flat_map(|&(var, factor)| {
            bits[var.index()].iter().map(move |&(name, weight)| format!("{:+} x{name} ", factor * weight))
        });
        terms.collect()
    };
    // A variable of two bits may have the value three; its bound says otherwise.
    let bounded = |upper: i64| upper & (upper + 1) != 0;
    let bounds = problem.uppers.iter().filter(|&&upper| bounded(upper)).count();
    let mut text = format!("* #variable= {count} #constraint= {}\n", problem.rows.len() + bounds);
    let objective = joint_objective(problem)?;
    if !objective.is_empty() {
        let _ = writeln!(text, "min: {};", written(&objective));
    }
    for row in &problem.rows {
        let _ = writeln!(text, "{}>= {};", written(&row.terms), row.least);
    }
    for (at, &upper) in (0..).zip(&problem.uppers) {
        if bounded(upper) {
            let _ = writeln!(text, "{}>= {};", written(&[(Var(at), -1)]), -upper);
        }
    }
    Some(text)
}

/// One objective whose optimum is that of all in their order.
pub fn joint_objective(problem: &Problem) -> Option<Vec<(Var, i64)>> {
    let mut joint: Vec<(Var, i64)> = Vec::new();
    let mut weight: i64 = 1;
    for objective in problem.objectives.iter().rev() {
        for &(var, factor) in objective {
            joint.push((var, factor.checked_mul(weight)?));
        }
        let most: i64 = objective.iter().map(|&(var, factor)| factor * problem.uppers[var.index()]).sum();
        weight = weight.checked_mul(most.checked_add(1)?)?;
    }
    joint.sort_by_key(|(var, _)| *var);
    joint.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 = kept.1.saturating_add(next.1);
        }
        same
    });
    joint.iter().all(|(_, factor)| *factor < Problem::MAGNITUDE_MAX).then_some(joint)
}
