public import SQLite
import Sync

/// The tables of a hub's and a replica's file, as append-only lists of steps.
///
/// A change costs two table writes: one `log` row with its bytes as they came, one `record` row with the state.
/// Record ids are 16-byte blobs, replica names are interned, and `log.prev` links the entries of one record, so that
/// its history needs no index.
public enum StoreSchema {
  /// A hub's file.
  public static let hub = Migrations(
    applicationID: 0x5065_6148, [shared, hubTables, tokenTable, integratorTables, integratorNumbers, goneIndex])
  /// A replica's file.
  public static let replica = Migrations(applicationID: 0x5065_6152, [shared, replicaTables, tally])

  private static let shared = Migration(
    name: "log and records",
    sql: """
      CREATE TABLE setting(key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE replica(num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
      CREATE TABLE record(
        num INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        seq INTEGER NOT NULL,       -- the hub's seq that the base reflects
        last INTEGER NOT NULL,      -- the newest log row of this record; 0: none
        hash BLOB,                  -- SHA-256 of the base; NULL: the hub holds nothing of it yet
        base BLOB,                  -- the hub's part where it is not what is shown
        state BLOB NOT NULL,        -- what is shown
        deleted INTEGER NOT NULL,   -- 0 live, 1 deleted, 2 erased, 3 nothing left
        conflicts INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX record_in_conflict ON record(num) WHERE conflicts > 0;
      CREATE TABLE log(
        pos INTEGER PRIMARY KEY,    -- at a hub this is the seq
        seq INTEGER,                -- at a replica: the hub's seq, where known
        replica INTEGER NOT NULL,
        n INTEGER NOT NULL,
        record INTEGER NOT NULL,    -- record.num; 0: none
        prev INTEGER NOT NULL,      -- the row before of the same record; 0: none
        time INTEGER NOT NULL,      -- the hub's clock at acceptance; 0 while unknown
        hash BLOB NOT NULL,
        chain INTEGER NOT NULL,     -- the first eight bytes of the chain here
        fate INTEGER NOT NULL,
        flags INTEGER NOT NULL,     -- 1: travels as a state; 2: own, and not in the base yet
        body BLOB,                  -- canonical bytes; NULL: refused, void or erased
        UNIQUE(replica, n)
      ) STRICT;
      CREATE INDEX log_pending ON log(pos) WHERE fate IN (0, 7);
      CREATE INDEX log_outside ON log(record, pos) WHERE flags >= 2;
      CREATE TABLE verdict(pos INTEGER PRIMARY KEY, code TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
      CREATE TABLE renamed(
        replica INTEGER NOT NULL, n INTEGER NOT NULL, hash INTEGER NOT NULL, pos INTEGER NOT NULL,
        PRIMARY KEY(replica, n, hash)
      ) STRICT, WITHOUT ROWID;
      """)

  private static let hubTables = Migration(
    name: "members, invites, tokens",
    sql: """
      CREATE TABLE member(name TEXT PRIMARY KEY, added INTEGER NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE invite(
        hash BLOB PRIMARY KEY, member TEXT NOT NULL, expires INTEGER NOT NULL, used_by TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE token(
        hash BLOB PRIMARY KEY, role TEXT NOT NULL, replica TEXT, created INTEGER NOT NULL, revoked INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE known_replica(
        id TEXT PRIMARY KEY, joined INTEGER NOT NULL, contact INTEGER, cursor_seq INTEGER, version TEXT,
        skew INTEGER, pending INTEGER, rejected INTEGER, conflicts INTEGER, trouble TEXT, former TEXT
      ) STRICT, WITHOUT ROWID;
      """)

  private static let tokenTable = Migration(
    name: "names of tokens",
    sql: """
      ALTER TABLE token ADD COLUMN id TEXT;     -- what it is called by in commands
      ALTER TABLE token ADD COLUMN label TEXT;  -- what the administrator wrote beside it
      UPDATE token SET id = lower(hex(substr(hash, 1, 6)));
      CREATE UNIQUE INDEX token_id ON token(id);
      """)

  private static let integratorTables = Migration(
    name: "what integrators know",
    sql: """
      CREATE TABLE view(              -- how a record looked when an integrator spoke of it last
        replica TEXT NOT NULL, record BLOB NOT NULL, state BLOB NOT NULL, PRIMARY KEY(replica, record)
      ) STRICT;
      CREATE INDEX view_record ON view(record);
      CREATE TABLE origin(            -- which record a foreign id means; a state may have dropped it since
        source TEXT NOT NULL, record BLOB NOT NULL, PRIMARY KEY(source, record)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX origin_record ON origin(record);
      CREATE TABLE answered(          -- answers to requests with an Idempotency-Key
        replica TEXT NOT NULL, key TEXT NOT NULL, request BLOB NOT NULL, status INTEGER NOT NULL, body BLOB NOT NULL,
        time INTEGER NOT NULL, PRIMARY KEY(replica, key)
      ) STRICT;
      CREATE INDEX answered_time ON answered(time);
      """)

  /// Ids are random, and each of their indexes has to be written in as many places as there are records; numbers are
  /// written one behind another.
  private static let integratorNumbers = Migration(
    name: "what integrators know, by numbers",
    sql: """
      ALTER TABLE view RENAME TO view_by_id;
      CREATE TABLE view(              -- how a record looked when an integrator spoke of it last
        record INTEGER NOT NULL, replica TEXT NOT NULL, state BLOB NOT NULL, PRIMARY KEY(record, replica)
      ) STRICT;
      INSERT INTO view SELECT record.num, replica, view_by_id.state FROM view_by_id
        JOIN record ON record.id = view_by_id.record ORDER BY record.num;
      DROP TABLE view_by_id;
      DROP TABLE origin;
      CREATE TABLE origin(            -- which record a foreign id means; a state may have dropped it since
        source TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY(source, record)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX origin_record ON origin(record);
      """
  ) { connection in
    try connection.rows("SELECT num, state FROM record") { row in
      try Origins.add(try RecordState(storedBytes: row.bytes(1)[...]), row.integer(0), connection)
    }
  }

  /// Whether a record is deleted stands behind its state, so counting without this index walks through all states.
  private static let goneIndex = Migration(
    name: "which records are gone",
    sql: """
      CREATE INDEX record_gone ON record(num) WHERE deleted > 0;
      CREATE INDEX record_erased ON record(num) WHERE deleted = 2;
      """)

  /// How many records there are of each kind, kept by triggers: to count them walks through an index of all of them,
  /// and a look at a replica should not take longer the more there is in it.
  private static let tally = Migration(
    name: "counts",
    sql: """
      CREATE TABLE tally(
        kind TEXT NOT NULL, deleted INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY(kind, deleted)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO tally SELECT kind, deleted, count(*) FROM record GROUP BY kind, deleted;
      CREATE TRIGGER record_added AFTER INSERT ON record BEGIN
        INSERT INTO tally VALUES(new.kind, new.deleted, 1) ON CONFLICT DO UPDATE SET count = count + 1;
      END;
      CREATE TRIGGER record_removed AFTER DELETE ON record BEGIN
        UPDATE tally SET count = count - 1 WHERE kind = old.kind AND deleted = old.deleted;
      END;
      CREATE TRIGGER record_moved AFTER UPDATE OF kind, deleted ON record
      WHEN old.kind <> new.kind OR old.deleted <> new.deleted BEGIN
        UPDATE tally SET count = count - 1 WHERE kind = old.kind AND deleted = old.deleted;
        INSERT INTO tally VALUES(new.kind, new.deleted, 1) ON CONFLICT DO UPDATE SET count = count + 1;
      END;
      """)

  private static let replicaTables = Migration(
    name: "lists, references, search",
    sql: """
      ALTER TABLE record ADD COLUMN stale INTEGER NOT NULL DEFAULT 0;  -- the base is of a history that has gone
      ALTER TABLE record ADD COLUMN title TEXT NOT NULL DEFAULT '';
      ALTER TABLE record ADD COLUMN sort TEXT NOT NULL DEFAULT '';
      CREATE INDEX record_listed ON record(kind, sort, num) WHERE deleted = 0;
      CREATE TABLE reference(
        target BLOB NOT NULL, source INTEGER NOT NULL, field TEXT NOT NULL,
        PRIMARY KEY(target, source, field)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX reference_source ON reference(source);
      CREATE TABLE origin(
        source TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY(source, record)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX origin_record ON origin(record);
      CREATE VIRTUAL TABLE search USING fts5(text, tokenize = 'unicode61 remove_diacritics 2');
      """)
}
