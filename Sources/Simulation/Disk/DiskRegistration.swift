import CSQLite
import Glibc
import Synchronization

/// A disk's entry in SQLite's list of file systems; the entry goes with it.
final class DiskRegistration {
  /// The name in the list.
  let name: String
  private let zName: UnsafeMutablePointer<CChar>?
  private let system: UnsafeMutablePointer<sqlite3_vfs>

  private static let count = Atomic<Int>(0)

  /// Enters a disk.
  ///
  /// The list does not keep it alive: open files do.
  init(_ disk: SimulatedDisk) {
    let number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
    name = "\(disk.name)-\(number)"
    zName = strdup(name)
    system = .allocate(capacity: 1)
    system.initialize(to: Self.methods)
    system.pointee.zName = UnsafePointer(zName)
    system.pointee.pAppData = Unmanaged.passUnretained(disk).toOpaque()
    sqlite3_vfs_register(system, 0)
  }

  /// Takes the disk off the list; connections that are open still find it.
  func unregister() {
    sqlite3_vfs_unregister(system)
  }

  deinit {
    // The last connection has closed its file by now, and does not ask its file system after that.
    unregister()
    system.deallocate()
    free(zName)
  }

  /// The disk behind an entry.
  private static func disk(_ system: UnsafeMutablePointer<sqlite3_vfs>?) -> SimulatedDisk? {
    guard let data = system?.pointee.pAppData else { return nil }
    return Unmanaged<SimulatedDisk>.fromOpaque(data).takeUnretainedValue()
  }

  /// The entry without its name and disk.
  ///
  /// Version 2 is the one with the time in milliseconds.
  private static var methods: sqlite3_vfs {
    var methods = sqlite3_vfs()
    methods.iVersion = 2
    methods.szOsFile = Int32(MemoryLayout<DiskFileSlot>.size)
    methods.mxPathname = 512
    addFiles(&methods)
    addSurroundings(&methods)
    return methods
  }

  private static func addFiles(_ methods: inout sqlite3_vfs) {
    methods.xOpen = { system, path, file, flags, outFlags in
      guard let file, let disk = DiskRegistration.disk(system) else { return SQLITE_CANTOPEN }
      // SQLite calls xClose even after a failure if there are methods (https://sqlite.org/c3ref/vfs.html).
      DiskFileSlot.clear(file)
      outFlags?.pointee = flags
      switch disk.open(path.map { String(cString: $0) }, flags: flags) {
      case .failure(let code): return code
      case .success(let handle):
        DiskFileSlot.fill(file, handle)
        return SQLITE_OK
      }
    }
    methods.xDelete = { system, path, syncDirectory in
      guard let path, let disk = DiskRegistration.disk(system) else { return ResultCode.delete }
      return disk.delete(String(cString: path), isDurable: syncDirectory != 0)
    }
    methods.xAccess = { system, path, flags, result in
      guard let path, let result, let disk = DiskRegistration.disk(system) else { return ResultCode.access }
      return disk.access(String(cString: path), flags: flags, &result.pointee)
    }
    methods.xFullPathname = { _, path, capacity, result in
      guard let path, let result, strlen(path) < Int(capacity) else { return SQLITE_CANTOPEN }
      strcpy(result, path)
      return SQLITE_OK
    }
  }

  private static func addSurroundings(_ methods: inout sqlite3_vfs) {
    methods.xRandomness = { system, count, result in
      guard let result, count > 0, let disk = DiskRegistration.disk(system) else { return 0 }
      disk.randomness.fill(result, count: Int(count))
      return count
    }
    methods.xSleep = { system, microseconds in
      DiskRegistration.disk(system)?.sleep(Int(microseconds))
      return microseconds
    }
    methods.xCurrentTime = { system, result in
      result?.pointee = Double(DiskRegistration.disk(system)?.julianMilliseconds ?? 0) / 86_400_000
      return SQLITE_OK
    }
    methods.xCurrentTimeInt64 = { system, result in
      result?.pointee = DiskRegistration.disk(system)?.julianMilliseconds ?? 0
      return SQLITE_OK
    }
    methods.xGetLastError = { _, _, _ in 0 }
  }
}
