import Foundation
import Glibc
import JSON
import Replica
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("Syncing as a person meets it", .serialized)
struct SyncWordsTests {
  private let programs: Programs
  private let hub: RunningHub

  init() throws {
    programs = try Programs()
    hub = try RunningHub(programs)
    for city in ["bogota", "durban"] { try programs.join(city, hub) }
  }

  /// 55 events that both cities hold.
  private func many() throws -> [String] {
    var replica = try programs.replica("bogota")
    let ids = try (1...55).map { number -> RecordID in
      let id = RecordID(milliseconds: Int64(number), random: Array(repeating: 1, count: 10))
      try replica.edit(id, kind: "event", at: 1) { draft in
        draft.put("title", .string(Text("Event \(number)")))
        draft.put("when", ["start": "2027-03-01"])
      }
      return id
    }
    try replica.close()
    for city in ["bogota", "durban"] { try programs.must(city, "sync") }
    replica = try programs.replica("bogota")
    for id in ids { try replica.edit(id, kind: "event", at: 2) { $0.delete() } }
    try replica.close()
    return ids.map(\.description)
  }

  @Test("a sync that would delete very many stops with 4, on both ways, and --allow-many lets it pass")
  func guarded() throws {
    let ids = try many()
    let stopped = try programs.must("bogota", "sync", code: 4)
    #expect(stopped.errors.contains("delete 55 records, for everyone") && stopped.errors.contains("--allow-many"))
    #expect(try programs.json("bogota", "status")["pending"] == 55)
    let dry = try programs.must("bogota", "sync", "--dry-run")
    #expect(dry.output.contains("To send: 55 changes") && dry.output.contains("will ask first"))
    try programs.must("bogota", "sync", "--allow-many")
    let event = try programs.addEvent("durban", "--title", "From Durban")
    try programs.must("durban", "sync", code: 4)
    #expect(try programs.json("durban", "status")["pending"] == 1)
    #expect(try programs.json("durban", "event", "show", ids[0])["deleted"] == nil)
    let seat = try Seat(programs.process("pioc", ["sync"], city: "durban"))
    try seat.answer("Go on? [y/N]", "n")
    #expect(seat.end().code == 4)
    let second = try Seat(programs.process("pioc", ["sync"], city: "durban"))
    try second.answer("Go on? [y/N]", "y")
    #expect(second.end().code == 0)
    #expect(try programs.json("durban", "status")["pending"] == 0)
    #expect(try programs.json("durban", "event", "show", ids[0])["deleted"] == true)
    try programs.must("bogota", "sync")
    #expect(try programs.json("bogota", "event", "show", event)["title"] == "From Durban")
  }

  @Test("a dry run says what goes and what waits, and leaves the file as it is, byte for byte")
  func dryRun() throws {
    _ = try programs.addEvent("durban", "--title", "Youth day")
    try programs.must("durban", "sync")
    _ = try programs.addEvent("bogota", "--title", "Foro de paz")
    let file = URL(fileURLWithPath: programs.folder.path("bogota") + "/replica.db")
    let before = try Data(contentsOf: file)
    let told = try programs.must("bogota", "sync", "--dry-run").output
    #expect(told.contains("To send: 1 change") && told.contains("Foro de paz"))
    #expect(told.contains("Waiting at the hub: ") && told.contains("durban"), "\(told)")
    #expect(try Data(contentsOf: file) == before)
    let json = try programs.json("bogota", "sync", "--dry-run")
    #expect(json["send"]?["changes"]?.array?.count == 1 && json["waiting"]?["new"] == 1)
    hub.kill()
    let alone = try programs.must("bogota", "sync", "--dry-run", code: 75)
    #expect(alone.output.contains("To send: 1 change") && alone.errors.contains("not known"))
  }

  @Test("a sync says what was sent, by whom what came, and what was merged")
  func words() throws {
    let id = try programs.addEvent("bogota", "--title", "Foro de paz")
    #expect(try programs.must("bogota", "sync").output.contains("sent      \"Foro de paz\""))
    #expect(try programs.must("durban", "sync").output.contains("new       \"Foro de paz\""))
    try programs.must("durban", "event", "set", id, "--summary", "Resumen")
    try programs.must("durban", "sync")
    try programs.must("bogota", "event", "set", id, "--language", "es")
    let told = try programs.must("bogota", "sync").output
    #expect(told.contains("changed   \"Foro de paz\"") && told.contains("summary, by durban; merged"), "\(told)")
    #expect(try programs.must("bogota", "sync").output == "Nothing new: this replica and the hub agree.\n")
  }

  @Test("a record that another city deleted, while this one wrote to it, is told as kept")
  func kept() throws {
    let id = try programs.addEvent("bogota", "--title", "Forum")
    try programs.must("bogota", "sync")
    try programs.must("durban", "sync")
    // From here on Durban gets changes, not whole records.
    try programs.must("bogota", "event", "rm", id)
    try programs.must("durban", "event", "set", id, "--summary", "text")
    try programs.must("bogota", "sync")
    let told = try programs.must("durban", "sync", code: 3).output
    #expect(told.contains("kept      \"Forum\"") && told.contains("deleted by bogota"), "\(told)")
    #expect(!told.contains("changed   \"Forum\""), "\(told)")
  }

  @Test("watching brings what others write, sends what is written here, outlives the hub, and ends with 130")
  func watch() throws {
    let watch = programs.process("pioc", ["sync", "--watch"], city: "bogota")
    let (output, errors) = (Pipe(), Pipe())
    watch.standardOutput = output
    watch.standardError = errors
    watch.standardInput = FileHandle.nullDevice
    try watch.run()
    defer { kill(watch.processIdentifier, SIGKILL) }
    func wait(_ pipe: Pipe, _ text: String) throws {
      var told = ""
      while !told.contains(text) {
        let data = pipe.fileHandleForReading.availableData
        guard !data.isEmpty else { throw TestError("'\(text)' is not told, but: \(told)") }
        told += String(decoding: data, as: UTF8.self)
      }
    }
    try wait(errors, "Watching")
    _ = try programs.addEvent("durban", "--title", "First")
    try programs.must("durban", "sync")
    try wait(output, "First")
    _ = try programs.addEvent("bogota", "--title", "Second")
    try wait(output, "Second")
    let busy = try programs.must("bogota", "sync", code: 75)
    #expect(busy.errors.contains("--watch"))
    hub.kill()
    try wait(errors, "Trying on")
    _ = try programs.addEvent("bogota", "--title", "Third")
    try hub.start()
    try wait(errors, "answers again")
    try wait(output, "Third")
    try programs.must("durban", "sync")
    #expect(try programs.must("durban", "event", "list").output.contains("Third"))
    kill(watch.processIdentifier, SIGINT)
    try wait(errors, "Stopped. Nothing is half done")
    watch.waitUntilExit()
    #expect(watch.terminationReason == .exit && watch.terminationStatus == 130)
    try programs.must("bogota", "sync")
  }

  @Test("Ctrl-C at a hub that never answers ends at once with a word and 130; a hub that asks for patience gets it")
  func interrupted() throws {
    let silent = try SilentHub()
    _ = try programs.addEvent("bogota", "--title", "Foro")
    let replica = try programs.replica("bogota")
    try replica.store.settings.set("url", text: Text(silent.url))
    try replica.close()
    let sync = programs.process("pioc", ["sync"], city: "bogota")
    let errors = Pipe()
    sync.standardError = errors
    sync.standardOutput = FileHandle.nullDevice
    try sync.run()
    silent.waitForCall()
    kill(sync.processIdentifier, SIGINT)
    sync.waitUntilExit()
    #expect(sync.terminationReason == .exit && sync.terminationStatus == 130)
    #expect(String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self).contains("Nothing is half done"))
    #expect(try programs.json("bogota", "status")["pending"] == 1)
  }

  @Test("a proxy carries plain http to another machine, and no_proxy keeps it away from there")
  func proxy() throws {
    let proxy = try ForwardProxy(to: hub.port)
    _ = try programs.addEvent("bogota", "--title", "Foro")
    let replica = try programs.replica("bogota")
    // A name that no machine knows but the proxy (RFC 6761 §6.4).
    try replica.store.settings.set("url", text: "http://hub.invalid:8642")
    try replica.close()
    let sync = programs.process("pioc", ["sync"], city: "bogota")
    sync.environment?["http_proxy"] = "http://ana:secret@127.0.0.1:\(proxy.port)"
    sync.standardOutput = FileHandle.nullDevice
    try sync.run()
    sync.waitUntilExit()
    #expect(sync.terminationStatus == 0)
    #expect(proxy.heads.first?.hasPrefix("POST http://hub.invalid:8642/v1/sync HTTP/1.1\r\n") == true)
    #expect(proxy.heads.first?.contains("Proxy-Authorization: Basic YW5hOnNlY3JldA==") == true)
    #expect(try programs.json("bogota", "status")["pending"] == 0)
    let alone = programs.process("pioc", ["sync", "--dry-run"], city: "bogota")
    alone.environment?["http_proxy"] = "http://127.0.0.1:\(proxy.port)"
    alone.environment?["no_proxy"] = ".invalid"
    alone.standardOutput = FileHandle.nullDevice
    alone.standardError = FileHandle.nullDevice
    let calls = proxy.heads.count
    try alone.run()
    alone.waitUntilExit()
    #expect(alone.terminationStatus == 75 && proxy.heads.count == calls)
  }

  @Test("counts agree: changes are counted and so are the records below them, and what was deleted is told")
  func counts() throws {
    let kept = try programs.addEvent("bogota", "--title", "Kept")
    let gone = try programs.addEvent("bogota", "--title", "Gone")
    try programs.must("bogota", "set", kept, "--area", "Paz")
    #expect(try programs.must("bogota", "sync").output.hasPrefix("Synced: sent 3 changes to 2 records.\n"))
    try programs.must("bogota", "rm", gone)
    let sent = try programs.must("bogota", "sync").output
    #expect(sent.hasPrefix("Synced: sent 1 change.\n") && sent.contains("\"Gone\" ("), "\(sent)")
    #expect(sent.contains("): deleted\n"), "\(sent)")
    let verified = try programs.must("bogota", "verify").output
    #expect(verified.contains("2 records, 1 of them deleted: this replica agrees"), "\(verified)")
  }
}
