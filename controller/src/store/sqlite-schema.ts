/** The one schema version this code reads and writes; any other is refused. */
export const schemaVersion = 8;

/**
 * Tables of an empty store. `bundle` and `assignment` hold exact bytes; triggers refuse every change to what was
 * kept, whoever asks.
 */
export const schemaSql: string = `
CREATE TABLE schema_version (version INTEGER NOT NULL) STRICT;
CREATE TABLE bundle (
  position INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  chain TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  site TEXT NOT NULL,
  keyid TEXT NOT NULL,
  received_at TEXT NOT NULL,
  log TEXT,
  leaf INTEGER,
  bytes BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX bundle_leaf ON bundle (log, leaf) WHERE log IS NOT NULL;
CREATE INDEX bundle_place ON bundle (chain, epoch, seq, position);
CREATE TABLE erasure (digest TEXT PRIMARY KEY, decision TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER erasure_no_update BEFORE UPDATE ON erasure BEGIN SELECT RAISE(ABORT, 'an erasure stays'); END;
CREATE TRIGGER erasure_no_delete BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'an erasure stays'); END;
CREATE TRIGGER bundle_no_update BEFORE UPDATE ON bundle WHEN length(NEW.bytes) > 0
  OR NOT EXISTS (SELECT 1 FROM erasure WHERE digest = OLD.digest)
  OR (NEW.position, NEW.digest, NEW.chain, NEW.epoch, NEW.seq, NEW.site, NEW.keyid, NEW.received_at, NEW.log, NEW.leaf)
  IS NOT (OLD.position, OLD.digest, OLD.chain, OLD.epoch, OLD.seq, OLD.site, OLD.keyid, OLD.received_at, OLD.log, OLD.leaf)
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER bundle_no_delete BEFORE DELETE ON bundle BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TABLE attachment (
  digest TEXT PRIMARY KEY,
  bundle TEXT NOT NULL REFERENCES bundle (digest),
  retain_until TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX attachment_bundle ON attachment (bundle);
CREATE INDEX attachment_until ON attachment (retain_until);
CREATE TRIGGER attachment_no_update BEFORE UPDATE ON attachment BEGIN SELECT RAISE(ABORT, 'an attachment stays as it is'); END;
CREATE TABLE chain_state (
  chain TEXT PRIMARY KEY,
  form TEXT NOT NULL,
  position INTEGER NOT NULL,
  state TEXT
) STRICT;
CREATE TABLE chain_position (form TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE log_node (
  log TEXT NOT NULL,
  level INTEGER NOT NULL,
  number INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (log, level, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER log_node_no_update BEFORE UPDATE ON log_node BEGIN SELECT RAISE(ABORT, 'a log is append-only'); END;
CREATE TRIGGER log_node_no_delete BEFORE DELETE ON log_node BEGIN SELECT RAISE(ABORT, 'a log is append-only'); END;
CREATE TABLE log_checkpoint (
  log TEXT NOT NULL,
  size INTEGER NOT NULL,
  signed_at TEXT NOT NULL,
  vkey TEXT NOT NULL,
  note BLOB NOT NULL,
  PRIMARY KEY (log, size)
) STRICT;
CREATE TABLE cosigned_checkpoint (
  log TEXT NOT NULL,
  witness TEXT NOT NULL,
  size INTEGER NOT NULL,
  cosigned_at TEXT NOT NULL,
  note BLOB NOT NULL,
  PRIMARY KEY (log, witness)
) STRICT;
CREATE INDEX log_checkpoint_key ON log_checkpoint (log, vkey, size, signed_at);
CREATE TABLE anchor (
  log TEXT NOT NULL,
  size INTEGER NOT NULL,
  root TEXT NOT NULL,
  stamped_at TEXT NOT NULL,
  state TEXT NOT NULL,
  ots BLOB NOT NULL,
  confirmed_by TEXT,
  height INTEGER,
  header BLOB,
  confirmed_at TEXT,
  PRIMARY KEY (log, size)
) STRICT;
CREATE INDEX anchor_state ON anchor (log, state, size);
CREATE TABLE assignment (
  digest TEXT PRIMARY KEY,
  appliance TEXT NOT NULL,
  site TEXT NOT NULL,
  generation INTEGER NOT NULL,
  revision TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  heal_until TEXT NOT NULL,
  keyid TEXT NOT NULL,
  signature BLOB NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX assignment_generation ON assignment (appliance, generation);
CREATE INDEX assignment_revision ON assignment (revision);
CREATE INDEX assignment_key ON assignment (keyid, issued_at);
CREATE TABLE acceptance (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  partner TEXT,
  revision TEXT NOT NULL,
  commits INTEGER NOT NULL,
  accepted_at TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;
CREATE INDEX acceptance_revision ON acceptance (revision);
CREATE TABLE owner (
  identity TEXT PRIMARY KEY,
  owner TEXT NOT NULL
) STRICT;
CREATE TABLE key_period (
  id INTEGER PRIMARY KEY,
  public_key TEXT NOT NULL,
  owner TEXT NOT NULL,
  partner TEXT NOT NULL,
  site TEXT,
  name TEXT NOT NULL,
  from_revision TEXT NOT NULL,
  from_at TEXT NOT NULL,
  from_position INTEGER NOT NULL,
  to_revision TEXT,
  to_at TEXT,
  to_position INTEGER
) STRICT;
CREATE UNIQUE INDEX key_period_open ON key_period (public_key) WHERE to_position IS NULL;
CREATE TABLE report (
  appliance TEXT PRIMARY KEY,
  received_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TABLE condition (
  subject TEXT NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL,
  revision TEXT,
  since TEXT NOT NULL,
  PRIMARY KEY (subject, type)
) STRICT;
CREATE TABLE session (
  id TEXT PRIMARY KEY,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
INSERT INTO schema_version (version) VALUES (${schemaVersion});
`;
