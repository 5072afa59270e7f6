//! What Cairn's tests have in common: the folders of `pathways/`, rules in one text, random cases, real
//! qualifications in number, families that are hard, answers to compare.

pub mod folder;

pub mod text;

pub mod random;

pub mod scale;

pub mod families;

pub mod answer;
