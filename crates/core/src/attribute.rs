//! Attributes of credentials and holdings, and the conditions that rules put on them.

use std::{collections::BTreeMap, fmt};

use crate::Amount;

/// One value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scalar {
    /// `true` or `false`.
    Flag(bool),
    /// An exact decimal.
    Number(Amount),
    /// A text.
    Text(String),
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scalar::Flag(flag) => write!(f, "{flag}"),
            Scalar::Number(number) => write!(f, "{number}"),
            Scalar::Text(text) => f.write_str(text),
        }
    }
}

/// Attributes by name; an attribute may have several values (`track = ["infra", "app"]`).
///
/// Besides the names an author chooses there are the built-in ones: `kind`, `issuer`, `subject`,
/// `tags`, `credits`, and `level.FRAMEWORK` for each framework.
pub type Attributes = BTreeMap<String, Vec<Scalar>>;

/// A condition on one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The attribute's name, for example `track` or `level.aqf`.
    pub attribute: String,
    /// What its values must satisfy.
    pub test: Test,
}

/// What the values of an attribute must satisfy. All parts that are given must hold.
///
/// An attribute that is absent has no values: `any_of`, `all_of` and the bounds fail, `none_of` holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Test {
    /// At least one value is one of these.
    pub any_of: Option<Vec<Scalar>>,
    /// Each of these is a value.
    pub all_of: Option<Vec<Scalar>>,
    /// No value is one of these.
    pub none_of: Option<Vec<Scalar>>,
    /// Some number among the values lies within both bounds, themselves included.
    pub at_least: Option<Amount>,
    /// See `at_least`.
    pub at_most: Option<Amount>,
}
