import Foundation
import JSON
import TestKit
import Testing

@Suite("Looking after the hub's file", .serialized)
struct UpkeepTests {
  private func hub(_ programs: Programs, _ words: String...) throws -> Programs.Result {
    try programs.run("pioc-hub", ["--data", programs.folder.path("hub")] + words)
  }

  @Test("a backup made while the hub serves, put back later, costs nobody anything")
  func backupAndRestore() throws {
    let programs = try Programs()
    let hub = try RunningHub(programs)
    for city in ["bogota", "durban"] { try programs.join(city, hub) }
    let (early, late) = (programs.folder.path("early.db"), programs.folder.path("late.db"))
    try write("bogota", "before", programs)
    let made = try self.hub(programs, "backup", early)
    #expect(made.exitCode == 0 && made.output.contains("verified"), "\(made)")
    #expect(try self.hub(programs, "backup", early).exitCode == 2)
    try write("durban", "after", programs)
    #expect(try self.hub(programs, "verify").output.contains("All of it agrees"))
    let refused = try self.hub(programs, "restore", early)
    #expect(refused.exitCode == 1 && refused.errors.contains("serving"), "\(refused)")
    #expect(hub.stop() == 0)
    // Also without a hub that serves.
    #expect(try self.hub(programs, "backup", late).exitCode == 0)
    #expect(try self.hub(programs, "restore", programs.folder.path("bogota") + "/replica.db").exitCode == 1)
    let restored = try self.hub(programs, "restore", early)
    #expect(restored.exitCode == 0 && restored.output.contains("offers its own changes again"), "\(restored)")
    try hub.start()
    for city in ["durban", "bogota", "durban"] { #expect(try programs.pioc(city, ["sync"]).exitCode == 0) }
    for city in ["bogota", "durban"] {
      let list = try programs.pioc(city, ["event", "list", "--all"]).output
      #expect(list.contains("before") && list.contains("after"), "\(list)")
      #expect(try programs.pioc(city, ["verify"]).exitCode == 0)
    }
    #expect(try self.hub(programs, "verify").exitCode == 0)
  }

  @Test("a damaged copy is found out, and never put in the hub's place")
  func damaged() throws {
    let programs = try Programs()
    let hub = try RunningHub(programs)
    try programs.join("bogota", hub)
    try write("bogota", "here it is", programs)
    let file = programs.folder.path("copy.db")
    #expect(try self.hub(programs, "backup", file).exitCode == 0)
    #expect(hub.stop() == 0)
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    let place = try #require(bytes.firstRange(of: Array("here it is".utf8)))
    bytes[place.lowerBound] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    let found = try self.hub(programs, "verify", file)
    #expect(found.exitCode == 1 && !found.output.isEmpty, "\(found)")
    let before = try Data(contentsOf: URL(fileURLWithPath: programs.folder.path("hub") + "/hub.db"))
    let refused = try self.hub(programs, "restore", file)
    #expect(refused.exitCode == 1 && refused.errors.contains("not a sound copy"), "\(refused)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: programs.folder.path("hub") + "/hub.db")) == before)
    #expect(try self.hub(programs, "verify").exitCode == 0)
  }

  private func write(_ city: String, _ title: String, _ programs: Programs) throws {
    try #require(try programs.pioc(city, ["event", "add", "--title", title, "--when", "2027-01-01"]).exitCode == 0)
    try #require(try programs.pioc(city, ["sync"]).exitCode == 0)
  }
}
