import CSQLite

/// A Swift function as SQLite holds it.
final class SQLFunction {
  private let body: ([SQLValue]) -> SQLValue

  init(_ body: @escaping ([SQLValue]) -> SQLValue) {
    self.body = body
  }

  func call(
    _ context: OpaquePointer?, _ count: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?
  ) {
    var values: [SQLValue] = []
    for argument in UnsafeBufferPointer(start: arguments, count: Int(count)) {
      values.append(Self.value(argument))
    }
    Self.answer(context, body(values))
  }

  private static func value(_ argument: OpaquePointer?) -> SQLValue {
    switch sqlite3_value_type(argument) {
    case SQLITE_INTEGER: return .integer(sqlite3_value_int64(argument))
    case SQLITE_NULL: return .null
    case SQLITE_BLOB:
      let start = sqlite3_value_blob(argument)
      let count = Int(sqlite3_value_bytes(argument))
      return .bytes([UInt8](UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)))
    default:
      let start = sqlite3_value_text(argument)
      let count = Int(sqlite3_value_bytes(argument))
      let text = UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
      return .text(String(decoding: text, as: UTF8.self))
    }
  }

  private static func answer(_ context: OpaquePointer?, _ value: SQLValue) {
    switch value {
    case .null: sqlite3_result_null(context)
    case .integer(let value): sqlite3_result_int64(context, value)
    case .text(let value):
      let count = UInt64(value.utf8.count)
      sqlite3_result_text64(context, value, count, transient, UInt8(SQLITE_UTF8))
    case .bytes(let value):
      guard !value.isEmpty else { return sqlite3_result_zeroblob(context, 0) }
      sqlite3_result_blob64(context, value, UInt64(value.count), transient)
    }
  }
}
