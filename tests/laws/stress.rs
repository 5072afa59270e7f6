//! Families that are hard for a search.
