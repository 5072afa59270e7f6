//! What is said about rules: every finding, its place, its words, and that hostile rules harm nobody.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

mod support;

// Each kind of finding.
mod reading;

mod linking;

mod circles;

mod editions;

mod impossible;

mod without_effect;

mod limits;

mod sizes;

mod sharing;

mod schemes;

mod beside;

mod skills;

mod codes;

// What holds for all of them.
mod several;

mod hostile;

mod hostile_numbers;

mod large;

mod mutated;

// Rules that people have.
mod shipped;

mod reference;

mod schema;
