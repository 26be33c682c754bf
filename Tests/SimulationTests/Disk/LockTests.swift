import SQLite
import Testing

@testable import Simulation

@Suite("Locks of the simulated disk")
struct LockTests {
  let disk = SimulatedDisk(seed: 1)

  private func pair() throws -> (Connection, Connection) {
    let first = try DatabaseSettings.replica.open(disk)
    let second = try DatabaseSettings.replica.open(disk)
    try first.execute("CREATE TABLE t(a)")
    return (first, second)
  }

  @Test("a second writer is busy, and can write when the first is done")
  func writers() throws {
    let (first, second) = try pair()
    try first.begin()
    try first.run("INSERT INTO t VALUES (1)")
    let error = #expect(throws: SQLiteError.self) { try second.begin() }
    #expect(error?.isBusy == true)
    // What `busy_timeout` says is what was slept.
    #expect((5_000_000...5_200_000).contains(disk.sleptMicroseconds))
    try first.commit()
    try second.transaction { try second.run("INSERT INTO t VALUES (2)") }
    #expect(try first.integer("SELECT count(*) FROM t") == 2)
  }

  @Test("readers see the old state until a commit, and keep it from being written")
  func readers() throws {
    let (writer, reader) = try pair()
    try writer.begin()
    try writer.run("INSERT INTO t VALUES (1)")
    #expect(try reader.integer("SELECT count(*) FROM t") == 0)
    try reader.execute("BEGIN; SELECT * FROM t")
    let error = #expect(throws: SQLiteError.self) { try writer.commit() }
    #expect(error?.isBusy == true)
    #expect(writer.isInTransaction)
    // The waiting writer keeps new readers out.
    let late = try Connection(path: "test.db", vfs: disk.vfs)
    #expect(throws: SQLiteError.self) { try late.integer("SELECT count(*) FROM t") }
    try reader.execute("COMMIT")
    try writer.commit()
    #expect(try late.integer("SELECT count(*) FROM t") == 1)
  }

  @Test("a hub's file is for one connection")
  func hub() throws {
    let first = try DatabaseSettings.hub.open(disk)
    try first.execute("CREATE TABLE t(a)")
    let error = #expect(throws: SQLiteError.self) { try DatabaseSettings.hub.open(disk) }
    #expect(error?.isBusy == true)
    try first.close()
    _ = try DatabaseSettings.hub.open(disk)
  }

  @Test("while one sleeps, another can finish")
  func sleeping() throws {
    let (first, second) = try pair()
    try first.begin()
    try first.run("INSERT INTO t VALUES (1)")
    disk.onSleep = { _ in if first.isInTransaction { try? first.commit() } }
    try second.transaction { try second.run("INSERT INTO t VALUES (2)") }
    #expect((1...10_000).contains(disk.sleptMicroseconds))
    #expect(try second.integer("SELECT count(*) FROM t") == 2)
    disk.onSleep = nil
  }

  @Test("the lock of a killed process is gone and its half transaction is undone by the next")
  func killedWriter() throws {
    disk.process = 1
    let first = try DatabaseSettings.replica.open(disk)
    try first.execute("CREATE TABLE t(a)")
    _ = try first.pragma("cache_size=1")
    disk.process = 2
    let second = try DatabaseSettings.replica.open(disk)
    #expect(try second.integer("SELECT count(*) FROM t") == 0)
    disk.process = 1
    try first.begin()
    // More than fits in the cache: some of it is in the file already.
    for _ in 0..<100 { try first.run("INSERT INTO t VALUES (zeroblob(500))") }
    let size = try #require(disk.bytes(of: "test.db")).count
    #expect(size > 10_000)
    disk.kill(process: 1)
    disk.process = 2
    #expect(try second.integer("SELECT count(*) FROM t") == 0)
    #expect(try second.text("PRAGMA integrity_check") == "ok")
    try second.run("INSERT INTO t VALUES (1)")
    #expect(try #require(disk.bytes(of: "test.db")).count < size)
    #expect(throws: SQLiteError.self) { try first.run("INSERT INTO t VALUES (1)") }
  }

  @Test("the levels follow SQLite's protocol")
  func levels() {
    var lock = DiskLock()
    let (one, two, three) = (Owner(), Owner(), Owner())
    #expect(lock.raise(one.id, from: .none, to: .shared) == .shared)
    #expect(lock.raise(two.id, from: .none, to: .shared) == .shared)
    #expect(lock.raise(one.id, from: .shared, to: .reserved) == .reserved)
    #expect(lock.raise(two.id, from: .shared, to: .reserved) == .shared)
    #expect(lock.raise(two.id, from: .shared, to: .exclusive) == .shared)
    #expect(lock.raise(three.id, from: .none, to: .shared) == .shared)
    lock.lower(three.id, from: .shared, to: .none)
    #expect(lock.raise(one.id, from: .reserved, to: .exclusive) == .pending)
    #expect(lock.raise(three.id, from: .none, to: .shared) == .none)
    lock.lower(two.id, from: .shared, to: .none)
    #expect(lock.raise(one.id, from: .pending, to: .exclusive) == .exclusive)
    #expect(lock.raise(three.id, from: .none, to: .shared) == .none)
    lock.lower(one.id, from: .exclusive, to: .shared)
    #expect(!lock.isReserved)
    #expect(lock.raise(three.id, from: .none, to: .shared) == .shared)
    // A hot journal is rolled back by who goes from shared to exclusive at once.
    lock.lower(one.id, from: .shared, to: .none)
    #expect(lock.raise(three.id, from: .shared, to: .exclusive) == .exclusive)
  }

  private final class Owner {
    var id: ObjectIdentifier { ObjectIdentifier(self) }
  }
}
