import Foundation
import JSON
import Replica
import SQLite
import Simulation
import Sync
import TestKit
import Testing

@Suite("The oracle remembers what was promised")
struct PromiseTests {
  private let story: OracleWorld
  private let id: RecordID

  init() throws {
    story = try OracleWorld(seed: 3)
    id = RecordID(milliseconds: story.world.time, random: story.random.bytes(10))
  }

  private func write(_ city: Int, _ title: String) throws -> Change {
    try #require(try story.cities[city].edit(id) { $0.put("title", .string(Text(title))) })
  }

  private func kinds() throws -> Set<ViolationKind> { Set(try story.judge().map(\.kind)) }

  @Test("what was saved and is in no log is lost, and what is only in a file that is gone is not")
  func saved() throws {
    let change = try write(0, "one")
    story.settle()
    story.oracle.saved(
      Array(String(decoding: change.bytes, as: UTF8.self).replacing("one", with: "two").utf8), in: "gone.db")
    story.oracle.wrote(change.bytes)
    #expect(try kinds() == [])
    story.oracle.copied("gone.db", to: story.cities[1].file)
    #expect(try kinds() == [.notSaved, .lostChange])
    story.oracle.destroyed(story.cities[1].file)
    #expect(try kinds() == [])
  }

  @Test("any spelling of a change is that change, and what is no change cannot have been saved")
  func spelling() throws {
    let text = String(decoding: try write(0, "one").bytes, as: UTF8.self)
    story.oracle.wrote(Array(text.replacing(",", with: " ,\n").replacing("one", with: "\\u006fne").utf8))
    story.settle()
    #expect(try kinds() == [])
    story.oracle.saved(Array("{}".utf8), in: story.cities[0].file)
    #expect(try kinds() == [.unreadableChange])
  }

  @Test("what nobody wrote is an invention, unless a command ended there without an answer")
  func ended() throws {
    _ = try write(0, "one")
    let connection = story.connection(story.cities[0])
    let file = story.cities[0].file
    #expect(try story.oracle.check(connection, file: file, isHub: false).map(\.name) == ["invention"])
    story.oracle.ended(in: file)
    #expect(try story.oracle.check(connection, file: file, isHub: false) == [])
    #expect(try story.oracle.check(connection, file: file, isHub: false) == [])
    _ = try write(0, "two")
    #expect(try story.oracle.check(connection, file: file, isHub: false).map(\.name) == ["invention"])
  }

  @Test("what the hub acknowledged must stay, with its seq and time")
  func acknowledged() throws {
    story.oracle.wrote(try write(0, "one").bytes)
    story.settle()
    let replica = try #require(try story.hub.text("SELECT id FROM replica WHERE num = 1"))
    let time = try #require(try story.hub.integer("SELECT time FROM log WHERE pos = 1"))
    story.oracle.acknowledged(replica: replica, n: 1, fate: "applied", seq: 1, time: time)
    #expect(try kinds() == [])
    for (n, fate, seq, told) in [
      (1, "applied", 2, time), (1, "applied", 1, time + 1), (2, "applied", 1, time),
    ] {
      var other = story.oracle
      other.acknowledged(replica: replica, n: Int64(n), fate: fate, seq: Int64(seq), time: told)
      #expect(try other.check(story.hub, file: "hub", isHub: true).map(\.name) == ["lost-acknowledgement"])
    }
    for fate in ["rejected", "void", "erased", "unheard-of"] {
      var other = story.oracle
      other.acknowledged(replica: replica, n: 1, fate: fate)
      #expect(try other.check(story.hub, file: "hub", isHub: true).map(\.name) == ["lost-acknowledgement"])
    }
  }

  @Test("the hub's log only grows, unless a restore is told of")
  func monotonic() throws {
    story.oracle.wrote(try write(0, "one").bytes)
    story.settle()
    try story.world.backUpHub()
    story.oracle.wrote(try write(0, "two").bytes)
    story.settle()
    #expect(try story.oracle.observeHub(story.hub) == [])
    try story.world.restoreHub()
    var unaware = story.oracle
    #expect(try unaware.observeHub(story.hub).map(\.name) == ["history-shortened"])
    #expect(
      try story.oracle.check(story.hub, file: "hub", isHub: true).contains { $0.kind == .lostAcknowledgement }
    )
    unaware = story.oracle
    try story.oracle.hubRestored(story.hub)
    story.oracle.wrote(try write(1, "three").bytes)
    story.sync(story.cities[1], losing: nil)
    #expect(try unaware.observeHub(story.hub).map(\.name) == ["history-rewritten"])
    #expect(try story.oracle.observeHub(story.hub) == [])
    story.settle()
    #expect(try kinds() == [])
  }

  @Test("a refused change may be given up by its user, and by nobody else")
  func givenUp() throws {
    let text = String(repeating: "x", count: 2_000)
    let change = try #require(try story.cities[0].writeUnchecked(id, "title", .string(Text(text))))
    story.oracle.saved(change.bytes, in: story.cities[0].file)
    story.settle()
    #expect(try kinds() == [])
    for rejected in try story.cities[0].replica.rejected() { try story.cities[0].replica.discard(rejected) }
    #expect(try kinds() == [.lostBytes, .lostChange])
    story.oracle.gaveUp(change.bytes)
    #expect(try kinds() == [])
  }

  @Test("a page that is not what SQLite wrote is damage")
  func damage() throws {
    story.oracle.wrote(try write(0, "one").bytes)
    let city = story.cities[0]
    let path = story.world.folder.path("damaged.db")
    try city.reopen { try story.world.folder.copy(city.file, to: "damaged.db") }
    let file = try FileHandle(forUpdating: URL(filePath: path))
    let size = try file.seekToEnd()
    for page in 2..<size / 4_096 {
      try file.seek(toOffset: page * 4_096 + 2_000)
      try file.write(contentsOf: [UInt8](repeating: 0x5A, count: 2_096))
    }
    try file.close()
    let connection = try Connection(path: path, mode: .readWrite)
    let found = try story.oracle.check(connection, file: city.file, isHub: false)
    #expect(found.contains { $0.kind == .damagedFile })
  }

  @Test("references in publications are those of their references alone")
  func publications() throws {
    let target = Text(id.description)
    story.oracle.wrote(try write(0, "one").bytes)
    let other = RecordID(milliseconds: story.world.time, random: story.random.bytes(10))
    let change = try story.cities[0].replica.edit(other, kind: "publication", at: story.world.time) { draft in
      draft.put("type", "report")
      draft.put("title", "A report")
      draft.put("authors", [["literal": "Somebody", "ref": .string(target)]])
      draft.put(Path("relatedEvents", target), true)
    }
    story.oracle.wrote(try #require(change).bytes)
    story.settle()
    #expect(try kinds() == [])
  }
}
