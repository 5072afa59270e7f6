//! Bounds that are narrowed along a proof, and undone.

use crate::Var;

/// Lower and upper bounds of all variables, with what they were before.
pub(super) struct Limits {
    pub(super) now: Vec<(i128, i128)>,
    pub(super) before: Vec<(usize, (i128, i128))>,
    /// How many variables have no value left.
    pub(super) impossible: usize,
}

impl Limits {
    pub(super) fn of(uppers: &[i64]) -> Limits {
        Limits {
            now: uppers.iter().map(|&upper| (0, upper.into())).collect(),
            before: Vec::new(),
            impossible: 0,
        }
    }

    pub(super) fn narrow(&mut self, var: usize, lower: i128, upper: i128) {
        let old = self.now[var];
        let new = (old.0.max(lower), old.1.min(upper));
        if new != old {
            self.before.push((var, old));
            self.set(var, new);
        }
    }

    fn set(&mut self, var: usize, new: (i128, i128)) {
        let old = std::mem::replace(&mut self.now[var], new);
        self.impossible -= usize::from(old.0 > old.1);
        self.impossible += usize::from(new.0 > new.1);
    }

    pub(super) fn undo(&mut self, length: usize) {
        while self.before.len() > length {
            if let Some((var, old)) = self.before.pop() {
                self.set(var, old);
            }
        }
    }
}

/// A case still to be shown: how much had been narrowed above it, and what it narrows itself.
pub(super) struct Open {
    pub(super) length: usize,
    pub(super) narrowed: Option<(usize, i128, i128)>,
}

/// The most that terms can come to within limits.
pub(super) fn most(mut terms: impl Iterator<Item = (Var, i64)>, limits: &Limits) -> Option<i128> {
    terms.try_fold(0i128, |most, (var, factor)| {
        let (lower, upper) = limits.now[var.index()];
        let part = i128::from(factor).checked_mul(if factor > 0 { upper } else { lower })?;
        most.checked_add(part)
    })
}
