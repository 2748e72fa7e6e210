-- What follows from claims and decisions and can be made anew at any time. Made in the file for today's record, and as temporary tables, which
-- hide those, for the record as it stood.

-- Reports that are near-copies of each other count as one source; grp is the smallest number among them.
CREATE {TEMP} TABLE source (report INTEGER PRIMARY KEY, grp INTEGER NOT NULL);
CREATE INDEX {SCHEMA}source_grp ON source (grp);

-- One row for each claim that counts now. facts: what merging looks at. entry: the number of its entry. knot: that of all claims in reach.
CREATE {TEMP} TABLE fact (
  claim INTEGER PRIMARY KEY,
  type INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  report INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  knot INTEGER NOT NULL,
  -- What a look at it is worth: the chance that it is wrong times the weight of what it says.
  doubt REAL NOT NULL,
  facts BLOB NOT NULL
);
CREATE INDEX {SCHEMA}fact_type ON fact (type, first);
CREATE INDEX {SCHEMA}fact_entry ON fact (entry);
CREATE INDEX {SCHEMA}fact_knot ON fact (knot);
CREATE INDEX {SCHEMA}fact_report ON fact (report);

-- An entry's row: what questions look at. Its number is the id of the claim that names it, so that it does not depend on the order of arrival.
CREATE {TEMP} TABLE entry (
  n INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  type INTEGER NOT NULL,
  mode TEXT,
  status INTEGER NOT NULL,
  -- Days since 1970; an entry without a time stands at the day of its first report.
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  dated INTEGER NOT NULL,
  country TEXT,
  latitude REAL,
  longitude REAL,
  precision INTEGER,
  reports INTEGER NOT NULL,
  independent INTEGER NOT NULL,
  -- 0 nothing decided, 1 accepted, 2 rejected.
  decided INTEGER NOT NULL,
  -- Whether independent sources give other numbers last, or some deny what others report.
  conflict INTEGER NOT NULL
);
CREATE INDEX {SCHEMA}entry_order ON entry (kind, first, last);
CREATE INDEX {SCHEMA}entry_type ON entry (type, first, last);
CREATE INDEX {SCHEMA}entry_conflict ON entry (first, n) WHERE conflict = 1;
CREATE INDEX {SCHEMA}entry_country ON entry (country, kind, first, last);
-- What may have ended somebody's presence.
CREATE INDEX {SCHEMA}entry_left ON entry (country) WHERE mode = 'withdraw';

CREATE {TEMP} TABLE actor (
  n INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  id TEXT,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  code TEXT NOT NULL,
  country TEXT,
  -- Whether a list of actors may hold it: a body or a person in a public role.
  public INTEGER NOT NULL,
  -- How many entries it is in.
  entries INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX {SCHEMA}actor_folded ON actor (folded);
CREATE INDEX {SCHEMA}actor_id ON actor (id);
CREATE INDEX {SCHEMA}actor_code ON actor (code);
-- side: 0 source, 1 target, 2 speaker. last stands here too, so that of an actor's many entries those before a day are passed over unopened.
CREATE {TEMP} TABLE entry_actor (
  actor INTEGER NOT NULL, kind INTEGER NOT NULL, first INTEGER NOT NULL, entry INTEGER NOT NULL, side INTEGER NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (actor, kind, first, entry, side)
) WITHOUT ROWID;
CREATE INDEX {SCHEMA}entry_actor_entry ON entry_actor (entry);

CREATE {TEMP} TABLE place (
  n INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  country TEXT,
  admin1 TEXT,
  latitude REAL,
  longitude REAL,
  precision INTEGER,
  geonames INTEGER,
  entries INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX {SCHEMA}place_point ON place (latitude, longitude);
-- The names that reports use: 'Moura' of what the gazetteer calls Mora.
CREATE {TEMP} TABLE place_name (folded TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (folded, place)) WITHOUT ROWID;
CREATE {TEMP} TABLE entry_place (
  place INTEGER NOT NULL, kind INTEGER NOT NULL, first INTEGER NOT NULL, entry INTEGER NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (place, kind, first, entry)
) WITHOUT ROWID;
CREATE INDEX {SCHEMA}entry_place_entry ON entry_place (entry);
