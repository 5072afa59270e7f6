//! What Cairn's tests have in common.

pub mod folder;

pub mod random;
