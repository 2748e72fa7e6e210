-- What is kept for good: reports, what the machine read in them, what people decided. Rows are only ever added; triggers refuse the rest.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One transaction of 'add'. The hash covers the one before it and all reports and readings of the batch.
CREATE TABLE batch (
  n INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
);

CREATE TABLE report (
  n INTEGER PRIMARY KEY,
  -- SHA-256 of the raw bytes, which names the report, and of the text, which offsets refer to.
  hash BLOB NOT NULL UNIQUE,
  text_hash BLOB NOT NULL,
  name TEXT NOT NULL,
  title TEXT,
  date TEXT,
  publisher TEXT,
  url TEXT,
  licence TEXT,
  -- 0 public, 1 internal, 2 restricted, 3 secret.
  sensitivity INTEGER NOT NULL,
  retrieved TEXT,
  -- Set where the text is in a language that is not read.
  language TEXT,
  batch INTEGER NOT NULL REFERENCES batch (n)
);
CREATE INDEX report_date ON report (date);
CREATE INDEX report_batch ON report (batch);

CREATE TABLE report_text (n INTEGER PRIMARY KEY REFERENCES report (n), title TEXT NOT NULL, text TEXT NOT NULL);
-- An index without a copy: the words' places alone, the text stays in report_text.
CREATE VIRTUAL TABLE report_words USING fts5 (title, text, content = 'report_text', content_rowid = 'n', tokenize = "porter unicode61 remove_diacritics 2");

-- A model with a codebook.
CREATE TABLE reader (n INTEGER PRIMARY KEY, model TEXT NOT NULL, codebook TEXT NOT NULL, UNIQUE (model, codebook));

-- One reading of one report. Recoding adds another; the last one counts.
CREATE TABLE coding (
  n INTEGER PRIMARY KEY,
  report INTEGER NOT NULL REFERENCES report (n),
  reader INTEGER NOT NULL REFERENCES reader (n),
  batch INTEGER NOT NULL REFERENCES batch (n),
  claims INTEGER NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (report, reader)
);
CREATE INDEX coding_batch ON coding (batch);

-- body: the claim's JSON without what stands elsewhere (id, document, codebook, quote) and without empty fields; offsets in bytes.
CREATE TABLE claim (
  n INTEGER PRIMARY KEY,
  coding INTEGER NOT NULL REFERENCES coding (n),
  -- The claim's id, its sixteen hexadecimal digits as a number.
  id INTEGER NOT NULL,
  quote TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX claim_coding ON claim (coding);
CREATE INDEX claim_id ON claim (id);
CREATE VIRTUAL TABLE claim_words USING fts5 (quote, content = 'claim', content_rowid = 'n', tokenize = "porter unicode61 remove_diacritics 2");

-- Append-only and chained: the hash covers the row and the hash before it.
CREATE TABLE decision (
  n INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  -- JSON: the ids of the claims, the report or the decision that it is about.
  subject TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  why TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
);

-- Near-copies: bands of the reports' sketches, and the pairs that share enough of their words.
CREATE TABLE band (band INTEGER NOT NULL, value INTEGER NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (band, value, report)) WITHOUT ROWID;
CREATE TABLE copy (a INTEGER NOT NULL, b INTEGER NOT NULL, share REAL NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;

CREATE TRIGGER batch_kept BEFORE UPDATE ON batch BEGIN SELECT RAISE (ABORT, 'batches are never changed'); END;
CREATE TRIGGER batch_stays BEFORE DELETE ON batch BEGIN SELECT RAISE (ABORT, 'batches are never removed'); END;
CREATE TRIGGER report_kept BEFORE UPDATE ON report BEGIN SELECT RAISE (ABORT, 'reports are never changed'); END;
CREATE TRIGGER report_stays BEFORE DELETE ON report BEGIN SELECT RAISE (ABORT, 'reports are never removed'); END;
CREATE TRIGGER text_kept BEFORE UPDATE ON report_text BEGIN SELECT RAISE (ABORT, 'reports are never changed'); END;
CREATE TRIGGER text_stays BEFORE DELETE ON report_text BEGIN SELECT RAISE (ABORT, 'reports are never removed'); END;
CREATE TRIGGER coding_kept BEFORE UPDATE ON coding BEGIN SELECT RAISE (ABORT, 'readings are never changed'); END;
CREATE TRIGGER coding_stays BEFORE DELETE ON coding BEGIN SELECT RAISE (ABORT, 'readings are never removed'); END;
CREATE TRIGGER claim_kept BEFORE UPDATE ON claim BEGIN SELECT RAISE (ABORT, 'claims are never changed'); END;
CREATE TRIGGER claim_stays BEFORE DELETE ON claim BEGIN SELECT RAISE (ABORT, 'claims are never removed'); END;
CREATE TRIGGER decision_kept BEFORE UPDATE ON decision BEGIN SELECT RAISE (ABORT, 'decisions are never changed'); END;
CREATE TRIGGER decision_stays BEFORE DELETE ON decision BEGIN SELECT RAISE (ABORT, 'decisions are never removed'); END;
