import Store

/// The files of a store in which nothing was written yet, as production makes them.
///
/// Nothing in them is drawn, so all worlds can begin with copies of the same ones, see `Swarm.copiesBlankFiles`.
struct BlankFiles {
  private let snapshot: DiskSnapshot

  /// The names of the stores' files on the disks of their machines.
  static let (hubPath, replicaPath) = ("hub.db", "replica.db")

  // Each is made once a process, at the first need.
  private static let made = [Store.Role.hub, .replica].map { role in Result { try BlankFiles(role) } }

  static var hub: BlankFiles { get throws { try made[0].get() } }
  static var replica: BlankFiles { get throws { try made[1].get() } }

  /// Makes them.
  init(_ role: Store.Role) throws {
    let disk = SimulatedDisk(name: "blank", randomness: SeededStream(seed: 0, purpose: "blank"))
    try Store(path: role == .hub ? Self.hubPath : Self.replicaPath, role: role, vfs: disk.vfs).close()
    snapshot = disk.snapshot()
  }

  /// Puts a copy on a disk, durably.
  func install(on disk: SimulatedDisk) { for (path, bytes) in snapshot.files { disk.install(path, bytes) } }
}
