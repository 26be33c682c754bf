import JSON
import Records
import Sync
import TestKit
import Testing

@Suite("Files of records")
struct ExportTests {
  private func file(_ states: [RecordState], _ form: ExportFile.Form, isRaw: Bool = false) -> [UInt8] {
    let extras = Set(states.flatMap { ExportFile.extras(of: $0) }).sorted()
    var file = ExportFile(form, kinds: Kinds.all, extras: extras, isRaw: isRaw)
    for state in states { file.add(state, without: []) }
    return file.bytes
  }

  /// A document without the keys of items, which a table does not carry.
  private func values(_ state: RecordState) -> [UInt8] {
    var document = RecordDocument.json(state)
    if let points = document["points"]?.array {
      document["points"] = .array(points.map { .object(JSONObject(($0.object ?? [:]).filter { $0.key != "key" })) })
    }
    return JSON.object(document).canonical()
  }

  @Test(
    "export and import change nothing, and give a new replica the same values",
    arguments: ExportFile.Form.allCases, [false, true])
  func fixpoint(_ form: ExportFile.Form, _ isRaw: Bool) throws {
    for seed in 1...60 as ClosedRange<UInt64> {
      var records = try RandomRecords(seed: seed)
      var states: [RecordState] = []
      for kind in Kinds.all { for _ in 0..<3 { states.append(try records.next(of: kind)) } }
      let bytes = file(states, form, isRaw: isRaw)
      let items = try ImportFile(bytes, isRaw: isRaw).items
      try #require(items.count == states.count)
      var writer = try Writer("palmira-00000")
      for (item, state) in zip(items, states) {
        try #require(item.problem == nil, "seed \(seed): \(item.problem ?? "")")
        #expect(item.id == state.record)
        #expect(try writer.draft(item.document, on: state, updating: true).isEmpty, "seed \(seed), \(state.kind)")
        let new = try writer.write(item.document, to: RecordState(record: state.record, kind: state.kind))
        #expect(values(new) == values(state), "seed \(seed), \(state.kind)")
        if form == .json { #expect(RecordDocument.json(new) == RecordDocument.json(state)) }
      }
      #expect(file(states, form, isRaw: isRaw) == bytes)
    }
  }

  @Test("no cell of a table begins as a formula, unless it is raw")
  func formulas() throws {
    var writer = try Writer()
    let title = "=HYPERLINK(\"http://example.org\")"
    let state = try writer.write(["title": .string(Text(title)), "when": ["tba": true]], to: blank("event"))
    let safe = String(decoding: file([state], .csv), as: UTF8.self)
    #expect(safe.contains("\"'=HYPERLINK(") && safe.hasPrefix("\u{FEFF}record,id,title"))
    let raw = String(decoding: file([state], .csv, isRaw: true), as: UTF8.self)
    #expect(raw.contains("\"=HYPERLINK(") && raw.hasPrefix("record,id,title"))
  }

  @Test("what is for everyone holds nothing of a person who has not agreed, and nothing that harms")
  func ceiling() throws {
    var writer = try Writer()
    let basis: JSONObject = [
      "kind": "individual", "name": ["full": "Ana"], "visibility": "public", "phones": [["number": "+57 1"]],
      "note": "x",
      "emails": [["address": "a@b"]],
    ]
    func person(_ consent: JSON) throws -> RecordState {
      var document = basis
      document["consent"] = consent
      return try writer.write(document, to: blank("contact", 7))
    }
    let open = try person(["basis": "consent", "scope": "public"])
    #expect(ExportCeiling.public.admits(open))
    #expect(ExportCeiling.public.omitted(of: open) { _ in true } == ["phones", "note", "consent"])
    #expect(ExportCeiling.network.omitted(of: open) { _ in false }.isEmpty)
    for consent in [
      ["basis": "consent"], ["basis": "consent", "scope": "network"],
      ["basis": "consent", "scope": "public", "withdrawnOn": "2026-01-01"],
    ] as [JSON] {
      #expect(!ExportCeiling.public.admits(try person(consent)))
      #expect(ExportCeiling.network.admits(try person(consent)))
    }
    let ref = JSON.string(open.record.text)
    let event = try writer.write(
      [
        "title": "x", "when": ["tba": true], "visibility": "public", "participants": [["ref": ref, "role": "speaker"]],
        "joinLinks": [["uri": "https://example.org/j"]],
      ], to: blank("event"))
    #expect(ExportCeiling.public.omitted(of: event) { _ in true } == ["joinLinks"])
    #expect(ExportCeiling.public.omitted(of: event) { _ in false } == ["joinLinks", "participants"])
    let quiet = try writer.write(["title": "x", "when": ["tba": true]], to: blank("event"))
    #expect(!ExportCeiling.public.admits(quiet))
  }
}
