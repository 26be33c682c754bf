import Hub
import JSON
import Sync
import TestKit
import Testing

@Suite("The schemas of requests say what the hub says")
struct ChangeSchemaTests {
  private let desk: Desk
  private let scribe: Scribe
  private let other: Scribe
  private let change: SchemaValidator

  init() throws {
    desk = try Desk()
    scribe = try desk.scribe("bogota-7kq2m")
    other = try desk.scribe("durban-4xw9c")
    change = SchemaValidator(try #require(Contract.files.first { $0.name == "change" }).schema)
  }

  /// The schema of a route's JSON body.
  private func body(_ route: HubRoute) throws -> JSON {
    let item = Contract.openAPI["paths"]?[Text(route.path)]?[Text(route.method.lowercased())]
    return try #require(item?["requestBody"]?["content"]?["application/json"]?["schema"])
  }

  /// What no schema says: how a number is spelled, how large the whole is, what another operation or the log holds.
  private static let beyond: Set<String> = [
    "the number 1.0", "the number 1e3", "the number -0", "a member {\"a\":1e0}", "256 KiB and a bit", "another kind",
    "a foreign former name", "its own former name",
  ]

  @Test("a change that is refused alone is refused by the schema, but for what no schema says")
  func refused() throws {
    var found: Set<String> = []
    for bad in RefusedExample.all(scribe, n: 1, record: Desk.record(1)) {
      let json = try JSON.parse(Array(bad.change.utf8))
      if change.accepts(json) { found.insert(bad.name) }
    }
    let title = Scribe.put("title", "refused")
    #expect(found == Self.beyond.union(["the operations \("\(title),\(title)".prefix(80))"]))
  }

  @Test("a change that the hub takes is taken by the schema")
  func taken() throws {
    let name = "bogota-aaaaa:1:0000000000000000"
    let operations = [
      Scribe.put("title", "one"), #"{"put":["title"],"value":"x","over":["\#(name)"]}"#,
      #"{"put":["points","a"],"value":{"kind":"aim","text":"x"}},{"put":["points@position","a"],"value":"V"}"#,
      #"{"put":["@life"],"value":"alive"}"#,
      #"{"put":["@life"],"value":{"deleted":{"\#(name)":[["title"],["@life"]]}}}"#,
      #"{"put":["@life"],"value":"alive"},{"put":["summary"],"value":null}"#, #"{"drop":["areas","x"],"over":[]}"#,
      #"{"put":["unknown","k"],"value":{"a":[1,null,{"b":true}]}}"#, #"{"erase":true}"#,
    ]
    for (index, text) in operations.enumerated() {
      let offer = scribe.change(Int64(index + 1), Desk.record(1), text, extra: #","note":{"any":1}"#)
      #expect(scribe.push(offer).fates.allSatisfy { ["applied", "erased"].contains($0) }, "\(text)")
      #expect(change.faults(try JSON.parse(Array(offer.utf8))) == [], "\(text)")
    }
  }

  @Test("a batch in which something can have no fate is refused by the schema")
  func batches() throws {
    let (validator, schema) = (SchemaValidator(Contract.openAPI), try body(.pushChanges))
    for bad in BadRequest.withoutFate(scribe) {
      guard let json = try? JSON.parse(Array(bad.body.utf8)) else { continue }
      // 3.0 is an integer to JSON Schema.
      #expect(validator.accepts(json, schema) == ["\"n\":3.0", "\"n\":3e0"].contains(bad.name), "\(bad.name)")
    }
    #expect(
      validator.faults(try JSON.parse(Array(Scribe.batch([scribe.title(1, Desk.record(1), "x")]).utf8)), schema) == [])
  }

  @Test("a handshake that cannot be read is refused by the schema")
  func syncs() throws {
    let (validator, schema) = (SchemaValidator(Contract.openAPI), try body(.sync))
    for bad in BadRequest.syncs(scribe, other: other) {
      guard let json = try? JSON.parse(Array(bad.body.utf8)) else { continue }
      let isSpelling = ["protocol 1.0", "own 1.0", "acknowledged 1.0"].contains(bad.name)
      let isBeyond = bad.name == "another replica" || isSpelling
      #expect(validator.accepts(json, schema) == isBeyond, "\(bad.name)")
    }
    #expect(validator.faults(try JSON.parse(Array(scribe.syncBody(limit: "5").utf8)), schema) == [])
  }
}
