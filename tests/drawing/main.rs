//! Pictures of catalogs: what they look like, and the laws that all of them keep.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

mod rules;

mod formats;

mod laws;

mod scale;
