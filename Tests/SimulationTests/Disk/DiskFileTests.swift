import Testing

@testable import Simulation

@Suite("Content and names after a power loss")
struct DiskFileTests {
  private func write(_ file: DiskFile, _ byte: UInt8, count: Int, at offset: Int) {
    [UInt8](repeating: byte, count: count).withUnsafeBytes { source in
      if let start = source.baseAddress { file.write(start, count: count, at: offset) }
    }
  }

  /// A synced file of so many sectors, each full of its number.
  private func file(sectors: Int) -> DiskFile {
    let file = DiskFile()
    for sector in 0..<sectors { write(file, UInt8(sector), count: 512, at: sector * 512) }
    file.sync()
    return file
  }

  private func lose(_ file: DiskFile, seed: Int, sectorSize: Int = 1) {
    var loss = PowerLoss(SeededStream(seed: UInt64(seed), purpose: "loss"), sectorSize: sectorSize)
    file.losePower(&loss)
  }

  /// What each sector holds: its byte, or -1 if they differ.
  private func sectors(_ file: DiskFile) -> [Int] {
    let bytes = file.content.bytes
    return stride(from: 0, to: bytes.count, by: 512).map { start in
      let sector = bytes[start..<min(start + 512, bytes.count)]
      return sector.allSatisfy { $0 == sector[start] } ? Int(sector[start]) : -1
    }
  }

  @Test("what was synced stays, whatever else is lost")
  func syncedStays() {
    for seed in 0..<500 {
      let file = file(sectors: 4)
      write(file, 77, count: 512, at: 512)
      lose(file, seed: seed)
      let found = sectors(file)
      #expect(found.count == 4 && found[0] == 0 && found[2] == 2 && found[3] == 3)
      #expect([1, 77, -1].contains(found[1]))
    }
  }

  @Test("unsynced writes survive in every combination, whatever their order")
  func combinations() {
    var seen: Set<[Int]> = []
    for seed in 0..<2000 {
      let file = file(sectors: 3)
      for sector in 0..<3 { write(file, 70 + UInt8(sector), count: 512, at: sector * 512) }
      lose(file, seed: seed)
      seen.insert(sectors(file))
    }
    for mask in 0..<8 {
      let expected = (0..<3).map { mask >> $0 & 1 == 1 ? 70 + $0 : $0 }
      #expect(seen.contains(expected), "\(expected)")
    }
    #expect(seen.contains { $0.contains(-1) })
  }

  @Test("of two writes to the same sector, either can be the last")
  func rewritten() {
    var seen: Set<Int> = []
    for seed in 0..<500 {
      let file = file(sectors: 1)
      write(file, 71, count: 512, at: 0)
      write(file, 72, count: 512, at: 0)
      lose(file, seed: seed)
      seen.formUnion(sectors(file))
    }
    #expect(seen == [0, 71, 72, -1])
  }

  @Test("one write can be torn at sectors, also in the middle")
  func torn() {
    var seen: Set<[Int]> = []
    for seed in 0..<3000 {
      let file = file(sectors: 4)
      write(file, 77, count: 1536, at: 256)
      lose(file, seed: seed)
      seen.insert(sectors(file))
    }
    #expect(seen.contains([0, 77, 2, 3]))
    #expect(seen.contains([-1, 1, 77, 3]))
    #expect(seen.contains([-1, 77, 77, -1]))
  }

  @Test("garbage takes the bytes beside it along only where the device is not powersafe")
  func neighbours() {
    for sectorSize in [1, 512, 4096] {
      var harmed: Set<Int> = []
      for seed in 0..<3000 {
        let file = file(sectors: 10)
        write(file, 77, count: 100, at: 5 * 512)
        lose(file, seed: seed, sectorSize: sectorSize)
        let bytes = file.content.bytes
        for index in bytes.indices where bytes[index] != UInt8(index / 512) { harmed.insert(index / 512) }
        if sectorSize == 1 { #expect(bytes[5 * 512 + 100] == 5) }
      }
      #expect(harmed == (sectorSize == 4096 ? Set(0..<8) : [5]))
    }
  }

  @Test("a file that grew can be of any size between, and a gap can be garbage")
  func growth() {
    var sizes: Set<Int> = []
    var gaps: Set<Int> = []
    for seed in 0..<2000 {
      let file = file(sectors: 1)
      write(file, 71, count: 512, at: 512)
      write(file, 72, count: 512, at: 1024)
      lose(file, seed: seed)
      sizes.insert(file.size)
      let found = sectors(file)
      if found.count == 3 && found[2] == 72 { gaps.insert(found[1]) }
    }
    #expect(sizes == [512, 1024, 1536])
    #expect(gaps == [0, 71, -1])
  }

  @Test("a gap that nobody wrote can be garbage, or zeros")
  func gap() {
    var seen: Set<Int> = []
    for seed in 0..<100 {
      let file = file(sectors: 1)
      write(file, 77, count: 512, at: 1024)
      #expect(sectors(file) == [0, 0, 77])
      lose(file, seed: seed)
      let found = sectors(file)
      #expect(found[0] == 0)
      if found.count == 3 { seen.insert(found[1]) }
    }
    #expect(seen == [0, -1])
  }

  @Test("a truncation can be undone, also under a later write")
  func truncation() {
    var seen: Set<[Int]> = []
    for seed in 0..<500 {
      let file = file(sectors: 3)
      file.resize(to: 0)
      write(file, 77, count: 512, at: 0)
      lose(file, seed: seed)
      seen.insert(sectors(file))
    }
    #expect(seen.isSuperset(of: [[0, 1, 2], [77, 1, 2], [], [77]]))
  }

  @Test("after a failed sync, a later sync does not make the pages durable")
  func failedSync() {
    var seen: Set<[Int]> = []
    for seed in 0..<500 {
      let file = file(sectors: 4)
      write(file, 71, count: 1024, at: 0)
      file.failSync()
      // Written again, and so dirty again: this one the later sync does write.
      write(file, 72, count: 512, at: 512)
      write(file, 73, count: 512, at: 1536)
      file.sync()
      #expect(sectors(file) == [71, 72, 2, 73])
      file.sync()
      lose(file, seed: seed)
      seen.insert(sectors(file))
    }
    #expect(seen == [[0, 72, 2, 73], [71, 72, 2, 73], [-1, 72, 2, 73]])
  }

  @Test("after a failed sync of a longer file, the later sync makes the size durable and not the bytes")
  func failedSyncOfGrowth() {
    var seen: Set<[Int]> = []
    for seed in 0..<500 {
      let file = file(sectors: 1)
      write(file, 71, count: 512, at: 512)
      file.failSync()
      file.sync()
      lose(file, seed: seed)
      seen.insert(sectors(file))
    }
    #expect(seen == [[0, 0], [0, 71], [0, -1]])
  }

  @Test("names are kept or undone one by one, unless synced")
  func names() {
    var seen: Set<[String]> = []
    for seed in 0..<500 {
      var directory = DiskDirectory()
      for path in ["a", "b", "c/d"] { directory.add(DiskFile(), path) }
      directory.sync("a")
      _ = directory.remove("a")
      var loss = PowerLoss(SeededStream(seed: UInt64(seed), purpose: "loss"), sectorSize: 1)
      directory.losePower(&loss)
      seen.insert(directory.paths)
    }
    #expect(seen.count == 8)
  }

  @Test("syncing a folder settles its names and no others")
  func folder() {
    for seed in 0..<200 {
      var directory = DiskDirectory()
      for path in ["x/a", "x/b"] { directory.add(DiskFile(), path) }
      _ = directory.remove("x/a")
      directory.syncFolder(of: "x/b")
      directory.add(DiskFile(), "y/c")
      var loss = PowerLoss(SeededStream(seed: UInt64(seed), purpose: "loss"), sectorSize: 1)
      directory.losePower(&loss)
      #expect(directory.paths.filter { $0 != "y/c" } == ["x/b"])
    }
  }

  @Test("a name stands for the old file or the new one, never for both or a mixture")
  func replacedName() {
    var seen: Set<[UInt8]> = []
    for seed in 0..<200 {
      var directory = DiskDirectory()
      directory.set(DiskFile(durable: [1]), "a")
      _ = directory.remove("a")
      let new = DiskFile(durable: [2])
      directory.add(new, "a")
      var loss = PowerLoss(SeededStream(seed: UInt64(seed), purpose: "loss"), sectorSize: 1)
      directory.losePower(&loss)
      seen.insert(directory.files["a"]?.content.bytes ?? [])
    }
    #expect(seen == [[], [1], [2]])
  }

  // SQLite relies on it: the journal of the switch to WAL was deleted just before, and would undo the switch
  // and all that the log holds.
  @Test("the first sync of a log settles the folder's names, even if the log was there already")
  func reopenedLog() {
    let (readWriteCreate, journal, log): (Int32, Int32, Int32) = (0x6, 0x800, 0x80000)
    for seed in 0..<50 {
      let disk = SimulatedDisk(seed: seed)
      var stream = SeededStream(seed: UInt64(seed), purpose: "power")
      disk.install("a-wal", [1])
      guard case .success(let first) = disk.open("a-journal", flags: readWriteCreate | journal),
        case .success(let second) = disk.open("a-wal", flags: readWriteCreate | log)
      else {
        Issue.record("not opened")
        continue
      }
      #expect(first.sync() == 0)
      first.close()
      #expect(disk.delete("a-journal", isDurable: false) == 0)
      #expect(second.sync() == 0)
      disk.crash(&stream)
      #expect(disk.fileNames == ["a-wal"])
    }
  }
}
