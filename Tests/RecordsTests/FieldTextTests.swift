import JSON
import Records
import Sync
import Testing

@Suite("Typed text")
struct FieldTextTests {
  @Test("every field of the table has an example")
  func everyField() {
    let examples = Set(fieldExamples.map { "\($0.kind) \($0.field)" })
    let fields = Set(Kinds.all.flatMap { kind in kind.fields.map { "\(kind.name) \($0.name)" } })
    #expect(examples == fields)
  }

  @Test("typed text becomes a value and reads back", arguments: fieldExamples)
  func readsBack(_ example: FieldExample) throws {
    let field = try #require(Kinds.named(example.kind)?.field(example.field))
    let element = try #require(try FieldText.parse(example.text, for: field).first)
    #expect(element.key == example.key)
    #expect(element.value.canonical() == example.value.canonical())
    #expect(FieldText.describe(element.value, key: element.key, field: field) == example.shown)
    let again = try #require(try FieldText.parse(example.shown, for: field).first)
    #expect(again.key == example.key)
    #expect(again.value.canonical() == example.value.canonical())
  }

  @Test("text, value, document, draft, state and document again are one", arguments: fieldExamples)
  func roundTrip(_ example: FieldExample) throws {
    let kind = try #require(Kinds.named(example.kind))
    let field = try #require(kind.field(example.field))
    var writer = try Writer()
    let base = try writer.write(required[example.kind] ?? [:], to: blank(example.kind))
    var draft = ChangeDraft(state: base, unaccepted: [])
    let elements = try FieldText.parse(example.text, for: field)
    try FieldEdit.add(elements, to: field, in: &draft, itemKey: { writer.itemKey() })
    let written = try writer.write(draft)
    let document = RecordDocument.json(written)
    #expect(document[field.name] != nil)
    let imported = try writer.write(document.without("id"), to: blank(example.kind, 2))
    #expect(RecordDocument.json(imported).without("id") == document.without("id"))
    #expect(try writer.draft(document, on: written).isEmpty)
    #expect(try writer.draft(document, on: written, updating: true).isEmpty)
    let stored = try RecordState(canonicalBytes: written.canonicalBytes())
    #expect(try writer.draft(document, on: stored).isEmpty)
  }

  @Test("an empty text has no value", arguments: ["", "  ", "\n"])
  func empty(_ text: String) throws {
    for kind in Kinds.all {
      for field in kind.fields { #expect(try FieldText.parse(text, for: field).isEmpty) }
    }
  }

  @Test("several texts are joined", arguments: ["authors", "areas", "title"] as [Text])
  func severalTexts(_ name: Text) throws {
    let field = try #require(Kinds.publication.field(name))
    let elements = try FieldText.parse(["Paz, Ana", "Ito, Yui"], for: field)
    #expect(elements.count == (name == "authors" ? 1 : 2))
    var writer = try Writer()
    var draft = ChangeDraft(state: blank("publication"), unaccepted: [])
    if name == "title" {
      #expect(throws: FieldError.self) {
        try FieldEdit.replace(field, with: elements, in: &draft, itemKey: { writer.itemKey() })
      }
    } else {
      try FieldEdit.replace(field, with: elements, in: &draft, itemKey: { writer.itemKey() })
      #expect(!draft.isEmpty)
    }
  }

  @Test(
    "what cannot be meant is refused with a sentence",
    arguments: [
      ("event", "title", "two\nlines"), ("event", "title", "a\u{202E}b"), ("event", "title", "a\u{7}b"),
      ("event", "when", "2020-02-30"), ("event", "when", "2020-02-06..2020-02-04"),
      ("event", "when", "2021-02-29"),
      ("event", "when", "2020-02-04 10:00"), ("event", "when", "2020-02-04 10:00 Chicago"),
      ("event", "when", "soon"),
      ("event", "when", "2020-02-04 10:00..09:00 UTC"), ("event", "when", "2020-01-01..2021-01-01"),
      ("event", "when", "2020-02-04 24:00 UTC"), ("event", "when", "2020-13"), ("event", "when", "0000"),
      ("event", "when", "2020-02-04 10:00..11:00 UTC +5m"), ("event", "when", "10:00 UTC"),
      ("event", "mode", "by boat"), ("event", "visibility", "city"), ("event", "url", "example.org"),
      ("event", "url", "javascript:alert(1)"), ("event", "joinLinks", "javascript:alert(1)"),
      ("event", "place", "Hall; contry=SE"), ("event", "place", "Hall; country=SWE"),
      ("event", "place", "name="),
      ("event", "place", "Hall; geo=91,0"), ("event", "points", "no kind"), ("event", "points", "idea: x"),
      ("event", "participants", "\(someone):king"), ("event", "participants", "Ana"),
      ("event", "language", "e"),
      ("contact", "emails", "ana"), ("contact", "emails", "a@b@c"), ("contact", "emails", "a@b.c; pref=high"),
      ("contact", "consent", "scope=network"), ("contact", "consent", "hearsay"),
      ("contact", "kind", "robot"),
      ("contact", "name", "Ana; name=x"), ("contact", "affiliations", "title=Mayor"),
      ("publication", "type", "pamphlets"), ("publication", "issued", "Spring"),
      ("publication", "ids", "12345"),
      ("publication", "issued", "2020-02/2019"), ("publication", "authors", "literal=A|nam=B"),
    ] as [(Text, Text, String)])
  func refused(_ kind: Text, _ name: Text, _ text: String) throws {
    let field = try #require(Kinds.named(kind)?.field(name))
    do {
      _ = try FieldText.parse(text, for: field)
      Issue.record("'\(text)' was taken")
    } catch {
      #expect(error.message.hasPrefix("\(name): "))
      #expect(error.message.utf8.count > 20)
    }
  }
}

extension JSONObject {
  /// The object without a member.
  func without(_ key: Text) -> JSONObject {
    var object = self
    object[key] = nil
    return object
  }
}
