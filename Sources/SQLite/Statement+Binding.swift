import CSQLite

// Every bind copies (SQLITE_TRANSIENT) but for the borrowed ones. Lengths are counted in bytes, so that a NUL
// inside a text survives. See https://sqlite.org/c3ref/bind_blob.html.
extension Statement {
  /// Binds an integer to the parameter `?index`, counted from 1.
  public func bind(_ index: Int32, _ value: Int64) {
    noteBinding(sqlite3_bind_int64(handle, index, value))
  }

  /// Binds a copy of the bytes as a blob; an empty array is a blob of length zero.
  public func bind(_ index: Int32, _ blob: [UInt8]) {
    blob.withUnsafeBytes { bindBlob(index, $0, transient) }
  }

  /// Binds a copy of the bytes as a blob; an empty slice is a blob of length zero.
  public func bind(_ index: Int32, _ blob: ArraySlice<UInt8>) {
    blob.withUnsafeBytes { bindBlob(index, $0, transient) }
  }

  /// Binds a copy of a text.
  public func bind(_ index: Int32, text: String) {
    var text = text
    text.withUTF8 { bindText(index, UnsafeRawBufferPointer($0), transient) }
  }

  /// Binds a copy of UTF-8 bytes as a text; they are stored as they are, valid or not.
  public func bind(_ index: Int32, textBytes: [UInt8]) {
    textBytes.withUnsafeBytes { bindText(index, $0, transient) }
  }

  /// Binds NULL.
  public func bindNull(_ index: Int32) {
    noteBinding(sqlite3_bind_null(handle, index))
  }

  /// Binds a value of any kind.
  public func bind(_ index: Int32, value: SQLValue) {
    switch value {
    case .null: bindNull(index)
    case .integer(let value): bind(index, value)
    case .text(let value): bind(index, text: value)
    case .bytes(let value): bind(index, value)
    }
  }

  /// Binds the values to `?1`, `?2` … in order; their number must be the number of the parameters.
  public func bind(_ values: [SQLValue]) {
    let expected = Int(sqlite3_bind_parameter_count(handle))
    guard values.count == expected else {
      // A parameter that is left out would be NULL, in silence.
      let message = "the statement has \(expected) parameters, but \(values.count) values were given"
      return noteFailure(SQLiteError(code: SQLITE_RANGE, message: message, sql: text))
    }
    var index: Int32 = 0
    for value in values {
      index += 1
      bind(index, value: value)
    }
  }

  /// Binds a blob in place: the memory must stay valid and unchanged until the statement is reset.
  ///
  /// An empty buffer is a blob of length zero, not NULL.
  public func bindBorrowed(_ index: Int32, _ blob: UnsafeRawBufferPointer) {
    bindBlob(index, blob, nil)
  }

  /// Binds UTF-8 bytes as a text in place: the memory must stay valid and unchanged until the reset.
  public func bindBorrowed(_ index: Int32, textBytes: UnsafeRawBufferPointer) {
    bindText(index, textBytes, nil)
  }

  private func bindBlob(_ index: Int32, _ blob: UnsafeRawBufferPointer, _ keep: sqlite3_destructor_type?) {
    // An empty buffer may have no address, which SQLite would take for NULL.
    guard !blob.isEmpty else { return noteBinding(sqlite3_bind_zeroblob(handle, index, 0)) }
    noteBinding(sqlite3_bind_blob64(handle, index, blob.baseAddress, UInt64(blob.count), keep))
  }

  private func bindText(_ index: Int32, _ text: UnsafeRawBufferPointer, _ keep: sqlite3_destructor_type?) {
    let encoding = UInt8(SQLITE_UTF8)
    guard !text.isEmpty, let start = text.baseAddress else {
      return noteBinding(sqlite3_bind_text64(handle, index, "", 0, transient, encoding))
    }
    let characters = start.assumingMemoryBound(to: CChar.self)
    noteBinding(sqlite3_bind_text64(handle, index, characters, UInt64(text.count), keep, encoding))
  }
}

/// `SQLITE_TRANSIENT`: SQLite makes its own copy before the call returns.
var transient: sqlite3_destructor_type {
  unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
