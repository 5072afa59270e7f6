-- What earned an award: a JSON list of credentials; nothing where that was not recorded.
ALTER TABLE holding ADD COLUMN components TEXT;
