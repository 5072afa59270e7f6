//! Random rule files. Every key of the format occurs.

use std::fmt::Write as _;

use cairn_core::SourceFile;

use super::{Constructs, Dice};

/// Writes one catalog.
pub(super) struct Author {
    pub(super) dice: Dice,
    pub(super) constructs: Constructs,
    pub(super) credentials: usize,
    /// The code and the edition of each qualification.
    pub(super) qualifications: Vec<(String, Option<&'static str>)>,
    /// The qualification that is being written.
    within: Option<String>,
}

/// What can be asked of attributes; every attribute is one that all credentials have.
const CONDITIONS: [(&str, &str); 16] = [
    ("test.one", "kind = \"k\""),
    ("test.list", "kind = [\"k\", \"m\"]"),
    ("test.min", "level = { x = { min = 1 } }"),
    ("test.list", "level = { x = [0, 2] }"),
    ("test.one", "live = true"),
    ("test.one", "tags = \"t0\""),
    ("test.none", "tags = { none = [\"t0\"] }"),
    ("test.all", "tags = { all = [\"t1\", \"u\"] }"),
    ("test.max", "credits = { max = 4 }"),
    ("test.min", "credits = { min = 2.5, max = 5 }"),
    ("test.any", "track = { any = [\"a\", 7] }"),
    ("test.one", "issuer = \"x\""),
    ("test.one", "subject = \"s0\""),
    ("test.none", "kind = { any = [\"k\"] }, tags = { none = [\"t1\"] }"),
    ("where source", "source = [\"recognised\", \"transferred\"]"),
    ("where source", "source = { none = [\"recognised\"] }"),
];

/// A qualification with so many leaves gets no more.
const LEAVES_MAX: usize = 3;

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
        Author { dice, constructs: Constructs::new(), credentials, qualifications, within: None }
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

    pub(super) fn condition(&mut self) -> &'static str {
        let (construct, text) = self.dice.pick(&CONDITIONS);
        self.note(construct);
        text
    }

    /// Credentials, and what is said about several of them.
    fn units(&mut self) -> String {
        let mut text = "format = 1\n".to_owned();
        let mut last = String::new();
        for at in 0..self.credentials {
            // Now and then two that no rule can tell apart.
            let is_like_last = at > 0 && self.dice.once_in(10) && !last.contains("repeatable");
            let unit = match is_like_last {
                true => {
                    last.replacen(&format!("[credential.c{}]", at - 1), &format!("[credential.c{at}]"), 1)
                }
                false => {
                    let mut unit = String::new();
                    self.unit(at, &mut unit);
                    unit
                }
            };
            text.push_str(&unit);
            last = unit;
        }
        let other = |author: &mut Author, one: usize| {
            (one + 1 + author.dice.below(author.credentials - 1)) % author.credentials
        };
        if self.uses("equivalence", 4) {
            let from = self.dice.below(self.credentials);
            let to = other(self, from);
            let _ = writeln!(text, "[[equivalence]]\nfrom = \"c{from}\"\nto = \"c{to}\"");
            self.equivalence(&mut text);
            if self.uses("equivalence, two steps", 3) {
                let next = other(self, to);
                let _ = writeln!(text, "[[equivalence]]\nfrom = \"c{to}\"\nto = \"c{next}\"");
                self.equivalence(&mut text);
            }
        }
        if self.uses("exclusion", 6) {
            let one = self.dice.below(self.credentials);
            let list = if self.uses("exclusion of three", 3) {
                "\"c0\", \"c1\", \"c2\"".to_owned()
            } else {
                format!("\"c{one}\", \"c{}\"", other(self, one))
            };
            let _ = writeln!(text, "[[exclusion]]\nbetween = [{list}]");
        }
        let editions = self.qualifications.iter().find(|(_, edition)| edition.is_some());
        if let Some((code, _)) = editions.cloned()
            && self.uses("choice of editions", 1)
        {
            let _ = writeln!(text, "[editions.{code}]");
            let keys = self.dice.pick(&[
                "choose = \"entry\"\nentry = \"licence\"",
                "choose = \"later\"",
                "choose = \"later\"\nwithin = \"5 months\"",
                "choose = \"credit\"",
                "choose = \"any\"",
            ]);
            let more = self.dice.pick(&[
                "",
                "",
                "last = 1",
                "teach_out = \"12 months\"",
                "teach_out = \"300 days\"",
            ]);
            let _ = writeln!(text, "{keys}\n{more}");
        }
        if self.uses("issuer", 4) {
            text.push_str("[issuer.x]\ntitle = \"College X\"\nurl = \"https://x.example\"\n");
        }
        text
    }

    /// What limits an equivalence.
    fn equivalence(&mut self, text: &mut String) {
        if self.uses("equivalence, dated", 3) {
            let days = [
                "effective = 2025-06-15",
                "until = 2026-06-14",
                "effective = 2024-03-01\nuntil = 2026-06-15",
            ];
            let _ = writeln!(text, "{}", self.dice.pick(&days));
        }
        if self.uses("equivalence, a part", 3) {
            let _ = writeln!(text, "credits = {}", self.dice.pick(&["1", "1.5"]));
        }
        self.only_toward("equivalence, only toward", 4, text);
    }

    fn only_toward(&mut self, construct: &'static str, times: usize, text: &mut String) {
        if self.uses(construct, times) {
            let at = self.dice.below(self.qualifications.len());
            let name = if self.dice.once_in(2) { self.qualifications[at].0.clone() } else { self.name(at) };
            let _ = writeln!(text, "only_toward = [\"{name}\"]");
        }
    }

    fn unit(&mut self, at: usize, text: &mut String) {
        let dice = &mut self.dice;
        let _ = writeln!(text, "[credential.c{at}]\ntitle = \"Unit {at}\"");
        let _ = writeln!(text, "kind = \"{}\"\nlevel = {{ x = {} }}", dice.pick(&["k", "m"]), dice.below(3));
        let _ = writeln!(text, "tags = [\"t{}\", \"u\"]\nsubject = \"s{}\"", dice.below(2), dice.below(2));
        let _ = writeln!(text, "issuer = \"{}\"\ncost = {}", dice.pick(&["x", "y"]), 1 + dice.below(5));
        let _ = writeln!(text, "effort = {}", dice.pick(&["0", "10", "12.5"]));
        let track = dice.pick(&["\"a\"", "[\"a\", \"b\"]", "[\"b\", 7]"]);
        let points = dice.pick(&["1", "2.5", "[1, 4]", "0"]);
        let _ = writeln!(
            text,
            "attributes = {{ live = {}, track = {track}, points = {points} }}",
            !dice.once_in(4)
        );
        if at == 0 || !self.uses("no credits", 12) {
            let credits = self.dice.pick(&["2", "3", "4.5", "6", "3"]);
            let _ = writeln!(text, "credits = {credits}");
        }
        self.prerequisites(at, text);
        if self.uses("not offered", 8) {
            text.push_str("offered = false\n");
        } else if self.uses("retired credential", 8) {
            let day = self.dice.pick(&["2026-06-15", "2026-06-16", "2020-01-01"]);
            let _ = writeln!(text, "retired = {day}");
            if self.uses("valid after retirement", 2) {
                let period = self.dice.pick(&["7 years", "2357 days", "2 years", "1 day"]);
                let _ = writeln!(text, "valid_after_retirement = \"{period}\"");
            }
        }
        self.only_toward("credential, only toward", 12, text);
        // Each time is one more credential for the oracle to try.
        if at == 1 && self.credentials == 3 && self.uses("repeatable", 4) {
            text.push_str("repeatable = 2\n");
        }
        if self.uses("valid", 4) {
            let period = self.dice.pick(&["1 year", "12 months", "400 days"]);
            let _ = writeln!(text, "valid = \"{period}\"");
            if self.uses("renewed_by", 2) {
                let _ = writeln!(text, "renewed_by = [\"c{}\"]", self.dice.below(self.credentials));
                if self.uses("renewal window", 3) {
                    let window = self.dice.pick(&["6 months", "1 day", "300 days"]);
                    let _ = writeln!(text, "renewal_window = \"{window}\"");
                }
                if self.uses("renewed from the end", 3) {
                    text.push_str("renewed_from = \"end\"\n");
                }
            }
        }
    }

    fn prerequisites(&mut self, at: usize, text: &mut String) {
        if at > 0 && self.uses("requires", 5) {
            let first = self.dice.below(at);
            let list = if at > 1 && self.uses("requires one of", 2) {
                format!("[[\"c{first}\", \"c{}\"]]", (first + 1) % at)
            } else {
                format!("[\"c{first}\"]")
            };
            let _ = writeln!(text, "requires = {list}");
        } else if self.uses("requires a qualification", 16) {
            let last = self.name(self.qualifications.len() - 1);
            let _ = writeln!(text, "requires = [\"{last}\"]");
        }
    }

    fn qualification(&mut self, at: usize) -> String {
        let mut tables = String::new();
        let mut names = Names::new();
        let mut earned = Vec::new();
        if self.qualifications.len() == 3 && at == 0 && self.dice.once_in(3) {
            for other in [1, 2] {
                let mode = self.dice.pick(&["earned", "either", "earned"]);
                names.push(format!("a{other}"));
                self.award(&format!("a{other}"), other, mode, &mut tables, &mut earned);
            }
        }
        // The oracle tries every requirement for every holding: a few of them must do.
        for part in 0..1 + self.dice.below(3) {
            if tables.matches("from = ").count() < LEAVES_MAX {
                self.requirement(&format!("r{part}"), at, &mut tables, &mut names, &mut earned);
            }
        }
        if names.is_empty() || self.dice.once_in(4) {
            self.note("credential by name");
            names.push(format!("c{}", self.dice.below(self.credentials)));
        }
        if at + 1 < self.qualifications.len() && self.uses("qualification by name", 12) {
            let other = self.name(at + 1);
            earned.push(at + 1);
            names.push(other);
        }
        let mut text = self.head(at);
        let _ = writeln!(text, "{}", self.group(&names));
        if self.uses("limits of a qualification", 3) {
            let limit = self.dice.pick(&[
                "{ at_least = { credits = 6 } }",
                "{ at_least = { count = 1 }, where = { level = { x = { min = 1 } } } }",
                "{ at_most = { credits = 7.5 }, where = { kind = \"k\" } }",
                "{ at_least = { count = 1, credits = 4 }, from = \"p1\" }",
                "{ at_most = { count = 2 } }",
            ]);
            let limit = if self.dice.once_in(2) { limit } else { self.wide_limit() };
            let _ = writeln!(text, "limits = [{limit}]");
        }
        if self.uses("average of a qualification", 10) {
            let average = self.average();
            let _ = writeln!(text, "average = {average}");
        }
        text.push_str(&tables);
        let written: Names = names.iter().filter(|name| name.starts_with('r')).cloned().collect();
        self.outcome(&written, &mut text);
        self.pools(&mut text);
        if self.uses("on_award", 5) {
            text.push_str("[on_award]\ncredits = \"consume\"\n");
        }
        earned.sort_unstable();
        earned.dedup();
        self.sharing(at, &earned, &mut text);
        text
    }

    fn head(&mut self, at: usize) -> String {
        let (code, edition) = self.qualifications[at].clone();
        let measure = self.dice.pick(&["count", "credits", "cost", "effort", "count"]);
        let mut text = format!("format = 1\n[qualification]\nid = \"{code}\"\nmeasure = \"{measure}\"\n");
        if let Some(edition) = edition {
            self.note("edition");
            let effective = if edition == "e1" { "2020-01-01" } else { "2025-06-15" };
            let _ = writeln!(text, "edition = \"{edition}\"\neffective = {effective}");
        }
        if self.dice.once_in(4) {
            text.push_str(
                "title = \"A title\"\nissuer = \"x\"\nlevel = { x = 3 }\nsource = \"https://x.example\"\n",
            );
        }
        if self.uses("grace", 8) {
            text.push_str("grace = \"end of calendar year\"\n");
        }
        if self.uses("latest attempt", 8) {
            text.push_str("attempt = \"latest\"\n");
        }
        if self.uses("max_age on entry", 8) {
            text.push_str("max_age_on = \"entry\"\nentry = \"licence\"\n");
        }
        if at > 0 && self.uses("retired qualification", 10) {
            text.push_str("retired = 2026-01-01\n");
        }
        text
    }

    /// `all`, `any` or `choose` over names.
    pub(super) fn group(&mut self, names: &[String]) -> String {
        let quoted: Vec<_> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let list = quoted.join(", ");
        match self.dice.below(5) {
            0 if self.uses("any", 1) => format!("any = [{list}]"),
            1 if self.uses("choose", 1) => {
                format!("choose = {}\nof = [{list}]", 1 + self.dice.below(names.len()))
            }
            _ => format!("all = [{list}]"),
        }
    }

    fn pools(&mut self, text: &mut String) {
        let condition = self.condition();
        let _ = write!(text, "[pool.p0]\nwhere = {{ {condition} }}\n");
        let named: Vec<_> =
            (0..self.credentials).filter(|_| !self.dice.once_in(3)).map(|at| format!("\"c{at}\"")).collect();
        if named.is_empty() {
            text.push_str("[pool.p1]\nwhere = { tags = \"u\" }\n");
        } else {
            self.note("pool of");
            let _ = write!(text, "[pool.p1]\nof = [{}]\n", named.join(", "));
        }
        if self.uses("not_in", 3) {
            text.push_str("not_in = [\"p0\"]\n");
        }
        if self.uses("pool that is not advised", 10) {
            text.push_str("advise = false\n");
        }
    }

    /// Writes a requirement, or two that belong together, and names them.
    fn requirement(
        &mut self,
        name: &str,
        at: usize,
        text: &mut String,
        names: &mut Names,
        earned: &mut Vec<usize>,
    ) {
        let others: Names = names.iter().filter(|name| name.starts_with('r')).cloned().collect();
        names.push(name.to_owned());
        let credential = |author: &mut Author| author.dice.below(author.credentials);
        match self.dice.below(14) {
            0 | 1 if at + 1 < self.qualifications.len() => {
                let other = at + 1 + self.dice.below(self.qualifications.len() - at - 1);
                let mode = self.dice.pick(&["held", "earned", "either", "", "held", "maintained"]);
                self.award(name, other, mode, text, earned);
            }
            2 if self.uses("attest", 1) => {
                let amount = self.dice.pick(&["at_least = 1", "at_least = 40\nunit = \"hours\"", ""]);
                let key = self.dice.pick(&["hours", "hours", "licence"]);
                let _ = writeln!(text, "[requirement.{name}]\nattest = \"{key}\"\n{amount}");
            }
            3 | 4 if self.uses("group of credentials", 1) => {
                let first = credential(self);
                let list = [format!("c{first}"), format!("c{}", (first + 1) % self.credentials)];
                let group = self.group(&list);
                let _ = writeln!(text, "[requirement.{name}]\ntitle = \"Some units\"\n{group}");
            }
            5 if self.uses("group of requirements", 1) => {
                let children = [format!("{name}x"), format!("{name}y")];
                for child in &children {
                    if self.uses("overlay in a group", 6) {
                        let from = self.dice.pick(&["\"p0\"", "\"p1\""]);
                        let need = self.dice.pick(&["count = 1", "credits = 4"]);
                        let _ = writeln!(
                            text,
                            "[requirement.{child}]\nover = \"counted\"\n{need}\nfrom = {from}"
                        );
                        continue;
                    }
                    let _ = writeln!(text, "[requirement.{child}]");
                    self.take(text);
                }
                let all = if self.uses("same", 2) {
                    let by = self.dice.pick(&["subject", "track", "kind", "track"]);
                    format!("same = \"{by}\"\neach = [\"{}\"]", children.join("\", \""))
                } else {
                    self.group(&children)
                };
                let _ = writeln!(text, "[requirement.{name}]\n{all}");
            }
            6 | 7 => self.overlay(name, text, names),
            8 if self.uses("optional", 1) => {
                let _ = writeln!(text, "[requirement.{name}]\noptional = true\nfrom = [\"p0\", \"p1\"]");
                let cap = self.dice.pick(&["{ credits = 5 }", "{ count = 1 }"]);
                let _ = writeln!(text, "limits = [{{ at_most = {cap} }}]");
            }
            _ => {
                let _ = writeln!(text, "[requirement.{name}]");
                self.take(text);
            }
        }
        self.when(&others, text);
    }

    fn award(&mut self, name: &str, other: usize, mode: &str, text: &mut String, earned: &mut Vec<usize>) {
        self.note(match mode {
            "held" => "award held",
            "earned" => "award earned",
            "either" => "award either",
            "maintained" => "award maintained",
            _ => "award without a mode",
        });
        if mode != "held" {
            earned.push(other);
        }
        let id = self.name(other);
        let _ = writeln!(text, "[requirement.{name}]\naward = \"{id}\"");
        if !mode.is_empty() {
            let _ = writeln!(text, "as = \"{mode}\"");
        }
    }

    fn overlay(&mut self, name: &str, text: &mut String, names: &mut Names) {
        if self.uses("over attempted", 5) {
            return self.attempts(name, text);
        }
        let over = self.dice.pick(&["held", "counted"]);
        let twins = self.dice.once_in(3);
        self.note(match (over, twins) {
            ("held", false) => "over held",
            ("held", true) => "over held, two in a layer",
            (_, false) => "over counted",
            (_, true) => "over counted, two in a layer",
        });
        let layer = if twins || self.uses("layer", 3) { "layer = \"l\"\n" } else { "" };
        let mut all = vec![name.to_owned()];
        if twins {
            all.push(format!("{name}b"));
            names.push(format!("{name}b"));
        }
        for name in all {
            let _ = writeln!(text, "[requirement.{name}]\nover = \"{over}\"\n{layer}count = 1");
            let _ = writeln!(text, "from = {}", self.dice.pick(&["\"p0\"", "\"p1\"", "[\"p0\", \"p1\"]"]));
            if self.uses("overlay with an average", 8) {
                let average = self.average();
                let _ = writeln!(text, "average = {average}");
            }
            if self.uses("overlay with a window", 10) {
                text.push_str("window = \"1 year\"\n");
            }
            if self.uses("overlay with distinct", 10) {
                text.push_str("distinct = { by = \"subject\", at_least = 2 }\n");
            }
            if self.dice.once_in(3) {
                self.note(if over == "held" { "over held, capped" } else { "over counted, capped" });
                let cap = self.dice.pick(&["{ credits = 4.5 }", "{ count = 1 }", "{ credits = 3 }"]);
                let _ = writeln!(text, "limits = [{{ at_most = {cap} }}]");
            }
        }
    }

    /// A limit over everything counted that is a part of something, or for each value.
    fn wide_limit(&mut self) -> &'static str {
        let (construct, text) = self.dice.pick(&[
            (
                "fraction of what is required, of a qualification",
                "{ at_least = { credits = 7 } }, { at_least = { fraction = \"1/3\", of = \"required\", measure = \"credits\" }, where = { kind = \"m\" } }",
            ),
            (
                "fraction of what is required, of a qualification",
                "{ at_least = { credits = 7, count = 1 } }, { at_most = { fraction = 0.5, of = \"required\", measure = \"credits\", rounding = \"up\" }, where = { source = \"transferred\" } }",
            ),
            (
                "fraction of what is counted, of a qualification",
                "{ at_most = { fraction = \"1/2\", of = \"counted\", measure = \"credits\" }, where = { kind = \"k\" } }",
            ),
            (
                "fraction of what is counted, of a qualification",
                "{ at_least = { fraction = \"2/3\", of = \"counted\", measure = \"count\" }, from = \"p1\" }",
            ),
            ("per in a limit of a qualification", "{ at_most = { credits = 5 }, per = \"subject\" }"),
            ("per in a limit of a qualification", "{ at_least = { count = 1 }, per = \"subject\" }"),
            ("sum in a limit", "{ at_least = { sum = 4, of = \"points\" } }"),
        ]);
        self.note(construct);
        text
    }

    /// A limit of a requirement that is a part of something, of points, or for each value.
    fn special_limit(&mut self, need: &str) -> String {
        let measure = if need.contains("credits") { "credits" } else { "count" };
        let part = self.dice.pick(&["1/2", "1/3", "2/3", "0.25"]);
        let bound = self.dice.pick(&["at_least", "at_most"]);
        let from =
            self.dice.pick(&["from = \"p1\"", "where = { kind = \"k\" }", "where = { source = \"earned\" }"]);
        match self.dice.below(7) {
            0 | 1 if !need.contains("sum") && self.uses("fraction of what is required", 1) => {
                let rounding = self.dice.pick(&["", ", rounding = \"up\"", ", rounding = \"down\""]);
                format!(
                    "{{ {bound} = {{ fraction = \"{part}\", of = \"required\", measure = \"{measure}\"{rounding} }}, {from} }}"
                )
            }
            2 | 3 if self.uses("fraction of what is counted", 1) => format!(
                "{{ {bound} = {{ fraction = \"{part}\", of = \"counted\", measure = \"{measure}\" }}, {from} }}"
            ),
            4 if self.uses("sum in a limit", 1) => self
                .dice
                .pick(&[
                    "{ at_most = { sum = 5, of = \"points\" } }",
                    "{ at_least = { sum = 2, of = \"points\" }, from = \"p1\" }",
                ])
                .to_owned(),
            _ => {
                let (construct, limit) = self.dice.pick(&[
                    ("per, at most", "{ at_most = { count = 1 }, per = \"subject\" }"),
                    ("per, at most", "{ at_most = { credits = 5 }, per = \"track\" }"),
                    ("per, at least", "{ at_least = { count = 1 }, per = \"subject\" }"),
                    (
                        "per, at least",
                        "{ at_least = { credits = 3 }, per = \"kind\", where = { live = true } }",
                    ),
                ]);
                self.note(construct);
                limit.to_owned()
            }
        }
    }

    fn attempts(&mut self, name: &str, text: &mut String) {
        let need = self.dice.pick(&["optional = true", "optional = true", "count = 2", "credits = 5"]);
        let from = self.dice.pick(&["\"p0\"", "\"p1\"", "[\"p0\", \"p1\"]"]);
        let _ = writeln!(text, "[requirement.{name}]\nover = \"attempted\"\n{need}\nfrom = {from}");
        if need.starts_with("optional") || self.dice.once_in(2) {
            self.note("over attempted, average");
            let average = self.average();
            let _ = writeln!(text, "average = {average}");
        }
        if self.dice.once_in(4) {
            text.push_str("distinct = { by = \"subject\", at_least = 2 }\n");
        }
    }

    fn average(&mut self) -> String {
        let measure = self.dice.pick(&["", ", measure = \"credits\"", ", measure = \"count\""]);
        let part = self.dice.pick(&["", "", ", from = \"p1\"", ", where = { source = \"earned\" }"]);
        format!("{{ grade = {}, best = 4{measure}{part} }}", self.dice.pick(&["3", "2.5", "3.9"]))
    }

    fn take(&mut self, text: &mut String) {
        if self.dice.once_in(if text.contains("splittable") { 2 } else { 10 }) {
            return self.parts(text);
        }
        let from = self.dice.pick(&["\"p0\"", "\"p1\"", "[\"p0\", \"p1\"]"]);
        let need = match self.dice.below(7) {
            0 if self.uses("two needs", 1) => "credits = 5\ncount = 2",
            1..4 if self.uses("take credits", 1) => {
                self.dice.pick(&["credits = 3", "credits = 7.5", "credits = 5"])
            }
            4 if self.uses("sum", 2) => self.dice.pick(&[
                "sum = { of = \"points\", at_least = 4 }",
                "sum = { of = \"points\", at_least = 2.5, at_most = 5 }",
                "sum = { of = \"points\", at_least = 3 }\ncount = 2",
            ]),
            _ => self.dice.pick(&["count = 1", "count = 2", "count = 2"]),
        };
        let _ = writeln!(text, "{need}\nfrom = {from}");
        if self.uses("limits", 3) {
            let limits = [
                "{ at_most = { count = 1 }, from = \"p0\" }",
                "{ at_most = { credits = 5 } }",
                "{ at_least = { count = 1 }, where = { kind = \"m\" } }",
                "{ at_least = { credits = 4 }, from = \"p1\" }",
                "{ at_most = { count = 0 }, where = { live = false } }",
                "{ at_least = { count = 1, credits = 2.5 }, at_most = { credits = 9 }, from = [\"p0\", \"p1\"] }",
            ];
            let plain = "{ at_most = 3 }, { at_least = 1, from = \"p1\" }";
            let limit = if !need.contains('\n') && self.uses("limits in the own measure", 4) {
                plain
            } else {
                self.dice.pick(&limits)
            };
            let limit = if self.dice.once_in(2) { limit.to_owned() } else { self.special_limit(need) };
            let _ = writeln!(text, "limits = [{limit}]");
        }
        if self.uses("distinct", 7) {
            let distinct = self.dice.pick(&[
                "{ by = \"subject\", at_least = 2 }",
                "{ by = \"subject\", at_most = 1 }",
                "{ by = \"track\", at_least = 2, at_most = 2 }",
                "[{ by = \"kind\", at_least = 2 }, { by = \"track\", at_least = 3 }]",
            ]);
            let _ = writeln!(text, "distinct = {distinct}");
        }
        if self.uses("average", 7) {
            let average = self.average();
            let _ = writeln!(text, "average = {average}");
        }
        if self.uses("window", 7) {
            let window = self.dice.pick(&["6 months", "1 year", "365 days", "18 months"]);
            let _ = writeln!(text, "window = \"{window}\"");
        }
        if self.uses("min_grade", 8) {
            text.push_str("min_grade = 2.5\n");
        }
        if self.uses("max_age", 8) {
            text.push_str("max_age = \"2 years\"\n");
        }
        if self.uses("requirement that is not advised", 16) {
            text.push_str("advise = false\n");
        }
    }
}
