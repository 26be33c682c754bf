import Foundation
import JSON
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("Opening a store")
struct OpeningTests {
  static let roles: [Store.Role] = [.hub, .replica]
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func expectUntouched(_ role: Store.Role, _ name: String) throws {
    let before = try folder.files()
    for mode in [OpenMode.readWriteCreate, .readWrite] {
      #expect(throws: (any Error).self, "\(name)") { try Store(path: folder.path("a.db"), role: role, mode: mode) }
      let after = try folder.files()
      // Reading a file in WAL mode makes an empty log beside it, which says nothing and is not taken away again.
      let added = after.filter { before[$0.key] == nil }
      #expect(added.allSatisfy { $0.key == "a.db-wal" && $0.value.isEmpty }, "\(name): \(added.keys) came")
      #expect(before.allSatisfy { after[$0.key] == $0.value }, "\(name) for a \(role) was touched")
    }
  }

  /// A hub's file with one record, which has a foreign id.
  private func hubWithRecord(_ id: RecordID) throws -> Store {
    let store = try Store(path: folder.path("a.db"), role: .hub)
    let change = try Change(
      bytes: Array(
        """
        {"at":1,"kind":"contact","n":1,"ops":[{"put":["sourceIds","crm:7"],"value":true}],"record":"\(id)",\
        "replica":"bogota-7kq2m"}
        """.utf8))
    var state = RecordState(record: id, kind: "contact")
    state.apply(change, time: 1)
    var record = StoredRecord(num: 1, state: state)
    try store.records.save(&record)
    return store
  }

  @Test("a hub's file that knows integrators by ids knows the same by numbers")
  func idsToNumbers() throws {
    let id = RecordID(milliseconds: 5, random: [])
    let store = try hubWithRecord(id)
    try store.connection.execute(
      """
      DROP INDEX record_gone; DROP INDEX record_erased; DROP TABLE view; DROP TABLE origin;
      CREATE TABLE view(replica TEXT NOT NULL, record BLOB NOT NULL, state BLOB NOT NULL, PRIMARY KEY(replica, record)) STRICT;
      CREATE INDEX view_record ON view(record);
      CREATE TABLE origin(source TEXT NOT NULL, record BLOB NOT NULL, PRIMARY KEY(source, record)) STRICT, WITHOUT ROWID;
      CREATE INDEX origin_record ON origin(record);
      INSERT INTO view SELECT 'bogota-7kq2m', id, x'01' FROM record;
      INSERT INTO view VALUES('bogota-7kq2m', x'99', x'02');
      PRAGMA user_version=4
      """)
    try store.close()
    let opened = try Store(path: folder.path("a.db"), role: .hub)
    #expect(
      try opened.connection.text("SELECT group_concat(record || replica || hex(state)) FROM view") == "1bogota-7kq2m01")
    #expect(try opened.connection.text("SELECT group_concat(source || record) FROM origin") == "crm:71")
    try opened.close()
  }

  @Test("a hub's file of the first version gets what is new, filled from what it holds")
  func olderHub() throws {
    let id = RecordID(milliseconds: 5, random: [])
    let store = try hubWithRecord(id)
    try store.connection.run("INSERT INTO token(hash, role, created) VALUES(x'0102030405060708', 'admin', 1)")
    try store.connection.execute(
      """
      DROP INDEX record_gone; DROP INDEX record_erased;
      DROP TABLE view; DROP TABLE origin; DROP TABLE answered; DROP INDEX token_id;
      ALTER TABLE token DROP COLUMN id; ALTER TABLE token DROP COLUMN label; PRAGMA user_version=2
      """)
    try store.close()
    let opened = try Store(path: folder.path("a.db"), role: .hub)
    #expect(try opened.connection.text("SELECT id FROM token") == "010203040506")
    #expect(try opened.connection.text("SELECT source FROM origin WHERE record = 1") == "crm:7")
    #expect(try opened.connection.integer("SELECT count(*) FROM view") == 0)
    try opened.close()
  }

  @Test("a newer file is refused without a byte of it changed", arguments: roles, roles)
  func newer(_ maker: Store.Role, _ opener: Store.Role) throws {
    let store = try Store(path: folder.path("a.db"), role: maker)
    try store.settings.set("x", text: "y")
    try store.connection.execute("PRAGMA user_version=99")
    try store.close()
    try expectUntouched(opener, "newer")
    if maker == opener {
      #expect(throws: SchemaError.newer(found: 99, known: opener == .hub ? 6 : 3)) {
        try Store(path: folder.path("a.db"), role: opener)
      }
    }
  }

  @Test("the other role's file, another program's and what is no database are refused untouched", arguments: roles)
  func foreign(_ role: Store.Role) throws {
    let other: Store.Role = role == .hub ? .replica : .hub
    try Store(path: folder.path("a.db"), role: other).close()
    try expectUntouched(role, "the other role's")

    try FileManager.default.removeItem(atPath: folder.path("a.db"))
    for pragma in ["journal_mode=DELETE", "journal_mode=WAL"] {
      let connection = try Connection(path: folder.path("a.db"))
      try connection.execute("PRAGMA \(pragma); CREATE TABLE IF NOT EXISTS t(x); INSERT INTO t VALUES(1)")
      try connection.close()
      try expectUntouched(role, "another program's, \(pragma)")
    }
    for (name, bytes) in [
      ("text", Data("hello world, this is no database".utf8)),
      ("noise", Data((0..<5_000).map { UInt8($0 * 7 & 0xFF) })),
    ] {
      try bytes.write(to: folder.url.appendingPathComponent("a.db"))
      try expectUntouched(role, name)
    }
  }

  @Test("a newer file that was not closed in order keeps its write-ahead log as it is", arguments: roles)
  func newerAfterCrash(_ opener: Store.Role) throws {
    let source = try TemporaryFolder()
    let store = try Store(path: source.path("a.db"), role: .hub)
    try store.connection.execute("PRAGMA user_version=99")
    try store.settings.set("x", text: "y")
    for ending in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: source.path("a.db") + ending, toPath: folder.path("a.db") + ending)
    }
    #expect(try folder.files()["a.db-wal"]?.isEmpty == false)
    try expectUntouched(opener, "newer with a log")
    try store.close()
  }

  @Test("a half-made or damaged file is an error", arguments: roles)
  func damaged(_ role: Store.Role) throws {
    let store = try Store(path: folder.path("a.db"), role: role)
    for n in 1...50 { try store.settings.set("key \(n)".asText, Array(repeating: 7, count: 500)) }
    try store.close()
    let good = try #require(FileManager.default.contents(atPath: folder.path("a.db")))
    var random = SeededRandom(3)
    for round in 0..<60 {
      var bytes = good
      if round % 3 == 0 {
        bytes = bytes.prefix(random.below(bytes.count))
      } else {
        for _ in 0...random.below(40) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
      }
      try Data(bytes).write(to: folder.url.appendingPathComponent("a.db"))
      // What comes of it depends on the place; only a trap would be wrong.
      if let store = try? Store(path: folder.path("a.db"), role: role) {
        _ = try? store.settings.bytes("key 7")
        _ = try? store.log.lastPosition()
        try? store.records.each { _ in }
        try? store.close()
      }
      for ending in ["-wal", "-journal"] { try? FileManager.default.removeItem(atPath: folder.path("a.db") + ending) }
    }
  }

  @Test("what makes a commit durable is in force", arguments: roles)
  func pragmas(_ role: Store.Role) throws {
    let store = try Store(path: folder.path("a.db"), role: role)
    let expected =
      role == .hub
      ? ["journal_mode": "wal", "locking_mode": "exclusive", "synchronous": "2"]
      : ["journal_mode": "truncate", "locking_mode": "normal", "synchronous": "2", "busy_timeout": "5000"]
    for (name, value) in expected { #expect(try store.connection.pragma(name) == value, "\(name)") }
    for (name, value) in ["secure_delete": "1", "temp_store": "2", "trusted_schema": "0"] {
      #expect(try store.connection.pragma(name) == value, "\(name)")
    }
    #expect(try store.connection.integrityProblems().isEmpty)
    try store.settings.set("x", text: "y")
    #expect(!FileManager.default.fileExists(atPath: folder.path("a.db-shm")))
    try store.close()
    let again = try Store(path: folder.path("a.db"), role: role, mode: .readWrite)
    #expect(try again.settings.text("x") == "y")
    for (name, value) in expected {
      #expect(try again.connection.pragma(name) == value, "\(name) at the second opening")
    }
  }

  @Test("a hub's file has one owner, a replica's file many")
  func sharing() throws {
    let hub = try Store(path: folder.path("hub.db"), role: .hub)
    #expect(throws: (any Error).self) { try Store(path: folder.path("hub.db"), role: .hub) }
    try hub.settings.set("x", text: "y")
    try hub.close()
    let (one, two) = (
      try Store(path: folder.path("a.db"), role: .replica), try Store(path: folder.path("a.db"), role: .replica)
    )
    try one.settings.set("x", text: "one")
    #expect(try two.settings.text("x") == "one")
    try two.settings.set("x", text: "two")
    #expect(try one.settings.text("x") == "two")
  }

  @Test("a file that must exist is not made")
  func missing() throws {
    for role in Self.roles {
      #expect(throws: SQLiteError.self) { try Store(path: folder.path("none.db"), role: role, mode: .readWrite) }
    }
    #expect(try folder.files().isEmpty)
  }
}
