import CSQLite

/// A set of the operations that SQLite asks a disk for.
public struct DiskOperations: OptionSet, Sendable {
  /// One bit for each operation.
  public let rawValue: UInt16

  /// Makes a set of its bits.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// Reading bytes of a file.
  public static let read = DiskOperations(rawValue: 1)
  /// Writing bytes of a file.
  public static let write = DiskOperations(rawValue: 2)
  /// Setting the size of a file.
  public static let truncate = DiskOperations(rawValue: 4)
  /// Making a file durable.
  public static let sync = DiskOperations(rawValue: 8)
  /// Asking for the size of a file.
  public static let size = DiskOperations(rawValue: 16)
  /// Raising a lock, or asking whether another has raised one.
  public static let lock = DiskOperations(rawValue: 32)
  /// Opening a file, and creating it if need be.
  public static let open = DiskOperations(rawValue: 64)
  /// Deleting a file.
  public static let delete = DiskOperations(rawValue: 128)
  /// Asking whether there is a file.
  public static let access = DiskOperations(rawValue: 256)

  /// Whatever may change what is on the disk.
  ///
  /// Dying before any other operation is the same as dying before the next one of these.
  public static let changing: DiskOperations = [.write, .truncate, .sync, .open, .delete]
  /// Every operation.
  public static let all: DiskOperations = [.changing, .read, .size, .lock, .access]

  /// What the operating system's files answer SQLite when the operation fails.
  func code(for fault: DiskFault) -> Int32 {
    switch self {
    case .read: ResultCode.read
    case .write: fault == .full ? SQLITE_FULL : ResultCode.write
    case .truncate: ResultCode.truncate
    case .sync: ResultCode.sync
    case .size: ResultCode.size
    case .lock: ResultCode.lock
    case .open: SQLITE_CANTOPEN
    case .delete: ResultCode.delete
    case .access: ResultCode.access
    default: SQLITE_IOERR
    }
  }
}
