import JSON
import Records
import Sync
import Testing

@Suite("What a hub refuses")
struct RecordRulesTests {
  @Test("a value that breaks the table's rule is refused, and never repeated", arguments: refusedPuts)
  func refuses(_ put: Put) throws {
    let change = try rawChange(kind: put.kind) { $0.put(Path(put.field, put.key), put.value) }
    do {
      try RecordRules.check(change)
      Issue.record("it passed")
    } catch {
      #expect(error.code == (put.value == .null && put.key == nil ? .missingField : .invalidField))
      #expect(error.detail.contains("'\(put.field)'"))
      #expect(!error.detail.contains("SECRET"))
    }
  }

  @Test("a value that keeps to the table's rule passes", arguments: acceptedPuts)
  func passes(_ put: Put) throws {
    let change = try rawChange(kind: put.kind) { $0.put(Path(put.field, put.key), put.value) }
    try RecordRules.check(change)
  }

  @Test("limits count scalars and bytes, and the last one fits")
  func limits() throws {
    let title = try rawChange(kind: "event") {
      $0.put(Path("title"), .string(Text(.init(repeating: "ሰ", count: 300))))
    }
    try RecordRules.check(title)
    let long = try rawChange(kind: "event") {
      $0.put(Path("title"), .string(Text(.init(repeating: "a", count: 301))))
    }
    #expect(throws: Rejection.self) { try RecordRules.check(long) }
    let text = try rawChange(kind: "event") {
      $0.put(Path("description"), .string(Text(.init(repeating: "😀", count: 16_385))))
    }
    #expect(throws: Rejection.self) { try RecordRules.check(text) }
  }

  @Test("fields and kinds of a newer version pass untouched")
  func unknown() throws {
    try RecordRules.check(
      try rawChange(kind: "event") {
        $0.put(Path("mood"), ["any": [1, true]])
        $0.put(Path("moods", "k"), .null)
        $0.put(.position(of: "moods", item: "k"), "0")
        $0.drop(Path("moods", "l"))
      })
    try RecordRules.check(
      try rawChange(kind: "project") {
        $0.put(Path("title"), 7)
        $0.drop(Path("when"))
      })
    try RecordRules.check(try rawChange(kind: "event") { $0.delete() })
    try RecordRules.check(try rawChange(kind: "event") { $0.restore() })
    try RecordRules.check(try rawChange(kind: "contact") { $0.erase() })
  }

  @Test("only what has a key is dropped")
  func drops() throws {
    for path in [Path("title"), Path("mood"), Path("areas"), Path("title", "k"), Path("points")] {
      let change = try rawChange(kind: "event") { $0.drop(path) }
      #expect(throws: Rejection.self, "\(path)") { try RecordRules.check(change) }
    }
    for path in [Path("areas", "x"), Path("participants", "not valid"), .position(of: "points", item: "p")] {
      try RecordRules.check(try rawChange(kind: "event") { $0.drop(path) })
    }
  }

  @Test("one change cannot add more elements than a record may have")
  func counts() throws {
    for (count, passes) in [(16, true), (17, false)] {
      let change = try rawChange(kind: "event") { draft in
        for number in 0..<count { draft.put(Path("areas", Text("a\(number)")), true) }
      }
      #expect(passes == ((try? RecordRules.check(change)) != nil))
    }
  }

  @Test("a record does not refer to itself")
  func itself() throws {
    let own = RecordID(9).text
    for key in [own, Text("\(own)/parent")] {
      let change = try rawChange(kind: "event", record: 9) { $0.put(Path("relatedEvents", key), true) }
      #expect(throws: Rejection.self) { try RecordRules.check(change) }
      try RecordRules.check(
        try rawChange(kind: "event", record: 8) { $0.put(Path("relatedEvents", key), true) })
    }
  }

  @Test("what a record must have is asked for when it is made, and only then")
  func complete() throws {
    var writer = try Writer()
    let person: JSONObject = ["kind": "individual", "name": ["full": "Ana Paz"]]
    #expect(throws: FieldError.self) { try writer.draft(["title": "x"], on: blank("event")) }
    #expect(throws: FieldError.self) { try writer.draft(person, on: blank("contact")) }
    var allowed = person
    allowed["consent"] = ["basis": "consent"]
    let state = try writer.write(allowed, to: blank("contact"))
    #expect(throws: FieldError.self) { try writer.draft(["consent": .null], on: state, updating: true) }
    #expect(throws: FieldError.self) { try writer.draft(["name": .null], on: state, updating: true) }
    #expect(RecordRules.missing(in: state).map(\.name) == ["owner"])
    var draft = ChangeDraft(state: blank("event"), unaccepted: [])
    draft.put(Path("summary"), "An old record without a title")
    let old = try writer.write(draft)
    #expect(try writer.draft(["status": "confirmed"], on: old, updating: true).operations.count == 1)
    #expect(RecordRules.missing(in: old).map(\.name) == ["title", "when", "visibility", "owner"])
  }
}

/// A value to write at a path.
struct Put: Sendable, CustomTestStringConvertible {
  let kind: Text
  let field: Text
  let key: Text?
  let value: JSON

  init(_ kind: Text, _ field: Text, key: Text? = nil, _ value: JSON) {
    self.kind = kind
    self.field = field
    self.key = key
    self.value = value
  }

  var testDescription: String { "\(kind) \(field) \(key?.string ?? "") \(value)" }
}
