import CSQLite

/// The table of what SQLite can do with an open file (https://sqlite.org/c3ref/io_methods.html).
///
/// Version 1 has no shared memory and no memory-mapped files.
enum DiskMethods {
  /// The one table, for all disks.
  // It is written once and only read after that.
  nonisolated(unsafe) static let table: UnsafePointer<sqlite3_io_methods> = {
    let table = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    var methods = sqlite3_io_methods()
    methods.iVersion = 1
    addContent(&methods)
    addLocks(&methods)
    addDevice(&methods)
    table.initialize(to: methods)
    return UnsafePointer(table)
  }()

  private static func addContent(_ methods: inout sqlite3_io_methods) {
    methods.xClose = { file in
      guard let file else { return SQLITE_OK }
      DiskFileSlot.handle(file)?.close()
      DiskFileSlot.release(file)
      return SQLITE_OK
    }
    methods.xRead = { file, target, count, offset in
      guard let target, let handle = DiskFileSlot.handle(file) else { return ResultCode.read }
      return handle.read(target, count: Int(count), at: Int(offset))
    }
    methods.xWrite = { file, source, count, offset in
      guard let source, let handle = DiskFileSlot.handle(file) else { return ResultCode.write }
      return handle.write(source, count: Int(count), at: Int(offset))
    }
    methods.xTruncate = { file, size in
      DiskFileSlot.handle(file)?.truncate(to: Int(size)) ?? ResultCode.truncate
    }
    methods.xSync = { file, _ in DiskFileSlot.handle(file)?.sync() ?? ResultCode.sync }
    methods.xFileSize = { file, result in
      guard let result, let handle = DiskFileSlot.handle(file) else { return ResultCode.size }
      return handle.size(&result.pointee)
    }
  }

  private static func addLocks(_ methods: inout sqlite3_io_methods) {
    methods.xLock = { file, level in
      guard let level = LockLevel(rawValue: level) else { return SQLITE_MISUSE }
      return DiskFileSlot.handle(file)?.lock(level) ?? ResultCode.lock
    }
    methods.xUnlock = { file, level in
      guard let level = LockLevel(rawValue: level) else { return SQLITE_MISUSE }
      return DiskFileSlot.handle(file)?.unlock(level) ?? ResultCode.lock
    }
    methods.xCheckReservedLock = { file, result in
      guard let result, let handle = DiskFileSlot.handle(file) else { return ResultCode.lock }
      return handle.checkReserved(&result.pointee)
    }
  }

  private static func addDevice(_ methods: inout sqlite3_io_methods) {
    methods.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
    methods.xSectorSize = { file in Int32(DiskFileSlot.handle(file)?.disk.sectorSize ?? 512) }
    // At most what the operating system's files promise: no atomic writes, no safe append, no order.
    methods.xDeviceCharacteristics = { file in
      DiskFileSlot.handle(file)?.disk.isPowersafe == true ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0
    }
  }
}
