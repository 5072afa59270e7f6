//! Pictures of catalogs: what they look like, and the laws that all of them keep.

mod rules;

mod formats;

mod laws;

mod scale;
