-- The index of one volume, run by executescript. Times are UTC microseconds, half-open.
CREATE TABLE stream (
  id            INTEGER PRIMARY KEY,
  camera_id     TEXT NOT NULL,
  name          TEXT NOT NULL CHECK (name IN ('main', 'sub')),
  next_sequence INTEGER NOT NULL DEFAULT 0,
  next_run      INTEGER NOT NULL DEFAULT 0,
  head_link     BLOB NOT NULL,    -- of the segment with the highest sequence
  segments      INTEGER NOT NULL DEFAULT 0,  -- kept by triggers, so that figures cost nothing
  bytes         INTEGER NOT NULL DEFAULT 0,
  UNIQUE (camera_id, name)
) STRICT;

CREATE TABLE init (               -- ftyp + moov, shared by all segments of one format
  id     INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE,
  bytes  BLOB NOT NULL,
  codec  TEXT NOT NULL,
  width  INTEGER NOT NULL,
  height INTEGER NOT NULL
) STRICT;

CREATE TABLE segment (
  stream_id       INTEGER NOT NULL REFERENCES stream (id),
  start_us        INTEGER NOT NULL,
  end_us          INTEGER NOT NULL CHECK (end_us > start_us),
  sequence        INTEGER NOT NULL,
  run             INTEGER NOT NULL,
  init_id         INTEGER NOT NULL REFERENCES init (id),
  size_bytes      INTEGER NOT NULL,
  duration_90k    INTEGER NOT NULL,
  samples         INTEGER NOT NULL,
  flags           INTEGER NOT NULL DEFAULT 0,
  lost_packets    INTEGER NOT NULL DEFAULT 0,
  mask_version    INTEGER NOT NULL DEFAULT 0,
  clock_offset_us INTEGER,          -- camera clock minus ours; NULL: the camera did not say
  clock_error_us  INTEGER NOT NULL DEFAULT 0,  -- our start_us minus the machine's clock then
  sha256          BLOB NOT NULL CHECK (length(sha256) = 32),
  link            BLOB NOT NULL CHECK (length(link) = 32),
  PRIMARY KEY (stream_id, start_us)
) STRICT, WITHOUT ROWID;
-- A timeline of 21 days is 200 pages of this instead of 2,000 of the table.
CREATE INDEX segment_span ON segment (stream_id, start_us, end_us, run);
CREATE UNIQUE INDEX segment_sequence ON segment (stream_id, sequence);

CREATE TABLE segment_gops (       -- packed little-endian pairs (offset u32, start_90k u32) of fragments that start with a key frame
  stream_id INTEGER NOT NULL,
  sequence  INTEGER NOT NULL,
  gops      BLOB NOT NULL,
  PRIMARY KEY (stream_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE open_file (
  stream_id INTEGER NOT NULL REFERENCES stream (id),
  sequence  INTEGER NOT NULL,
  start_us  INTEGER NOT NULL,
  end_us    INTEGER NOT NULL,     -- footage known to be durable up to here
  PRIMARY KEY (stream_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE gap (
  stream_id INTEGER NOT NULL REFERENCES stream (id),
  start_us  INTEGER NOT NULL,
  end_us    INTEGER,              -- NULL: still open
  cause     TEXT NOT NULL CHECK (cause IN ('retention_expired', 'camera_offline', 'recorder_down', 'disk_failure',
              'network', 'maintenance', 'mask_failure', 'not_commissioned', 'unknown')),
  detail    TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (stream_id, start_us)
) STRICT, WITHOUT ROWID;
CREATE INDEX gap_end ON gap (stream_id, end_us);
CREATE INDEX gap_open ON gap (stream_id) WHERE end_us IS NULL;

CREATE TABLE lock (               -- what keeps a span of a camera (all its streams); placed by holds, requests, exports
  id          TEXT PRIMARY KEY,
  camera_id   TEXT NOT NULL,
  start_us    INTEGER NOT NULL,
  end_us      INTEGER NOT NULL CHECK (end_us > start_us),
  kind        TEXT NOT NULL CHECK (kind IN ('hold', 'request', 'export')),
  reference   TEXT NOT NULL,
  placed_us   INTEGER NOT NULL,
  released_us INTEGER
) STRICT;
CREATE INDEX lock_active ON lock (camera_id, start_us) WHERE released_us IS NULL;

CREATE TABLE deletion (           -- one row for each segment ever deleted
  stream_id    INTEGER NOT NULL,
  sequence     INTEGER NOT NULL,
  start_us     INTEGER NOT NULL,
  end_us       INTEGER NOT NULL,
  size_bytes   INTEGER NOT NULL,
  sha256       BLOB NOT NULL,
  link         BLOB NOT NULL,
  decided_us   INTEGER NOT NULL,
  reason       TEXT NOT NULL CHECK (reason IN ('retention', 'disk_pressure')),
  policy_days  INTEGER NOT NULL CONSTRAINT deletion_retention_below_minimum CHECK (policy_days >= 20),
  PRIMARY KEY (stream_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE INDEX deletion_span ON deletion (stream_id, start_us, end_us);

CREATE TABLE garbage (            -- files whose row is gone and whose bytes may still be there
  path TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
  at_us     INTEGER PRIMARY KEY,
  body      TEXT NOT NULL,        -- canonical JSON
  signature BLOB NOT NULL
) STRICT;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TRIGGER segments_never_overlap BEFORE INSERT ON segment
WHEN EXISTS (SELECT 1 FROM (SELECT end_us FROM segment WHERE stream_id = NEW.stream_id AND start_us < NEW.end_us
                            ORDER BY start_us DESC LIMIT 1) WHERE end_us > NEW.start_us)
BEGIN SELECT RAISE(ABORT, 'segments_never_overlap'); END;

-- INSERT OR REPLACE deletes without firing delete triggers: what must stay is refused before it.
CREATE TRIGGER segment_sequence_once BEFORE INSERT ON segment
WHEN EXISTS (SELECT 1 FROM segment WHERE stream_id = NEW.stream_id AND sequence = NEW.sequence)
  OR EXISTS (SELECT 1 FROM deletion WHERE stream_id = NEW.stream_id AND sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'segment_sequence_once'); END;

CREATE TRIGGER segment_counted AFTER INSERT ON segment
BEGIN UPDATE stream SET segments = segments + 1, bytes = bytes + NEW.size_bytes WHERE id = NEW.stream_id; END;

CREATE TRIGGER segment_discounted AFTER DELETE ON segment
BEGIN UPDATE stream SET segments = segments - 1, bytes = bytes - OLD.size_bytes WHERE id = OLD.stream_id; END;

CREATE TRIGGER segment_deleted_without_decision BEFORE DELETE ON segment
WHEN NOT EXISTS (SELECT 1 FROM deletion WHERE stream_id = OLD.stream_id AND sequence = OLD.sequence)
BEGIN SELECT RAISE(ABORT, 'segment_deleted_without_decision'); END;

CREATE TRIGGER segment_younger_than_minimum BEFORE DELETE ON segment   -- directive 9(1): 20 x 24 h after its end, or the policy
WHEN (SELECT decided_us - max(20, policy_days) * 86400000000 FROM deletion
      WHERE stream_id = OLD.stream_id AND sequence = OLD.sequence) < OLD.end_us
BEGIN SELECT RAISE(ABORT, 'segment_younger_than_minimum'); END;

CREATE TRIGGER segment_locked BEFORE DELETE ON segment
WHEN EXISTS (SELECT 1 FROM lock JOIN stream ON stream.camera_id = lock.camera_id
             WHERE stream.id = OLD.stream_id AND lock.released_us IS NULL
               AND lock.start_us < OLD.end_us AND lock.end_us > OLD.start_us)
BEGIN SELECT RAISE(ABORT, 'segment_locked'); END;

CREATE TRIGGER segment_is_immutable BEFORE UPDATE ON segment
BEGIN SELECT RAISE(ABORT, 'segment_is_immutable'); END;

CREATE TRIGGER lock_is_immutable BEFORE UPDATE OF id, camera_id, start_us, end_us, kind, reference, placed_us ON lock
BEGIN SELECT RAISE(ABORT, 'lock_is_immutable'); END;

CREATE TRIGGER lock_never_deleted BEFORE DELETE ON lock
BEGIN SELECT RAISE(ABORT, 'lock_never_deleted'); END;

CREATE TRIGGER lock_placed_once BEFORE INSERT ON lock
WHEN EXISTS (SELECT 1 FROM lock WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'lock_placed_once'); END;

CREATE TRIGGER lock_released_once BEFORE UPDATE OF released_us ON lock
WHEN OLD.released_us IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'lock_released_once'); END;

CREATE TRIGGER stream_is_immutable BEFORE UPDATE OF id, camera_id, name ON stream
BEGIN SELECT RAISE(ABORT, 'stream_is_immutable'); END;

CREATE TRIGGER stream_never_deleted BEFORE DELETE ON stream
BEGIN SELECT RAISE(ABORT, 'stream_never_deleted'); END;

CREATE TRIGGER stream_once BEFORE INSERT ON stream
WHEN EXISTS (SELECT 1 FROM stream WHERE id = NEW.id OR (camera_id = NEW.camera_id AND name = NEW.name))
BEGIN SELECT RAISE(ABORT, 'stream_once'); END;

CREATE TRIGGER deletion_once BEFORE INSERT ON deletion
WHEN EXISTS (SELECT 1 FROM deletion WHERE stream_id = NEW.stream_id AND sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'deletion_once'); END;

CREATE TRIGGER deletion_is_immutable BEFORE UPDATE ON deletion
BEGIN SELECT RAISE(ABORT, 'deletion_is_immutable'); END;

CREATE TRIGGER deletion_never_deleted BEFORE DELETE ON deletion
BEGIN SELECT RAISE(ABORT, 'deletion_never_deleted'); END;

CREATE TRIGGER checkpoint_is_immutable BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint_is_immutable'); END;

CREATE TRIGGER checkpoint_never_deleted BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint_never_deleted'); END;
