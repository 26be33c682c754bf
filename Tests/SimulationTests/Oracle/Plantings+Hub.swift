import Crypto
import JSON
import SQLite
import Simulation

extension Plantings {
  /// Defects of the hub's log.
  static let hubLog: [Planting] = [
    .hub(
      "other bytes", .wrongHash,
      "UPDATE log SET body = CAST(replace(body, 'event 0', 'event 9') AS BLOB) WHERE pos = 1"
    ),
    Planting("other bytes with their hash and chain", .invention) { files in
      try files.hub.rewrite(1, isHub: true) { $0.replacing("event 0", with: "event 9") }
    },
    Planting("bytes that are not canonical", .unreadableChange) { files in
      try files.hub.rewrite(1, isHub: true) { $0.replacing("{\"at\"", with: "{ \"at\"") }
    },
    Planting("the bytes of another dot", .wrongDot) { files in
      try files.hub.rewrite(2, isHub: true) { $0.replacing("\"n\":2", with: "\"n\":7") }
    },
    .hub("a change of another record", .wrongDot, "UPDATE log SET record = 2 WHERE pos = 1"),
    .hub(
      "the last row dropped", .lostAcknowledgement, "DELETE FROM log WHERE pos = (SELECT max(pos) FROM log)"),
    .hub("a row in the middle dropped", .logOrder, "DELETE FROM log WHERE pos = 4"),
    .hub(
      "a number left out", .gap,
      "UPDATE log SET n = n + 1 WHERE pos >= (SELECT max(pos) FROM log WHERE replica = 1)"),
    .hub(
      "a row moved to the end", .logOrder, "UPDATE log SET pos = (SELECT max(pos) + 1 FROM log) WHERE pos = 3"
    ),
    Planting("a dot twice", .doubleDot) { files in
      try files.hub.changing(
        "CREATE TABLE copy AS SELECT * FROM log; DROP TABLE log; ALTER TABLE copy RENAME TO log;"
          + "INSERT INTO log SELECT pos + 1, seq, replica, n, record, prev, time, hash, chain, fate, flags, body"
          + " FROM log ORDER BY pos DESC LIMIT 1")
    },
    .hub("a row without a fate", .logOrder, "UPDATE log SET fate = 0 WHERE pos = 2"),
    .hub("another time", .wrongChain, "UPDATE log SET time = time + 1 WHERE pos = 2"),
    .hub("another link of the chain", .wrongChain, "UPDATE log SET chain = chain + 1 WHERE pos = 5"),
    .hub("bytes gone", .lostBytes, "UPDATE log SET body = NULL WHERE pos = 3"),
    .hub("bytes of an erased record", .keptBytes, "UPDATE log SET body = CAST('{}' AS BLOB) WHERE pos = 4"),
    .hub("a refusal without a reason", .wrongVerdict, "DELETE FROM verdict"),
    .hub("a reason without a refusal", .wrongVerdict, "INSERT INTO verdict VALUES(1, 'bad-change', '')"),
    .hub("a former name forgotten", .wrongName, "DELETE FROM renamed"),
    .hub("another former name", .wrongName, "UPDATE renamed SET n = n + 1"),
    .hub("a former name of nothing", .wrongName, "INSERT INTO renamed VALUES(1, 77, 1, 7777)"),
    .hub("a broken link", .brokenLinks, "UPDATE log SET prev = 0 WHERE prev > 0 AND record = 1"),
    .hub("another end", .brokenLinks, "UPDATE record SET last = 1 WHERE num = 1"),
    .hub("a change that travels as a state", .wrongFlag, "UPDATE log SET flags = 1 WHERE pos = 1"),
    Planting("a change that nobody wrote", .invention) { files in
      try files.hub.append(
        #"{"at":1,"kind":"event","n":N,"ops":[{"drop":["areas","x"]}],"record":"R","replica":"A"}"#)
    },
    Planting("a change before what it names", .unseenCause) { files in
      let name = "durban-yvz62:99:00112233445566aa"
      try files.hub.append(
        #"{"at":1,"kind":"event","n":N,"ops":[{"drop":["areas","x"],"over":["\#(name)"]}],"record":"R","replica":"A"}"#
      )
    },
    Planting("a saved change that became a refused one", .lostChange) { files in
      try files.hub.changing(
        "UPDATE log SET fate = 2, body = NULL WHERE pos = 2; INSERT INTO verdict VALUES(2, 'x', '')")
    },
    .hub(
      "a saved change that became an erased one", .lostChange,
      "UPDATE log SET fate = 4, body = NULL WHERE pos = 2"),
  ]

  /// Defects of the hub's records; hashes and digest are made to fit where nothing else is said.
  static let hubRecords: [Planting] = [
    restated("a cell less", .missingCell, record: 3) { $0.set("cells", $0.items("cells").dropLast()) },
    restated("a replaced cell again", .extraCell) { state in
      let names = state.items("names")
      state.set(
        "cells", state.items("cells") + [.array(["topics", "zzz", .int(Int64(names.count) - 1), true])])
    },
    restated("another value", .wrongValue) { state in
      state.set("cells", state.items("cells").map { $0.replacing(3, with: "something else") })
    },
    restated("another time", .wrongTime) { state in
      state.set("names", state.items("names").map { $0.replacing(3, with: 5) })
    },
    restated("a mark", .wrongMarks) {
      $0.set("awaited", [["areas", "x", "durban-yvz62:1:00112233445566aa"]])
    },
    restated("names in another order", .stateBytes) { state in
      state.set("names", state.items("names").reversed())
    },
    restated("an erased record that lives", .wrongErasure, record: 4) { state in
      state.members.removeAll { $0.key == "erased" }
      state.set("cells", [])
      state.set("names", [])
    },
    restated("a live record that is erased", .wrongErasure) { state in
      state.members.removeAll { $0.key == "cells" || $0.key == "names" }
      state.members.append(JSONMember(key: "erased", value: true))
    },
    .hub("another hash", .stateHash, "UPDATE record SET hash = zeroblob(32) WHERE num = 1"),
    .hub("deleted", .wrongDeleted, "UPDATE record SET deleted = 1 WHERE num = 1"),
    .hub("a covered record shown as live", .wrongDeleted, "UPDATE record SET deleted = 0 WHERE num = 5"),
    .hub("no conflicts", .wrongConflicts, "UPDATE record SET conflicts = 0 WHERE num = 1"),
    .hub("a conflict of a deleted record", .wrongConflicts, "UPDATE record SET conflicts = 1 WHERE num = 5"),
    .hub("a seq before its last change", .wrongSeq, "UPDATE record SET seq = 1 WHERE num = 1"),
    .hub("a seq beyond the head", .wrongSeq, "UPDATE record SET seq = 7777 WHERE num = 1"),
    .hub("a record less", .missingRecord, "DELETE FROM record WHERE num = 2"),
    .hub("a base of its own", .wrongBase, "UPDATE record SET base = state WHERE num = 1"),
    .hub(
      "another head", .wrongPoint,
      "UPDATE setting SET value = CAST(zeroblob(8) || substr(value, 9) AS BLOB) WHERE key = 'point'"),
    .hub("no point", .wrongPoint, "DELETE FROM setting WHERE key = 'point'"),
    .hub(
      "another digest", .wrongDigest,
      "UPDATE setting SET value = CAST(substr(value, 1, 40) || zeroblob(32) AS BLOB) WHERE key = 'point'"),
  ]

  private static func restated(
    _ name: String, _ kind: ViolationKind, record: Int64 = 1,
    _ change: @escaping @Sendable (inout JSONObject) -> Void
  ) -> Planting {
    Planting(name, kind) { try $0.hub.restate(record, isHub: true, change) }
  }
}

extension Connection {
  /// Appends a change of Bogotá to a hub's log, with all that belongs to it but the state.
  fileprivate func append(_ template: String) throws {
    let replica =
      try first("SELECT num, id FROM replica ORDER BY num") { ($0.integer(0), $0.text(1)) } ?? (0, "")
    let n = (try integer("SELECT max(n) FROM log WHERE replica = ?1", .integer(replica.0)) ?? 0) + 1
    let record = try text("SELECT lower(hex(id)) FROM record WHERE num = 1") ?? ""
    let id = [(0, 8), (8, 4), (12, 4), (16, 4), (20, 12)].map { start, count in
      String(record.dropFirst(start).prefix(count))
    }.joined(separator: "-")
    let body = Array(
      template.replacing("\"n\":N", with: "\"n\":\(n)").replacing("\"R\"", with: "\"\(id)\"")
        .replacing("\"A\"", with: "\"\(replica.1)\"").utf8)
    try run(
      """
      INSERT INTO log
      SELECT (SELECT max(pos) + 1 FROM log), NULL, ?1, ?2, 1, last, 1700000000000, ?3, 0, 1, 0, ?4
      FROM record WHERE num = 1
      """, .integer(replica.0), .integer(n), .bytes(SHA256.hash(body).bytes), .bytes(body))
    try run(
      "UPDATE record SET last = (SELECT max(pos) FROM log), seq = (SELECT max(pos) FROM log) WHERE num = 1")
    try repoint()
  }
}

extension JSON {
  /// A list with another item at a place.
  fileprivate func replacing(_ place: Int, with item: JSON) -> JSON {
    guard var items = array else { return self }
    items[place] = item
    return .array(items)
  }
}
