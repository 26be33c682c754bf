/// A disk in memory that SQLite uses as its file system, and that fails as a real one does.
///
/// Every disk is a virtual file system of its own (https://sqlite.org/vfs.html): open a connection with
/// `Connection(path:vfs:mode:)` and the disk's `vfs`. All runs in the caller's thread and depends on nothing
/// but the calls and the given randomness, so a run can be repeated exactly; what SQLite itself draws is set
/// with `SQLiteRandomness.seed(_:)`. There is no shared memory: `WAL` works for connections that have
/// `locking_mode=EXCLUSIVE` before their first access, as `JournalProfile.hub` sees to.
///
/// A disk must not be used by two threads at a time. An open connection keeps it alive.
///
/// ## Topics
/// - What goes wrong: `faults`, ``DiskFaults``, ``DiskFault``, ``DiskOperations``
/// - The end of a process: `kill()`, `kill(process:)`, `restart()`, `isKilled`
/// - The end of power: `crash(_:)`, ``PowerLossReport``
/// - Files from outside: `snapshot()`, `restore(_:)`, `install(_:_:)`, `damage(_:at:with:)`
/// - Counters: `operations`, `syncs`
public final class SimulatedDisk {
  /// The name that was given.
  public let name: String
  /// The unit that the device says it writes, which a power loss may destroy as a whole.
  public let sectorSize: Int
  /// Whether a write never harms the bytes beside it, even in a power loss (https://sqlite.org/psow.html).
  public let isPowersafe: Bool
  /// What goes wrong from now on.
  @exclusivity(unchecked) public var faults = DiskFaults()
  /// What SQLite takes for the time, in milliseconds since 1970.
  public var milliseconds: Int64 = 0
  /// The number of the process whose calls come now.
  ///
  /// Connections that are opened while it has different values die separately, see `kill(process:)`. Before a
  /// connection of another process is used, it has to be set to the number of that process again.
  @exclusivity(unchecked) public var process = 0
  /// Called when SQLite sleeps, with the microseconds: a chance for another process to get on meanwhile.
  public var onSleep: ((_ microseconds: Int) -> Void)?

  /// How many operations were asked for, refused ones included.
  @exclusivity(unchecked) public internal(set) var operations = 0
  /// How many times a file was made durable.
  public internal(set) var syncs = 0
  /// How long SQLite has slept while it waited for locks; nothing really sleeps.
  public internal(set) var sleptMicroseconds = 0
  /// How many bytes all files have, those that are open without a name included.
  @exclusivity(unchecked) public internal(set) var usedBytes = 0

  @exclusivity(unchecked) var directory = DiskDirectory()
  var handles: [DiskHandle] = []
  @exclusivity(unchecked) var killedProcess: Int?
  @exclusivity(unchecked) private(set) var isClosed = false
  @exclusivity(unchecked) var stream: SeededStream
  var randomness: SeededStream
  private var registration: DiskRegistration?

  /// Makes an empty disk and registers it with SQLite.
  ///
  /// The name is for reading: two disks may have the same one. SQLite takes the operating system's files to
  /// be powersafe. Where they are not, a power loss may destroy the whole sector (a power of two from 512 to
  /// 65536 bytes) around what was being written; SQLite's `WAL` then survives one power loss, but not every
  /// second one.
  public init(
    name: String, randomness stream: SeededStream, isPowersafe: Bool = true, sectorSize: Int = 512
  ) {
    precondition((512...65_536).contains(sectorSize) && sectorSize.nonzeroBitCount == 1, "no sector size")
    self.name = name
    self.sectorSize = sectorSize
    self.isPowersafe = isPowersafe
    self.stream = stream
    randomness = SeededStream(seed: self.stream.next(), purpose: "xRandomness")
    registration = DiskRegistration(self)
  }

  /// The name under which SQLite knows the disk, which no other disk of this process ever has.
  public var vfs: String { registration?.name ?? "a closed disk" }

  /// Whether a planned fault killed a process that was not restarted yet.
  public var isKilled: Bool { killedProcess != nil }

  /// Takes the disk out of service; otherwise this happens when it goes.
  ///
  /// Connections that are open fail from then on, and can be closed. The files stay for `snapshot()`.
  public func close() {
    kill()
    isClosed = true
    registration?.unregister()
  }
}

@available(*, unavailable, message: "a disk belongs to one thread at a time")
extension SimulatedDisk: Sendable {}
