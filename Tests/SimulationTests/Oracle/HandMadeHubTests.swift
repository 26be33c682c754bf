import Crypto
import Foundation
import JSON
import SQLite
import Simulation
import Testing

@Suite("The oracle knows the protocol from its text")
struct HandMadeHubTests {
  private static let record = "0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b"
  private static let first = #"""
    {"at":1767225600000,"kind":"event","n":1,"ops":[{"put":["title"],"value":"Foro de paz"},\#
    {"put":["summary"],"value":"Línea 1\n\"Línea 2\""},{"put":["areas","Mass Violence and Atrocities"],\#
    "value":true}],"record":"0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b","replica":"bogota-7kq2m"}
    """#
  private static let second = #"""
    {"at":1767225660000,"kind":"event","n":2,"ops":[{"over":["bogota-7kq2m:1:872bdab97ce60af1"],\#
    "put":["title"],"value":"Foro de paz 2026"}],"record":"0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b",\#
    "replica":"bogota-7kq2m"}
    """#
  private static let third = #"""
    {"at":1767225900000,"kind":"event","n":1,"ops":[{"over":["bogota-7kq2m:1:872bdab97ce60af1"],\#
    "put":["title"],"value":"Peace forum"}],"record":"0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b",\#
    "replica":"nairobi-4xw9c"}
    """#
  private static let state = #"""
    {"cells":[["areas","Mass Violence and Atrocities",0,true],["summary",null,0,"Línea 1\n\"Línea 2\""],\#
    ["title",null,1,"Foro de paz 2026"],["title",null,2,"Peace forum"]],"kind":"event",\#
    "names":[["bogota-7kq2m",1,"872bdab97ce60af1",1767225600000],["bogota-7kq2m",2,"37bfb6b6c42bed21",\#
    1767225660000],["nairobi-4xw9c",1,"7eda487364d9f25a",1767225800000]],\#
    "record":"0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b"}
    """#

  @Test("the example of the specification is sound, byte for byte")
  func example() throws {
    let hub = try HandMadeHub()
    var oracle = Oracle()
    for (text, replica, n, time) in [
      (Self.first, "bogota-7kq2m", 1, 1_767_225_700_000), (Self.second, "bogota-7kq2m", 2, 1_767_225_700_000),
      (Self.third, "nairobi-4xw9c", 1, Int64(1_767_225_800_000)),
    ] {
      let bytes = Array(text.utf8)
      oracle.wrote(bytes)
      try hub.append(
        bytes, replica: replica, n: Int64(n), hash: SHA256.hash(bytes), record: Self.record, time: time)
    }
    try hub.setState(Self.record, Array(Self.state.utf8), deleted: 0, conflicts: 1)
    #expect(
      SHA256.hash(Array(Self.state.utf8)).hex
        == "79f288e6d5dd7665a80374625767cb6a5718b5fd15041127d35f55564fdaf5f6")
    #expect(try hub.connection.integer("SELECT chain FROM log WHERE pos = 3") == 0x28C8_1214_C0EF_1602)
    let found = try oracle.check(hub.connection, file: "hub", isHub: true)
    #expect(found == [])
  }

  @Test(
    "the histories of the vectors are sound; any cell less or any other time is not",
    arguments: try Self.histories())
  func history(_ history: JSON) throws {
    let hub = try HandMadeHub()
    var oracle = Oracle()
    try Self.write(history, into: hub, &oracle)
    let found = try oracle.check(hub.connection, file: "hub", isHub: true)
    #expect(found.filter { !Self.unsaid.contains($0.kind) } == [])
    let state = Self.text(history["state"])
    let object = try #require(try JSON.parse(Array(state.utf8)).object)
    for place in object.items("cells").indices {
      var changed = object
      var cells = object.items("cells")
      cells.remove(at: place)
      changed.set("cells", cells)
      try Self.expectComplaint(hub, &oracle, history, changed)
    }
    for place in object.items("names").indices {
      var changed = object
      var names = object.items("names").compactMap { $0.array }
      names[place][3] = 0
      changed.set("names", names.map { .array($0) })
      try Self.expectComplaint(hub, &oracle, history, changed)
    }
  }

  private static func expectComplaint(
    _ hub: HandMadeHub, _ oracle: inout Oracle, _ history: JSON, _ state: JSONObject
  ) throws {
    let id = text(history["record"])
    try hub.setState(id, JSON.object(state).canonical(), deleted: 0, conflicts: 0)
    let found = try oracle.check(hub.connection, file: "hub", isHub: true)
    #expect(found.contains { [.missingCell, .wrongTime, .stateBytes].contains($0.kind) }, "found \(found)")
  }

  /// What the vectors do not say, or not as a hub would: which entries travel as states, what the same
  /// replicas wrote elsewhere, and that a change is written again for the same member only (one names two).
  private static let unsaid: Set<ViolationKind> = [.wrongFlag, .gap, .wrongName]

  private static func histories() throws -> [JSON] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = try Data(contentsOf: root.appending(path: "Protocol/vectors/merge.json"))
    return try JSON.parse(Array(file))["histories"]?.array ?? []
  }

  private static func text(_ value: JSON?) -> String { value?.text?.string ?? "" }

  /// The bytes that a change had under its first dot.
  private static func firstForm(_ body: JSON, _ name: [String]) -> [UInt8] {
    guard var object = body.object, object["was"] != nil else { return body.canonical() }
    object.members.removeAll { ["was", "replica", "n"].contains($0.key) }
    object.members.append(JSONMember(key: "replica", value: .string(Text(name[0]))))
    object.members.append(JSONMember(key: "n", value: .int(Int64(name[1]) ?? 0)))
    return JSON.object(object).canonical()
  }

  /// Writes a history as the hub that took it would.
  private static func write(_ history: JSON, into hub: HandMadeHub, _ oracle: inout Oracle) throws {
    let id = text(history["record"])
    let steps = history["steps"]?.array ?? []
    let isErased = history["erased"] == true
    for step in steps {
      let bytes = Array(text(step["bytes"]).utf8)
      let name = text(step["name"]).split(separator: ":").map(String.init)
      let body = try JSON.parse(bytes)
      let void = body["void"]
      let dot = void ?? body
      let isApplied = step["fate"] == "applied"
      let isKept = isApplied && (!isErased || String(decoding: bytes, as: UTF8.self).contains("erase"))
      if void == nil { oracle.wrote(firstForm(body, name)) }
      let fate: Int64 = isKept ? 1 : isApplied ? 4 : void != nil ? 3 : 2
      try hub.append(
        isKept ? bytes : nil, replica: text(dot["replica"]),
        n: dot["n"]?.integer ?? 0, hash: Digest(hex: text(step["hash"])) ?? .zero,
        record: isApplied ? id : nil, time: step["time"]?.integer ?? 0, fate: fate,
        was: dot["was"] == nil ? nil : (name[0], Int64(name[1]) ?? 0, UInt64(name[2], radix: 16) ?? 0))
    }
    let state = Array(text(history["state"]).utf8)
    let deleted: Int64 = isErased ? 2 : history["deleted"] == true ? 1 : 0
    try hub.setState(id, state, deleted: deleted, conflicts: Int64(history["conflicts"]?.array?.count ?? 0))
  }
}
