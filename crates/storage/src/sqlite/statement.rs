//! Every statement that the store runs, word for word. Values are parameters, always.

pub(super) const STORE_KEY: &str = "SELECT learner_key FROM store WHERE store_no = 1";

pub(super) const INSERT_STORE: &str = "INSERT INTO store (store_no, learner_key) VALUES (1, ?1)";

pub(super) const MIGRATIONS: &str = "SELECT version, checksum FROM schema_migration ORDER BY version";

pub(super) const INSERT_MIGRATION: &str = "INSERT INTO schema_migration (version, checksum) VALUES (?1, ?2)";

pub(super) const HEAD: &str = "
SELECT learner_id, external_id, name, head_seq, head_hash, state_hash, updated_at
FROM learner WHERE learner_id = ?1";

pub(super) const HEADS_AFTER: &str = "
SELECT learner_id, external_id, name, head_seq, head_hash, state_hash, updated_at
FROM learner WHERE learner_id > ?1 ORDER BY learner_id LIMIT ?2";

pub(super) const SAVE_HEAD: &str = "
INSERT INTO learner (learner_id, external_id, name, head_seq, head_hash, state_hash, updated_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (learner_id) DO UPDATE SET name = excluded.name, head_seq = excluded.head_seq,
head_hash = excluded.head_hash, state_hash = excluded.state_hash, updated_at = excluded.updated_at";

pub(super) const LISTED: &str = "
SELECT external_id, name, updated_at,
(SELECT COUNT(*) FROM holding WHERE holding.learner_id = learner.learner_id)
FROM learner WHERE external_id > ?1 ORDER BY external_id LIMIT ?2";

pub(super) const EVENTS: &str = "
SELECT seq, event_id, kind, schema_v, recorded_at, actor, reason, payload, hash
FROM learner_event WHERE learner_id = ?1 ORDER BY seq";

pub(super) const EVENT_IDS: &str = "SELECT event_id FROM learner_event WHERE learner_id = ?1";

pub(super) const INSERT_EVENT: &str = "
INSERT INTO learner_event
(learner_id, seq, event_id, kind, schema_v, recorded_at, actor, reason, payload, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

pub(super) const HOLDINGS: &str = "
SELECT holding_no, credential, awarded_on, expires_on, grade_milli, credits_milli, issuer, source,
state, evidence, attributes, components, event_seq
FROM holding WHERE learner_id = ?1 ORDER BY holding_no";

pub(super) const SAVE_HOLDING: &str = "
INSERT INTO holding (learner_id, holding_no, credential, awarded_on, expires_on, grade_milli,
credits_milli, issuer, source, state, evidence, attributes, components, event_seq)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
ON CONFLICT (learner_id, holding_no) DO UPDATE SET state = excluded.state, event_seq = excluded.event_seq";

pub(super) const ATTESTATIONS: &str = "
SELECT attestation_no, attestation_key, amount_milli, counts_from, evidence, event_seq
FROM attestation WHERE learner_id = ?1 ORDER BY attestation_no";

pub(super) const INSERT_ATTESTATION: &str = "
INSERT INTO attestation
(learner_id, attestation_no, attestation_key, amount_milli, counts_from, evidence, event_seq)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

pub(super) const ORPHANS: &str = "
SELECT (SELECT COUNT(*) FROM learner_event
WHERE learner_id NOT IN (SELECT learner_id FROM learner))
+ (SELECT COUNT(*) FROM holding
WHERE learner_id NOT IN (SELECT learner_id FROM learner))
+ (SELECT COUNT(*) FROM attestation
WHERE learner_id NOT IN (SELECT learner_id FROM learner))";
