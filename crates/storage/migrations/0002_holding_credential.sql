-- Who holds a credential: the index behind "whom does this rule change touch?".
CREATE INDEX holding_credential ON holding (credential, learner_id, holding_no);
