/// The names of the files, and which of them a power loss may take away or bring back.
struct DiskDirectory {
  private struct Change {
    let path: String
    /// What the name stands for from then on; nil for nothing.
    let file: DiskFile?
  }

  /// The files as every process sees them.
  private(set) var files: [String: DiskFile] = [:]
  private var durable: [String: DiskFile] = [:]
  private var pending: [Change] = []

  /// All names in byte order; a dictionary's own order differs from run to run.
  var paths: [String] {
    files.keys.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  /// Gives a file a name.
  mutating func add(_ file: DiskFile, _ path: String) {
    files[path] = file
    pending.append(Change(path: path, file: file))
  }

  /// Takes a name away; gives the file that had it.
  mutating func remove(_ path: String) -> DiskFile? {
    guard let file = files.removeValue(forKey: path) else { return nil }
    pending.append(Change(path: path, file: nil))
    file.isNamed = false
    return file
  }

  /// Gives or takes a name durably.
  mutating func set(_ file: DiskFile?, _ path: String) {
    files[path]?.isNamed = false
    files[path] = file
    durable[path] = file
    pending.removeAll { $0.path == path }
  }

  /// Makes one name durable, as it is now.
  mutating func sync(_ path: String) {
    settle { $0 == path }
  }

  /// Makes all names of a folder durable, as they are now.
  mutating func syncFolder(of path: String) {
    let folder = Self.folder(of: path)
    settle { Self.folder(of: $0) == folder }
  }

  /// Makes all names durable, as they are now.
  mutating func syncAll() {
    settle { _ in true }
  }

  /// Leaves the names that are on the disk after a power loss.
  mutating func losePower(_ loss: inout PowerLoss) {
    for change in pending where loss.keepsName() { durable[change.path] = change.file }
    pending.removeAll()
    for file in files.values { file.isNamed = false }
    files = durable
    for file in files.values {
      file.isNamed = true
      file.isNameDurable = true
    }
  }

  private mutating func settle(_ isSynced: (String) -> Bool) {
    guard !pending.isEmpty else { return }
    for change in pending where isSynced(change.path) {
      durable[change.path] = change.file
      change.file?.isNameDurable = true
    }
    pending.removeAll { isSynced($0.path) }
  }

  private static func folder(of path: String) -> Substring {
    path[..<(path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex)]
  }
}
