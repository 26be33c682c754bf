import Foundation
import JSON
import Replica
import SQLite
import Simulation
import Store
import Sync
import TestKit

/// A small world that has come to rest, with a bit of everything in it: conflicts, a delete, a restore, an
/// erasure, a refusal, a copied file, references, and a record of which nothing is left.
final class SettledWorld {
  /// The files at rest; copies of them are opened, and damaged.
  let folder: TemporaryFolder
  let oracle: Oracle
  let files: [String]

  /// The one that all tests share.
  ///
  /// They run one after the other: the oracle's copies share what they have read.
  nonisolated(unsafe) static let shared = Result { try SettledWorld() }

  private init() throws {
    let story = try OracleWorld(seed: 1)
    try Self.tell(story)
    oracle = story.oracle
    files = story.cities.map(\.file)
    try story.world.restartHub { try story.world.folder.copy("hub.db", to: "hub-rest.db") }
    for city in story.cities {
      try city.reopen { try story.world.folder.copy(city.file, to: "rest-" + city.file) }
    }
    // Unsent work on top, for what is only seen before quiescence.
    let bogota = story.cities[0]
    try story.write(bogota, story.records[0]) { $0.put("summary", "not sent yet") }
    story.records.append(RecordID(milliseconds: story.world.time, random: story.random.bytes(10)))
    try story.write(bogota, story.records[story.records.count - 1]) { $0.put("title", "a new one") }
    busyOracle = story.oracle
    try bogota.reopen { try story.world.folder.copy(bogota.file, to: "busy-" + bogota.file) }
    folder = story.world.folder
  }

  /// What the oracle knows after the unsent work.
  let busyOracle: Oracle

  private static func tell(_ story: OracleWorld) throws {
    let (bogota, durban, tripoli) = (story.cities[0], story.cities[1], story.cities[2])
    let ids = (0..<6).map { _ in RecordID(milliseconds: story.world.time, random: story.random.bytes(10)) }
    story.records = ids
    for (index, id) in ids.enumerated() {
      try story.write(bogota, id) { draft in
        draft.put("title", .string(Text("event \(index)")))
        draft.put(Path("topics", "peace"), true)
      }
    }
    story.settle()
    let copy = try story.copyFile(of: durban)
    try story.write(bogota, ids[0]) { $0.put("title", "by Bogotá") }
    story.world.time += 1_000
    try story.write(durban, ids[0]) { $0.put("title", "by Durban") }
    try story.write(copy, ids[0]) { $0.put("summary", "by the copy") }
    try story.write(copy, ids[1]) { $0.put(Path("relatedEvents", Text(ids[0].description)), true) }
    let long = try tripoli.writeUnchecked(
      ids[1], "title", .string(Text(String(repeating: "x", count: 2_000))))
    story.oracle.saved(long?.bytes ?? [], in: tripoli.file)
    for city in [bogota, durban, copy, tripoli] { story.sync(city, losing: nil) }
    try story.write(tripoli, ids[1]) { $0.delete() }
    try story.write(tripoli, ids[2]) { $0.delete() }
    try story.write(bogota, ids[1]) { $0.put("summary", "beside a delete") }
    try story.write(durban, ids[3]) { $0.erase() }
    try story.write(durban, ids[5]) { draft in
      draft.drop(Path("topics", "peace"))
      draft.put("when", .object(["year": "2026"]))
    }
    story.settle()
    try story.write(bogota, ids[2]) { $0.restore() }
    try story.write(bogota, ids[4]) { $0.delete() }
    story.settle()
  }

  /// Copies of the files, opened.
  func open(_ each: (Files) throws -> Void) throws {
    let copies = try TemporaryFolder()
    for name in ["hub-rest.db"] + files.map({ "rest-" + $0 }) + ["busy-" + files[0]] {
      for ending in ["", "-wal", "-journal"]
      where FileManager.default.fileExists(atPath: folder.path(name) + ending) {
        try FileManager.default.copyItem(
          atPath: folder.path(name) + ending, toPath: copies.path(name) + ending)
      }
    }
    let opened = Files(
      hub: try Connection(path: copies.path("hub-rest.db"), mode: .readWrite),
      replicas: try files.map { ($0, try Connection(path: copies.path("rest-" + $0), mode: .readWrite)) },
      busy: try Connection(path: copies.path("busy-" + files[0]), mode: .readWrite))
    try each(opened)
  }

  /// Open files of the world at rest, and one of Bogotá with unsent work.
  struct Files {
    let hub: Connection
    let replicas: [(file: String, connection: Connection)]
    let busy: Connection
  }
}
