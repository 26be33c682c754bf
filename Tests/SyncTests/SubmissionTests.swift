import Crypto
import JSON
import Sync
import Testing

@Suite("Reading what a replica offers")
struct SubmissionTests {
  static let canonical =
    #"{"at":1780315200000,"kind":"event","n":7,"ops":[{"over":["nairobi-00a1z:3:00000000000000bb"],"put":["title"],"#
    + #""value":{"a":"é","b":[1,null,true]}},{"drop":["areas","x"]}],"#
    + #""record":"01912345-6789-7abc-8def-0123456789ab","replica":"bogota-7kq2m","x-note":"kept"}"#

  private static func read(_ text: String) throws -> Submission {
    try Submission(bytes: Sample.bytes(text)[...])
  }

  /// A change around one piece of text.
  private static func change(
    at: String = "1", kind: String = #""event""#, n: String = "7",
    ops: String = #"[{"put":["title"],"value":1}]"#,
    record: String = #""01912345-6789-7abc-8def-0123456789ab""#, replica: String = #""bogota-7kq2m""#,
    more: String = ""
  ) -> String {
    #"{"at":\#(at),"kind":\#(kind),"n":\#(n),"ops":\#(ops),"record":\#(record),"replica":\#(replica)\#(more)}"#
  }

  @Test("a change is read with its hash, its name and its very bytes")
  func roundTrip() throws {
    let bytes = Sample.bytes(Self.canonical)
    let change = try Change(bytes: bytes)
    #expect(change.bytes == bytes)
    #expect(change.hash == SHA256.hash(bytes))
    #expect(change.name == ChangeName(replica: Sample.bogota, n: 7, hash: change.hash.prefix))
    #expect(change.operations.map(\.path) == [Path("title"), Path("areas", "x")])
    #expect(change.operations[0].over == [Sample.name("nairobi-00a1z:3:00000000000000bb")])
    #expect(!change.isRewritten)
    #expect(try Self.read(Self.canonical) == .change(change))
  }

  @Test(
    "the same change spelled otherwise is the same change",
    arguments: [
      canonical.replacing(",", with: " ,\n\t "),
      canonical.replacing("title", with: #"\u0074itle"#),
      canonical.replacing("é", with: #"\u00e9"#),
      canonical.replacing("\"n\":7,", with: "").replacing("{\"at\"", with: "{\"n\":7,\"at\""),
      canonical.replacing(#""a":"é","b":[1,null,true]"#, with: #""b":[1,null,true],"a":"é""#),
    ])
  func spelling(text: String) throws {
    #expect(text != Self.canonical)
    #expect(try Self.read(text) == Self.read(Self.canonical))
    #expect(try Self.read(text).hash == SHA256.hash(Sample.bytes(Self.canonical)))
  }

  @Test("a value whose members come in another order gives an equal cell, and no conflict with its twin")
  func memberOrder() throws {
    let one = #"[{"put":["when"],"value":{"end":"2026-06-02","start":"2026-06-01"}}]"#
    let two = #"[{"put":["when"],"value":{"start":"2026-06-01","end":"2026-06-02"}}]"#
    let x = try Change(bytes: Sample.bytes(Self.change(ops: one)))
    let y = try Change(bytes: Sample.bytes(Self.change(ops: two, replica: #""nairobi-00a1z""#)))
    let state = Sample.state([x, y])
    #expect(state.conflicts().isEmpty)
    #expect(try RecordState(canonicalBytes: state.canonicalBytes()) == state)
  }

  @Test(
    "members that this version does not know stay, also when the change is written again under another dot")
  func unknownMembers() throws {
    let change = try Change(bytes: Sample.bytes(Self.canonical))
    let again = try change.rewritten(as: Sample.utrecht, n: 2)
    #expect(again.name == change.name)
    #expect(again.isRewritten)
    #expect(again.replica == Sample.utrecht && again.n == 2)
    #expect(again.operations == change.operations)
    #expect(Sample.text(again.bytes).contains(#""x-note":"kept""#))
    #expect(again.hash == SHA256.hash(again.bytes) && again.hash != change.hash)
    let twice = try again.rewritten(as: Sample.nairobi, n: 5)
    #expect(twice.name == change.name)
    let state = Sample.state([again])
    #expect(state == Sample.state([change]))
  }

  @Test(
    "a change that can never be accepted is refused with its code, and uses up its number",
    arguments: [
      (change(ops: "[]"), ProblemCode.badChange),
      (change(ops: "{}"), .badChange),
      (change(ops: "[7]"), .badChange),
      (change(ops: #"[{"move":["title"]}]"#), .unknownOperation),
      (change(ops: #"[{"put":["title"]}]"#), .unknownOperation),
      (change(ops: #"[{"put":["title"],"value":1,"if":2}]"#), .unknownOperation),
      (change(ops: #"[{"drop":["areas","x"],"value":1}]"#), .unknownOperation),
      (change(ops: #"[{"erase":false}]"#), .unknownOperation),
      (change(ops: #"[{"erase":true,"put":["title"],"value":1}]"#), .unknownOperation),
      (change(ops: #"[{"erase":true},{"put":["title"],"value":1}]"#), .badChange),
      (change(ops: #"[{"put":["title"],"value":1},{"put":["title"],"value":2}]"#), .badChange),
      (change(ops: #"[{"put":["title"],"value":1},{"drop":["title"]}]"#), .badChange),
      (change(ops: #"[{"put":[],"value":1}]"#), .badChange),
      (change(ops: #"[{"put":["a","b","c"],"value":1}]"#), .badChange),
      (change(ops: #"[{"put":"title","value":1}]"#), .badChange),
      (change(ops: #"[{"put":["title",null],"value":1}]"#), .badChange),
      (change(ops: #"[{"put":["areas",""],"value":1}]"#), .badChange),
      (change(ops: #"[{"put":["areas","a\u0000"],"value":1}]"#), .badChange),
      (change(ops: #"[{"put":["@other"],"value":1}]"#), .badChange),
      (change(ops: #"[{"put":["@life","k"],"value":"alive"}]"#), .badChange),
      (change(ops: #"[{"put":["points@position"],"value":"m"}]"#), .badChange),
      (change(ops: #"[{"put":["@position","k"],"value":"m"}]"#), .badChange),
      (change(ops: #"[{"put":["9lives"],"value":1}]"#), .badChange),
      (change(ops: #"[{"put":["titel\#u{E9}"],"value":1}]"#), .badChange),
      (change(ops: #"[{"put":["@life"],"value":"dead"}]"#), .badChange),
      (change(ops: #"[{"put":["@life"],"value":null}]"#), .badChange),
      (change(ops: #"[{"put":["@life"],"value":{"deleted":[]}}]"#), .badChange),
      (change(ops: #"[{"put":["@life"],"value":{"deleted":{"x":[["title"]]}}}]"#), .badChange),
      (change(ops: #"[{"put":["@life"],"value":{"deleted":{},"by":"me"}}]"#), .badChange),
      (change(ops: #"[{"drop":["@life"]}]"#), .badChange),
      (change(ops: #"[{"put":["@life"],"value":{"deleted":{}}},{"put":["title"],"value":1}]"#), .badChange),
      (change(ops: #"[{"put":["title"],"value":1,"over":"x"}]"#), .badChange),
      (change(ops: #"[{"put":["title"],"value":1,"over":["x"]}]"#), .badChange),
      (change(ops: #"[{"put":["title"],"value":1,"over":[7]}]"#), .badChange),
      (change(ops: #"[{"put":["title"],"value":1.5}]"#), .badNumber),
      (change(ops: #"[{"put":["title"],"value":-0}]"#), .badNumber),
      (change(ops: #"[{"put":["title"],"value":1e2}]"#), .badNumber),
      (change(ops: #"[{"put":["title"],"value":9007199254740992}]"#), .badNumber),
      (change(ops: #"[{"put":["title"],"value":[{"deep":-9007199254740992}]}]"#), .badNumber),
      (change(more: #","x":99999999999999999999"#), .badNumber),
      (change(more: #","seq":1"#), .reservedName),
      (change(more: #","received":1"#), .reservedName),
      (change(more: #","hash":"x""#), .reservedName),
      (change(more: #","role":"admin""#), .reservedName),
      (
        change(ops: #"[{"put":["title"],"value":"\#(String(repeating: "x", count: Limits.changeBytes))"}]"#),
        .changeTooLarge
      ),
    ])
  func refused(text: String, code: ProblemCode) throws {
    guard case .refused(let refused) = try Self.read(text) else {
      Issue.record("not refused")
      return
    }
    #expect(refused.rejection.code == code)
    #expect(refused.n == 7 && refused.replica == Sample.bogota && refused.record == Sample.record)
    #expect(refused.name == ChangeName(replica: Sample.bogota, n: 7, hash: refused.hash.prefix))
    #expect(throws: ChangeError.self) { try Change(bytes: Sample.bytes(text)) }
  }

  @Test("more operations, or more names in over, than a change may have are refused")
  func tooMany() throws {
    let operations = (0...Limits.operations).map { #"{"drop":["areas","\#($0)"]}"# }.joined(separator: ",")
    guard case .refused(let refused) = try Self.read(Self.change(ops: "[\(operations)]")) else {
      Issue.record("not refused")
      return
    }
    #expect(refused.rejection.code == .badChange)
    let names = (0...Limits.overNames).map { "\"ab-00000:\($0 + 1):00000000000000aa\"" }.joined(
      separator: ",")
    guard
      case .refused(let other) = try Self.read(
        Self.change(ops: #"[{"drop":["areas","x"],"over":[\#(names)]}]"#))
    else {
      Issue.record("not refused")
      return
    }
    #expect(other.rejection.code == .badChange)
  }

  @Test(
    "a change without a clear dot or record gets no fate",
    arguments: [
      "", "7", "[]", "{", "{}", "null", "\u{FEFF}{}", change(at: "1.5"), change(at: "\"1\""),
      change(at: "9007199254740992"), change(kind: "\"\""), change(kind: "7"), change(n: "0"),
      change(n: "-1"),
      change(n: "9007199254740992"), change(n: "1.0"), change(n: "99999999999999999999"),
      change(record: "\"x\""),
      change(record: "\"01912345-6789-7ABC-8def-0123456789ab\""), change(replica: "\"bogota\""),
      change(replica: "\"bogota-7kq2M\""), change(replica: "\"-7kq2m\""), change(replica: "7"),
      change(more: #","was":"x""#), change(more: #","was":null"#), change(more: #","n":7"#), change() + " x",
      #"{"void":{}}"#, #"{"void":7}"#,
    ])
  func noFate(text: String) {
    #expect(throws: ChangeError.self) { try Self.read(text) }
  }

  @Test("a void is read as it was written, with and without a former name")
  func voids() throws {
    let hash = SHA256.hash([1])
    for was in [nil, Sample.name("nairobi-00a1z:3:00000000000000bb")] {
      let void = VoidChange(replica: Sample.bogota, n: 9, record: Sample.record, hash: hash, was: was)
      #expect(try Submission(bytes: void.bytes[...]) == .void(void))
      #expect(void.name == was ?? ChangeName(replica: Sample.bogota, n: 9, hash: hash.prefix))
      #expect(try JSON.parse(void.bytes).canonical() == void.bytes)
    }
  }

  @Test("a refused change that was written again keeps the name by which others await it")
  func refusedName() throws {
    let text = Self.change(ops: "[]", more: #","was":"nairobi-00a1z:3:00000000000000bb""#)
    guard case .refused(let refused) = try Self.read(text) else {
      Issue.record("not refused")
      return
    }
    #expect(refused.name == Sample.name("nairobi-00a1z:3:00000000000000bb"))
  }

  @Test(
    "a name that a change gives in over to itself is refused; nobody can have seen a change before it was written"
  )
  func overItself() throws {
    let itself = "nairobi-00a1z:3:00000000000000bb"
    let ops = #"[{"over":["\#(itself)"],"put":["title"],"value":1}]"#
    let change = Self.change(ops: ops, more: #","was":"\#(itself)""#)
    guard case .refused(let refused) = try Self.read(change) else {
      Issue.record("not refused")
      return
    }
    #expect(refused.rejection.code == .badChange)
  }

  @Test("changes that were injured anywhere are read, refused or thrown out, and never trap")
  func mutations() {
    var random = SplitMix64(seed: 41)
    let bytes = Sample.bytes(Self.canonical)
    for _ in 0..<(6_000 * Int(Seeds.factor)) {
      let changed = random.mutated(bytes)
      guard let submission = try? Submission(bytes: changed[...]), case .change(let change) = submission
      else { continue }
      let again = try? Change(bytes: change.bytes)
      if again != change { Issue.record("reads otherwise from its own bytes: \(Sample.text(changed))") }
      var state = Sample.empty
      state.apply(change, time: change.at) { _ in false }
      if (try? RecordState(canonicalBytes: state.canonicalBytes())) != state {
        Issue.record("its state reads otherwise from its own bytes: \(Sample.text(changed))")
      }
    }
  }
}
