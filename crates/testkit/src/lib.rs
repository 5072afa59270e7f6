//! What Cairn's tests have in common: the folders of `pathways/`, random cases, answers to compare.

pub mod folder;

pub mod random;

pub mod answer;
