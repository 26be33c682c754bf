import JSON
import SQLite
import Simulation

extension Plantings {
  /// Defects of a replica at rest (Durban's).
  static let replica: [Planting] = [
    .replica(
      "other bytes", .wrongHash, "UPDATE log SET body = CAST(replace(body, 'by Durban', 'by nobody') AS BLOB)"
    ),
    Planting("other bytes with their hash", .invention) { files in
      let connection = files.replicas[1].connection
      let pos =
        try connection.integer("SELECT pos FROM log WHERE instr(body, CAST('by Durban' AS BLOB))") ?? 0
      try connection.rewrite(pos, isHub: false) { $0.replacing("by Durban", with: "by nobody") }
    },
    .replica("an own change less", .notSaved, "DELETE FROM log WHERE \(own) AND n = 1"),
    .replica(
      "an own number left out", .gap,
      "UPDATE log SET n = n + 1 WHERE \(own) AND n = (SELECT max(n) FROM log WHERE \(own))"),
    .replica("own bytes gone", .lostBytes, "UPDATE log SET body = NULL WHERE \(own) AND n = 1"),
    .replica(
      "bytes of an erased record", .keptBytes,
      "UPDATE log SET record = (SELECT num FROM record WHERE deleted = 2)"
        + " WHERE instr(body, CAST('by Durban' AS BLOB))"),
    .replica(
      "words of an erased record", .keptBytes,
      "INSERT INTO search(rowid, text) SELECT num, 'word' FROM record WHERE deleted = 2"),
    .replica("an open change", .pending, "UPDATE log SET fate = 0 WHERE \(own) AND n = 1"),
    .replica("a void to be offered", .pending, "UPDATE log SET fate = 7 WHERE \(own) AND n = 1"),
    .replica("a change outside", .outside, "UPDATE log SET flags = 2 WHERE \(own) AND n = 1"),
    .replica(
      "a change outside that the base holds", .wrongOutside, "UPDATE log SET flags = 2 WHERE \(own) AND n = 1"
    ),
    .replica("another seq", .wrongPlace, "UPDATE log SET seq = seq + 1 WHERE \(own) AND n = 1"),
    .replica("another time", .wrongPlace, "UPDATE log SET time = time + 1 WHERE \(own) AND n = 1"),
    .replica(
      "a cursor that is behind", .behind,
      "UPDATE setting SET value = CAST(replace(value, 'c1.', 's1.') AS BLOB) WHERE key = 'cursor'"),
    .replica("no cursor", .behind, "DELETE FROM setting WHERE key = 'cursor'"),
    .replica(
      "a point of another history", .foreignHistory,
      "UPDATE setting SET value = CAST(substr(value, 1, length(value) - 4) || 'ffff' AS BLOB)"
        + " WHERE key = 'furthest'"
    ),
    .replica(
      "another hub", .foreignHistory,
      "UPDATE setting SET value = CAST('anotherhub' AS BLOB) WHERE key = 'hub'"),
    .replica(
      "another acknowledgement", .wrongAcknowledged,
      "UPDATE setting SET value = CAST(replace(value, '\"n\":', '\"n\":9') AS BLOB)"
        + " WHERE key = 'acknowledged'"),
    .replica("a stale base", .staleBase, "UPDATE record SET stale = 1 WHERE num = 1"),
    .replica("a record less", .missingRecord, "DELETE FROM record WHERE num = 1"),
    .replica(
      "a record that the cursor has passed", .cursorAhead, "UPDATE record SET seq = 1 WHERE conflicts = 1"),
    .replica(
      "a record more", .extraRecord,
      "INSERT INTO record SELECT 77, zeroblob(16), kind, seq, 0, hash, base, state,"
        + " deleted, conflicts, stale, title, sort FROM record WHERE num = 1"),
    .replica("another hash", .stateHash, "UPDATE record SET hash = zeroblob(32) WHERE num = 1"),
    .replica("deleted", .wrongDeleted, "UPDATE record SET deleted = 1 WHERE num = 1"),
    .replica("conflicts", .wrongConflicts, "UPDATE record SET conflicts = conflicts + 1 WHERE num = 1"),
    .replica("another title", .wrongTitle, "UPDATE record SET title = 'x' WHERE title LIKE 'by Durban'"),
    .replica("a reference less", .wrongReferences, "DELETE FROM reference"),
    .replica(
      "a reference more", .wrongReferences, "INSERT INTO reference VALUES(zeroblob(16), 1, 'participants')"),
    .replica("another end", .brokenLinks, "UPDATE record SET last = 0 WHERE num = 1"),
    Planting("another state with its hash", .wrongBase) { try restate($0.replicas[1].connection) },
    Planting("another state than the hub", .diverged) { try restate($0.replicas[1].connection) },
    Planting("another sum than the hub", .digestDiffers) { try restate($0.replicas[1].connection) },
    Planting("a refusal without a reason", .wrongVerdict) {
      try $0.replicas[2].connection.changing("DELETE FROM verdict")
    },
    Planting("a refused change without bytes", .lostChange) { files in
      try files.replicas[2].connection.changing("UPDATE log SET body = NULL WHERE fate = 2")
    },
    Planting("a former name forgotten", .wrongName) {
      try $0.replicas[3].connection.changing("DELETE FROM renamed")
    },
    Planting("a change written again under a lost name", .notSaved) { files in
      try files.replicas[3].connection.changing("DELETE FROM log WHERE pos IN (SELECT pos FROM renamed)")
    },
  ]

  /// Defects of a replica with unsent work (Bogotá's), which is checked alone.
  static let busy: [Planting] = [
    .busy("an unsent change less", .notSaved, "DELETE FROM log WHERE fate = 0"),
    .busy("unsent bytes gone", .lostBytes, "UPDATE log SET body = NULL WHERE fate = 0"),
    .busy("an unsent change that is not outside", .wrongOutside, "UPDATE log SET flags = 0 WHERE fate = 0"),
    .busy("a refused change outside", .wrongOutside, "UPDATE log SET fate = 2 WHERE fate = 0"),
    .busy(
      "an unsent change that is not shown", .missingCell,
      "UPDATE record SET state = base WHERE base IS NOT NULL"),
    .busy(
      "a base that holds what is outside", .wrongBase, "UPDATE record SET base = state WHERE base IS NOT NULL"
    ),
    .busy("a base without hash", .stateHash, "UPDATE record SET hash = NULL WHERE base IS NOT NULL"),
    .busy("an unsent time", .wrongTime, "UPDATE log SET fate = 1 WHERE fate = 0"),
    .busy(
      "a base that is no state", .stateBytes,
      "UPDATE record SET base = CAST('{}' AS BLOB) WHERE base IS NOT NULL"),
    .busy("a state that is no JSON", .stateBytes, "UPDATE record SET state = CAST('x' AS BLOB)"),
  ]

  private static let own =
    "replica = (SELECT num FROM replica r WHERE r.id ="
    + " (SELECT CAST(value AS TEXT) FROM setting WHERE key = 'replica'))"

  private static func restate(_ connection: Connection) throws {
    let num = try connection.integer("SELECT num FROM record WHERE title = 'event 2'") ?? 0
    try connection.restate(num, isHub: false) { $0.set("cells", $0.items("cells").dropLast()) }
  }
}
