//! What the texts and numbers of the format must be.

/// What a text or a number must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text, or any number from 0.
    Plain,
    /// An id.
    Id,
    /// A day of the calendar.
    Day,
    /// A number and a unit of time.
    Period,
    /// A part of a whole.
    Part,
    /// A number or a fraction, which may be more than a whole.
    Rate,
    /// A whole number of at least this.
    Whole(u32),
    /// One of these words; the first of them where nothing is written, if that is so.
    Word {
        /// The words.
        words: &'static [&'static str],
        /// Whether the first is meant where the key is not written.
        first_is_default: bool,
    },
    /// `true` or `false`, with what is meant where nothing is written.
    Flag(bool),
    /// A number, with what is meant where nothing is written.
    Number(&'static str),
}

const fn words(words: &'static [&'static str]) -> Kind {
    Kind::Word { words, first_is_default: false }
}

const fn words_or_first(words: &'static [&'static str]) -> Kind {
    Kind::Word { words, first_is_default: true }
}

/// What a key of a table must be, by the name of the table's type.
#[must_use]
pub fn kind(table: &str, key: &str) -> Kind {
    let of_table = OF_ONE_TABLE.iter().find(|(name, of, _)| (*name, *of) == (table, key));
    let of_any = OF_ANY.iter().find(|(of, _)| *of == key);
    of_table.map(|(_, _, kind)| *kind).or_else(|| of_any.map(|(_, kind)| *kind)).unwrap_or(Kind::Plain)
}

/// Whether a table is refused without the key.
#[must_use]
pub fn is_required(table: &str, key: &str) -> bool {
    REQUIRED.contains(&(table, key))
}

/// Keys that must be something else in one table than in others.
pub const OF_ONE_TABLE: &[(&str, &str, Kind)] = &[
    ("Document", "format", words(&["1"])),
    ("QualificationTable", "measure", words_or_first(&["count", "credits", "cost", "effort"])),
    ("ProfileTable", "measure", words_or_first(&["count", "credits", "cost", "effort"])),
    ("QualificationTable", "grace", words_or_first(&["none", "end of calendar year"])),
    ("QualificationTable", "entry", Kind::Id),
    ("SchemeTable", "exchange", Kind::Rate),
    ("OnAwardTable", "credits", words(&["keep", "consume"])),
    ("EditionsTable", "choose", words(&["entry", "later", "credit", "any"])),
    ("EditionsTable", "last", Kind::Whole(1)),
    ("EditionsTable", "teach_out", Kind::Period),
    ("EditionsTable", "entry", Kind::Id),
    ("WhenTable", "attested", Kind::Id),
    ("QualificationTable", "kind", Kind::Id),
    ("RequirementTable", "over", words(&["counted", "held", "attempted"])),
    ("RequirementTable", "as", words_or_first(&["either", "held", "earned", "maintained"])),
    ("RequirementTable", "at_least", Kind::Number("1")),
    ("RequirementTable", "count", Kind::Whole(1)),
    ("MeasuredLimitTable", "of", Kind::Plain),
    ("AverageTable", "measure", words_or_first(&["credits", "count"])),
    ("MeasuredLimitTable", "measure", words(&["count", "credits"])),
    ("CredentialTable", "credits", Kind::Number("0")),
    ("CredentialTable", "subject", Kind::Plain),
    ("SchemeTable", "rounding", words(&["up", "down", "nearest"])),
    ("SharingTable", "max_purposes", Kind::Whole(1)),
    ("SharingTable", "max_partners", Kind::Whole(1)),
    ("SharingTable", "jointly_with", words(&["recognised", "transferred"])),
    ("HeldFactsTable", "source", words_or_first(&["earned", "recognised", "transferred"])),
    ("HeldFactsTable", "state", words_or_first(&["earned", "in-progress", "planned", "revoked"])),
    ("RuleTestTable", "scenario", words_or_first(&["earned", "in-progress", "planned"])),
    ("AttestedFactsTable", "amount", Kind::Number("1")),
    ("DistinctTable", "at_least", Kind::Whole(1)),
    ("DistinctTable", "at_most", Kind::Whole(0)),
];

/// Keys that must be the same wherever they stand.
const OF_ANY: &[(&str, Kind)] = &[
    ("id", Kind::Id),
    ("edition", Kind::Id),
    ("effective", Kind::Day),
    ("retired", Kind::Day),
    ("on", Kind::Day),
    ("awarded", Kind::Day),
    ("expires", Kind::Day),
    ("valid", Kind::Period),
    ("max_age", Kind::Period),
    ("window", Kind::Period),
    ("fraction", Kind::Part),
    ("choose", Kind::Whole(1)),
    ("repeatable", Kind::Whole(2)),
    ("count", Kind::Whole(0)),
    ("attempt", words_or_first(&["best", "latest"])),
    ("max_age_on", words_or_first(&["audit", "entry"])),
    ("renewed_from", words_or_first(&["renewal", "end"])),
    ("renewal_window", Kind::Period),
    ("valid_after_retirement", Kind::Period),
    ("within", Kind::Period),
    ("until", Kind::Day),
    ("larger_than_room", words_or_first(&["refuse", "truncate"])),
    ("splittable", Kind::Flag(false)),
    ("rounding", words(&["up", "down"])),
    ("offered", Kind::Flag(true)),
    ("advise", Kind::Flag(true)),
    ("optional", Kind::Flag(false)),
    ("banned", Kind::Flag(false)),
    ("looks_into_awards", Kind::Flag(false)),
    ("cost", Kind::Number("0")),
    ("effort", Kind::Number("0")),
    ("award", Kind::Id),
    ("attest", Kind::Id),
    ("credential", Kind::Id),
    ("qualification", Kind::Id),
    ("scheme", Kind::Id),
    ("multiple_of", Kind::Number("0.001")),
    ("key", Kind::Id),
];

/// Keys without which their table is refused.
pub const REQUIRED: &[(&str, &str)] = &[
    ("Document", "format"),
    ("QualificationTable", "id"),
    ("OnAwardTable", "credits"),
    ("OutcomeTable", "id"),
    ("EditionsTable", "choose"),
    ("FrameworkTable", "compare"),
    ("EquivalenceTable", "from"),
    ("EquivalenceTable", "to"),
    ("ExclusionTable", "between"),
    ("SizeTable", "credits"),
    ("SumTable", "of"),
    ("DistinctTable", "by"),
    ("AverageTable", "grade"),
    ("AverageTable", "best"),
    ("ProfileTable", "skills"),
    ("SkillFactsTable", "skill"),
    ("RuleTestTable", "name"),
    ("RuleTestTable", "expect"),
    ("HeldFactsTable", "credential"),
    ("AttestedFactsTable", "key"),
];
