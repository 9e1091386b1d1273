/** The schema this program reads and writes; any other is refused, never migrated silently. */
export const SCHEMA_VERSION = 10;

/** What makes a row of the outbox wait. Queries use the index only when they say it in the words of the index. */
export const WAITING = "refused IS NULL AND taken_at IS NULL";

/** The same for an attached file. */
export const UNTAKEN = "taken_at IS NULL";

/** The tables of a new database. */
export const SCHEMA = `
CREATE TABLE head (
  one INTEGER PRIMARY KEY CHECK (one = 1), epoch INTEGER NOT NULL, seq INTEGER NOT NULL, digest TEXT,
  window_end INTEGER, bundle_at INTEGER, snapshot_at INTEGER, snapshot_assignment TEXT, suspended INTEGER NOT NULL
) STRICT;
INSERT INTO head VALUES (1, 0, -1, NULL, NULL, NULL, NULL, NULL, 0);
CREATE TABLE time (
  one INTEGER PRIMARY KEY CHECK (one = 1), latest INTEGER NOT NULL, wall INTEGER NOT NULL, monotonic INTEGER NOT NULL,
  boot TEXT NOT NULL, steady INTEGER NOT NULL
) STRICT;
CREATE TABLE pair (
  host TEXT NOT NULL, check_name TEXT NOT NULL, check_digest TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT,
  observed TEXT, since INTEGER, observed_at INTEGER, told TEXT, recent TEXT NOT NULL, PRIMARY KEY (host, check_name)
) STRICT, WITHOUT ROWID;
CREATE TABLE outbox (
  position INTEGER PRIMARY KEY AUTOINCREMENT, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
  digest TEXT NOT NULL UNIQUE, assignment TEXT NOT NULL, envelope BLOB NOT NULL, is_event INTEGER NOT NULL, refused TEXT, taken_at INTEGER
) STRICT;
CREATE TABLE outbox_total (
  one INTEGER PRIMARY KEY CHECK (one = 1), bytes INTEGER NOT NULL, dropped INTEGER NOT NULL
) STRICT;
INSERT INTO outbox_total VALUES (1, 0, 0);
CREATE TRIGGER outbox_in AFTER INSERT ON outbox BEGIN
  UPDATE outbox_total SET bytes = bytes + length(NEW.envelope);
END;
CREATE TRIGGER outbox_out AFTER DELETE ON outbox BEGIN
  UPDATE outbox_total SET bytes = bytes - length(OLD.envelope);
END;
CREATE INDEX outbox_waiting ON outbox (position) WHERE ${WAITING};
CREATE INDEX outbox_refused ON outbox (position) WHERE refused IS NOT NULL;
CREATE INDEX outbox_taken ON outbox (taken_at) WHERE taken_at IS NOT NULL;
CREATE INDEX outbox_assignment ON outbox (assignment);
CREATE TABLE attachment (
  position INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL UNIQUE, bundle TEXT NOT NULL, bytes BLOB NOT NULL,
  taken_at INTEGER
) STRICT;
CREATE TRIGGER attachment_in AFTER INSERT ON attachment BEGIN
  UPDATE outbox_total SET bytes = bytes + length(NEW.bytes);
END;
CREATE TRIGGER attachment_out AFTER DELETE ON attachment BEGIN
  UPDATE outbox_total SET bytes = bytes - length(OLD.bytes);
END;
CREATE INDEX attachment_waiting ON attachment (position) WHERE ${UNTAKEN};
CREATE INDEX attachment_bundle ON attachment (bundle);
CREATE TABLE assignment (
  position INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL UNIQUE, signature TEXT NOT NULL,
  controller_key TEXT NOT NULL, repinned INTEGER NOT NULL, bytes BLOB NOT NULL
) STRICT;
CREATE TABLE attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT, host TEXT NOT NULL, check_name TEXT NOT NULL, rule TEXT NOT NULL,
  runbook TEXT NOT NULL, assignment TEXT NOT NULL, started_at INTEGER NOT NULL, steady_at INTEGER NOT NULL,
  ended_at INTEGER, outcome TEXT
) STRICT;
CREATE INDEX attempt_of_pair ON attempt (host, check_name, id);
CREATE INDEX attempt_by_time ON attempt (steady_at);
CREATE TABLE breaker (
  one INTEGER PRIMARY KEY CHECK (one = 1), opened_at INTEGER, counted_from INTEGER NOT NULL
) STRICT;
INSERT INTO breaker VALUES (1, NULL, 0);
CREATE TABLE override (
  one INTEGER PRIMARY KEY CHECK (one = 1), since TEXT NOT NULL, steady_from INTEGER NOT NULL,
  steady_until INTEGER NOT NULL, digest TEXT NOT NULL
) STRICT;
CREATE TABLE rotation (
  one INTEGER PRIMARY KEY CHECK (one = 1), public_key TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
  settled INTEGER NOT NULL
) STRICT;
CREATE TABLE checkpoint (
  one INTEGER PRIMARY KEY CHECK (one = 1), origin TEXT NOT NULL, size INTEGER NOT NULL, root TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
PRAGMA user_version = ${SCHEMA_VERSION};
`;
