//! Random catalogs and learners, small enough for the oracle, with every construct of the format.
//!
//! A case is a function of its seed. It is made as rule *text*, so that comparing the engine with
//! the oracle also goes through reading and linking.

use std::{collections::BTreeSet, fmt::Write as _};

use cairn_core::{
    Amount, Attestation, Catalog, Date, Holding, Learner, Scalar, Scenario, Source, SourceFile, State,
};

/// The day of every random question.
pub const AS_OF: Date = Date::constant(2026, 6, 15);

/// A random case.
#[derive(Debug, Clone)]
pub struct Case {
    /// The seed.
    pub seed: u64,
    /// The rule files.
    pub files: Vec<SourceFile>,
    /// The learner.
    pub learner: Learner,
    /// What is taken to be had.
    pub scenario: Scenario,
    /// The constructs that the rules use.
    pub constructs: BTreeSet<&'static str>,
}

impl Case {
    /// The case of a seed.
    #[must_use]
    pub fn of(seed: u64) -> Case {
        Author { dice: Dice::new(seed), constructs: BTreeSet::new() }.case(seed)
    }

    /// The catalog, if the rules are sound; some seeds make a circle, or ask for nothing possible to write.
    #[must_use]
    pub fn catalog(&self) -> Option<Catalog> {
        cairn_core::load(&self.files).catalog
    }

    /// The rules and the learner, for a message.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("seed {}\n", self.seed);
        for file in &self.files {
            let _ = writeln!(text, "# ---- {}\n{}", file.path, file.text);
        }
        let _ = writeln!(text, "{:#?}\n{:?}", self.learner, self.scenario);
        text
    }
}

/// A source of random numbers: splitmix64, whose whole state is its seed.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The numbers of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x1234_5678))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).expect("below a usize")
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of the elements.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A random order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

const CREDITS: [&str; 5] = ["2", "3", "4.5", "6", "3"];

struct Author {
    dice: Dice,
    constructs: BTreeSet<&'static str>,
}

impl Author {
    fn case(mut self, seed: u64) -> Case {
        let credentials = 3 + self.dice.below(2);
        let qualifications = 1 + self.dice.below(3);
        let mut files =
            vec![SourceFile { path: "units.toml".to_owned(), text: self.units(credentials, qualifications) }];
        for at in 0..qualifications {
            let text = self.qualification(at, credentials, qualifications);
            files.push(SourceFile { path: format!("q{at}.toml"), text });
        }
        let learner = self.learner(credentials, qualifications);
        let scenario = if self.dice.once_in(4) { Scenario::Planned } else { Scenario::Earned };
        Case { seed, files, learner, scenario, constructs: self.constructs }
    }

    fn uses(&mut self, construct: &'static str, times: usize) -> bool {
        let uses = self.dice.once_in(times);
        if uses {
            self.constructs.insert(construct);
        }
        uses
    }

    fn units(&mut self, credentials: usize, qualifications: usize) -> String {
        let mut text = "format = 1\n".to_owned();
        for at in 0..credentials {
            let _ = writeln!(text, "[credential.c{at}]\ncredits = {}", self.dice.pick(&CREDITS));
            let _ = writeln!(
                text,
                "kind = \"{}\"\nlevel = {{ x = {} }}",
                self.dice.pick(&["k", "m"]),
                self.dice.below(3)
            );
            let _ = writeln!(
                text,
                "tags = [\"t{}\", \"u\"]\ncost = {}",
                self.dice.below(2),
                1 + self.dice.below(5)
            );
            let _ = writeln!(text, "attributes = {{ live = {} }}", !self.dice.once_in(4));
            if at > 0 && self.uses("requires", 5) {
                let first = self.dice.below(at);
                let alternative = if self.uses("requires one of", 2) {
                    format!(", \"c{}\"", (first + 1) % at)
                } else {
                    String::new()
                };
                let list = if alternative.is_empty() || at == 1 {
                    format!("[\"c{first}\"]")
                } else {
                    format!("[[\"c{first}\"{alternative}]]")
                };
                let _ = writeln!(text, "requires = {list}");
            } else if self.uses("requires a qualification", 25) {
                let _ = writeln!(text, "requires = [\"q{}\"]", qualifications - 1);
            }
            if self.uses("not offered", 8) {
                text.push_str("offered = false\n");
            } else if self.uses("retired", 10) {
                let _ = writeln!(
                    text,
                    "retired = {}",
                    self.dice.pick(&["2026-06-15", "2026-06-16", "2020-01-01"])
                );
            }
            if self.uses("valid", 4) {
                text.push_str("valid = \"1 year\"\n");
                if at > 0 && self.uses("renewed_by", 2) {
                    let _ = writeln!(text, "renewed_by = [\"c{}\"]", self.dice.below(at));
                }
            }
        }
        if self.uses("equivalence", 4) {
            let from = self.dice.below(credentials);
            let to = (from + 1 + self.dice.below(credentials - 1)) % credentials;
            let _ = writeln!(text, "[[equivalence]]\nfrom = \"c{from}\"\nto = \"c{to}\"");
        }
        if self.uses("exclusion", 6) {
            let _ = writeln!(
                text,
                "[[exclusion]]\nbetween = [\"c0\", \"c{}\"]",
                1 + self.dice.below(credentials - 1)
            );
        }
        text
    }

    fn qualification(&mut self, at: usize, credentials: usize, qualifications: usize) -> String {
        let parts = 1 + self.dice.below(3);
        let mut names: Vec<String> = (0..parts).map(|part| format!("r{part}")).collect();
        let mut tables = String::new();
        let mut earned = Vec::new();
        for name in &names {
            self.requirement(name, at, credentials, qualifications, &mut tables, &mut earned);
        }
        if self.dice.once_in(3) {
            names.push(format!("c{}", self.dice.below(credentials)));
        }
        let measure = self.dice.pick(&["count", "credits", "cost", "count"]);
        let mut text = format!("format = 1\n[qualification]\nid = \"q{at}\"\nmeasure = \"{measure}\"\n");
        let quoted: Vec<_> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let list = quoted.join(", ");
        let verb = match self.dice.below(5) {
            0 if self.uses("any", 1) => format!("any = [{list}]"),
            1 if self.uses("choose", 1) => {
                format!("choose = {}\nof = [{list}]", 1 + self.dice.below(names.len()))
            }
            _ => format!("all = [{list}]"),
        };
        let _ = writeln!(text, "{verb}");
        if self.uses("grace", 8) {
            text.push_str("grace = \"end of calendar year\"\n");
        }
        if at > 0 && self.uses("retired qualification", 10) {
            text.push_str("retired = 2026-01-01\n");
        }
        if self.uses("limits of a qualification", 3) {
            let limit = match self.dice.below(4) {
                0 => "{ at_least = { credits = 6 } }",
                1 => "{ at_least = { count = 1 }, where = { level = { x = { min = 1 } } } }",
                2 => "{ at_most = { credits = 7.5 }, where = { kind = \"k\" } }",
                _ => "{ at_most = { count = 2 } }",
            };
            let _ = writeln!(text, "limits = [{limit}]");
        }
        text.push_str(&tables);
        self.pools(credentials, &mut text);
        earned.sort_unstable();
        earned.dedup();
        if let [one, other, ..] = earned[..]
            && self.uses("sharing", 1)
        {
            let bound = self.dice.pick(&[
                "{ count = 0 }",
                "{ count = 1 }",
                "{ credits = 2.5 }",
                "{ count = 1, credits = 4 }",
            ]);
            let _ = writeln!(text, "[[sharing]]\nbetween = [\"q{one}\", \"q{other}\"]\nat_most = {bound}");
        } else if let [one] = earned[..]
            && self.uses("sharing with the whole", 3)
        {
            let bound = self.dice.pick(&["{ count = 0 }", "{ count = 1 }", "{ credits = 2.5 }"]);
            let _ = writeln!(text, "[[sharing]]\nbetween = [\"q{at}\", \"q{one}\"]\nat_most = {bound}");
        }
        text
    }

    fn pools(&mut self, credentials: usize, text: &mut String) {
        let conditions = [
            "kind = \"k\"",
            "level = { x = { min = 1 } }",
            "level = { x = [0, 2] }",
            "live = true",
            "tags = \"t0\"",
            "tags = { none = [\"t0\"] }",
            "tags = { all = [\"t1\", \"u\"] }",
            "credits = { max = 4 }",
        ];
        let _ = write!(text, "[pool.p0]\nwhere = {{ {} }}\n", self.dice.pick(&conditions));
        let named: Vec<_> =
            (0..credentials).filter(|_| !self.dice.once_in(3)).map(|at| format!("\"c{at}\"")).collect();
        if named.is_empty() {
            text.push_str("[pool.p1]\nwhere = { tags = \"u\" }\n");
        } else {
            let _ = write!(text, "[pool.p1]\nof = [{}]\n", named.join(", "));
        }
        if self.uses("not_in", 3) {
            text.push_str("not_in = [\"p0\"]\n");
        }
    }

    fn requirement(
        &mut self,
        name: &str,
        at: usize,
        credentials: usize,
        qualifications: usize,
        text: &mut String,
        earned: &mut Vec<usize>,
    ) {
        let _ = writeln!(text, "[requirement.{name}]");
        let awards = if qualifications == 3 && at == 0 { 7 } else { 2 };
        match self.dice.below(12) {
            roll if roll < awards && at + 1 < qualifications => {
                let other = at + 1 + self.dice.below(qualifications - at - 1);
                let mode = self.dice.pick(&["held", "earned", "either", "earned"]);
                self.constructs.insert(match mode {
                    "held" => "award held",
                    "earned" => "award earned",
                    _ => "award either",
                });
                if mode != "held" {
                    earned.push(other);
                }
                let _ = writeln!(text, "award = \"q{other}\"\nas = \"{mode}\"");
            }
            8 if self.uses("attest", 1) => {
                let _ = writeln!(
                    text,
                    "attest = \"hours\"\nat_least = {}",
                    self.dice.pick(&["1", "40", "120.5"])
                );
            }
            9 if self.uses("any of credentials", 1) => {
                let first = self.dice.below(credentials);
                let _ = writeln!(text, "any = [\"c{first}\", \"c{}\"]", (first + 1) % credentials);
            }
            10 if self.uses("overlay", 1) => {
                let over = if self.uses("over held", 3) { "held" } else { "counted" };
                let _ = writeln!(text, "over = \"{over}\"");
                if self.uses("layer", 2) {
                    text.push_str("layer = \"l\"\n");
                }
                self.take(text);
            }
            11 if self.uses("optional", 1) => {
                let _ = writeln!(
                    text,
                    "optional = true\nfrom = [\"p0\", \"p1\"]\nlimits = [{{ at_most = {{ credits = 5 }} }}]"
                );
            }
            _ => self.take(text),
        }
    }

    fn take(&mut self, text: &mut String) {
        let from = self.dice.pick(&["\"p0\"", "\"p1\"", "[\"p0\", \"p1\"]"]);
        let credits = self.uses("take credits", 2);
        let need = if credits {
            self.dice.pick(&["credits = 3", "credits = 7.5", "credits = 5"])
        } else {
            self.dice.pick(&["count = 1", "count = 2", "count = 2"])
        };
        let _ = writeln!(text, "{need}\nfrom = {from}");
        if !self.constructs.contains("two needs") && credits && self.uses("two needs", 6) {
            text.push_str("count = 2\n");
        }
        if self.uses("limits", 3) {
            let limits = [
                "{ at_most = { count = 1 }, from = \"p0\" }",
                "{ at_most = { credits = 5 } }",
                "{ at_least = { count = 1 }, where = { kind = \"m\" } }",
                "{ at_least = { credits = 4 }, from = \"p1\" }",
                "{ at_most = { count = 0 }, where = { live = false } }",
            ];
            let _ = writeln!(text, "limits = [{}]", self.dice.pick(&limits));
        }
        if self.uses("min_grade", 8) {
            text.push_str("min_grade = 2.5\n");
        }
        if self.uses("max_age", 8) {
            text.push_str("max_age = \"2 years\"\n");
        }
    }

    fn learner(&mut self, credentials: usize, qualifications: usize) -> Learner {
        let mut learner = Learner::new("ada".parse().expect("an id"));
        for _ in 0..self.dice.below(5) {
            let name = match self.dice.below(12) {
                0 => format!("q{}", self.dice.below(qualifications)),
                1 => "unknown".to_owned(),
                _ => format!("c{}", self.dice.below(credentials)),
            };
            let holding = self.holding(&name);
            learner.holdings.push(holding);
        }
        if self.dice.once_in(3) {
            learner.attestations.push(Attestation {
                key: "hours".parse().expect("a key"),
                amount: Amount::whole(20 * (1 + u32::try_from(self.dice.below(4)).expect("small"))),
                on: self.dice.once_in(2).then_some(Date::constant(2026, 6, 16)),
                evidence: None,
            });
        }
        learner
    }

    fn holding(&mut self, name: &str) -> Holding {
        let days = [
            (2026, 1, 10),
            (2025, 6, 15),
            (2025, 6, 14),
            (2024, 6, 15),
            (2024, 2, 29),
            (2026, 6, 15),
            (2026, 6, 16),
        ];
        let mut holding = Holding::of(name.parse().expect("an id"));
        let day = |(year, month, day)| Date::constant(year, month, day);
        holding.awarded = (!self.dice.once_in(4)).then(|| day(self.dice.pick(&days)));
        holding.expires = self.dice.once_in(6).then(|| day(self.dice.pick(&days)));
        holding.grade =
            self.dice.once_in(2).then(|| self.dice.pick(&["2", "2.5", "4"]).parse().expect("a grade"));
        holding.credits =
            self.dice.once_in(8).then(|| self.dice.pick(&["1.5", "8"]).parse().expect("credits"));
        if self.dice.once_in(6) {
            holding.attributes.insert("live".to_owned(), vec![Scalar::Flag(self.dice.once_in(2))]);
        }
        holding.source = self.dice.pick(Source::ALL);
        if self.dice.once_in(6) {
            holding.state = self.dice.pick(State::ALL);
        }
        holding
    }
}
