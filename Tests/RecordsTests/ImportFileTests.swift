import JSON
import Records
import Sync
import Testing

@Suite("Import of a file")
struct ImportFileTests {
  /// Imports a file into states by source id, as a client does; returns the number of operations.
  private func load(_ items: [ImportItem], into states: inout [Text: RecordState]) throws -> Int {
    var writer = try Writer()
    var operations = 0
    for (number, item) in items.enumerated() where states[item.sourceID] == nil {
      let random = RecordID(
        milliseconds: 1_700_000_000_000, random: [UInt8](repeating: UInt8(number), count: 10))
      let id = ImportFile.derivedID(kind: item.kind, sourceID: item.sourceID) ?? random
      states[item.sourceID] = RecordState(record: id, kind: item.kind)
    }
    let ids = states.mapValues(\.record)
    for item in items {
      let resolved = item.resolved { ids[$0] }
      #expect(resolved.problem == nil)
      let state = try #require(states[item.sourceID])
      let draft = try writer.draft(resolved.document, on: state)
      operations += draft.operations.count
      states[item.sourceID] = try writer.write(draft)
    }
    return operations
  }

  @Test(
    "the sample gives five events, eight contacts and two publications, and importing it again gives nothing")
  func sample() throws {
    let items = try ImportFile.parse(Array(sampleFile.utf8))
    #expect(items.allSatisfy { $0.problem == nil })
    #expect(items.filter { $0.kind == "event" }.count == 5)
    #expect(items.filter { $0.kind == "contact" }.count == 8)
    #expect(items.filter { $0.kind == "publication" }.count == 2)
    var states: [Text: RecordState] = [:]
    #expect(try load(items, into: &states) > 100)
    #expect(states.count == 15)
    #expect(try load(items, into: &states) == 0)
    #expect(try load(try ImportFile.parse([0xEF, 0xBB, 0xBF] + Array(sampleFile.utf8)), into: &states) == 0)
  }

  @Test("the records of the sample say what the pages say, and nothing else")
  func contents() throws {
    var states: [Text: RecordState] = [:]
    _ = try load(try ImportFile.parse(Array(sampleFile.utf8)), into: &states)
    let documents = states.mapValues { RecordDocument.json($0) }
    let roundtable = try #require(documents["pioc-sample:evt-roundtable-2020"])
    let questions = roundtable["points"]?.array?.filter { $0["kind"] == "question" }
    #expect(questions?.count == 4)
    #expect(questions?.first?["text"]?.text?.string.hasPrefix("Where do approaches") ?? false)
    let stanley = try #require(states["pioc-sample:org-stanley"]).record
    #expect(
      roundtable["participants"]?.array?.contains(["ref": .string(stanley.text), "role": "organizer"])
        ?? false)
    #expect(roundtable["relatedEvents"]?.array?.count == 3)
    #expect(roundtable["relatedPublications"]?.array?.count == 2)
    #expect(roundtable["source"] == ["system": "000_75272e0dcd49d865.txt"])
    let shantz = try #require(documents["pioc-sample:per-shantz"])
    #expect(shantz["affiliations"]?.array?.first?["org"] == .string(stanley.text))
    #expect(shantz["affiliations"]?.array?.first?["title"] == "Program Officer")
    #expect(shantz["affiliations"]?.array?.first?["area"] == "Mass Violence and Atrocities")
    #expect(shantz["consent"]?["evidence"] == "000_75272e0dcd49d865.txt")
    #expect(
      documents["pioc-sample:evt-retreat-2020"]?["when"] == ["start": "2020-02-04", "end": "2020-02-06"])
    #expect(documents.values.allSatisfy { $0["emails"] == nil && $0["phones"] == nil && $0["place"] == nil })
    #expect(documents.values.allSatisfy { ($0["when"]?["start"]?.text?.count ?? 10) == 10 })
  }

  @Test("two replicas that import the same file make the same events, and no conflict")
  func twoReplicas() throws {
    let items = try ImportFile.parse(Array(sampleFile.utf8)).filter {
      $0.sourceID == "pioc-sample:evt-smart-2022"
    }
    var (a, b) = (try Writer("bogota-aaaaa"), try Writer("palmira-bbbbb"))
    let item = try #require(items.first?.resolved { RecordID(kind: "test", foreignKey: $0) })
    let id = try #require(ImportFile.derivedID(kind: item.kind, sourceID: item.sourceID))
    let empty = RecordState(record: id, kind: "event")
    var state = empty
    state.apply(try a.change(a.draft(item.document, on: empty)), time: 1)
    let alone = RecordDocument.json(state)
    state.apply(try b.change(b.draft(item.document, on: empty)), time: 2)
    #expect(RecordDocument.json(state) == alone)
    #expect(state.conflicts().isEmpty)
  }

  @Test("a contact's id is never derived from what is known of a person")
  func derivedIDs() {
    #expect(ImportFile.derivedID(kind: "contact", sourceID: "pioc-sample:per-shantz") == nil)
    let id = ImportFile.derivedID(kind: "event", sourceID: "pioc-sample:a")
    #expect(id != nil && id == ImportFile.derivedID(kind: "event", sourceID: "pioc-sample:a"))
    #expect(id != ImportFile.derivedID(kind: "publication", sourceID: "pioc-sample:a"))
  }

  @Test("a record that is not even JSON is a problem of its own, and named with its line", arguments: [true, false])
  func brokenJSON(isWrapped: Bool) throws {
    let list = """
      [ {"record":"event","title":"a, ] } \\" [","areas":["x",["y"]]},
        {"record":"event","title":"b","title":"c"},
        {"record":"event",
         "title":"d" "when":1}, 7,
        {"record":"event","title":"e",},
        {"record":"event","title":"f","x-deep":\(String(repeating: "[", count: 80))\(String(repeating: "]", count: 80))},
        {"record":"event","title":"g"},
      ]
      """
    let text = isWrapped ? #"{"format":"pioc-records/1","records":"# + list + "}" : list
    let items = try ImportFile.parse(Array(text.utf8))
    #expect(items.map { $0.document["title"]?.text?.string } == ["a, ] } \" [", nil, nil, nil, nil, nil, "g"])
    #expect(items.map(\.line) == [1, 2, 3, 4, 5, 6, 7])
    let problems = items.map { $0.problem ?? "" }
    #expect(problems[0].isEmpty && problems[6].isEmpty && !problems[1...5].contains(""))
    #expect(
      problems[1].contains("line 2: duplicate-key") && problems[2].contains("on line 4")
        && problems[3] == "it is not an object")
  }

  @Test("one record, or one a line, is taken too", arguments: ["\n", "\r\n", "\n\n"])
  func lines(end: String) throws {
    let lines = [
      #"{"record":"event","title":"a"}"#, #"{"record":"event","title":"b"#, #"{"record":"contact","name":"c"}"#,
    ]
    let items = try ImportFile.parse(Array(lines.joined(separator: end).utf8))
    #expect(items.map(\.kind) == ["event", "", "contact"])
    #expect(items.map { $0.problem == nil } == [true, false, true])
    #expect(items.map(\.line) == (end == "\n\n" ? [1, 3, 5] : [1, 2, 3]))
    let one = try ImportFile.parse(Array("{\n \"record\": \"event\",\n \"areas\": [\"x\"]\n}\n".utf8))
    #expect(one.count == 1 && one[0].problem == nil && one[0].document["areas"]?.array?.count == 1)
  }

  @Test(
    "what is no list of records is refused as a whole, with the place",
    arguments: [
      #"[{"record":"event"}"#, #"[{"record":"event","title":"a}]"#, #"{"records":[{"record":"event"}]}"#, "[1 2", "{}",
      #"[{"record":"event"}] x"#, #"{"format":"pioc-records/1","records":[],"records":[]}"#, "[]]", #"{"x":[}"#,
    ])
  func noList(_ text: String) { #expect(throws: ImportError.self) { try ImportFile.parse(Array(text.utf8)) } }

  @Test("one bad record is a problem of its own")
  func badItems() throws {
    let file = """
      {"format": "pioc-sample/1", "sources": {"S": "page"}, "contacts": 5,
       "events": [7, {"title": "no id"}, {"id": "a", "title": "A", "when": {"year": "2020"}},
        {"id": "a", "title": "again"}, {"id": "b", "source": "T"}, {"id": "c", "source": "S"},
        {"id": "d", "title": "D", "when": {"tba": true}, "relatedEvents": ["a", "nowhere"]}]}
      """
    let items = try ImportFile.parse(Array(file.utf8))
    let resolved = items.map { item in item.resolved { $0 == "pioc-sample:a" ? RecordID(1) : nil } }
    #expect(resolved.map { $0.problem != nil } == [true, true, false, true, true, false, true, true])
    #expect(resolved.map(\.index) == [0, 1, 2, 3, 4, 5, 6, 0])
    #expect(resolved[6].problem?.contains("pioc-sample:nowhere") ?? false)
  }

  @Test(
    "what is no file of a known format is refused as a whole",
    arguments: ["", "{", "7", #"{"format":"pioc-sample/2"}"#, "BEGIN:VCALENDAR"])
  func badFiles(_ text: String) {
    #expect(throws: ImportError.self) { try ImportFile.parse(Array(text.utf8)) }
  }
}
