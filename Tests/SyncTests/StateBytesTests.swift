import JSON
import Sync
import Testing

@Suite("The canonical bytes of a state")
struct StateBytesTests {
  private static let record = "\"record\":\"\(Sample.record)\""
  private static let x = "[\"bogota-7kq2m\",1,\"00000000000000aa\",5]"
  private static let y = "[\"nairobi-00a1z\",2,\"00000000000000bb\",7]"

  private func state(_ text: String) throws -> RecordState {
    try RecordState(canonicalBytes: Sample.bytes(text))
  }

  @Test("states of whole worlds are read back from their bytes, and equal bytes are equal states")
  func roundTrip() throws {
    var states: [RecordState] = []
    for seed in Seeds.from(20_000, count: 15) {
      var world = World(seed: seed, World.Rules(restores: 1))
      for _ in 0..<40 {
        try world.step()
        states += world.hub.states.values
      }
      states += world.replicas.map { $0.shown(Sample.record) }
    }
    var byBytes: [[UInt8]: RecordState] = [:]
    for state in states {
      let bytes = state.canonicalBytes()
      #expect(try RecordState(canonicalBytes: bytes) == state)
      #expect(byBytes[bytes, default: state] == state)
      byBytes[bytes] = state
    }
    #expect(byBytes.count == Set(states).count)
    #expect(byBytes.count > 100)
  }

  @Test(
    "well-formed states are read",
    arguments: [
      "{\"cells\":[],\"kind\":\"event\",\"names\":[],\(record)}",
      "{\"erased\":true,\"kind\":\"event\",\(record)}",
      "{\"cells\":[[\"title\",null,0,\"a\"],[\"title\",null,1,\"b\"]],\"kind\":\"event\",\"names\":[\(x),\(y)],\(record)}",
      "{\"awaited\":[[\"title\",null,\"bogota-7kq2m:1:00000000000000aa\"]],\"cells\":[],\"kind\":\"event\",\"names\":[],\(record)}",
    ])
  func accepted(text: String) throws {
    #expect(Sample.text(try state(text).canonicalBytes()) == text)
  }

  @Test(
    "bytes that are not what the state itself would write are refused",
    arguments: [
      // Spelling
      "{ \"cells\":[],\"kind\":\"event\",\"names\":[],\(record)}",
      "{\"kind\":\"event\",\"cells\":[],\"names\":[],\(record)}",
      "{\"cells\":[],\"kind\":\"\\u0065vent\",\"names\":[],\(record)}",
      "{\"cells\":[[\"title\",null,0,1.0]],\"kind\":\"event\",\"names\":[\(x)],\(record)}",
      // Members that are missing, of the wrong type, or unknown
      "{\"kind\":\"event\",\"names\":[],\(record)}",
      "{\"cells\":[],\"kind\":\"event\",\(record)}",
      "{\"cells\":[],\"kind\":7,\"names\":[],\(record)}",
      "{\"cells\":[],\"kind\":\"event\",\"names\":[],\"record\":\"x\"}",
      "{\"cells\":[],\"erased\":false,\"kind\":\"event\",\"names\":[],\(record)}",
      "{\"cells\":[],\"kind\":\"event\",\"names\":[],\(record),\"zone\":1}",
      "{\"erased\":true,\"kind\":\"event\",\(record),\"zone\":1}",
      // An erased record that still holds something
      "{\"cells\":[[\"title\",null,0,\"a\"]],\"erased\":true,\"kind\":\"event\",\"names\":[\(x)],\(record)}",
      "{\"erased\":true,\"kind\":\"event\",\"names\":[],\(record)}",
      "{\"awaited\":[[\"title\",null,\"bogota-7kq2m:1:00000000000000aa\"]],\"erased\":true,\"kind\":\"event\",\(record)}",
      // Cells out of order, twice, or without a name
      "{\"cells\":[[\"title\",null,0,\"a\"],[\"areas\",\"a\",0,true]],\"kind\":\"event\",\"names\":[\(x)],\(record)}",
      "{\"cells\":[[\"title\",null,0,\"a\"],[\"title\",null,0,\"a\"]],\"kind\":\"event\",\"names\":[\(x)],\(record)}",
      "{\"cells\":[[\"title\",null,1,\"a\"]],\"kind\":\"event\",\"names\":[\(x)],\(record)}",
      "{\"cells\":[[\"title\",null,-1,\"a\"]],\"kind\":\"event\",\"names\":[\(x)],\(record)}",
      "{\"cells\":[[\"title\",7,0,\"a\"]],\"kind\":\"event\",\"names\":[\(x)],\(record)}",
      "{\"cells\":[[\"title\",null,0]],\"kind\":\"event\",\"names\":[\(x)],\(record)}",
      // Names out of order, twice, unused, or not well-formed
      "{\"cells\":[[\"title\",null,1,\"a\"],[\"title\",null,0,\"b\"]],\"kind\":\"event\",\"names\":[\(y),\(x)],\(record)}",
      "{\"cells\":[[\"areas\",\"a\",0,true],[\"title\",null,1,\"a\"]],\"kind\":\"event\",\"names\":[\(x),\(x)],\(record)}",
      "{\"cells\":[[\"title\",null,0,\"a\"]],\"kind\":\"event\",\"names\":[\(x),\(y)],\(record)}",
      "{\"cells\":[],\"kind\":\"event\",\"names\":[[\"bogota-7kq2m\",0,\"00000000000000aa\",5]],\(record)}",
      // Marks out of order, twice, none, or not well-formed
      "{\"awaited\":[],\"cells\":[],\"kind\":\"event\",\"names\":[],\(record)}",
      "{\"awaited\":[[\"title\",null,\"bogota-7kq2m:2:00000000000000aa\"],[\"title\",null,\"bogota-7kq2m:1:00000000000000aa\"]],\"cells\":[],\"kind\":\"event\",\"names\":[],\(record)}",
      "{\"awaited\":[[\"title\",null,\"bogota-7kq2m:1:00000000000000aa\"],[\"title\",null,\"bogota-7kq2m:1:00000000000000aa\"]],\"cells\":[],\"kind\":\"event\",\"names\":[],\(record)}",
      "{\"awaited\":[[\"title\",null,\"bogota:1:00000000000000aa\"]],\"cells\":[],\"kind\":\"event\",\"names\":[],\(record)}",
      "[]", "", "{}", "nul",
    ])
  func refused(text: String) {
    #expect(throws: StateError.self) { try state(text) }
  }

  @Test("a state whose bytes were changed anywhere is refused, or is the state of exactly those bytes")
  func mutations() throws {
    var world = World(seed: 77, World.Rules(records: 1, restores: 1, erasures: 0))
    for _ in 0..<60 { try world.step() }
    let bytes = (world.hub.states[Sample.record] ?? Sample.empty).canonicalBytes()
    #expect(bytes.count > 500)
    var random = SplitMix64(seed: 78)
    var faults = 0
    for _ in 0..<6_000 where faults < 5 {
      let changed = random.mutated(bytes)
      guard let state = try? RecordState(canonicalBytes: changed), state.canonicalBytes() != changed else {
        continue
      }
      faults += 1
      Issue.record("read, but written otherwise: \(Sample.text(changed))")
    }
  }
}
