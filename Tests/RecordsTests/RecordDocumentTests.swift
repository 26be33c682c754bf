import JSON
import Records
import Sync
import Testing

@Suite("Documents")
struct RecordDocumentTests {
  @Test("a document names id and kind first, then the fields in the order of the table")
  func order() throws {
    var writer = try Writer()
    let state = try writer.write(
      [
        "visibility": "public", "url": "https://example.org", "title": "T", "areas": ["b", "a"],
        "when": ["end": "2020-02-06", "start": "2020-02-04"],
        "place": ["country": "SE", "name": "Hall"],
        "participants": [["ref": .string(Text(someone)), "role": "speaker"]],
      ], to: blank("event", 0x0190))
    let text = String(decoding: JSON.object(RecordDocument.json(state)).write(), as: UTF8.self)
    #expect(
      text == #"{"id":"00000000-0000-0000-0000-000000000190","record":"event","title":"T","#
        + #""when":{"start":"2020-02-04","end":"2020-02-06"},"areas":["a","b"],"#
        + #""place":{"name":"Hall","country":"SE"},"#
        + #""url":"https://example.org","participants":[{"ref":"\#(someone)","role":"speaker"}],"#
        + #""visibility":"public"}"#
    )
  }

  @Test("a document without members of a set, and an update with them, change only that")
  func updates() throws {
    var writer = try Writer()
    var document = required["event"] ?? [:]
    document["areas"] = ["a", "b"]
    document["summary"] = "S"
    let state = try writer.write(document, to: blank("event"))
    let update = try writer.draft(["areas": ["b", "c"]], on: state, updating: true)
    #expect(update.operations.map { $0.path?.description } == ["areas/c", "areas/a"])
    let whole = try writer.draft(required["event"] ?? [:], on: state)
    #expect(whole.operations.map { $0.path?.description } == ["areas/a", "areas/b", "summary"])
    let cleared = try writer.write(["summary": .null, "areas": []], to: state, updating: true)
    #expect(RecordDocument.json(cleared).map(\.key) == ["id", "record", "title", "when", "visibility"])
  }

  @Test("a record keeps to the most elements of a field, however few a change adds")
  func mostElements() throws {
    var writer = try Writer()
    var document = required["event"] ?? [:]
    document["areas"] = .array((1...16).map { .string(Text("area \($0)")) })
    let full = try writer.write(document, to: blank("event"))
    document["areas"] = .array((1...17).map { .string(Text("area \($0)")) })
    #expect(throws: FieldError.self) { try writer.draft(document, on: full) }
    document["areas"] = ["area 1", "another"]
    #expect(throws: Never.self) { try writer.draft(document, on: full) }
  }

  @Test("the visibility of a new record is network unless told otherwise, and is never cleared")
  func visibility() throws {
    var writer = try Writer()
    let state = try writer.write(required["event"] ?? [:], to: blank("event"), updating: true)
    #expect(state.value(Path("visibility")) == "network")
    let open = try writer.write(["visibility": "public"], to: state, updating: true)
    #expect(try writer.draft(required["event"] ?? [:], on: open).isEmpty)
  }

  @Test("fields that only a newer version knows are shown, kept, and not to be written here")
  func unknownFields() throws {
    var writer = try Writer()
    let base = try writer.write(required["event"] ?? [:], to: blank("event"))
    var draft = ChangeDraft(state: base, unaccepted: [])
    draft.put(Path("mood"), ["a": 1])
    draft.put(Path("steps", "k2"), "two")
    draft.put(Path("steps", "k1"), "one")
    draft.put(.position(of: "steps", item: "k1"), "W")
    draft.put(.position(of: "steps", item: "k2"), "V")
    draft.put(Path("place"), ["name": "Hall", "floor": 3])
    let state = try writer.write(draft)
    var document = RecordDocument.json(state)
    #expect(document["mood"] == ["a": 1])
    #expect(document["steps"] == [["key": "k2", "value": "two"], ["key": "k1", "value": "one"]])
    #expect(document["place"] == ["name": "Hall", "floor": 3])
    #expect(try writer.draft(document, on: state).isEmpty)
    #expect(try writer.draft(required["event"] ?? [:], on: state).operations.map(\.path) == [Path("place")])
    document["place"] = ["name": "City Hall", "floor": 3]
    #expect(try writer.draft(document, on: state).operations.count == 1)
    document["mood"] = ["a": 2]
    #expect(throws: FieldError.self) { try writer.draft(document, on: state) }
    let future = RecordState(record: RecordID(3), kind: "project")
    var other = ChangeDraft(state: future, unaccepted: [])
    other.put(Path("title"), "P")
    #expect(RecordDocument.json(try writer.write(other))["title"] == "P")
  }

  @Test(
    "a mistake in a document is refused as a whole, and not repeated",
    arguments: [
      ["tilte": "SECRET"], ["SECRET name": 1], ["title": ["SECRET"]], ["areas": "SECRET"],
      ["areas": [["SECRET": 1]]],
      ["record": "contact"], ["id": "SECRET"], ["place": ["nmae": "SECRET"]],
      ["joinLinks": [["label": "SECRET"]]],
      ["participants": [["ref": .string(Text(someone)), "rôle": "SECRET"]]],
      ["participants": [["role": "speaker"]]],
      [
        "points": [["key": "a", "kind": "aim", "text": "x"], ["key": "a", "kind": "aim", "text": "SECRET"]]
      ],
      ["points": [["key": 1, "kind": "aim", "text": "x"]]],
      ["points": [["kind": "aim", "text": "x", "SECRET": "y"]]],
      ["when": ["star": "2020"]], ["when": ["start": "2020-02-04", "ende": "2020-02-05"]],
      ["areas": .array((0..<17).map { .string(Text("\($0)")) })],
      ["relatedEvents": ["00000000-0000-0000-0000-000000000001"]], ["title": .null], ["visibility": ""],
    ] as [JSONObject])
  func mistakes(_ document: JSONObject) throws {
    var writer = try Writer()
    let state = try writer.write(required["event"] ?? [:], to: blank("event"))
    var draft = ChangeDraft(state: state, unaccepted: [])
    var whole = document
    whole["status"] = "confirmed"
    do {
      try RecordDocument.draft(
        whole, kind: Kinds.event, into: &draft, itemKey: { writer.itemKey() }, updating: true)
      Issue.record("it was taken")
    } catch {
      #expect(!error.message.contains("SECRET"))
      #expect(draft.isEmpty)
    }
  }

  @Test("notes and line ends make no difference")
  func notes() throws {
    var writer = try Writer()
    var document = required["event"] ?? [:]
    document["summary"] = "a\r\nb"
    let state = try writer.write(document, to: blank("event"))
    document["deleted"] = true
    document["@conflicts"] = 2
    document["id"] = .string(state.record.text)
    document["record"] = "event"
    #expect(try writer.draft(document, on: state).isEmpty)
  }

  @Test("deleted and erased records say so")
  func lives() throws {
    var writer = try Writer()
    let state = try writer.write(required["event"] ?? [:], to: blank("event"))
    var draft = ChangeDraft(state: state, unaccepted: [])
    draft.delete()
    let deleted = RecordDocument.json(try writer.write(draft))
    #expect(deleted["deleted"] == true)
    #expect(deleted["title"] == "Roundtable")
    draft.erase()
    let erased = RecordDocument.json(try writer.write(draft))
    #expect(erased.map(\.key) == ["id", "record", "erased"])
    let gone = try writer.write(draft)
    #expect(throws: FieldError.self) { try writer.draft(required["event"] ?? [:], on: gone) }
  }

  @Test("one element with two values is refused, said twice it is one")
  func twice() throws {
    var writer = try Writer()
    var document = required["contact"] ?? [:]
    document["emails"] = [["address": "a@b.c", "type": "home"], ["address": "a@b.c", "type": "work"]]
    #expect(throws: FieldError.self) { try writer.draft(document, on: blank("contact")) }
    document["emails"] = [["address": "a@b.c"], ["address": "a@b.c"]]
    let state = try writer.write(document, to: blank("contact"))
    #expect(RecordDocument.json(state)["emails"]?.array?.count == 1)
    #expect(try writer.draft(document, on: state).isEmpty)
  }

  @Test("an open conflict shows one value, and writing what is shown leaves it open")
  func conflicts() throws {
    var (a, b) = (try Writer("bogota-aaaaa"), try Writer("palmira-bbbbb"))
    let base = try a.write(required["event"] ?? [:], to: blank("event"))
    let left = try a.change(a.draft(["title": "Left"], on: base, updating: true))
    let right = try b.change(b.draft(["title": "Right"], on: base, updating: true))
    var state = base
    state.apply(left, time: 10)
    state.apply(right, time: 20)
    #expect(RecordDocument.json(state)["title"] == "Right")
    #expect(try a.draft(["title": "Right"], on: state, updating: true).isEmpty)
    let resolved = try a.write(["title": "Left"], to: state, updating: true)
    #expect(resolved.conflicts().isEmpty)
  }
}
