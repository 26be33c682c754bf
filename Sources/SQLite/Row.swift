import CSQLite

/// The current row of a statement, lent until its next step or reset.
///
/// Columns are counted from 0. SQLite converts a value that has another type than asked for
/// (https://sqlite.org/c3ref/column_blob.html); NULL is 0, an empty text or no bytes.
public struct Row {
  /// Held, so that a row that is kept too long reads NULLs or a later row, never freed memory.
  @usableFromInline let statement: Statement

  init(statement: Statement) {
    self.statement = statement
  }

  /// How many columns there are.
  public var columnCount: Int32 { sqlite3_data_count(statement.handle) }

  /// Whether the value is NULL.
  public func isNull(_ column: Int32) -> Bool {
    check(column)
    return sqlite3_column_type(statement.handle, column) == SQLITE_NULL
  }

  /// The value as an integer.
  public func integer(_ column: Int32) -> Int64 {
    check(column)
    return sqlite3_column_int64(statement.handle, column)
  }

  /// The value as an integer; nil for NULL.
  public func optionalInteger(_ column: Int32) -> Int64? {
    isNull(column) ? nil : sqlite3_column_int64(statement.handle, column)
  }

  /// The value as a text; bytes that are not UTF-8 become U+FFFD.
  public func text(_ column: Int32) -> String {
    check(column)
    // The length is only right after the text was asked for.
    guard let start = sqlite3_column_text(statement.handle, column) else { return "" }
    let count = Int(sqlite3_column_bytes(statement.handle, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// The value as a text; nil for NULL.
  public func optionalText(_ column: Int32) -> String? {
    isNull(column) ? nil : text(column)
  }

  /// A copy of the value's bytes: those of a blob, or the UTF-8 of a text.
  public func bytes(_ column: Int32) -> [UInt8] {
    [UInt8](borrowedBytes(column))
  }

  /// A copy of the value's bytes; nil for NULL.
  public func optionalBytes(_ column: Int32) -> [UInt8]? {
    isNull(column) ? nil : bytes(column)
  }

  /// Lends the value's bytes without a copy; the buffer is not valid after `body`.
  @inlinable
  public func withBytes<T>(
    _ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> T
  ) rethrows -> T {
    defer { withExtendedLifetime(statement) {} }
    return try body(borrowedBytes(column))
  }

  /// The value as it is stored; a REAL, which nothing here writes, comes as a text.
  public func value(_ column: Int32) -> SQLValue {
    check(column)
    switch sqlite3_column_type(statement.handle, column) {
    case SQLITE_INTEGER: return .integer(integer(column))
    case SQLITE_BLOB: return .bytes(bytes(column))
    case SQLITE_NULL: return .null
    default: return .text(text(column))
    }
  }

  @usableFromInline
  func borrowedBytes(_ column: Int32) -> UnsafeRawBufferPointer {
    check(column)
    guard let start = sqlite3_column_blob(statement.handle, column) else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement.handle, column)))
  }

  /// Catches a wrong column number in tests; SQLite would answer NULL.
  private func check(_ column: Int32) {
    assert(column >= 0 && column < columnCount, "there is no such column in this row")
  }
}

@available(*, unavailable, message: "a row belongs to the thread of its connection")
extension Row: Sendable {}
