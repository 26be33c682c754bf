import CSQLite

/// A refusal by SQLite: its extended result code, its message and the SQL it was about.
///
/// Bound values are never part of it, so that an error can be logged without telling what a record says.
/// See "Result and Error Codes", https://sqlite.org/rescode.html.
public struct SQLiteError: Error, Sendable, Equatable {
  /// The extended result code, for example 2067 (`SQLITE_CONSTRAINT_UNIQUE`).
  public let code: Int32
  /// SQLite's own sentence, copied at once because the next call overwrites it.
  ///
  /// When a running statement fails with the primary code 1, the sentence can quote a piece of a bound value
  /// (a full-text query, a JSON path); `description` leaves it out then.
  public let message: String
  /// The SQL text with its parameters as `?1`, if one statement is to blame.
  public let sql: String?
  /// Whether `message` was made while bound values were at hand, by a function that may quote them.
  private let mayQuoteValues: Bool

  /// Describes a refusal that this layer found itself, with one of SQLite's codes.
  public init(code: Int32, message: String, sql: String? = nil) {
    self.init(code: code, message: message, sql: sql, mayQuoteValues: false)
  }

  init(code: Int32, message: String, sql: String?, mayQuoteValues: Bool) {
    self.code = code
    self.message = message
    self.sql = sql
    self.mayQuoteValues = mayQuoteValues
  }

  /// Takes code and message from a connection whose last call returned `code`.
  init(connection: OpaquePointer?, code: Int32, sql: String?, mayQuoteValues: Bool = false) {
    // A misuse is reported without touching the connection, whose message is then about an older call.
    let isCurrent = connection != nil && sqlite3_extended_errcode(connection) == code
    let text = isCurrent ? sqlite3_errmsg(connection) : sqlite3_errstr(code)
    self.init(
      code: code, message: text.map { String(cString: $0) } ?? "unknown error", sql: sql,
      mayQuoteValues: mayQuoteValues && code & 0xFF == SQLITE_ERROR)
  }

  static func misuse(_ message: String, sql: String? = nil) -> SQLiteError {
    SQLiteError(code: SQLITE_MISUSE, message: message, sql: sql)
  }
}

extension SQLiteError {
  /// The low byte of the code: the class of the failure, for example 19 (`SQLITE_CONSTRAINT`).
  public var primaryCode: Int32 { code & 0xFF }

  /// Another connection holds the lock, and the busy timeout is over.
  public var isBusy: Bool { primaryCode == SQLITE_BUSY }
  /// The disk is full.
  public var isFull: Bool { primaryCode == SQLITE_FULL }
  /// The file is damaged.
  public var isCorrupt: Bool { primaryCode == SQLITE_CORRUPT }
  /// A constraint of the schema was violated; also a value of the wrong type for a STRICT table.
  public var isConstraint: Bool { primaryCode == SQLITE_CONSTRAINT }
  /// The operating system failed to read, write, sync or lock.
  public var isInputOutput: Bool { primaryCode == SQLITE_IOERR }
  /// A sync failed: what was written may never reach the disk, whatever a later sync says.
  public var isFailedSync: Bool { code == SQLITE_IOERR | (4 << 8) }
  /// The file, its folder or the connection does not allow writing.
  public var isReadOnly: Bool { primaryCode == SQLITE_READONLY }
  /// A commit that was interrupted waits to be rolled back, and the file cannot be written (sqlite.org/rescode.html).
  public var isUnfinishedCommit: Bool { code == SQLITE_READONLY | (3 << 8) }
  /// There is no such file, or it cannot be opened or made.
  public var isCannotOpen: Bool { primaryCode == SQLITE_CANTOPEN }
  /// The file is something else than an SQLite database.
  public var isNotADatabase: Bool { primaryCode == SQLITE_NOTADB }
  /// A call was made in a state that does not allow it: an error in the program.
  public var isMisuse: Bool { primaryCode == SQLITE_MISUSE || primaryCode == SQLITE_RANGE }
}

extension SQLiteError: CustomStringConvertible {
  /// The code, the message and the SQL; never a bound value.
  public var description: String {
    let sentence = mayQuoteValues ? String(cString: sqlite3_errstr(code)) : message
    guard let sql else { return "SQLite error \(code): \(sentence)" }
    return "SQLite error \(code): \(sentence), in: \(sql)"
  }
}
