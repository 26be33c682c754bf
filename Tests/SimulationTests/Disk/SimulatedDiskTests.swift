import Glibc
import SQLite
import Simulation
import Testing

@Suite("SimulatedDisk")
struct SimulatedDiskTests {
  @Test(
    "what a connection writes is there when the file is opened again",
    arguments: [
      DatabaseSettings.hub, .replica,
    ])
  func reopen(settings: DatabaseSettings) throws {
    let disk = SimulatedDisk(seed: 1)
    var ledger = Ledger()
    let connection = try settings.open(disk)
    try Ledger.create(connection)
    for _ in 0..<50 { try ledger.commit(connection) }
    try connection.close()
    let again = try settings.open(disk)
    try ledger.check(again)
    #expect(ledger.observed == 50)
    #expect(disk.syncs > 50)
    #expect(disk.operations > disk.syncs)
    #expect(access("test.db", F_OK) != 0, "a real file was made")
  }

  @Test("the hub's database has a log and no shared memory, and none of it when closed")
  func hubFiles() throws {
    let disk = SimulatedDisk(seed: 1)
    let connection = try DatabaseSettings.hub.open(disk)
    try Ledger.create(connection)
    #expect(disk.fileNames == ["test.db", "test.db-wal"])
    try connection.close()
    #expect(disk.fileNames == ["test.db"])
    #expect(disk.usedBytes == disk.bytes(of: "test.db")?.count)
  }

  @Test("disks with the same name are different disks")
  func sameName() throws {
    let disks = (1...7).map { _ in SimulatedDisk(seed: 1) }
    for (number, disk) in disks.enumerated() {
      let connection = try DatabaseSettings.replica.open(disk)
      try connection.execute("CREATE TABLE t(a); INSERT INTO t VALUES (\(number))")
    }
    for (number, disk) in disks.enumerated() {
      let connection = try DatabaseSettings.replica.open(disk)
      #expect(try connection.integer("SELECT a FROM t") == Int64(number))
    }
    #expect(Set(disks.map(\.vfs)).count == 7)
  }

  @Test("a closed disk cannot be opened, and its connections fail without harm")
  func close() throws {
    let disk = SimulatedDisk(seed: 1)
    let vfs = disk.vfs
    let connection = try DatabaseSettings.replica.open(disk)
    try Ledger.create(connection)
    disk.close()
    #expect(throws: SQLiteError.self) { try Connection(path: "test.db", vfs: vfs) }
    #expect(throws: SQLiteError.self) { try Ledger.create(connection) }
    try connection.close()
  }

  @Test("thousands of disks come and go without a trace")
  func lifetime() throws {
    for seed in 0..<2000 {
      weak var last: SimulatedDisk?
      var vfs = ""
      try {
        let disk = SimulatedDisk(seed: seed)
        last = disk
        vfs = disk.vfs
        let connection = try Connection(path: "a.db", vfs: vfs)
        try connection.execute("CREATE TABLE t(a)")
        if seed % 3 == 0 { disk.kill() }
        if seed % 3 == 1 { disk.close() }
      }()
      try #require(last == nil, "disk \(seed) is still there")
      if seed % 100 == 0 { #expect(throws: SQLiteError.self) { try Connection(path: "a.db", vfs: vfs) } }
    }
  }

  @Test("an open connection keeps the disk alive")
  func connectionKeepsDisk() throws {
    weak var disk: SimulatedDisk?
    var connection: Connection?
    try {
      let made = SimulatedDisk(seed: 1)
      disk = made
      connection = try Connection(path: "a.db", vfs: made.vfs)
    }()
    #expect(disk != nil)
    try connection?.execute("CREATE TABLE t(a)")
    try connection?.close()
    #expect(disk == nil)
  }

  @Test("SQLite's clock is the one that was set")
  func time() throws {
    let disk = SimulatedDisk(seed: 1)
    disk.milliseconds = 1_893_456_000_123
    let connection = try Connection(path: "a.db", vfs: disk.vfs)
    #expect(try connection.text("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')") == "2030-01-01 00:00:00.123")
  }

  @Test("temporary files work and leave nothing")
  func temporary() throws {
    let disk = SimulatedDisk(seed: 1)
    let connection = try Connection(path: "a.db", vfs: disk.vfs)
    _ = try connection.pragma("temp_store=FILE")
    _ = try connection.pragma("temp.cache_size=10")
    try connection.execute(
      """
      CREATE TEMP TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
        SELECT i, hex(zeroblob(50)) AS x FROM n;
      """)
    #expect(try connection.integer("SELECT count(*) FROM t") == 5000)
    #expect(disk.usedBytes > 100_000)
    #expect(disk.fileNames == ["a.db"])
    try connection.close()
    #expect(disk.usedBytes == 0)
  }

  @Test("a file in the way of an exclusive creation, and a missing one, cannot be opened")
  func openModes() throws {
    let disk = SimulatedDisk(seed: 1)
    let error = #expect(throws: SQLiteError.self) {
      try Connection(path: "none.db", vfs: disk.vfs, mode: .readWrite)
    }
    #expect(error?.isCannotOpen == true)
    let connection = try DatabaseSettings.replica.open(disk)
    try connection.execute("CREATE TABLE t(a)")
    try connection.backup(to: "copy.db")
    #expect(throws: SQLiteError.self) { try connection.backup(to: "copy.db") }
  }

  @Test("an empty file is as good as none to SQLite, as with the operating system's files")
  func emptyFile() throws {
    let disk = SimulatedDisk(seed: 1)
    let connection = try DatabaseSettings.replica.open(disk)
    try Ledger.create(connection)
    disk.install("copy.db", [])
    try connection.backup(to: "copy.db")
    #expect(disk.bytes(of: "copy.db")?.count == disk.bytes(of: "test.db")?.count)
  }

  @Test("names come in byte order")
  func order() {
    let disk = SimulatedDisk(seed: 1)
    let names = ["", "A", "B/a", "a", "a-wal", "a.db", "aa", "z", "\u{E9}", "\u{4E2D}"]
    for name in names.reversed() { disk.install(name, [1]) }
    #expect(disk.fileNames == names)
    #expect(disk.usedBytes == names.count)
  }
}
