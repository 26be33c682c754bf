import JSON
public import SQLite
public import Sync

/// Which records other systems gave ids, at a hub.
public enum Origins {
  /// Notes the foreign ids of the record with this number; those that it had before stay noted, and who looks them up asks its state.
  public static func add(_ state: RecordState, _ record: Int64, _ connection: Connection) throws {
    for cell in state.cells(of: "sourceIds") {
      guard let key = cell.path.key else { continue }
      try connection.run(
        "INSERT OR IGNORE INTO origin(source, record) VALUES(?1, ?2)", .text(key.string), .integer(record))
    }
  }

  /// Forgets all that is known of a record beside its state, which was erased.
  public static func forget(_ id: RecordID, _ record: Int64, _ connection: Connection) throws {
    try connection.run("DELETE FROM origin WHERE record = ?1", .integer(record))
    try connection.run("DELETE FROM view WHERE record = ?1", .integer(record))
    try forgetAnswers(about: id, connection)
  }

  /// Takes out of the answers that are kept what shows values of a record: its conflicts, and a tag made of all of them.
  ///
  /// The answers themselves stay, or their requests would be done once more when they are sent again.
  private static func forgetAnswers(about id: RecordID, _ connection: Connection) throws {
    var answers: [(row: Int64, body: [UInt8])] = []
    try connection.rows("SELECT rowid, body FROM answered WHERE instr(body, ?1) > 0", .bytes(id.text.bytes)) {
      answers.append(($0.integer(0), $0.bytes(1)))
    }
    for answer in answers {
      guard var object = (try? JSON.parse(answer.body))?.object, let results = object["results"]?.array else {
        try connection.run("DELETE FROM answered WHERE rowid = ?1", .integer(answer.row))
        continue
      }
      object["results"] = .array(
        results.map { result in
          guard result["id"] == .string(id.text), var known = result.object else { return result }
          (known["conflicts"], known["etag"]) = (nil, nil)
          return .object(known)
        })
      try connection.run(
        "UPDATE answered SET body = ?2 WHERE rowid = ?1", .integer(answer.row), .bytes(JSON.object(object).write()))
    }
  }
}
