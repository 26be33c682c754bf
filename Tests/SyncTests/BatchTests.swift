import JSON
import Sync
import Testing

/// A batch is read by known shape where that is possible; what comes out must be what the tree gives.
@Suite("Reading a batch")
struct BatchTests {
  /// What each slot of a change may hold, right and wrong.
  private static let slots: [(name: String, choices: [String])] = [
    ("at", ["1", "0", "-1", "9007199254740991", "9007199254740992", "-9007199254740991", "1.5", "\"1\"", "01", "-0"]),
    ("kind", ["event", "contact", "e", "9", "Ev-1_x", "", "é", "e\\nt", String(repeating: "k", count: 41)]),
    ("n", ["1", "7", "0", "-1", "9007199254740991", "9007199254740992", "1e3", "null"]),
    ("record", ["01912345-6789-7abc-8def-0123456789ab", "01912345-6789-7ABC-8def-0123456789ab", "0191", ""]),
    ("replica", ["bogota-7kq2m", "nairobi-00a1z", "bogota", "bogota-7kq2i", "-", "Bogota-7kq2m", ""]),
  ]

  private static let names = [
    "nairobi-00a1z:3:00000000000000bb", "bogota-7kq2m:1:0123456789abcdef", "bogota-7kq2m:01:0123456789abcdef",
    "bogota-7kq2m:1:0123456789ABCDEF", "bogota-7kq2m:1:0123456789abcde", "bogota:1:0123456789abcdef",
    "::0123456789abcdef", ":0123456789abcdef", "bogota-7kq2m:9007199254740992:0123456789abcdef", "a:b:c:d", "",
    "bogota-7kq2m:1:2:0123456789abcdef", "bogota-7kq2m:1-0123456789abcdef",
  ]

  private static let paths = [
    #"["title"]"#, #"["areas","Youth"]"#, #"["areas",""]"#, #"["areas","a\"b"]"#, #"["areas","a\u0001"]"#,
    #"["points@position","x"]"#, #"["points@position"]"#, #"["@life"]"#, #"["@life","x"]"#, #"["@other"]"#, #"[]"#,
    #"["a","b","c"]"#, #""title""#, #"["9x"]"#, #"["t\u00ecx"]"#, #"["title",1]"#,
    "[\"areas\",\"\(String(repeating: "k", count: 2049))\"]", "[\"\(String(repeating: "f", count: 65))\"]",
  ]

  private static let values = [
    "1", "null", "true", #""text""#, #""with \"escapes\" and \n""#, #"{"a":[1,2],"b":{}}"#, "[]", "-5", "1.5", "1e3",
    #""alive""#, #"{"deleted":{}}"#, #"{"b":1,"a":2}"#, #"{"a":1,"a":2}"#, #""é مدينة ከተማ 😀""#,
    String(repeating: "[", count: 29) + String(repeating: "]", count: 29),
    String(repeating: "[", count: 30) + String(repeating: "]", count: 30),
    String(repeating: #"{"a":"#, count: 30) + "1" + String(repeating: "}", count: 30),
  ]

  private static let plain = #"{"put":["title"],"value":1}"#

  @Test("each deviation alone is read as the tree reads it")
  func alone() throws {
    var count = 0
    for (name, choices) in Self.slots {
      for choice in choices { count += try Self.compare(Self.change([name: choice], [Self.plain])) }
    }
    for name in Self.names {
      count += try Self.compare(Self.change([:], [#"{"over":["\#(name)"],"put":["title"],"value":1}"#]))
      count += try Self.compare(Self.change([:], [#"{"drop":["areas","x"],"over":["\#(name)"]}"#]))
    }
    for path in Self.paths {
      for value in Self.values { count += try Self.compare(Self.change([:], [#"{"put":\#(path),"value":\#(value)}"#])) }
      count += try Self.compare(Self.change([:], [#"{"drop":\#(path)}"#]))
    }
    let odd = [
      #"{"erase":true}"#, #"{"erase":false}"#, "{}", "1", #"{"over":[],"put":["a"],"value":1}"#,
      #"{"over":[1],"put":["a"],"value":1}"#, #"{"put":["a"],"value":1,"x":1}"#, #"{"put":["a"]}"#,
      #"{"a":1,"put":["a"],"value":1}"#, #"{"drop":["a"],"over":[]}"#, #"{"drop":["a"],"put":["a"],"value":1}"#,
      #"{"drop":["a"],"x":1}"#, #"{"value":1,"put":["a"]}"#, #"{"over":[],"value":1}"#,
    ]
    for operation in odd { count += try Self.compare(Self.change([:], [operation])) }
    for list in [
      [], [Self.plain, Self.plain], [#"{"drop":["a","b"]}"#, Self.plain], [Self.plain, #"{"erase":true}"#],
    ] {
      count += try Self.compare(Self.change([:], list))
    }
    let many = (0..<17).map { #"{"put":["areas","\#($0 % 16)"],"value":1}"# }
    count += try Self.compare(Self.change([:], Array(many[..<16])))
    count += try Self.compare(Self.change([:], many))
    for more in [#","was":"nairobi-00a1z:3:00000000000000bb""#, #","x-note":1"#, #","seq":1"#, #","zone":{"void":1}"#] {
      count += try Self.compare(Self.change([:], [Self.plain], more: more))
    }
    for text in [#"{"void":{}}"#, "[]", "{}", "null", " " + Self.change([:], [Self.plain]), "{\"a\":1}"] {
      count += try Self.compare(text)
    }
    #expect(count > 30, "some of them must be readable")
  }

  @Test("random pieces put together, and random injuries, are read as the tree reads them")
  func random() throws {
    var random = SplitMix64(seed: 77)
    var changes = 0
    for _ in 0..<5_000 {
      var slots: [String: String] = [:]
      if random.below(3) == 0 {
        let slot = random.pick(Self.slots)
        slots[slot.name] = random.pick(slot.choices)
      }
      var text = Self.change(slots, (0...random.below(3)).map { _ in Self.operation(&random) })
      if random.below(3) == 0 {
        text = String(decoding: random.mutated(Sample.bytes(text)), as: UTF8.self)
      }
      changes += try Self.compare(text)
    }
    #expect(changes > 700, "too few were changes: \(changes)")
  }

  @Test("changes of one batch that share replica, kind and fields keep their own")
  func several() throws {
    let texts = [
      Self.change([:], [Self.plain]), Self.change(["replica": "nairobi-00a1z", "kind": "contact"], [Self.plain]),
      Self.change(["n": "1"], [#"{"over":["nairobi-00a1z:3:00000000000000bb"],"put":["area"],"value":"x"}"#]),
    ]
    let body = Sample.bytes("{\"changes\":[\(texts.joined(separator: ","))]}")
    let alone = try texts.map { try Submission(bytes: Sample.bytes($0)[...]) }
    #expect(try Batch.read(body: body).map(Self.description) == alone.map(Self.description))
  }

  private static func operation(_ random: inout SplitMix64) -> String {
    // Mostly right, or hardly any change would be.
    let path = random.below(4) == 0 ? random.pick(paths) : random.pick(Array(paths[..<2]))
    let value = random.below(4) == 0 ? random.pick(values) : random.pick(Array(values[..<8]))
    let over = (0..<random.below(3)).map { _ in
      "\"\(random.below(6) == 0 ? random.pick(names) : random.pick(Array(names[..<2])))\""
    }
    let list = over.isEmpty ? "" : "\"over\":[\(over.joined(separator: ","))]"
    if random.below(4) == 0 { return "{\"drop\":\(path)\(list.isEmpty ? "" : "," + list)}" }
    return "{\(list.isEmpty ? "" : list + ",")\"put\":\(path),\"value\":\(value)}"
  }

  private static func change(_ slots: [String: String], _ operations: [String], more: String = "") -> String {
    let list = operations.joined(separator: ",")
    return
      #"{"at":\#(slots["at"] ?? "1"),"kind":"\#(slots["kind"] ?? "event")","n":\#(slots["n"] ?? "7"),"ops":[\#(list)],"#
      + #""record":"\#(slots["record"] ?? "01912345-6789-7abc-8def-0123456789ab")","#
      + #""replica":"\#(slots["replica"] ?? "bogota-7kq2m")"\#(more)}"#
  }

  /// Reads one text both ways; 1 if it is a change.
  private static func compare(_ text: String) throws -> Int {
    let bytes = Sample.bytes(text)
    let tree = try? Submission(bytes: bytes[...])
    let batch = try? Batch.read(body: Sample.bytes("{\"changes\":[") + bytes + Sample.bytes("]}"))
    guard let batch, batch.count == 1 else {
      // Several, none, or a text that only breaks the batch around it.
      if tree != nil, batch?.count != 1 { Issue.record("only the tree reads \(text)") }
      return 0
    }
    guard let tree else {
      Issue.record("only the batch reads \(text)")
      return 0
    }
    #expect(description(batch[0]) == description(tree), "\(text)")
    if case .change = tree { return 1 }
    return 0
  }

  /// All that was read, also what equality of changes need not look at.
  private static func description(_ submission: Submission) -> String {
    guard case .change(let change) = submission else { return "\(submission)" }
    return "\(change.at) \(change.kind) \(change.replica) \(change.n) \(change.record) \(change.operations) "
      + "\(change.bytes) \(change.hash) \(change.name)"
  }
}
