import Foundation
import JSON
import TestKit
import Testing

@Suite("Pulling the plug", .serialized)
struct KillTests {
  static let rounds = Int(ProcessInfo.processInfo.environment["PEACESYNC_KILLS"] ?? "") ?? 100

  @Test("kill -9 of hub and client at random moments during a hundred syncs loses and doubles nothing")
  func kills() throws {
    let programs = try Programs()
    let hub = try RunningHub(programs)
    let cities = ["bogota", "durban"]
    for city in cities { try programs.join(city, hub) }
    var random = SeededRandom(UInt64(getpid()))
    var acknowledged: Set<String> = []
    var killed = 0
    for round in 0..<Self.rounds {
      let city = cities[round % 2]
      let title = "event \(round) of \(city)"
      let added = try programs.pioc(city, ["event", "add", "--title", title, "--when", "2027-01-01"])
      try #require(added.exitCode == 0, "\(added.errors)")
      acknowledged.insert(title)
      killed += try sync(city, programs, hub, killing: random.below(3), after: random.below(60_000))
    }
    for _ in 0..<2 {
      for city in cities { try #require(try programs.pioc(city, ["sync"]).exitCode == 0) }
    }
    for city in cities {
      let list = try JSON.parse(Array(try programs.pioc(city, ["event", "list", "--all", "--json"]).output.utf8))
      let titles = (list.array ?? []).compactMap { $0["title"]?.text?.string }
      #expect(titles.count == Self.rounds, "\(city) has \(titles.count) events")
      #expect(Set(titles) == acknowledged)
      let status = try JSON.parse(Array(try programs.pioc(city, ["status", "--json"]).output.utf8))
      #expect(status["pending"] == 0)
      #expect(status["conflicts"] == 0)
      #expect(status["formerIds"]?.array == [], "\(city) believed that it was forked")
      let verified = try programs.pioc(city, ["verify"])
      #expect(verified.exitCode == 0, "\(verified.errors)")
    }
    // The moments are random, but with so many some must have hit.
    #expect(killed > Self.rounds / 10)
  }

  /// One sync that may be cut off; 1 if something was killed while it ran.
  private func sync(
    _ city: String, _ programs: Programs, _ hub: RunningHub, killing victim: Int, after delay: Int
  ) throws -> Int {
    let process = programs.process("pioc", ["sync"], city: city)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    if victim > 0 { usleep(UInt32(delay)) }
    let wasRunning = process.isRunning
    if victim == 1 { kill(process.processIdentifier, SIGKILL) }
    if victim == 2 {
      hub.kill()
      // The client's attempts in vain need not be waited for.
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
    if victim == 2 { try hub.start() }
    return victim > 0 && wasRunning ? 1 : 0
  }

  @Test("several programs may write to one replica at once: all that was acknowledged is there")
  func concurrentWriters() throws {
    let programs = try Programs()
    #expect(try programs.pioc("bogota", ["init", "--member", "bogota"]).exitCode == 0)
    let processes = try (0..<8).map { index in
      let process = programs.process(
        "pioc", ["event", "add", "--title", "event \(index)", "--when", "2027-01-01"], city: "bogota")
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      return process
    }
    var acknowledged = 0
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0 || process.terminationStatus == 75)
      if process.terminationStatus == 0 { acknowledged += 1 }
    }
    let list = try JSON.parse(Array(try programs.pioc("bogota", ["event", "list", "--json"]).output.utf8))
    #expect(list.array?.count == acknowledged)
    #expect(acknowledged > 0)
  }

  @Test("the hub stops cleanly when it is told to")
  func stop() throws {
    let programs = try Programs()
    let hub = try RunningHub(programs)
    try programs.join("bogota", hub)
    #expect(hub.stop() == 0)
    #expect(!FileManager.default.fileExists(atPath: programs.folder.path("hub") + "/hub.db-wal"))
    #expect(!FileManager.default.fileExists(atPath: programs.folder.path("hub") + "/hub.db-shm"))
  }
}
