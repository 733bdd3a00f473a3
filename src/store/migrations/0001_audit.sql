-- The audit log: append-only, each row's hash over the row before it.
-- A row without "intent" is an intent; one with it is the outcome of that intent.
-- AUTOINCREMENT keeps the largest seq in sqlite_sequence: cutting off the end leaves a trace.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  intent INTEGER REFERENCES audit (seq),
  at INTEGER NOT NULL,
  actor TEXT,
  role TEXT,
  operation TEXT,
  target TEXT,
  target_name TEXT,
  reason TEXT,
  batch TEXT,
  state TEXT,
  "before" TEXT,
  "after" TEXT,
  request_id TEXT,
  cf_ray TEXT,
  hash TEXT NOT NULL,
  CHECK ((intent IS NULL) = (state IS NULL)),
  CHECK ((intent IS NULL) = (actor IS NOT NULL AND role IS NOT NULL AND operation IS NOT NULL
    AND request_id IS NOT NULL))
) STRICT;

CREATE INDEX audit_intent ON audit (intent) WHERE intent IS NOT NULL;
CREATE INDEX audit_actor ON audit (actor COLLATE NOCASE) WHERE actor IS NOT NULL;
CREATE INDEX audit_target ON audit (target) WHERE target IS NOT NULL;
CREATE INDEX audit_target_name ON audit (target_name COLLATE NOCASE)
  WHERE target_name IS NOT NULL;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
