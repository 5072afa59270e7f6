//! Families of cases that are hard for a search, as rule text and a learner.
//!
//! Each is a function of a seed and goes the way of every rule file. What is missing can always be
//! earned, a credit at a time, so what remains is the least shortfall. Where that is known
//! otherwise, the case says so.

use cairn_core::{Amount, Catalog, Learner, SourceFile};

use crate::random::Dice;

mod draft;
use draft::Draft;

// What is known otherwise.
mod matching;

mod sums;

// The families.
mod choices;

mod credits;

mod joint;

mod places;

mod stacked;

/// One case of a family.
#[derive(Debug, Clone)]
pub struct Case {
    /// The rule files.
    pub files: Vec<SourceFile>,
    /// The learner.
    pub learner: Learner,
    /// What remains, in the measure of the qualification `q`, where that is known otherwise.
    pub optimum: Option<Amount>,
}

impl Case {
    /// The catalog, which has no finding.
    #[must_use]
    pub fn catalog(&self) -> Catalog {
        let loading = cairn_core::load(&self.files);
        assert_eq!(loading.findings, [], "{}", self.files[0].text);
        loading.catalog.expect("without findings there is a catalog")
    }
}

/// A family: its name, what it is, and how a case is made of random numbers.
#[derive(Debug, Clone, Copy)]
pub struct Family {
    /// Its name.
    pub name: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    make: fn(&mut Dice) -> Case,
}

impl Family {
    /// The case of a seed.
    #[must_use]
    pub fn case(&self, seed: u64) -> Case {
        (self.make)(&mut Dice::new(seed))
    }
}

/// All families.
pub const ALL: &[Family] = &[
    Family {
        name: "nested",
        about: "60 holdings of 3 credits, 40 leaves, nested choices, five overlapping pools",
        make: choices::nested,
    },
    Family {
        name: "tight-planted",
        about: "50 holdings of 2 to 6 credits, 10 credit pools; demand is supply and up to 3 more",
        make: credits::tight_planted,
    },
    Family {
        name: "tight-random",
        about: "50 holdings of 2 to 6 credits, 10 credit pools and 10 places; demand is nearly supply",
        make: credits::tight_random,
    },
    Family {
        name: "pigeonhole-30",
        about: "30 different holdings for 31 places",
        make: |_| places::pigeonhole(30),
    },
    Family {
        name: "pigeonhole-100",
        about: "100 different holdings for 101 places",
        make: |_| places::pigeonhole(100),
    },
    Family {
        name: "pigeonhole-300",
        about: "300 different holdings for 301 places",
        make: |_| places::pigeonhole(300),
    },
    Family {
        name: "two-of-7",
        about: "two overlapping \"3 of 7\"",
        make: |dice| places::overlapping(dice, 2, 7),
    },
    Family {
        name: "two-of-60",
        about: "two overlapping \"20 of 60\"",
        make: |dice| places::overlapping(dice, 2, 60),
    },
    Family {
        name: "three-of-20",
        about: "three overlapping \"6 of 20\"",
        make: |dice| places::overlapping(dice, 3, 20),
    },
    Family {
        name: "three-of-60",
        about: "three overlapping \"20 of 60\"",
        make: |dice| places::overlapping(dice, 3, 60),
    },
    Family { name: "bipartite", about: "60 holdings, each for 2 to 4 of 55 places", make: places::bipartite },
    Family {
        name: "correlated",
        about: "60 holdings in six groups that are accepted alike, for 30 requirements",
        make: places::correlated,
    },
    Family {
        name: "knapsack-2",
        about: "30 holdings of 2 to 6 credits, two credit pools for all; demand is supply",
        make: |dice| credits::knapsack(dice, 2),
    },
    Family {
        name: "knapsack-3",
        about: "the same with three pools",
        make: |dice| credits::knapsack(dice, 3),
    },
    Family { name: "knapsack-5", about: "the same with five pools", make: |dice| credits::knapsack(dice, 5) },
    Family {
        name: "heavy30",
        about: "30 holdings of 2 to 6 credits for 40 requirements of 2 to 6",
        make: credits::heavy,
    },
    Family {
        name: "choices",
        about: "20 `any` of three pairs, all out of 40 shared holdings",
        make: choices::choices,
    },
    Family {
        name: "stacked",
        about: "12 certificates of 3 components, 20 places, a certificate or its components",
        make: stacked::stacked,
    },
    Family {
        name: "joint",
        about: "three qualifications that may share 6 credits, 24 holdings of 2 to 6 credits",
        make: joint::joint,
    },
];

/// The family of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Family> {
    ALL.iter().find(|family| family.name == name)
}
