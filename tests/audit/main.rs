//! Examples of audits: small rules, one behaviour each.
//!
//! A record is written as one line a holding: the credential, then facts as `key=value`. A line
//! that begins with `shows` is an attestation. The day is 2026-06-15.

mod record;

mod advice;

mod counting;

mod facts;

mod open;

mod awards;

mod looking;

mod reaching;

mod refused;

mod limits;

mod parts;

mod recognition;

mod levels;

mod when;

mod same;

mod order;

mod sharing;

mod used_up;

mod shown;

mod tested;
