import JSON
import Records
import Sync
import TestKit
import Testing

@Suite("The form in which a record is edited")
struct RecordFormTests {
  private func text(_ state: RecordState) throws -> [UInt8] {
    let kind = try #require(Kinds.named(state.kind))
    return RecordForm(state, kind: kind).text(heading: ["a heading: of two\nlines"]) { _ in "Somebody: x" }
  }

  /// What a text makes of a state.
  private func draft(_ text: [UInt8], on state: RecordState) throws -> ChangeDraft {
    let kind = try #require(Kinds.named(state.kind))
    var draft = ChangeDraft(state: state, unaccepted: [])
    var keys = 0
    func itemKey() -> Text {
      keys += 1
      return Text("item\(keys)")
    }
    try RecordForm(state, kind: kind).write(text, into: &draft, itemKey: itemKey) { (text, _) in text }
    return draft
  }

  private func edited(_ state: RecordState, _ old: String, _ new: String) throws -> ChangeDraft {
    let text = String(decoding: try text(state), as: UTF8.self)
    try #require(text.contains(old))
    return try draft(Array(text.replacing(old, with: new).utf8), on: state)
  }

  @Test("a text that comes back as it went out changes nothing, whatever the record holds")
  func untouched() throws {
    for seed in 1...300 as ClosedRange<UInt64> {
      var records = try RandomRecords(seed: seed)
      for kind in Kinds.all {
        let state = try records.next(of: kind)
        let text = try text(state)
        #expect(try draft(text, on: state).isEmpty, "seed \(seed), \(kind.name)")
        // As editors leave texts: other line ends, blanks cut off, a mark at the beginning.
        let rows = text.split(separator: 0x0A, omittingEmptySubsequences: false)
        let cut = rows.map { row in row[..<((row.lastIndex { $0 != 0x20 }).map { $0 + 1 } ?? row.startIndex)] }
        let other = [0xEF, 0xBB, 0xBF] + Array(cut.joined(separator: [0x0D, 0x0A])) + [0x0D, 0x0A]
        #expect(try draft(other, on: state).isEmpty, "seed \(seed), \(kind.name), as another editor leaves it")
      }
    }
  }

  @Test("any bytes at all are read or refused, and what was read is written once")
  func anyBytes() throws {
    var taken = 0
    for seed in 1...400 as ClosedRange<UInt64> {
      var records = try RandomRecords(seed: seed)
      var random = SeededRandom(seed)
      let state = try records.next(of: random.pick(Kinds.all))
      var bytes = try text(state)
      if random.below(2) == 0 {
        // What a person may do: another line, or one less.
        var rows = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        let lines = [
          "topic: ሰላም", "area: a b", "", "# x", "url: https://example.org/", "mode: online", "note: x", "#! y",
        ]
        for _ in 0...random.below(2) { rows.insert(Array(random.pick(lines).utf8)[...], at: random.below(rows.count)) }
        if random.below(3) == 0 { rows.remove(at: random.below(rows.count)) }
        bytes = Array(rows.joined(separator: [0x0A]))
      } else {
        for _ in 0...random.below(3) {
          let place = random.below(bytes.count)
          let end = min(bytes.count, place + random.below(12))
          let piece = random.pick(["", "\n", "<<<\n", "\n>>>\n", ": ", "#", "\u{301}", "ሰ", "- "])
          bytes.replaceSubrange(place..<end, with: random.below(5) == 0 ? random.bytes(3) : Array(piece.utf8))
        }
      }
      guard let draft = try? draft(bytes, on: state), !draft.isEmpty else { continue }
      taken += 1
      var writer = try Writer("palmira-00000")
      let written = try writer.write(draft)
      #expect(try self.draft(try text(written), on: written).isEmpty, "seed \(seed)")
    }
    #expect(taken > 40, "only \(taken) of the texts were taken")
  }

  @Test("only what was touched is written")
  func onlyTheTouched() throws {
    var writer = try Writer()
    let document: JSONObject = [
      "title": "Peace forum", "when": ["start": "2027-03-01"], "areas": ["Niñez", "Paz"], "summary": "One\ntwo",
      "points": [["kind": "question", "text": "Who pays?"], ["kind": "aim", "text": "Peace"]],
    ]
    let state = try writer.write(document, to: blank("event"))
    let title = try edited(state, "title: Peace forum", "title: Foro")
    #expect(title.operations.map(\.path) == [Path("title")])
    let area = try edited(state, "area: Paz", "area: Paz urbana\narea: Agua")
    #expect(
      Set(area.operations.compactMap(\.path)) == [
        Path("areas", "Paz"), Path("areas", "Paz urbana"), Path("areas", "Agua"),
      ])
    let summary = try edited(state, "two\n>>>", "two\n# three\n\nfour\n>>>")
    #expect(summary.operations.map(\.path) == [Path("summary")])
    var after = try Writer("palmira-00000")
    #expect(try after.write(summary).value("summary") == "One\ntwo\n# three\n\nfour")
    #expect(try edited(state, "\nmode:\n", "\nMode:  online \n").operations.map(\.path) == [Path("mode")])
    #expect(try after.write(try edited(state, "One\ntwo", "")).value("summary") == nil)
  }

  @Test("an item of a list that is edited keeps its key, and one that is added gets its own")
  func items() throws {
    var writer = try Writer()
    let points: JSON = [
      ["key": "a", "kind": "question", "text": "Who?"], ["key": "b", "kind": "aim", "text": "Peace"],
    ]
    let document: JSONObject = ["title": "x", "when": ["tba": true], "points": points]
    let state = try writer.write(document, to: blank("event"))
    let edit = try edited(state, "point: question: Who?", "point: question: Who pays?")
    #expect(edit.operations.map(\.path) == [Path("points", "a")])
    let added = try edited(state, "point: aim: Peace", "point: figure: 7\npoint: aim: Peace")
    #expect(
      Set(added.operations.compactMap(\.path)) == [Path("points", "item1"), .position(of: "points", item: "item1")])
    let gone = try edited(state, "point: question: Who?\n", "")
    #expect(Set(gone.operations.compactMap(\.path)) == [Path("points", "a"), .position(of: "points", item: "a")])
  }

  @Test("every fault is told with its line, and told again above it")
  func faults() throws {
    var writer = try Writer()
    let state = try writer.write(required["event"] ?? [:], to: blank("event"))
    let text = String(decoding: try text(state), as: UTF8.self)
    let wrong = text.replacing("when: tba", with: "when: soon").replacing("\nmode:", with: "\nmood: x\nmode: y")
    let error = try #require(throws: FormError.self) { try draft(Array(wrong.utf8), on: state) }
    #expect(error.faults.count == 3, "\(error)")
    let rows = wrong.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(rows[error.faults[0].line - 1] == "when: soon")
    #expect(rows[error.faults[1].line - 1] == "mood: x")
    let told = RecordForm.annotated(Array(wrong.utf8), error)
    let again = try #require(throws: FormError.self) { try draft(told, on: state) }
    #expect(again.faults.map(\.message) == error.faults.map(\.message))
    #expect(RecordForm.annotated(told, again) == told)
    let mended = String(decoding: told, as: UTF8.self).replacing("when: soon", with: "when: tba")
      .replacing("\nmood: x", with: "").replacing("mode: y", with: "mode: online")
    #expect(try draft(Array(mended.utf8), on: state).operations.map(\.path) == [Path("mode")])
  }

  @Test(
    "what cannot be meant is refused",
    arguments: [
      ("title: Roundtable", ""), ("title: Roundtable", "title:"), ("title: Roundtable", "title: a\ntitle: b"),
      ("summary: <<<", "summary: <<<<"), ("topic:", "topic"), ("mode:", "mode: everywhere"),
      ("visibility: network\n", ""), ("title: Roundtable", "title: a\u{202E}b"),
    ])
  func refused(_ old: String, _ new: String) throws {
    var writer = try Writer()
    let state = try writer.write(required["event"] ?? [:], to: blank("event"))
    #expect(throws: FormError.self) { try edited(state, old, new) }
  }

  @Test("fields that only a newer version knows are shown and survive")
  func unknownFields() throws {
    let change = try rawChange(kind: "event") { draft in
      draft.put("title", "x")
      draft.put("when", ["tba": true])
      draft.put("x-room", "a\nb\u{1B}")
      draft.put(Path("later", "k"), ["new": 1])
    }
    var state = blank("event")
    state.apply(change, time: 1)
    let shown = String(decoding: try text(state), as: UTF8.self)
    #expect(shown.contains("x-room") && shown.contains("later") && !shown.contains("\u{1B}"))
    let draft = try edited(state, "title: x", "title: y")
    #expect(draft.operations.map(\.path) == [Path("title")])
  }

  @Test("a value that is in conflict is shown with the others")
  func conflicts() throws {
    var state = blank("event")
    for (city, title) in [("bogota-7kq2m", "Foro"), ("durban-7kq2m", "Forum")] as [(String, JSON)] {
      var draft = ChangeDraft(state: blank("event"), unaccepted: [])
      draft.put("title", title)
      draft.put("when", ["tba": true])
      var writer = try Writer(city)
      state.apply(try writer.change(draft), time: 1)
    }
    let shown = String(decoding: try text(state), as: UTF8.self)
    #expect(shown.contains("wrote: Foro") != shown.contains("wrote: Forum"))
  }
}
