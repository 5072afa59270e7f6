//! Findings about rules: a code, the place, what is wrong and how to mend it.

use crate::Span;

mod wording;
pub use wording::is_hidden;
pub(crate) use wording::{quantity, shorten, tick};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The rules cannot be used.
    Error,
    /// The rules can be used; somebody should look.
    Warning,
}

/// One finding about the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of finding; each has a section in `docs/reference/diagnostics.md`.
    pub code: Code,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Places in the text; the first is the main one. A finding about a whole file has none.
    pub labels: Vec<Label>,
    /// How to mend it.
    pub help: Option<String>,
}

/// A place in the text with a word about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there; may be empty.
    pub text: String,
}

impl Diagnostic {
    /// A finding at one place.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            message: message.into(),
            labels: vec![Label { span, text: String::new() }],
            help: None,
        }
    }

    /// The same finding with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// The same finding with words at its main place.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Diagnostic {
        if let Some(label) = self.labels.first_mut() {
            label.text = text.into();
        }
        self
    }

    /// The same finding with one more place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, text: text.into() });
        self
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $variant:ident = $word:literal, $severity:ident;)*) => {
        /// The kinds of finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            /// The code as it is printed and looked up.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Code::$variant => $word,)*
                }
            }

            /// How much a finding of this kind weighs.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self {
                    $(Code::$variant => Severity::$severity,)*
                }
            }

            /// What the code means, in a line.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Code::$variant => concat!($($doc),*).trim_ascii(),)*
                }
            }
        }
    };
}

codes! {
    // Reading.
    /// A file or a set of files is larger than a catalog may be.
    TooLarge = "too-large", Error;
    /// The text is not TOML.
    Syntax = "syntax", Error;
    /// The file names no format, or one that this version does not know.
    Format = "format", Error;
    /// A key that the format does not have.
    UnknownKey = "unknown-key", Error;
    /// A value of another type than the key takes.
    WrongType = "wrong-type", Error;
    /// An id with a character that ids may not have, or a wrong length.
    InvalidId = "invalid-id", Error;
    /// A number, date, period or word that cannot be used.
    InvalidValue = "invalid-value", Error;
    /// Credits of one scheme that are no whole thousandths of the scheme that everything is counted in.
    InexactExchange = "inexact-exchange", Error;
    /// A text with invisible direction marks or control characters.
    HiddenCharacter = "hidden-character", Error;
    /// A key that must be there is not.
    MissingKey = "missing-key", Error;
    /// Keys that exclude each other, or none of those of which one is needed.
    ConflictingKeys = "conflicting-keys", Error;
    /// No file of the folder states any rule.
    NoRules = "no-rules", Error;
    // Linking.
    /// A name that nothing carries.
    UnknownName = "unknown-name", Error;
    /// One id given to two things.
    DuplicateId = "duplicate-id", Error;
    /// Two ids that are hard to tell apart.
    LookAlikeId = "look-alike-id", Warning;
    /// An issuer that is not described, and is spelt almost like one that is.
    LookAlikeIssuer = "look-alike-issuer", Warning;
    /// A name that means more than one thing.
    AmbiguousName = "ambiguous-name", Error;
    /// A condition on an attribute that no credential has.
    UnknownAttribute = "unknown-attribute", Error;
    /// A condition on a value that no credential has.
    UnknownValue = "unknown-value", Warning;
    /// Things that rest on each other in a circle.
    Cycle = "cycle", Error;
    /// A list that must name something names nothing.
    EmptyList = "empty-list", Error;
    /// One thing named twice in a list.
    NamedTwice = "named-twice", Error;
    /// A need of nothing, which everybody meets.
    Vacuous = "vacuous", Error;
    /// A choice of more than there is to choose from.
    ChoiceTooLarge = "choice-too-large", Error;
    // Impossible.
    /// More credentials are asked for than there are.
    ImpossibleCount = "impossible-count", Error;
    /// The least of a limit is more than its most.
    ContradictoryLimits = "contradictory-limits", Error;
    /// The smallest number of a condition is above the largest.
    ContradictoryCondition = "contradictory-condition", Error;
    /// A requirement looks at what is counted, and nothing is ever counted.
    NothingCounted = "nothing-counted", Error;
    /// A qualification that asks for more or less than one of its kind may.
    AwardSize = "award-size", Error;
    /// A qualification of which it cannot be told whether it asks for more or less than it may.
    UnclearSize = "unclear-size", Warning;
    /// A requirement that one more holding can make worse.
    NotMonotone = "not-monotone", Warning;
    // Without effect.
    /// A requirement that its qualification does not ask for.
    UnusedRequirement = "unused-requirement", Error;
    /// A pool that nothing uses.
    UnusedPool = "unused-pool", Warning;
    /// A sharing policy in the file of a qualification that has nothing to do with it.
    UnrelatedSharing = "unrelated-sharing", Error;
    /// An edition that ends before it begins.
    RetiredTooEarly = "retired-too-early", Warning;
    /// A renewal that renews nothing.
    IdleRenewal = "idle-renewal", Warning;
    /// A pool that is not advised, or that is open, and that no requirement takes from.
    IdleAdvice = "idle-advice", Warning;
    /// A list that may be left out, and names nothing.
    IdleList = "idle-list", Warning;
    /// Two equivalences that say different things of one award.
    OverlappingEquivalence = "overlapping-equivalence", Error;
    /// An equivalence that is stated twice.
    RepeatedEquivalence = "repeated-equivalence", Warning;
}
