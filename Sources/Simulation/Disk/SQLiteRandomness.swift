import CSQLite
import Synchronization

/// The random numbers that SQLite itself draws: salts of write-ahead logs, marks of journals, `random()`.
///
/// All connections of a process share one generator, whatever disk they are on.
public enum SQLiteRandomness {
  /// Begins SQLite's generator anew from a seed, so that a run writes the same bytes again.
  ///
  /// It holds for the whole process: only a process in which nobody else uses SQLite meanwhile gets the same
  /// numbers again.
  public static func seed(_ seed: UInt64) {
    guard let system = sqlite3_vfs_find(nil), let seeding else { return }
    Self.seed.store(seed, ordering: .relaxed)
    // There is no plain call for it: after a reset, the first draw asks the default file system for a seed
    // (https://sqlite.org/c3ref/randomness.html).
    sqlite3_vfs_register(seeding, 1)
    var byte: UInt8 = 0
    sqlite3_randomness(0, nil)
    sqlite3_randomness(1, &byte)
    sqlite3_vfs_register(system, 1)
    sqlite3_vfs_unregister(seeding)
  }

  private static let seed = Atomic<UInt64>(0)

  /// The operating system's files with a known source of randomness.
  ///
  /// It works in full: another thread might open a file just while it is the default one.
  // It is written once; the list's own links in it are under SQLite's lock.
  nonisolated(unsafe) private static let seeding: UnsafeMutablePointer<sqlite3_vfs>? = {
    guard let system = sqlite3_vfs_find(nil) else { return nil }
    let seeding = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    seeding.initialize(to: system.pointee)
    seeding.pointee.pNext = nil
    seeding.pointee.zName = seedingName
    seeding.pointee.xRandomness = { _, count, result in
      guard let result else { return 0 }
      var stream = SeededStream(
        seed: SQLiteRandomness.seed.load(ordering: .relaxed), purpose: "SQLite")
      stream.fill(result, count: Int(count))
      return count
    }
    return seeding
  }()

  nonisolated(unsafe) private static let seedingName: UnsafePointer<CChar>? = {
    let name: StaticString = "seeding"
    return UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
  }()
}
