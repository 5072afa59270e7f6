//! Every statement that the store runs, word for word. Values are parameters, always.

pub(crate) const STORE_KEY: &str = "SELECT learner_key FROM store WHERE store_no = 1";

pub(crate) const INSERT_STORE: &str = "INSERT INTO store (store_no, learner_key) VALUES (1, $1)";

#[cfg(feature = "postgres")]
pub(crate) const SERVER_TABLES: &str = "
SELECT COUNT(*) FROM information_schema.tables
WHERE table_schema = current_schema() AND table_name = 'schema_migration'";

pub(crate) const MIGRATIONS: &str = "SELECT version, checksum FROM schema_migration ORDER BY version";

pub(crate) const INSERT_MIGRATION: &str = "INSERT INTO schema_migration (version, checksum) VALUES ($1, $2)";

pub(crate) const HEAD: &str = "
SELECT learner_id, external_id, name, head_seq, head_hash, state_hash, updated_at
FROM learner WHERE learner_id = $1";

pub(crate) const HEADS_AFTER: &str = "
SELECT learner_id, external_id, name, head_seq, head_hash, state_hash, updated_at
FROM learner WHERE learner_id > $1 ORDER BY learner_id LIMIT $2";

pub(crate) const SAVE_HEAD: &str = "
INSERT INTO learner (learner_id, external_id, name, head_seq, head_hash, state_hash, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (learner_id) DO UPDATE SET name = excluded.name, head_seq = excluded.head_seq,
head_hash = excluded.head_hash, state_hash = excluded.state_hash, updated_at = excluded.updated_at";

pub(crate) const LISTED: &str = "
SELECT external_id, name, updated_at,
(SELECT COUNT(*) FROM holding WHERE holding.learner_id = learner.learner_id)
FROM learner WHERE external_id > $1 ORDER BY external_id LIMIT $2";

pub(crate) const NOTED: &str = "
SELECT external_id FROM learner
WHERE learner_id IN (SELECT learner_id FROM learner_event WHERE kind = $1) ORDER BY external_id";

pub(crate) const EVENTS: &str = "
SELECT seq, event_id, kind, schema_v, recorded_at, actor, reason, payload, hash
FROM learner_event WHERE learner_id = $1 ORDER BY seq";

pub(crate) const EVENT_IDS: &str = "SELECT event_id FROM learner_event WHERE learner_id = $1";

pub(crate) const INSERT_EVENT: &str = "
INSERT INTO learner_event
(learner_id, seq, event_id, kind, schema_v, recorded_at, actor, reason, payload, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

pub(crate) const HOLDINGS: &str = "
SELECT holding_no, credential, awarded_on, expires_on, grade_milli, credits_milli, issuer, source,
state, evidence, attributes, components, event_seq, scheme
FROM holding WHERE learner_id = $1 ORDER BY holding_no";

pub(crate) const SAVE_HOLDING: &str = "
INSERT INTO holding (learner_id, holding_no, credential, awarded_on, expires_on, grade_milli,
credits_milli, issuer, source, state, evidence, attributes, components, event_seq, scheme)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
ON CONFLICT (learner_id, holding_no) DO UPDATE SET state = excluded.state, event_seq = excluded.event_seq";

pub(crate) const ATTESTATIONS: &str = "
SELECT attestation_no, attestation_key, amount_milli, counts_from, evidence, event_seq
FROM attestation WHERE learner_id = $1 ORDER BY attestation_no";

pub(crate) const INSERT_ATTESTATION: &str = "
INSERT INTO attestation
(learner_id, attestation_no, attestation_key, amount_milli, counts_from, evidence, event_seq)
VALUES ($1, $2, $3, $4, $5, $6, $7)";

pub(crate) const ORPHANS: &str = "
SELECT (SELECT COUNT(*) FROM learner_event
WHERE learner_id NOT IN (SELECT learner_id FROM learner))
+ (SELECT COUNT(*) FROM holding
WHERE learner_id NOT IN (SELECT learner_id FROM learner))
+ (SELECT COUNT(*) FROM attestation
WHERE learner_id NOT IN (SELECT learner_id FROM learner))";

pub(crate) const LOGS_AFTER: &str = "
SELECT DISTINCT learner_id FROM learner_event WHERE learner_id > $1 ORDER BY learner_id LIMIT $2";

pub(crate) const DELETE_HEAD: &str = "DELETE FROM learner WHERE learner_id = $1";

pub(crate) const DELETE_HOLDINGS: &str = "DELETE FROM holding WHERE learner_id = $1";

pub(crate) const DELETE_ATTESTATIONS: &str = "DELETE FROM attestation WHERE learner_id = $1";

pub(crate) const DELETE_ORPHANED_HOLDINGS: &str = "
DELETE FROM holding WHERE learner_id NOT IN (SELECT learner_id FROM learner)";

pub(crate) const DELETE_ORPHANED_ATTESTATIONS: &str = "
DELETE FROM attestation WHERE learner_id NOT IN (SELECT learner_id FROM learner)";

pub(crate) const HEADS_WITHOUT_LOG: &str = "
SELECT external_id FROM learner WHERE learner_id NOT IN (SELECT learner_id FROM learner_event)";

pub(crate) const SEALS: &str = "
SELECT seal_no, sealed_at, actor, reason, heads, hash FROM seal ORDER BY seal_no";

pub(crate) const INSERT_SEAL: &str = "
INSERT INTO seal (seal_no, sealed_at, actor, reason, heads, hash) VALUES ($1, $2, $3, $4, $5, $6)";

pub(crate) const SEAL_HEADS: &str = "
INSERT INTO sealed_head (learner_id, seal_no, head_seq, head_hash)
SELECT learner_id, $1, head_seq, head_hash FROM learner
WHERE NOT EXISTS (SELECT 1 FROM sealed_head
WHERE sealed_head.learner_id = learner.learner_id AND sealed_head.head_seq = learner.head_seq)";

pub(crate) const SEALED_HEADS: &str = "
SELECT learner_id, head_seq, head_hash FROM sealed_head WHERE seal_no = $1 ORDER BY learner_id";

pub(crate) const LOST_HEADS: &str = "
SELECT learner.external_id, sealed_head.learner_id, sealed_head.head_seq FROM sealed_head
LEFT JOIN learner_event ON learner_event.learner_id = sealed_head.learner_id
AND learner_event.seq = sealed_head.head_seq AND learner_event.hash = sealed_head.head_hash
LEFT JOIN learner ON learner.learner_id = sealed_head.learner_id
WHERE learner_event.hash IS NULL
ORDER BY sealed_head.learner_id, sealed_head.head_seq LIMIT 1000";

pub(crate) const INSERT_EDITION: &str = "
INSERT INTO edition
(edition_hash, label, effective_from, recorded_at, actor, reason, content, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (edition_hash) DO NOTHING";

pub(crate) const EDITIONS: &str = "
SELECT edition_hash, label, effective_from, recorded_at, actor, reason, hash
FROM edition ORDER BY effective_from, recorded_at, edition_hash";

pub(crate) const EDITION: &str = "SELECT content FROM edition WHERE edition_hash = $1";

pub(crate) const COPY_INTO: &str = "VACUUM INTO $1";

pub(crate) const DELETE_EVENTS_AFTER: &str = "
DELETE FROM learner_event WHERE seq > COALESCE((SELECT MAX(earlier.seq) FROM learner_event AS earlier
WHERE earlier.learner_id = learner_event.learner_id AND earlier.recorded_at <= $1), 0)";

pub(crate) const DELETE_SEALS_AFTER: &str = "DELETE FROM seal WHERE sealed_at > $1";

pub(crate) const DELETE_EDITIONS_AFTER: &str = "DELETE FROM edition WHERE recorded_at > $1";

pub(crate) const DELETE_HEADS_OF_SEALS: &str = "
DELETE FROM sealed_head WHERE seal_no NOT IN (SELECT seal_no FROM seal)";

pub(crate) const DELETE_HEADS: &str = "DELETE FROM learner";
