import SQLite
import Simulation
import Testing

@Suite("Copies and damage")
struct SnapshotTests {
  private func disk(transactions: Int) throws -> (SimulatedDisk, Ledger) {
    let disk = SimulatedDisk(seed: 1)
    var ledger = Ledger()
    let connection = try DatabaseSettings.replica.open(disk)
    try Ledger.create(connection)
    for _ in 0..<transactions { try ledger.commit(connection) }
    try connection.close()
    return (disk, ledger)
  }

  @Test("a copy that is put back brings the old state, also on another disk, and survives a power loss")
  func restore() throws {
    let (disk, old) = try disk(transactions: 3)
    let copy = disk.snapshot()
    var ledger = old
    let connection = try DatabaseSettings.replica.open(disk)
    for _ in 0..<3 { try ledger.commit(connection) }
    let other = SimulatedDisk(seed: 2)
    var stream = SeededStream(seed: 1, purpose: "power")
    for target in [disk, other] {
      target.restore(copy)
      target.crash(&stream)
      var expected = old
      try expected.check(try DatabaseSettings.replica.open(target))
      #expect(expected.observed == 3)
      #expect(target.usedBytes >= copy.files.values.reduce(0) { $0 + $1.count })
    }
    #expect(throws: SQLiteError.self) { try ledger.commit(connection) }
  }

  @Test("a single file can be taken, put in place and deleted")
  func install() throws {
    let (disk, old) = try disk(transactions: 3)
    let bytes = try #require(disk.bytes(of: "test.db"))
    disk.install("copy.db", bytes)
    #expect(disk.fileNames.contains("copy.db"))
    var ledger = old
    try ledger.check(try Connection(path: "copy.db", vfs: disk.vfs))
    disk.discard("test.db")
    disk.discard("no such file")
    #expect(disk.bytes(of: "test.db") == nil)
    var stream = SeededStream(seed: 1, purpose: "power")
    disk.crash(&stream)
    #expect(disk.bytes(of: "copy.db") == bytes)
    #expect(disk.bytes(of: "test.db") == nil)
  }

  @Test("who has a replaced file open goes on with the old one")
  func replaced() throws {
    let (disk, _) = try disk(transactions: 1)
    let connection = try Connection(path: "test.db", vfs: disk.vfs)
    #expect(try connection.integer("SELECT number FROM counter") == 1)
    disk.install("test.db", [])
    _ = try connection.pragma("shrink_memory")
    #expect(try connection.integer("SELECT count(*) FROM entry") == 10)
    let used = disk.usedBytes
    try connection.close()
    #expect(disk.usedBytes < used)
  }

  @Test("damage is seen by the integrity check, on every page")
  func damage() throws {
    let (disk, _) = try disk(transactions: 20)
    let sound = disk.snapshot()
    let size = try #require(disk.bytes(of: "test.db")).count
    var silent = 0
    for page in 0..<size / 1024 {
      disk.restore(sound)
      disk.damage("test.db", at: page * 1024, with: [UInt8](repeating: 0xA5, count: 1024))
      if isSound(disk) { silent += 1 }
    }
    #expect(size / 1024 > 20)
    #expect(silent == 0)
  }

  @Test("one turned bit in the root page's header is seen")
  func flippedBit() throws {
    let (disk, _) = try disk(transactions: 20)
    #expect(isSound(disk))
    disk.flipBit(100 * 8, of: "test.db")
    #expect(!isSound(disk))
    disk.flipBit(100 * 8, of: "test.db")
    #expect(isSound(disk))
  }

  @Test("a shortened file is seen")
  func shortened() throws {
    let (disk, _) = try disk(transactions: 20)
    let size = try #require(disk.bytes(of: "test.db")).count
    disk.shorten("test.db", to: size / 2)
    #expect(disk.bytes(of: "test.db")?.count == size / 2)
    #expect(!isSound(disk))
  }

  @Test("damage outside of a file does nothing")
  func outside() throws {
    let (disk, _) = try disk(transactions: 1)
    let before = disk.snapshot()
    let size = try #require(disk.bytes(of: "test.db")).count
    disk.damage("test.db", at: size, with: [1])
    disk.damage("test.db", at: -1, with: [1])
    disk.damage("none", at: 0, with: [1])
    disk.flipBit(size * 8, of: "test.db")
    disk.shorten("test.db", to: size)
    #expect(disk.snapshot() == before)
  }

  private func isSound(_ disk: SimulatedDisk) -> Bool {
    guard let connection = try? Connection(path: "test.db", vfs: disk.vfs) else { return false }
    return (try? connection.text("PRAGMA integrity_check(1)")) == "ok"
  }
}
