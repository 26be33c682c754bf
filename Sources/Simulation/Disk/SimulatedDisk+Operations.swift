import CSQLite

/// What SQLite asks of the disk as a whole.
extension SimulatedDisk {
  /// The result of opening a file: a handle or SQLite's code.
  enum Opening {
    case success(DiskHandle)
    case failure(Int32)
  }

  /// Opens a file, and creates it if the flags say so; without a path, one that vanishes when closed.
  func open(_ path: String?, flags: Int32) -> Opening {
    if let code = refusal(of: .open) { return .failure(code) }
    guard let path else { return .success(handle(DiskFile(isTemporary: true), nil, flags)) }
    if let file = directory.files[path] {
      guard flags & SQLITE_OPEN_EXCLUSIVE == 0 else { return .failure(SQLITE_CANTOPEN) }
      return .success(handle(file, path, flags))
    }
    guard flags & SQLITE_OPEN_CREATE != 0 else { return .failure(SQLITE_CANTOPEN) }
    let file = DiskFile()
    directory.add(file, path)
    return .success(handle(file, path, flags))
  }

  /// Deletes a file.
  func delete(_ path: String, isDurable: Bool) -> Int32 {
    if let code = refusal(of: .delete) { return code }
    guard directory.files[path] != nil else { return ResultCode.deleteMissing }
    remove(path)
    if isDurable { directory.syncFolder(of: path) }
    return SQLITE_OK
  }

  /// Tells whether a file is there; an empty one is not, as with the operating system's files.
  func access(_ path: String, flags: Int32, _ result: inout Int32) -> Int32 {
    if let code = refusal(of: .access) { return code }
    let file = directory.files[path]
    result = file.map { flags != SQLITE_ACCESS_EXISTS || $0.size > 0 } == true ? 1 : 0
    return SQLITE_OK
  }

  /// Pretends to sleep.
  func sleep(_ microseconds: Int) {
    sleptMicroseconds += microseconds
    onSleep?(microseconds)
  }

  /// The time as SQLite counts it, in milliseconds since noon on 24 November 4714 BC.
  var julianMilliseconds: Int64 { 210_866_760_000_000 &+ milliseconds }

  /// Counts an operation; gives what strikes it.
  func fault(in operation: DiskOperations) -> DiskFault? {
    operations += 1
    guard faults.isArmed else { return nil }
    return faults.fault(in: operation, &stream)
  }

  /// Takes a file's name away.
  func remove(_ path: String) {
    if let file = directory.remove(path) { releaseIfUnused(file) }
  }

  /// Frees the space of a file that has neither a name nor a handle.
  func releaseIfUnused(_ file: DiskFile) {
    if !file.isNamed && file.openCount == 0 { usedBytes -= file.size }
  }

  private func handle(_ file: DiskFile, _ path: String?, _ flags: Int32) -> DiskHandle {
    let handle = DiskHandle(self, file, path: path, flags: flags)
    handles.append(handle)
    return handle
  }

  private func refusal(of operation: DiskOperations) -> Int32? {
    // The dying process may still unwind, and even try to open its files again.
    guard killedProcess != process, !isClosed else { return SQLITE_IOERR }
    guard let fault = fault(in: operation) else { return nil }
    carryOut(fault, process)
    return operation.code(for: fault)
  }
}
