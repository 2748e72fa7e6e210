-- Claims of one reading repeat each other's actors and places: they are kept together, packed, and quotes are cut from the report's text.

-- claims: how many; first: the number of the first one, the others follow it; bodies: see src/reading.rs.
ALTER TABLE coding ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
ALTER TABLE coding ADD COLUMN bodies BLOB NOT NULL DEFAULT x'';

CREATE TABLE packed_claim (
  n INTEGER PRIMARY KEY,
  coding INTEGER NOT NULL REFERENCES coding (n),
  -- The claim's id, its sixteen hexadecimal digits as a number.
  id INTEGER NOT NULL
);
INSERT INTO packed_claim (n, coding, id) SELECT n, coding, id FROM claim;

-- The words' places alone, without a table behind them.
CREATE VIRTUAL TABLE packed_words USING fts5 (quote, content = '', tokenize = "porter unicode61 remove_diacritics 2");
INSERT INTO packed_words (rowid, quote) SELECT n, quote FROM claim;
