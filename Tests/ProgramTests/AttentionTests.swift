import Foundation
import JSON
import Replica
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("What needs a person, and what mends it", .serialized)
struct AttentionTests {
  private let programs: Programs
  private let hub: RunningHub
  private let id: String

  init() throws {
    programs = try Programs()
    hub = try RunningHub(programs)
    try programs.join("bogota", hub)
    id = try programs.addEvent("bogota", "--title", "Foro de paz")
    try programs.must("bogota", "sync")
  }

  /// A change that this client would not write, and that the hub refuses.
  private func refuse(_ body: (inout ChangeDraft) -> Void) throws -> String {
    let replica = try programs.replica("bogota")
    let record = try #require(RecordID(Text(id)))
    try replica.edit(record, kind: "event", at: 1_700_000_000_000, checked: false, body)
    try replica.close()
    let told = try programs.must("bogota", "sync", code: 3).output
    #expect(told.contains("refused") && told.contains("Mend it: 'pioc rejected edit"), "\(told)")
    let list = try programs.json("bogota", "rejected")
    return try #require(list.array?.first?["number"]?.integer).description
  }

  @Test("a refused value is mended by its field, sent again, and taken")
  func mend() throws {
    let number = try refuse { draft in
      draft.put("language", 7)
      draft.put("summary", "Resumen")
    }
    let listed = try programs.must("bogota", "rejected").output
    #expect(listed.contains("Why: ") && listed.contains("Resumen"))
    for words in [
      [], ["--set", "language"], ["--set", "language=n o"], ["--set", "nonsense=1"], ["--without", "place"],
    ] {
      let result = try programs.pioc("bogota", ["rejected", "edit", number] + words)
      #expect(result.exitCode == 2, "\(words): \(result.errors)")
    }
    #expect(try programs.json("bogota", "status")["rejected"] == 1)
    try programs.must("bogota", "rejected", "edit", number, "--set", "language=es")
    #expect(try programs.json("bogota", "status")["rejected"] == 0)
    try programs.must("bogota", "sync")
    let record = try programs.json("bogota", "event", "show", id)
    #expect(record["language"] == "es" && record["summary"] == "Resumen")
    #expect(try programs.must("bogota", "verify").output.contains("agrees"))
  }

  @Test("at a terminal the values are asked for one by one; what is left out is not sent")
  func mendAtTerminal() throws {
    let number = try refuse { draft in
      draft.put("language", 7)
      draft.put("summary", "Resumen")
    }
    let seat = try Seat(programs.process("pioc", ["rejected", "edit", number], city: "bogota"))
    try seat.answer("Language", "-")
    try seat.answer("Summary", "Otro")
    #expect(seat.end().code == 0)
    try programs.must("bogota", "sync")
    let record = try programs.json("bogota", "event", "show", id)
    #expect(record["language"] == nil && record["summary"] == "Otro")
  }

  @Test("a refused change stays until it is mended or knowingly given up")
  func discard() throws {
    let number = try refuse { $0.put("language", 7) }
    try programs.must("bogota", "sync", code: 3)
    #expect(try programs.must("bogota", "rejected", "retry", "--all", code: 3).errors.contains("Mend it"))
    try programs.must("bogota", "rejected", "discard", number, code: 2)
    #expect(try programs.json("bogota", "status")["rejected"] == 1)
    try programs.must("bogota", "rejected", "discard", number, "--yes")
    try programs.must("bogota", "sync")
  }

  @Test("doctor ends with 0 where all is well, and without a hub too")
  func healthy() throws {
    let told = try programs.must("bogota", "doctor").output
    for text in ["journal truncate", "synchronous full", "The file is whole", "free on the disk", "clock agrees"] {
      #expect(told.contains(text), "\(text) is not in \(told)")
    }
    #expect(try programs.json("bogota", "doctor")["ok"] == true)
    hub.kill()
    #expect(try programs.must("bogota", "doctor").output.contains("the hub cannot be asked now"))
    #expect(try programs.must("bogota", "doctor", "--offline").output.contains("--offline"))
  }

  @Test("doctor names what is wrong with 3, and verify mends what cannot be read")
  func sick() throws {
    let replica = try programs.replica("bogota")
    try replica.store.connection.run("UPDATE record SET state = x'7b7d'")
    try replica.close()
    let findings = try programs.json("bogota", "doctor")
    #expect(findings["ok"] == false)
    let states = findings["findings"]?.array?.first { $0["code"] == "states" }
    #expect(states?["state"] == "attention" && states?["records"] == [.string(Text(id))])
    #expect(try programs.must("bogota", "doctor", code: 3).output.contains("pioc verify"))
    #expect(try programs.must("bogota", "verify").output.contains("taken anew from the hub"))
    #expect(try programs.json("bogota", "event", "show", id)["title"] == "Foro de paz")
    try programs.must("bogota", "doctor")
  }
}
