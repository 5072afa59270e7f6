//! Rows that follow from others for whole numbers, though not for fractions.

use crate::{Row, Var};

/// A row over what is open within the root's bounds. Every whole-number point within them that
/// satisfies the row satisfies this one: constants are moved, both sides are divided and the right
/// one rounded up, and a coefficient above the need counts no more than the need.
pub(super) fn strengthened(row: &Row, root: &[(i128, i128)]) -> Option<Row> {
    let mut least = i128::from(row.least);
    let mut terms: Vec<(Var, i128)> = Vec::with_capacity(row.terms.len());
    for &(var, factor) in &row.terms {
        let (lower, upper) = root[var.index()];
        if lower == upper {
            least = least.checked_sub(i128::from(factor).checked_mul(lower)?)?;
        } else {
            terms.push((var, factor.into()));
        }
    }
    divide(&mut terms, &mut least);
    let mut need = least;
    for (var, factor) in &terms {
        need = need.checked_sub(factor.checked_mul(root[var.index()].0)?)?;
    }
    if need > 0
        && terms.iter().all(|(_, factor)| *factor > 0)
        && terms.iter().any(|(_, factor)| *factor > need)
    {
        for (var, factor) in &mut terms {
            let cut = (*factor).min(need);
            least = least.checked_sub((*factor - cut).checked_mul(root[var.index()].0)?)?;
            *factor = cut;
        }
        divide(&mut terms, &mut least);
    }
    let terms = terms.into_iter().map(|(var, factor)| Some((var, i64::try_from(factor).ok()?)));
    Some(Row { terms: terms.collect::<Option<_>>()?, least: i64::try_from(least).ok()? })
}

fn divide(terms: &mut [(Var, i128)], least: &mut i128) {
    let divisor = terms.iter().fold(0, |divisor, (_, factor)| gcd(divisor, *factor));
    if divisor > 1 {
        terms.iter_mut().for_each(|(_, factor)| *factor /= divisor);
        *least = ceiling(*least, divisor);
    }
}

pub(super) fn ceiling(number: i128, divisor: i128) -> i128 {
    number.div_euclid(divisor) + i128::from(number.rem_euclid(divisor) != 0)
}

pub(super) fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.abs()
}
