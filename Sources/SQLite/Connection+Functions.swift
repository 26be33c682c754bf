import CSQLite

extension Connection {
  /// Makes a Swift function callable from the SQL of this connection.
  ///
  /// An argument count of -1 takes any number. A function that always answers the same to the same arguments
  /// is `deterministic`, and SQLite then calls it less often. A REAL argument arrives as a text. Views,
  /// triggers and indexes cannot call the function: the schema may come with a stranger's file.
  public func registerFunction(
    name: String, argumentCount: Int32, deterministic: Bool, _ body: @escaping ([SQLValue]) -> SQLValue
  ) throws(SQLiteError) {
    let handle = try openHandle()
    let state = Unmanaged.passRetained(SQLFunction(body)).toOpaque()
    let flags = SQLITE_UTF8 | SQLITE_DIRECTONLY | (deterministic ? SQLITE_DETERMINISTIC : 0)
    let code = sqlite3_create_function_v2(
      handle, name, argumentCount, flags, state,
      { context, count, arguments in
        guard let state = sqlite3_user_data(context) else { return }
        Unmanaged<SQLFunction>.fromOpaque(state).takeUnretainedValue().call(context, count, arguments)
      }, nil, nil,
      // SQLite also calls this when the registration fails (https://sqlite.org/c3ref/create_function.html).
      { state in
        if let state { Unmanaged<SQLFunction>.fromOpaque(state).release() }
      })
    guard code == SQLITE_OK else { throw SQLiteError(connection: handle, code: code, sql: nil) }
  }
}
