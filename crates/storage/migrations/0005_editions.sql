-- Sets of rules as they were published, by the hash of their files: what an old audit was about can
-- be read again word for word. `content` is a JSON list of paths and texts, `hash` guards the row.
CREATE TABLE edition (
    edition_hash BLOB NOT NULL,
    label TEXT NOT NULL,
    effective_from INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    content TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (edition_hash)
) STRICT, WITHOUT ROWID;
