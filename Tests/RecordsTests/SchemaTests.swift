import JSON
@testable import Records
import Sync
import TestKit
import Testing

@Suite("The schemas of the fields say what the rules say")
struct SchemaTests {
  /// What no schema says: days of a leap year, which of two times is the earlier and by how much, whether a text is
  /// canonical JSON, and how many bytes an object has.
  private static let beyond: [Put] = [
    Put("event", "when", ["start": "2100-02-29"]), Put("event", "when", ["start": "2020-02-04", "end": "2020-02-03"]),
    Put("event", "when", ["start": "2020-01-01", "end": "2021-01-01"]),
    Put("event", "when", ["start": "2020-02-04T10:00", "end": "2020-02-04T10:00", "zone": "UTC"]),
    Put("contact", "affiliations", key: #"{"org":"SECRET", "title":"x"}"#, true),
    Put("contact", "affiliations", key: #"{"title":"x","org":"SECRET"}"#, true),
    Put("contact", "affiliations", key: #"{"title":"SECRET"}"#, true),
    Put("event", "place", ["name": "x", "future": .string(Text(String(repeating: "SECRET", count: 4_000)))]),
  ]

  private func faults(_ put: Put) throws -> [String] {
    let path = [JSON.string(put.field)] + (put.key.map { [.string($0)] } ?? [])
    let kind = try #require(Kinds.named(put.kind))
    return SchemaValidator(kind.operation).faults(["put": .array(path), "value": put.value])
  }

  @Test("what the rules refuse, the schema refuses, but for what no schema says", arguments: refusedPuts)
  func refused(_ put: Put) throws {
    let isBeyond = Self.beyond.contains { $0.testDescription == put.testDescription }
    #expect(try faults(put).isEmpty == isBeyond)
  }

  @Test("what the rules take, the schema takes", arguments: acceptedPuts)
  func accepted(_ put: Put) throws { #expect(try faults(put) == []) }

  @Test("drops are taken and refused as the rules do")
  func drops() throws {
    for path in [
      ["title"], ["mood"], ["areas"], ["title", "k"], ["points"], ["areas", "x"], ["participants", "not valid"],
      ["points@position", "p"], ["areas@position", "p"], ["moods", "l"], ["moods@position", "l"],
    ] as [[Text]] {
      let change = try rawChange(kind: "event") { $0.drop(Path(path[0], path.count > 1 ? path[1] : nil)) }
      let isTaken = (try? RecordRules.check(change)) != nil
      let operation: JSON = ["drop": .array(path.map { .string($0) })]
      #expect(SchemaValidator(Kinds.event.operation).accepts(operation) == isTaken, "\(path)")
    }
  }

  @Test("the longest text fits, and one more does not")
  func lengths() throws {
    for (scalars, fits) in [(300, true), (301, false)] {
      let put = Put("event", "title", .string(Text(.init(repeating: "ሰ", count: scalars))))
      #expect(try faults(put).isEmpty == fits)
    }
  }

  @Test("of each field and each of its parts, the schema takes and refuses what the rules take and refuse")
  func everyPart() throws {
    var counts = [true: 0, false: 0]
    for kind in Kinds.all {
      for field in kind.fields {
        for put in puts(kind, field) {
          let isKept = try faults(put).isEmpty
          // What cannot even stand in a change needs no field's rule.
          guard let change = try? rawChange(kind: kind.name, { $0.put(Path(put.field, put.key), put.value) }) else {
            continue
          }
          let isTaken = (try? RecordRules.check(change)) != nil
          counts[isTaken, default: 0] += 1
          #expect(isKept == isTaken, "\(put.testDescription)")
        }
      }
    }
    #expect(counts.values.allSatisfy { $0 > 200 }, "\(counts)")
  }

  /// Writes of one field with one example each, everything else being good.
  private func puts(_ kind: Kind, _ field: Field) -> [Put] {
    switch (field.rule, field.type) {
    case (.set, .parts), (.reference, _): []
    case (.set, .keyed(let parts)):
      examples(of: parts[0].type).compactMap(\.text).map { Put(kind.name, field.name, key: $0, [:]) }
        + objects(Array(parts.dropFirst()), [:]).map {
          Put(kind.name, field.name, key: examples(of: parts[0].type)[0].text, $0)
        }
    case (.set, let type): examples(of: type).compactMap(\.text).map { Put(kind.name, field.name, key: $0, true) }
    case (.list, .parts(let parts)): objects(parts, [:]).map { Put(kind.name, field.name, key: "k", $0) }
    case (_, .parts(let parts)): objects(parts, [:]).map { Put(kind.name, field.name, $0) }
    case (_, .authors):
      objects(Array(Author.parts.dropFirst().dropLast()), ["given": "Ana"]).map { Put(kind.name, field.name, [$0]) }
    case (_, let type): examples(of: type).map { Put(kind.name, field.name, $0) }
    }
  }

  /// Objects of which one part has an example, the required others a good one.
  private func objects(_ parts: [Part], _ others: JSONObject) -> [JSON] {
    parts.flatMap { part in
      examples(of: part.type).map { example in
        var object = others
        for other in parts where other.isRequired { object[other.name] = examples(of: other.type)[0] }
        object[part.name] = example
        return .object(object)
      }
    }
  }
}
