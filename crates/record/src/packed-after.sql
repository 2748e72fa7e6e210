DROP TABLE claim_words;
DROP TABLE claim;
ALTER TABLE packed_claim RENAME TO claim;
ALTER TABLE packed_words RENAME TO claim_words;
CREATE INDEX claim_id ON claim (id);

CREATE TRIGGER coding_kept BEFORE UPDATE ON coding BEGIN SELECT RAISE (ABORT, 'readings are never changed'); END;
CREATE TRIGGER claim_kept BEFORE UPDATE ON claim BEGIN SELECT RAISE (ABORT, 'claims are never changed'); END;
CREATE TRIGGER claim_stays BEFORE DELETE ON claim BEGIN SELECT RAISE (ABORT, 'claims are never removed'); END;
