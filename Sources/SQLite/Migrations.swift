import CSQLite

/// The ordered, append-only list of the steps that make a schema.
///
/// `PRAGMA user_version` counts how many of them ran; `PRAGMA application_id` names whose file it is. Steps
/// that were ever released are not changed, moved or removed.
public struct Migrations: Sendable {
  /// The mark of this kind of file.
  public let applicationID: Int32
  private let steps: [Migration]

  /// Takes the mark of this kind of file, which is not 0, and its steps.
  public init(applicationID: Int32, _ steps: [Migration]) {
    precondition(applicationID != 0, "0 is the application id of files that have none")
    precondition(Int32(exactly: steps.count) != nil, "user_version has 32 bits")
    self.applicationID = applicationID
    self.steps = steps
  }

  /// Refuses a file that is newer than this program or is not its file, without writing a byte of it.
  ///
  /// Must run before any pragma that writes (`journal_mode`). An empty database is welcome. A `WAL` file is
  /// read exclusively, and the connection stays so, see `JournalProfile.apply(to:)`. After a refusal, closing
  /// does not move the write-ahead log into the file either. Where other processes use the file, set a busy
  /// timeout first: a moment of theirs would be `.unreadable` with `isBusy`.
  public func check(_ connection: Connection) throws(SchemaError) {
    let version: SchemaVersion
    do {
      try connection.set(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, to: true)
      version = try SchemaVersion(lookingAt: connection)
    } catch {
      throw .unreadable(error)
    }
    try judge(version)
    do {
      try connection.set(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, to: false)
    } catch {
      throw .unreadable(error)
    }
  }

  /// Runs the steps that the file lacks, each in a transaction of its own together with its number.
  ///
  /// A crash or an error leaves the schema before or after a step, never between. Two processes may run this
  /// at the same time: what is missing is decided under the write lock.
  public func run(_ connection: Connection) throws {
    while try count(connection) < steps.count {
      try connection.transaction {
        let count = try count(connection)
        guard count < steps.count else { return }
        try run(steps[count], number: count + 1, connection)
      }
    }
  }

  /// Whether all steps ran on the file.
  public func isCurrent(_ connection: Connection) throws -> Bool { try count(connection) == steps.count }

  private func run(_ migration: Migration, number: Int, _ connection: Connection) throws {
    try connection.execute(migration.sql)
    try migration.step?(connection)
    guard connection.isInTransaction else {
      throw SQLiteError.misuse("the migration \(migration.name) ended its transaction")
    }
    // Both are part of the file's first page, and so of the transaction.
    try connection.execute("PRAGMA application_id=\(applicationID); PRAGMA user_version=\(number)")
  }

  /// How many steps ran on the file.
  private func count(_ connection: Connection) throws -> Int {
    let version = try SchemaVersion(reading: connection)
    try judge(version)
    return version.userVersion
  }

  private func judge(_ version: SchemaVersion) throws(SchemaError) {
    guard version.isBlank || version.applicationID == applicationID else {
      throw .foreign(applicationID: version.applicationID)
    }
    guard version.encoding == "UTF-8" else { throw .encoding(version.encoding) }
    guard version.userVersion >= 0 else { throw .invalidVersion(version.userVersion) }
    guard version.userVersion <= steps.count else {
      throw .newer(found: version.userVersion, known: steps.count)
    }
  }
}
