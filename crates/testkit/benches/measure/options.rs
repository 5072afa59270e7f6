//! What is asked on the command line.

use std::time::Duration;

use crate::{Family, Solver, family};

/// The options of a run.
pub(crate) struct Options {
    pub(crate) count: usize,
    pub(crate) limit: Duration,
    pub(crate) peers: Vec<Solver>,
    pub(crate) write: bool,
    only: Option<Vec<String>>,
}

impl Options {
    pub(crate) fn of(words: &[&str]) -> Options {
        let mut options = Options {
            count: 100,
            limit: Duration::from_secs(10),
            peers: Vec::new(),
            write: false,
            only: None,
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || *words.next().unwrap_or_else(|| panic!("`{word}` needs a value"));
            match *word {
                "--count" => options.count = value().parse().expect("a number"),
                "--limit" => options.limit = Duration::from_secs(value().parse().expect("seconds")),
                "--only" => options.only = Some(value().split(',').map(str::to_owned).collect()),
                "--peers" => {
                    let named = value().split(',');
                    options.peers = named.map(|name| Solver::of(name).expect("a solver")).collect();
                }
                "--write" => options.write = true,
                _ => panic!("`{word}` is not an option"),
            }
        }
        options
    }

    pub(crate) fn families(&self) -> Vec<&'static Family> {
        let is_asked = |family: &&Family| match &self.only {
            Some(names) => names.iter().any(|name| *name == family.name()),
            None => true,
        };
        family::all().iter().filter(is_asked).collect()
    }
}
