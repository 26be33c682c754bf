import CSQLite

/// The memory that SQLite keeps for an open file, as this file system fills it.
struct DiskFileSlot {
  private var base: sqlite3_file
  private var handle: Unmanaged<DiskHandle>?

  private static func slot(_ file: UnsafeMutablePointer<sqlite3_file>) -> UnsafeMutablePointer<DiskFileSlot> {
    // SQLite allocated `szOsFile` bytes for it, which is the size of this type.
    UnsafeMutableRawPointer(file).assumingMemoryBound(to: DiskFileSlot.self)
  }

  /// Marks the file as not open.
  static func clear(_ file: UnsafeMutablePointer<sqlite3_file>) {
    slot(file).initialize(to: DiskFileSlot(base: sqlite3_file(pMethods: nil), handle: nil))
  }

  /// Marks the file as open; the handle lives until `release(_:)`.
  static func fill(_ file: UnsafeMutablePointer<sqlite3_file>, _ handle: DiskHandle) {
    slot(file).initialize(
      to: DiskFileSlot(
        base: sqlite3_file(pMethods: DiskMethods.table), handle: Unmanaged.passRetained(handle)))
  }

  /// The handle of an open file.
  static func handle(_ file: UnsafeMutablePointer<sqlite3_file>?) -> DiskHandle? {
    guard let file else { return nil }
    return slot(file).pointee.handle?.takeUnretainedValue()
  }

  /// Lets go of the handle.
  static func release(_ file: UnsafeMutablePointer<sqlite3_file>) {
    let handle = slot(file).pointee.handle
    clear(file)
    handle?.release()
  }
}
