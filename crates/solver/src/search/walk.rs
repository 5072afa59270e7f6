//! Better solutions by a walk from the best known one, a variable at a time.
//!
//! Rows that are broken pull: of the moves that would mend one of them, the one is made that mends the
//! most, counted by the weights of the rows ("tight moves", Lin, Cai, Zou and Lin 2023). Where none mends more
//! than it breaks, a move is made with a second one that mends what it broke; and where that does not
//! help either, the broken rows weigh more from then on ("breakout", Morris 1993). It is at its best where
//! a division is at its worst: sums that must come out exactly, and do in a great many ways. It proves
//! nothing, and is the same every time.

use std::cmp::Reverse;

use crate::{
    reduce::{Bounds, propagate},
    search::{Search, dice::Dice},
};

/// A walk of more moves begins anew.
const MOVES_MAX: usize = 20_000;

/// So many broken rows are looked at before a move is made, and so many moves for each.
const ROWS: usize = 4;
const MOVES: usize = 60;

/// So many moves are tried with a second one.
const PAIRS: usize = 20;

struct Walk<'s, 'p> {
    search: &'s Search<'p>,
    bounds: &'s Bounds,
    /// The factors of each variable, by row, in rows that are not settled.
    columns: Vec<Vec<(usize, i64)>>,
    values: Vec<i64>,
    /// By how much each row is more than it must be.
    spare: Vec<i64>,
    weights: Vec<i64>,
    /// The rows that do not hold, and the place of each among them.
    broken: Vec<usize>,
    place: Vec<Option<usize>>,
    /// The last move of each variable.
    moved: Vec<usize>,
    now: usize,
}

/// A new value for a variable. Of moves that are worth the same, the greatest is the one whose variable
/// has rested longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Move {
    worth: i64,
    last: Reverse<usize>,
    var: usize,
    value: i64,
}

impl Search<'_> {
    /// Walks from the best known solution to a better one, in so many moves at most.
    pub(super) fn walk(&self, root: &Bounds, moves_max: usize, dice: &mut Dice) -> Option<Vec<i64>> {
        let (values, _) = self.best.as_ref()?;
        let mut bounds = root.clone();
        propagate(&self.rows, &self.incidence, &mut bounds, None, &mut Vec::new()).ok()?;
        let mut moves_left = moves_max;
        let mut from = values;
        while moves_left > 0 {
            let moves = moves_left.min(MOVES_MAX);
            moves_left -= moves;
            let mut walk = Walk::new(self, &bounds, from);
            from = &bounds.lower;
            if walk.arrives(moves, dice) {
                return Some(walk.values);
            }
        }
        None
    }
}

impl<'s, 'p> Walk<'s, 'p> {
    fn new(search: &'s Search<'p>, bounds: &'s Bounds, values: &[i64]) -> Walk<'s, 'p> {
        // Bounds of the root may be narrower than a solution that is known from elsewhere.
        let within = |(var, &value): (usize, &i64)| value.clamp(bounds.lower[var], bounds.upper[var]);
        let values: Vec<i64> = values.iter().enumerate().map(within).collect();
        let rows = search.rows.len();
        let mut walk = Walk {
            search,
            bounds,
            columns: vec![Vec::new(); values.len()],
            spare: vec![0; rows],
            weights: vec![1; rows],
            broken: Vec::new(),
            place: vec![None; rows],
            moved: vec![0; values.len()],
            now: 0,
            values,
        };
        for (at, row) in search.rows.iter().enumerate().filter(|(_, row)| !bounds.settles(row)) {
            for &(var, factor) in &row.terms {
                walk.columns[var.index()].push((at, factor));
            }
            let sum: i64 = row.terms.iter().map(|&(var, factor)| factor * walk.values[var.index()]).sum();
            walk.set(at, sum - row.least);
        }
        walk
    }

    /// Whether every row holds after so many moves at most.
    fn arrives(&mut self, moves: usize, dice: &mut Dice) -> bool {
        for now in 1..=moves {
            if self.broken.is_empty() {
                return true;
            }
            self.now = now;
            if let Some(best) = self.best(dice).filter(|best| best.worth > 0) {
                self.make(best);
            } else if let Some(both) = self.pair(dice) {
                both.into_iter().for_each(|one| self.make(one));
            } else {
                self.broken.iter().for_each(|&row| self.weights[row] += 1);
                let row = self.one_broken(dice);
                if let Some(one) = self.moves(row, dice).max() {
                    self.make(one);
                }
            }
        }
        self.broken.is_empty()
    }

    fn one_broken(&self, dice: &mut Dice) -> usize {
        self.broken[dice.below(self.broken.len())]
    }

    /// The best of some moves that mend some of the broken rows.
    fn best(&self, dice: &mut Dice) -> Option<Move> {
        let rows = self.broken.len().min(ROWS);
        let best = |_| self.moves(self.one_broken(dice), dice).take(MOVES).max();
        (0..rows).filter_map(best).max()
    }

    /// The moves toward what a broken row demands, from somewhere in it on.
    fn moves(&self, row: usize, dice: &mut Dice) -> impl Iterator<Item = Move> + use<'_, 's, 'p> {
        let terms = &self.search.rows[row].terms;
        let first = dice.below(terms.len().max(1));
        terms[first..].iter().chain(&terms[..first]).filter_map(move |&(var, factor)| {
            let var = var.index();
            let value = self.toward(row, var, factor);
            (value != self.values[var]).then(|| self.to(var, value))
        })
    }

    /// The value of a variable that mends a row, or does the most for it.
    fn toward(&self, row: usize, var: usize, factor: i64) -> i64 {
        let by = (factor.abs() - 1 - self.spare[row]) / factor.abs() * factor.signum();
        (self.values[var] + by).clamp(self.bounds.lower[var], self.bounds.upper[var])
    }

    /// What a move is worth: the weights of the rows that it mends less those that it breaks, and half
    /// where it only brings them nearer or takes them further away.
    fn to(&self, var: usize, value: i64) -> Move {
        let by = value - self.values[var];
        let worth = |&(row, factor): &(usize, i64)| {
            let (before, after) = (self.spare[row], self.spare[row] + factor * by);
            let halves = match (before < 0, after < 0) {
                (true, false) => 2,
                (false, true) => -2,
                (true, true) => (after - before).signum(),
                (false, false) => 0,
            };
            halves * self.weights[row]
        };
        let worth = self.columns[var].iter().map(worth).sum();
        Move { worth, last: Reverse(self.moved[var]), var, value }
    }

    /// A move for a broken row, and one for a row that it breaks, which together mend more than they break.
    fn pair(&mut self, dice: &mut Dice) -> Option<[Move; 2]> {
        let row = self.one_broken(dice);
        let firsts: Vec<Move> = self.moves(row, dice).take(PAIRS).collect();
        let mut best: Option<(i64, [Move; 2])> = None;
        for first in firsts {
            let before = self.values[first.var];
            let by = first.value - before;
            let breaks =
                |&&(row, factor): &&(usize, i64)| self.spare[row] >= 0 && self.spare[row] + factor * by < 0;
            let Some(&(broken, _)) = self.columns[first.var].iter().find(breaks) else { continue };
            self.shift(first.var, by);
            let terms = self.search.rows[broken].terms.iter().filter(|(var, _)| var.index() != first.var);
            let seconds = terms.map(|&(var, factor)| (var.index(), self.toward(broken, var.index(), factor)));
            let seconds = seconds.filter(|&(var, value)| value != self.values[var]);
            let second = seconds.map(|(var, value)| self.to(var, value)).max();
            self.shift(first.var, -by);
            best = best.max(second.map(|second| (first.worth + second.worth, [first, second])));
        }
        best.filter(|(worth, _)| *worth > 0).map(|(_, both)| both)
    }

    /// Moves a variable for a look only.
    fn shift(&mut self, var: usize, by: i64) {
        self.values[var] += by;
        for &(row, factor) in &self.columns[var] {
            self.spare[row] += factor * by;
        }
    }

    fn make(&mut self, Move { var, value, .. }: Move) {
        let by = value - self.values[var];
        self.values[var] = value;
        self.moved[var] = self.now;
        for at in 0..self.columns[var].len() {
            let (row, factor) = self.columns[var][at];
            self.set(row, self.spare[row] + factor * by);
        }
    }

    /// Notes what a row has to spare.
    fn set(&mut self, row: usize, spare: i64) {
        self.spare[row] = spare;
        match (self.place[row], spare < 0) {
            (None, true) => {
                self.place[row] = Some(self.broken.len());
                self.broken.push(row);
            }
            (Some(at), false) => {
                self.place[row] = None;
                self.broken.swap_remove(at);
                if let Some(&moved) = self.broken.get(at) {
                    self.place[moved] = Some(at);
                }
            }
            _ => {}
        }
    }
}
