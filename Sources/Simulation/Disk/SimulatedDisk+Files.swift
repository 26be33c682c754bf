/// What people and other programs do to the files.
extension SimulatedDisk {
  /// The paths of all files, in byte order.
  public var fileNames: [String] { directory.paths }

  /// The content of a file as every process sees it; nil if there is none.
  public func bytes(of path: String) -> [UInt8]? {
    directory.files[path]?.content.bytes
  }

  /// Copies all files, open or not.
  public func snapshot() -> DiskSnapshot {
    DiskSnapshot(files: directory.files.mapValues { $0.content.bytes })
  }

  /// Ends all processes and puts the files of a copy, of this disk or another, in place of what is here.
  public func restore(_ snapshot: DiskSnapshot) {
    kill()
    for path in directory.paths { discard(path) }
    for (path, bytes) in snapshot.files { install(path, bytes) }
  }

  /// Puts a file in place, durably, as a rename does: who has the old one open goes on with the old one.
  public func install(_ path: String, _ bytes: [UInt8]) {
    discard(path)
    directory.set(DiskFile(durable: bytes), path)
    usedBytes += bytes.count
  }

  /// Deletes a file, durably; who has it open goes on with it.
  public func discard(_ path: String) {
    let old = directory.files[path]
    directory.set(nil, path)
    if let old { releaseIfUnused(old) }
  }

  /// Makes all creations and deletions durable, as a program does that syncs its folders without SQLite.
  public func syncNames() {
    directory.syncAll()
  }

  /// Overwrites bytes of a file at rest, and within its size, as a decaying device does.
  ///
  /// A power loss can undo the damage where a write was not synced.
  public func damage(_ path: String, at offset: Int, with bytes: [UInt8]) {
    guard let file = directory.files[path], offset >= 0 else { return }
    let count = min(bytes.count, file.size - offset)
    guard count > 0 else { return }
    bytes.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      file.content.write(start, count: count, at: offset)
    }
  }

  /// Turns one bit of a file at rest.
  public func flipBit(_ bit: Int, of path: String) {
    guard let file = directory.files[path], bit >= 0, bit / 8 < file.size else { return }
    let byte = file.content.address(bit / 8).load(as: UInt8.self)
    damage(path, at: bit / 8, with: [byte ^ (1 << UInt8(bit % 8))])
  }

  /// Cuts the end off a file at rest, durably.
  public func shorten(_ path: String, to size: Int) {
    guard let bytes = bytes(of: path), size >= 0, size < bytes.count else { return }
    install(path, Array(bytes[..<size]))
  }
}
