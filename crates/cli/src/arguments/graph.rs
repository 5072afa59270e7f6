//! What is asked of the graph.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(crate) struct GraphArguments {
    /// Only these qualifications and what they rest on.
    pub(crate) qualifications: Vec<String>,
    /// The form of the drawing.
    #[arg(long, value_enum, default_value_t = GraphFormat::Svg)]
    pub(crate) format: GraphFormat,
    /// Draw the requirements between credentials and qualifications too.
    #[arg(long)]
    pub(crate) requirements: bool,
    /// Write to this file instead of the screen.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// The shortest way from one credential or qualification to another, and what every way passes.
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"], conflicts_with_all = ["qualifications", "bottlenecks", "layers"])]
    pub(crate) ladder: Vec<String>,
    /// What no completion can do without, and what holds the catalog together.
    #[arg(long, conflicts_with = "layers")]
    pub(crate) bottlenecks: bool,
    /// The layers: each thing above everything that it rests on.
    #[arg(long)]
    pub(crate) layers: bool,
}

/// The form of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormat {
    /// A picture.
    Svg,
    /// For Graphviz.
    Dot,
    /// For Mermaid.
    Mermaid,
    /// For programs.
    Json,
}
