-- What learners hold. Truth is `learner_event`; every other learner table can be rebuilt from it.
--
-- Portable on purpose: INTEGER, TEXT and BLOB only, the learner first in every key, nothing that
-- the database computes by itself. docs/decisions/0010-storage-shape.md has the reasons, and
-- tests/storage/sql_rules.rs enforces the rules.

-- Which migrations made this file, and the SHA-256 of their text.
CREATE TABLE schema_migration (
    version INTEGER NOT NULL,
    checksum BLOB NOT NULL,
    PRIMARY KEY (version)
) STRICT, WITHOUT ROWID;

-- One row: the secret under which learner ids are derived.
CREATE TABLE store (
    store_no INTEGER NOT NULL,
    learner_key BLOB NOT NULL,
    PRIMARY KEY (store_no)
) STRICT, WITHOUT ROWID;

-- The head of one learner, rewritten by every change.
CREATE TABLE learner (
    learner_id BLOB NOT NULL,
    external_id TEXT NOT NULL,
    name TEXT,
    head_seq INTEGER NOT NULL,
    head_hash BLOB NOT NULL,
    state_hash BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (learner_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX learner_external_id ON learner (external_id, learner_id);

-- Truth: append-only. `hash` covers the previous hash and every other column.
CREATE TABLE learner_event (
    learner_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    event_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    schema_v INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    payload TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (learner_id, seq)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX learner_event_once ON learner_event (learner_id, event_id);

-- Current belief. Days count from 1970-01-01, amounts are thousandths, `attributes` is canonical JSON.
CREATE TABLE holding (
    learner_id BLOB NOT NULL,
    holding_no INTEGER NOT NULL,
    credential TEXT NOT NULL,
    awarded_on INTEGER,
    expires_on INTEGER,
    grade_milli INTEGER,
    credits_milli INTEGER,
    issuer TEXT,
    source TEXT NOT NULL,
    state TEXT NOT NULL,
    evidence TEXT,
    attributes TEXT NOT NULL,
    event_seq INTEGER NOT NULL,
    PRIMARY KEY (learner_id, holding_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE attestation (
    learner_id BLOB NOT NULL,
    attestation_no INTEGER NOT NULL,
    attestation_key TEXT NOT NULL,
    amount_milli INTEGER NOT NULL,
    counts_from INTEGER,
    evidence TEXT,
    event_seq INTEGER NOT NULL,
    PRIMARY KEY (learner_id, attestation_no)
) STRICT, WITHOUT ROWID;
