/// The journal settings under which an acknowledged change survives a power loss.
///
/// SQLite's own default (`DELETE` with `FULL`) does not: a journal whose deletion was not yet on the disk
/// comes back and undoes the commit; neither does `WAL` with `NORMAL`. See
/// https://sqlite.org/pragma.html#pragma_synchronous.
public enum JournalProfile: Sendable, CaseIterable {
  /// One process, one connection, many commits: `WAL`, synced at each commit, locked against all others.
  ///
  /// Locked means that there is no shared memory beside the file, and that a second process fails with
  /// `isBusy` instead of sharing it.
  case hub
  /// Many short processes share one file: `TRUNCATE`, synced, waiting five seconds for each other.
  case replica

  /// Puts the settings in force and reads them back; throws if one of them is not.
  ///
  /// For a hub it also makes durable what an earlier process left in the write-ahead log, before anybody is told of it.
  ///
  /// Must come before the first access to a `WAL` file other than `Migrations.check(_:)`: only a connection
  /// that is exclusive from the start does without shared memory (https://sqlite.org/wal.html#noshm).
  public func apply(to connection: Connection) throws {
    guard !connection.isReadOnly else { throw JournalProfileError.readOnly }
    for setting in settings + Self.common {
      _ = try connection.pragma("\(setting.name)=\(setting.value)")
    }
    // A lock that the locking mode gives up goes with the next access, and not before.
    _ = try connection.pragma("schema_version")
    if self == .hub { try connection.makeLogDurable() }
    // Only now: a later setting could have changed an earlier one.
    for setting in settings + Self.common {
      let found = try connection.pragma(setting.name)
      guard found?.lowercased() == setting.readBack else {
        throw JournalProfileError.notInForce(
          setting: setting.name, wanted: setting.readBack, found: found ?? "nothing")
      }
    }
  }

  /// Prepares a connection that can only read: nothing is written beside the file, and somebody's commit is waited for.
  public static func applyForReading(to connection: Connection) throws(SQLiteError) {
    connection.busyTimeout(milliseconds: 5_000)
    try connection.execute("PRAGMA temp_store = MEMORY")
  }

  private typealias Setting = (name: String, value: String, readBack: String)

  private var settings: [Setting] {
    switch self {
    case .hub:
      [
        ("locking_mode", "EXCLUSIVE", "exclusive"),
        ("journal_mode", "WAL", "wal"),
        ("synchronous", "FULL", "2"),
        ("wal_autocheckpoint", "4000", "4000"),
        ("cache_size", "-65536", "-65536"),  // KiB
      ]
    case .replica:
      [
        ("busy_timeout", "5000", "5000"),
        // Before the locking mode: a connection that entered WAL exclusively stays so until it leaves WAL.
        ("journal_mode", "TRUNCATE", "truncate"),
        ("locking_mode", "NORMAL", "normal"),
        ("synchronous", "FULL", "2"),
      ]
    }
  }

  /// Deleted content is overwritten, statements' own journals stay in memory.
  private static var common: [Setting] {
    [("secure_delete", "ON", "1"), ("temp_store", "MEMORY", "2"), ("foreign_keys", "OFF", "0")]
  }
}
