//! The forms in which findings and outcomes of tests are printed.

use clap::ValueEnum;

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingFormat {
    /// With the lines of the rules.
    Text,
    /// A line each.
    Concise,
    /// For programs.
    Json,
}

/// How outcomes of tests are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TestFormat {
    /// For people: what was expected, what came, and why.
    Text,
    /// For programs.
    Json,
    /// For build servers.
    Junit,
}
