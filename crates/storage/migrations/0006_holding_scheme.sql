-- The scheme of the recorded credits; nothing where it is that of the credential.
ALTER TABLE holding ADD COLUMN scheme TEXT;
