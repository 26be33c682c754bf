import JSON
import Records
import Sync
import Testing

@Suite("Ordered lists")
struct PointsTests {
  private func event(_ points: [String]) throws -> (RecordState, Writer) {
    var writer = try Writer()
    var document = required["event"] ?? [:]
    document["points"] = .array(points.map { point($0) })
    return (try writer.write(document, to: blank("event")), writer)
  }

  private func point(_ text: String, key: Text? = nil) -> JSON {
    var object: JSONObject = ["kind": "question", "text": .string(Text(text))]
    if let key { object["key"] = .string(key) }
    return .object(object)
  }

  private func texts(_ state: RecordState) -> [String] {
    (RecordDocument.json(state)["points"]?.array ?? []).compactMap { $0["text"]?.text?.string }
  }

  @Test("points keep their order under concurrent insertion, whoever comes first")
  func concurrentInsertion() throws {
    let (base, _) = try event(["1", "2", "3", "4"])
    var (a, b) = (try Writer("bogota-aaaaa"), try Writer("palmira-bbbbb"))
    let left: JSON = .array(["1", "a", "2", "b", "3", "4", "c"].map { point($0) })
    let right: JSON = .array(["x", "1", "y", "2", "3", "z", "4"].map { point($0) })
    let one = try a.change(a.draft(["points": left], on: base, updating: true))
    let two = try b.change(b.draft(["points": right], on: base, updating: true))
    var (ab, ba) = (base, base)
    ab.apply(one, time: 1)
    ab.apply(two, time: 2)
    ba.apply(two, time: 2)
    ba.apply(one, time: 1)
    #expect(ab == ba)
    let merged = texts(ab)
    #expect(merged.filter { "1234".contains($0) } == ["1", "2", "3", "4"])
    #expect(merged.filter { "1a2b34c".contains($0) } == ["1", "a", "2", "b", "3", "4", "c"])
    #expect(merged.filter { "x1y23z4".contains($0) } == ["x", "1", "y", "2", "3", "z", "4"])
    #expect(merged.count == 10)
    #expect(ab.conflicts().isEmpty)
  }

  @Test("moving one point writes one position and nothing else")
  func moving() throws {
    var (state, writer) = try event(["1", "2", "3", "4"])
    let draft = try writer.draft(
      ["points": .array(["4", "1", "2", "3"].map { point($0) })], on: state, updating: true)
    #expect(draft.operations.count == 1)
    #expect(draft.operations.first?.path?.isPosition ?? false)
    state = try writer.write(draft)
    #expect(texts(state) == ["4", "1", "2", "3"])
  }

  @Test("a point with its key is edited in place, one without is found by its equal value")
  func editing() throws {
    var (state, writer) = try event(["1", "2", "2", "3"])
    let key = try #require(RecordDocument.json(state)["points"]?.array?[1]["key"]?.text)
    let points: JSON = .array([point("1"), point("2!", key: key), point("2"), point("3")])
    let draft = try writer.draft(["points": points], on: state, updating: true)
    #expect(draft.operations.map(\.path) == [Path("points", key)])
    state = try writer.write(draft)
    #expect(texts(state) == ["1", "2!", "2", "3"])
    let fewer = try writer.draft(["points": .array([point("2"), point("3")])], on: state, updating: true)
    #expect(fewer.operations.count == 4)
    #expect(texts(try writer.write(fewer)) == ["2", "3"])
  }

  @Test("any rearrangement comes out as it was asked for, and again makes no operation")
  func rearranging() throws {
    var random = SplitMix(state: 3)
    var (state, writer) = try event((0..<8).map { "\($0)" })
    for turn in 0..<300 {
      var wanted = texts(state)
      wanted.shuffle(using: &random)
      wanted.removeLast(Int.random(in: 0..<3, using: &random))
      while wanted.count < 8 {
        wanted.insert("n\(turn)-\(wanted.count)", at: Int.random(in: 0...wanted.count, using: &random))
      }
      let points: JSON = .array(wanted.map { point($0) })
      let next = try writer.write(["points": points], to: state, updating: true)
      if texts(next) != wanted { Issue.record("turn \(turn): \(texts(next)) instead of \(wanted)") }
      if !(try writer.draft(RecordDocument.json(next), on: next)).isEmpty {
        Issue.record("turn \(turn): not quiet")
      }
      state = next
    }
  }

  @Test("an item without a position comes last, and gets one when something follows it")
  func withoutPosition() throws {
    var (state, writer) = try event(["1", "2"])
    var draft = ChangeDraft(state: state, unaccepted: [])
    draft.put(Path("points", "a"), point("a"))
    draft.put(Path("points", "b"), point("b"))
    draft.put(.position(of: "points", item: "gone"), "A")
    state = try writer.write(draft)
    #expect(texts(state) == ["1", "2", "a", "b"])
    #expect(try writer.draft(RecordDocument.json(state), on: state).isEmpty)
    for wanted in [["1", "2", "a", "b", "c"], ["b", "1", "a", "2"], ["1", "b", "a", "2"]] {
      let next = try writer.write(["points": .array(wanted.map { point($0) })], to: state, updating: true)
      #expect(texts(next) == wanted)
    }
  }

  @Test("two items that share a position let a third one in between")
  func sharedPosition() throws {
    var (state, writer) = try event(["1", "4"])
    var draft = ChangeDraft(state: state, unaccepted: [])
    let position = Position.between(
      state.value(.position(of: "points", item: "bogota-7kq2m-1"))?.text,
      state.value(.position(of: "points", item: "bogota-7kq2m-2"))?.text)
    for (key, text) in [("k2", "2"), ("k3", "3")] as [(Text, String)] {
      draft.put(Path("points", key), point(text))
      draft.put(.position(of: "points", item: key), .string(position))
    }
    state = try writer.write(draft)
    #expect(texts(state) == ["1", "2", "3", "4"])
    #expect(try writer.draft(RecordDocument.json(state), on: state).isEmpty)
    let wanted = ["1", "2", "between", "3", "4"]
    let next = try writer.write(["points": .array(wanted.map { point($0) })], to: state, updating: true)
    #expect(texts(next) == wanted)
    #expect(
      try writer.draft(["points": .array(["1", "3", "2", "4"].map { point($0) })], on: state).isEmpty == false
    )
  }

  @Test("adding and removing single points")
  func addingAndRemoving() throws {
    let (state, keys) = try event(["1", "2"])
    var writer = keys
    let field = try #require(Kinds.event.field("points"))
    var draft = ChangeDraft(state: state, unaccepted: [])
    try FieldEdit.add(
      FieldText.parse("question: 2", for: field), to: field, in: &draft, itemKey: { writer.itemKey() })
    try FieldEdit.add(
      FieldText.parse("question: 3", for: field), to: field, in: &draft, itemKey: { writer.itemKey() })
    #expect(texts(try writer.write(draft)) == ["1", "2", "2", "3"])
    try FieldEdit.remove(FieldText.parse("question: 1", for: field), from: field, in: &draft)
    #expect(texts(try writer.write(draft)) == ["2", "2", "3"])
    #expect(throws: FieldError.self) {
      try FieldEdit.remove(FieldText.parse("question: 9", for: field), from: field, in: &draft)
    }
  }
}
