//! What Cairn's tests have in common: the folders of `pathways/`, random cases, real qualifications
//! in number, families that are hard, answers to compare.

pub mod folder;

pub mod random;

pub mod scale;

pub mod families;

pub mod answer;
