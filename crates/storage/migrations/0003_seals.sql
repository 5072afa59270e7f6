-- Seals: what the whole store was at an instant, in one hash that can be kept elsewhere. Each covers
-- the seal before it and the heads that have moved since, so that events cut off at the end of a
-- log, or a log that was written anew, are found as well.

CREATE TABLE seal (
    seal_no INTEGER NOT NULL,
    sealed_at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    heads INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (seal_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE sealed_head (
    learner_id BLOB NOT NULL,
    seal_no INTEGER NOT NULL,
    head_seq INTEGER NOT NULL,
    head_hash BLOB NOT NULL,
    PRIMARY KEY (learner_id, seal_no)
) STRICT, WITHOUT ROWID;

CREATE INDEX sealed_head_seal ON sealed_head (seal_no, learner_id);

-- The key (learner_id, seq) and the reading of all ids before a write keep an event from being
-- recorded twice; an index that says the same once more only costs a third of every import.
DROP INDEX learner_event_once;
