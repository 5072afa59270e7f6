//! Random rule files. Every key of the format occurs.

use cairn_core::SourceFile;

use super::{Constructs, Dice};

// What stands in the one file that is about all.
mod units;

mod scheme;

mod credentials;

mod equivalence;

mod exclusion;

mod editions;

// What stands in the file of a qualification.
mod qualification;

mod group;

mod requirement;

mod award;

mod overlay;

mod take;

mod parts;

mod limits;

mod average;

mod when;

mod order;

mod pools;

mod condition;

mod outcome;

mod sharing;

/// Writes one catalog.
pub(super) struct Author {
    pub(super) dice: Dice,
    pub(super) constructs: Constructs,
    pub(super) credentials: usize,
    /// The code and the edition of each qualification.
    pub(super) qualifications: Vec<(String, Option<&'static str>)>,
    /// The qualification that is being written.
    within: Option<String>,
    /// Whether credits may be stated in several schemes.
    pub(super) has_schemes: bool,
}

/// What the root asks for.
type Names = Vec<String>;

impl Author {
    pub(super) fn new(seed: u64) -> Author {
        let mut dice = Dice::new(seed);
        let credentials = 3 + usize::from(dice.once_in(4));
        let mut qualifications = Vec::new();
        for at in 0..1 + dice.below(3) {
            qualifications.push((format!("q{at}"), dice.once_in(6).then_some("e1")));
        }
        if let [_, one, other] = &mut qualifications[..]
            && dice.once_in(6)
        {
            (one.1, *other) = (Some("e1"), (one.0.clone(), Some("e2")));
        }
        Author {
            dice,
            constructs: Constructs::new(),
            credentials,
            qualifications,
            within: None,
            has_schemes: false,
        }
    }

    pub(super) fn files(&mut self) -> Vec<SourceFile> {
        let mut files = vec![SourceFile { path: "units.toml".to_owned(), text: self.units() }];
        for at in 0..self.qualifications.len() {
            self.within = Some(self.id(at));
            let text = self.qualification(at);
            files.push(SourceFile { path: format!("q{at}.toml"), text });
            self.within = None;
        }
        files.extend(self.common_policy());
        files
    }

    /// The id of a qualification with its edition.
    fn id(&self, at: usize) -> String {
        let (code, edition) = &self.qualifications[at];
        edition.map_or_else(|| code.clone(), |edition| format!("{code}@{edition}"))
    }

    /// How other files name a qualification: shortly, where that is clear.
    pub(super) fn name(&mut self, at: usize) -> String {
        let code = &self.qualifications[at].0;
        let is_clear = self.qualifications.iter().filter(|other| other.0 == *code).count() == 1;
        if is_clear && self.dice.once_in(2) { code.clone() } else { self.id(at) }
    }

    pub(super) fn note(&mut self, construct: &'static str) {
        self.constructs.entry(self.within.clone()).or_default().insert(construct);
    }

    pub(super) fn uses(&mut self, construct: &'static str, times: usize) -> bool {
        let uses = self.dice.once_in(times);
        if uses {
            self.note(construct);
        }
        uses
    }
}

/// Those of the names that are requirements beside the root.
fn requirements(names: &Names) -> Names {
    names.iter().filter(|name| name.starts_with('r')).cloned().collect()
}
