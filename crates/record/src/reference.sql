-- Tables of others that a record is set beside: rows as they came, with what questions look at taken out of them.

CREATE TABLE reference (
  n INTEGER PRIMARY KEY,
  -- What sort of table: 'ged', 'un-fatalities' … and its release.
  source TEXT NOT NULL,
  version TEXT NOT NULL,
  as_of TEXT,
  licence TEXT,
  file TEXT NOT NULL,
  -- SHA-256 of the file's bytes.
  hash BLOB NOT NULL,
  -- The names of the columns, as JSON, in the file's order.
  columns TEXT NOT NULL,
  -- The row of HXL tags under the header, as JSON, where it had one; whether it had a header, and quotes around every cell.
  tags TEXT,
  header INTEGER NOT NULL,
  quoted INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  -- How many rows were refused, each named when it was imported.
  refused INTEGER NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (source, version, hash)
);

CREATE TABLE reference_row (
  reference INTEGER NOT NULL REFERENCES reference (n),
  -- The row's number in the file, from 1, headers not counted.
  n INTEGER NOT NULL,
  -- The table's own id of the row.
  id TEXT NOT NULL,
  -- Days since 1970, both inclusive.
  first INTEGER,
  last INTEGER,
  country TEXT,
  latitude REAL,
  longitude REAL,
  -- UCDP's where_prec.
  precision INTEGER,
  type TEXT,
  side_a TEXT,
  side_b TEXT,
  low REAL,
  best REAL,
  high REAL,
  -- The cells as they came, as JSON.
  cells TEXT NOT NULL,
  PRIMARY KEY (reference, n)
) WITHOUT ROWID;
CREATE INDEX reference_row_id ON reference_row (reference, id);
-- All that a count over time looks at, so that no row is opened for it.
CREATE INDEX reference_row_day ON reference_row (reference, first, country, type, side_a, side_b, low, best, high);
