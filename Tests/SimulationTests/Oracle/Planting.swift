import Crypto
import JSON
import SQLite
import Simulation
import Testing

/// A defect that is planted in a file of the settled world, and the name under which the oracle must find it.
struct Planting: CustomTestStringConvertible, Sendable {
  let name: String
  let kind: ViolationKind
  let plant: @Sendable (SettledWorld.Files) throws -> Void

  init(
    _ name: String, _ kind: ViolationKind, _ plant: @escaping @Sendable (SettledWorld.Files) throws -> Void
  ) {
    (self.name, self.kind, self.plant) = (name, kind, plant)
  }

  /// A defect that is one statement of SQL in the hub's file.
  static func hub(_ name: String, _ kind: ViolationKind, _ sql: String) -> Planting {
    Planting(name, kind) { try $0.hub.changing(sql) }
  }

  /// A defect that is one statement of SQL in the file of Durban.
  static func replica(_ name: String, _ kind: ViolationKind, _ sql: String) -> Planting {
    Planting(name, kind) { try $0.replicas[1].connection.changing(sql) }
  }

  /// A defect that is one statement of SQL in the file of Bogotá with unsent work.
  static func busy(_ name: String, _ kind: ViolationKind, _ sql: String) -> Planting {
    Planting(name, kind) { try $0.busy.changing(sql) }
  }

  var testDescription: String { "\(name): \(kind.rawValue)" }
}

extension Connection {
  /// Runs SQL that must change something.
  func changing(_ sql: String) throws {
    let before = totalChanges
    try execute(sql)
    try #require(totalChanges > before, "nothing was planted")
  }

  /// Puts another state in the place of a record's, and makes the hash, and a hub's digest, fit it.
  func restate(_ num: Int64, isHub: Bool, _ change: (inout JSONObject) -> Void) throws {
    let old = try #require(
      try first("SELECT state FROM record WHERE num = ?1", .integer(num)) { $0.bytes(0) })
    var object = try #require(try JSON.parse(old).object)
    change(&object)
    let new = JSON.object(object).canonical()
    try #require(new != old, "nothing was planted")
    try run("UPDATE record SET state = ?2 WHERE num = ?1", .integer(num), .bytes(new))
    try run("UPDATE record SET hash = ?2 WHERE num = ?1", .integer(num), .bytes(SHA256.hash(new).bytes))
    if isHub { try repoint() }
  }

  /// Puts other bytes in the place of a change's, and makes the hash fit them; at a hub also the chain.
  func rewrite(_ pos: Int64, isHub: Bool, _ change: (String) -> String) throws {
    let old = try #require(try first("SELECT body FROM log WHERE pos = ?1", .integer(pos)) { $0.text(0) })
    let new = Array(change(old).utf8)
    try #require(new != Array(old.utf8), "nothing was planted")
    try run("UPDATE log SET body = ?2 WHERE pos = ?1", .integer(pos), .bytes(new))
    try run("UPDATE log SET hash = ?2 WHERE pos = ?1", .integer(pos), .bytes(SHA256.hash(new).bytes))
    if isHub { try repoint() }
  }

  /// Makes a hub's chain, head and digest fit its tables.
  func repoint() throws {
    var chain = Digest.zero
    var chains: [(pos: Int64, prefix: UInt64)] = []
    try rows("SELECT pos, hash, time FROM log ORDER BY pos") { row in
      let time = row.integer(2)
      let tail = stride(from: Int64(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: time >> $0) }
      chain = SHA256.hash(chain.bytes + row.bytes(1) + tail)
      chains.append((row.integer(0), chain.prefix))
    }
    for (pos, prefix) in chains {
      try run("UPDATE log SET chain = ?2 WHERE pos = ?1", .integer(pos), .integer(Int64(bitPattern: prefix)))
    }
    var digest = Digest.zero
    try rows("SELECT hash FROM record") { digest = digest &+ (Digest(bytes: $0.bytes(0)) ?? .zero) }
    let head = UInt64(chains.count)
    let seq = stride(from: UInt64(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: head >> $0) }
    try run("INSERT OR REPLACE INTO setting VALUES('point', ?1)", .bytes(seq + chain.bytes + digest.bytes))
  }
}

extension JSONObject {
  /// The items of a list in it.
  func items(_ key: Text) -> [JSON] { self[key]?.array ?? [] }

  /// Puts a list in the place of a member.
  mutating func set(_ key: Text, _ items: [JSON]) {
    members.removeAll { $0.key == key }
    members.append(JSONMember(key: key, value: .array(items)))
  }
}
