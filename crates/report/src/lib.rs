//! What people and programs are shown: sentences, tables, pictures, JSON.
//!
//! An engine's answer becomes a [`report`]: plain, public and versioned. A report becomes text
//! here, JSON through serde, and later pages, all with the same words: every sentence that a
//! person reads is made in [`words`].

pub mod words;

pub mod report;
pub use report::{
    AuditReport, CatalogReport, CompletionsReport, EditionView, JointReport, LearnerReport, OverviewReport,
    TestsReport, WhatIfReport,
};

pub mod text;

pub mod drawing;

pub mod schema;
