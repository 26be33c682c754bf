import SQLite
import Simulation

/// The journal settings of a database under test: the product's, and some that are known to be bad.
enum DatabaseSettings: String, CaseIterable, Sendable {
  /// `JournalProfile.hub`: `WAL`, synced at each commit.
  case hub
  /// `JournalProfile.replica`: `TRUNCATE`, synced at each commit.
  case replica
  case persistFull, deleteExtra
  /// SQLite's own default.
  case deleteFull
  case walNormal, truncateNormal, deleteOff

  /// Opens the one database of the tests.
  func open(_ disk: SimulatedDisk, pageSize: Int = 1024) throws -> Connection {
    let connection = try Connection(path: "test.db", vfs: disk.vfs)
    _ = try connection.pragma("page_size=\(pageSize)")
    switch self {
    case .hub: try JournalProfile.hub.apply(to: connection)
    case .replica: try JournalProfile.replica.apply(to: connection)
    case .persistFull: try set(connection, "PERSIST", "FULL")
    case .deleteExtra: try set(connection, "DELETE", "EXTRA")
    case .deleteFull: try set(connection, "DELETE", "FULL")
    case .walNormal: try set(connection, "WAL", "NORMAL")
    case .truncateNormal: try set(connection, "TRUNCATE", "NORMAL")
    case .deleteOff: try set(connection, "DELETE", "OFF")
    }
    return connection
  }

  private func set(_ connection: Connection, _ journal: String, _ synchronous: String) throws {
    if journal == "WAL" { _ = try connection.pragma("locking_mode=EXCLUSIVE") }
    _ = try connection.pragma("journal_mode=\(journal)")
    _ = try connection.pragma("synchronous=\(synchronous)")
  }
}
