import CSQLite
import Glibc

/// One file opened by one connection.
final class DiskHandle {
  let disk: SimulatedDisk
  let file: DiskFile
  let path: String?
  /// The process that opened it.
  let process: Int
  /// Whether its process is dead: whatever it still tries fails and changes nothing.
  @exclusivity(unchecked) private(set) var isDead = false

  /// Whether the next sync also syncs the folder: the first one of a journal that was opened to be created,
  /// even if it was there already, as with the operating system's files.
  private var syncsFolder: Bool
  private let isDeletedOnClose: Bool
  @exclusivity(unchecked) private var level = LockLevel.none

  init(_ disk: SimulatedDisk, _ file: DiskFile, path: String?, flags: Int32) {
    self.disk = disk
    self.file = file
    self.path = path
    process = disk.process
    let journals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL
    syncsFolder = flags & journals != 0 && flags & SQLITE_OPEN_CREATE != 0
    isDeletedOnClose = flags & SQLITE_OPEN_DELETEONCLOSE != 0
    file.openCount += 1
  }

  /// Closes the file, as SQLite asks or as the end of the process does.
  func close() {
    guard !isDead else { return }
    isDead = true
    file.lock.lower(ObjectIdentifier(self), from: level, to: .none)
    file.openCount -= 1
    disk.forget(self)
    if isDeletedOnClose, let path { disk.remove(path) }
    disk.releaseIfUnused(file)
  }

  /// Reads bytes; what lies beyond the end becomes zeros, as `xRead` demands.
  func read(_ target: UnsafeMutableRawPointer, count: Int, at offset: Int) -> Int32 {
    if let code = refusal(of: .read) { return code }
    let available = max(0, min(count, file.size - offset))
    if available > 0 { memcpy(target, file.content.address(offset), available) }
    guard available < count else { return SQLITE_OK }
    memset(target + available, 0, count - available)
    return ResultCode.shortRead
  }

  /// Writes bytes; in part if a fault strikes or the disk is full.
  func write(_ source: UnsafeRawPointer, count: Int, at offset: Int) -> Int32 {
    guard !isDead else { return SQLITE_IOERR }
    if let fault = disk.fault(in: .write) {
      store(source, count: min(disk.stream.below(count + 1), room(count, at: offset)), at: offset)
      disk.carryOut(fault, process)
      return DiskOperations.write.code(for: fault)
    }
    guard disk.faults.capacity != nil else {
      store(source, count: count, at: offset)
      return SQLITE_OK
    }
    let fitting = room(count, at: offset)
    store(source, count: fitting, at: offset)
    guard fitting < count else { return SQLITE_OK }
    disk.faults.struck += 1
    return SQLITE_FULL
  }

  /// Sets the size.
  func truncate(to size: Int) -> Int32 {
    if let code = refusal(of: .truncate) { return code }
    let before = file.size
    file.resize(to: size)
    disk.usedBytes += size - before
    return SQLITE_OK
  }

  /// Makes the file and its name durable.
  func sync() -> Int32 {
    guard !isDead else { return SQLITE_IOERR }
    if let fault = disk.fault(in: .sync) {
      if fault != .kill { file.failSync() }
      disk.carryOut(fault, process)
      return DiskOperations.sync.code(for: fault)
    }
    disk.syncs += 1
    file.sync()
    if let path { syncName(path) }
    return SQLITE_OK
  }

  /// Tells the size.
  func size(_ result: inout Int64) -> Int32 {
    if let code = refusal(of: .size) { return code }
    result = Int64(file.size)
    return SQLITE_OK
  }

  /// Raises the lock; `SQLITE_BUSY` if another handle is in the way.
  func lock(_ wanted: LockLevel) -> Int32 {
    if let code = refusal(of: .lock) { return code }
    level = file.lock.raise(ObjectIdentifier(self), from: level, to: wanted)
    return level >= wanted ? SQLITE_OK : SQLITE_BUSY
  }

  /// Lowers the lock.
  func unlock(_ wanted: LockLevel) -> Int32 {
    guard !isDead else { return SQLITE_IOERR }
    file.lock.lower(ObjectIdentifier(self), from: level, to: wanted)
    level = min(level, wanted)
    return SQLITE_OK
  }

  /// Tells whether any handle is about to write.
  func checkReserved(_ result: inout Int32) -> Int32 {
    if let code = refusal(of: .lock) { return code }
    result = file.lock.isReserved ? 1 : 0
    return SQLITE_OK
  }

  /// The code of an operation that does not take place.
  private func refusal(of operation: DiskOperations) -> Int32? {
    guard !isDead else { return SQLITE_IOERR }
    guard let fault = disk.fault(in: operation) else { return nil }
    disk.carryOut(fault, process)
    return operation.code(for: fault)
  }

  private func syncName(_ path: String) {
    if syncsFolder {
      syncsFolder = false
      disk.directory.syncFolder(of: path)
    } else if !file.isNameDurable && disk.directory.files[path] === file {
      disk.directory.sync(path)
    }
  }

  private func store(_ source: UnsafeRawPointer, count: Int, at offset: Int) {
    let before = file.size
    file.write(source, count: count, at: offset)
    disk.usedBytes += file.size - before
  }

  /// How many of the bytes fit on the disk.
  private func room(_ count: Int, at offset: Int) -> Int {
    guard let capacity = disk.faults.capacity else { return count }
    let growth = max(0, offset + count - file.size)
    let excess = max(0, growth - max(0, capacity - disk.usedBytes))
    return max(0, count - excess)
  }
}
